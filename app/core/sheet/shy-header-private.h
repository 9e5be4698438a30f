/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-header-match.h"

G_BEGIN_DECLS

/* The first rows of a sheet, kept: the header is among them, and enough data to tell by it. */
typedef struct
{
  GPtrArray      *rows;   /* (owned) (element-type ShyHeaderSampleRow) */
  ShySheetReader *reader; /* (owned): they came from, which knows what is hidden */
  guint           width;  /* columns up to the last that holds something */
} ShyHeaderSample;

typedef struct
{
  guint      number; /* from 1 */
  GPtrArray *cells;  /* (owned) (element-type ShySheetCell) */
} ShyHeaderSampleRow;

ShyHeaderSample    *shy_header_sample_load     (ShyBook          *book,
                                                guint             sheet,
                                                GCancellable     *cancellable,
                                                GError          **error);
void                shy_header_sample_free     (ShyHeaderSample  *self);
const ShySheetCell *shy_header_sample_get_cell (ShyHeaderSample  *self,
                                                guint             index,
                                                guint             column);

/* Rows taken for the header, and what their columns were matched to. */
typedef struct
{
  GArray *columns; /* (owned) (element-type ShyHeaderColumn) */
  guint   first;   /* index of its first row in the sample */
  guint   height;  /* rows */
  guint   n_found; /* fields that were found */
  char   *second;  /* (owned) (nullable): where a form has the values of a second person */
} ShyHeaderBlock;

/* Sentences about columns that were not read, because their headers may say something else. */
typedef struct
{
  GStrvBuilder *warnings; /* (unowned): where they are told */
  GString      *text;     /* (owned): all of them, for where a column is missing */
} ShyHeaderDoubts;

void            shy_header_doubts_add   (ShyHeaderDoubts *self,
                                         char            *sentence);
void            shy_header_find_doubts  (ShyHeaderBlock  *block,
                                         GPtrArray       *fields,
                                         ShyHeaderDoubts *doubts);
ShyHeaderBlock *shy_header_block_find   (ShyHeaderSample *sample,
                                         GPtrArray       *fields,
                                         JsonObject      *recipe);
ShyHeaderBlock *shy_header_form_find    (ShyHeaderSample *sample,
                                         GPtrArray       *fields,
                                         ShyHeaderBlock  *list);
ShyHeaderBlock *shy_header_block_new    (void);
gboolean        shy_header_block_lacks_required (ShyHeaderBlock *block,
                                                 GPtrArray      *fields);
void            shy_header_block_free   (ShyHeaderBlock  *self);
/* Where data are taken for a header, their numbers must not be told in messages: changed in place. */
char           *shy_header_mask         (char            *header);
/* Whether a header is that of the whole period that a field begins. */
gboolean        shy_header_is_period      (const char            *header,
                                           ShySheetField         *field);
/* Which field takes the end of the periods of a column; -1 for none. */
int             shy_header_column_get_end (const ShyHeaderColumn *column,
                                           GPtrArray             *fields);
void            shy_header_column_clear (gpointer         column);
void            shy_header_match_names  (ShyHeaderBlock  *block,
                                         GPtrArray       *fields,
                                         JsonObject      *recipe);
void            shy_header_match_content (ShyHeaderBlock  *block,
                                          ShyHeaderSample *sample,
                                          GPtrArray       *fields,
                                          GStrvBuilder    *warnings);
void            shy_header_find_units   (ShyHeaderBlock  *block,
                                         ShyHeaderSample *sample,
                                         GPtrArray       *fields,
                                         ShyHeaderDoubts *doubts);

/* Whether a header speaks of somebody else than the applicant: the spouse, who to call. */
gboolean        shy_header_is_of_others (const char      *header);
/* Whether a column stands behind one that names somebody else: 联系人, 联系电话. */
gboolean        shy_header_is_beside_others (const GArray          *columns,
                                             const ShyHeaderColumn *column);

/* Between a group and the name below it. */
#define SHY_HEADER_SEPARATOR " / "

ShySheetTable  *shy_sheet_table_new     (ShySheetReader  *reader,
                                         const GArray    *columns,
                                         GPtrArray       *fields,
                                         guint            last_header_row);
/* The one record of a form: the values beside labels, each at the row and column of its column. */
ShySheetTable  *shy_sheet_table_new_form (ShySheetReader *reader,
                                          const GArray   *columns,
                                          GPtrArray      *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyHeaderSample, shy_header_sample_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyHeaderBlock, shy_header_block_free)

G_END_DECLS
