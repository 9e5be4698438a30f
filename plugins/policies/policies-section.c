/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-section.h"

#include "policies-rows.h"

#include <glib/gi18n-lib.h>

struct _PoliciesSection
{
  AdwBin             parent_instance;

  GtkLabel          *title;
  GtkLabel          *subtitle;
  GtkScrolledWindow *window;
  GtkLabel          *nothing;
  GtkListBox        *rows;
};

G_DEFINE_FINAL_TYPE (PoliciesSection, policies_section, ADW_TYPE_BIN)

static void
begin (PoliciesSection *self,
       ShyPolicy       *policy,
       const char      *title)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, row);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, shy_policy_get_title (policy));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
}

static void
end (PoliciesSection *self,
     const char      *nothing)
{
  gboolean empty = gtk_widget_get_first_child (GTK_WIDGET (self->rows)) == NULL;

  gtk_label_set_label (self->nothing, nothing);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), empty && nothing != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), !empty);
}

static const char *
say_nothing (ShyPolicySection section)
{
  switch (section)
    {
    case SHY_POLICY_SECTION_CASES:
      return _("The pack has no cases: nothing shows that it decides right.");
    case SHY_POLICY_SECTION_CHECKS:
      return _("Nothing was found that is probably not right.");
    case SHY_POLICY_SECTION_COUNTIES:
      return _("The policy leaves nothing to counties.");
    default:
      return _("The policy says nothing about this.");
    }
}

static void
policies_section_class_init (PoliciesSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/policies-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesSection, title);
  gtk_widget_class_bind_template_child (widget_class, PoliciesSection, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PoliciesSection, window);
  gtk_widget_class_bind_template_child (widget_class, PoliciesSection, nothing);
  gtk_widget_class_bind_template_child (widget_class, PoliciesSection, rows);
}

static void
policies_section_init (PoliciesSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* policies_section_show: shows those of @entries that are of @section; @wanted may be NULL. */
void
policies_section_show (PoliciesSection      *self,
                       ShyPolicy            *policy,
                       ShyPolicySection      section,
                       GPtrArray            *entries,
                       const ShyPolicyEntry *wanted)
{
  GtkWidget *found = NULL;

  begin (self, policy, shy_policy_section_to_label (section));
  for (guint i = 0; i < entries->len; i++)
    {
      const ShyPolicyEntry *entry = g_ptr_array_index (entries, i);
      GtkWidget            *row;

      if (entry->section != section)
        continue;
      row = policies_fold_new_entry (entry);
      gtk_list_box_append (self->rows, row);
      if (entry == wanted)
        found = row;
    }
  end (self, say_nothing (section));
  if (found != NULL)
    policies_fold_open (found);
}

static char *
format_time (const char *time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (time, NULL);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup (time);
}

static char *
name_county (const char *code)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);
  ShyCounty         *county = counties != NULL ? shy_county_registry_find (counties, code) : NULL;

  return g_strdup (county != NULL ? shy_county_get_name (county) : code);
}

static void
add_decision (PoliciesSection         *self,
              ShyPolicy               *policy,
              const ShyCountyDecision *decision)
{
  const ShyPolicySetting *setting = shy_policy_find_setting (policy, decision->name);
  const char             *label = setting != NULL ? shy_field_get_label (&setting->field)
                                                    : decision->name;
  g_autofree char        *county = name_county (decision->county);
  g_autofree char        *time = format_time (decision->time);
  g_autofree char        *title = NULL;
  GtkWidget              *row;

  /* Translators: a county, what it decided about, and what it decided. */
  title = g_strdup_printf (_("%s · %s: %s"), county, label,
                           decision->value != NULL ? decision->value : _("taken back"));
  row = policies_fold_new (title, time, NULL);
  policies_fold_add (row, _("By which document"),
                     decision->source != NULL ? decision->source : _("none was named"), FALSE);
  policies_fold_add (row, _("Noted by"), decision->actor, FALSE);
  policies_fold_add (row, _("When"), time, FALSE);
  gtk_list_box_append (self->rows, row);
}

/* policies_section_show_decisions: what counties decided, the latest first, as the journal has it. */
void
policies_section_show_decisions (PoliciesSection    *self,
                                 ShyPolicy          *policy,
                                 const PoliciesWork *work)
{
  begin (self, policy, _("Decisions of Counties"));
  for (guint i = 0; i < work->decisions->len; i++)
    add_decision (self, policy, g_ptr_array_index (work->decisions, i));
  end (self, work->why != NULL
               ? work->why : _("No county decided anything about it yet. Say it in the preferences, or "
                               "with “shanyectl setting set”."));
}
