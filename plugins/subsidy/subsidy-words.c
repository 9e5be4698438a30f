/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-words.h"

#include <glib/gi18n-lib.h>

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

static JsonArray *
get_array (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
add_sentence (GString    *text,
              const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, sentence);
}

/* The clause in brackets: （浙人社发〔2022〕46号 第二条）. */
static char *
dup_clause (const char *document,
            const char *number)
{
  if (document != NULL && number != NULL)
    /* Translators: a document and the clause in it that decides. */
    return g_strdup_printf (_(" (%s, %s)"), document, number);
  if (document == NULL && number == NULL)
    return NULL;
  /* Translators: a document, or a clause, that decides. */
  return g_strdup_printf (_(" (%s)"), document != NULL ? document : number);
}

static void
add_reason (GString    *text,
            const char *message,
            const char *reason,
            const char *document,
            const char *number)
{
  g_autofree char *clause = dup_clause (document, number);
  g_autofree char *sentence = NULL;

  if (message == NULL)
    return;
  sentence = g_strconcat (message, reason != NULL ? " " : "", reason != NULL ? reason : "",
                          clause != NULL ? clause : "", NULL);
  add_sentence (text, sentence);
}

static void
add_speaking (GString    *text,
              JsonObject *object)
{
  JsonNode   *node = json_object_get_member (object, "clause");
  JsonObject *clause = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;

  add_reason (text, get_text (object, "message"), get_text (object, "reason"),
              clause != NULL ? get_text (clause, "document") : NULL,
              clause != NULL ? get_text (clause, "number") : NULL);
}

/* Whether a result speaks against the application, or leaves it open. */
static gboolean
speaks (ShyPolicyResult result)
{
  return result != SHY_POLICY_RESULT_TRUE && result != SHY_POLICY_RESULT_SKIPPED;
}

static gboolean
is_reason (JsonObject *object)
{
  const char *result = get_text (object, "result");

  return g_strcmp0 (result, "true") != 0 && g_strcmp0 (result, "skipped") != 0;
}

/* What has to be read again is said once, however many criteria wait for it. */
static gboolean
was_said (JsonArray *array,
          guint      index)
{
  JsonObject *object = json_array_get_object_element (array, index);
  JsonArray  *unread = get_array (object, "unreadable");
  const char *message = get_text (object, "message");

  if (unread == NULL || json_array_get_length (unread) == 0 || message == NULL)
    return FALSE;
  for (guint i = 0; i < index; i++)
    if (g_strcmp0 (get_text (json_array_get_object_element (array, i), "message"), message) == 0)
      return TRUE;

  return FALSE;
}

static void
add_speaking_of (GString    *text,
                 JsonObject *verdict,
                 const char *member)
{
  JsonArray *array = get_array (verdict, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (is_reason (json_array_get_object_element (array, i)) && !was_said (array, i))
      add_speaking (text, json_array_get_object_element (array, i));
}

static void
add_messages_of (GString    *text,
                 JsonObject *verdict,
                 const char *member)
{
  JsonArray *array = get_array (verdict, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_sentence (text, get_text (json_array_get_object_element (array, i), "message"));
}

static void
add_with_clause (GString               *text,
                 const char            *message,
                 const char            *reason,
                 const ShyPolicyClause *clause)
{
  add_reason (text, message, reason,
              clause != NULL ? shy_policy_document_get_caption (clause->document) : NULL,
              clause != NULL ? clause->number : NULL);
}

static gboolean
was_spoken (ShyVerdict *verdict,
            guint       index)
{
  const ShyVerdictCriterion *criterion = shy_verdict_get_criterion (verdict, index);

  if (criterion->unread == NULL || *criterion->unread == NULL)
    return FALSE;
  for (guint i = 0; i < index; i++)
    if (g_strcmp0 (shy_verdict_get_criterion (verdict, i)->message, criterion->message) == 0)
      return TRUE;

  return FALSE;
}

/* subsidy_words_of_verdict: subsidy_words_reasons() of a verdict that was made just now. */
char *
subsidy_words_of_verdict (ShyVerdict *verdict)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shy_verdict_get_n_criteria (verdict); i++)
    {
      const ShyVerdictCriterion *criterion = shy_verdict_get_criterion (verdict, i);

      if (speaks (criterion->result) && !was_spoken (verdict, i))
        add_with_clause (text, criterion->message, criterion->reason, criterion->clause);
    }
  for (guint i = 0; i < shy_verdict_get_n_limits (verdict); i++)
    {
      const ShyVerdictLimit *limit = shy_verdict_get_limit (verdict, i);

      if (speaks (limit->result))
        add_with_clause (text, limit->message, NULL, limit->limit->clause);
    }
  return g_string_free (text, FALSE);
}

/* subsidy_words_reasons: each clause that speaks against it or leaves it open, a line each. */
char *
subsidy_words_reasons (JsonObject *verdict)
{
  GString *text = g_string_new (NULL);

  add_speaking_of (text, verdict, "criteria");
  add_speaking_of (text, verdict, "limits");
  add_messages_of (text, verdict, "reasons");
  return g_string_free (text, FALSE);
}

/* subsidy_words_missing: the fields that are asked for. */
char *
subsidy_words_missing (JsonObject *verdict)
{
  JsonArray *array = get_array (verdict, "missing");
  GString   *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (i > 0)
        /* Translators: between the members of a list. */
        g_string_append (text, _(", "));
      g_string_append (text, json_array_get_string_element (array, i));
    }

  return g_string_free (text, FALSE);
}

/* subsidy_words_changes: what would turn the outcome, a line each. */
char *
subsidy_words_changes (JsonObject *verdict)
{
  GString *text = g_string_new (NULL);

  add_messages_of (text, verdict, "changes");
  return g_string_free (text, FALSE);
}

/* subsidy_words_warnings: what a person should look at, a line each. */
char *
subsidy_words_warnings (JsonObject *verdict)
{
  GString *text = g_string_new (NULL);

  add_messages_of (text, verdict, "warnings");
  return g_string_free (text, FALSE);
}
