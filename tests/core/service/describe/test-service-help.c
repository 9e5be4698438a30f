/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-core.h"

#include "../../../home.h"

#include <string.h>

/* What a member means is found by where it stands, in whatever is being written. */

static const struct
{
  const char *at;   /* the cursor stands behind this */
  const char *help; /* NULL for none */
} rows[] = {
  { "\"wsd\": 1", "wsd — The version of this format." },
  { "\"name\": \"app_id\"", "name — What templates call it." },
  { "\"name\": \"fair_id\"", "name — Its name in rows." },
  { "\"timeout_seconds\"", "timeout_seconds — Without a byte." },
  { "\"page_size\"", "page_size — Rows of a page." },
  { "\"acb331\"", "from — What the source may call it, in any case." },
  { "\"optional\": true", "optional — Whether an answer may lack it." },
  { "\"pattern\"", "pattern — What the value must match." },
  { "\"charset\": \"utf-8\"", NULL },
};

static char *
read_shipped (void)
{
  g_autoptr (GBytes) bytes = shy_data_load ("services/zj-open-jobfair.json", NULL);
  gsize              length;
  const char        *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

static void
test_members (void)
{
  g_autoptr (ShyServiceHelp) help = shy_service_help_new (NULL);
  g_autofree char         *text = read_shipped ();

  g_assert_nonnull (help);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char      *at = strstr (text, rows[i].at);
      g_autofree char *found = NULL;

      g_assert_nonnull (at);
      found = shy_service_help_find (help, text, (gsize) (at - text) + strlen (rows[i].at));
      g_assert_cmpstr (found, ==, rows[i].help);
    }
}

/* Half a description helps as far as it goes, and nothing runs past its end. */
static void
test_broken (void)
{
  static const char *const texts[] = { "", "{", "]}]}", "{\"a\\", "{\"wsd", "\"wsd\": [[[" };
  g_autoptr (ShyServiceHelp) help = shy_service_help_new (NULL);
  g_autofree char         *whole = read_shipped ();
  g_autofree char         *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *none = shy_service_help_find (help, texts[i], 99);

      g_assert_null (none);
    }
  for (gsize length = strlen (whole); length > 0; length -= MIN (length, 7))
    {
      g_autofree char *part = g_strndup (whole, length);
      g_autofree char *said = shy_service_help_find (help, part, length);

      g_assert_true (said == NULL || *said != '\0');
    }
  found = shy_service_help_find (help, "{\n\"transport\": {\n  \"proxy\": ", 30);
  g_assert_cmpstr (found, ==, "proxy — The proxy's address, or none.");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/services/help/members", test_members);
  g_test_add_func ("/services/help/broken", test_broken);

  return g_test_run ();
}
