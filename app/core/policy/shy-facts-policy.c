/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-facts-policy.h"

#include "county/shy-county-registry.h"
#include "identity/shy-identity.h"
#include "identity/shy-number-runs.h"
#include "identity/shy-paper.h"
#include "json/shy-json-private.h"
#include "policy/shy-keys.h"
#include "field/shy-field.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Several values in one text, as 、 between them; NULL if there is none. */
static char *
join_several (const ShyField *field,
              const char     *text)
{
  g_auto (GStrv) parts = shy_field_split (field, text);

  return parts[0] != NULL ? g_strjoinv ("、", parts) : NULL;
}

static gboolean
is_empty (const ShyField *field,
          const char     *text)
{
  return field->type != SHY_FIELD_TEXT && *text == '\0';
}

/**
 * shy_facts_take:
 * @self: facts
 * @policy: the policy they are for
 * @name: one of its fields
 * @text: the value in canonical form, or one of its synonyms; for a place any of its names and
 *   codes
 * @origin: where it came from
 * @place: (nullable): the place within @origin
 * @error: return location for an error
 *
 * Makes a fact known under the type that the policy gives it. Empty text is no value: the fact
 * becomes unknown, unless it is free text.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if the policy has no such field, %SHY_ERROR_INVALID if @text is not
 * of its type; both name the field.
 *
 * Returns: %FALSE with @error set if it failed; nothing changed then
 */
gboolean
shy_facts_take (ShyFacts       *self,
                ShyPolicy      *policy,
                const char     *name,
                const char     *text,
                ShyFactOrigin   origin,
                const char     *place,
                GError        **error)
{
  const ShyField    *field;
  g_autofree char   *joined = NULL;
  g_autofree char   *value = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && SHY_IS_POLICY (policy), FALSE);
  g_return_val_if_fail (name != NULL && text != NULL, FALSE);

  field = shy_policy_find_field (policy, name);
  if (field == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("The policy %s has no field “%s”. See its fields with “shanyectl policy show”."),
                   shy_policy_get_id (policy), name);
      return FALSE;
    }
  if (field->several)
    text = joined = join_several (field, text);
  if (text == NULL || is_empty (field, text))
    {
      shy_facts_remove (self, name);
      return TRUE;
    }
  value = shy_field_normalize (field, text, &local);
  if (value == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, "%s: %s", name, local->message);
      return FALSE;
    }

  return shy_facts_set (self, name, field->type, value, origin, place,
                        error);
}

/* What the field's own check makes of a value, or NULL with @error set. */
static char *
check_number (const ShyFacts *self,
              ShyPolicy      *policy,
              const ShyField *field,
              const char     *value,
              GError        **error)
{
  /* The kind of paper is said of the person alone. */
  const ShyField *about = field == shy_policy_get_person_field (policy)
                            ? shy_policy_get_paper_field (policy) : NULL;
  const char     *name = about != NULL ? shy_facts_get_text (self, about->name) : NULL;
  const ShyPaper *said = name != NULL ? shy_paper_find (name) : NULL;

  return shy_field_check (field, value, said, shy_facts_get_on (self), error);
}

/**
 * shy_facts_read:
 * @self: facts
 * @policy: the policy they are for
 * @name: one of its fields
 * @text: what stands there
 * @origin: where it came from
 * @place: (nullable): the place within @origin
 * @error: return location for an error
 *
 * Makes a fact known, as shy_facts_take(), or remembers that something stands there which cannot be
 * a value of the field: a day that does not exist, a number out of its bounds, none of the choices,
 * an identity number whose check digit is wrong. That is not missing, and goes to a person if it
 * decides.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if the policy has no such field.
 *
 * Returns: %FALSE with @error set if there is no such field; nothing changed then
 */
gboolean
shy_facts_read (ShyFacts       *self,
                ShyPolicy      *policy,
                const char     *name,
                const char     *text,
                ShyFactOrigin   origin,
                const char     *place,
                GError        **error)
{
  const ShyField    *field;
  g_autofree char   *value = NULL;
  g_autofree char   *checked = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && SHY_IS_POLICY (policy), FALSE);
  g_return_val_if_fail (name != NULL && text != NULL, FALSE);

  field = shy_policy_find_field (policy, name);
  if (field == NULL || field->several || is_empty (field, text))
    return shy_facts_take (self, policy, name, text, origin, place, error);

  value = shy_field_normalize (field, text, &local);
  checked = value != NULL ? check_number (self, policy, field, value, &local) : NULL;
  if (checked != NULL)
    return shy_facts_set (self, name, field->type, checked, origin, place, error);
  shy_facts_set_unread (self, name, text, origin, place, local->message);

  return TRUE;
}

