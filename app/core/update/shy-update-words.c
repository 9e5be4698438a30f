/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-change-private.h"

#include "policy/shy-sentence-private.h"
#include "shy-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the members of a pack and their values are called, for those who do not read JSON. */

typedef struct
{
  const char *word;
  const char *label;
} Word;

static const Word members[] = {
  { "address", N_("Address") },
  { "after", N_("After") },
  { "aliases", N_("Other headers") },
  { "period", N_("Headers of the whole period") },
  { "amount", N_("Amount") },
  { "clause", N_("Clause") },
  { "condition", N_("Condition") },
  { "confidence", N_("Confidence") },
  { "county", N_("County") },
  { "criteria", N_("Criteria") },
  { "changeable", N_("Can still be changed") },
  { "date", N_("Date") },
  { "days", N_("Time allowed") },
  { "document", N_("Document") },
  { "effective", N_("In force") },
  { "employer", N_("Employer") },
  { "expect", N_("Expected") },
  { "expression", N_("Calculation") },
  { "facts", N_("Facts") },
  { "from", N_("First day") },
  { "group", N_("Group of counties") },
  { "grows", N_("Grows by itself") },
  { "help", N_("Help") },
  { "history", N_("Earlier grants") },
  { "issuer", N_("Issuer") },
  { "key_date", N_("Key date") },
  { "kind", N_("Kind") },
  { "label", N_("Label") },
  { "left", N_("When a county has left the group") },
  { "limits", N_("Limits") },
  { "material", N_("Material") },
  { "max", N_("At most") },
  { "missing", N_("What is missing") },
  { "name", N_("Name of the field") },
  { "note", N_("Note") },
  { "number", N_("Number") },
  { "on", N_("Day of the decision") },
  { "outcome", N_("Outcome") },
  { "policy", N_("Policy") },
  { "per", N_("Whose grants count") },
  { "person", N_("Person") },
  { "policies", N_("Policies that count") },
  { "refer", N_("Left to a person when") },
  { "required", N_("Required") },
  { "schedule", N_("Year by year") },
  { "sensitive", N_("Personal") },
  { "set", N_("What it sets") },
  { "settings", N_("Settings") },
  { "skip_unless", N_("Applies only when") },
  { "status", N_("Verified") },
  { "subject", N_("Whom it is for") },
  { "summary", N_("Summary") },
  { "synonyms", N_("Other spellings") },
  { "text", N_("Text") },
  { "title", N_("Title") },
  { "type", N_("Type") },
  { "unit", N_("Unit") },
  { "unknown", N_("When it is not known") },
  { "until", N_("Last day") },
  { "value", N_("Value") },
  { "values", N_("Choices") },
  { "version", N_("Version") },
  { "warnings", N_("Warnings") },
  { "when", N_("When it excludes") },
  { "when_false", N_("Said when it does not hold") },
  { "when_hit", N_("Said when it stands in the way") },
  { "when_person", N_("Said when a person decides") },
  { "when_true", N_("Said when it holds") },
  { "when_unknown", N_("Said when it is not known") },
  { "year", N_("Which year") },
};

/* The members whose values are words of ours, each followed by a blank. */
#define WORD_MEMBERS "kind status unknown left per when unit outcome type "

static const Word values[] = {
  { "application", N_("somebody applies") },
  { "rule", N_("decided from registers") },
  { "verified", N_("verified") },
  { "unverified", N_("not verified") },
  { "materials", N_("materials are missing") },
  { "person", N_("a person") },
  { "employer", N_("an employer") },
  { "warn", N_("a warning") },
  { "refuse", N_("refused") },
  { "ever", N_("ever") },
  { "same-year", N_("in the same year") },
  { "working", N_("working days") },
  { "calendar", N_("calendar days") },
  { "lifetime", N_("number of times ever") },
  { "exclusion", N_("excludes other policies") },
  { "yearly-amount", N_("amount in a year") },
  { "years", N_("number of years") },
  { "eligible", N_("Eligible") },
  { "not_eligible", N_("Not eligible") },
  { "text", N_("text") },
  { "number", N_("number") },
  { "money", N_("amount of money") },
  { "date", N_("date") },
  { "month", N_("month") },
  { "boolean", N_("yes or no") },
  { "choice", N_("choice") },
  { "county", N_("county") },
  { "resident-id", N_("resident ID number") },
  { "credit-code", N_("credit code") },
  { "bank-card", N_("bank card number") },
  { "mobile", N_("mobile number") },
};

static const char *
find_word (const Word *words, gsize count, const char *word)
{
  for (gsize i = 0; i < count; i++)
    if (g_str_equal (words[i].word, word))
      return _(words[i].label);
  return NULL;
}

/* What a member is called; NULL for a name that somebody gave, which says itself what it is. */
const char *
shy_update_member_label (const char *name)
{
  return find_word (members, G_N_ELEMENTS (members), name);
}

