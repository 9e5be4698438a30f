/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-csv-private.h"

#include "sheet/shy-sheet-value-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK_SIZE (64 * 1024)
/* Thirty times what a spreadsheet cell can hold: more means a quotation mark that is not closed. */
#define MAX_FIELD (1u << 20)
#define MAX_RECORD (16u << 20)
#define SIGNIFICANT 15

typedef enum {
  AT_FIELD,   /* a field begins here */
  IN_FIELD,
  IN_QUOTES,
  AFTER_QUOTE /* a quotation mark inside of quotes: one of a pair, or the end */
} State;

struct _ShyCsvReader
{
  ShySheetReader  parent_instance;
  ShyBookSource  *source;     /* (owned) */
  GInputStream   *text;       /* (owned) */
  GInputStream   *raw;        /* (owned) */
  GString        *arena;      /* (owned) the texts of the record */
  GArray         *fields;     /* (owned) (element-type gsize) where each begins */
  GArray         *cells;      /* (owned) (element-type ShySheetCell) of the row given out */
  ShySheetRow     row;        /* the row given out */
  char           *chunk;      /* (owned) */
  gsize           used;       /* bytes of the chunk */
  gsize           position;   /* in the chunk */
  guint64         size;       /* of the file, in bytes */
  guint           number;     /* records begun */
  guint           quote_row;  /* the record in which the last quote opened */
  State           state;
  char            delimiter;
  gboolean        hint;
  gboolean        after_cr;
  gboolean        at_end;
};

G_DEFINE_FINAL_TYPE (ShyCsvReader, shy_csv_reader, SHY_TYPE_SHEET_READER)

static void
set_read_error (ShyCsvReader  *self,
                GError        *reason,
                GError       **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
      g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
                 _("The file “%s” holds characters after row %u that are neither UTF-8 nor GB18030. "
                   "Open it in WPS or Excel and save it as .xlsx."),
                 self->source->name, self->number);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (reason));
  else
    shy_book_source_set_unread (self->source, error);
}

static gboolean
fill (ShyCsvReader  *self,
      GError       **error)
{
  g_autoptr (GError) local = NULL;
  gssize             n;

  n = g_input_stream_read (self->text, self->chunk, CHUNK_SIZE,
                           shy_sheet_reader_get_cancellable (SHY_SHEET_READER (self)), &local);
  self->position = 0;
  self->used = MAX (n, 0);
  self->at_end = n <= 0;
  if (n < 0)
    set_read_error (self, local, error);
  else if (memchr (self->chunk, '\0', self->used) != NULL)
    {
      shy_book_source_set_damaged (self->source, _("it holds zero bytes"), error);
      return FALSE;
    }
  else if (n == 0)
    return shy_book_source_check (self->source, error);
  return n >= 0;
}

static gboolean
check_size (ShyCsvReader  *self,
            GError       **error)
{
  gsize field = self->arena->len - g_array_index (self->fields, gsize, self->fields->len - 1);

  if (field <= MAX_FIELD && self->arena->len <= MAX_RECORD &&
      self->fields->len <= SHY_SHEET_MAX_COLUMNS)
    return TRUE;

  if (self->state == IN_QUOTES)
    g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                 _("The file “%s” opens a quotation mark in row %u and does not close it. Correct "
                   "the row and try again."),
                 self->source->name, self->quote_row);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
                 _("Row %u of the file “%s” is too long for a table. Check that it is a file of "
                   "separated values."),
                 self->number, self->source->name);
  return FALSE;
}

static void
begin_field (ShyCsvReader *self)
{
  gsize start;

  if (self->fields->len > 0)
    g_string_append_c (self->arena, '\0');
  start = self->arena->len;
  g_array_append_val (self->fields, start);
  self->state = AT_FIELD;
}

static gboolean
is_end (ShyCsvReader *self,
        char          c)
{
  return c == self->delimiter || c == '\n' || c == '\r';
}

