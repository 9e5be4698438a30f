/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-import-verb.h"

#include "subsidy-dataset.h"
#include "subsidy-target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * SubsidyImportVerb:
 *
 * The verb “import”: the spreadsheets that were taken in, and how their columns were matched.
 */
struct _SubsidyImportVerb
{
  GObject parent_instance;
};

typedef struct
{
  GStrv     words;        /* (owned) */
  char     *policy;       /* (owned) (nullable) */
  char     *reason;       /* (owned) (nullable) */
  char     *clock_reason; /* (owned) (nullable) */
  gboolean  json;
  ShyStore *store;        /* (owned) */
} Call;

static void
call_clear (Call *self)
{
  g_strfreev (self->words);
  g_free (self->policy);
  g_free (self->reason);
  g_free (self->clock_reason);
  g_clear_object (&self->store);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static const char *
get_name (ShyCommand *command)
{
  return "import";
}

static char *
dup_summary (ShyCommand *command)
{
  return g_strdup (_("Lists spreadsheets that were taken in, withdraws one, and lists recipes of columns."));
}

static char *
dup_usage (ShyCommand *command)
{
  return g_strdup (_(
    "list [--json]\n"
    "       shanyectl import withdraw N --reason TEXT [--clock-reason TEXT]\n"
    "       shanyectl import recipes --policy ID [--json]\n"
    "       shanyectl import forget NAME --policy ID\n"
    "\n"
    "“list” shows the spreadsheets whose rows were stored, the newest first. “withdraw” takes back all\n"
    "applications that spreadsheet N brought, as one entry of the journal: they stay in the register as\n"
    "they were decided, and no limit counts them any more. It is refused where something rests on one\n"
    "of them: one was decided again, or a later decision would come out otherwise. “recipes” shows how\n"
    "the columns of files were matched by hand; such a file is matched so again, and “forget” ends that.\n"
    "\n"
    "  --policy ID          the policy that decided, as “shanyectl policy list” names it\n"
    "  --reason TEXT        why it is withdrawn\n"
    "  --clock-reason TEXT  withdraw although the clock stands before the newest entry of the journal,\n"
    "                       and note why\n"
    "  --json               print one object\n"
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
print_json (JsonBuilder  *builder,
            GError      **error)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char     *text = json_to_string (node, TRUE);

  g_print ("%s\n", text);
  return TRUE;
}

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder,
            const char  *member,
            gint64       number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
begin_list (JsonBuilder *builder,
            const char  *name)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
end_list (JsonBuilder *builder)
{
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_batch (JsonBuilder          *builder,
           const ShyImportBatch *batch)
{
  json_builder_begin_object (builder);
  add_number (builder, "number", batch->id);
  add_text (builder, "policy", strchr (batch->target, ':') != NULL ? strchr (batch->target, ':') + 1 : NULL);
  add_text (builder, "file", batch->file);
  add_text (builder, "sheet", batch->sheet);
  add_number (builder, "stored", batch->taken);
  add_number (builder, "rejected", batch->rejected);
  add_text (builder, "at", batch->created_at);
  add_text (builder, "by", batch->actor);
  add_text (builder, "withdrawn_at", batch->withdrawn_at);
  json_builder_end_object (builder);
}

static void
print_batch (const ShyImportBatch *batch)
{
  g_autofree char *end = NULL;

  if (batch->withdrawn_at != NULL)
    /* Translators: %.10s is a day. */
    end = g_strdup_printf (_("withdrawn on %.10s"), batch->withdrawn_at);
  g_print ("%d\t%.10s\t%s\t%s\t", (int) batch->id, batch->created_at, batch->actor, batch->file);
  g_print (_("%u stored, %u rejected"), batch->taken, batch->rejected);
  g_print ("%s%s\n", end != NULL ? "\t" : "", end != NULL ? end : "");
}

static gboolean
list (Call    *call,
      GError **error)
{
  g_autoptr (GPtrArray)   batches = shy_import_batch_list (call->store, "subsidy", NULL, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (batches == NULL)
    return FALSE;
  begin_list (builder, "imports");
  for (guint i = 0; i < batches->len; i++)
    (call->json ? add_batch (builder, batches->pdata[i]) : print_batch (batches->pdata[i]));
  end_list (builder);
  if (!call->json && batches->len == 0)
    g_print ("%s\n", _("No spreadsheet was taken in yet."));
  return !call->json || print_json (builder, error);
}

static gboolean
withdraw (Call    *call,
          GError **error)
{
  g_autoptr (SubsidyTarget) target = subsidy_target_new_for_withdrawal ();
  guint64                   number;

  if (call->words[1] == NULL ||
      !g_ascii_string_to_unsigned (call->words[1], 10, 1, G_MAXINT32, &number, NULL))
    return fail_usage (error, _("“import withdraw” wants the number of a spreadsheet, such as 3. “shanyectl import "
                                "list” lists them."));
  if (call->reason == NULL || *call->reason == '\0')
    return fail_usage (error, _("“import withdraw” wants --reason TEXT: why it is withdrawn."));
  if (!shy_import_batch_withdraw (call->store, SHY_IMPORT_TARGET (target), (gint64) number, call->reason,
                                  call->clock_reason, NULL, error))
    return FALSE;
  /* Translators: %d is the number of a spreadsheet that was taken in. */
  g_print (_("Batch %d is withdrawn. Its applications stay in the register, and count no more.\n"),
           (int) number);
  return TRUE;
}

static char *
dup_target (Call    *call,
            GError **error)
{
  if (call->policy != NULL)
    return g_strconcat ("subsidy:", call->policy, NULL);
  fail_usage (error, _("Recipes belong to a policy: name it by --policy ID. “shanyectl policy list” lists them."));
  return NULL;
}

static gboolean
recipes (Call    *call,
         GError **error)
{
  g_autofree char        *target = dup_target (call, error);
  g_autoptr (GPtrArray)   found = target != NULL ? shy_recipe_list (call->store, target, NULL, error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (found == NULL)
    return FALSE;
  begin_list (builder, "recipes");
  for (guint i = 0; i < found->len; i++)
    {
      const ShyRecipe *recipe = found->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "name", recipe->name);
      add_text (builder, "used_at", recipe->used_at);
      json_builder_set_member_name (builder, "recipe");
      json_builder_add_value (builder, json_node_copy (recipe->recipe));
      json_builder_end_object (builder);
      if (!call->json)
        g_print ("%s\t%.10s\n", recipe->name, recipe->used_at);
    }
  end_list (builder);
  if (!call->json && found->len == 0)
    g_print ("%s\n", _("No recipe is remembered for this policy."));
  return !call->json || print_json (builder, error);
}

static gboolean
forget (Call    *call,
        GError **error)
{
  g_autofree char *target = dup_target (call, error);

  if (target == NULL)
    return FALSE;
  if (call->words[1] == NULL)
    return fail_usage (error, _("“import forget” wants the name of a recipe. “shanyectl import recipes” lists "
                                "them."));
  if (!shy_recipe_forget (call->store, target, call->words[1], NULL, error))
    return FALSE;
  g_print (_("The recipe “%s” is forgotten.\n"), call->words[1]);
  return TRUE;
}

static gboolean
parse_words (Call               *call,
             const char *const  *arguments,
             GError            **error)
{
  const GOptionEntry entries[] = {
    { "policy", 0, 0, G_OPTION_ARG_FILENAME, &call->policy },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &call->reason },
    { "clock-reason", 0, 0, G_OPTION_ARG_FILENAME, &call->clock_reason },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call->json },
    { NULL },
  };

  call->words = shy_command_parse ("import", entries, arguments, error);
  return call->words != NULL;
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
    guint       n_words;
    gboolean  (*run) (Call *call, GError **error);
  } actions[] = { { "list", 1, list }, { "withdraw", 2, withdraw }, { "recipes", 1, recipes },
                  { "forget", 2, forget } };
  g_auto (Call) call = { NULL };

  if (!parse_words (&call, arguments, error))
    return SHY_COMMAND_BAD;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].name, call.words[0]) == 0 &&
        g_strv_length (call.words) <= actions[i].n_words)
      {
        call.store = subsidy_open_store (database, error);
        return call.store != NULL && actions[i].run (&call, error) ? SHY_COMMAND_OK : SHY_COMMAND_BAD;
      }

  fail_usage (error, _("“import” takes “list”, “withdraw N”, “recipes” or “forget NAME”. “shanyectl help import” "
                       "shows how."));
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

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyImportVerb, subsidy_import_verb, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SHY_TYPE_COMMAND, command_iface_init))

static void
subsidy_import_verb_class_init (SubsidyImportVerbClass *klass)
{
}

static void
subsidy_import_verb_init (SubsidyImportVerb *self)
{
}
