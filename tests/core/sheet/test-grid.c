/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "book-maker.h"

#include "shy-error.h"

#include <string.h>

/* Web pages, the XML of Excel 2003, and OpenDocument. */

static const struct
{
  const char *page;
  const char *read;
} pages[] = {
  { "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>", "1: A=t甲 B=t乙\n2: A=t1 B=t2\n" },
  /* What nobody closes, closes itself; names are written in any case. */
  { "<HTML><BODY><TABLE border=1><TR><TD>甲<TD>乙<TR><TD>1<TD>2</TABLE>", "1: A=t甲 B=t乙\n2: A=t1 B=t2\n" },
  { "<table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", "1: A=t甲\n2: A=t1\n" },
  { "<table><caption>名单</caption><tr><td>甲</td></tr></table>", "1: A=t甲\n" },
  /* Blanks, breaks and entities. */
  { "<table><tr><td>\n  张&nbsp;三 \n </td><td>a&amp;b&lt;c&#20108;</td><td>一<br>二</td></tr></table>",
    "1: A=t张\xc2\xa0三 B=ta&b<c二 C=t一\n二\n" },
  { "<table><tr><td><font><b>甲</b></font><span>乙</span></td><td>&nbsp;</td></tr></table>", "1: A=t甲乙\n" },
  /* Long numbers are text. */
  { "<table><tr><td style='mso-number-format:\"\\@\"'>330822199001011238</td></tr></table>", "1: A=t330822199001011238\n" },
  /* Cells that reach over others. */
  { "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
    "1: A=t甲 B=t乙\n2: B=t1 C=t2\n3: A=t3\n" },
  { "<table><tr><td colspan='99999999'>甲</td></tr></table>", "1: A=t甲\n" },
  /* Tables one below the other, and inside of each other. */
  { "<table><tr><td>题</td></tr></table><p>x</p><table><tr><td>甲</td></tr></table>", "1: A=t题\n2: A=t甲\n" },
  { "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>", "2: A=t甲 B=t乙\n" },
  { "<table><tr><td rowspan=9>题</td></tr></table><table><tr><td>甲</td></tr></table>", "1: A=t题\n2: A=t甲\n" },
  /* What is not shown. */
  { "<style>td{}</style><script>document.write('<table>')</script><table><tr><td>甲<script>x</script></td>"
    "<td><!-- y -->乙</td></tr></table>", "1: A=t甲 B=t乙\n" },
  { "<table><tr><td><select><option>是<option>否</select>丙</td></tr></table>", "1: A=t丙\n" },
};

static char *
read_text (const char  *text,
           gsize        length,
           const char  *name,
           GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return dump_bytes (bytes, name, error);
}

static void
test_pages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *read = read_text (pages[i].page, strlen (pages[i].page), "a.xls", &error);

      g_test_message ("%s", pages[i].page);
      g_assert_no_error (error);
      g_assert_cmpstr (read, ==, pages[i].read);
    }
}