/**
 * shy_policy_setting_normalize: (skip)
 * @setting: what a county may decide
 * @text: the value as a person writes it
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_INVALID if the setting cannot have this value; names both.
 *
 * Returns: (transfer full): the value in canonical form, or %NULL with @error set
 */
char *
shy_policy_setting_normalize (const ShyPolicySetting *setting,
                              const char             *text,
                              GError                **error)
{
  g_autofree char   *value = NULL;
  g_autofree char   *values = NULL;
  g_autoptr (GError) local = NULL;
  gboolean           is_choice;

  g_return_val_if_fail (setting != NULL && text != NULL, NULL);

  is_choice = setting->field.values != NULL && *setting->field.values != NULL;
  value = shy_field_type_normalize (setting->field.type, text, &local);
  if (value != NULL && !shy_field_check_bounds (&setting->field, value, &local))
    g_clear_pointer (&value, g_free);
  if (value != NULL &&
      (!is_choice || g_strv_contains ((const char *const *) setting->field.values, value)))
    return g_steal_pointer (&value);
  if (is_choice)
    values = g_strjoinv (", ", setting->field.values);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: a value, a setting, and what it may be: a list or the reason. */
               _("“%s” cannot be a value of “%s”: %s"), text, setting->field.name,
               values != NULL ? values : local != NULL ? local->message : "");
  return NULL;
}

/**
 * shy_facts_take_setting:
 * @self: facts
 * @policy: the policy they are for
 * @name: one of its settings
 * @text: the value in canonical form
 * @error: return location for an error
 *
 * Sets what the county decided, under the type that the policy gives the setting.
 *
 * Errors: as shy_facts_take().
 *
 * Returns: %FALSE with @error set if it failed
 */
gboolean
shy_facts_take_setting (ShyFacts    *self,
                        ShyPolicy   *policy,
                        const char  *name,
                        const char  *text,
                        GError     **error)
{
  g_autofree char *value = NULL;
  GPtrArray       *settings;

  g_return_val_if_fail (self != NULL && SHY_IS_POLICY (policy), FALSE);
  g_return_val_if_fail (name != NULL && text != NULL, FALSE);

  settings = shy_policy_get_settings (policy);
  for (guint i = 0; i < settings->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (settings, i);

      if (!g_str_equal (setting->field.name, name))
        continue;
      value = shy_policy_setting_normalize (setting, text, error);
      return value != NULL
             && shy_facts_set_setting (self, name, setting->field.type, value,
                                       error);
    }

  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("The policy %s has no setting “%s”."),
               shy_policy_get_id (policy), name);
  return FALSE;
}

/* Where a value stands, for messages. */
static char *
describe_place (const ShyJson *json)
{
  g_autofree char *path = shy_json_path (json);

  /* Translators: the line of a file and the path of a member in it. */
  return g_strdup_printf (_("Line %u, %s"), json->line, path);
}

/* The text of a leaf; NULL for null, which means "not known". */
static gboolean
read_leaf (const ShyJson  *json,
           const char    **text,
           GError        **error)
{
  switch (json->kind)
    {
    case SHY_JSON_NULL:
      *text = NULL;
      return TRUE;
    case SHY_JSON_TRUE:
      *text = "true";
      return TRUE;
    case SHY_JSON_FALSE:
      *text = "false";
      return TRUE;
    case SHY_JSON_NUMBER:
    case SHY_JSON_STRING:
      *text = json->text;
      return TRUE;
    default:
      {
        g_autofree char *place = describe_place (json);

        g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                     /* Translators: %s is a member of a file with its line. */
                     _("%s: expected a text, a number, true, false or null."), place);
        return FALSE;
      }
    }
}

static gboolean
fail_at (const ShyJson *json,
         const char    *problem,
         GError       **error)
{
  g_autofree char *place = describe_place (json);

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, "%s: %s", place, problem);
  return FALSE;
}

/* A text, true or false stands for a value of those kinds only: a number is no text and "5" in
 * quotes is no text field's 5 either way round; numbers may be quoted to keep their digits. */
