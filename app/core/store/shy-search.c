/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shy-search-private.h"

#include "county/shy-pinyin.h"
#include "store/shy-connection-private.h"
#include "store/shy-sm3-private.h"
#include "store/shy-sql.h"

#include <string.h>

/*
 * What people are found by (names, their sound, the ends of their numbers) is personal data, which may
 * be encrypted where it stands. So that a search reads neither all of it nor any of it in clear, each
 * table has a blind index: the words of a record are the beginnings and ends that somebody may type,
 * and what stands in the index of each is 50 bits of its HMAC-SM3 (GB/T 15852.2) under a key of the
 * database. Whoever types goes the same way, and finds what is the same. The index shows how often a
 * word occurs, not which it is.
 *
 * The index is a table of FTS5 that keeps nothing but which word is in which row:
 * CREATE VIRTUAL TABLE … USING fts5 (words, content='', columnsize=0, detail=none, tokenize='ascii').
 * It is written in the transaction of its record, and can be made again from the records.
 */

/* A word in the index has so many letters of 5 bits: of ten million words, one in 10^8 stands for
 * another as well. */
#define WORD_LETTERS 10

/* Of words that are typed as they sound, so many letters are in the index; the rest is compared. */
#define MOST_LETTERS 5

/* Words that are remembered: those of names and places come again and again. */
#define MOST_REMEMBERED 50000

/* How many characters of a number are in the index, from its beginning and from its end; all of it is,
 * too. Few numbers begin the same way beyond the day of birth. */
static const gsize heads[] = { 4, 5, 6, 7, 8, 9, 10, 12, 14 };
static const gsize tails[] = { 4, 5, 6, 7, 8 };
#define LONGEST_TAIL 8

/* Of a resident ID, the day of birth. */
#define BIRTH_AT 6
#define BIRTH_DIGITS 8

struct _ShySearchKey
{
  gcry_md_hd_t  md;    /* keyed */
  GHashTable   *known; /* (owned) word in clear → word of the index */
};

struct _ShySearchWords
{
  ShySearchKey *key;   /* (unowned) of the connection */
  GString      *text;  /* (owned) words of the index, each behind a blank */
  GString      *clear; /* (owned) a word in clear, while it is added */
};

void
shy_search_key_free (ShySearchKey *self)
{
  if (self == NULL)
    return;
  gcry_md_close (self->md);
  g_hash_table_unref (self->known);
  g_free (self);
}

static ShySearchKey *
key_new (const char *secret)
{
  ShySearchKey *self = g_new0 (ShySearchKey, 1);

  self->md = shy_sm3_open_keyed (secret, strlen (secret));
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static ShySearchKey *
get_key (ShyConnection  *connection,
         GError        **error)
{
  g_autofree char *secret = NULL;

  if (connection->search != NULL)
    return connection->search;
  secret = shy_sql_text (connection, error, "SELECT secret FROM shy_search_key", "");
  if (secret != NULL)
    connection->search = key_new (secret);
  else if (error != NULL && *error == NULL)
    shy_connection_fail (connection, SQLITE_CORRUPT, error);
  return connection->search;
}

static void
write_word (ShySearchKey *self,
            const char   *clear,
            char         *word)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
  const guint8     *digest;
  guint64           bits = 0;

  gcry_md_reset (self->md);
  gcry_md_write (self->md, clear, strlen (clear));
  digest = gcry_md_read (self->md, GCRY_MD_SM3);
  for (guint i = 0; i < 8; i++)
    bits = bits << 8 | digest[i];
  for (guint i = 0; i < WORD_LETTERS; i++, bits >>= 5)
    word[i] = letters[bits & 31];
  word[WORD_LETTERS] = '\0';
}

/* Words that come but once, such as the ends of a resident ID, are not worth to be remembered. */
static void
append_word (ShySearchKey *self,
             GString      *text,
             const char   *clear,
             gboolean      again)
{
  const char *known = again ? g_hash_table_lookup (self->known, clear) : NULL;
  char        word[WORD_LETTERS + 1];

  if (known != NULL)
    {
      g_string_append (text, known);
      return;
    }
  write_word (self, clear, word);
  g_string_append (text, word);
  if (!again)
    return;
  if (g_hash_table_size (self->known) >= MOST_REMEMBERED)
    g_hash_table_remove_all (self->known);
  g_hash_table_insert (self->known, g_strdup (clear), g_strdup (word));
}