/* A page declares its character set, or does not, or declares another than it has. */
static void
test_charsets (void)
{
  static const char *const sets[] = { "GB2312", "GBK", "GB18030", "UTF-8", "UTF-16LE", "BIG5", NULL };
  static const char *const declarations[] = {
    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">", "<meta charset='%s'>", "",
  };

  for (guint i = 0; sets[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (declarations); j++)
      {
        g_autoptr (GString) page = g_string_new ("<html><head>");
        g_autofree char    *encoded = NULL;
        g_autofree char    *read = NULL;
        g_autoptr (GError)  error = NULL;
        gsize               length;

        if (strcmp (sets[i], "BIG5") == 0 && *declarations[j] == '\0')
          continue;
        if (strcmp (sets[i], "UTF-16LE") == 0)
          g_string_prepend (page, "\xef\xbb\xbf");
        g_string_append (page, declarations[j]);
        g_string_replace (page, "%s", strcmp (sets[i], "UTF-16LE") == 0 ? "unicode" : sets[i], 0);
        g_string_append (page, "</head><table><tr><td>姓名</td></tr></table></html>");
        encoded = g_convert (page->str, (gssize) page->len, sets[i], "UTF-8", NULL, &length, NULL);
        read = read_text (encoded, length, "a.xls", &error);
        g_test_message ("%s %s", sets[i], declarations[j]);
        g_assert_no_error (error);
        g_assert_cmpstr (read, ==, "1: A=t姓名\n");
      }
}

#define SS "urn:schemas-microsoft-com:office:spreadsheet"

static const struct
{
  const char *table; /* inside of <Table> */
  const char *read;
} books[] = {
  { "<Row><Cell><Data ss:Type='String'>甲</Data></Cell><Cell ss:Index='3'><Data ss:Type='Number'>1.50</Data></Cell></Row>"
    "<Row ss:Index='4'><Cell><Data ss:Type='Boolean'>1</Data></Cell></Row><Row><Cell/></Row>", "1: A=t甲 C=n1.5\n4: A=bTRUE\n" },
  { "<Row><Cell><Data ss:Type='DateTime'>2024-01-12T00:00:00.000</Data></Cell>"
    "<Cell><Data ss:Type='DateTime'>2024-01-12T08:30:00.000</Data></Cell>"
    "<Cell ss:StyleID='d'><Data ss:Type='Number'>45303</Data></Cell>"
    "<Cell ss:StyleID='e'><Data ss:Type='Number'>45303</Data></Cell>"
    "<Cell ss:StyleID='n'><Data ss:Type='Number'>19</Data></Cell></Row>",
    "1: A=d2024-01-12 B=D2024-01-12 08:30:00 C=d2024-01-12 D=d2024-01-12 E=n19\n" },
  { "<Row><Cell ss:MergeAcross='1'><Data ss:Type='String'>甲</Data></Cell><Cell><Data ss:Type='String'>乙</Data></Cell></Row>",
    "1: A=t甲 C=t乙\n" },
  { "<Row><Cell><Data ss:Type='String'>甲</Data><Comment><Data ss:Type='String'>x</Data></Comment></Cell></Row>", "1: A=t甲\n" },
  { "<Row><Cell><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><B>甲</B><Font>乙</Font></ss:Data></Cell></Row>",
    "1: A=t甲乙\n" },
  { "<Row><Cell><Data ss:Type='Error'>#N/A</Data></Cell><Cell ss:Formula='=1'/><Cell ss:Formula='=1'>"
    "<Data ss:Type='Number'>1</Data></Cell></Row>", "1: A=e#N/A B=e C=n1\n" },
  { "<Row ss:Span='2'><Cell><Data ss:Type='String'>甲</Data></Cell></Row><Row><Cell><Data ss:Type='String'>乙</Data></Cell></Row>",
    "1: A=t甲\n4: A=t乙\n" },
  { "<x:Row xmlns:x='urn:x'><x:Cell/></x:Row><Row><Cell><Data ss:Type='Number'>x</Data></Cell></Row>", "1: A=e#NUM!\n" },
};

static void
test_books (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (books); i++)
    {
      g_autofree char   *book = NULL;
      g_autofree char   *read = NULL;
      g_autoptr (GError) error = NULL;

      book = g_strdup_printf ("<?xml version='1.0' encoding='gb2312'?>\n<?mso-application progid='Excel.Sheet'?>"
                              "<Workbook xmlns='" SS "' xmlns:ss='" SS "'><Styles><Style ss:ID='d'><NumberFormat "
                              "ss:Format='Short Date'/></Style><Style ss:ID='e' ss:Parent='d'/><Style ss:ID='n'>"
                              "<NumberFormat ss:Format='&quot;￥&quot;General'/></Style></Styles><Worksheet ss:Name='表'>"
                              "<Table>%s</Table></Worksheet></Workbook>", books[i].table);
      read = read_text (book, strlen (book), "a.xls", &error);
      g_test_message ("%s", books[i].table);
      g_assert_no_error (error);
      g_assert_cmpstr (read, ==, books[i].read);
    }
}

