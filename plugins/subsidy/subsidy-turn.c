/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-turn.h"

#include <glib/gi18n-lib.h>

/* subsidy_turn_new: NULL if both come to the same outcome and amount. */
SubsidyTurn *
subsidy_turn_new (const SubsidyRecord *was,
                  const SubsidyRecord *is,
                  gint64               id)
{
  SubsidyTurn *self;

  if (was->outcome == is->outcome && was->amount == is->amount)
    return NULL;

  self = g_new0 (SubsidyTurn, 1);
  self->row = is->row;
  self->id = id;
  self->was = was->outcome;
  self->is = is->outcome;
  self->was_amount = was->amount;
  self->is_amount = is->amount;
  self->reason = g_strdup (is->reason);
  return self;
}

void
subsidy_turn_free (gpointer data)
{
  SubsidyTurn *self = data;

  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self);
}

static char *
describe (SubsidyOutcome outcome,
          gint64         amount)
{
  const char *label = subsidy_outcome_to_label (outcome);

  if (outcome != SUBSIDY_ELIGIBLE || amount == 0)
    return g_strdup (label);
  /* Translators: an outcome, then yuan and the two digits behind the point. */
  return g_strdup_printf (_("%s, %lld.%02d yuan"), label, (long long) (amount / 100),
                          (int) (amount % 100));
}

/* subsidy_turn_to_sentence: “eligible, 20000.00 yuan → needs a person (one grant in a lifetime)”,
 * translated. */
char *
subsidy_turn_to_sentence (const SubsidyTurn *self)
{
  g_autofree char *was = describe (self->was, self->was_amount);
  g_autofree char *is = describe (self->is, self->is_amount);

  if (self->reason == NULL)
    /* Translators: an outcome, and the one that took its place. */
    return g_strdup_printf (_("%s → %s"), was, is);
  /* Translators: an outcome, the one that took its place, and the title of what decided. */
  return g_strdup_printf (_("%s → %s (%s)"), was, is, self->reason);
}

/* As verdicts have it: an integer where it is whole, else a decimal in a text. */
static void
add_yuan (JsonObject *object,
          const char *member,
          gint64      fen)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / 100,
                                           (int) (fen % 100));

  if (fen % 100 == 0)
    json_object_set_int_member (object, member, fen / 100);
  else
    json_object_set_string_member (object, member, text);
}

JsonObject *
subsidy_turn_to_json (const SubsidyTurn *self)
{
  JsonObject *object = json_object_new ();

  if (self->row > 0)
    json_object_set_int_member (object, "row", self->row);
  if (self->id > 0)
    json_object_set_int_member (object, "application", self->id);
  json_object_set_string_member (object, "was", subsidy_outcome_to_word (self->was));
  add_yuan (object, "was_amount", self->was_amount);
  json_object_set_string_member (object, "is", subsidy_outcome_to_word (self->is));
  add_yuan (object, "is_amount", self->is_amount);
  json_object_set_string_member (object, "reason", self->reason);
  return object;
}

/* subsidy_turns_to_heading: the line that stands above those that were stored otherwise than shown. */
char *
subsidy_turns_to_heading (GPtrArray *turned)
{
  return g_strdup_printf (ngettext ("%u row changed while you worked, and was decided anew:",
                                    "%u rows changed while you worked, and were decided anew:",
                                    turned->len),
                          turned->len);
}
