/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-trial-private.h"

#include <glib/gi18n-lib.h>

/* Tells a trial in lines. */

static const char *const marks[] = {
  [SHY_TRIAL_FINE] = "✓",
  [SHY_TRIAL_ATTENTION] = "!",
  [SHY_TRIAL_FAILED] = "✗",
  [SHY_TRIAL_SKIPPED] = "–",
};

static void G_GNUC_PRINTF (2, 3)
say (GString *text, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_c (text, '\n');
}

static void
say_row (GString *text, const ShyTrial *self, const ShyServiceStream *stream, guint number)
{
  const ShyServiceRow *row = g_ptr_array_index (self->rows, number);

  if (row->rejected != NULL)
    say (text, _("Row %u is rejected: %s"), number + 1, row->rejected);
  else
    say (text, _("Row %u:"), number + 1);
  for (guint i = 0; i < stream->fields->len; i++)
    {
      const ShyServiceField *field = g_ptr_array_index (stream->fields, i);
      const char            *source = g_hash_table_lookup (self->mapped, field->field.name);
      g_autofree char       *shown = row->values[i] != NULL ? shy_scrub_numbers (row->values[i]) : NULL;

      if (field->field.personal)
        say (text, _("  %s ← %s: not shown"), field->field.name, source != NULL ? source : "—");
      else
        say (text, "  %s ← %s: %s", field->field.name, source != NULL ? source : "—",
             shown != NULL ? shown : "—");
    }
}

static void
say_unmapped (GString *text, const ShyTrial *self)
{
  g_autoptr (GList) names = g_hash_table_get_keys (self->unmapped);

  if (names == NULL)
    return;
  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  say (text, _("Not mapped:"));
  for (GList *at = names; at != NULL; at = at->next)
    say (text, "  %s: %s", (const char *) at->data,
         (const char *) g_hash_table_lookup (self->unmapped, at->data));
}

/**
 * shy_trial_to_text: (skip)
 * @self: a trial
 * @pull: what was tried
 *
 * Returns: (transfer full): the trial as lines for a person, without secrets and sensitive values
 */
char *
shy_trial_to_text (const ShyTrial *self, ShyPull *pull)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (SHY_IS_PULL (pull), NULL);

  say (text, _("%s, stream “%s” (%s)"), pull->service->title, pull->stream->title,
       pull->stream->name);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const ShyTrialStep *step = g_ptr_array_index (self->steps, i);

      /* Translators: a mark, a step such as “Network”, and what was found. */
      say (text, _("%s %s: %s"), marks[step->outcome], step->title, step->sentence);
    }
  for (guint i = 0; i < self->log->len; i++)
    say (text, "· %s", (const char *) g_ptr_array_index (self->log, i));
  for (guint i = 0; i < self->rows->len; i++)
    say_row (text, self, pull->stream, i);
  say_unmapped (text, self);
  if (self->server_pin != NULL)
    say (text, _("Key of the server, SHA-256: %s"), self->server_pin);
  if (self->sample_reply != NULL)
    say (text, _("The answer begins: %s"), self->sample_reply);
  return g_string_free (text, FALSE);
}
