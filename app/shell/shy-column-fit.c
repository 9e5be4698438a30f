/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-column-fit.h"

/* What GTK's theme keeps free at both sides of a cell, in pixels. */
#define PADDING 24

#define FIT "shy-column-fit"

typedef struct
{
  GtkColumnView  *view;    /* (unowned) owns this */
  ShyColumnWidth *widths;  /* (owned) */
  guint           n_widths;
  int             width;   /* of the view when it was fitted last */
  int             digit;   /* width of ten digits then */
} Fit;

static void
fit_free (gpointer data)
{
  Fit *self = data;

  for (guint i = 0; i < self->n_widths; i++)
    g_object_unref (self->widths[i].column);
  g_free (self->widths);
  g_free (self);
}

static int
measure_digits (Fit *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view),
                                                                   "0000000000");
  int                     width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
get_width (Fit   *self,
           guint  index)
{
  return (int) (self->widths[index].digits * (guint) self->digit / 10) + PADDING;
}

/* Gives the least number of what is dropped, so that the rest has room. */
static guint
find_drop (Fit *self)
{
  guint drop = 0;

  for (guint i = 0; i < self->n_widths; i++)
    drop = MAX (drop, self->widths[i].drop);

  for (; drop > 0; drop--)
    {
      int sum = 0;

      for (guint i = 0; i < self->n_widths; i++)
        if (self->widths[i].drop <= drop)
          sum += get_width (self, i);
      if (sum <= self->width)
        break;
    }

  return drop;
}

/* What is left in the view beside the other columns that stand first. */
static int
get_rest (Fit   *self,
          guint  index,
          guint  drop)
{
  int rest = self->width;

  for (guint i = 0; i < self->n_widths; i++)
    if (i != index && self->widths[i].drop <= drop)
      rest -= get_width (self, i);

  return MAX (rest, get_width (self, index));
}

/* Columns that have no room stand behind the others, where one gets by scrolling. */
static void
place_columns (Fit   *self,
               guint  drop)
{
  guint place = 0;

  for (guint behind = 0; behind < 2; behind++)
    for (guint i = 0; i < self->n_widths; i++)
      if ((self->widths[i].drop > drop) == (behind == 1))
        gtk_column_view_insert_column (self->view, place++, self->widths[i].column);
}

static void
fit (Fit *self)
{
  guint drop = find_drop (self);

  place_columns (self, drop);
  for (guint i = 0; i < self->n_widths; i++)
    {
      GtkColumnViewColumn *column = self->widths[i].column;
      gboolean             rest = gtk_column_view_column_get_expand (column);

      gtk_column_view_column_set_fixed_width (column, rest ? get_rest (self, i, drop)
                                                           : get_width (self, i));
    }
}

/* Widths cannot change while they are given out: they do before the next picture. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Fit *self = g_object_get_data (G_OBJECT (widget), FIT);
  int  width = gtk_widget_get_width (widget);
  int  digit = measure_digits (self);

  if (width > 0 && (width != self->width || digit != self->digit))
    {
      self->width = width;
      self->digit = digit;
      fit (self);
    }
  return G_SOURCE_REMOVE;
}

static void
size_changed_cb (GtkWidget *view)
{
  gtk_widget_add_tick_callback (view, tick_cb, NULL, NULL);
}

/**
 * shy_column_fit_add: (skip)
 * @view: a table
 * @widths: its columns
 * @n_widths: how many
 *
 * Gives the columns widths that follow the size of the text, and puts the less needed ones behind the
 * others where there is no room for all; a column that expands takes what is left.
 */
void
shy_column_fit_add (GtkColumnView        *view,
                    const ShyColumnWidth *widths,
                    guint                 n_widths)
{
  Fit           *self;
  GtkAdjustment *adjustment;
  gboolean       first;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  first = g_object_get_data (G_OBJECT (view), FIT) == NULL;
  self = g_new0 (Fit, 1);
  self->view = view;
  self->widths = g_memdup2 (widths, n_widths * sizeof *widths);
  self->n_widths = n_widths;
  for (guint i = 0; i < n_widths; i++)
    g_object_ref (widths[i].column);
  g_object_set_data_full (G_OBJECT (view), FIT, self, fit_free);
  size_changed_cb (GTK_WIDGET (view));
  if (!first)
    return;

  adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (size_changed_cb), view,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (view)), "notify::gtk-xft-dpi",
                           G_CALLBACK (size_changed_cb), view, G_CONNECT_SWAPPED);
}
