/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-others.h"

#include "subsidy-keys.h"
#include "subsidy-packer.h"
#include "subsidy-row.h"

#include <string.h>

/* Each is decided before and after the change, by the very pack that decided it: so what turns, turns
 * because of the change alone. */

/* As many as are looked at; a person reads no longer list. */
#define MOST 100

typedef struct
{
  gint64         id;
  guint          row;
  gboolean       counts; /* limits count it, as it is stored */
  char          *digest; /* (owned) of the pack that decided it */
  ShyFacts      *facts;  /* (owned) */
  SubsidyRecord  before; /* (owned members) */
} Other;

struct _SubsidyOthers
{
  GPtrArray *others; /* (owned) of Other */
};

static void
other_free (gpointer data)
{
  Other *other = data;

  g_free (other->digest);
  g_clear_pointer (&other->facts, shy_facts_free);
  subsidy_record_clear (&other->before);
  g_free (other);
}

void
subsidy_others_free (SubsidyOthers *self)
{
  g_ptr_array_unref (self->others);
  g_free (self);
}

/* Packs that were read from the register, by digest: reading one takes longer than deciding by it. */
#define MOST_PACKS 32
static GMutex      packs_lock;
static GHashTable *packs; /* (owned) digest → ShyPolicy */

static ShyPolicy *
find_pack (const char *digest)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&packs_lock);
  ShyPolicy               *policy = packs != NULL ? g_hash_table_lookup (packs, digest) : NULL;

  return policy != NULL ? g_object_ref (policy) : NULL;
}

static void
keep_pack (const char *digest,
           ShyPolicy  *policy)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&packs_lock);

  if (packs == NULL)
    packs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (g_hash_table_size (packs) >= MOST_PACKS)
    g_hash_table_remove_all (packs);
  g_hash_table_insert (packs, g_strdup (digest), g_object_ref (policy));
}

/* NULL, without an error, if the text of the pack was not kept, in cases of long ago, or decides nothing
 * any more. */
