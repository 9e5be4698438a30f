/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-search.h"

#include "subsidy-packer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDEX "subsidy_search"

/* Applications that are put into the index in one transaction: others write between two of them. */
#define STEP 500

/* A mobile number of mainland China. */
#define MOBILE_DIGITS 11

/* Of which nobody looks for less than the end. */
#define MOBILE_TAIL 4

/* What an application is found by, in clear. */
typedef struct
{
  char *name;     /* (owned) (nullable) */
  char *person;   /* (owned) (nullable) */
  char *employer; /* (owned) (nullable) */
  char *mobile;   /* (owned) (nullable) */
} Known;

static void
known_clear (Known *self)
{
  g_free (self->name);
  g_free (self->person);
  g_free (self->employer);
  g_free (self->mobile);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

/* The first text of stored facts that is a mobile number, whatever its policy calls the field. */
static char *
find_mobile (const char *facts)
{
  for (const char *at = facts; at != NULL && (at = strstr (at, "\"1")) != NULL; at++)
    if (strspn (at + 1, "0123456789") == MOBILE_DIGITS && at[1 + MOBILE_DIGITS] == '"')
      return g_strndup (at + 1, MOBILE_DIGITS);
  return NULL;
}

static gboolean
read_mobile (ShyConnection  *connection,
             gint64          id,
             char          **mobile,
             GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *facts = NULL;

  row = shy_sql_query (connection, error,
                       "SELECT r.id, r.facts FROM subsidy_case c JOIN subsidy_revision r "
                       "ON r.case_id = c.id AND r.revision = c.revision WHERE c.id = $1", "i", id);
  if (row == NULL)
    return FALSE;
  if (shy_statement_step (row, &local))
    facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, shy_statement_get_int64 (row, 0), row, 1,
                            &local);
  *mobile = find_mobile (facts);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* @all: with the telephone number, which lies deep in what was stored */
static gboolean
read_known (ShyConnection  *connection,
            gint64          id,
            gboolean        all,
            Known          *known,
            GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_sql_query (connection, error,
                       "SELECT name, person, employer FROM subsidy_case WHERE id = $1", "i", id);
  if (row == NULL)
    return FALSE;
  if (shy_statement_step (row, &local))
    {
      known->employer = shy_statement_dup_text (row, 2);
      known->name = shy_personal_unseal (connection, "subsidy_case.name", id,
                                         shy_statement_get_text (row, 0), &local);
      if (local == NULL)
        known->person = shy_personal_unseal (connection, "subsidy_case.person", id,
                                             shy_statement_get_text (row, 1), &local);
    }
  if (local == NULL)
    return !all || read_mobile (connection, id, &known->mobile, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static ShySearchWords *
make_words (ShyConnection  *connection,
            const Known    *known,
            GError        **error)
{
  ShySearchWords *words = shy_search_words_new (connection, error);

  if (words == NULL)
    return NULL;
  shy_search_words_add_name (words, known->name);
  shy_search_words_add_number (words, known->person);
  shy_search_words_add_number (words, known->employer);
  shy_search_words_add_tail (words, known->mobile);
  return words;
}

/* Whether an application is one of those that are still to be put into the index. */
static gboolean
is_waiting (ShyConnection *connection,
            gint64         id)
{
  return shy_sql_int64 (connection, NULL, 0,
                        "SELECT 1 FROM subsidy_search_fill WHERE next <= $1 AND last >= $1", "i",
                        id) == 1;
}

/* subsidy_search_add_new: puts an application into the index that was just stored for the first time. */
gboolean
subsidy_search_add_new (ShyConnection        *connection,
                        gint64                id,
                        const SubsidyRecord  *record,
                        GError              **error)
{
  g_autofree char           *mobile = find_mobile (record->facts);
  Known                      known = { record->name, record->person, record->employer, mobile };
  g_autoptr (ShySearchWords) words = make_words (connection, &known, error);

  return words != NULL && shy_search_add (connection, INDEX, id, words, error);
}

static gboolean
change (ShyConnection  *connection,
        gint64          id,
        gboolean      (*how) (ShyConnection *, const char *, gint64, ShySearchWords *, GError **),
        GError        **error)
{
  g_auto (Known)             known = { NULL };
  g_autoptr (ShySearchWords) words = NULL;

  if (!read_known (connection, id, TRUE, &known, error))
    return FALSE;
  words = make_words (connection, &known, error);
  return words != NULL && how (connection, INDEX, id, words, error);
}

/* subsidy_search_forget: takes an application out of the index, before it is changed. */
gboolean
subsidy_search_forget (ShyConnection  *connection,
                       gint64          id,
                       GError        **error)
{
  return is_waiting (connection, id) || change (connection, id, shy_search_remove, error);
}

/* subsidy_search_add: puts an application into the index as it stands, after it was changed. */
gboolean
subsidy_search_add (ShyConnection  *connection,
                    gint64          id,
                    GError        **error)
{
  return is_waiting (connection, id) || change (connection, id, shy_search_add, error);
}

typedef struct
{
  gint64 next;
  gint64 last;
} Filling;

static gboolean
fill_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Filling                 *self = data;
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (ShyStatement) cases = NULL;
  g_autoptr (GError)       local = NULL;
  gint64                   number = 0;

  row = shy_sql_query (connection, error, "SELECT next, last FROM subsidy_search_fill", "");
  if (row == NULL || !shy_statement_step (row, error))
    return FALSE;
  self->next = shy_statement_get_int64 (row, 0);
  self->last = shy_statement_get_int64 (row, 1);
  if (self->next > self->last)
    return TRUE;
  cases = shy_sql_query (connection, error,
                         "SELECT id FROM subsidy_case WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT $3",
                         "iii", self->next, self->last, (gint64) STEP);
  if (cases == NULL)
    return FALSE;
  self->next = self->last + 1;
  while (local == NULL && shy_statement_step (cases, &local))
    {
      gint64 id = shy_statement_get_int64 (cases, 0);

      if (change (connection, id, shy_search_add, &local) && ++number == STEP)
        self->next = id + 1;
    }
  if (local == NULL)
    return shy_sql_run (connection, error, "UPDATE subsidy_search_fill SET next = $1", "i", self->next);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * subsidy_search_fill: puts the applications into the index that were there before it was, in many small
 * transactions; whatever stops it, it goes on where it was. Blocks, for half a minute for 1,000,000.
 */
gboolean
subsidy_search_fill (ShyStore      *store,
                     ShyProgress   *progress,
                     GCancellable  *cancellable,
                     GError       **error)
{
  Filling filling = { 1, 1 };

  do
    {
      if (!shy_store_run (store, SHY_STORE_WRITE, fill_job, &filling, cancellable, error))
        return FALSE;
      shy_progress_set (progress, (double) filling.next / (double) (filling.last + 1),
                        _("Making the index by which applications are found…"));
    }
  while (filling.next <= filling.last);
  return TRUE;
}

/* Copies that are only read may be of before the index, and it may still be filled. */
static gboolean
is_ready (ShyConnection *connection)
{
  return shy_sql_int64 (connection, NULL, 0,
                        "SELECT 1 FROM sqlite_master WHERE name = 'subsidy_search_fill'", "") == 1 &&
         shy_sql_int64 (connection, NULL, 0,
                        "SELECT 1 FROM subsidy_search_fill WHERE next > last", "") == 1;
}

/*
 * subsidy_search_build: makes of what was typed what stands behind “subsidy_search MATCH”.
 * @exact: (out): whether all that is found matches; if not, each is to be compared
 *
 * Gives NULL where all applications are to be compared, as for less than four digits, and where the
 * index is not ready; NULL with the error set if it failed.
 */
char *
subsidy_search_build (ShyConnection  *connection,
                      const char     *text,
                      gboolean       *exact,
                      GError        **error)
{
  return is_ready (connection) ? shy_search_build_match (connection, text, exact, error) : NULL;
}

/* subsidy_search_matches: compares what stands in the row of an application with what was typed. */
gboolean
subsidy_search_matches (const char *text,
                        const char *name,
                        const char *person,
                        const char *employer,
                        const char *mobile)
{
  const char *names[] = { name, NULL };
  const char *all[] = { person, employer, mobile };
  const char *numbers[G_N_ELEMENTS (all) + 1] = { NULL };
  guint       n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL)
      numbers[n++] = all[i];
  return shy_search_matches (text, names, numbers);
}

/* subsidy_search_compare: whether an application is what was typed; FALSE too with the error set. */
gboolean
subsidy_search_compare (ShyConnection  *connection,
                        gint64          id,
                        const char     *text,
                        GError        **error)
{
  g_auto (Known) known = { NULL };
  const char    *digits = strpbrk (text, "0123456789");
  gboolean       mobile = digits != NULL && strlen (digits) >= MOBILE_TAIL;

  return read_known (connection, id, mobile, &known, error) &&
         subsidy_search_matches (text, known.name, known.person, known.employer, known.mobile);
}
