/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-table.h"

#include "sheet/shy-header-private.h"
#include "sheet/shy-sheet-table-private.h"
#include "sheet/shy-sheet-value.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters of a skipped row that are kept. */
#define TEXT_LENGTH 60

/**
 * ShySheetTable:
 *
 * The rows below a header, as records of fields. What is no record (totals, notes, blank rows, the
 * header once more) is skipped and listed with its reason: no row vanishes in silence. Cells of a
 * range that is merged downwards all carry its value; of one merged sideways only the first.
 */
struct _ShySheetTable
{
  GObject              parent_instance;
  ShySheetReader      *reader;   /* (owned) */
  GArray              *columns;  /* (owned) (element-type ShySheetTableColumn) */
  GPtrArray           *fields;   /* (owned) (element-type ShySheetField) */
  const ShySheetCell **cells;    /* (owned) by field, of the record given out */
  GArray              *skips;    /* (owned) (element-type ShySheetSkip) */
  ShySheetRecord       record;   /* the record given out */
  guint                header;   /* last row of the header */
  guint                last;     /* last row that was seen */
  GPtrArray           *form;     /* (owned) (nullable) (element-type ShySheetCell) of a form, its values */
  GHashTable          *letters;  /* (owned) with which names of columns begin */
  gboolean             any;      /* a record was given out */
};

G_DEFINE_FINAL_TYPE (ShySheetTable, shy_sheet_table, G_TYPE_OBJECT)

static void
clear_column (gpointer data)
{
  ShySheetTableColumn *column = data;

  g_clear_pointer (&column->name, g_free);
  g_clear_pointer (&column->header, g_free);
}

static void
clear_skip (gpointer data)
{
  ShySheetSkip *skip = data;

  g_clear_pointer (&skip->reason, g_free);
  g_clear_pointer (&skip->text, g_free);
}

static void
shy_sheet_table_finalize (GObject *object)
{
  ShySheetTable *self = SHY_SHEET_TABLE (object);

  g_clear_object (&self->reader);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->skips, g_array_unref);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_clear_pointer (&self->letters, g_hash_table_unref);

  G_OBJECT_CLASS (shy_sheet_table_parent_class)->finalize (object);
}

static void
shy_sheet_table_class_init (ShySheetTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_sheet_table_finalize;
}

static void
shy_sheet_table_init (ShySheetTable *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (ShySheetTableColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->skips = g_array_new (FALSE, FALSE, sizeof (ShySheetSkip));
  g_array_set_clear_func (self->skips, clear_skip);
}

/* The field that takes the end of a column's periods, if it has no column of its own. */
static int
find_end (const GArray          *columns,
          const ShyHeaderColumn *column,
          GPtrArray             *fields)
{
  int end = shy_header_column_get_end (column, fields);

  for (guint i = 0; end >= 0 && i < columns->len; i++)
    if (g_array_index (columns, ShyHeaderColumn, i).field == end)
      return -1;

  return end;
}

ShySheetTable *
shy_sheet_table_new (ShySheetReader *reader,
                     const GArray   *columns,
                     GPtrArray      *fields,
                     guint           last_header_row)
{
  ShySheetTable *self = g_object_new (SHY_TYPE_SHEET_TABLE, NULL);

  self->reader = g_object_ref (reader);
  self->fields = g_ptr_array_ref (fields);
  self->cells = g_new0 (const ShySheetCell *, fields->len + 1);
  self->header = self->last = last_header_row;
  for (guint i = 0; i < columns->len; i++)
    {
      const ShyHeaderColumn *from = &g_array_index (columns, ShyHeaderColumn, i);
      const char            *name = g_strrstr (from->header, SHY_HEADER_SEPARATOR);
      ShySheetTableColumn    column = { .column = from->column, .row = from->row,
                                                        .field = from->field,
                                                        .end = find_end (columns, from, fields) };

      column.name = g_strdup (name != NULL ? name + strlen (SHY_HEADER_SEPARATOR) : from->header);
      column.header = g_strdup (from->header);
      g_array_append_val (self->columns, column);
    }
  self->letters = shy_sheet_table_list_letters (self->columns, fields);
  return self;
}

ShySheetTable *
shy_sheet_table_new_form (ShySheetReader *reader,
                          const GArray   *columns,
                          GPtrArray      *fields)
{
  ShySheetTable *self = shy_sheet_table_new (reader, columns, fields, 0);

  self->form = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_sheet_cell_free);
  return self;
}