/**
 * shy_search_words_new: (skip)
 * @connection: the database, which has a key for its indexes
 * @error: return location for an error
 *
 * Returns: (transfer full): words of a record, none yet; %NULL with @error set
 */
ShySearchWords *
shy_search_words_new (ShyConnection  *connection,
                      GError        **error)
{
  ShySearchKey   *key = get_key (connection, error);
  ShySearchWords *self;

  if (key == NULL)
    return NULL;
  self = g_new0 (ShySearchWords, 1);
  self->key = key;
  self->text = g_string_new (NULL);
  self->clear = g_string_new (NULL);
  return self;
}

/**
 * shy_search_words_free: (skip)
 * @self: words
 */
void
shy_search_words_free (ShySearchWords *self)
{
  g_string_free (self->clear, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
add_word (ShySearchWords *self,
          const char     *kind,
          const char     *begin,
          gsize           length,
          gboolean        again)
{
  g_string_assign (self->clear, kind);
  g_string_append_c (self->clear, ':');
  g_string_append_len (self->clear, begin, (gssize) length);
  g_string_append_c (self->text, ' ');
  append_word (self->key, self->text, self->clear->str, again);
}

/* Each character of a name, and each two that follow each other. */
static void
add_characters (ShySearchWords *self,
                const char     *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *next = g_utf8_next_char (at);

      add_word (self, "c", at, (gsize) (next - at), TRUE);
      if (*next != '\0')
        add_word (self, "c", at, (gsize) (g_utf8_next_char (next) - at), TRUE);
    }
}

/* The beginnings of what is typed from a syllable on: “xiaom” of “wang xiao ming”. */
static void
add_beginnings (ShySearchWords *self,
                const char     *letters)
{
  gsize length = MIN (strlen (letters), MOST_LETTERS);

  for (gsize i = 1; i <= length; i++)
    add_word (self, "l", letters, i, TRUE);
}

static void
add_sound (ShySearchWords *self,
           const char     *name)
{
  g_autofree char *pinyin = shy_pinyin_of_name (name);
  g_autofree char *initials = pinyin != NULL ? shy_pinyin_initials (pinyin) : NULL;
  g_auto (GStrv)   syllables = g_strsplit (pinyin != NULL ? pinyin : "", " ", -1);

  for (guint i = 0; syllables[i] != NULL; i++)
    {
      g_autofree char *rest = g_strjoinv (NULL, syllables + i);

      add_beginnings (self, rest);
    }
  for (const char *at = initials; at != NULL && *at != '\0'; at++)
    add_beginnings (self, at);
}

/**
 * shy_search_words_add_name: (skip)
 * @self: words
 * @name: (nullable): a name in clear
 *
 * Lets the record be found by any part of a name, by its pinyin from any syllable on, and by its
 * initials.
 */
void
shy_search_words_add_name (ShySearchWords *self,
                           const char     *name)
{
  g_autofree char *lower = name != NULL ? g_utf8_strdown (name, -1) : NULL;

  if (lower == NULL)
    return;
  add_characters (self, lower);
  add_sound (self, name);
}

/**
 * shy_search_words_add_tail: (skip)
 * @self: words
 * @number: (nullable): a number in clear, as of a telephone
 *
 * Lets the record be found by the last four to eight digits of a number, and by all of them.
 */
void
shy_search_words_add_tail (ShySearchWords *self,
                           const char     *number)
{
  g_autofree char *lower = number != NULL ? g_ascii_strdown (number, -1) : NULL;
  gsize            length = lower != NULL ? strlen (lower) : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    if (tails[i] <= length)
      add_word (self, "n", lower + length - tails[i], tails[i], FALSE);
  if (length > LONGEST_TAIL)
    add_word (self, "n", lower, length, FALSE);
}

/**
 * shy_search_words_add_number: (skip)
 * @self: words
 * @number: (nullable): a number in clear, as of a paper
 *
 * Lets the record be found by the beginning of a number from four characters on, by the last four to
 * eight, and by the day of birth that a resident ID tells.
 */
void
shy_search_words_add_number (ShySearchWords *self,
                             const char     *number)
{
  g_autofree char *lower = number != NULL ? g_ascii_strdown (number, -1) : NULL;
  gsize            length = lower != NULL ? strlen (lower) : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (heads[i] <= length)
      add_word (self, "n", lower, heads[i], TRUE);
  if (BIRTH_AT + BIRTH_DIGITS <= length)
    add_word (self, "n", lower + BIRTH_AT, BIRTH_DIGITS, TRUE);
  shy_search_words_add_tail (self, lower);
}

/**
 * shy_search_add: (skip)
 * @connection: the database, in a job that writes
 * @index: the index, as "subsidy_search"
 * @row: the record, which is not in the index
 * @words: by what it is found
 * @error: return location for an error
 *
 * Returns: whether it is in the index now
 */
gboolean
shy_search_add (ShyConnection   *connection,
                const char      *index,
                gint64           row,
                ShySearchWords  *words,
                GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (rowid, words) VALUES ($1, $2)", index);

  return shy_sql_run (connection, error, sql, "is", row, words->text->str);
}

/**
 * shy_search_remove: (skip)
 * @connection: the database, in a job that writes
 * @index: the index
 * @row: the record, which is in the index
 * @words: by what it was found until now
 * @error: return location for an error
 *
 * Takes a record out of the index, which keeps no words of it: they have to be the same as when it was
 * put in.
 *
 * Returns: whether it is out
 */
gboolean
shy_search_remove (ShyConnection   *connection,
                   const char      *index,
                   gint64           row,
                   ShySearchWords  *words,
                   GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (%s, rowid, words) "
                                          "VALUES ('delete', $1, $2)", index, index);

  return shy_sql_run (connection, error, sql, "is", row, words->text->str);
}

