/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-change-private.h"

#include "policy/shy-policy-private.h"
#include "policy/shy-sentence-private.h"

#include <glib/gi18n-lib.h>

/* Compares two versions of a policy by what it is made of. What decides comes first, what explains
 * it after that, and the tests last. */

/* A list of the pack. */
typedef struct
{
  const char *list;  /* its member */
  const char *part;  /* what it is called */
  const char *key;   /* the member that tells which is which; NULL for overrides */
  const char *title; /* the member that names one for people */
  const char *gist;  /* what is said of one that comes or goes */
} Section;

/* Members of the pack itself that decide, in the order in which they are shown. */
static const char *const deciding[] = { "effective", "group", "key_date", "kind", NULL };

static const Section sections[] = {
  { "criteria", NC_ ("part of a policy", "Criteria"), "id", "title", "condition clause unknown" },
  { "limits", NC_ ("part of a policy", "Limits"), "id", "title", "kind max per policies when" },
  { "settings", NC_ ("part of a policy", "Settings"), "name", "label", "value unit status" },
  { "overrides", NC_ ("part of a policy", "What counties do differently"), NULL, NULL, "document from until set" },
  { "fields", NC_ ("part of a policy", "Fields"), "name", "label", "type required material" },
  { "derived", NC_ ("part of a policy", "Derived values"), "name", "label", "expression" },
  { "steps", NC_ ("part of a policy", "Steps"), "id", "title", "days unit" },
  { "clauses", NC_ ("part of a policy", "Clauses"), "id", NULL, "text status" },
  { "documents", NC_ ("part of a policy", "Documents"), "id", "title", "number issuer date" },
};

static const char *const describing[] = { "title", "summary", "subject", NULL };

/* The tests of the pack, last: they show what is meant, but decide nothing. */
static const Section cases = { "cases", NC_ ("part of a policy", "Cases"), "id", "title", "expect" };

typedef struct
{
  const ShyJson *before;
  const ShyJson *after;
  GPtrArray     *changes;
} Comparison;

static const char *
name_part (const Section *section)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "part of a policy", section->part);
}

static gboolean
are_same (const ShyJson *a, const ShyJson *b)
{
  g_autofree char *one = a != NULL ? shy_json_to_string (a) : NULL;
  g_autofree char *other = b != NULL ? shy_json_to_string (b) : NULL;

  /* What is left out and what is null mean the same. */
  return g_strcmp0 (one != NULL ? one : "null", other != NULL ? other : "null") == 0;
}

static const ShyJson *
get_member (const ShyJson *object, const char *name)
{
  return object != NULL && object->kind == SHY_JSON_OBJECT ? shy_json_get (object, name) : NULL;
}

static char *
describe (const ShyJson *value, const ShyJson *pack)
{
  return value != NULL ? shy_update_value_to_text (value, pack) : g_strdup (C_("value", "none"));
}

static gboolean
is_plain_object (const ShyJson *value)
{
  return value != NULL && value->kind == SHY_JSON_OBJECT && !shy_update_is_text (value);
}

static void compare_members (Comparison    *self,
                             const char    *part,
                             const char    *subject,
                             const char    *label,
                             const ShyJson *before,
                             const ShyJson *after);

static void
compare_values (Comparison    *self,
                const char    *part,
                const char    *subject,
                const char    *label,
                const ShyJson *before,
                const ShyJson *after)
{
  char *was;
  char *is;

  if (are_same (before, after))
    return;
  if (is_plain_object (before) && is_plain_object (after))
    {
      compare_members (self, part, subject, label, before, after);
      return;
    }
  was = describe (before, self->before);
  is = describe (after, self->after);
  if (g_str_equal (was, is))
    {
      g_free (is);
      is = g_strdup (_("changed in another language or in its form only"));
    }
  shy_update_changes_add (self->changes, SHY_UPDATE_CHANGED, part, subject, label, was, is);
}

