/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-sheet-table-private.h"

#include "sheet/shy-header-private.h"
#include "sheet/shy-sheet-field-private.h"
#include "sheet/shy-sheet-value.h"

#include <string.h>

/* A header further down: printed lists repeat it on every page, and lists that were put together have
 * one for each part. Rows below it are read by the first header, so that it must say the same. */

/* The first letters of all names: they spare most rows the cost of being looked at closely. */
GHashTable *
shy_sheet_table_list_letters (const GArray *columns,
                              GPtrArray    *fields)
{
  GHashTable *letters = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = g_array_index (columns, ShySheetTableColumn, i).name;

      g_hash_table_add (letters, GUINT_TO_POINTER (g_utf8_get_char (name)));
    }
  for (guint i = 0; i < fields->len; i++)
    shy_sheet_field_add_letters (g_ptr_array_index (fields, i), letters);
  return letters;
}

static gboolean
may_be_name (const ShySheetTableRow *self,
             const ShySheetCell     *cell)
{
  return cell->kind == SHY_SHEET_CELL_TEXT && (cell->flags & SHY_SHEET_CELL_MERGED) == 0 &&
         strlen (cell->text) > strlen ("县") &&
         g_hash_table_contains (self->letters, GUINT_TO_POINTER (g_utf8_get_char (cell->text)));
}

static gboolean
may_be_header (const ShySheetTableRow *self)
{
  guint n_own = 0, n_names = 0;

  for (guint i = 0; i < self->row->n_cells; i++)
    {
      n_own += (self->row->cells[i].flags & SHY_SHEET_CELL_MERGED) == 0;
      n_names += may_be_name (self, &self->row->cells[i]);
    }
  return n_names >= 2 && n_names * 2 > n_own;
}

static const ShySheetTableColumn *
find_column (const ShySheetTableRow *self,
             guint                   column)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShySheetTableColumn *found = &g_array_index (self->columns, ShySheetTableColumn, i);

      if (found->column == column)
        return found;
    }
  return NULL;
}

static gboolean
names_field (const char    *text,
             ShySheetField *field)
{
  g_autofree char *tidy = shy_sheet_value_tidy (text);
  g_autofree char *reduced = shy_header_reduce (text);
  g_autofree char *event = shy_header_name_event (reduced);

  return shy_sheet_field_weigh (field, tidy, reduced, event) > 0;
}

static gboolean
names_any_field (const ShySheetTableRow *self,
                 const char             *text)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (names_field (text, g_ptr_array_index (self->fields, i)))
      return TRUE;

  return FALSE;
}

/* Whether a cell says what the header says of its column, in one of its rows. */
static gboolean
repeats (const ShySheetTableColumn *column,
         const char                *text)
{
  g_auto (GStrv)   parts = g_strsplit (column->header, SHY_HEADER_SEPARATOR, -1);
  g_autofree char *folded = shy_sheet_value_fold (text);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = shy_sheet_value_fold (parts[i]);

      if (strcmp (part, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Another wording of the same field, in no other unit. */
static gboolean
means_same (const ShySheetTableRow    *self,
            const ShySheetTableColumn *column,
            const char                *text)
{
  ShySheetField *field;
  ShyFieldType   type;

  if (column->field < 0)
    return !names_any_field (self, text);
  field = g_ptr_array_index (self->fields, column->field);
  type = shy_sheet_field_get_about (field)->type;
  return !shy_field_type_is_number (type) && names_field (text, field);
}

static guint
count_matched (const ShySheetTableRow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    n += g_array_index (self->columns, ShySheetTableColumn, i).field >= 0;

  return n;
}

ShySheetHeaderKind
shy_sheet_table_compare_header (const ShySheetTableRow  *self,
                                const ShySheetCell     **other)
{
  guint n_own = 0, n_same = 0, n_names = 0;

  *other = NULL;
  if (!may_be_header (self))
    return SHY_SHEET_HEADER_NONE;
  for (guint i = 0; i < self->row->n_cells; i++)
    {
      const ShySheetCell        *cell = &self->row->cells[i];
      const ShySheetTableColumn *column = find_column (self, cell->column);
      gboolean                   same, name;

      if ((cell->flags & SHY_SHEET_CELL_MERGED) != 0)
        continue;
      same = column != NULL && repeats (column, cell->text);
      name = !same && names_any_field (self, cell->text);
      n_own++;
      n_same += same;
      n_names += name;
      if (*other == NULL && !same && (column != NULL ? !means_same (self, column, cell->text) : name))
        *other = cell;
    }
  if ((n_same + n_names) * 2 <= n_own)
    return SHY_SHEET_HEADER_NONE;
  if (*other == NULL)
    return n_same > 0 && n_same + n_names >= 2 ? SHY_SHEET_HEADER_SAME : SHY_SHEET_HEADER_NONE;
  return (n_same + n_names) * 2 >= MAX (count_matched (self), 4) ? SHY_SHEET_HEADER_OTHER : SHY_SHEET_HEADER_NONE;
}
