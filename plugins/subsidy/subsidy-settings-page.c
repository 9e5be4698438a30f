/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-settings-page.h"

#include "subsidy-desk.h"
#include "subsidy-setting-row.h"

#include <glib/gi18n-lib.h>

/* What a county decided where the policies leave it open. */
struct _SubsidySettingsPage
{
  AdwPreferencesPage parent_instance;

  SubsidyDesk  *desk;        /* (owned) (nullable): until it is open */
  GCancellable *cancellable; /* (owned) */
  GPtrArray    *counties;    /* (owned) (element-type ShyCounty): in the order of the list */
  GtkWidget    *county;      /* the list; its first row is "choose" */
  GPtrArray    *groups;      /* of Group */
};

/* The rows of one policy. */
typedef struct
{
  SubsidySettingsPage *page;
  ShyPolicy           *policy; /* (owned) */
  GtkWidget           *widget;
  GPtrArray           *rows;   /* in the order of the policy's settings */
} Group;

G_DEFINE_FINAL_TYPE (SubsidySettingsPage, subsidy_settings_page, ADW_TYPE_PREFERENCES_PAGE)

static void
group_free (gpointer data)
{
  Group *self = data;

  g_object_unref (self->policy);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static const char *
get_county (SubsidySettingsPage *self)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self->county));

  return place == 0 || place > self->counties->len
           ? NULL : shy_county_get_code (g_ptr_array_index (self->counties, place - 1));
}

static void
say (SubsidySettingsPage *self, const char *message)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (ADW_IS_PREFERENCES_WINDOW (window))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (message));
}

/* What is read or written on the store's worker. */
typedef struct
{
  char       *county;
  char       *policy;
  char       *name;   /* (nullable): with what is written */
  char       *value;  /* (nullable) */
  GPtrArray  *wanted; /* of ids: with what is read */
  GHashTable *read;   /* id → settings of the counties */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_free (self->county);
  g_free (self->policy);
  g_free (self->name);
  g_free (self->value);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->read, g_hash_table_unref);
  g_free (self);
}

static gboolean
read_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  work->read = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                      (GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < work->wanted->len; i++)
    {
      GHashTable *counties = shy_county_settings_load (connection, work->wanted->pdata[i], error);

      if (counties == NULL)
        return FALSE;
      g_hash_table_insert (work->read, work->wanted->pdata[i], counties);
    }
  return TRUE;
}

static gboolean
write_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return shy_county_settings_set (connection, work->policy, work->county, work->name, work->value,
                                  NULL, error);
}

static void
show_group (Group *group, GHashTable *counties, const char *county)
{
  GPtrArray  *settings = shy_policy_get_settings (group->policy);
  GHashTable *own = g_hash_table_lookup (counties, county);

  for (guint i = 0; i < group->rows->len; i++)
    {
      const ShyPolicySetting *setting = g_ptr_array_index (settings, i);
      const char             *value = own != NULL ? g_hash_table_lookup (own, setting->field.name) : NULL;

      subsidy_setting_row_show (g_ptr_array_index (group->rows, i),
                                value != NULL ? value : setting->value);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SubsidySettingsPage) self = data;
  g_autoptr (GError)              error = NULL;
  Work                           *work = shy_store_get_job_data (result);

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, error->message);
      return;
    }
  if (g_strcmp0 (work->county, get_county (self)) != 0)
    return;
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      show_group (group, g_hash_table_lookup (work->read, shy_policy_get_id (group->policy)),
                  work->county);
      gtk_widget_set_visible (group->widget, TRUE);
    }
}

