/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "county/shy-county-scope.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (ShyCountyScope, shy_county_scope, shy_county_scope_copy, shy_county_scope_free)

static gboolean
is_digits (const char *text,
           gsize       count)
{
  return strlen (text) == count && strspn (text, "0123456789") == count;
}

/**
 * shy_county_scope_parse: (constructor)
 * @text: `county:331122`, `prefecture:3311` or `all`; codes alone (`331122`, `3311`, `331100`)
 *   and the empty text for all are read too
 * @error: return location for an error
 *
 * Reads a scope. Whether there is such a county is not asked here.
 *
 * Errors: %SHY_ERROR_INVALID with the text.
 *
 * Returns: (transfer full): the scope, or %NULL with @error set
 */
ShyCountyScope *
shy_county_scope_parse (const char  *text,
                        GError     **error)
{
  const char     *code;
  ShyCountyScope  scope = { SHY_COUNTY_SCOPE_ALL, "" };

  g_return_val_if_fail (text != NULL, NULL);

  code = strchr (text, ':') != NULL ? strchr (text, ':') + 1 : text;
  if (*text == '\0' || strcmp (text, "all") == 0)
    return shy_county_scope_copy (&scope);
  if ((code == text || g_str_has_prefix (text, "prefecture:"))
      && (is_digits (code, 4) || (is_digits (code, 6) && g_str_has_suffix (code, "00"))))
    {
      scope.kind = SHY_COUNTY_SCOPE_PREFECTURE;
      memcpy (scope.code, code, 4);
      return shy_county_scope_copy (&scope);
    }
  if ((code == text || g_str_has_prefix (text, "county:")) && is_digits (code, 6)
      && !g_str_has_suffix (code, "00"))
    {
      scope.kind = SHY_COUNTY_SCOPE_COUNTY;
      memcpy (scope.code, code, 6);
      return shy_county_scope_copy (&scope);
    }
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: %s is what was written for a scope of counties. */
               _("“%s” is no scope: write “all”, “prefecture:3311” or “county:331122”."), text);
  return NULL;
}

/**
 * shy_county_scope_copy:
 * @self: a scope
 *
 * Returns: (transfer full): a copy
 */
ShyCountyScope *
shy_county_scope_copy (const ShyCountyScope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * shy_county_scope_free:
 * @self: (transfer full): a scope
 */
void
shy_county_scope_free (ShyCountyScope *self)
{
  g_free (self);
}

/**
 * shy_county_scope_to_string:
 * @self: a scope
 *
 * Returns: (transfer full): the scope as it is stored
 */
char *
shy_county_scope_to_string (const ShyCountyScope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == SHY_COUNTY_SCOPE_ALL)
    return g_strdup ("all");
  return g_strconcat (self->kind == SHY_COUNTY_SCOPE_COUNTY ? "county:" : "prefecture:",
                      self->code, NULL);
}

/**
 * shy_county_scope_contains:
 * @self: a scope
 * @code: the six digits of a county
 *
 * Returns: whether the scope covers the county
 */
gboolean
shy_county_scope_contains (const ShyCountyScope *self,
                           const char           *code)
{
  g_return_val_if_fail (self != NULL && code != NULL, FALSE);

  return strncmp (code, self->code, strlen (self->code)) == 0;
}
