/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-notes.h"

#include <glib/gi18n-lib.h>

/* As many rows as a sentence names; the file of results names all. */
#define N_NAMED 20

struct _SubsidyNotes
{
  SubsidyHidden hidden;
  SubsidyHidden hidden_columns;
  GArray       *hidden_rows; /* (owned) (element-type guint) */
  GHashTable   *persons;     /* (owned) (nullable): persons of the register under this policy */
  GArray       *known_rows;  /* (owned) (element-type guint): rows of such persons */
  gint64        batch;       /* that stored this very file before; 0 for none */
  char         *stored_at;   /* (owned) (nullable): when that was */
  guint         blank;       /* blank rows between others */
  JsonArray    *skips;       /* (owned) */
  JsonArray    *unused;      /* (owned): columns */
  JsonArray    *unseen;      /* (owned): columns that are hidden and were matched */
  GPtrArray    *reasons;     /* (owned): sentences on what was skipped */
};

SubsidyNotes *
subsidy_notes_new (SubsidyHidden hidden,
                   SubsidyHidden hidden_columns)
{
  SubsidyNotes *self = g_new0 (SubsidyNotes, 1);

  self->hidden = hidden;
  self->hidden_columns = hidden_columns;
  self->hidden_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->known_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->skips = json_array_new ();
  self->unused = json_array_new ();
  self->unseen = json_array_new ();
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
subsidy_notes_free (SubsidyNotes *self)
{
  g_array_unref (self->hidden_rows);
  g_array_unref (self->known_rows);
  g_clear_pointer (&self->persons, g_hash_table_unref);
  json_array_unref (self->skips);
  json_array_unref (self->unused);
  json_array_unref (self->unseen);
  g_ptr_array_unref (self->reasons);
  g_free (self->stored_at);
  g_free (self);
}

static gboolean
load_persons (SubsidyNotes   *self,
              ShyConnection  *connection,
              const char     *policy,
              GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;

  row = shy_connection_prepare (connection,
                                "SELECT id, person FROM subsidy_case WHERE policy = $1 "
                                "AND person IS NOT NULL", error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", policy);
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (local == NULL && shy_statement_step (row, &local))
    {
      char *person = shy_personal_unseal (connection, "subsidy_case.person",
                                          shy_statement_get_int64 (row, 0),
                                          shy_statement_get_text (row, 1), &local);

      if (person != NULL)
        g_hash_table_add (self->persons, person);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The import that stored this very file last stands in the journal with its digest. */
static gboolean
find_batch (SubsidyNotes   *self,
            ShyConnection  *connection,
            const char     *policy,
            const char     *digest,
            GError        **error)
{
  g_autoptr (ShyStatement) row = NULL;
  g_autoptr (GError)       local = NULL;
  g_autofree char         *pattern = g_strdup_printf ("%%\"file_digest\":\"%s\"%%", digest);

  row = shy_connection_prepare (connection,
                                "SELECT b.id, b.created_at FROM shy_journal j JOIN subsidy_batch b "
                                "ON j.subject = 'subsidy_batch:' || b.id "
                                "WHERE j.action = 'subsidy.import' AND j.details LIKE $1 "
                                "AND b.policy = $2 ORDER BY b.id DESC LIMIT 1", error);
  if (row == NULL)
    return FALSE;
  shy_statement_bind_text (row, "$1", pattern);
  shy_statement_bind_text (row, "$2", policy);
  if (shy_statement_step (row, &local))
    {
      self->batch = shy_statement_get_int64 (row, 0);
      g_free (self->stored_at);
      self->stored_at = shy_statement_dup_text (row, 1);
    }

  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* subsidy_notes_load_job: reads what the register holds already, in a job. */
gboolean
subsidy_notes_load_job (ShyConnection  *connection,
                        SubsidyNotes   *self,
                        const char     *policy,
                        const char     *digest,
                        GError        **error)
{
  return load_persons (self, connection, policy, error) &&
         (digest == NULL || find_batch (self, connection, policy, digest, error));
}

/* subsidy_notes_take_row: whether the row is to be decided. */
gboolean
subsidy_notes_take_row (SubsidyNotes         *self,
                        const ShySheetRecord *row)
{
  if (row->hidden)
    g_array_append_val (self->hidden_rows, row->row);

  return !row->hidden || self->hidden != SUBSIDY_HIDDEN_SKIP;
}

/* subsidy_notes_take_person: notes whose application a row is; NULL where nobody can say. */
void
subsidy_notes_take_person (SubsidyNotes *self,
                           guint         row,
                           const char   *person)
{
  if (person != NULL && self->persons != NULL && g_hash_table_contains (self->persons, person))
    g_array_append_val (self->known_rows, row);
}

static void
take_skip (SubsidyNotes       *self,
           const ShySheetSkip *skip)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "first_row", skip->first_row);
  json_object_set_int_member (object, "last_row", skip->last_row);
  json_object_set_string_member (object, "reason", skip->reason);
  json_object_set_string_member (object, "text", skip->text);
  json_array_add_object_element (self->skips, object);
  if (skip->kind == SHY_SHEET_SKIP_BLANK)
    self->blank += skip->last_row - skip->first_row + 1;
  else
    g_ptr_array_add (self->reasons, g_strdup (skip->reason));
}

static void
take_column (JsonArray             *columns,
             const ShyHeaderColumn *column)
{
  const ShySheetCell  cell = { .row = column->row, .column = column->column };
  g_autofree char    *reference = shy_sheet_cell_dup_reference (&cell);
  JsonObject         *object = json_object_new ();

  json_object_set_string_member (object, "cell", reference);
  json_object_set_string_member (object, "header", column->header);
  json_array_add_object_element (columns, object);
}

/* subsidy_notes_finish: takes what the reader of the sheet found, once all rows are read. */
void
subsidy_notes_finish (SubsidyNotes   *self,
                      ShyHeaderMatch *match,
                      ShySheetTable  *table)
{
  for (guint i = 0; i < shy_sheet_table_get_n_skips (table); i++)
    take_skip (self, shy_sheet_table_get_skip (table, i));
  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);

      if (column->field < 0 && column->header != NULL && *column->header != '\0')
        take_column (self->unused, column);
      else if (column->field >= 0 && column->hidden)
        take_column (self->unseen, column);
    }
}

guint
subsidy_notes_get_n_hidden (SubsidyNotes *self)
{
  return self->hidden_rows->len;
}

/* Rows as people name them: 3, 5–7. */
static char *
name_rows (GArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint               named = 0;

  for (guint i = 0; i < rows->len; i++, named++)
    {
      guint first = g_array_index (rows, guint, i);
      guint last = first;

      while (i + 1 < rows->len && g_array_index (rows, guint, i + 1) == last + 1)
        last = g_array_index (rows, guint, ++i);
      if (text->len > 0)
        /* Translators: between the members of a list. */
        g_string_append (text, _(", "));
      if (named == N_NAMED)
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_printf (text, last > first ? "%u–%u" : "%u", first, last);
    }

  return g_strdup (text->str);
}

/* subsidy_notes_dup_hidden: a sentence on the hidden rows, NULL if there are none. */
char *
subsidy_notes_dup_hidden (SubsidyNotes *self)
{
  guint            count = self->hidden_rows->len;
  g_autofree char *rows = name_rows (self->hidden_rows);

  if (count == 0)
    return NULL;
  if (self->hidden == SUBSIDY_HIDDEN_SKIP)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u row is hidden in the sheet and was left out: row %s.",
                                         "%u rows are hidden in the sheet and were left out: rows "
                                         "%s.", count),
                            count, rows);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u row is hidden in the sheet and was decided like the "
                                       "others: row %s.",
                                       "%u rows are hidden in the sheet and were decided like the "
                                       "others: rows %s.", count),
                          count, rows);
}

