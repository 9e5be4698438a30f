/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-registry.h"

#include "policy/shy-policy-private.h"
#include "policy/shy-policy-reader-private.h"
#include "policy/shy-policy-test.h"

#include "shy-data.h"
#include "shy-error.h"
#include "shy-version.h"

#include <glib/gi18n-lib.h>

/**
 * ShyPolicyRegistry:
 *
 * The policies that the program knows: those it ships, in the folder `policies` of its data, and
 * the person's own, in `$XDG_DATA_HOME/shanye/policies`. There may be several versions of one
 * policy; the day decides between them. A pack of the person's own takes the place of a shipped
 * one of the same id and version.
 *
 * A damaged pack is reported and hides no other. The registry is read once and does not change, so
 * any thread may read it.
 */
struct _ShyPolicyRegistry
{
  GObject     parent_instance;
  GPtrArray  *policies; /* of ShyPolicy, by id, then by date and version */
  GPtrArray  *problems; /* of ShyPolicyProblem */
  GMutex      lock;     /* guards passed */
  GHashTable *passed;   /* of ShyPolicy whose cases were run and came out as expected */
};

G_DEFINE_FINAL_TYPE (ShyPolicyRegistry, shy_policy_registry, G_TYPE_OBJECT)

static void
free_problem (gpointer data)
{
  ShyPolicyProblem *problem = data;

  g_free (problem->file);
  g_free (problem->message);
  g_free (problem);
}

static void
shy_policy_registry_finalize (GObject *object)
{
  ShyPolicyRegistry *self = SHY_POLICY_REGISTRY (object);

  g_ptr_array_unref (self->policies);
  g_ptr_array_unref (self->problems);
  g_hash_table_unref (self->passed);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (shy_policy_registry_parent_class)->finalize (object);
}

static void
shy_policy_registry_class_init (ShyPolicyRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_policy_registry_finalize;
}

static void
shy_policy_registry_init (ShyPolicyRegistry *self)
{
  self->policies = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = g_ptr_array_new_with_free_func (free_problem);
  self->passed = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->lock);
}

static void
add_problem (ShyPolicyRegistry *self, const char *path, char *message)
{
  ShyPolicyProblem *problem = g_new0 (ShyPolicyProblem, 1);

  problem->file = g_filename_display_name (path);
  problem->message = message;
  g_ptr_array_add (self->problems, problem);
}

/* Finds what has the id and version of @policy. */
static gboolean
find_same (ShyPolicyRegistry *self, ShyPolicy *policy, guint *position)
{
  for (guint i = 0; i < self->policies->len; i++)
    {
      ShyPolicy *other = g_ptr_array_index (self->policies, i);

      *position = i;
      if (g_str_equal (other->id, policy->id) && g_str_equal (other->version, policy->version))
        return TRUE;
    }
  return FALSE;
}

/* Takes a pack; @first is the number of policies that folders before this one brought. */
static void
add_file (ShyPolicyRegistry *self, const char *path, guint first)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ShyPolicy) policy = shy_policy_new_from_file (path, &error);
  guint                 position;

  if (policy == NULL)
    add_problem (self, path, g_strdup (error->message));
  else if (!find_same (self, policy, &position))
    g_ptr_array_add (self->policies, g_steal_pointer (&policy));
  else if (position < first)
    {
      g_object_unref (self->policies->pdata[position]);
      self->policies->pdata[position] = g_steal_pointer (&policy);
    }
  else
    add_problem (self, path,
                 g_strdup_printf (_("“%s” holds version %s of the policy “%s”, which “%s” holds "
                                    "too. Remove one of the two files."),
                                  policy->file, policy->version, policy->id,
                                  ((ShyPolicy *) self->policies->pdata[position])->file));
}

static gboolean
is_pack (const char *name)
{
  return g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A folder that is not there is empty: nobody must have policies of their own. */
static void
add_folder (ShyPolicyRegistry *self, const char *folder)
{
  g_autoptr (GDir)      dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;
  guint                 first = self->policies->len;
  const char           *name;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return;
  dir = g_dir_open (folder, 0, &error);
  if (dir == NULL)
    {
      add_problem (self, folder, g_strdup (error->message));
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_pack (name))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    add_file (self, g_ptr_array_index (names, i), first);
}

static int
compare_policies (gconstpointer a, gconstpointer b)
{
  const ShyPolicy *one = *(const ShyPolicy *const *) a;
  const ShyPolicy *other = *(const ShyPolicy *const *) b;
  const GDate     *from = one->effective.from;
  const GDate     *later = other->effective.from;
  int              order = strcmp (one->id, other->id);

  if (order == 0 && from != NULL && later != NULL)
    order = g_date_compare (from, later);
  else if (order == 0)
    order = (from != NULL) - (later != NULL);
  return order != 0 ? order : shy_version_compare (one->version, other->version);
}

/**
 * shy_policy_registry_build_own_folder:
 *
 * Gets the folder in which a person keeps policies of their own. It need not be there.
 *
 * Returns: (transfer full) (type filename): its path
 */
char *
shy_policy_registry_build_own_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "shanye", "policies", NULL);
}

/**
 * shy_policy_registry_new:
 *
 * Reads the policies that the program ships and the person's own. Blocks.
 *
 * Returns: (transfer full): the registry
 */
