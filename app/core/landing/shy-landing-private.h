/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-landed-rows.h"
#include "landing/shy-landing-note-private.h"
#include "landing/shy-landing.h"
#include "shy-error.h"

G_BEGIN_DECLS

gboolean   shy_service_book_check      (ShyConnection   *connection,
                                        const char      *id,
                                        GError         **error);

/* Generations: rows that belong together (data/migrations/0005-landing.sql). */
gboolean   shy_generations_drop        (ShyConnection   *connection,
                                        const char      *service,
                                        const char      *stream,
                                        const char      *kind,
                                        GError         **error);
gint64     shy_generations_find        (ShyConnection   *connection,
                                        const char      *service,
                                        const char      *stream,
                                        const char      *kind,
                                        GError         **error);
gboolean   shy_generations_sweep_job   (ShyConnection   *connection,
                                        gpointer         more,
                                        GCancellable    *cancellable,
                                        GError         **error);

/* Cells as they are stored: a JSON list of texts and nulls. */
char      *shy_cells_write             (char           **values,
                                        guint            n);
char     **shy_cells_read              (const char      *cells,
                                        guint            n);
void       shy_cells_free              (char           **values,
                                        guint            n);
void       shy_cells_append_text       (GString         *into,
                                        const char      *text);
char      *shy_cells_mask              (const char      *value);

/* Fields as they are stored. */
char      *shy_shape_write             (const ShyServiceStream *stream);
GPtrArray *shy_shape_read              (const char      *fields);

/* What is known of the rows that were staged for a generation, those before an interruption too. */
typedef struct
{
  guint64  staged;     /* different rows */
  guint64  duplicates; /* rows whose key came before */
  guint64  keyless;    /* rows without a key, which are left out */
  guint64  added;
  guint64  changed;
  guint64  masked;     /* values that stayed because the new one was masked */
  char    *source_at;  /* (owned) (nullable): the newest date of a row */
} ShyTally;

/* Who may pull from a service. */
char      *shy_lock_new_owner          (void);
gboolean   shy_lock_take               (ShyConnection   *connection,
                                        const char      *service,
                                        const char      *owner,
                                        GError         **error);
gboolean   shy_lock_keep               (ShyConnection   *connection,
                                        const char      *service,
                                        const char      *owner,
                                        GError         **error);
gboolean   shy_lock_drop               (ShyConnection   *connection,
                                        const char      *service,
                                        const char      *owner,
                                        GError         **error);
gboolean   shy_lock_is_taken           (ShyConnection   *connection,
                                        const char      *service);

/* Reports as JSON. */
JsonObject *shy_landing_report_write   (const ShyPullReport *report);
void        shy_landing_report_add     (ShyPullReport       *report,
                                        JsonObject          *before);

G_END_DECLS
