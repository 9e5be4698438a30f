/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-lookups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Which connected services can be asked about the facts of a case. */

/* Digits of the code of a county; services write 331122000000 too. */

typedef struct
{
  ShyStore  *store;  /* (owned) */
  ShyPolicy *policy; /* (owned) */
} Loading;

static void
loading_free (gpointer data)
{
  Loading *self = data;

  g_object_unref (self->store);
  g_object_unref (self->policy);
  g_free (self);
}

static void
lookup_free (gpointer data)
{
  SubsidyLookup *self = data;

  g_clear_object (&self->service);
  g_free (self->url_base);
  g_strfreev (self->facts);
  g_free (self);
}

void
subsidy_lookups_free (SubsidyLookups *self)
{
  g_ptr_array_unref (self->lookups);
  g_strfreev (self->facts);
  g_strfreev (self->shipped);
  g_free (self);
}

static GStrv
find_facts (ShyPolicy              *policy,
            const ShyServiceLookup *lookup)
{
  g_auto (GStrv)           names = shy_service_lookup_dup_facts (lookup);
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    if (shy_policy_find_field (policy, names[i]) != NULL)
      g_strv_builder_add (known, names[i]);

  return g_strv_builder_end (known);
}

/* A description that cannot be read any more is told of on the page of the services. */
static void
add_lookups (SubsidyLookups        *self,
             ShyServiceBook        *book,
             const ShyServiceEntry *entry,
             ShyPolicy             *policy)
{
  g_autoptr (ShyService) service = shy_service_book_load (book, entry->id, NULL);

  for (guint i = 0; service != NULL && i < shy_service_get_n_lookups (service); i++)
    {
      const ShyServiceLookup *lookup = shy_service_get_lookup (service, i);
      g_auto (GStrv)          facts = find_facts (policy, lookup);
      SubsidyLookup          *added;

      if (*facts == NULL)
        continue;
      added = g_new0 (SubsidyLookup, 1);
      added->service = g_object_ref (service);
      added->lookup = lookup;
      added->url_base = g_strdup (entry->options.url_base);
      added->sample = entry->sample;
      added->facts = g_steal_pointer (&facts);
      g_ptr_array_add (self->lookups, added);
    }
}

static GStrv
collect_facts (GPtrArray *lookups)
{
  g_autoptr (GHashTable)   seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) facts = g_strv_builder_new ();

  for (guint i = 0; i < lookups->len; i++)
    for (char **fact = ((SubsidyLookup *) lookups->pdata[i])->facts; *fact != NULL; fact++)
      if (g_hash_table_add (seen, *fact))
        g_strv_builder_add (facts, *fact);

  return g_strv_builder_end (facts);
}

static gboolean
is_of_use (ShyService *service,
           ShyPolicy  *policy)
{
  for (guint i = 0; i < shy_service_get_n_lookups (service); i++)
    {
      g_auto (GStrv) facts = find_facts (policy, shy_service_get_lookup (service, i));

      if (*facts != NULL)
        return TRUE;
    }
  return FALSE;
}

/* What somebody might connect who has connected nothing yet. */
static GStrv
list_shipped (ShyPolicy *policy)
{
  g_autofree char         *folder = shy_data_build ("services", NULL, NULL);
  g_autoptr (GDir)         dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  const char              *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char       *path = g_build_filename (folder, name, NULL);
      g_autoptr (ShyService) service = NULL;

      if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json"))
        service = shy_service_new_from_file (path, NULL);
      if (service != NULL && is_of_use (service, policy))
        g_strv_builder_add (titles, shy_service_get_title (service));
    }
  return g_strv_builder_end (titles);
}

