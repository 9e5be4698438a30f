/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/pull/shy-pull.h"

G_BEGIN_DECLS

/**
 * ShyTrialOutcome:
 * @SHY_TRIAL_FINE: as it should be
 * @SHY_TRIAL_ATTENTION: it works, but a person should know something
 * @SHY_TRIAL_FAILED: the trial ended here
 * @SHY_TRIAL_SKIPPED: not looked at, or not reached
 *
 * How a step of a trial went.
 */
typedef enum {
  SHY_TRIAL_FINE,
  SHY_TRIAL_ATTENTION,
  SHY_TRIAL_FAILED,
  SHY_TRIAL_SKIPPED,
} ShyTrialOutcome;

/**
 * ShyTrialStep:
 * @name: “network”, “tls”, “clock”, “sign”, “envelope”, “paging” or “rows”
 * @title: what a person calls it
 * @outcome: how it went
 * @sentence: what was found; of a step that failed, what to do about it
 *
 * A step of a trial.
 */
typedef struct
{
  const char      *name;
  const char      *title;
  ShyTrialOutcome  outcome;
  char            *sentence;
} ShyTrialStep;

/**
 * ShyTrial:
 * @works: whether rows came that can be used
 * @steps: (element-type ShyTrialStep): the seven steps in their order; behind one that failed all
 *   are skipped
 * @rows: (element-type ShyServiceRow): the first ten rows, without the values of sensitive fields
 * @mapped: (element-type utf8 utf8): what the source calls each field that came, by field
 * @unmapped: (element-type utf8 utf8): names of the source that no field takes, each with one
 *   masked value, “” where none came
 * @sample_reply: (nullable): the beginning of the answer with its envelopes, as text of at most
 *   2 KB; values are masked except those of fields that are mapped and not sensitive
 * @server_pin: (nullable): SHA-256 of the key in the server's certificate as hexadecimal, for
 *   tls.pin_sha256 once its operator has confirmed it
 * @log: (element-type utf8): each request and what came of it, as sentences
 *
 * What a trial of a stream found. Holds no secret.
 */
typedef struct
{
  gboolean    works;
  GPtrArray  *steps;
  GPtrArray  *rows;
  GHashTable *mapped;
  GHashTable *unmapped;
  char       *sample_reply;
  char       *server_pin;
  GPtrArray  *log;

  /*< private >*/
  GPtrArray *pages; /* what @rows are of */
  char      *reply; /* (nullable): the answer with the first page, to be mapped again */
} ShyTrial;

/**
 * ShySignMatch:
 * @SHY_SIGN_SAME: the signature is the local one
 * @SHY_SIGN_SAME_QUOTED: it is the local one, with " as &quot; in the values
 * @SHY_SIGN_DIFFERENT: it is made in another way
 *
 * How the signature of a sign service compares with the one worked out here.
 */
typedef enum {
  SHY_SIGN_SAME,
  SHY_SIGN_SAME_QUOTED,
  SHY_SIGN_DIFFERENT,
} ShySignMatch;

ShyTrial *shy_pull_try             (ShyPull         *self,
                                    GCancellable    *cancellable);
void      shy_trial_free           (ShyTrial        *self);
ShyTrial *shy_trial_remap          (const ShyTrial  *self,
                                    ShyService      *service,
                                    const char      *stream,
                                    GError         **error);
char     *shy_trial_to_text        (const ShyTrial  *self,
                                    ShyPull         *pull);
gboolean  shy_trial_has_sign_call  (ShyService      *service);
gboolean  shy_trial_compare_sign   (ShyPull         *pull,
                                    ShySignMatch    *match,
                                    char           **sentence,
                                    GCancellable    *cancellable,
                                    GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyTrial, shy_trial_free)

G_END_DECLS
