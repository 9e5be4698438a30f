/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-desk.h"

#include "subsidy-dataset.h"

#include <string.h>

struct _SubsidyDesk
{
  GObject            parent_instance;
  ShyContext        *context;   /* (owned) */
  ShyStore          *store;     /* (owned) */
  ShyPolicyRegistry *policies;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (SubsidyDesk, subsidy_desk, G_TYPE_OBJECT)

enum { POLICIES_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
subsidy_desk_dispose (GObject *object)
{
  SubsidyDesk *self = SUBSIDY_DESK (object);

  g_clear_object (&self->context);
  g_clear_object (&self->store);
  g_clear_object (&self->policies);

  G_OBJECT_CLASS (subsidy_desk_parent_class)->dispose (object);
}

static void
subsidy_desk_class_init (SubsidyDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = subsidy_desk_dispose;

  signals[POLICIES_CHANGED] =
    g_signal_new ("policies-changed", SUBSIDY_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
subsidy_desk_init (SubsidyDesk *self)
{
}

/* The counties are read here too, so that naming one never waits for the disk. */
static void
read_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  SubsidyDesk *self = data;
  GError      *error = NULL;

  self->policies = shy_context_load_policies (self->context, &error);
  if (self->policies == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
policies_changed_cb (SubsidyDesk *self)
{
  if (g_set_object (&self->policies, shy_context_get_policies (self->context)))
    g_signal_emit (self, signals[POLICIES_CHANGED], 0);
}

/*
 * subsidy_desk_read_policies: reads the policies again, as after a new version was accepted or taken
 * back, or a file was put right: what is decided from now on is decided by what is there now. Emits
 * “policies-changed” once they are read.
 */
void
subsidy_desk_read_policies (SubsidyDesk *self)
{
  shy_context_read_policies (self->context);
}

/* All is open by now; what the steps of the tables left to be done begins behind it. */
static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  shy_context_open_finish (SHY_CONTEXT (source), result, NULL);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  SubsidyDesk      *self = g_task_get_task_data (task);
  GError           *error = NULL;

  self->store = subsidy_open_store_finish (result, &error);
  if (self->store == NULL)
    g_task_return_error (task, error);
  else
    {
      g_signal_connect_object (self->context, "notify::policies", G_CALLBACK (policies_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_task_run_in_thread (task, read_worker);
    }
}

void
subsidy_desk_open_async (ShyContext          *context,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask       *task = g_task_new (NULL, cancellable, callback, user_data);
  SubsidyDesk *self = g_object_new (SUBSIDY_TYPE_DESK, NULL);

  self->context = g_object_ref (context);
  g_task_set_source_tag (task, subsidy_desk_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  subsidy_open_store_async (shy_context_get_database (context), cancellable, opened_cb, task);
}

SubsidyDesk *
subsidy_desk_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  SubsidyDesk *self = g_task_propagate_pointer (G_TASK (result), error);

  if (self != NULL)
    shy_context_open_async (self->context, NULL, begun_cb, NULL);
  return self;
}

ShyContext *
subsidy_desk_get_context (SubsidyDesk *self)
{
  return self->context;
}

ShyStore *
subsidy_desk_get_store (SubsidyDesk *self)
{
  return self->store;
}

ShyPolicyRegistry *
subsidy_desk_get_policies (SubsidyDesk *self)
{
  return self->policies;
}

/* A place of the province that is none of the counties is named from its city on. */
static char *
dup_place_name (const char *code)
{
  g_autofree char *province = shy_area_dup_name ("330000");
  g_autofree char *name = shy_area_dup_name (code);

  if (name == NULL)
    return g_strdup (code);
  if (province != NULL && g_str_has_prefix (name, province) && strlen (name) > strlen (province))
    return g_strdup (name + strlen (province));
  return g_steal_pointer (&name);
}

/* subsidy_desk_dup_county: the short name of a county, that of another place in full, or its code where
 * no such place is known. */
char *
subsidy_desk_dup_county (const char *code)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);
  ShyCounty         *county = NULL;

  if (code == NULL)
    return g_strdup ("");
  if (counties != NULL)
    county = shy_county_registry_get (counties, code);

  return county != NULL ? g_strdup (shy_county_get_short_name (county)) : dup_place_name (code);
}