static ShyPolicy *
load_pack (ShyConnection  *connection,
           const char     *digest,
           GError        **error)
{
  g_autoptr (ShyPolicy)    policy = find_pack (digest);
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GError)       local = NULL;

  if (policy != NULL)
    return g_steal_pointer (&policy);
  row = shy_connection_prepare (connection, "SELECT contents FROM subsidy_pack WHERE digest = $1",
                                error);
  if (row == NULL)
    return NULL;
  shy_statement_bind_text (row, "$1", digest);
  if (!shy_statement_step (row, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  bytes = g_bytes_new (shy_statement_get_text (row, 0), strlen (shy_statement_get_text (row, 0)));
  policy = shy_policy_new_from_bytes (bytes, digest, NULL);
  if (policy == NULL || !shy_policy_check_cases (policy, NULL) ||
      !g_str_equal (shy_policy_get_digest (policy), digest))
    return NULL;
  keep_pack (digest, policy);
  return g_steal_pointer (&policy);
}

static gboolean
load_other (SubsidyOthers  *self,
            ShyConnection  *connection,
            gint64          id,
            GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autofree char         *facts = NULL;
  Other                   *other;
  GDate                    on;

  row = shy_connection_prepare (connection,
                                "SELECT r.id, r.facts, r.pack, c.county, c.decided_on, c.row_number, c.outcome "
                                "FROM subsidy_case c JOIN subsidy_revision r "
                                "ON r.case_id = c.id AND r.revision = c.revision WHERE c.id = $1",
                                error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_int64 (row, "$1", id);
  if (!shy_statement_step (row, error))
    return FALSE;
  if (shy_statement_get_text (row, 2) == NULL ||
      !shy_date_parse (shy_statement_get_text (row, 4), &on))
    return TRUE;

  facts = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, shy_statement_get_int64 (row, 0), row,
                          1, error);
  other = g_new0 (Other, 1);
  g_ptr_array_add (self->others, other);
  other->id = id;
  other->row = (guint) shy_statement_get_int64 (row, 5);
  other->counts = g_strcmp0 (shy_statement_get_text (row, 6), "eligible") == 0;
  other->digest = shy_statement_dup_text (row, 2);
  other->facts = facts != NULL ? subsidy_facts_from_json (facts, error) : NULL;
  if (other->facts == NULL)
    return FALSE;
  shy_facts_set_on (other->facts, &on);
  shy_facts_set_county (other->facts, shy_statement_get_text (row, 3));
  return TRUE;
}

/* The application itself, as it is stored; none if it is new or its pack was not kept. */
static gboolean
add_stored_keys (SubsidyOthers  *self,
                 ShyConnection  *connection,
                 gint64          id,
                 GPtrArray      *keys,
                 gboolean       *counts,
                 GError        **error)
{
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GError)    local = NULL;
  Other                *stored;
  g_autoptr (ShyPolicy) policy = NULL;

  if (id == 0)
    return TRUE;
  if (!load_other (self, connection, id, error))
    return FALSE;
  if (self->others->len == 0)
    return TRUE;

  stored = self->others->pdata[0];
  *counts |= stored->counts;
  policy = load_pack (connection, stored->digest, &local);
  if (policy != NULL)
    own = shy_policy_dup_keys (policy, stored->facts);
  for (guint i = 0; own != NULL && i < own->len; i++)
    g_ptr_array_add (keys, g_strdup (own->pdata[i]));
  g_ptr_array_set_size (self->others, 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
judge (ShyConnection  *connection,
       Other          *other,
       SubsidyRecord  *record,
       GError        **error)
{
  g_autoptr (GError)         local = NULL;
  g_autoptr (ShyPolicy)      policy = load_pack (connection, other->digest, &local);
  g_autoptr (SubsidyGrounds) grounds = policy != NULL ? subsidy_grounds_new (policy) : NULL;
  g_autoptr (ShyVerdict)     verdict = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (policy == NULL)
    return TRUE;
  if (!subsidy_grounds_read (grounds, connection, other->facts, error))
    return FALSE;

  verdict = subsidy_grounds_decide (grounds, other->facts, other->id, error);
  if (verdict == NULL)
    return FALSE;
  record->row = other->row;
  record->outcome = (SubsidyOutcome) shy_verdict_get_outcome (verdict);
  if (record->outcome == SUBSIDY_ELIGIBLE)
    record->amount = MAX (shy_verdict_get_amount (verdict), 0);
  record->reason = subsidy_verdict_dup_reason (verdict);
  return TRUE;
}

static gboolean
load_others (SubsidyOthers  *self,
             ShyConnection  *connection,
             gint64          id,
             GArray         *ids,
             guint           most,
             GError        **error)
{
  for (guint i = 0; i < ids->len && self->others->len < most; i++)
    if (g_array_index (ids, gint64, i) != id &&
        !load_other (self, connection, g_array_index (ids, gint64, i), error))
      return FALSE;

  for (guint i = 0; i < self->others->len; i++)
    {
      Other *other = self->others->pdata[i];

      if (!judge (connection, other, &other->before, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * subsidy_others_find: in the job that changes an application, before it does.
 * @id: its number, 0 if it is new
 * @policy: (nullable): of @facts
 * @facts: (nullable): what it will hold
 * @counts: whether limits will count it; one that is not counted, before or after, turns nothing
 */
SubsidyOthers *
subsidy_others_find (ShyConnection   *connection,
                     gint64           id,
                     ShyPolicy       *policy,
                     const ShyFacts  *facts,
                     gboolean         counts,
                     GError         **error)
{
  g_autoptr (SubsidyOthers) self = g_new0 (SubsidyOthers, 1);
  g_autoptr (GPtrArray)     keys = NULL;
  g_autoptr (GArray)        ids = NULL;

  self->others = g_ptr_array_new_with_free_func (other_free);
  keys = policy != NULL ? shy_policy_dup_keys (policy, facts) : g_ptr_array_new_with_free_func (g_free);
  if (!add_stored_keys (self, connection, id, keys, &counts, error))
    return NULL;
  if (!counts)
    return g_steal_pointer (&self);

  ids = subsidy_keys_find (connection, keys, error);
  return ids != NULL && load_others (self, connection, id, ids, MOST, error) ? g_steal_pointer (&self)
                                                                       : NULL;
}

/*
 * subsidy_others_look: in the job that changes applications, before it does: looks at others, all of them.
 * @ids: their numbers
 */
SubsidyOthers *
subsidy_others_look (ShyConnection  *connection,
                     GArray         *ids,
                     GError        **error)
{
  g_autoptr (SubsidyOthers) self = g_new0 (SubsidyOthers, 1);

  self->others = g_ptr_array_new_with_free_func (other_free);
  return load_others (self, connection, 0, ids, G_MAXUINT, error) ? g_steal_pointer (&self) : NULL;
}

/* subsidy_others_compare: in the same job, after the change: adds to @turned what would now turn. */
gboolean
subsidy_others_compare (SubsidyOthers   *self,
                        ShyConnection   *connection,
                        GPtrArray       *turned,
                        GError         **error)
{
  for (guint i = 0; i < self->others->len; i++)
    {
      Other                 *other = self->others->pdata[i];
      g_auto (SubsidyRecord) now = { 0 };
      SubsidyTurn           *turn;

      if (!judge (connection, other, &now, error))
        return FALSE;
      turn = subsidy_turn_new (&other->before, &now, other->id);
      if (turn != NULL)
        g_ptr_array_add (turned, turn);
    }
  return TRUE;
}
