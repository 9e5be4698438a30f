/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-import-assistant-private.h"

#include "shy-spinner.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * ShyImportAssistant:
 *
 * Takes a spreadsheet in: what its rows are, its sheet, how its columns are matched; its rows with what
 * becomes of each, mended in place; progress and cancel; the result, which leads on.
 */
G_DEFINE_FINAL_TYPE (ShyImportAssistant, shy_import_assistant, ADW_TYPE_BIN)

guint shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_N_SIGNALS];

void
shy_import_assistant_restart (ShyImportAssistant *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* Which button is the one to press. */
void
shy_import_assistant_show_page (ShyImportAssistant *self,
           const char         *name)
{
  gboolean rows = g_str_equal (name, "rows");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->run), !rows && !g_str_equal (name, "result"));
  gtk_widget_set_visible (GTK_WIDGET (self->keep), rows);
}

static void
show_failure (ShyImportAssistant *self,
              const GError       *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->import);
  adw_status_page_set_description (self->failure, error->message);
  shy_import_assistant_show_page (self, "failure");
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), FALSE);
}

static guint
find_target (ShyImportAssistant *self,
             ShyImportTarget    *target)
{
  for (guint i = 0; i < self->targets->len; i++)
    if (g_strcmp0 (shy_import_target_get_id (self->targets->pdata[i]), shy_import_target_get_id (target)) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* None is selected where a person is to say which. */
static void
select_target (ShyImportAssistant *self,
               ShyImportTarget    *target)
{
  self->filling = TRUE;
  adw_combo_row_set_selected (self->target, target != NULL ? find_target (self, target)
                                                           : GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->target),
                               target != NULL ? shy_import_target_get_hint (target) : NULL);
}

/* A file of one sheet leaves nothing to choose; none is selected where a person is to say which. */
static void
show_sheets (ShyImportAssistant *self)
{
  const char *const        *names = shy_import_get_sheets (self->import);
  ShyHeaderMatch           *match = shy_import_get_match (self->import);
  const char               *read = match != NULL && shy_header_match_is_sheet_sure (match)
                                     ? shy_import_get_sheet (self->import) : NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  self->filling = TRUE;
  adw_combo_row_set_model (self->sheet, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->sheet, GTK_INVALID_LIST_POSITION);
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], read) == 0)
      adw_combo_row_set_selected (self->sheet, i);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet), g_strv_length ((char **) names) > 1);
  self->filling = FALSE;
}

/* A sheet of the person’s choice may be no list of data: back to the one that is. */
static void
give_up_sheet (ShyImportAssistant *self,
               const char        *reason)
{
  shy_toast_message (GTK_WIDGET (self), reason);
  g_clear_pointer (&self->chosen, g_free);
  shy_import_assistant_load (self, FALSE);
}

/* Another target may be chosen, or a column settled, so the form stays; but as it stands nothing is
 * decided. */
static void
show_obstacle (ShyImportAssistant *self,
               const char        *obstacle)
{
  g_autofree char *text = obstacle != NULL ? g_markup_escape_text (obstacle, -1) : NULL;

  adw_preferences_group_set_description (self->deciding, text);
  if (obstacle != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->target), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->target), "error");
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), obstacle == NULL);
}

/* How files of the form were matched before, and under which name this one is remembered. */
static void
show_recipes (ShyImportAssistant *self,
              ShyImportPreview   *preview)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char               *used = shy_import_get_recipe (preview->import);
  guint                     selected = 0;

  gtk_string_list_append (names, _("As the headers read"));
  for (guint i = 0; i < preview->recipes->len; i++)
    {
      const ShyRecipe *recipe = preview->recipes->pdata[i];

      gtk_string_list_append (names, recipe->name);
      if (g_strcmp0 (recipe->name, used) == 0)
        selected = i + 1;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->recipe, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->recipe, selected);
  if (used != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->remember), used);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->recipe), preview->recipes->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->remember), g_hash_table_size (self->columns) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->matching),
                          preview->recipes->len > 0 || g_hash_table_size (self->columns) > 0);
}

static void
show_known (ShyImportAssistant *self,
            ShyImportPreview   *preview)
{
  if (preview->earlier != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->known), preview->earlier);
  gtk_widget_set_visible (GTK_WIDGET (self->known_group), preview->earlier != NULL);
}

static void
show_preview (ShyImportAssistant *self,
              ShyImportPreview   *preview)
{
  ShyHeaderMatch *match = shy_import_get_match (preview->import);

  g_set_object (&self->import, preview->import);
  self->stale = FALSE;
  select_target (self, match != NULL || !preview->guessed ? shy_import_get_target (preview->import) : NULL);
  show_sheets (self);
  show_recipes (self, preview);
  show_known (self, preview);
  gtk_widget_set_visible (GTK_WIDGET (self->matches), match != NULL);
  if (match != NULL)
    shy_match_list_show (self->matches, match, preview->rows);
  shy_import_assistant_show_page (self, "form");
  show_obstacle (self, preview->refusal != NULL ? preview->refusal : preview->gap);
}

