/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-import-view.h"

#include "subsidy-target.h"

#include <glib/gi18n-lib.h>

/* What is asked beside the policy; it goes with the assistant. */
typedef struct
{
  ShyImportAssistant *assistant; /* (unowned): that has it */
  SubsidyDesk        *desk;      /* (owned) */
  AdwComboRow        *county;
  AdwEntryRow        *on;
  GPtrArray          *counties;  /* (owned) of codes, in the order of the row; the first is NULL */
  gboolean            filling;   /* the rows are being set, not chosen */
} Options;

static void
options_free (gpointer data)
{
  Options *self = data;

  g_object_unref (self->desk);
  g_ptr_array_unref (self->counties);
  g_free (self);
}

static gboolean
read_day (Options *self,
          GDate   *day)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->on));
  g_autofree char *normal = shy_field_type_normalize (SHY_FIELD_DATE, text, NULL);

  g_date_clear (day, 1);
  if (normal != NULL)
    g_date_set_parse (day, normal);
  return g_date_valid (day);
}

/* Of each policy the version that decides on the day, as for “check”. */
static GPtrArray *
make_targets (ShyImportAssistant *assistant,
              gpointer            data)
{
  Options              *self = data;
  guint                 county = adw_combo_row_get_selected (self->county);
  g_autoptr (GPtrArray) policies = NULL;
  GPtrArray            *targets;
  GDate                 on;

  if (!read_day (self, &on))
    return NULL;
  policies = shy_policy_registry_list_for_day (subsidy_desk_get_policies (self->desk), &on);
  targets = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < policies->len; i++)
    g_ptr_array_add (targets, subsidy_target_new (policies->pdata[i],
                                                  county < self->counties->len
                                                    ? self->counties->pdata[county] : NULL, &on));
  return targets;
}

static void
county_chosen_cb (Options *self)
{
  if (!self->filling)
    shy_import_assistant_reload (self->assistant);
}

static void
day_changed_cb (Options *self)
{
  GDate day;

  if (self->filling)
    return;
  if (read_day (self, &day))
    gtk_widget_remove_css_class (GTK_WIDGET (self->on), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->on), "error");
  shy_import_assistant_reload (self->assistant);
}

/* The first row stands for “as each row says”. */
static GtkWidget *
new_county (Options *self)
{
  ShyCountyRegistry        *registry = shy_county_registry_get_default (NULL);
  g_autoptr (GPtrArray)     counties = shy_county_registry_list_scope (registry, "");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget                *row = adw_combo_row_new ();

  self->counties = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->counties, NULL);
  gtk_string_list_append (names, _("As each row says"));
  for (guint i = 0; i < counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (counties, i);

      g_ptr_array_add (self->counties, g_strdup (shy_county_get_code (county)));
      gtk_string_list_append (names, shy_county_get_name (county));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("County"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (county_chosen_cb), self);
  return row;
}

static GtkWidget *
new_day (Options *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *today = g_date_time_format (now, "%Y-%m-%d");
  GtkWidget            *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Decided for the day (as 2025-06-30)"));
  gtk_editable_set_text (GTK_EDITABLE (row), today);
  g_signal_connect_swapped (row, "notify::text", G_CALLBACK (day_changed_cb), self);
  return row;
}

void
subsidy_import_view_set_up (ShyImportAssistant *assistant,
                            SubsidyDesk        *desk)
{
  const ShyImportWords words = {
    _("How it is decided"), _("Policy"), _("_Decide"), _("Deciding the applications…"),
    _("Keeping the decisions…"), _("Show the _Cases"),
  };
  Options *self = g_new0 (Options, 1);

  self->assistant = assistant;
  self->desk = g_object_ref (desk);
  self->county = ADW_COMBO_ROW (new_county (self));
  self->on = ADW_ENTRY_ROW (new_day (self));
  g_object_set_data_full (G_OBJECT (assistant), "subsidy-options", self, options_free);
  shy_import_assistant_add_option (assistant, GTK_WIDGET (self->county));
  shy_import_assistant_add_option (assistant, GTK_WIDGET (self->on));
  shy_import_assistant_set_targets (assistant, subsidy_desk_get_store (desk), &words, make_targets, self);
}

/* Whoever looks at one county opens the files of that county. */
static void
select_county (Options *self)
{
  const char *scope = shy_context_get_scope (subsidy_desk_get_context (self->desk));
  guint       position = 0;

  for (guint i = 1; i < self->counties->len; i++)
    if (g_str_equal (g_ptr_array_index (self->counties, i), scope))
      position = i;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->county, position);
  self->filling = FALSE;
}

/* subsidy_import_view_open: shows a spreadsheet with the policy that fits its headers best. */
void
subsidy_import_view_open (ShyImportAssistant *assistant,
                          GFile              *file)
{
  select_county (g_object_get_data (G_OBJECT (assistant), "subsidy-options"));
  shy_import_assistant_open (assistant, file);
}
