/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-registry.h"

#include "policy/shy-policy-private.h"
#include "policy/shy-policy-reader-private.h"
#include "policy/shy-policy-test.h"

#include "shy-data.h"
#include "shy-error.h"
#include "shy-file.h"
#include "shy-version.h"

#include <glib/gi18n-lib.h>

/**
 * ShyPolicyRegistry:
 *
 * The policies that the program knows: those it ships, in the folder `policies` of its data, and
 * the person's own, in `$XDG_DATA_HOME/shanye/policies`. There may be several versions of one
 * policy; the day decides between them. What the program does not ship decides only where a register
 * says so of the very file: see shy_policies_load(). Then it may also take the place of a shipped one
 * of the same id and version.
 *
 * A damaged pack is reported and hides no other. The registry is read once and does not change, so
 * any thread may read it.
 */
struct _ShyPolicyRegistry
{
  GObject     parent_instance;
  GPtrArray  *policies; /* of ShyPolicy, by id, then by date and version */
  GPtrArray  *problems; /* of ShyPolicyProblem */
  GHashTable *refused;  /* id → why a pack of it is not in force */
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
  g_hash_table_unref (self->refused);

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
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

/* Whose packs a folder holds. */
typedef struct
{
  ShyPolicyOriginKind kind;
  GHashTable         *adopted; /* (nullable): digest → origin; %NULL where all are in force */
  guint               first;   /* how many policies folders before this one brought */
} Folder;

static void
refuse (ShyPolicyRegistry *self, const char *path, ShyPolicy *policy)
{
  g_autofree char *shown = g_filename_display_name (path);
  guint            position;
  char            *message;

  if (find_same (self, policy, &position))
    message = g_strdup_printf (
      /* Translators: a file, a version, the id of a policy, the file again. */
      _("“%s” has the id and version (%s) of the policy “%s” but is not that policy, and is not in "
        "force. Remove it; or, if it is to decide in its place: shanyectl policy adopt %s --reason …"),
      shown, policy->version, policy->id, shown);
  else
    message = g_strdup_printf (
      _("“%s” is not in force: nobody signed this version (%s) of the policy “%s”, and in this register "
        "nobody adopted it. Read it; if it is to decide: shanyectl policy adopt %s --reason …"),
      shown, policy->version, policy->id, shown);
  g_hash_table_replace (self->refused, g_strdup (policy->id), g_strdup (message));
  add_problem (self, path, message);
}

static ShyPolicyOrigin *
find_origin (const Folder *folder, const char *digest)
{
  if (folder->adopted == NULL)
    return shy_policy_origin_new (folder->kind, NULL);
  return shy_policy_origin_copy (g_hash_table_lookup (folder->adopted, digest));
}

/* The digest is of the very bytes that were read. */
static ShyPolicy *
load_file (const char *path, char **digest, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char   *shown = g_filename_display_name (path);
  char              *contents;
  gsize              length;

  if (!shy_file_get_contents (path, &contents, &length, &local))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   /* Translators: the first %s is a file, the second the system's reason. */
                   _("The file “%s” cannot be read (%s)."), shown, local->message);
      return NULL;
    }
  bytes = g_bytes_new_take (contents, length);
  *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return shy_policy_new_from_bytes (bytes, path, error);
}

