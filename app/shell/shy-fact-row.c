/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-fact-row.h"

#include <glib/gi18n-lib.h>

/* A row that edits one fact: a list of values for a choice or a yes and no, else an entry. libadwaita
 * has two kinds of rows for that without a common parent; these functions make them one. */

#define SOURCE_KEY "shy-fact-source"
#define VALUES_KEY "shy-fact-values"
#define BUTTON_KEY "shy-fact-button"

/* Collects the values of a list and how each is shown; the first stands for “not known”. */
typedef struct
{
  GStrvBuilder  *values;  /* (owned) */
  GtkStringList *shown;   /* (owned) */
} Choices;

static void
add_choice (Choices    *choices,
            const char *value,
            const char *shown)
{
  g_strv_builder_add (choices->values, value);
  gtk_string_list_append (choices->shown, shown);
}

static void
add_counties (Choices *choices)
{
  ShyCountyRegistry    *registry = shy_county_registry_get_default (NULL);
  g_autoptr (GPtrArray) counties = NULL;

  if (registry == NULL)
    return;

  counties = shy_county_registry_list_scope (registry, "");
  for (guint i = 0; i < counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (counties, i);

      add_choice (choices, shy_county_get_code (county), shy_county_get_name (county));
    }
  add_choice (choices, SHY_AREA_ELSEWHERE, C_("a place", "elsewhere"));
}

static gboolean
is_choice (const ShyField *field)
{
  return field->type == SHY_FIELD_BOOLEAN || field->type == SHY_FIELD_COUNTY ||
         (field->type == SHY_FIELD_CHOICE && field->values != NULL);
}

static GtkWidget *
new_choice (const ShyField *field)
{
  GtkWidget                *row = adw_combo_row_new ();
  g_autoptr (GStrvBuilder)  values = g_strv_builder_new ();
  g_autoptr (GtkStringList) shown = gtk_string_list_new (NULL);
  Choices                   choices = { values, shown };

  add_choice (&choices, "", _("(not known)"));
  if (field->type == SHY_FIELD_BOOLEAN)
    {
      add_choice (&choices, "true", _("Yes"));
      add_choice (&choices, "false", _("No"));
    }
  else if (field->type == SHY_FIELD_COUNTY)
    add_counties (&choices);
  else
    for (char **value = field->values; *value != NULL; value++)
      add_choice (&choices, *value, *value);

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (shown));
  g_object_set_data_full (G_OBJECT (row), VALUES_KEY, g_strv_builder_end (values),
                          (GDestroyNotify) g_strfreev);

  return row;
}

static const char *
get_hint (ShyFieldType type)
{
  return type == SHY_FIELD_DATE ? _("As 2025-06-30") : type == SHY_FIELD_MONTH ? _("As 2025-06") : NULL;
}

static char *
build_title (const ShyField *field)
{
  const char *label = shy_text_get (field->label);
  const char *unit = field->unit != NULL ? field->unit :
                     field->type == SHY_FIELD_MONEY ? _("yuan") : NULL;

  /* Translators: the name of a fact, then its unit. */
  return unit != NULL ? g_strdup_printf (_("%s (%s)"), label, unit) : g_strdup (label);
}

GtkWidget *
shy_fact_row_new (const ShyField *field)
{
  g_autofree char *title = build_title (field);
  const char      *help = field->help != NULL ? shy_text_get (field->help)
                                              : get_hint (field->type);
  GtkWidget       *source = gtk_label_new (NULL);
  GtkWidget       *row;

  if (is_choice (field))
    row = new_choice (field);
  else
    row = shy_field_type_is_personal (field->type) ? adw_password_entry_row_new () : adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_tooltip_text (row, help);

  gtk_widget_add_css_class (source, "caption");
  gtk_widget_add_css_class (source, "dim-label");
  if (ADW_IS_COMBO_ROW (row))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), source);
  else
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), source);
  g_object_set_data (G_OBJECT (row), SOURCE_KEY, source);

  return row;
}

/* What is not among the choices, as a place beyond the counties, becomes one: a form that is saved
 * must not lose what it could not offer. */
static guint
add_present (GtkWidget  *row,
             char      **values,
             const char *text)
{
  GListModel              *shown = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  ShyCountyRegistry       *registry = shy_county_registry_get_default (NULL);
  g_autofree char         *name = NULL;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  guint                    position = g_strv_length (values);

  name = registry != NULL ? shy_county_registry_dup_place (registry, text) : g_strdup (text);
  g_strv_builder_addv (all, (const char **) values);
  g_strv_builder_add (all, text);
  g_object_set_data_full (G_OBJECT (row), VALUES_KEY, g_strv_builder_end (all),
                          (GDestroyNotify) g_strfreev);
  gtk_string_list_append (GTK_STRING_LIST (shown), name);
  return position;
}

void
shy_fact_row_set_text (GtkWidget  *row,
                       const char *text)
{
  char **values = g_object_get_data (G_OBJECT (row), VALUES_KEY);
  guint  position = 0;

  if (!ADW_IS_COMBO_ROW (row))
    {
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      return;
    }

  while (values[position] != NULL && !g_str_equal (values[position], text))
    position++;
  if (values[position] == NULL)
    position = add_present (row, values, text);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position);
}

const char *
shy_fact_row_get_text (GtkWidget *row)
{
  char **values = g_object_get_data (G_OBJECT (row), VALUES_KEY);
  guint  position;

  if (!ADW_IS_COMBO_ROW (row))
    return gtk_editable_get_text (GTK_EDITABLE (row));

  position = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  return position != GTK_INVALID_LIST_POSITION ? values[position] : "";
}

/* The callback gets the row, a property and the object, whichever kind of row it is. */
void
shy_fact_row_connect (GtkWidget *row,
                      GCallback  callback,
                      gpointer   object)
{
  const char *signal = ADW_IS_COMBO_ROW (row) ? "notify::selected" : "notify::text";

  g_signal_connect_object (row, signal, callback, object, 0);
}

/* Puts a button at the end of the row. */
void
shy_fact_row_set_button (GtkWidget *row,
                         GtkWidget *button)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  if (ADW_IS_COMBO_ROW (row))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  else
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_object_set_data (G_OBJECT (row), BUTTON_KEY, button);
}

/* The button at the end of the row, or NULL. */
GtkWidget *
shy_fact_row_get_button (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), BUTTON_KEY);
}

void
shy_fact_row_show_state (GtkWidget  *row,
                         const char *source,
                         const char *place,
                         const char *error)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), SOURCE_KEY);

  gtk_label_set_label (label, error != NULL ? _("Not understood") : source != NULL ? source : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), error != NULL ? error : place);
  if (error != NULL)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  error != NULL ? error : source != NULL ? source : "", -1);
}
