/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xls-private.h"

#include "sheet/shy-biff-private.h"

#include <stdlib.h>
#include <string.h>

/* BIFF8 has no more columns. */
#define MAX_COLUMN 255
/* No error value of Excel: the record breaks off. */
#define BROKEN 0xff
/* Bytes that a number and its shown form may take together. */
#define ROOM (2 * SHY_NUMBER_SIZE)
#define HIDDEN 0x20 /* flag of a row, [MS-XLS] 2.4.221 */
#define HIDDEN_COLUMN 0x01 /* [MS-XLS] 2.4.53 */
#define ROWS_HIDDEN 0x02 /* where no record says otherwise, [MS-XLS] 2.4.87 */

typedef enum {
  NUMBER,
  SHARED,    /* text of the book */
  TEXT,      /* text of the sheet */
  BOOLEAN,
  FAULT,     /* an error value, or a cell whose record breaks off */
  BLANK      /* a formula whose value is an empty text, or that was never computed */
} RawKind;

typedef struct
{
  guint32 row;    /* from 0 */
  guint16 column;
  guint16 style;
  guint8  kind;   /* RawKind */
  guint8  formula;
  union
  {
    double  number;
    guint32 text; /* an index (SHARED) or an offset (TEXT) */
    guint8  code; /* of a boolean or an error */
  } value;
} RawCell;

struct _ShyXlsReader
{
  ShySheetReader  parent_instance;
  ShyXlsBook     *book;    /* (owned) */
  GArray         *raw;     /* (owned) (element-type RawCell) by row, then column */
  GByteArray     *texts;   /* (owned) texts of formulas and labels, each ended by a zero */
  GHashTable     *hidden;  /* (owned) (element-type guint) hidden rows, from 0 */
  GHashTable     *shown;   /* (owned) (element-type guint) rows that are said to be shown */
  gboolean        rows_hidden; /* rows of which nothing is said */
  GArray         *merges;  /* (owned) (element-type ShySheetRange) */
  GString        *arena;   /* (owned) numbers of the row given out */
  GArray         *cells;   /* (owned) (element-type ShySheetCell) of the row given out */
  ShySheetRow     row;     /* the row given out */
  guint           given;   /* raw cells given out */
  guint           n_computed; /* formulas with a value */
  gboolean        await_text; /* the last formula's text comes in the next record */
};

G_DEFINE_FINAL_TYPE (ShyXlsReader, shy_xls_reader, SHY_TYPE_SHEET_READER)

static const char *
get_fault (guint code)
{
  static const struct
  {
    guint       code;
    const char *text;
  } faults[] = {
    { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0f, "#VALUE!" }, { 0x17, "#REF!" },
    { 0x1d, "#NAME?" }, { 0x24, "#NUM!" }, { 0x2a, "#N/A" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].code == code)
      return faults[i].text;

  return "#ERROR!";
}

static RawCell
read_place (ShyBiff *biff)
{
  RawCell cell = { 0, };

  cell.row = shy_biff_read16 (biff);
  cell.column = shy_biff_read16 (biff);
  cell.style = shy_biff_read16 (biff);
  return cell;
}

static void
take_number (ShyXlsReader *self,
             ShyBiff      *biff)
{
  RawCell cell = read_place (biff);

  cell.value.number = biff->kind == SHY_BIFF_RK ? shy_biff_read_rk (biff) : shy_biff_read_double (biff);
  g_array_append_val (self->raw, cell);
}

static void
take_numbers (ShyXlsReader *self,
              ShyBiff      *biff)
{
  RawCell cell = { 0, };

  cell.row = shy_biff_read16 (biff);
  cell.column = shy_biff_read16 (biff);
  for (; shy_biff_get_left (biff) >= 6; cell.column++)
    {
      cell.style = shy_biff_read16 (biff);
      cell.value.number = shy_biff_read_rk (biff);
      g_array_append_val (self->raw, cell);
    }
}

