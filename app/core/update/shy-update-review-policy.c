/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-review-private.h"

#include "policy/shy-policy-lint.h"
#include "policy/shy-policy-test.h"
#include "policy/shy-sentence-private.h"
#include "shy-version.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>

/* The newest version of the policy that is installed; of an update about which somebody decided, the
 * newest one before it. */
static ShyPolicy *
find_newest (const ShyUpdateBasis *basis, const ShyUpdate *update)
{
  GPtrArray *policies = shy_policy_registry_get_policies (basis->policies);
  ShyPolicy *newest = NULL;

  for (guint i = 0; i < policies->len; i++)
    {
      ShyPolicy  *policy = policies->pdata[i];
      const char *version = shy_policy_get_version (policy);

      if (g_str_equal (shy_policy_get_id (policy), update->id) &&
          (update->state == SHY_UPDATE_WAITING ||
           shy_version_compare (version, update->version) < 0) &&
          (newest == NULL || shy_version_compare (version, shy_policy_get_version (newest)) > 0))
        newest = policy;
    }
  return newest;
}

static ShyPolicy *
check_contents (ShyUpdateReview *self)
{
  const ShyUpdate      *update = self->update;
  g_autofree char      *name = g_strdup_printf ("%s %s", update->id, update->version);
  g_autoptr (GBytes)    bytes = g_bytes_new (update->content, strlen (update->content));
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = shy_policy_new_from_bytes (bytes, name, &error);

  if (policy == NULL)
    shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FAILED,
                           g_strdup (error->message));
  else if (!g_str_equal (shy_policy_get_id (policy), update->id) ||
           !g_str_equal (shy_policy_get_version (policy), update->version))
    shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FAILED,
                           /* Translators: an id and a version, twice. */
                           g_strdup_printf (_("The update is said to be %s %s, but holds %s %s. "
                                              "Ask its issuer for it again."),
                                            update->id, update->version, shy_policy_get_id (policy),
                                            shy_policy_get_version (policy)));
  else
    {
      shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_FINE,
                             g_strdup (_("The pack can be read.")));
      return g_steal_pointer (&policy);
    }
  return NULL;
}

static void
add_reason (GString *reasons, guint number, const char *reason)
{
  if (number < SHY_UPDATE_MAX_REASONS)
    g_string_append_printf (reasons, "%s%s", number > 0 ? " " : "", reason);
}

static void
check_lint (ShyUpdateReview *self, ShyPolicy *policy)
{
  g_autoptr (GPtrArray) findings = shy_policy_lint (policy);
  g_autoptr (GString)   reasons = g_string_new (NULL);
  guint                 counts[3] = { 0, 0, 0 };
  char                 *sentence;

  for (guint i = 0; i < findings->len; i++)
    {
      const ShyPolicyFinding *finding = findings->pdata[i];

      if (finding->severity == SHY_POLICY_ERROR)
        add_reason (reasons, counts[SHY_POLICY_ERROR], finding->message);
      counts[finding->severity]++;
    }
  if (counts[SHY_POLICY_ERROR] > 0)
    sentence = g_strdup_printf (ngettext ("The pack has %u fault: %s", "The pack has %u faults: %s",
                                          counts[SHY_POLICY_ERROR]),
                                counts[SHY_POLICY_ERROR], reasons->str);
  else if (counts[SHY_POLICY_WARNING] > 0)
    sentence = g_strdup_printf (ngettext ("No faults; %u thing in it may not be meant so.",
                                          "No faults; %u things in it may not be meant so.",
                                          counts[SHY_POLICY_WARNING]),
                                counts[SHY_POLICY_WARNING]);
  else
    sentence = g_strdup (_("No faults were found."));
  shy_update_review_add (self, "lint", _("Sources and logic"),
                         counts[SHY_POLICY_ERROR] > 0 ? SHY_UPDATE_FAILED
                         : counts[SHY_POLICY_WARNING] > 0 ? SHY_UPDATE_ATTENTION : SHY_UPDATE_FINE,
                         sentence);
}

