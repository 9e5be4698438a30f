/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/*
 * ServicesWork: work on the services that may block, on a thread of its own. Gives its result, or
 * NULL with the error set. It gets copies in @data and touches no widget.
 */
typedef gpointer (*ServicesWork) (ShyServiceBook  *book,
                                  gpointer         data,
                                  GCancellable    *cancellable,
                                  GError         **error);

/* As shy_context_run_async(); shy_context_run_finish() gives the result. */
void             services_run_async (ShyContext          *context,
                                     ServicesWork         work,
                                     gpointer             data,
                                     GDestroyNotify       data_free,
                                     GDestroyNotify       result_free,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);

/* The services, transfer full; NULL until something was run. */
ShyServiceBook  *services_dup_book  (ShyContext          *context);
/* The pulls that run, transfer none: the page, the preferences and the schedule share them. */
ShyServicePulls *services_get_pulls (ShyContext          *context);

G_END_DECLS
