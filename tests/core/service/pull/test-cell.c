/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../../home.h"

#include "service/pull/shy-row-private.h"

#include "shy-core.h"

#include <string.h>

typedef struct
{
  ShyFieldType type;
  const char  *formats; /* NULL for the usual, else separated by | */
  const char  *text;
  const char  *value; /* NULL: null */
  gboolean     warned;
} Row;

static const Row rows[] = {
  { SHY_FIELD_TEXT, NULL, " 　浙江ＡＢＣ\t１ ", "浙江ABC 1", FALSE },
  { SHY_FIELD_TEXT, NULL, "无", NULL, FALSE },
  { SHY_FIELD_TEXT, NULL, "龙泉 A1", "龙泉 A1", FALSE },
  { SHY_FIELD_TEXT, NULL, " 龙泉", "龙泉", FALSE },
  { SHY_FIELD_TEXT, NULL, "龙泉 ", "龙泉", FALSE },
  { SHY_FIELD_TEXT, NULL, "㐀鿿豈", "㐀鿿豈", FALSE },
  { SHY_FIELD_TEXT, NULL, "甲\x7f乙", "甲乙", FALSE },
  { SHY_FIELD_TEXT, NULL, "12345678901234567890", "12345678901234567890", FALSE },
  { SHY_FIELD_INTEGER, NULL, "1,234", "1234", FALSE },
  { SHY_FIELD_INTEGER, NULL, "１２", "12", FALSE },
  { SHY_FIELD_INTEGER, NULL, "1e3", "1000", FALSE },
  { SHY_FIELD_INTEGER, NULL, "12.0", "12", FALSE },
  { SHY_FIELD_INTEGER, NULL, "-007", "-7", FALSE },
  { SHY_FIELD_INTEGER, NULL, "007", "7", FALSE },
  { SHY_FIELD_INTEGER, NULL, "0", "0", FALSE },
  { SHY_FIELD_NUMBER, NULL, "120", "120", FALSE },
  { SHY_FIELD_INTEGER, NULL, "12人", NULL, TRUE },
  { SHY_FIELD_INTEGER, NULL, "12.5", NULL, TRUE },
  { SHY_FIELD_INTEGER, NULL, "1,23", NULL, TRUE },
  { SHY_FIELD_NUMBER, NULL, "1.10", "1.10", FALSE },
  { SHY_FIELD_NUMBER, NULL, "1.5e-3", "0.0015", FALSE },
  { SHY_FIELD_NUMBER, NULL, "-0.0", "0.0", FALSE },
  { SHY_FIELD_NUMBER, NULL, "1e999", NULL, TRUE },
  { SHY_FIELD_BOOLEAN, NULL, "是", "true", FALSE },
  { SHY_FIELD_BOOLEAN, NULL, "N", "false", FALSE },
  { SHY_FIELD_BOOLEAN, NULL, "2", NULL, TRUE },
  { SHY_FIELD_DATE, NULL, "2025-1-1", "2025-01-01", FALSE },
  { SHY_FIELD_DATE, NULL, "2025/01/31", "2025-01-31", FALSE },
  { SHY_FIELD_DATE, NULL, "20250230", NULL, TRUE },
  { SHY_FIELD_DATE, NULL, "0000-00-00", NULL, FALSE },
  { SHY_FIELD_DATE, NULL, "2025-06-30T23:30:00Z", "2025-07-01", FALSE },
  { SHY_FIELD_DATETIME, "%Y%m%d|epoch_ms", "1735689600000", "2025-01-01T08:00:00+08:00", FALSE },
  { SHY_FIELD_DATETIME, "%Y%m%d%H%M%S|epoch_ms", "1757120400000", "2025-09-06T09:00:00+08:00", FALSE },
  { SHY_FIELD_DATETIME, "epoch_ms|epoch_s|excel_serial", "1735689600",
    "2025-01-01T08:00:00+08:00", FALSE },
  { SHY_FIELD_DATETIME, "epoch_ms|epoch_s|excel_serial", "45658.5", "2025-01-01T12:00:00+08:00",
    FALSE },
  { SHY_FIELD_DATETIME, "epoch_ms", "1735689600", NULL, TRUE },
  { SHY_FIELD_DATETIME, "%Y-%m-%d %H:%M", "2025-03-01 09:00", "2025-03-01T09:00:00+08:00", FALSE },
  { SHY_FIELD_DATETIME, "%Y-%m-%d %H:%M:%S", "2025-03-01 09:00:01.5", "2025-03-01T09:00:01+08:00",
    FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "<p>甲&nbsp;&amp;&#20057;</p><br/>3 < 4", "甲 &乙\n\n3 < 4", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "<style>p > b { color: red }</style><p>甲</p>", "甲", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "甲<SCRIPT type='a'>if (1 < 2) f('</p>')</Script >乙", "甲乙", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "<head><title>页</title><style>a</style></head><body>甲</body>", "甲",
    FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "甲<!-- <p>a > b</p> -->乙", "甲乙", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "甲<template><p>丙</p></template>乙", "甲乙", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "<a title=\"3>2\">甲</a><styled>乙</styled>", "甲乙", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "甲<script src='x'/>乙", "甲乙", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "甲<style>未完", "甲", FALSE },
  { SHY_FIELD_HTML_TEXT, NULL, "甲<b title=\"未完>乙", "甲乙", FALSE },
};

static void
test_row (gconstpointer data)
{
  const Row            *row = data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_auto (GStrv)        formats = row->formats != NULL ? g_strsplit (row->formats, "|", -1) : NULL;
  const char           *nulls[] = { "", "null", "NULL", "无", "-", "\\N", NULL };
  g_autofree char      *warning = NULL;
  g_autofree char      *value = NULL;
  ShyServiceField              field = { .field = { .type = row->type }, .formats = formats,
                                  .nulls = (char **) nulls, .zone = zone, .trim = TRUE };

  value = shy_cell_read (&field, row->text, &warning);
  g_assert_cmpstr (value, ==, row->value);
  g_assert_cmpint (warning != NULL, ==, row->warned);
  /* What is wrong is said without the value, which may be a person's. */
  if (warning != NULL)
    g_assert_null (strstr (warning, row->text));
}

/* Each ideograph that is taken as it is would come out of normalisation as it is. */
static void
test_ideographs (void)
{
  for (gunichar c = 0x4E00; c <= 0x9FFF; c++)
    {
      char             text[8] = { 0 };
      g_autofree char *normal = NULL;

      g_unichar_to_utf8 (c, text);
      normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
      g_assert_cmpstr (normal, ==, text);
      g_assert_false (g_unichar_iscntrl (c) || g_unichar_isspace (c));
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/cell/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/service/cell/ideographs", test_ideographs);
  return g_test_run ();
}
