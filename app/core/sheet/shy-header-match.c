/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-header-match.h"

#include "sheet/shy-header-match-private.h"
#include "sheet/shy-header-private.h"
#include "sheet/shy-sheet-field-private.h"
#include "sheet/shy-sheet-value-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One matched field may be chance. */
#define MIN_FOUND 2

/**
 * ShyHeaderMatch:
 *
 * Which column of which sheet holds which field. The header is found by content: titles above it,
 * merged cells, groups over several columns, units in brackets, marks and line breaks in names do
 * not hide it. What was matched can be changed, read, and kept as a recipe for the next file of
 * that form.
 */
struct _ShyHeaderMatch
{
  GObject       parent_instance;
  ShyBook      *book;     /* (owned) */
  GPtrArray    *fields;   /* (owned) (element-type ShySheetField) */
  GArray       *columns;  /* (owned) (element-type ShyHeaderColumn) */
  GStrvBuilder *builder;  /* (owned) warnings, while it is made */
  GStrv         warnings; /* (owned) (nullable) */
  guint         sheet;
  guint         first_row;
  guint         last_row;
  gboolean      form;     /* of one person: the columns are places of values */
  gboolean      leaves_hidden; /* hidden columns count as not matched */
  GString      *doubts;   /* (owned): sentences about columns that were not read, each after a blank */
  char         *unsure;   /* (owned) (nullable): why a person is to say which sheet is read */
  char         *second;   /* (owned) (nullable): where the form has the values of a second person */
};

G_DEFINE_FINAL_TYPE (ShyHeaderMatch, shy_header_match, G_TYPE_OBJECT)

static void
shy_header_match_finalize (GObject *object)
{
  ShyHeaderMatch *self = SHY_HEADER_MATCH (object);

  g_clear_object (&self->book);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->builder, g_strv_builder_unref);
  g_clear_pointer (&self->warnings, g_strfreev);
  g_clear_pointer (&self->unsure, g_free);
  g_clear_pointer (&self->second, g_free);
  g_string_free (self->doubts, TRUE);

  G_OBJECT_CLASS (shy_header_match_parent_class)->finalize (object);
}

static void
shy_header_match_class_init (ShyHeaderMatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_header_match_finalize;
}

static void
shy_header_match_init (ShyHeaderMatch *self)
{
  self->builder = g_strv_builder_new ();
  self->doubts = g_string_new (NULL);
}

static const char *
get_field_name (ShyHeaderMatch *self,
                guint           field)
{
  return shy_sheet_field_get_about (g_ptr_array_index (self->fields, field))->name;
}

static const char *
get_sheet_name (ShyHeaderMatch *self)
{
  return shy_book_get_sheet_name (self->book, self->sheet);
}

/* All headers with their cells, to be shown where one is missing. */
static char *
list_headers (ShyHeaderMatch *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (self->columns, ShyHeaderColumn, i);
      g_autofree char       *reference = shy_sheet_reference_new (column->row, column->column);

      /* The places of a form are those of its values, not of its labels. */
      g_string_append_printf (list, "%s%s%s%s", i > 0 ? ", " : "", self->form ? "" : reference,
                              self->form ? "" : " ", column->header);
    }
  return g_string_free (list, FALSE);
}

static char *
list_missing (ShyHeaderMatch *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < self->fields->len; i++)
    if (shy_sheet_field_get_about (g_ptr_array_index (self->fields, i))->required &&
        shy_header_match_find_column (self, i) == NULL)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", get_field_name (self, i));

  return g_string_free (list, FALSE);
}

static gboolean
check_required (ShyHeaderMatch  *self,
                GError         **error)
{
  g_autofree char *missing = list_missing (self);
  g_autofree char *headers = NULL;

  if (*missing == '\0')
    return TRUE;

  headers = list_headers (self);
  if (self->form)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: a sheet, names of fields, a list of labels; then nothing, or sentences. */
                 _("The sheet “%s” is a form for one person and has no place for: %s. Found were: %s. Add "
                   "what is missing to the form, or enter the applications in a list with a row for each.%s"),
                 get_sheet_name (self), missing, headers, self->doubts->str);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 /* Translators: a sheet, a row, names of fields, a list of headers as "A3 姓名"; then
                    nothing, or sentences. */
                 _("The sheet “%s” (header in row %u) has no column for: %s. Found were: %s. Rename a "
                   "header or add the column.%s"),
                 get_sheet_name (self), self->last_row, missing, headers, self->doubts->str);
  return FALSE;
}