static void
take_shared (ShyXlsReader *self,
             ShyBiff      *biff)
{
  RawCell cell = read_place (biff);

  cell.kind = SHARED;
  cell.value.text = shy_biff_read32 (biff);
  biff->overrun |= cell.value.text >= self->book->offsets->len;
  g_array_append_val (self->raw, cell);
}

static guint32
read_text (ShyXlsReader *self,
           ShyBiff      *biff)
{
  guint32 offset = self->texts->len;

  shy_biff_append_text (biff, shy_biff_read16 (biff), self->texts);
  g_byte_array_append (self->texts, (const guint8 *) "", 1);
  return offset;
}

static void
take_label (ShyXlsReader *self,
            ShyBiff      *biff)
{
  RawCell cell = read_place (biff);

  cell.kind = TEXT;
  cell.value.text = read_text (self, biff);
  g_array_append_val (self->raw, cell);
}

static void
take_boolean (ShyXlsReader *self,
              ShyBiff      *biff)
{
  RawCell cell = read_place (biff);

  cell.value.number = 0;
  cell.value.code = shy_biff_read8 (biff);
  cell.kind = shy_biff_read8 (biff) ? FAULT : BOOLEAN;
  g_array_append_val (self->raw, cell);
}

/* The cached value of a formula: a number, or a mark of another kind ([MS-XLS] 2.5.133). */
static void
take_formula (ShyXlsReader *self,
              ShyBiff      *biff)
{
  static const RawKind kinds[] = { TEXT, BOOLEAN, FAULT, BLANK };
  RawCell              cell = read_place (biff);
  ShyBiff              mark = *biff;
  guint                kind, code;

  cell.formula = TRUE;
  cell.value.number = shy_biff_read_double (biff);
  kind = shy_biff_read16 (&mark) & 0xff;
  code = shy_biff_read32 (&mark) & 0xff;
  if (shy_biff_read16 (&mark) == 0xffff && kind < G_N_ELEMENTS (kinds))
    {
      cell.kind = kinds[kind];
      cell.value.number = 0;
      cell.value.code = code;
    }
  self->await_text = cell.kind == TEXT;
  self->n_computed += cell.kind != BLANK;
  g_array_append_val (self->raw, cell);
}

/* The text that the formula before it gave. */
static void
take_text (ShyXlsReader *self,
           ShyBiff      *biff)
{
  if (!self->await_text)
    return;
  g_array_index (self->raw, RawCell, self->raw->len - 1).value.text = read_text (self, biff);
  self->await_text = FALSE;
}

static void
take_row (ShyXlsReader *self,
          ShyBiff      *biff)
{
  guint row = shy_biff_read16 (biff);

  shy_biff_skip (biff, 10);
  if (shy_biff_read16 (biff) & HIDDEN)
    g_hash_table_add (self->hidden, GUINT_TO_POINTER (row));
  else
    g_hash_table_add (self->shown, GUINT_TO_POINTER (row));
}

static void
take_columns (ShyXlsReader *self,
              ShyBiff      *biff)
{
  guint first = shy_biff_read16 (biff);
  guint last = shy_biff_read16 (biff);
  guint width = shy_biff_read16 (biff);

  shy_biff_skip (biff, 2);
  if ((shy_biff_read16 (biff) & HIDDEN_COLUMN || width == 0) && !biff->overrun)
    shy_sheet_reader_hide_columns (SHY_SHEET_READER (self), first, last);
}

static gboolean
is_row_hidden (ShyXlsReader *self,
               guint         row)
{
  return g_hash_table_contains (self->hidden, GUINT_TO_POINTER (row)) ||
         (self->rows_hidden && !g_hash_table_contains (self->shown, GUINT_TO_POINTER (row)));
}

