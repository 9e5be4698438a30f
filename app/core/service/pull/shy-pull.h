/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"
#include "service/describe/shy-service.h"

G_BEGIN_DECLS

/**
 * ShyServiceRow:
 * @values: (array): a value for each field of the stream, %NULL for null; see #ShyFieldType for
 *   how each is written
 * @key: (nullable): the values of the primary key, joined by U+001F; %NULL where there is no
 *   primary key or the row is rejected
 * @rejected: (nullable): why the row cannot be used; then @values are not to be kept
 * @repeated: whether a row with this key came before in this pull
 * @warnings: (nullable) (array zero-terminated=1): what is odd about it, as "field: sentence"
 *
 * A row as the description maps it. Belongs to the page it came with.
 */
typedef struct
{
  char    **values;
  char     *key;
  char     *rejected;
  gboolean  repeated;
  char    **warnings;
} ShyServiceRow;

/**
 * ShyPullState:
 *
 * What a later pull of the same stream goes on from. Serialises to JSON; holds no secret.
 */
#define SHY_TYPE_PULL_STATE (shy_pull_state_get_type ())
G_DECLARE_FINAL_TYPE (ShyPullState, shy_pull_state, SHY, PULL_STATE, GObject)

ShyPullState *shy_pull_state_new            (void);
ShyPullState *shy_pull_state_new_from_json  (const char    *text,
                                             GError       **error);
char         *shy_pull_state_to_json        (ShyPullState  *self);
gboolean      shy_pull_state_is_interrupted (ShyPullState  *self);
void          shy_pull_state_restart        (ShyPullState  *self);
void          shy_pull_state_set_previous   (ShyPullState  *self,
                                             guint64        rows);

/**
 * ShyPullReport:
 * @requests: requests sent, those of signing and of repeats too
 * @pages: pages with rows
 * @rows: rows received
 * @unique: rows with a key not seen before in this pull; equals @rows where there is no key
 * @duplicates: rows with a key seen before
 * @rejected: rows that lack what is required
 * @warnings: cells that could not be read
 * @total: how many rows the source says it has, -1 if it says nothing
 * @previous: how many rows the last complete pull had, -1 if there was none
 * @skew: seconds the server's clock is ahead of ours
 * @complete: whether every page of every span came, and no fewer rows than the source announced
 *   and than min_complete_ratio of @previous; only then may rows be replaced or withdrawn
 * @unchanged: whether the source said that nothing has changed, so that nothing was asked for
 * @resumed: whether an interrupted pull was gone on with
 * @reason: (nullable): why it is not complete, as a sentence
 * @field_warnings: (element-type utf8 guint): how many warnings each field has
 * @field_nulls: (element-type utf8 guint): in how many rows each field is null
 * @mapped: (element-type utf8 utf8): what the source calls each field that came, by field
 * @unmapped: (element-type utf8): names of the source that no field takes, sorted
 * @notes: (element-type utf8): what else a person should know, as sentences
 *
 * What a pull did.
 */
typedef struct
{
  guint64     requests;
  guint64     pages;
  guint64     rows;
  guint64     unique;
  guint64     duplicates;
  guint64     rejected;
  guint64     warnings;
  gint64      total;
  gint64      previous;
  gint64      skew;
  gboolean    complete;
  gboolean    whole;
  gboolean    unchanged;
  gboolean    resumed;
  char       *reason;
  GHashTable *field_warnings;
  GHashTable *field_nulls;
  GHashTable *mapped;
  GPtrArray  *unmapped;
  GPtrArray  *notes;

  /*< private >*/
  gatomicrefcount refs;
} ShyPullReport;

#define SHY_TYPE_PULL_REPORT (shy_pull_report_get_type ())

GType          shy_pull_report_get_type (void);
ShyPullReport *shy_pull_report_ref      (ShyPullReport *self);
void           shy_pull_report_unref    (ShyPullReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyPullReport, shy_pull_report_unref)

/**
 * ShyPullSink: (skip)
 * @begin: (nullable): called once before the first page; @resumed says that the pages before an
 *   interruption are taken as kept
 * @page: called for each page with its rows, in order; the pull's state already says that this
 *   page is done, so that shy_pull_state_to_json() can be kept together with the rows
 * @settle: (nullable): called after the last page of a pass over all pages, before the pull is
 *   judged; a sink that keeps rows by their key says here how many are different and how many came
 *   twice, those before an interruption counted too, in @report
 * @again: (nullable): called when all pages are asked for once more, because rows came or went
 *   between them; the rows so far are not to be kept, for some of them may be gone. Without it they
 *   stay, beside those of the next pass
 * @end: (nullable): called once after the last page, also when the pull failed or was cancelled;
 *   see #ShyPullReport.complete. After a run that is whole the state is that of a finished one: who
 *   does not keep its rows does not keep the state either
 *
 * Where a pull hands its rows. All are called in the thread that runs the pull. Each returns %FALSE with an error to end the pull.
 */
typedef struct
{
  gboolean (*begin) (gboolean       resumed,
                     gpointer       data,
                     GError       **error);
  gboolean (*page)  (GPtrArray     *rows, /* of ShyServiceRow */
                     ShyPullState  *state,
                     ShyPullReport *so_far,
                     gpointer       data,
                     GError       **error);
  gboolean (*end)   (ShyPullReport *report,
                     ShyPullState  *state,
                     gpointer       data,
                     GError       **error);
  gboolean (*settle) (ShyPullReport *report,
                      gpointer       data,
                      GError       **error);
  gboolean (*again)  (gpointer       data,
                      GError       **error);
} ShyPullSink;

#define SHY_TYPE_PULL (shy_pull_get_type ())
G_DECLARE_FINAL_TYPE (ShyPull, shy_pull, SHY, PULL, GObject)

ShyPull       *shy_pull_new                (ShyService              *service,
                                            const ShyServiceStream  *stream,
                                            ShySecrets              *secrets,
                                            ShyPullState            *state);
void           shy_pull_set_keep_sensitive (ShyPull                 *self,
                                            gboolean                 keep);
void           shy_pull_set_kept_fields    (ShyPull                 *self,
                                            const char *const       *names);
void           shy_pull_set_url_base       (ShyPull                 *self,
                                            const char              *url_base);
void           shy_pull_set_max_pages      (ShyPull                 *self,
                                            guint                    pages);
ShyPullReport *shy_pull_run                (ShyPull                 *self,
                                            const ShyPullSink       *sink,
                                            gpointer                 data,
                                            GCancellable            *cancellable,
                                            GError                 **error);

G_END_DECLS
