/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-preview.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* Rows that are shown before a run. */
#define N_ROWS 10

/**
 * shy_import_question_new: (skip)
 * @path: a file
 * @store: (nullable): the database
 *
 * Returns: (transfer full): a question without targets
 */
ShyImportQuestion *
shy_import_question_new (const char *path,
                         ShyStore   *store)
{
  ShyImportQuestion *question = g_new0 (ShyImportQuestion, 1);

  question->path = g_strdup (path);
  g_set_object (&question->store, store);
  question->targets = g_ptr_array_new_with_free_func (g_object_unref);
  question->columns = g_hash_table_new (NULL, NULL);
  return question;
}

/**
 * shy_import_question_free: (skip)
 * @question: a question
 *
 * Frees it.
 */
void
shy_import_question_free (ShyImportQuestion *question)
{
  g_free (question->path);
  g_free (question->sheet);
  g_free (question->recipe);
  g_clear_object (&question->store);
  g_ptr_array_unref (question->targets);
  g_hash_table_unref (question->columns);
  g_free (question);
}

/**
 * shy_import_preview_free: (skip)
 * @preview: a preview
 *
 * Frees it.
 */
void
shy_import_preview_free (ShyImportPreview *preview)
{
  g_clear_object (&preview->import);
  g_clear_pointer (&preview->rows, g_ptr_array_unref);
  g_clear_pointer (&preview->recipes, g_ptr_array_unref);
  g_free (preview->refusal);
  g_free (preview->gap);
  g_free (preview->earlier);
  g_free (preview);
}

/* How well a target fits. */
typedef struct
{
  int   points;     /* its fields that have a column, less those that need one and have none */
  guint missing;    /* needed fields without a column */
  guint confidence; /* of all its columns, in percent */
} Fit;

static Fit
measure_fit (ShyHeaderMatch *match)
{
  Fit fit = { 0, shy_header_match_count_missing (match), 0 };

  fit.points = (int) shy_header_match_count (match) - (int) fit.missing;
  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);

      if (column->field >= 0)
        fit.confidence += column->confidence;
    }

  return fit;
}

/* A sheet whose one header was renamed is still that of the target whose other columns it has: one that
 * finds less, but all that it needs, must not take it over. */
static gboolean
is_better (const Fit *one,
           const Fit *other)
{
  if (one->points != other->points)
    return one->points > other->points;
  if (one->missing != other->missing)
    return one->missing < other->missing;
  return one->confidence > other->confidence;
}

static ShyImport *
open_with (ShyImportQuestion  *question,
           ShyBook            *book,
           ShyImportTarget    *target,
           GCancellable       *cancellable,
           GError            **error)
{
  ShyImport *import = shy_import_new (question->store, target);

  shy_import_set_sheet (import, question->sheet);
  shy_import_set_recipe (import, question->recipe);
  shy_import_set_draft (import, TRUE);
  shy_import_open_book (import, question->path, book, cancellable, error);
  return import;
}

/* The file can be read, but no target finds in it what it looks for: a person says which it is. */
static char *
describe_nothing (ShyImportQuestion *question,
                  const GError    *first)
{
  g_autofree char *name = g_path_get_basename (question->path);

  if (question->targets->len == 1)
    return g_strdup (first->message);

  /* Translators: the name of a file. */
  return g_strdup_printf (_("The headers of “%s” fit nothing that can be taken in. Choose what the rows are to read "
                            "which columns are needed, then name them so in the spreadsheet and open it again."),
                          name);
}