static char *
dup_known (SubsidyNotes *self)
{
  guint            count = self->known_rows->len;
  g_autofree char *rows = name_rows (self->known_rows);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u row is of a person with an application under this policy "
                                       "in the register: row %s.",
                                       "%u rows are of persons with an application under this policy "
                                       "in the register: rows %s.", count),
                          count, rows);
}

/* subsidy_notes_dup_earlier: a sentence on the batch that stored this very file, NULL for none. */
char *
subsidy_notes_dup_earlier (SubsidyNotes *self)
{
  g_autofree char *day = NULL;

  if (self->batch == 0)
    return NULL;
  day = g_strndup (self->stored_at, strlen ("2025-06-30"));
  /* Translators: the number of a batch, and a day. */
  return g_strdup_printf (_("This very file was stored before, as batch %d on %s."),
                          (int) self->batch, day);
}

/*
 * subsidy_notes_check_once: looks, in the transaction that is to store a file, whether somebody stored
 * it meanwhile.
 * @digest: (nullable): of the file; NULL if it cannot be read twice
 *
 * Errors: SHY_ERROR_INVALID if it was stored before, or cannot be known again.
 */
gboolean
subsidy_notes_check_once (SubsidyNotes   *self,
                          ShyConnection  *connection,
                          const char     *policy,
                          const char     *digest,
                          GError        **error)
{
  g_autofree char *earlier = NULL;

  if (digest == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID,
                           _("Whether this file was stored before cannot be told, as it can be read "
                             "only once. Nothing was stored: save it to the disk first, or leave out "
                             "--once."));
      return FALSE;
    }
  if (!find_batch (self, connection, policy, digest, error))
    return FALSE;
  earlier = subsidy_notes_dup_earlier (self);
  if (earlier == NULL)
    return TRUE;
  /* Translators: %s is a sentence that names the batch. */
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("%s Nothing was stored."), earlier);
  return FALSE;
}

