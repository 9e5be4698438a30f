/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../../home.h"

#include "shy-core.h"

#include <string.h>

/* What is wrong is found at its line while a person writes, and a name of the source is given to a
 * field without touching the rest of the description. */

static GBytes *
read_shipped (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", name, NULL);
  char            *text;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

/* Gives the description with @before replaced once, and the line where it stood. */
static GBytes *
break_at (GBytes *shipped, const char *before, const char *after, guint *line)
{
  const char *text = g_bytes_get_data (shipped, NULL);
  const char *at = g_strstr_len (text, (gssize) g_bytes_get_size (shipped), before);
  GString    *broken = g_string_new_len (text, at - text);

  *line = 1;
  for (const char *c = text; c < at; c++)
    *line += *c == '\n';
  g_string_append (broken, after);
  g_string_append_len (broken, at + strlen (before),
                       (gssize) g_bytes_get_size (shipped) - (at - text) -
                         (gssize) strlen (before));
  return g_string_free_to_bytes (broken);
}

static void
test_lines (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *says;
  } rows[] = {
    { "\"primary_key\"", "\"primary_keys\"", "primary_key" },
    { "\"page_size\": 200", "\"page_size\": \"200\"", "$.streams[0].paginator.page_size" },
    { "{{ config.app_id }}", "{{ config.appid }}", "config.appid" },
    { "\"paginator\": {", "\"paginator\": (", "line" },
  };
  g_autoptr (GBytes) shipped = read_shipped ("zj-open-jobfair");
  guint              line = 99;

  g_assert_true (shy_service_check (shipped, "x", &line, NULL));
  g_assert_cmpuint (line, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint              wanted;
      g_autoptr (GBytes) broken = break_at (shipped, rows[i].before, rows[i].after, &wanted);

      g_assert_false (shy_service_check (broken, "x", &line, &error));
      g_assert_cmpuint (line, ==, wanted);
      if (strstr (error->message, rows[i].says) == NULL)
        g_error ("%s", error->message);
    }
}

static void
test_whole (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("\xff", 1);
  g_autoptr (GError) error = NULL;
  guint              line = 99;

  g_assert_false (shy_service_check (empty, "x", &line, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_assert_cmpuint (line, ==, 0);
}

static const ShyField *
find_field (ShyService *service, const char *name)
{
  const ShyServiceStream *stream = shy_service_get_stream (service, 0);

  for (guint i = 0; i < shy_service_stream_get_n_fields (stream); i++)
    if (g_str_equal (shy_service_stream_get_field (stream, i)->name, name))
      return shy_service_stream_get_field (stream, i);
  g_assert_not_reached ();
}

static gboolean
takes (ShyService *service, const char *field, const char *source)
{
  return g_strv_contains ((const char *const *) find_field (service, field)->aliases, source);
}

static void
test_alias (void)
{
  g_autoptr (GBytes)     shipped = read_shipped ("zj-open-jobfair");
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     given = NULL;
  g_autoptr (GBytes)     moved = NULL;
  g_autoptr (GBytes)     back = NULL;
  g_autoptr (ShyService) service = NULL;
  g_autoptr (ShyService) other = NULL;

  given = shy_service_edit_alias (shipped, "job_fair", "title", "活动\"名称\"", &error);
  g_assert_no_error (error);
  service = shy_service_new_from_bytes (given, "x", &error);
  g_assert_cmpstr (find_field (service, "title")->aliases[0], ==, "活动\"名称\"");
  g_assert_cmpstr (find_field (service, "title")->aliases[1], ==, "acb331");

  /* Another field takes it, whatever its case; the first lets go. */
  moved = shy_service_edit_alias (given, "job_fair", "place", "ACB331", &error);
  other = shy_service_new_from_bytes (moved, "x", &error);
  g_assert_no_error (error);
  g_assert_true (takes (other, "place", "ACB331"));
  g_assert_false (takes (other, "title", "acb331"));

  /* A field that has nothing left has its name. */
  g_clear_pointer (&moved, g_bytes_unref);
  g_clear_object (&other);
  moved = shy_service_edit_alias (given, "job_fair", "place", "gws", &error);
  other = shy_service_new_from_bytes (moved, "x", &error);
  g_assert_no_error (error);
  g_assert_true (takes (other, "place", "gws"));
  g_assert_true (takes (other, "posts", "posts"));

  /* Nothing but the alias changes. */
  back = shy_service_edit_alias (given, "job_fair", NULL, "活动\"名称\"", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, shipped));
}

static void
test_alias_unknown (void)
{
  g_autoptr (GBytes) shipped = read_shipped ("zj-open-jobfair");
  g_autoptr (GError) error = NULL;

  g_assert_null (shy_service_edit_alias (shipped, "none", "title", "x", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (shy_service_edit_alias (shipped, "job_fair", "none", "x", &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

static void
test_about (void)
{
  g_autoptr (GBytes)     shipped = read_shipped ("zj-irs-vacancy");
  g_autoptr (ShyService) service = shy_service_new_from_bytes (shipped, "x", NULL);

  g_assert_nonnull (strstr (shy_service_get_about (service), "岗位"));
  g_assert_nonnull (strstr (shy_service_get_audience (service), "部门"));
  g_assert_nonnull (strstr (shy_service_get_protocol (service), "MD5"));
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/service-edit/lines", test_lines);
  g_test_add_func ("/service-edit/whole", test_whole);
  g_test_add_func ("/service-edit/alias", test_alias);
  g_test_add_func ("/service-edit/alias-unknown", test_alias_unknown);
  g_test_add_func ("/service-edit/about", test_about);
  return g_test_run ();
}
