/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-application.h"

#include "shy-keys.h"
#include "shy-preferences-window.h"
#include "shy-window.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

/**
 * ShyApplication:
 *
 * The program with a window: owns the plugins and what they work on.
 */
struct _ShyApplication
{
  AdwApplication parent_instance;
  ShyEngine     *engine;    /* (owned) from startup on */
  ShyContext    *context;   /* (owned) from startup on */
  char          *database;  /* (owned) (nullable) as named on the command line */
};

G_DEFINE_FINAL_TYPE (ShyApplication, shy_application, ADW_TYPE_APPLICATION)

/* The keys of the program, and those that its lists and forms understand without an action. */
static const struct { const char *group; const char *title; const char *keys; const char *action; } keys[] = {
  { N_("Work"), N_("Find a page or an action"), "<Control>k", "win.palette" },
  { N_("Work"), N_("Open a spreadsheet"), "<Control>o", "win.open-file" },
  { N_("Work"), N_("Choose the counties looked at"), "<Control>l", "win.choose-scope" },
  { N_("Work"), N_("Next page"), "<Control>Page_Down", "win.next-page" },
  { N_("Work"), N_("Previous page"), "<Control>Page_Up", "win.previous-page" },
  { N_("Lists and Applications"), N_("Search the list"), "<Control>f", "win.search" },
  { N_("Lists and Applications"), N_("From the search box into the list"), "Down", NULL },
  { N_("Lists and Applications"), N_("Open the chosen row"), "Return", NULL },
  { N_("Lists and Applications"), N_("Back to the page before"), "Escape <Alt>Left", NULL },
  { N_("Lists and Applications"), N_("Save the changes"), "<Control>s", NULL },
  { N_("Program"), N_("Main menu"), "F10", "win.menu" },
  { N_("Program"), N_("Preferences"), "<Control>comma", "app.preferences" },
  { N_("Program"), N_("Keyboard shortcuts"), "F1 <Control>question", "win.show-help-overlay" },
  { N_("Program"), N_("Close the window"), "<Control>w", "window.close" },
  { N_("Program"), N_("Quit"), "<Control>q", "app.quit" },
};

typedef struct
{
  ShyEngine *engine;  /* (owned) */
  ShyPlugin *plugin;  /* (owned) */
} Crash;

static void
crash_free (gpointer  data,
            GClosure *closure)
{
  Crash *crash = data;

  g_object_unref (crash->engine);
  g_object_unref (crash->plugin);
  g_free (crash);
}

static void
crash_answered_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   Crash            *crash)
{
  if (g_str_equal (response, "off"))
    shy_plugin_set_enabled (crash->plugin, FALSE);
  else if (g_str_equal (response, "retry"))
    shy_engine_retry (crash->engine, crash->plugin);
}

static void
offer_switch (ShyApplication *self,
              ShyWindow      *window,
              ShyPlugin      *plugin)
{
  AdwMessageDialog *dialog;
  Crash            *crash = g_new0 (Crash, 1);

  crash->engine = g_object_ref (self->engine);
  crash->plugin = g_object_ref (plugin);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (window), NULL, NULL));
  /* Translators: %s is the name of a plugin. */
  adw_message_dialog_format_heading (dialog, _("“%s” Was Left Out"), shy_plugin_get_name (plugin));
  adw_message_dialog_set_body (dialog, _("The program ended while this plugin was being started the "
                                         "last time. Nothing that was stored is lost.\n\nSwitch it "
                                         "off to work without it, and tell whoever looks after your "
                                         "computer."));
  adw_message_dialog_add_responses (dialog, "later", _("_Decide Later"), "retry", _("_Try Again"),
                                    "off", _("_Switch Off"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "off", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "off");
  adw_message_dialog_set_close_response (dialog, "later");
  g_signal_connect_data (dialog, "response", G_CALLBACK (crash_answered_cb), crash, crash_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What ended the program when it was started the last time is left out, and the person is asked. */
static void
tell_crashed (ShyApplication *self,
              ShyWindow      *window)
{
  GListModel *plugins = shy_engine_get_plugins (self->engine);

  for (guint i = 0; i < g_list_model_get_n_items (plugins); i++)
    {
      g_autoptr (ShyPlugin) plugin = g_list_model_get_item (plugins, i);

      if (shy_plugin_get_enabled (plugin) && shy_plugin_get_crashed (plugin))
        offer_switch (self, window, plugin);
    }
}

static ShyWindow *
ensure_window (ShyApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !SHY_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window == NULL)
    {
      window = GTK_WINDOW (shy_window_new (self));
      tell_crashed (self, SHY_WINDOW (window));
    }

  return SHY_WINDOW (window);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       self)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  /* Each window may ask first what becomes of what is not saved; the last one ends the program. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       self)
{
  ShyWindow *parent = ensure_window (self);
  GtkWidget *window = shy_preferences_window_new (self);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       self)
{
  const char *developers[] = { _("The Shanye contributors"), NULL };

  adw_show_about_window (GTK_WINDOW (ensure_window (self)),
                         "application-name", _("Shanye"),
                         "application-icon", SHY_APP_ID,
                         "version", SHY_VERSION,
                         "developer-name", developers[0],
                         "developers", developers,
                         "comments", _("Decides applications for the human-resources bureaux of "
                                       "Zhejiang's 26 mountain counties, and shows the clause that "
                                       "decides each."),
                         /* Translators: your names, one a line. */
                         "translator-credits", _("translator-credits"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static const GActionEntry actions[] = {
  { "quit", quit_cb },
  { "preferences", preferences_cb },
  { "about", about_cb },
};

static void
set_up_keys (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto (GStrv) accels = g_strsplit (keys[i].keys, " ", -1);

      shy_keys_tell (G_TYPE_INVALID, _(keys[i].group), _(keys[i].title), keys[i].keys,
                     keys[i].action);
      if (keys[i].action != NULL)
        gtk_application_set_accels_for_action (application, keys[i].action,
                                               (const char **) accels);
    }
}

static gboolean
scheme_from_setting (GValue   *value,
                     GVariant *variant,
                     gpointer  data)
{
  const char    *scheme = g_variant_get_string (variant, NULL);
  AdwColorScheme result = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    result = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    result = ADW_COLOR_SCHEME_FORCE_DARK;

  g_value_set_enum (value, result);
  return TRUE;
}

static gboolean
ended_cb (gpointer application)
{
  g_application_quit (application);

  return G_SOURCE_CONTINUE;
}

static void
shy_application_startup (GApplication *application)
{
  ShyApplication        *self = SHY_APPLICATION (application);
  g_autoptr (GListModel) datasets = NULL;
  GSettings             *settings;

  G_APPLICATION_CLASS (shy_application_parent_class)->startup (application);

  /* Who logs out while a plugin is being started must not find it blamed the next morning. */
  g_unix_signal_add (SIGTERM, ended_cb, self);
  g_unix_signal_add (SIGINT, ended_cb, self);
  g_unix_signal_add (SIGHUP, ended_cb, self);

  self->context = shy_context_new (self->database);
  self->engine = shy_engine_new ();
  /* Before any other list of extensions: a page of a plugin that is switched on finds its tables. */
  datasets = shy_engine_create_extensions (self->engine, SHY_TYPE_DATASET);
  shy_context_set_datasets (self->context, datasets);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_up_keys (GTK_APPLICATION (self));

  settings = shy_context_get_settings (self->context);
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, "color-scheme", adw_style_manager_get_default (),
                                  "color-scheme", G_SETTINGS_BIND_GET, scheme_from_setting, NULL,
                                  NULL, NULL);
}

