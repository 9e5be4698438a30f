/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-import.h"

#include "subsidy-ahead.h"
#include "subsidy-behind.h"
#include "subsidy-register.h"
#include "subsidy-row.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* How long a commit waits for those of others, in microseconds. */
#define PATIENCE (2 * 60 * G_USEC_PER_SEC)

/* How often progress is told, in microseconds: what an eye can follow. */
#define TELL_EVERY (G_USEC_PER_SEC / 20)
/* Sentences that say why a sheet holds no application; more tell nothing new. */
#define MAX_REASONS 5

/* What a run may work through beyond the share of each row, see ShyWorkBudget: a minute or two. */
#define RUN_STEPS G_GINT64_CONSTANT (2000000000)

struct _SubsidyImport
{
  GObject         parent_instance;
  ShyStore       *store;    /* (owned) (nullable): without one nothing is known of the past */
  ShyPolicy      *policy;   /* (owned) */
  char           *county;   /* (owned) (nullable) */
  GDate           on;
  char           *path;     /* (owned) (nullable): what was opened */
  char           *file;     /* (owned) (nullable): base name of what was opened */
  char           *sheet;    /* (owned) (nullable): the one a person chose */
  GPtrArray      *sheets;   /* (owned): names of the sheets of what was opened; ended by NULL */
  gboolean        draft;    /* a person settles what the match leaves open */
  ShyHeaderMatch *match;    /* (owned) (nullable) */
  SubsidySpool   *spool;    /* (owned) (nullable): the rows of the last run */
  SubsidyNotes   *notes;    /* (owned) (nullable): of the last run */
  SubsidyHidden   hidden;   /* what is done with hidden rows */
  SubsidyHidden   hidden_columns; /* and columns */
  gint64          work;     /* steps of a run beyond the shares of its rows */
  gboolean        once;     /* a file that was stored before is not stored again */
  char           *digest;   /* (owned) (nullable): SHA-256 of what was run */
  char           *reason;   /* (owned) (nullable): why it is stored although the clock fell back */
  char           *stamp;    /* (owned) (nullable): of the register that the run saw; "" for several */
  GPtrArray      *turned;   /* (owned) of SubsidyTurn: rows that were stored otherwise than shown */
  GPtrArray      *remarks;  /* (owned): of the last run; ended by NULL */
  double          progress; /* 0 to 1; guarded by mutex */
  guint           n_rows;   /* decided by the run so far; guarded by mutex */
  gboolean        seeks;    /* somebody looks at what would change the verdicts */
  gint64          told_at;  /* monotonic time of the last notification */
  GMutex          mutex;
  GMainContext   *context;  /* (owned): where progress is told */
};

G_DEFINE_FINAL_TYPE (SubsidyImport, subsidy_import, G_TYPE_OBJECT)

typedef enum { PROP_PROGRESS = 1 } SubsidyImportProperty;
static GParamSpec *properties[PROP_PROGRESS + 1];

static void
subsidy_import_finalize (GObject *object)
{
  SubsidyImport *self = SUBSIDY_IMPORT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->policy);
  g_clear_object (&self->match);
  g_clear_object (&self->spool);
  g_clear_pointer (&self->notes, subsidy_notes_free);
  g_free (self->digest);
  g_ptr_array_unref (self->remarks);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->turned);
  g_free (self->stamp);
  g_free (self->reason);
  g_free (self->sheet);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->county);
  g_free (self->file);
  g_free (self->path);

  G_OBJECT_CLASS (subsidy_import_parent_class)->finalize (object);
}

