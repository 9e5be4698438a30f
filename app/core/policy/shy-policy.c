/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy.h"

#include "policy/shy-policy-expand-private.h"
#include "policy/shy-policy-load-private.h"
#include "policy/shy-policy-parts-private.h"
#include "policy/shy-policy-resolve-private.h"

#include "shy-error.h"
#include "shy-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * ShyPolicy:
 *
 * A policy as data: its legal basis, what it asks, what it gives and the cases that test it, read
 * from a pack (`data/policies`, described by `policy.schema.json`).
 *
 * It never changes after it was read, so any thread may read it.
 */
G_DEFINE_FINAL_TYPE (ShyPolicy, shy_policy, G_TYPE_OBJECT)

static void
shy_policy_finalize (GObject *object)
{
  ShyPolicy *self = SHY_POLICY (object);

  g_clear_pointer (&self->resolutions, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self->digest);
  g_clear_pointer (&self->origin, shy_policy_origin_free);
  g_clear_pointer (&self->versions, g_array_unref);
  g_free (self->file);
  g_free (self->id);
  g_free (self->version);
  shy_text_free (self->title);
  shy_text_free (self->summary);
  shy_policy_dates_clear (&self->effective);
  shy_policy_expression_free (self->key_date);
  g_free (self->group);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->clauses);
  g_ptr_array_unref (self->settings);
  g_clear_pointer (&self->table_value, shy_feel_value_unref);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->imports);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->derived);
  g_array_unref (self->derived_order);
  g_ptr_array_unref (self->criteria);
  shy_policy_amount_free (self->amount);
  g_ptr_array_unref (self->relations);
  g_ptr_array_unref (self->limits);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->applied);
  g_ptr_array_unref (self->overrides);
  g_ptr_array_unref (self->cases);
  g_clear_pointer (&self->basis, g_ptr_array_unref);
  g_clear_pointer (&self->basis_clauses, g_ptr_array_unref);
  g_clear_pointer (&self->json, shy_json_document_unref);

  G_OBJECT_CLASS (shy_policy_parent_class)->finalize (object);
}

static void
shy_policy_class_init (ShyPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_policy_finalize;
}

static void
shy_policy_init (ShyPolicy *self)
{
  self->journalled = -1;
  g_mutex_init (&self->lock);
  self->resolutions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->documents = g_ptr_array_new_with_free_func (shy_policy_document_free);
  self->clauses = g_ptr_array_new_with_free_func (shy_policy_clause_free);
  self->settings = g_ptr_array_new_with_free_func (shy_policy_setting_free);
  self->tables = g_ptr_array_new_with_free_func (shy_policy_table_free);
  self->imports = g_ptr_array_new_with_free_func (shy_policy_import_free);
  self->fields = g_ptr_array_new_with_free_func (shy_field_free);
  self->derived = g_ptr_array_new_with_free_func (shy_policy_derived_free);
  self->derived_order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->criteria = g_ptr_array_new_with_free_func (shy_policy_criterion_free);
  self->relations = g_ptr_array_new_with_free_func (shy_policy_relation_free);
  self->limits = g_ptr_array_new_with_free_func (shy_policy_limit_free);
  self->steps = g_ptr_array_new_with_free_func (shy_policy_step_free);
  self->overrides = g_ptr_array_new_with_free_func (shy_policy_override_free);
  self->cases = g_ptr_array_new_with_free_func (shy_policy_case_free);
  self->applied = g_ptr_array_new ();
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/* Reads a policy from JSON; @file is for messages. */
ShyPolicy *
shy_policy_new_from_json (ShyJsonDocument *json, const char *file, GError **error)
{
  g_autoptr (ShyPolicy) self = g_object_new (SHY_TYPE_POLICY, NULL);

  self->json = shy_json_document_ref (json);
  self->file = g_strdup (file);
  if (!shy_policy_load (self, file, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What a pack imports decides too, so the text that is kept has it all and needs no other file. */
static GBytes *
write_text (ShyPolicy *self)
{
  char *text = shy_policy_to_json (self);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * shy_policy_new_from_bytes:
 * @bytes: a pack
 * @name: what messages call it, as its file
 * @error: return location for an error
 *
 * Reads a policy, with the shared files that it imports. The pack is refused as a whole when anything in it is wrong; the message names
 * the line, the JSON path of the member, as `$.criteria[2].condition`, and what to do.
 *
 * Errors: %SHY_ERROR_INVALID, %SHY_ERROR_SYNTAX for an expression, %SHY_ERROR_LIMIT for a file too
 * long or nested too deep, %SHY_ERROR_UNSUPPORTED for a format of another version.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
ShyPolicy *
shy_policy_new_from_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (ShyJsonDocument) json = NULL;
  gboolean                    expanded;
  g_autoptr (ShyPolicy)       self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  json = shy_json_document_new (bytes, error);
  if (json == NULL)
    {
      /* Translators: a file, then what is wrong in it. */
      g_prefix_error (error, _("“%s”: "), name);
      return NULL;
    }
  if (!shy_policy_expand (json, name, &expanded, error))
    return NULL;
  self = shy_policy_new_from_json (json, name, error);
  if (self == NULL || !shy_policy_check_overrides (self, error))
    return NULL;
  self->text = expanded ? write_text (self) : g_bytes_ref (bytes);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->text);
  return g_steal_pointer (&self);
}

/**
 * shy_policy_new_from_file:
 * @path: (type filename): the file of a pack
 * @error: return location for an error
 *
 * Reads a policy from a file, as shy_policy_new_from_bytes(). Blocks.
 *
 * Errors: beside those, %SHY_ERROR_NOT_FOUND if the file cannot be read.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
ShyPolicy *
shy_policy_new_from_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char   *name = NULL;
  char              *contents;
  gsize              length;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);
  if (!shy_file_get_contents (path, &contents, &length, &local))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   /* Translators: the first %s is a file, the second the system's reason. */
                   _("The policy “%s” cannot be read (%s). Check the path."), name,
                   local->message);
      return NULL;
    }
  bytes = g_bytes_new_take (contents, length);
  return shy_policy_new_from_bytes (bytes, name, error);
}

