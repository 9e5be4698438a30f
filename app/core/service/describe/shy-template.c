/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-template-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

typedef char *(*Filter) (const char *text);

/* One `{{ name | filter }}` of a text. */
typedef struct
{
  char       *name;   /* (owned) */
  Filter      filter; /* (nullable) */
  const char *end;    /* behind the closing braces */
} Slot;

static void
slot_clear (Slot *slot)
{
  g_clear_pointer (&slot->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Slot, slot_clear)

static char *
filter_json (const char *text)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_string (node, text);

  return json_to_string (node, FALSE);
}

/* RFC 3986: everything but the unreserved characters is escaped. */
static char *
filter_urlencode (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

static char *
filter_upper (const char *text)
{
  return g_ascii_strup (text, -1);
}

static char *
filter_lower (const char *text)
{
  return g_ascii_strdown (text, -1);
}

static char *
filter_b64 (const char *text)
{
  return *text != '\0' ? g_base64_encode ((const guint8 *) text, strlen (text)) : g_strdup ("");
}

static const struct
{
  const char *name;
  Filter      filter;
} filters[] = {
  { "json", filter_json },   { "urlencode", filter_urlencode }, { "upper", filter_upper },
  { "lower", filter_lower }, { "b64", filter_b64 },
};

static Filter
find_filter (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_str_equal (filters[i].name, name))
      return filters[i].filter;

  return NULL;
}

static gboolean
is_name (const char *name)
{
  return *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789_-.") == strlen (name);
}

/* Reads the slot whose braces open at @start. */
static gboolean
read_slot (const char  *start,
           Slot        *slot,
           GError     **error)
{
  const char      *close = strstr (start, "}}");
  g_autofree char *inside = NULL;
  char            *bar;

  if (close == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX, _("The braces of “%.40s” are not closed."),
                   start);
      return FALSE;
    }
  inside = g_strndup (start + 2, close - start - 2);
  slot->end = close + 2;
  slot->filter = NULL;
  bar = strchr (inside, '|');
  if (bar != NULL)
    {
      *bar = '\0';
      slot->filter = find_filter (g_strstrip (bar + 1));
    }
  if ((bar != NULL && slot->filter == NULL) || !is_name (g_strstrip (inside)))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
                   _("“%.*s” is not a template. Write {{ name }} or {{ name | filter }} with one of "
                     "the filters json, urlencode, upper, lower, b64."),
                   (int) (slot->end - start), start);
      return FALSE;
    }
  slot->name = g_strdup (inside);

  return TRUE;
}

/**
 * shy_template_check: (skip)
 * @text: a text with `{{ name }}` in it
 * @known: says whether a name may be used
 * @data: for @known
 * @error: return location for an error
 *
 * Checks a template of a service description when it is loaded.
 *
 * Errors: %SHY_ERROR_SYNTAX for a broken template, %SHY_ERROR_NOT_FOUND for an unknown name.
 *
 * Returns: whether the template can be expanded
 */
gboolean
shy_template_check (const char        *text,
                    ShyTemplateCheck   known,
                    gpointer           data,
                    GError           **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *next = strstr (text, "{{"); next != NULL; next = strstr (next, "{{"))
    {
      g_auto (Slot) slot = { NULL };

      if (!read_slot (next, &slot, error))
        return FALSE;
      if (!known (slot.name, data))
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                       _("Nothing is called “%s” here. Check its spelling."), slot.name);
          return FALSE;
        }
      next = slot.end;
    }

  return TRUE;
}

/**
 * shy_template_is_pure: (skip)
 * @text: a text
 *
 * Says whether the text is exactly one template. In a JSON body such a text keeps its type:
 * `"{{ page.number }}"` becomes 1.
 *
 * Returns: whether it is
 */
gboolean
shy_template_is_pure (const char *text)
{
  const char *close;

  g_return_val_if_fail (text != NULL, FALSE);

  close = g_str_has_prefix (text, "{{") ? strstr (text, "}}") : NULL;

  return close != NULL && close[2] == '\0';
}

/**
 * shy_template_expand: (skip)
 * @text: a text with `{{ name }}` in it
 * @lookup: gives the value of a name
 * @data: for @lookup
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_SYNTAX and %SHY_ERROR_NOT_FOUND. The message holds names, never values.
 *
 * Returns: (transfer full): the text with the values in place, or %NULL with @error set
 */
char *
shy_template_expand (const char       *text,
                     ShyTemplateFunc   lookup,
                     gpointer          data,
                     GError          **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char         *from = text;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *next = strstr (from, "{{"); next != NULL; next = strstr (from, "{{"))
    {
      g_auto (Slot)    slot = { NULL };
      g_autofree char *value = NULL;
      g_autofree char *filtered = NULL;

      if (!read_slot (next, &slot, error))
        return NULL;
      value = lookup (slot.name, data);
      if (value == NULL)
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("“%s” has no value."), slot.name);
          return NULL;
        }
      filtered = slot.filter != NULL ? slot.filter (value) : NULL;
      g_string_append_len (out, from, next - from);
      g_string_append (out, filtered != NULL ? filtered : value);
      from = slot.end;
    }
  g_string_append (out, from);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
