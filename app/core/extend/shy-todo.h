/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "extend/shy-context.h"

G_BEGIN_DECLS

/**
 * ShyUrgency:
 * @SHY_URGENCY_NORMAL: it can wait
 * @SHY_URGENCY_SOON: a deadline comes near
 * @SHY_URGENCY_OVERDUE: a deadline has passed
 *
 * How pressing something is that waits.
 */
typedef enum {
  SHY_URGENCY_NORMAL,
  SHY_URGENCY_SOON,
  SHY_URGENCY_OVERDUE,
} ShyUrgency;

#define SHY_TYPE_TODO_ITEM (shy_todo_item_get_type ())
G_DECLARE_FINAL_TYPE (ShyTodoItem, shy_todo_item, SHY, TODO_ITEM, GObject)

ShyTodoItem *shy_todo_item_new         (const char  *title,
                                        const char  *detail,
                                        guint        count,
                                        ShyUrgency   urgency,
                                        const char  *page,
                                        const char  *target);
ShyTodoItem *shy_todo_item_new_failure (const char  *title,
                                        const char  *reason);
gboolean     shy_todo_item_is_failure  (ShyTodoItem *self);
const char  *shy_todo_item_get_title   (ShyTodoItem *self);
const char  *shy_todo_item_get_detail  (ShyTodoItem *self);
guint        shy_todo_item_get_count   (ShyTodoItem *self);
ShyUrgency   shy_todo_item_get_urgency (ShyTodoItem *self);
const char  *shy_todo_item_get_page    (ShyTodoItem *self);
const char  *shy_todo_item_get_target  (ShyTodoItem *self);

#define SHY_TYPE_TODO (shy_todo_get_type ())
G_DECLARE_INTERFACE (ShyTodo, shy_todo, SHY, TODO, GObject)

/**
 * ShyTodoInterface:
 * @load_async: finds out what waits, without blocking the calling thread
 * @load_finish: (transfer full): gives a list of #ShyTodoItem, empty if nothing waits
 *
 * Says what waits for the person today. Shown on the start page and by `shanyectl todo`.
 *
 * Emit #ShyTodo::changed, by shy_todo_emit_changed(), when the answer may be another.
 */
struct _ShyTodoInterface
{
  GTypeInterface parent_iface;

  void         (*load_async)  (ShyTodo             *self,
                               ShyContext          *context,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
  GListModel * (*load_finish) (ShyTodo             *self,
                               GAsyncResult        *result,
                               GError             **error);
};

void        shy_todo_load_async   (ShyTodo             *self,
                                   ShyContext          *context,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
GListModel *shy_todo_load_finish  (ShyTodo             *self,
                                   GAsyncResult        *result,
                                   GError             **error);
void        shy_todo_emit_changed (ShyTodo             *self);

G_END_DECLS
