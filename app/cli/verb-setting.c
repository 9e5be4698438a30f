/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

#include <glib/gi18n.h>

/* Characters: enough for the title, number and article of any document. */
#define MOST_SOURCE 500

/* A setting of a policy, a county and, unless it is taken back, a value. */
typedef struct
{
  ShyPolicy              *policy;  /* (owned) */
  const ShyPolicySetting *setting;
  const char             *county;  /* code */
  char                   *value;   /* (owned) (nullable): in canonical form */
  const char             *source;  /* (nullable): the document it rests on */
} Call;

static void
call_clear (Call *self)
{
  g_clear_object (&self->policy);
  g_free (self->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static ShyCommandStatus
fail_usage (GError **error)
{
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                       _("“setting” takes “list POLICY”, “set POLICY COUNTY NAME VALUE” or “unset "
                         "POLICY COUNTY NAME”."));
  return SHY_COMMAND_BAD;
}

static ShyPolicy *
find_policy (const char  *id,
             const char  *database,
             GError     **error)
{
  g_autoptr (ShyPolicyRegistry) policies = shy_policies_load (database, error);
  GDate                         today;

  if (policies == NULL)
    return NULL;
  g_date_clear (&today, 1);
  g_date_set_time_t (&today, g_get_real_time () / G_USEC_PER_SEC);
  return shy_policy_registry_lookup (policies, id, &today, error);
}

static gboolean
find_setting (Call        *self,
              const char  *name,
              GError     **error)
{
  GPtrArray          *settings = shy_policy_get_settings (self->policy);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < settings->len; i++)
    {
      const ShyPolicySetting *setting = settings->pdata[i];

      if (g_str_equal (setting->field.name, name))
        {
          self->setting = setting;
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", setting->field.name);
    }

  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The policy %s has no setting “%s”. It has: %s."), shy_policy_get_id (self->policy),
               name, names->str);
  return FALSE;
}

static gboolean
find_county (Call        *self,
             const char  *text,
             GError     **error)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (error);
  ShyCounty         *county;

  if (counties == NULL)
    return FALSE;
  county = shy_county_registry_find (counties, text);
  if (county != NULL)
    {
      self->county = shy_county_get_code (county);
      return TRUE;
    }

  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("There is no county “%s”. Write its name or its six-digit code."), text);
  return FALSE;
}

static gboolean
set_job (ShyConnection  *connection,
         gpointer        data,
         GCancellable   *cancellable,
         GError        **error)
{
  Call *self = data;

  return shy_county_settings_set (connection, shy_policy_get_id (self->policy), self->county,
                                  self->setting->field.name, self->value, self->source, error);
}

static gboolean
load_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  gpointer *parts = data;

  parts[1] = shy_county_settings_load (connection, parts[0], error);
  parts[2] = parts[1] != NULL ? shy_county_settings_load_sources (connection, parts[0], error) : NULL;
  return parts[2] != NULL;
}

static void
print_setting (const ShyPolicySetting *setting,
               GHashTable             *counties,
               GHashTable             *sources)
{
  GHashTableIter iter;
  gpointer       county, own;

  g_print ("%s\t%s\t%s\n", setting->field.name, "", setting->value != NULL ? setting->value : _("not set"));
  g_hash_table_iter_init (&iter, counties);
  while (g_hash_table_iter_next (&iter, &county, &own))
    if (g_hash_table_lookup (own, setting->field.name) != NULL)
      {
        GHashTable *documents = g_hash_table_lookup (sources, county);
        const char *source = documents != NULL ? g_hash_table_lookup (documents, setting->field.name) : NULL;

        g_print ("%s\t%s\t%s%s%s\n", setting->field.name, (char *) county,
                 (char *) g_hash_table_lookup (own, setting->field.name), source != NULL ? "\t" : "",
                 source != NULL ? source : "");
      }
}

