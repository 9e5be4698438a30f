/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-verb.h"

#include "subsidy-case-report.h"
#include "subsidy-dataset.h"

#include "identity/shy-number-runs.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/*
 * SubsidyCaseVerb:
 *
 * The verb “case”: shows one application of the register, decides it again, or withdraws it.
 */
struct _SubsidyCaseVerb
{
  GObject parent_instance;
};

/* What the call says, and what it is about. */
typedef struct
{
  GStrv        words;        /* (owned) */
  GStrv        sets;         /* (owned) (nullable): FIELD=VALUE */
  GStrv        unsets;       /* (owned) (nullable): FIELD */
  char        *on_text;      /* (owned) (nullable) */
  char        *reason;       /* (owned) (nullable) */
  char        *clock_reason; /* (owned) (nullable) */
  gboolean     json;
  SubsidyCase *subject;      /* (owned) */
  ShyPolicy   *policy;       /* (owned) (nullable): that decides it now */
  GError      *unusable;     /* (owned) (nullable): why none does */
  ShyStore    *store;        /* (owned) */
} Call;

static void
call_clear (Call *self)
{
  g_strfreev (self->words);
  g_strfreev (self->sets);
  g_strfreev (self->unsets);
  g_free (self->on_text);
  g_free (self->reason);
  g_free (self->clock_reason);
  g_clear_object (&self->subject);
  g_clear_object (&self->policy);
  g_clear_error (&self->unusable);
  g_clear_object (&self->store);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static const char *
get_name (ShyCommand *command)
{
  return "case";
}

static char *
dup_summary (ShyCommand *command)
{
  return g_strdup (_("Shows, amends or withdraws one application of the register."));
}

static char *
dup_usage (ShyCommand *command)
{
  return g_strdup (_(
    "show N [--on DATE] [--json]\n"
    "       shanyectl case amend N [--set FIELD=VALUE]… [--unset FIELD]… [--reason TEXT] [--json]\n"
    "       shanyectl case withdraw N --reason TEXT [--clock-reason TEXT] [--json]\n"
    "\n"
    "N is the number of the application. “show” prints what was decided and stored, and beside it\n"
    "what would be decided today: by the policies, the settings of the county and the register as\n"
    "they are now, for the day of the application or that of --on. “amend” completes or corrects\n"
    "facts, decides again and stores. “withdraw” marks the application as withdrawn: it stays in the register as it\n"
    "was decided, and no limit counts it any more. Both name other applications that would now\n"
    "come out otherwise; what is stored of those does not change.\n"
    "\n"
    "  --set FIELD=VALUE   a fact, by the name of its field; “-” reads it from standard\n"
    "                      input, where no list of processes shows it\n"
    "  --unset FIELD       a fact that is not known after all\n"
    "  --on DATE           show what would be decided for this day\n"
    "  --reason TEXT       why it is withdrawn; with “amend”: store although the clock stands before\n"
    "                      the newest entry of the journal, and note why\n"
    "  --clock-reason TEXT the same for “withdraw”\n"
    "  --json              print one object\n"
    "\n"
    "Exit status: 0 if it was done, 2 after a bad call or bad input."));
}

static gboolean
fail_usage (GError     **error,
            const char  *message)
{
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
parse_words (Call                *call,
             const char *const   *arguments,
             GError             **error)
{
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &call->sets },
    { "unset", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &call->unsets },
    { "on", 0, 0, G_OPTION_ARG_FILENAME, &call->on_text },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &call->reason },
    { "clock-reason", 0, 0, G_OPTION_ARG_FILENAME, &call->clock_reason },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call->json },
    { NULL },
  };
  guint64 number;

  call->words = shy_command_parse ("case", entries, arguments, error);
  if (call->words == NULL)
    return FALSE;
  if (g_strv_length (call->words) != 2)
    return fail_usage (error, _("“case” takes “show N”, “amend N” or “withdraw N”. “shanyectl help "
                                "case” shows how."));
  if (!g_ascii_string_to_unsigned (call->words[1], 10, 1, G_MAXINT32, &number, NULL))
    return fail_usage (error, _("“case” wants the number of an application, such as 17."));

  call->subject = subsidy_case_new ((gint64) number);
  return TRUE;
}

/* The policy is only known when the case was read. */
static gboolean
load (Call        *call,
      const char  *database,
      GError     **error)
{
  g_autoptr (ShyPolicyRegistry) policies = NULL;
  GDate                         on;

  call->store = subsidy_open_store (database, error);
  if (call->store == NULL || !subsidy_case_load (call->subject, call->store, NULL, error))
    return FALSE;

  policies = shy_policies_load_from_store (call->store, error);
  if (policies == NULL)
    return FALSE;
  if (!shy_date_parse (subsidy_case_get_decided_on (call->subject), &on))
    g_date_set_time_t (&on, g_get_real_time () / G_USEC_PER_SEC);
  call->policy = shy_policy_registry_activate (policies, subsidy_case_get_policy (call->subject), &on,
                                               &call->unusable);
  return call->policy == NULL ||
         subsidy_case_load (call->subject, call->store, call->policy, error);
}

