/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-history.h"

#include "subsidy-key-sum.h"
#include "subsidy-keys.h"
#include "subsidy-packer.h"
#include "subsidy-row.h"

#include <string.h>

/* A grant that is known: as it is, or packed. */
typedef struct
{
  ShyGrant *grant;     /* (owned) (nullable) */
  guint     packed;    /* where it stands in the bytes, if it is packed */
  gboolean  forgotten; /* what the register no longer says */
} Known;

/* A grant that a key leads to, and the one it led to before. */
typedef struct
{
  guint known;  /* index */
  guint before; /* index of the link + 1; 0 for none */
} Link;

/* What was decided in a list of a million rows is kept small: its grants are packed, and keys are known
 * by a hash. Whoever is found by chance is compared again by the limits. */
struct _SubsidyHistory
{
  ShyPolicy  *policy;    /* (owned): whose limits ask */
  char      **compared;  /* (owned): the fields that limits compare */
  GArray     *known;     /* (owned) of Known */
  GByteArray *packed;    /* (owned) */
  GHashTable *by_key;    /* (owned): hash of a key → index of its newest link + 1 */
  GArray     *links;     /* (owned) of Link */
  GHashTable *by_number; /* (owned) number of an application → index of its grant + 1 */
  GHashTable *fresh;     /* (owned) (nullable): numbers of applications that this job read */
  gboolean    employers; /* limits may count what others at the same employer were granted */
  gboolean    elsewhere; /* grants from elsewhere were read */
  gboolean    scanned;   /* everything was read, as it is not all indexed */
  gint64      proved;    /* for which state of the register its index was proved; 0 for none */
  gboolean    doubtful;  /* a row that was read is not as it was stored: limits go to a person */
};

static void
clear_known (gpointer data)
{
  Known *known = data;

  g_clear_pointer (&known->grant, shy_grant_free);
}

/* Where every limit counts the grants of one person, those of others at the employer are not read: an
 * employer may bring hundreds. A key of another field may be one that an earlier grant does not tell;
 * then the employer relates the two. */
static gboolean
counts_employers (ShyPolicy *policy)
{
  const ShyField *person = shy_policy_get_person_field (policy);
  GPtrArray      *limits = shy_policy_get_limits (policy);

  if (person == NULL)
    return TRUE;
  for (guint i = 0; i < limits->len; i++)
    {
      const ShyPolicyLimit *limit = limits->pdata[i];

      for (guint j = 0; j < limit->key->len; j++)
        if (limit->key->pdata[j] != person)
          return TRUE;
    }
  return FALSE;
}

/* @policy: the policy whose limits are to be judged */
SubsidyHistory *
subsidy_history_new (ShyPolicy *policy)
{
  SubsidyHistory *self = g_new0 (SubsidyHistory, 1);

  self->policy = g_object_ref (policy);
  self->compared = shy_policy_dup_compared (policy);
  self->employers = counts_employers (policy);
  self->known = g_array_new (FALSE, TRUE, sizeof (Known));
  g_array_set_clear_func (self->known, clear_known);
  self->packed = g_byte_array_new ();
  self->by_key = g_hash_table_new (NULL, NULL);
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  self->by_number = g_hash_table_new (g_int64_hash, g_int64_equal);
  return self;
}

void
subsidy_history_free (SubsidyHistory *self)
{
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_number);
  g_clear_pointer (&self->fresh, g_hash_table_unref);
  g_array_unref (self->links);
  g_array_unref (self->known);
  g_byte_array_unref (self->packed);
  g_strfreev (self->compared);
  g_object_unref (self->policy);
  g_free (self);
}

/*
 * subsidy_history_begin: begins a job that changes no application of the register, though it may add
 * some: what it read of one is not read again, so that the rows of a large employer cost no more than
 * others. Without it each loading reads all anew.
 */
void
subsidy_history_begin (SubsidyHistory *self)
{
  g_clear_pointer (&self->fresh, g_hash_table_unref);
  self->fresh = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static gboolean
is_fresh (SubsidyHistory *self,
          gint64          number)
{
  return self->fresh != NULL && g_hash_table_contains (self->fresh, &number);
}

/* FNV-1a. */
static gpointer
hash_key (const char *key)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const char *at = key; *at != '\0'; at++)
    hash = (hash ^ (guchar) *at) * G_GUINT64_CONSTANT (1099511628211);
  return GSIZE_TO_POINTER ((gsize) (hash ^ hash >> 32));
}

