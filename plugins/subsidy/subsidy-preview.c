/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-preview.h"

#include <glib/gi18n-lib.h>

/* Rows that are shown before a run. */
#define N_ROWS 10

SubsidyQuestion *
subsidy_question_new (const char *path,
                      ShyStore   *store)
{
  SubsidyQuestion *question = g_new0 (SubsidyQuestion, 1);

  question->path = g_strdup (path);
  question->store = g_object_ref (store);
  question->policies = g_ptr_array_new_with_free_func (g_object_unref);
  question->columns = g_hash_table_new (NULL, NULL);
  g_date_clear (&question->on, 1);

  return question;
}

void
subsidy_question_free (SubsidyQuestion *question)
{
  g_free (question->path);
  g_free (question->county);
  g_free (question->sheet);
  g_clear_object (&question->store);
  g_ptr_array_unref (question->policies);
  g_hash_table_unref (question->columns);
  g_free (question);
}

void
subsidy_preview_free (SubsidyPreview *preview)
{
  g_clear_object (&preview->import);
  g_clear_pointer (&preview->rows, g_ptr_array_unref);
  g_free (preview->refusal);
  g_free (preview->gap);
  g_free (preview);
}

/* How well a policy fits. */
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

/* A sheet whose one header was renamed is still that of the policy whose other columns it has: one that
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

static SubsidyImport *
open_with (SubsidyQuestion  *question,
           ShyBook          *book,
           ShyPolicy        *policy,
           GCancellable     *cancellable,
           GError          **error)
{
  SubsidyImport *import;
  const GDate   *on = g_date_valid (&question->on) ? &question->on : NULL;

  import = subsidy_import_new (question->store, policy, question->county, on);
  subsidy_import_set_sheet (import, question->sheet);
  subsidy_import_set_draft (import, TRUE);
  subsidy_import_open_book (import, question->path, book, cancellable, error);
  return import;
}

/* The file can be read, but in it no policy finds what it looks for: a person says which it is. */
static char *
describe_nothing (SubsidyQuestion *question,
                  const GError    *first)
{
  g_autofree char *name = g_path_get_basename (question->path);

  if (question->policies->len == 1)
    return g_strdup (first->message);

  /* Translators: the name of a file. */
  return g_strdup_printf (_("No policy knows the headers of “%s”. Choose the policy to read which columns "
                            "it needs, then name them so in the spreadsheet and open it again."), name);
}

/* Whether the book could be read, and only the header was not found. */
static gboolean
is_readable (SubsidyImport *import,
             const GError  *error)
{
  return *subsidy_import_get_sheets (import) != NULL &&
         g_error_matches (error, SHY_ERROR, SHY_ERROR_NOT_FOUND);
}

static gboolean
find_best (SubsidyQuestion  *question,
           SubsidyPreview   *preview,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr (ShyBook) book = shy_book_open (question->path, cancellable, error);
  g_autoptr (GError)  first = NULL;
  Fit                 best = { 0, 0, 0 };

  if (book == NULL)
    return FALSE;
  for (guint i = 0; i < question->policies->len; i++)
    {
      g_autoptr (GError)        local = NULL;
      g_autoptr (SubsidyImport) import = open_with (question, book,
                                                    question->policies->pdata[i], cancellable, &local);
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
      if (subsidy_import_get_match (import) == NULL)
        continue;
      fit = measure_fit (subsidy_import_get_match (import));
      if (subsidy_import_get_match (preview->import) == NULL || preview->import == import ||
          is_better (&fit, &best))
        {
          best = fit;
          g_set_object (&preview->import, import);
        }
    }

  if (preview->import == NULL)
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                         _("There is no policy to decide by. Install the program again."));
  else if (subsidy_import_get_match (preview->import) == NULL)
    preview->gap = describe_nothing (question, first);

  return preview->import != NULL;
}

static gboolean
apply_columns (SubsidyQuestion *question,
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

/* A pack whose own cases fail can be looked at, but decides nothing. */
static char *
find_refusal (ShyPolicy *policy)
{
  g_autoptr (GError) error = NULL;

  return shy_policy_check_cases (policy, &error) ? NULL : g_strdup (error->message);
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

/* Columns that the policy needs and the sheet has not, or has under a name that nobody knows. */
static char *
describe_missing (SubsidyQuestion *question,
                  SubsidyImport   *import)
{
  ShyHeaderMatch  *match = subsidy_import_get_match (import);
  const char      *title = shy_policy_get_title (subsidy_import_get_policy (import));
  g_autofree char *missing = list_missing (match);
  g_autofree char *unused = list_unused (match);
  GString         *text = g_string_new (NULL);

  if (question->policies->len > 1)
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
                           "spreadsheet and open it again, or choose another policy."));

  return g_string_free (text, FALSE);
}

/* What is to be settled by hand before the rows can be decided; NULL for nothing. */
static char *
describe_gap (SubsidyQuestion *question,
              SubsidyImport   *import)
{
  g_autoptr (GError) error = NULL;

  if (!shy_header_match_is_sheet_sure (subsidy_import_get_match (import)))
    return g_strdup (_("Several sheets of the file may hold the applications. One sheet is read at a time: "
                       "say below which."));
  if (shy_header_match_count_missing (subsidy_import_get_match (import)) > 0)
    return describe_missing (question, import);
  if (shy_header_match_check (subsidy_import_get_match (import), &error))
    return NULL;
  return g_strdup_printf ("%s %s", error->message, _("Or say below what the columns are."));
}

static void
load_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  SubsidyQuestion           *question = data;
  g_autoptr (SubsidyPreview) preview = g_new0 (SubsidyPreview, 1);
  GError                    *error = NULL;
  ShyHeaderMatch            *match;

  if (!find_best (question, preview, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  preview->guessed = question->policies->len > 1;
  match = subsidy_import_get_match (preview->import);
  if (match != NULL && !apply_columns (question, match, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (match != NULL)
    {
      preview->rows = read_rows (match, cancellable);
      preview->gap = describe_gap (question, preview->import);
    }
  preview->refusal = find_refusal (subsidy_import_get_policy (preview->import));
  g_task_return_pointer (task, g_steal_pointer (&preview), (GDestroyNotify) subsidy_preview_free);
}

/* subsidy_preview_load_async: takes over the question. */
void
subsidy_preview_load_async (SubsidyQuestion     *question,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, subsidy_preview_load_async);
  g_task_set_task_data (task, question, (GDestroyNotify) subsidy_question_free);
  g_task_run_in_thread (task, load_worker);
}

SubsidyPreview *
subsidy_preview_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
