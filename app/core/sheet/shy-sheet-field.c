/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-field-private.h"

#include "sheet/shy-sheet-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The fewest of a telephone. */
#define TELEPHONE_DIGITS 7

/**
 * ShySheetField:
 *
 * What a column should hold: the name it goes by, and how its cells become values. Policies make
 * one for each of their fields.
 */
struct _ShySheetField
{
  GObject            parent_instance;
  char              *name;     /* (owned) */
  char              *unit;     /* (owned) (nullable) */
  GPtrArray         *names;    /* (owned) (element-type utf8) aliases as they were given */
  GPtrArray         *periods;  /* (owned) (element-type utf8) headers of the whole period it begins, reduced */
  char              *period_end; /* (owned) (nullable) the field where that ends */
  GPtrArray         *folded;   /* (owned) (element-type utf8) the name and the aliases, reduced */
  GPtrArray         *events;   /* (owned) (element-type utf8) the same as events, of a date or a month */
  GPtrArray         *values;   /* (owned) (element-type utf8) */
  GHashTable        *meanings; /* (owned) (element-type utf8 utf8) folded text to value */
  ShySheetFieldType  type;
  gboolean           required;
};

G_DEFINE_FINAL_TYPE (ShySheetField, shy_sheet_field, G_TYPE_OBJECT)

static const char *const type_nicks[] = {
  "text", "number", "money", "date", "month", "boolean", "choice", "county", "resident-id",
  "credit-code", "bank-card", "mobile",
};

static void
shy_sheet_field_finalize (GObject *object)
{
  ShySheetField *self = SHY_SHEET_FIELD (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->folded, g_ptr_array_unref);
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  g_clear_pointer (&self->period_end, g_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->meanings, g_hash_table_unref);

  G_OBJECT_CLASS (shy_sheet_field_parent_class)->finalize (object);
}

static void
shy_sheet_field_class_init (ShySheetFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_sheet_field_finalize;
}

static void
shy_sheet_field_init (ShySheetField *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->folded = g_ptr_array_new_with_free_func (g_free);
  self->periods = g_ptr_array_new_with_free_func (g_free);
  self->events = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Keeps a name in the forms that headers are compared with. */
static void
add_name (ShySheetField *self,
          const char    *name)
{
  char *reduced = shy_header_reduce (name);

  g_ptr_array_add (self->folded, reduced);
  if (self->type == SHY_SHEET_FIELD_DATE || self->type == SHY_SHEET_FIELD_MONTH)
    g_ptr_array_add (self->events, shy_header_name_event (reduced));
}

/**
 * shy_sheet_field_new:
 * @name: what the field is called, also in headers
 * @type: what its cells hold
 *
 * Returns: (transfer full): a field
 */
ShySheetField *
shy_sheet_field_new (const char        *name,
                     ShySheetFieldType  type)
{
  ShySheetField *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (SHY_TYPE_SHEET_FIELD, NULL);
  self->name = g_strdup (name);
  self->type = type;
  self->unit = g_strdup (type == SHY_SHEET_FIELD_MONEY ? "元" : NULL);
  add_name (self, name);
  return self;
}

/**
 * shy_sheet_field_get_name:
 * @self: a field
 *
 * Returns: (transfer none): its name
 */
const char *
shy_sheet_field_get_name (ShySheetField *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self), NULL);

  return self->name;
}

/**
 * shy_sheet_field_get_field_type:
 * @self: a field
 *
 * Returns: what its cells hold
 */
ShySheetFieldType
shy_sheet_field_get_field_type (ShySheetField *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self), SHY_SHEET_FIELD_TEXT);

  return self->type;
}

/**
 * shy_sheet_field_is_required:
 * @self: a field
 *
 * Returns: whether a sheet without such a column is refused
 */
gboolean
shy_sheet_field_is_required (ShySheetField *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self), FALSE);

  return self->required;
}

/**
 * shy_sheet_field_set_required:
 * @self: a field
 * @required: whether a sheet without such a column is refused
 */
void
shy_sheet_field_set_required (ShySheetField *self,
                              gboolean       required)
{
  g_return_if_fail (SHY_IS_SHEET_FIELD (self));

  self->required = required;
}

/**
 * shy_sheet_field_get_unit:
 * @self: a field
 *
 * Returns: (nullable) (transfer none): the unit of its numbers
 */
