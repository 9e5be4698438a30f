/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const origins[] = { "typed", "cell", "service", "attachment", "file", "identity" };

void
subsidy_json_add_cell (JsonObject *object,
                       const char *place)
{
  const char *mark = strrchr (place, '!');

  if (mark != NULL)
    {
      g_autofree char *sheet = g_strndup (place, (gsize) (mark - place));

      json_object_set_string_member (object, "sheet", sheet);
    }
  json_object_set_string_member (object, "cell", mark != NULL ? mark + 1 : place);
}

/* The reverse, or what stands in "place". */
static char *
dup_place (JsonObject *object)
{
  const char *cell = json_object_get_string_member_with_default (object, "cell", NULL);
  const char *sheet = json_object_get_string_member_with_default (object, "sheet", NULL);

  if (cell == NULL)
    return g_strdup (json_object_get_string_member_with_default (object, "place", NULL));
  return sheet != NULL ? g_strconcat (sheet, "!", cell, NULL) : g_strdup (cell);
}

static void
add_origin (GString       *into,
            ShyFactOrigin  origin,
            const char    *place)
{
  const char *mark = place != NULL ? strrchr (place, '!') : NULL;

  shy_json_writer_text (into, "origin", origins[origin]);
  if (place == NULL)
    return;
  if (origin != SHY_FACT_ORIGIN_CELL)
    {
      shy_json_writer_text (into, "place", place);
      return;
    }
  if (mark != NULL)
    {
      g_autofree char *sheet = g_strndup (place, (gsize) (mark - place));

      shy_json_writer_text (into, "sheet", sheet);
    }
  shy_json_writer_text (into, "cell", mark != NULL ? mark + 1 : place);
}

static void
write_fact (GString       *into,
            const ShyFact *fact)
{
  shy_json_writer_open (into, NULL, '{');
  shy_json_writer_text (into, "field", fact->name);
  shy_json_writer_text (into, "value", fact->text);
  shy_json_writer_text (into, "kind", shy_field_type_to_word (fact->type));
  add_origin (into, fact->origin, fact->place);
  if (fact->note != NULL)
    shy_json_writer_text (into, "note", fact->note);
  if (fact->written != NULL)
    shy_json_writer_text (into, "written", fact->written);
  shy_json_writer_close (into, '}');
}

/* What stands there is in "unreadable" and not in "value", so that nobody takes it for a fact. */
static void
write_unread (GString         *into,
              const ShyUnread *unread)
{
  shy_json_writer_open (into, NULL, '{');
  shy_json_writer_text (into, "field", unread->name);
  shy_json_writer_text (into, "value", NULL);
  shy_json_writer_text (into, "unreadable", unread->text);
  shy_json_writer_text (into, "problem", unread->problem);
  add_origin (into, unread->origin, unread->place);
  shy_json_writer_close (into, '}');
}

/*
 * subsidy_facts_to_json: the facts as they were understood: field, value, the cell it came from and, as
 * "written", what stands there if that is not the value; then what could not be read: field,
 * "unreadable", "problem" and the cell.
 */
char *
subsidy_facts_to_json (const ShyFacts *facts)
{
  GString *text = g_string_sized_new (1024);

  shy_json_writer_open (text, NULL, '[');
  for (guint i = 0; i < shy_facts_get_size (facts); i++)
    write_fact (text, shy_facts_get_nth (facts, i));
  for (guint i = 0; i < shy_facts_get_n_unread (facts); i++)
    write_unread (text, shy_facts_get_unread (facts, i));
  shy_json_writer_close (text, ']');

  return g_string_free (text, FALSE);
}

static guint
find_word (const char *const *words,
           guint              count,
           const char        *word)
{
  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;

  return 0;
}

static gboolean
add_fact (ShyFacts    *facts,
          JsonObject  *object,
          GError     **error)
{
  const char      *name = json_object_get_string_member_with_default (object, "field", "");
  const char      *kind = json_object_get_string_member_with_default (object, "kind", "");
  const char      *word = json_object_get_string_member_with_default (object, "origin", "");
  ShyFieldType     type = SHY_FIELD_TEXT;
  ShyFactOrigin    origin = find_word (origins, G_N_ELEMENTS (origins), word);
  const char      *note = json_object_get_string_member_with_default (object, "note", NULL);
  const char      *unread = json_object_get_string_member_with_default (object, "unreadable", NULL);
  g_autofree char *place = dup_place (object);

  if (unread != NULL)
    {
      shy_facts_set_unread (facts, name, unread, origin, place,
                            json_object_get_string_member_with_default (object, "problem", ""));
      return TRUE;
    }
  shy_field_type_parse (kind, &type);
  if (!shy_facts_set (facts, name, type,
                      json_object_get_string_member_with_default (object, "value", ""), origin,
                      place, error))
    return FALSE;

  if (note != NULL)
    shy_facts_set_note (facts, name, note);
  shy_facts_set_written (facts, name,
                         json_object_get_string_member_with_default (object, "written", NULL));
  return TRUE;
}

static gboolean
add_facts (ShyFacts *facts,
           JsonNode *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)) ||
        !add_fact (facts, json_array_get_object_element (array, i), NULL))
      return FALSE;

  return TRUE;
}

/*
 * subsidy_facts_from_json: the reverse of subsidy_facts_to_json().
 *
 * Errors: SHY_ERROR_DAMAGED for anything else.
 */
