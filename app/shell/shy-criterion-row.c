/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-criterion-row.h"

#include "shy-clause-button.h"
#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

/* One criterion or limit of a verdict: sign and word, sentence, clause, the facts it read. */
struct _ShyCriterionRow
{
  GtkListBoxRow    parent_instance;

  GtkImage        *sign;
  GtkLabel        *word;
  GtkLabel        *title;
  GtkLabel        *message;
  GtkLabel        *reason;
  GtkLabel        *facts;
  ShyClauseButton *clause;
};

G_DEFINE_FINAL_TYPE (ShyCriterionRow, shy_criterion_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_line (GtkLabel   *label,
           const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
  gtk_label_set_label (label, text != NULL ? text : "");
}

static void
show_result (ShyCriterionRow *self,
             const char      *title,
             const char      *message,
             ShyPolicyResult  result)
{
  const char      *word = shy_policy_result_to_label (result);
  const char      *css = shy_result_get_css_class (result);
  g_autofree char *name = NULL;

  gtk_image_set_from_icon_name (self->sign, shy_result_get_icon_name (result));
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), css);
  gtk_label_set_label (self->word, word);
  gtk_widget_add_css_class (GTK_WIDGET (self->word), css);
  show_line (self->title, title);
  show_line (self->message, message);

  /* Translators: a criterion, what became of it, and the sentence that says why. */
  name = g_strdup_printf (_("%s: %s. %s"), title != NULL ? title : "", word,
                          message != NULL ? message : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A value in words: masked where it is personal, else as a sentence would have it. */
static char *
read_value (const ShyField *field,
            const char     *text)
{
  return field != NULL ? shy_field_mask (field, SHY_IDENTITY_AUDIENCE_SCREEN, text)
                       : g_strdup (text);
}

/* A fact with its value and where it came from. */
static char *
describe_fact (ShyVerdict *verdict,
               const char *name)
{
  const ShyField  *field = shy_policy_find_field (shy_verdict_get_policy (verdict), name);
  const ShyFacts  *facts = shy_verdict_get_facts (verdict);
  const ShyFact   *fact = shy_facts_lookup (facts, name);
  const char      *label = field != NULL ? shy_text_get (field->label) : name;
  g_autofree char *value = NULL;

  if (fact == NULL)
    fact = shy_facts_lookup_setting (facts, name);
  if (fact == NULL)
    return g_strdup (label);

  value = read_value (field, fact->text);
  if (fact->place != NULL)
    /* Translators: the name of a fact, its value, and the cell it came from. */
    return g_strdup_printf (_("%s: %s (from %s)"), label, value, fact->place);
  if (fact->origin == SHY_FACT_ORIGIN_TYPED && field != NULL)
    /* Translators: the name of a fact and its value. */
    return g_strdup_printf (_("%s: %s (typed)"), label, value);

  if (fact->origin == SHY_FACT_ORIGIN_IDENTITY)
    /* Translators: the name of a fact and its value. */
    return g_strdup_printf (_("%s: %s (from the resident ID)"), label, value);

  /* Translators: the name of a fact and its value. */
  return g_strdup_printf (C_("fact", "%s: %s"), label, value);
}

static char *
describe_facts (ShyVerdict *verdict,
                char      **names,
                char      **missing,
                char      **unread)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *fact = describe_fact (verdict, names[i]);

      g_string_append_printf (line, "%s%s", line->len > 0 ? "\n" : "", fact);
    }

  for (gsize i = 0; missing != NULL && missing[i] != NULL; i++)
    {
      const ShyField *field = shy_policy_find_field (shy_verdict_get_policy (verdict),
                                                           missing[i]);
      const char *label = field != NULL ? shy_text_get (field->label) : missing[i];

      g_string_append (line, line->len > 0 ? "\n" : "");
      /* Translators: %s is the name of a fact that is not known. */
      g_string_append_printf (line, _("%s: missing"), label);
    }

  for (gsize i = 0; unread != NULL && unread[i] != NULL; i++)
    {
      const ShyField *field = shy_policy_find_field (shy_verdict_get_policy (verdict),
                                                           unread[i]);
      const char *label = field != NULL ? shy_text_get (field->label) : unread[i];

      g_string_append (line, line->len > 0 ? "\n" : "");
      /* Translators: %s is the name of a fact that was handed in. */
      g_string_append_printf (line, _("%s: cannot be read"), label);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
shy_criterion_row_class_init (ShyCriterionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SHY_TYPE_CLAUSE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-criterion-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, sign);
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, word);
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, title);
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, message);
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, reason);
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, facts);
  gtk_widget_class_bind_template_child (widget_class, ShyCriterionRow, clause);
}

static void
shy_criterion_row_init (ShyCriterionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
shy_criterion_row_new_for_criterion (ShyVerdict                *verdict,
                                     const ShyVerdictCriterion *criterion)
{
  ShyCriterionRow *self = g_object_new (SHY_TYPE_CRITERION_ROW, NULL);
  g_autofree char *facts = describe_facts (verdict, criterion->facts, criterion->missing,
                                          criterion->unread);

  show_result (self, criterion->title, criterion->message, criterion->result);
  show_line (self->reason, criterion->reason);
  show_line (self->facts, facts);
  shy_clause_button_set_clause (self->clause, shy_verdict_get_policy (verdict), criterion->clause);

  return GTK_WIDGET (self);
}

/* What stands in the way can be looked at: the view that holds the row knows what opens it. */
static void
add_other (ShyCriterionRow *self,
           gint64           number)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Open the Other Application"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 3);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "verdict.open-other");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", number);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->message))), button);
}

GtkWidget *
shy_criterion_row_new_for_limit (ShyVerdict            *verdict,
                                 const ShyVerdictLimit *limit)
{
  ShyCriterionRow *self = g_object_new (SHY_TYPE_CRITERION_ROW, NULL);
  const char      *title = limit->limit->title != NULL ?
                           shy_text_get (limit->limit->title) : _("Earlier grants");

  show_result (self, title, limit->message, limit->result);
  show_line (self->reason, NULL);
  show_line (self->facts, NULL);
  shy_clause_button_set_clause (self->clause, shy_verdict_get_policy (verdict),
                                limit->limit->clause);
  if (limit->other != 0)
    add_other (self, limit->other);

  return GTK_WIDGET (self);
}
