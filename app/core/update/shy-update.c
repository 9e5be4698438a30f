/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-private.h"

#include "json/shy-json-reader-private.h"
#include "shy-file.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* The form of update files that this program reads. */
#define FORMAT 1

/* As much as a pack or calendar may have, and what stands around it, each byte escaped. */
#define MAX_FILE (2 * SHY_JSON_MAX_BYTES)

static const struct
{
  const char *word;
  const char *label;
} kinds[] = {
  [SHY_UPDATE_POLICY_PACK] = { "policy_pack", N_("Policy") },
  [SHY_UPDATE_CALENDAR] = { "calendar", N_("Working calendar") },
};

static const struct
{
  const char *word;
  const char *label;
} states[] = {
  [SHY_UPDATE_WAITING] = { "waiting", NC_ ("an update", "Waiting") },
  [SHY_UPDATE_ACCEPTED] = { "accepted", NC_ ("an update", "Accepted") },
  [SHY_UPDATE_DISCARDED] = { "discarded", NC_ ("an update", "Discarded") },
  [SHY_UPDATE_REVERTED] = { "reverted", NC_ ("an update", "Taken back") },
};

static gboolean
matches (const char *text, const char *pattern)
{
  return text != NULL && g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
is_time (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL;
}

static gboolean
is_base64 (const char *text)
{
  g_autoptr (GBytes) bytes =
    text != NULL ? shy_encoding_decode (SHY_ENCODING_BASE64, text, NULL) : NULL;

  return bytes != NULL && g_bytes_get_size (bytes) > 0;
}

/* Says what is wrong with the members, or NULL. */
static const char *
find_fault (const ShyUpdateMembers *members, ShyUpdateKind *kind)
{
  if (members->kind == NULL || !shy_update_kind_from_word (members->kind, kind))
    return _("“kind” must be “policy_pack” or “calendar”.");
  if (!matches (members->id, "^[a-z0-9][a-z0-9-]{0,99}$"))
    return _("“id” must be made of small letters, digits and hyphens.");
  if (!matches (members->version, "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"))
    return _("“version” must be made of letters, digits, points, hyphens and underscores.");
  if (members->content == NULL || *members->content == '\0')
    return _("“content” must hold the pack or calendar.");
  if (strlen (members->content) > SHY_JSON_MAX_BYTES)
    return _("“content” is larger than 2 MB.");
  if (!is_base64 (members->signature))
    return _("“signature” must be an SM2 signature in base64.");
  if (!matches (members->signer, "^[0-9a-f]{64}$"))
    return _("“signer” must be the fingerprint of a key, 64 hexadecimal digits.");
  if (!is_time (members->issued_at))
    return _("“issued_at” must be a time such as 2025-06-30T09:00:00+08:00.");
  return NULL;
}

/**
 * shy_update_new: (skip)
 * @members: what stands in the file or row
 * @source: where it came from, as [struct@Update] has it
 * @sample: whether it came from a service that is marked as sample
 * @error: return location for an error
 *
 * Takes an update in. Neither signature nor content is looked at: that is for
 * [func@update_review].
 *
 * Errors: %SHY_ERROR_INVALID, which names the member that is wrong.
 *
 * Returns: (transfer full): the update, or %NULL with @error set
 */
ShyUpdate *
shy_update_new (const ShyUpdateMembers  *members,
                const char              *source,
                gboolean                 sample,
                GError                 **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) hash = NULL;
  ShyUpdateKind      kind = SHY_UPDATE_POLICY_PACK;
  const char        *fault;
  ShyUpdate         *self;

  g_return_val_if_fail (members != NULL && source != NULL, NULL);

  fault = find_fault (members, &kind);
  if (fault != NULL)
    {
      /* Translators: where an update came from, then what is wrong in it as a whole sentence. */
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("The update from “%s” cannot be read: %s Ask its issuer for it again."),
                   source, fault);
      return NULL;
    }

  text = shy_update_signed_text (kind, members->id, members->version, members->issued_at,
                                 members->content);
  hash = shy_digest_compute (SHY_DIGEST_SM3, text);
  self = g_atomic_rc_box_new0 (ShyUpdate);
  self->kind = kind;
  self->id = g_strdup (members->id);
  self->version = g_strdup (members->version);
  self->content = g_strdup (members->content);
  self->signature = g_strdup (members->signature);
  self->signer = g_strdup (members->signer);
  self->issued_at = g_strdup (members->issued_at);
  self->digest = shy_encoding_encode (SHY_ENCODING_HEX, hash);
  self->source = g_strdup (source);
  self->sample = sample;
  return self;
}

