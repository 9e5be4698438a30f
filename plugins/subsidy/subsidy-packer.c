/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-packer.h"

#include "subsidy-register.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

/* A window holds the dictionary and a text, in 8 to 32 kB: a larger one than that takes longer than it
 * is worth. */
#define LEAST_WINDOW_BITS 13
#define MOST_WINDOW_BITS 15
#define LEVEL 3

/* No verdict is longer; what claims to be was not made here. */
#define MOST_BYTES (64 * 1024 * 1024)

/* How texts of one kind are packed. */
typedef struct
{
  gboolean packs;  /* else they are stored as they are */
  z_stream primed; /* has gone through the dictionary, and is copied for each text */
} Side;

struct _SubsidyPacker
{
  Side    of[SUBSIDY_N_PACKED];
  GArray *packed; /* (owned) of guint8: the text that was packed last */
};

static const char *const fields[SUBSIDY_N_PACKED] = {
  "subsidy_revision.facts",
  "subsidy_revision.verdict",
};

/* Texts of one kind that a policy makes. */
typedef struct
{
  GHashTable *parts;   /* (owned) text → Part */
  gsize       longest; /* bytes of a text */
} Said;

/* A part of a text that others may hold too. */
typedef struct
{
  char  *text;  /* (owned) */
  guint  count; /* of those that do */
  guint  order; /* in which it was met */
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->text);
  g_free (part);
}

/* Counts the parts of a text; each begins with an object of the JSON. */
static void
count_parts (Said       *said,
             const char *json)
{
  const char *end;

  said->longest = MAX (said->longest, strlen (json));
  for (const char *at = json; *at != '\0'; at = end)
    {
      g_autofree char *text = NULL;
      Part            *part;

      end = strchr (at + 1, '{');
      if (end == NULL)
        end = at + strlen (at);
      text = g_strndup (at, (gsize) (end - at));
      part = g_hash_table_lookup (said->parts, text);
      if (part == NULL)
        {
          part = g_new0 (Part, 1);
          part->text = g_steal_pointer (&text);
          part->order = g_hash_table_size (said->parts);
          g_hash_table_insert (said->parts, part->text, part);
        }
      part->count++;
    }
}

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *one = *(const Part *const *) a;
  const Part *other = *(const Part *const *) b;

  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

/* What texts of one kind begin from, and in which window. */
typedef struct
{
  GBytes *dictionary;  /* (owned) */
  int     window_bits; /* its size, as a power of two */
} Words;

/* The parts that are met most often, those first that are met least: what is near is cheaper to name. */
static void
words_make (Words      *self,
            const Said *said)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString              *text = g_string_new (NULL);
  GHashTableIter        iter;
  gpointer              part;
  gsize                 most;

  self->window_bits = LEAST_WINDOW_BITS;
  while (self->window_bits < MOST_WINDOW_BITS && (1u << self->window_bits) < 4 * said->longest)
    self->window_bits++;
  most = MAX ((1u << self->window_bits) - MIN (said->longest, 1u << self->window_bits),
              (1u << self->window_bits) / 2);

  g_hash_table_iter_init (&iter, said->parts);
  while (g_hash_table_iter_next (&iter, NULL, &part))
    g_ptr_array_add (sorted, part);
  g_ptr_array_sort (sorted, compare_parts);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *words = ((Part *) sorted->pdata[i])->text;

      if (text->len + strlen (words) <= most)
        g_string_prepend (text, words);
    }
  self->dictionary = g_string_free_to_bytes (text);
}

static void
count_verdict (Said           *said,
               ShyPolicy      *policy,
               const ShyFacts *facts)
{
  g_autoptr (ShyVerdict) verdict = shy_policy_decide (policy, facts, NULL);
  g_autofree char       *json = verdict != NULL ? subsidy_verdict_to_json (verdict, NULL, NULL) : NULL;

  if (json != NULL)
    count_parts (said, json);
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
        shy_facts_set (into, fact->name, fact->type, fact->text, SHY_FACT_ORIGIN_CELL, "Sheet1!A2",
                       NULL);
    }
}

static void
words_free (gpointer data)
{
  Words *words = data;

  for (guint i = 0; i < SUBSIDY_N_PACKED; i++)
    g_bytes_unref (words[i].dictionary);
  g_free (words);
}

static Words *
make_words (ShyPolicy *policy)
{
  GPtrArray              *cases = shy_policy_get_cases (policy);
  g_autoptr (ShyFacts)    cells = shy_facts_new ();
  Said                    said[SUBSIDY_N_PACKED] = { 0 };
  g_autofree char        *json = NULL;
  Words                  *words = g_new0 (Words, SUBSIDY_N_PACKED);

  for (guint i = 0; i < SUBSIDY_N_PACKED; i++)
    said[i].parts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, part_free);
  for (guint i = 0; i < cases->len; i++)
    {
      g_autoptr (ShyFacts) facts = shy_facts_new_from_case (cases->pdata[i], policy, NULL);

      if (facts == NULL)
        continue;
      take_facts (cells, facts);
      count_verdict (&said[SUBSIDY_PACKED_VERDICT], policy, facts);
    }
  json = subsidy_facts_to_json (cells);
  count_parts (&said[SUBSIDY_PACKED_FACTS], json);
  for (guint i = 0; i < SUBSIDY_N_PACKED; i++)
    {
      words_make (&words[i], &said[i]);
      g_hash_table_unref (said[i].parts);
    }
  return words;
}

