/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/describe/shy-canonical-private.h"

#include <string.h>

static const char *
or_default (const char *text,
            const char *fallback)
{
  return text != NULL ? text : fallback;
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const ShyPair *first = a, *second = b;
  int            order = strcmp (first->name, second->name);

  return order != 0 ? order : strcmp (first->value, second->value);
}

static ShyPair *
sorted_copy (const ShyPair *pairs,
             gsize          n_pairs)
{
  ShyPair *copy = g_memdup2 (pairs, n_pairs * sizeof *pairs);

  g_qsort_with_data (copy, (int) n_pairs, sizeof *copy, compare_pairs, NULL);

  return copy;
}

static gboolean
is_wanted (const ShyPair           *pair,
           const ShyCanonicalPairs *style)
{
  if (style->include != NULL && !g_strv_contains (style->include, pair->name))
    return FALSE;
  if (style->exclude != NULL && g_strv_contains (style->exclude, pair->name))
    return FALSE;

  return !style->skip_empty || *pair->value != '\0';
}

static void
append_escaped (GString    *out,
                const char *value,
                ShyEscape   escape)
{
  switch (escape)
    {
    case SHY_ESCAPE_HTML_QUOT:
      for (const char *c = value; *c != '\0'; c++)
        if (*c == '"')
          g_string_append (out, "&quot;");
        else
          g_string_append_c (out, *c);
      break;
    case SHY_ESCAPE_RFC3986:
      g_string_append_uri_escaped (out, value, NULL, FALSE);
      break;
    case SHY_ESCAPE_NONE:
    default:
      g_string_append (out, value);
      break;
    }
}

/* Joins the wanted pairs, sorted by the bytes of their names. */
char *
shy_canonical_pairs (const ShyPair           *pairs,
                     gsize                    n_pairs,
                     const ShyCanonicalPairs *style)
{
  g_autofree ShyPair *sorted = sorted_copy (pairs, n_pairs);
  GString            *out = g_string_new (style->prefix);
  gboolean            first = TRUE;

  for (gsize i = 0; i < n_pairs; i++)
    {
      if (!is_wanted (&sorted[i], style))
        continue;
      if (!first)
        g_string_append (out, or_default (style->join, "&"));
      first = FALSE;
      if (!style->values_only)
        g_string_append_printf (out, "%s%s", sorted[i].name, or_default (style->pair, "="));
      append_escaped (out, sorted[i].value, style->escape);
    }
  g_string_append (out, or_default (style->suffix, ""));

  return g_string_free (out, FALSE);
}

/* Joins lines by line feeds; gateways that sign parameters last leave the last feed out when there
 * are none. */
char *
shy_canonical_lines (const char *const *lines,
                     gboolean           omit_last_if_empty)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (lines[i + 1] == NULL && omit_last_if_empty && *lines[i] == '\0')
        break;
      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, lines[i]);
    }

  return g_string_free (out, FALSE);
}

static void
append_line (GString    *out,
             const char *line)
{
  g_string_append (out, or_default (line, ""));
  g_string_append_c (out, '\n');
}

/* Path and parameters: raw values, and the name alone where the value is empty. */
static void
append_resource (GString                   *out,
                 const ShyCanonicalRequest *request)
{
  g_autofree ShyPair *sorted = sorted_copy (request->parameters, request->n_parameters);

  g_string_append (out, request->path);
  for (gsize i = 0; i < request->n_parameters; i++)
    {
      g_string_append_c (out, i == 0 ? '?' : '&');
      g_string_append (out, sorted[i].name);
      if (*sorted[i].value != '\0')
        g_string_append_printf (out, "=%s", sorted[i].value);
    }
}

/* The string to sign of Alibaba Cloud's API gateway (help.aliyun.com, document 29475); @names
 * gives what goes into X-Ca-Signature-Headers. */
char *
shy_canonical_aliyun (const ShyCanonicalRequest *request,
                      char                     **names)
{
  g_autofree ShyPair *sorted = sorted_copy (request->headers, request->n_headers);
  GString            *out = g_string_new (NULL);
  GString            *list = g_string_new (NULL);

  append_line (out, request->method);
  append_line (out, request->accept);
  append_line (out, request->content_md5);
  append_line (out, request->content_type);
  append_line (out, request->date);
  for (gsize i = 0; i < request->n_headers; i++)
    {
      g_string_append_printf (out, "%s:%s\n", sorted[i].name, sorted[i].value);
      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", sorted[i].name);
    }
  append_resource (out, request);
  *names = g_string_free (list, FALSE);

  return g_string_free (out, FALSE);
}

static char *
write_pairs (const ShyCanonicalInput  *input,
             char                    **names)
{
  return shy_canonical_pairs (input->pairs, input->n_pairs, input->how);
}

static char *
write_lines (const ShyCanonicalInput  *input,
             char                    **names)
{
  return shy_canonical_lines (input->lines, input->omit_last_if_empty);
}

static char *
write_aliyun (const ShyCanonicalInput  *input,
              char                    **names)
{
  return shy_canonical_aliyun (&input->request, names);
}

static const ShyCanonicalStyle styles[] = {
  { "sorted_pairs", FALSE, write_pairs },
  { "lines", FALSE, write_lines },
  { "aliyun_ca", TRUE, write_aliyun },
};

/* The names of all styles, with blanks between. */
const char *
shy_canonical_get_styles (void)
{
  static char *names;

  if (g_once_init_enter (&names))
    {
      GString *list = g_string_new (NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
        g_string_append_printf (list, "%s%s", i > 0 ? " " : "", styles[i].name);
      g_once_init_leave (&names, g_string_free (list, FALSE));
    }
  return names;
}

/* The style of this place in shy_canonical_get_styles(). */
const ShyCanonicalStyle *
shy_canonical_get_style (int index)
{
  g_return_val_if_fail (index >= 0 && index < (int) G_N_ELEMENTS (styles), NULL);

  return &styles[index];
}
