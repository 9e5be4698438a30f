/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-import-private.h"

#include "store/shy-store.h"

#include <string.h>

/* Rows that are read, looked up and judged together. */
#define AT_ONCE 64

/* How many of those may wait: enough that no thread stands still for another. */
#define MAX_WAITING 4

/*
 * Three at work: one reads, one judges, one writes down. Each row depends on those before it only where
 * it is judged, so the order holds there; reading and writing take as long again, and no judgement waits
 * for them.
 */

/* What waits between two of them, a few lots of rows at most. */
typedef struct
{
  GMutex   mutex;
  GCond    changed;
  GQueue   waiting; /* of Lot; guarded by mutex */
  gboolean ended;   /* no more will come; guarded by mutex */
  gboolean stopped; /* nobody wants more; guarded by mutex */
} Lane;

/* Rows on their way; without any, the end or what went wrong. */
typedef struct
{
  GPtrArray *rows;     /* (owned) of ShyImportRow */
  GError    *error;    /* (owned) (nullable) */
  double     progress; /* share of the file, 0 to 1 */
} Lot;

static Lot *
lot_new (GPtrArray *rows)
{
  Lot *lot = g_new0 (Lot, 1);

  lot->rows = rows != NULL ? g_ptr_array_ref (rows)
                           : g_ptr_array_new_with_free_func ((GDestroyNotify) shy_import_row_free);
  return lot;
}

static void
lot_free (gpointer data)
{
  Lot *lot = data;

  g_ptr_array_unref (lot->rows);
  g_clear_error (&lot->error);
  g_free (lot);
}

static void
lane_init (Lane *lane)
{
  memset (lane, 0, sizeof *lane);
  g_mutex_init (&lane->mutex);
  g_cond_init (&lane->changed);
  g_queue_init (&lane->waiting);
}

static void
lane_clear (Lane *lane)
{
  g_queue_clear_full (&lane->waiting, lot_free);
  g_cond_clear (&lane->changed);
  g_mutex_clear (&lane->mutex);
}

/* Whether more is wanted. Takes @lot; waits where too many stand in line. */
static gboolean
lane_push (Lane *lane,
           Lot  *lot)
{
  gboolean wanted;

  g_mutex_lock (&lane->mutex);
  while (!lane->stopped && lane->waiting.length >= MAX_WAITING)
    g_cond_wait (&lane->changed, &lane->mutex);
  g_queue_push_tail (&lane->waiting, lot);
  wanted = !lane->stopped;
  g_cond_broadcast (&lane->changed);
  g_mutex_unlock (&lane->mutex);

  return wanted;
}

/* The next rows; NULL if there will be none. */
static Lot *
lane_pop (Lane *lane)
{
  Lot *lot;

  g_mutex_lock (&lane->mutex);
  while (lane->waiting.length == 0 && !lane->ended)
    g_cond_wait (&lane->changed, &lane->mutex);
  lot = lane->stopped ? NULL : g_queue_pop_head (&lane->waiting);
  g_cond_broadcast (&lane->changed);
  g_mutex_unlock (&lane->mutex);

  return lot;
}

static void
lane_set (Lane     *lane,
          gboolean *what)
{
  g_mutex_lock (&lane->mutex);
  *what = TRUE;
  g_cond_broadcast (&lane->changed);
  g_mutex_unlock (&lane->mutex);
}

/* A run on its way through the rows. */
typedef struct
{
  ShyImport     *import;      /* (unowned) */
  ShySheetTable *table;       /* (unowned): of the reader */
  ShySpool      *results;     /* (unowned): of the writer */
  ShySpool      *cells;       /* (unowned): of the writer */
  guint          count;       /* rows so far; of the reader */
  GArray        *overlay;     /* (owned) of ShySheetCell: cells that were corrected; of the reader */
  GPtrArray     *laid;        /* (owned): cells of a row with them; of the reader */
  Lane           read;
  Lane           judged;
  GError        *error;       /* (owned) (nullable): why nothing more is written; of the writer */
} Run;

