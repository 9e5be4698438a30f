/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-packer.h"

#include "subsidy-register.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

/* Bytes of a dictionary: for each text the whole of it is gone through, and more finds little more. */
#define MOST_WORDS 12000

/* Windows of 16 kB, which hold the dictionary and most of a verdict. */
#define WINDOW_BITS 14
#define MEMORY_LEVEL 7
#define LEVEL 3

/* No verdict is longer; what claims to be was not made here. */
#define MOST_BYTES (64 * 1024 * 1024)

struct _SubsidyPacker
{
  GBytes   *dictionary; /* (owned) (nullable): without one, texts are stored as they are */
  z_stream  stream;
  GArray   *packed;     /* (owned) of guint8: the text that was packed last */
};

/* The parts that are not there yet; each begins with an object of the JSON. */
static void
add_parts (GString    *into,
           const char *json)
{
  const char *end;

  for (const char *part = json; *part != '\0'; part = end)
    {
      g_autofree char *text = NULL;

      end = strchr (part + 1, '{');
      if (end == NULL)
        end = part + strlen (part);
      text = g_strndup (part, (gsize) (end - part));
      if (into->len + strlen (text) <= MOST_WORDS && strstr (into->str, text) == NULL)
        g_string_append (into, text);
    }
}

static void
add_verdict (GString        *into,
             ShyPolicy      *policy,
             const ShyFacts *facts)
{
  g_autoptr (ShyVerdict) verdict = shy_policy_decide (policy, facts, NULL);
  g_autofree char       *json = verdict != NULL ? subsidy_verdict_to_json (verdict, NULL, NULL) : NULL;

  if (json != NULL)
    add_parts (into, json);
}

/* One fact of each name, as if it came from a sheet. */
static void
take_facts (ShyFacts       *into,
            const ShyFacts *facts)
{
  for (guint i = 0; i < shy_facts_get_size (facts); i++)
    {
      const ShyFact *fact = shy_facts_get_nth (facts, i);

      if (shy_facts_lookup (into, fact->name) == NULL)
        shy_facts_set (into, fact->name, fact->kind, fact->text, SHY_FACT_ORIGIN_CELL, "Sheet1!A2",
                       NULL);
    }
}

static GBytes *
make_dictionary (ShyPolicy *policy)
{
  GPtrArray           *cases = shy_policy_get_cases (policy);
  g_autoptr (ShyFacts) cells = shy_facts_new ();
  g_autofree char     *json = NULL;
  GString             *text = g_string_new (NULL);

  for (guint i = 0; i < cases->len; i++)
    {
      g_autoptr (ShyFacts) facts = shy_facts_new_from_case (cases->pdata[i], policy, NULL);

      if (facts == NULL)
        continue;
      take_facts (cells, facts);
      add_verdict (text, policy, facts);
    }
  json = subsidy_facts_to_json (cells);
  add_parts (text, json);
  return g_string_free_to_bytes (text);
}

/* What a policy says does not change, so it is asked once. */
static GBytes *
get_dictionary (ShyPolicy *policy)
{
  static GQuark quark;
  GBytes       *dictionary;

  if (quark == 0)
    quark = g_quark_from_static_string ("subsidy-dictionary");
  dictionary = g_object_get_qdata (G_OBJECT (policy), quark);
  if (dictionary != NULL)
    return dictionary;

  dictionary = make_dictionary (policy);
  /* Another thread may have been faster: the first one stays. */
  if (!g_object_replace_qdata (G_OBJECT (policy), quark, NULL, dictionary,
                               (GDestroyNotify) g_bytes_unref, NULL))
    {
      g_bytes_unref (dictionary);
      dictionary = g_object_get_qdata (G_OBJECT (policy), quark);
    }
  return dictionary;
}

static guint32
get_adler (GBytes *dictionary)
{
  gsize       length;
  const void *bytes = g_bytes_get_data (dictionary, &length);

  return (guint32) adler32 (adler32 (0, NULL, 0), bytes, (uInt) length);
}

/* What is stored under this name; NULL for nothing, or with the error set. */
static GBytes *
read_dictionary (ShyConnection  *connection,
                 guint32         adler,
                 GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  const char              *contents;

  row = shy_connection_prepare (connection,
                                "SELECT contents FROM subsidy_dictionary WHERE adler = $1", error);
  if (row == NULL)
    return NULL;
  shy_statement_bind_int64 (row, "$1", adler);
  if (!shy_statement_step (row, error))
    return NULL;
  contents = shy_statement_get_text (row, 0);
  return g_bytes_new (contents, strlen (contents));
}

