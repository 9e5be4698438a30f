/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-service-edit.h"

#include "service/describe/shy-service.h"
#include "json/shy-json-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Finds the object of a list whose member “name” is @name. */
static ShyJson *
find_named (ShyJson *list, const char *name)
{
  for (guint i = 0; list != NULL && i < list->items->len; i++)
    {
      ShyJson       *item = g_ptr_array_index (list->items, i);
      const ShyJson *said = shy_json_get (item, "name");

      if (said != NULL && g_strcmp0 (said->text, name) == 0)
        return item;
    }
  return NULL;
}

static gboolean
is_same (const char *alias, const char *source)
{
  g_autofree char *a = g_utf8_casefold (alias, -1);
  g_autofree char *b = g_utf8_casefold (source, -1);

  return g_str_equal (a, b);
}

/* Takes @source from the aliases of a field. A field must have one: it is left with its name. */
static void
remove_alias (ShyJsonDocument *json, ShyJson *field, const char *source)
{
  ShyJson    *from = shy_json_get (field, "from");
  const char *name = shy_json_get (field, "name")->text;

  for (guint i = from->items->len; i-- > 0;)
    if (is_same (((ShyJson *) g_ptr_array_index (from->items, i))->text, source))
      g_ptr_array_remove_index (from->items, i);
  if (from->items->len == 0)
    g_ptr_array_add (from->items, shy_json_document_string (json, name));
}

static gboolean
fail_unknown (const char *name, GError **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The description has no “%s”. Open it again; it may have been changed."), name);
  return FALSE;
}

/* Both lists are there in what could be loaded. */
static gboolean
edit (ShyJsonDocument *json, const char *stream, const char *field, const char *source,
      GError **error)
{
  ShyJson *in = find_named (shy_json_get (shy_json_document_get_root (json), "streams"), stream);
  ShyJson *fields = in != NULL ? shy_json_get (in, "fields") : NULL;
  ShyJson *into = field != NULL ? find_named (fields, field) : NULL;

  if (in == NULL || (field != NULL && into == NULL))
    return fail_unknown (in == NULL ? stream : field, error);
  for (guint i = 0; i < fields->items->len; i++)
    remove_alias (json, g_ptr_array_index (fields->items, i), source);
  if (into != NULL)
    g_ptr_array_insert (shy_json_get (into, "from")->items, 0,
                        shy_json_document_string (json, source));
  return TRUE;
}

/**
 * shy_service_edit_alias: (skip)
 * @description: a description that can be loaded
 * @stream: the name of a stream of it
 * @field: (nullable): the name of a field of the stream, %NULL for none
 * @source: what the source calls something
 * @error: return location for an error
 *
 * Makes a field take what the source calls @source, before whatever else it takes, and every other
 * field of the stream leave it. The rest of the description stays as it is, but for white space.
 *
 * Errors: %SHY_ERROR_NOT_FOUND for a stream or field that is not there, and those of
 * shy_service_new_from_bytes().
 *
 * Returns: (transfer full): the description with the change, which can be loaded, or %NULL with
 *   @error set
 */
GBytes *
shy_service_edit_alias (GBytes      *description,
                        const char  *stream,
                        const char  *field,
                        const char  *source,
                        GError     **error)
{
  g_autoptr (ShyService)      before = NULL;
  g_autoptr (ShyService)      after = NULL;
  g_autoptr (ShyJsonDocument) original = NULL;
  g_autoptr (ShyJsonDocument) changed = NULL;
  g_autoptr (GBytes)          bytes = NULL;
  g_autofree char            *text = NULL;
  char                       *line;

  g_return_val_if_fail (description != NULL && stream != NULL && source != NULL, NULL);

  before = shy_service_new_from_bytes (description, stream, error);
  original = before != NULL ? shy_json_document_new (description, error) : NULL;
  if (original == NULL)
    return NULL;
  changed = shy_json_document_new_copy (original);
  if (!edit (changed, stream, field, source, error))
    return NULL;
  text = shy_json_to_string (shy_json_document_get_root (changed));
  line = g_strconcat (text, "\n", NULL);
  bytes = g_bytes_new_take (line, strlen (line));
  after = shy_service_new_from_bytes (bytes, stream, error);
  return after != NULL ? g_steal_pointer (&bytes) : NULL;
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

/**
 * shy_service_edit_check: (skip)
 * @text: a description that is being edited
 * @id: the id of its service
 * @line: (out): the line of what is wrong, from 1; 0 for the text as a whole
 * @error: return location for an error
 *
 * Says whether a text may take the place of the description of a service.
 *
 * Errors: as shy_service_check(), and %SHY_ERROR_INVALID where the id is another.
 *
 * Returns: whether it may
 */
gboolean
shy_service_edit_check (const char  *text,
                        const char  *id,
                        guint       *line,
                        GError     **error)
{
  g_autofree char       *name = g_strconcat (id, ".json", NULL);
  g_autoptr (GBytes)     bytes = g_bytes_new (text, strlen (text));
  g_autoptr (ShyService) service = NULL;

  if (!shy_service_check (bytes, name, line, error))
    return FALSE;
  service = shy_service_new_from_bytes (bytes, name, error);
  if (service == NULL)
    return FALSE;
  if (g_str_equal (shy_service_get_id (service), id))
    return TRUE;
  *line = find_id_line (text);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("The id must stay “%s”, for rows and keys belong to it. Connect another service "
                 "from a file of its own."), id);
  return FALSE;
}
