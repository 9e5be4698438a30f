/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-run-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/resource.h>

/* How much a pull in the window gives way to all else, as of nice(1). */
#define NICE 10

/**
 * ShyLanding:
 *
 * One pull of one stream into the database. Rows are staged page by page; the live ones change in
 * one transaction at the end, only when all rows came and nothing looks wrong. A crash, a cancel or
 * an error leaves the last complete copy, and the next pull goes on where this one ended.
 *
 * All calls block and may be made on any thread but the main one. An object runs once.
 */
G_DEFINE_FINAL_TYPE (ShyLanding, shy_landing, G_TYPE_OBJECT)

static void
shy_landing_finalize (GObject *object)
{
  ShyLanding *self = SHY_LANDING (object);

  g_clear_object (&self->book);
  g_clear_object (&self->service);
  g_clear_object (&self->secrets);
  g_free (self->url_base);

  G_OBJECT_CLASS (shy_landing_parent_class)->finalize (object);
}

static void
shy_landing_class_init (ShyLandingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_landing_finalize;
}

static void
shy_landing_init (ShyLanding *self)
{
}

/**
 * shy_landing_new: (skip)
 * @book: the services
 * @service: the id of one
 * @stream: the name of one of its streams
 * @secrets: (transfer none): its secrets; plain values of the book are added where it has none
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_NOT_FOUND, and those of loading the description.
 *
 * Returns: (transfer full) (nullable): a pull that has not begun, or %NULL with @error set
 */
ShyLanding *
shy_landing_new (ShyServiceBook *book, const char *service, const char *stream, ShySecrets *secrets,
                 GError **error)
{
  g_autoptr (ShyLanding) self = NULL;
  g_autoptr (ShyService) described = NULL;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), NULL);
  g_return_val_if_fail (service != NULL && stream != NULL, NULL);
  g_return_val_if_fail (SHY_IS_SECRETS (secrets), NULL);

  described = shy_service_book_load (book, service, error);
  if (described == NULL)
    return NULL;
  self = g_object_new (SHY_TYPE_LANDING, NULL);
  self->book = g_object_ref (book);
  self->service = g_steal_pointer (&described);
  self->secrets = g_object_ref (secrets);
  self->stream = shy_service_find_stream (self->service, stream);
  if (self->stream == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("The service “%s” has no stream “%s”."),
                   service, stream);
      return NULL;
    }
  return shy_service_book_fill (book, service, secrets, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * shy_landing_set_full: (skip)
 * @self: a pull that has not begun
 * @full: whether it asks for all rows, not only for those since the last pull
 */
void
shy_landing_set_full (ShyLanding *self, gboolean full)
{
  g_return_if_fail (SHY_IS_LANDING (self));
  self->full = full;
}

/**
 * shy_landing_set_accept: (skip)
 * @self: a pull that has not begun
 * @accept: whether a person takes its rows even if they look wrong
 */
void
shy_landing_set_accept (ShyLanding *self, gboolean accept)
{
  g_return_if_fail (SHY_IS_LANDING (self));
  self->accept = accept;
}

/**
 * shy_landing_set_url_base: (skip)
 * @self: a pull that has not begun
 * @url_base: (nullable): the address to ask this time, instead of what the book says
 */
void
shy_landing_set_url_base (ShyLanding *self, const char *url_base)
{
  g_return_if_fail (SHY_IS_LANDING (self));

  g_free (self->url_base);
  self->url_base = g_strdup (url_base);
}

/**
 * shy_landing_set_progress: (skip)
 * @self: a pull that has not begun
 * @progress: (nullable): called in the thread that pulls
 * @data: for @progress
 */
void
shy_landing_set_progress (ShyLanding *self, ShyLandingFunc progress, gpointer data)
{
  g_return_if_fail (SHY_IS_LANDING (self));

  self->progress = progress;
  self->progress_data = data;
}

/**
 * shy_landing_result_free: (skip)
 * @self: a result
 */
void
shy_landing_result_free (ShyLandingResult *self)
{
  g_free (self->reason);
  g_clear_pointer (&self->report, shy_pull_report_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_free (self);
}

/**
 * shy_landing_give_way: (skip)
 *
 * Lets this thread, and those it begins from now on, give way to others, for as long as it lives: a
 * pull on two processors would keep the window waiting. For a thread that does nothing but pull.
 */
void
shy_landing_give_way (void)
{
  /* Whoever was begun with less priority yet keeps it. */
  if (setpriority (PRIO_PROCESS, 0, MAX (NICE, getpriority (PRIO_PROCESS, 0))) != 0)
    g_debug ("a pull runs at the priority of the window: %s", g_strerror (errno));
}
