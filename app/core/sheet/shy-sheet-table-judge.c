/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-sheet-table-private.h"

#include "sheet/shy-sheet-value.h"

#include <string.h>

/* A row is kept as a record unless much speaks against it: one record too many is seen and
 * corrected, one too few is a lost application. */

/* Longer than any name in a table of ours. */
#define NOTE_LENGTH 30
/* The shortest number of that kind is a telephone's. */
#define IDENTITY_LENGTH 11
/* A range over so many columns is no cell of a table. */
#define NOTE_COLUMNS 3

static gboolean
is_own (const ShySheetCell *cell)
{
  return (cell->flags & SHY_SHEET_CELL_MERGED) == 0;
}

static guint
count_own (const ShySheetRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n += is_own (&row->cells[i]);

  return n;
}

static const ShySheetCell *
get_first_own (const ShySheetRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (is_own (&row->cells[i]))
      return &row->cells[i];

  return NULL;
}

static gboolean
begins_with_any (const char        *text,
                 const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (text, *words))
      return TRUE;

  return FALSE;
}

/* Own cells of a field, not counting values that only spread from a merged range. */
static guint
count_filled (const ShySheetTableRow *self,
              gboolean                required_only)
{
  guint n = 0;

  for (guint i = 0; i < self->fields->len; i++)
    n += self->cells[i] != NULL && is_own (self->cells[i]) &&
         (!required_only || shy_sheet_field_is_required (g_ptr_array_index (self->fields, i)));

  return n;
}

static guint
count_required (const ShySheetTableRow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->fields->len; i++)
    n += shy_sheet_field_is_required (g_ptr_array_index (self->fields, i));

  return n;
}

/* Spares most cells the cost of being folded. */
static gboolean
may_be_total (const char *text)
{
  return strstr (text, "计") != NULL || strpbrk (text, "tTｔＴ") != NULL;
}

static const ShySheetCell *
find_total_word (const ShySheetRow *row)
{
  static const char *const words[] = { "合计", "总计", "小计", "共计", "累计", "本页合计", "本页小计",
                                       "总合计", "total", NULL };
  guint                    seen = 0;

  for (guint i = 0; i < row->n_cells && seen < 3; i++)
    {
      g_autofree char *folded = NULL;

      if (!is_own (&row->cells[i]))
        continue;
      seen++;
      if (!may_be_total (row->cells[i].text))
        continue;
      folded = shy_sheet_value_fold (row->cells[i].text);
      if (begins_with_any (folded, words) && g_utf8_strlen (folded, -1) <= NOTE_LENGTH)
        return &row->cells[i];
    }
  return NULL;
}

/* Whether a number is there that names a person, a firm, a telephone or a card. */
static gboolean
names_somebody (const ShySheetTableRow *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ShySheetFieldType type = shy_sheet_field_get_field_type (g_ptr_array_index (self->fields, i));

      if (type >= SHY_SHEET_FIELD_RESIDENT_ID && self->cells[i] != NULL && is_own (self->cells[i]) &&
          strlen (self->cells[i]->text) >= IDENTITY_LENGTH)
        return TRUE;
    }
  return FALSE;
}

/* 合计 in one of the first cells, nobody's number, and no more than half of what an application
 * must say. */
static gboolean
is_total (const ShySheetTableRow *self)
{
  const ShySheetCell *word = find_total_word (self->row);
  guint               filled = count_filled (self, TRUE);

  if (word == NULL || names_somebody (self))
    return FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    if (self->cells[i] == word && shy_sheet_field_is_required (g_ptr_array_index (self->fields, i)))
      filled--;

  return filled * 2 <= count_required (self);
}

/* Printed lists repeat the header on every page. */
static gboolean
is_header (const ShySheetTableRow *self)
{
  guint n_same = 0, n_cells = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShySheetTableColumn *column = &g_array_index (self->columns, ShySheetTableColumn, i);
      const ShySheetCell        *cell = shy_sheet_row_get_cell (self->row, column->column);
      g_autofree char           *folded = NULL;

      n_cells += cell != NULL;
      if (cell == NULL || cell->kind != SHY_SHEET_CELL_TEXT ||
          strncmp (cell->text, column->name, strlen ("姓")) != 0)
        continue;
      folded = shy_sheet_value_fold (cell->text);
      n_same += strcmp (folded, column->folded) == 0;
    }
  return n_same >= 2 && n_same * 2 > n_cells;
}

