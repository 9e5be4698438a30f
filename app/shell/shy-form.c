/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-form.h"

#include "shy-form-row.h"
#include "shy-toast.h"

#include <glib/gi18n-lib.h>

/* So many names of what is missing fit into a sentence. */
#define FEW_NAMES 4

/**
 * ShyForm:
 *
 * Edits the fields of one record: each in a row of its kind, with what is wrong with it below it, and
 * what is missing in one sentence on top. Ctrl+Z takes back what was typed, Ctrl+Shift+Z types it again.
 * Numbers of persons are shown only while somebody asks for it.
 *
 * With shy_form_keep_draft(), what was typed is kept in the database at every change until it is saved:
 * whatever stops the program, it stands there again when the form is opened, with a notice and a way to
 * discard it.
 *
 * Emits #ShyForm::edited with the name of a field when a person changed it, by typing, by taking it back
 * or by restoring a draft. Who owns the form says what becomes of it by shy_form_show_state().
 */
struct _ShyForm
{
  AdwBin      parent_instance;

  GtkBox     *box;
  GtkWidget  *restored;      /* the notice about a draft */
  GtkLabel   *restored_text;
  GtkLabel   *missing;

  GPtrArray  *groups;        /* (owned) of GtkListBox, unowned */
  GPtrArray  *rows;          /* (owned) of Row, in their order */
  GHashTable *by_name;       /* (owned) name to Row */
  GPtrArray  *steps;         /* (owned) of Step */
  guint       n_done;        /* steps that are not taken back */
  gboolean    filling;       /* rows are being set, not edited */
  gboolean    stepping;      /* what changes is taken back or typed again */

  ShyStore   *store;         /* (owned) (nullable) where drafts are kept */
  char       *record;        /* (owned) (nullable) of which form and record */
  char       *base;          /* (owned) (nullable) the state it is typed on */
  GCancellable *cancellable; /* (owned) of reading a draft: cancelled when another record is shown */
  gboolean    writing;       /* a draft is on its way to the database */
  gpointer    pending;       /* (owned) (nullable) Work: the one that waits behind it */
};

G_DEFINE_FINAL_TYPE (ShyForm, shy_form, ADW_TYPE_BIN)

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct
{
  ShyField  *field;    /* (owned) */
  GtkWidget *widget;
  GtkLabel  *error;    /* below it */
  char      *original; /* (owned) as it was given or saved */
  char      *text;     /* (owned) as it stands */
  gboolean   given;    /* something else than typing says it */
} Row;

typedef struct
{
  Row  *row;
  char *before; /* (owned) */
  char *after;  /* (owned) */
} Step;

/* A draft on its way to the database or from it. */
typedef struct
{
  char       *record; /* (owned) */
  char       *base;   /* (owned) */
  GHashTable *texts;  /* (owned) (nullable) */
  ShyUnsaved   *found;  /* (owned) (nullable) */
} Work;

static void
row_free (gpointer data)
{
  Row *row = data;

  shy_field_free (row->field);
  g_free (row->original);
  g_free (row->text);
  g_free (row);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->before);
  g_free (step->after);
  g_free (step);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->record);
  g_free (work->base);
  g_clear_pointer (&work->texts, g_hash_table_unref);
  shy_unsaved_free (work->found);
  g_free (work);
}

static Row *
find_row (ShyForm    *self,
          const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

static gboolean
keep_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Work *work = data;

  return shy_unsaved_keep (connection, work->record, work->base, work->texts, error);
}

static void submit (ShyForm  *self,
                    ShyStore *store,
                    gpointer  work);

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (ShyForm) self = data;
  g_autoptr (GError)  error = NULL;

  self->writing = FALSE;
  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    g_warning ("A draft cannot be kept: %s", error->message);
  if (self->pending != NULL)
    submit (self, SHY_STORE (source), g_steal_pointer (&self->pending));
}

static void
submit (ShyForm  *self,
        ShyStore *store,
        gpointer  work)
{
  self->writing = TRUE;
  shy_store_run_async (store, SHY_STORE_WRITE, keep_job, work, work_free, NULL, kept_cb,
                       g_object_ref (self));
}

