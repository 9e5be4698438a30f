/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-resolve-private.h"

#include "policy/shy-policy-load-private.h"
#include "policy/shy-policy-parts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A pack is resolved as JSON: what an override sets is merged into a copy, which is then read like
 * any pack. So whatever a pack may not say, an override may not say either, and what is wrong in
 * one is named by the place where it stands in the file. */

/* More answers than this are not kept: 26 counties over the years need fewer. */
#define MAX_RESOLUTIONS 256

/* An override that is merged into a copy of the pack. */
typedef struct
{
  ShyPolicyReader          reader;
  ShyJsonDocument         *json;     /* the copy */
  const ShyPolicyOverride *override; /* (nullable): what the county sets itself */
  GHashTable              *sources;  /* of "criteria/exit-type" and the like, to override */
} Merge;

gpointer
shy_policy_reader_override (ShyPolicyReader *reader, const ShyJson *json)
{
  ShyPolicyOverride *self;

  if (!shy_json_reader_object (&reader->json, json, "county! from until document! clause set!"))
    return NULL;
  self = g_new0 (ShyPolicyOverride, 1);
  self->index = json->index;
  self->county = shy_policy_reader_county (reader, json, "county");
  shy_policy_reader_dates (reader, json, &self->dates);
  self->document = shy_policy_reader_document (reader, json);
  self->clause = shy_policy_reader_clause (reader, json);
  shy_json_reader_get (&reader->json, json, "set", SHY_JSON_OBJECT);
  return self;
}

static void
note_source (Merge *merge, const char *kind, const char *name)
{
  g_hash_table_replace (merge->sources, g_strconcat (kind, "/", name, NULL),
                        (gpointer) merge->override);
}

/* Finds the object in a list of the copy that a member of an override is about. */
static ShyJson *
find_target (Merge *merge, const char *list, const char *key, const ShyJson *member)
{
  const ShyJson        *items = shy_json_get (shy_json_document_get_root (merge->json), list);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char      *text = NULL;

  for (guint i = 0; items != NULL && i < items->items->len; i++)
    {
      ShyJson *item = g_ptr_array_index (items->items, i);

      g_ptr_array_add (known, (gpointer) shy_json_get (item, key)->text);
      if (g_str_equal (shy_json_get (item, key)->text, member->name))
        return item;
    }
  g_ptr_array_add (known, NULL);
  text = g_strjoinv (", ", (char **) known->pdata);
  shy_json_reader_fail (&merge->reader.json, member, SHY_ERROR_INVALID,
                        _("The pack has no “%s” in “%s”. There are: %s."), member->name, list,
                        text);
  return NULL;
}

static void
merge_members (Merge *merge, ShyJson *target, const ShyJson *with, const char *key)
{
  if (!shy_json_reader_is_object (&merge->reader.json, with))
    return;
  for (guint i = 0; i < with->items->len; i++)
    {
      const ShyJson *member = g_ptr_array_index (with->items, i);

      if (g_strcmp0 (member->name, key) == 0)
        shy_json_reader_fail (&merge->reader.json, member, SHY_ERROR_INVALID,
                              _("An override cannot rename anything. Remove “%s”."), key);
      shy_json_document_set (merge->json, target, member->name,
                             shy_json_document_copy (merge->json, member));
    }
}

/* Merges "criteria": {"exit-type": {…}} and its like into the list of that name. */
static void
merge_list (Merge *merge, const ShyJson *set, const char *list)
{
  const ShyJson *json = shy_json_reader_get (&merge->reader.json, set, list, SHY_JSON_OBJECT);

  for (guint i = 0; json != NULL && i < json->items->len; i++)
    {
      const ShyJson *member = g_ptr_array_index (json->items, i);
      ShyJson       *target = find_target (merge, list, "id", member);

      if (target == NULL)
        return;
      merge_members (merge, target, member, "id");
      note_source (merge, list, member->name);
    }
}