/* Names a member below another: “What it sets, Amount, Calculation”. */
static char *
join_labels (const char *above, const char *name)
{
  const char *label = shy_update_member_label (name);

  if (above == NULL)
    return g_strdup (label != NULL ? label : name);
  return g_strconcat (above, C_("between items of a list", ", "), label != NULL ? label : name, NULL);
}

static void
compare_members (Comparison    *self,
                 const char    *part,
                 const char    *subject,
                 const char    *label,
                 const ShyJson *before,
                 const ShyJson *after)
{
  for (guint i = 0; before != NULL && i < before->items->len; i++)
    {
      const ShyJson   *was = before->items->pdata[i];
      g_autofree char *below = join_labels (label, was->name);

      compare_values (self, part, subject, below, was, get_member (after, was->name));
    }
  for (guint i = 0; after != NULL && i < after->items->len; i++)
    {
      const ShyJson   *is = after->items->pdata[i];
      g_autofree char *below = join_labels (label, is->name);

      if (get_member (before, is->name) == NULL)
        compare_values (self, part, subject, below, NULL, is);
    }
}

/* Tells which is which: by its key, or of overrides by county and first day. */
static char *
build_key (const Section *section, const ShyJson *item)
{
  const ShyJson *key = get_member (item, section->key != NULL ? section->key : "county");
  const ShyJson *from = section->key == NULL ? get_member (item, "from") : NULL;

  return g_strdup_printf ("%s %s", key != NULL && key->text != NULL ? key->text : "",
                          from != NULL && from->text != NULL ? from->text : "");
}

/* Cuts a text that only serves as a name. */
static char *
shorten (char *text)
{
  char *cut;

  if (g_utf8_strlen (text, -1) <= 24)
    return text;
  *g_utf8_offset_to_pointer (text, 24) = '\0';
  cut = g_strconcat (text, "…", NULL);
  g_free (text);
  return cut;
}

static char *
name_item (const Section *section, const ShyJson *item, const ShyJson *pack)
{
  const ShyJson   *title = section->title != NULL ? get_member (item, section->title) : NULL;
  const ShyJson   *number = get_member (item, "number");
  const ShyJson   *county = section->key == NULL ? get_member (item, "county") : NULL;
  const ShyJson   *key = section->key != NULL ? get_member (item, section->key) : NULL;
  const ShyJson   *named = title != NULL && title->kind != SHY_JSON_NULL ? title : county;

  if (named != NULL)
    return shorten (shy_update_value_to_text (named, pack));
  if (g_str_equal (section->list, "clauses"))
    {
      const ShyJson *text = get_member (item, "text");

      named = number != NULL && number->kind == SHY_JSON_STRING ? number : text;
      return shorten (describe (named, pack));
    }
  return describe (key, pack);
}