static void
leave (ShyHeaderMatch  *self,
       ShyHeaderColumn *loser,
       ShyHeaderColumn *winner)
{
  g_autofree char *here = shy_sheet_reference_new (loser->row, loser->column);
  g_autofree char *there = shy_sheet_reference_new (winner->row, winner->column);
  g_autofree char *warning = NULL;

  /* Translators: two columns with the cells of their headers, and the field that both fit. */
  warning = g_strdup_printf (_("The column “%s” (%s) was not read: “%s” was taken from “%s” (%s). Rename "
                               "the header of the one that does not belong to it."),
                             loser->header, here, get_field_name (self, winner->field), winner->header,
                             there);
  g_strv_builder_add (self->builder, warning);
  loser->field = -1;
  loser->confidence = 0;
  g_clear_pointer (&loser->reason, g_free);
}

/* Whether a column holds the field alone. */
static gboolean
has_own_column (ShyHeaderMatch *self,
                int             field)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (self->columns, ShyHeaderColumn, i);

      if (field >= 0 && column->field == field && !column->period)
        return TRUE;
    }
  return FALSE;
}

/* Of two columns for one field the better is taken, and the other named. Two that fit alike nobody
 * can tell apart where the field must be there; else the one that is not somebody else's is taken,
 * or the first. */
static void
settle_twice (ShyHeaderMatch  *self,
              ShyHeaderColumn *one,
              ShyHeaderColumn *other)
{
  ShyHeaderColumn *winner = one->confidence >= other->confidence ? one : other;
  ShyHeaderColumn *loser = winner == one ? other : one;

  /* A period tells the end too, unless that has a column of its own. */
  if (one->period != other->period)
    {
      ShyHeaderColumn *period = one->period ? one : other;
      ShyHeaderColumn *day = one->period ? other : one;
      gboolean         ends = has_own_column (self, shy_header_column_get_end (period, self->fields));

      leave (self, ends ? period : day, ends ? day : period);
      return;
    }
  /* Whoever looks at the sheet sees one of them only. */
  if (one->hidden != other->hidden)
    {
      leave (self, one->hidden ? one : other, one->hidden ? other : one);
      return;
    }
  if (!shy_sheet_field_get_about (g_ptr_array_index (self->fields, one->field))->required)
    {
      if (winner->confidence == loser->confidence && shy_header_is_beside_others (self->columns, winner) &&
          !shy_header_is_beside_others (self->columns, loser))
        leave (self, winner, loser);
      else
        leave (self, loser, winner);
    }
  else if (winner->confidence > loser->confidence &&
           (winner->confidence == SHY_MATCH_NAME || loser->confidence <= SHY_MATCH_EVENT))
    leave (self, loser, winner);
}

/* Settles which of two columns has a field, wherever that can be told. */
static void
settle (ShyHeaderMatch *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    for (guint j = 0; j < i; j++)
      {
        ShyHeaderColumn *one = &g_array_index (self->columns, ShyHeaderColumn, j);
        ShyHeaderColumn *other = &g_array_index (self->columns, ShyHeaderColumn, i);

        if (one->field >= 0 && one->field == other->field)
          settle_twice (self, one, other);
      }
}

static gboolean
check_twice (ShyHeaderMatch  *self,
             GError         **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const ShyHeaderColumn *one = &g_array_index (self->columns, ShyHeaderColumn, j);
        const ShyHeaderColumn *other = &g_array_index (self->columns, ShyHeaderColumn, i);
        g_autofree char       *here = NULL;
        g_autofree char       *there = NULL;

        if (one->field < 0 || one->field != other->field)
          continue;
        here = shy_sheet_reference_new (one->row, one->column);
        there = shy_sheet_reference_new (other->row, other->column);
        g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                     _("Sheet %s: the columns “%s” (%s) and “%s” (%s) both fit the field “%s”. Rename "
                       "the header of the one that does not belong to it."),
                     get_sheet_name (self), one->header, here, other->header, there,
                     get_field_name (self, one->field));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_unit (ShyHeaderMatch         *self,
            const ShyHeaderColumn  *column,
            GError                **error)
{
  ShySheetField   *field;
  g_autofree char *reference = NULL;
  int              shift;

  if (column->field < 0 || column->unit == NULL)
    return TRUE;
  field = g_ptr_array_index (self->fields, column->field);
  if (shy_sheet_field_get_about (field)->unit == NULL ||
      shy_sheet_unit_get_shift (column->unit, shy_sheet_field_get_about (field)->unit, &shift))
    return TRUE;

  reference = shy_sheet_reference_new (column->row, column->column);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("Sheet %s: the column “%s” (%s) is in %s, but the field “%s” in %s. Give its "
                 "numbers and its header in %s."),
               get_sheet_name (self), column->header, reference, column->unit,
               shy_sheet_field_get_about (field)->name, shy_sheet_field_get_about (field)->unit,
               shy_sheet_field_get_about (field)->unit);
  return FALSE;
}

