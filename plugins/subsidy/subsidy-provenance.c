/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-provenance.h"

#include <glib/gi18n-lib.h>

static gint64
find (ShyConnection          *connection,
      const char             *digest,
      const ShyPolicyOrigin  *origin,
      GError                **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT id FROM subsidy_provenance WHERE pack = $1 AND origin = $2 "
                                "AND COALESCE (person, '') = $3",
                                error);
  if (row == NULL)
    return -1;
  shy_statement_bind_text (row, "$1", digest);
  shy_statement_bind_text (row, "$2", shy_policy_origin_to_word (origin));
  shy_statement_bind_text (row, "$3", origin->by != NULL ? origin->by : "");
  if (shy_statement_step (row, &local))
    return shy_statement_get_int64 (row, 0);
  if (local == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

static gint64
add (ShyConnection          *connection,
     const char             *digest,
     const ShyPolicyOrigin  *origin,
     GError                **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  gint64                   id = shy_connection_reserve_ids (connection, "subsidy_provenance", 1, error);

  if (id < 0)
    return -1;
  statement = shy_connection_prepare (connection,
                                      "INSERT INTO subsidy_provenance (id, pack, origin, person) "
                                      "VALUES ($1, $2, $3, $4)",
                                      error);
  if (statement == NULL)
    return -1;
  shy_statement_bind_int64 (statement, "$1", id);
  shy_statement_bind_text (statement, "$2", digest);
  shy_statement_bind_text (statement, "$3", shy_policy_origin_to_word (origin));
  shy_statement_bind_text (statement, "$4", origin->by);
  return shy_statement_execute (statement, error) ? id : -1;
}

/*
 * subsidy_provenance_keep: keeps, in a job that writes, by whose word a policy decides. Its pack is
 * kept already.
 *
 * Returns: the number under which a decision names it, 0 if the policy is in force nowhere, or -1 with
 * the error set.
 */
gint64
subsidy_provenance_keep (ShyConnection  *connection,
                         ShyPolicy      *policy,
                         GError        **error)
{
  const ShyPolicyOrigin *origin = shy_policy_get_origin (policy);
  const char            *digest = shy_policy_get_digest (policy);
  gint64                 id;

  if (origin == NULL)
    return 0;
  id = find (connection, digest, origin, error);
  return id != 0 ? id : add (connection, digest, origin, error);
}

/*
 * subsidy_provenance_read: the reverse.
 * @origin: (out) (nullable): NULL if @id is 0, or if another program changed what stood there
 */
gboolean
subsidy_provenance_read (ShyConnection    *connection,
                         gint64            id,
                         ShyPolicyOrigin **origin,
                         GError          **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *why = NULL;
  ShyPolicyOriginKind      kind;

  *origin = NULL;
  if (id == 0)
    return TRUE;
  if (!shy_register_check_row (connection, "subsidy_provenance", id, &why, error))
    return FALSE;
  row = shy_connection_prepare (connection,
                                "SELECT origin, person FROM subsidy_provenance WHERE id = $1", error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_int64 (row, "$1", id);
  if (why == NULL && shy_statement_step (row, &local) &&
      shy_policy_origin_parse (shy_statement_get_text (row, 0), &kind))
    *origin = shy_policy_origin_new (kind, shy_statement_get_text (row, 1));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* subsidy_provenance_to_json: for programs: "policy", "version", "digest", and what
 * shy_policy_origin_add() writes. */
JsonObject *
subsidy_provenance_to_json (const char             *policy,
                            const char             *version,
                            const char             *digest,
                            const ShyPolicyOrigin  *origin)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "policy", policy);
  json_object_set_string_member (object, "version", version);
  json_object_set_string_member (object, "digest", digest);
  shy_policy_origin_add (origin, object);
  return object;
}

/* subsidy_provenance_of: the same of a policy that decides now. */
JsonObject *
subsidy_provenance_of (ShyPolicy *policy)
{
  return subsidy_provenance_to_json (shy_policy_get_id (policy), shy_policy_get_version (policy),
                                     shy_policy_get_digest (policy), shy_policy_get_origin (policy));
}

/* subsidy_provenance_to_label: by whose word, for people; of decisions of long ago it was not kept. */
char *
subsidy_provenance_to_label (JsonObject *object)
{
  const char              *signer = json_object_get_string_member_with_default (object, "signer", NULL);
  const char              *local = json_object_get_string_member_with_default (object, "adopted_by", NULL);
  const char              *word = json_object_get_string_member_with_default (object, "origin", NULL);
  ShyPolicyOriginKind      kind;
  g_autoptr (ShyPolicyOrigin) origin = NULL;

  if (!shy_policy_origin_parse (word, &kind))
    return g_strdup (_("not kept"));
  origin = shy_policy_origin_new (kind, signer != NULL ? signer : local);
  return shy_policy_origin_to_label (origin);
}
