/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-verdict-private.h"

#include "json/shy-json-node.h"
#include "json/shy-json-writer.h"
#include "policy/shy-facts-policy.h"

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
static void
add_yuan (GString    *into,
          const char *member,
          gint64      fen)
{
  g_autofree char *text = NULL;

  if (fen % 100 == 0)
    {
      shy_json_writer_integer (into, member, fen / 100);
      return;
    }
  text = shy_money_to_text (fen);
  shy_json_writer_text (into, member, text);
}

static void
add_date (GString     *into,
          const char  *member,
          const GDate *date)
{
  char text[16] = "";

  if (date != NULL)
    g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  shy_json_writer_text (into, member, date != NULL ? text : NULL);
}

static const char *
origin_to_word (ShyFactOrigin origin)
{
  static const char * const words[] = { "typed", "cell", "service", "attachment", "file", "identity" };

  return words[origin];
}

static void
add_facts (GString        *into,
           const ShyFacts *facts)
{
  shy_json_writer_open (into, "facts", '[');
  for (guint i = 0; i < shy_facts_get_size (facts); i++)
    {
      const ShyFact *fact = shy_facts_get_nth (facts, i);

      shy_json_writer_open (into, NULL, '{');
      shy_json_writer_text (into, "field", fact->name);
      shy_json_writer_text (into, "value", fact->text);
      shy_json_writer_text (into, "kind", shy_field_type_to_word (fact->type));
      shy_json_writer_text (into, "origin", origin_to_word (fact->origin));
      shy_json_writer_text (into, "place", fact->place);
      if (fact->note != NULL)
        shy_json_writer_text (into, "note", fact->note);
      shy_json_writer_close (into, '}');
    }
  shy_json_writer_close (into, ']');
}

static void
add_clause (GString               *into,
            const ShyPolicyClause *clause,
            ShyVerdictParts        parts)
{
  if (clause == NULL)
    {
      shy_json_writer_text (into, "clause", NULL);
      return;
    }

  shy_json_writer_open (into, "clause", '{');
  shy_json_writer_text (into, "id", clause->id);
  shy_json_writer_text (into, "document", shy_policy_document_get_caption (clause->document));
  shy_json_writer_text (into, "number", clause->number);
  if (parts & SHY_VERDICT_PART_CLAUSE_TEXTS)
    shy_json_writer_text (into, "text", shy_text_get (clause->text));
  shy_json_writer_text (into, "status",
                        clause->status == SHY_POLICY_VERIFIED ? "verified" : "unverified");
  shy_json_writer_close (into, '}');
}

static void
add_criteria (GString         *into,
              GPtrArray       *criteria,
              ShyVerdictParts  parts)
{
  shy_json_writer_open (into, "criteria", '[');
  for (guint i = 0; i < criteria->len; i++)
    {
      const ShyVerdictCriterion *criterion = g_ptr_array_index (criteria, i);

      shy_json_writer_open (into, NULL, '{');
      shy_json_writer_text (into, "id", criterion->id);
      shy_json_writer_text (into, "title", criterion->title);
      shy_json_writer_text (into, "result", shy_policy_result_to_word (criterion->result));
      add_clause (into, criterion->clause, parts);
      shy_json_writer_text (into, "message", criterion->message);
      if (criterion->reason != NULL)
        shy_json_writer_text (into, "reason", criterion->reason);
      shy_json_writer_texts (into, "facts", (const char * const *) criterion->facts);
      shy_json_writer_texts (into, "missing", (const char * const *) criterion->missing);
      shy_json_writer_texts (into, "unreadable", (const char * const *) criterion->unread);
      shy_json_writer_close (into, '}');
    }
  shy_json_writer_close (into, ']');
}

static void
add_limits (GString         *into,
            GPtrArray       *limits,
            ShyVerdictParts  parts)
{
  shy_json_writer_open (into, "limits", '[');
  for (guint i = 0; i < limits->len; i++)
    {
      const ShyVerdictLimit *limit = g_ptr_array_index (limits, i);

      shy_json_writer_open (into, NULL, '{');
      shy_json_writer_text (into, "id", limit->limit->id);
      shy_json_writer_text (into, "result", shy_policy_result_to_word (limit->result));
      add_clause (into, limit->limit->clause, parts);
      if (limit->limit->measure == SHY_POLICY_MEASURE_AMOUNT)
        {
          add_yuan (into, "used", limit->used);
          add_yuan (into, "cut", limit->cut);
        }
      else
        shy_json_writer_integer (into, "used", limit->used);
      shy_json_writer_text (into, "message", limit->message);
      if (limit->other > 0)
        shy_json_writer_integer (into, "application", limit->other);
      if (limit->other_row > 0)
        shy_json_writer_integer (into, "row", limit->other_row);
      shy_json_writer_close (into, '}');
    }
  shy_json_writer_close (into, ']');
}

