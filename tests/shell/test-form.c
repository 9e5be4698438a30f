/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form as a person uses it: keys, taking back, searching by pinyin, a program that is killed. */
#include "looking.h"

#include "../home.h"
#include "shy.h"

#include <signal.h>

#define DATABASE "SHANYE_TEST_DATABASE"
#define RECORD "test/1"

static void
add (ShyForm      *form,
     const char   *name,
     ShyFieldType  type,
     gboolean      required)
{
  g_autoptr (ShyField) field = shy_field_new (name, type);

  field->required = required;
  shy_form_add_field (form, 0, field, NULL);
}

/* What the owner of a form does: it says of each text whether it is understood. */
static void
edited_cb (ShyForm    *form,
           const char *name)
{
  g_autoptr (ShyField) field = shy_field_new (name, g_str_equal (name, "入职") ? SHY_FIELD_DATE
                                                                              : SHY_FIELD_TEXT);
  g_autoptr (GError)   error = NULL;
  const char          *text = shy_form_get_text (form, name);
  g_autofree char     *value = *text != '\0' ? shy_field_normalize (field, text, &error) : NULL;

  shy_form_show_state (form, name, value != NULL ? "typed" : NULL, NULL,
                       error != NULL ? error->message : NULL);
}

static ShyForm *
show_form (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  ShyForm   *form = SHY_FORM (shy_form_new ());

  shy_form_add_group (form, "人员", NULL);
  add (form, "姓名", SHY_FIELD_TEXT, TRUE);
  add (form, "证件号", SHY_FIELD_RESIDENT_ID, TRUE);
  add (form, "所在县", SHY_FIELD_COUNTY, FALSE);
  add (form, "入职", SHY_FIELD_DATE, FALSE);
  g_signal_connect (form, "edited", G_CALLBACK (edited_cb), NULL);
  shy_form_show_state (form, "姓名", NULL, NULL, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (form));
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 240);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  return form;
}

static void
close_form (ShyForm *form)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (form))));
}

static void
press_all (ShyForm    *form,
           const char *letters)
{
  for (const char *p = letters; *p != '\0'; p++)
    {
      char key[] = { *p, '\0' };

      press (form, key);
    }
}

static void
assert_text (ShyForm    *form,
             const char *name,
             const char *text)
{
  g_assert_cmpstr (shy_form_get_text (form, name), ==, text);
}

/* Typing in a field is one step; another field is another one, and taking back goes from the one to the
 * other. */
static void
test_undo (void)
{
  ShyForm *form = show_form ();

  gtk_widget_grab_focus (shy_form_get_row (form, "姓名"));
  press_all (form, "abc");
  assert_text (form, "姓名", "abc");
  gtk_widget_grab_focus (shy_form_get_row (form, "入职"));
  press_all (form, "2025");
  press (form, "ctrl+z");
  assert_text (form, "入职", "");
  assert_text (form, "姓名", "abc");
  press (form, "ctrl+z");
  assert_text (form, "姓名", "");
  press (form, "ctrl+z");
  press (form, "ctrl+shift+z");
  assert_text (form, "姓名", "abc");
  press (form, "ctrl+shift+z");
  assert_text (form, "入职", "2025");
  press (form, "ctrl+z");
  press_all (form, "7");
  press (form, "ctrl+shift+z"); /* what was typed anew has no second future */
  assert_text (form, "入职", "7");
  close_form (form);
}

/* Opens the list of a row; its search has the keys. */
static void
search (ShyForm   *form,
        GtkWidget *row)
{
  gtk_widget_activate (row);
  wait_for_type (row, "GtkSearchEntry");
  settle ();
  g_assert_true (shy_focus_is_inside (wait_for_type (row, "GtkSearchEntry")));
}

static void
test_pinyin (void)
{
  ShyForm   *form = show_form ();
  GtkWidget *row = shy_form_get_row (form, "所在县");

  search (form, row);
  press_all (form, "jyx");
  press (form, "Return");
  assert_text (form, "所在县", "331122");
  wait_for_text (row, "缙云县");
  press (form, "ctrl+z");
  assert_text (form, "所在县", "");

  search (form, row);
  press_all (form, "longquan");
  press (form, "Down");
  press (form, "Return");
  assert_text (form, "所在县", "331181");
  close_form (form);
}

