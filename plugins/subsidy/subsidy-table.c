/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-results.h"

#include "subsidy-provenance.h"
#include "subsidy-words.h"

#include <glib/gi18n-lib.h>

/* How many rows say in which order the columns of a spreadsheet stand. */
#define ROWS_LOOKED_AT 200

/* A table on its way to a file. */
typedef struct
{
  ShySheetWriter    *writer;
  ShyCountyRegistry *counties; /* (unowned) */
  const ShyField    *name;     /* (unowned) (nullable): who a row is about, which stands first */
  GPtrArray         *fields;   /* (unowned) of ShyField, as the columns stand in the table */
  JsonObject        *basis;    /* by which text all rows were decided that do not say so themselves */
} Table;

/* Where the fields stand in the spreadsheet. */
typedef struct
{
  GHashTable *columns; /* (owned): field → column, from 1 */
  guint       rows;
} Order;

static gboolean
note_columns (const SubsidyRecord  *record,
              gpointer              data,
              GError              **error)
{
  Order               *order = data;
  g_autoptr (JsonNode) node = NULL;
  JsonArray           *facts;

  if (order->rows++ >= ROWS_LOOKED_AT)
    return TRUE;
  node = shy_json_node_from_text (record->facts, -1, error);
  if (node == NULL)
    return FALSE;

  facts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (facts); i++)
    {
      JsonObject *fact = json_array_get_object_element (facts, i);
      const char *field = json_object_get_string_member (fact, "field");
      const char *cell = json_object_get_string_member_with_default (fact, "cell", "");
      guint       row, column;

      if (shy_sheet_reference_parse (cell, &row, &column) &&
          !g_hash_table_contains (order->columns, field))
        g_hash_table_insert (order->columns, g_strdup (field), GUINT_TO_POINTER (column + 1));
    }
  return TRUE;
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const ShyField *first = *(const ShyField *const *) a;
  const ShyField *second = *(const ShyField *const *) b;
  GHashTable     *columns = data;
  guint           x = GPOINTER_TO_UINT (g_hash_table_lookup (columns, first->name));
  guint           y = GPOINTER_TO_UINT (g_hash_table_lookup (columns, second->name));

  /* What stands in no column comes last: 0 becomes the largest. */
  return x - 1 < y - 1 ? -1 : x - 1 > y - 1;
}

/* The fields in the order of the spreadsheet's columns, then those that it does not have; without the
 * one that stands first anyway. */
static GPtrArray *
order_fields (ShySpool       *spool,
              GPtrArray      *fields,
              const ShyField *name,
              GError        **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Order                  order = { columns };
  GPtrArray             *ordered = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    if (fields->pdata[i] != name)
      g_ptr_array_add (ordered, fields->pdata[i]);
  if (!subsidy_spool_foreach (spool, note_columns, &order, error))
    {
      g_ptr_array_unref (ordered);
      return NULL;
    }
  g_ptr_array_sort_with_data (ordered, compare_columns, columns); /* a stable sort */
  return ordered;
}

static char **
dup_headers (const ShyField *name,
             GPtrArray      *fields)
{
  GStrvBuilder *headers = g_strv_builder_new ();
  char        **list;

  if (name != NULL)
    g_strv_builder_add (headers, name->name);
  g_strv_builder_add_many (headers, _("No."), _("Row"), _("Outcome"), _("Amount (yuan)"),
                           _("Reasons and clauses"), _("Missing"), _("What would change it"),
                           _("Remarks"), NULL);
  for (guint i = 0; i < fields->len; i++)
    g_strv_builder_add (headers, ((const ShyField *) fields->pdata[i])->name);

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

/* What nobody wrote: a place was chosen in the window, or its row was kept by an earlier program. */
static void
add_value (Table          *table,
           const ShyField *field,
           const char     *value)
{
  GDate date;

  if (shy_field_type_is_number (field->type))
    shy_sheet_writer_add_number (table->writer, value);
  else if (field->type == SHY_FIELD_DATE && shy_date_parse (value, &date))
    shy_sheet_writer_add_date (table->writer, &date);
  else if (field->type == SHY_FIELD_BOOLEAN)
    shy_sheet_writer_add_text (table->writer, g_str_equal (value, "true") ? _("Yes") : _("No"));
  else if (field->type == SHY_FIELD_COUNTY)
    add_words (table, shy_county_registry_dup_place (table->counties, value));
  else
    shy_sheet_writer_add_text (table->writer, value);
}

/* A fact as the spreadsheet has it, what could not be read included. Identity and card numbers are
 * text, so that no spreadsheet rounds them. */
static void
add_fact (Table          *table,
          const ShyField *field,
          JsonObject     *values)
{
  JsonNode   *fact = json_object_get_member (values, field->name);
  JsonObject *said = fact != NULL ? json_node_get_object (fact) : NULL;
  const char *value = NULL;
  const char *written = NULL;

  if (said != NULL)
    {
      value = json_object_get_string_member_with_default (said, "value", NULL);
      written = json_object_get_string_member_with_default (said, "unreadable", NULL);
      if (written == NULL)
        written = json_object_get_string_member_with_default (said, "written", NULL);
    }
  if (written != NULL)
    shy_sheet_writer_add_text (table->writer, written);
  else if (value == NULL)
    shy_sheet_writer_add_empty (table->writer);
  else
    add_value (table, field, value);
}

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
  if (table->name != NULL)
    add_fact (table, table->name, values);
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
 * subsidy_table_write: one sheet with a row for each application: whose it is, outcome, reasons with
 * their clauses, what is missing, what would change it, then the facts as the spreadsheet has them
 * and in the order of its columns, and the text that decided with by whose word it does.
 */
gboolean
subsidy_table_write (ShySpool    *spool,
                     ShyPolicy       *policy,
                     ShySheetFormat   format,
                     const char      *path,
                     gboolean         replace,
                     GError         **error)
{
  ShyCountyRegistry         *counties = shy_county_registry_get_default (error);
  const ShyField            *name = shy_policy_get_name_field (policy);
  g_autoptr (GPtrArray)      fields = NULL;
  g_autoptr (ShySheetWriter) writer = NULL;
  g_auto (GStrv)             headers = NULL;
  g_autoptr (JsonObject)     basis = subsidy_provenance_of (policy);
  Table                      table = { NULL, counties, name, NULL, basis };

  if (counties != NULL)
    table.fields = fields = order_fields (spool, shy_policy_get_fields (policy), name, error);
  if (fields != NULL)
    table.writer = writer = shy_sheet_writer_new (path, format, error);
  if (writer == NULL)
    return FALSE;

  shy_sheet_writer_set_keep (writer, !replace);
  headers = dup_headers (name, fields);
  return shy_sheet_writer_add_sheet (writer, _("Results"), (const char *const *) headers, error) &&
         subsidy_spool_foreach (spool, write_row, &table, error) &&
         shy_sheet_writer_close (writer, error);
}