static gboolean
set_day (Call      *call,
         ShyFacts  *facts,
         GError   **error)
{
  g_autofree char *text = NULL;
  GDate            on;

  if (call->on_text == NULL)
    return TRUE;
  text = shy_field_type_normalize (SHY_FIELD_DATE, call->on_text, NULL);
  if (text != NULL && shy_date_parse (text, &on))
    {
      shy_facts_set_on (facts, &on);
      return TRUE;
    }

  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("--on wants a day such as 2025-06-30, not “%s”."), call->on_text);
  return FALSE;
}

static gboolean
show (Call    *call,
      GError **error)
{
  g_autoptr (ShyFacts)   facts = shy_facts_copy (subsidy_case_get_facts (call->subject));
  g_autoptr (ShyVerdict) verdict = NULL;

  if (!set_day (call, facts, error))
    return FALSE;
  if (call->policy != NULL)
    verdict = subsidy_case_decide (call->subject, facts, &call->unusable);

  (call->json ? subsidy_case_print_json : subsidy_case_print_text) (call->subject, verdict,
                                                                    call->unusable);
  return TRUE;
}

/* A line of standard input. */
static char *
read_line (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  int                 c;

  while ((c = getchar ()) != EOF && c != '\n')
    g_string_append_c (line, (char) c);
  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

static gboolean
set_fact (Call        *call,
          ShyFacts    *facts,
          const char  *word,
          GError     **error)
{
  const char      *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  const ShyField  *field = name != NULL ? shy_policy_find_field (call->policy, name) : NULL;
  g_autofree char *value = NULL;
  g_autofree char *typed = NULL;

  if (field == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("--set wants FIELD=VALUE with a field of the policy %s, not “%s”. “shanyectl "
                     "policy show %s” lists them."),
                   shy_policy_get_id (call->policy), word, shy_policy_get_id (call->policy));
      return FALSE;
    }

  typed = g_str_equal (equals + 1, "-") ? read_line () : g_strdup (equals + 1);
  if (!g_utf8_validate (typed, -1, NULL))
    return fail_usage (error, _("The value is not text in UTF-8."));
  value = subsidy_case_read_value (field, typed, error);
  return value != NULL && shy_facts_take (facts, call->policy, name, value, SHY_FACT_ORIGIN_TYPED,
                                          NULL, error);
}

/* What was typed is not repeated where it may be the number of a person. */
static void
mask_error (GError *error)
{
  char *masked = shy_number_runs_mask (error->message);

  g_free (error->message);
  error->message = masked;
}

static gboolean
change_facts (Call      *call,
              ShyFacts  *facts,
              GError   **error)
{
  for (char **word = call->unsets; word != NULL && *word != NULL; word++)
    shy_facts_remove (facts, *word);
  for (char **word = call->sets; word != NULL && *word != NULL; word++)
    {
      g_autoptr (GError) local = NULL;

      if (set_fact (call, facts, *word, &local))
        continue;
      mask_error (local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

static gboolean
amend (Call    *call,
       GError **error)
{
  g_autoptr (ShyFacts)   facts = shy_facts_copy (subsidy_case_get_facts (call->subject));
  g_autoptr (ShyVerdict) verdict = NULL;

  if (call->policy == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&call->unusable));
      return FALSE;
    }
  if (!change_facts (call, facts, error))
    return FALSE;
  verdict = subsidy_case_decide (call->subject, facts, error);
  if (verdict == NULL ||
      !subsidy_case_save (call->subject, call->store, verdict, call->reason, error))
    return FALSE;

  return subsidy_case_report_change (call->subject, call->store, call->policy, call->json, error);
}

static gboolean
withdraw (Call    *call,
          GError **error)
{
  if (call->reason == NULL || *call->reason == '\0')
    return fail_usage (error, _("“case withdraw” wants --reason TEXT: why it is withdrawn."));

  return subsidy_case_withdraw (call->subject, call->store, call->reason, call->clock_reason,
                                error) &&
         subsidy_case_report_change (call->subject, call->store, call->policy, call->json, error);
}

static ShyCommandStatus
run (ShyCommand         *command,
     const char *const  *arguments,
     const char         *database,
     GError            **error)
{
  static const struct
  {
    const char *name;
    gboolean  (*run) (Call *call, GError **error);
  } actions[] = { { "show", show }, { "amend", amend }, { "withdraw", withdraw } };
  g_auto (Call) call = { NULL };

  if (!parse_words (&call, arguments, error))
    return SHY_COMMAND_BAD;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, call.words[0]))
      return load (&call, database, error) && actions[i].run (&call, error) ? SHY_COMMAND_OK
                                                                            : SHY_COMMAND_BAD;

  fail_usage (error, _("“case” takes “show N”, “amend N” or “withdraw N”. “shanyectl help case” shows "
                       "how."));
  return SHY_COMMAND_BAD;
}

static void
command_iface_init (ShyCommandInterface *iface)
{
  iface->get_name = get_name;
  iface->dup_summary = dup_summary;
  iface->dup_usage = dup_usage;
  iface->run = run;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyCaseVerb, subsidy_case_verb, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_COMMAND, command_iface_init))

static void
subsidy_case_verb_class_init (SubsidyCaseVerbClass *klass)
{
}

static void
subsidy_case_verb_init (SubsidyCaseVerb *self)
{
}
