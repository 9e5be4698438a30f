/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How often progress is told, in microseconds: what an eye can follow. */
#define TELL_EVERY (G_USEC_PER_SEC / 20)

/* Sentences that say why a sheet holds no data; more tell nothing new. */
#define MAX_REASONS 5

/**
 * ShyImport:
 *
 * A spreadsheet on its way into the records of a [class@ImportTarget]: open it (headers are matched, as
 * somebody matched those of such a file before), look at the match and correct it, run it (rows are
 * judged), mend cells and run it again, then write the rejected rows or commit the others.
 *
 * Everything may be done again. One call at a time: it is for whoever began it.
 */
G_DEFINE_FINAL_TYPE (ShyImport, shy_import, G_TYPE_OBJECT)

typedef enum { PROP_PROGRESS = 1 } ShyImportProperty;
static GParamSpec *properties[PROP_PROGRESS + 1];

static void
shy_import_finalize (GObject *object)
{
  ShyImport *self = SHY_IMPORT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->target);
  g_clear_object (&self->match);
  g_clear_object (&self->results);
  g_clear_object (&self->cells);
  shy_import_notes_free (self->notes);
  g_hash_table_unref (self->mended);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->remarks);
  g_ptr_array_unref (self->sheets);
  g_free (self->earlier_at);
  g_free (self->remember);
  g_free (self->recipe);
  g_free (self->wanted);
  g_free (self->digest);
  g_free (self->stamp);
  g_free (self->reason);
  g_free (self->sheet);
  g_free (self->file);
  g_free (self->path);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (shy_import_parent_class)->finalize (object);
}

static void
shy_import_get_property (GObject    *object,
                         guint       property,
                         GValue     *value,
                         GParamSpec *pspec)
{
  if (property == PROP_PROGRESS)
    g_value_set_double (value, shy_import_get_progress (SHY_IMPORT (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
shy_import_class_init (ShyImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = shy_import_finalize;
  object_class->get_property = shy_import_get_property;

  /**
   * ShyImport:progress:
   *
   * How far the run has come, 0 to 1. It is notified in the main context that was the thread's default
   * when the import was made.
   */
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_import_init (ShyImport *self)
{
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->remarks, NULL);
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->sheets, NULL);
  self->mended = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_hash_table_new (NULL, NULL);
  self->notes = shy_import_notes_new (SHY_IMPORT_HIDDEN_ASK, SHY_IMPORT_HIDDEN_ASK);
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
}

/**
 * shy_import_new:
 * @store: (nullable): the register; without it nothing is known of the past, and nothing is stored
 * @target: whose records the rows become
 *
 * Returns: (transfer full): an import with nothing opened
 */
ShyImport *
shy_import_new (ShyStore        *store,
                ShyImportTarget *target)
{
  ShyImport *self;

  g_return_val_if_fail (SHY_IS_IMPORT_TARGET (target), NULL);

  self = g_object_new (SHY_TYPE_IMPORT, NULL);
  g_set_object (&self->store, store);
  g_set_object (&self->target, target);
  return self;
}

/**
 * shy_import_get_store:
 * @self: an import
 *
 * Returns: (nullable) (transfer none): the register
 */
ShyStore *
shy_import_get_store (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->store;
}

/**
 * shy_import_get_target:
 * @self: an import
 *
 * Returns: (transfer none): whose records the rows become
 */
ShyImportTarget *
shy_import_get_target (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->target;
}

/**
 * shy_import_get_progress:
 * @self: an import
 *
 * Returns: how far the run has come, 0 to 1; from any thread
 */
double
shy_import_get_progress (ShyImport *self)
{
  double progress;

  g_return_val_if_fail (SHY_IS_IMPORT (self), 0);

  g_mutex_lock (&self->mutex);
  progress = self->progress;
  g_mutex_unlock (&self->mutex);

  return progress;
}

/**
 * shy_import_get_n_rows:
 * @self: an import
 *
 * Returns: how many rows the run has judged so far; from any thread
 */
guint
shy_import_get_n_rows (ShyImport *self)
{
  guint n_rows;

  g_return_val_if_fail (SHY_IS_IMPORT (self), 0);

  g_mutex_lock (&self->mutex);
  n_rows = self->n_rows;
  g_mutex_unlock (&self->mutex);

  return n_rows;
}

static gboolean
notify_progress_cb (gpointer data)
{
  g_object_notify_by_pspec (data, properties[PROP_PROGRESS]);
  return G_SOURCE_REMOVE;
}

/* Says how far the run has come, with so many rows more. */
void
shy_import_tell (ShyImport *self,
                 double     progress,
                 guint      n_rows)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  self->progress = progress;
  self->n_rows += n_rows;
  g_mutex_unlock (&self->mutex);

  if (now - self->told_at < TELL_EVERY && progress < 1)
    return;
  self->told_at = now;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, notify_progress_cb,
                              g_object_ref (self), g_object_unref);
}

/**
 * shy_import_set_sheet:
 * @self: an import
 * @sheet: (nullable): the name of a sheet; %NULL for the one that fits
 *
 * Says which sheet is read, from the next opening on.
 */
void
shy_import_set_sheet (ShyImport  *self,
                      const char *sheet)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  g_free (self->sheet);
  self->sheet = g_strdup (sheet);
}