/* Takes what needs no look at each byte: up to the next character that means something. */
static void
take_run (ShyCsvReader *self)
{
  const char *start = self->chunk + self->position;
  const char *end = self->chunk + self->used;
  const char *p = start;

  if (self->state == IN_QUOTES)
    p = memchr (start, '"', end - start);
  else
    while (p < end && !is_end (self, *p))
      p++;
  if (p == NULL)
    p = end;
  g_string_append_len (self->arena, start, p - start);
  self->position += p - start;
}

/* Takes one character that means something; TRUE if it ends the record. */
static gboolean
take (ShyCsvReader *self)
{
  char c = self->chunk[self->position];

  if (self->state == IN_QUOTES)
    {
      self->position++;
      self->state = AFTER_QUOTE;
      return FALSE;
    }
  if (c == '"' && self->state != IN_FIELD)
    {
      if (self->state == AFTER_QUOTE)
        g_string_append_c (self->arena, '"');
      else
        self->quote_row = self->number;
      self->position++;
      self->state = IN_QUOTES;
      return FALSE;
    }
  if (!is_end (self, c))
    {
      self->state = IN_FIELD;
      return FALSE;
    }
  self->position++;
  if (c == self->delimiter)
    begin_field (self);
  self->after_cr = c == '\r';
  return c != self->delimiter;
}

/* Reads one record; FALSE at the end and, with @error set, on failure. */
static gboolean
read_record (ShyCsvReader  *self,
             GError       **error)
{
  gboolean any = FALSE;

  g_assert (error != NULL && *error == NULL);

  g_string_truncate (self->arena, 0);
  g_array_set_size (self->fields, 0);
  self->number++;
  begin_field (self);
  while (TRUE)
    {
      if (self->position == self->used && (self->at_end || !fill (self, error) || self->at_end))
        break;
      if (self->after_cr && self->chunk[self->position] == '\n')
        {
          self->after_cr = FALSE;
          self->position++;
          continue;
        }
      self->after_cr = FALSE;
      any = TRUE;
      if (self->state == IN_FIELD || self->state == IN_QUOTES)
        take_run (self);
      if (!check_size (self, error))
        return FALSE;
      if (self->position < self->used && take (self))
        return TRUE;
    }
  if (*error != NULL || self->state != IN_QUOTES)
    return *error == NULL && any;

  g_set_error (error, SHY_ERROR, SHY_ERROR_DAMAGED,
               _("The file “%s” opens a quotation mark in row %u and does not close it. Correct "
                 "the row and try again."),
               self->source->name, self->quote_row);
  return FALSE;
}

gboolean
shy_csv_may_run (const char *text)
{
  gunichar c;

  if (*text == '\t' || *text == '\r')
    return TRUE;
  for (c = g_utf8_get_char (text); c == '\'' || c == ';' || (c != 0 && (g_unichar_isspace (c) || g_unichar_iszerowidth (c) ||
                                                           c == 0xfeff)); c = g_utf8_get_char (text))
    text = g_utf8_next_char (text);
  switch (c)
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case 0xff1d: /* of full width */
    case 0xff0b:
    case 0xff0d:
    case 0xff20:
    case 0xfe66: /* small */
    case 0xfe62:
    case 0xfe63:
    case 0xfe6b:
      return TRUE;

    default:
      return FALSE;
    }
}

/* Takes the apostrophes away that the writer of ours put behind separators that were none. */
static void
unguard_inside (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if (*from != '\'' || from == text || strchr (";\t\n", from[-1]) == NULL || !shy_csv_may_run (from + 1))
      *to++ = *from;
  *to = '\0';
}

/* Removes what only keeps a spreadsheet from calculating: ="0012" and '=1+1 say 0012 and =1+1. */
static char *
unguard (char *text)
{
  gsize length;

  if (*text != '=' && *text != '\'' && strpbrk (text, ";\t\n") == NULL)
    return text;
  length = strlen (text);
  if (length >= 3 && text[0] == '=' && text[1] == '"' && text[length - 1] == '"')
    {
      text[length - 1] = '\0';
      return text + 2;
    }
  unguard_inside (text);
  if (text[0] == '\'' && (g_ascii_isdigit (text[1]) || (text[1] != '\0' && shy_csv_may_run (text + 1))))
    return text + 1;
  return text;
}

