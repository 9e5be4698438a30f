/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include <string.h>

/* What number formats make of a number, seen through a file that has one format. */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* A workbook with one number, of which the format has an id and perhaps a code. */
static char *
show (guint       id,
      const char *code,
      const char *number,
      gboolean    epoch_1904)
{
  g_autofree char   *escaped = code != NULL ? g_markup_escape_text (code, -1) : NULL;
  g_autofree char   *format = NULL;
  g_autofree char   *styles = NULL;
  g_autofree char   *workbook = NULL;
  g_autofree char   *sheet = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char              *rows;

  if (code != NULL)
    format = g_strdup_printf ("<numFmts><numFmt numFmtId='%u' formatCode=\"%s\"/></numFmts>", id, escaped);
  styles = g_strdup_printf ("<styleSheet xmlns='" MAIN "'>%s<cellXfs><xf numFmtId='%u'/></cellXfs></styleSheet>",
                            format != NULL ? format : "", id);
  workbook = g_strdup_printf ("<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><workbookPr date1904='%d'/>"
                              "<sheets><sheet name='a' sheetId='1' r:id='s'/></sheets></workbook>", epoch_1904);
  sheet = g_strdup_printf ("<worksheet xmlns='" MAIN "'><sheetData><row><c s='0'><v>%s</v></c></row></sheetData>"
                           "</worksheet>", number);
  bytes = make_zip ("xl/workbook.xml", workbook, "xl/styles.xml", styles, "xl/s.xml", sheet,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns='" PACKAGE "'><Relationship Id='s' Type='" OFFICE "/worksheet' Target='s.xml'/>"
                    "<Relationship Id='t' Type='" OFFICE "/styles' Target='/xl/styles.xml'/></Relationships>", NULL);
  rows = dump_bytes (bytes, "a.xlsx", &error);
  g_assert_no_error (error);
  return rows;
}

