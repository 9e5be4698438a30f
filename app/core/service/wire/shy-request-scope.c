/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/wire/shy-draft-private.h"

#include "service/describe/shy-template-private.h"

#include <string.h>

/* What the names in templates mean. */

void
shy_moment_clear (ShyMoment *self)
{
  g_free (self->uuid);
  g_free (self->hex);
  g_free (self->ms4);
}

/* Sets the time, and nonces that were never used before. */
void
shy_moment_set (ShyMoment *self, gint64 ms)
{
  shy_moment_clear (self);
  self->ms = ms;
  self->uuid = g_uuid_string_random ();
  self->hex = g_strdup_printf ("%" G_GINT64_MODIFIER "x-%08x", ms, g_random_int ());
  self->ms4 = g_strdup_printf ("%" G_GINT64_FORMAT "%04d", ms, g_random_int_range (0, 10000));
}

void
shy_request_scope_clear (ShyRequestScope *self)
{
  shy_moment_clear (&self->moment);
  g_free (self->cursor);
  g_free (self->span_start);
  g_free (self->span_end);
  g_clear_pointer (&self->values, g_hash_table_unref);
}

void
shy_request_scope_set (ShyRequestScope *self, const char *id, const char *name, const char *value)
{
  g_hash_table_replace (self->values, g_strconcat (id, ".", name, NULL), g_strdup (value));
}

static char *
lookup_config (ShyRequestScope *self, const char *name)
{
  const char *value = shy_secrets_get (self->secrets, name);

  for (guint i = 0; value == NULL && i < self->service->configs->len; i++)
    {
      const ShyServiceConfig *config = g_ptr_array_index (self->service->configs, i);

      if (g_str_equal (config->name, name))
        return g_strdup (config->otherwise != NULL || config->required ? config->otherwise : "");
    }
  return g_strdup (value);
}

static char *
lookup_now (ShyRequestScope *self, const char *name)
{
  gint64                ms = self->moment.ms;
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, zone);
  g_autofree char      *text = NULL;

  if (g_str_equal (name, "ms"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, ms);
  if (g_str_equal (name, "s"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, ms / 1000);
  if (g_str_equal (name, "yyyymmddhhmmss"))
    return g_date_time_format (here, "%Y%m%d%H%M%S");
  if (!g_str_equal (name, "iso8"))
    return NULL;
  text = g_date_time_format (here, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03d+08:00", text, (int) (ms % 1000));
}

static char *
lookup_page (ShyRequestScope *self, const char *name)
{
  const struct
  {
    const char *name;
    gint64      value;
  } values[] = {
    { "number", self->number },
    { "size", self->size },
    { "offset", self->offset },
    { "row_first", self->offset + 1 },
    { "row_last", self->offset + self->size },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].name, name))
      return g_strdup_printf ("%" G_GINT64_FORMAT, values[i].value);
  return g_str_equal (name, "cursor") ? g_strdup (self->cursor != NULL ? self->cursor : "") : NULL;
}

static char *
lookup_nonce (ShyRequestScope *self, const char *name)
{
  if (g_str_equal (name, "uuid"))
    return g_strdup (self->moment.uuid);
  if (g_str_equal (name, "hex"))
    return g_strdup (self->moment.hex);
  return g_str_equal (name, "ms4") ? g_strdup (self->moment.ms4) : NULL;
}

/* Gives the value of a dotted name, %NULL if it has none now. */
static char *
look_up (const char *name, gpointer scope)
{
  ShyRequestScope   *self = scope;
  const char *dot = strchr (name, '.');

  if (dot == NULL)
    return NULL;
  if (g_str_has_prefix (name, "config."))
    return lookup_config (self, dot + 1);
  if (g_str_has_prefix (name, "now."))
    return lookup_now (self, dot + 1);
  if (g_str_has_prefix (name, "nonce."))
    return lookup_nonce (self, dot + 1);
  if (g_str_has_prefix (name, "page."))
    return lookup_page (self, dot + 1);
  if (g_str_has_prefix (name, "window."))
    return g_strdup (g_str_equal (dot, ".start") ? self->span_start : self->span_end);
  if (g_str_has_prefix (name, "request."))
    return self->request != NULL ? shy_draft_lookup (self->request, dot + 1) : NULL;
  return g_strdup (g_hash_table_lookup (self->values, name));
}

char *
shy_request_scope_expand (ShyRequestScope *self, const char *text, GError **error)
{
  return shy_template_expand (text, look_up, self, error);
}