/* Where the cell of a field stands, though nothing may stand in it. */
static gboolean
find_cell (Run   *self,
           guint  field,
           guint *column)
{
  const ShyHeaderColumn *found = shy_header_match_find_column (self->import->match, field);

  if (found != NULL)
    *column = found->column;
  return found != NULL;
}

/* The row as it stands with what somebody corrected; lives as long as the row does. */
static ShySheetRecord
lay_over (Run                  *self,
          const ShySheetRecord *from)
{
  ShySheetRecord record = *from;
  const char    *sheet = shy_import_get_sheet (self->import);

  g_array_set_size (self->overlay, from->n_fields);
  g_ptr_array_set_size (self->laid, 0);
  for (guint i = 0; i < from->n_fields; i++)
    {
      ShySheetCell *cell = &g_array_index (self->overlay, ShySheetCell, i);
      guint         column = 0;
      const char   *text = find_cell (self, i, &column)
                             ? shy_import_find_mended (self->import, from->row, column) : NULL;

      *cell = (ShySheetCell) { .sheet = sheet, .text = text, .row = from->row, .column = column,
                               .kind = SHY_SHEET_CELL_TEXT };
      if (text == NULL)
        g_ptr_array_add (self->laid, (gpointer) from->cells[i]);
      else
        g_ptr_array_add (self->laid, *text != '\0' ? cell : NULL);
    }
  record.cells = (const ShySheetCell *const *) self->laid->pdata;
  return record;
}

static ShyImportRow *
read_row (Run                  *self,
          const ShySheetRecord *from)
{
  ShyImportRow  *row = shy_import_row_new (++self->count, from->row, from->n_fields);
  gboolean       mended = g_hash_table_contains (self->import->mended, GUINT_TO_POINTER (from->row));
  ShySheetRecord record = mended ? lay_over (self, from) : *from;

  for (guint i = 0; i < record.n_fields; i++)
    if (record.cells[i] != NULL)
      row->texts[i] = g_strdup (record.cells[i]->text);
  SHY_IMPORT_TARGET_GET_CLASS (self->import->target)->read (self->import->target, &record, row);
  return row;
}

static gpointer
read_ahead (gpointer data)
{
  Run     *self = data;
  gboolean ended = FALSE, wanted = TRUE;

  while (wanted)
    {
      Lot                  *lot = lot_new (NULL);
      const ShySheetRecord *record;
      guint64               done, total;

      while (!ended && lot->rows->len < AT_ONCE)
        if ((record = shy_sheet_table_next (self->table, &lot->error)) == NULL)
          ended = TRUE;
        else if (shy_import_notes_take_row (self->import->notes, record))
          g_ptr_array_add (lot->rows, read_row (self, record));
      shy_sheet_table_get_progress (self->table, &done, &total);
      lot->progress = total > 0 ? (double) done / (double) total : 0;
      wanted = lot->error == NULL && lot->rows->len > 0;
      wanted = lane_push (&self->read, lot) && wanted;
    }
  return NULL;
}