static const struct
{
  guint       id;
  const char *code;
  const char *number;
  const char *shown;
} formats[] = {
  { 0, NULL, "45838", "n45838" },
  { 2, NULL, "45838", "n45838" },
  { 14, NULL, "45838", "d2025-06-30" },
  { 15, NULL, "45838", "d2025-06-30" },
  { 17, NULL, "45838", "d2025-06-30" },
  { 20, NULL, "0.5", "T12:00:00" },
  { 22, NULL, "45838.25", "D2025-06-30 06:00:00" },
  { 27, NULL, "45838", "d2025-06-30" },
  { 31, NULL, "45838", "d2025-06-30" },
  { 32, NULL, "0.5", "T12:00:00" },
  { 36, NULL, "45838", "d2025-06-30" },
  { 44, NULL, "45838", "n45838" },
  { 46, NULL, "1.5", "T36:00:00" },
  { 49, NULL, "45838", "n45838" },
  { 50, NULL, "45838", "d2025-06-30" },
  { 55, NULL, "0.5", "T12:00:00" },
  { 57, NULL, "45838", "d2025-06-30" },
  { 58, NULL, "45838", "d2025-06-30" },
  { 200, "yyyy-mm-dd", "45838", "d2025-06-30" },
  { 200, "YYYY/M/D", "45838", "d2025-06-30" },
  { 200, "yyyy\"年\"m\"月\"d\"日\";@", "45838", "d2025-06-30" },
  { 200, "yyyy年m月", "45838", "d2025-06-30" },
  { 200, "[$-804]yyyy\\-mm\\-dd", "45838", "d2025-06-30" },
  { 200, "[DBNum1][$-804]yyyy\"年\"m\"月\"", "45838", "d2025-06-30" },
  { 200, "e\"年\"m\"月\"", "45838", "d2025-06-30" },
  { 200, "mmm", "45838", "d2025-06-30" },
  { 200, "aaaa", "45838", "d2025-06-30" },
  { 200, "yyyy/m/d h:mm AM/PM", "45838.25", "D2025-06-30 06:00:00" },
  { 200, "h:mm", "0.25", "T06:00:00" },
  { 200, "mm:ss", "0.25", "T06:00:00" },
  { 200, "[h]:mm", "2.5", "T60:00:00" },
  { 200, "mm:ss.0", "0.25", "T06:00:00" },
  { 200, "General", "5", "n5" },
  { 200, "G/通用格式", "5", "n5" },
  { 200, "0.00E+00", "5", "n5" },
  { 200, "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "5", "n5" },
  { 200, "0\"months and days\"", "5", "n5" },
  { 200, "0\\d", "5", "n5" },
  { 200, "[Red]0", "5", "n5" },
  { 200, "@", "5", "n5" },
  /* General with something around it. */
  { 200, "￥General", "19", "n19" },
  { 200, "\"￥\"General", "19", "n19" },
  { 200, "[$￥-804]General", "19", "n19" },
  { 200, "[Red]General;[Blue]-General", "19", "n19" },
  { 200, "General\"个月\"", "19", "n19" },
  { 200, "G/通用格式\"个月\"", "19", "n19" },
  { 200, "[$￥-804]#,##0.00", "19", "n19" },
  { 200, "\\y\\m\\d0", "19", "n19" },
  { 200, "0_d;-0_d", "19", "n19" },
  { 200, "* 0", "19", "n19" },
  { 200, "#\" dys\"", "19", "n19" },
  { 200, "# ?/?", "19", "n19" },
  { 200, "[>=10000]0!.0,\"万\";0", "19", "n19" },
  { 200, "\"日期\"@", "19", "n19" },
  { 200, "[DBNum2][$-804]General", "19", "n19" },
  /* Dates with something around them. */
  { 200, "[=0]\"\";yyyy-mm-dd", "45838", "d2025-06-30" },
  { 200, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45838", "d2025-06-30" },
  { 200, "[$-804]yyyy\"年\"m\"月\"d\"日\"\\ aaaa", "45838", "d2025-06-30" },
  { 200, "[Blue]yyyy/mm/dd", "45838", "d2025-06-30" },
  { 200, "[$-404]e/m/d", "45838", "d2025-06-30" },
  { 200, "上午/下午h\"时\"mm\"分\"", "0.5", "T12:00:00" },
  { 200, "yyyy-mm-dd hh:mm:ss.000", "45838.25", "D2025-06-30 06:00:00" },
  { 200, "[mm]:ss", "0.25", "T06:00:00" },
  { 200, "m\"月\"d\"日\"", "45838", "d2025-06-30" },
  { 28, NULL, "45838", "d2025-06-30" },
  { 29, NULL, "45838", "d2025-06-30" },
  { 30, NULL, "45838", "d2025-06-30" },
  { 34, NULL, "0.5", "T12:00:00" },
  { 52, NULL, "45838", "d2025-06-30" },
  { 53, NULL, "45838", "d2025-06-30" },
  { 56, NULL, "0.5", "T12:00:00" },
  { 47, NULL, "0.5", "T12:00:00" },
  { 200, "000000", "42", "n000042" },
  { 200, "000000", "1234567", "n1234567" },
  { 200, "000000", "-4", "n-4" },
  { 200, "000000", "4.5", "n4.5" },
  { 200, "0", "42", "n42" },
  /* The days that spreadsheets invent, and what lies outside of their calendar. */
  { 14, NULL, "60", "d1900-02-29" },
  { 14, NULL, "59", "d1900-02-28" },
  { 14, NULL, "61", "d1900-03-01" },
  { 14, NULL, "1", "d1900-01-01" },
  { 14, NULL, "0", "d1900-01-00" },
  { 14, NULL, "2958465", "d9999-12-31" },
  { 14, NULL, "2958466", "n2958466" },
  { 14, NULL, "-1", "n-1" },
  /* A date alone keeps its day, however late the hour; with the time it is rounded to seconds. */
  { 14, NULL, "45838.99999999", "d2025-06-30" },
  { 22, NULL, "45838.9999999", "D2025-07-01 00:00:00" },
};

static void
test_formats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *shown = show (formats[i].id, formats[i].code, formats[i].number, FALSE);
      g_autofree char *wanted = g_strdup_printf ("1: A=%s\n", formats[i].shown);

      g_test_message ("%u %s", formats[i].id, formats[i].code != NULL ? formats[i].code : "");
      g_assert_cmpstr (shown, ==, wanted);
    }
}

static void
test_epoch_1904 (void)
{
  static const char *const days[][2] = {
    { "0", "d1904-01-01" }, { "60", "d1904-03-01" }, { "44376", "d2025-06-30" }, { "2957003", "d9999-12-31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *shown = show (14, NULL, days[i][0], TRUE);
      g_autofree char *wanted = g_strdup_printf ("1: A=%s\n", days[i][1]);

      g_assert_cmpstr (shown, ==, wanted);
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/number-format/formats", test_formats);
  g_test_add_func ("/number-format/epoch-1904", test_epoch_1904);
  return g_test_run ();
}