/**
 * shy_policy_to_json:
 * @self: a policy
 *
 * Writes a policy as a pack. One that was resolved for a county is written as it holds there,
 * without overrides and cases.
 *
 * Returns: (transfer full): JSON
 */
char *
shy_policy_to_json (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return shy_json_to_string (shy_json_document_get_root (self->json));
}

/**
 * shy_policy_get_text:
 * @self: a policy
 *
 * Gets the pack as it was read, byte by byte, with what it imports written into it: what decides is
 * these bytes, whatever became of the files since.
 *
 * Returns: (transfer none) (nullable): the pack; %NULL for a policy that was resolved for a county
 */
GBytes *
shy_policy_get_text (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->text;
}

/**
 * shy_policy_get_digest:
 * @self: a policy
 *
 * Gets the digest by which a decision names the pack that it was made by. A policy that was resolved
 * for a county has that of its pack.
 *
 * Returns: (nullable): SHA-256 of shy_policy_get_text() in hexadecimal
 */
const char *
shy_policy_get_digest (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->digest;
}

const ShyPolicyName *
shy_policy_find_name (ShyPolicy *self, const char *name)
{
  return g_hash_table_lookup (self->names, name);
}

/**
 * shy_policy_get_id:
 * @self: a policy
 *
 * Returns: the id, as "zj-postdoc-grant"; its versions share it
 */
const char *
shy_policy_get_id (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->id;
}

/**
 * shy_policy_get_version:
 * @self: a policy
 *
 * Returns: the version of the pack
 */
const char *
shy_policy_get_version (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->version;
}

/**
 * shy_policy_get_file:
 * @self: a policy
 *
 * Returns: the file that it was read from, or the name that it was given
 */
const char *
shy_policy_get_file (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->file;
}

/**
 * shy_policy_get_title:
 * @self: a policy
 *
 * Returns: the title in the person's language
 */
const char *
shy_policy_get_title (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return shy_text_get (self->title);
}

/**
 * shy_policy_get_summary:
 * @self: a policy
 *
 * Returns: (nullable): a short description in the person's language
 */
const char *
shy_policy_get_summary (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return shy_text_get (self->summary);
}

/**
 * shy_policy_is_application:
 * @self: a policy
 *
 * Returns: %TRUE if somebody applies for it, %FALSE if it is decided from registers (免申即享)
 */
gboolean
shy_policy_is_application (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), FALSE);

  return self->application;
}

/**
 * shy_policy_is_effective:
 * @self: a policy
 * @date: a day
 *
 * Returns: %TRUE if the policy is in force on that day, its first and last day included
 */
gboolean
shy_policy_is_effective (ShyPolicy *self, const GDate *date)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), FALSE);
  g_return_val_if_fail (date != NULL && g_date_valid (date), FALSE);

  return shy_policy_dates_contain (&self->effective, date);
}