#define OPEN "urn:oasis:names:tc:opendocument:xmlns:"

static const struct
{
  const char *table; /* inside of <table:table> */
  const char *read;
} documents[] = {
  { "<t:table-row><t:table-cell o:value-type='string'><x:p>甲</x:p><x:p>乙<x:s x:c='2'/>丙</x:p></t:table-cell>"
    "<t:table-cell t:number-columns-repeated='2'/><t:table-cell o:value-type='float' o:value='1.5'><x:p>1.50</x:p>"
    "</t:table-cell></t:table-row>", "1: A=t甲\n乙  丙 D=n1.5\n" },
  { "<t:table-row t:number-rows-repeated='3'><t:table-cell/></t:table-row><t:table-row t:number-rows-repeated='2'>"
    "<t:table-cell o:value-type='float' o:value='7' t:number-columns-repeated='2'><x:p>7</x:p></t:table-cell></t:table-row>"
    "<t:table-row t:number-rows-repeated='1048570'><t:table-cell t:number-columns-repeated='16384'/></t:table-row>",
    "4: A=n7 B=n7\n5: A=n7 B=n7\n" },
  { "<t:table-row><t:table-cell o:value-type='date' o:date-value='2024-01-12'><x:p>12.01.24</x:p></t:table-cell>"
    "<t:table-cell o:value-type='date' o:date-value='2024-01-12T08:30:00'><x:p>x</x:p></t:table-cell>"
    "<t:table-cell o:value-type='percentage' o:value='0.5'><x:p>50%</x:p></t:table-cell>"
    "<t:table-cell o:value-type='currency' o:value='200000'><x:p>￥200,000</x:p></t:table-cell>"
    "<t:table-cell o:value-type='boolean' o:boolean-value='true'><x:p>TRUE</x:p></t:table-cell>"
    "<t:table-cell o:value-type='float' o:value='42'><x:p>000042</x:p></t:table-cell></t:table-row>",
    "1: A=d2024-01-12 B=D2024-01-12 08:30:00 C=n0.5 D=n200000 E=bTRUE F=n000042\n" },
  { "<t:table-row><t:table-cell o:value-type='string'><o:annotation><x:p>x</x:p></o:annotation><x:p>甲</x:p>"
    "<d:frame><d:text-box><x:p>y</x:p></d:text-box></d:frame></t:table-cell></t:table-row>", "1: A=t甲\n" },
  { "<t:table-header-rows><t:table-row><t:table-cell t:number-columns-spanned='2' o:value-type='string'><x:p>甲</x:p>"
    "</t:table-cell><t:covered-table-cell><x:p>x</x:p></t:covered-table-cell><t:table-cell o:value-type='string'><x:p>乙"
    "</x:p></t:table-cell></t:table-row></t:table-header-rows>", "1: A=t甲 C=t乙\n" },
  { "<t:shapes><d:frame><x:p>x</x:p></d:frame></t:shapes><t:table-row><t:table-cell o:value-type='string'><x:p><x:span>甲"
    "</x:span><x:a>乙</x:a></x:p></t:table-cell></t:table-row>", "1: A=t甲乙\n" },
};