static void
read_settings (SubsidySettingsPage *self)
{
  Work *work;

  if (self->desk == NULL || get_county (self) == NULL)
    return;
  work = g_new0 (Work, 1);
  work->county = g_strdup (get_county (self));
  work->wanted = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_add (work->wanted, g_strdup (shy_policy_get_id (
                                     ((Group *) self->groups->pdata[i])->policy)));
  shy_store_run_async (subsidy_desk_get_store (self->desk), SHY_STORE_READ, read_job, work,
                       work_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
county_cb (SubsidySettingsPage *self)
{
  for (guint i = 0; i < self->groups->len && get_county (self) == NULL; i++)
    gtk_widget_set_visible (((Group *) self->groups->pdata[i])->widget, FALSE);
  read_settings (self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SubsidySettingsPage) self = data;
  g_autoptr (GError)              error = NULL;

  if (shy_store_run_finish (SHY_STORE (source), result, &error))
    say (self, _("Stored. What was decided before stays as it is."));
  else
    say (self, error->message);
}

static void
answer (GtkWidget *row, const char *text, gpointer data)
{
  Group                  *group = data;
  SubsidySettingsPage    *self = group->page;
  guint                   place;
  const ShyPolicySetting *setting;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *value = NULL;
  Work                   *work;

  if (get_county (self) == NULL || !g_ptr_array_find (group->rows, row, &place))
    return;
  setting = g_ptr_array_index (shy_policy_get_settings (group->policy), place);
  if (text != NULL && (value = shy_policy_setting_normalize (setting, text, &error)) == NULL)
    {
      say (self, error->message);
      return;
    }
  work = g_new0 (Work, 1);
  work->county = g_strdup (get_county (self));
  work->policy = g_strdup (shy_policy_get_id (group->policy));
  work->name = g_strdup (setting->field.name);
  work->value = g_steal_pointer (&value);
  shy_store_run_async (subsidy_desk_get_store (self->desk), SHY_STORE_WRITE, write_job, work,
                       work_free, NULL, written_cb, g_object_ref (self));
}

static void
add_group (SubsidySettingsPage *self, ShyPolicy *policy)
{
  GPtrArray *settings = shy_policy_get_settings (policy);
  Group     *group = g_new0 (Group, 1);

  group->page = self;
  group->policy = g_object_ref (policy);
  group->rows = g_ptr_array_new ();
  group->widget = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group->widget),
                                   shy_policy_get_title (policy));
  for (guint i = 0; i < settings->len; i++)
    {
      GtkWidget *row = subsidy_setting_row_new (g_ptr_array_index (settings, i), answer, group);

      g_ptr_array_add (group->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group->widget), row);
    }
  gtk_widget_set_visible (group->widget, FALSE);
  g_ptr_array_add (self->groups, group);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group->widget));
}

/* A policy may be there in several versions, the newest behind the others. */
static void
add_groups (SubsidySettingsPage *self)
{
  GPtrArray *policies = shy_policy_registry_get_policies (subsidy_desk_get_policies (self->desk));

  for (guint i = 0; i < policies->len; i++)
    {
      ShyPolicy *policy = g_ptr_array_index (policies, i);

      if (shy_policy_get_settings (policy)->len > 0 &&
          (i + 1 == policies->len ||
           !g_str_equal (shy_policy_get_id (policy),
                         shy_policy_get_id (g_ptr_array_index (policies, i + 1)))))
        add_group (self, policy);
    }
}

static void
list_counties (SubsidySettingsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *scope = shy_context_get_scope (subsidy_desk_get_context (self->desk));
  guint       place = 0;

  self->counties = shy_county_registry_list_scope (shy_county_registry_get_default (NULL), "");
  gtk_string_list_append (names, _("Choose a county"));
  for (guint i = 0; i < self->counties->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (self->counties, i);

      gtk_string_list_append (names, shy_county_get_name (county));
      if (g_str_equal (shy_county_get_code (county), scope))
        place = i + 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->county), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->county), place);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SubsidySettingsPage) self = data;
  g_autoptr (GError)              error = NULL;
  SubsidyDesk                    *desk = subsidy_desk_open_finish (result, &error);

  if (desk == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, error->message);
      return;
    }
  self->desk = desk;
  add_groups (self);
  list_counties (self);
  g_signal_connect_object (self->county, "notify::selected", G_CALLBACK (county_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (subsidy_desk_get_store (desk), "changed::" SHY_COUNTY_SETTINGS_TOPIC,
                           G_CALLBACK (read_settings), self, G_CONNECT_SWAPPED);
  read_settings (self);
}

static void
subsidy_settings_page_dispose (GObject *object)
{
  SubsidySettingsPage *self = SUBSIDY_SETTINGS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->counties, g_ptr_array_unref);

  G_OBJECT_CLASS (subsidy_settings_page_parent_class)->dispose (object);
}

static void
subsidy_settings_page_finalize (GObject *object)
{
  g_ptr_array_unref (SUBSIDY_SETTINGS_PAGE (object)->groups);

  G_OBJECT_CLASS (subsidy_settings_page_parent_class)->finalize (object);
}

static void
subsidy_settings_page_class_init (SubsidySettingsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = subsidy_settings_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = subsidy_settings_page_finalize;
}

static void
subsidy_settings_page_init (SubsidySettingsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->cancellable = g_cancellable_new ();
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->county = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->county), _("County"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Where the documents leave something open, the county decides. As long as it has not, what "
      "hangs on it goes to a person. Each change is noted in the journal."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->county);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "county-decisions");
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _("County Decisions"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "shanye-person-symbolic");
}

GtkWidget *
subsidy_settings_page_new (ShyContext *context)
{
  SubsidySettingsPage *self = g_object_new (SUBSIDY_TYPE_SETTINGS_PAGE, NULL);

  subsidy_desk_open_async (context, self->cancellable, opened_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
