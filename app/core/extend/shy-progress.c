/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extend/shy-progress.h"

/**
 * ShyProgress:
 *
 * How far long work is. The work says so on its thread, as often as it likes; who watches is notified
 * in the main context that was the thread's default when the object was made, once for all that was
 * said since the last time.
 */
struct _ShyProgress
{
  GObject       parent_instance;
  GMainContext *context;  /* (owned): where it is notified */
  GMutex        mutex;    /* guards what follows */
  double        fraction; /* 0 to 1, or -1 while nobody knows */
  char         *text;     /* (owned) (nullable) */
  gboolean      pending;  /* whether the notification is on its way */
};

G_DEFINE_FINAL_TYPE (ShyProgress, shy_progress, G_TYPE_OBJECT)

typedef enum { PROP_FRACTION = 1, PROP_TEXT } ShyProgressProperty;
static GParamSpec *properties[PROP_TEXT + 1];

static void
shy_progress_finalize (GObject *object)
{
  ShyProgress *self = SHY_PROGRESS (object);

  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->text);

  G_OBJECT_CLASS (shy_progress_parent_class)->finalize (object);
}

static void
shy_progress_get_property (GObject    *object,
                           guint       property,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ShyProgress *self = SHY_PROGRESS (object);

  switch ((ShyProgressProperty) property)
    {
    case PROP_FRACTION:
      g_value_set_double (value, shy_progress_get_fraction (self));
      break;
    case PROP_TEXT:
      g_value_take_string (value, shy_progress_dup_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_progress_class_init (ShyProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = shy_progress_finalize;
  object_class->get_property = shy_progress_get_property;

  /**
   * ShyProgress:fraction:
   *
   * How much is done: 0 to 1, or -1 while nobody knows.
   */
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * ShyProgress:text:
   *
   * What is being done, translated, or %NULL.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_progress_init (ShyProgress *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->fraction = -1;
  g_mutex_init (&self->mutex);
}

/**
 * shy_progress_new:
 *
 * Returns: (transfer full): progress of which nothing is known yet
 */
ShyProgress *
shy_progress_new (void)
{
  return g_object_new (SHY_TYPE_PROGRESS, NULL);
}

static gboolean
notify_cb (gpointer data)
{
  ShyProgress *self = data;

  g_mutex_lock (&self->mutex);
  self->pending = FALSE;
  g_mutex_unlock (&self->mutex);

  g_object_freeze_notify (data);
  g_object_notify_by_pspec (data, properties[PROP_FRACTION]);
  g_object_notify_by_pspec (data, properties[PROP_TEXT]);
  g_object_thaw_notify (data);
  return G_SOURCE_REMOVE;
}

/**
 * shy_progress_set:
 * @self: (nullable): progress; %NULL where nobody watches
 * @fraction: how much is done, 0 to 1, or -1 if that is not known
 * @text: (nullable): what is being done, translated
 *
 * Says how far the work is. May be called on any thread.
 */
void
shy_progress_set (ShyProgress *self,
                  double       fraction,
                  const char  *text)
{
  gboolean told;

  if (self == NULL)
    return;
  g_return_if_fail (SHY_IS_PROGRESS (self));

  g_mutex_lock (&self->mutex);
  self->fraction = fraction < 0 ? -1 : MIN (fraction, 1);
  if (g_strcmp0 (self->text, text) != 0)
    {
      g_free (self->text);
      self->text = g_strdup (text);
    }
  told = self->pending;
  self->pending = TRUE;
  g_mutex_unlock (&self->mutex);

  if (!told)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, notify_cb, g_object_ref (self), g_object_unref);
      g_source_attach (source, self->context);
    }
}

/**
 * shy_progress_get_fraction:
 * @self: progress
 *
 * Returns: how much is done, 0 to 1, or -1 while nobody knows
 */
double
shy_progress_get_fraction (ShyProgress *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SHY_IS_PROGRESS (self), -1);

  locker = g_mutex_locker_new (&self->mutex);
  return self->fraction;
}

/**
 * shy_progress_dup_text:
 * @self: progress
 *
 * Returns: (transfer full) (nullable): what is being done, translated
 */
char *
shy_progress_dup_text (ShyProgress *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (SHY_IS_PROGRESS (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  return g_strdup (self->text);
}