/**
 * shy_import_set_draft:
 * @self: an import
 * @draft: whether a person settles what is left open
 *
 * Says whether what the next opening leaves open (a needed field without a column, two columns of one
 * field) is settled by a person in the match before the run, and no error.
 */
void
shy_import_set_draft (ShyImport *self,
                      gboolean   draft)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  self->draft = draft;
}

/**
 * shy_import_set_recipe:
 * @self: an import
 * @name: (nullable): the name of a recipe; "" for none; %NULL for the one whose headers are most alike
 *
 * Says as which file of before the columns are matched, from the next opening on.
 */
void
shy_import_set_recipe (ShyImport  *self,
                       const char *name)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  g_free (self->wanted);
  self->wanted = g_strdup (name);
}

/**
 * shy_import_get_recipe:
 * @self: an import
 *
 * Returns: (nullable): the name of the recipe by which the columns of what was opened were matched
 */
const char *
shy_import_get_recipe (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->recipe;
}

/**
 * shy_import_set_remember:
 * @self: an import
 * @name: (nullable): a name
 *
 * Says under which name the next commit remembers how the columns are matched, for files of this form.
 */
void
shy_import_set_remember (ShyImport  *self,
                         const char *name)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  g_free (self->remember);
  self->remember = g_strdup (name);
}

/**
 * shy_import_get_path:
 * @self: an import
 *
 * Returns: (nullable): the file that was opened, which nothing is ever written over
 */
const char *
shy_import_get_path (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->path;
}

/**
 * shy_import_get_match:
 * @self: an import
 *
 * Returns: (nullable) (transfer none): the match of the headers, which may be corrected before the run;
 *   %NULL where no header was found
 */
ShyHeaderMatch *
shy_import_get_match (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->match;
}

/**
 * shy_import_get_sheets:
 * @self: an import
 *
 * Returns: (array zero-terminated=1) (transfer none): the sheets of what was opened, in their order
 */
const char *const *
shy_import_get_sheets (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return (const char *const *) self->sheets->pdata;
}

/**
 * shy_import_get_sheet:
 * @self: an import
 *
 * Returns: (nullable): the sheet that is read
 */
const char *
shy_import_get_sheet (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->match == NULL
           ? NULL : self->sheets->pdata[shy_header_match_get_sheet (self->match)];
}

/**
 * shy_import_get_earlier:
 * @self: an import
 *
 * Returns: the batch that took in this very file before, 0 for none
 */
gint64
shy_import_get_earlier (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), 0);

  return self->earlier;
}

/**
 * shy_import_dup_earlier:
 * @self: an import
 *
 * Returns: (nullable) (transfer full): a sentence on the batch that took in this very file before
 */
char *
shy_import_dup_earlier (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  shy_import_notes_set_earlier (self->notes, self->earlier, g_strdup (self->earlier_at));
  return shy_import_notes_dup_earlier (self->notes);
}

/**
 * shy_import_set_hidden_rows:
 * @self: an import
 * @hidden: what is done with them
 *
 * Says what the next run does with rows that are hidden in the sheet.
 */
