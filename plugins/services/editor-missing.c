/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-missing.h"

#include "editor.h"

#include <glib/gi18n-lib.h>

/* A pull changes the database often, and the keyring is not to be asked each time; in seconds. */
#define PAUSE 2

struct _ServicesMissing
{
  AdwBin        parent_instance;

  GtkRevealer  *revealer;
  GtkLabel     *label;

  ShyContext   *context;      /* (owned) */
  char         *id;           /* (owned) (nullable) of the first that lacks keys */
  guint         pause;        /* source that loads */
  GCancellable *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesMissing, services_missing, ADW_TYPE_BIN)

/* A service that cannot be pulled, and why. */
typedef struct
{
  char *id;
  char *title;
  char *lacks;  /* what is missing, in words */
} Lack;

static void
lack_free (gpointer data)
{
  Lack *self = data;

  g_free (self->id);
  g_free (self->title);
  g_free (self->lacks);
  g_free (self);
}

static void load (ServicesMissing *self);

/* A service that was never pulled is being set up: its page says what it needs. */
static gboolean
is_awaited (const ShyServiceEntry *entry)
{
  return entry->options.automatic && entry->last_success != NULL;
}

/* Gives the Lack of each service that is to be pulled by itself. */
static gpointer
list_call (ShyServiceBook  *book,
           gpointer         nothing,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (GPtrArray) entries = shy_service_book_list (book, error);
  g_autoptr (GPtrArray) lacks = g_ptr_array_new_with_free_func (lack_free);

  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);
      g_auto (GStrv)         missing = NULL;
      Lack                  *lack;

      if (is_awaited (entry))
        missing = shy_service_book_list_missing (book, entry->id, cancellable, NULL);
      if (missing == NULL || missing[0] == NULL)
        continue;
      lack = g_new0 (Lack, 1);
      lack->id = g_strdup (entry->id);
      lack->title = g_strdup (entry->title);
      lack->lacks = g_strjoinv (_(", "), missing);
      g_ptr_array_add (lacks, lack);
    }

  return g_steal_pointer (&lacks);
}

static char *
describe (GPtrArray *lacks)
{
  const Lack *first = g_ptr_array_index (lacks, 0);

  if (lacks->len == 1)
    /* Translators: a service, then the names of its keys. */
    return g_strdup_printf (_("“%s” is not kept fresh: %s must be entered again: no keyring "
                              "keeps it for the address that is asked."),
                            first->title, first->lacks);

  return g_strdup_printf (ngettext ("%u service is not kept fresh: its keys must be entered again: "
                                    "no keyring keeps them for the address that is asked.",
                                    "%u services are not kept fresh: their keys must be entered "
                                    "again: no keyring keeps them for the addresses that are asked.",
                                    lacks->len),
                          lacks->len);
}

static void
show (ServicesMissing *self,
      GPtrArray       *lacks)
{
  g_autofree char *text = lacks->len > 0 ? describe (lacks) : NULL;

  g_clear_pointer (&self->id, g_free);
  if (lacks->len > 0)
    {
      self->id = g_strdup (((Lack *) g_ptr_array_index (lacks, 0))->id);
      gtk_label_set_text (self->label, text);
    }
  gtk_revealer_set_reveal_child (self->revealer, lacks->len > 0);
}

static gboolean
pause_cb (gpointer data)
{
  ServicesMissing *self = data;

  self->pause = 0;
  load (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (ServicesMissing *self)
{
  if (self->pause == 0)
    self->pause = g_timeout_add_seconds (PAUSE, pause_cb, self);
}

/* What cannot be read is told by the page below. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesMissing) self = user_data;
  g_autoptr (GPtrArray)       lacks = shy_context_run_finish (SHY_CONTEXT (source), result,
                                                                 NULL);

  if (lacks == NULL)
    return;
  show (self, lacks);
}

static void
load (ServicesMissing *self)
{
  services_run_async (self->context, list_call, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                      self->cancellable, loaded_cb, g_object_ref (self));
}

static void
enter_cb (ServicesMissing *self)
{
  if (self->id != NULL)
    services_keys_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context,
                           self->id);
}

static void
services_missing_dispose (GObject *object)
{
  ServicesMissing *self = SERVICES_MISSING (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (services_missing_parent_class)->dispose (object);
}

static void
services_missing_class_init (ServicesMissingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_missing_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/editor-missing.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesMissing, revealer);
  gtk_widget_class_bind_template_child (widget_class, ServicesMissing, label);
  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
}

static void
services_missing_init (ServicesMissing *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
services_missing_new (ShyContext *context)
{
  ServicesMissing *self = g_object_new (SERVICES_TYPE_MISSING, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC, G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  load (self);

  return GTK_WIDGET (self);
}