static ShyCommandStatus
list (const char *path,
      const char *id,
      GError    **error)
{
  g_autoptr (ShyPolicy)  policy = find_policy (id, path, error);
  g_autoptr (ShyStore)   store = policy != NULL ? shy_store_open (path, error) : NULL;
  g_autoptr (GHashTable) counties = NULL;
  g_autoptr (GHashTable) sources = NULL;
  gpointer               parts[3] = { (gpointer) id };
  gboolean               done;

  if (store == NULL)
    return SHY_COMMAND_BAD;
  done = shy_store_run (store, SHY_STORE_READ, load_job, parts, NULL, error);
  counties = parts[1];
  sources = parts[2];
  if (!done)
    return SHY_COMMAND_BAD;

  for (guint i = 0; i < shy_policy_get_settings (policy)->len; i++)
    print_setting (shy_policy_get_settings (policy)->pdata[i], counties, sources);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
set (const char         *path,
     const char *const  *words,
     const char         *value,
     const char         *source,
     GError            **error)
{
  g_auto (Call)        call = { find_policy (words[0], path, error), .source = source };
  g_autoptr (ShyStore) store = NULL;

  if (call.policy == NULL || !find_county (&call, words[1], error) ||
      !find_setting (&call, words[2], error) ||
      (value != NULL &&
       (call.value = shy_policy_setting_normalize (call.setting, value, error)) == NULL))
    return SHY_COMMAND_BAD;

  store = shy_store_open (path, error);
  return store != NULL && shy_store_run (store, SHY_STORE_WRITE, set_job, &call, NULL, error)
           ? SHY_COMMAND_OK : SHY_COMMAND_BAD;
}

/* What is stored and printed in a line of its own must be one, and be read by a person. */
static gboolean
check_source (const char  *source,
              GError     **error)
{
  g_autofree char *text = g_utf8_validate (source, -1, NULL) ? g_strstrip (g_strdup (source)) : NULL;
  gboolean         well = text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= MOST_SOURCE;

  for (const char *at = text; well && *at != '\0'; at = g_utf8_next_char (at))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (at));

      well = type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT &&
             type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
    }
  if (!well)
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 _("--source wants the title, number and article of a document, in one line of at most %d "
                   "characters."), MOST_SOURCE);
  return well;
}

static gboolean
has_source (const char *const *arguments)
{
  for (; *arguments != NULL; arguments++)
    if (g_str_equal (*arguments, "--source") || g_str_has_prefix (*arguments, "--source="))
      return TRUE;

  return FALSE;
}

static ShyCommandStatus
run (const char *const *arguments,
     const char        *database,
     GError           **error)
{
  g_autofree char    *own = shy_store_dup_default_path ();
  g_autofree char    *source = NULL;
  const char         *path = database != NULL ? database : own;
  const GOptionEntry  entries[] = { { "source", 0, 0, G_OPTION_ARG_FILENAME, &source }, { NULL } };
  g_auto (GStrv)      words = NULL;
  guint               count;

  /* A value may begin with a minus. */
  if (has_source (arguments))
    words = shy_command_parse ("setting", entries, arguments, error);
  else
    words = g_strdupv ((GStrv) arguments);
  if (words == NULL)
    return SHY_COMMAND_BAD;

  count = g_strv_length (words);
  if (source != NULL && (count != 5 || !g_str_equal (words[0], "set")))
    return fail_usage (error);
  if (source != NULL && !check_source (source, error))
    return SHY_COMMAND_BAD;
  if (count == 2 && g_str_equal (words[0], "list"))
    return list (path, words[1], error);
  if (count == 5 && g_str_equal (words[0], "set"))
    return set (path, (const char *const *) words + 1, words[4], source, error);
  if (count == 4 && g_str_equal (words[0], "unset"))
    return set (path, (const char *const *) words + 1, NULL, NULL, error);
  return fail_usage (error);
}

const ShyctlVerb shyctl_verb_setting = {
  "setting",
  N_("Lists or makes what a county decides where a policy leaves it open."),
  N_("list POLICY | set POLICY COUNTY NAME VALUE [--source TEXT] | unset POLICY COUNTY NAME\n"
     "\n"
     "“list” prints a line for each setting and each county that made one: name, county, value, and\n"
     "the document if one was given. --source TEXT says on which document the decision rests: its\n"
     "title, number and article; write no personal data.\n"
     "“set” and “unset” are noted in the journal; what was decided before stays as it is.\n"
     "\n"
     "Exit status: 0 done, 2 after a bad call."),
  run,
};
