/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-policy.h"

#include <glib/gi18n.h>

/* The verb “policy”: takes its words apart and hands them on. */

typedef struct
{
  const char *name;
  guint       least; /* words behind it */
  guint       most;
  ShyCommandStatus (*run) (PolicyCall *call, GError **error);
} Action;

static const Action actions[] = {
  { "adopt", 1, 1, policy_adopt },
  { "decisions", 1, 1, policy_decisions },
  { "list", 0, 0, policy_list },
  { "show", 1, 1, policy_show },
  { "test", 0, G_MAXUINT, policy_test },
  { "lint", 1, 1, policy_lint },
  { "explain", 1, 1, policy_explain },
};

/* The register whose policies are meant; NULL for the person's own. */
static const char *register_path;

/* The policies that are in force for the register. */
ShyPolicyRegistry *
policy_load (GError **error)
{
  ShyPolicyRegistry *registry = shy_policies_load (register_path, error);

  if (registry != NULL)
    policy_warn (registry);
  return registry;
}

/* A file that holds the very text of a policy in force is that policy; any other is not in force. */
static ShyPolicy *
open_file (ShyPolicyRegistry *registry, const char *path, GError **error)
{
  g_autoptr (ShyPolicy) policy = shy_policy_new_from_file (path, error);
  ShyPolicy            *known = NULL;

  if (policy != NULL)
    known = shy_policy_registry_find_text (registry, shy_policy_get_digest (policy));
  if (known != NULL)
    shy_policy_set_origin (policy, shy_policy_origin_copy (shy_policy_get_origin (known)));
  return g_steal_pointer (&policy);
}

/* Opens a policy by its id or, where the name has a slash or ends in ".json", from a file. */
ShyPolicy *
policy_open (const char *name, const GDate *date, GError **error)
{
  g_autoptr (ShyPolicyRegistry) registry = NULL;

  if (strchr (name, G_DIR_SEPARATOR) == NULL && !g_str_has_suffix (name, ".json"))
    {
      registry = policy_load (error);
      return registry != NULL ? shy_policy_registry_lookup (registry, name, date, error) : NULL;
    }
  registry = shy_policies_load (register_path, error);
  return registry != NULL ? open_file (registry, name, error) : NULL;
}

/* By whose word a policy decides, and by which text. */
void
policy_print_origin (ShyPolicy *policy)
{
  const ShyPolicyOrigin *origin = shy_policy_get_origin (policy);
  g_autofree char       *whose = shy_policy_origin_to_label (origin);

  if (origin != NULL)
    /* Translators: by whose word a policy decides, the digest of its text. */
    g_print (_("%s, digest %s\n"), whose, shy_policy_get_digest (policy));
  else
    /* Translators: the digest of the text of a policy. */
    g_print (_("Not in force: nobody signed or adopted this text, so “check” does not decide by it "
               "(digest %s)\n"), shy_policy_get_digest (policy));
}

/* A database that is not there has no past: then there is no store, and no error. */
gboolean
policy_open_store (PolicyCall *call, ShyStore **store, GError **error)
{
  g_autofree char *own = shy_store_dup_default_path ();
  const char      *path = call->database != NULL ? call->database : own;

  *store = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  *store = shy_store_open (path, error);
  return *store != NULL;
}

/* Says which packs are damaged; what was asked goes on without them. */
void
policy_warn (ShyPolicyRegistry *registry)
{
  GPtrArray *problems = shy_policy_registry_get_problems (registry);

  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", ((const ShyPolicyProblem *) g_ptr_array_index (problems, i))->message);
}

void
policy_add (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

void
policy_print (JsonBuilder *json)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char     *text = json_to_string (root, TRUE);

  g_print ("%s\n", text);
}

/* Takes an option that has a value, as "--on 2025-06-30" or "--on=2025-06-30". */
static gboolean
take_value (const char *const **next, const char *name, const char **value, GError **error)
{
  const char *word = **next;
  gsize       length = strlen (name);

  if (!g_str_has_prefix (word, name) || (word[length] != '\0' && word[length] != '='))
    return FALSE;
  if (word[length] == '=')
    *value = word + length + 1;
  else if ((*next)[1] != NULL)
    *value = *++*next;
  else
    *value = "";
  if (**value == '\0')
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE, _("“%s” needs a value behind it."), name);
  return TRUE;
}