/* A sheet of the person's choice in which no header is found. */
static gboolean
is_wrong_sheet (ShyImportAssistant *self,
                ShyImportPreview    *preview)
{
  return self->chosen != NULL && shy_import_get_match (preview->import) == NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ShyImportAssistant) self = user_data;
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyImportPreview)    preview = shy_import_preview_load_finish (result, &error);

  if (self->make_targets == NULL)
    return; /* the window was closed meanwhile */
  if (preview == NULL && self->chosen != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    give_up_sheet (self, error->message);
  else if (preview == NULL)
    show_failure (self, error);
  else if (is_wrong_sheet (self, preview))
    give_up_sheet (self, preview->gap);
  else
    show_preview (self, preview);
}

static char *
dup_selected (ShyImportAssistant *self)
{
  guint position = adw_combo_row_get_selected (self->target);

  return self->targets != NULL && position < self->targets->len
           ? g_strdup (shy_import_target_get_id (self->targets->pdata[position])) : NULL;
}

/* Whether what is to be chosen from reads as before. */
static gboolean
are_alike (GPtrArray *targets,
           GPtrArray *before)
{
  if (before == NULL || before->len != targets->len)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (g_strcmp0 (shy_import_target_get_label (targets->pdata[i]),
                   shy_import_target_get_label (before->pdata[i])) != 0)
      return FALSE;
  return TRUE;
}

static void
list_targets (ShyImportAssistant *self,
              const char         *chosen)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint                     selected = 0;

  for (guint i = 0; i < self->targets->len; i++)
    {
      ShyImportTarget *target = self->targets->pdata[i];

      gtk_string_list_append (labels, shy_import_target_get_label (target));
      if (g_strcmp0 (shy_import_target_get_id (target), chosen) == 0)
        selected = i;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->target, G_LIST_MODEL (labels));
  if (self->targets->len > 0)
    adw_combo_row_set_selected (self->target, selected);
  self->filling = FALSE;
}

/* What may be chosen, as the options stand; the choice stays. FALSE where an option is not understood. */
static gboolean
fill_targets (ShyImportAssistant *self)
{
  g_autofree char      *chosen = dup_selected (self);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->targets);

  self->targets = self->make_targets (self, self->data);
  if (self->targets == NULL)
    {
      self->targets = g_steal_pointer (&before);
      return FALSE;
    }
  /* The row cannot be filled while somebody chooses from it. */
  if (!are_alike (self->targets, before))
    list_targets (self, chosen);
  return TRUE;
}

void
shy_import_assistant_load (ShyImportAssistant *self,
      gboolean            guess)
{
  ShyImportQuestion *question;
  guint              chosen;
  GHashTableIter     iter;
  gpointer           column, field;

  if (self->make_targets == NULL || self->path == NULL)
    return;

  shy_import_assistant_restart (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->run), FALSE);
  if (!fill_targets (self))
    return;
  chosen = adw_combo_row_get_selected (self->target);
  question = shy_import_question_new (self->path, self->store);
  for (guint i = 0; i < self->targets->len; i++)
    if (guess || i == chosen || chosen == GTK_INVALID_LIST_POSITION)
      g_ptr_array_add (question->targets, g_object_ref (g_ptr_array_index (self->targets, i)));
  question->sheet = g_strdup (self->chosen);
  question->recipe = g_strdup (self->wanted);
  g_hash_table_iter_init (&iter, self->columns);
  while (g_hash_table_iter_next (&iter, &column, &field))
    g_hash_table_insert (question->columns, column, field);
  shy_import_preview_load_async (question, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
target_chosen_cb (ShyImportAssistant *self)
{
  if (self->filling || adw_combo_row_get_selected (self->target) == GTK_INVALID_LIST_POSITION)
    return;

  g_hash_table_remove_all (self->columns);
  g_clear_pointer (&self->wanted, g_free);
  shy_import_assistant_load (self, FALSE);
}

static void
sheet_chosen_cb (ShyImportAssistant *self)
{
  guint place = adw_combo_row_get_selected (self->sheet);

  if (self->filling || self->import == NULL || place == GTK_INVALID_LIST_POSITION)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (shy_import_get_sheets (self->import)[place]);
  g_hash_table_remove_all (self->columns);
  shy_import_assistant_load (self, FALSE);
}

static void
recipe_chosen_cb (ShyImportAssistant *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->recipe);

  if (self->filling || chosen == NULL)
    return;

  g_free (self->wanted);
  self->wanted = g_strdup (adw_combo_row_get_selected (self->recipe) > 0 ? gtk_string_object_get_string (chosen)
                                                                         : "");
  g_hash_table_remove_all (self->columns);
  shy_import_assistant_load (self, FALSE);
}

static void
assigned_cb (ShyImportAssistant *self,
             guint               column,
             int                 field)
{
  g_hash_table_insert (self->columns, GUINT_TO_POINTER (column), GINT_TO_POINTER (field));
  shy_import_assistant_load (self, FALSE);
}

static void
shy_import_assistant_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (shy_import_assistant_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "close-request",
                             G_CALLBACK (shy_import_assistant_close_request), widget, G_CONNECT_SWAPPED);
}

