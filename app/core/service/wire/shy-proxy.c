/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-proxy-private.h"

/* Asks the system which proxy to take, but never for the networks of the government: no proxy to
 * the outside knows a way there. */
struct _ShyProxy
{
  GObject parent_instance;
};

static void shy_proxy_init_resolver (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyProxy, shy_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      shy_proxy_init_resolver))

/* The government extranet, and addresses inside one organisation. */
static const char *const direct_networks[] = { "59.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "::1" };

static gboolean
is_direct (const char *uri)
{
  g_autoptr (GUri)         parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  const char              *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  for (guint i = 0; address != NULL && i < G_N_ELEMENTS (direct_networks); i++)
    {
      g_autoptr (GInetAddressMask) mask =
        g_inet_address_mask_new_from_string (direct_networks[i], NULL);

      if (g_inet_address_mask_matches (mask, address))
        return TRUE;
    }
  return FALSE;
}

static char **
direct (void)
{
  static const char *const answer[] = { "direct://", NULL };

  return g_strdupv ((char **) answer);
}

static char **
shy_proxy_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                  GError **error)
{
  return is_direct (uri) ? direct ()
                         : g_proxy_resolver_lookup (g_proxy_resolver_get_default (), uri, cancellable,
                                                    error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;
  char            **found = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result,
                                                            &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
shy_proxy_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, data);

  if (!is_direct (uri))
    {
      g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), uri, cancellable, asked_cb,
                                     task);
      return;
    }
  g_task_return_pointer (task, direct (), (GDestroyNotify) g_strfreev);
  g_object_unref (task);
}

static char **
shy_proxy_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
shy_proxy_init_resolver (GProxyResolverInterface *iface)
{
  iface->lookup = shy_proxy_lookup;
  iface->lookup_async = shy_proxy_lookup_async;
  iface->lookup_finish = shy_proxy_lookup_finish;
}

static void
shy_proxy_class_init (ShyProxyClass *klass)
{
}

static void
shy_proxy_init (ShyProxy *self)
{
}

/* The resolver for what a description says of a proxy: nothing, "none", or its address. */
GProxyResolver *
shy_proxy_new (const char *proxy)
{
  if (proxy == NULL)
    return g_object_new (SHY_TYPE_PROXY, NULL);
  return g_simple_proxy_resolver_new (g_str_equal (proxy, "none") ? NULL : proxy, NULL);
}