static void
merge_settings (Merge *merge, const ShyJson *set)
{
  const ShyJson *json = shy_json_reader_get (&merge->reader.json, set, "settings", SHY_JSON_OBJECT);

  for (guint i = 0; json != NULL && i < json->items->len; i++)
    {
      const ShyJson *member = g_ptr_array_index (json->items, i);
      ShyJson       *target = find_target (merge, "settings", "name", member);

      if (target == NULL)
        return;
      shy_json_document_set (merge->json, target, "value",
                             shy_json_document_copy (merge->json, member));
      note_source (merge, "settings", member->name);
    }
}

static void
merge_amount (Merge *merge, const ShyJson *set)
{
  ShyJson       *root = shy_json_document_get_root (merge->json);
  ShyJson       *amount = shy_json_get (root, "amount");
  const ShyJson *json = merge->reader.json.error == NULL ? shy_json_get (set, "amount") : NULL;

  if (json == NULL)
    return;
  if (amount == NULL || amount->kind != SHY_JSON_OBJECT || json->kind == SHY_JSON_NULL)
    shy_json_document_set (merge->json, root, "amount",
                           shy_json_document_copy (merge->json, json));
  else
    merge_members (merge, amount, json, NULL);
  note_source (merge, "amount", "");
}

/* Appends what a county has beside the pack: criteria and limits of its own. (The fields that they
 * read were brought into the pack when it was read.) */
static void
add_list (Merge *merge, const ShyJson *add, const char *list)
{
  ShyJson       *root = shy_json_document_get_root (merge->json);
  ShyJson       *items = shy_json_get (root, list);
  const ShyJson *json = shy_json_reader_get (&merge->reader.json, add, list, SHY_JSON_ARRAY);

  if (json != NULL && (items == NULL || items->kind != SHY_JSON_ARRAY))
    {
      items = shy_json_document_list (merge->json);
      shy_json_document_set (merge->json, root, list, items);
    }
  for (guint i = 0; json != NULL && i < json->items->len; i++)
    {
      const ShyJson *item = g_ptr_array_index (json->items, i);
      const ShyJson *id = item->kind == SHY_JSON_OBJECT ? shy_json_get (item, "id") : NULL;

      g_ptr_array_add (items->items, shy_json_document_copy (merge->json, item));
      if (id != NULL && id->kind == SHY_JSON_STRING)
        note_source (merge, list, id->text);
    }
}

static void
merge_added (Merge *merge, const ShyJson *set)
{
  const ShyJson *add = shy_json_reader_get (&merge->reader.json, set, "add", SHY_JSON_OBJECT);

  if (add == NULL || !shy_json_reader_object (&merge->reader.json, add, "criteria limits"))
    return;
  add_list (merge, add, "criteria");
  add_list (merge, add, "limits");
}

static void
merge_override (Merge *merge, const ShyJson *json)
{
  const ShyJson *set = shy_json_get (json, "set");

  if (!shy_json_reader_object (&merge->reader.json, set, "settings amount criteria limits add"))
    return;
  merge_settings (merge, set);
  merge_amount (merge, set);
  merge_list (merge, set, "criteria");
  merge_list (merge, set, "limits");
  merge_added (merge, set);
}

/* Puts what the county sets itself over the pack and its overrides. */
static void
merge_county_settings (Merge *merge, ShyPolicy *self, GHashTable *settings)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const ShyPolicySetting *setting = shy_policy_find_part (self->settings, name);
      const ShyJson           place = { .name = name };
      ShyJson                *target = find_target (merge, "settings", "name", &place);

      if (target == NULL)
        return;
      if (value == NULL)
        continue;
      if (!shy_field_accepts (&setting->field, value))
        shy_json_reader_fail (&merge->reader.json, NULL, SHY_ERROR_INVALID,
                              _("The county's value “%s” for “%s” is not of the type “%s”. "
                                "Correct it."), (const char *) value, (const char *) name,
                              shy_field_type_to_word (setting->field.type));
      shy_json_document_set (merge->json, target, "value",
                             shy_json_document_string (merge->json, value));
      note_source (merge, "settings", name);
    }
}

