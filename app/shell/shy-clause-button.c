/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-clause-button.h"

#include "shy-outcome.h"

#include <glib/gi18n-lib.h>

/**
 * ShyClauseButton:
 *
 * Names a clause; a click shows what it says, in which document, and whether it was verified.
 */
struct _ShyClauseButton
{
  AdwBin         parent_instance;

  GtkMenuButton *button;
  GtkLabel      *name;
  GtkLabel      *number;
  GtkLabel      *title;
  GtkLabel      *facts;
  GtkLabel      *text;
  GtkWidget     *unverified;
  GtkWidget     *mark;
  GtkLinkButton *address;

  ShyPolicy     *policy;  /* (owned) (nullable) keeps the clause alive */
};

G_DEFINE_FINAL_TYPE (ShyClauseButton, shy_clause_button, ADW_TYPE_BIN)

static void
append_part (GString    *line,
             const char *part)
{
  if (part == NULL)
    return;

  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/* Number, issuer and day of a document on one line. */
static char *
describe_document (const ShyPolicyDocument *document)
{
  GString         *line = g_string_new (NULL);
  g_autofree char *day = NULL;

  if (document->date != NULL)
    day = shy_format_day (document->date);
  append_part (line, document->number);
  append_part (line, document->issuer);
  append_part (line, day);

  return g_string_free (line, FALSE);
}

static void
show_document (ShyClauseButton         *self,
               const ShyPolicyDocument *document)
{
  g_autofree char *facts = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->facts), document != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->address),
                          document != NULL && document->address != NULL);
  if (document == NULL)
    {
      gtk_label_set_label (self->facts, "");
      gtk_label_set_label (self->title, _("No document was found for this rule"));
      return;
    }

  facts = describe_document (document);
  gtk_label_set_label (self->title, document->title);
  gtk_label_set_label (self->facts, facts);
  if (document->address != NULL)
    {
      gtk_link_button_set_uri (self->address, document->address);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->address), document->address);
    }
}

static char *
name_clause (const ShyPolicyClause *clause)
{
  const char *number = shy_policy_document_get_caption (clause->document);

  if (number != NULL && clause->number != NULL)
    /* Translators: the number of a document, then the number of a clause in it. */
    return g_strdup_printf (C_("clause", "%s, %s"), number, clause->number);
  if (clause->number != NULL)
    return g_strdup (clause->number);

  return g_strdup (number != NULL ? number : _("Rule without a document"));
}

static void
copy_cb (ShyClauseButton *self)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s\n%s\n%s\n%s\n", gtk_label_get_label (self->title),
                          gtk_label_get_label (self->facts), gtk_label_get_label (self->number),
                          gtk_label_get_label (self->text));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_menu_button_popdown (self->button);
}

static void
shy_clause_button_dispose (GObject *object)
{
  g_clear_object (&SHY_CLAUSE_BUTTON (object)->policy);

  G_OBJECT_CLASS (shy_clause_button_parent_class)->dispose (object);
}

static void
shy_clause_button_class_init (ShyClauseButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = shy_clause_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-clause-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, button);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, name);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, number);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, title);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, facts);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, text);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, unverified);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, mark);
  gtk_widget_class_bind_template_child (widget_class, ShyClauseButton, address);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
shy_clause_button_init (ShyClauseButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * shy_clause_button_new:
 *
 * Returns: (transfer none): a button without a clause
 */
GtkWidget *
shy_clause_button_new (void)
{
  return g_object_new (SHY_TYPE_CLAUSE_BUTTON, NULL);
}

/**
 * shy_clause_button_set_clause: (skip)
 * @self: a button
 * @policy: (nullable): the policy whose clause it is
 * @clause: (nullable): the clause; without one the button hides
 *
 * Shows a clause.
 */
void
shy_clause_button_set_clause (ShyClauseButton       *self,
                              ShyPolicy             *policy,
                              const ShyPolicyClause *clause)
{
  g_autofree char *name = NULL;

  g_return_if_fail (SHY_IS_CLAUSE_BUTTON (self));
  g_return_if_fail (clause == NULL || SHY_IS_POLICY (policy));

  g_set_object (&self->policy, policy);
  gtk_widget_set_visible (GTK_WIDGET (self), clause != NULL);
  if (clause == NULL)
    return;

  name = name_clause (clause);
  gtk_label_set_label (self->name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_label_set_label (self->number, clause->number != NULL ? clause->number : "");
  gtk_widget_set_visible (GTK_WIDGET (self->number), clause->number != NULL);
  gtk_label_set_label (self->text, shy_text_get (clause->text));
  gtk_widget_set_visible (self->unverified, clause->status == SHY_POLICY_UNVERIFIED);
  gtk_widget_set_visible (self->mark, clause->status == SHY_POLICY_UNVERIFIED);
  show_document (self, clause->document);
}

/**
 * shy_clause_button_popup:
 * @self: a button
 *
 * Opens what the clause says.
 */
void
shy_clause_button_popup (ShyClauseButton *self)
{
  g_return_if_fail (SHY_IS_CLAUSE_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
