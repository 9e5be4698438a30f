/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "field/shy-field.h"

#include "county/shy-county-registry.h"
#include "feel/shy-feel-number-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Fen are the smallest money: yuan have two decimals unless a field says otherwise. */
#define MONEY_SCALE 2

/* Days and months in canonical form sort as texts. What has too many digits for a number is left to
 * whoever computes with it. */
static int
compare (ShyFieldType type,
         const char  *a,
         const char  *b)
{
  ShyFeelNumber x, y;

  if (!shy_field_type_is_number (type))
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
check_scale (const ShyField *self,
             const char     *text,
             GError        **error)
{
  int scale = self->bounds.scale;

  if (scale < 0)
    scale = self->type == SHY_FIELD_MONEY ? MONEY_SCALE : self->type == SHY_FIELD_INTEGER ? 0 : -1;

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

/**
 * shy_field_check_bounds:
 * @self: a field
 * @value: a value in its canonical form
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_INVALID if the value lies outside the bounds; it does not name the field.
 *
 * Returns: whether @value lies within the bounds of the field
 */
gboolean
shy_field_check_bounds (const ShyField *self,
                        const char     *value,
                        GError        **error)
{
  const ShyFieldBounds *bounds;

  g_return_val_if_fail (self != NULL && value != NULL, FALSE);

  bounds = &self->bounds;
  if (!shy_field_type_has_bounds (self->type))
    return TRUE;
  if (bounds->minimum != NULL && compare (self->type, value, bounds->minimum) < 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a value that was found, and the least it may be. */
                   _("“%s” is below %s, the least it may be."), value, bounds->minimum);
      return FALSE;
    }
  if (bounds->maximum != NULL && compare (self->type, value, bounds->maximum) > 0)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a value that was found, and the most it may be. */
                   _("“%s” is above %s, the most it may be."), value, bounds->maximum);
      return FALSE;
    }
  if (!shy_field_type_is_number (self->type))
    return TRUE;
  if (!check_scale (self, value, error))
    return FALSE;
  if (bounds->step == NULL || is_multiple (value, bounds->step))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("“%s” is no multiple of %s."), value,
               bounds->step);
  return FALSE;
}

/**
 * shy_field_accepts:
 * @self: a field
 * @text: what a data file has for a value
 *
 * Returns: whether @text is a value of the field's type or one of its synonyms; bounds are not looked at
 */
gboolean
shy_field_accepts (const ShyField *self,
                   const char     *text)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (self->synonyms != NULL && g_hash_table_contains (self->synonyms, text))
    return TRUE;
  if (self->type == SHY_FIELD_CHOICE)
    return self->values == NULL || g_strv_contains ((const char *const *) self->values, text);
  if (*text == '\0' || *text == '+')
    return FALSE;
  normal = shy_field_type_normalize (self->type, text, NULL);
  return normal != NULL;
}

/* The value of a choice that @text means, or NULL with @error set. */
static const char *
choose (const ShyField *self,
        const char     *text,
        GError        **error)
{
  g_autofree char *values = NULL;

  if (self->values == NULL || g_strv_contains ((const char *const *) self->values, text))
    return text;

  values = g_strjoinv (", ", self->values);
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: what was found, and a list. */
               _("“%s” is none of the values it may have: %s."), text, values);
  return NULL;
}

/* The code of the place that is meant. */
static char *
find_place (const char *text,
            GError    **error)
{
  ShyCountyRegistry *counties = shy_county_registry_get_default (error);
  char              *code = NULL;

  if (counties == NULL)
    return NULL;
  code = shy_county_registry_find_place (counties, text);
  if (code == NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                 _("“%s” is no county, city or province. Write its name with the city, as "
                   "“杭州市余杭区”, or its six-digit code."),
                 text);
  return code;
}

