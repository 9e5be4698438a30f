/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-crash.h"
#include "shyctl-verb.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GListModel *
load_items (ShyEngine  *engine,
            const char *database,
            GError    **error)
{
  g_autoptr (ShyContext)   context = shy_context_new (database);
  g_autoptr (GListModel)   datasets = shy_engine_create_extensions (engine, SHY_TYPE_DATASET);
  g_autoptr (GListModel)   todos = shy_engine_create_extensions (engine, SHY_TYPE_TODO);
  g_autoptr (GAsyncResult) result = NULL;

  shy_context_set_datasets (context, datasets);
  shy_todo_list_load_async (todos, context, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return shy_todo_list_load_finish (todos, result, error);
}

static const char *
urgency_name (ShyUrgency urgency)
{
  static const char *const names[] = { "normal", "soon", "overdue" };

  return names[urgency];
}

static void
add_string (JsonBuilder *json,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (json, name);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

static void
print_json (GListModel *items)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char        *text = NULL;

  json_builder_begin_array (json);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ShyTodoItem) item = g_list_model_get_item (items, i);

      json_builder_begin_object (json);
      add_string (json, "title", shy_todo_item_get_title (item));
      add_string (json, "detail", shy_todo_item_get_detail (item));
      json_builder_set_member_name (json, "count");
      json_builder_add_int_value (json, shy_todo_item_get_count (item));
      add_string (json, "urgency", urgency_name (shy_todo_item_get_urgency (item)));
      add_string (json, "page", shy_todo_item_get_page (item));
      add_string (json, "target", shy_todo_item_get_target (item));
      json_builder_set_member_name (json, "failed");
      json_builder_add_boolean_value (json, shy_todo_item_is_failure (item));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);

  root = json_builder_get_root (json);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static void
print_text (GListModel *items)
{
  guint n = g_list_model_get_n_items (items);

  if (n == 0)
    g_print ("%s\n", _("Nothing waits for you."));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ShyTodoItem) item = g_list_model_get_item (items, i);
      const char             *detail = shy_todo_item_get_detail (item);
      ShyUrgency              urgency = shy_todo_item_get_urgency (item);

      if (shy_todo_item_is_failure (item))
        continue;
      g_print ("%6u  %s%s%s\n", shy_todo_item_get_count (item), shy_todo_item_get_title (item),
               urgency == SHY_URGENCY_NORMAL ? "" : " · ",
               urgency == SHY_URGENCY_NORMAL ? "" :
               urgency == SHY_URGENCY_SOON ? _("Soon") : _("Overdue"));
      if (detail != NULL)
        g_print ("        %s\n", detail);
    }
}

/* Whoever reads the list alone would take what is missing from it for done. */
static ShyCommandStatus
report_failures (GListModel *items)
{
  ShyCommandStatus status = SHY_COMMAND_OK;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ShyTodoItem) item = g_list_model_get_item (items, i);

      if (!shy_todo_item_is_failure (item))
        continue;
      g_printerr ("shanyectl: %s\n        %s\n", shy_todo_item_get_title (item),
                  shy_todo_item_get_detail (item));
      status = SHY_COMMAND_BAD;
    }

  return status;
}

static ShyCommandStatus
run (const char * const *arguments,
     const char         *database,
     GError            **error)
{
  gboolean               as_json = g_strv_contains (arguments, "--json");
  g_autoptr (ShyEngine)  engine = NULL;
  g_autoptr (GListModel) items = NULL;
  ShyCommandStatus       status = SHY_COMMAND_OK;

  if (g_strv_length ((GStrv) arguments) > (as_json ? 1 : 0))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_USAGE,
                   _("“todo” takes nothing but “--json”. “shanyectl help todo” shows how."));
      return SHY_COMMAND_BAD;
    }

  engine = shy_engine_new ();
  items = load_items (engine, database, error);
  if (items == NULL)
    return SHY_COMMAND_BAD;

  if (as_json)
    print_json (items);
  else
    print_text (items);
  if (shyctl_tell_crashed (engine) > 0)
    status = SHY_COMMAND_BAD;
  return MAX (status, report_failures (items));
}

const ShyctlVerb shyctl_verb_todo = {
  "todo",
  N_("Lists what waits for you, as the start page does."),
  N_("[--json]\n"
     "\n"
     "Exits with 2 if a plugin could not say what waits; standard error says which and why."),
  run,
};
