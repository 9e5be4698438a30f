/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-decide.h"

#include "services-change.h"
#include "landing/shy-pull-history.h"

#include <glib/gi18n-lib.h>

/* As many pulls are looked through for the one that is held; a pull that is held stops others. */
#define MOST 50

typedef struct
{
  GtkWidget    *within;   /* (owned) */
  ShyContext   *context;  /* (owned) */
  char         *service;  /* (owned) */
  char         *stream;   /* (owned) */
  char         *title;    /* (owned) */
  guint64       rows;     /* that everybody sees now */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *self = data;

  g_object_unref (self->within);
  g_object_unref (self->context);
  g_free (self->service);
  g_free (self->stream);
  g_free (self->title);
  g_free (self);
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GtkWidget) within = data;
  g_autoptr (GError)    error = NULL;

  if (!services_change_finish (SHY_CONTEXT (source), result, NULL, &error))
    shy_toast_error (within, error);
  else
    shy_toast_message (within, _("The rows that were held back are taken over."));
}

static void
discarded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GtkWidget) within = data;
  g_autoptr (GError)    error = NULL;

  if (!services_change_finish (SHY_CONTEXT (source), result, NULL, &error))
    shy_toast_error (within, error);
  else
    shy_toast_message (within, _("The rows that were held back are thrown away. Those of before "
                                 "stay."));
}

static void
change (const Decision      *decision,
        ServicesChangeKind   kind,
        GAsyncReadyCallback  callback)
{
  const ServicesChange change = { kind, .service = decision->service, .stream = decision->stream };

  services_change_async (decision->context, &change, NULL, callback,
                         g_object_ref (decision->within));
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          data)
{
  const Decision *decision = data;

  if (g_str_equal (response, "accept"))
    change (decision, SERVICES_CHANGE_ACCEPT, accepted_cb);
  else if (g_str_equal (response, "discard"))
    change (decision, SERVICES_CHANGE_DISCARD, discarded_cb);
}

static void
decision_free_closure (gpointer  data,
                       GClosure *closure)
{
  decision_free (data);
}

static char *
compare (const Decision      *decision,
         const ShyPullRecord *held)
{
  g_autofree char *before = shy_landing_words_count (decision->rows);
  g_autofree char *came = shy_landing_words_count (held->rows);
  g_autofree char *added = shy_landing_words_count (held->added);
  g_autofree char *changed = shy_landing_words_count (held->changed);
  g_autofree char *withdrawn = shy_landing_words_count (held->withdrawn);

  return g_strdup_printf (_("Rows now: %s. Rows that came: %s. If they are taken over, %s are new, "
                            "%s change and %s go."), before, came, added, changed, withdrawn);
}

static GtkWidget *
make_report (const char *json)
{
  g_autofree char *text = shy_landing_words_report (json);
  GtkWidget       *label = gtk_label_new (text);
  GtkWidget       *expander = gtk_expander_new_with_mnemonic (_("_Report of the pull"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_add_css_class (label, "caption");
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  gtk_widget_set_visible (expander, *text != '\0');
  return expander;
}

static void
present (Decision            *decision,
         const ShyPullRecord *held)
{
  GtkWindow        *parent = GTK_WINDOW (gtk_widget_get_root (decision->within));
  g_autofree char  *heading = NULL;
  g_autofree char  *counts = compare (decision, held);
  g_autofree char  *body = NULL;
  AdwMessageDialog *dialog;

  heading = g_strdup_printf (_("Take Over the New Rows of “%s”?"), decision->title);
  body = g_strdup_printf ("%s\n\n%s", held->reason != NULL ? held->reason : "", counts);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  adw_message_dialog_add_responses (dialog, "later", _("Decide _Later"), "discard",
                                    _("_Keep What Is There"), "accept", C_("rows", "_Take Over"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "later");
  adw_message_dialog_set_close_response (dialog, "later");
  adw_message_dialog_set_extra_child (dialog, make_report (held->report));
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), decision,
                         decision_free_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const ShyPullRecord *
find_held (GPtrArray  *records,
           const char *stream)
{
  for (guint i = 0; i < records->len; i++)
    {
      const ShyPullRecord *record = g_ptr_array_index (records, i);

      if (record->outcome == SHY_PULL_HELD && g_str_equal (record->stream, stream))
        return record;
    }

  return NULL;
}

static gpointer
list_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  return shy_pull_history_list (book, data, MOST, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Decision             *decision = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const ShyPullRecord  *held = NULL;

  records = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (records != NULL)
    held = find_held (records, decision->stream);

  /* The page may have gone meanwhile, or another program has decided. */
  if (held != NULL && gtk_widget_get_root (decision->within) != NULL)
    {
      present (decision, held);
      return;
    }

  shy_toast_error (decision->within, error);
  decision_free (decision);
}

void
services_decide_present (GtkWidget             *within,
                         ShyContext            *context,
                         const ShyStreamStatus *stream)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->within = g_object_ref (within);
  decision->context = g_object_ref (context);
  decision->service = g_strdup (stream->service);
  decision->stream = g_strdup (stream->stream);
  decision->title = g_strdup (stream->title);
  decision->rows = stream->rows;
  services_run_async (context, list_call, g_strdup (stream->service), g_free,
                      (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, decision);
}