const char *
shy_sheet_field_get_unit (ShySheetField *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self), NULL);

  return self->unit;
}

/**
 * shy_sheet_field_set_unit:
 * @self: a field
 * @unit: (nullable): the unit of its numbers, as 元, 万元 or 月
 */
void
shy_sheet_field_set_unit (ShySheetField *self,
                          const char    *unit)
{
  g_autofree char *old = NULL;

  g_return_if_fail (SHY_IS_SHEET_FIELD (self));

  old = self->unit;
  self->unit = g_strdup (unit);
}

/**
 * shy_sheet_field_add_alias:
 * @self: a field
 * @alias: another header under which it is found
 */
void
shy_sheet_field_add_alias (ShySheetField *self,
                           const char    *alias)
{
  g_return_if_fail (SHY_IS_SHEET_FIELD (self) && alias != NULL);

  g_ptr_array_add (self->names, g_strdup (alias));
  add_name (self, alias);
}

/**
 * shy_sheet_field_add_period:
 * @self: a field
 * @header: a header under which the whole period stands that begins with the field: 劳动合同期限
 *
 * Lets cells as “2024-03-01至2027-02-28” be read: the field takes what stands first.
 */
void
shy_sheet_field_add_period (ShySheetField *self,
                            const char    *header)
{
  g_return_if_fail (SHY_IS_SHEET_FIELD (self) && header != NULL);

  g_ptr_array_add (self->periods, shy_header_reduce (header));
}

/**
 * shy_sheet_field_get_period_end:
 * @self: a field
 *
 * Returns: (nullable) (transfer none): the name of the field that takes the end of a period
 */
const char *
shy_sheet_field_get_period_end (ShySheetField *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self), NULL);

  return self->period_end;
}

/**
 * shy_sheet_field_set_period_end:
 * @self: a field
 * @name: (nullable): the name of the field that takes the end of a period, of the same type
 */
void
shy_sheet_field_set_period_end (ShySheetField *self,
                                const char    *name)
{
  g_return_if_fail (SHY_IS_SHEET_FIELD (self));

  g_free (self->period_end);
  self->period_end = g_strdup (name);
}

/**
 * shy_sheet_field_add_value:
 * @self: a field that is a choice
 * @value: one of its values
 */
void
shy_sheet_field_add_value (ShySheetField *self,
                           const char    *value)
{
  g_return_if_fail (SHY_IS_SHEET_FIELD (self) && value != NULL);

  g_ptr_array_add (self->values, g_strdup (value));
  g_hash_table_replace (self->meanings, shy_sheet_value_fold (value), g_strdup (value));
}

/**
 * shy_sheet_field_add_synonym:
 * @self: a field
 * @written: what people write
 * @value: the value they mean
 *
 * A value goes before a synonym that reads the same.
 */
void
shy_sheet_field_add_synonym (ShySheetField *self,
                             const char    *written,
                             const char    *value)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (SHY_IS_SHEET_FIELD (self) && written != NULL && value != NULL);

  folded = shy_sheet_value_fold (written);
  if (!g_hash_table_contains (self->meanings, folded))
    g_hash_table_insert (self->meanings, g_steal_pointer (&folded), g_strdup (value));
}

static gboolean
is_in (GPtrArray  *names,
       const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (*name != '\0' && strcmp (name, g_ptr_array_index (names, i)) == 0)
      return TRUE;

  return FALSE;
}

/* "证件号码（身份证号）": two names of the field, one explaining the other. */
static gboolean
is_named_twice (ShySheetField *self,
                const char    *reduced)
{
  const char      *bracket = strchr (reduced, '(');
  g_autofree char *outside = NULL;
  g_autofree char *inside = NULL;

  if (bracket == NULL || bracket == reduced || !g_str_has_suffix (bracket, ")"))
    return FALSE;
  outside = g_strndup (reduced, bracket - reduced);
  inside = g_strndup (bracket + 1, strlen (bracket) - 2);
  return is_in (self->folded, outside) && is_in (self->folded, inside);
}

