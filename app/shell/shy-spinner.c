/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-spinner.h"

/**
 * ShySpinner:
 *
 * A spinner that turns only while it is shown. One of GTK's that spins on a hidden page draws no
 * picture, yet wakes the program for each frame.
 */
struct _ShySpinner
{
  AdwBin      parent_instance;
  GtkSpinner *spinner;   /* (unowned) the child */
  gboolean    spinning;  /* whether it turns when it is shown */
};

G_DEFINE_FINAL_TYPE (ShySpinner, shy_spinner, ADW_TYPE_BIN)

typedef enum { PROP_SPINNING = 1 } ShySpinnerProperty;
static GParamSpec *properties[PROP_SPINNING + 1];

static void
turn (ShySpinner *self)
{
  gtk_spinner_set_spinning (self->spinner,
                            self->spinning && gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
shy_spinner_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (shy_spinner_parent_class)->map (widget);

  turn (SHY_SPINNER (widget));
}

static void
shy_spinner_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (shy_spinner_parent_class)->unmap (widget);

  turn (SHY_SPINNER (widget));
}

static void
shy_spinner_get_property (GObject    *object,
                          guint       property,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch ((ShySpinnerProperty) property)
    {
    case PROP_SPINNING:
      g_value_set_boolean (value, SHY_SPINNER (object)->spinning);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_spinner_set_property (GObject      *object,
                          guint         property,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch ((ShySpinnerProperty) property)
    {
    case PROP_SPINNING:
      shy_spinner_set_spinning (SHY_SPINNER (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_spinner_class_init (ShySpinnerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = shy_spinner_get_property;
  object_class->set_property = shy_spinner_set_property;
  widget_class->map = shy_spinner_map;
  widget_class->unmap = shy_spinner_unmap;

  /**
   * ShySpinner:spinning:
   *
   * Whether it turns when it is shown.
   */
  properties[PROP_SPINNING] =
    g_param_spec_boolean ("spinning", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_spinner_init (ShySpinner *self)
{
  self->spinning = TRUE;
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->spinner));
}

/**
 * shy_spinner_set_spinning:
 * @self: a spinner
 * @spinning: whether it turns when it is shown
 */
void
shy_spinner_set_spinning (ShySpinner *self,
                          gboolean    spinning)
{
  g_return_if_fail (SHY_IS_SPINNER (self));

  if (self->spinning == spinning)
    return;

  self->spinning = spinning;
  turn (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPINNING]);
}