static gboolean
fits (const ShyJson *json,
      ShyFieldType   type)
{
  if (json->kind == SHY_JSON_NUMBER)
    return shy_field_type_is_number (type);
  if (json->kind == SHY_JSON_TRUE || json->kind == SHY_JSON_FALSE)
    return type == SHY_FIELD_BOOLEAN;

  return TRUE;
}

static gboolean
take_fact (ShyFacts       *self,
           ShyPolicy      *policy,
           const ShyJson  *json,
           GError        **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *path = NULL;
  const ShyField    *field = shy_policy_find_field (policy, json->name);
  const char        *text;

  if (!read_leaf (json, &text, error))
    return FALSE;
  if (field != NULL && !fits (json, field->type))
    return fail_at (json, _("the value is not of the type of this field."), error);
  if (text == NULL)
    {
      if (field == NULL)
        return fail_at (json, _("the policy has no field of this name."), error);
      return TRUE;
    }

  path = shy_json_path (json);
  if (!shy_facts_read (self, policy, json->name, text, SHY_FACT_ORIGIN_FILE, path, &local))
    return fail_at (json, local->message, error);

  return TRUE;
}

static gboolean
take_setting (ShyFacts       *self,
              ShyPolicy      *policy,
              const ShyJson  *json,
              GError        **error)
{
  g_autoptr (GError) local = NULL;
  const char        *text;

  if (!read_leaf (json, &text, error))
    return FALSE;
  if (text != NULL && !shy_facts_take_setting (self, policy, json->name, text, &local))
    return fail_at (json, local->message, error);

  return TRUE;
}

static gboolean
parse_date (const char *text,
            GDate      *date)
{
  g_autofree char *normal = text != NULL ? shy_field_type_normalize (SHY_FIELD_DATE, text, NULL)
                                         : NULL;

  if (normal == NULL)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, g_ascii_strtoull (normal + 8, NULL, 10),
                  g_ascii_strtoull (normal + 5, NULL, 10), g_ascii_strtoull (normal, NULL, 10));

  return TRUE;
}

/* Yuan with at most two decimals to fen. */
static gboolean
parse_money (const char *text,
             gint64     *fen)
{
  g_autofree char *normal = text != NULL ? shy_field_type_normalize (SHY_FIELD_NUMBER, text, NULL)
                                         : NULL;
  g_auto (GStrv)   parts = NULL;
  gint64           yuan;
  gint64           rest = 0;

  if (normal == NULL || *normal == '-')
    return FALSE;
  parts = g_strsplit (normal, ".", 2);
  if (!g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64 / 100 - 1, &yuan, NULL))
    return FALSE;
  if (parts[1] != NULL)
    {
      gsize length = strlen (parts[1]);

      if (length > 2)
        return FALSE;
      rest = g_ascii_strtoll (parts[1], NULL, 10) * (length == 1 ? 10 : 1);
    }
  *fen = yuan * 100 + rest;

  return TRUE;
}

static const char *
get_text (const ShyJson *object,
          const char    *member)
{
  const ShyJson *json = shy_json_get (object, member);

  return json != NULL && (json->kind == SHY_JSON_STRING || json->kind == SHY_JSON_NUMBER)
           ? json->text : NULL;
}

typedef gboolean (*TakeFunc) (ShyFacts       *self,
                              ShyPolicy      *policy,
                              const ShyJson  *json,
                              GError        **error);

static gboolean
take_each (ShyFacts       *self,
           ShyPolicy      *policy,
           const ShyJson  *json,
           ShyJsonKind     kind,
           TakeFunc        take,
           GError        **error)
{
  if (json == NULL)
    return TRUE;
  if (json->kind != kind)
    return fail_at (json,
                    kind == SHY_JSON_OBJECT ? _("expected an object.") : _("expected an array."),
                    error);
  for (guint i = 0; i < json->items->len; i++)
    if (!take (self, policy, g_ptr_array_index (json->items, i), error))
      return FALSE;

  return TRUE;
}

/* What the earlier application said, which limits compare. */
static gboolean
take_grant_facts (ShyGrant       *grant,
                  ShyPolicy      *policy,
                  const ShyJson  *json,
                  GError        **error)
{
  g_autoptr (ShyFacts) facts = shy_facts_new ();

  if (json == NULL)
    return TRUE;
  if (!take_each (facts, policy, json, SHY_JSON_OBJECT, take_fact, error))
    return FALSE;
  grant->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < shy_facts_get_size (facts); i++)
    {
      const ShyFact *fact = shy_facts_get_nth (facts, i);

      g_hash_table_insert (grant->values, g_strdup (fact->name), g_strdup (fact->text));
    }

  return TRUE;
}