/**
 * shy_policy_get_effective: (skip)
 * @self: a policy
 *
 * Returns: from when to when the policy is in force
 */
const ShyPolicyDates *
shy_policy_get_effective (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return &self->effective;
}

/**
 * shy_policy_get_documents: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its documents, each a const #ShyPolicyDocument, in the order of the pack
 */
GPtrArray *
shy_policy_get_documents (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->documents;
}

/**
 * shy_policy_get_clauses: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its clauses, each a const #ShyPolicyClause, in the order of the pack
 */
GPtrArray *
shy_policy_get_clauses (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->clauses;
}

/**
 * shy_policy_get_settings: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its settings, each a const #ShyPolicySetting, in the order of the pack
 */
GPtrArray *
shy_policy_get_settings (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->settings;
}

/**
 * shy_policy_get_imports: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): the shared files whose parts it took over, each a const #ShyPolicyImport
 */
GPtrArray *
shy_policy_get_imports (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->imports;
}

/**
 * shy_policy_get_fields: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its fields, each a const #ShyField, in the order of the pack
 */
GPtrArray *
shy_policy_get_fields (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->fields;
}

/**
 * shy_policy_get_criteria: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its criteria, each a const #ShyPolicyCriterion, in the order of the pack
 */
GPtrArray *
shy_policy_get_criteria (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->criteria;
}

/**
 * shy_policy_get_amount: (skip)
 * @self: a policy
 *
 * Returns: (nullable): what it pays, %NULL for nothing
 */
const ShyPolicyAmount *
shy_policy_get_amount (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->amount;
}

/**
 * shy_policy_get_limits: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its limits, each a const #ShyPolicyLimit, in the order of the pack
 */
GPtrArray *
shy_policy_get_limits (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->limits;
}

/**
 * shy_policy_get_cases: (skip)
 * @self: a policy
 *
 * Returns: (transfer none): its cases, each a const #ShyPolicyCase, in the order of the pack
 */
GPtrArray *
shy_policy_get_cases (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->cases;
}

/**
 * shy_policy_find_field: (skip)
 * @self: a policy
 * @name: the name of a field
 *
 * Returns: (nullable): the field, %NULL if there is none
 */
const ShyField *
shy_policy_find_field (ShyPolicy *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return shy_policy_find_part (self->fields, name);
}

/**
 * shy_policy_find_setting: (skip)
 * @self: a policy
 * @name: the name of a setting
 *
 * Returns: (nullable): the setting, %NULL if there is none
 */
const ShyPolicySetting *
shy_policy_find_setting (ShyPolicy *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return shy_policy_find_part (self->settings, name);
}

/**
 * shy_policy_find_clause: (skip)
 * @self: a policy
 * @id: the id of a clause
 *
 * Returns: (nullable): the clause, %NULL if there is none
 */
const ShyPolicyClause *
shy_policy_find_clause (ShyPolicy *self, const char *id)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return shy_policy_find_part (self->clauses, id);
}

/**
 * shy_policy_find_criterion: (skip)
 * @self: a policy
 * @id: the id of a criterion
 *
 * Returns: (nullable): the criterion, %NULL if there is none
 */
const ShyPolicyCriterion *
shy_policy_find_criterion (ShyPolicy *self, const char *id)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return shy_policy_find_part (self->criteria, id);
}

/**
 * shy_policy_get_person_field: (skip)
 * @self: a policy
 *
 * Returns: (nullable): the field that holds the person an application is for
 */
const ShyField *
shy_policy_get_person_field (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->person;
}

/**
 * shy_policy_get_name_field: (skip)
 * @self: a policy
 *
 * Returns: (nullable): the field that holds the name of that person
 */
const ShyField *
shy_policy_get_name_field (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->name;
}

/**
 * shy_policy_get_paper_field: (skip)
 * @self: a policy
 *
 * Returns: (nullable): the field that says what kind of paper the number of the person is from
 */
const ShyField *
shy_policy_get_paper_field (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->paper;
}

/**
 * shy_policy_get_employer_field: (skip)
 * @self: a policy
 *
 * Returns: (nullable): the field that holds the employer
 */
const ShyField *
shy_policy_get_employer_field (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->employer;
}

/**
 * shy_policy_get_county_field: (skip)
 * @self: a policy
 *
 * Returns: (nullable): the field that holds the county that decides
 */
const ShyField *
shy_policy_get_county_field (ShyPolicy *self)
{
  g_return_val_if_fail (SHY_IS_POLICY (self), NULL);

  return self->county;
}
