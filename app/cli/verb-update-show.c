/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-policy.h"
#include "verb-update.h"

#include <glib/gi18n.h>
#include <string.h>

/* “update list” and “update show”. */

static void
add_boolean (JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

static void
add_head (JsonBuilder *json, const ShyUpdateReview *review)
{
  const ShyUpdate *update = review->update;
  gboolean         waits = update->state == SHY_UPDATE_WAITING;

  json_builder_set_member_name (json, "number");
  json_builder_add_int_value (json, update->number);
  policy_add (json, "kind", shy_update_kind_to_word (update->kind));
  policy_add (json, "id", update->id);
  policy_add (json, "version", update->version);
  policy_add (json, "before", review->before);
  policy_add (json, "title", review->title);
  policy_add (json, "state", shy_update_state_to_word (update->state));
  add_boolean (json, "acceptable", waits && review->acceptable);
  policy_add (json, "reason", waits ? shy_update_review_get_reason (review) : NULL);
  policy_add (json, "signer", review->signer);
  policy_add (json, "key", update->signer);
  policy_add (json, "issued_at", update->issued_at);
  policy_add (json, "source", update->source);
  add_boolean (json, "sample", update->sample);
  policy_add (json, "received_at", update->received_at);
  policy_add (json, "decided_at", update->decided_at);
  policy_add (json, "decided_by", update->decided_by);
  policy_add (json, "digest", update->digest);
}

static void
print_line (const ShyUpdateReview *review)
{
  const ShyUpdate *update = review->update;
  const char      *state = shy_update_state_to_label (update->state);

  if (update->state == SHY_UPDATE_WAITING && !review->acceptable)
    state = C_("an update", "Cannot be accepted");
  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\n", update->number, state,
           shy_update_kind_to_label (update->kind), update->id, update->version, review->title);
}