static gboolean
take_grant (ShyFacts       *self,
            ShyPolicy      *policy,
            const ShyJson  *json,
            GError        **error)
{
  ShyGrant       grant = { 0 };
  const ShyJson *pending;
  const char    *amount;
  const char    *year;

  if (json->kind != SHY_JSON_OBJECT)
    return fail_at (json, _("expected an object with policy, date and amount."), error);
  amount = get_text (json, "amount");
  year = get_text (json, "year");
  grant.policy = (char *) get_text (json, "policy");
  grant.person = (char *) get_text (json, "person");
  grant.employer = (char *) get_text (json, "employer");
  if (grant.policy == NULL)
    return fail_at (json, _("“policy” is missing."), error);
  if (!parse_date (get_text (json, "date"), &grant.date))
    return fail_at (json, _("“date” must be a day such as 2025-06-30."), error);
  if (amount != NULL && !parse_money (amount, &grant.fen))
    return fail_at (json, _("“amount” must be yuan with at most two decimals."), error);
  if (year != NULL)
    grant.year = (guint) g_ascii_strtoull (year, NULL, 10);
  pending = shy_json_get (json, "pending");
  grant.pending = pending != NULL && pending->kind == SHY_JSON_TRUE;
  if (!take_grant_facts (&grant, policy, shy_json_get (json, "facts"), error))
    return FALSE;
  shy_facts_add_grant (self, &grant);
  g_clear_pointer (&grant.values, g_hash_table_unref);

  return TRUE;
}

/* A file with a member "facts" that is an object has parts; any other is the facts themselves. */
static gboolean
has_parts (const ShyJson *root)
{
  const ShyJson *facts = shy_json_get (root, "facts");

  return facts != NULL && facts->kind == SHY_JSON_OBJECT;
}

static gboolean
take_parts (ShyFacts       *self,
            ShyPolicy      *policy,
            const ShyJson  *root,
            GError        **error)
{
  GDate       on;
  const char *given = get_text (root, "on");

  for (guint i = 0; i < root->items->len; i++)
    {
      static const char * const parts[] = { "facts", "history", "settings", "on", "county", NULL };
      const ShyJson *item = g_ptr_array_index (root->items, i);

      if (!g_strv_contains (parts, item->name))
        return fail_at (item, _("expected facts, history, settings, on or county."), error);
    }
  if (shy_json_get (root, "on") != NULL)
    {
      if (!parse_date (given, &on))
        return fail_at (shy_json_get (root, "on"), _("expected a day such as 2025-06-30."), error);
      shy_facts_set_on (self, &on);
    }
  shy_facts_set_county (self, get_text (root, "county"));

  return take_each (self, policy, shy_json_get (root, "facts"), SHY_JSON_OBJECT, take_fact, error)
         && take_each (self, policy, shy_json_get (root, "settings"), SHY_JSON_OBJECT,
                       take_setting, error)
         && take_each (self, policy, shy_json_get (root, "history"), SHY_JSON_ARRAY, take_grant,
                       error);
}

/**
 * shy_facts_new_from_json:
 * @json: the contents of a file
 * @policy: the policy they are for
 * @error: return location for an error
 *
 * Reads facts: either an object of fields and values, or an object with `facts`, and where wanted
 * `history`, `settings`, `on` and `county`. Null means that a fact is not known.
 *
 * Errors: %SHY_ERROR_INVALID or %SHY_ERROR_NOT_FOUND, naming the member and its line.
 *
 * Returns: (transfer full): the facts, or %NULL with @error set
 */
ShyFacts *
shy_facts_new_from_json (GBytes     *json,
                         ShyPolicy  *policy,
                         GError    **error)
{
  g_autoptr (ShyJsonDocument) document = NULL;
  g_autoptr (ShyFacts)        self = NULL;
  const ShyJson              *root;

  g_return_val_if_fail (json != NULL && SHY_IS_POLICY (policy), NULL);

  document = shy_json_document_new (json, error);
  if (document == NULL)
    return NULL;
  root = shy_json_document_get_root (document);
  if (root->kind != SHY_JSON_OBJECT)
    {
      fail_at (root, _("expected an object."), error);
      return NULL;
    }

  self = shy_facts_new ();
  if (has_parts (root) ? !take_parts (self, policy, root, error)
                       : !take_each (self, policy, root, SHY_JSON_OBJECT, take_fact, error))
    return NULL;

  return g_steal_pointer (&self);
}

