/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulling.h"

#include <string.h>

/* Every shipped description pulls all its rows from the province by its real protocol, and every
 * value is what the province holds. */

#define ROWS 1034 /* no multiple of any page; some windows of dates hold a round number */

static const struct
{
  const char   *stream;
  ProvinceTable table;
} tables[] = {
  { "job_fair", PROVINCE_JOB_FAIR },       { "employer", PROVINCE_EMPLOYER },
  { "vacancy", PROVINCE_VACANCY },         { "agri_leader", PROVINCE_AGRI_LEADER },
  { "organization", PROVINCE_ORGANIZATION },
};

/* Updates are signed, and tried where they are read. */
static gboolean
is_update (const ShyServiceStream *stream)
{
  const char *name = shy_service_stream_get_name (stream);

  return g_str_equal (name, "policy_pack") || g_str_equal (name, "calendar");
}

static ProvinceTable
find_table (const char *stream)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].stream, stream))
      return tables[i].table;
  g_error ("The province has no rows for the stream “%s”.", stream);
}

static char *
expect_datetime (const char *cell)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) here = NULL;
  int                   parts[6] = { 0 };

  if (strchr (cell, '-') == NULL)
    time = g_date_time_new_from_unix_utc (g_ascii_strtoll (cell, NULL, 10) / 1000);
  else
    {
      g_auto (GStrv) texts = g_strsplit_set (cell, "- :", -1);

      for (guint i = 0; texts[i] != NULL; i++)
        parts[i] = (int) g_ascii_strtoll (texts[i], NULL, 10);
      time = g_date_time_new (zone, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }
  here = g_date_time_to_timezone (time, zone);
  return g_date_time_format (here, "%Y-%m-%dT%H:%M:%S+08:00");
}

static char *
expect_integer (const char *cell)
{
  g_auto (GStrv) parts = g_strsplit (cell, ",", -1);

  return g_strjoinv (NULL, parts);
}

/* The codes that shipped descriptions translate. */
static char *
expect_code (const char *field, const char *cell)
{
  static const char *const meanings[][3] = {
    { "level", "1", "国家级" },   { "level", "2", "省级" },     { "level", "3", "市级" },
    { "education", "11", "博士" }, { "education", "14", "硕士" }, { "education", "21", "本科" },
    { "education", "31", "专科" }, { "education", "44", "职高" }, { "education", "61", "高中" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_equal (meanings[i][0], field) && g_str_equal (meanings[i][1], cell))
      return g_strdup (meanings[i][2]);
  return g_strdup (cell);
}

static char *
expect_html (const char *cell)
{
  g_autoptr (GString) text = g_string_new (cell);

  g_string_replace (text, "<p>", "", 0);
  g_string_replace (text, "</p>", "", 0);
  g_string_replace (text, "<b>", "", 0);
  g_string_replace (text, "</b>", "", 0);
  g_string_replace (text, "&nbsp;", " ", 0);
  return g_utf8_normalize (text->str, -1, G_NORMALIZE_NFKC);
}

static char *
expect (Pulling *self, ProvinceTable table, const ShyField *field, guint64 number)
{
  g_autofree char *cell = province_dup_cell (self->province, table, field->name, number);

  if (field->personal || *cell == '\0')
    return NULL;
  switch (field->type)
    {
    case SHY_FIELD_DATETIME:
      return expect_datetime (cell);
    case SHY_FIELD_INTEGER:
      return expect_integer (cell);
    case SHY_FIELD_CODE:
      return expect_code (field->name, cell);
    case SHY_FIELD_HTML_TEXT:
      return expect_html (cell);
    default:
      return g_utf8_normalize (cell, -1, G_NORMALIZE_NFKC);
    }
}

/* Rows may come in any order; the key says which one it is. */
static void
compare (Pulling *self, const ShyServiceStream *stream)
{
  ProvinceTable table = find_table (shy_service_stream_get_name (stream));

  for (guint64 number = 0; number < ROWS; number++)
    {
      g_autofree char *key = NULL;
      GPtrArray       *row = NULL;

      for (guint i = 0; i < shy_service_stream_get_n_fields (stream); i++)
        {
          const ShyField  *field = shy_service_stream_get_field (stream, i);
          g_autofree char *expected = expect (self, table, field, number);

          if (i == 0)
            key = g_strdup (expected);
          row = row != NULL ? row : g_hash_table_lookup (self->rows, key);
          if (row == NULL)
            g_error ("Row %" G_GUINT64_FORMAT ", “%s”, did not come", number, key);
          if (g_strcmp0 (g_ptr_array_index (row, i), expected) != 0)
            g_error ("%s of row %" G_GUINT64_FORMAT ": %s, not %s", field->name, number,
                     (char *) g_ptr_array_index (row, i), expected);
        }
    }
}

static void
test_description (Pulling *self, gconstpointer file)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = pulling_load (file);

  if (shy_service_get_n_streams (service) == 0)
    g_test_skip ("It has look-ups only.");
  for (guint i = 0; i < shy_service_get_n_streams (service); i++)
    {
      const ShyServiceStream   *stream = shy_service_get_stream (service, i);
      g_autoptr (ShyPullReport) report = NULL;

      if (is_update (stream))
        continue;
      report = pulling_pull (self, service, stream, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (report->reason, ==, NULL);
      g_assert_true (report->complete);
      g_assert_cmpuint (report->rows, ==, ROWS);
      g_assert_cmpuint (report->notes->len, ==, 0);
      g_assert_cmpuint (report->duplicates + report->rejected + report->warnings, ==, 0);
      g_assert_cmpuint (g_hash_table_size (self->rows), ==, ROWS);
      compare (self, stream);
    }
}

static void
set_up (Pulling *self, gconstpointer file)
{
  pulling_set_up (self, ROWS);
}

static void
tear_down (Pulling *self, gconstpointer file)
{
  pulling_tear_down (self);
}

int
main (int argc, char **argv)
{
  g_autofree char      *folder = g_build_filename (g_getenv ("SHANYE_DATA_DIR"), "services", NULL);
  g_autoptr (GDir)      dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  g_test_init (&argc, &argv, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/descriptions/", name, NULL);

      /* Updates are signed and few: they have a test of their own. */
      if (!g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".schema.json") ||
          g_str_equal (name, "hmac-updates.json"))
        continue;
      g_ptr_array_add (names, g_strdup (name));
      g_test_add (test, Pulling, g_ptr_array_index (names, names->len - 1), set_up,
                  test_description, tear_down);
    }
  g_assert_cmpuint (names->len, >=, 13);
  return g_test_run ();
}