static SubsidyLookups *
load_lookups (Loading  *loading,
                GError  **error)
{
  g_autoptr (ShyServiceBook)   book = shy_service_book_new (loading->store);
  g_autoptr (GPtrArray)        entries = shy_service_book_list (book, error);
  g_autoptr (SubsidyLookups) self = NULL;

  if (entries == NULL)
    return NULL;

  self = g_new0 (SubsidyLookups, 1);
  self->lookups = g_ptr_array_new_with_free_func (lookup_free);
  for (guint i = 0; i < entries->len; i++)
    add_lookups (self, book, entries->pdata[i], loading->policy);
  self->facts = collect_facts (self->lookups);
  if (self->lookups->len == 0)
    self->shipped = list_shipped (loading->policy);
  return g_steal_pointer (&self);
}

static void
load_worker (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError           *error = NULL;
  SubsidyLookups *self = load_lookups (data, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) subsidy_lookups_free);
  else
    g_task_return_error (task, error);
}

/*
 * subsidy_lookups_load_async: reads on a worker which services are connected, and what of @policy
 * they can say.
 */
void
subsidy_lookups_load_async (ShyStore            *store,
                              ShyPolicy           *policy,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Loading          *loading = g_new0 (Loading, 1);

  loading->store = g_object_ref (store);
  loading->policy = g_object_ref (policy);
  g_task_set_source_tag (task, subsidy_lookups_load_async);
  g_task_set_task_data (task, loading, loading_free);
  g_task_run_in_thread (task, load_worker);
}

SubsidyLookups *
subsidy_lookups_load_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* subsidy_lookup_gives: whether an answer may hold this fact of the policy. */
gboolean
subsidy_lookup_gives (const SubsidyLookup *self,
                        const char            *fact)
{
  return g_strv_contains ((const char *const *) self->facts, fact);
}

/*
 * subsidy_lookup_unlock: puts what the bureau entered for a service into @secrets. Blocks: the
 * keyring may ask for its password, so this waits until somebody really asks.
 */
gboolean
subsidy_lookup_unlock (const char    *service,
                       ShyStore      *store,
                       ShySecrets    *secrets,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);

  return shy_service_book_unlock (book, service, secrets, cancellable, error);
}

/*
 * subsidy_lookup_prepare: the question with what is sent filled in from the facts of a case.
 * @secrets: what the service wants, filled before it is asked
 *
 * Errors: SHY_ERROR_INVALID if a fact is missing, or is a number that cannot be one; the message
 * names it and does not quote it.
 */
ShyLookup *
subsidy_lookup_prepare (const SubsidyLookup *self,
                          const ShyFacts        *facts,
                          ShySecrets            *secrets,
                          GError               **error)
{
  g_autoptr (ShyLookup) lookup = shy_lookup_new (self->service, self->lookup, secrets);

  shy_lookup_set_url_base (lookup, self->url_base);
  for (guint i = 0; i < shy_service_lookup_get_n_parameters (self->lookup); i++)
    {
      const ShyLookupParameter *parameter = shy_service_lookup_get_parameter (self->lookup, i);
      const char *value = parameter->fact != NULL ? shy_facts_get_text (facts, parameter->fact)
                                                  : NULL;

      if (value != NULL && !shy_lookup_set_parameter (lookup, parameter->name, value, error))
        return NULL;
    }
  return shy_lookup_check (lookup, error) ? g_steal_pointer (&lookup) : NULL;
}

/* A place that is none stays as it was said; the policy's own check tells it. */
static char *
fit_place (const char *text)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (NULL);
  char              *code = NULL;

  if (counties != NULL)
    code = shy_county_registry_find_place (counties, text);
  return code != NULL ? code : g_strdup (text);
}

/* subsidy_lookup_fit: what a service said, in the form that the field has. */
char *
subsidy_lookup_fit (const ShyField *field,
                    const char     *text)
{
  if (field->type == SHY_FIELD_DATE && strlen (text) > strlen ("2025-06-30"))
    return g_strndup (text, strlen ("2025-06-30"));
  if (field->type == SHY_FIELD_MONTH && strlen (text) > strlen ("2025-06"))
    return g_strndup (text, strlen ("2025-06"));
  return field->type == SHY_FIELD_COUNTY ? fit_place (text) : g_strdup (text);
}