static void
index_keys (SubsidyHistory *self,
            const ShyGrant *grant,
            guint           index)
{
  g_autoptr (GPtrArray) keys = shy_grant_dup_keys (grant, self->policy);

  for (guint i = 0; i < keys->len; i++)
    {
      gpointer hash = hash_key (keys->pdata[i]);
      Link     link = { index, GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, hash)) };

      g_array_append_val (self->links, link);
      g_hash_table_insert (self->by_key, hash, GUINT_TO_POINTER (self->links->len));
    }
}

static Known *
get_known (SubsidyHistory *self,
           guint           index)
{
  return &g_array_index (self->known, Known, index);
}

static gboolean
has_same_keys (SubsidyHistory *self,
               const ShyGrant *one,
               const ShyGrant *other)
{
  g_autoptr (GPtrArray) first = shy_grant_dup_keys (one, self->policy);
  g_autoptr (GPtrArray) second = shy_grant_dup_keys (other, self->policy);

  if (first->len != second->len)
    return FALSE;
  for (guint i = 0; i < first->len; i++)
    if (!g_str_equal (first->pdata[i], second->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Takes @grant; one of the register takes the place of what was known of the same application, to
 * which its keys lead already unless they changed. */
static void
take (SubsidyHistory *self,
      ShyGrant       *grant)
{
  Known    known = { grant, 0, FALSE };
  guint    index = self->known->len;
  gpointer before = grant->number > 0 ? g_hash_table_lookup (self->by_number, &grant->number) : NULL;
  Known   *old = before != NULL ? get_known (self, GPOINTER_TO_UINT (before) - 1) : NULL;

  if (old != NULL && has_same_keys (self, old->grant, grant))
    {
      g_hash_table_replace (self->by_number, &grant->number, before);
      shy_grant_free (old->grant);
      *old = known;
      return;
    }
  if (old != NULL)
    old->forgotten = TRUE;
  if (grant->number > 0)
    g_hash_table_replace (self->by_number, &grant->number, GUINT_TO_POINTER (index + 1));
  index_keys (self, grant, index);
  g_array_append_val (self->known, known);
}

static void
pack_text (GByteArray *into,
           const char *text)
{
  g_byte_array_append (into, (const guint8 *) text, (guint) strlen (text) + 1);
}

/* Of what shy_grant_new() made: nothing else has no number, no year and is pending. */
static void
pack (SubsidyHistory *self,
      const ShyGrant *grant)
{
  g_byte_array_append (self->packed, (const guint8 *) &grant->date, sizeof grant->date);
  g_byte_array_append (self->packed, (const guint8 *) &grant->fen, sizeof grant->fen);
  g_byte_array_append (self->packed, (const guint8 *) &grant->row, sizeof grant->row);
  pack_text (self->packed, grant->person);
  pack_text (self->packed, grant->employer);
  for (guint i = 0; self->compared[i] != NULL; i++)
    {
      const char *value = g_hash_table_lookup (grant->values, self->compared[i]);

      /* A fact is never an empty text. */
      pack_text (self->packed, value != NULL ? value : "");
    }
}

static const guint8 *
take_bytes (const guint8 *at,
            gpointer      into,
            gsize         length)
{
  memcpy (into, at, length);
  return at + length;
}

static const guint8 *
take_text (const guint8  *at,
           char         **into)
{
  *into = g_strdup ((const char *) at);
  return at + strlen (*into) + 1;
}

static ShyGrant *
unpack (SubsidyHistory *self,
        guint           offset)
{
  ShyGrant     *grant = g_new0 (ShyGrant, 1);
  const guint8 *at = self->packed->data + offset;

  at = take_bytes (at, &grant->date, sizeof grant->date);
  at = take_bytes (at, &grant->fen, sizeof grant->fen);
  at = take_bytes (at, &grant->row, sizeof grant->row);
  at = take_text (at, &grant->person);
  at = take_text (at, &grant->employer);
  grant->policy = g_strdup (shy_policy_get_id (self->policy));
  grant->pending = TRUE;
  grant->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; self->compared[i] != NULL; i++)
    {
      char *value;

      at = take_text (at, &value);
      if (*value != '\0')
        g_hash_table_insert (grant->values, g_strdup (self->compared[i]), value);
      else
        g_free (value);
    }
  return grant;
}

/*
 * subsidy_history_add: copies a grant. To the judge NULL means “the applicant”, so whoever is not
 * known becomes "", which is nobody.
 */
void
subsidy_history_add (SubsidyHistory *self,
                     const ShyGrant *grant)
{
  ShyGrant *copy = shy_grant_copy (grant);

  if (copy->person == NULL)
    copy->person = g_strdup ("");
  if (copy->employer == NULL)
    copy->employer = g_strdup ("");
  take (self, copy);
}

/*
 * subsidy_history_add_decided: what was just found eligible counts for the rows that follow.
 * @fen: the amount
 * @row: of the spreadsheet, to name it by; 0 for none
 */
void
subsidy_history_add_decided (SubsidyHistory *self,
                             const ShyFacts *facts,
                             const GDate    *on,
                             gint64          fen,
                             guint           row)
{
  g_autoptr (ShyGrant) grant = shy_grant_new (self->policy, facts, on, fen);
  Known                known = { NULL, self->packed->len, FALSE };

  grant->row = row;
  pack (self, grant);
  index_keys (self, grant, self->known->len);
  g_array_append_val (self->known, known);
}

/* Adds what a key leads to, the oldest first. */
static void
follow (SubsidyHistory *self,
        const char     *key,
        GHashTable     *seen,
        GArray         *found)
{
  guint link = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, hash_key (key)));
  guint first = found->len;

  for (; link > 0; link = g_array_index (self->links, Link, link - 1).before)
    {
      guint index = g_array_index (self->links, Link, link - 1).known;

      if (!get_known (self, index)->forgotten && g_hash_table_add (seen, GUINT_TO_POINTER (index)))
        g_array_append_val (found, index);
    }
  for (guint last = found->len; first + 1 < last; first++)
    {
      guint other = g_array_index (found, guint, --last);

      g_array_index (found, guint, last) = g_array_index (found, guint, first);
      g_array_index (found, guint, first) = other;
    }
}