static void
test_documents (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    for (guint flat = 0; flat < 2; flat++)
      {
        g_autoptr (GBytes) bytes = NULL;
        g_autofree char   *text = NULL;
        g_autofree char   *read = NULL;
        g_autoptr (GError) error = NULL;

        text = g_strdup_printf ("<?xml version='1.0' encoding='UTF-8'?><o:document xmlns:o='" OPEN "office:1.0' xmlns:t='"
                                OPEN "table:1.0' xmlns:x='" OPEN "text:1.0' xmlns:d='" OPEN "drawing:1.0'><o:body>"
                                "<o:spreadsheet><t:tracked-changes><t:table-cell><x:p>z</x:p></t:table-cell>"
                                "</t:tracked-changes><t:table t:name='表'>%s</t:table></o:spreadsheet></o:body></o:document>",
                                documents[i].table);
        bytes = flat ? g_bytes_new (text, strlen (text))
                     : make_zip ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", text,
                                 "META-INF/manifest.xml", "<m/>", NULL);
        read = dump_bytes (bytes, "a.ods", &error);
        g_test_message ("%s", documents[i].table);
        g_assert_no_error (error);
        g_assert_cmpstr (read, ==, documents[i].read);
      }
}

/* A cell that is repeated over a whole sheet must not fill the memory. */
static void
test_repeated (void)
{
  static const char document[] =
    "<o:document xmlns:o='" OPEN "office:1.0' xmlns:t='" OPEN "table:1.0' xmlns:x='" OPEN "text:1.0'><o:spreadsheet>"
    "<t:table><t:table-row t:number-rows-repeated='1048576'><t:table-cell t:number-columns-repeated='16384' "
    "o:value-type='string'><x:p>甲</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:document>";
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autofree char   *read = read_text (document, strlen (document), "a.fods", &error);

  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "a.fods"));
}

/* What another program wrote of one workbook, row by row, up to the columns that it changes. */
static GStrv
read_rows (const char *file)
{
  g_autofree char    *path = fixture_path (file);
  g_autoptr (GError)  error = NULL;
  g_autoptr (ShyBook) book = shy_book_open (path, NULL, &error);
  g_autofree char    *text = NULL;
  GStrv               rows;

  g_assert_no_error (error);
  text = dump_sheet (book, 0, SHY_BOOK_READ_DEFAULT, &error);
  g_assert_no_error (error);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    if (strstr (rows[i], " L=") != NULL)
      *strstr (rows[i], " L=") = '\0';
  return rows;
}

/* One table, written by LibreOffice and Gnumeric in several formats, reads the same. */
static void
test_programs (void)
{
  static const char *const files[] = { "libreoffice.ods", "gnumeric.ods" };
  g_auto (GStrv)           wanted = read_rows ("libreoffice.xls");
  g_auto (GStrv)           page = read_rows ("libreoffice.html");
  g_auto (GStrv)           old = read_rows ("gnumeric-95.xls");

  g_assert_nonnull (strstr (wanted[2], "H=d2024-01-12 I=d2024-03-05 J=t2030-03-04 K=n19"));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (GStrv) rows = read_rows (files[i]);

      for (guint j = 0; wanted[j] != NULL; j++)
        g_assert_cmpstr (rows[j], ==, wanted[j]);
    }
  /* A page has what was shown, as text; Excel 95 has no character for what is Chinese. */
  g_assert_cmpstr (page[2], ==, "3: A=t1 B=t陶森原一 C=t330727198008116720 D=t磐安阀门 & <分厂> E=t91330727MA00000150 "
                                "F=t民营 G=t期满出站 H=t2024年1月12日 I=t2024/3/5 J=t2030-03-04 K=t19.00");
  g_assert_nonnull (strstr (old[2], "C=t330727198008116720"));
  g_assert_nonnull (strstr (old[2], "E=t91330727MA00000150"));
  g_assert_nonnull (strstr (old[2], "H=d2024-01-12 I=d2024-03-05 J=t2030-03-04 K=n19"));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/grid/pages", test_pages);
  g_test_add_func ("/grid/charsets", test_charsets);
  g_test_add_func ("/grid/books", test_books);
  g_test_add_func ("/grid/documents", test_documents);
  g_test_add_func ("/grid/repeated", test_repeated);
  g_test_add_func ("/grid/programs", test_programs);
  return g_test_run ();
}
