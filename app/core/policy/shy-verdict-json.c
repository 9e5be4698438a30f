/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-verdict-private.h"

#include "policy/shy-facts-policy.h"

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_texts (JsonBuilder        *builder,
           const char         *member,
           const char * const *texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

/* Yuan with two digits for fen, exact. */
char *
shy_money_to_text (gint64 fen)
{
  guint64 size = fen < 0 ? -(guint64) fen : (guint64) fen;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", fen < 0 ? "-" : "", size / 100,
                          (guint) (size % 100));
}

/* Yuan: an integer where it is whole, else a decimal in a string, for a JSON number with a point is
 * binary to many readers. */
void
shy_money_add (JsonBuilder *builder,
               const char  *member,
               gint64       fen)
{
  g_autofree char *text = shy_money_to_text (fen);

  if (member != NULL)
    json_builder_set_member_name (builder, member);
  if (fen % 100 == 0)
    json_builder_add_int_value (builder, fen / 100);
  else
    json_builder_add_string_value (builder, text);
}

void
shy_date_add (JsonBuilder *builder,
              const char  *member,
              const GDate *date)
{
  char text[16] = "";

  if (date != NULL)
    g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  add_text (builder, member, date != NULL ? text : NULL);
}

static const char *
origin_to_word (ShyFactOrigin origin)
{
  static const char * const words[] = { "typed", "cell", "service", "attachment", "file", "identity" };

  return words[origin];
}

static const char *
kind_to_word (ShyFactKind kind)
{
  static const char * const words[] = { "text", "number", "boolean", "date", "month" };

  return words[kind];
}

static void
add_facts (JsonBuilder    *builder,
           const ShyFacts *facts)
{
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < shy_facts_get_size (facts); i++)
    {
      const ShyFact *fact = shy_facts_get_nth (facts, i);

      json_builder_begin_object (builder);
      add_text (builder, "field", fact->name);
      add_text (builder, "value", fact->text);
      add_text (builder, "kind", kind_to_word (fact->kind));
      add_text (builder, "origin", origin_to_word (fact->origin));
      add_text (builder, "place", fact->place);
      if (fact->note != NULL)
        add_text (builder, "note", fact->note);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_clause (JsonBuilder           *builder,
            const ShyPolicyClause *clause)
{
  json_builder_set_member_name (builder, "clause");
  if (clause == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_text (builder, "id", clause->id);
  add_text (builder, "document", shy_policy_document_get_caption (clause->document));
  add_text (builder, "number", clause->number);
  add_text (builder, "text", shy_policy_text_get (clause->text));
  add_text (builder, "status", clause->status == SHY_POLICY_VERIFIED ? "verified" : "unverified");
  json_builder_end_object (builder);
}

static void
add_criteria (JsonBuilder *builder,
              GPtrArray   *criteria)
{
  json_builder_set_member_name (builder, "criteria");
  json_builder_begin_array (builder);
  for (guint i = 0; i < criteria->len; i++)
    {
      const ShyVerdictCriterion *criterion = g_ptr_array_index (criteria, i);

      json_builder_begin_object (builder);
      add_text (builder, "id", criterion->id);
      add_text (builder, "title", criterion->title);
      add_text (builder, "result", shy_policy_result_to_word (criterion->result));
      add_clause (builder, criterion->clause);
      add_text (builder, "message", criterion->message);
      if (criterion->reason != NULL)
        add_text (builder, "reason", criterion->reason);
      add_texts (builder, "facts", (const char * const *) criterion->facts);
      add_texts (builder, "missing", (const char * const *) criterion->missing);
      add_texts (builder, "unreadable", (const char * const *) criterion->unread);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_limits (JsonBuilder *builder,
            GPtrArray   *limits)
{
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < limits->len; i++)
    {
      const ShyVerdictLimit *limit = g_ptr_array_index (limits, i);

      json_builder_begin_object (builder);
      add_text (builder, "id", limit->limit->id);
      add_text (builder, "result", shy_policy_result_to_word (limit->result));
      add_clause (builder, limit->limit->clause);
      if (limit->limit->measure == SHY_POLICY_MEASURE_AMOUNT)
        {
          shy_money_add (builder, "used", limit->used);
          shy_money_add (builder, "cut", limit->cut);
        }
      else
        {
          json_builder_set_member_name (builder, "used");
          json_builder_add_int_value (builder, limit->used);
        }
      add_text (builder, "message", limit->message);
      if (limit->other > 0)
        {
          json_builder_set_member_name (builder, "application");
          json_builder_add_int_value (builder, limit->other);
        }
      if (limit->other_row > 0)
        {
          json_builder_set_member_name (builder, "row");
          json_builder_add_int_value (builder, limit->other_row);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_warnings (JsonBuilder *builder,
              GPtrArray   *warnings)
{
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < warnings->len; i++)
    {
      const ShyVerdictWarning *warning = g_ptr_array_index (warnings, i);

      json_builder_begin_object (builder);
      add_text (builder, "code", warning->code);
      add_text (builder, "subject", warning->subject);
      add_text (builder, "message", warning->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What somebody has to read again before the outcome is certain. */
static void
add_unread (JsonBuilder *builder,
            ShyVerdict  *self)
{
  json_builder_set_member_name (builder, "unreadable");
  json_builder_begin_array (builder);
  for (char **name = self->unread; *name != NULL; name++)
    {
      const ShyUnread *unread = shy_facts_lookup_unread (self->facts, *name);
      g_autofree char *ask = NULL;

      if (unread == NULL)
        continue;
      ask = shy_unread_describe (unread, shy_policy_find_field (self->policy, *name));
      json_builder_begin_object (builder);
      add_text (builder, "field", unread->name);
      add_text (builder, "value", unread->text);
      add_text (builder, "origin", origin_to_word (unread->origin));
      add_text (builder, "place", unread->place);
      add_text (builder, "problem", unread->problem);
      add_text (builder, "message", ask);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_money (JsonBuilder *builder,
           ShyVerdict  *self)
{
  if (self->amount >= 0)
    shy_money_add (builder, "amount", self->amount);
  else
    add_text (builder, "amount", NULL);

  json_builder_set_member_name (builder, "schedule");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->schedule->len; i++)
    shy_money_add (builder, NULL, g_array_index (self->schedule, gint64, i));
  json_builder_end_array (builder);
}

/**
 * shy_verdict_to_json:
 * @self: a verdict
 *
 * Writes a verdict for programs: outcome, amount in yuan (a number where it is whole, else a decimal
 * in a string), every criterion with its clause and sentence, missing facts, warnings. Personal
 * facts stand in it in clear.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
shy_verdict_to_json (ShyVerdict *self)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "policy", shy_policy_get_id (self->policy));
  add_text (builder, "version", shy_policy_get_version (self->policy));
  add_text (builder, "county", shy_facts_get_county (self->facts));
  shy_date_add (builder, "on", shy_facts_get_on (self->facts));
  shy_date_add (builder, "key_date", shy_verdict_get_key_date (self));
  add_text (builder, "outcome", shy_policy_outcome_to_word (self->outcome));
  add_text (builder, "label", shy_policy_outcome_to_label (self->outcome));
  json_builder_set_member_name (builder, "exact");
  json_builder_add_boolean_value (builder, self->exact);
  add_money (builder, self);
  add_facts (builder, self->facts);
  add_criteria (builder, self->criteria);
  add_limits (builder, self->limits);
  add_texts (builder, "missing", (const char * const *) self->missing);
  add_unread (builder, self);
  add_warnings (builder, self->warnings);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