/* 3.30822E+17 has lost its digits. Sixteen digits or more whose tail is all zeros after the
 * fifteenth are what a spreadsheet makes of a number typed as one. */
static ShySheetCellFlags
judge_digits (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  if (shy_sheet_is_scientific (text))
    return SHY_SHEET_CELL_ROUNDED;
  if (digits > SIGNIFICANT && text[digits] == '\0' &&
      strspn (text + SIGNIFICANT, "0") == digits - SIGNIFICANT)
    return SHY_SHEET_CELL_MAYBE_ROUNDED;
  return SHY_SHEET_CELL_NONE;
}

static void
make_row (ShyCsvReader *self)
{
  const char *sheet = shy_sheet_reader_get_sheet (SHY_SHEET_READER (self));

  g_array_set_size (self->cells, 0);
  for (guint i = 0; i < self->fields->len; i++)
    {
      char        *text = unguard (self->arena->str + g_array_index (self->fields, gsize, i));
      ShySheetCell cell = {
        .sheet = sheet,
        .text = text,
        .row = self->number,
        .column = i,
        .kind = SHY_SHEET_CELL_TEXT,
      };

      if (shy_sheet_is_blank (text))
        continue;
      cell.flags = SHY_SHEET_CELL_CSV | judge_digits (text);
      g_array_append_val (self->cells, cell);
    }
  self->row.number = self->number;
  self->row.n_cells = self->cells->len;
  self->row.cells = (const ShySheetCell *) self->cells->data;
}

static const ShySheetRow *
shy_csv_reader_next (ShySheetReader  *reader,
                     GError         **error)
{
  ShyCsvReader      *self = SHY_CSV_READER (reader);
  g_autoptr (GError) local = NULL;

  while (read_record (self, &local))
    {
      make_row (self);
      if (self->row.n_cells > 0 && !(self->hint && self->number == 1))
        return &self->row;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
shy_csv_reader_get_progress (ShySheetReader *reader,
                             guint64        *done,
                             guint64        *total)
{
  ShyCsvReader *self = SHY_CSV_READER (reader);

  *done = g_seekable_tell (G_SEEKABLE (self->raw));
  *total = MAX (self->size, *done);
}

static void
shy_csv_reader_finalize (GObject *object)
{
  ShyCsvReader *self = SHY_CSV_READER (object);

  g_clear_object (&self->text);
  g_clear_object (&self->raw);
  g_clear_pointer (&self->source, shy_book_source_unref);
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->fields, g_array_unref);
  g_clear_pointer (&self->chunk, g_free);
  g_string_free (self->arena, TRUE);

  G_OBJECT_CLASS (shy_csv_reader_parent_class)->finalize (object);
}

static void
shy_csv_reader_class_init (ShyCsvReaderClass *klass)
{
  ShySheetReaderClass *reader_class = SHY_SHEET_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = shy_csv_reader_finalize;
  reader_class->next = shy_csv_reader_next;
  reader_class->get_progress = shy_csv_reader_get_progress;
}

static void
shy_csv_reader_init (ShyCsvReader *self)
{
  self->arena = g_string_new (NULL);
  self->fields = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cells = g_array_new (FALSE, FALSE, sizeof (ShySheetCell));
  self->chunk = g_malloc (CHUNK_SIZE);
}

ShySheetReader *
shy_csv_reader_new (ShyBookSource     *source,
                    const ShyCsvForm  *form,
                    const char        *sheet,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr (ShyCsvReader) self = g_object_new (SHY_TYPE_CSV_READER, NULL);

  shy_sheet_reader_set_up (SHY_SHEET_READER (self), sheet, cancellable);
  self->source = shy_book_source_ref (source);
  self->delimiter = form->delimiter;
  self->hint = form->hint;
  self->size = form->size;
  self->text = shy_csv_open (source, form, &self->raw, cancellable, error);
  return self->text != NULL ? SHY_SHEET_READER (g_steal_pointer (&self)) : NULL;
}