static char *
summarize (const Section *section, const ShyJson *item, const ShyJson *pack)
{
  g_auto (GStrv)      names = g_strsplit (section->gist, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const ShyJson   *member = get_member (item, names[i]);
      g_autofree char *text = member != NULL ? shy_update_value_to_text (member, pack) : NULL;

      if (member == NULL || member->kind == SHY_JSON_NULL)
        continue;
      if (line->len > 0)
        g_string_append (line, C_("between items of a list", ", "));
      g_string_append_printf (line, C_("member", "%s: %s"), shy_update_member_label (names[i]), text);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static GHashTable *
index_items (const Section *section, const ShyJson *pack)
{
  GHashTable    *items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const ShyJson *list = get_member (pack, section->list);

  for (guint i = 0; list != NULL && list->kind == SHY_JSON_ARRAY && i < list->items->len; i++)
    g_hash_table_insert (items, build_key (section, list->items->pdata[i]), list->items->pdata[i]);
  return items;
}

/* What a case expects: “Eligible, 10,000 yuan”. */
static char *
write_expected (const ShyJson *item, const ShyJson *pack)
{
  const ShyJson   *expect = get_member (item, "expect");
  const ShyJson   *amount = get_member (expect, "amount");
  g_autofree char *outcome = describe (get_member (expect, "outcome"), pack);
  g_autofree char *paid = amount != NULL ? describe (amount, pack) : NULL;

  return paid == NULL ? g_steal_pointer (&outcome)
                      : g_strconcat (outcome, C_("between items of a list", ", "), paid, NULL);
}

/* A case is one thing: what comes out of it, or else that it gives other facts. */
static void
compare_case (Comparison *self, const char *name, const ShyJson *was, const ShyJson *is)
{
  char *before = write_expected (was, self->before);
  char *after = write_expected (is, self->after);

  if (are_same (was, is))
    {
      g_free (before);
      g_free (after);
      return;
    }
  if (g_str_equal (before, after))
    {
      g_free (after);
      after = g_strdup (_("the same, but something else in it has changed"));
    }
  shy_update_changes_add (self->changes, SHY_UPDATE_CHANGED, name_part (&cases), name, NULL, before,
                          after);
}

/* What went, or is still there and changed. */
static void
compare_kept (Comparison *self, const Section *section, GHashTable *now)
{
  const ShyJson *list = get_member (self->before, section->list);

  for (guint i = 0; list != NULL && list->kind == SHY_JSON_ARRAY && i < list->items->len; i++)
    {
      const ShyJson   *was = list->items->pdata[i];
      g_autofree char *key = build_key (section, was);
      g_autofree char *name = name_item (section, was, self->before);
      const ShyJson   *is = g_hash_table_lookup (now, key);

      if (is != NULL && section == &cases)
        compare_case (self, name, was, is);
      else if (is != NULL)
        compare_members (self, name_part (section), name, NULL, was, is);
      else
        shy_update_changes_add (self->changes, SHY_UPDATE_REMOVED, name_part (section), name, NULL,
                                summarize (section, was, self->before), NULL);
    }
}

static void
compare_section (Comparison *self, const Section *section)
{
  g_autoptr (GHashTable) then = index_items (section, self->before);
  g_autoptr (GHashTable) now = index_items (section, self->after);
  const ShyJson         *list = get_member (self->after, section->list);

  compare_kept (self, section, now);
  for (guint i = 0; list != NULL && list->kind == SHY_JSON_ARRAY && i < list->items->len; i++)
    {
      const ShyJson   *is = list->items->pdata[i];
      g_autofree char *key = build_key (section, is);
      g_autofree char *name = name_item (section, is, self->after);

      if (!g_hash_table_contains (then, key))
        shy_update_changes_add (self->changes, SHY_UPDATE_ADDED, name_part (section), name, NULL, NULL,
                                summarize (section, is, self->after));
    }
}

static void
compare_own (Comparison *self, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    compare_values (self, shy_update_member_label (names[i]), NULL, NULL,
                    get_member (self->before, names[i]), get_member (self->after, names[i]));
}

/**
 * shy_update_compare_policies: (skip)
 * @before: a version of a policy, as read from its pack
 * @after: a later version
 *
 * Says what changes between two versions of a policy, part by part, in words for clerks.
 *
 * Returns: (transfer full) (element-type ShyUpdateChange): the changes, what decides first
 */
GPtrArray *
shy_update_compare_policies (ShyPolicy *before,
                             ShyPolicy *after)
{
  Comparison               self = { NULL };
  static const char *const amount[] = { "amount", NULL };

  g_return_val_if_fail (SHY_IS_POLICY (before) && SHY_IS_POLICY (after), NULL);

  self.before = shy_json_document_get_root (before->json);
  self.after = shy_json_document_get_root (after->json);
  self.changes = shy_update_changes_new ();
  compare_own (&self, amount);
  compare_own (&self, deciding);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    compare_section (&self, &sections[i]);
  compare_own (&self, describing);
  compare_section (&self, &cases);
  return self.changes;
}