static void
add_warnings (GString   *into,
              GPtrArray *warnings)
{
  shy_json_writer_open (into, "warnings", '[');
  for (guint i = 0; i < warnings->len; i++)
    {
      const ShyVerdictWarning *warning = g_ptr_array_index (warnings, i);

      shy_json_writer_open (into, NULL, '{');
      shy_json_writer_text (into, "code", warning->code);
      shy_json_writer_text (into, "subject", warning->subject);
      shy_json_writer_text (into, "message", warning->message);
      shy_json_writer_close (into, '}');
    }
  shy_json_writer_close (into, ']');
}

/* What somebody has to read again before the outcome is certain. */
static void
add_unread (GString    *into,
            ShyVerdict *self)
{
  shy_json_writer_open (into, "unreadable", '[');
  for (char **name = self->unread; *name != NULL; name++)
    {
      const ShyUnread *unread = shy_facts_lookup_unread (self->facts, *name);
      g_autofree char *ask = NULL;

      if (unread == NULL)
        continue;
      ask = shy_unread_describe (unread, shy_policy_find_field (self->policy, *name));
      shy_json_writer_open (into, NULL, '{');
      shy_json_writer_text (into, "field", unread->name);
      shy_json_writer_text (into, "value", unread->text);
      shy_json_writer_text (into, "origin", origin_to_word (unread->origin));
      shy_json_writer_text (into, "place", unread->place);
      shy_json_writer_text (into, "problem", unread->problem);
      shy_json_writer_text (into, "message", ask);
      shy_json_writer_close (into, '}');
    }
  shy_json_writer_close (into, ']');
}

static void
add_money (GString    *into,
           ShyVerdict *self)
{
  if (self->amount >= 0)
    add_yuan (into, "amount", self->amount);
  else
    shy_json_writer_text (into, "amount", NULL);

  shy_json_writer_open (into, "schedule", '[');
  for (guint i = 0; i < self->schedule->len; i++)
    add_yuan (into, NULL, g_array_index (self->schedule, gint64, i));
  shy_json_writer_close (into, ']');
}

/**
 * shy_verdict_write_json: (skip)
 * @self: a verdict
 * @parts: what to write beside the outcome, the criteria and the limits
 * @into: JSON that is being written, at an open object
 *
 * Writes the members of shy_verdict_to_json(), the warnings last.
 */
void
shy_verdict_write_json (ShyVerdict      *self,
                        ShyVerdictParts  parts,
                        GString         *into)
{
  g_return_if_fail (SHY_IS_VERDICT (self) && into != NULL);

  shy_json_writer_text (into, "policy", shy_policy_get_id (self->policy));
  shy_json_writer_text (into, "version", shy_policy_get_version (self->policy));
  shy_json_writer_text (into, "county", shy_facts_get_county (self->facts));
  add_date (into, "on", shy_facts_get_on (self->facts));
  add_date (into, "key_date", shy_verdict_get_key_date (self));
  shy_json_writer_text (into, "outcome", shy_policy_outcome_to_word (self->outcome));
  shy_json_writer_text (into, "label", shy_policy_outcome_to_label (self->outcome));
  shy_json_writer_boolean (into, "exact", self->exact);
  add_money (into, self);
  if (parts & SHY_VERDICT_PART_FACTS)
    add_facts (into, self->facts);
  add_criteria (into, self->criteria, parts);
  add_limits (into, self->limits, parts);
  shy_json_writer_texts (into, "missing", (const char * const *) self->missing);
  add_unread (into, self);
  if (parts & SHY_VERDICT_PART_WARNINGS)
    add_warnings (into, self->warnings);
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
  g_autoptr (GString) text = NULL;
  g_autoptr (GError)  error = NULL;
  JsonNode           *node;

  g_return_val_if_fail (SHY_IS_VERDICT (self), NULL);

  text = g_string_new ("{");
  shy_verdict_write_json (self,
                          SHY_VERDICT_PART_FACTS | SHY_VERDICT_PART_CLAUSE_TEXTS
                            | SHY_VERDICT_PART_WARNINGS,
                          text);
  shy_json_writer_close (text, '}');
  node = shy_json_node_from_text (text->str, (gssize) text->len, &error);
  if (node == NULL)
    g_critical ("a verdict was not written as JSON: %s", error->message);

  return node;
}
