/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records of [MS-XLS] 2.3 that matter for values. */
enum {
  SHY_BIFF_FORMULA = 0x0006,
  SHY_BIFF_FORMULA_3 = 0x0206, /* the numbers that older versions gave it; some writers keep them */
  SHY_BIFF_FORMULA_4 = 0x0406,
  SHY_BIFF_EOF = 0x000a,
  SHY_BIFF_DATE_MODE = 0x0022,
  SHY_BIFF_FILE_PASS = 0x002f,
  SHY_BIFF_CONTINUE = 0x003c,
  SHY_BIFF_CODE_PAGE = 0x0042,
  SHY_BIFF_COLUMN_INFO = 0x007d,
  SHY_BIFF_BOUND_SHEET = 0x0085,
  SHY_BIFF_MULTIPLE_RK = 0x00bd,
  SHY_BIFF_RICH_STRING = 0x00d6,
  SHY_BIFF_XF = 0x00e0,
  SHY_BIFF_MERGE_CELLS = 0x00e5,
  SHY_BIFF_SST = 0x00fc,
  SHY_BIFF_LABEL_SST = 0x00fd,
  SHY_BIFF_NUMBER = 0x0203,
  SHY_BIFF_LABEL = 0x0204,
  SHY_BIFF_BOOLEAN_OR_ERROR = 0x0205,
  SHY_BIFF_STRING = 0x0207,
  SHY_BIFF_ROW = 0x0208,
  SHY_BIFF_DEFAULT_ROW_HEIGHT = 0x0225,
  SHY_BIFF_RK = 0x027e,
  SHY_BIFF_FORMAT = 0x041e,
  SHY_BIFF_BOF = 0x0809,
};

/* A cursor over the records of a workbook stream. Reading past the end of a record goes on in the
 * CONTINUE records behind it; past their end it gives zeros and sets @overrun. */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         position; /* of the next byte to read */
  gsize         end;      /* of the record, or of the CONTINUE record being read */
  guint         kind;     /* of the record */
  gboolean      overrun;
  const char   *charset;  /* (not owned) (nullable) of its texts; NULL for BIFF8, which has Unicode */
} ShyBiff;

void     shy_biff_init          (ShyBiff      *self,
                                 const guint8 *data,
                                 gsize         size,
                                 gsize         start);
gboolean shy_biff_next          (ShyBiff      *self);
gsize    shy_biff_get_left      (ShyBiff      *self);
guint    shy_biff_read8         (ShyBiff      *self);
guint    shy_biff_read16        (ShyBiff      *self);
guint32  shy_biff_read32        (ShyBiff      *self);
double   shy_biff_read_double   (ShyBiff      *self);
double   shy_biff_read_rk       (ShyBiff      *self);
void     shy_biff_skip          (ShyBiff      *self,
                                 gsize         n);
void     shy_biff_append_text   (ShyBiff      *self,
                                 guint         n_characters,
                                 GByteArray   *text);
void     shy_biff_append_rich   (ShyBiff      *self,
                                 GByteArray   *text);

G_END_DECLS
