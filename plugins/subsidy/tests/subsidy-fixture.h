/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-case.h"
#include "subsidy-dataset.h"
#include "subsidy-list.h"
#include "subsidy-register.h"
#include "subsidy-results.h"
#include "subsidy-row.h"
#include "subsidy-target.h"

#include "../../../tests/database.h"
#include "../../../tests/decisions.h"

#define POSTDOC "zj-postdoc-grant"

/* A folder and a database of its own for each test. */
typedef struct
{
  char      *folder;
  char      *path;
  ShyStore  *store;
  ShyPolicy *policy;
  GDate      on;
} Fixture;

static inline ShyPolicy *
find_policy (const char *id,
             const GDate *on)
{
  g_autoptr (ShyPolicyRegistry) registry = shy_policy_registry_new ();
  g_autoptr (GError)            error = NULL;
  ShyPolicy                    *policy = shy_policy_registry_lookup (registry, id, on, &error);

  g_assert_no_error (error);
  return policy;
}

static inline void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("subsidy-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "shanye.db", NULL);
  self->store = subsidy_open_store (self->path, &error);
  g_assert_no_error (error);
  decide_for_counties (self->store);
  g_date_clear (&self->on, 1);
  g_date_set_dmy (&self->on, 30, 6, 2025);
  self->policy = find_policy (POSTDOC, &self->on);
}

/* Lists that are gone may still have something read for them, beside all else; the files go when nobody
 * reads them any more. */
static inline void
close_store (ShyStore *store)
{
  while (g_atomic_int_get ((int *) &G_OBJECT (store)->ref_count) > 1)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_object_unref (store);
}

static inline void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  close_store (self->store);
  g_clear_object (&self->policy);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static inline char *
sample (const char *name)
{
  return shy_data_build ("samples", name, NULL);
}

static inline ShyImport *
new_import (Fixture   *self,
            ShyPolicy *policy)
{
  g_autoptr (SubsidyTarget) target = subsidy_target_new (policy, NULL, &self->on);

  return shy_import_new (self->store, SHY_IMPORT_TARGET (target));
}

static inline ShyImport *
import_sample (Fixture    *self,
               const char *name)
{
  g_autofree char   *path = sample (name);
  g_autoptr (GError) error = NULL;
  ShyImport     *import = new_import (self, self->policy);

  shy_import_open (import, path, NULL, &error);
  g_assert_no_error (error);
  shy_import_run (import, NULL, &error);
  g_assert_no_error (error);
  return import;
}

static inline gint64
commit_sample (Fixture    *self,
               const char *name)
{
  g_autoptr (ShyImport) import = import_sample (self, name);
  g_autoptr (GError)        error = NULL;
  gint64                    batch = shy_import_commit (import, NULL, &error);

  g_assert_no_error (error);
  return batch;
}

