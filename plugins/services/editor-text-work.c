/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-text-work.h"

#include "json/shy-json-node.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

ServicesDraft *
services_draft_new (const char *id,
                    const char *text)
{
  ServicesDraft *self = g_new0 (ServicesDraft, 1);

  self->id = g_strdup (id);
  self->text = g_strdup (text);

  return self;
}

void
services_draft_free (ServicesDraft *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

void
services_text_free (ServicesText *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->shipped);
  g_free (self->words);
  g_clear_pointer (&self->help, services_help_free);
  g_free (self);
}

void
services_fault_free (ServicesFault *self)
{
  g_free (self->message);
  g_free (self);
}

static char *
to_text (GBytes *bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static void
collect_words (JsonNode *node,
               GString  *words)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_words (json_array_get_element (array, i), words);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject     *object = json_node_get_object (node);
      JsonObjectIter  iter;
      const char     *name;
      JsonNode       *member;

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &name, &member))
        {
          if (g_str_equal (name, "properties") && JSON_NODE_HOLDS_OBJECT (member))
            {
              g_autoptr (GList) names = json_object_get_members (json_node_get_object (member));

              for (GList *at = names; at != NULL; at = at->next)
                g_string_append_printf (words, "%s\n", (const char *) at->data);
            }
          collect_words (member, words);
        }
    }
}

/* The members that the schema knows, to complete what is typed. */
static char *
load_words (void)
{
  g_autoptr (GBytes)     schema = shy_data_load ("services/service.schema.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  GString               *words = g_string_new (NULL);
  gsize                  length;
  const char            *text = schema != NULL ? g_bytes_get_data (schema, &length) : NULL;

  if (text != NULL && shy_json_check_text (text, (gssize) length, NULL) &&
      json_parser_load_from_data (parser, text, (gssize) length, NULL))
    collect_words (json_parser_get_root (parser), words);

  return g_string_free (words, FALSE);
}

gpointer
services_text_load_call (ShyServiceBook  *book,
                         gpointer         data,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_autoptr (GBytes)     description = shy_service_book_get_description (book, data, error);
  g_autoptr (GBytes)     shipped = NULL;
  g_autoptr (ShyService) service = NULL;
  ServicesText           *self;

  if (description != NULL)
    service = shy_service_book_load (book, data, error);
  if (service == NULL)
    return NULL;

  shipped = shy_service_catalogue_find (data);
  self = g_new0 (ServicesText, 1);
  self->title = g_strdup (shy_service_get_title (service));
  self->text = to_text (description);
  self->shipped = shipped != NULL ? to_text (shipped) : NULL;
  self->words = load_words ();
  self->help = services_help_new ();

  return self;
}

/* The line on which the member “id” stands, 0 if it is not found. */
static guint
find_id_line (const char *text)
{
  const char *at = strstr (text, "\"id\"");
  guint       line = 1;

  for (const char *c = text; at != NULL && c < at; c++)
    line += *c == '\n';

  return at != NULL ? line : 0;
}

gpointer
services_draft_check_call (ShyServiceBook  *book,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  ServicesDraft         *draft = data;
  ServicesFault         *fault = g_new0 (ServicesFault, 1);
  g_autofree char       *name = g_strconcat (draft->id, ".json", NULL);
  g_autoptr (GBytes)     bytes = g_bytes_new (draft->text, strlen (draft->text));
  g_autoptr (GError)     wrong = NULL;
  g_autoptr (ShyService) service = NULL;

  if (!shy_service_check (bytes, name, &fault->line, &wrong))
    {
      fault->message = g_strdup (wrong->message);
      return fault;
    }

  service = shy_service_new_from_bytes (bytes, name, NULL);
  if (service != NULL && !g_str_equal (shy_service_get_id (service), draft->id))
    {
      fault->line = find_id_line (draft->text);
      fault->message = g_strdup_printf (_("The id must stay “%s”, for rows and keys belong to it. "
                                          "Connect another service from a file of its own."),
                                        draft->id);
    }

  return fault;
}

gpointer
services_draft_save_call (ShyServiceBook  *book,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  ServicesDraft      *draft = data;
  g_autoptr (GBytes) bytes = g_bytes_new (draft->text, strlen (draft->text));

  return shy_service_book_add (book, bytes, draft->id, FALSE, error);
}