static ShyPolicySource
find_source (Merge *merge, const char *kind, const char *name, const ShyPolicyOverride **override)
{
  g_autofree char *key = g_strconcat (kind, "/", name, NULL);
  gpointer         found;

  if (!g_hash_table_lookup_extended (merge->sources, key, NULL, &found))
    return SHY_POLICY_SOURCE_PACK;
  *override = found;
  return found != NULL ? SHY_POLICY_SOURCE_OVERRIDE : SHY_POLICY_SOURCE_COUNTY;
}

static void
set_sources (Merge *merge, ShyPolicy *policy)
{
  for (guint i = 0; i < policy->settings->len; i++)
    {
      ShyPolicySetting *part = g_ptr_array_index (policy->settings, i);

      part->source = find_source (merge, "settings", part->field.name, &part->override);
    }
  for (guint i = 0; i < policy->criteria->len; i++)
    {
      ShyPolicyCriterion *part = g_ptr_array_index (policy->criteria, i);

      part->source = find_source (merge, "criteria", part->id, &part->override);
    }
  for (guint i = 0; i < policy->limits->len; i++)
    {
      ShyPolicyLimit *part = g_ptr_array_index (policy->limits, i);

      part->source = find_source (merge, "limits", part->id, &part->override);
    }
  if (policy->amount != NULL)
    policy->amount->source = find_source (merge, "amount", "", &policy->amount->override);
}

static void
clear_merge (Merge *merge)
{
  g_clear_error (&merge->reader.json.error);
  shy_json_document_unref (merge->json);
  g_hash_table_unref (merge->sources);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, clear_merge)

/* Reads the merged copy. The overrides, the cases and what belongs to them stay those of the pack,
 * so their pointers stay good; the copy itself needs them no more. */
static ShyPolicy *
read_merged (Merge *merge, ShyPolicy *self, GPtrArray *applied, GError **error)
{
  ShyJson              *root = shy_json_document_get_root (merge->json);
  g_autoptr (ShyPolicy) policy = NULL;

  shy_json_document_remove (root, "overrides");
  shy_json_document_remove (root, "cases");
  policy = shy_policy_new_from_json (merge->json, self->file, error);
  if (policy == NULL)
    return NULL;

  g_ptr_array_unref (policy->overrides);
  policy->overrides = g_ptr_array_ref (self->overrides);
  g_ptr_array_unref (policy->cases);
  policy->cases = g_ptr_array_ref (self->cases);
  policy->basis = g_ptr_array_ref (self->documents);
  policy->basis_clauses = g_ptr_array_ref (self->clauses);
  g_ptr_array_extend (policy->applied, applied, NULL, NULL);
  policy->resolved = TRUE;
  policy->digest = g_strdup (self->digest);
  policy->origin = shy_policy_origin_copy (self->origin);
  set_sources (merge, policy);
  return g_steal_pointer (&policy);
}

static ShyPolicy *
merge_all (ShyPolicy *self, GPtrArray *applied, GHashTable *settings, GError **error)
{
  g_auto (Merge) merge = { .reader = { .json = { .file = self->file } } };
  const ShyJson *overrides = shy_json_get (shy_json_document_get_root (self->json), "overrides");

  merge.json = shy_json_document_new_copy (self->json);
  merge.sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < applied->len && merge.reader.json.error == NULL; i++)
    {
      merge.override = g_ptr_array_index (applied, i);
      merge_override (&merge, g_ptr_array_index (overrides->items, merge.override->index));
    }
  merge.override = NULL;
  if (settings != NULL && merge.reader.json.error == NULL)
    merge_county_settings (&merge, self, settings);

  if (merge.reader.json.error == NULL)
    return read_merged (&merge, self, applied, error);
  g_propagate_error (error, g_steal_pointer (&merge.reader.json.error));
  return NULL;
}

