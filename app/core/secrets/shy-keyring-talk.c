/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "secrets/shy-keyring-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>

/* How long a keyring has to stop what it was told to stop, before nobody waits for it any more. */
#define SECONDS_TO_STOP 2

struct _ShyKeyringTalk
{
  GMainContext  *context;
  GCancellable  *inner;
  GCancellable  *outer; /* (owned) (nullable) */
  gulong         cancelled_id;
  GSource       *clock;
  guint          seconds; /* that are left */
  guint          stopping;
  gboolean       late;
  GAsyncResult  *result;  /* (owned) (nullable) */
  SecretService *service; /* (owned) (nullable) */
};

static void
talk_clear (gpointer data)
{
  ShyKeyringTalk *self = data;

  g_clear_object (&self->result);
  g_clear_object (&self->service);
  g_clear_object (&self->inner);
  g_clear_object (&self->outer);
  g_main_context_unref (self->context);
}

static gboolean
second_cb (gpointer data)
{
  ShyKeyringTalk *self = data;

  if (self->seconds > 0 && --self->seconds == 0)
    {
      self->late = TRUE;
      g_cancellable_cancel (self->inner);
    }
  if (g_cancellable_is_cancelled (self->inner))
    self->stopping++;
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *outer, gpointer data)
{
  g_cancellable_cancel (data);
}

ShyKeyringTalk *
shy_keyring_talk_new (guint seconds, GCancellable *cancellable)
{
  ShyKeyringTalk *self = g_atomic_rc_box_new0 (ShyKeyringTalk);

  self->seconds = seconds;
  self->context = g_main_context_new ();
  self->inner = g_cancellable_new ();
  self->outer = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->inner), g_object_unref);
  self->clock = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->clock, second_cb, self, NULL);
  g_source_attach (self->clock, self->context);
  g_main_context_push_thread_default (self->context);
  return self;
}

void
shy_keyring_talk_end (ShyKeyringTalk *self)
{
  g_cancellable_disconnect (self->outer, self->cancelled_id);
  g_source_destroy (self->clock);
  g_source_unref (self->clock);
  g_clear_object (&self->service);
  /* What proxies leave to be freed by this context would never be. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_atomic_rc_box_release_full (self, talk_clear);
}

SecretService *
shy_keyring_talk_get_service (ShyKeyringTalk *self)
{
  return self->service;
}

GCancellable *
shy_keyring_talk_get_inner (ShyKeyringTalk *self)
{
  return self->inner;
}

/* What shy_keyring_talk_ready_cb() is given: it may be called when nobody waits any more. */
gpointer
shy_keyring_talk_hold (ShyKeyringTalk *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
shy_keyring_talk_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ShyKeyringTalk *self = data;

  g_set_object (&self->result, result);
  g_atomic_rc_box_release_full (self, talk_clear);
}

/* Waits for the answer to what was just asked; (transfer full) (nullable): there is none if the
 * keyring was told to stop and does not even do that. */
GAsyncResult *
shy_keyring_talk_wait (ShyKeyringTalk *self)
{
  while (self->result == NULL && self->stopping <= SECONDS_TO_STOP)
    g_main_context_iteration (self->context, TRUE);
  return g_steal_pointer (&self->result);
}

/* Turns what went wrong into a sentence of ours; takes @cause, which is NULL where no answer
 * came. */
void
shy_keyring_talk_explain (ShyKeyringTalk *self, GError *cause, GError **error)
{
  g_autoptr (GError) local = cause;

  if (g_cancellable_set_error_if_cancelled (self->outer, error))
    return;
  if (self->late || local == NULL || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                 _("The keyring does not answer. Answer its question for the password, or log in "
                   "again, then try once more."));
  else if (g_error_matches (local, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
           g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                 _("The keyring is locked. Unlock it with its password, then try once more."));
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_FAILED, _("The keyring reports: %s"),
                 local->message);
}

/* Without an address GIO would start a bus of its own, which takes seconds and leaves a process
 * behind. */
static gboolean
has_bus (void)
{
  const char      *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return (address != NULL && *address != '\0') || g_file_test (socket, G_FILE_TEST_EXISTS);
}

gboolean
shy_keyring_talk_open (ShyKeyringTalk *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       local = NULL;

  if (has_bus ())
    {
      secret_service_open (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, self->inner,
                           shy_keyring_talk_ready_cb, shy_keyring_talk_hold (self));
      result = shy_keyring_talk_wait (self);
    }
  if (result != NULL)
    self->service = secret_service_open_finish (result, &local);
  if (self->service != NULL)
    return TRUE;
  if (g_cancellable_is_cancelled (self->inner))
    shy_keyring_talk_explain (self, g_steal_pointer (&local), error);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("No keyring (Secret Service) runs in this session. Keys are then kept in "
                   "memory only, and asked for again at the next start."));
  return FALSE;
}
