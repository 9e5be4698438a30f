/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-facts-editor.h"

#include "policy/shy-facts-policy.h"
#include "shy-form-row.h"
#include "shy-form.h"
#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

/**
 * ShyFactsEditor:
 *
 * Edits the facts of one application: each with its name, where it came from, and why it is not
 * understood, if it is not. A fact that is not understood is not known to the decision.
 *
 * Emits #ShyFactsEditor::changed while one types, and #ShyFactsEditor::ask where somebody wants a
 * service to be asked.
 */
struct _ShyFactsEditor
{
  AdwBin       parent_instance;

  ShyForm    *form;
  GtkWidget  *settings_group;
  GtkListBox *settings;

  ShyPolicy   *policy;    /* (owned) (nullable) */
  ShyFacts    *original;  /* (owned) (nullable) as it was given */
  ShyFacts    *facts;     /* (owned) (nullable) as edited */
  GHashTable  *errors;    /* (owned) name of a field to why it is not understood */
  GStrv        askable;   /* (owned) (nullable) fields that a service can be asked about */
};

G_DEFINE_FINAL_TYPE (ShyFactsEditor, shy_facts_editor, ADW_TYPE_BIN)

enum { CHANGED, ASK, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The groups of the form. */
enum { SUBJECT, FACTS };

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* A place is long, 工作表“名单”单元格C7: its cell is enough where it ends with one. */
static const char *
shorten_place (const char *place)
{
  const char *cell = place + strlen (place);
  guint       row, column;

  while (cell > place && g_ascii_isalnum (cell[-1]))
    cell--;

  return shy_sheet_reference_parse (cell, &row, &column) ? cell : place;
}

/* What the resident ID says is decided on where nothing was entered. It is shown beside the field and
 * not in it: it is no fact of the application, and goes with another number. */
static char *
describe_repeated (ShyFactsEditor *self,
                   const ShyField *field)
{
  g_autoptr (ShyFacts) filled = NULL;
  g_autofree char     *value = NULL;
  const char          *text;

  if (field->repeats == SHY_FIELD_REPEATS_NOTHING)
    return NULL;
  filled = shy_facts_copy (self->facts);
  shy_facts_fill (filled, self->policy);
  text = shy_facts_get_text (filled, field->name);
  if (text == NULL)
    return NULL;

  value = shy_field_display (field, text);
  /* Translators: a value, as a day of birth, that nobody entered. */
  return g_strdup_printf (_("%s, from the resident ID"), value);
}

static char *
describe_source (ShyFactsEditor *self,
                 const ShyField *field)
{
  const ShyFact   *fact = shy_facts_lookup (self->facts, field->name);
  const ShyUnread *unread = shy_facts_lookup_unread (self->facts, field->name);

  if (unread != NULL)
    return g_strdup (unread->place != NULL ? shorten_place (unread->place) : "");
  if (fact == NULL)
    return describe_repeated (self, field);

  switch (fact->origin)
    {
    case SHY_FACT_ORIGIN_TYPED:
      return g_strdup (_("typed"));
    case SHY_FACT_ORIGIN_SERVICE:
      return g_strdup (_("from a service"));
    case SHY_FACT_ORIGIN_IDENTITY:
      return g_strdup (_("from the resident ID"));
    case SHY_FACT_ORIGIN_CELL:
    case SHY_FACT_ORIGIN_ATTACHMENT:
    case SHY_FACT_ORIGIN_FILE:
    default:
      return g_strdup (fact->place != NULL ? shorten_place (fact->place) : "");
    }
}

static void
show_state (ShyFactsEditor *self,
            const ShyField *field)
{
  const ShyFact   *fact = shy_facts_lookup (self->facts, field->name);
  const ShyUnread *unread = shy_facts_lookup_unread (self->facts, field->name);
  const char      *error = g_hash_table_lookup (self->errors, field->name);
  g_autofree char *source = describe_source (self, field);
  g_autofree char *again = unread != NULL ? shy_unread_describe (unread, field) : NULL;

  shy_form_show_state (self->form, field->name, source, fact != NULL ? fact->place : NULL,
                       error != NULL ? error : again);
}

/* What another field says of them changes with it. */
static void
show_repeated (ShyFactsEditor *self)
{
  GPtrArray *fields = shy_policy_get_fields (self->policy);

  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *field = g_ptr_array_index (fields, i);

      if (field->repeats != SHY_FIELD_REPEATS_NOTHING)
        show_state (self, field);
    }
}

