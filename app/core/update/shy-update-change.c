/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-change-private.h"

#include <glib/gi18n-lib.h>

static void
free_change (gpointer data)
{
  ShyUpdateChange *change = data;

  g_free (change->subject);
  g_free (change->member);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

GPtrArray *
shy_update_changes_new (void)
{
  return g_ptr_array_new_with_free_func (free_change);
}

/* Takes @before and @after over. */
void
shy_update_changes_add (GPtrArray           *changes,
                        ShyUpdateChangeKind  kind,
                        const char          *part,
                        const char          *subject,
                        const char          *member,
                        char                *before,
                        char                *after)
{
  ShyUpdateChange *change = g_new0 (ShyUpdateChange, 1);

  change->kind = kind;
  change->part = part;
  change->subject = g_strdup (subject);
  change->member = g_strdup (member);
  change->before = before;
  change->after = after;
  g_ptr_array_add (changes, change);
}

/* The place of a change: “Criteria “期满出站”, Condition”. */
static char *
write_place (const ShyUpdateChange *self)
{
  if (self->subject != NULL && self->member != NULL)
    /* Translators: a part of a policy, one of its things, and what of that: “Criteria “Left at the
       end of the term”, Condition”. */
    return g_strdup_printf (C_("place of a change", "%s “%s”, %s"), self->part, self->subject, self->member);
  if (self->subject != NULL)
    /* Translators: a part of a policy and one of its things. */
    return g_strdup_printf (C_("place of a change", "%s “%s”"), self->part, self->subject);
  if (self->member != NULL)
    /* Translators: a part of a policy, and what of it. */
    return g_strdup_printf (C_("place of a change", "%s, %s"), self->part, self->member);
  return g_strdup (self->part);
}

/**
 * shy_update_change_to_sentence: (skip)
 * @self: a change
 *
 * Returns: (transfer full): one line that says it: “Amount, Calculation: 200,000元 → 300,000元”
 */
char *
shy_update_change_to_sentence (const ShyUpdateChange *self)
{
  g_autofree char *place = write_place (self);

  switch (self->kind)
    {
    case SHY_UPDATE_ADDED:
      /* Translators: what is new, then what it says. */
      return g_strdup_printf (_("New: %s: %s"), place, self->after);
    case SHY_UPDATE_REMOVED:
      /* Translators: what goes, then what it said. */
      return g_strdup_printf (_("No longer: %s: %s"), place, self->before);
    case SHY_UPDATE_CHANGED:
    default:
      /* Translators: what changes, what it was, what it will be. */
      return g_strdup_printf (_("%s: %s → %s"), place, self->before, self->after);
    }
}
