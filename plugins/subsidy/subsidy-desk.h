/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

G_BEGIN_DECLS

/*
 * What every view of the plugin works on: the register, the policies and the counties, read once
 * on a worker thread and handed down.
 */
#define SUBSIDY_TYPE_DESK (subsidy_desk_get_type ())
G_DECLARE_FINAL_TYPE (SubsidyDesk, subsidy_desk, SUBSIDY, DESK, GObject)

void               subsidy_desk_open_async   (ShyContext           *context,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
SubsidyDesk       *subsidy_desk_open_finish  (GAsyncResult         *result,
                                              GError              **error);
ShyContext        *subsidy_desk_get_context  (SubsidyDesk          *self);
ShyStore          *subsidy_desk_get_store    (SubsidyDesk          *self);
ShyPolicyRegistry *subsidy_desk_get_policies (SubsidyDesk          *self);
void               subsidy_desk_read_policies (SubsidyDesk         *self);
char              *subsidy_desk_dup_county   (const char           *code);

G_END_DECLS