/* How a word is typed. */
typedef enum { AS_NAME, AS_SOUND, AS_NUMBER } Typed;

static Typed
tell_typed (const char *word)
{
  gboolean letters = TRUE;
  gboolean digits = FALSE;

  for (; *word != '\0'; word++)
    if ((guchar) *word >= 0x80)
      return AS_NAME;
    else
      {
        digits = digits || g_ascii_isdigit (*word);
        letters = letters && g_ascii_isalpha (*word);
      }
  return digits ? AS_NUMBER : letters ? AS_SOUND : AS_NAME;
}

/* One word of what is looked for, on its way into the language of FTS5. */
typedef struct
{
  ShySearchKey *key;
  GString      *match;
  gboolean      exact; /* whether nothing is found that does not match */
  gboolean      first; /* of the words that stand for this one */
} Match;

static void
look_for (Match      *self,
          const char *between,
          const char *kind,
          const char *begin,
          gsize       length)
{
  g_autofree char *clear = g_strdup_printf ("%s:%.*s", kind, (int) length, begin);

  g_string_append (self->match, self->first ? "(" : between);
  append_word (self->key, self->match, clear, FALSE);
  self->first = FALSE;
}

static void
look_for_name (Match      *self,
               const char *word)
{
  glong       length = g_utf8_strlen (word, -1);
  const char *at = word;

  if (length <= 2)
    {
      look_for (self, "", "c", word, strlen (word));
      return;
    }
  self->exact = FALSE;
  for (glong i = 0; i + 2 <= length; i++, at = g_utf8_next_char (at))
    look_for (self, " AND ", "c", at,
              (gsize) (g_utf8_next_char (g_utf8_next_char (at)) - at));
}

static void
look_for_sound (Match      *self,
                const char *word)
{
  gsize length = strlen (word);

  self->exact = self->exact && length <= MOST_LETTERS;
  look_for (self, "", "l", word, MIN (length, MOST_LETTERS));
}

static gsize
find_longest (const gsize *lengths,
              gsize        n,
              gsize        most)
{
  gsize longest = 0;

  for (gsize i = 0; i < n; i++)
    if (lengths[i] <= most)
      longest = lengths[i];
  return longest;
}

/* Whether a number is typed from its beginning or from its end nobody knows: the same word stands for
 * either. */
static gboolean
look_for_number (Match      *self,
                 const char *word)
{
  gsize length = strlen (word);
  gsize head = find_longest (heads, G_N_ELEMENTS (heads), length);

  if (head == 0)
    return FALSE;
  self->exact = self->exact && head == length;
  look_for (self, "", "n", word, head);
  if (head != length)
    look_for (self, " OR ", "n", word, length);
  return TRUE;
}

