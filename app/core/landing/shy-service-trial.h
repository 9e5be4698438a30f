/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-service-book.h"
#include "service/pull/shy-trial.h"

G_BEGIN_DECLS

/**
 * ShyServiceTrial: (skip)
 * @service: the service
 * @stream: the stream that was tried
 * @description: the text that says what @service is
 * @trial: what came of it
 *
 * A connected service that was tried, with what is needed to change its description by what came.
 * Does not change; any thread may hold it.
 */
typedef struct
{
  ShyService             *service;
  const ShyServiceStream *stream;
  GBytes                 *description;
  ShyTrial               *trial;
} ShyServiceTrial;

ShyServiceTrial *shy_service_trial_run     (ShyServiceBook   *book,
                                            const char       *id,
                                            const char       *stream,
                                            GCancellable     *cancellable,
                                            GError          **error);
char            *shy_service_trial_compare (ShyServiceBook   *book,
                                            const char       *id,
                                            const char       *stream,
                                            GCancellable     *cancellable,
                                            GError          **error);
ShyServiceTrial *shy_service_trial_map     (ShyServiceTrial  *self,
                                            GHashTable       *choices,
                                            GError          **error);
gboolean         shy_service_trial_keep    (ShyServiceTrial  *self,
                                            ShyServiceBook   *book,
                                            GHashTable       *choices,
                                            GError          **error);
ShyServiceTrial *shy_service_trial_ref     (ShyServiceTrial  *self);
void             shy_service_trial_unref   (ShyServiceTrial  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyServiceTrial, shy_service_trial_unref)

G_END_DECLS
