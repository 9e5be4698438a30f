/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connecting.h"

#include <string.h>

static ShyServiceBook *
open_book (const char *database)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ShyStore) store = shy_store_open (database, &error);

  g_assert_no_error (error);
  return shy_service_book_new (store);
}

/* The province speaks plain HTTP: the description has to allow it. */
static GBytes *
read_description (const char *file)
{
  g_autofree char *path = shy_data_build ("services", file, NULL);
  g_autofree char *text = NULL;
  GString         *changed;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  if (strstr (text, "allow_insecure_http") == NULL)
    g_assert_cmpuint (g_string_replace (changed, "\"requester\": {",
                                        "\"requester\": {\"allow_insecure_http\": true,", 1), ==,
                      1);
  return g_string_free_to_bytes (changed);
}

/* The environment is where the keys of a test are. An empty value stands for the address. */
static void
give_values (ShyServiceBook *book,
             ProvinceServer *server,
             const char     *id)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyService) service = shy_service_book_load (book, id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *config = shy_service_get_config (service, i);
      const char             *value = province_get_key (id, config->name);
      g_autofree char        *name = g_strconcat ("SHANYE_SECRET_", id, "_", config->name, NULL);
      g_autofree char        *variable = g_ascii_strup (g_strdelimit (name, "-", '_'), -1);

      if (value == NULL)
        continue;
      if (*value == '\0')
        value = province_server_get_base (server);
      if (config->secret)
        g_setenv (variable, value, TRUE);
      else
        g_assert_true (shy_service_book_set_config (book, id, config->name, value, &error));
      g_assert_no_error (error);
    }
}

void
connecting_add (const char     *database,
                ProvinceServer *server,
                const char     *service,
                gboolean        automatic)
{
  g_autoptr (ShyServiceBook) book = open_book (database);
  g_autofree char           *name = g_strconcat (service, ".json", NULL);
  g_autoptr (GBytes)         bytes = read_description (name);
  g_autofree char           *added = NULL;
  g_autoptr (GError)         error = NULL;
  ShyServiceOptions          options = {
    .url_base = (char *) province_server_get_base (server),
    .to_minute = 24 * 60,
    .every_minutes = 240,
    .automatic = automatic,
  };

  added = shy_service_book_add (book, bytes, name, automatic, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (added, ==, service);
  g_assert_true (shy_service_book_set_options (book, service, &options, &error));
  g_assert_no_error (error);
  give_values (book, server, service);
}