/* Refuses a pack with an override that, merged into it, would not be read. */
gboolean
shy_policy_check_overrides (ShyPolicy *self, GError **error)
{
  for (guint i = 0; i < self->overrides->len; i++)
    {
      g_autoptr (GPtrArray) applied = g_ptr_array_new ();
      g_autoptr (ShyPolicy) policy = NULL;

      g_ptr_array_add (applied, g_ptr_array_index (self->overrides, i));
      policy = merge_all (self, applied, NULL, error);
      if (policy == NULL)
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
find_applied (ShyPolicy *self, const char *county, const GDate *key_date)
{
  GPtrArray *applied = g_ptr_array_new ();

  for (guint i = 0; i < self->overrides->len; i++)
    {
      ShyPolicyOverride *override = g_ptr_array_index (self->overrides, i);

      if (g_strcmp0 (override->county, county) == 0 &&
          shy_policy_dates_contain (&override->dates, key_date))
        g_ptr_array_add (applied, override);
    }
  return applied;
}

/* Names a question: the overrides in force, and the county's settings in the order of the pack. */
static char *
name_question (ShyPolicy *self, GPtrArray *applied, GHashTable *settings)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < applied->len; i++)
    g_string_append_printf (name, "%u ",
                            ((const ShyPolicyOverride *) g_ptr_array_index (applied, i))->index);
  for (guint i = 0; settings != NULL && i < self->settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (self->settings, i);
      const char             *value = g_hash_table_lookup (settings, setting->field.name);

      if (value != NULL)
        g_string_append_printf (name, "|%u=%" G_GSIZE_FORMAT ":%s", i, strlen (value), value);
    }
  return g_string_free (name, FALSE);
}

static gboolean
has_unknown_setting (ShyPolicy *self, GHashTable *settings)
{
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (shy_policy_find_part (self->settings, name) == NULL)
      return TRUE;

  return FALSE;
}

/**
 * shy_policy_resolve:
 * @self: a policy as read from a pack
 * @county: (nullable): the county that decides, GB/T 2260
 * @key_date: the key date of the case
 * @settings: (nullable) (element-type utf8 utf8): what the county sets itself, as text by name;
 *   %NULL for a value that it has not set
 * @error: return location for an error
 *
 * Gets the policy as it holds in a county on a day: with the overrides in force there and the
 * county's own settings, which prevail. Each part that was replaced knows by what. Answers are
 * kept, so asking again costs little.
 *
 * Errors: %SHY_ERROR_INVALID if a setting is unknown or its value not of its type.
 *
 * Returns: (transfer full): the policy, which may be @self; or %NULL with @error set
 */
ShyPolicy *
shy_policy_resolve (ShyPolicy    *self,
                    const char   *county,
                    const GDate  *key_date,
                    GHashTable   *settings,
                    GError      **error)
{
  g_autoptr (GPtrArray)        applied = NULL;
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char             *question = NULL;
  ShyPolicy                   *answer;

  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);
  g_return_val_if_fail (!self->resolved, NULL);
  g_return_val_if_fail (key_date != NULL && g_date_valid (key_date), NULL);

  applied = find_applied (self, county, key_date);
  question = name_question (self, applied, settings);
  if (*question == '\0' && (settings == NULL || !has_unknown_setting (self, settings)))
    return g_object_ref (self);

  locker = g_mutex_locker_new (&self->lock);
  answer = g_hash_table_lookup (self->resolutions, question);
  if (answer != NULL && (settings == NULL || !has_unknown_setting (self, settings)))
    return g_object_ref (answer);
  answer = merge_all (self, applied, settings, error);
  if (answer == NULL)
    return NULL;
  if (g_hash_table_size (self->resolutions) >= MAX_RESOLUTIONS)
    g_hash_table_remove_all (self->resolutions);
  g_hash_table_insert (self->resolutions, g_steal_pointer (&question), g_object_ref (answer));
  return answer;
}