/**
 * shy_field_normalize:
 * @self: a field
 * @text: a value in the form of its type, a synonym of one, or any name or code of a place
 * @error: return location for an error
 *
 * Brings a value into the one form in which it is stored and compared, within the bounds of the field.
 * Numbers that carry their own check are taken as they stand; shy_field_check() proves them.
 *
 * Errors: %SHY_ERROR_INVALID saying what was expected; it does not name the field.
 *
 * Returns: (transfer full): the canonical value, or %NULL with @error set
 */
char *
shy_field_normalize (const ShyField *self,
                     const char     *text,
                     GError        **error)
{
  g_autofree char *value = NULL;
  const char      *meant;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  meant = self->synonyms != NULL ? g_hash_table_lookup (self->synonyms, text) : NULL;
  if (self->type == SHY_FIELD_CHOICE && self->values != NULL
      && g_strv_contains ((const char *const *) self->values, text))
    meant = NULL;
  if (meant != NULL)
    text = meant;
  else if (self->type == SHY_FIELD_CHOICE && choose (self, text, error) == NULL)
    return NULL;
  if (self->type == SHY_FIELD_COUNTY)
    return find_place (text, error);
  value = shy_field_type_normalize (self->type, text, error);
  if (value == NULL || !shy_field_check_bounds (self, value, error))
    return NULL;

  return g_steal_pointer (&value);
}

/**
 * shy_field_check:
 * @self: a field
 * @value: a value of it
 * @said: (nullable): the kind of paper that is said to have the number
 * @on: (nullable): the day on which it is looked at; nobody is born later
 * @error: return location for an error
 *
 * Proves what carries its own proof: numbers of persons, firms, cards and telephones.
 *
 * Errors: %SHY_ERROR_INVALID saying what is wrong with the number.
 *
 * Returns: (transfer full): the value as such numbers are written, or %NULL with @error set
 */
char *
shy_field_check (const ShyField *self,
                 const char     *value,
                 const ShyPaper *said,
                 const GDate    *on,
                 GError        **error)
{
  g_autofree char  *number = NULL;
  g_autofree char  *reason = NULL;
  ShyIdentityKind   kind;
  ShyIdentityResult result;

  g_return_val_if_fail (self != NULL && value != NULL, NULL);

  if (!shy_field_type_get_identity (self->type, &kind))
    return g_strdup (value);
  if (kind == SHY_IDENTITY_KIND_RESIDENT_ID)
    result = shy_paper_check ((const char *const *) self->papers, said, value, on, &number, NULL);
  else
    result = shy_identity_check (kind, value, on, &number);
  /* The extension of a telephone is told from its number by what stands between them. */
  if (shy_identity_result_is_valid (result))
    return kind == SHY_IDENTITY_KIND_MOBILE ? g_strdup (value) : g_steal_pointer (&number);

  reason = kind == SHY_IDENTITY_KIND_RESIDENT_ID ? shy_paper_dup_reason (said, result)
                                                 : shy_identity_dup_reason (kind, result);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_INVALID, reason);
  return NULL;
}

/**
 * shy_field_display:
 * @self: a field
 * @value: (nullable): a value in its canonical form, %NULL where it is not known
 *
 * Writes a value as a sentence says it, with its unit; personal numbers in full. See shy_field_mask().
 *
 * Returns: (transfer full): the words
 */
char *
shy_field_display (const ShyField *self,
                   const char     *value)
{
  g_return_val_if_fail (self != NULL, NULL);

  return shy_field_type_display (self->type, self->unit, value);
}

/**
 * shy_field_mask:
 * @self: a field
 * @audience: who reads it
 * @value: (nullable): a value in its canonical form, %NULL where it is not known
 *
 * Writes a value as shy_field_display() for a screen that others see, or for a publication: numbers of
 * persons, cards and telephones are masked.
 *
 * Returns: (transfer full): the words
 */
char *
shy_field_mask (const ShyField     *self,
                ShyIdentityAudience audience,
                const char         *value)
{
  g_return_val_if_fail (self != NULL, NULL);

  return value != NULL && shy_field_type_is_personal (self->type)
           ? shy_field_type_mask (self->type, audience, value) : shy_field_display (self, value);
}
