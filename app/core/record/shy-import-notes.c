/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* As many rows as a sentence names; the file of results names all. */
#define N_NAMED 20

struct _ShyImportNotes
{
  ShyImportHidden hidden;
  ShyImportHidden hidden_columns;
  GArray       *hidden_rows; /* (owned) (element-type guint) */
  GArray       *known_rows;  /* (owned) (element-type guint): rows of which the register knows already */
  gint64        batch;       /* that stored this very file before; 0 for none */
  char         *stored_at;   /* (owned) (nullable): when that was */
  guint         blank;       /* blank rows between others */
  JsonArray    *skips;       /* (owned) */
  JsonArray    *unused;      /* (owned): columns */
  JsonArray    *unseen;      /* (owned): columns that are hidden and were matched */
  JsonArray    *mended;      /* (owned): cells that somebody corrected here */
  GPtrArray    *reasons;     /* (owned): sentences on what was skipped */
};

ShyImportNotes *
shy_import_notes_new (ShyImportHidden hidden,
                   ShyImportHidden hidden_columns)
{
  ShyImportNotes *self = g_new0 (ShyImportNotes, 1);

  self->hidden = hidden;
  self->hidden_columns = hidden_columns;
  self->hidden_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->known_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->skips = json_array_new ();
  self->unused = json_array_new ();
  self->unseen = json_array_new ();
  self->mended = json_array_new ();
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
shy_import_notes_free (ShyImportNotes *self)
{
  g_array_unref (self->hidden_rows);
  g_array_unref (self->known_rows);
  json_array_unref (self->skips);
  json_array_unref (self->unused);
  json_array_unref (self->unseen);
  json_array_unref (self->mended);
  g_ptr_array_unref (self->reasons);
  g_free (self->stored_at);
  g_free (self);
}

/* shy_import_notes_set_earlier: notes the batch that took in this very file before; takes @stored_at. */
void
shy_import_notes_set_earlier (ShyImportNotes *self,
                              gint64          batch,
                              char           *stored_at)
{
  self->batch = batch;
  g_free (self->stored_at);
  self->stored_at = stored_at;
}

/* shy_import_notes_take_row: whether the row is to be decided. */
gboolean
shy_import_notes_take_row (ShyImportNotes         *self,
                        const ShySheetRecord *row)
{
  if (row->hidden)
    g_array_append_val (self->hidden_rows, row->row);

  return !row->hidden || self->hidden != SHY_IMPORT_HIDDEN_SKIP;
}

/* shy_import_notes_take_known: notes a row of which the register knows already. */
void
shy_import_notes_take_known (ShyImportNotes *self,
                             guint           row)
{
  g_array_append_val (self->known_rows, row);
}

static void
take_skip (ShyImportNotes       *self,
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

/* shy_import_notes_finish: takes what the reader of the sheet found, once all rows are read. */
void
shy_import_notes_finish (ShyImportNotes   *self,
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
shy_import_notes_get_n_hidden (ShyImportNotes *self)
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

/* shy_import_notes_dup_hidden: a sentence on the hidden rows, NULL if there are none. */
char *
shy_import_notes_dup_hidden (ShyImportNotes *self)
{
  guint            count = self->hidden_rows->len;
  g_autofree char *rows = name_rows (self->hidden_rows);

  if (count == 0)
    return NULL;
  if (self->hidden == SHY_IMPORT_HIDDEN_SKIP)
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

/* shy_import_notes_dup_known: the rows of which the register knows already, as people name them. */
char *
shy_import_notes_dup_known (ShyImportNotes *self,
                            guint          *count)
{
  *count = self->known_rows->len;
  return name_rows (self->known_rows);
}

/* shy_import_notes_dup_earlier: a sentence on the batch that stored this very file, NULL for none. */
char *
shy_import_notes_dup_earlier (ShyImportNotes *self)
{
  g_autofree char *day = NULL;

  if (self->batch == 0)
    return NULL;
  day = g_strndup (self->stored_at, strlen ("2025-06-30"));
  /* Translators: the number of a batch, and a day. */
  return g_strdup_printf (_("This very file was stored before, as batch %d on %s."),
                          (int) self->batch, day);
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
shy_import_notes_get_n_hidden_columns (ShyImportNotes *self)
{
  return json_array_get_length (self->unseen);
}

/* shy_import_notes_dup_hidden_columns: a sentence on the hidden columns, NULL if there are none. */
char *
shy_import_notes_dup_hidden_columns (ShyImportNotes *self)
{
  guint            count = json_array_get_length (self->unseen);
  g_autofree char *columns = name_columns (self->unseen);

  if (count == 0)
    return NULL;
  if (self->hidden_columns == SHY_IMPORT_HIDDEN_SKIP)
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
dup_unused (ShyImportNotes *self)
{
  guint            count = json_array_get_length (self->unused);
  g_autofree char *columns = name_columns (self->unused);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u column is not read: %s.",
                                       "%u columns are not read: %s.", count),
                          count, columns);
}

static char *
dup_mended (ShyImportNotes *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint               count = json_array_get_length (self->mended);

  for (guint i = 0; i < MIN (count, N_NAMED); i++)
    /* Translators: between the members of a list. */
    g_string_append_printf (text, "%s%s", i > 0 ? _(", ") : "", json_array_get_string_element (self->mended, i));
  if (count > N_NAMED)
    g_string_append (text, "…");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u cell was corrected here and not in the file: %s.",
                                       "%u cells were corrected here and not in the file: %s.", count),
                          count, text->str);
}

/* shy_import_notes_take_mended: notes a cell that somebody corrected here. */
void
shy_import_notes_take_mended (ShyImportNotes *self,
                              guint           row,
                              guint           column)
{
  g_autofree char *cell = shy_sheet_reference_new (row, column);

  json_array_add_string_element (self->mended, cell);
}

static void
add (GPtrArray *remarks,
     char      *text)
{
  if (text != NULL)
    g_ptr_array_insert (remarks, (int) remarks->len - 1, text);
}

/* shy_import_notes_add_first: adds a sentence for each kind that a person decides about to an array that
 * NULL ends. */
void
shy_import_notes_add_first (ShyImportNotes *self,
                            GPtrArray      *remarks)
{
  add (remarks, shy_import_notes_dup_earlier (self));
  add (remarks, shy_import_notes_dup_hidden (self));
  add (remarks, shy_import_notes_dup_hidden_columns (self));
}

/* shy_import_notes_add_last: and for what was not read. */
void
shy_import_notes_add_last (ShyImportNotes *self,
                           GPtrArray      *remarks)
{
  if (json_array_get_length (self->unused) > 0)
    add (remarks, dup_unused (self));
  if (json_array_get_length (self->mended) > 0)
    add (remarks, dup_mended (self));
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
 * shy_import_notes_to_json: "hidden_rows", "hidden" (what was done with them), "known_rows",
 * "stored_before" (the batch, or null), "unused_columns", "hidden_columns", "hidden_columns_done" (what
 * was done with them), "mended" (cells that somebody corrected here), "skipped".
 */
JsonNode *
shy_import_notes_to_json (ShyImportNotes *self)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_array_member (object, "hidden_rows", rows_to_array (self->hidden_rows));
  json_object_set_string_member (object, "hidden",
                                 self->hidden == SHY_IMPORT_HIDDEN_SKIP ? "skip" : "include");
  json_object_set_array_member (object, "known_rows", rows_to_array (self->known_rows));
  if (self->batch > 0)
    json_object_set_int_member (object, "stored_before", self->batch);
  else
    json_object_set_null_member (object, "stored_before");
  json_object_set_array_member (object, "unused_columns", json_array_ref (self->unused));
  json_object_set_array_member (object, "hidden_columns", json_array_ref (self->unseen));
  json_object_set_string_member (object, "hidden_columns_done",
                                 self->hidden_columns == SHY_IMPORT_HIDDEN_SKIP ? "skip" : "include");
  json_object_set_array_member (object, "mended", json_array_ref (self->mended));
  json_object_set_array_member (object, "skipped", json_array_ref (self->skips));
  json_object_unref (object);
  return node;
}
