/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-journal.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Length of the day in 2026-03-02T07:45:10Z. */
#define DAY strlen ("2026-03-02")

static char *
dup_newest_day (ShyConnection  *connection,
                GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;

  statement = shy_connection_prepare (
    connection, "SELECT substr(MAX(time), 1, 10) FROM shy_journal", error);
  if (statement == NULL)
    return NULL;
  if (shy_statement_step (statement, &local))
    return g_strdup (shy_statement_get_text (statement, 0) != NULL
                       ? shy_statement_get_text (statement, 0) : "");

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * shy_journal_check_clock: (skip)
 * @connection: a connection, in the job that is going to store a decision
 * @reason: (nullable): why a person stores it all the same; the caller notes it in the journal
 * @error: return location for an error
 *
 * Refuses a clock that fell back: with one that stands before the newest entry of the journal, days
 * of decision, periods and the order of what was done would be wrong without anybody noticing. Days
 * are compared, so that a clock may be set right by minutes.
 *
 * Errors: %SHY_ERROR_INVALID, which names both days.
 *
 * Returns: whether the decision may be stored
 */
gboolean
shy_journal_check_clock (ShyConnection  *connection,
                         const char     *reason,
                         GError        **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char      *newest = dup_newest_day (connection, error);

  if (newest == NULL)
    return FALSE;
  if (strncmp (today, newest, DAY) >= 0 || (reason != NULL && *reason != '\0'))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: two days; --reason is an option of the command line. */
               _("The clock of this computer says %s, but the newest entry of the journal is of %s. "
                 "Nothing was stored: set the clock right, then try again. If the clock is right, "
                 "say why with --reason."),
               today, newest);
  return FALSE;
}
