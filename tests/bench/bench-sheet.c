/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-book.h"
#include "sheet/shy-sheet-writer.h"

#include <glib/gstdio.h>
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

/* Reads and writes 100,000 rows of 15 columns, against ssconvert (Gnumeric) and against inflating
 * and pull-parsing alone, in the same run and on the same files. Every measurement is a process of
 * its own, so that its peak of memory is its own. Time is processor time, which others on the machine
 * disturb least; the best of three counts. */

#define ROWS 100000
#define COLUMNS 15
#define REPEATS 3

typedef gboolean (*Work) (const char *input,
                          const char *output);

typedef struct
{
  double seconds;   /* of the processor */
  double megabytes; /* peak resident memory */
} Cost;

static const char *const headers[COLUMNS + 1] = {
  "姓名", "证件号码", "县区", "人员类别", "用人单位", "入职日期", "月数", "金额", "状态", "备注", "电话",
  "地址", "社保号", "在岗", "合计", NULL,
};

static void
write_row (ShySheetWriter *writer,
           guint           i)
{
  static const char *const kinds[] = { "就业困难人员", "高校毕业生", "退役军人", "农民工" };
  char                     text[128];
  GDate                    day;

  g_date_set_dmy (&day, 1 + i % 28, 1 + i % 12, 2024 + i % 2);
  g_snprintf (text, sizeof text, "张伟%u", i);
  shy_sheet_writer_add_text (writer, text);
  g_snprintf (text, sizeof text, "3308%02u19%02u%02u%02u%03u%u", i % 26, 60 + i % 40, 1 + i % 12, 1 + i % 28,
              i % 1000, i % 10);
  shy_sheet_writer_add_text (writer, text);
  g_snprintf (text, sizeof text, "第%u县", i % 26 + 1);
  shy_sheet_writer_add_text (writer, text);
  shy_sheet_writer_add_text (writer, kinds[i % G_N_ELEMENTS (kinds)]);
  g_snprintf (text, sizeof text, "示例第%u号有限责任公司", i % 5000);
  shy_sheet_writer_add_text (writer, text);
  shy_sheet_writer_add_date (writer, &day);
  g_snprintf (text, sizeof text, "%u", i % 36);
  shy_sheet_writer_add_number (writer, text);
  g_snprintf (text, sizeof text, "%u.%02u", i * 37 % 5000, i % 100);
  shy_sheet_writer_add_number (writer, text);
  shy_sheet_writer_add_text (writer, i & 1 ? "已通过" : "待审核");
  g_snprintf (text, sizeof text, "备注<%u>&", i);
  shy_sheet_writer_add_text (writer, text);
  g_snprintf (text, sizeof text, "138%08u", i);
  shy_sheet_writer_add_text (writer, text);
  g_snprintf (text, sizeof text, "示例镇示例村%u组", i % 999);
  shy_sheet_writer_add_text (writer, text);
  g_snprintf (text, sizeof text, "%u", i);
  shy_sheet_writer_add_number (writer, text);
  shy_sheet_writer_add_boolean (writer, i & 1);
  g_snprintf (text, sizeof text, "%u.5", i * 31);
  shy_sheet_writer_add_number (writer, text);
}

static gboolean
write_sheet (const char     *output,
             ShySheetFormat  format)
{
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (output, format, NULL);

  if (writer == NULL || !shy_sheet_writer_add_sheet (writer, "人员名单", headers, NULL))
    return FALSE;
  for (guint i = 0; i < ROWS; i++)
    {
      write_row (writer, i);
      if (!shy_sheet_writer_end_row (writer, NULL))
        return FALSE;
    }
  return shy_sheet_writer_close (writer, NULL);
}

static gboolean
write_xlsx (const char *input,
            const char *output)
{
  return write_sheet (output, SHY_SHEET_FORMAT_XLSX);
}