/* What reads as it did before keeps the place it came from. */
static void
restore_origin (ShyFactsEditor *self,
                const char     *name)
{
  const ShyFact *before = shy_facts_lookup (self->original, name);

  if (before != NULL && g_strcmp0 (before->text, shy_facts_get_text (self->facts, name)) == 0)
    shy_facts_set (self->facts, name, before->type, before->text, before->origin, before->place,
                   NULL);
}

/* People type as they fill in a spreadsheet: 2025年6月30日, 1,200元, digits of full width. What
 * cannot be read so stays as it is, and shy_facts_read() says what is wrong with it. */
static char *
read_text (const ShyField *field,
           const char     *text)
{
  ShySheetCell cell = { .sheet = "", .text = text, .row = 1, .kind = SHY_SHEET_CELL_TEXT };
  const char  *unit = field->type == SHY_FIELD_MONEY ? "元" : field->unit;
  char        *number = NULL;
  GDate        day;

  g_date_clear (&day, 1);
  if (field->type == SHY_FIELD_DATE && shy_sheet_value_get_date (&cell, &day, NULL))
    return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&day), g_date_get_month (&day),
                            g_date_get_day (&day));
  if (field->type == SHY_FIELD_MONTH && shy_sheet_value_get_month (&cell, &day, NULL))
    return g_strdup_printf ("%04d-%02d", g_date_get_year (&day), g_date_get_month (&day));
  if (field->type == SHY_FIELD_NUMBER || field->type == SHY_FIELD_MONEY)
    number = shy_sheet_value_dup_number (&cell, unit, NULL, NULL);

  return number != NULL ? number : shy_sheet_value_tidy (text);
}

/* What cannot be read goes to a person and is not missing. Where it stood so before, it is still what
 * the spreadsheet says, and may stay; what was typed now has to be corrected. */
static void
take_unread (ShyFactsEditor *self,
             const ShyField *field,
             const char     *text,
             const char     *problem)
{
  const ShyUnread *before = shy_facts_lookup_unread (self->original, field->name);

  if (before != NULL && g_str_equal (before->text, text))
    {
      shy_facts_set_unread (self->facts, field->name, before->text, before->origin, before->place,
                            before->problem);
      return;
    }
  shy_facts_set_unread (self->facts, field->name, text, SHY_FACT_ORIGIN_TYPED, NULL, problem);
  g_hash_table_insert (self->errors, g_strdup (field->name), g_strdup (problem));
}

static void
take_text (ShyFactsEditor *self,
           const ShyField *field,
           const char     *text)
{
  g_autofree char   *read = read_text (field, text);
  const ShyUnread   *unread;
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (self->errors, field->name);
  if (*read == '\0')
    shy_facts_remove (self->facts, field->name);
  else if (!shy_facts_read (self->facts, self->policy, field->name, read, SHY_FACT_ORIGIN_TYPED, NULL,
                            &error))
    take_unread (self, field, text, error->message);
  else if ((unread = shy_facts_lookup_unread (self->facts, field->name)) != NULL)
    {
      g_autofree char *problem = g_strdup (unread->problem);

      take_unread (self, field, text, problem);
    }
  else
    restore_origin (self, field->name);

  show_state (self, field);
}