static void
take_merges (ShyXlsReader *self,
             ShyBiff      *biff)
{
  guint n = shy_biff_read16 (biff);

  for (guint i = 0; i < n && shy_biff_get_left (biff) >= 8; i++)
    {
      ShySheetRange range;

      range.top = shy_biff_read16 (biff) + 1;
      range.bottom = shy_biff_read16 (biff) + 1;
      range.left = shy_biff_read16 (biff);
      range.right = shy_biff_read16 (biff);
      if (range.top <= range.bottom && range.left <= range.right && range.right <= MAX_COLUMN)
        g_array_append_val (self->merges, range);
    }
}

static void
take_record (ShyXlsReader *self,
             ShyBiff      *biff)
{
  switch (biff->kind)
    {
    case SHY_BIFF_NUMBER:
    case SHY_BIFF_RK:
      take_number (self, biff);
      break;

    case SHY_BIFF_MULTIPLE_RK:
      take_numbers (self, biff);
      break;

    case SHY_BIFF_LABEL_SST:
      take_shared (self, biff);
      break;

    case SHY_BIFF_LABEL:
    case SHY_BIFF_RICH_STRING:
      take_label (self, biff);
      break;

    case SHY_BIFF_BOOLEAN_OR_ERROR:
      take_boolean (self, biff);
      break;

    case SHY_BIFF_FORMULA:
    case SHY_BIFF_FORMULA_3:
    case SHY_BIFF_FORMULA_4:
      take_formula (self, biff);
      break;

    case SHY_BIFF_STRING:
      take_text (self, biff);
      break;

    case SHY_BIFF_ROW:
      take_row (self, biff);
      break;

    case SHY_BIFF_COLUMN_INFO:
      take_columns (self, biff);
      break;

    case SHY_BIFF_DEFAULT_ROW_HEIGHT:
      self->rows_hidden = shy_biff_read16 (biff) & ROWS_HIDDEN;
      break;

    case SHY_BIFF_MERGE_CELLS:
      take_merges (self, biff);
      break;

    default:
      break;
    }
}

/* What a record gives that breaks off is no value, and what stands beyond the last column is shown by
 * no program. The other records are not spoilt. */
static void
take_whole_record (ShyXlsReader *self,
                   ShyBiff      *biff)
{
  guint before = self->raw->len;
  guint kept = before;

  take_record (self, biff);
  if (biff->overrun && biff->kind == SHY_BIFF_STRING && before > 0)
    kept = --before;
  for (guint i = before; i < self->raw->len; i++)
    {
      RawCell *cell = &g_array_index (self->raw, RawCell, i);

      if (biff->overrun && biff->kind != SHY_BIFF_ROW && biff->kind != SHY_BIFF_MERGE_CELLS)
        {
          cell->kind = FAULT;
          cell->value.number = 0;
          cell->value.code = BROKEN;
        }
      if (cell->column <= MAX_COLUMN)
        g_array_index (self->raw, RawCell, kept++) = *cell;
    }
  g_array_set_size (self->raw, kept);
  biff->overrun = FALSE;
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const RawCell *one = a;
  const RawCell *other = b;

  if (one->row != other->row)
    return one->row < other->row ? -1 : 1;
  return (one->column > other->column) - (one->column < other->column);
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const ShySheetRange *one = a;
  const ShySheetRange *other = b;

  if (one->top != other->top)
    return one->top < other->top ? -1 : 1;
  return (one->left > other->left) - (one->left < other->left);
}

/* Walks the records of the sheet; charts in it have records of their own, between BOF and EOF. */
static gboolean
load (ShyXlsReader  *self,
      guint32        start,
      GError       **error)
{
  GCancellable *cancellable = shy_sheet_reader_get_cancellable (SHY_SHEET_READER (self));
  guint         depth = 0;
  ShyBiff       biff;

  shy_biff_init (&biff, self->book->stream->data, self->book->stream->len, start);
  biff.charset = self->book->charset;
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!shy_biff_next (&biff) || biff.overrun)
        {
          shy_book_source_set_damaged (self->book->source,
                                       shy_sheet_reader_get_sheet (SHY_SHEET_READER (self)), error);
          return FALSE;
        }
      if (biff.kind == SHY_BIFF_BOF)
        depth++;
      else if (biff.kind == SHY_BIFF_EOF && depth > 0)
        depth--;
      else if (depth == 1)
        take_whole_record (self, &biff);
      else if (depth == 0)
        {
          shy_book_source_set_damaged (self->book->source,
                                       shy_sheet_reader_get_sheet (SHY_SHEET_READER (self)), error);
          return FALSE;
        }
    }
  while (depth > 0);

  g_array_sort (self->raw, compare_cells);
  g_array_sort (self->merges, compare_ranges);
  return TRUE;
}

