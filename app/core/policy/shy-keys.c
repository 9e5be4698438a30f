/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-keys-private.h"

#include "identity/shy-identity.h"
#include "identity/shy-paper.h"
#include "identity/shy-name.h"
#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-private.h"

#include <string.h>

/* What limits are counted over: the values of fields in the form in which two of them are compared,
 * and the keys under which an application is found by another that shares one of them. */

/* What people put between the members of a list in one cell. */
/* A text that several people write differently: wide and narrow characters, capitals, signs. */
static char *
fold_text (const char *text)
{
  return shy_name_fold (text);
}

/**
 * shy_key_fold:
 * @field: a field
 * @text: a value of it
 *
 * Brings a value to the form in which limits compare it: wide characters are narrow, letters are
 * capitals, blanks and signs are gone; numbers and days are as facts have them.
 *
 * Returns: (transfer full): the value, "" if nothing of it is left
 */
char *
shy_key_fold (const ShyField *field,
              const char     *text)
{
  g_return_val_if_fail (field != NULL && text != NULL, NULL);

  return shy_field_type_get_base (field->type) == SHY_FIELD_TEXT ? fold_text (text)
                                                                 : g_strdup (text);
}

static const ShyField *
find_typed (ShyPolicy   *policy,
            ShyFieldType type)
{
  for (guint i = 0; i < policy->fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (policy->fields, i);

      if (field->type == type && !field->several)
        return field;
    }

  return NULL;
}

static void
add_name (GPtrArray      *names,
          const ShyField *field)
{
  if (field != NULL
      && !g_ptr_array_find_with_equal_func (names, field->name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (field->name));
}

/**
 * shy_policy_dup_compared:
 * @policy: a policy
 *
 * Lists the fields whose values one application leaves behind for the limits of others: their keys,
 * months and days, and what names a person besides the paper.
 *
 * Returns: (transfer full): names of fields, ended by %NULL
 */
char **
shy_policy_dup_compared (ShyPolicy *policy)
{
  GPtrArray *names = g_ptr_array_new ();

  g_return_val_if_fail (SHY_IS_POLICY (policy), NULL);

  for (guint i = 0; i < policy->limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (policy->limits, i);

      for (guint j = 0; j < limit->key->len; j++)
        add_name (names, g_ptr_array_index (limit->key, j));
      for (guint j = 0; j < limit->windows->len; j++)
        add_name (names, g_array_index (limit->windows, ShyPolicyWindow, j).from);
      add_name (names, limit->months);
    }
  add_name (names, policy->name);
  add_name (names, policy->birth);
  add_name (names, find_typed (policy, SHY_FIELD_MOBILE));
  add_name (names, find_typed (policy, SHY_FIELD_BANK_CARD));
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * shy_grant_new: (skip)
 * @policy: the policy of an application that is found eligible
 * @facts: what it says
 * @date: the day it is granted
 * @fen: the amount, in fen
 *
 * Makes of an application what it is to later ones: a grant that is not known to be paid.
 *
 * Returns: (transfer full): the grant
 */
ShyGrant *
shy_grant_new (ShyPolicy      *policy,
               const ShyFacts *facts,
               const GDate    *date,
               gint64          fen)
{
  ShyGrant      *self = g_new0 (ShyGrant, 1);
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (SHY_IS_POLICY (policy) && facts != NULL && date != NULL, NULL);

  names = shy_policy_dup_compared (policy);
  self->policy = g_strdup (policy->id);
  self->date = *date;
  self->fen = fen;
  self->pending = TRUE;
  /* NULL would be "the applicant": who is not known is nobody. */
  self->person = g_strdup (policy->person != NULL
                             ? shy_facts_get_text (facts, policy->person->name) : NULL);
  self->employer = g_strdup (policy->employer != NULL
                               ? shy_facts_get_text (facts, policy->employer->name) : NULL);
  if (self->person == NULL)
    self->person = g_strdup ("");
  if (self->employer == NULL)
    self->employer = g_strdup ("");
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = shy_facts_get_text (facts, names[i]);

      if (text != NULL)
        g_hash_table_insert (self->values, g_strdup (names[i]), g_strdup (text));
    }

  return self;
}

static void
add_key (GPtrArray  *keys,
         const char *name,
         const char *value)
{
  if (value != NULL && *value != '\0')
    g_ptr_array_add (keys, g_strconcat (name, "=", value, NULL));
}

/* The applications of one person under two papers meet under these. */
static void
add_likeness (GPtrArray         *keys,
              const ShyLikeness *likeness)
{
  const struct
  {
    const char *name;
    const char *value;
  } others[] = {
    { "name+mobile", likeness->mobile },
    { "name+birth", likeness->birth },
  };

  add_key (keys, "account", likeness->account);
  if (likeness->mobile != NULL && likeness->birth != NULL)
    {
      g_autofree char *value = g_strconcat (likeness->mobile, "/", likeness->birth, NULL);

      add_key (keys, "mobile+birth", value);
    }
  for (guint i = 0; likeness->name != NULL && i < G_N_ELEMENTS (others); i++)
    if (others[i].value != NULL)
      {
        g_autofree char *value = g_strconcat (likeness->name, "/", others[i].value, NULL);

        add_key (keys, others[i].name, value);
      }
}

/**
 * shy_keys_add: (skip)
 * @keys: (element-type utf8): a list of keys
 * @name: the name of a field
 * @text: a value of it that is a text
 * @several: whether it may hold several
 *
 * Adds the keys of a value, as [method@Shy.Policy.dup_keys] gives them.
 */
void
shy_keys_add (GPtrArray  *keys,
              const char *name,
              const char *text,
              gboolean    several)
{
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (keys != NULL && name != NULL && text != NULL);

  parts = shy_field_split (&(ShyField) { .several = several }, text);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *value = fold_text (parts[i]);

      add_key (keys, name, value);
    }
}

