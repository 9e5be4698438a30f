/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policies-list.h"

#include "policies-rows.h"

#include <glib/gi18n-lib.h>

/* As many finds are shown; with more, the words are too common. */
#define MOST_FOUND 100

struct _PoliciesList
{
  AdwBin               parent_instance;

  GtkSearchEntry      *search;
  GtkStack            *stack;
  GtkScrolledWindow   *window;
  AdwPreferencesGroup *faults;
  GtkListBox          *rows;
  GtkLabel            *more;

  PoliciesCatalogue   *catalogue; /* not owned, (nullable) until it is read */
  GPtrArray           *broken;    /* (owned) of GtkWidget: rows of faults */
};

G_DEFINE_FINAL_TYPE (PoliciesList, policies_list, ADW_TYPE_BIN)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear_rows (PoliciesList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, row);
}

static void
add_door (PoliciesList         *self,
          GtkWidget            *row,
          guint                 index,
          const ShyPolicyEntry *entry)
{
  policies_row_make_door (row);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (row), "entry", (gpointer) entry);
  gtk_list_box_append (self->rows, row);
}

static void
add_policy (PoliciesList *self,
            guint         index)
{
  ShyPolicy       *policy = policies_catalogue_get_policy (self->catalogue, index);
  guint            unverified = shy_policy_count_unverified (policy);
  const char      *group = shy_policy_get_group (policy);
  g_autofree char *dates = shy_policy_describe_effective (policy);
  g_autofree char *subtitle = NULL;
  g_autofree char *mark = NULL;
  GtkWidget       *row;

  /* Translators: the group of counties of a policy, from when to when it is in force, its version. */
  subtitle = g_strdup_printf (_("%s · %s · version %s"), group != NULL ? group : _("every county"),
                              dates, shy_policy_get_version (policy));
  row = policies_row_new (shy_policy_get_title (policy), subtitle);
  if (policies_catalogue_waits (self->catalogue, policy))
    policies_row_add_mark (row, _("Update waits"));
  if (unverified > 0)
    {
      mark = g_strdup_printf (ngettext ("%u not verified", "%u not verified", unverified), unverified);
      policies_row_add_mark (row, mark);
    }
  add_door (self, row, index, NULL);
}

static void
add_found (PoliciesList         *self,
           guint                 index,
           const ShyPolicyEntry *entry)
{
  ShyPolicy       *policy = policies_catalogue_get_policy (self->catalogue, index);
  g_autofree char *subtitle = NULL;
  GtkWidget       *row;

  /* Translators: a policy, and a part of it. */
  subtitle = g_strdup_printf (_("%s · %s"), shy_policy_get_title (policy),
                              shy_policy_section_to_label (entry->section));
  row = policies_row_new (entry->title, subtitle);
  policies_row_add_mark (row, entry->mark);
  add_door (self, row, index, entry);
}

static gboolean
policy_matches (ShyPolicy  *policy,
                const char *words)
{
  const char       *texts[] = { shy_policy_get_title (policy), shy_policy_get_id (policy),
                                shy_policy_get_summary (policy), shy_policy_get_group (policy) };
  g_autofree char  *folded = shy_name_fold (words);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = texts[i] != NULL ? shy_name_fold (texts[i]) : NULL;

      if (text != NULL && strstr (text, folded) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* First the policies that are called so, then all that any of them says. */
static guint
find (PoliciesList *self,
      const char   *words)
{
  guint found = 0;

  for (guint i = 0; i < policies_catalogue_get_size (self->catalogue); i++)
    if (policy_matches (policies_catalogue_get_policy (self->catalogue, i), words) && ++found)
      add_policy (self, i);
  for (guint i = 0; i < policies_catalogue_get_size (self->catalogue); i++)
    {
      GPtrArray *entries = policies_catalogue_get_entries (self->catalogue, i);

      for (guint j = 0; j < entries->len; j++)
        if (shy_policy_entry_matches (g_ptr_array_index (entries, j), words)
            && ++found <= MOST_FOUND)
          add_found (self, i, g_ptr_array_index (entries, j));
    }

  return found;
}

static void
fill (PoliciesList *self)
{
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *words = g_strstrip (g_strdup (typed));
  g_autofree char *more = NULL;
  guint            found = 0;

  clear_rows (self);
  if (self->catalogue == NULL)
    return;
  if (*words != '\0')
    found = find (self, words);
  else
    for (guint i = 0; i < policies_catalogue_get_size (self->catalogue); i++)
      add_policy (self, i);
  more = g_strdup_printf (ngettext ("%u find in all; type more of what you look for.",
                                    "%u finds in all; type more of what you look for.", found),
                          found);
  gtk_label_set_label (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), found > MOST_FOUND);
  gtk_widget_set_visible (GTK_WIDGET (self->faults), self->broken->len > 0 && *words == '\0');
  gtk_stack_set_visible_child_name (self->stack, *words != '\0' && found == 0 ? "none" : "list");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
}

/* What is wrong with a pack is said as the loader says it: the file, the member, what to do. */
static void
show_faults (PoliciesList *self)
{
  GPtrArray *problems = shy_policy_registry_get_problems (self->catalogue->registry);

  for (guint i = 0; i < self->broken->len; i++)
    adw_preferences_group_remove (self->faults, g_ptr_array_index (self->broken, i));
  g_ptr_array_set_size (self->broken, 0);
  for (guint i = 0; i < problems->len; i++)
    {
      const ShyPolicyProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char        *name = g_path_get_basename (problem->file);
      GtkWidget              *row = policies_row_new (name, problem->message);

      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-error-symbolic");
      adw_preferences_group_add (self->faults, row);
      g_ptr_array_add (self->broken, row);
    }
}

static void
search_changed_cb (PoliciesList *self)
{
  fill (self);
}

static void
clear_search_cb (PoliciesList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
row_activated_cb (PoliciesList  *self,
                  GtkListBoxRow *row)
{
  guint    index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
  gpointer entry = g_object_get_data (G_OBJECT (row), "entry");

  g_signal_emit (self, signals[CHOSEN], 0, index, entry);
}

static void
policies_list_finalize (GObject *object)
{
  g_ptr_array_unref (POLICIES_LIST (object)->broken);

  G_OBJECT_CLASS (policies_list_parent_class)->finalize (object);
}

static void
policies_list_class_init (PoliciesListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = policies_list_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", POLICIES_TYPE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/policies/policies-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PoliciesList, search);
  gtk_widget_class_bind_template_child (widget_class, PoliciesList, stack);
  gtk_widget_class_bind_template_child (widget_class, PoliciesList, window);
  gtk_widget_class_bind_template_child (widget_class, PoliciesList, faults);
  gtk_widget_class_bind_template_child (widget_class, PoliciesList, rows);
  gtk_widget_class_bind_template_child (widget_class, PoliciesList, more);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
policies_list_init (PoliciesList *self)
{
  self->broken = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  shy_list_keys_add (GTK_WIDGET (self->rows), GTK_WIDGET (self->search));
}

/* policies_list_set_catalogue: shows what there is; @catalogue must outlive it. */
void
policies_list_set_catalogue (PoliciesList      *self,
                             PoliciesCatalogue *catalogue)
{
  g_return_if_fail (POLICIES_IS_LIST (self));

  self->catalogue = catalogue;
  show_faults (self);
  fill (self);
}

/* policies_list_begin_search: hands the keys to the search. */
void
policies_list_begin_search (PoliciesList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