void
shy_import_set_hidden_rows (ShyImport       *self,
                            ShyImportHidden  hidden)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  self->hidden = hidden;
}

/**
 * shy_import_set_hidden_columns:
 * @self: an import
 * @hidden: what is done with them
 *
 * Says what the next run does with columns that are hidden in the sheet.
 */
void
shy_import_set_hidden_columns (ShyImport       *self,
                               ShyImportHidden  hidden)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  self->hidden_columns = hidden;
}

/* A key that is a resident ID as a number of its own, or NULL for another. */
static gpointer
key_to_number (const char *key)
{
  gboolean whole = strlen (key) == 18 && strspn (key, "0123456789") >= 17;
  guint64  number;

  if (GLIB_SIZEOF_VOID_P < 8 || !whole || (key[17] != 'X' && !g_ascii_isdigit (key[17])))
    return NULL;
  number = 0;
  for (guint i = 0; i < 17; i++)
    number = number * 10 + (guint64) (key[i] - '0');
  number = number * 11 + (key[17] == 'X' ? 10 : (guint64) (key[17] - '0'));
  return GSIZE_TO_POINTER ((gsize) number);
}

/**
 * shy_import_find_key:
 * @self: an import that runs
 * @key: what tells rows apart: of two with one key the second is a duplicate
 *
 * For [vfunc@ImportTarget.read], on its thread.
 *
 * Returns: the row that has the key already, 0 for none
 */
guint
shy_import_find_key (ShyImport  *self,
                     const char *key)
{
  gpointer number = key_to_number (key);

  return GPOINTER_TO_UINT (number != NULL ? g_hash_table_lookup (self->numbers, number)
                                          : g_hash_table_lookup (self->keys, key));
}

/**
 * shy_import_keep_key:
 * @self: an import that runs
 * @key: what tells rows apart
 * @row: the row that has it
 *
 * For [vfunc@ImportTarget.read], on its thread.
 */
void
shy_import_keep_key (ShyImport  *self,
                     const char *key,
                     guint       row)
{
  gpointer number = key_to_number (key);

  if (number != NULL)
    g_hash_table_insert (self->numbers, number, GUINT_TO_POINTER (row));
  else
    g_hash_table_insert (self->keys, g_strdup (key), GUINT_TO_POINTER (row));
}

/**
 * shy_import_add_known:
 * @self: an import that runs
 * @row: a row of the sheet
 *
 * Notes a row of which the register knows already. For [vfunc@ImportTarget.judge].
 */
void
shy_import_add_known (ShyImport *self,
                      guint      row)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  shy_import_notes_take_known (self->notes, row);
}

/**
 * shy_import_dup_known_rows:
 * @self: an import that ran
 * @count: (out): how many they are
 *
 * Returns: (transfer full): the rows of which the register knows already, as people name them: 3, 5–7
 */
char *
shy_import_dup_known_rows (ShyImport *self,
                           guint     *count)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return shy_import_notes_dup_known (self->notes, count);
}

/**
 * shy_import_add_remark:
 * @self: an import
 * @remark: a sentence, translated
 *
 * Adds to what whoever runs it has to know.
 */
void
shy_import_add_remark (ShyImport  *self,
                       const char *remark)
{
  g_return_if_fail (SHY_IS_IMPORT (self));

  g_ptr_array_insert (self->remarks, (int) self->remarks->len - 1, g_strdup (remark));
}

/**
 * shy_import_get_remarks:
 * @self: an import
 *
 * Returns: (array zero-terminated=1) (transfer none): sentences for the person who runs it
 */
const char *const *
shy_import_get_remarks (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return (const char *const *) self->remarks->pdata;
}

/**
 * shy_import_dup_hidden_rows:
 * @self: an import that ran
 *
 * Returns: (nullable) (transfer full): a sentence on rows that are hidden in the sheet
 */
char *
shy_import_dup_hidden_rows (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return shy_import_notes_dup_hidden (self->notes);
}

/**
 * shy_import_dup_hidden_columns:
 * @self: an import that ran
 *
 * Returns: (nullable) (transfer full): a sentence on columns that are hidden in the sheet
 */