/* Stores the dictionary if it is not there. */
static gboolean
keep_dictionary (ShyConnection  *connection,
                 GBytes         *dictionary,
                 GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autofree char         *contents = NULL;

  statement = shy_connection_prepare (connection,
                                      "INSERT INTO subsidy_dictionary (adler, contents) "
                                      "VALUES ($1, $2) ON CONFLICT (adler) DO NOTHING",
                                      error);
  if (statement == NULL)
    return FALSE;
  contents = g_strndup (g_bytes_get_data (dictionary, NULL), g_bytes_get_size (dictionary));
  shy_statement_bind_int64 (statement, "$1", get_adler (dictionary));
  shy_statement_bind_text (statement, "$2", contents);
  return shy_statement_execute (statement, error);
}

/* subsidy_packer_new: begins to pack for this policy, in a transaction that writes. */
SubsidyPacker *
subsidy_packer_new (ShyConnection  *connection,
                    ShyPolicy      *policy,
                    GError        **error)
{
  g_autoptr (SubsidyPacker) self = g_new0 (SubsidyPacker, 1);
  GBytes                   *dictionary = get_dictionary (policy);
  g_autoptr (GBytes)        kept = NULL;

  self->packed = g_array_new (FALSE, FALSE, 1);
  if (deflateInit2 (&self->stream, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL,
                    Z_DEFAULT_STRATEGY) != Z_OK)
    g_error ("zlib cannot be used: %s", self->stream.msg);
  if (!keep_dictionary (connection, dictionary, error))
    return NULL;
  kept = read_dictionary (connection, get_adler (dictionary), error);
  if (kept == NULL)
    return NULL;
  /* Two that have one name, or one that another program changed, would not be read back. */
  if (g_bytes_equal (kept, dictionary))
    self->dictionary = g_bytes_ref (dictionary);
  return g_steal_pointer (&self);
}

void
subsidy_packer_free (SubsidyPacker *self)
{
  deflateEnd (&self->stream);
  g_clear_pointer (&self->dictionary, g_bytes_unref);
  g_array_unref (self->packed);
  g_free (self);
}

static GBytes *
pack (SubsidyPacker *self,
      const char    *clear)
{
  z_stream   *stream = &self->stream;
  gsize       length;
  const void *words = g_bytes_get_data (self->dictionary, &length);
  int         code;

  deflateReset (stream);
  deflateSetDictionary (stream, words, (uInt) length);
  stream->next_in = (Bytef *) clear;
  stream->avail_in = (uInt) strlen (clear);
  g_array_set_size (self->packed, (guint) deflateBound (stream, stream->avail_in));
  stream->next_out = (Bytef *) self->packed->data;
  stream->avail_out = self->packed->len;
  code = deflate (stream, Z_FINISH);
  g_assert (code == Z_STREAM_END);
  return g_bytes_new (self->packed->data, stream->total_out);
}

/*
 * subsidy_packer_bind: binds a text of a decision as it is to be stored.
 * @field: table and column, see shy_personal_seal()
 * @row: the number of the decision
 */
gboolean
subsidy_packer_bind (SubsidyPacker  *self,
                     ShyConnection  *connection,
                     ShyStatement   *statement,
                     const char     *parameter,
                     const char     *field,
                     gint64          row,
                     const char     *clear,
                     GError        **error)
{
  if (self->dictionary != NULL)
    {
      g_autoptr (GBytes) packed = pack (self, clear);
      g_autoptr (GBytes) sealed = shy_personal_seal_bytes (connection, field, row, packed, error);

      if (sealed != NULL)
        shy_statement_bind_bytes (statement, parameter, g_bytes_get_data (sealed, NULL),
                                  g_bytes_get_size (sealed));
      return sealed != NULL;
    }
  else
    {
      g_autofree char *sealed = shy_personal_seal (connection, field, row, clear, error);

      if (sealed != NULL)
        shy_statement_bind_text (statement, parameter, sealed);
      return sealed != NULL;
    }
}

/* Dictionaries that were read and are as they were stored, by Adler-32: many decisions begin from one. */
#define MOST_KNOWN 64
static GMutex      known_lock;
static GHashTable *known; /* (owned) Adler-32 → GBytes */

