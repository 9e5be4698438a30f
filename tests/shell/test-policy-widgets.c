/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shows a decision: the facts as they are edited, the verdict, the clause behind it. */
#include "looking.h"

#include "shy.h"

static GtkWidget *
show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 900);
  gtk_window_present (GTK_WINDOW (window));
  settle ();

  return window;
}

static ShyPolicy *
load_policy (void)
{
  g_autofree char    *path = shy_data_build ("policies", "zj-postdoc-grant.json", NULL);
  g_autoptr (GError)  error = NULL;
  ShyPolicy          *policy = shy_policy_new_from_file (path, &error);

  g_assert_no_error (error);
  return policy;
}

static ShyFacts *
load_facts (ShyPolicy  *policy,
            const char *id)
{
  GPtrArray *cases = shy_policy_get_cases (policy);

  for (guint i = 0; i < cases->len; i++)
    {
      const ShyPolicyCase *given = g_ptr_array_index (cases, i);

      if (g_str_equal (given->id, id))
        return shy_facts_new_from_case (given, policy, NULL);
    }

  g_assert_not_reached ();
}

static ShyVerdict *
decide (ShyPolicy  *policy,
        const char *id)
{
  g_autoptr (ShyFacts) facts = load_facts (policy, id);
  g_autoptr (GError)   error = NULL;
  ShyVerdict          *verdict = shy_policy_decide (policy, facts, &error);

  g_assert_no_error (error);
  return verdict;
}

typedef struct
{
  const char *id;
  const char *shown[4];
} Shown;

static const Shown verdicts[] = {
  { "clean", { "Eligible", "200,000.00 yuan", "浙人社发〔2022〕46号" } },
  { "in-station", { "Not eligible", "Unverified" } },
};

