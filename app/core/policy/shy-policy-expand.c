/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-expand-private.h"

#include "json/shy-json-reader-private.h"

#include "shy-data.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Brings into a pack what stands elsewhere, before it is read: the shared files that it imports and
 * the fields that its overrides add. What comes out is a pack that needs no other file, so it is
 * what is kept for audit and what a digest is taken of. An import that is done stands as “imported”
 * with the digest of the file, and is not done again. */

#define SHARED_FORMAT "1"

/* What a shared file may bring, each a list of the pack. */
static const char *const lists[] = { "documents", "clauses", "tables", "fields", "derived", NULL };

static ShyJson *
find_list (ShyJsonDocument *json, const char *name)
{
  ShyJson *root = shy_json_document_get_root (json);
  ShyJson *list = shy_json_get (root, name);

  if (list == NULL || list->kind == SHY_JSON_NULL)
    {
      list = shy_json_document_list (json);
      shy_json_document_set (json, root, name, list);
      list->parent = root;
    }
  return list->kind == SHY_JSON_ARRAY ? list : NULL;
}

static void
bring_list (ShyJsonDocument *json, const ShyJson *from, const char *name, guint line)
{
  const ShyJson *items = shy_json_get (from, name);
  ShyJson       *list = items != NULL ? find_list (json, name) : NULL;

  for (guint i = 0; list != NULL && i < items->items->len; i++)
    shy_json_document_append (json, list,
                              shy_json_document_adopt (json, items->items->pdata[i], line));
}

/* Reads a shared file and checks that it is what the import asks for. */
static ShyJsonDocument *
load_shared (ShyJsonReader *reader, const ShyJson *import, const char *id, char **digest)
{
  g_autofree char            *name = g_strdup_printf ("policies/shared/%s.json", id);
  g_autoptr (GError)          error = NULL;
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (ShyJsonDocument) shared = NULL;
  const ShyJson              *root;
  const ShyJson              *version;

  if (id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0')
    bytes = shy_data_load (name, &error);
  shared = bytes != NULL ? shy_json_document_new (bytes, &error) : NULL;
  if (shared == NULL)
    {
      shy_json_reader_fail (reader, import, SHY_ERROR_NOT_FOUND,
                            _("The shared file “%s” cannot be read (%s). Correct “shared”, or "
                              "install the program again."), id,
                            error != NULL ? error->message : _("no such name"));
      return NULL;
    }
  root = shy_json_document_get_root (shared);
  version = shy_json_get (root, "version");
  if (g_strcmp0 (shy_json_get (root, "format") != NULL ? shy_json_get (root, "format")->text : NULL,
                 SHARED_FORMAT) != 0
      || version == NULL || g_strcmp0 (version->text, shy_json_get (import, "version")->text) != 0)
    {
      shy_json_reader_fail (reader, import, SHY_ERROR_UNSUPPORTED,
                            _("The shared file “%s” has the version %s, but the pack was written for "
                              "%s. Get a pack that fits."), id,
                            version != NULL && version->text != NULL ? version->text : "?",
                            shy_json_get (import, "version")->text);
      return NULL;
    }
  *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return g_steal_pointer (&shared);
}

static void
bring_import (ShyJsonReader *reader, ShyJsonDocument *json, const ShyJson *import)
{
  g_autoptr (ShyJsonDocument) shared = NULL;
  g_autofree char            *id = NULL;
  g_autofree char            *version = NULL;
  g_autofree char            *digest = NULL;
  ShyJson                    *done;

  if (!shy_json_reader_object (reader, import, "shared! version!"))
    return;
  id = shy_json_reader_string (reader, import, "shared");
  version = shy_json_reader_string (reader, import, "version");
  if (reader->error == NULL)
    shared = load_shared (reader, import, id, &digest);
  if (shared == NULL)
    return;
  for (gsize i = 0; lists[i] != NULL; i++)
    bring_list (json, shy_json_document_get_root (shared), lists[i], import->line);

  done = shy_json_document_adopt (json, import, import->line);
  shy_json_document_set (json, done, "digest", shy_json_document_string (json, digest));
  shy_json_document_append (json, find_list (json, "imported"), done);
}

/* A field that a county's override adds is known to the whole pack, so that spreadsheets and facts
 * may hold it; only what the override adds beside it reads it. */
static gboolean
bring_added_fields (ShyJsonDocument *json)
{
  const ShyJson *overrides = shy_json_get (shy_json_document_get_root (json), "overrides");
  gboolean       changed = FALSE;

  for (guint i = 0; overrides != NULL && overrides->items != NULL && i < overrides->items->len; i++)
    {
      const ShyJson *override = overrides->items->pdata[i];
      const ShyJson *set = override->items != NULL ? shy_json_get (override, "set") : NULL;
      ShyJson       *add = set != NULL && set->items != NULL ? shy_json_get (set, "add") : NULL;
      const ShyJson *fields = add != NULL && add->kind == SHY_JSON_OBJECT
                                ? shy_json_get (add, "fields") : NULL;

      if (fields == NULL || fields->kind != SHY_JSON_ARRAY)
        continue;
      bring_list (json, add, "fields", fields->line);
      shy_json_document_remove (add, "fields");
      changed = TRUE;
    }
  return changed;
}

/* Expands a pack in place; @file is for messages. @changed says whether anything was brought. */
gboolean
shy_policy_expand (ShyJsonDocument *json, const char *file, gboolean *changed, GError **error)
{
  ShyJsonReader  reader = { .file = file };
  ShyJson       *root = shy_json_document_get_root (json);
  const ShyJson *imports = root->kind == SHY_JSON_OBJECT
                             ? shy_json_reader_get (&reader, root, "imports", SHY_JSON_ARRAY) : NULL;

  *changed = FALSE;
  if (root->kind != SHY_JSON_OBJECT)
    return TRUE;
  for (guint i = 0; imports != NULL && i < imports->items->len && reader.error == NULL; i++)
    bring_import (&reader, json, imports->items->pdata[i]);
  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return FALSE;
    }
  *changed = imports != NULL;
  shy_json_document_remove (root, "imports");
  *changed |= bring_added_fields (json);
  return TRUE;
}