static GBytes *
find_known (guint32 adler)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&known_lock);
  GBytes *bytes = known != NULL ? g_hash_table_lookup (known, GUINT_TO_POINTER (adler)) : NULL;

  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static void
keep_known (guint32  adler,
            GBytes  *dictionary)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&known_lock);

  if (known == NULL)
    known = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  if (g_hash_table_size (known) >= MOST_KNOWN)
    g_hash_table_remove_all (known);
  g_hash_table_insert (known, GUINT_TO_POINTER (adler), g_bytes_ref (dictionary));
}

/* Where another program changed the dictionary, every verdict that begins from it would say otherwise. */
static GBytes *
load_dictionary (ShyConnection  *connection,
                 guint32         adler,
                 GError        **error)
{
  g_autoptr (GBytes) dictionary = find_known (adler);

  if (dictionary != NULL)
    return g_steal_pointer (&dictionary);
  if (!subsidy_register_prove (connection, "subsidy_dictionary", adler, error))
    return NULL;
  dictionary = read_dictionary (connection, adler, error);
  if (dictionary != NULL)
    keep_known (adler, dictionary);
  return g_steal_pointer (&dictionary);
}

static gboolean
give_dictionary (z_stream       *stream,
                 ShyConnection  *connection,
                 GError        **error)
{
  g_autoptr (GBytes) dictionary = load_dictionary (connection, (guint32) stream->adler, error);
  gsize              length;
  const void        *words = dictionary != NULL ? g_bytes_get_data (dictionary, &length) : NULL;

  return words != NULL && inflateSetDictionary (stream, words, (uInt) length) == Z_OK;
}

/* NULL if the bytes are not what was packed; with the error set only if more is known of that. */
static char *
inflate_all (z_stream       *stream,
             ShyConnection  *connection,
             GError        **error)
{
  g_autoptr (GString) text = g_string_sized_new (8192);
  guint8              some[8192];
  int                 code;

  do
    {
      stream->next_out = some;
      stream->avail_out = sizeof some;
      code = inflate (stream, Z_NO_FLUSH);
      g_string_append_len (text, (const char *) some, (gssize) (sizeof some - stream->avail_out));
      if (code == Z_NEED_DICT && give_dictionary (stream, connection, error))
        code = Z_OK;
    }
  while (code == Z_OK && text->len < MOST_BYTES && (error == NULL || *error == NULL));

  if (code != Z_STREAM_END || stream->avail_in > 0 || strlen (text->str) != text->len)
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
unpack (ShyConnection  *connection,
        GBytes         *packed,
        gint64          id,
        GError        **error)
{
  z_stream           stream = { 0 };
  gsize              length;
  g_autoptr (GError) local = NULL;
  char              *text;

  stream.next_in = (Bytef *) g_bytes_get_data (packed, &length);
  stream.avail_in = (uInt) length;
  if (inflateInit (&stream) != Z_OK)
    g_error ("zlib cannot be used: %s", stream.msg);
  text = inflate_all (&stream, connection, &local);
  inflateEnd (&stream);
  if (text != NULL)
    return text;

  if (local == NULL)
    local = g_error_new (SHY_ERROR, SHY_ERROR_DAMAGED,
                         /* Translators: %d is the number of a stored decision on an application. */
                         _("Decision %d cannot be read as it was stored. Keep the database as it is, "
                           "and let it be verified: shanyectl journal verify."),
                         (int) id);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/*
 * subsidy_unpack: reads a text of a decision, packed or, in registers of before, as it is.
 * @field: table and column, see shy_personal_unseal()
 * @id: the number of the decision
 * @column: where it stands in @row
 *
 * Errors: SHY_ERROR_DAMAGED if it, or its dictionary, is not as it was stored.
 */
char *
subsidy_unpack (ShyConnection  *connection,
                const char     *field,
                gint64          id,
                ShyStatement   *row,
                int             column,
                GError        **error)
{
  gsize              length;
  const guint8      *bytes = shy_statement_get_bytes (row, column, &length);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) packed = NULL;

  if (bytes == NULL)
    return shy_personal_unseal (connection, field, id, shy_statement_get_text (row, column), error);
  sealed = g_bytes_new (bytes, length);
  packed = shy_personal_unseal_bytes (connection, field, id, sealed, error);
  return packed != NULL ? unpack (connection, packed, id, error) : NULL;
}