/* Whether the book could be read, and only the header was not found. */
static gboolean
is_readable (ShyImport *import,
             const GError  *error)
{
  return *shy_import_get_sheets (import) != NULL &&
         g_error_matches (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

static gboolean
find_best (ShyImportQuestion  *question,
           ShyImportPreview   *preview,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr (ShyBook) book = shy_book_open (question->path, cancellable, error);
  g_autoptr (GError)  first = NULL;
  Fit                 best = { 0, 0, 0 };

  if (book == NULL)
    return FALSE;
  for (guint i = 0; i < question->targets->len; i++)
    {
      g_autoptr (GError)        local = NULL;
      g_autoptr (ShyImport) import = open_with (question, book,
                                                    question->targets->pdata[i], cancellable, &local);
      Fit                       fit;

      if (local != NULL && !is_readable (import, local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (preview->import == NULL)
        g_set_object (&preview->import, import);
      if (local != NULL && first == NULL)
        first = g_steal_pointer (&local);
      if (shy_import_get_match (import) == NULL)
        continue;
      fit = measure_fit (shy_import_get_match (import));
      if (shy_import_get_match (preview->import) == NULL || preview->import == import ||
          is_better (&fit, &best))
        {
          best = fit;
          g_set_object (&preview->import, import);
        }
    }

  if (preview->import == NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                         _("There is nothing that a spreadsheet could be taken in as. Install the program "
                           "again."));
  else if (shy_import_get_match (preview->import) == NULL)
    preview->gap = describe_nothing (question, first);

  return preview->import != NULL;
}

static gboolean
apply_columns (ShyImportQuestion *question,
               ShyHeaderMatch  *match,
               GError         **error)
{
  GHashTableIter iter;
  gpointer       column, field;

  g_hash_table_iter_init (&iter, question->columns);
  while (g_hash_table_iter_next (&iter, &column, &field))
    if (!shy_header_match_assign (match, GPOINTER_TO_UINT (column), GPOINTER_TO_INT (field), error))
      return FALSE;

  return TRUE;
}

static char **
copy_texts (ShyHeaderMatch       *match,
            const ShySheetRecord *record)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);

      if (column->field >= 0)
        {
          const ShySheetCell *cell = record->cells[column->field];

          g_strv_builder_add (texts, cell != NULL ? cell->text : "");
        }
    }

  return g_strv_builder_end (texts);
}

/* A row that cannot be read ends the preview; the run says why. */
static GPtrArray *
read_rows (ShyHeaderMatch *match,
           GCancellable   *cancellable)
{
  g_autoptr (ShySheetTable) table = shy_header_match_read (match, cancellable, NULL);
  GPtrArray                *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const ShySheetRecord     *record;

  while (table != NULL && rows->len < N_ROWS &&
         (record = shy_sheet_table_next (table, NULL)) != NULL)
    g_ptr_array_add (rows, copy_texts (match, record));

  return rows;
}

/* A target may be looked at though it takes nothing. */
static char *
find_refusal (ShyImportTarget *target)
{
  ShyImportTargetClass *klass = SHY_IMPORT_TARGET_GET_CLASS (target);
  g_autoptr (GError)    error = NULL;

  return klass->check == NULL || klass->check (target, &error) ? NULL : g_strdup (error->message);
}

static void
add_name (GString    *list,
          const char *name)
{
  /* Translators: between the names of a list. */
  g_string_append_printf (list, "%s%s", list->len > 0 ? _(", ") : "", name);
}

static char *
list_missing (ShyHeaderMatch *match)
{
  GPtrArray *fields = shy_header_match_get_fields (match);
  GString   *list = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    if (shy_sheet_field_get_about (fields->pdata[i])->required &&
        shy_header_match_find_column (match, i) == NULL)
      add_name (list, shy_sheet_field_get_about (fields->pdata[i])->name);

  return g_string_free (list, FALSE);
}

static char *
list_unused (ShyHeaderMatch *match)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);
      g_autofree char       *cell = shy_sheet_reference_new (column->row, column->column);
      /* Translators: the header of a column, then its cell. */
      g_autofree char       *name = g_strdup_printf (_("%s (%s)"), column->header, cell);

      if (column->field < 0)
        add_name (list, name);
    }

  return g_string_free (list, FALSE);
}