static void
add_field_keys (GPtrArray      *keys,
                ShyPolicy      *policy,
                const ShyField *field,
                const char     *text)
{
  if (text != NULL && field != policy->person && field != policy->employer)
    shy_keys_add (keys, field->name, text, field->several);
}

/* The fields that some limit is counted over, each once. */
static GPtrArray *
list_key_fields (ShyPolicy *policy)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < policy->limits->len; i++)
    {
      const ShyPolicyLimit *limit = g_ptr_array_index (policy->limits, i);

      for (guint j = 0; j < limit->key->len; j++)
        if (!g_ptr_array_find (fields, g_ptr_array_index (limit->key, j), NULL))
          g_ptr_array_add (fields, g_ptr_array_index (limit->key, j));
    }

  return fields;
}

/**
 * shy_grant_dup_keys: (skip)
 * @self: an earlier grant
 * @policy: the policy whose limits ask
 *
 * Returns: (transfer full) (element-type utf8): the keys under which it is found; see
 *   [method@Shy.Policy.dup_keys]
 */
GPtrArray *
shy_grant_dup_keys (const ShyGrant *self,
                    ShyPolicy      *policy)
{
  GPtrArray            *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) fields = NULL;
  g_auto (ShyLikeness)  likeness = { NULL };
  g_autofree char      *employer = NULL;

  g_return_val_if_fail (self != NULL && SHY_IS_POLICY (policy), NULL);

  fields = list_key_fields (policy);
  shy_likeness_init_grant (&likeness, policy, self);
  employer = self->employer != NULL ? fold_text (self->employer) : NULL;
  add_key (keys, "person", likeness.paper);
  add_key (keys, "employer", employer);
  add_likeness (keys, &likeness);
  for (guint i = 0; self->values != NULL && i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);

      add_field_keys (keys, policy, field, g_hash_table_lookup (self->values, field->name));
    }

  return keys;
}

/**
 * shy_policy_dup_keys:
 * @policy: a policy
 * @facts: an application for it
 *
 * Lists the keys under which earlier applications are found that its limits may count: "person=…",
 * "employer=…", the values of other fields that limits are counted over, and what the same person
 * under another paper would share.
 *
 * Returns: (transfer full) (element-type utf8): the keys
 */
GPtrArray *
shy_policy_dup_keys (ShyPolicy      *policy,
                     const ShyFacts *facts)
{
  g_autoptr (ShyGrant) grant = NULL;
  GDate                any;

  g_return_val_if_fail (SHY_IS_POLICY (policy) && facts != NULL, NULL);

  g_date_clear (&any, 1);
  grant = shy_grant_new (policy, facts, &any, 0);

  return shy_grant_dup_keys (grant, policy);
}

static char *
take_or_null (char *folded)
{
  if (folded != NULL && *folded != '\0')
    return folded;
  g_free (folded);

  return NULL;
}