static void
subsidy_import_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (property == PROP_PROGRESS)
    g_value_set_double (value, subsidy_import_get_progress (SUBSIDY_IMPORT (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
subsidy_import_class_init (SubsidyImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = subsidy_import_finalize;
  object_class->get_property = subsidy_import_get_property;

  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
subsidy_import_init (SubsidyImport *self)
{
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->remarks, NULL);
  self->turned = g_ptr_array_new_with_free_func (subsidy_turn_free);
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->sheets, NULL);
  self->work = RUN_STEPS;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
}

/*
 * subsidy_import_new:
 * @store: (nullable): the register; without it earlier grants and county settings are not known
 * @policy: the policy that decides
 * @county: (nullable): code of the county the file is for: rows of another are rejected
 * @on: (nullable): the day for which is decided; today if NULL
 */
SubsidyImport *
subsidy_import_new (ShyStore    *store,
                    ShyPolicy   *policy,
                    const char  *county,
                    const GDate *on)
{
  SubsidyImport *self = g_object_new (SUBSIDY_TYPE_IMPORT, NULL);

  g_return_val_if_fail (SHY_IS_POLICY (policy), NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->policy, policy);
  self->county = g_strdup (county);
  if (on != NULL)
    self->on = *on;
  else
    g_date_set_time_t (&self->on, g_get_real_time () / G_USEC_PER_SEC);
  return self;
}

ShyPolicy *
subsidy_import_get_policy (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->policy;
}

const char *
subsidy_import_get_county (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->county;
}

const GDate *
subsidy_import_get_on (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return &self->on;
}

/* subsidy_import_get_progress: how far the run has come, 0 to 1; from any thread. */
double
subsidy_import_get_progress (SubsidyImport *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), 0);

  locker = g_mutex_locker_new (&self->mutex);
  return self->progress;
}

static gboolean
notify_progress_cb (gpointer data)
{
  g_object_notify_by_pspec (data, properties[PROP_PROGRESS]);
  return G_SOURCE_REMOVE;
}

/* subsidy_import_get_n_rows: how many rows the run has decided so far; from any thread. */
guint
subsidy_import_get_n_rows (SubsidyImport *self)
{
  guint n_rows;

  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), 0);

  g_mutex_lock (&self->mutex);
  n_rows = self->n_rows;
  g_mutex_unlock (&self->mutex);

  return n_rows;
}

/* subsidy_import_seek_changes: the next run looks for what would change each negative verdict, for
 * somebody who reads the rows. It takes many times as long. */
void
subsidy_import_seek_changes (SubsidyImport *self)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  self->seeks = TRUE;
}

static void
count_rows (SubsidyImport *self,
            guint          n_rows)
{
  g_mutex_lock (&self->mutex);
  self->n_rows += n_rows;
  g_mutex_unlock (&self->mutex);
}

static void
set_progress (SubsidyImport *self,
              double         progress)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  self->progress = progress;
  g_mutex_unlock (&self->mutex);

  if (now - self->told_at < TELL_EVERY && progress < 1)
    return;
  self->told_at = now;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, notify_progress_cb,
                              g_object_ref (self), g_object_unref);
}

static void
list_sheets (SubsidyImport *self,
             ShyBook       *book)
{
  g_ptr_array_set_size (self->sheets, 0);
  for (guint i = 0; i < shy_book_get_n_sheets (book); i++)
    g_ptr_array_add (self->sheets, g_strdup (shy_book_get_sheet_name (book, i)));
  g_ptr_array_add (self->sheets, NULL);
}

/* The sheet to read: -1 for the one that fits best. */
static gboolean
choose_sheet (SubsidyImport  *self,
              ShyBook        *book,
              int            *sheet,
              GError        **error)
{
  g_autofree char *names = NULL;
  guint            found;

  *sheet = -1;
  if (self->sheet == NULL)
    return TRUE;
  if (shy_book_find_sheet (book, self->sheet, &found))
    {
      *sheet = (int) found;
      return TRUE;
    }
  names = g_strjoinv (", ", (char **) self->sheets->pdata);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The file “%s” has no sheet “%s”. It has: %s."), shy_book_get_name (book),
               self->sheet, names);
  return FALSE;
}

/* By its digest a file is known again, whatever its name. One that cannot be read twice, as a pipe,
 * has none. */
static char *
digest_file (const char *path)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar    *buffer = g_malloc (65536);
  FILE                 *file = NULL;
  gsize                 n_read;
  gboolean              whole;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    file = fopen (path, "rbe");
  if (file == NULL)
    return NULL;
  while ((n_read = fread (buffer, 1, 65536, file)) > 0)
    g_checksum_update (checksum, buffer, (gssize) n_read);
  whole = !ferror (file);
  fclose (file);
  return whole ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/*
 * subsidy_import_open: reads a spreadsheet and matches its headers to the fields of the policy.
 *
 * Blocks. Errors: those of the book and of the match: no header, two columns for one field, an empty
 * sheet, a required field without a column; each says what to do.
 */
gboolean
subsidy_import_open (SubsidyImport  *self,
                     const char     *path,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr (ShyBook) book = shy_book_open (path, cancellable, error);

  return book != NULL && subsidy_import_open_book (self, path, book, cancellable, error);
}

