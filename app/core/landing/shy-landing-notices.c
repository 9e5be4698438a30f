/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include "service/describe/shy-service-private.h"

#include <glib/gi18n-lib.h>

/* What a person should know of rows that landed: the service changes, or gives less. */

/* A field may become unreadable in so many more of a hundred rows. */
#define MOST_NEWLY_ODD 20

/* So many fewer of a hundred rows are worth a word. */
#define FEWER 5

/* Names that are listed in one sentence. */
#define MOST_NAMES 8

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_object_member (object, name)
                                               : NULL;
}

static gboolean
stores (ShyConnection *connection, ShyLandingRun *self, const char *kind, char *sentence,
        GError **error)
{
  const char      *stream = shy_service_stream_get_name (self->staging.stream);
  g_autofree char *now = shy_landing_now ();
  gint64           id;

  if (sentence == NULL)
    return TRUE;
  g_ptr_array_add (self->notices, sentence);
  id = shy_connection_reserve_ids (connection, "shy_notice", 1, error);
  return id > 0 &&
         shy_sql_run (connection, error,
                      "DELETE FROM shy_notice WHERE service = $1 AND stream = $2 AND kind = $3",
                      "sss", self->staging.service, stream, kind) &&
         shy_sql_run (connection, error,
                      "INSERT INTO shy_notice (id, service, stream, kind, sentence, pull, made_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7)", "issssis", id, self->staging.service,
                      stream, kind, sentence, self->staging.pull, now);
}

static char *
list_names (GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MOST_NAMES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) names->pdata[i]);
  if (names->len > MOST_NAMES)
    g_string_append (text, ", …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
was_there (JsonObject *before, const char *name)
{
  JsonArray     *unmapped = json_object_has_member (before, "unmapped")
                              ? json_object_get_array_member (before, "unmapped") : NULL;
  JsonObject    *mapped = get_object (before, "mapped");
  JsonObjectIter iter;
  JsonNode      *node;

  for (guint i = 0; unmapped != NULL && i < json_array_get_length (unmapped); i++)
    if (g_strcmp0 (json_array_get_string_element (unmapped, i), name) == 0)
      return TRUE;
  if (mapped == NULL)
    return FALSE;
  json_object_iter_init (&iter, mapped);
  while (json_object_iter_next (&iter, NULL, &node))
    if (g_strcmp0 (json_node_get_string (node), name) == 0)
      return TRUE;
  return FALSE;
}

static char *
find_appeared (ShyLandingRun *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char      *list = NULL;

  for (guint i = 0; i < self->report->unmapped->len; i++)
    if (!was_there (self->profile, g_ptr_array_index (self->report->unmapped, i)))
      g_ptr_array_add (names, g_ptr_array_index (self->report->unmapped, i));
  list = list_names (names);
  return names->len > 0
           ? g_strdup_printf (_("The service has new fields: %s. Map them in the description if they "
                                "are wanted."), list)
           : NULL;
}

static char *
find_vanished (ShyLandingRun *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char      *list = NULL;
  JsonObject           *mapped = get_object (self->profile, "mapped");
  JsonObjectIter        iter;
  const char           *field;

  if (mapped == NULL || self->report->rows == 0)
    return NULL;
  json_object_iter_init (&iter, mapped);
  while (json_object_iter_next (&iter, &field, NULL))
    if (!g_hash_table_contains (self->report->mapped, field))
      g_ptr_array_add (names, (gpointer) field);
  list = list_names (names);
  return names->len > 0
           ? g_strdup_printf (_("The service does not give these fields any more: %s. It may call "
                                "them otherwise; test the connection and correct the description."),
                              list)
           : NULL;
}

static guint
percent_before (ShyLandingRun *self, const char *field)
{
  JsonObject *warnings = get_object (self->profile, "field_warnings");
  gint64      rows = json_object_get_int_member_with_default (self->profile, "rows", 0);

  return warnings != NULL && rows > 0
           ? (guint) (json_object_get_int_member_with_default (warnings, field, 0) * 100 / rows)
           : 0;
}

static char *
find_odd (ShyLandingRun *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char      *list = NULL;
  GHashTableIter        iter;
  gpointer              field;
  gpointer              count;

  if (self->report->rows == 0)
    return NULL;
  g_hash_table_iter_init (&iter, self->report->field_warnings);
  while (g_hash_table_iter_next (&iter, &field, &count))
    if (GPOINTER_TO_UINT (count) * G_GUINT64_CONSTANT (100) / self->report->rows >
        percent_before (self, field) + MOST_NEWLY_ODD)
      g_ptr_array_add (names, field);
  list = list_names (names);
  return names->len > 0
           ? g_strdup_printf (_("Values of these fields are of another kind than before: %s. Check "
                                "their type in the description."), list)
           : NULL;
}

static char *
find_fewer (ShyLandingRun *self)
{
  guint64 now = self->staging.tally.staged;
  guint64 before = (guint64) self->staging.live_rows;

  if (self->staging.stream->sync != NULL || self->staging.stream->merges ||
      now * 100 >= before * (100 - FEWER))
    return NULL;
  return g_strdup_printf (_("There are %llu rows now; there were %llu. Ask who runs the service if "
                            "that cannot be."),
                          (unsigned long long) now, (unsigned long long) before);
}

/* Notes what is worth a word. A later notice of a kind takes the place of the one before. */
gboolean
shy_landing_notice (ShyConnection *connection, ShyLandingRun *self, GError **error)
{
  static const struct
  {
    const char *kind;
    char *(*find) (ShyLandingRun *self);
  } kinds[] = { { "appeared", find_appeared },
                { "vanished", find_vanished },
                { "type", find_odd },
                { "fewer", find_fewer } };

  self->notices = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; self->profile != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (!stores (connection, self, kinds[i].kind, kinds[i].find (self), error))
      return FALSE;
  return TRUE;
}