static GHashTable *
list_values (GPtrArray *facts)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < facts->len; i++)
    {
      const ShyPolicyFact *fact = g_ptr_array_index (facts, i);

      if (fact->value != NULL)
        g_hash_table_insert (values, g_strdup (fact->name), g_strdup (fact->value));
    }

  return values;
}

/**
 * shy_facts_new_from_case: (skip)
 * @given: a case of a pack
 * @policy: the pack
 * @error: return location for an error
 *
 * Returns: (transfer full): what the case gives, with its day, county, settings and history, or
 *   %NULL with @error set
 */
ShyFacts *
shy_facts_new_from_case (const ShyPolicyCase *given,
                         ShyPolicy           *policy,
                         GError             **error)
{
  g_autoptr (ShyFacts) self = shy_facts_new ();

  g_return_val_if_fail (given != NULL && SHY_IS_POLICY (policy), NULL);

  shy_facts_set_on (self, given->on);
  shy_facts_set_county (self, given->county);
  for (guint i = 0; i < given->facts->len; i++)
    {
      const ShyPolicyFact *fact = g_ptr_array_index (given->facts, i);

      if (fact->value != NULL
          && !shy_facts_take (self, policy, fact->name, fact->value, SHY_FACT_ORIGIN_FILE, NULL,
                              error))
        return NULL;
    }
  for (guint i = 0; i < given->settings->len; i++)
    {
      const ShyPolicyFact *fact = g_ptr_array_index (given->settings, i);

      if (fact->value != NULL
          && !shy_facts_take_setting (self, policy, fact->name, fact->value, error))
        return NULL;
    }
  for (guint i = 0; i < given->history->len; i++)
    {
      const ShyPolicyGrant *past = g_ptr_array_index (given->history, i);
      ShyGrant grant = { .policy = past->policy, .fen = past->amount, .year = MAX (0, past->year),
                         .person = past->person, .employer = past->employer,
                         .pending = past->pending };

      grant.date = *past->date;
      if (past->facts->len > 0)
        grant.values = list_values (past->facts);
      shy_facts_add_grant (self, &grant);
      g_clear_pointer (&grant.values, g_hash_table_unref);
    }

  return g_steal_pointer (&self);
}

/* Numbers of persons are not repeated in sentences, which are printed and sent about. */
static gboolean
is_number_of_somebody (const ShyField *field)
{
  return field != NULL && shy_field_type_is_personal (field->type);
}

static char *
say_where (const ShyUnread *unread)
{
  if (unread->origin == SHY_FACT_ORIGIN_CELL && unread->place != NULL)
    /* Translators: a cell, as 名单!O7. */
    return g_strdup_printf (_("read cell %s again"), unread->place);
  if (unread->origin == SHY_FACT_ORIGIN_TYPED || unread->place == NULL)
    return g_strdup (_("check what was entered"));

  /* Translators: the member of a file, or the record of a service. */
  return g_strdup_printf (_("check %s"), unread->place);
}

/**
 * shy_unread_describe: (skip)
 * @unread: what cannot be read
 * @field: (nullable): the field it was handed in for
 *
 * Asks whoever holds the file to read it again, and says where, what stands there and what is wrong
 * with it. Numbers of persons are not repeated.
 *
 * Returns: (transfer full): the sentence
 */
char *
shy_unread_describe (const ShyUnread *unread,
                     const ShyField  *field)
{
  const char      *label = field != NULL ? shy_text_get (field->label) : NULL;
  g_autofree char *where = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (unread != NULL, NULL);

  if (label == NULL)
    label = unread->name;
  where = say_where (unread);
  problem = shy_number_runs_mask (unread->problem);
  text = shy_number_runs_mask (unread->text);
  if (is_number_of_somebody (field) || strstr (unread->problem, unread->text) != NULL)
    /* Translators: a field, where to look (“read cell 名单!O7 again”), and what is wrong there. */
    return g_strdup_printf (_("%s: %s: %s"), label, where, problem);

  /* Translators: a field, where to look (“read cell 名单!O7 again”), what stands there, and what is
   * wrong with it. */
  return g_strdup_printf (_("%s: %s, it says “%s”: %s"), label, where, text, problem);
}