char *
shy_import_dup_hidden_columns (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return shy_import_notes_dup_hidden_columns (self->notes);
}

/* What the reader of the results should know besides: rows that were no data. */
static void
collect_remarks (ShyImport     *self,
                 ShySheetTable *table)
{
  const char *const    *warnings = shy_header_match_get_warnings (self->match);
  ShyImportTargetClass *klass = SHY_IMPORT_TARGET_GET_CLASS (self->target);

  for (; warnings != NULL && *warnings != NULL; warnings++)
    shy_import_add_remark (self, *warnings);

  shy_import_note_mended (self);
  shy_import_notes_finish (self->notes, self->match, table);
  shy_import_notes_add_first (self->notes, self->remarks);
  if (klass->finish != NULL)
    klass->finish (self->target, self);
  shy_import_notes_add_last (self->notes, self->remarks);
}

/* A file of which nothing was taken must not look like one that is done. */
static gboolean
check_any (ShyImport      *self,
           ShySheetTable  *table,
           ShySpool       *rows,
           GError        **error)
{
  const char *sheet = shy_import_get_sheet (self);
  guint       row = shy_header_match_get_last_row (self->match);
  GString    *reasons;

  if (shy_spool_get_n (rows) > 0)
    return TRUE;

  reasons = g_string_new (NULL);
  for (guint i = 0; i < MIN (shy_sheet_table_get_n_skips (table), MAX_REASONS); i++)
    g_string_append_printf (reasons, " %s", shy_sheet_table_get_skip (table, i)->reason);
  if (reasons->len == 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The sheet “%s” holds no data: nothing stands below its header in row %u. "
                   "Choose the file or the sheet that is filled in."),
                 sheet, row);
  else
    /* Translators: a sheet, a row, and sentences that say why rows were skipped. */
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The sheet “%s” holds no data below its header in row %u.%s"), sheet, row,
                 reasons->str);
  g_string_free (reasons, TRUE);
  return FALSE;
}

/* An empty spool beside the database. */
ShySpool *
shy_import_open_spool (ShyImport  *self,
                       GError    **error)
{
  g_autofree char *folder = NULL;

  if (self->store != NULL)
    folder = g_path_get_dirname (shy_store_get_path (self->store));
  return shy_spool_new (folder, error);
}

/* Nothing of the run before is left. */
static void
begin_run (ShyImport *self)
{
  g_mutex_lock (&self->mutex);
  self->n_rows = 0;
  g_mutex_unlock (&self->mutex);
  shy_import_tell (self, 0, 0);
  g_clear_pointer (&self->stamp, g_free);
  g_ptr_array_set_size (self->remarks, 0);
  g_ptr_array_add (self->remarks, NULL);
  g_hash_table_remove_all (self->keys);
  g_hash_table_remove_all (self->numbers);
  shy_import_notes_free (self->notes);
  self->notes = shy_import_notes_new (self->hidden, self->hidden_columns);
  shy_header_match_leave_hidden (self->match, self->hidden_columns == SHY_IMPORT_HIDDEN_SKIP);
}

/**
 * shy_import_run:
 * @self: an import with an opened file
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Judges every row of what was opened. Blocks. Nothing is stored; when it fails or is cancelled the rows
 * of the run before are there as they were.
 *
 * Errors: %SHY_ERROR_BUSY if the file was changed since it was opened; %SHY_ERROR_INVALID if it holds no
 * row; those of the target.
 *
 * Returns: whether all rows were judged
 */