/* What is wrong stands below its field and is brought into view; what is missing is one sentence. */
static void
test_states (void)
{
  ShyForm   *form = show_form ();
  GtkWidget *row = shy_form_get_row (form, "入职");
  GtkWidget *message;
  double     y;

  wait_for_text (form, "Still missing: 姓名, 证件号.");
  shy_form_type (form, "姓名", "测试甲");
  wait_for_text (form, "Still missing: 证件号.");
  g_assert_false (shy_form_show_error (form));

  shy_form_type (form, "入职", "2025-02-30");
  message = wait_for_text (form, "Expected a day such as 2025-06-30");
  gtk_widget_grab_focus (shy_form_get_row (form, "姓名"));
  settle ();
  g_assert_true (shy_form_show_error (form));
  settle ();
  g_assert_true (shy_focus_is_inside (row));
  gtk_widget_translate_coordinates (row, GTK_WIDGET (gtk_widget_get_root (row)), 0, 0, NULL, &y);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (y, <, 240);
  shy_form_type (form, "入职", "2025-02-28");
  settle ();
  g_assert_false (gtk_widget_get_mapped (message));
  close_form (form);
}

static ShyStore *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  ShyStore          *store = shy_store_open (g_getenv (DATABASE), &error);

  g_assert_no_error (error);
  return store;
}

static gboolean
look_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  ShyUnsaved **found = data;

  *found = shy_unsaved_read (connection, RECORD, NULL);
  return TRUE;
}

static char *
dup_kept (ShyStore   *store,
          const char *name)
{
  g_autoptr (ShyUnsaved) found = NULL;

  g_assert_true (shy_store_run (store, SHY_STORE_READ, look_job, &found, NULL, NULL));
  return found != NULL ? g_strdup (g_hash_table_lookup (found->texts, name)) : NULL;
}

static void
wait_until_kept (ShyStore   *store,
                 const char *name,
                 const char *text)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *kept = dup_kept (store, name);

      if (g_strcmp0 (kept, text) == 0)
        return;
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_not_reached ();
}

/* Types, and is killed without a word: not part of the run by itself. */
static void
test_subprocess_typing (void)
{
  g_autoptr (ShyStore) store = open_store ();
  ShyForm             *form = show_form ();

  shy_form_keep_draft (form, store, RECORD, "1");
  settle ();
  gtk_widget_grab_focus (shy_form_get_row (form, "姓名"));
  press_all (form, "abc");
  shy_form_type (form, "所在县", "331122");
  wait_until_kept (store, "所在县", "331122");
  kill (getpid (), SIGKILL);
}

static void
test_killed (void)
{
  g_autofree char     *folder = g_dir_make_tmp ("shy-form-XXXXXX", NULL);
  g_autofree char     *path = g_build_filename (folder, "shanye.db", NULL);
  g_autoptr (ShyStore) store = NULL;
  ShyForm             *form;

  g_setenv (DATABASE, path, TRUE);
  g_test_trap_subprocess ("/form/subprocess/typing", 0, 0);
  g_test_trap_assert_failed ();

  store = open_store ();
  form = show_form ();
  shy_form_keep_draft (form, store, RECORD, "2");
  wait_for_text (form, "did not save stands here again. The record was changed since");
  assert_text (form, "姓名", "abc");
  assert_text (form, "所在县", "331122");
  close_form (form);

  /* Discarded, it does not come back, and can still be taken back. */
  form = show_form ();
  shy_form_keep_draft (form, store, RECORD, "1");
  g_signal_emit_by_name (gtk_widget_get_ancestor (wait_for_text (form, "Discard What Was Restored"),
                                                  GTK_TYPE_BUTTON), "clicked");
  assert_text (form, "姓名", "");
  wait_until_kept (store, "姓名", NULL);
  press (form, "ctrl+z");
  press (form, "ctrl+z");
  assert_text (form, "姓名", "abc");
  wait_until_kept (store, "姓名", "abc");

  /* Saved, it is a draft no longer. */
  shy_form_mark_saved (form);
  wait_until_kept (store, "姓名", NULL);
  close_form (form);
  g_clear_object (&store);
  remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/form/undo", test_undo);
  g_test_add_func ("/form/pinyin", test_pinyin);
  g_test_add_func ("/form/states", test_states);
  g_test_add_func ("/form/subprocess/typing", test_subprocess_typing);
  g_test_add_func ("/form/killed", test_killed);

  return g_test_run ();
}