static void
check_cases (ShyUpdateReview *self, ShyPolicy *policy)
{
  g_autoptr (GPtrArray) results = shy_policy_test (policy);
  g_autoptr (GString)   reasons = g_string_new (NULL);
  guint                 failed = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const ShyPolicyCaseResult *result = results->pdata[i];
      g_autofree char           *reason = NULL;

      if (result->message == NULL)
        continue;
      /* Translators: the name of a case and what came out otherwise. */
      reason = g_strdup_printf (_("“%s”: %s."), shy_text_get (result->given->title),
                                result->message);
      add_reason (reasons, failed++, reason);
    }
  if (results->len == 0)
    shy_update_review_add (self, "cases", _("Its own cases"), SHY_UPDATE_FAILED,
                           g_strdup (_("The pack has no cases, so nothing shows that it decides as "
                                       "it is meant. Ask its issuer for one that has.")));
  else if (failed > 0)
    shy_update_review_add (self, "cases", _("Its own cases"), SHY_UPDATE_FAILED,
                           g_strdup_printf (ngettext ("%u case of the pack fails: %s",
                                                      "%u cases of the pack fail: %s", failed),
                                            failed, reasons->str));
  else
    shy_update_review_add (self, "cases", _("Its own cases"), SHY_UPDATE_FINE,
                           g_strdup_printf (ngettext ("%u case comes out as expected.",
                                                      "All %u cases come out as expected.",
                                                      results->len), results->len));
}

/* The first day after which another version decides in spite of this one, NULL if there is none. */
static const GDate *
find_end (const ShyUpdateBasis *basis, ShyPolicy *policy)
{
  GPtrArray   *policies = shy_policy_registry_get_policies (basis->policies);
  const GDate *from = shy_policy_get_effective (policy)->from;
  const GDate *end = NULL;

  for (guint i = 0; i < policies->len; i++)
    {
      ShyPolicy   *other = policies->pdata[i];
      const GDate *later = shy_policy_get_effective (other)->from;

      if (g_str_equal (shy_policy_get_id (other), shy_policy_get_id (policy)) && later != NULL &&
          (from == NULL || g_date_compare (later, from) > 0) &&
          (end == NULL || g_date_compare (later, end) < 0))
        end = later;
    }
  return end;
}

/* Says from when the new version decides: the day decides between versions, not their number. */
static void
check_use (ShyUpdateReview *self, ShyPolicy *policy, const ShyUpdateBasis *basis)
{
  const GDate     *from = shy_policy_get_effective (policy)->from;
  const GDate     *end = find_end (basis, policy);
  g_autofree char *first = from != NULL ? shy_date_format (from) : NULL;
  g_autofree char *last = end != NULL ? shy_date_format (end) : NULL;

  if (last != NULL)
    shy_update_review_add (self, "use", _("Use"), SHY_UPDATE_ATTENTION,
                           /* Translators: %s is a day. */
                           g_strdup_printf (_("From %s on another version stays in force, which "
                                              "begins later: this one decides only for days "
                                              "before."), last));
  else if (first != NULL)
    shy_update_review_add (self, "use", _("Use"), SHY_UPDATE_FINE,
                           g_strdup_printf (_("It decides for days from %s on, as soon as it is "
                                              "accepted. What was decided before stays as it "
                                              "is."), first));
  else
    shy_update_review_add (self, "use", _("Use"), SHY_UPDATE_FINE,
                           g_strdup (_("It decides as soon as it is accepted. What was decided "
                                       "before stays as it is.")));
}

/*< private >
 * shy_update_review_read_policy:
 * @self: a review of a pack whose signature is right
 * @basis: what it is held against
 */
void
shy_update_review_read_policy (ShyUpdateReview *self, const ShyUpdateBasis *basis)
{
  ShyPolicy            *before = find_newest (basis, self->update);
  g_autoptr (ShyPolicy) policy = NULL;

  shy_update_review_version (self, before != NULL ? shy_policy_get_version (before) : NULL);
  policy = check_contents (self);
  if (policy == NULL)
    return;

  self->title = g_strdup (shy_policy_get_title (policy));
  check_lint (self, policy);
  check_cases (self, policy);
  check_use (self, policy, basis);
  if (before == NULL)
    return;
  self->before = g_strdup (shy_policy_get_version (before));
  g_ptr_array_unref (self->changes);
  self->changes = shy_update_compare_policies (before, policy);
  self->rehearsal = shy_update_rehearse (before, policy);
  self->old_policy = g_object_ref (before);
  self->new_policy = g_steal_pointer (&policy);
}