static gboolean
take_date (PolicyCall *call, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate                *date = &call->date;
  int                   year;
  int                   month;
  int                   day;

  if (call->on == NULL)
    {
      g_date_time_get_ymd (now, &year, &month, &day);
      g_date_clear (date, 1);
      g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      return TRUE;
    }
  if (shy_date_parse (call->on, date))
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("“%s” is no date. Write it as 2025-06-30."), call->on);
  return FALSE;
}

/* Takes a county by code or name, and gives its code. */
static gboolean
take_county (PolicyCall *call, GError **error)
{
  ShyCountyRegistry *counties;
  ShyCounty         *county;

  if (call->county == NULL)
    return TRUE;
  counties = shy_county_registry_get_default (error);
  if (counties == NULL)
    return FALSE;
  county = shy_county_registry_find (counties, call->county);
  if (county == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                   _("There is no county “%s”. Write its code or its name, as 330127 or 淳安县."),
                   call->county);
      return FALSE;
    }
  call->county = shy_county_get_code (county);
  return TRUE;
}

static gboolean
take_words (PolicyCall *call, const char *const *arguments, GError **error)
{
  g_autoptr (GError) local = NULL;

  for (const char *const *next = arguments; *next != NULL && local == NULL; next++)
    {
      if (g_str_equal (*next, "--json"))
        call->json = TRUE;
      else if (take_value (&next, "--facts", &call->facts, &local) ||
               take_value (&next, "--on", &call->on, &local) ||
               take_value (&next, "--reason", &call->reason, &local) ||
               take_value (&next, "--section", &call->section, &local) ||
               take_value (&next, "--county", &call->county, &local))
        continue;
      else if (**next == '-' && (*next)[1] != '\0')
        g_set_error (&local, SHY_ERROR, SHY_ERROR_USAGE,
                     _("“policy” has no option “%s”. “shanyectl help policy” lists them."), *next);
      else
        g_ptr_array_add (call->words, (gpointer) *next);
    }
  if (local == NULL)
    return take_date (call, error) && take_county (call, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static const Action *
find_action (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      return &actions[i];

  return NULL;
}

static ShyCommandStatus
run (const char * const *arguments,
     const char         *database,
     GError            **error)
{
  const Action         *action = arguments[0] != NULL ? find_action (arguments[0]) : NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  PolicyCall            call = { .words = words, .database = database };

  if (action == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“policy” needs one of list, show, decisions, test, lint, explain, adopt. “shanyectl help policy” "
                     "shows how."));
      return SHY_COMMAND_BAD;
    }
  register_path = database;
  if (!take_words (&call, arguments + 1, error))
    return SHY_COMMAND_BAD;
  if (words->len < action->least || words->len > action->most)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“policy %s” was called with %u names behind it, which is not how it goes. "
                     "“shanyectl help policy” shows how."), action->name, words->len);
      return SHY_COMMAND_BAD;
    }
  return action->run (&call, error);
}

const ShyctlVerb shyctl_verb_policy = {
  "policy",
  N_("Lists, shows, tests and checks policies, and explains a decision."),
  N_("list [--json]\n"
     "       shanyectl policy show ID [--section SECTION] [--on DATE] [--county COUNTY] [--json]\n"
     "       shanyectl policy decisions ID [--county COUNTY] [--json]\n"
     "       shanyectl policy test [FILE…] [--json]\n"
     "       shanyectl policy lint FILE [--json]\n"
     "       shanyectl policy explain ID --facts FILE.json [--on DATE] [--county COUNTY] [--json]\n"
     "       shanyectl policy adopt FILE --reason TEXT\n"
     "\n"
     "“list” names the policies that there are, and “show” prints what one says, or one section of\n"
     "it: conditions, amounts, clauses, fields, steps, counties, cases, checks. “decisions” tells what\n"
     "counties decided where it leaves that to them: when, noted by whom, and by which document, the\n"
     "latest first. “test” decides\n"
     "the cases that stand in the packs, all of them or those of the files, and exits with 1 if one\n"
     "comes out otherwise than expected. “lint” looks for what is probably not right, and exits\n"
     "with 1 if it is an error. “explain” decides one application, whose facts stand in a file as\n"
     "{\"field\": value, …}, and says why; it exits with 0 if it is eligible, with 1 if it is not,\n"
     "if materials are missing or if it needs a person. What counties set and what was granted before\n"
     "is taken from the database, as “check” does. “adopt” lets a pack that nobody signed decide in\n"
     "this register, and notes in the journal who said so and why. ID may also be the file of a pack,\n"
     "FILE the id of a policy. DATE is as 2025-06-30, today if it is not given; COUNTY is a code or a name."),
  run,
};
