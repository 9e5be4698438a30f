/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Ten rows of a handful of columns: a grid does, and a screen reader walks through it. */
struct _ServicesTrialRows
{
  AdwBin   parent_instance;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (ServicesTrialRows, services_trial_rows, ADW_TYPE_BIN)

/* Longer values are cut; they are whole in the tooltip. In widths of a digit. */
#define MOST_WIDTH 30

const char *
services_field_title (const ShyField *field)
{
  return shy_field_get_label (field);
}

/* How wide a text is; Chinese takes twice the room. */
static int
measure (const char *text)
{
  int width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;

  return width;
}

/* A table that is too wide scrolls; its columns do not shrink. */
static GtkWidget *
create_label (const char *text,
              const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (measure (text), MOST_WIDTH));
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_WIDTH);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static void
attach_header (ServicesTrialRows *self,
               const ShyTrial    *trial,
               const ShyField    *field,
               int                column)
{
  const char *source = g_hash_table_lookup (trial->mapped, field->name);
  GtkWidget  *below = create_label (source != NULL ? source : _("not found"), "caption");

  gtk_widget_add_css_class (below, source != NULL ? "monospace" : "warning");
  gtk_widget_add_css_class (below, "dim-label");
  gtk_grid_attach (self->grid, create_label (services_field_title (field), "heading"), column, 0,
                   1, 1);
  gtk_grid_attach (self->grid, below, column, 1, 1, 1);
  gtk_grid_attach (self->grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), column, 2, 1, 1);
}

/* To the minute, as it is told in the province: "2025-06-30 09:00". */
static char *
shorten_moment (const char *value)
{
  char *moment = g_strndup (value, strlen ("2025-06-30T09:00"));

  return g_strdelimit (moment, "T", ' ');
}

static GtkWidget *
create_cell (const ShyServiceRow *row,
             const ShyField      *field,
             guint                index)
{
  const char      *value = row->values[index];
  g_autofree char *moment = NULL;
  GtkWidget       *label;

  if (value != NULL && field->type == SHY_FIELD_DATETIME)
    value = moment = shorten_moment (value);

  if (field->personal)
    label = create_label (_("not shown"), "dim-label");
  else if (value == NULL)
    label = create_label ("—", "dim-label");
  else
    label = create_label (value, NULL);
  if (value != NULL && !field->personal)
    gtk_widget_set_tooltip_text (label, value);

  return label;
}

static void
attach_sign (ServicesTrialRows   *self,
             const ShyServiceRow *row,
             int                  line)
{
  GtkWidget *sign;

  if (row->rejected == NULL)
    return;

  sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (sign, "warning");
  gtk_widget_set_tooltip_text (sign, row->rejected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  row->rejected, -1);
  gtk_grid_attach (self->grid, sign, 0, line, 1, 1);
}

static void
remove_all (ServicesTrialRows *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

/* services_trial_rows_show: @trial and @stream are not needed any more behind this. */
void
services_trial_rows_show (ServicesTrialRows      *self,
                          const ShyTrial         *trial,
                          const ShyServiceStream *stream)
{
  guint n = shy_service_stream_get_n_fields (stream);

  g_return_if_fail (SERVICES_IS_TRIAL_ROWS (self));

  remove_all (self);
  for (guint i = 0; i < n; i++)
    {
      const ShyField *field = shy_service_stream_get_field (stream, i);

      attach_header (self, trial, field, (int) i + 1);
      for (guint line = 0; line < trial->rows->len; line++)
        gtk_grid_attach (self->grid,
                         create_cell (g_ptr_array_index (trial->rows, line), field, i),
                         (int) i + 1, (int) line + 3, 1, 1);
    }
  for (guint line = 0; line < trial->rows->len; line++)
    attach_sign (self, g_ptr_array_index (trial->rows, line), (int) line + 3);
}

static void
services_trial_rows_class_init (ServicesTrialRowsClass *klass)
{
}

static void
services_trial_rows_init (ServicesTrialRows *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->grid), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->grid), 12);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->grid));
  gtk_widget_add_css_class (scrolled, "card");
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