static gboolean
check_units (ShyHeaderMatch  *self,
             GError         **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (!check_unit (self, &g_array_index (self->columns, ShyHeaderColumn, i), error))
      return FALSE;

  return TRUE;
}

/* Of a form one person is read: nobody beside it may be lost. */
static gboolean
check_alone (ShyHeaderMatch  *self,
             GError         **error)
{
  if (self->second == NULL)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: a sheet and a cell. */
               _("The sheet “%s” holds several applications side by side (the second at %s), with the "
                 "names of the fields below each other. Turn the table, so that each application has a "
                 "row of its own (copy, then paste transposed)."),
               get_sheet_name (self), self->second);
  return FALSE;
}

static gboolean
check_sheet (ShyHeaderMatch  *self,
             GError         **error)
{
  if (self->unsure == NULL)
    return TRUE;

  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID, self->unsure);
  return FALSE;
}

static gboolean
check (ShyHeaderMatch  *self,
       GError         **error)
{
  return check_sheet (self, error) && check_alone (self, error) && check_twice (self, error) && check_required (self, error) &&
         check_units (self, error);
}

static void
mark_hidden (GArray          *columns,
             ShyHeaderSample *sample)
{
  for (guint i = 0; i < columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (columns, ShyHeaderColumn, i);

      column->hidden = shy_sheet_reader_is_column_hidden (sample->reader, column->column);
    }
}

/* What is no list may be a form, where more is found in it so. */
static ShyHeaderMatch *
new_form (ShyBook         *book,
          GPtrArray       *fields,
          guint            sheet,
          ShyHeaderSample *sample,
          ShyHeaderBlock  *block)
{
  g_autoptr (ShyHeaderBlock) form = shy_header_form_find (sample, fields, block);
  ShyHeaderMatch            *self;

  if (form == NULL)
    return NULL;
  self = g_object_new (SHY_TYPE_HEADER_MATCH, NULL);
  self->book = g_object_ref (book);
  self->fields = g_ptr_array_ref (fields);
  self->sheet = sheet;
  self->form = TRUE;
  self->second = g_strdup (form->second);
  self->first_row = self->last_row = g_array_index (form->columns, ShyHeaderColumn, 0).row;
  shy_header_find_units (form, sample, fields, &(ShyHeaderDoubts){ self->builder, self->doubts });
  self->columns = g_array_ref (form->columns);
  mark_hidden (self->columns, sample);
  return self;
}

/* Makes a match of one sheet; NULL without an error if no header is in it. */
ShyHeaderMatch *
shy_header_match_new_sheet (ShyBook       *book,
                            GPtrArray     *fields,
                            guint          sheet,
                            JsonObject    *recipe,
                            gboolean      *has_data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (ShyHeaderSample) sample = shy_header_sample_load (book, sheet, cancellable, error);
  g_autoptr (ShyHeaderBlock)  block = NULL;
  g_autoptr (ShyHeaderMatch)  self = NULL;
  ShyHeaderDoubts             doubts;

  if (sample == NULL)
    return NULL;
  block = shy_header_block_find (sample, fields, recipe);
  if (recipe == NULL && (self = new_form (book, fields, sheet, sample, block)) != NULL)
    {
      *has_data = TRUE;
      return g_steal_pointer (&self);
    }
  if (block == NULL || block->n_found < MIN (MIN_FOUND, fields->len))
    return NULL;

  self = g_object_new (SHY_TYPE_HEADER_MATCH, NULL);
  self->book = g_object_ref (book);
  self->fields = g_ptr_array_ref (fields);
  self->sheet = sheet;
  self->first_row = ((ShyHeaderSampleRow *) g_ptr_array_index (sample->rows, block->first))->number;
  self->last_row = ((ShyHeaderSampleRow *)
                    g_ptr_array_index (sample->rows, block->first + block->height - 1))->number;
  *has_data = sample->rows->len > block->first + block->height;
  doubts.warnings = self->builder;
  doubts.text = self->doubts;
  if (recipe == NULL)
    {
      shy_header_match_content (block, sample, fields, self->builder);
      shy_header_find_doubts (block, fields, &doubts);
    }
  shy_header_find_units (block, sample, fields, &doubts);
  self->columns = g_array_ref (block->columns);
  mark_hidden (self->columns, sample);
  return g_steal_pointer (&self);
}

