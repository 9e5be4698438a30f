/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-update.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const ShyctlVerb shyctl_verb_update;

static void
call_clear (UpdateCall *self)
{
  g_strfreev (self->words);
  g_free (self->confirm);
  g_free (self->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpdateCall, call_clear)

static gboolean
parse (UpdateCall *self, const char *const *arguments, GError **error)
{
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json },
    { "all", 0, 0, G_OPTION_ARG_NONE, &self->all },
    { "confirm", 0, 0, G_OPTION_ARG_STRING, &self->confirm },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key },
    { NULL },
  };

  self->words = shy_command_parse ("update", options, arguments, error);
  return self->words != NULL;
}

/* Opens the database, gives effect to what an earlier call could not finish, and takes over what
 * services brought. */
ShyStore *
update_open (UpdateCall *call, GError **error)
{
  g_autoptr (ShyStore) store = shy_store_open (call->path, error);

  return store != NULL && shy_updates_settle (store, error) && shy_updates_collect (store, error)
           ? g_steal_pointer (&store) : NULL;
}

gboolean
update_number (UpdateCall *call, gint64 *number, GError **error)
{
  char *end;

  *number = g_ascii_strtoll (call->words[1], &end, 10);
  if (*number > 0 && *end == '\0')
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
               _("“%s” is no number of an update. “shanyectl update list” lists them."),
               call->words[1]);
  return FALSE;
}

/* Lets the plugins that keep applications try them; that they cannot is no reason to show nothing. */
void
update_try (ShyUpdateReview *review, ShyStore *store)
{
  g_autoptr (ShyEngine)  engine = shy_engine_new ();
  g_autoptr (GListModel) rehearsals = shy_engine_create_extensions (engine, SHY_TYPE_REHEARSAL);
  g_autoptr (GPtrArray)  list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError)     error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (rehearsals); i++)
    g_ptr_array_add (list, g_list_model_get_item (rehearsals, i));
  if (!shy_update_review_try (review, store, list, &error))
    g_printerr ("%s\n", error->message);
}

static ShyCommandStatus
import (UpdateCall *call, GError **error)
{
  g_autoptr (ShyUpdate)       update = shy_update_new_from_file (call->words[1], error);
  g_autoptr (ShyStore)        store = update != NULL ? update_open (call, error) : NULL;
  g_autoptr (ShyUpdateBasis)  basis = NULL;
  g_autoptr (ShyUpdateReview) review = NULL;
  gboolean                    fresh = FALSE;
  gint64                      number =
    store != NULL ? shy_updates_add (store, update, &fresh, error) : 0;

  if (number == 0)
    return SHY_COMMAND_BAD;
  basis = shy_update_basis_load (store);
  review = shy_update_review (update, basis);
  if (!fresh)
    g_print (_("The update %lld was here already.\n"), (long long) number);
  else if (review->acceptable)
    g_print (_("The update %lld waits: “%s”, version %s. Read “shanyectl update show %lld”, then "
               "accept or discard it.\n"),
             (long long) number, review->title, update->version, (long long) number);
  if (fresh && !review->acceptable)
    g_printerr (_("The update %lld cannot be accepted: %s\n"), (long long) number,
                shy_update_review_get_reason (review));
  return fresh && !review->acceptable ? SHY_COMMAND_NEGATIVE : SHY_COMMAND_OK;
}

/* Asks for the version: nobody types that by habit. */
static char *
ask_version (const ShyUpdate *update)
{
  char line[256] = "";

  g_print (_("Type the version to accept “%s” (%s), anything else to leave it: "), update->id,
           update->version);
  fflush (stdout);
  return fgets (line, sizeof line, stdin) != NULL ? g_strdup (g_strstrip (line)) : g_strdup ("");
}

static gboolean
confirm (UpdateCall *call, ShyUpdateReview *review, GError **error)
{
  if (call->confirm == NULL && isatty (STDIN_FILENO))
    {
      update_print (review);
      call->confirm = ask_version (review->update);
    }
  if (g_strcmp0 (call->confirm, review->update->version) == 0)
    return TRUE;
  if (call->confirm == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 /* Translators: twice the number of an update. */
                 _("An update is accepted by who has read it: read “shanyectl update show %s”, "
                   "then add “--confirm” and the version that you read."), call->words[1]);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                 _("The update %s is version %s, not “%s”. Nothing was changed."), call->words[1],
                 review->update->version, call->confirm);
  return FALSE;
}

