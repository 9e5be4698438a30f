/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Asks a service about one record. */

/* The longest line that is read from standard input, in bytes. */
#define LINE_MOST 1024

static gboolean
set_parameter (ShyLookup *lookup, const char *text, GError **error)
{
  const char      *mark = strchr (text, '=');
  g_autofree char *name = mark != NULL ? g_strndup (text, (gsize) (mark - text)) : NULL;
  char             line[LINE_MOST] = "";

  if (mark == NULL)
    {
      g_set_error_literal (error, SHY_ERROR, SHY_ERROR_USAGE,
                           _("Write a parameter as NAME=VALUE."));
      return FALSE;
    }
  if (!g_str_equal (mark, "=-"))
    return shy_lookup_set_parameter (lookup, name, mark + 1, error);
  if (fgets (line, sizeof line, stdin) == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   _("There is no line on standard input for “%s”."), name);
      return FALSE;
    }
  return shy_lookup_set_parameter (lookup, name, g_strchomp (line), error);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_facts (JsonBuilder *builder, const ShyLookupAnswer *answer)
{
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < answer->facts->len; i++)
    {
      const ShyLookupFact *fact = g_ptr_array_index (answer->facts, i);

      add_text (builder, fact->name, fact->text);
    }
  json_builder_end_object (builder);
}

static void
print_json (const ShyLookupAnswer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char        *text = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "service", answer->service);
  add_text (builder, "lookup", answer->lookup);
  add_text (builder, "outcome", shy_lookup_outcome_to_word (answer->outcome));
  add_text (builder, "reason", answer->reason);
  add_text (builder, "fetched_at", answer->fetched_at);
  add_text (builder, "source_at", answer->source_at);
  add_facts (builder, answer);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

static void
print_text (const ShyLookupAnswer *answer)
{
  static const char *const outcomes[] = {
    [SHY_LOOKUP_FOUND] = N_("found"),
    [SHY_LOOKUP_NOT_FOUND] = N_("the service says that there is no such record"),
    [SHY_LOOKUP_UNKNOWN] = N_("unknown"),
  };

  /* Translators: a service, what it was asked, what became of it. */
  g_print (_("%s, %s: %s\n"), answer->source, answer->title, _(outcomes[answer->outcome]));
  if (answer->reason != NULL)
    g_print ("%s\n", answer->reason);
  for (guint i = 0; i < answer->facts->len; i++)
    {
      const ShyLookupFact *fact = g_ptr_array_index (answer->facts, i);

      g_print ("  %s: %s\n", fact->name, fact->text != NULL ? fact->text : fact->trouble);
    }
  for (guint i = 0; i < answer->details->len; i++)
    {
      const ShyLookupDetail *detail = g_ptr_array_index (answer->details, i);

      g_print ("  · %s: %s\n", detail->title, detail->text);
    }
}

/* With a database the journal knows who asked, as with a case. */
static gboolean
write_journal (ServiceCall *call, ShyLookup *lookup, const char *outcome, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("service:%s", call->words[2]);
  ShyServiceBook  *book;

  if (!g_file_test (call->path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  book = service_call_book (call, error);
  return book != NULL && shy_lookup_journal (lookup, shy_service_book_get_store (book), subject,
                                             outcome, error);
}

static ShyCommandStatus
ask (ServiceCall *call, ShyLookup *lookup, GError **error)
{
  g_autoptr (ShyLookupAnswer) answer = NULL;

  for (gsize i = 0; call->parameters != NULL && call->parameters[i] != NULL; i++)
    if (!set_parameter (lookup, call->parameters[i], error))
      return SHY_COMMAND_BAD;
  if (!shy_lookup_check (lookup, error) || !write_journal (call, lookup, NULL, error))
    return SHY_COMMAND_BAD;
  answer = shy_lookup_run (lookup, NULL, error);
  if (answer == NULL ||
      !write_journal (call, lookup, shy_lookup_outcome_to_word (answer->outcome), error))
    return SHY_COMMAND_BAD;
  if (call->json)
    print_json (answer);
  else
    print_text (answer);
  return answer->outcome == SHY_LOOKUP_UNKNOWN ? SHY_COMMAND_NEGATIVE : SHY_COMMAND_OK;
}

/* A service that is connected is asked as the bureau set it. */
static void
set_address (ServiceCall *call, ShyLookup *lookup, ShySecrets *secrets)
{
  g_autofree char *own = NULL;

  if (call->book != NULL && shy_service_book_fill (call->book, call->words[2], secrets, NULL))
    own = shy_service_book_dup_url_base (call->book, call->words[2]);
  shy_lookup_set_url_base (lookup, call->url_base != NULL ? call->url_base : own);
}

/* lookup ID NAME --parameter X=… */
ShyCommandStatus
service_call_lookup (ServiceCall *call, GError **error)
{
  g_autoptr (ShyService)  service = service_call_load (call, call->words[2], error);
  const ShyServiceLookup *described = service != NULL
                                        ? shy_service_find_lookup (service, call->words[3])
                                        : NULL;
  g_autoptr (ShySecrets)  secrets = NULL;
  g_autoptr (ShyLookup)   lookup = NULL;

  if (service == NULL)
    return SHY_COMMAND_BAD;
  if (described == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("The service “%s” has no look-up “%s”."),
                   call->words[2], call->words[3]);
      return SHY_COMMAND_BAD;
    }
  secrets = service_call_secrets (call, service, error);
  if (secrets == NULL)
    return SHY_COMMAND_BAD;
  lookup = shy_lookup_new (service, described, secrets);
  set_address (call, lookup, secrets);
  return ask (call, lookup, error);
}