static const char *
get_reason (ShySheetSkipKind kind)
{
  switch (kind)
    {
    case SHY_SHEET_SKIP_BLANK:
      return _("it is blank");

    case SHY_SHEET_SKIP_TOTAL:
      return _("it holds sums");

    case SHY_SHEET_SKIP_HEADER:
      return _("it repeats the header");

    case SHY_SHEET_SKIP_NUMBERS:
      return _("it numbers the columns");

    case SHY_SHEET_SKIP_EXAMPLE:
      return _("it is an example");

    case SHY_SHEET_SKIP_NOTE:
      return _("it is a note");

    case SHY_SHEET_SKIP_COVERED:
      return _("a merged cell lies over all of it. Take the cells apart (unmerge) if it is an "
               "application");

    case SHY_SHEET_SKIP_OTHER:
    default:
      return _("none of the columns that are read holds anything");
    }
}

/* What a row says, shortened. */
static char *
describe (const ShySheetRow *row)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_autofree char *tidy = NULL;

  for (guint i = 0; i < row->n_cells && text->len < TEXT_LENGTH * 4; i++)
    if ((row->cells[i].flags & SHY_SHEET_CELL_MERGED) == 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", row->cells[i].text);
  whole = g_string_free (text, FALSE);
  tidy = shy_sheet_value_tidy (whole);
  return g_utf8_strlen (tidy, -1) > TEXT_LENGTH ? g_utf8_substring (tidy, 0, TEXT_LENGTH)
                                                : g_steal_pointer (&tidy);
}

static char *
explain (const ShySheetSkip *skip)
{
  if (skip->first_row == skip->last_row)
    return g_strdup_printf (_("Row %u was skipped: %s."), skip->first_row, get_reason (skip->kind));
  if (skip->kind == SHY_SHEET_SKIP_BLANK)
    return g_strdup_printf (_("Rows %u to %u were skipped: each of them is blank."), skip->first_row,
                            skip->last_row);
  if (skip->kind == SHY_SHEET_SKIP_COVERED)
    return g_strdup_printf (_("Rows %u to %u were skipped: a merged cell lies over all of each. Take the "
                              "cells apart (unmerge) if they are applications."),
                            skip->first_row, skip->last_row);
  return g_strdup_printf (_("Rows %u to %u were skipped: none of the columns that are read holds "
                            "anything."),
                          skip->first_row, skip->last_row);
}

/* Takes @text. */
static void
add_skip (ShySheetTable    *self,
          ShySheetSkipKind  kind,
          guint             first,
          guint             last,
          char             *text)
{
  ShySheetSkip skip = { .kind = kind, .first_row = first, .last_row = last, .text = text };

  skip.reason = explain (&skip);
  g_array_append_val (self->skips, skip);
}

/* Consecutive numbers are often filled in to the very end of a sheet: a million rows that hold
 * nothing else are one entry. */
static void
skip_row (ShySheetTable     *self,
          ShySheetSkipKind   kind,
          const ShySheetRow *row)
{
  ShySheetSkip *before = self->skips->len > 0
                           ? &g_array_index (self->skips, ShySheetSkip, self->skips->len - 1) : NULL;

  if ((kind == SHY_SHEET_SKIP_OTHER || kind == SHY_SHEET_SKIP_COVERED) && before != NULL && before->kind == kind &&
      before->last_row + 1 == row->number)
    {
      before->last_row = row->number;
      g_free (before->reason);
      before->reason = explain (before);
    }
  else
    add_skip (self, kind, row->number, row->number, describe (row));
}

/* Rows without cells never reach us; their numbers are missing. */
static void
note_gap (ShySheetTable *self,
          guint          row)
{
  if (row > self->last + 1)
    add_skip (self, SHY_SHEET_SKIP_BLANK, self->last + 1, row - 1, g_strdup (""));
  self->last = row;
}

static void
take_cells (ShySheetTable     *self,
            const ShySheetRow *row)
{
  memset (self->cells, 0, self->fields->len * sizeof *self->cells);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShySheetTableColumn *column = &g_array_index (self->columns, ShySheetTableColumn, i);
      const ShySheetCell        *cell = NULL;

      if (column->field >= 0)
        cell = shy_sheet_row_get_cell (row, column->column);
      if (cell != NULL && (cell->flags & SHY_SHEET_CELL_ACROSS) == 0)
        {
          self->cells[column->field] = cell;
          if (column->end >= 0)
            self->cells[column->end] = cell;
        }
    }
}

static gboolean
is_after (ShySheetTable     *self,
          ShySheetSkipKind   kind,
          const ShySheetRow *row)
{
  const ShySheetSkip *before = self->skips->len > 0
                                 ? &g_array_index (self->skips, ShySheetSkip, self->skips->len - 1) : NULL;

  return before != NULL && before->kind == kind && before->last_row + 1 == row->number;
}

