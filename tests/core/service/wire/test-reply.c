/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-reply-private.h"
#include "shy-core.h"

#include <string.h>

#define MOST (1024 * 1024)

static void
test_decodes (void)
{
  static const struct
  {
    const char *bytes;
    gsize       size;
    ShyCharset  charset;
    const char *expected;
  } rows[] = {
    { "{\"a\":1}", 7, SHY_CHARSET_AUTO, "{\"a\":1}" },
    { "\xef\xbb\xbf{}", 5, SHY_CHARSET_AUTO, "{}" },
    { "{}\n \0\0", 6, SHY_CHARSET_AUTO, "{}" },
    { "\"\xd6\xd0\xce\xc4\"", 6, SHY_CHARSET_AUTO, "\"中文\"" },
    { "\"\xe4\xb8\xad\"", 5, SHY_CHARSET_AUTO, "\"中\"" },
    { "\xff\xfe{\0}\0", 6, SHY_CHARSET_AUTO, "{}" },
    { "\xfe\xff\0{\0}", 6, SHY_CHARSET_AUTO, "{}" },
    { "\"\xd6\xd0\xce\xc4\"", 6, SHY_CHARSET_UTF_8, NULL },
    { "\"\xd6", 2, SHY_CHARSET_AUTO, NULL },
    { NULL, 0, SHY_CHARSET_AUTO, "" },
    { " \r\n\t", 4, SHY_CHARSET_AUTO, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].bytes, rows[i].size);
      g_autofree char   *text = shy_reply_decode (body, rows[i].charset, &error);

      g_assert_cmpstr (text, ==, rows[i].expected);
      if (rows[i].expected == NULL)
        g_assert_error (error, SHY_ERROR, SHY_ERROR_DAMAGED);
    }
}

static GBytes *
gzip (const char *data,
      gsize       size)
{
  g_autoptr (GConverter)    deflater = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = NULL;

  deflater = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  stream = g_converter_output_stream_new (memory, deflater);
  g_assert_true (g_output_stream_write_all (stream, data, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_inflates (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *zeros = g_malloc0 (8 * MOST);
  g_autoptr (GBytes) small = gzip ("{}", 2);
  g_autoptr (GBytes) bomb = gzip (zeros, 8 * MOST);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (small, 0, g_bytes_get_size (small) - 9);
  g_autoptr (GBytes) out = shy_reply_inflate (small, MOST, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (out, NULL), g_bytes_get_size (out), "{}", 2);
  g_assert_null (shy_reply_inflate (bomb, MOST, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (shy_reply_inflate (cut, MOST, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_DAMAGED);
}

static void
test_web_pages (void)
{
  g_autofree char *excerpt = NULL;

  g_assert_true (shy_reply_is_web_page ("\r\n <html>", "application/json"));
  g_assert_true (shy_reply_is_web_page ("Access denied", "text/html; charset=utf-8"));
  g_assert_false (shy_reply_is_web_page ("{\"a\":\"<b>\"}", "text/html"));
  g_assert_false (shy_reply_is_web_page ("9f2c", "text/plain"));
  excerpt = shy_reply_excerpt ("<html><script>var k='x';</script><h1>请登录</h1>\n"
                               "<p>331122199202290010 deadbeefdeadbeef</p>");
  g_assert_cmpstr (excerpt, ==, "请登录 … …");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply/decodes", test_decodes);
  g_test_add_func ("/reply/inflates", test_inflates);
  g_test_add_func ("/reply/web-pages", test_web_pages);

  return g_test_run ();
}
