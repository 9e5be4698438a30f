/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-work.h"

typedef struct
{
  ServicesWork   work;
  gpointer       data;
  GDestroyNotify data_free;  /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

static gpointer
run_job (ShyContext    *context,
         gpointer       data,
         ShyProgress   *progress,
         GCancellable  *cancellable,
         GError       **error)
{
  Job                       *job = data;
  ShyStore                  *store = shy_context_open (context, error);
  g_autoptr (ShyServiceBook) book = store != NULL ? shy_service_book_new (store) : NULL;

  return book != NULL ? job->work (book, job->data, cancellable, error) : NULL;
}

void
services_run_async (ShyContext          *context,
                    ServicesWork         work,
                    gpointer             data,
                    GDestroyNotify       data_free,
                    GDestroyNotify       result_free,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  Job *job = g_new (Job, 1);

  *job = (Job) { work, data, data_free };
  shy_context_run_async (context, run_job, job, job_free, result_free, NULL, cancellable, callback,
                         user_data);
}

ShyServiceBook *
services_dup_book (ShyContext *context)
{
  ShyStore *store = shy_context_get_store (context);

  return store != NULL ? shy_service_book_new (store) : NULL;
}

ShyServicePulls *
services_get_pulls (ShyContext *context)
{
  static const char key[] = "services-pulls";
  ShyServicePulls  *pulls = g_object_get_data (G_OBJECT (context), key);

  if (pulls == NULL)
    {
      pulls = shy_service_pulls_new ();
      g_object_set_data_full (G_OBJECT (context), key, pulls, g_object_unref);
    }
  return pulls;
}
