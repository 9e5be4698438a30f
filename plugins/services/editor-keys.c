/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-keys.h"

#include "editor.h"

#include <glib/gi18n-lib.h>

struct _ServicesKeysWindow
{
  AdwWindow            parent_instance;

  AdwWindowTitle      *title;
  GtkStack            *stack;
  AdwStatusPage       *failure;
  AdwPreferencesGroup *group;
  GtkWidget           *nothing;
  AdwActionRow        *place;
  GtkImage            *place_sign;

  ShyContext          *context;      /* (owned) */
  char                *id;           /* (owned) of the service */
  ShyServiceKeys      *keys;         /* (owned) (nullable) */
  GPtrArray           *rows;         /* (owned) of Row */
  gboolean             then_test;
  GCancellable        *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesKeysWindow, services_keys_window, ADW_TYPE_WINDOW)

typedef struct
{
  const ShyServiceConfig *config;  /* of the service */
  GtkEditable            *entry;
  gboolean                kept;    /* a secret is, whatever the entry says */
  const char             *elsewhere; /* (nullable) where else it may go, if it is kept for that */
  gboolean                remove;
} Row;

static void save (ServicesKeysWindow *self,
                  gboolean            memory_only);

/* Shows what stands behind an entry that shows nothing. */
static void
describe_row (Row *row)
{
  const ShyServiceConfig *said = row->config;
  g_autofree char        *title = NULL;

  if (row->elsewhere != NULL && !row->remove)
    /* Translators: a key, and the address of the service that it was put in for. */
    title = g_strdup_printf (_("%s — was put in for %s; put it in again"), said->title,
                             *row->elsewhere != '\0' ? row->elsewhere : _("no address"));
  else if (row->kept && !row->remove)
    /* Translators: %s is the name of a key that is kept and not shown. */
    title = g_strdup_printf (_("%s — kept; leave empty to keep it"), said->title);
  else if (row->remove)
    /* Translators: %s is the name of a key. */
    title = g_strdup_printf (_("%s — removed when you save"), said->title);
  else if (!said->required || said->otherwise != NULL)
    /* Translators: %s is the name of a value that may be left out. */
    title = g_strdup_printf (_("%s — optional"), said->title);
  else
    title = g_strdup (said->title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->entry), title);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkEditable) entry = user_data;
  char                   *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result,
                                                                 NULL);

  if (text != NULL)
    gtk_editable_set_text (entry, g_strstrip (text));
  shy_secret_free (text);
}

static void
paste_cb (GtkWidget *button,
          Row       *row)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (button), NULL, pasted_cb,
                                 g_object_ref (row->entry));
}

static void
remove_cb (GtkWidget *button,
           Row       *row)
{
  row->remove = !row->remove;
  gtk_editable_set_text (row->entry, "");
  describe_row (row);
}

static void
add_button (Row        *row,
            const char *icon,
            const char *label,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", callback, row);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row->entry), button);
}

static void
add_row (ServicesKeysWindow     *self,
         const ShyServiceConfig *said)
{
  GtkWidget  *entry = said->secret ? adw_password_entry_row_new () : adw_entry_row_new ();
  const char *value = g_hash_table_lookup (self->keys->config, said->name);
  Row        *row = g_new0 (Row, 1);

  row->config = said;
  row->entry = GTK_EDITABLE (entry);
  row->kept = g_hash_table_contains (self->keys->kept, said->name);
  row->elsewhere = g_hash_table_lookup (self->keys->elsewhere, said->name);
  g_ptr_array_add (self->rows, row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
  if (!said->secret)
    gtk_editable_set_text (row->entry, value != NULL             ? value
                                       : said->otherwise != NULL ? said->otherwise
                                                                 : "");
  describe_row (row);
  add_button (row, "edit-paste-symbolic", _("Paste"), G_CALLBACK (paste_cb));
  if (row->kept || row->elsewhere != NULL)
    add_button (row, "user-trash-symbolic", _("Remove what is kept"), G_CALLBACK (remove_cb));
  adw_preferences_group_add (self->group, entry);
}

static void
show_place (ServicesKeysWindow *self)
{
  gboolean keyring = self->keys->keyring;

  gtk_image_set_from_icon_name (self->place_sign,
                                keyring ? "channel-secure-symbolic" : "dialog-warning-symbolic");
  if (!keyring)
    gtk_widget_add_css_class (GTK_WIDGET (self->place_sign), "warning");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place),
                                 keyring ? _("Secrets go into the keyring of your login")
                                         : _("Secrets stay in memory only"));
  adw_action_row_set_subtitle (
    self->place,
    keyring ? _("The system's keyring keeps them encrypted. They are in no file of this program, "
                "nor in the database.")
            : _("No keyring (Secret Service) runs in this session. They are forgotten when the "
                "program ends, and asked for again at the next start."));
}

/* Says where keys go, and that those of another address stay where they are. */
static void
describe_group (ServicesKeysWindow *self)
{
  const char      *audience = shy_service_get_audience (self->keys->service);
  g_autofree char *text = NULL;

  if (*self->keys->origin == '\0')
    text = g_strdup (audience);
  else if (g_hash_table_size (self->keys->elsewhere) == 0)
    /* Translators: %s is the address of a service. */
    text = g_strdup_printf (_("Secrets are sent to %s and to nobody else."), self->keys->origin);
  else
    /* Translators: %s is the address of a service. */
    text = g_strdup_printf (_("This service is asked at %s now. What was put in for another address "
                              "is not sent there: put it in again if it belongs there."),
                            self->keys->origin);
  if (audience != NULL && text != NULL && *self->keys->origin != '\0')
    {
      g_autofree char *said = g_steal_pointer (&text);

      text = g_strdup_printf ("%s\n%s", audience, said);
    }
  adw_preferences_group_set_description (self->group, text);
}

