/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-redirect-private.h"

#include <libsoup/soup.h>

/* The address on the same host that an answer leads to, %NULL if there is none. Another port of it
 * is somebody else, unless it is only that of https. */
static GUri *
find_target (ShyAnswer *answer, GUri *from)
{
  const char      *location = shy_answer_get_header (answer, "location");
  gboolean         moved = answer->status == 301 || answer->status == 302 || answer->status == 303 ||
                           answer->status == 307 || answer->status == 308;
  g_autoptr (GUri) to = moved && location != NULL
                          ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL)
                          : NULL;

  return to != NULL && g_strcmp0 (g_uri_get_host (to), g_uri_get_host (from)) == 0 &&
                 (!g_str_equal (g_uri_get_scheme (to), g_uri_get_scheme (from)) ||
                  g_uri_get_port (to) == g_uri_get_port (from))
           ? g_steal_pointer (&to)
           : NULL;
}

static gboolean
is_secure (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https");
}

/* Where a GET is asked again as it is: by the same or a safer scheme. (nullable) */
GUri *
shy_redirect_follow (ShyAnswer *answer, const char *method, GUri *from)
{
  g_autoptr (GUri) to = g_str_equal (method, "GET") ? find_target (answer, from) : NULL;

  return to != NULL && (is_secure (to) || !is_secure (from)) ? g_steal_pointer (&to) : NULL;
}

/* Where the very same is asked by https, whatever the method, if the answer wants that.
 * (nullable) */
GUri *
shy_redirect_secure (ShyAnswer *answer, GUri *from)
{
  g_autoptr (GUri) to = is_secure (from) ? NULL : find_target (answer, from);

  return to != NULL && is_secure (to) && g_strcmp0 (g_uri_get_path (to), g_uri_get_path (from)) == 0
           ? g_steal_pointer (&to)
           : NULL;
}