/* The keys under which is looked for what the limits may count. */
static GPtrArray *
dup_sought (SubsidyHistory *self,
            const ShyFacts *facts)
{
  GPtrArray *keys = shy_policy_dup_keys (self->policy, facts);

  for (guint i = keys->len; !self->employers && i-- > 0;)
    if (g_str_has_prefix (keys->pdata[i], "employer="))
      g_ptr_array_remove_index (keys, i);
  return keys;
}

/* The grants that share a key with an application, each once, in the order they became known. */
static GArray *
find_sharing (SubsidyHistory *self,
              const ShyFacts *facts)
{
  g_autoptr (GPtrArray)  keys = dup_sought (self, facts);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GArray                *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < keys->len; i++)
    follow (self, keys->pdata[i], seen, found);
  return found;
}

/*
 * subsidy_history_apply: tells the facts of an application of every grant that the limits of the
 * policy may count against it, whatever its number.
 * @excluded: the number of the application itself, where it is decided again; 0 for a new one
 */
void
subsidy_history_apply (SubsidyHistory *self,
                       ShyFacts       *facts,
                       gint64          excluded)
{
  g_autoptr (GArray) found = find_sharing (self, facts);

  shy_facts_set_history_known (facts, !self->doubtful);
  for (guint i = 0; i < found->len; i++)
    {
      const Known          *known = get_known (self, g_array_index (found, guint, i));
      g_autoptr (ShyGrant)  own = known->grant == NULL ? unpack (self, known->packed) : NULL;
      const ShyGrant       *grant = known->grant != NULL ? known->grant : own;

      if (excluded == 0 || grant->number != excluded)
        shy_facts_add_grant (facts, grant);
    }
}

/* What was known of the register may have changed since. */
static void
forget_register (SubsidyHistory *self,
                 const ShyFacts *facts)
{
  g_autoptr (GArray) found = find_sharing (self, facts);

  for (guint i = 0; i < found->len; i++)
    {
      Known *known = get_known (self, g_array_index (found, guint, i));

      if (known->grant != NULL && known->grant->number > 0 && !is_fresh (self, known->grant->number))
        known->forgotten = TRUE;
    }
}