/* Ends the making: what is left open is an error, unless it is a draft that a person settles. */
gboolean
shy_header_match_finish (ShyHeaderMatch  *self,
                         gboolean         draft,
                         GError         **error)
{
  settle (self);
  if (!draft && !check (self, error))
    return FALSE;

  self->warnings = g_strv_builder_end (self->builder);
  return TRUE;
}

void
shy_header_match_set_sheet_unsure (ShyHeaderMatch *self,
                                   const char     *why)
{
  g_free (self->unsure);
  self->unsure = g_strdup (why);
}

void
shy_header_match_warn (ShyHeaderMatch *self,
                       const char     *warning)
{
  g_strv_builder_add (self->builder, warning);
}

/* Whether all required fields were found. */
gboolean
shy_header_match_is_whole (ShyHeaderMatch *self)
{
  return shy_header_match_count_missing (self) == 0;
}

/* How many rows below the header hold anything that is matched; 1 for a form. */
guint
shy_header_match_count_rows (ShyHeaderMatch *self)
{
  g_autoptr (ShySheetReader) reader = NULL;
  g_autoptr (ShySheetTable)  table = NULL;
  guint                      n = 0;

  if (self->form)
    return 1;
  reader = shy_book_read_sheet (self->book, self->sheet, SHY_BOOK_READ_MERGED, NULL, NULL);
  if (reader == NULL)
    return 0;
  table = shy_sheet_table_new (reader, self->columns, self->fields, self->last_row);
  while (shy_sheet_table_next (table, NULL) != NULL)
    n++;

  return n;
}

/**
 * shy_header_match_get_book:
 * @self: a match
 *
 * Returns: (transfer none): the book
 */
ShyBook *
shy_header_match_get_book (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), NULL);

  return self->book;
}

/**
 * shy_header_match_get_fields:
 * @self: a match
 *
 * Returns: (transfer none) (element-type ShySheetField): the fields, as they were given
 */
GPtrArray *
shy_header_match_get_fields (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), NULL);

  return self->fields;
}

/**
 * shy_header_match_get_sheet:
 * @self: a match
 *
 * Returns: the sheet, from 0
 */
guint
shy_header_match_get_sheet (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), 0);

  return self->sheet;
}

/**
 * shy_header_match_get_last_row:
 * @self: a match
 *
 * Returns: the last row of the header, from 1; the data begin below it
 */
guint
shy_header_match_get_last_row (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), 0);

  return self->last_row;
}

/**
 * shy_header_match_get_n_columns:
 * @self: a match
 *
 * Returns: how many columns have a header
 */
guint
shy_header_match_get_n_columns (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), 0);

  return self->columns->len;
}

/**
 * shy_header_match_get_column: (skip)
 * @self: a match
 * @index: which of the columns that have a header
 *
 * Returns: (transfer none): the column
 */
const ShyHeaderColumn *
shy_header_match_get_column (ShyHeaderMatch *self,
                             guint           index)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && index < self->columns->len, NULL);

  return &g_array_index (self->columns, ShyHeaderColumn, index);
}

/**
 * shy_header_match_find_column: (skip)
 * @self: a match
 * @field: the index of a field
 *
 * Returns: (nullable) (transfer none): the column that was matched to it and is read, or %NULL
 */
const ShyHeaderColumn *
shy_header_match_find_column (ShyHeaderMatch *self,
                              guint           field)
{
  const ShyHeaderColumn *period = NULL;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (self->columns, ShyHeaderColumn, i);

      if (self->leaves_hidden && column->hidden)
        continue;
      if (column->field == (int) field)
        return column;
      if (shy_header_column_get_end (column, self->fields) == (int) field)
        period = column;
    }
  return period;
}