/* The one record of a form, gathered from all of its rows. */
static const ShySheetRecord *
read_form (ShySheetTable  *self,
           GError        **error)
{
  g_autoptr (GError) local = NULL;
  const ShySheetRow *row;

  if (self->any)
    return NULL;
  self->any = TRUE;
  while ((row = shy_sheet_reader_next (self->reader, &local)) != NULL)
    for (guint i = 0; i < self->columns->len; i++)
      {
        const ShySheetTableColumn *column = &g_array_index (self->columns, ShySheetTableColumn, i);
        const ShySheetCell        *cell = NULL;

        if (column->field >= 0 && column->row == row->number)
          cell = shy_sheet_row_get_cell (row, column->column);
        if (cell == NULL)
          continue;
        g_ptr_array_add (self->form, shy_sheet_cell_copy (cell));
        self->cells[column->field] = g_ptr_array_index (self->form, self->form->len - 1);
        if (column->end >= 0)
          self->cells[column->end] = self->cells[column->field];
      }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self->record.row = self->columns->len > 0 ? g_array_index (self->columns, ShySheetTableColumn, 0).row : 1;
  self->record.hidden = FALSE;
  self->record.n_fields = self->fields->len;
  self->record.cells = self->cells;
  return self->form->len > 0 ? &self->record : NULL;
}

/* Rows below another header would be read by the wrong columns. */
static gboolean
check_header (const ShySheetTableRow  *row,
              GError                 **error)
{
  const ShySheetCell *other;
  g_autofree char    *place = NULL;

  if (shy_sheet_table_compare_header (row, &other) != SHY_SHEET_HEADER_OTHER)
    return TRUE;

  place = shy_sheet_cell_dup_place (other);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: a row, a cell with its sheet, what it says. */
               _("Row %u is another header, with other columns than the first (%s: “%s”). Put the columns of "
                 "both parts in one order, or the rows below it into a sheet of their own."),
               row->row->number, place, other->text);
  return FALSE;
}

/**
 * shy_sheet_table_next: (skip)
 * @self: a table
 * @error: return location for an error
 *
 * Reads the next record. Blocks: call it on a worker thread.
 *
 * Errors: as [method@SheetReader.next]; %SHY_ERROR_INVALID if a row is a header of other columns.
 *
 * Returns: (nullable) (transfer none): the record, valid until the next call, or %NULL at the end
 *   and, with @error set, on failure
 */
const ShySheetRecord *
shy_sheet_table_next (ShySheetTable  *self,
                      GError        **error)
{
  const ShySheetRow *row;

  g_return_val_if_fail (SHY_IS_SHEET_TABLE (self), NULL);

  if (self->form != NULL)
    return read_form (self, error);
  while ((row = shy_sheet_reader_next (self->reader, error)) != NULL)
    {
      ShySheetTableRow facts = { row, self->columns, self->fields, self->cells,
                                 !self->any || is_after (self, SHY_SHEET_SKIP_HEADER, row),
                                 is_after (self, SHY_SHEET_SKIP_NOTE, row), self->letters };
      ShySheetSkipKind kind;

      if (row->number <= self->header)
        continue;
      note_gap (self, row->number);
      take_cells (self, row);
      if (!check_header (&facts, error))
        return NULL;
      if (shy_sheet_table_judge (&facts, &kind))
        {
          skip_row (self, kind, row);
          continue;
        }
      self->any = TRUE;
      self->record.row = row->number;
      self->record.hidden = row->hidden;
      self->record.n_fields = self->fields->len;
      self->record.cells = self->cells;
      return &self->record;
    }
  return NULL;
}

/**
 * shy_sheet_table_get_n_skips:
 * @self: a table
 *
 * Returns: how many times rows were skipped so far
 */
guint
shy_sheet_table_get_n_skips (ShySheetTable *self)
{
  g_return_val_if_fail (SHY_IS_SHEET_TABLE (self), 0);

  return self->skips->len;
}

/**
 * shy_sheet_table_get_skip: (skip)
 * @self: a table
 * @index: which one
 *
 * Returns: (transfer none): the rows that were skipped, and why
 */
const ShySheetSkip *
shy_sheet_table_get_skip (ShySheetTable *self,
                          guint          index)
{
  g_return_val_if_fail (SHY_IS_SHEET_TABLE (self) && index < self->skips->len, NULL);

  return &g_array_index (self->skips, ShySheetSkip, index);
}

/**
 * shy_sheet_table_get_progress:
 * @self: a table
 * @done: (out): bytes read
 * @total: (out): bytes to read in all
 *
 * Gets how far the reading has come: see [method@SheetReader.get_progress].
 */
void
shy_sheet_table_get_progress (ShySheetTable *self,
                              guint64       *done,
                              guint64       *total)
{
  g_return_if_fail (SHY_IS_SHEET_TABLE (self));

  shy_sheet_reader_get_progress (self->reader, done, total);
}