/* Columns that the target needs and the sheet has not, or has under a name that nobody knows. */
static char *
describe_missing (ShyImportQuestion *question,
                  ShyImport   *import)
{
  ShyHeaderMatch  *match = shy_import_get_match (import);
  const char      *title = shy_import_target_get_title (shy_import_get_target (import));
  g_autofree char *missing = list_missing (match);
  g_autofree char *unused = list_unused (match);
  GString         *text = g_string_new (NULL);

  if (question->targets->len > 1)
    g_string_append_printf (text, _("“%s” fits best, but of the columns it needs these were not found: "
                                    "%s."), title, missing);
  else
    g_string_append_printf (text, _("Of the columns that “%s” needs these were not found: %s."), title,
                            missing);
  g_string_append_c (text, '\n');
  if (*unused != '\0')
    g_string_append_printf (text, _("Headers that belong to none of its fields: %s."), unused);
  else
    g_string_append (text, _("Every header of the sheet belongs to one of its fields."));
  g_string_append_c (text, '\n');
  g_string_append (text, _("Say below which column is the missing one, rename its header in the "
                           "spreadsheet and open it again, or choose something else above."));

  return g_string_free (text, FALSE);
}

/* What is to be settled by hand before the rows can be decided; NULL for nothing. */
static char *
describe_gap (ShyImportQuestion *question,
              ShyImport   *import)
{
  g_autoptr (GError) error = NULL;

  if (!shy_header_match_is_sheet_sure (shy_import_get_match (import)))
    return g_strdup (_("Several sheets of the file may be meant. One sheet is read at a time: say below which."));
  if (shy_header_match_count_missing (shy_import_get_match (import)) > 0)
    return describe_missing (question, import);
  if (shy_header_match_check (shy_import_get_match (import), &error))
    return NULL;
  return g_strdup_printf ("%s %s", error->message, _("Or say below what the columns are."));
}

/* What a person is to know before anything is read: whether the file is known, and how such were matched. */
static gboolean
look_up (ShyImportQuestion  *question,
         ShyImportPreview   *preview,
         GCancellable       *cancellable,
         GError            **error)
{
  ShyImport *import = preview->import;

  preview->recipes = question->store != NULL
                       ? shy_recipe_list (question->store,
                                          shy_import_target_get_id (shy_import_get_target (import)),
                                          cancellable, error)
                       : g_ptr_array_new_with_free_func ((GDestroyNotify) shy_recipe_free);
  if (preview->recipes == NULL || shy_import_get_path (import) == NULL)
    return preview->recipes != NULL;
  if (!shy_import_look_up_file (import, cancellable, error))
    return FALSE;
  preview->earlier = shy_import_dup_earlier (import);
  return TRUE;
}

static void
load_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  ShyImportQuestion           *question = data;
  g_autoptr (ShyImportPreview) preview = g_new0 (ShyImportPreview, 1);
  GError                      *error = NULL;
  ShyHeaderMatch              *match = NULL;

  if (find_best (question, preview, cancellable, &error))
    match = shy_import_get_match (preview->import);
  if (error != NULL || (match != NULL && !apply_columns (question, match, &error)) ||
      !look_up (question, preview, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  preview->guessed = question->targets->len > 1;
  if (match != NULL)
    {
      preview->rows = read_rows (match, cancellable);
      preview->gap = describe_gap (question, preview->import);
    }
  preview->refusal = find_refusal (shy_import_get_target (preview->import));
  g_task_return_pointer (task, g_steal_pointer (&preview), (GDestroyNotify) shy_import_preview_free);
}

/**
 * shy_import_preview_load_async: (skip)
 * @question: (transfer full): what is asked
 * @cancellable: (nullable): cancels it
 * @callback: called when done
 * @user_data: given to @callback
 *
 * Reads a spreadsheet with the target that fits its headers best, and its first rows.
 */
void
shy_import_preview_load_async (ShyImportQuestion   *question,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, shy_import_preview_load_async);
  g_task_set_task_data (task, question, (GDestroyNotify) shy_import_question_free);
  g_task_run_in_thread (task, load_worker);
}

/**
 * shy_import_preview_load_finish: (skip)
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): what was found, or %NULL with @error set
 */
ShyImportPreview *
shy_import_preview_load_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
