/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-note-private.h"

#include "store/shy-journal.h"

char *
shy_landing_moment (gint64 seconds)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) here = zone != NULL ? g_date_time_to_timezone (utc, zone)
                                            : g_date_time_ref (utc);

  return g_date_time_format (here, "%Y-%m-%dT%H:%M:%S%:z");
}

char *
shy_landing_now (void)
{
  return shy_landing_moment (g_get_real_time () / G_USEC_PER_SEC);
}

gboolean
shy_landing_note (ShyConnection *connection, const char *action, const char *service,
                  const char *stream, GError **error, ...)
{
  g_autoptr (JsonObject) details = json_object_new ();
  g_autoptr (JsonNode)   node = json_node_init_object (json_node_alloc (), details);
  g_autofree char       *subject = stream != NULL ? g_strdup_printf ("service:%s/%s", service, stream)
                                                  : g_strdup_printf ("service:%s", service);
  const char            *name;
  va_list                args;

  va_start (args, error);
  while ((name = va_arg (args, const char *)) != NULL)
    json_object_set_string_member (details, name, va_arg (args, const char *));
  va_end (args);
  return shy_journal_append (connection, action, subject, node, error);
}