/* Shared strings, which our writer does without, for they must all be kept in memory. */
static gboolean
write_shared (const char *input,
              const char *output)
{
  g_autoptr (ShyBook)        book = shy_book_open (input, NULL, NULL);
  g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, SHY_BOOK_READ_DEFAULT, NULL, NULL);
  lxw_workbook              *target = workbook_new (output);
  lxw_worksheet             *sheet = workbook_add_worksheet (target, NULL);
  const ShySheetRow         *row;

  while ((row = shy_sheet_reader_next (reader, NULL)) != NULL)
    for (guint i = 0; i < row->n_cells; i++)
      {
        const ShySheetCell *cell = &row->cells[i];

        if (cell->number != NULL)
          worksheet_write_number (sheet, cell->row - 1, cell->column, g_ascii_strtod (cell->number, NULL), NULL);
        else
          worksheet_write_string (sheet, cell->row - 1, cell->column, cell->text, NULL);
      }
  return workbook_close (target) == LXW_NO_ERROR;
}

static gboolean
write_csv (const char *input,
           const char *output)
{
  return write_sheet (output, SHY_SHEET_FORMAT_CSV);
}

static gboolean
read_with (const char       *input,
           ShyBookReadFlags  flags)
{
  g_autoptr (ShyBook)        book = shy_book_open (input, NULL, NULL);
  g_autoptr (ShySheetReader) reader = NULL;
  const ShySheetRow         *row;
  guint                      rows = 0, cells = 0;

  if (book != NULL)
    reader = shy_book_read_sheet (book, 0, flags, NULL, NULL);
  while (reader != NULL && (row = shy_sheet_reader_next (reader, NULL)) != NULL)
    {
      rows++;
      cells += row->n_cells;
    }
  return rows == ROWS + 1 && cells == (ROWS + 1) * COLUMNS;
}

static gboolean
read_ours (const char *input,
           const char *output)
{
  return read_with (input, SHY_BOOK_READ_DEFAULT);
}

static gboolean
read_merged (const char *input,
             const char *output)
{
  return read_with (input, SHY_BOOK_READ_MERGED);
}

static int
read_part (void *file,
           char *buffer,
           int   size)
{
  return (int) zip_fread (file, buffer, size);
}

static int
close_part (void *file)
{
  return zip_fclose (file);
}

