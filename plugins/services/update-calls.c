/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update-calls.h"

static void
free_review (gpointer review)
{
  shy_update_review_free (review);
}

static void
free_list (gpointer list)
{
  g_ptr_array_unref (list);
}

static gpointer
load_call (ServicesDesk  *desk,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  ShyStore                  *store = services_desk_get_store (desk);
  g_autoptr (GPtrArray)      updates = shy_updates_list (store, FALSE, error);
  g_autoptr (GPtrArray)      reviews = g_ptr_array_new_with_free_func (free_review);
  g_autoptr (ShyUpdateBasis) basis = NULL;

  if (updates == NULL)
    return NULL;
  basis = updates->len > 0 ? shy_update_basis_load (store) : NULL;
  for (guint i = 0; i < updates->len; i++)
    {
      g_ptr_array_add (reviews, shy_update_review (updates->pdata[i], basis));
      if (!shy_update_review_try (reviews->pdata[i], store, data, error))
        return NULL;
    }
  return g_steal_pointer (&reviews);
}

void
services_updates_load_async (ServicesDesk        *desk,
                             GListModel          *rehearsals,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (rehearsals); i++)
    g_ptr_array_add (list, g_list_model_get_item (rehearsals, i));
  services_desk_call_async (desk, load_call, list, free_list, free_list, cancellable, callback,
                            user_data);
}

GPtrArray *
services_updates_load_finish (ServicesDesk  *desk,
                              GAsyncResult  *result,
                              GError       **error)
{
  return services_desk_call_finish (desk, result, error);
}

/* This is called when the program starts, and whenever updates change: also by another process, whose
 * calendar is read again. */
gboolean
services_updates_count (ServicesDesk  *desk,
                        guint         *count,
                        GError       **error)
{
  ShyStore             *store = services_desk_get_store (desk);
  g_autoptr (GPtrArray) updates = NULL;

  shy_calendar_reload_default (NULL);
  if (shy_updates_settle (store, error) && shy_updates_collect (store, error))
    updates = shy_updates_list (store, FALSE, error);
  *count = updates != NULL ? updates->len : 0;
  return updates != NULL;
}

static gpointer
count_call (ServicesDesk  *desk,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  guint count;

  return services_updates_count (desk, &count, error) ? g_memdup2 (&count, sizeof count) : NULL;
}

void
services_updates_count_async (ServicesDesk        *desk,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  services_desk_call_async (desk, count_call, NULL, NULL, g_free, cancellable, callback, user_data);
}

gboolean
services_updates_count_finish (ServicesDesk  *desk,
                               GAsyncResult  *result,
                               guint         *count,
                               GError       **error)
{
  g_autofree guint *found = services_desk_call_finish (desk, result, error);

  *count = found != NULL ? *found : 0;
  return found != NULL;
}

typedef struct
{
  gint64               number;
  char                *digest; /* (owned) */
  ServicesUpdateAnswer answer;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->digest);
  g_free (self);
}

static gpointer
answer_call (ServicesDesk  *desk,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Answer   *self = data;
  ShyStore *store = services_desk_get_store (desk);
  gboolean  done = self->answer == SERVICES_UPDATE_ACCEPT
                     ? shy_updates_accept (store, self->number, self->digest, error)
                     : shy_updates_discard (store, self->number, error);

  return done ? g_strdup ("") : NULL;
}

void
services_updates_answer_async (ServicesDesk         *desk,
                               gint64                number,
                               const char           *digest,
                               ServicesUpdateAnswer  answer,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  Answer *self = g_new (Answer, 1);

  *self = (Answer) { number, g_strdup (digest), answer };
  services_desk_call_async (desk, answer_call, self, answer_free, g_free, cancellable, callback,
                            user_data);
}

gboolean
services_updates_answer_finish (ServicesDesk  *desk,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autofree char *done = services_desk_call_finish (desk, result, error);

  return done != NULL;
}

static gpointer
import_call (ServicesDesk  *desk,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char      *name = g_file_get_basename (data);
  g_autofree char      *shown = g_filename_display_name (name);
  g_autoptr (GBytes)    bytes = g_file_load_bytes (data, cancellable, NULL, error);
  g_autoptr (ShyUpdate) update =
    bytes != NULL ? shy_update_new_from_bytes (bytes, shown, error) : NULL;
  gint64                number = 0;

  if (update != NULL)
    number = shy_updates_add (services_desk_get_store (desk), update, NULL, error);
  return number != 0 ? g_memdup2 (&number, sizeof number) : NULL;
}

void
services_updates_import_async (ServicesDesk        *desk,
                               GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  services_desk_call_async (desk, import_call, g_object_ref (file), g_object_unref, g_free, cancellable,
                            callback, user_data);
}

gint64
services_updates_import_finish (ServicesDesk  *desk,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autofree gint64 *number = services_desk_call_finish (desk, result, error);

  return number != NULL ? *number : 0;
}