/* 1, 2, 3… right below the header count the columns; so do (1), ①. */
static gboolean
is_numbers (const ShySheetTableRow *self)
{
  guint64 before = 0;

  if (!self->after_header || self->row->n_cells < 3)
    return FALSE;
  for (guint i = 0; i < self->row->n_cells; i++)
    {
      g_autofree char *folded = shy_sheet_value_fold (self->row->cells[i].text);
      const char      *digits = folded + (*folded == '(');
      char            *end;
      guint64          number = g_ascii_strtoull (digits, &end, 10);

      if (!g_ascii_isdigit (*digits) || (*end != '\0' && strcmp (end, ")") != 0) ||
          (i > 0 && number != before + 1) || (i == 0 && number > 1))
        return FALSE;
      before = number;
    }
  return TRUE;
}

static gboolean
is_example (const ShySheetTableRow *self)
{
  static const char *const words[] = { "例", "示例", "样例", "范例", "举例", "填写示例", "(例)", "(示例)",
                                       "(样例)", NULL };
  static const char *const openings[] = { "例:", "例如", "示例:", "样例:", "举例:", "填写示例:", NULL };
  const ShySheetCell      *cell = get_first_own (self->row);
  g_autofree char         *folded = NULL;

  if (strstr (cell->text, "例") == NULL)
    return FALSE;
  folded = shy_sheet_value_fold (cell->text);
  return g_strv_contains (words, folded) || begins_with_any (folded, openings);
}

static gboolean
spans_columns (const ShySheetRow  *row,
               const ShySheetCell *cell)
{
  guint n = 1;

  for (guint i = 0; i < row->n_cells; i++)
    n += (row->cells[i].flags & SHY_SHEET_CELL_ACROSS) != 0 && row->cells[i].column > cell->column &&
         strcmp (row->cells[i].text, cell->text) == 0;

  return n >= NOTE_COLUMNS;
}

/* 制表人：张三　　审核人：李四 */
static gboolean
are_signatures (const ShySheetRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (is_own (&row->cells[i]) && strchr (row->cells[i].text, ':') == NULL &&
        strstr (row->cells[i].text, "：") == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_note (const ShySheetTableRow *self)
{
  static const char *const words[] = { "注:", "备注:", "说明:", "注1", "注意", "填表说明", "填报说明", "附:",
                                       "制表", "填表人", "填报人", "审核人", "负责人", "经办人", "单位盖章",
                                       "单位(盖章", "(盖章", "以下空白", "以下无正文", "此表", "本表", NULL };
  const ShySheetCell      *cell = get_first_own (self->row);
  guint                    n_own = count_own (self->row);
  g_autofree char         *folded = NULL;

  if (n_own > 4)
    return FALSE;
  if (are_signatures (self->row))
    return TRUE;
  folded = shy_sheet_value_fold (cell->text);
  if (n_own > 2)
    return FALSE;
  return begins_with_any (folded, words) ||
         (n_own == 1 && (spans_columns (self->row, cell) || g_utf8_strlen (folded, -1) > NOTE_LENGTH));
}

gboolean
shy_sheet_table_judge (const ShySheetTableRow *self,
                       ShySheetSkipKind       *kind)
{
  if (count_own (self->row) == 0)
    *kind = SHY_SHEET_SKIP_BLANK;
  else if (is_header (self))
    *kind = SHY_SHEET_SKIP_HEADER;
  else if (is_numbers (self))
    *kind = SHY_SHEET_SKIP_NUMBERS;
  else if (is_total (self))
    *kind = SHY_SHEET_SKIP_TOTAL;
  else if (is_example (self))
    *kind = SHY_SHEET_SKIP_EXAMPLE;
  else if (is_note (self))
    *kind = SHY_SHEET_SKIP_NOTE;
  else if (count_filled (self, FALSE) == 0)
    *kind = SHY_SHEET_SKIP_OTHER;
  else
    return FALSE;

  return TRUE;
}
