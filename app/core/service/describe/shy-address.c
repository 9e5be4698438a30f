/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-address-private.h"

#include "service/describe/shy-service-private.h"
#include "service/describe/shy-template-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* Where the requests of a service go, and with them its keys. */

static gboolean
has_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return TRUE;
  return FALSE;
}

/* Whether an address is that of a gateway and of nothing else: a scheme, and a host in front of
 * which no name and password stand, for keys must go where the description says to everybody who
 * reads it. */
gboolean
shy_address_check_base (const char *base, GError **error)
{
  const char      *host = g_str_has_prefix (base, "https://")  ? base + strlen ("https://")
                          : g_str_has_prefix (base, "http://") ? base + strlen ("http://")
                                                               : NULL;
  g_autofree char *authority = host != NULL ? g_strndup (host, strcspn (host, "/?#\\")) : NULL;

  if (authority == NULL || *authority == '\0')
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("The address must begin with https:// (or http://) and a host. Write "
                           "it so."));
  else if (strchr (authority, '@') != NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("A name or password stands in front of the host (“…@”). Take it out; "
                           "keys belong among the secrets."));
  else if (has_control (base) || strchr (base, '\\') != NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("There is a backslash or a line break in the address. Take it out."));
  else
    return TRUE;
  return FALSE;
}

/* Whether a path goes on behind the host, and does not change it. */
gboolean
shy_address_check_path (const char *path, GError **error)
{
  if (*path != '\0' && *path != '/' && *path != '?')
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("The path must begin with “/”, or it would change the host. Write it so."));
  else if (has_control (path))
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                         _("There is a line break in the path. Take it out."));
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  ShyService *service;
  ShySecrets *values;
  GPtrArray  *origins; /* (owned) of text, sorted, each once */
} Collecting;

static char *
find_config (const char *name, gpointer data)
{
  Collecting *self = data;
  const char *value;

  if (!g_str_has_prefix (name, "config."))
    return NULL;
  name += strlen ("config.");
  value = shy_secrets_get (self->values, name);
  for (guint i = 0; value == NULL && i < self->service->configs->len; i++)
    {
      const ShyServiceConfig *config = g_ptr_array_index (self->service->configs, i);

      if (g_str_equal (config->name, name))
        value = config->otherwise;
    }
  return g_strdup (value);
}

/* As RFC 6454, 6.2, writes an origin: the port stands there only if it is not that of the scheme.
 * (transfer full) (nullable) */
static char *
to_origin (const char *base)
{
  g_autoptr (GUri) uri = g_uri_parse (base, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  gboolean         bare;
  int              port;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  scheme = g_ascii_strdown (g_uri_get_scheme (uri), -1);
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  bare = strchr (host, ':') != NULL; /* IPv6 */
  port = g_uri_get_port (uri);
  if (port < 0 || (port == 443 && g_str_equal (scheme, "https")) ||
      (port == 80 && g_str_equal (scheme, "http")))
    return g_strdup_printf (bare ? "%s://[%s]" : "%s://%s", scheme, host);
  return g_strdup_printf (bare ? "%s://[%s]:%d" : "%s://%s:%d", scheme, host, port);
}

static void
add_base (Collecting *self, const char *base)
{
  g_autofree char *text = shy_template_expand (base, find_config, self, NULL);
  g_autofree char *origin = text != NULL ? to_origin (text) : NULL;

  if (origin != NULL &&
      !g_ptr_array_find_with_equal_func (self->origins, origin, g_str_equal, NULL))
    g_ptr_array_add (self->origins, g_steal_pointer (&origin));
}

/* A step of the signature, a stream or a look-up may ask at an address of its own. What is sent in
 * requests only looks like one. */
static void
collect (Collecting *self, const ShyJson *json)
{
  for (guint i = 0; json->items != NULL && i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);

      if (item->name != NULL && item->kind == SHY_JSON_STRING &&
          g_str_equal (item->name, "url_base"))
        add_base (self, item->text);
      else if (item->name == NULL || !g_str_has_prefix (item->name, "request_"))
        collect (self, item);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * shy_service_dup_origin: (skip)
 * @self: a service
 * @url_base: (nullable): the address to ask instead of the description's
 * @values: what the bureau set; an address may be one of its plain values
 *
 * Tells where the requests of the service go: scheme, host and port (RFC 6454) of its address and
 * of any other that a part of its description names, in the order of their letters and with a space
 * between them. Keys belong to what stands here and go nowhere else, see
 * shy_secrets_add_keyring().
 *
 * Returns: (transfer full): the origins; empty if the address is not set or is none
 */
char *
shy_service_dup_origin (ShyService *self, const char *url_base, ShySecrets *values)
{
  g_autoptr (GPtrArray) origins = g_ptr_array_new_with_free_func (g_free);
  Collecting            collecting = { self, values, origins };

  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (SHY_IS_SECRETS (values), NULL);

  if (url_base != NULL && *url_base != '\0')
    add_base (&collecting, url_base);
  else
    collect (&collecting, shy_json_document_get_root (self->json));
  g_ptr_array_sort (origins, compare);
  g_ptr_array_add (origins, NULL);
  return g_strjoinv (" ", (char **) origins->pdata);
}
