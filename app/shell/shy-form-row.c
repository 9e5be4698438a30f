/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-form-row.h"

#include "shy-form-choice.h"

#include <glib/gi18n-lib.h>

/* A row that edits one field: a list of values for a choice or a yes and no, a searched one where there
 * are many, else an entry. libadwaita has two kinds of rows for that without a common parent; these
 * functions make them one. */

/* So many are seen at a glance. */
#define FEW 8

#define SOURCE_KEY "shy-form-source"
#define VALUES_KEY "shy-form-values"
#define BUTTON_KEY "shy-form-button"

/* Collects the values of a list and how each is shown; the first stands for “not known”. */
typedef struct
{
  GtkWidget     *searched; /* (nullable): a ShyFormChoice; else the rest */
  GStrvBuilder  *values;   /* (owned) */
  GtkStringList *shown;    /* (owned) */
} Choices;

static void
add_choice (Choices    *choices,
            const char *value,
            const char *shown)
{
  if (choices->searched != NULL)
    {
      shy_form_choice_add (SHY_FORM_CHOICE (choices->searched), value, shown);
      return;
    }
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

static gboolean
has_many (const ShyField *field)
{
  return field->type == SHY_FIELD_COUNTY ||
         (field->type == SHY_FIELD_CHOICE && g_strv_length (field->values) > FEW);
}

static GtkWidget *
new_choice (const ShyField *field)
{
  g_autoptr (GStrvBuilder)  values = g_strv_builder_new ();
  g_autoptr (GtkStringList) shown = gtk_string_list_new (NULL);
  GtkWidget                *row = has_many (field) ? shy_form_choice_new () : adw_combo_row_new ();
  Choices                   choices = { has_many (field) ? row : NULL, values, shown };

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

  if (ADW_IS_COMBO_ROW (row))
    {
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (shown));
      g_object_set_data_full (G_OBJECT (row), VALUES_KEY, g_strv_builder_end (values),
                              (GDestroyNotify) g_strfreev);
    }
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
  const char *label = shy_field_get_label (field);
  const char *unit = field->unit != NULL ? field->unit :
                     field->type == SHY_FIELD_MONEY ? _("yuan") : NULL;

  /* Translators: the name of a fact, then its unit. */
  return unit != NULL ? g_strdup_printf (_("%s (%s)"), label, unit) : g_strdup (label);
}

static void
day_selected_cb (GtkCalendar *calendar,
                 GtkWidget   *row)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char      *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The calendar opens on the day that stands there; on today where none does, or one that ends never. */
static void
calendar_shown_cb (GtkWidget *popover,
                   GtkWidget *row)
{
  GtkWidget            *calendar = gtk_popover_get_child (GTK_POPOVER (popover));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = NULL;
  GDate                 date;

  if (shy_date_parse (gtk_editable_get_text (GTK_EDITABLE (row)), &date) && g_date_get_year (&date) < 9999)
    day = g_date_time_new_local (g_date_get_year (&date), (int) g_date_get_month (&date),
                                 g_date_get_day (&date), 0, 0, 0);
  g_signal_handlers_block_by_func (calendar, day_selected_cb, row);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day != NULL ? day : now);
  g_signal_handlers_unblock_by_func (calendar, day_selected_cb, row);
}

static void
add_calendar (GtkWidget      *row,
              const ShyField *field)
{
  GtkWidget       *button = gtk_menu_button_new ();
  GtkWidget       *popover = gtk_popover_new ();
  GtkWidget       *calendar = gtk_calendar_new ();
  g_autofree char *name = NULL;

  /* Translators: %s is the name of a day, as that of a contract. */
  name = g_strdup_printf (_("Choose a day: %s"), shy_field_get_label (field));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), row, 0);
  g_signal_connect_object (popover, "show", G_CALLBACK (calendar_shown_cb), row, 0);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

/* Both kinds of lists are action rows, the other kinds are entries. */
static void
add_suffix (GtkWidget *row,
            GtkWidget *suffix)
{
  if (ADW_IS_ACTION_ROW (row))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  else
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), suffix);
}

GtkWidget *
shy_form_row_new (const ShyField *field)
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
  add_suffix (row, source);
  g_object_set_data (G_OBJECT (row), SOURCE_KEY, source);
  if (field->type == SHY_FIELD_DATE)
    add_calendar (row, field);

  return row;
}

static char *
dup_place (const char *text)
{
  ShyCountyRegistry *registry = shy_county_registry_get_default (NULL);

  if (*text == '\0')
    return g_strdup (_("(not known)"));
  if (g_str_equal (text, SHY_AREA_ELSEWHERE))
    return g_strdup (C_("a place", "elsewhere"));
  return registry != NULL ? shy_county_registry_dup_place (registry, text) : g_strdup (text);
}

/* What is not among the choices, as a place beyond the counties, becomes one: a form that is saved
 * must not lose what it could not offer. */
static guint
add_present (GtkWidget  *row,
             char      **values,
             const char *text)
{
  GListModel              *shown = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  g_autofree char         *name = dup_place (text);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  guint                    position = g_strv_length (values);

  g_strv_builder_addv (all, (const char **) values);
  g_strv_builder_add (all, text);
  g_object_set_data_full (G_OBJECT (row), VALUES_KEY, g_strv_builder_end (all),
                          (GDestroyNotify) g_strfreev);
  gtk_string_list_append (GTK_STRING_LIST (shown), name);
  return position;
}

void
shy_form_row_set_text (GtkWidget  *row,
                       const char *text)
{
  char **values = g_object_get_data (G_OBJECT (row), VALUES_KEY);
  guint  position = 0;

  if (SHY_IS_FORM_CHOICE (row))
    {
      g_autofree char *shown = dup_place (text);

      shy_form_choice_set_text (SHY_FORM_CHOICE (row), text, shown);
      return;
    }
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
shy_form_row_get_text (GtkWidget *row)
{
  char **values = g_object_get_data (G_OBJECT (row), VALUES_KEY);
  guint  position;

  if (SHY_IS_FORM_CHOICE (row))
    return shy_form_choice_get_text (SHY_FORM_CHOICE (row));
  if (!ADW_IS_COMBO_ROW (row))
    return gtk_editable_get_text (GTK_EDITABLE (row));

  position = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  return position != GTK_INVALID_LIST_POSITION ? values[position] : "";
}

/* The callback gets the row, a property and the object, whichever kind of row it is. */
void
shy_form_row_connect (GtkWidget *row,
                      GCallback  callback,
                      gpointer   object)
{
  const char *signal = ADW_IS_COMBO_ROW (row) ? "notify::selected" : "notify::text";

  g_signal_connect_object (row, signal, callback, object, 0);
}

/* Puts a button at the end of the row. */
void
shy_form_row_set_button (GtkWidget *row,
                         GtkWidget *button)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  add_suffix (row, button);
  g_object_set_data (G_OBJECT (row), BUTTON_KEY, button);
}

/* The button at the end of the row, or NULL. */
GtkWidget *
shy_form_row_get_button (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), BUTTON_KEY);
}

void
shy_form_row_show_state (GtkWidget  *row,
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