static gboolean
unseal_text (ShyConnection  *connection,
             ShyStatement   *row,
             const char     *field,
             gint64          id,
             int             column,
             char          **text,
             GError        **error)
{
  g_autoptr (GError) local = NULL;

  *text = shy_personal_unseal (connection, field, id, shy_statement_get_text (row, column), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What an application of the register said in the fields that limits compare. Where that cannot be
 * read any more, the grant stays, and a person decides. */
static gboolean
read_values (SubsidyHistory  *self,
             ShyConnection   *connection,
             ShyStatement    *row,
             ShyGrant        *grant,
             GError         **error)
{
  g_auto (GStrv)       names = shy_policy_dup_compared (self->policy);
  g_autoptr (GError)   local = NULL;
  g_autofree char     *json = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS,
                                              shy_statement_get_int64 (row, 6), row, 7, &local);
  g_autoptr (ShyFacts) facts = json != NULL ? subsidy_facts_from_json (json, &local) : NULL;

  grant->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_error_matches (local, SHY_ERROR, SHY_ERROR_DAMAGED))
    {
      self->doubtful = TRUE;
      return TRUE;
    }
  for (guint i = 0; facts != NULL && names[i] != NULL; i++)
    {
      const char *text = shy_facts_get_text (facts, names[i]);

      if (text != NULL)
        g_hash_table_insert (grant->values, g_strdup (names[i]), g_strdup (text));
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return facts != NULL;
}

/*
 * What another program changed, or a disk that fails, is no ground for a decision: then nobody but a
 * person can say what was granted.
 */
static gboolean
prove (SubsidyHistory  *self,
       ShyConnection   *connection,
       const char      *table,
       gint64           id,
       GError         **error)
{
  g_autofree char *why = NULL;

  if (!shy_register_check_row (connection, table, id, &why, error))
    return FALSE;
  self->doubtful = self->doubtful || why != NULL;
  return TRUE;
}

/* An outcome that was changed hides a grant, so those that are not eligible are looked at too. */
static gboolean
prove_all (SubsidyHistory  *self,
           ShyConnection   *connection,
           GError         **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection, "SELECT id FROM subsidy_case", error);
  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    if (!prove (self, connection, "subsidy_case", shy_statement_get_int64 (rows, 0), error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

#define CASE_COLUMNS                                                                              \
  "SELECT c.id, c.policy, c.decided_on, c.amount, c.employer, c.person, r.id, r.facts "           \
  "FROM subsidy_case c LEFT JOIN subsidy_revision r ON r.case_id = c.id "                         \
  "AND r.revision = c.revision "                                                                  \
  "WHERE c.outcome = 'eligible' AND c.withdrawn_at IS NULL "

static gboolean
take_case (SubsidyHistory  *self,
           ShyConnection   *connection,
           ShyStatement    *row,
           GError         **error)
{
  g_autoptr (ShyGrant) grant = g_new0 (ShyGrant, 1);

  /* A decision that was removed does not take the grant with it. */
  if (shy_statement_is_null (row, 6))
    {
      self->doubtful = TRUE;
      return TRUE;
    }
  if (!prove (self, connection, "subsidy_revision", shy_statement_get_int64 (row, 6), error))
    return FALSE;
  grant->number = shy_statement_get_int64 (row, 0);
  grant->policy = shy_statement_dup_text (row, 1);
  grant->fen = shy_statement_get_int64 (row, 3);
  grant->pending = TRUE;
  if (!shy_date_parse (shy_statement_get_text (row, 2), &grant->date))
    return TRUE;
  grant->employer = shy_statement_is_null (row, 4) ? g_strdup ("") : shy_statement_dup_text (row, 4);
  if (!unseal_text (connection, row, "subsidy_case.person", grant->number, 5, &grant->person,
                    error) ||
      !read_values (self, connection, row, grant, error))
    return FALSE;
  if (grant->person == NULL)
    grant->person = g_strdup ("");

  take (self, g_steal_pointer (&grant));
  return TRUE;
}

static gboolean
take_elsewhere (SubsidyHistory  *self,
                ShyConnection   *connection,
                ShyStatement    *row,
                GError         **error)
{
  ShyGrant         grant = { 0 };
  g_autofree char *person = NULL;

  if (!prove (self, connection, "subsidy_grant", shy_statement_get_int64 (row, 0), error) ||
      !unseal_text (connection, row, "subsidy_grant.person", shy_statement_get_int64 (row, 0), 6,
                    &person, error))
    return FALSE;
  if (!shy_date_parse (shy_statement_get_text (row, 2), &grant.date))
    return TRUE;
  grant.policy = (char *) shy_statement_get_text (row, 1);
  grant.fen = shy_statement_get_int64 (row, 3);
  grant.year = (guint) shy_statement_get_int64 (row, 4);
  grant.employer = (char *) shy_statement_get_text (row, 5);
  grant.person = person;
  subsidy_history_add (self, &grant);
  return TRUE;
}

typedef gboolean (*TakeFunc) (SubsidyHistory  *self,
                              ShyConnection   *connection,
                              ShyStatement    *row,
                              GError         **error);

static gboolean
take_all (SubsidyHistory  *self,
          ShyConnection   *connection,
          ShyStatement    *rows,
          TakeFunc         take_one,
          GError         **error)
{
  g_autoptr (GError) local = NULL;

  while (shy_statement_step (rows, &local))
    if (!take_one (self, connection, rows, error))
      return FALSE;

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_rows (SubsidyHistory  *self,
           ShyConnection   *connection,
           const char      *sql,
           TakeFunc         take_one,
           GError         **error)
{
  g_autoptr (ShyStatement) rows = shy_connection_prepare (connection, sql, error);

  return rows != NULL && take_all (self, connection, rows, take_one, error);
}

static gboolean
load_elsewhere (SubsidyHistory  *self,
                ShyConnection   *connection,
                GError         **error)
{
  if (self->elsewhere)
    return TRUE;
  self->elsewhere = TRUE;
  return load_rows (self, connection,
                    "SELECT id, policy, granted_on, amount, year, employer, person "
                    "FROM subsidy_grant",
                    take_elsewhere, error);
}

/*
 * subsidy_history_load_all: reads all grants and eligible applications of the register, in a job.
 * Costs as much as the register is long.
 */
gboolean
subsidy_history_load_all (SubsidyHistory  *self,
                          ShyConnection   *connection,
                          GError         **error)
{
  self->scanned = TRUE;
  return prove_all (self, connection, error) && load_elsewhere (self, connection, error) &&
         load_rows (self, connection, CASE_COLUMNS "ORDER BY c.id", take_case, error);
}

static gboolean
load_case (SubsidyHistory  *self,
           ShyConnection   *connection,
           gint64           number,
           GError         **error)
{
  g_autoptr (ShyStatement) row = NULL;

  if (is_fresh (self, number))
    return TRUE;
  row = shy_connection_prepare (connection, CASE_COLUMNS "AND c.id = $1", error);
  if (row == NULL || !prove (self, connection, "subsidy_case", number, error))
    return FALSE;
  shy_statement_bind_int64 (row, "$1", number);
  if (!take_all (self, connection, row, take_case, error))
    return FALSE;
  if (self->fresh != NULL)
    g_hash_table_add (self->fresh, g_memdup2 (&number, sizeof number));
  return TRUE;
}

/* A key that another program removed would hide a grant. What this connection itself wrote since is in
 * the sum; what others wrote is looked at again. */
static gboolean
prove_index (SubsidyHistory  *self,
             ShyConnection   *connection,
             GError         **error)
{
  gint64           state = shy_connection_query_int64 (connection, "PRAGMA data_version", 0, NULL);
  g_autofree char *why = NULL;

  if (state == self->proved)
    return TRUE;
  if (!subsidy_key_sum_prove (connection, &why, error))
    return FALSE;
  self->doubtful = self->doubtful || why != NULL;
  self->proved = state;
  return TRUE;
}

/*
 * subsidy_history_load: reads again what the register holds of every application, whatever its
 * number, that shares a key of a limit with these facts. In the transaction that stores a decision
 * this is all there is; costs as much as is found.
 *
 * Where the register is not indexed for this policy yet (see subsidy_keys_prepare()), everything
 * is read, once.
 */
gboolean
subsidy_history_load (SubsidyHistory  *self,
                      ShyConnection   *connection,
                      const ShyFacts  *facts,
                      GError         **error)
{
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GArray)    numbers = NULL;
  gboolean              complete;

  if (!subsidy_keys_are_complete (connection, self->policy, &complete, error))
    return FALSE;
  if (!complete)
    return self->scanned || subsidy_history_load_all (self, connection, error);
  if (!prove_index (self, connection, error) || !load_elsewhere (self, connection, error))
    return FALSE;

  forget_register (self, facts);
  keys = dup_sought (self, facts);
  numbers = subsidy_keys_find (connection, keys, error);
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    if (!load_case (self, connection, g_array_index (numbers, gint64, i), error))
      return FALSE;

  return numbers != NULL;
}