ShyPolicyRegistry *
shy_policy_registry_new (void)
{
  g_autofree char  *shipped = shy_data_build ("policies", NULL);
  g_autofree char  *own = shy_policy_registry_build_own_folder ();
  const char *const folders[] = { shipped, own, NULL };

  return shy_policy_registry_new_for_folders (folders);
}

/**
 * shy_policy_registry_new_for_folders:
 * @folders: (array zero-terminated=1) (element-type filename): where packs are; the later folder
 *   prevails
 *
 * Reads the policies of some folders. Blocks.
 *
 * Returns: (transfer full): the registry
 */
ShyPolicyRegistry *
shy_policy_registry_new_for_folders (const char *const *folders)
{
  ShyPolicyRegistry *self;

  g_return_val_if_fail (folders != NULL, NULL);

  self = g_object_new (SHY_TYPE_POLICY_REGISTRY, NULL);
  for (gsize i = 0; folders[i] != NULL; i++)
    add_folder (self, folders[i]);
  g_ptr_array_sort (self->policies, compare_policies);
  return self;
}

/**
 * shy_policy_registry_get_policies:
 * @self: a registry
 *
 * Returns: (transfer none) (element-type ShyPolicy): all versions of all policies, by id, then by
 *   the day from which they are in force
 */
GPtrArray *
shy_policy_registry_get_policies (ShyPolicyRegistry *self)
{
  g_return_val_if_fail (SHY_IS_POLICY_REGISTRY (self), NULL);

  return self->policies;
}

/**
 * shy_policy_registry_get_problems: (skip)
 * @self: a registry
 *
 * Returns: (transfer none): the packs that were not taken, each a #ShyPolicyProblem
 */
GPtrArray *
shy_policy_registry_get_problems (ShyPolicyRegistry *self)
{
  g_return_val_if_fail (SHY_IS_POLICY_REGISTRY (self), NULL);

  return self->problems;
}

static char **
list_ids (ShyPolicyRegistry *self)
{
  GPtrArray  *ids = g_ptr_array_new ();
  const char *last = "";

  for (guint i = 0; i < self->policies->len; i++)
    {
      const ShyPolicy *policy = g_ptr_array_index (self->policies, i);

      if (!g_str_equal (policy->id, last))
        g_ptr_array_add (ids, g_strdup (policy->id));
      last = policy->id;
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

static void
set_unknown (ShyPolicyRegistry *self, const char *id, GError **error)
{
  g_auto (GStrv)   ids = list_ids (self);
  g_autofree char *list = g_strjoinv (", ", ids);
  const char      *nearest = shy_json_nearest (id, ids);

  if (ids[0] == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no policy “%s”, and no other either. Install the program again."), id);
  else if (nearest != NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no policy “%s”. Did you mean “%s”? There are: %s."), id, nearest,
                 list);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no policy “%s”. There are: %s."), id, list);
}

/**
 * shy_policy_registry_lookup:
 * @self: a registry
 * @id: the id of a policy
 * @date: (nullable): the day that decides between versions, %NULL for today
 * @error: return location for an error
 *
 * Gets the version of a policy that was the newest on a day; before the first version came into
 * force, that one. So there is an answer for every day: whether the policy was in force then is
 * for its verdict to say.
 *
 * The cases of the pack were not run. What decides takes shy_policy_registry_activate() instead.
 *
 * Errors: %SHY_ERROR_NOT_FOUND, which lists the ids that there are.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
ShyPolicy *
shy_policy_registry_lookup (ShyPolicyRegistry *self,
                            const char        *id,
                            const GDate       *date,
                            GError           **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  ShyPolicy            *found = NULL;
  GDate                 today;

  g_return_val_if_fail (SHY_IS_POLICY_REGISTRY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (date == NULL || g_date_valid (date), NULL);

  if (date == NULL)
    {
      g_date_clear (&today, 1);
      g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                      (GDateMonth) g_date_time_get_month (now),
                      (GDateYear) g_date_time_get_year (now));
      date = &today;
    }
  for (guint i = 0; i < self->policies->len; i++)
    {
      ShyPolicy *policy = g_ptr_array_index (self->policies, i);
      GDate     *from = policy->effective.from;

      if (!g_str_equal (policy->id, id))
        continue;
      if (found == NULL || from == NULL || g_date_compare (from, date) <= 0)
        found = policy;
    }
  if (found == NULL)
    {
      set_unknown (self, id, error);
      return NULL;
    }
  return g_object_ref (found);
}

/**
 * shy_policy_registry_activate:
 * @self: a registry
 * @id: the id of a policy
 * @date: (nullable): the day that decides between versions, %NULL for today
 * @error: return location for an error
 *
 * Gets a policy to decide with, as shy_policy_registry_lookup(), but refuses one of which a case
 * does not come out as expected. The cases of a policy are run once.
 *
 * Errors: beside those, %SHY_ERROR_INVALID, which names the case.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
ShyPolicy *
shy_policy_registry_activate (ShyPolicyRegistry *self,
                              const char        *id,
                              const GDate       *date,
                              GError           **error)
{
  g_autoptr (ShyPolicy) policy = shy_policy_registry_lookup (self, id, date, error);
  gboolean              passed;

  if (policy == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  passed = g_hash_table_contains (self->passed, policy);
  g_mutex_unlock (&self->lock);
  if (!passed && !shy_policy_check_cases (policy, error))
    return NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_add (self->passed, policy);
  g_mutex_unlock (&self->lock);
  return g_steal_pointer (&policy);
}