/* What a policy says does not change, so it is asked once. Gives as many as there are kinds. */
static const Words *
get_words (ShyPolicy *policy)
{
  static GQuark quark;
  Words        *words;

  if (quark == 0)
    quark = g_quark_from_static_string ("subsidy-words");
  words = g_object_get_qdata (G_OBJECT (policy), quark);
  if (words != NULL)
    return words;

  words = make_words (policy);
  /* Another thread may have been faster: the first one stays. */
  if (!g_object_replace_qdata (G_OBJECT (policy), quark, NULL, words, words_free, NULL))
    {
      words_free (words);
      words = g_object_get_qdata (G_OBJECT (policy), quark);
    }
  return words;
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

/* Whether the dictionary is there to read by. Two that have one name, or one that another program
 * changed, are not. */
static gboolean
can_use (ShyConnection  *connection,
         GBytes         *dictionary,
         gboolean       *usable,
         GError        **error)
{
  g_autoptr (GBytes) kept = NULL;

  *usable = TRUE;
  if (g_bytes_get_size (dictionary) == 0)
    return TRUE;
  if (!keep_dictionary (connection, dictionary, error))
    return FALSE;
  kept = read_dictionary (connection, get_adler (dictionary), error);
  *usable = kept != NULL && g_bytes_equal (kept, dictionary);
  return kept != NULL;
}

static gboolean
side_open (Side           *self,
           ShyConnection  *connection,
           const Words    *words,
           GError        **error)
{
  gsize       length;
  const void *text = g_bytes_get_data (words->dictionary, &length);

  if (!can_use (connection, words->dictionary, &self->packs, error))
    return self->packs = FALSE;
  if (!self->packs)
    return TRUE;

  if (deflateInit2 (&self->primed, LEVEL, Z_DEFLATED, words->window_bits, words->window_bits - 7,
                    Z_DEFAULT_STRATEGY) != Z_OK ||
      (length > 0 && deflateSetDictionary (&self->primed, text, (uInt) length) != Z_OK))
    g_error ("zlib cannot be used: %s", self->primed.msg);
  return TRUE;
}

/* subsidy_packer_new: begins to pack for this policy, in a transaction that writes. */
SubsidyPacker *
subsidy_packer_new (ShyConnection  *connection,
                    ShyPolicy      *policy,
                    GError        **error)
{
  g_autoptr (SubsidyPacker) self = g_new0 (SubsidyPacker, 1);
  const Words              *words = get_words (policy); /* one for each kind */

  self->packed = g_array_new (FALSE, FALSE, 1);
  for (guint i = 0; i < SUBSIDY_N_PACKED; i++)
    if (!side_open (&self->of[i], connection, &words[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

void
subsidy_packer_free (SubsidyPacker *self)
{
  for (guint i = 0; i < SUBSIDY_N_PACKED; i++)
    if (self->of[i].packs)
      deflateEnd (&self->of[i].primed);
  g_array_unref (self->packed);
  g_free (self);
}

static GBytes *
pack (SubsidyPacker *self,
      Side          *side,
      const char    *clear)
{
  z_stream stream;
  GBytes  *packed;

  if (deflateCopy (&stream, &side->primed) != Z_OK)
    g_error ("zlib cannot be used: %s", side->primed.msg);
  stream.next_in = (Bytef *) clear;
  stream.avail_in = (uInt) strlen (clear);
  g_array_set_size (self->packed, (guint) deflateBound (&stream, stream.avail_in));
  stream.next_out = (Bytef *) self->packed->data;
  stream.avail_out = self->packed->len;
  if (deflate (&stream, Z_FINISH) != Z_STREAM_END)
    g_error ("zlib cannot pack: %s", stream.msg);
  packed = g_bytes_new (self->packed->data, stream.total_out);
  deflateEnd (&stream);
  return packed;
}

/*
 * subsidy_packer_bind: binds a text of a decision as it is to be stored.
 * @row: the number of the decision
 */
gboolean
subsidy_packer_bind (SubsidyPacker  *self,
                     ShyConnection  *connection,
                     ShyStatement   *statement,
                     const char     *parameter,
                     SubsidyPacked   which,
                     gint64          row,
                     const char     *clear,
                     GError        **error)
{
  Side *side = &self->of[which];

  if (side->packs)
    {
      g_autoptr (GBytes) packed = pack (self, side, clear);
      g_autoptr (GBytes) sealed = shy_personal_seal_bytes (connection, fields[which], row, packed,
                                                           error);

      if (sealed != NULL)
        shy_statement_bind_bytes (statement, parameter, g_bytes_get_data (sealed, NULL),
                                  g_bytes_get_size (sealed));
      return sealed != NULL;
    }
  else
    {
      g_autofree char *sealed = shy_personal_seal (connection, fields[which], row, clear, error);

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
 * @id: the number of the decision
 * @column: where it stands in @row
 *
 * Errors: SHY_ERROR_DAMAGED if it, or its dictionary, is not as it was stored.
 */
char *
subsidy_unpack (ShyConnection  *connection,
                SubsidyPacked   which,
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
    return shy_personal_unseal (connection, fields[which], id, shy_statement_get_text (row, column), error);
  sealed = g_bytes_new (bytes, length);
  packed = shy_personal_unseal_bytes (connection, fields[which], id, sealed, error);
  return packed != NULL ? unpack (connection, packed, id, error) : NULL;
}
