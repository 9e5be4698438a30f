/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-private.h"

#include <glib/gi18n-lib.h>

void
subsidy_summary_free (gpointer data)
{
  SubsidySummary *self = data;

  if (self == NULL)
    return;
  g_free (self->policy);
  g_free (self->version);
  g_free (self->county);
  g_free (self->decided_on);
  g_free (self->name);
  g_free (self->person);
  g_free (self->reason);
  g_free (self->provenance);
  g_free (self->withdrawn_at);
  g_free (self);
}

/* @text: a word of ShyPolicyOrigin, a blank, and who signed or adopted it. */
static char *
read_provenance (const char *text)
{
  g_auto (GStrv)              parts = text != NULL ? g_strsplit (text, " ", 2) : NULL;
  g_autoptr (ShyPolicyOrigin) origin = NULL;
  ShyPolicyOriginKind         kind;

  if (parts == NULL || !shy_policy_origin_parse (parts[0], &kind))
    return NULL;
  origin = shy_policy_origin_new (kind, *parts[1] != '\0' ? parts[1] : NULL);
  return shy_policy_origin_to_label (origin);
}

/* Reads a row of SUBSIDY_SUMMARY_COLUMNS. */
gpointer
subsidy_summary_read (ShyConnection  *connection,
                      ShyStatement   *row,
                      GError        **error)
{
  SubsidySummary    *self = g_new0 (SubsidySummary, 1);
  g_autoptr (GError) local = NULL;

  self->id = shy_statement_get_int64 (row, 0);
  self->batch = shy_statement_get_int64 (row, 1);
  self->row = (guint) shy_statement_get_int64 (row, 2);
  self->policy = shy_statement_dup_text (row, 3);
  self->version = shy_statement_dup_text (row, 4);
  self->county = shy_statement_dup_text (row, 5);
  self->decided_on = shy_statement_dup_text (row, 6);
  subsidy_outcome_parse (shy_statement_get_text (row, 7), &self->outcome);
  self->amount = shy_statement_get_int64 (row, 8);
  self->revision = (guint) shy_statement_get_int64 (row, 11);
  self->reason = shy_statement_dup_text (row, 12);
  self->withdrawn_at = shy_statement_dup_text (row, 13);
  self->provenance = read_provenance (shy_statement_get_text (row, 14));
  self->name = shy_personal_unseal (connection, "subsidy_case.name", self->id,
                                    shy_statement_get_text (row, 9), &local);
  if (local == NULL)
    self->person = shy_personal_unseal (connection, "subsidy_case.person", self->id,
                                        shy_statement_get_text (row, 10), &local);
  if (local == NULL)
    return self;

  subsidy_summary_free (self);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Which version of the policy decided, and by whose word. */
char *
subsidy_summary_dup_provenance (const SubsidySummary *summary)
{
  return g_strdup_printf ("%s %s\n%s", summary->policy, summary->version,
                          summary->provenance != NULL ? summary->provenance
                                                      : _("by whose word was not kept"));
}