static void
add_file (ShyPolicyRegistry *self, const char *path, const Folder *folder)
{
  g_autoptr (GError)    error = NULL;
  g_autofree char      *digest = NULL;
  g_autoptr (ShyPolicy) policy = load_file (path, &digest, &error);
  guint                 position;

  if (policy != NULL)
    shy_policy_set_origin (policy, find_origin (folder, digest));
  if (policy == NULL)
    add_problem (self, path, g_strdup (error->message));
  else if (policy->origin == NULL)
    refuse (self, path, policy);
  else if (!find_same (self, policy, &position))
    g_ptr_array_add (self->policies, g_steal_pointer (&policy));
  else if (position < folder->first)
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
add_folder (ShyPolicyRegistry *self, const char *folder, ShyPolicyOriginKind kind,
            GHashTable *adopted)
{
  g_autoptr (GDir)      dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;
  const Folder          whose = { kind, adopted, self->policies->len };
  const char           *name;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return;
  dir = g_dir_open (folder, 0, &error);
  if (dir == NULL)
    {
      add_problem (self, folder, g_strdup (shy_error_say (error)));
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_pack (name))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    add_file (self, g_ptr_array_index (names, i), &whose);
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

static void
clear_version (gpointer data)
{
  g_free (((ShyPolicyVersion *) data)->version);
}

static void
add_version (ShyPolicy *self, const ShyPolicy *other)
{
  ShyPolicyVersion version = { g_strdup (other->version) };

  g_date_clear (&version.from, 1);
  g_date_clear (&version.until, 1);
  if (other->effective.from != NULL)
    version.from = *other->effective.from;
  if (other->effective.until != NULL)
    version.until = *other->effective.until;
  if (self->versions == NULL)
    {
      self->versions = g_array_new (FALSE, FALSE, sizeof (ShyPolicyVersion));
      g_array_set_clear_func (self->versions, clear_version);
    }
  g_array_append_val (self->versions, version);
}

/* Puts the versions in order, and tells each of the others: what one of them decides, another one does
 * not refuse. */
static void
order (ShyPolicyRegistry *self)
{
  g_ptr_array_sort (self->policies, compare_policies);
  for (guint i = 0; i < self->policies->len; i++)
    for (guint j = 0; j < self->policies->len; j++)
      {
        ShyPolicy *one = self->policies->pdata[i];

        if (i != j && g_str_equal (one->id, ((ShyPolicy *) self->policies->pdata[j])->id))
          add_version (one, self->policies->pdata[j]);
      }
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
 * shy_policy_registry_new_adopted: (skip)
 * @adopted: (element-type utf8 ShyPolicyOrigin): the digests of the files that may decide beside those
 *   that are shipped
 *
 * Reads the policies that the program ships, and of the person's own those that @adopted knows; the
 * others are problems. Blocks.
 *
 * Returns: (transfer full): the registry
 */
ShyPolicyRegistry *
shy_policy_registry_new_adopted (GHashTable *adopted)
{
  g_autofree char   *shipped = shy_data_build ("policies", NULL);
  g_autofree char   *own = shy_policy_registry_build_own_folder ();
  ShyPolicyRegistry *self = g_object_new (SHY_TYPE_POLICY_REGISTRY, NULL);

  g_return_val_if_fail (adopted != NULL, NULL);

  add_folder (self, shipped, SHY_POLICY_SHIPPED, NULL);
  add_folder (self, own, SHY_POLICY_LOCAL, adopted);
  order (self);
  return self;
}

/**
 * shy_policy_registry_new:
 *
 * Reads the policies that the program ships. What a register brings into force beside them is read by
 * shy_policies_load(). Blocks.
 *
 * Returns: (transfer full): the registry
 */
ShyPolicyRegistry *
shy_policy_registry_new (void)
{
  g_autoptr (GHashTable) adopted = g_hash_table_new (g_str_hash, g_str_equal);

  return shy_policy_registry_new_adopted (adopted);
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
    add_folder (self, folders[i], i == 0 ? SHY_POLICY_SHIPPED : SHY_POLICY_LOCAL, NULL);
  order (self);
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

/**
 * shy_policy_registry_find_text: (skip)
 * @self: a registry
 * @digest: from shy_policy_get_digest()
 *
 * Gets the policy in force that has this very text.
 *
 * Returns: (transfer none) (nullable): the policy; %NULL if no such text is in force
 */
ShyPolicy *
shy_policy_registry_find_text (ShyPolicyRegistry *self, const char *digest)
{
  g_return_val_if_fail (SHY_IS_POLICY_REGISTRY (self), NULL);
  g_return_val_if_fail (digest != NULL, NULL);

  for (guint i = 0; i < self->policies->len; i++)
    if (g_str_equal (((const ShyPolicy *) self->policies->pdata[i])->digest, digest))
      return self->policies->pdata[i];
  return NULL;
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

  if (g_hash_table_contains (self->refused, id))
    g_set_error_literal (error, SHY_ERROR, SHY_ERROR_REFUSED,
                         g_hash_table_lookup (self->refused, id));
  else if (ids[0] == NULL)
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
 * shy_policy_registry_list_for_day: (skip)
 * @self: a registry
 * @date: (nullable): the day that decides between versions, %NULL for today
 *
 * Gets of each policy the version that shy_policy_registry_lookup() gives.
 *
 * Returns: (transfer full): the policies by id, each a #ShyPolicy
 */
GPtrArray *
shy_policy_registry_list_for_day (ShyPolicyRegistry *self, const GDate *date)
{
  g_auto (GStrv) ids = NULL;
  GPtrArray     *policies = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (SHY_IS_POLICY_REGISTRY (self), NULL);

  ids = list_ids (self);
  for (gsize i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (policies, shy_policy_registry_lookup (self, ids[i], date, NULL));
  return policies;
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

  if (policy == NULL || !shy_policy_check_cases (policy, error))
    return NULL;
  return g_steal_pointer (&policy);
}
