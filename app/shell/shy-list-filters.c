/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-list-filters.h"

/* A button that stands for a value of a filter. */
typedef struct
{
  ShyListFilters  *owner;  /* (unowned) */
  GtkToggleButton *button; /* (unowned) */
  char            *filter; /* (owned) */
  char            *value;  /* (owned) */
  char            *label;  /* (owned) */
  gboolean         single; /* it stands alone: not one of several of which one is pressed */
} Chip;

/* A choice of a value of a filter, the first of which is all. */
typedef struct
{
  ShyListFilters *owner;  /* (unowned) */
  GtkDropDown    *drop;   /* (unowned) */
  char           *filter; /* (owned) */
  char          **values; /* (owned) */
} Choice;

struct _ShyListFilters
{
  GtkBox             *box;     /* (unowned) */
  ShyRecordQuery     *query;   /* (unowned) */
  ShyListFiltersFunc  changed;
  gpointer            data;
  GPtrArray          *chips;   /* (owned) of Chip */
  GPtrArray          *choices; /* (owned) of Choice */
  gboolean            showing; /* what is pressed is set by the program */
};

static void
chip_free (gpointer data)
{
  Chip *self = data;

  g_signal_handlers_disconnect_by_data (self->button, self);
  g_free (self->filter);
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_signal_handlers_disconnect_by_data (self->drop, self);
  g_free (self->filter);
  g_strfreev (self->values);
  g_free (self);
}

/* @query: what is asked for, which outlives these; @changed: called when a person changed it */
ShyListFilters *
shy_list_filters_new (GtkBox             *box,
                      ShyRecordQuery     *query,
                      ShyListFiltersFunc  changed,
                      gpointer            data)
{
  ShyListFilters *self = g_new0 (ShyListFilters, 1);

  *self = (ShyListFilters) { box, query, changed, data };
  self->chips = g_ptr_array_new_with_free_func (chip_free);
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  return self;
}

void
shy_list_filters_free (ShyListFilters *self)
{
  g_ptr_array_unref (self->chips);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

static void
set_filter (ShyListFilters *self,
            const char     *filter,
            const char     *value)
{
  if (self->showing)
    return;

  shy_record_query_set_filter (self->query, filter, value);
  self->changed (self->data);
}

static void
toggled_cb (Chip *chip)
{
  gboolean active = gtk_toggle_button_get_active (chip->button);

  if (active || chip->single)
    set_filter (chip->owner, chip->filter, active ? chip->value : "");
}

static void
chosen_cb (Choice *choice)
{
  guint position = gtk_drop_down_get_selected (choice->drop);

  if (position != GTK_INVALID_LIST_POSITION)
    set_filter (choice->owner, choice->filter, choice->values[position]);
}

/* shy_list_filters_show: what is pressed says what is asked for. */
void
shy_list_filters_show (ShyListFilters *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->chips->len; i++)
    {
      const Chip *chip = self->chips->pdata[i];
      const char *value = shy_record_query_get_filter (self->query, chip->filter);

      gtk_toggle_button_set_active (chip->button, g_str_equal (chip->value, value));
    }
  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = self->choices->pdata[i];
      const char   *value = shy_record_query_get_filter (self->query, choice->filter);

      for (guint j = 0; choice->values[j] != NULL; j++)
        if (g_str_equal (choice->values[j], value))
          gtk_drop_down_set_selected (choice->drop, j);
    }
  self->showing = FALSE;
}

/* shy_list_filters_clear: asks for all that these filter; they are to be shown then. */
void
shy_list_filters_clear (ShyListFilters *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    shy_record_query_set_filter (self->query, ((Chip *) self->chips->pdata[i])->filter, "");
  for (guint i = 0; i < self->choices->len; i++)
    shy_record_query_set_filter (self->query, ((Choice *) self->choices->pdata[i])->filter, "");
}

