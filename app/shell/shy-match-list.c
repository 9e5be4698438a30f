/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-match-list.h"

#include <glib/gi18n-lib.h>

/* What is longer is cut in the preview, in characters. */
#define LONG_TEXT 20

struct _ShyMatchList
{
  AdwBin      parent_instance;

  GtkWidget  *warnings_group;
  GtkListBox *warnings;
  GtkListBox *columns;
  GtkGrid    *preview;
};

G_DEFINE_FINAL_TYPE (ShyMatchList, shy_match_list, ADW_TYPE_BIN)

enum { ASSIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
add_warning (ShyMatchList *self,
             const char       *message)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), message);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (sign, "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), sign);
  gtk_list_box_append (self->warnings, row);
}

static gboolean
is_matched (ShyHeaderMatch *match,
            guint           field)
{
  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    if (shy_header_match_get_column (match, i)->field == (int) field)
      return TRUE;

  return FALSE;
}

static void
show_warnings (ShyMatchList *self,
               ShyHeaderMatch   *match)
{
  const char *const *warnings = shy_header_match_get_warnings (match);
  GPtrArray         *fields = shy_header_match_get_fields (match);

  clear (self->warnings);
  for (guint i = 0; i < fields->len; i++)
    {
      ShySheetField   *field = g_ptr_array_index (fields, i);
      g_autofree char *message = NULL;

      if (!shy_sheet_field_get_about (field)->required || is_matched (match, i))
        continue;
      message = g_strdup_printf (_("No column is “%s”, which is needed. Choose it among the columns below."),
                                 shy_sheet_field_get_about (field)->name);
      add_warning (self, message);
    }
  for (gsize i = 0; warnings != NULL && warnings[i] != NULL; i++)
    add_warning (self, warnings[i]);

  gtk_widget_set_visible (self->warnings_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->warnings)) != NULL);
}

static void
field_chosen_cb (GtkDropDown      *choice,
                 GParamSpec       *pspec,
                 ShyMatchList *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "column"));

  g_signal_emit (self, signals[ASSIGNED], 0, column,
                 (int) gtk_drop_down_get_selected (choice) - 1);
}

/* The first choice stands for “leave the column out”. */
static GtkWidget *
new_choice (ShyMatchList      *self,
            GPtrArray             *fields,
            const ShyHeaderColumn *column,
            guint                  index)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget                *choice;

  gtk_string_list_append (names, _("(left out)"));
  for (guint i = 0; i < fields->len; i++)
    gtk_string_list_append (names, shy_sheet_field_get_about (g_ptr_array_index (fields, i))->name);

  choice = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), column->field + 1);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  column->header, -1);
  g_object_set_data (G_OBJECT (choice), "column", GUINT_TO_POINTER (index));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (field_chosen_cb), self, 0);

  return choice;
}

static void
add_column (ShyMatchList      *self,
            GPtrArray             *fields,
            const ShyHeaderColumn *column,
            guint                  index)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *cell = shy_sheet_reference_new (column->row, column->column);
  g_autofree char *title = NULL;

  /* Translators: the header of a column, then its cell. */
  title = g_strdup_printf (_("%s (%s)"), column->header, cell);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (column->reason != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), column->reason);

  if (column->field >= 0)
    {
      /* Translators: how sure the match of a column with a field is, in percent. */
      g_autofree char *sure = g_strdup_printf (_("%u %% sure"), column->confidence);
      GtkWidget       *label = gtk_label_new (sure);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, column->confidence < 80 ? "warning" : "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_choice (self, fields, column, index));
  gtk_list_box_append (self->columns, row);
}

static void
add_cell (ShyMatchList *self,
          const char       *text,
          int               column,
          int               row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (g_utf8_strlen (text, -1) > LONG_TEXT)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), LONG_TEXT);
    }
  if (row == 0)
    gtk_widget_add_css_class (label, "caption-heading");
  gtk_grid_attach (self->preview, label, column, row, 1, 1);
}

static void
show_preview (ShyMatchList   *self,
              ShyHeaderMatch *match,
              GPtrArray      *rows)
{
  GPtrArray *fields = shy_header_match_get_fields (match);
  GtkWidget *child;
  int        position = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->preview))) != NULL)
    gtk_grid_remove (self->preview, child);

  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (match, i);
      const ShyField        *about;

      if (column->field < 0)
        continue;
      about = shy_sheet_field_get_about (g_ptr_array_index (fields, column->field));
      add_cell (self, about->name, position, 0);
      for (guint r = 0; r < rows->len; r++)
        {
          char           **texts = g_ptr_array_index (rows, r);
          /* Numbers of persons are masked wherever nothing is to be done with them. */
          g_autofree char *text = shy_field_type_mask (about->type, SHY_IDENTITY_AUDIENCE_SCREEN, texts[position]);

          add_cell (self, text, position, r + 1);
        }
      position++;
    }
}

static void
shy_match_list_class_init (ShyMatchListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ASSIGNED] =
    g_signal_new ("assigned", SHY_TYPE_MATCH_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/ui/shy-match-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ShyMatchList, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, ShyMatchList, warnings);
  gtk_widget_class_bind_template_child (widget_class, ShyMatchList, columns);
  gtk_widget_class_bind_template_child (widget_class, ShyMatchList, preview);
}

static void
shy_match_list_init (ShyMatchList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * shy_match_list_show:
 * @self: a list
 * @match: the match of a sheet
 * @rows: (element-type GStrv): the first rows, as #ShyImportPreview has them
 *
 * Shows what the columns of a sheet are. Signal "assigned" (guint, int): somebody says that the column
 * is the field, -1 for none.
 */
void
shy_match_list_show (ShyMatchList   *self,
                     ShyHeaderMatch *match,
                     GPtrArray      *rows)
{
  GPtrArray *fields = shy_header_match_get_fields (match);

  show_warnings (self, match);
  clear (self->columns);
  for (guint i = 0; i < shy_header_match_get_n_columns (match); i++)
    add_column (self, fields, shy_header_match_get_column (match, i), i);
  show_preview (self, match, rows);
}