static void
shy_import_assistant_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), shy_import_assistant_close_request,
                                        widget);

  GTK_WIDGET_CLASS (shy_import_assistant_parent_class)->unroot (widget);
}

static void
shy_import_assistant_dispose (GObject *object)
{
  ShyImportAssistant *self = SHY_IMPORT_ASSISTANT (object);

  self->make_targets = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->import);
  g_clear_object (&self->next);
  g_clear_object (&self->store);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (shy_import_assistant_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, title);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, back);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, run);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, keep);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, failure);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, known_group);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, known);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, deciding);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, target);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, sheet);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, matching);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, recipe);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, remember);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, matches);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, rows);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, result);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, running);
  gtk_widget_class_bind_template_child (widget_class, ShyImportAssistant, progress);
  gtk_widget_class_bind_template_callback (widget_class, target_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, sheet_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, recipe_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, assigned_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "mended_cb", G_CALLBACK (shy_import_assistant_mended));
}

static void
shy_import_assistant_class_init (ShyImportAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_import_assistant_dispose;
  widget_class->root = shy_import_assistant_root;
  widget_class->unroot = shy_import_assistant_unroot;

  /**
   * ShyImportAssistant::imported:
   * @self: an assistant
   * @batch: the number of what was taken in
   * @told: whether the assistant shows what came of it
   *
   * A file was taken in.
   */
  shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_IMPORTED] = g_signal_new ("imported", SHY_TYPE_IMPORT_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
  /**
   * ShyImportAssistant::left:
   * @self: an assistant
   *
   * Somebody goes on to the records.
   */
  shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_LEFT] = g_signal_new ("left", SHY_TYPE_IMPORT_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  g_type_ensure (SHY_TYPE_SPINNER);
  g_type_ensure (SHY_TYPE_MATCH_LIST);
  g_type_ensure (SHY_TYPE_IMPORT_RESULT);
  g_type_ensure (SHY_TYPE_IMPORT_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/shanye/Shanye/ui/shy-import-assistant.ui");
  bind_children (widget_class);
  shy_import_assistant_install_actions (widget_class);
}

static void
shy_import_assistant_init (ShyImportAssistant *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->columns = g_hash_table_new (NULL, NULL);
}

/**
 * shy_import_assistant_set_targets: (skip)
 * @self: an assistant
 * @store: the database
 * @words: how its subject calls things; lives as long as the program
 * @targets: makes what a spreadsheet may be taken in as
 * @data: given to @targets, which lives as long as @self
 *
 * Says what spreadsheets are taken in as.
 */
void
shy_import_assistant_set_targets (ShyImportAssistant   *self,
                                  ShyStore             *store,
                                  const ShyImportWords *words,
                                  ShyImportTargets      targets,
                                  gpointer              data)
{
  g_return_if_fail (SHY_IS_IMPORT_ASSISTANT (self));

  g_set_object (&self->store, store);
  self->words = *words;
  self->make_targets = targets;
  self->data = data;
  adw_preferences_group_set_title (self->deciding, words->title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->target), words->target);
  gtk_button_set_label (self->run, words->run);
  fill_targets (self);
}

/**
 * shy_import_assistant_add_option:
 * @self: an assistant
 * @row: a row of preferences
 *
 * Adds something that is to be chosen beside what the rows are. After it changed call
 * shy_import_assistant_reload().
 */
void
shy_import_assistant_add_option (ShyImportAssistant *self,
                                 GtkWidget          *row)
{
  g_return_if_fail (SHY_IS_IMPORT_ASSISTANT (self));

  adw_preferences_group_add (self->deciding, row);
}

/**
 * shy_import_assistant_reload:
 * @self: an assistant
 *
 * Looks at the spreadsheet again, as the options stand.
 */
void
shy_import_assistant_reload (ShyImportAssistant *self)
{
  g_return_if_fail (SHY_IS_IMPORT_ASSISTANT (self));

  shy_import_assistant_load (self, FALSE);
}

/* A file is remembered by its name unless somebody knows a better one; months and numbers go. */
static char *
suggest_name (const char *file)
{
  const char *dot = strrchr (file, '.');

  return dot != NULL && dot > file ? g_strndup (file, (gsize) (dot - file)) : g_strdup (file);
}

/**
 * shy_import_assistant_open:
 * @self: an assistant
 * @file: a spreadsheet
 *
 * Shows a spreadsheet with what fits its headers best.
 */
void
shy_import_assistant_open (ShyImportAssistant *self,
                           GFile              *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *remember = suggest_name (name);

  if (shy_import_assistant_holds (self))
    {
      g_set_object (&self->next, file);
      shy_import_assistant_ask (self);
      return;
    }

  g_free (self->path);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      shy_toast_message (GTK_WIDGET (self),
                         _("The file is not on this computer. Copy it here first."));
      return;
    }

  gtk_label_set_label (self->title, name);
  gtk_editable_set_text (GTK_EDITABLE (self->remember), remember);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_hash_table_remove_all (self->columns);
  shy_import_assistant_show_page (self, "loading");
  shy_import_assistant_load (self, TRUE);
}
