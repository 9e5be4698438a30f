/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/shy-secrets.h"
#include "service/describe/shy-service.h"
#include "store/shy-store.h"

G_BEGIN_DECLS

/**
 * ShyLookupType:
 * @SHY_LOOKUP_TEXT: any text
 * @SHY_LOOKUP_RESIDENT_ID: a resident ID number of 18 characters
 * @SHY_LOOKUP_CREDIT_CODE: a unified social credit code
 *
 * What a parameter of a look-up is. A number that cannot be one is not sent.
 */
typedef enum {
  SHY_LOOKUP_TEXT,
  SHY_LOOKUP_RESIDENT_ID,
  SHY_LOOKUP_CREDIT_CODE,
} ShyLookupType;

/**
 * ShyLookupParameter:
 * @name: what templates call it, behind "lookup."
 * @title: what a person calls it
 * @fact: (nullable): the fact of a case that it is filled with
 * @type: what it is
 * @sensitive: whether it names a person, and is masked where it is shown
 * @required: whether nothing is asked without it
 *
 * A value that a look-up sends.
 */
typedef struct
{
  const char   *name;
  const char   *title;
  const char   *fact;
  ShyLookupType type;
  gboolean      sensitive;
  gboolean      required;
} ShyLookupParameter;

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

/**
 * ShyServiceLookup: (skip)
 *
 * A question of one record, as a description has it. Belongs to its service.
 */
typedef struct _ShyServiceLookup ShyServiceLookup;

guint                     shy_service_get_n_lookups  (ShyService              *self);
const ShyServiceLookup   *shy_service_get_lookup     (ShyService              *self,
                                                      guint                    index);
const ShyServiceLookup   *shy_service_find_lookup    (ShyService              *self,
                                                      const char              *name);

const char               *shy_service_lookup_get_name    (const ShyServiceLookup *self);
const char               *shy_service_lookup_get_title   (const ShyServiceLookup *self);
const char               *shy_service_lookup_get_purpose (const ShyServiceLookup *self);
const char               *shy_service_lookup_get_note    (const ShyServiceLookup *self);
guint                     shy_service_lookup_get_n_parameters
                                                         (const ShyServiceLookup *self);
const ShyLookupParameter *shy_service_lookup_get_parameter
                                                         (const ShyServiceLookup *self,
                                                          guint                   index);
GStrv                     shy_service_lookup_dup_facts   (const ShyServiceLookup *self);
char                     *shy_lookup_parameter_mask      (const ShyLookupParameter *self,
                                                          const char               *value);

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