static void
shy_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (SHY_APPLICATION (application))));
}

static void
shy_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  ShyWindow *window = ensure_window (SHY_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    shy_window_open_file (window, files[i]);
}

static int
shy_application_handle_local_options (GApplication *application,
                                      GVariantDict *dict)
{
  ShyApplication *self = SHY_APPLICATION (application);

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("shanye %s\n", SHY_VERSION);
      return 0;
    }

  /* Another database is another program: it must not end in the window of the first. */
  if (g_variant_dict_lookup (dict, "database", "^ay", &self->database))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
shy_application_shutdown (GApplication *application)
{
  ShyApplication *self = SHY_APPLICATION (application);
  GList          *windows;

  /* Widgets of plugins go before the plugins. */
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);

  G_APPLICATION_CLASS (shy_application_parent_class)->shutdown (application);

  shy_context_set_datasets (self->context, NULL);
  g_clear_object (&self->engine);
  g_clear_object (&self->context);
}

static void
shy_application_finalize (GObject *object)
{
  ShyApplication *self = SHY_APPLICATION (object);

  g_free (self->database);

  G_OBJECT_CLASS (shy_application_parent_class)->finalize (object);
}

static void
shy_application_class_init (ShyApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = shy_application_finalize;
  application_class->startup = shy_application_startup;
  application_class->activate = shy_application_activate;
  application_class->open = shy_application_open;
  application_class->handle_local_options = shy_application_handle_local_options;
  application_class->shutdown = shy_application_shutdown;
}

static void
shy_application_init (ShyApplication *self)
{
  /* GApplication does not translate: the texts are when they are handed over. */
  const GOptionEntry options[] = {
    { "database", 'd', 0, G_OPTION_ARG_FILENAME, NULL,
      _("Work on this database instead of your own"), _("FILE") },
    { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, _("Show the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[SPREADSHEET…]"));
  gtk_window_set_default_icon_name (SHY_APP_ID);
}

/**
 * shy_application_new:
 *
 * Returns: (transfer full): the application
 */
ShyApplication *
shy_application_new (void)
{
  return g_object_new (SHY_TYPE_APPLICATION,
                       "application-id", SHY_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * shy_application_get_engine:
 * @self: the application, started
 *
 * Returns: (transfer none): its plugins
 */
ShyEngine *
shy_application_get_engine (ShyApplication *self)
{
  g_return_val_if_fail (SHY_IS_APPLICATION (self), NULL);

  return self->engine;
}

/**
 * shy_application_get_context:
 * @self: the application, started
 *
 * Returns: (transfer none): what its plugins work on
 */
ShyContext *
shy_application_get_context (ShyApplication *self)
{
  g_return_val_if_fail (SHY_IS_APPLICATION (self), NULL);

  return self->context;
}
