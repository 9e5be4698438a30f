/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/pull/shy-hash-set-private.h"
#include "service/pull/shy-pull.h"
#include "service/describe/shy-service-private.h"

G_BEGIN_DECLS

/* Makes rows of a stream from records. Of one run of one thread. */
typedef struct
{
  const ShyServiceStream *stream;
  ShyPullReport          *report;
  gboolean                keep_sensitive; /* all fields about persons */
  char *const            *kept; /* (nullable): names of fields about persons that are kept */
  char                  **header; /* (nullable): the names of columns, where rows are lists */
  GHashTable             *fields; /* of index + 1 by name of the source: aliases met so far */
  gboolean                keyed;  /* rows have keys */
  gboolean                counted; /* who takes the rows tells which came twice */
  ShyHashSet              seen;   /* keys */
  guint                  *nulls;  /* rows by field in which it is null */
  GHashTable             *unmapped; /* of char */
  GHashTable             *examples; /* (nullable): of masked char by name, of what is unmapped */
} ShyRowMaker;

void           shy_row_maker_init  (ShyRowMaker            *self,
                                    const ShyServiceStream *stream,
                                    ShyPullReport          *report);
void           shy_row_maker_clear (ShyRowMaker            *self);
void           shy_row_maker_reset (ShyRowMaker            *self);
ShyServiceRow *shy_row_maker_make  (ShyRowMaker            *self,
                                    const ShyJson          *record);
gboolean       shy_row_maker_take_header (ShyRowMaker      *self,
                                          const ShyJson    *record);
GPtrArray     *shy_row_maker_make_page   (ShyRowMaker      *self,
                                          GPtrArray        *records,
                                          gboolean          is_first,
                                          guint            *odd);
gboolean       shy_row_maker_is_header (ShyRowMaker      *self,
                                          const ShyJson    *record);
void           shy_row_maker_finish (ShyRowMaker           *self);
GPtrArray     *shy_stream_find_records (const ShyServiceStream *stream,
                                        const ShyJson          *json);
void           shy_service_row_free (ShyServiceRow         *self);

char          *shy_cell_read       (const ShyServiceField *field,
                                    const char            *text,
                                    char                 **warning);
char          *shy_cell_read_time  (const ShyServiceField *field,
                                    const char            *text);

G_END_DECLS