static void
edited_cb (ShyFactsEditor *self,
           const char     *name)
{
  take_text (self, shy_policy_find_field (self->policy, name), shy_form_get_text (self->form, name));
  show_repeated (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_subject (ShyFactsEditor *self,
            const ShyField *field)
{
  return field == shy_policy_get_person_field (self->policy) ||
         field == shy_policy_get_name_field (self->policy) ||
         field == shy_policy_get_employer_field (self->policy) ||
         field == shy_policy_get_county_field (self->policy) || field->personal ||
         field->type == SHY_FIELD_CREDIT_CODE;
}

static void
ask_clicked_cb (GtkButton *button,
                GtkWidget *row)
{
  GtkWidget *editor = gtk_widget_get_ancestor (row, SHY_TYPE_FACTS_EDITOR);

  g_signal_emit (editor, signals[ASK], 0, g_object_get_data (G_OBJECT (row), "name"));
}

static void
add_button (GtkWidget      *row,
            const ShyField *field)
{
  GtkWidget       *button = gtk_button_new_with_label (_("Ask"));
  g_autofree char *what = NULL;

  /* Translators: %s is the name of a fact. */
  what = g_strdup_printf (_("Ask a data service: %s"), shy_text_get (field->label));
  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (ask_clicked_cb), row, 0);
  shy_form_row_set_button (row, button);
}

static void
show_button (ShyFactsEditor *self,
             const ShyField *field)
{
  GtkWidget *row = shy_form_get_row (self->form, field->name);
  gboolean   askable = self->askable != NULL &&
                     g_strv_contains ((const char *const *) self->askable, field->name);

  if (askable && shy_form_row_get_button (row) == NULL)
    add_button (row, field);
  if (shy_form_row_get_button (row) != NULL)
    gtk_widget_set_visible (shy_form_row_get_button (row), askable);
}

static void
add_field (ShyFactsEditor *self,
           const ShyField *field)
{
  const ShyUnread *unread = shy_facts_lookup_unread (self->facts, field->name);
  const char      *text = unread != NULL ? unread->text
                                         : shy_facts_get_text (self->facts, field->name);

  shy_form_add_field (self->form, is_subject (self, field) ? SUBJECT : FACTS, field, text);
  show_state (self, field);
  show_button (self, field);
}

static void
add_setting (ShyFactsEditor         *self,
             const ShyPolicySetting *setting,
             const ShyFacts         *facts)
{
  GtkWidget     *row = adw_action_row_new ();
  const ShyFact *set = shy_facts_lookup_setting (facts, setting->field.name);
  const char    *value = set != NULL ? set->text : setting->value;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shy_text_get (setting->field.label));
  if (setting->status == SHY_POLICY_UNVERIFIED && value != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Unverified"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_label_new (value != NULL ? value : _("not set by the county")));
  gtk_list_box_append (self->settings, row);
}

static void
rebuild (ShyFactsEditor *self)
{
  GPtrArray *fields = shy_policy_get_fields (self->policy);

  g_hash_table_remove_all (self->errors);
  shy_form_clear (self->form);
  for (guint i = 0; i < fields->len; i++)
    add_field (self, g_ptr_array_index (fields, i));
  shy_facts_editor_show_settings (self, self->facts);
}

static void
ask_missing_cb (ShyFactsEditor *self)
{
  g_signal_emit (self, signals[ASK], 0, NULL);
}

static GtkWidget *
new_ask_button (ShyFactsEditor *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Ask About Missing Facts"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Ask connected data services about facts that are not known"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (ask_missing_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
shy_facts_editor_finalize (GObject *object)
{
  ShyFactsEditor *self = SHY_FACTS_EDITOR (object);

  g_clear_object (&self->policy);
  g_clear_pointer (&self->original, shy_facts_free);
  g_clear_pointer (&self->facts, shy_facts_free);
  g_clear_pointer (&self->errors, g_hash_table_unref);
  g_clear_pointer (&self->askable, g_strfreev);

  G_OBJECT_CLASS (shy_facts_editor_parent_class)->finalize (object);
}

static void
shy_facts_editor_class_init (ShyFactsEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = shy_facts_editor_finalize;

  /**
   * ShyFactsEditor::changed:
   * @self: an editor
   *
   * A fact was edited; shy_facts_editor_dup_facts() gives them all.
   */
  signals[CHANGED] = g_signal_new ("changed", SHY_TYPE_FACTS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ShyFactsEditor::ask:
   * @self: an editor
   * @name: (nullable): the name of a field, %NULL for all that are not known
   *
   * Somebody wants a service to be asked.
   */
  signals[ASK] = g_signal_new ("ask", SHY_TYPE_FACTS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SHY_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-facts-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyFactsEditor, form);
  gtk_widget_class_bind_template_child (widget_class, ShyFactsEditor, settings_group);
  gtk_widget_class_bind_template_child (widget_class, ShyFactsEditor, settings);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
shy_facts_editor_init (ShyFactsEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  shy_form_add_group (self->form, _("Applicant"), NULL);
  shy_form_add_group (self->form, _("Facts"), new_ask_button (self));
  self->errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * shy_facts_editor_new:
 *
 * Returns: (transfer none): an empty editor
 */
GtkWidget *
shy_facts_editor_new (void)
{
  return g_object_new (SHY_TYPE_FACTS_EDITOR, NULL);
}

/**
 * shy_facts_editor_set_facts:
 * @self: an editor
 * @policy: the policy whose fields are edited
 * @facts: the facts of one application
 *
 * Shows an application. Emits nothing.
 */
void
shy_facts_editor_set_facts (ShyFactsEditor *self,
                            ShyPolicy      *policy,
                            const ShyFacts *facts)
{
  g_return_if_fail (SHY_IS_FACTS_EDITOR (self));
  g_return_if_fail (SHY_IS_POLICY (policy));
  g_return_if_fail (facts != NULL);

  g_set_object (&self->policy, policy);
  g_clear_pointer (&self->original, shy_facts_free);
  g_clear_pointer (&self->facts, shy_facts_free);
  self->original = shy_facts_copy (facts);
  self->facts = shy_facts_copy (facts);
  rebuild (self);
}

/**
 * shy_facts_editor_show_settings:
 * @self: an editor
 * @facts: facts that an application was decided on
 *
 * Shows what the county has set, as the decision found it. Emits nothing.
 */
void
shy_facts_editor_show_settings (ShyFactsEditor *self,
                                const ShyFacts *facts)
{
  GPtrArray *settings;

  g_return_if_fail (SHY_IS_FACTS_EDITOR (self) && facts != NULL);

  settings = shy_policy_get_settings (self->policy);
  clear (self->settings);
  for (guint i = 0; i < settings->len; i++)
    add_setting (self, g_ptr_array_index (settings, i), facts);
  gtk_widget_set_visible (self->settings_group, settings->len > 0);
}

/**
 * shy_facts_editor_dup_facts:
 * @self: an editor that has facts
 *
 * Returns: (transfer full): the facts as edited
 */
ShyFacts *
shy_facts_editor_dup_facts (ShyFactsEditor *self)
{
  g_return_val_if_fail (SHY_IS_FACTS_EDITOR (self), NULL);
  g_return_val_if_fail (self->facts != NULL, NULL);

  return shy_facts_copy (self->facts);
}

/**
 * shy_facts_editor_mark_saved:
 * @self: an editor that has facts
 * @saved: the facts that were saved
 *
 * Takes @saved for what later edits are compared with. What was typed since then stays.
 */
void
shy_facts_editor_mark_saved (ShyFactsEditor *self,
                             const ShyFacts *saved)
{
  g_return_if_fail (SHY_IS_FACTS_EDITOR (self));
  g_return_if_fail (self->facts != NULL && saved != NULL);

  g_clear_pointer (&self->original, shy_facts_free);
  self->original = shy_facts_copy (saved);
  if (!shy_facts_editor_is_changed (self))
    shy_form_mark_saved (self->form);
}

/* What the resident ID fills changes with it, and not by itself. */
static const ShyFact *
look_up_entered (const ShyFacts *facts,
                 const char     *name)
{
  const ShyFact *fact = shy_facts_lookup (facts, name);

  return fact != NULL && fact->origin == SHY_FACT_ORIGIN_IDENTITY ? NULL : fact;
}

/* A fact that now stands on better ground has changed too, and one that could not be read before. */
static gboolean
differs (ShyFactsEditor *self,
         const char     *name)
{
  const ShyFact   *now = look_up_entered (self->facts, name);
  const ShyFact   *before = look_up_entered (self->original, name);
  const ShyUnread *unread = shy_facts_lookup_unread (self->facts, name);
  const ShyUnread *unread_before = shy_facts_lookup_unread (self->original, name);

  if (g_strcmp0 (unread != NULL ? unread->text : NULL,
                 unread_before != NULL ? unread_before->text : NULL) != 0)
    return TRUE;
  if (now == NULL || before == NULL)
    return now != before;
  return !g_str_equal (now->text, before->text) || now->origin != before->origin ||
         g_strcmp0 (now->place, before->place) != 0;
}

/**
 * shy_facts_editor_is_changed:
 * @self: an editor
 *
 * Returns: whether a fact differs from what was given
 */
gboolean
shy_facts_editor_is_changed (ShyFactsEditor *self)
{
  GPtrArray *fields;

  g_return_val_if_fail (SHY_IS_FACTS_EDITOR (self), FALSE);

  fields = self->facts != NULL ? shy_policy_get_fields (self->policy) : NULL;
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (differs (self, ((const ShyField *) fields->pdata[i])->name))
      return TRUE;

  return FALSE;
}

/**
 * shy_facts_editor_has_errors:
 * @self: an editor
 *
 * Returns: whether something that was typed is not understood
 */
gboolean
shy_facts_editor_has_errors (ShyFactsEditor *self)
{
  g_return_val_if_fail (SHY_IS_FACTS_EDITOR (self), FALSE);

  return g_hash_table_size (self->errors) > 0;
}

/**
 * shy_facts_editor_set_text:
 * @self: an editor that has facts
 * @name: the name of a field
 * @text: what to type there
 *
 * Edits a fact as a person would.
 */
void
shy_facts_editor_set_text (ShyFactsEditor *self,
                           const char     *name,
                           const char     *text)
{
  g_return_if_fail (SHY_IS_FACTS_EDITOR (self));
  g_return_if_fail (name != NULL && text != NULL);

  shy_form_type (self->form, name, text);
}

/**
 * shy_facts_editor_take:
 * @self: an editor that has facts
 * @name: the name of a field
 * @text: the value in canonical form
 * @origin: where it came from
 * @place: (nullable): the place within @origin
 * @error: return location for an error
 *
 * Puts a fact in the place of what is there, as shy_facts_take().
 *
 * Returns: %FALSE with @error set if it failed; nothing changed then
 */
gboolean
shy_facts_editor_take (ShyFactsEditor  *self,
                       const char      *name,
                       const char      *text,
                       ShyFactOrigin    origin,
                       const char      *place,
                       GError         **error)
{
  g_return_val_if_fail (SHY_IS_FACTS_EDITOR (self) && self->facts != NULL, FALSE);
  g_return_val_if_fail (name != NULL && text != NULL, FALSE);

  if (!shy_facts_take (self->facts, self->policy, name, text, origin, place, error))
    return FALSE;

  g_hash_table_remove (self->errors, name);
  shy_form_put (self->form, name, shy_facts_get_text (self->facts, name));
  show_state (self, shy_policy_find_field (self->policy, name));
  show_repeated (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * shy_facts_editor_set_askable:
 * @self: an editor
 * @names: (array zero-terminated=1): names of fields
 *
 * Says which facts a service can be asked about. Each of them gets a button.
 */
void
shy_facts_editor_set_askable (ShyFactsEditor    *self,
                              const char *const *names)
{
  GPtrArray *fields;

  g_return_if_fail (SHY_IS_FACTS_EDITOR (self));

  g_strfreev (self->askable);
  self->askable = g_strdupv ((GStrv) names);
  fields = self->policy != NULL ? shy_policy_get_fields (self->policy) : NULL;
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    show_button (self, g_ptr_array_index (fields, i));
}

/**
 * shy_facts_editor_get_form:
 * @self: an editor
 *
 * Returns: (transfer none): the form in which the facts stand
 */
ShyForm *
shy_facts_editor_get_form (ShyFactsEditor *self)
{
  g_return_val_if_fail (SHY_IS_FACTS_EDITOR (self), NULL);

  return self->form;
}
