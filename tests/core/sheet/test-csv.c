/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include "shy-error.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *rows;
} files[] = {
  { "a,b\nc,d\n", "1: A=ta B=tb\n2: A=tc B=td\n" },
  { "a,b\r\nc,d", "1: A=ta B=tb\n2: A=tc B=td\n" },
  { "a,b\rc,d\r", "1: A=ta B=tb\n2: A=tc B=td\n" },
  { "\xef\xbb\xbf姓名,b\n", "1: A=t姓名 B=tb\n" },
  { "a;b;c\n1,5;2;3\n2,5;2;3\n", "1: A=ta B=tb C=tc\n2: A=t1,5 B=t2 C=t3\n3: A=t2,5 B=t2 C=t3\n" },
  { "a\tb\n1,2\t3\n", "1: A=ta B=tb\n2: A=t1,2 B=t3\n" },
  { "sep=;\na;b,c\n", "2: A=ta B=tb,c\n" },
  { "one\ntwo\n", "1: A=tone\n2: A=ttwo\n" },
  { "\"a,b\",c\n", "1: A=ta,b B=tc\n" },
  { "\"a\nb\",c\nd,e\n", "1: A=ta\nb B=tc\n2: A=td B=te\n" },
  { "\"a\"\"b\"\"\",\"\"\n", "1: A=ta\"b\"\n" },
  { "a\"b\",c\n", "1: A=ta\"b\" B=tc\n" },
  { "\"a\"x,c\n", "1: A=tax B=tc\n" },
  { "a,,\n\n,,\n,b\n", "1: A=ta\n4: B=tb\n" },
  { "';'=1+1,'＝1,a;'-b,a;'b\n", "1: A=t;=1+1 B=t＝1 C=ta;-b D=ta;'b\n" },
  { "=\"0012\",'=1+1,'330822199001011238,'tis\n", "1: A=t0012 B=t=1+1 C=t330822199001011238 D=t'tis\n" },
  { "a,b", "1: A=ta B=tb\n" },
  { "\n\n\na\n", "4: A=ta\n" },
};

static void
test_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].text, strlen (files[i].text));
      g_autoptr (GError) error = NULL;
      g_autofree char   *rows = dump_bytes (bytes, "名单.csv", &error);

      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, files[i].rows);
    }
}

/* Long enough to fill several chunks, so that characters are cut between them. */
static char *
make_long_text (void)
{
  GString *text = g_string_new ("姓名,备注\n");

  for (guint i = 0; i < 9000; i++)
    g_string_append_printf (text, "张%u,\"第%u个，衢州市开化县\n㐀𠮷\"\n", i, i);

  return g_string_free (text, FALSE);
}

static void
check_charset (const char *charset,
               const char *mark,
               gsize       mark_size)
{
  g_autofree char   *text = make_long_text ();
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  g_autofree char   *wanted = dump_bytes (plain, "名单.csv", NULL);
  g_autofree char   *converted = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char   *rows = NULL;
  GByteArray        *array = g_byte_array_new ();
  gsize              length;

  converted = g_convert (text, -1, charset, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  g_byte_array_append (array, (const guint8 *) mark, mark_size);
  g_byte_array_append (array, (const guint8 *) converted, length);
  bytes = g_byte_array_free_to_bytes (array);
  rows = dump_bytes (bytes, "名单.csv", &error);
  g_assert_no_error (error);
  g_assert_true (strcmp (rows, wanted) == 0);
}

static void
test_charsets (void)
{
  check_charset ("UTF-8", "\xef\xbb\xbf", 3);
  check_charset ("GB18030", "", 0);
  check_charset ("UTF-16LE", "\xff\xfe", 2);
  check_charset ("UTF-16BE", "\xfe\xff", 2);
}

static const struct
{
  const char *text;
  gsize       length;
  const char *words[2];
} refused[] = {
  { "a,b\nc,\"d\ne,f\n", 0, { "row 2", "quotation" } },
  { "a,b\n\xff\xff\xff,c\n", 0, { "GB18030", "名单.csv" } },
  { "a,b\n\xe5\xbc\n", 0, { "", "" } },
  { "a\0b,c\n", 6, { "save it as .xlsx", "名单.csv" } },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      gsize              length = refused[i].length > 0 ? refused[i].length : strlen (refused[i].text);
      g_autoptr (GBytes) bytes = g_bytes_new_static (refused[i].text, length);
      g_autoptr (GError) error = NULL;
      G_GNUC_UNUSED g_autofree char   *rows = dump_bytes (bytes, "名单.csv", &error);

      if (*refused[i].words[0] == '\0' && error == NULL)
        continue; /* two bytes that happen to be GB18030 */
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, SHY_ERROR);
      for (guint j = 0; j < 2; j++)
        if (strstr (error->message, refused[i].words[j]) == NULL)
          g_error ("“%s” lacks “%s”", error->message, refused[i].words[j]);
    }
}

static void
test_endless_quote (void)
{
  GString           *text = g_string_new ("a,b\n\"c");
  g_autofree char   *rest = g_strnfill (3 << 20, 'x');
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char   *rows = NULL;

  g_string_append (text, rest);
  bytes = g_string_free_to_bytes (text);
  rows = dump_bytes (bytes, "名单.csv", &error);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "row 2"));
}

static void
test_rounded (void)
{
  static const struct
  {
    const char       *text;
    ShySheetCellFlags flags;
  } cases[] = {
    { "3.30822E+17", SHY_SHEET_CELL_ROUNDED },
    { "330822199001011000", SHY_SHEET_CELL_MAYBE_ROUNDED },
    { "6222021234567890000", SHY_SHEET_CELL_MAYBE_ROUNDED },
    { "330822199001011238", 0 },
    { "33082219900101100X", 0 },
    { "330822199001000", 0 },
    { "E+17", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes)         bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (ShyBook)        book = shy_book_open_bytes (bytes, "a.csv", NULL, NULL);
      g_autoptr (ShySheetReader) reader = shy_book_read_sheet (book, 0, 0, NULL, NULL);

      g_assert_cmphex (shy_sheet_reader_next (reader, NULL)->cells[0].flags, ==,
                       cases[i].flags | SHY_SHEET_CELL_CSV);
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/csv/files", test_files);
  g_test_add_func ("/csv/charsets", test_charsets);
  g_test_add_func ("/csv/refused", test_refused);
  g_test_add_func ("/csv/endless-quote", test_endless_quote);
  g_test_add_func ("/csv/rounded", test_rounded);
  return g_test_run ();
}
