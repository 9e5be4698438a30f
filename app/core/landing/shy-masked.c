/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-staging-private.h"

#include <string.h>

/* Some services mask what they gave in full before: 张*, 138****1234. Such a value says less than
 * what is there, and does not take its place. */

/* Whether @masked may be @full with stars in it. A mask of another value says that it changed. */
static gboolean
is_mask_of (const char *masked, const char *full)
{
  const char *first = strchr (masked, '*');
  const char *last = strrchr (masked, '*');

  return first != NULL && strchr (full, '*') == NULL &&
         strncmp (masked, full, (gsize) (first - masked)) == 0 && g_str_has_suffix (full, last + 1);
}

static const char *
find_old (GPtrArray *fields, char **values, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_str_equal (((const ShyField *) fields->pdata[i])->name, name))
      return values[i];
  return NULL;
}

/* Puts values of before in the place of those that are masked. Says whether any was; they belong to
 * @old_values. */
gboolean
shy_masked_keep (GPtrArray *old_fields, char **old_values, const ShyServiceStream *stream,
                 char **values, guint64 *kept)
{
  guint64 before = *kept;

  for (guint i = 0; i < shy_service_stream_get_n_fields (stream); i++)
    {
      const ShyField *field = shy_service_stream_get_field (stream, i);
      const char     *old;

      if (values[i] == NULL || strchr (values[i], '*') == NULL)
        continue;
      old = find_old (old_fields, old_values, field->name);
      if (old == NULL || !is_mask_of (values[i], old))
        continue;
      values[i] = (char *) old;
      ++*kept;
    }
  return *kept > before;
}
