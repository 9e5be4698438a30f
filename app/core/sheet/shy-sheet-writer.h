/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ShySheetFormat:
 * @SHY_SHEET_FORMAT_XLSX: Office Open XML
 * @SHY_SHEET_FORMAT_CSV: comma separated values, UTF-8 with a byte order mark, which WPS and Excel need
 */
typedef enum {
  SHY_SHEET_FORMAT_XLSX,
  SHY_SHEET_FORMAT_CSV,
} ShySheetFormat;

#define SHY_TYPE_SHEET_WRITER (shy_sheet_writer_get_type ())
G_DECLARE_FINAL_TYPE (ShySheetWriter, shy_sheet_writer, SHY, SHEET_WRITER, GObject)

ShySheetWriter *shy_sheet_writer_new         (const char          *path,
                                              ShySheetFormat       format,
                                              GError             **error);
void            shy_sheet_writer_set_keep    (ShySheetWriter      *self,
                                              gboolean             keep);
gboolean        shy_sheet_writer_add_sheet   (ShySheetWriter      *self,
                                              const char          *name,
                                              const char * const  *headers,
                                              GError             **error);
void            shy_sheet_writer_add_text    (ShySheetWriter      *self,
                                              const char          *text);
void            shy_sheet_writer_add_number  (ShySheetWriter      *self,
                                              const char          *decimal);
void            shy_sheet_writer_add_date    (ShySheetWriter      *self,
                                              const GDate         *date);
void            shy_sheet_writer_add_boolean (ShySheetWriter      *self,
                                              gboolean             value);
void            shy_sheet_writer_add_empty   (ShySheetWriter      *self);
gboolean        shy_sheet_writer_end_row     (ShySheetWriter      *self,
                                              GError             **error);
gboolean        shy_sheet_writer_close       (ShySheetWriter      *self,
                                              GError             **error);

G_END_DECLS
