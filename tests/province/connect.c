/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect.h"

#include "landing/shy-service-book.h"
#include "shy-data.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* One service for each kind of rows, the one that cases may ask, and the one of updates. */
static const char *const services[] = { "zj-open-jobfair", "zj-irs-vacancy",
                                        "hmac-offset-employers", "gjgx-employers",
                                        "zj-irs-lookups", "hmac-updates" };

#define NOTE "样例省份在本机生成的数据，不是真实数据。"

/* The shipped description, without the pause between requests that a province asks for. */
static ShyService *
load (const char *id, GBytes **description, GError **error)
{
  g_autofree char       *name = g_strconcat (id, ".json", NULL);
  g_autofree char       *path = shy_data_build ("services", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject            *root;
  char                  *text;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  json_object_remove_member (json_object_get_object_member (root, "transport"),
                             "requests_per_second");
  text = json_to_string (json_parser_get_root (parser), TRUE);
  *description = g_bytes_new_take (text, strlen (text));
  return shy_service_new_from_bytes (*description, name, error);
}

/* Plain values are kept with the service; secrets are never written down. */
static gboolean
configure (ShyServiceBook *book, ShyService *service, const char *base, GError **error)
{
  const char *id = shy_service_get_id (service);

  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *config = shy_service_get_config (service, i);
      const char             *value = province_get_key (id, config->name);

      if (!config->secret && value != NULL &&
          !shy_service_book_set_config (book, id, config->name, *value != '\0' ? value : base,
                                        error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add (ShyServiceBook *book, const char *id, const char *base, GError **error)
{
  g_autoptr (GBytes)      description = NULL;
  g_autoptr (ShyService)  service = load (id, &description, error);
  g_autofree char        *added = NULL;
  const ShyServiceOptions options = { .url_base = (char *) base, .automatic = TRUE,
                                      .to_minute = 24 * 60, .every_minutes = 60,
                                      .licence_note = (char *) NOTE };

  if (service == NULL)
    return FALSE;
  added = shy_service_book_add (book, description, id, TRUE, error);
  return added != NULL && configure (book, service, base, error) &&
         shy_service_book_set_options (book, id, &options, error);
}

gboolean
province_connect (const char *database, const char *base, GError **error)
{
  g_autoptr (ShyStore)       store = shy_store_open (database, error);
  g_autoptr (ShyServiceBook) book = store != NULL ? shy_service_book_new (store) : NULL;

  for (guint i = 0; book != NULL && i < G_N_ELEMENTS (services); i++)
    if (!add (book, services[i], base, error))
      return FALSE;
  return book != NULL;
}

static char *
make_variable (const char *service, const ShyServiceConfig *config)
{
  g_autofree char *name = g_strconcat ("SHANYE_SECRET_", service, "_", config->name, NULL);

  for (char *at = name; *at != '\0'; at++)
    *at = g_ascii_isalnum (*at) ? g_ascii_toupper (*at) : '_';
  return g_strconcat (name, "=", province_get_key (service, config->name), NULL);
}

char **
province_dup_environment (void)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr (GBytes)     description = NULL;
      g_autoptr (ShyService) service = load (services[i], &description, NULL);

      for (guint j = 0; service != NULL && j < shy_service_get_n_configs (service); j++)
        {
          const ShyServiceConfig *config = shy_service_get_config (service, j);
          g_autofree char        *line = config->secret && province_get_key (services[i],
                                                                             config->name) != NULL
                                           ? make_variable (services[i], config)
                                           : NULL;

          if (line != NULL)
            g_strv_builder_add (lines, line);
        }
    }
  return g_strv_builder_end (lines);
}