/* shy_list_filters_describe: what is asked for, an a{ss} by filter, without what stands alone. */
GVariant *
shy_list_filters_describe (ShyListFilters *self)
{
  GVariantBuilder filters;

  g_variant_builder_init (&filters, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < self->chips->len; i++)
    {
      const Chip *chip = self->chips->pdata[i];

      if (!chip->single && gtk_toggle_button_get_active (chip->button))
        g_variant_builder_add (&filters, "{ss}", chip->filter, chip->value);
    }
  for (guint i = 0; i < self->choices->len; i++)
    {
      const char *filter = ((const Choice *) self->choices->pdata[i])->filter;

      g_variant_builder_add (&filters, "{ss}", filter,
                             shy_record_query_get_filter (self->query, filter));
    }
  return g_variant_builder_end (&filters);
}

static void
show_label (const Chip *chip,
            const char *text)
{
  GtkWidget *content = gtk_button_get_child (GTK_BUTTON (chip->button));

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* shy_list_filters_show_counts: how many rows each would leave. Until they are counted nothing is said:
 * a 0 would be a lie. */
void
shy_list_filters_show_counts (ShyListFilters *self,
                              ShyRecords     *records)
{
  for (guint i = 0; i < self->chips->len; i++)
    {
      const Chip      *chip = self->chips->pdata[i];
      guint            n = shy_records_get_count (records, chip->filter, chip->value);
      g_autofree char *text = g_strdup_printf ("%s %u", chip->label, n);

      if (!chip->single)
        show_label (chip, text);
    }
}

static Chip *
make_chip (ShyListFilters    *self,
           const char        *filter,
           const ShyListChip *from)
{
  Chip      *chip = g_new0 (Chip, 1);
  GtkWidget *content = adw_button_content_new ();

  chip->owner = self;
  chip->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  chip->filter = g_strdup (filter);
  chip->value = g_strdup (from->value);
  chip->label = g_strdup (from->label);
  if (from->icon != NULL)
    adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), from->icon);
  gtk_button_set_child (GTK_BUTTON (chip->button), content);
  show_label (chip, chip->label);
  g_signal_connect_swapped (chip->button, "toggled", G_CALLBACK (toggled_cb), chip);
  g_ptr_array_add (self->chips, chip);
  return chip;
}

void
shy_list_filters_add_chips (ShyListFilters    *self,
                            const char        *filter,
                            const ShyListChip *chips,
                            guint              n_chips)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkToggleButton *first = NULL;

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < n_chips; i++)
    {
      GtkToggleButton *button = make_chip (self, filter, &chips[i])->button;

      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (button, first);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (button));
    }
  gtk_box_append (self->box, box);
  shy_list_filters_show (self);
}

void
shy_list_filters_add_choice (ShyListFilters     *self,
                             const char         *filter,
                             const char         *label,
                             const char * const *values,
                             const char * const *labels)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->owner = self;
  choice->drop = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (labels));
  choice->filter = g_strdup (filter);
  choice->values = g_strdupv ((char **) values);
  g_ptr_array_add (self->choices, choice);
  gtk_widget_set_tooltip_text (GTK_WIDGET (choice->drop), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->drop), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (choice->drop, "notify::selected", G_CALLBACK (chosen_cb), choice);
  gtk_box_append (self->box, GTK_WIDGET (choice->drop));
}

/* shy_list_filters_show_toggle: a button that stands alone, in the place of the one of that filter before,
 * for what is asked for now. */
void
shy_list_filters_show_toggle (ShyListFilters    *self,
                              const char        *filter,
                              const ShyListChip *from)
{
  Chip *chip = NULL;

  for (guint i = 0; i < self->chips->len; i++)
    if (((Chip *) self->chips->pdata[i])->single &&
        g_str_equal (((Chip *) self->chips->pdata[i])->filter, filter))
      chip = self->chips->pdata[i];
  if (chip == NULL)
    {
      chip = make_chip (self, filter, from);
      chip->single = TRUE;
      gtk_box_append (self->box, GTK_WIDGET (chip->button));
    }
  g_free (chip->value);
  chip->value = g_strdup (from->value);
  shy_record_query_set_filter (self->query, filter, from->value);
  shy_list_filters_show (self);
}
