/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-policy.h"

#include "policies-rows.h"

#include <glib/gi18n-lib.h>

struct _PoliciesPolicy
{
  AdwBin             parent_instance;

  GtkLabel          *title;
  GtkLabel          *subtitle;
  GtkScrolledWindow *window;
  GtkLabel          *summary;
  GtkListBox        *doors;
  GtkListBox        *facts;

  GtkWidget         *rows[POLICIES_N_DOORS]; /* not owned */
};

G_DEFINE_FINAL_TYPE (PoliciesPolicy, policies_policy, ADW_TYPE_BIN)

enum { DOOR_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_door (PoliciesPolicy *self,
          guint           door,
          const char     *title,
          const char     *subtitle)
{
  GtkWidget *row = policies_row_new (title, subtitle);

  policies_row_make_door (row);
  g_object_set_data (G_OBJECT (row), "door", GUINT_TO_POINTER (door));
  gtk_list_box_append (self->doors, row);
  self->rows[door] = row;
}

/* "12 entries, 3 to be looked at". */
static char *
count (GPtrArray        *entries,
       ShyPolicySection  section)
{
  guint            all = 0, marked = 0;
  g_autofree char *some = NULL;
  g_autofree char *attention = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const ShyPolicyEntry *entry = g_ptr_array_index (entries, i);

      all += entry->section == section;
      marked += entry->section == section && entry->mark != NULL;
    }
  some = g_strdup_printf (ngettext ("%u entry", "%u entries", all), all);
  if (marked == 0)
    return g_steal_pointer (&some);
  attention = g_strdup_printf (ngettext ("%u not verified", "%u not verified", marked), marked);

  /* Translators: how many entries, and how many of them are not verified. */
  return g_strdup_printf (_("%s, %s"), some, attention);
}

static void
add_doors (PoliciesPolicy *self,
           GPtrArray      *entries,
           gboolean        update_waits)
{
  clear (self->doors);
  if (update_waits)
    add_door (self, POLICIES_DOOR_UPDATES, _("An Update Waits"),
              _("Read what it changes, then accept or discard it."));
  for (guint section = 0; section < SHY_POLICY_SECTION_CASES; section++)
    {
      g_autofree char *subtitle = count (entries, section);

      add_door (self, section, shy_policy_section_to_label (section), subtitle);
    }
  add_door (self, POLICIES_DOOR_DECISIONS, _("Decisions of Counties"), _("Being read…"));
  add_door (self, SHY_POLICY_SECTION_CASES, shy_policy_section_to_label (SHY_POLICY_SECTION_CASES),
            _("Being decided…"));
  add_door (self, SHY_POLICY_SECTION_CHECKS, shy_policy_section_to_label (SHY_POLICY_SECTION_CHECKS),
            _("Being checked…"));
  add_door (self, POLICIES_DOOR_TRIAL, _("Try a Case"), _("Enter facts and see how it would decide them."));
}

static void
add_fact (PoliciesPolicy *self,
          const char     *label,
          const char     *text)
{
  gtk_list_box_append (self->facts, policies_line_row_new (label, text));
}

static void
add_facts (PoliciesPolicy *self,
           ShyPolicy      *policy)
{
  const char      *group = shy_policy_get_group (policy);
  g_autofree char *dates = shy_policy_describe_effective (policy);
  g_autofree char *whose = shy_policy_origin_to_label (shy_policy_get_origin (policy));

  clear (self->facts);
  add_fact (self, _("In force"), dates);
  add_fact (self, _("For"), group != NULL ? group : _("every county"));
  add_fact (self, _("Version"), shy_policy_get_version (policy));
  add_fact (self, _("By whose word it decides"), whose);
  add_fact (self, _("Name for the command line"), shy_policy_get_id (policy));
  add_fact (self, _("Digest of its text"), shy_policy_get_digest (policy));
}

static void
door_activated_cb (PoliciesPolicy *self,
                   GtkListBoxRow  *row)
{
  g_signal_emit (self, signals[DOOR_CHOSEN], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "door")));
}

static void
policies_policy_class_init (PoliciesPolicyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[DOOR_CHOSEN] = g_signal_new ("door-chosen", POLICIES_TYPE_POLICY, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/policies-policy.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesPolicy, title);
  gtk_widget_class_bind_template_child (widget_class, PoliciesPolicy, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PoliciesPolicy, window);
  gtk_widget_class_bind_template_child (widget_class, PoliciesPolicy, summary);
  gtk_widget_class_bind_template_child (widget_class, PoliciesPolicy, doors);
  gtk_widget_class_bind_template_child (widget_class, PoliciesPolicy, facts);
  gtk_widget_class_bind_template_callback (widget_class, door_activated_cb);
}

static void
policies_policy_init (PoliciesPolicy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* policies_policy_show: shows a policy; what takes work comes with policies_policy_set_work(). */
void
policies_policy_show (PoliciesPolicy *self,
                      ShyPolicy      *policy,
                      GPtrArray      *entries,
                      gboolean        update_waits)
{
  const char      *summary = shy_policy_get_summary (policy);
  g_autofree char *version = g_strdup_printf (_("Version %s"), shy_policy_get_version (policy));

  g_return_if_fail (POLICIES_IS_POLICY (self));

  gtk_label_set_label (self->title, shy_policy_get_title (policy));
  gtk_label_set_label (self->subtitle, version);
  gtk_label_set_label (self->summary, summary != NULL ? summary : "");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary != NULL);
  add_doors (self, entries, update_waits);
  add_facts (self, policy);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
}

static guint
count_marked (GPtrArray *entries)
{
  guint count = 0;

  for (guint i = 0; i < entries->len; i++)
    count += ((ShyPolicyEntry *) g_ptr_array_index (entries, i))->mark != NULL;

  return count;
}

static void
set_subtitle (PoliciesPolicy *self,
              guint           door,
              char           *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[door]), text);
  g_free (text);
}

/* policies_policy_set_work: says what the cases and checks came to, and how much counties decided. */
void
policies_policy_set_work (PoliciesPolicy     *self,
                          const PoliciesWork *work)
{
  guint cases = work->cases->len;
  guint others = count_marked (work->cases);
  guint decisions = work->decisions->len;

  if (others > 0)
    set_subtitle (self, SHY_POLICY_SECTION_CASES,
                  g_strdup_printf (ngettext ("%u case comes out otherwise: the pack decides nothing",
                                             "%u cases come out otherwise: the pack decides nothing",
                                             others), others));
  else
    set_subtitle (self, SHY_POLICY_SECTION_CASES,
                  g_strdup_printf (ngettext ("%u case, which comes out as expected",
                                             "%u cases, all come out as expected", cases), cases));
  set_subtitle (self, SHY_POLICY_SECTION_CHECKS,
                work->checks->len == 0
                  ? g_strdup (_("Nothing was found"))
                  : g_strdup_printf (ngettext ("%u finding", "%u findings", work->checks->len),
                                     work->checks->len));
  if (work->why != NULL)
    set_subtitle (self, POLICIES_DOOR_DECISIONS, g_strdup (work->why));
  else
    set_subtitle (self, POLICIES_DOOR_DECISIONS,
                  g_strdup_printf (ngettext ("%u decision in the journal", "%u decisions in the journal",
                                             decisions), decisions));
}