static gboolean
write_rows (Run        *self,
            GPtrArray  *rows,
            GByteArray *bytes,
            GError    **error)
{
  ShyImportTarget *target = self->import->target;

  for (guint i = 0; i < rows->len; i++)
    {
      ShyImportRow *row = rows->pdata[i];

      g_byte_array_set_size (bytes, 0);
      SHY_IMPORT_TARGET_GET_CLASS (target)->write (target, row, bytes);
      if (!shy_spool_add (self->results, row->mark, bytes, error))
        return FALSE;
      g_byte_array_set_size (bytes, 0);
      shy_import_row_pack (row, bytes);
      if (!shy_spool_add (self->cells, row->state, bytes, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
write_behind (gpointer data)
{
  Run                   *self = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Lot                   *lot;

  while (self->error == NULL && (lot = lane_pop (&self->judged)) != NULL)
    {
      write_rows (self, lot->rows, bytes, &self->error);
      lot_free (lot);
    }
  if (self->error != NULL)
    lane_set (&self->judged, &self->judged.stopped);
  return NULL;
}

/* Rows whose past is looked up together. */
typedef struct
{
  ShyImportTarget *target;
  GPtrArray       *rows;
  char            *stamp; /* (owned) (nullable): of what was seen */
} LookUp;

static gboolean
look_up_job (ShyConnection  *connection,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  LookUp *self = data;

  self->stamp = shy_connection_dup_stamp (connection);
  return SHY_IMPORT_TARGET_GET_CLASS (self->target)->look_up (self->target, connection, self->rows, error);
}

/* Where a run sees two states of the register, it saw none: its rows are looked at again when they
 * are stored. */
static void
keep_stamp (ShyImport  *self,
            const char *stamp)
{
  if (self->stamp == NULL)
    self->stamp = g_strdup (stamp);
  else if (!g_str_equal (self->stamp, stamp))
    *self->stamp = '\0';
}

static gboolean
look_up (ShyImport     *self,
         GPtrArray     *rows,
         GCancellable  *cancellable,
         GError       **error)
{
  LookUp           question = { self->target, rows };
  gboolean         done;
  g_autofree char *stamp = NULL;

  if (self->store == NULL || SHY_IMPORT_TARGET_GET_CLASS (self->target)->look_up == NULL)
    return TRUE;

  done = shy_store_run (self->store, SHY_STORE_BEFORE_WRITE, look_up_job, &question, cancellable, error);
  stamp = question.stamp;
  if (done)
    keep_stamp (self, stamp);
  return done;
}

/* Judges what was read until nothing more comes. */
static gboolean
judge_lots (Run           *self,
            GCancellable  *cancellable,
            GError       **error)
{
  ShyImport            *import = self->import;
  ShyImportTargetClass *klass = SHY_IMPORT_TARGET_GET_CLASS (import->target);

  while (TRUE)
    {
      Lot                  *lot = lane_pop (&self->read);
      double                progress = lot->progress;
      g_autoptr (GPtrArray) rows = g_ptr_array_ref (lot->rows);
      g_autoptr (GError)    local = g_steal_pointer (&lot->error);
      guint                 count = rows->len;

      lot_free (lot);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (count == 0)
        return TRUE;
      if (!look_up (import, rows, cancellable, error) ||
          !klass->judge (import->target, rows, cancellable, error))
        return FALSE;
      if (!lane_push (&self->judged, lot_new (rows)))
        return TRUE; /* the writer says why */
      shy_import_tell (import, MIN (progress, 0.99), count);
    }
}

/* Reads, judges and writes down all rows. Nothing is left behind where it fails. */
gboolean
shy_import_judge_rows (ShyImport      *self,
                       ShySheetTable  *table,
                       ShySpool       *results,
                       ShySpool       *cells,
                       GCancellable   *cancellable,
                       GError        **error)
{
  Run       run = { self, table, results, cells };
  GThread  *reader, *writer;
  gboolean  done;

  run.overlay = g_array_new (FALSE, TRUE, sizeof (ShySheetCell));
  run.laid = g_ptr_array_new ();
  lane_init (&run.read);
  lane_init (&run.judged);
  reader = g_thread_new ("rows", read_ahead, &run);
  writer = g_thread_new ("written", write_behind, &run);

  done = judge_lots (&run, cancellable, error);
  lane_set (&run.read, &run.read.stopped);
  if (!done)
    lane_set (&run.judged, &run.judged.stopped);
  lane_set (&run.judged, &run.judged.ended);
  g_thread_join (reader);
  g_thread_join (writer);
  if (done && run.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&run.error));
      done = FALSE;
    }

  g_clear_error (&run.error);
  lane_clear (&run.read);
  lane_clear (&run.judged);
  g_array_unref (run.overlay);
  g_ptr_array_unref (run.laid);
  return done;
}