ShyFacts *
subsidy_facts_from_json (const char  *json,
                         GError     **error)
{
  g_autoptr (JsonNode) node = shy_json_node_from_text (json, -1, NULL);
  g_autoptr (ShyFacts) facts = shy_facts_new ();

  if (add_facts (facts, node))
    return g_steal_pointer (&facts);

  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_DAMAGED,
                       _("The facts of a stored decision cannot be read. Keep the database as it is, and "
                         "let it be verified: shanyectl journal verify."));
  return NULL;
}

static JsonObject *
step_to_object (const ShyChangeStep *step)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "field", step->name);
  json_object_set_string_member (object, "from", step->from);
  json_object_set_string_member (object, "to", step->to);
  json_object_set_string_member (object, "message", step->message);
  return object;
}

static JsonObject *
change_to_object (const ShyChange *change)
{
  JsonObject *object = json_object_new ();
  JsonArray  *steps = json_array_new ();
  char        on[sizeof "2025-06-30"];

  for (guint i = 0; i < change->steps->len; i++)
    json_array_add_object_element (steps, step_to_object (change->steps->pdata[i]));
  json_object_set_string_member (object, "message", change->message);
  if (g_date_valid (&change->on) && g_date_strftime (on, sizeof on, "%Y-%m-%d", &change->on) > 0)
    json_object_set_string_member (object, "on", on);
  json_object_set_array_member (object, "steps", steps);
  return object;
}

/*
 * subsidy_changes_to_json: what would change a verdict. It takes as long as many decisions, so it is
 * looked for when somebody looks, and never while rows are decided or stored.
 */
JsonArray *
subsidy_changes_to_json (ShyVerdict   *verdict,
                         GCancellable *cancellable)
{
  g_autoptr (GPtrArray) changes = NULL;
  JsonArray            *array = json_array_new ();

  if (shy_verdict_get_outcome (verdict) != SHY_POLICY_NOT_ELIGIBLE)
    return array;

  changes = shy_verdict_find_changes (verdict, cancellable);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    json_array_add_object_element (array, change_to_object (changes->pdata[i]));

  return array;
}

static void
write_node (GString    *into,
            const char *name,
            JsonNode   *node)
{
  g_autofree char *json = json_to_string (node, FALSE);

  shy_json_writer_value (into, name, json);
}

/* Those of the judge, then those that it does not know of. */
static void
write_warnings (GString    *into,
                ShyVerdict *verdict,
                GPtrArray  *more)
{
  shy_json_writer_open (into, "warnings", '[');
  for (guint i = 0; i < shy_verdict_get_n_warnings (verdict); i++)
    {
      const ShyVerdictWarning *warning = shy_verdict_get_warning (verdict, i);

      shy_json_writer_open (into, NULL, '{');
      shy_json_writer_text (into, "code", warning->code);
      shy_json_writer_text (into, "subject", warning->subject);
      shy_json_writer_text (into, "message", warning->message);
      shy_json_writer_close (into, '}');
    }
  for (guint i = 0; more != NULL && i < more->len; i++)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), more->pdata[i]);

      write_node (into, NULL, node);
    }
  shy_json_writer_close (into, ']');
}

/*
 * subsidy_verdict_to_json: the verdict without its facts, and without what clauses say: that stands in
 * the pack, which is stored once and not with every criterion.
 * @warnings: (nullable): JsonObjects to add, as the ones of the judge
 * @changes: (nullable): what would change it, where somebody looks
 */
char *
subsidy_verdict_to_json (ShyVerdict *verdict,
                         GPtrArray  *warnings,
                         JsonArray  *changes)
{
  GString *text = g_string_sized_new (4096);

  shy_json_writer_open (text, NULL, '{');
  shy_verdict_write_json (verdict, 0, text);
  write_warnings (text, verdict, warnings);
  if (changes != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), changes);

      write_node (text, "changes", node);
    }
  else
    shy_json_writer_texts (text, "changes", NULL);
  shy_json_writer_close (text, '}');

  return g_string_free (text, FALSE);
}

/* Whether a warning of the reader of the spreadsheet still holds: of a cell that could not be read, as
 * long as its fact is unknown; of a doubtful number, as long as it is the cell's. */
static gboolean
still_holds (JsonObject     *warning,
             const ShyFacts *facts)
{
  const char    *code = json_object_get_string_member_with_default (warning, "code", "");
  const char    *field = json_object_get_string_member_with_default (warning, "subject", NULL);
  const ShyFact *fact = field != NULL ? shy_facts_lookup (facts, field) : NULL;

  if (g_str_equal (code, "cell-unreadable"))
    return field != NULL && fact == NULL && shy_facts_lookup_unread (facts, field) == NULL;
  return g_str_equal (code, "number-doubtful") && fact != NULL &&
         fact->origin == SHY_FACT_ORIGIN_CELL;
}

/*
 * subsidy_json_kept_warnings: warnings of an earlier verdict that the judge does not know of, and that
 * still hold. Registers of before kept the warning of a cell alone; where the cell itself is kept, the
 * judge warns of it.
 */
GPtrArray *
subsidy_json_kept_warnings (JsonObject     *verdict,
                            const ShyFacts *facts)
{
  JsonArray *warnings = json_object_get_array_member (verdict, "warnings");
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < json_array_get_length (warnings); i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);

      if (still_holds (warning, facts))
        g_ptr_array_add (kept, json_object_ref (warning));
    }
  return kept;
}
