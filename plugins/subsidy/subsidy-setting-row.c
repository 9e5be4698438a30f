/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-setting-row.h"

#include <glib/gi18n-lib.h>

/* A row for one setting: a choice where the policy lists values, else a line to write in. */

typedef struct
{
  const ShyPolicySetting *setting;
  SubsidyAnswerFunc       answer;
  gpointer                data;
  gboolean                showing; /* a value is put in, nobody chose it */
} Row;

static Row *
get_row (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "row");
}

static gboolean
is_choice (const ShyPolicySetting *setting)
{
  return setting->field.type == SHY_FIELD_BOOLEAN ||
         (setting->field.values != NULL && *setting->field.values != NULL);
}

/* The value of a place in the list: "not decided" comes first. */
static const char *
get_value (const ShyPolicySetting *setting, guint place)
{
  if (place == 0)
    return NULL;
  if (setting->field.type == SHY_FIELD_BOOLEAN)
    return place == 1 ? "true" : "false";
  return setting->field.values[place - 1];
}

static void
chosen_cb (GtkWidget *widget)
{
  Row *row = get_row (widget);

  if (!row->showing)
    row->answer (widget, get_value (row->setting,
                                    adw_combo_row_get_selected (ADW_COMBO_ROW (widget))),
                 row->data);
}

static void
applied_cb (GtkWidget *widget)
{
  Row             *row = get_row (widget);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget))));

  row->answer (widget, *text != '\0' ? text : NULL, row->data);
}

static GtkWidget *
make_choice (const ShyPolicySetting *setting)
{
  GtkWidget               *widget = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("Not decided"));
  if (setting->field.type == SHY_FIELD_BOOLEAN)
    {
      gtk_string_list_append (list, _("Yes"));
      gtk_string_list_append (list, _("No"));
    }
  else
    for (guint i = 0; setting->field.values[i] != NULL; i++)
      gtk_string_list_append (list, setting->field.values[i]);
  adw_combo_row_set_model (ADW_COMBO_ROW (widget), G_LIST_MODEL (list));
  if (setting->clause != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (widget),
                                 shy_text_get (setting->clause->text));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 0);
  g_signal_connect (widget, "notify::selected", G_CALLBACK (chosen_cb), NULL);
  return widget;
}

static GtkWidget *
make_entry (const ShyPolicySetting *setting)
{
  GtkWidget *widget = adw_entry_row_new ();

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (widget), TRUE);
  if (setting->clause != NULL)
    gtk_widget_set_tooltip_text (widget, shy_text_get (setting->clause->text));
  g_signal_connect (widget, "apply", G_CALLBACK (applied_cb), NULL);
  return widget;
}

/* subsidy_setting_row_new: makes the row; @setting must outlive it. */
GtkWidget *
subsidy_setting_row_new (const ShyPolicySetting *setting, SubsidyAnswerFunc answer, gpointer data)
{
  GtkWidget       *widget = is_choice (setting) ? make_choice (setting) : make_entry (setting);
  const char      *label = shy_text_get (setting->field.label);
  g_autofree char *title = setting->field.unit != NULL
                             /* Translators: what a county decides, and its unit. */
                             ? g_strdup_printf (_("%s (%s)"), label, setting->field.unit)
                             : g_strdup (label);
  Row             *row = g_new0 (Row, 1);

  *row = (Row) { setting, answer, data };
  g_object_set_data_full (G_OBJECT (widget), "row", row, g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  return widget;
}

/* subsidy_setting_row_show: shows what the county decided; NULL for nothing yet. */
void
subsidy_setting_row_show (GtkWidget *widget, const char *value)
{
  Row  *row = get_row (widget);
  guint place = 0;

  row->showing = TRUE;
  if (!is_choice (row->setting))
    gtk_editable_set_text (GTK_EDITABLE (widget), value != NULL ? value : "");
  else
    {
      for (guint i = 1; value != NULL && place == 0 &&
                        i < g_list_model_get_n_items (
                              adw_combo_row_get_model (ADW_COMBO_ROW (widget))); i++)
        if (g_str_equal (get_value (row->setting, i), value))
          place = i;
      adw_combo_row_set_selected (ADW_COMBO_ROW (widget), place);
    }
  row->showing = FALSE;
}