/* subsidy_import_open_book: as subsidy_import_open(), with the book that was read from @path already. */
gboolean
subsidy_import_open_book (SubsidyImport  *self,
                          const char     *path,
                          ShyBook        *book,
                          GCancellable   *cancellable,
                          GError        **error)
{
  g_autoptr (GPtrArray)      fields = NULL;
  g_autoptr (ShyHeaderMatch) match = NULL;
  int                        sheet;

  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), FALSE);
  g_return_val_if_fail (path != NULL && SHY_IS_BOOK (book), FALSE);

  list_sheets (self, book);
  if (!choose_sheet (self, book, &sheet, error))
    return FALSE;

  fields = shy_sheet_fields_new (shy_policy_get_fields (self->policy));
  match = self->draft ? shy_header_match_find_draft (book, fields, sheet, cancellable, error)
                      : shy_header_match_find (book, fields, sheet, cancellable, error);
  if (match == NULL)
    return FALSE;

  g_set_object (&self->match, match);
  g_clear_object (&self->spool);
  g_free (self->path);
  self->path = g_strdup (path);
  g_free (self->file);
  self->file = g_path_get_basename (path);
  return TRUE;
}

/* subsidy_import_get_match: the match of the headers, which may be corrected before the run; NULL where
 * no header was found. */
ShyHeaderMatch *
subsidy_import_get_match (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->match;
}

/* subsidy_import_set_sheet: reads this sheet from the next opening on; NULL for the one that fits. */
void
subsidy_import_set_sheet (SubsidyImport *self,
                          const char    *sheet)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  g_free (self->sheet);
  self->sheet = g_strdup (sheet);
}

/* subsidy_import_set_draft: what the next opening leaves open (a needed field without a column, two
 * columns of one field) is settled by a person in the match before the run. */
void
subsidy_import_set_draft (SubsidyImport *self,
                          gboolean       draft)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  self->draft = draft;
}

/* subsidy_import_get_path: the file that was opened, which results are never written over; NULL before. */
const char *
subsidy_import_get_path (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->path;
}

/* subsidy_import_set_hidden: says what the next run does with rows that are hidden in the sheet. */
void
subsidy_import_set_hidden (SubsidyImport *self,
                           SubsidyHidden  hidden)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  self->hidden = hidden;
}

/* subsidy_import_set_hidden_columns: the same for columns that are hidden in the sheet. */
void
subsidy_import_set_hidden_columns (SubsidyImport *self,
                                   SubsidyHidden  hidden)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  self->hidden_columns = hidden;
}

/* subsidy_import_set_work: how much the next runs may work beyond the share of each row, in the steps of
 * ShyWorkBudget. */
void
subsidy_import_set_work (SubsidyImport *self,
                         gint64         steps)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  self->work = steps;
}

/* subsidy_import_get_notes: what is to be known of the last run beside the outcomes, or NULL. */
SubsidyNotes *
subsidy_import_get_notes (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->notes;
}

/* subsidy_import_get_sheets: the sheets of the file that was opened, in its order. */
const char * const *
subsidy_import_get_sheets (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return (const char *const *) self->sheets->pdata;
}

/* subsidy_import_get_sheet: the sheet that is read, NULL before one was opened. */
const char *
subsidy_import_get_sheet (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->match == NULL
           ? NULL : self->sheets->pdata[shy_header_match_get_sheet (self->match)];
}

/* Rows whose past is looked up together. */
typedef struct
{
  SubsidyGrounds *grounds; /* (unowned) */
  GPtrArray      *rows;    /* (unowned) of SubsidyReading */
  char           *stamp;   /* (owned) (nullable): of what was seen */
} Lookup;

static gboolean
look_up_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Lookup *self = data;

  self->stamp = shy_connection_dup_stamp (connection);
  subsidy_grounds_begin (self->grounds);
  for (guint i = 0; i < self->rows->len; i++)
    if (!subsidy_grounds_read (self->grounds, connection,
                               ((SubsidyReading *) self->rows->pdata[i])->facts, error))
      return FALSE;

  return TRUE;
}

typedef struct
{
  SubsidyNotes *notes;
  const char   *policy;
  const char   *digest; /* (nullable) */
} Knowing;