ShyCommandStatus
update_list (UpdateCall *call, GError **error)
{
  g_autoptr (ShyStore)       store = update_open (call, error);
  g_autoptr (GPtrArray)      updates =
    store != NULL ? shy_updates_list (store, call->all, error) : NULL;
  g_autoptr (ShyUpdateBasis) basis = NULL;
  g_autoptr (JsonBuilder)    json = json_builder_new ();

  if (updates == NULL)
    return SHY_COMMAND_BAD;
  basis = shy_update_basis_load (store);
  json_builder_begin_array (json);
  for (guint i = 0; i < updates->len; i++)
    {
      g_autoptr (ShyUpdateReview) review = shy_update_review (updates->pdata[i], basis);

      if (!call->json)
        print_line (review);
      json_builder_begin_object (json);
      add_head (json, review);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  if (call->json)
    policy_print (json);
  else if (updates->len == 0)
    g_printerr ("%s\n", call->all ? _("No update has come yet.") : _("No update waits."));
  return SHY_COMMAND_OK;
}

static void
print_head (const ShyUpdateReview *review)
{
  const ShyUpdate *update = review->update;

  /* Translators: what is brought (a policy or calendar), its title, id and version. */
  g_print (_("%s “%s” (%s), version %s\n"), shy_update_kind_to_label (update->kind), review->title,
           update->id, update->version);
  g_print (_("State: %s\n"), shy_update_state_to_label (update->state));
  g_print (_("Issued: %s\n"), update->issued_at);
  g_print (_("Came from: %s\n"), update->source);
  g_print (_("Key: %s\n"), update->signer);
}

static void
print_checks (const ShyUpdateReview *review)
{
  g_print ("\n%s\n", _("Checks"));
  for (guint i = 0; i < review->checks->len; i++)
    {
      const ShyUpdateCheck *check = review->checks->pdata[i];

      /* Translators: how a check came out, what was checked, and what was found. */
      g_print (_("  [%s] %s: %s\n"), shy_update_finding_to_label (check->finding), check->title,
               check->sentence);
    }
}

static void
print_changes (const ShyUpdateReview *review)
{
  if (review->before == NULL)
    return;
  g_print ("\n");
  /* Translators: a version. */
  g_print (_("What changes against version %s\n"), review->before);
  for (guint i = 0; i < review->changes->len; i++)
    {
      g_autofree char *line = shy_update_change_to_sentence (review->changes->pdata[i]);

      g_print ("  %s\n", line);
    }
  if (review->changes->len == 0)
    g_print ("  %s\n", _("Nothing but the version."));
}

static void
print_lines (const ShyUpdateRehearsal *rehearsal)
{
  for (guint i = 0; i < rehearsal->lines->len; i++)
    g_print ("  %s\n", (const char *) rehearsal->lines->pdata[i]);
}

static void
print_applications (const ShyUpdateRehearsal *rehearsal)
{
  if (rehearsal == NULL)
    return;
  g_print ("\n");
  g_print (ngettext ("Tried with %u application of the register, leaving earlier grants aside; %u "
                     "comes out otherwise\n",
                     "Tried with the %u newest applications of the register, leaving earlier grants "
                     "aside; %u come out otherwise\n", rehearsal->tried), rehearsal->tried,
           rehearsal->others);
  print_lines (rehearsal);
}

static void
print_rehearsal (const ShyUpdateRehearsal *rehearsal)
{
  if (rehearsal == NULL)
    return;
  g_print ("\n");
  g_print (ngettext ("Tried with %u case of the version before; %u comes out otherwise\n",
                     "Tried with %u cases of the version before; %u come out otherwise\n",
                     rehearsal->tried), rehearsal->tried, rehearsal->others);
  print_lines (rehearsal);
}

/* All that a person reads before accepting. */
void
update_print (ShyUpdateReview *review)
{
  print_head (review);
  print_checks (review);
  print_changes (review);
  print_rehearsal (review->rehearsal);
  print_applications (review->applications);
}

static void
add_checks (JsonBuilder *json, const ShyUpdateReview *review)
{
  json_builder_set_member_name (json, "checks");
  json_builder_begin_array (json);
  for (guint i = 0; i < review->checks->len; i++)
    {
      const ShyUpdateCheck *check = review->checks->pdata[i];

      json_builder_begin_object (json);
      policy_add (json, "check", check->name);
      policy_add (json, "finding", shy_update_finding_to_word (check->finding));
      policy_add (json, "sentence", check->sentence);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_changes (JsonBuilder *json, const ShyUpdateReview *review)
{
  static const char *const kinds[] = { "added", "removed", "changed" };

  json_builder_set_member_name (json, "changes");
  json_builder_begin_array (json);
  for (guint i = 0; i < review->changes->len; i++)
    {
      const ShyUpdateChange *change = review->changes->pdata[i];

      json_builder_begin_object (json);
      policy_add (json, "change", kinds[change->kind]);
      policy_add (json, "part", change->part);
      policy_add (json, "subject", change->subject);
      policy_add (json, "member", change->member);
      policy_add (json, "before", change->before);
      policy_add (json, "after", change->after);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_rehearsal (JsonBuilder *json, const char *name, const ShyUpdateRehearsal *rehearsal)
{
  json_builder_set_member_name (json, name);
  if (rehearsal == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  json_builder_set_member_name (json, "tried");
  json_builder_add_int_value (json, rehearsal->tried);
  json_builder_set_member_name (json, "others");
  json_builder_add_int_value (json, rehearsal->others);
  json_builder_set_member_name (json, "lines");
  json_builder_begin_array (json);
  for (guint i = 0; i < rehearsal->lines->len; i++)
    json_builder_add_string_value (json, rehearsal->lines->pdata[i]);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
print_json (const ShyUpdateReview *review)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  add_head (json, review);
  add_checks (json, review);
  add_changes (json, review);
  add_rehearsal (json, "rehearsal", review->rehearsal);
  add_rehearsal (json, "applications", review->applications);
  json_builder_end_object (json);
  policy_print (json);
}

ShyCommandStatus
update_show (UpdateCall *call, GError **error)
{
  g_autoptr (ShyStore)        store = NULL;
  g_autoptr (ShyUpdate)       update = NULL;
  g_autoptr (ShyUpdateBasis)  basis = NULL;
  g_autoptr (ShyUpdateReview) review = NULL;
  gint64                      number = 0;

  if (update_number (call, &number, error))
    store = update_open (call, error);
  update = store != NULL ? shy_updates_load (store, number, error) : NULL;
  if (update == NULL)
    return SHY_COMMAND_BAD;
  basis = shy_update_basis_load (store);
  review = shy_update_review (update, basis);
  update_try (review, store);
  (call->json ? print_json (review) : update_print (review));
  return update->state != SHY_UPDATE_WAITING || review->acceptable ? SHY_COMMAND_OK
                                                                   : SHY_COMMAND_NEGATIVE;
}