static GHashTable *
collect_changes (ShyForm *self)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      if (!g_str_equal (row->text, row->original))
        g_hash_table_insert (texts, g_strdup (row->field->name), g_strdup (row->text));
    }
  return texts;
}

/* One is on its way at a time; of what is typed meanwhile, the last follows it. */
static void
write_draft (ShyForm *self)
{
  Work *work;

  if (self->store == NULL)
    return;
  work = g_new0 (Work, 1);
  work->record = g_strdup (self->record);
  work->base = g_strdup (self->base);
  work->texts = collect_changes (self);
  g_clear_pointer (&self->pending, work_free);
  if (self->writing)
    self->pending = work;
  else
    submit (self, self->store, work);
}

static gboolean
is_missing (const Row *row)
{
  return row->field->required && *row->text == '\0' && !row->given;
}

static void
show_missing (ShyForm *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv)           list = NULL;
  g_autofree char         *joined = NULL;
  g_autofree char         *sentence = NULL;
  guint                    n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    if (is_missing (self->rows->pdata[i]) && n++ < FEW_NAMES)
      g_strv_builder_add (names, shy_field_get_label (((Row *) self->rows->pdata[i])->field));
  list = g_strv_builder_end (names);
  joined = g_strjoinv (_(", "), list);
  if (n <= FEW_NAMES)
    /* Translators: %s is a list of fields. */
    sentence = g_strdup_printf (_("Still missing: %s."), joined);
  else
    /* Translators: %s is a list of fields; as many more are missing. */
    sentence = g_strdup_printf (ngettext ("Still missing: %s and %u more.",
                                          "Still missing: %s and %u more.", n - FEW_NAMES),
                                joined, n - FEW_NAMES);
  gtk_label_set_label (self->missing, n > 0 ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing), n > 0);
}

/* Typing on in one field is one step. */
static void
note_step (ShyForm    *self,
           Row        *row,
           const char *before,
           const char *after)
{
  Step *last = self->n_done > 0 ? self->steps->pdata[self->n_done - 1] : NULL;

  if (self->stepping)
    return;
  g_ptr_array_set_size (self->steps, (int) self->n_done);
  if (last != NULL && last->row == row && g_str_equal (last->after, before) &&
      !ADW_IS_ACTION_ROW (row->widget))
    {
      g_free (last->after);
      last->after = g_strdup (after);
      return;
    }
  last = g_new0 (Step, 1);
  last->row = row;
  last->before = g_strdup (before);
  last->after = g_strdup (after);
  g_ptr_array_add (self->steps, last);
  self->n_done++;
}

static void
row_changed_cb (GtkWidget  *widget,
                GParamSpec *pspec,
                ShyForm    *self)
{
  Row             *row = find_row (self, g_object_get_data (G_OBJECT (widget), "name"));
  const char      *text = shy_form_row_get_text (widget);
  g_autofree char *before = NULL;

  if (self->filling || g_str_equal (row->text, text))
    return;
  before = row->text;
  row->text = g_strdup (text);
  note_step (self, row, before, text);
  g_signal_emit (self, signals[EDITED], 0, row->field->name);
  show_missing (self);
  write_draft (self);
}

static void
type (ShyForm    *self,
      Row        *row,
      const char *text)
{
  shy_form_row_set_text (row->widget, text);
}

/* Takes the caret to the row, which the window scrolls into view. */
static void
go_to (Row *row)
{
  gtk_widget_grab_focus (row->widget);
}

/**
 * shy_form_undo:
 * @self: a form
 *
 * Takes back what was typed last.
 *
 * Returns: whether there was something
 */
gboolean
shy_form_undo (ShyForm *self)
{
  Step *step;

  g_return_val_if_fail (SHY_IS_FORM (self), FALSE);

  if (self->n_done == 0)
    return FALSE;
  step = self->steps->pdata[--self->n_done];
  self->stepping = TRUE;
  type (self, step->row, step->before);
  self->stepping = FALSE;
  go_to (step->row);
  return TRUE;
}