/**
 * shy_header_match_assign:
 * @self: a match
 * @index: which of the columns that have a header
 * @field: the index of a field, or -1 for none
 * @error: return location for an error
 *
 * Matches a column by hand. The column that had the field before loses it.
 *
 * Errors: %SHY_ERROR_INVALID if the units of both do not fit.
 *
 * Returns: whether it was done
 */
gboolean
shy_header_match_assign (ShyHeaderMatch  *self,
                         guint            index,
                         int              field,
                         GError         **error)
{
  ShyHeaderColumn *column;
  int              before;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && index < self->columns->len, FALSE);
  g_return_val_if_fail (field >= -1 && field < (int) self->fields->len, FALSE);

  column = &g_array_index (self->columns, ShyHeaderColumn, index);
  before = column->field;
  column->field = field;
  if (!check_unit (self, column, error))
    {
      column->field = before;
      return FALSE;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      ShyHeaderColumn *other = &g_array_index (self->columns, ShyHeaderColumn, i);

      if (i != index && field >= 0 && other->field == field)
        other->field = -1;
    }
  column->period = field >= 0 && shy_header_is_period (column->header, g_ptr_array_index (self->fields, field));
  column->confidence = field >= 0 ? SHY_MATCH_NAME : 0;
  g_free (column->reason);
  column->reason = g_strdup (field >= 0 ? _("Chosen by hand.") : NULL);
  return TRUE;
}

/**
 * shy_header_match_leave_hidden:
 * @self: a match
 * @leave: whether columns that are hidden in the sheet are left out
 *
 * Says whether hidden columns are read from now on. They are, unless somebody says otherwise.
 */
void
shy_header_match_leave_hidden (ShyHeaderMatch *self,
                               gboolean        leave)
{
  g_return_if_fail (SHY_IS_HEADER_MATCH (self));

  self->leaves_hidden = leave;
}

/**
 * shy_header_match_is_sheet_sure:
 * @self: a match
 *
 * Returns: whether the sheet was named, or is the only one that can be meant
 */
gboolean
shy_header_match_is_sheet_sure (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), FALSE);

  return self->unsure == NULL;
}

/**
 * shy_header_match_check:
 * @self: a match
 * @error: return location for an error
 *
 * Asks whether the rows can be read by the match as it stands.
 *
 * Errors: %SHY_ERROR_INVALID for what [func@HeaderMatch.find] refuses.
 *
 * Returns: whether nothing is left open
 */
gboolean
shy_header_match_check (ShyHeaderMatch  *self,
                        GError         **error)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), FALSE);

  return check (self, error);
}

/**
 * shy_header_match_count:
 * @self: a match
 *
 * Returns: how many fields have a column
 */
guint
shy_header_match_count (ShyHeaderMatch *self)
{
  guint n = 0;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), 0);

  for (guint i = 0; i < self->fields->len; i++)
    n += shy_header_match_find_column (self, i) != NULL;

  return n;
}

/**
 * shy_header_match_count_missing:
 * @self: a match
 *
 * Returns: how many required fields have no column
 */
guint
shy_header_match_count_missing (ShyHeaderMatch *self)
{
  guint n = 0;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), 0);

  for (guint i = 0; i < self->fields->len; i++)
    n += shy_sheet_field_get_about (g_ptr_array_index (self->fields, i))->required &&
         shy_header_match_find_column (self, i) == NULL;

  return n;
}

/**
 * shy_header_match_get_warnings:
 * @self: a match
 *
 * Gets what a person should look at: columns matched by what they hold, columns left unread,
 * units that were changed, sheets that were passed over.
 *
 * Returns: (transfer none) (array zero-terminated=1): translated sentences
 */
const char * const *
shy_header_match_get_warnings (ShyHeaderMatch *self)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), NULL);

  return (const char * const *) self->warnings;
}

/* The columns as they are read. The texts in them stay the match's. */
static GArray *
list_read (ShyHeaderMatch *self)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (ShyHeaderColumn));

  g_array_append_vals (columns, self->columns->data, self->columns->len);
  for (guint i = 0; self->leaves_hidden && i < columns->len; i++)
    if (g_array_index (columns, ShyHeaderColumn, i).hidden)
      g_array_index (columns, ShyHeaderColumn, i).field = -1;

  return columns;
}

