/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "extend/shy-todo.h"

G_BEGIN_DECLS

void        shy_todo_list_load_async  (GListModel          *todos,
                                       ShyContext          *context,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GListModel *shy_todo_list_load_finish (GListModel          *todos,
                                       GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
