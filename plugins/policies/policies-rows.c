/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies-rows.h"

GtkWidget *
policies_row_new (const char *title,
                  const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  return row;
}

static GtkWidget *
new_mark (const char *mark)
{
  GtkWidget *label = gtk_label_new (mark);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "warning");

  return label;
}

/* What is to be seen at once, if anything. */
void
policies_row_add_mark (GtkWidget  *row,
                       const char *mark)
{
  if (mark != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_mark (mark));
}

/* The row leads somewhere. */
void
policies_row_make_door (GtkWidget *row)
{
  GtkWidget *image = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

static GtkWidget *
new_label (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
new_line (const char *label,
          const char *text,
          gboolean    expression)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *body = new_label (text, expression ? "monospace" : NULL);

  gtk_label_set_selectable (GTK_LABEL (body), TRUE);
  gtk_widget_set_can_focus (body, FALSE);
  gtk_box_append (GTK_BOX (box), new_label (label, "dim-label"));
  gtk_box_append (GTK_BOX (box), body);

  return box;
}

static void
set_margins (GtkWidget *widget)
{
  gtk_widget_set_margin_top (widget, 9);
  gtk_widget_set_margin_bottom (widget, 9);
  gtk_widget_set_margin_start (widget, 12);
  gtk_widget_set_margin_end (widget, 12);
}

/* A text, below what it is; one can take it out, as into a letter. */
GtkWidget *
policies_line_row_new (const char *label,
                       const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = new_line (label, text, FALSE);

  set_margins (line);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);

  return row;
}

static GtkExpander *
get_expander (GtkWidget *row)
{
  return GTK_EXPANDER (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
}

/* An expander of GTK wraps its title, which that of libadwaita 1.2 does not; the row leaves the keys
 * to it. */
GtkWidget *
policies_fold_new (const char *title,
                   const char *subtitle,
                   const char *mark)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *expander = gtk_expander_new (NULL);
  GtkWidget       *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget       *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *spoken = g_strdup_printf ("%s %s", title, mark != NULL ? mark : "");

  gtk_box_append (GTK_BOX (names), new_label (title, NULL));
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (names), new_label (subtitle, "dim-label"));
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (head), names);
  if (mark != NULL)
    gtk_box_append (GTK_BOX (head), new_mark (mark));
  set_margins (head);
  set_margins (lines);
  gtk_widget_set_margin_start (lines, 30);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), head);
  gtk_expander_set_child (GTK_EXPANDER (expander), lines);
  gtk_widget_set_margin_start (expander, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), expander);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

void
policies_fold_add (GtkWidget  *row,
                   const char *label,
                   const char *text,
                   gboolean    expression)
{
  gtk_box_append (GTK_BOX (gtk_expander_get_child (get_expander (row))),
                  new_line (label, text, expression));
}

/* Unfolds it and hands it the keys. */
void
policies_fold_open (GtkWidget *row)
{
  gtk_expander_set_expanded (get_expander (row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (get_expander (row)));
}

/* One thing of a policy. */
GtkWidget *
policies_fold_new_entry (const ShyPolicyEntry *entry)
{
  GtkWidget *row = policies_fold_new (entry->title, NULL, entry->mark);

  for (guint i = 0; i < entry->lines->len; i++)
    {
      const ShyPolicyLine *line = g_ptr_array_index (entry->lines, i);

      policies_fold_add (row, line->label, line->text, line->expression);
    }

  return row;
}
