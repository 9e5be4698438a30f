/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "sheet/shy-sheet-cell.h"

static const struct
{
  const char *reference;
  guint       row;
  guint       column;
} references[] = {
  { "A1", 1, 0 },
  { "Z9", 9, 25 },
  { "AA10", 10, 26 },
  { "AZ2", 2, 51 },
  { "ZZ2", 2, 701 },
  { "AAA2", 2, 702 },
  { "XFD1048576", SHY_SHEET_MAX_ROWS, SHY_SHEET_MAX_COLUMNS - 1 },
};

static const char *const not_references[] = {
  "", "A", "1", "A0", "1A", "A1B", "XFE1", "A1048577", "A-1", "A1 ", "AAAAAAAAAAAAA1",
  "A99999999999999999999", "甲1",
};

static void
test_reference (void)
{
  guint row;
  guint column;

  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *made = shy_sheet_reference_new (references[i].row, references[i].column);

      g_assert_cmpstr (made, ==, references[i].reference);
      g_assert_true (shy_sheet_reference_parse (made, &row, &column));
      g_assert_cmpuint (row, ==, references[i].row);
      g_assert_cmpuint (column, ==, references[i].column);
    }
  g_assert_true (shy_sheet_reference_parse ("$D$12", &row, &column));
  g_assert_cmpuint (column, ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (not_references); i++)
    g_assert_false (shy_sheet_reference_parse (not_references[i], &row, &column));
}

static void
test_row_get_cell (void)
{
  const ShySheetCell cells[] = { { .column = 1 }, { .column = 4 }, { .column = 5 } };
  const ShySheetRow  row = { .number = 3, .n_cells = 3, .cells = cells };
  const ShySheetRow  none = { .number = 4 };

  for (guint column = 0; column < 8; column++)
    {
      const ShySheetCell *cell = shy_sheet_row_get_cell (&row, column);

      if (column == 1 || column == 4 || column == 5)
        g_assert_cmpuint (cell->column, ==, column);
      else
        g_assert_null (cell);
    }
  g_assert_null (shy_sheet_row_get_cell (&none, 0));
}

static void
test_copy (void)
{
  const ShySheetCell      cell = { .sheet = "申报表", .text = "张三", .row = 12, .column = 3 };
  g_autoptr (ShySheetCell) copy = shy_sheet_cell_copy (&cell);
  g_autofree char        *place = shy_sheet_cell_dup_place (copy);

  g_assert_cmpstr (copy->text, ==, "张三");
  g_assert_true (copy->text != cell.text);
  g_assert_null (copy->number);
  g_assert_cmpstr (place, ==, "sheet 申报表, cell D12");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/sheet-cell/reference", test_reference);
  g_test_add_func ("/sheet-cell/row-get-cell", test_row_get_cell);
  g_test_add_func ("/sheet-cell/copy", test_copy);
  return g_test_run ();
}