guint
shy_sheet_field_weigh (ShySheetField *self,
                       const char    *tidy,
                       const char    *reduced,
                       const char    *event)
{
  if (strcmp (tidy, self->name) == 0)
    return SHY_MATCH_NAME;
  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (tidy, g_ptr_array_index (self->names, i)) == 0)
      return SHY_MATCH_ALIAS;
  if (is_in (self->folded, reduced) || is_named_twice (self, reduced))
    return SHY_MATCH_FOLDED;
  return is_in (self->events, event) ? SHY_MATCH_EVENT : 0;
}

guint
shy_sheet_field_weigh_period (ShySheetField *self,
                              const char    *tidy,
                              const char    *reduced)
{
  if (is_in (self->periods, tidy))
    return SHY_MATCH_ALIAS;
  return is_in (self->periods, reduced) ? SHY_MATCH_FOLDED : 0;
}

void
shy_sheet_field_add_letters (ShySheetField *self,
                             GHashTable    *letters)
{
  for (guint i = 0; i < self->folded->len; i++)
    g_hash_table_add (letters, GUINT_TO_POINTER (g_utf8_get_char (g_ptr_array_index (self->folded, i))));
  for (guint i = 0; i < self->periods->len; i++)
    g_hash_table_add (letters, GUINT_TO_POINTER (g_utf8_get_char (g_ptr_array_index (self->periods, i))));
}

gboolean
shy_sheet_field_says_nothing (ShySheetField *self,
                              const char    *text)
{
  static const char *const dashes[] = { "", "/", "\\", "-", "--", "—", "——", "－", "n/a" };
  g_autofree char         *folded = shy_sheet_value_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (dashes); i++)
    if (strcmp (folded, dashes[i]) == 0)
      return TRUE;

  return self->type != SHY_SHEET_FIELD_TEXT && self->type != SHY_SHEET_FIELD_BOOLEAN &&
         self->type != SHY_SHEET_FIELD_CHOICE &&
         (strcmp (folded, "无") == 0 || strcmp (folded, "暂无") == 0);
}

static const char *
find_meaning (ShySheetField      *self,
              const ShySheetCell *cell)
{
  g_autofree char *folded = shy_sheet_value_fold (cell->text);
  const char      *value = g_hash_table_lookup (self->meanings, folded);

  if (value == NULL && cell->kind == SHY_SHEET_CELL_TEXT)
    {
      g_autofree char *ticked = shy_sheet_value_dup_ticked (cell->text);

      value = ticked != NULL ? g_hash_table_lookup (self->meanings, ticked) : NULL;
    }
  if (value == NULL && cell->kind == SHY_SHEET_CELL_BOOLEAN)
    value = g_hash_table_lookup (self->meanings, strcmp (folded, "true") == 0 ? "是" : "否");
  return value;
}

/* Reached by what is no value and no synonym. */
static char *
refuse_choice (ShySheetField       *self,
               const ShySheetCell  *cell,
               GError             **error)
{
  g_autofree char *values = NULL;

  g_ptr_array_add (self->values, NULL);
  values = g_strjoinv (_(", "), (char **) self->values->pdata);
  g_ptr_array_set_size (self->values, self->values->len - 1);
  shy_sheet_value_set_error (cell, error, _("“%s” is none of the values of “%s”. Write one of: %s."),
                             cell->text, self->name, values);
  return NULL;
}

static char *
convert_date (const ShySheetCell  *cell,
              gboolean             month,
              GError             **error)
{
  GDate date;

  if (!(month ? shy_sheet_value_get_month (cell, &date, error)
              : shy_sheet_value_get_date (cell, &date, error)))
    return NULL;
  if (month)
    return g_strdup_printf ("%04u-%02u", g_date_get_year (&date), g_date_get_month (&date));
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

/* 0578-7212345-801, ext. 801 and the like, as 05787212345转801: without its hyphens nobody could tell
 * the extension. */
static char *
dup_extension (const char *text)
{
  static gsize           regex = 0;
  g_autofree char       *folded = shy_sheet_value_fold (text);
  g_autoptr (GMatchInfo) found = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) g_regex_new (
      "^\\(?(0\\d{2,3})\\)?-?(\\d{7,8})(?:-|转|ext\\.?:?|分机|#)(\\d{1,6})$", G_REGEX_OPTIMIZE, 0, NULL));
  if (!g_regex_match ((GRegex *) regex, folded, 0, &found))
    return NULL;
  return g_match_info_expand_references (found, "\\1\\2转\\3", NULL);
}