/* Adds a text to the arena of the row, which was made large enough not to move. */
static const char *
keep (ShyXlsReader *self,
      const char   *text)
{
  gsize offset = self->arena->len;

  g_string_append (self->arena, text);
  g_string_append_c (self->arena, '\0');
  return self->arena->str + offset;
}

static gboolean
fill_number (ShyXlsReader *self,
             double        value,
             ShySheetCell *cell,
             const ShyNumberFormat *format)
{
  char     written[G_ASCII_DTOSTR_BUF_SIZE];
  char     number[SHY_NUMBER_SIZE];
  char     shown[SHY_NUMBER_SIZE];
  gboolean rounded;
  gsize    length;

  g_ascii_formatd (written, sizeof written, "%.15g", value);
  length = shy_number_write (written, strlen (written), number, &rounded);
  if (length == 0)
    return FALSE;
  cell->kind = shy_number_format_show (format, number, self->book->epoch_1904, shown);
  cell->number = keep (self, number);
  cell->text = cell->kind == SHY_SHEET_CELL_NUMBER && *shown == '\0' ? cell->number : keep (self, shown);
  cell->flags |= rounded ? SHY_SHEET_CELL_ROUNDED : 0;
  return TRUE;
}

/* Makes a cell of the API; FALSE if it holds nothing. */
static gboolean
fill_cell (ShyXlsReader          *self,
           const RawCell         *raw,
           const ShyNumberFormat *format,
           ShySheetCell          *cell)
{
  switch (raw->kind)
    {
    case SHARED:
    case TEXT:
      cell->kind = SHY_SHEET_CELL_TEXT;
      cell->text = raw->kind == TEXT
                     ? (const char *) self->texts->data + raw->value.text
                     : (const char *) self->book->texts->data +
                         g_array_index (self->book->offsets, guint32, raw->value.text);
      return !shy_sheet_is_blank (cell->text);

    case BOOLEAN:
      cell->kind = SHY_SHEET_CELL_BOOLEAN;
      cell->text = raw->value.code ? "TRUE" : "FALSE";
      return TRUE;

    case FAULT:
      cell->kind = SHY_SHEET_CELL_ERROR;
      cell->text = get_fault (raw->value.code);
      return TRUE;

    case BLANK:
      /* Where not one formula of a sheet has a value, the writer did not compute (xlwt). */
      cell->kind = SHY_SHEET_CELL_ERROR;
      cell->text = "";
      return self->n_computed == 0;

    default:
      cell->kind = SHY_SHEET_CELL_ERROR;
      cell->text = "#NUM!";
      fill_number (self, raw->value.number, cell, format);
      return TRUE;
    }
}

static void
add_cell (ShyXlsReader  *self,
          const RawCell *raw)
{
  GArray                *formats = self->book->formats;
  const ShyNumberFormat *format = NULL;
  ShySheetCell           cell = {
    .sheet = shy_sheet_reader_get_sheet (SHY_SHEET_READER (self)),
    .row = raw->row + 1,
    .column = raw->column,
    .flags = (raw->formula ? SHY_SHEET_CELL_FORMULA : 0) |
             (self->book->epoch_1904 ? SHY_SHEET_CELL_EPOCH_1904 : 0),
  };

  if (raw->style < formats->len)
    format = &g_array_index (formats, ShyNumberFormat, raw->style);
  cell.format = format != NULL ? format->code : NULL;
  if (fill_cell (self, raw, format, &cell))
    g_array_append_val (self->cells, cell);
}