static ShyCommandStatus
accept_reviewed (UpdateCall *call, ShyStore *store, ShyUpdateReview *review, GError **error)
{
  const ShyUpdate *update = review->update;

  if (update->state == SHY_UPDATE_WAITING && !review->acceptable)
    {
      g_printerr (_("The update %lld cannot be accepted: %s\n"), (long long) update->number,
                  shy_update_review_get_reason (review));
      return SHY_COMMAND_NEGATIVE;
    }
  if (update->state == SHY_UPDATE_WAITING && !confirm (call, review, error))
    return SHY_COMMAND_BAD;
  if (!shy_updates_accept (store, update->number, update->digest, error))
    return SHY_COMMAND_BAD;
  g_print (_("“%s”, version %s, is in force. “shanyectl update revert %lld” takes it back.\n"),
           review->title, update->version, (long long) update->number);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
accept (UpdateCall *call, GError **error)
{
  g_autoptr (ShyStore)        store = NULL;
  g_autoptr (ShyUpdate)       update = NULL;
  g_autoptr (ShyUpdateBasis)  basis = NULL;
  g_autoptr (ShyUpdateReview) review = NULL;
  gint64                      number = 0;

  if (update_number (call, &number, error))
    store = update_open (call, error);
  update = store != NULL ? shy_updates_load (store, number, error) : NULL;
  if (update == NULL)
    return SHY_COMMAND_BAD;
  basis = shy_update_basis_load (store);
  review = shy_update_review (update, basis);
  if (call->confirm == NULL && isatty (STDIN_FILENO))
    update_try (review, store);
  return accept_reviewed (call, store, review, error);
}

static ShyCommandStatus
take_back (UpdateCall *call, GError **error)
{
  g_autoptr (ShyStore) store = NULL;
  gboolean             discard = g_str_equal (call->words[0], "discard");
  gint64               number = 0;

  if (update_number (call, &number, error))
    store = update_open (call, error);
  if (store == NULL || !(discard ? shy_updates_discard (store, number, error)
                                 : shy_updates_revert (store, number, error)))
    return SHY_COMMAND_BAD;
  g_print (discard ? _("The update %lld is discarded.\n")
                   : _("The update %lld is taken back; the version before is in force again.\n"),
           (long long) number);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
run (const char *const *arguments, const char *database, GError **error)
{
  static const struct
  {
    const char *name;
    guint       words;
    ShyCommandStatus (*run) (UpdateCall *call, GError **error);
  } actions[] = {
    { "list", 1, update_list },     { "show", 2, update_show },       { "accept", 2, accept },
    { "discard", 2, take_back },    { "revert", 2, take_back },       { "import", 2, import },
    { "sign", 2, update_sign },     { "signers", 1, update_signers },
  };
  g_autofree char    *own = shy_store_dup_default_path ();
  g_auto (UpdateCall) call = { .path = database != NULL ? database : own };

  if (!parse (&call, arguments, error))
    return SHY_COMMAND_BAD;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strv_length (call.words) == actions[i].words &&
        g_str_equal (actions[i].name, call.words[0]))
      return actions[i].run (&call, error);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                       _("“update” takes “list”, “show ID”, “accept ID”, “discard ID”, “revert "
                         "ID”, “import FILE”, “signers” or “sign FILE --key PEM”."));
  return SHY_COMMAND_BAD;
}

const ShyctlVerb shyctl_verb_update = {
  "update",
  N_("Shows, accepts and takes back signed updates of policies and the calendar."),
  N_("list | show ID | accept ID | discard ID | revert ID | import FILE | signers | "
     "sign FILE --key PEM\n"
     "\n"
     "Updates come from services or, on a medium, as files. “show” says who signed one, how the\n"
     "checks came out, what it changes and what it would decide otherwise. “accept” puts it in\n"
     "force for what is decided from then on; it asks for the version on a terminal, and wants\n"
     "--confirm elsewhere. “revert” goes back to the version before. All is noted in the journal.\n"
     "“signers” lists whose keys the bureau trusts: the public keys (PEM) in “shanye/signers” of\n"
     "the person's data folder. “sign” is for who writes policies: it prints the update.\n"
     "\n"
     "  --all              with “list”, those too about which somebody decided\n"
     "  --json             with “list” and “show”, for programs\n"
     "  --confirm VERSION  with “accept”, the version that you read\n"
     "  --key PEM          with “sign”, the file of the private SM2 key\n"
     "\n"
     "Exit status: 0 done, 1 an update cannot be accepted (standard error says why), 2 after a\n"
     "bad call."),
  run,
};
