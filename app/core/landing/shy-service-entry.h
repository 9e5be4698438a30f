/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyServiceOptions: (skip)
 * @keep_sensitive: whether fields about persons are stored
 * @url_base: (nullable): the address to ask instead of the description's
 * @automatic: whether the program pulls by itself, once a person has pulled
 * @from_minute: the minute of the day, in Zhejiang, from which it may
 * @to_minute: the minute of the day until which it may
 * @every_minutes: how long after a success it pulls again
 * @workdays_only: whether it leaves out the days on which offices are closed
 * @licence_note: (nullable): what the bureau agreed to when it got the keys
 * @expires_on: (nullable): the day the agreement ends, as "2026-12-31"
 *
 * What a bureau decides of a service.
 */
typedef struct
{
  gboolean  keep_sensitive;
  char     *url_base;
  gboolean  automatic;
  guint     from_minute;
  guint     to_minute;
  guint     every_minutes;
  gboolean  workdays_only;
  char     *licence_note;
  char     *expires_on;
} ShyServiceOptions;

/**
 * ShyServiceEntry: (skip)
 * @id: its id
 * @title: what people call it
 * @doc_url: (nullable): where it is documented
 * @sample: whether its rows are made up, to show the program
 * @insecure: whether it may be asked without encryption
 * @added_at: when it was connected, RFC 3339
 * @options: what the bureau decided
 * @rows: rows kept of all its streams
 * @n_streams: how many streams it has
 * @n_lookups: how many questions of one record it answers
 * @trouble: (nullable): what is wrong with its worst stream, as a sentence
 * @last_success: (nullable): when a pull last ended well, RFC 3339
 * @next_pull: (nullable): when the program will pull by itself, RFC 3339
 *
 * A service in the book.
 */
typedef struct
{
  char              *id;
  char              *title;
  char              *doc_url;
  gboolean           sample;
  gboolean           insecure;
  char              *added_at;
  ShyServiceOptions  options;
  guint64            rows;
  guint              n_streams;
  guint              n_lookups;
  char              *trouble;
  char              *last_success;
  char              *next_pull;
} ShyServiceEntry;

/**
 * ShyStreamStatus: (skip)
 * @service: the id of its service
 * @stream: its name
 * @title: what people call it
 * @dataset: (nullable): the dataset it lands in, %NULL for none that is known
 * @dataset_title: (nullable): what people call it
 * @rows: rows that are kept
 * @last_success: (nullable): when a pull last ended well, RFC 3339
 * @last_attempt: (nullable): when a pull last began, RFC 3339
 * @source_date: (nullable): the service's own date of the rows, as the service wrote it or RFC 3339
 * @next_pull: (nullable): when the program will pull by itself, RFC 3339
 * @failures: how many pulls have failed since the last that did not
 * @trouble: (nullable): what is wrong, as a sentence
 * @held: whether a complete run waits for a person's yes; @trouble says why
 * @interrupted: whether the next pull goes on with one that ended early
 * @pulling: whether a pull runs now, here or in another program
 * @warnings: cells that could not be read in the last pull
 *
 * How a stream stands.
 */
typedef struct
{
  char    *service;
  char    *stream;
  char    *title;
  char    *dataset;
  char    *dataset_title;
  guint64  rows;
  char    *last_success;
  char    *last_attempt;
  char    *source_date;
  char    *next_pull;
  guint    failures;
  char    *trouble;
  gboolean held;
  gboolean interrupted;
  gboolean pulling;
  guint64  warnings;
} ShyStreamStatus;

/**
 * ShyServiceState:
 * @SHY_SERVICE_STATE_TROUBLE: the last pull of a stream failed
 * @SHY_SERVICE_STATE_HELD: a complete pull waits for a person's yes
 * @SHY_SERVICE_STATE_NEW: nothing was pulled yet
 * @SHY_SERVICE_STATE_FINE: nothing
 *
 * What a service needs a person for, the worst first.
 */
typedef enum {
  SHY_SERVICE_STATE_TROUBLE,
  SHY_SERVICE_STATE_HELD,
  SHY_SERVICE_STATE_NEW,
  SHY_SERVICE_STATE_FINE,
} ShyServiceState;

void     shy_service_options_copy      (ShyServiceOptions       *target,
                                        const ShyServiceOptions *source);
void     shy_service_options_clear     (ShyServiceOptions       *self);
gboolean shy_service_options_equal     (const ShyServiceOptions *one,
                                        const ShyServiceOptions *two);
gboolean shy_service_options_days_left (const ShyServiceOptions *self,
                                        GDateTime               *now,
                                        int                     *days);
gboolean shy_service_entry_is_stale    (const ShyServiceEntry   *self,
                                        GDateTime               *now);
void     shy_service_entry_free        (ShyServiceEntry         *self);
ShyServiceState
         shy_stream_status_get_state   (const ShyStreamStatus   *self);
void     shy_stream_status_free        (ShyStreamStatus         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyServiceEntry, shy_service_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyStreamStatus, shy_stream_status_free)

G_END_DECLS
