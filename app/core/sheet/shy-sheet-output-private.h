/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-new-file.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ShySheetOutput ShySheetOutput;

/* What a format does with the cells of a writer. */
typedef struct
{
  void     (*add_sheet)   (ShySheetOutput *self, const char *name, guint n_columns, GError **error);
  void     (*add_header)  (ShySheetOutput *self, guint column, const char *text, GError **error);
  void     (*add_text)    (ShySheetOutput *self, guint row, guint column, const char *text, GError **error);
  void     (*add_number)  (ShySheetOutput *self, guint row, guint column, const char *decimal, GError **error);
  void     (*add_date)    (ShySheetOutput *self, guint row, guint column, const GDate *date, GError **error);
  void     (*add_boolean) (ShySheetOutput *self, guint row, guint column, gboolean value, GError **error);
  void     (*end_row)     (ShySheetOutput *self, guint row, GError **error);
  /* Writes what is left, so that the new file is whole and on the disk. */
  gboolean (*finish)      (ShySheetOutput *self, GError **error);
  void     (*free)        (ShySheetOutput *self);
} ShySheetOutputClass;

/* The part that formats share: a new file beside the target. */
struct _ShySheetOutput
{
  const ShySheetOutputClass *class;
  char                      *path;      /* (owned) the target */
  ShyNewFile                *file;      /* (owned) (nullable) the new file */
  const char                *temporary; /* (unowned) its name */
};

ShySheetOutput *shy_csv_output_new        (const char      *path,
                                           GError         **error);
ShySheetOutput *shy_xlsx_output_new       (const char      *path,
                                           GError         **error);
void            shy_sheet_output_free     (ShySheetOutput  *self);

/* Makes the new file; gives its descriptor, or -1. */
int             shy_sheet_output_create   (ShySheetOutput  *self,
                                           const char      *path,
                                           GError         **error);
/* Turns the system's reason into our words. */
void            shy_sheet_output_set_error (ShySheetOutput  *self,
                                            int              reason,
                                            GError         **error);
/* Puts the new file in the place of the target; of one that is there only where @over says so. */
gboolean        shy_sheet_output_replace  (ShySheetOutput  *self,
                                           gboolean         over,
                                           GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShySheetOutput, shy_sheet_output_free)

G_END_DECLS