static char *
fold_or_null (const char *text)
{
  return take_or_null (text != NULL ? fold_text (text) : NULL);
}

static char *
fold_name_or_null (const char *text)
{
  return take_or_null (text != NULL ? shy_name_fold_person (text) : NULL);
}

typedef const char *(*LookUp) (gconstpointer  of,
                               const char    *name);

/* The date of birth that the paper states, or else the application. */
static void
set_birth (ShyLikeness    *self,
           const ShyField *field,
           LookUp          look_up,
           gconstpointer   of)
{
  char  text[sizeof "2025-06-30"];
  GDate birth;

  g_date_clear (&birth, 1);
  if (self->paper != NULL && shy_identity_get_birth_date (self->paper, &birth)
      && g_date_strftime (text, sizeof text, "%Y-%m-%d", &birth) > 0)
    self->birth = g_strdup (text);
  else if (field != NULL)
    self->birth = g_strdup (look_up (of, field->name));
}

static void
init_likeness (ShyLikeness   *self,
               ShyPolicy     *policy,
               const char    *paper,
               LookUp         look_up,
               gconstpointer  of)
{
  const ShyField *mobile = find_typed (policy, SHY_FIELD_MOBILE);
  const ShyField *account = find_typed (policy, SHY_FIELD_BANK_CARD);

  self->paper = fold_or_null (paper);
  self->name = policy->name != NULL ? fold_name_or_null (look_up (of, policy->name->name)) : NULL;
  self->mobile = mobile != NULL ? fold_or_null (look_up (of, mobile->name)) : NULL;
  self->account = account != NULL ? fold_or_null (look_up (of, account->name)) : NULL;
  set_birth (self, policy->birth, look_up, of);
}

static const char *
look_up_fact (gconstpointer  of,
              const char    *name)
{
  return shy_facts_get_text (of, name);
}

static const char *
look_up_value (gconstpointer  of,
               const char    *name)
{
  const ShyGrant *grant = of;

  return grant->values != NULL ? g_hash_table_lookup (grant->values, name) : NULL;
}

void
shy_likeness_init_facts (ShyLikeness    *self,
                         ShyPolicy      *policy,
                         const ShyFacts *facts)
{
  init_likeness (self, policy,
                 policy->person != NULL ? shy_facts_get_text (facts, policy->person->name) : NULL,
                 look_up_fact, facts);
}

void
shy_likeness_init_grant (ShyLikeness    *self,
                         ShyPolicy      *policy,
                         const ShyGrant *grant)
{
  init_likeness (self, policy, grant->person, look_up_value, grant);
}

void
shy_likeness_clear (ShyLikeness *self)
{
  g_free (self->paper);
  g_free (self->name);
  g_free (self->mobile);
  g_free (self->account);
  g_free (self->birth);
}

static gboolean
share (const char *one,
       const char *other)
{
  return one != NULL && other != NULL && g_str_equal (one, other);
}

static gboolean
is_resident_id (const char *paper)
{
  return paper != NULL
         && shy_identity_result_is_valid (shy_paper_check (NULL, NULL, paper, NULL, NULL, NULL));
}

/* Two resident IDs have two orders within one birth date, so name and birth date do not make them
 * one person; for another paper they may. */
static gboolean
share_birth (const ShyLikeness *self,
             const ShyLikeness *other)
{
  return share (self->birth, other->birth)
         && !(is_resident_id (self->paper) && is_resident_id (other->paper));
}

/* How two applications name their persons. */
ShyLikenessKind
shy_likeness_compare (const ShyLikeness *self,
                      const ShyLikeness *other)
{
  gboolean renamed = self->name != NULL && other->name != NULL
                     && !g_str_equal (self->name, other->name);

  if (share (self->paper, other->paper))
    return renamed ? SHY_LIKENESS_RENAMED : SHY_LIKENESS_SAME;
  /* A name is written in many ways: an account belongs to one person, and hardly anybody shares the
   * telephone with somebody born on the same day. */
  if (share (self->account, other->account)
      || (share (self->mobile, other->mobile) && share (self->birth, other->birth)))
    return SHY_LIKENESS_ALIKE;
  if (share (self->name, other->name)
      && (share (self->mobile, other->mobile) || share_birth (self, other)))
    return SHY_LIKENESS_ALIKE;

  return SHY_LIKENESS_STRANGERS;
}