/* Columns as people name them: “姓名” (A1), “手机” (B1). */
static char *
name_columns (JsonArray *columns)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint               count = json_array_get_length (columns);

  for (guint i = 0; i < count; i++)
    {
      JsonObject *column = json_array_get_object_element (columns, i);

      if (i > 0)
        /* Translators: between the members of a list. */
        g_string_append (text, _(", "));
      /* Translators: a header, and the cell it stands in. */
      g_string_append_printf (text, _("“%s” (%s)"), json_object_get_string_member (column, "header"),
                              json_object_get_string_member (column, "cell"));
    }

  return g_strdup (text->str);
}

guint
subsidy_notes_get_n_hidden_columns (SubsidyNotes *self)
{
  return json_array_get_length (self->unseen);
}

/* subsidy_notes_dup_hidden_columns: a sentence on the hidden columns, NULL if there are none. */
char *
subsidy_notes_dup_hidden_columns (SubsidyNotes *self)
{
  guint            count = json_array_get_length (self->unseen);
  g_autofree char *columns = name_columns (self->unseen);

  if (count == 0)
    return NULL;
  if (self->hidden_columns == SUBSIDY_HIDDEN_SKIP)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u column is hidden in the sheet and was left out: %s.",
                                         "%u columns are hidden in the sheet and were left out: %s.",
                                         count),
                            count, columns);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u column is hidden in the sheet and was read like the others: %s.",
                                       "%u columns are hidden in the sheet and were read like the others: "
                                       "%s.", count),
                          count, columns);
}

static char *
dup_unused (SubsidyNotes *self)
{
  guint            count = json_array_get_length (self->unused);
  g_autofree char *columns = name_columns (self->unused);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u column is not read: %s.",
                                       "%u columns are not read: %s.", count),
                          count, columns);
}

static void
add (GPtrArray *remarks,
     char      *text)
{
  if (text != NULL)
    g_ptr_array_insert (remarks, (int) remarks->len - 1, text);
}

/* subsidy_notes_add_remarks: adds a sentence for each kind to an array that NULL ends. */
void
subsidy_notes_add_remarks (SubsidyNotes *self,
                           GPtrArray    *remarks)
{
  add (remarks, subsidy_notes_dup_earlier (self));
  add (remarks, subsidy_notes_dup_hidden (self));
  add (remarks, subsidy_notes_dup_hidden_columns (self));
  if (self->known_rows->len > 0)
    add (remarks, dup_known (self));
  if (json_array_get_length (self->unused) > 0)
    add (remarks, dup_unused (self));
  for (guint i = 0; i < self->reasons->len; i++)
    add (remarks, g_strdup (self->reasons->pdata[i]));
  if (self->blank > 0)
    add (remarks, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u blank row was skipped.",
                                                "%u blank rows were skipped.", self->blank),
                                   self->blank));
}

static JsonArray *
rows_to_array (GArray *rows)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    json_array_add_int_element (array, g_array_index (rows, guint, i));

  return array;
}

/*
 * subsidy_notes_to_json: "hidden_rows", "hidden" (what was done with them), "known_rows",
 * "stored_before" (the batch, or null), "unused_columns", "hidden_columns", "hidden_columns_done" (what
 * was done with them), "skipped".
 */
JsonNode *
subsidy_notes_to_json (SubsidyNotes *self)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_array_member (object, "hidden_rows", rows_to_array (self->hidden_rows));
  json_object_set_string_member (object, "hidden",
                                 self->hidden == SUBSIDY_HIDDEN_SKIP ? "skip" : "include");
  json_object_set_array_member (object, "known_rows", rows_to_array (self->known_rows));
  if (self->batch > 0)
    json_object_set_int_member (object, "stored_before", self->batch);
  else
    json_object_set_null_member (object, "stored_before");
  json_object_set_array_member (object, "unused_columns", json_array_ref (self->unused));
  json_object_set_array_member (object, "hidden_columns", json_array_ref (self->unseen));
  json_object_set_string_member (object, "hidden_columns_done",
                                 self->hidden_columns == SUBSIDY_HIDDEN_SKIP ? "skip" : "include");
  json_object_set_array_member (object, "skipped", json_array_ref (self->skips));
  json_object_unref (object);
  return node;
}