/* Visits every node and attribute of a part, and keeps nothing. */
static guint
pull_part (zip_t      *zip,
           const char *name)
{
  zip_file_t      *file = zip_fopen (zip, name, 0);
  xmlTextReaderPtr reader;
  guint            seen = 0;

  if (file == NULL)
    return 0;
  reader = xmlReaderForIO (read_part, close_part, file, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
  while (xmlTextReaderRead (reader) == 1)
    {
      seen += xmlTextReaderConstLocalName (reader) != NULL && xmlTextReaderConstValue (reader) != NULL;
      while (xmlTextReaderMoveToNextAttribute (reader) == 1)
        seen += xmlTextReaderConstValue (reader) != NULL;
    }
  xmlFreeTextReader (reader);
  return seen;
}

static gboolean
pull_parse (const char *input,
            const char *output)
{
  zip_t   *zip = zip_open (input, ZIP_RDONLY, NULL);
  gboolean ok;

  pull_part (zip, "xl/sharedStrings.xml");
  ok = pull_part (zip, "xl/worksheets/sheet1.xml") > ROWS;
  zip_discard (zip);
  return ok;
}

static gboolean
inflate_only (const char *input,
              const char *output)
{
  static char  buffer[64 * 1024];
  zip_t       *zip = zip_open (input, ZIP_RDONLY, NULL);
  zip_file_t  *file = zip_fopen (zip, "xl/worksheets/sheet1.xml", 0);
  zip_int64_t  n;

  while ((n = zip_fread (file, buffer, sizeof buffer)) > 0)
    ;
  zip_fclose (file);
  zip_discard (zip);
  return n == 0;
}

static gboolean
convert_by_gnumeric (const char *input,
                     const char *output)
{
  execlp ("ssconvert", "ssconvert", input, output, NULL);
  return FALSE;
}

static gboolean
run_once (Work        work,
          const char *input,
          const char *output,
          Cost       *cost)
{
  struct rusage usage;
  int           status;
  pid_t         child = fork ();

  if (child == 0)
    {
      if (freopen ("/dev/null", "w", stderr) == NULL)
        _exit (1);
      _exit (work (input, output) ? 0 : 1);
    }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child)
    return FALSE;
  cost->seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
                  (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  cost->megabytes = usage.ru_maxrss / 1024.0;
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

/* Runs it a few times and prints the best; 0 seconds if it cannot be run. */
static Cost
measure (const char *name,
         Work        work,
         const char *input,
         const char *output,
         guint       repeats)
{
  Cost best = { 0, 0 };

  for (guint i = 0; i < repeats; i++)
    {
      Cost cost;

      if (!run_once (work, input, output, &cost))
        {
          printf ("%s failed -\n", name);
          return best;
        }
      if (i == 0 || cost.seconds < best.seconds)
        best = cost;
    }
  printf ("%s %.3f s\n%s-peak %.1f MB\n", name, best.seconds, name, best.megabytes);
  fflush (stdout);
  return best;
}

static void
compare (const char *name,
         Cost        ours,
         Cost        theirs)
{
  if (ours.seconds > 0 && theirs.seconds > 0)
    printf ("%s %.2f x\n", name, ours.seconds / theirs.seconds);
}

/* One file, read in all ways. */
static void
bench_reading (const char *form,
               const char *input,
               const char *csv)
{
  g_autofree char *ours_name = g_strdup_printf ("read-%s", form);
  g_autofree char *merged_name = g_strdup_printf ("read-%s-with-merged-cells", form);
  g_autofree char *pull_name = g_strdup_printf ("read-%s-by-inflate-and-pull-parse", form);
  g_autofree char *inflate_name = g_strdup_printf ("read-%s-by-inflate-alone", form);
  g_autofree char *peer_name = g_strdup_printf ("read-%s-by-ssconvert", form);
  g_autofree char *ratio_name = g_strdup_printf ("read-%s-over-pull-parse", form);
  g_autofree char *merged_ratio_name = g_strdup_printf ("read-%s-with-merged-cells-over-pull-parse", form);
  g_autofree char *peer_ratio_name = g_strdup_printf ("read-%s-over-ssconvert", form);
  Cost             ours, merged, pull, peer;

  ours = measure (ours_name, read_ours, input, NULL, REPEATS);
  merged = measure (merged_name, read_merged, input, NULL, REPEATS);
  pull = measure (pull_name, pull_parse, input, NULL, REPEATS);
  measure (inflate_name, inflate_only, input, NULL, REPEATS);
  peer = measure (peer_name, convert_by_gnumeric, input, csv, 1);
  compare (ratio_name, ours, pull);
  compare (merged_ratio_name, merged, pull);
  compare (peer_ratio_name, ours, peer);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shy-bench-sheet-XXXXXX", NULL);
  g_autofree char *xlsx = g_build_filename (folder, "ours.xlsx", NULL);
  g_autofree char *shared = g_build_filename (folder, "shared.xlsx", NULL);
  g_autofree char *gnumeric = g_build_filename (folder, "gnumeric.xlsx", NULL);
  g_autofree char *csv = g_build_filename (folder, "ours.csv", NULL);
  g_autofree char *dump = g_build_filename (folder, "dump.csv", NULL);
  Cost             ours, peer;

  printf ("rows %d rows\ncolumns %d columns\n", ROWS, COLUMNS);
  ours = measure ("write-xlsx", write_xlsx, NULL, xlsx, REPEATS);
  measure ("write-csv", write_csv, NULL, csv, REPEATS);
  peer = measure ("write-xlsx-by-ssconvert-from-csv", convert_by_gnumeric, csv, gnumeric, 1);
  compare ("write-xlsx-over-ssconvert", ours, peer);
  bench_reading ("xlsx-inline-strings", xlsx, dump);
  measure ("make-shared-strings", write_shared, xlsx, shared, 1);
  bench_reading ("xlsx-shared-strings", shared, dump);
  if (peer.seconds > 0)
    bench_reading ("xlsx-of-gnumeric", gnumeric, dump);
  measure ("read-csv", read_ours, csv, NULL, REPEATS);

  g_unlink (xlsx);
  g_unlink (shared);
  g_unlink (gnumeric);
  g_unlink (csv);
  g_unlink (dump);
  g_rmdir (folder);
  return 0;
}