static gboolean
load_notes_job (ShyConnection  *connection,
                gpointer        data,
                GCancellable   *cancellable,
                GError        **error)
{
  Knowing *self = data;

  return subsidy_notes_load_job (connection, self->notes, self->policy, self->digest, error);
}

/* What the register knows of the file and its persons already. */
static gboolean
load_notes (SubsidyImport  *self,
            GCancellable   *cancellable,
            GError        **error)
{
  Knowing knowing = { self->notes, shy_policy_get_id (self->policy), NULL };

  if (self->store == NULL)
    return TRUE;
  g_free (self->digest);
  knowing.digest = self->digest = digest_file (self->path);
  return shy_store_run (self->store, SHY_STORE_READ, load_notes_job, &knowing, cancellable, error);
}

/* Where a run sees two states of the register, it saw none: its rows are looked at again when they
 * are stored. */
static void
keep_stamp (SubsidyImport *self,
            const char    *stamp)
{
  if (self->stamp == NULL)
    self->stamp = g_strdup (stamp);
  else if (!g_str_equal (self->stamp, stamp))
    *self->stamp = '\0';
}

static gboolean
look_up (SubsidyImport   *self,
         SubsidyGrounds  *grounds,
         GPtrArray       *rows,
         GCancellable    *cancellable,
         GError         **error)
{
  Lookup           lookup = { grounds, rows };
  gboolean         done;
  g_autofree char *stamp = NULL;

  if (self->store == NULL)
    return TRUE;

  done = shy_store_run (self->store, SHY_STORE_BEFORE_WRITE, look_up_job, &lookup, cancellable, error);
  stamp = lookup.stamp;
  if (done)
    keep_stamp (self, stamp);
  return done;
}

/* A run on its way through the rows. */
typedef struct
{
  SubsidyImport  *import;
  SubsidyDecider *decider;
  SubsidyGrounds *grounds;
  ShySheetTable  *table;
  SubsidySpool   *spool;
  GCancellable   *cancellable;
  ShyWorkBudget  *budget;
} Run;

static gboolean
judge_some (Run        *self,
            GPtrArray  *rows,
            GError    **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      SubsidyReading *reading = rows->pdata[i];

      if (!subsidy_reading_judge (reading, self->grounds, self->cancellable, error))
        return FALSE;
      subsidy_notes_take_person (self->import->notes, reading->record.row, reading->record.person);
    }

  count_rows (self->import, rows->len);
  return TRUE;
}

/* Three at work: one reads, this one decides, one writes down; each row depends on those before it only
 * here. */
static gboolean
decide_rows (Run     *self,
             GError **error)
{
  g_autoptr (SubsidyAhead)  ahead = subsidy_ahead_new (self->table, self->decider,
                                                       self->import->notes, self->budget);
  g_autoptr (SubsidyBehind) behind = subsidy_behind_new (self->import->policy, self->spool);

  while (TRUE)
    {
      double                progress;
      guint                 count;
      g_autoptr (GPtrArray) rows = subsidy_ahead_next (ahead, &progress, error);

      if (rows == NULL ||
          !look_up (self->import, self->grounds, rows, self->cancellable, error) ||
          !judge_some (self, rows, error))
        return FALSE;
      count = rows->len;
      if (!subsidy_behind_add (behind, rows, error))
        return FALSE;
      set_progress (self->import, MIN (progress, 0.99));
      if (count == 0)
        return subsidy_behind_finish (behind, error);
    }
}

static void
add_remark (SubsidyImport *self,
            char          *text)
{
  g_ptr_array_insert (self->remarks, (int) self->remarks->len - 1, text);
}

static void
remark_spent (SubsidyImport *self)
{
  add_remark (self, g_strdup (_("This run has worked too much: applications whose conditions take longer than "
                                "usual were left to a person from some row on. Decide them in a smaller "
                                "sheet.")));
}

/* What the reader of the results should know besides: rows that were no applications. */
static void
collect_remarks (SubsidyImport *self,
                 ShySheetTable *table)
{
  const char *const *warnings = shy_header_match_get_warnings (self->match);

  for (; warnings != NULL && *warnings != NULL; warnings++)
    add_remark (self, g_strdup (*warnings));

  subsidy_notes_finish (self->notes, self->match, table);
  subsidy_notes_add_remarks (self->notes, self->remarks);
}