/**
 * shy_form_redo:
 * @self: a form
 *
 * Types again what was taken back last.
 *
 * Returns: whether there was something
 */
gboolean
shy_form_redo (ShyForm *self)
{
  Step *step;

  g_return_val_if_fail (SHY_IS_FORM (self), FALSE);

  if (self->n_done == self->steps->len)
    return FALSE;
  step = self->steps->pdata[self->n_done++];
  self->stepping = TRUE;
  type (self, step->row, step->after);
  self->stepping = FALSE;
  go_to (step->row);
  return TRUE;
}

static gboolean
undo_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  shy_form_undo (SHY_FORM (widget));
  return TRUE;
}

static gboolean
redo_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  shy_form_redo (SHY_FORM (widget));
  return TRUE;
}

static void
add_shortcut (GtkEventController *controller,
              const char         *trigger,
              GtkShortcutFunc     func)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                      gtk_callback_action_new (func, NULL, NULL)));
}

/* Before the entry sees the key, which would take back in its own row alone. */
static void
add_keys (ShyForm *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_shortcut (controller, "<Control>z", undo_cb);
  add_shortcut (controller, "<Control><Shift>z", redo_cb);
  add_shortcut (controller, "<Control>y", redo_cb);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
discard_cb (ShyForm *self)
{
  gtk_widget_set_visible (self->restored, FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      type (self, row, row->original);
    }
}

static gboolean
read_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Work   *work = data;
  GError *local = NULL;

  work->found = shy_unsaved_read (connection, work->record, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static void
restore (ShyForm        *self,
         const ShyUnsaved *draft)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (draft->typed_at, NULL);
  g_autoptr (GDateTime) here = at != NULL ? g_date_time_to_local (at) : NULL;
  g_autofree char      *when = NULL;
  g_autofree char      *notice = NULL;
  GHashTableIter        iter;
  gpointer              name, text;

  g_hash_table_iter_init (&iter, draft->texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (find_row (self, name) != NULL)
      type (self, find_row (self, name), text);

  /* Translators: a moment as strftime() writes it. */
  when = here != NULL ? g_date_time_format (here, _("%Y-%m-%d %H:%M")) : g_strdup ("");
  /* Translators: %s is a day and a time. */
  notice = g_strdup_printf (g_str_equal (draft->base, self->base)
                              ? _("What you typed here until %s and did not save stands here again.")
                              : _("What you typed here until %s and did not save stands here again. The "
                                  "record was changed since: compare before you save."), when);
  gtk_label_set_label (self->restored_text, notice);
  gtk_widget_set_visible (self->restored, TRUE);
}

/* What somebody typed before the draft came stays. */
static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (ShyForm) self = data;
  g_autoptr (GError)  error = NULL;
  Work               *work = shy_store_get_job_data (result);

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->record != NULL)
        shy_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->record == NULL || !g_str_equal (self->record, work->record) || work->found == NULL ||
      self->steps->len > 0)
    return;
  restore (self, work->found);
}

/* What waits is for the record that is left: it must not wait for another one to push it away. */
static void
forget_record (ShyForm *self)
{
  if (self->pending != NULL)
    submit (self, self->store, g_steal_pointer (&self->pending));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->base, g_free);
}

/**
 * shy_form_keep_draft:
 * @self: a form with its fields
 * @store: the database
 * @record: which form of which record, as "subsidy-case/12"
 * @base: the state of the record that is shown, in words of one's own: its revision
 *
 * Keeps what is typed from now on until shy_form_mark_saved() or until it is as it was, and shows what
 * was kept before.
 */
void
shy_form_keep_draft (ShyForm    *self,
                     ShyStore   *store,
                     const char *record,
                     const char *base)
{
  Work *work;

  g_return_if_fail (SHY_IS_FORM (self) && SHY_IS_STORE (store));
  g_return_if_fail (record != NULL && base != NULL);

  forget_record (self);
  self->cancellable = g_cancellable_new ();
  self->store = g_object_ref (store);
  self->record = g_strdup (record);
  self->base = g_strdup (base);
  work = g_new0 (Work, 1);
  work->record = g_strdup (record);
  /* Behind what was just written. */
  shy_store_run_async (store, SHY_STORE_BEFORE_WRITE, read_job, work, work_free, self->cancellable, read_cb,
                       g_object_ref (self));
}