/* The form of the file was checked by the reader; here its members are taken out. */
static ShyUpdate *
take_members (ShyJsonReader *reader, const ShyJson *root, const char *name, GError **error)
{
  g_autofree char *source = g_strconcat ("file:", name, NULL);
  ShyUpdateMembers members = { NULL };
  static const struct
  {
    const char *name;
    gsize       offset;
  } texts[] = {
    { "kind", G_STRUCT_OFFSET (ShyUpdateMembers, kind) },
    { "id", G_STRUCT_OFFSET (ShyUpdateMembers, id) },
    { "version", G_STRUCT_OFFSET (ShyUpdateMembers, version) },
    { "content", G_STRUCT_OFFSET (ShyUpdateMembers, content) },
    { "signature", G_STRUCT_OFFSET (ShyUpdateMembers, signature) },
    { "signer", G_STRUCT_OFFSET (ShyUpdateMembers, signer) },
    { "issued_at", G_STRUCT_OFFSET (ShyUpdateMembers, issued_at) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const ShyJson *json = shy_json_reader_get (reader, root, texts[i].name, SHY_JSON_STRING);

      if (json == NULL)
        return NULL;
      G_STRUCT_MEMBER (const char *, &members, texts[i].offset) = json->text;
    }
  return shy_update_new (&members, source, FALSE, error);
}

static gboolean
read_format (ShyJsonReader *reader, const ShyJson *root)
{
  if (!shy_json_reader_object (reader, root,
                               "$schema format! kind! id! version! content! signature! signer! "
                               "issued_at!"))
    return FALSE;
  if (shy_json_reader_integer (reader, root, "format", 0, 0) == FORMAT)
    return TRUE;
  shy_json_reader_fail (reader, root, SHY_ERROR_UNSUPPORTED,
                        _("This program reads format %d. Use a file made for it."), FORMAT);
  return FALSE;
}

/**
 * shy_update_new_from_bytes: (skip)
 * @bytes: an update file
 * @name: its name without folders, for messages and the journal
 * @error: return location for an error
 *
 * Reads an update as somebody was given it on a medium.
 *
 * Errors: %SHY_ERROR_INVALID and %SHY_ERROR_UNSUPPORTED, which name the file and the member.
 *
 * Returns: (transfer full): the update, or %NULL with @error set
 */
ShyUpdate *
shy_update_new_from_bytes (GBytes      *bytes,
                           const char  *name,
                           GError     **error)
{
  ShyJsonReader               reader = { .file = name };
  g_autoptr (GError)          local = NULL;
  g_autoptr (ShyJsonDocument) document = NULL;
  ShyUpdate                  *self = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  document = shy_json_document_new_reply (bytes, MAX_FILE, &local);
  if (document == NULL || shy_json_document_get_duplicates (document) > 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("“%s” is no update file (%s). Ask its issuer for it again."), name,
                   local != NULL ? local->message : _("a member stands in it twice"));
      return NULL;
    }
  if (read_format (&reader, shy_json_document_get_root (document)))
    self = take_members (&reader, shy_json_document_get_root (document), name, error);
  if (reader.error != NULL)
    g_propagate_error (error, reader.error);
  return self;
}

/**
 * shy_update_new_from_file: (skip)
 * @path: (type filename): an update file
 * @error: return location for an error
 *
 * As shy_update_new_from_bytes(). Blocks.
 *
 * Errors: beside those, %SHY_ERROR_NOT_FOUND if the file cannot be read.
 *
 * Returns: (transfer full): the update, or %NULL with @error set
 */
ShyUpdate *
shy_update_new_from_file (const char  *path,
                          GError     **error)
{
  g_autofree char   *name = g_path_get_basename (path);
  g_autofree char   *shown = g_filename_display_name (name);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  char              *contents;
  gsize              length;

  if (!shy_file_get_contents (path, &contents, &length, &local))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   /* Translators: the first %s is a file, the second the system's reason. */
                   _("The update “%s” cannot be read (%s). Name a file that can."), shown,
                   local->message);
      return NULL;
    }
  bytes = g_bytes_new_take (contents, length);
  return shy_update_new_from_bytes (bytes, shown, error);
}

/**
 * shy_update_ref: (skip)
 * @self: an update
 *
 * Returns: (transfer full): the same
 */
ShyUpdate *
shy_update_ref (ShyUpdate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ShyUpdate *self = data;

  g_free (self->id);
  g_free (self->version);
  g_free (self->content);
  g_free (self->signature);
  g_free (self->signer);
  g_free (self->issued_at);
  g_free (self->digest);
  g_free (self->source);
  g_free (self->received_at);
  g_free (self->decided_at);
  g_free (self->decided_by);
}

/**
 * shy_update_unref: (skip)
 * @self: (transfer full) (nullable): an update
 */
void
shy_update_unref (ShyUpdate *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/**
 * shy_update_to_json: (skip)
 * @self: an update
 *
 * Returns: (transfer full): the text of its file
 */
char *
shy_update_to_json (const ShyUpdate *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, FORMAT);
  add_text (builder, "kind", shy_update_kind_to_word (self->kind));
  add_text (builder, "id", self->id);
  add_text (builder, "version", self->version);
  add_text (builder, "issued_at", self->issued_at);
  add_text (builder, "signer", self->signer);
  add_text (builder, "signature", self->signature);
  add_text (builder, "content", self->content);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

/**
 * shy_update_kind_to_word: (skip)
 * @kind: a kind
 *
 * Returns: the word of files and streams: "policy_pack" or "calendar"
 */
const char *
shy_update_kind_to_word (ShyUpdateKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].word;
}

/**
 * shy_update_kind_from_word: (skip)
 * @word: the name of a stream, or the word of a file
 * @kind: (out): the kind
 *
 * Returns: whether there is such a kind
 */
gboolean
shy_update_kind_from_word (const char    *word,
                           ShyUpdateKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].word, word))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * shy_update_kind_to_label: (skip)
 * @kind: a kind
 *
 * Returns: what people call it, translated
 */
const char *
shy_update_kind_to_label (ShyUpdateKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return _(kinds[kind].label);
}

/**
 * shy_update_state_to_word: (skip)
 * @state: a state
 *
 * Returns: the word of the database: "waiting", "accepted", "discarded" or "reverted"
 */
const char *
shy_update_state_to_word (ShyUpdateState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].word;
}

/**
 * shy_update_state_to_label: (skip)
 * @state: a state
 *
 * Returns: what people call it, translated
 */
const char *
shy_update_state_to_label (ShyUpdateState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "an update", states[state].label);
}