static void
test_verdict (void)
{
  g_autoptr (ShyPolicy) policy = load_policy ();

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autoptr (ShyVerdict) verdict = decide (policy, verdicts[i].id);
      g_autoptr (GPtrArray)  changes = shy_verdict_find_changes (verdict, NULL);
      GtkWidget             *view = shy_verdict_view_new ();
      GtkWidget             *window = show (view);

      shy_verdict_view_set_verdict (SHY_VERDICT_VIEW (view), verdict, changes);
      settle ();
      for (gsize j = 0; verdicts[i].shown[j] != NULL; j++)
        wait_for_text (view, verdicts[i].shown[j]);
      for (guint j = 0; j < shy_verdict_get_n_criteria (verdict); j++)
        g_assert_nonnull (look_for_text (view, shy_verdict_get_criterion (verdict, j)->message));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_clause (void)
{
  g_autoptr (ShyPolicy)  policy = load_policy ();
  GPtrArray             *clauses = shy_policy_get_clauses (policy);
  GtkWidget             *button = shy_clause_button_new ();
  GtkWidget             *window = show (button);

  for (guint i = 0; i < clauses->len; i++)
    {
      const ShyPolicyClause *clause = g_ptr_array_index (clauses, i);

      shy_clause_button_set_clause (SHY_CLAUSE_BUTTON (button), policy, clause);
      shy_clause_button_popup (SHY_CLAUSE_BUTTON (button));
      settle ();
      g_assert_nonnull (look_for_text (button, shy_text_get (clause->text)));
      g_assert_cmpint (look_for_text (button, "Unverified:") != NULL, ==,
                       clause->status == SHY_POLICY_UNVERIFIED);
    }

  shy_clause_button_set_clause (SHY_CLAUSE_BUTTON (button), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (button));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
assert_fact (GtkWidget  *editor,
             const char *name,
             const char *text)
{
  g_autoptr (ShyFacts) facts = shy_facts_editor_dup_facts (SHY_FACTS_EDITOR (editor));

  g_assert_cmpstr (shy_facts_get_text (facts, name), ==, text);
}

static void
test_editor (void)
{
  g_autoptr (ShyPolicy) policy = load_policy ();
  g_autoptr (ShyFacts)  facts = load_facts (policy, "in-station");
  GtkWidget            *editor = shy_facts_editor_new ();
  ShyFactsEditor       *self = SHY_FACTS_EDITOR (editor);
  GtkWidget            *window = show (editor);
  guint                 count = 0;

  shy_facts_editor_set_facts (self, policy, facts);
  g_signal_connect_swapped (editor, "changed", G_CALLBACK (count_cb), &count);
  settle ();
  g_assert_false (shy_facts_editor_is_changed (self));
  g_assert_nonnull (look_for_text (editor, "缙云县"));

  shy_facts_editor_set_text (self, "出站类型", "期满出站");
  g_assert_cmpuint (count, ==, 1);
  assert_fact (editor, "出站类型", "期满出站");
  g_assert_true (shy_facts_editor_is_changed (self));

  shy_facts_editor_set_text (self, "出站类型", "在站");
  g_assert_false (shy_facts_editor_is_changed (self));

  shy_facts_editor_set_text (self, "合同开始", "2023年9月2日");
  assert_fact (editor, "合同开始", "2023-09-02");

  shy_facts_editor_set_text (self, "合同开始", "2023-13-45");
  g_assert_true (shy_facts_editor_has_errors (self));
  assert_fact (editor, "合同开始", NULL);
  g_assert_nonnull (look_for_text (editor, "Not understood"));

  shy_facts_editor_set_text (self, "合同开始", "");
  g_assert_false (shy_facts_editor_has_errors (self));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What the resident ID says is shown where nothing was entered, and is no fact of the application. */
static void
test_repeated (void)
{
  g_autoptr (ShyPolicy) policy = load_policy ();
  g_autoptr (ShyFacts)  facts = load_facts (policy, "in-station");
  ShyFactsEditor       *editor = SHY_FACTS_EDITOR (shy_facts_editor_new ());
  GtkWidget            *window = show (GTK_WIDGET (editor));

  shy_facts_remove (facts, "出生日期");
  shy_facts_editor_set_facts (editor, policy, facts);
  g_assert_nonnull (look_for_text (GTK_WIDGET (editor), "1992-02-29, from the resident ID"));
  g_assert_false (shy_facts_editor_is_changed (editor));
  assert_fact (GTK_WIDGET (editor), "出生日期", NULL);

  shy_facts_editor_set_text (editor, "出生日期", "1992年2月28日");
  assert_fact (GTK_WIDGET (editor), "出生日期", "1992-02-28");
  g_assert_null (look_for_text (GTK_WIDGET (editor), "from the resident ID"));
  shy_facts_editor_set_text (editor, "出生日期", "");
  g_assert_nonnull (look_for_text (GTK_WIDGET (editor), "1992-02-29, from the resident ID"));
  g_assert_false (shy_facts_editor_is_changed (editor));

  shy_facts_editor_set_text (editor, "证件号", "");
  g_assert_null (look_for_text (GTK_WIDGET (editor), "from the resident ID"));
  shy_facts_editor_set_text (editor, "证件号", "331122199202290010");
  g_assert_nonnull (look_for_text (GTK_WIDGET (editor), "1992-02-29, from the resident ID"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_number_is_hidden (void)
{
  g_autoptr (ShyPolicy) policy = load_policy ();
  g_autoptr (ShyFacts)  facts = load_facts (policy, "in-station");
  GtkWidget            *editor = shy_facts_editor_new ();
  GtkWidget            *window = show (editor);

  shy_facts_editor_set_facts (SHY_FACTS_EDITOR (editor), policy, facts);
  settle ();
  g_assert_null (look_for_text (editor, "331122199202290010"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* An answer of a service counts as a change even where it says the same: it proves more. */
static void
test_service_fact (void)
{
  g_autoptr (ShyPolicy) policy = load_policy ();
  g_autoptr (ShyFacts)  facts = load_facts (policy, "clean");
  const char *const     askable[] = { "单位所有制", NULL };
  ShyFactsEditor       *editor = SHY_FACTS_EDITOR (shy_facts_editor_new ());
  GtkWidget            *window = show (GTK_WIDGET (editor));
  g_autoptr (GError)    error = NULL;

  shy_facts_editor_set_askable (editor, askable);
  shy_facts_editor_set_facts (editor, policy, facts);
  settle ();
  g_assert_nonnull (look_for_text (editor, "Ask"));
  g_assert_false (shy_facts_editor_is_changed (editor));
  g_assert_true (shy_facts_editor_take (editor, "单位所有制", "民营", SHY_FACT_ORIGIN_SERVICE, "甲",
                                        &error));
  g_assert_no_error (error);
  g_assert_true (shy_facts_editor_is_changed (editor));
  wait_for_text (editor, "from a service");

  g_assert_false (shy_facts_editor_take (editor, "单位所有制", "某种", SHY_FACT_ORIGIN_SERVICE, "甲",
                                         &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  wait_for_text (editor, "from a service");
  shy_facts_editor_set_text (editor, "单位所有制", "其他");
  g_assert_null (look_for_text (editor, "from a service"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_warnings_fold (void)
{
  g_autoptr (ShyPolicy)  policy = load_policy ();
  g_autoptr (ShyVerdict) verdict = decide (policy, "clean");
  GtkWidget             *view = shy_verdict_view_new ();
  GtkWidget             *window = show (view);
  guint                  unset = 0;
  g_autofree char       *line = NULL;

  for (guint i = 0; i < shy_verdict_get_n_warnings (verdict); i++)
    if (g_str_equal (shy_verdict_get_warning (verdict, i)->code, "setting-unset"))
      unset++;
  g_assert_cmpuint (unset, >, 1);
  line = g_strdup_printf ("has not set %u things", unset);
  shy_verdict_view_set_verdict (SHY_VERDICT_VIEW (view), verdict, NULL);
  wait_for_text (view, line);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/policy-widgets/verdict", test_verdict);
  g_test_add_func ("/policy-widgets/clause", test_clause);
  g_test_add_func ("/policy-widgets/editor", test_editor);
  g_test_add_func ("/policy-widgets/repeated", test_repeated);
  g_test_add_func ("/policy-widgets/number-is-hidden", test_number_is_hidden);
  g_test_add_func ("/policy-widgets/service-fact", test_service_fact);
  g_test_add_func ("/policy-widgets/warnings-fold", test_warnings_fold);

  return g_test_run ();
}
