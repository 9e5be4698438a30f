/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-results.h"

#include "subsidy-provenance.h"
#include "subsidy-words.h"

#include <glib/gi18n-lib.h>

/* A table on its way to a file. */
typedef struct
{
  ShySheetWriter *writer;
  GPtrArray      *fields; /* of ShyPolicyField */
  JsonObject     *basis;  /* by which text all rows were decided that do not say so themselves */
} Table;

static char **
dup_headers (GPtrArray *fields)
{
  GStrvBuilder *headers = g_strv_builder_new ();
  char        **list;

  g_strv_builder_add_many (headers, _("No."), _("Row"), _("Outcome"), _("Amount (yuan)"),
                           _("Reasons and clauses"), _("Missing"), _("What would change it"),
                           _("Remarks"), NULL);
  for (guint i = 0; i < fields->len; i++)
    g_strv_builder_add (headers, ((const ShyPolicyField *) fields->pdata[i])->name);

  g_strv_builder_add_many (headers, _("Policy"), _("Version"), _("Policy from"), _("Digest of the policy"),
                           NULL);
  list = g_strv_builder_end (headers);
  g_strv_builder_unref (headers);
  return list;
}

static void
add_words (Table *table,
           char  *text)
{
  if (*text != '\0')
    shy_sheet_writer_add_text (table->writer, text);
  else
    shy_sheet_writer_add_empty (table->writer);
  g_free (text);
}

static void
add_number (Table *table,
            gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  shy_sheet_writer_add_number (table->writer, text);
}

static void
add_amount (Table  *table,
            gint64  fen)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", fen / 100, (int) (fen % 100));

  if (fen > 0)
    shy_sheet_writer_add_number (table->writer, text);
  else
    shy_sheet_writer_add_empty (table->writer);
}

/* Identity and card numbers are text, so that no spreadsheet rounds them. */
static void
add_fact (Table                *table,
          const ShyPolicyField *field,
          JsonObject           *values)
{
  JsonNode   *fact = json_object_get_member (values, field->name);
  JsonObject *said = fact != NULL ? json_node_get_object (fact) : NULL;
  const char *value = NULL;
  const char *unread = NULL;
  GDate       date;

  if (said != NULL)
    {
      value = json_object_get_string_member_with_default (said, "value", NULL);
      unread = json_object_get_string_member_with_default (said, "unreadable", NULL);
    }
  if (unread != NULL)
    shy_sheet_writer_add_text (table->writer, unread);
  else if (value == NULL)
    shy_sheet_writer_add_empty (table->writer);
  else if (field->type == SHY_POLICY_TYPE_NUMBER || field->type == SHY_POLICY_TYPE_MONEY)
    shy_sheet_writer_add_number (table->writer, value);
  else if (field->type == SHY_POLICY_TYPE_DATE && shy_date_parse (value, &date))
    shy_sheet_writer_add_date (table->writer, &date);
  else if (field->type == SHY_POLICY_TYPE_BOOLEAN)
    shy_sheet_writer_add_text (table->writer, g_str_equal (value, "true") ? _("Yes") : _("No"));
  else
    shy_sheet_writer_add_text (table->writer, value);
}

/* What could not be read stays as the spreadsheet has it. */
static JsonObject *
values_by_field (JsonArray *facts)
{
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < json_array_get_length (facts); i++)
    {
      JsonObject *fact = json_array_get_object_element (facts, i);

      json_object_set_object_member (values, json_object_get_string_member (fact, "field"),
                                     json_object_ref (fact));
    }
  return values;
}

static void
add_basis (Table      *table,
           JsonObject *basis)
{
  static const char *const members[] = { "policy", "version" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    add_words (table,
               g_strdup (json_object_get_string_member_with_default (basis, members[i], "")));
  add_words (table, subsidy_provenance_to_label (basis));
  add_words (table, g_strdup (json_object_get_string_member_with_default (basis, "digest", "")));
}

static gboolean
write_row (const SubsidyRecord  *record,
           gpointer              data,
           GError              **error)
{
  Table                 *table = data;
  g_autoptr (JsonNode)   facts = shy_json_node_from_text (record->facts, -1, error);
  g_autoptr (JsonNode)   node = facts != NULL ? shy_json_node_from_text (record->verdict, -1, error) : NULL;
  g_autoptr (JsonNode)   basis = NULL;
  g_autoptr (JsonObject) values = NULL;
  JsonObject            *verdict;

  if (node != NULL && record->basis != NULL)
    basis = shy_json_node_from_text (record->basis, -1, error);
  if (node == NULL || (record->basis != NULL && basis == NULL))
    return FALSE;

  verdict = json_node_get_object (node);
  values = values_by_field (json_node_get_array (facts));
  add_number (table, record->number);
  add_number (table, record->row);
  shy_sheet_writer_add_text (table->writer, subsidy_outcome_to_label (record->outcome));
  add_amount (table, record->amount);
  add_words (table, subsidy_words_reasons (verdict));
  add_words (table, subsidy_words_missing (verdict));
  add_words (table, subsidy_words_changes (verdict));
  add_words (table, subsidy_words_warnings (verdict));
  for (guint i = 0; i < table->fields->len; i++)
    add_fact (table, table->fields->pdata[i], values);
  add_basis (table, basis != NULL ? json_node_get_object (basis) : table->basis);
  return shy_sheet_writer_end_row (table->writer, error);
}

/*
 * subsidy_table_write: one sheet with a row for each application: outcome, reasons with their
 * clauses, what is missing, what would change it, then the facts as they were understood, and the text
 * that decided with by whose word it does.
 */
gboolean
subsidy_table_write (SubsidySpool    *spool,
                     ShyPolicy       *policy,
                     ShySheetFormat   format,
                     const char      *path,
                     GError         **error)
{
  g_autoptr (ShySheetWriter) writer = shy_sheet_writer_new (path, format, error);
  g_auto (GStrv)             headers = dup_headers (shy_policy_get_fields (policy));
  g_autoptr (JsonObject)     basis = subsidy_provenance_of (policy);
  Table                      table = { writer, shy_policy_get_fields (policy), basis };

  return writer != NULL &&
         shy_sheet_writer_add_sheet (writer, _("Results"), (const char *const *) headers, error) &&
         subsidy_spool_foreach (spool, write_row, &table, error) &&
         shy_sheet_writer_close (writer, error);
}