/* Several numbers, each in a line of its own, stay several; a line may also break within one. */
static char *
dup_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n_digits = 0;

      for (const char *p = lines[i]; *p != '\0'; p++)
        n_digits += g_ascii_isdigit (*p);
      if (n_digits < TELEPHONE_DIGITS && *g_strstrip (lines[i]) != '\0')
        return NULL;
    }
  return g_strjoinv ("、", lines);
}

static char *
convert_mobile (const ShySheetCell  *cell,
                GError             **error)
{
  g_autofree char *digits = shy_sheet_value_dup_digits (cell, error);

  if (digits != NULL && cell->kind == SHY_SHEET_CELL_TEXT)
    {
      char *kept = strpbrk (cell->text, "\r\n") != NULL ? dup_lines (cell->text) : dup_extension (cell->text);

      if (kept != NULL)
        return kept;
    }

  if (digits != NULL && g_str_has_prefix (digits, "+86"))
    return g_strdup (digits + strlen ("+86"));
  return g_steal_pointer (&digits);
}

static char *
convert (ShySheetField       *self,
         const ShySheetCell  *cell,
         const char          *column_unit,
         GError             **error)
{
  gboolean value;

  switch (self->type)
    {
    case SHY_SHEET_FIELD_NUMBER:
    case SHY_SHEET_FIELD_MONEY:
      return shy_sheet_value_dup_number (cell, self->unit, column_unit, error);

    case SHY_SHEET_FIELD_DATE:
    case SHY_SHEET_FIELD_MONTH:
      return convert_date (cell, self->type == SHY_SHEET_FIELD_MONTH, error);

    case SHY_SHEET_FIELD_BOOLEAN:
      return shy_sheet_value_get_boolean (cell, &value, error) ? g_strdup (value ? "true" : "false")
                                                               : NULL;

    case SHY_SHEET_FIELD_CHOICE:
      return refuse_choice (self, cell, error);

    case SHY_SHEET_FIELD_RESIDENT_ID:
    case SHY_SHEET_FIELD_CREDIT_CODE:
    case SHY_SHEET_FIELD_BANK_CARD:
      return shy_sheet_value_dup_digits (cell, error);

    case SHY_SHEET_FIELD_MOBILE:
      return convert_mobile (cell, error);

    case SHY_SHEET_FIELD_TEXT:
    case SHY_SHEET_FIELD_COUNTY:
    default:
      return shy_sheet_value_dup_text (cell, error);
    }
}

/**
 * shy_sheet_field_convert:
 * @self: a field
 * @cell: a cell of its column
 * @column_unit: (nullable): the unit that the column's header names
 * @error: return location for an error
 *
 * Turns a cell into the field's value, as text: a number as 200000, a day as 2025-06-30, a month as
 * 2025-06, a boolean as true or false, a choice as one of its values, identity numbers without
 * blanks. Identity numbers and counties are not checked here.
 *
 * Where a cell says that there is nothing to say (“/”, “-”, and 无 in a date, a number or an
 * identity number) the result is %NULL without an error: the fact is missing.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell.
 *
 * Returns: (nullable) (transfer full): the value, %NULL if the cell has none, or %NULL with @error set
 */
char *
shy_sheet_field_convert (ShySheetField       *self,
                         const ShySheetCell  *cell,
                         const char          *column_unit,
                         GError             **error)
{
  const char *meaning = NULL;

  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self) && cell != NULL, NULL);

  if (!shy_sheet_value_check (cell, error))
    return NULL;
  if (g_hash_table_size (self->meanings) > 0)
    meaning = find_meaning (self, cell);
  if (meaning != NULL)
    return g_strdup (meaning);
  if (shy_sheet_field_says_nothing (self, cell->text))
    return NULL;
  return convert (self, cell, column_unit, error);
}

/**
 * shy_sheet_field_type_parse:
 * @nick: a type as policies name it: "resident-id", "money"
 * @type: (out): the type
 *
 * Returns: whether there is such a type
 */
gboolean
shy_sheet_field_type_parse (const char        *nick,
                            ShySheetFieldType *type)
{
  g_return_val_if_fail (nick != NULL && type != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (type_nicks); i++)
    if (strcmp (type_nicks[i], nick) == 0)
      {
        *type = (ShySheetFieldType) i;
        return TRUE;
      }

  return FALSE;
}