/* Tells whether a value is a text in the languages of a pack. */
gboolean
shy_update_is_text (const ShyJson *value)
{
  if (value->kind != SHY_JSON_OBJECT || value->items->len == 0)
    return FALSE;
  for (guint i = 0; i < value->items->len; i++)
    {
      const ShyJson *item = value->items->pdata[i];

      if (!g_str_equal (item->name, "zh_CN") && !g_str_equal (item->name, "en"))
        return FALSE;
    }
  return TRUE;
}

static char *
get_string (const ShyJson *object, const char *name)
{
  const ShyJson *member = object != NULL ? shy_json_get (object, name) : NULL;

  return member != NULL && member->kind == SHY_JSON_STRING ? (char *) member->text : NULL;
}

static char *
write_text (const ShyJson *value)
{
  const ShyText text = { get_string (value, "zh_CN"), get_string (value, "en") };

  return g_strdup (shy_text_get (&text));
}

/* Finds what an id stands for in a list of the pack. */
static const ShyJson *
find_item (const ShyJson *pack, const char *list, const char *id)
{
  const ShyJson *items = shy_json_get (pack, list);

  for (guint i = 0; items != NULL && items->kind == SHY_JSON_ARRAY && i < items->items->len; i++)
    if (g_strcmp0 (get_string (items->items->pdata[i], "id"), id) == 0)
      return items->items->pdata[i];
  return NULL;
}

static char *
write_document (const char *id, const ShyJson *pack)
{
  const char *title = get_string (find_item (pack, "documents", id), "title");

  return title != NULL ? g_strdup_printf ("《%s》", title) : g_strdup (id);
}

static char *
write_clause (const char *id, const ShyJson *pack)
{
  const ShyJson   *clause = find_item (pack, "clauses", id);
  const char      *document = get_string (clause, "document");
  const char      *number = get_string (clause, "number");
  g_autofree char *title = document != NULL ? write_document (document, pack) : NULL;

  if (title == NULL && number == NULL)
    return g_strdup (id);
  return g_strconcat (title != NULL ? title : "", number, NULL);
}

static char *
write_day (const char *text)
{
  GDate date;

  return shy_date_parse (text, &date) ? shy_date_format (&date) : g_strdup (text);
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789.") == strlen (text);
}

static char *
write_string (const ShyJson *value, const ShyJson *pack)
{
  g_autofree char *member = g_strconcat (value->name != NULL ? value->name : "", " ", NULL);
  const char      *name = value->name != NULL ? value->name : "";
  const char      *word = NULL;

  if (g_str_equal (name, "clause"))
    return write_clause (value->text, pack);
  if (g_str_equal (name, "document"))
    return write_document (value->text, pack);
  if (g_str_equal (name, "county"))
    return shy_field_type_display (SHY_FIELD_COUNTY, NULL, value->text);
  if (g_str_equal (name, "expression") && is_number (value->text))
    return shy_field_type_display (SHY_FIELD_MONEY,
                               value->parent != NULL ? get_string (value->parent, "unit") : NULL,
                               value->text);
  if (strstr (WORD_MEMBERS, member) != NULL)
    word = find_word (values, G_N_ELEMENTS (values), value->text);
  return word != NULL ? g_strdup (word) : write_day (value->text);
}

/* Several values in one line; members of objects with their names. */
static char *
write_items (const ShyJson *value, const ShyJson *pack)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < value->items->len; i++)
    {
      const ShyJson   *item = value->items->pdata[i];
      g_autofree char *text = shy_update_value_to_text (item, pack);
      const char      *label = item->name != NULL ? shy_update_member_label (item->name) : NULL;

      if (item->kind == SHY_JSON_NULL)
        continue;
      if (line->len > 0)
        g_string_append (line, C_("between items of a list", ", "));
      if (item->name != NULL)
        /* Translators: the name of something and its value. */
        g_string_append_printf (line, C_("member", "%s: %s"), label != NULL ? label : item->name, text);
      else
        g_string_append (line, text);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
write_number (const ShyJson *value)
{
  if (g_strcmp0 (value->name, "amount") == 0)
    return shy_field_type_display (SHY_FIELD_MONEY, C_("unit of money", " yuan"), value->text);
  return g_strdup (value->text);
}

/* A value as people read it; @pack is what clauses and documents are looked up in. */
char *
shy_update_value_to_text (const ShyJson *value, const ShyJson *pack)
{
  switch (value->kind)
    {
    case SHY_JSON_STRING:
      return write_string (value, pack);
    case SHY_JSON_NUMBER:
      return write_number (value);
    case SHY_JSON_TRUE:
      return g_strdup (C_("a fact", "yes"));
    case SHY_JSON_FALSE:
      return g_strdup (C_("a fact", "no"));
    case SHY_JSON_ARRAY:
      return write_items (value, pack);
    case SHY_JSON_OBJECT:
      return shy_update_is_text (value) ? write_text (value) : write_items (value, pack);
    case SHY_JSON_NULL:
    default:
      return g_strdup (C_("value", "none"));
    }
}
