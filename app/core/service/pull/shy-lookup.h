/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"
#include "service/describe/shy-service-lookup.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

/**
 * ShyLookupOutcome:
 * @SHY_LOOKUP_FOUND: the service has exactly one record of what was asked about
 * @SHY_LOOKUP_NOT_FOUND: the service says clearly that it has none
 * @SHY_LOOKUP_UNKNOWN: anything else: no network, a failure, several records, a masked answer
 *
 * What became of a look-up. That nothing came back is never a "no".
 */
typedef enum {
  SHY_LOOKUP_FOUND,
  SHY_LOOKUP_NOT_FOUND,
  SHY_LOOKUP_UNKNOWN,
} ShyLookupOutcome;

/**
 * ShyLookupFact:
 * @name: a fact that policies know
 * @text: (nullable): its value, or %NULL if the answer does not say it
 * @trouble: (nullable): why there is no value, as a sentence
 *
 * A fact that a look-up asked for.
 */
typedef struct
{
  char *name;
  char *text;
  char *trouble;
} ShyLookupFact;

/**
 * ShyLookupDetail:
 * @title: what a person calls it
 * @text: its value
 *
 * What else a record says, for a person to read.
 */
typedef struct
{
  char *title;
  char *text;
} ShyLookupDetail;

/**
 * ShyLookupAnswer:
 * @outcome: what became of it
 * @reason: (nullable): why it is unknown, or a remark; holds no value that was sent
 * @facts: (element-type ShyLookupFact): the facts of the description, in its order
 * @details: (element-type ShyLookupDetail): what else the record says; nothing that is sensitive
 * @service: the id of the service
 * @source: the title of the service
 * @lookup: the name of the look-up
 * @title: the title of the look-up
 * @fetched_at: when it was asked, as "2025-06-30T09:00:00+08:00"
 * @source_at: (nullable): of which day the service says its record is
 *
 * What a service answered about one thing.
 */
typedef struct
{
  ShyLookupOutcome outcome;
  char            *reason;
  GPtrArray       *facts;
  GPtrArray       *details;
  char            *service;
  char            *source;
  char            *lookup;
  char            *title;
  char            *fetched_at;
  char            *source_at;

  /*< private >*/
  gatomicrefcount refs;
} ShyLookupAnswer;

#define SHY_TYPE_LOOKUP_ANSWER (shy_lookup_answer_get_type ())

GType                shy_lookup_answer_get_type  (void);
ShyLookupAnswer     *shy_lookup_answer_ref       (ShyLookupAnswer  *self);
void                 shy_lookup_answer_unref     (ShyLookupAnswer  *self);
const char          *shy_lookup_outcome_to_word  (ShyLookupOutcome  outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyLookupAnswer, shy_lookup_answer_unref)

#define SHY_TYPE_LOOKUP (shy_lookup_get_type ())
G_DECLARE_FINAL_TYPE (ShyLookup, shy_lookup, SHY, LOOKUP, GObject)

ShyLookup       *shy_lookup_new           (ShyService              *service,
                                           const ShyServiceLookup  *lookup,
                                           ShySecrets              *secrets);
void             shy_lookup_set_url_base  (ShyLookup               *self,
                                           const char              *url_base);
gboolean         shy_lookup_set_parameter (ShyLookup               *self,
                                           const char              *name,
                                           const char              *value,
                                           GError                 **error);
gboolean         shy_lookup_check         (ShyLookup               *self,
                                           GError                 **error);
ShyLookupAnswer *shy_lookup_run           (ShyLookup               *self,
                                           GCancellable            *cancellable,
                                           GError                 **error);
gboolean         shy_lookup_journal       (ShyLookup               *self,
                                           ShyStore                *store,
                                           const char              *subject,
                                           const char              *outcome,
                                           GError                 **error);
void             shy_lookup_run_async     (ShyLookup               *self,
                                           GCancellable            *cancellable,
                                           GAsyncReadyCallback      callback,
                                           gpointer                 user_data);
ShyLookupAnswer *shy_lookup_run_finish    (ShyLookup               *self,
                                           GAsyncResult            *result,
                                           GError                 **error);

G_END_DECLS
