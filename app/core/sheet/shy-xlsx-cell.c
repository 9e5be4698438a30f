/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-xlsx-scan-private.h"

#include "sheet/shy-sheet-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the parser does at the end of a cell: makes a value of the text it has gathered. */

static const ShyNumberFormat *
get_format (ShyXlsxScan *self)
{
  return self->style < self->book->formats->len
           ? &g_array_index (self->book->formats, ShyNumberFormat, self->style) : NULL;
}

static void
add_cell (ShyXlsxScan      *self,
          ShySheetCellKind  kind,
          const char       *shared,
          guint32           number)
{
  ShyXlsxRawCell cell = {
    .shared = shared,
    .text = (guint32) self->value,
    .number = number,
    .column = self->column,
    .style = self->style,
    .kind = kind,
    .flags = (self->formula ? SHY_SHEET_CELL_FORMULA : 0) |
             (self->book->epoch_1904 ? SHY_SHEET_CELL_EPOCH_1904 : 0),
  };

  if (self->cells->len > self->row_cells &&
      g_array_index (self->cells, ShyXlsxRawCell, self->cells->len - 1).column >= cell.column)
    self->unsorted = TRUE;
  g_array_append_val (self->cells, cell);
}

static void
drop_value (ShyXlsxScan *self)
{
  self->arena_used = self->value;
}

/* Ends the gathered text. */
static char *
end_value (ShyXlsxScan *self)
{
  shy_xlsx_scan_append (self, "", 1);
  return self->arena + self->value;
}

static void
replace_value (ShyXlsxScan *self,
               const char  *text,
               gsize        length)
{
  drop_value (self);
  shy_xlsx_scan_append (self, text, length + 1);
}

/* A formula whose value the file does not hold must not pass for an empty cell. */
static void
end_empty (ShyXlsxScan *self)
{
  drop_value (self);
  if (!self->formula)
    return;
  replace_value (self, "", 0);
  add_cell (self, SHY_SHEET_CELL_ERROR, NULL, SHY_XLSX_NO_NUMBER);
}

static void
end_shared (ShyXlsxScan *self)
{
  const ShyXlsxStrings *strings = &self->book->strings;
  const char           *text = end_value (self);
  char                 *end;
  guint64               index = g_ascii_strtoull (text, &end, 10);

  if (*text == '\0' || *end != '\0' || index >= strings->offsets->len)
    {
      shy_xlsx_scan_fail (self, _("its text is missing"));
      return;
    }
  drop_value (self);
  text = (const char *) strings->block->data + g_array_index (strings->offsets, guint32, index);
  if (shy_sheet_is_blank (text))
    return;
  add_cell (self, SHY_SHEET_CELL_TEXT, text, SHY_XLSX_NO_NUMBER);
}

static void
end_text (ShyXlsxScan *self)
{
  char *text;

  if (self->formula && !self->has_value)
    {
      end_empty (self);
      return;
    }
  text = end_value (self);
  shy_xlsx_unescape (text, self->arena_used - 1 - self->value);
  if (shy_sheet_is_blank (text))
    drop_value (self);
  else
    add_cell (self, SHY_SHEET_CELL_TEXT, NULL, SHY_XLSX_NO_NUMBER);
}

static void
end_boolean (ShyXlsxScan *self)
{
  const char *text = end_value (self);
  gboolean    value = strcmp (text, "1") == 0 || strcmp (text, "true") == 0;

  if (*text == '\0')
    {
      end_empty (self);
      return;
    }
  replace_value (self, value ? "TRUE" : "FALSE", value ? 4 : 5);
  add_cell (self, SHY_SHEET_CELL_BOOLEAN, NULL, SHY_XLSX_NO_NUMBER);
}

/* 2025-06-30T00:00:00, as strict files may write. */
static void
end_iso_date (ShyXlsxScan *self)
{
  char *text = end_value (self);
  char *time = strchr (text, 'T');

  if (*text == '\0')
    {
      end_empty (self);
      return;
    }
  if (time != NULL && strspn (time, "T0:.Z") == strlen (time))
    *time = '\0';
  else if (time != NULL)
    *time = ' ';
  add_cell (self, time != NULL && *time == ' ' ? SHY_SHEET_CELL_DATETIME : SHY_SHEET_CELL_DATE,
            NULL, SHY_XLSX_NO_NUMBER);
}

/* Writers that cannot compute put 0 where a formula's value belongs and ask for the formulas to
 * be computed on opening (libxlsxwriter, XlsxWriter): that 0 is not a value. */
static gboolean
is_filler (ShyXlsxScan *self,
           const char  *number)
{
  return self->formula && self->book->uncomputed && strcmp (number, "0") == 0;
}

/* Puts the shown form of a number before its decimal text, where both differ. */
static void
add_formatted (ShyXlsxScan *self,
               const char  *number,
               gsize        length)
{
  char             shown[SHY_NUMBER_SIZE];
  ShySheetCellKind kind = shy_number_format_show (get_format (self), number,
                                                  self->book->epoch_1904, shown);

  if (*shown == '\0')
    {
      replace_value (self, number, length);
      add_cell (self, kind, NULL, (guint32) self->value);
      return;
    }
  replace_value (self, shown, strlen (shown));
  add_cell (self, kind, NULL, (guint32) self->arena_used);
  shy_xlsx_scan_append (self, number, length + 1);
}

static void
end_number (ShyXlsxScan *self)
{
  const char *written = self->arena + self->value;
  gsize       length = self->arena_used - self->value;
  char        number[SHY_NUMBER_SIZE];
  gboolean    rounded;

  for (; length > 0 && g_ascii_isspace (*written); written++)
    length--;
  while (length > 0 && g_ascii_isspace (written[length - 1]))
    length--;
  if (length == 0)
    {
      end_empty (self);
      return;
    }
  length = shy_number_write (written, length, number, &rounded);
  if (length == 0)
    {
      replace_value (self, "#NUM!", strlen ("#NUM!"));
      add_cell (self, SHY_SHEET_CELL_ERROR, NULL, SHY_XLSX_NO_NUMBER);
      return;
    }
  if (is_filler (self, number))
    {
      end_empty (self);
      return;
    }
  add_formatted (self, number, length);
  if (rounded)
    g_array_index (self->cells, ShyXlsxRawCell, self->cells->len - 1).flags |= SHY_SHEET_CELL_ROUNDED;
}

void
shy_xlsx_scan_end_cell (ShyXlsxScan *self)
{
  switch (self->type)
    {
    case 's':
      if (self->arena_used > self->value)
        end_shared (self);
      break;

    case 't':
      end_text (self);
      break;

    case 'b':
      end_boolean (self);
      break;

    case 'd':
      end_iso_date (self);
      break;

    case 'e':
      end_value (self);
      add_cell (self, SHY_SHEET_CELL_ERROR, NULL, SHY_XLSX_NO_NUMBER);
      break;

    default:
      end_number (self);
      break;
    }
}