static char **
split (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return g_strsplit_set (lower, " \t\n", -1);
}

/**
 * shy_search_build_match: (skip)
 * @connection: the database
 * @text: what was typed, one or several words
 * @exact: (out): whether every row that is found matches; if not, those that are found are to be
 *   compared, with shy_search_matches()
 * @error: return location for an error
 *
 * Makes of what was typed what an index is asked with, behind MATCH.
 *
 * Returns: (transfer full) (nullable): the words of the index; %NULL where they cannot tell, as for
 *   three digits, and all rows are to be compared; %NULL with @error set
 */
char *
shy_search_build_match (ShyConnection  *connection,
                        const char     *text,
                        gboolean       *exact,
                        GError        **error)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_auto (GStrv)      words = split (text);
  Match               self = { get_key (connection, error), match, TRUE, TRUE };

  for (guint i = 0; self.key != NULL && words[i] != NULL; i++)
    {
      Typed typed = tell_typed (words[i]);

      if (*words[i] == '\0')
        continue;
      if (match->len > 0)
        g_string_append (match, " AND ");
      self.first = TRUE;
      if (typed == AS_NAME)
        look_for_name (&self, words[i]);
      else if (typed == AS_SOUND)
        look_for_sound (&self, words[i]);
      else if (!look_for_number (&self, words[i]))
        return NULL;
      g_string_append_c (match, ')');
    }
  *exact = self.exact;
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

static gboolean
contains (const char *name,
          const char *word)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return strstr (lower, word) != NULL;
}

/* zhangwei and wei find “zhang wei”, and zw does. */
static gboolean
sounds_like (const char *name,
             const char *word)
{
  g_autofree char *pinyin = shy_pinyin_of_name (name);
  g_autofree char *initials = pinyin != NULL ? shy_pinyin_initials (pinyin) : NULL;
  g_auto (GStrv)   syllables = g_strsplit (pinyin != NULL ? pinyin : "", " ", -1);
  gboolean         like = initials != NULL && strstr (initials, word) != NULL;

  for (guint i = 0; !like && syllables[i] != NULL; i++)
    {
      g_autofree char *rest = g_strjoinv (NULL, syllables + i);

      like = g_str_has_prefix (rest, word);
    }
  return like;
}

/* As the index has it: the beginning or the end of a number, or its day of birth. */
static gboolean
is_part (const char *number,
         const char *word)
{
  g_autofree char *lower = g_ascii_strdown (number, -1);

  if (strlen (word) < heads[0])
    return strstr (lower, word) != NULL;
  return g_str_has_prefix (lower, word) ||
         (strlen (word) <= LONGEST_TAIL && g_str_has_suffix (lower, word)) ||
         (strlen (word) == BIRTH_DIGITS && strlen (lower) >= BIRTH_AT + BIRTH_DIGITS &&
          g_str_has_prefix (lower + BIRTH_AT, word));
}

static gboolean
matches_word (const char         *word,
              const char *const  *names,
              const char *const  *numbers)
{
  Typed typed = tell_typed (word);

  for (; typed != AS_NUMBER && *names != NULL; names++)
    if (typed == AS_NAME ? contains (*names, word) : sounds_like (*names, word))
      return TRUE;
  for (; typed == AS_NUMBER && *numbers != NULL; numbers++)
    if (is_part (*numbers, word))
      return TRUE;
  return FALSE;
}

/**
 * shy_search_matches: (skip)
 * @text: what was typed, one or several words
 * @names: (array zero-terminated=1): the names of a record, in clear
 * @numbers: (array zero-terminated=1): its numbers, in clear
 *
 * Compares a record with what was typed, for those that an index cannot tell apart and where there is
 * none yet.
 *
 * Returns: whether each word is part of a name, the beginning or the end of a number, or sounds like a
 *   name
 */
gboolean
shy_search_matches (const char         *text,
                    const char *const  *names,
                    const char *const  *numbers)
{
  g_auto (GStrv) words = split (text);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !matches_word (words[i], names, numbers))
      return FALSE;
  return TRUE;
}
