/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-updates.h"

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
load_work (ShyContext    *context,
           gpointer       data,
           ShyProgress   *progress,
           GCancellable  *cancellable,
           GError       **error)
{
  ShyStore                  *store = shy_context_open (context, error);
  g_autoptr (GPtrArray)      updates = store != NULL ? shy_updates_list (store, FALSE, error) : NULL;
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
policies_updates_load_async (ShyContext          *context,
                             GListModel          *rehearsals,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (rehearsals); i++)
    g_ptr_array_add (list, g_list_model_get_item (rehearsals, i));
  shy_context_run_async (context, load_work, list, free_list, free_list, NULL, cancellable, callback,
                         user_data);
}

GPtrArray *
policies_updates_load_finish (ShyContext    *context,
                              GAsyncResult  *result,
                              GError       **error)
{
  return shy_context_run_finish (context, result, error);
}

/* This is called when the program starts, and whenever updates change: also by another process, whose
 * calendar is read again. */
static gpointer
count_work (ShyContext    *context,
            gpointer       data,
            ShyProgress   *progress,
            GCancellable  *cancellable,
            GError       **error)
{
  ShyStore             *store;
  g_autoptr (GPtrArray) updates = NULL;

  if (!shy_context_exists (context))
    return g_new0 (guint, 1);
  store = shy_context_open (context, error);
  if (store == NULL)
    return NULL;
  shy_calendar_reload_default (NULL);
  if (shy_updates_settle (store, error) && shy_updates_collect (store, error))
    updates = shy_updates_list (store, FALSE, error);
  return updates != NULL ? g_memdup2 (&updates->len, sizeof updates->len) : NULL;
}

void
policies_updates_count_async (ShyContext          *context,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  shy_context_run_async (context, count_work, NULL, NULL, g_free, NULL, cancellable, callback,
                         user_data);
}

gboolean
policies_updates_count_finish (ShyContext    *context,
                               GAsyncResult  *result,
                               guint         *count,
                               GError       **error)
{
  g_autofree guint *found = shy_context_run_finish (context, result, error);

  *count = found != NULL ? *found : 0;
  return found != NULL;
}

typedef struct
{
  gint64               number;
  char                *digest; /* (owned) */
  PoliciesUpdateAnswer answer;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->digest);
  g_free (self);
}

static gpointer
answer_work (ShyContext    *context,
             gpointer       data,
             ShyProgress   *progress,
             GCancellable  *cancellable,
             GError       **error)
{
  Answer   *self = data;
  ShyStore *store = shy_context_open (context, error);
  gboolean  done = store != NULL
                   && (self->answer == POLICIES_UPDATE_ACCEPT
                         ? shy_updates_accept (store, self->number, self->digest, error)
                         : shy_updates_discard (store, self->number, error));

  return done ? g_strdup ("") : NULL;
}

void
policies_updates_answer_async (ShyContext           *context,
                               gint64                number,
                               const char           *digest,
                               PoliciesUpdateAnswer  answer,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  Answer *self = g_new (Answer, 1);

  *self = (Answer) { number, g_strdup (digest), answer };
  shy_context_run_async (context, answer_work, self, answer_free, g_free, NULL, cancellable, callback,
                         user_data);
}

gboolean
policies_updates_answer_finish (ShyContext    *context,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autofree char *done = shy_context_run_finish (context, result, error);

  return done != NULL;
}

static gpointer
import_work (ShyContext    *context,
             gpointer       data,
             ShyProgress   *progress,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char      *name = g_file_get_basename (data);
  g_autofree char      *shown = g_filename_display_name (name);
  g_autoptr (GBytes)    bytes = g_file_load_bytes (data, cancellable, NULL, error);
  g_autoptr (ShyUpdate) update =
    bytes != NULL ? shy_update_new_from_bytes (bytes, shown, error) : NULL;
  ShyStore             *store = update != NULL ? shy_context_open (context, error) : NULL;
  gint64                number = 0;

  if (store != NULL)
    number = shy_updates_add (store, update, NULL, error);
  return number != 0 ? g_memdup2 (&number, sizeof number) : NULL;
}

void
policies_updates_import_async (ShyContext          *context,
                               GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  shy_context_run_async (context, import_work, g_object_ref (file), g_object_unref, g_free, NULL,
                         cancellable, callback, user_data);
}

gint64
policies_updates_import_finish (ShyContext    *context,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autofree gint64 *number = shy_context_run_finish (context, result, error);

  return number != NULL ? *number : 0;
}