/**
 * shy_form_mark_saved:
 * @self: a form
 *
 * What stands in the rows is what the record holds now, or is to be forgotten; there is no draft of it
 * any longer.
 */
void
shy_form_mark_saved (ShyForm *self)
{
  g_return_if_fail (SHY_IS_FORM (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      g_free (row->original);
      row->original = g_strdup (row->text);
    }
  gtk_widget_set_visible (self->restored, FALSE);
  write_draft (self);
}

static void
shy_form_dispose (GObject *object)
{
  ShyForm *self = SHY_FORM (object);

  forget_record (self);

  G_OBJECT_CLASS (shy_form_parent_class)->dispose (object);
}

static void
shy_form_finalize (GObject *object)
{
  ShyForm *self = SHY_FORM (object);

  g_ptr_array_unref (self->steps);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->groups);

  G_OBJECT_CLASS (shy_form_parent_class)->finalize (object);
}

static void
shy_form_class_init (ShyFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = shy_form_finalize;

  /**
   * ShyForm::edited:
   * @self: a form
   * @name: the name of a field
   *
   * Somebody changed a field; shy_form_get_text() says to what.
   */
  signals[EDITED] = g_signal_new ("edited", SHY_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/shanye/Shanye/ui/shy-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyForm, box);
  gtk_widget_class_bind_template_child (widget_class, ShyForm, restored);
  gtk_widget_class_bind_template_child (widget_class, ShyForm, restored_text);
  gtk_widget_class_bind_template_child (widget_class, ShyForm, missing);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
}

static void
shy_form_init (ShyForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  add_keys (self);
}

/**
 * shy_form_new:
 *
 * Returns: (transfer none): an empty form
 */
GtkWidget *
shy_form_new (void)
{
  return g_object_new (SHY_TYPE_FORM, NULL);
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/**
 * shy_form_clear:
 * @self: a form
 *
 * Takes all fields away, before those of another record are added. A draft that is kept stays.
 */
void
shy_form_clear (ShyForm *self)
{
  g_return_if_fail (SHY_IS_FORM (self));

  forget_record (self);
  g_ptr_array_set_size (self->steps, 0);
  self->n_done = 0;
  g_hash_table_remove_all (self->by_name);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->groups->len; i++)
    clear_list (self->groups->pdata[i]);
  gtk_widget_set_visible (self->restored, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), FALSE);
}

/**
 * shy_form_add_group:
 * @self: a form
 * @title: what its fields have in common
 * @suffix: (nullable): a button beside the title
 *
 * Adds a group behind the others; they are counted from 0.
 */
void
shy_form_add_group (ShyForm    *self,
                    const char *title,
                    GtkWidget  *suffix)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  g_return_if_fail (SHY_IS_FORM (self) && title != NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (suffix != NULL)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), suffix);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->box, group);
  g_ptr_array_add (self->groups, list);
}

/* What is wrong stands below the field, in a row that takes no keys. */
static GtkLabel *
add_error (GtkListBox *list)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_visible (row, FALSE);
  gtk_list_box_append (list, row);
  return GTK_LABEL (label);
}

/**
 * shy_form_add_field:
 * @self: a form
 * @group: in which group, from 0
 * @field: the field
 * @text: (nullable): what it holds; %NULL for nothing
 *
 * Adds a field behind the others of its group. Emits nothing.
 */