/**
 * shy_header_match_read:
 * @self: a match
 * @cancellable: (nullable): cancels this and the reading
 * @error: return location for an error
 *
 * Begins to read the rows below the header. Later changes of the match do not touch it.
 *
 * Errors: as [func@Book.open] and [method@HeaderMatch.check].
 *
 * Returns: (transfer full): the table, or %NULL with @error set
 */
ShySheetTable *
shy_header_match_read (ShyHeaderMatch  *self,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (ShySheetReader) reader = NULL;
  g_autoptr (GArray)         columns = NULL;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (!check (self, error))
    return NULL;
  reader = shy_book_read_sheet (self->book, self->sheet, SHY_BOOK_READ_MERGED, cancellable, error);
  if (reader == NULL)
    return NULL;
  columns = list_read (self);
  if (self->form)
    return shy_sheet_table_new_form (reader, columns, self->fields);
  return shy_sheet_table_new (reader, columns, self->fields, self->last_row);
}

/**
 * shy_header_match_convert:
 * @self: a match
 * @field: the index of a field
 * @cell: the field's cell in a record
 * @error: return location for an error
 *
 * Turns a cell into the field's value, in the field's unit: see [method@SheetField.convert].
 *
 * Errors: %SHY_ERROR_INVALID naming the cell.
 *
 * Returns: (nullable) (transfer full): the value, %NULL if the cell has none, or %NULL with @error set
 */
char *
shy_header_match_convert (ShyHeaderMatch      *self,
                          guint                field,
                          const ShySheetCell  *cell,
                          GError             **error)
{
  const ShyHeaderColumn *column;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && field < self->fields->len, NULL);
  g_return_val_if_fail (cell != NULL, NULL);

  column = shy_header_match_find_column (self, field);
  if (column != NULL && column->period)
    {
      int end = shy_header_column_get_end (column, self->fields);

      return shy_sheet_field_convert_period (g_ptr_array_index (self->fields, column->field),
                                             end >= 0 ? g_ptr_array_index (self->fields, end) : NULL, cell,
                                             column->field != (int) field, error);
    }
  return shy_sheet_field_convert (g_ptr_array_index (self->fields, field), cell,
                                  column != NULL ? column->unit : NULL, error);
}

/**
 * shy_header_match_check_end: (skip)
 * @self: a match
 * @field: the index of a field
 * @cells: the cells of a record, by field
 * @text: (nullable): what the field's own cell says
 * @error: return location for an error
 *
 * Compares a day that has a column of its own with the last day of the period that another column holds.
 *
 * Errors: %SHY_ERROR_INVALID if both can be told and are not the same.
 *
 * Returns: whether they do not contradict each other
 */
gboolean
shy_header_match_check_end (ShyHeaderMatch            *self,
                            guint                      field,
                            const ShySheetCell *const *cells,
                            const char                *text,
                            GError                   **error)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && field < self->fields->len, FALSE);

  for (guint i = 0; text != NULL && i < self->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (self->columns, ShyHeaderColumn, i);
      g_autofree char       *end = NULL;

      if (!column->period || column->field < 0 || (self->leaves_hidden && column->hidden) ||
          cells[column->field] == NULL || shy_header_column_get_end (column, self->fields) != (int) field ||
          shy_header_match_find_column (self, (guint) column->field) != column ||
          shy_header_match_find_column (self, field) == column)
        continue;
      end = shy_sheet_field_convert_period (g_ptr_array_index (self->fields, column->field),
                                            g_ptr_array_index (self->fields, field),
                                            cells[column->field], TRUE, NULL);
      if (end == NULL || g_str_equal (end, text))
        continue;
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a day, the header of a column with periods, the last day of one. */
                   _("“%s” is not the last day of “%s”, which is %s. Correct the one that is wrong."),
                   text, column->header, end);
      return FALSE;
    }

  return TRUE;
}

/**
 * shy_header_match_convert_alone:
 * @self: a match
 * @field: the index of a field
 * @cell: the field's cell in a record
 *
 * Turns a cell into the field's value as if its header named no unit.
 *
 * Returns: (nullable) (transfer full): the value, or %NULL if the cell alone has none
 */
char *
shy_header_match_convert_alone (ShyHeaderMatch     *self,
                                guint               field,
                                const ShySheetCell *cell)
{
  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && field < self->fields->len, NULL);
  g_return_val_if_fail (cell != NULL, NULL);

  return shy_sheet_field_convert (g_ptr_array_index (self->fields, field), cell, NULL, NULL);
}