gboolean
shy_import_run (ShyImport     *self,
                GCancellable  *cancellable,
                GError       **error)
{
  ShyImportTargetClass     *klass;
  g_autoptr (ShySheetTable) table = NULL;
  g_autoptr (ShySpool)      results = NULL;
  g_autoptr (ShySpool)      cells = NULL;

  g_return_val_if_fail (SHY_IS_IMPORT (self), FALSE);
  g_return_val_if_fail (self->match != NULL, FALSE);

  klass = SHY_IMPORT_TARGET_GET_CLASS (self->target);
  begin_run (self);
  if ((klass->check != NULL && !klass->check (self->target, error)) ||
      (klass->begin != NULL && !klass->begin (self->target, self, cancellable, error)) ||
      !shy_import_look_up_file (self, cancellable, error))
    return FALSE;
  shy_import_notes_set_earlier (self->notes, self->earlier, g_strdup (self->earlier_at));
  results = shy_import_open_spool (self, error);
  cells = results != NULL ? shy_import_open_spool (self, error) : NULL;
  table = cells != NULL ? shy_header_match_read (self->match, cancellable, error) : NULL;
  if (table == NULL || !shy_import_judge_rows (self, table, results, cells, cancellable, error) ||
      !check_any (self, table, results, error))
    return FALSE;

  collect_remarks (self, table);
  shy_spool_set_notes (results, shy_import_notes_to_json (self->notes));
  g_mutex_lock (&self->mutex);
  g_set_object (&self->results, results);
  g_set_object (&self->cells, cells);
  g_mutex_unlock (&self->mutex);
  shy_import_tell (self, 1, 0);
  return TRUE;
}

/**
 * shy_import_get_spool:
 * @self: an import
 *
 * Returns: (nullable) (transfer none): what the target packed of each row of the last run, or of each as
 *   it was stored
 */
ShySpool *
shy_import_get_spool (ShyImport *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), NULL);

  return self->results;
}

/**
 * shy_import_count:
 * @self: an import
 * @state: a state
 *
 * Returns: how many rows of the last run are in the state
 */
guint
shy_import_count (ShyImport      *self,
                  ShyImportState  state)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self), 0);

  return self->cells != NULL ? shy_spool_count (self->cells, state) : 0;
}

/**
 * shy_import_get_state:
 * @self: an import that ran
 * @index: which row, from 0
 *
 * Returns: what is to be done with the row
 */
ShyImportState
shy_import_get_state (ShyImport *self,
                      guint      index)
{
  g_return_val_if_fail (SHY_IS_IMPORT (self) && self->cells != NULL, SHY_IMPORT_READY);

  return (ShyImportState) shy_spool_get_mark (self->cells, index);
}

/* The blocking calls on a thread of their own. */

static void
return_boolean (GTask    *task,
                gboolean  done,
                GError   *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError  *error = NULL;
  gboolean done = shy_import_open (source, data, cancellable, &error);

  return_boolean (task, done, error);
}

/**
 * shy_import_open_async:
 * @self: an import
 * @path: a file
 * @cancellable: (nullable): cancels it
 * @callback: (scope async): called when done
 * @user_data: given to @callback
 *
 * As [method@Import.open], without blocking.
 */
void
shy_import_open_async (ShyImport           *self,
                       const char          *path,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, shy_import_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_worker);
}

/**
 * shy_import_open_finish:
 * @self: an import
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: whether it was opened
 */
gboolean
shy_import_open_finish (ShyImport     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_worker (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError  *error = NULL;
  gboolean done = shy_import_run (source, cancellable, &error);

  return_boolean (task, done, error);
}

/**
 * shy_import_run_async:
 * @self: an import with an opened file
 * @cancellable: (nullable): cancels it
 * @callback: (scope async): called when done
 * @user_data: given to @callback
 *
 * As [method@Import.run], without blocking.
 */
void
shy_import_run_async (ShyImport           *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, shy_import_run_async);
  g_task_run_in_thread (task, run_worker);
}

/**
 * shy_import_run_finish:
 * @self: an import
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: whether all rows were judged
 */
gboolean
shy_import_run_finish (ShyImport     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
commit_worker (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  gint64  batch = shy_import_commit (source, cancellable, &error);

  if (batch > 0)
    g_task_return_int (task, batch);
  else
    g_task_return_error (task, error);
}

/**
 * shy_import_commit_async:
 * @self: an import that ran
 * @cancellable: (nullable): cancels it
 * @callback: (scope async): called when done
 * @user_data: given to @callback
 *
 * As [method@Import.commit], without blocking.
 */
void
shy_import_commit_async (ShyImport           *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, shy_import_commit_async);
  g_task_run_in_thread (task, commit_worker);
}

/**
 * shy_import_commit_finish:
 * @self: an import
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: the number of the batch, or -1 with @error set
 */
gint64
shy_import_commit_finish (ShyImport     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