static void
show_keys (ServicesKeysWindow *self)
{
  guint n = shy_service_get_n_configs (self->keys->service);

  adw_window_title_set_subtitle (self->title, shy_service_get_title (self->keys->service));
  describe_group (self);
  for (guint i = 0; i < n; i++)
    add_row (self, shy_service_get_config (self->keys->service, i));
  gtk_widget_set_visible (self->nothing, n == 0);
  show_place (self);
  gtk_stack_set_visible_child_name (self->stack, "keys");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.save", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.test", TRUE);
}

static gpointer
load_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  return shy_service_keys_load (book, data, cancellable, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesKeysWindow) self = user_data;
  g_autoptr (GError)             error = NULL;

  self->keys = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (self->keys != NULL)
    show_keys (self);
  else
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
    }
}

static void
in_memory_cb (GtkWidget  *widget,
              const char *response)
{
  if (g_str_equal (response, "memory"))
    save (SERVICES_KEYS_WINDOW (widget), TRUE);
}

/* The keyring does not take them: a person may still work today. */
static void
offer_memory (ServicesKeysWindow *self,
              const GError       *error)
{
  const ShyDialogAnswer answers[] = {
    { "cancel", _("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "memory", _("Keep in _Memory Only"), ADW_RESPONSE_DEFAULT },
  };

  shy_dialog_ask (GTK_WIDGET (self), _("The Keys Cannot Be Kept"), error->message, answers,
                  G_N_ELEMENTS (answers), in_memory_cb);
}

static gpointer
save_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  return GINT_TO_POINTER (shy_service_keys_change_save (data, book,
                                                        cancellable, error));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ServicesKeysWindow) self = user_data;
  g_autoptr (GError)             error = NULL;
  gpointer saved = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  GtkWindow *parent;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  if (saved == NULL)
    {
      offer_memory (self, error);
      return;
    }

  /* What went into memory or the keyring changed nothing in the database that others follow. */
  g_signal_emit_by_name (shy_context_get_store (SHY_CONTEXT (source)),
                         "changed::" SHY_SERVICES_TOPIC, SHY_SERVICES_TOPIC);
  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  if (self->then_test)
    services_trial_present (parent, SHY_CONTEXT (source), self->id);
  gtk_window_close (GTK_WINDOW (self));
}

/* An empty secret that is kept stays as it is; a plain value that is the default is none. */
static void
collect_row (Row                  *row,
             ShyServiceKeysChange *change)
{
  const ShyServiceConfig *said = row->config;
  const char             *text = gtk_editable_get_text (row->entry);

  if (!said->secret)
    shy_service_keys_change_add (change, said->name,
                              *text != '\0' && g_strcmp0 (text, said->otherwise) != 0 ? text : NULL,
                              FALSE);
  else if (*text != '\0' || row->remove)
    shy_service_keys_change_add (change, said->name, *text != '\0' ? text : NULL, TRUE);
}

static void
save (ServicesKeysWindow *self,
      gboolean            memory_only)
{
  ShyServiceKeysChange *change = shy_service_keys_change_new (self->id, memory_only);

  for (guint i = 0; i < self->rows->len; i++)
    collect_row (g_ptr_array_index (self->rows, i), change);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  services_run_async (self->context, save_call, change,
                      (GDestroyNotify) shy_service_keys_change_free, NULL, self->cancellable,
                      saved_cb, g_object_ref (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ServicesKeysWindow *self = SERVICES_KEYS_WINDOW (widget);

  self->then_test = g_str_equal (name, "keys.test");
  save (self, FALSE);
}

static void
services_keys_window_dispose (GObject *object)
{
  ServicesKeysWindow *self = SERVICES_KEYS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_keys_window_parent_class)->dispose (object);
}

static void
services_keys_window_finalize (GObject *object)
{
  ServicesKeysWindow *self = SERVICES_KEYS_WINDOW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->keys, shy_service_keys_free);
  g_free (self->id);

  G_OBJECT_CLASS (services_keys_window_parent_class)->finalize (object);
}

static void
services_keys_window_class_init (ServicesKeysWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = services_keys_window_dispose;
  object_class->finalize = services_keys_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/editor-keys.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, group);
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, place);
  gtk_widget_class_bind_template_child (widget_class, ServicesKeysWindow, place_sign);
  gtk_widget_class_install_action (widget_class, "keys.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "keys.test", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "keys.save",
                                       NULL);
}

static void
services_keys_window_init (ServicesKeysWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.save", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.test", FALSE);
}

GtkWindow *
services_keys_window_new (ShyContext *context,
                          const char *id)
{
  ServicesKeysWindow *self = g_object_new (SERVICES_TYPE_KEYS_WINDOW, NULL);

  self->context = g_object_ref (context);
  self->id = g_strdup (id);
  services_run_async (context, load_call, g_strdup (id), g_free,
                      (GDestroyNotify) shy_service_keys_free, self->cancellable, loaded_cb,
                      g_object_ref (self));

  return GTK_WINDOW (self);
}
