/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-form-choice.h"

#include "county/shy-pinyin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A row that chooses one of many values: they are searched by what they are called, by pinyin, by its
 * initials and by their code. libadwaita's own list of choices cannot be searched so. */
struct _ShyFormChoice
{
  AdwActionRow   parent_instance;

  GtkLabel      *shown;
  GtkMenuButton *button;
  GtkEditable   *search;
  GtkListBox    *list;
  char          *text;   /* (owned) the value */
};

G_DEFINE_FINAL_TYPE (ShyFormChoice, shy_form_choice, ADW_TYPE_ACTION_ROW)

typedef enum { PROP_TEXT = 1 } ShyFormChoiceProperty;
static GParamSpec *properties[PROP_TEXT + 1];

#define VALUE_KEY "shy-form-value"
#define SEARCH_KEY "shy-form-search"

static const char *
get_value (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), VALUE_KEY);
}

static const char *
get_shown (GtkListBoxRow *row)
{
  return gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row)));
}

/* What a search may find: the words, their pinyin, its initials, the code. */
static char *
dup_searched (const char *value,
              const char *shown)
{
  g_autofree char *words = g_utf8_casefold (shown, -1);
  g_autofree char *pinyin = shy_pinyin_of_name (shown);
  g_autofree char *initials = pinyin != NULL ? shy_pinyin_initials (pinyin) : NULL;
  g_auto (GStrv)   syllables = g_strsplit (pinyin != NULL ? pinyin : "", " ", -1);
  g_autofree char *joined = g_strjoinv (NULL, syllables);

  return g_strjoin ("\n", words, joined, initials != NULL ? initials : "", value, NULL);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  ShyFormChoice   *self = data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  return strstr (g_object_get_data (G_OBJECT (row), SEARCH_KEY), g_strstrip (wanted)) != NULL;
}

static void
choose (ShyFormChoice *self,
        GtkListBoxRow *row)
{
  gtk_menu_button_popdown (self->button);
  shy_form_choice_set_text (self, get_value (row), get_shown (row));
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
activated_cb (ShyFormChoice *self,
              GtkListBoxRow *row)
{
  choose (self, row);
}

/* The first that the search leaves, or NULL. */
static GtkListBoxRow *
find_first (ShyFormChoice *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_cb (row, self))
      return row;
  return NULL;
}

static void
search_activated_cb (ShyFormChoice *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row != NULL)
    choose (self, row);
}

static void
select_present (ShyFormChoice *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (get_value (row), self->text))
      gtk_list_box_select_row (self->list, row);
}

static void
shown_cb (ShyFormChoice *self)
{
  gtk_editable_set_text (self->search, "");
  select_present (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
down_cb (GtkEventControllerKey *controller,
         guint                  key,
         guint                  code,
         GdkModifierType        state,
         ShyFormChoice         *self)
{
  GtkListBoxRow *row = find_first (self);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || row == NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static GtkWidget *
new_popover (ShyFormChoice *self)
{
  GtkWidget          *popover = gtk_popover_new ();
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget          *search = gtk_search_entry_new ();
  GtkWidget          *scrolled = gtk_scrolled_window_new ();
  GtkWidget          *list = gtk_list_box_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = GTK_EDITABLE (search);
  self->list = GTK_LIST_BOX (list);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (down_cb), self, 0);
  gtk_widget_add_controller (search, keys);
  g_object_set (search, "placeholder-text", _("Name, pinyin or initials"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "changed", G_CALLBACK (gtk_list_box_invalidate_filter), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "stop-search", G_CALLBACK (gtk_popover_popdown), popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "show", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  return popover;
}

static void
shy_form_choice_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_value_set_string (value, SHY_FORM_CHOICE (object)->text);
}

static void
shy_form_choice_finalize (GObject *object)
{
  g_free (SHY_FORM_CHOICE (object)->text);

  G_OBJECT_CLASS (shy_form_choice_parent_class)->finalize (object);
}

static void
shy_form_choice_class_init (ShyFormChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = shy_form_choice_get_property;
  object_class->finalize = shy_form_choice_finalize;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

/* GTK 4.8 names a button neither by what labels it nor by its tooltip. */
static void
title_changed_cb (ShyFormChoice *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static void
shy_form_choice_init (ShyFormChoice *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->text = g_strdup ("");
  self->shown = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_MENU_BUTTON (button);
  gtk_label_set_ellipsize (self->shown, PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_menu_button_set_icon_name (self->button, "pan-down-symbolic");
  gtk_menu_button_set_popover (self->button, new_popover (self));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->shown));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), button);
  g_object_bind_property (self, "title", button, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

/* A row to choose one of the values that are added to it. */
GtkWidget *
shy_form_choice_new (void)
{
  return g_object_new (SHY_TYPE_FORM_CHOICE, NULL);
}

void
shy_form_choice_add (ShyFormChoice *self,
                     const char    *value,
                     const char    *shown)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), VALUE_KEY, g_strdup (value), g_free);
  g_object_set_data_full (G_OBJECT (row), SEARCH_KEY, dup_searched (value, shown), g_free);
  gtk_list_box_append (self->list, row);
  if (g_str_equal (value, self->text))
    gtk_label_set_label (self->shown, shown);
}

const char *
shy_form_choice_get_text (ShyFormChoice *self)
{
  return self->text;
}

void
shy_form_choice_set_text (ShyFormChoice *self,
                          const char    *value,
                          const char    *shown)
{
  g_autofree char *before = self->text;

  self->text = g_strdup (value);
  gtk_label_set_label (self->shown, shown);
  if (!g_str_equal (before, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
