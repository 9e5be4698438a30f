/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "policy/shy-policy-bounds-private.h"

#include "feel/shy-feel-number-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Fen are the smallest money: yuan have two decimals unless a pack says otherwise. */
#define MONEY_SCALE 2

static gboolean
is_number (ShyPolicyType type)
{
  return type == SHY_POLICY_TYPE_NUMBER || type == SHY_POLICY_TYPE_MONEY;
}

gboolean
shy_policy_type_has_bounds (ShyPolicyType type)
{
  return is_number (type) || type == SHY_POLICY_TYPE_DATE || type == SHY_POLICY_TYPE_MONTH;
}

/* Days and months in canonical form sort as texts. What has too many digits for a number is left to
 * whoever computes with it. */
static int
compare (ShyPolicyType  type,
         const char    *a,
         const char    *b)
{
  ShyFeelNumber x, y;

  if (!is_number (type))
    return strcmp (a, b);
  if (!shy_feel_number_parse (a, strlen (a), &x) || !shy_feel_number_parse (b, strlen (b), &y))
    return 0;

  return shy_feel_number_compare (x, y);
}

static gboolean
is_multiple (const char *text,
             const char *step)
{
  ShyFeelNumber number, divisor, rest;

  return !shy_feel_number_parse (text, strlen (text), &number)
         || !shy_feel_number_parse (step, strlen (step), &divisor)
         || !shy_feel_number_modulo (number, divisor, &rest) || shy_feel_number_is_zero (rest);
}

static int
count_decimals (const char *text)
{
  const char *point = strchr (text, '.');

  return point != NULL ? (int) strlen (point + 1) : 0;
}

static gboolean
check_scale (const ShyPolicyBounds *self,
             ShyPolicyType          type,
             const char            *text,
             GError               **error)
{
  int scale = self->scale < 0 && type == SHY_POLICY_TYPE_MONEY ? MONEY_SCALE : self->scale;

  if (scale < 0 || count_decimals (text) <= scale)
    return TRUE;
  if (scale == 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("“%s” is not a whole number."), text);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 g_dngettext (GETTEXT_PACKAGE, "“%s” has more than %d digit behind the point.",
                              "“%s” has more than %d digits behind the point.", (gulong) scale),
                 text, scale);

  return FALSE;
}

gboolean
shy_policy_bounds_check (const ShyPolicyBounds *self,
                         ShyPolicyType          type,
                         const char            *text,
                         GError               **error)
{
  if (!shy_policy_type_has_bounds (type))
    return TRUE;
  if (self->minimum != NULL && compare (type, text, self->minimum) < 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a value that was found, and the least it may be. */
                   _("“%s” is below %s, the least it may be."), text, self->minimum);
      return FALSE;
    }
  if (self->maximum != NULL && compare (type, text, self->maximum) > 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a value that was found, and the most it may be. */
                   _("“%s” is above %s, the most it may be."), text, self->maximum);
      return FALSE;
    }
  if (!is_number (type))
    return TRUE;
  if (!check_scale (self, type, text, error))
    return FALSE;
  if (self->step == NULL || is_multiple (text, self->step))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("“%s” is no multiple of %s."), text,
               self->step);
  return FALSE;
}

void
shy_policy_bounds_clear (ShyPolicyBounds *self)
{
  g_clear_pointer (&self->minimum, g_free);
  g_clear_pointer (&self->maximum, g_free);
  g_clear_pointer (&self->step, g_free);
}
