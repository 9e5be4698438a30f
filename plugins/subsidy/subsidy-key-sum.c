/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-key-sum.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* The finalizer of SplitMix64 (Steele, Lea and Flood 2014): spreads each bit over all. */
static guint64
spread (guint64 x)
{
  x = (x ^ x >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ x >> 31;
}

/* FNV-1a. */
static guint64
hash_text (guint64     hash,
           const char *text)
{
  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);
  return spread (hash);
}

static void
add_part (SubsidyKeySum *self,
          guint64        key,
          guint64        first,
          guint64        second,
          gboolean       removed)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sum); i++)
    {
      guint64 part = spread (spread (spread (key + i + 1) ^ first) + second);

      self->sum[i] += removed ? -part : part;
    }
  self->held += removed ? -1 : 1;
}

/* subsidy_key_sum_count: counts a row of the index that is added, or removed. */
void
subsidy_key_sum_count (SubsidyKeySum *self,
                       const char    *secret,
                       gint64         digest,
                       gint64         number,
                       gboolean       removed)
{
  add_part (self, hash_text (0, secret), (guint64) digest, (guint64) number, removed);
}

/* subsidy_key_sum_count_field: counts a field that was indexed for the first time. */
void
subsidy_key_sum_count_field (SubsidyKeySum *self,
                             const char    *policy,
                             const char    *name,
                             const char    *role)
{
  add_part (self, hash_text (1, policy), hash_text (2, name), hash_text (3, role), FALSE);
}

static gboolean
read_stored (ShyConnection  *connection,
             SubsidyKeySum  *stored,
             GError        **error)
{
  g_autoptr (ShyStatement) row = shy_connection_prepare (
    connection, "SELECT held, sum FROM subsidy_key_sum WHERE id = 1", error);
  g_autoptr (GError)       local = NULL;

  if (row == NULL)
    return FALSE;
  if (shy_statement_step (row, &local))
    {
      const char *text = shy_statement_get_text (row, 1);

      stored->held = shy_statement_get_int64 (row, 0);
      if (text == NULL || sscanf (text, "%16" G_GINT64_MODIFIER "x%16" G_GINT64_MODIFIER "x",
                                  &stored->sum[0], &stored->sum[1]) != 2)
        stored->held = -1; /* which no index has */
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* subsidy_key_sum_store: adds a change of the index to the sum that is stored, and clears it. */
gboolean
subsidy_key_sum_store (ShyConnection  *connection,
                       SubsidyKeySum  *change,
                       GError        **error)
{
  g_autoptr (ShyStatement) write = NULL;
  SubsidyKeySum            stored = { 0 };
  g_autofree char         *text = NULL;

  if (change->held == 0 && change->sum[0] == 0 && change->sum[1] == 0)
    return TRUE;
  write = shy_connection_prepare (
    connection, "UPDATE subsidy_key_sum SET held = $1, sum = $2 WHERE id = 1", error);
  if (write == NULL || !read_stored (connection, &stored, error))
    return FALSE;
  text = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                          stored.sum[0] + change->sum[0], stored.sum[1] + change->sum[1]);
  shy_statement_bind_int64 (write, "$1", stored.held + change->held);
  shy_statement_bind_text (write, "$2", text);
  memset (change, 0, sizeof *change);
  return shy_statement_execute (write, error);
}

static gboolean
sum_keys (ShyConnection  *connection,
          SubsidyKeySum  *sum,
          GError        **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;
  guint64                  key = hash_text (0, "");

  rows = shy_connection_prepare (connection, "SELECT secret FROM subsidy_key_secret", error);
  if (rows == NULL)
    return FALSE;
  if (shy_statement_step (rows, &local))
    key = hash_text (0, shy_statement_get_text (rows, 0));
  g_clear_pointer (&rows, shy_statement_free);
  if (local == NULL)
    rows = shy_connection_prepare (connection, "SELECT digest, case_id FROM subsidy_key", &local);
  while (rows != NULL && shy_statement_step (rows, &local))
    add_part (sum, key, (guint64) shy_statement_get_int64 (rows, 0),
              (guint64) shy_statement_get_int64 (rows, 1), FALSE);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
sum_fields (ShyConnection  *connection,
            SubsidyKeySum  *sum,
            GError        **error)
{
  g_autoptr (ShyStatement) rows = NULL;
  g_autoptr (GError)       local = NULL;

  rows = shy_connection_prepare (connection, "SELECT policy, name, role FROM subsidy_key_field", error);
  if (rows == NULL)
    return FALSE;
  while (shy_statement_step (rows, &local))
    subsidy_key_sum_count_field (sum, shy_statement_get_text (rows, 0),
                                 shy_statement_get_text (rows, 1), shy_statement_get_text (rows, 2));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A copy of before has an index without a sum: there is nothing to compare. */
static gboolean
has_sum (ShyConnection *connection)
{
  return shy_connection_query_int64 (connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' "
                                                 "AND name = 'subsidy_key_sum'", 0, NULL) == 1;
}

/*
 * subsidy_key_sum_prove: compares the index with the sum that is bound to the journal. Reads the whole
 * index, some microseconds for an application.
 * @why: (out): what is wrong, in clerk's words; NULL if nothing is
 */
gboolean
subsidy_key_sum_prove (ShyConnection  *connection,
                       char          **why,
                       GError        **error)
{
  SubsidyKeySum stored = { 0 };
  SubsidyKeySum now = { 0 };

  *why = NULL;
  if (!has_sum (connection))
    return TRUE;
  if (!shy_register_check_row (connection, "subsidy_key_sum", 1, why, error))
    return FALSE;
  if (*why != NULL)
    return TRUE;
  if (!read_stored (connection, &stored, error) || !sum_keys (connection, &now, error) ||
      !sum_fields (connection, &now, error))
    return FALSE;
  if (memcmp (&stored, &now, sizeof now) != 0)
    *why = g_strdup (_("The index by which earlier applications are found is not as it was stored: "
                       "another program changed it."));
  return TRUE;
}