void
shy_form_add_field (ShyForm        *self,
                    guint           group,
                    const ShyField *field,
                    const char     *text)
{
  Row *row;

  g_return_if_fail (SHY_IS_FORM (self) && field != NULL);
  g_return_if_fail (group < self->groups->len);

  row = g_new0 (Row, 1);
  row->field = shy_field_copy (field);
  row->widget = shy_form_row_new (field);
  g_object_set_data_full (G_OBJECT (row->widget), "name", g_strdup (field->name), g_free);
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_name, row->field->name, row);
  gtk_list_box_append (self->groups->pdata[group], row->widget);
  row->error = add_error (self->groups->pdata[group]);
  shy_form_row_set_text (row->widget, text != NULL ? text : "");
  row->text = g_strdup (shy_form_row_get_text (row->widget));
  row->original = g_strdup (row->text);
  shy_form_row_connect (row->widget, G_CALLBACK (row_changed_cb), self);
}

/**
 * shy_form_get_row:
 * @self: a form
 * @name: the name of a field
 *
 * Returns: (transfer none) (nullable): the row that edits it
 */
GtkWidget *
shy_form_get_row (ShyForm    *self,
                  const char *name)
{
  Row *row;

  g_return_val_if_fail (SHY_IS_FORM (self) && name != NULL, NULL);

  row = find_row (self, name);
  return row != NULL ? row->widget : NULL;
}

/**
 * shy_form_get_text:
 * @self: a form
 * @name: the name of a field
 *
 * Returns: (transfer none) (nullable): what stands there, as it was typed
 */
const char *
shy_form_get_text (ShyForm    *self,
                   const char *name)
{
  Row *row;

  g_return_val_if_fail (SHY_IS_FORM (self) && name != NULL, NULL);

  row = find_row (self, name);
  return row != NULL ? row->text : NULL;
}

/**
 * shy_form_type:
 * @self: a form
 * @name: the name of a field
 * @text: what to type there
 *
 * Edits a field as a person would.
 */
void
shy_form_type (ShyForm    *self,
               const char *name,
               const char *text)
{
  g_return_if_fail (SHY_IS_FORM (self));
  g_return_if_fail (name != NULL && text != NULL);
  g_return_if_fail (find_row (self, name) != NULL);

  type (self, find_row (self, name), text);
}

/**
 * shy_form_put:
 * @self: a form
 * @name: the name of a field
 * @text: what stands there now
 *
 * Shows what the program put into a field. Emits nothing, and is not taken back by Ctrl+Z.
 */
void
shy_form_put (ShyForm    *self,
              const char *name,
              const char *text)
{
  Row *row;

  g_return_if_fail (SHY_IS_FORM (self));
  g_return_if_fail (name != NULL && text != NULL);

  row = find_row (self, name);
  g_return_if_fail (row != NULL);
  self->filling = TRUE;
  type (self, row, text);
  self->filling = FALSE;
  g_free (row->text);
  row->text = g_strdup (shy_form_row_get_text (row->widget));
  show_missing (self);
  write_draft (self);
}

/**
 * shy_form_show_state:
 * @self: a form
 * @name: the name of a field
 * @source: (nullable): where its value comes from, in a word or two
 * @place: (nullable): where exactly
 * @error: (nullable): why it is not understood
 *
 * Shows what became of what stands in a field.
 */
void
shy_form_show_state (ShyForm    *self,
                     const char *name,
                     const char *source,
                     const char *place,
                     const char *error)
{
  Row *row;

  g_return_if_fail (SHY_IS_FORM (self) && name != NULL);

  row = find_row (self, name);
  g_return_if_fail (row != NULL);
  row->given = *row->text == '\0' && source != NULL && *source != '\0';
  shy_form_row_show_state (row->widget, is_missing (row) ? _("missing") : source, place, error);
  gtk_label_set_label (row->error, error != NULL ? error : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (row->error)), error != NULL);
  show_missing (self);
}

/**
 * shy_form_show_error:
 * @self: a form
 *
 * Takes the keys to the first field that is not understood, and scrolls it into view.
 *
 * Returns: whether there is one
 */
gboolean
shy_form_show_error (ShyForm *self)
{
  g_return_val_if_fail (SHY_IS_FORM (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (*gtk_label_get_label (row->error) == '\0')
        continue;
      go_to (row);
      return TRUE;
    }
  return FALSE;
}