/* A file of which nothing was decided must not look like one that is done. */
static gboolean
check_any (SubsidyImport  *self,
           ShySheetTable  *table,
           SubsidySpool   *spool,
           GError        **error)
{
  const char *sheet = subsidy_import_get_sheet (self);
  guint       row = shy_header_match_get_last_row (self->match);
  GString    *reasons;

  if (subsidy_totals_sum (subsidy_spool_get_totals (spool)) > 0)
    return TRUE;

  reasons = g_string_new (NULL);
  for (guint i = 0; i < MIN (shy_sheet_table_get_n_skips (table), MAX_REASONS); i++)
    g_string_append_printf (reasons, " %s", shy_sheet_table_get_skip (table, i)->reason);
  if (reasons->len == 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The sheet “%s” holds no application: nothing stands below its header in row %u. "
                   "Choose the file or the sheet that is filled in."),
                 sheet, row);
  else
    /* Translators: a sheet, a row, and sentences that say why rows were skipped. */
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("The sheet “%s” holds no application below its header in row %u.%s"), sheet, row,
                 reasons->str);
  g_string_free (reasons, TRUE);
  return FALSE;
}

static SubsidySpool *
open_spool (SubsidyImport  *self,
            GError        **error)
{
  g_autofree char *folder = NULL;

  if (self->store != NULL)
    folder = g_path_get_dirname (shy_store_get_path (self->store));
  return subsidy_spool_new (folder, error);
}

/*
 * subsidy_import_run: decides every row of what was opened.
 *
 * Blocks. Nothing is stored; when it fails or is cancelled nothing is left. The totals and rows are
 * in subsidy_import_get_spool() afterwards.
 *
 * Errors: SHY_ERROR_INVALID if a case of the policy's own pack fails: such a pack decides nothing.
 */
gboolean
subsidy_import_run (SubsidyImport  *self,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (SubsidyDecider) decider = NULL;
  g_autoptr (SubsidyGrounds) grounds = NULL;
  g_autoptr (ShySheetTable)  table = NULL;
  g_autoptr (SubsidySpool)   spool = NULL;
  g_autoptr (ShyWorkBudget)  budget = shy_work_budget_new (self->work);
  Run                        run = { self, .cancellable = cancellable, .budget = budget };

  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), FALSE);
  g_return_val_if_fail (self->match != NULL, FALSE);

  set_progress (self, 0);
  self->n_rows = 0;
  g_clear_pointer (&self->stamp, g_free);
  g_ptr_array_set_size (self->turned, 0);
  g_ptr_array_set_size (self->remarks, 0);
  g_ptr_array_add (self->remarks, NULL);
  g_clear_pointer (&self->notes, subsidy_notes_free);
  self->notes = subsidy_notes_new (self->hidden, self->hidden_columns);
  shy_header_match_leave_hidden (self->match, self->hidden_columns == SUBSIDY_HIDDEN_SKIP);
  if (!shy_policy_check_cases (self->policy, error) || !load_notes (self, cancellable, error))
    return FALSE;
  run.decider = decider = subsidy_decider_new (self->policy, self->match, self->county, &self->on,
                                               error);
  run.grounds = grounds = subsidy_grounds_new (self->policy);
  if (self->seeks)
    subsidy_grounds_seek_changes (grounds);
  run.spool = spool = decider != NULL ? open_spool (self, error) : NULL;
  run.table = table = spool != NULL ? shy_header_match_read (self->match, cancellable, error) : NULL;
  if (table == NULL || !decide_rows (&run, error) || !check_any (self, table, spool, error))
    return FALSE;

  collect_remarks (self, table);
  if (shy_work_budget_is_spent (budget))
    remark_spent (self);
  subsidy_spool_set_notes (spool, subsidy_notes_to_json (self->notes));
  g_set_object (&self->spool, spool);
  set_progress (self, 1);
  return TRUE;
}

/* subsidy_import_get_spool: the decided rows of the last run, or NULL. */
SubsidySpool *
subsidy_import_get_spool (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->spool;
}

/* subsidy_import_get_remarks: sentences for the person who runs it; ended by NULL. */
const char *const *
subsidy_import_get_remarks (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return (const char *const *) self->remarks->pdata;
}

/* subsidy_import_get_turned: of SubsidyTurn: what the last commit stored otherwise than the run had
 * found, because the register had changed meanwhile. */
GPtrArray *
subsidy_import_get_turned (SubsidyImport *self)
{
  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), NULL);

  return self->turned;
}

