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
 * A field as a column of a spreadsheet has it: the names that a header may have for it, and how its cells
 * become values.
 */
struct _ShySheetField
{
  GObject     parent_instance;
  ShyField   *about;    /* (owned) */
  GPtrArray  *names;    /* (owned) (element-type utf8) labels and aliases as they were given */
  GPtrArray  *periods;  /* (owned) (element-type utf8) headers of the whole period it begins, reduced */
  GPtrArray  *folded;   /* (owned) (element-type utf8) the name and the aliases, reduced */
  GPtrArray  *events;   /* (owned) (element-type utf8) the same as events, of a date or a month */
  GHashTable *meanings; /* (owned) (element-type utf8 utf8) folded text to value */
};

G_DEFINE_FINAL_TYPE (ShySheetField, shy_sheet_field, G_TYPE_OBJECT)

static void
shy_sheet_field_finalize (GObject *object)
{
  ShySheetField *self = SHY_SHEET_FIELD (object);

  g_clear_pointer (&self->about, shy_field_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->folded, g_ptr_array_unref);
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
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
  self->names = g_ptr_array_new ();
  self->folded = g_ptr_array_new_with_free_func (g_free);
  self->periods = g_ptr_array_new_with_free_func (g_free);
  self->events = g_ptr_array_new_with_free_func (g_free);
  self->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Keeps a name in the forms that headers are compared with. */
static void
add_name (ShySheetField *self,
          const char    *name)
{
  char *reduced = shy_header_reduce (name);

  g_ptr_array_add (self->folded, reduced);
  if (shy_field_type_is_date (self->about->type))
    g_ptr_array_add (self->events, shy_header_name_event (reduced));
}

static void
add_alias (ShySheetField *self,
           const char    *alias)
{
  if (alias == NULL)
    return;
  g_ptr_array_add (self->names, (gpointer) alias);
  add_name (self, alias);
}

/* A value goes before a synonym that reads the same. */
static void
add_meanings (ShySheetField *self)
{
  GHashTableIter iter;
  gpointer       written, value;

  for (char **v = self->about->values; v != NULL && *v != NULL; v++)
    g_hash_table_replace (self->meanings, shy_sheet_value_fold (*v), *v);
  if (self->about->synonyms == NULL)
    return;
  g_hash_table_iter_init (&iter, self->about->synonyms);
  while (g_hash_table_iter_next (&iter, &written, &value))
    {
      char *folded = shy_sheet_value_fold (written);

      if (g_hash_table_contains (self->meanings, folded))
        g_free (folded);
      else
        g_hash_table_insert (self->meanings, folded, value);
    }
}

/**
 * shy_sheet_field_new:
 * @about: what a column holds
 *
 * Makes a field of a column. A header may be its name, its label in either language, or an alias. A cell
 * with several values is read as text.
 *
 * Returns: (transfer full): the field
 */
ShySheetField *
shy_sheet_field_new (const ShyField *about)
{
  ShySheetField *self;

  g_return_val_if_fail (about != NULL, NULL);

  self = g_object_new (SHY_TYPE_SHEET_FIELD, NULL);
  self->about = shy_field_copy (about);
  if (about->several)
    self->about->type = SHY_FIELD_TEXT;
  if (about->unit == NULL && about->type == SHY_FIELD_MONEY)
    self->about->unit = g_strdup ("元");
  add_name (self, self->about->name);
  if (self->about->label != NULL)
    {
      add_alias (self, self->about->label->zh_CN);
      add_alias (self, self->about->label->en);
    }
  for (char **alias = self->about->aliases; alias != NULL && *alias != NULL; alias++)
    add_alias (self, *alias);
  for (char **header = about->periods; header != NULL && *header != NULL; header++)
    g_ptr_array_add (self->periods, shy_header_reduce (*header));
  add_meanings (self);
  return self;
}

/**
 * shy_sheet_fields_new:
 * @abouts: (element-type ShyField): fields
 *
 * Returns: (transfer full) (element-type ShySheetField): what to look for in a spreadsheet, in their order
 */
GPtrArray *
shy_sheet_fields_new (GPtrArray *abouts)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (abouts != NULL, fields);

  for (guint i = 0; i < abouts->len; i++)
    g_ptr_array_add (fields, shy_sheet_field_new (abouts->pdata[i]));
  return fields;
}

/**
 * shy_sheet_field_get_about:
 * @self: a field of a column
 *
 * Returns: (transfer none): what the column holds: its name, type and unit
 */
const ShyField *
shy_sheet_field_get_about (ShySheetField *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_FIELD (self), NULL);

  return self->about;
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
  if (strcmp (tidy, self->about->name) == 0)
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

  return self->about->type != SHY_FIELD_TEXT && self->about->type != SHY_FIELD_BOOLEAN &&
         self->about->type != SHY_FIELD_CHOICE &&
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
  g_autofree char *values = g_strjoinv (_(", "), self->about->values);

  shy_sheet_value_set_error (cell, error, _("“%s” is none of the values of “%s”. Write one of: %s."),
                             cell->text, self->about->name, values);
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

  switch (self->about->type)
    {
    case SHY_FIELD_DATE:
    case SHY_FIELD_MONTH:
      return convert_date (cell, self->about->type == SHY_FIELD_MONTH, error);
    case SHY_FIELD_BOOLEAN:
      return shy_sheet_value_get_boolean (cell, &value, error) ? g_strdup (value ? "true" : "false")
                                                               : NULL;
    case SHY_FIELD_CHOICE:
      return refuse_choice (self, cell, error);
    case SHY_FIELD_MOBILE:
      return convert_mobile (cell, error);
    default:
      if (shy_field_type_is_number (self->about->type))
        return shy_sheet_value_dup_number (cell, self->about->unit, column_unit, error);
      return shy_field_type_get_identity (self->about->type, NULL)
               ? shy_sheet_value_dup_digits (cell, error) : shy_sheet_value_dup_text (cell, error);
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
