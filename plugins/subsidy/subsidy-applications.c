/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-applications.h"

#include "subsidy-dataset.h"
#include "subsidy-packer.h"
#include "subsidy-row.h"

/*
 * SubsidyApplications:
 *
 * Applications of the register as facts, to try another version of their policy on them; and what the
 * register holds that bears on one that is not in it.
 */
struct _SubsidyApplications
{
  GObject parent_instance;
};

typedef struct
{
  ShyPolicy      *policy;  /* (unowned) */
  SubsidyGrounds *grounds; /* (unowned) */
  guint           limit;
  GPtrArray      *found;   /* (unowned) of ShyFacts */
} Loading;

static gboolean
take_row (Loading        *self,
          ShyConnection  *connection,
          ShyStatement   *row,
          GError        **error)
{
  const char          *county = shy_statement_get_text (row, 2);
  g_autofree char     *json = NULL;
  g_autoptr (ShyFacts) facts = NULL;
  GDate                on;

  json = subsidy_unpack (connection, SUBSIDY_PACKED_FACTS, shy_statement_get_int64 (row, 0), row,
                         1, error);
  facts = json != NULL ? subsidy_facts_from_json (json, error) : NULL;
  if (facts == NULL)
    return FALSE;

  if (shy_date_parse (shy_statement_get_text (row, 3), &on))
    shy_facts_set_on (facts, &on);
  shy_facts_set_county (facts, county);
  if (!subsidy_grounds_read (self->grounds, connection, facts, error))
    return FALSE;
  subsidy_grounds_tell (self->grounds, facts, shy_statement_get_int64 (row, 4), NULL);
  g_ptr_array_add (self->found, g_steal_pointer (&facts));
  return TRUE;
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Loading                 *self = data;
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  const char              *id = shy_policy_get_id (self->policy);

  g_ptr_array_set_size (self->found, 0);
  rows = shy_connection_prepare (connection,
                                 "SELECT r.id, r.facts, c.county, c.decided_on, c.id FROM subsidy_case c "
                                 "JOIN subsidy_revision r ON r.case_id = c.id AND "
                                 "r.revision = c.revision WHERE c.policy = $1 "
                                 "AND c.withdrawn_at IS NULL "
                                 "ORDER BY c.id DESC LIMIT $2", error);
  if (rows == NULL)
    return FALSE;
  shy_statement_bind_text (rows, "$1", id);
  shy_statement_bind_int64 (rows, "$2", self->limit);
  while (local == NULL && shy_statement_step (rows, &local))
    take_row (self, connection, rows, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The newest, with the settings of their counties and what was granted to others. */
static GPtrArray *
load_applications (ShyRehearsal  *rehearsal,
                   ShyStore      *store,
                   ShyPolicy     *policy,
                   guint          limit,
                   GError       **error)
{
  g_autoptr (GPtrArray)      found = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);
  g_autoptr (SubsidyGrounds) grounds = subsidy_grounds_new (policy);
  Loading                    loading = { policy, grounds, limit, found };

  return subsidy_dataset_prepare (store, error) &&
                 shy_store_run (store, SHY_STORE_READ, load_job, &loading, NULL, error)
           ? g_steal_pointer (&found) : NULL;
}

typedef struct
{
  SubsidyGrounds *grounds;
  ShyFacts       *facts;
} Telling;

static gboolean
tell_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Telling *self = data;

  return subsidy_grounds_read (self->grounds, connection, self->facts, error) &&
         subsidy_grounds_tell (self->grounds, self->facts, 0, error);
}

static gboolean
tell_past (ShyRehearsal  *rehearsal,
           ShyStore      *store,
           ShyPolicy     *policy,
           ShyFacts      *facts,
           GError       **error)
{
  g_autoptr (SubsidyGrounds) grounds = subsidy_grounds_new (policy);
  Telling                    telling = { grounds, facts };

  return subsidy_dataset_prepare (store, error) &&
         shy_store_run (store, SHY_STORE_READ, tell_job, &telling, NULL, error);
}

static void
rehearsal_iface_init (ShyRehearsalInterface *iface)
{
  iface->load_applications = load_applications;
  iface->tell_past = tell_past;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyApplications, subsidy_applications, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_REHEARSAL, rehearsal_iface_init))

static void
subsidy_applications_class_init (SubsidyApplicationsClass *klass)
{
}

static void
subsidy_applications_init (SubsidyApplications *self)
{
}