/* subsidy_import_set_reason: why the next commit is stored although the clock fell back. */
void
subsidy_import_set_reason (SubsidyImport *self,
                           const char    *reason)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  g_free (self->reason);
  self->reason = g_strdup (reason);
}

/* subsidy_import_set_once: whether the next commit stores nothing if this very file was stored before,
 * or meanwhile. */
void
subsidy_import_set_once (SubsidyImport *self,
                         gboolean       once)
{
  g_return_if_fail (SUBSIDY_IS_IMPORT (self));

  self->once = once;
}

static void
fill_commit (SubsidyImport *self,
             SubsidyCommit *commit)
{
  ShyBook *book = shy_header_match_get_book (self->match);

  commit->spool = self->spool;
  commit->stamp = self->stamp;
  commit->file = self->file;
  commit->sheet = shy_book_get_sheet_name (book, shy_header_match_get_sheet (self->match));
  commit->policy = self->policy;
  commit->on = self->on;
  commit->digest = self->digest;
  commit->once = self->once ? self->notes : NULL;
  commit->reason = self->reason;
  commit->turned = self->turned;
  commit->work = self->work;
}

/* Columns that nobody sees may be what somebody gave up. */
static gboolean
check_hidden_columns (SubsidyImport  *self,
                      GError        **error)
{
  g_autofree char *said = NULL;

  if (self->hidden_columns != SUBSIDY_HIDDEN_ASK || subsidy_notes_get_n_hidden_columns (self->notes) == 0)
    return TRUE;
  said = subsidy_notes_dup_hidden_columns (self->notes);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: %s is a sentence that counts and names the columns. */
               _("%s Nothing was stored. Say whether they are meant: --hidden-columns include reads them, "
                 "--hidden-columns skip leaves them out."),
               said);
  return FALSE;
}

/* Rows that a filter hides are perhaps not meant: nobody is granted anything by an oversight. */
static gboolean
check_hidden (SubsidyImport  *self,
              GError        **error)
{
  g_autofree char *said = NULL;

  if (!check_hidden_columns (self, error))
    return FALSE;
  if (self->hidden != SUBSIDY_HIDDEN_ASK || subsidy_notes_get_n_hidden (self->notes) == 0)
    return TRUE;
  said = subsidy_notes_dup_hidden (self->notes);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: %s is a sentence that counts and names the rows. */
               _("%s Nothing was stored. Say whether they are meant: --hidden include stores them, "
                 "--hidden skip leaves them out."),
               said);
  return FALSE;
}

/* Others may be storing long lists: whoever waits for them is not told to come again. */
static gboolean
store_patiently (SubsidyImport  *self,
                 SubsidyCommit  *commit,
                 GCancellable   *cancellable,
                 GError        **error)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (TRUE)
    {
      g_autoptr (SubsidySpool) anew = open_spool (self, error);
      g_autoptr (GError)       local = NULL;

      if (anew == NULL)
        return FALSE;
      commit->anew = anew;
      subsidy_spool_set_notes (anew, subsidy_notes_to_json (self->notes));
      if (shy_store_run (self->store, SHY_STORE_WRITE, subsidy_register_commit, commit, cancellable,
                         &local))
        {
          if (commit->again)
            g_set_object (&self->spool, anew);
          if (commit->spent)
            remark_spent (self);
          return TRUE;
        }
      if (!g_error_matches (local, SHY_ERROR, SHY_ERROR_BUSY) || g_get_monotonic_time () > until)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

/*
 * subsidy_import_commit: stores what the last run decided, rejected rows left out, together with
 * the journal's entry: all or nothing. Rows whose grounds changed since the run are decided anew in
 * the same transaction, and stored so: subsidy_import_get_turned() tells which came out otherwise, and
 * subsidy_import_get_spool() holds what was stored. Blocks.
 *
 * Gives the number of the batch, or -1 with the error set.
 */
gint64
subsidy_import_commit (SubsidyImport  *self,
                       GCancellable   *cancellable,
                       GError        **error)
{
  SubsidyCommit commit = { 0 };

  g_return_val_if_fail (SUBSIDY_IS_IMPORT (self), -1);
  g_return_val_if_fail (self->store != NULL && self->spool != NULL, -1);

  if (!check_hidden (self, error))
    return -1;
  fill_commit (self, &commit);
  return store_patiently (self, &commit, cancellable, error) ? commit.batch : -1;
}