static const ShySheetRow *
shy_xls_reader_next (ShySheetReader  *reader,
                     GError         **error)
{
  ShyXlsReader *self = SHY_XLS_READER (reader);

  while (self->given < self->raw->len)
    {
      const RawCell *first = &g_array_index (self->raw, RawCell, self->given);
      guint          n = 1;

      while (self->given + n < self->raw->len && first[n].row == first->row)
        n++;
      g_string_set_size (self->arena, n * ROOM);
      g_string_truncate (self->arena, 0);
      g_array_set_size (self->cells, 0);
      for (guint i = 0; i < n; i++)
        if (i == 0 || first[i].column != first[i - 1].column)
          add_cell (self, &first[i]);
      self->given += n;
      self->row.number = first->row + 1;
      self->row.hidden = is_row_hidden (self, first->row);
      self->row.n_cells = self->cells->len;
      self->row.cells = (const ShySheetCell *) self->cells->data;
      if (self->row.n_cells > 0)
        return &self->row;
    }
  return NULL;
}

static const ShySheetRange *
shy_xls_reader_get_merges (ShySheetReader  *reader,
                           guint           *n_merges,
                           GError         **error)
{
  ShyXlsReader *self = SHY_XLS_READER (reader);

  *n_merges = self->merges->len;
  return (const ShySheetRange *) self->merges->data;
}

static void
shy_xls_reader_get_progress (ShySheetReader *reader,
                             guint64        *done,
                             guint64        *total)
{
  ShyXlsReader *self = SHY_XLS_READER (reader);

  *done = self->given * sizeof (RawCell);
  *total = self->raw->len * sizeof (RawCell);
}

static void
shy_xls_reader_finalize (GObject *object)
{
  ShyXlsReader *self = SHY_XLS_READER (object);

  g_clear_pointer (&self->book, shy_xls_book_unref);
  g_clear_pointer (&self->raw, g_array_unref);
  g_clear_pointer (&self->texts, g_byte_array_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_pointer (&self->merges, g_array_unref);
  g_clear_pointer (&self->cells, g_array_unref);
  g_string_free (self->arena, TRUE);

  G_OBJECT_CLASS (shy_xls_reader_parent_class)->finalize (object);
}

static void
shy_xls_reader_class_init (ShyXlsReaderClass *klass)
{
  ShySheetReaderClass *reader_class = SHY_SHEET_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = shy_xls_reader_finalize;
  reader_class->next = shy_xls_reader_next;
  reader_class->get_merges = shy_xls_reader_get_merges;
  reader_class->get_progress = shy_xls_reader_get_progress;
}

static void
shy_xls_reader_init (ShyXlsReader *self)
{
  self->raw = g_array_new (FALSE, FALSE, sizeof (RawCell));
  self->texts = g_byte_array_new ();
  g_byte_array_append (self->texts, (const guint8 *) "", 1); /* what a missing text points to */
  self->hidden = g_hash_table_new (NULL, NULL);
  self->shown = g_hash_table_new (NULL, NULL);
  self->merges = g_array_sized_new (FALSE, FALSE, sizeof (ShySheetRange), 1);
  self->cells = g_array_new (FALSE, FALSE, sizeof (ShySheetCell));
  self->arena = g_string_new (NULL);
}

ShySheetReader *
shy_xls_reader_new (ShyXlsBook    *book,
                    guint          sheet,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (ShyXlsReader) self = g_object_new (SHY_TYPE_XLS_READER, NULL);
  const ShyXlsSheet       *facts = g_ptr_array_index (book->sheets, sheet);

  self->book = shy_xls_book_ref (book);
  shy_sheet_reader_set_up (SHY_SHEET_READER (self), facts->name, cancellable);
  return load (self, facts->start, error) ? SHY_SHEET_READER (g_steal_pointer (&self)) : NULL;
}
