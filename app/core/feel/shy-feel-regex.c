/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-regex.h"

#include "feel/shy-feel-regex-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Steps after which a match is given up, about half a second: a pattern that tries everything
   must not stop the program. */
#define MATCH_LIMIT "(*LIMIT_MATCH=50000)"

/* Regular expressions that are kept compiled. */
#define MAX_KNOWN 64

/**
 * ShyFeelRegex: (skip)
 *
 * A regular expression as XPath and XQuery 3.1 have it, which is what FEEL's `matches`, `replace`
 * and `split` take. It is compiled once, never changes, and may be used from any thread.
 */
struct _ShyFeelRegex
{
  gatomicrefcount ref_count;
  GRegex         *regex;    /* (owned) */
  char           *pattern;  /* (owned): as it was written */
  guint           n_groups;
  gboolean        literal;  /* flag q */
};

static gboolean
read_flags (const char          *flags,
            ShyFeelRegexReader  *reader,
            ShyFeelRegex        *self,
            GRegexCompileFlags  *compile,
            gboolean            *spaced,
            GError             **error)
{
  for (const char *flag = flags; *flag != '\0'; flag++)
    switch (*flag)
      {
      case 's':
        reader->dot_all = TRUE;
        break;
      case 'm':
        reader->lines = TRUE;
        break;
      case 'i':
        *compile |= G_REGEX_CASELESS;
        break;
      case 'x':
        *spaced = TRUE;
        break;
      case 'q':
        self->literal = TRUE;
        break;
      default:
        g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
                     /* Translators: %s is the text with the flags of a regular expression. */
                     _("The flags “%s” are wrong: only s, m, i, x and q may stand there."), flags);
        return FALSE;
      }
  return TRUE;
}

/* Leaves out white space outside classes, for flag x. */
static char *
remove_spaces (const char *pattern)
{
  GString *out = g_string_new (NULL);
  gboolean escaped = FALSE;
  int      depth = 0;

  for (const char *c = pattern; *c != '\0'; c++)
    {
      if (depth == 0 && strchr ("\t\n\r ", *c) != NULL)
        continue;
      if (!escaped && *c == '[')
        depth++;
      else if (!escaped && *c == ']' && depth > 0)
        depth--;
      escaped = !escaped && *c == '\\';
      g_string_append_c (out, *c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
compile (ShyFeelRegex        *self,
         ShyFeelRegexReader  *reader,
         GRegexCompileFlags   flags,
         GError             **error)
{
  g_autoptr (GError) local = NULL;

  g_string_append (reader->out, MATCH_LIMIT);
  if (self->literal)
    for (; *reader->at != '\0'; reader->at = g_utf8_next_char (reader->at))
      shy_feel_regex_append_char (reader->out, g_utf8_get_char (reader->at));
  else if (!shy_feel_regex_translate (reader, error))
    return FALSE;

  self->n_groups = reader->opened;
  self->regex = g_regex_new (reader->out->str, flags, 0, &local);
  if (self->regex != NULL)
    return TRUE;
  g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
               /* Translators: a regular expression, and what the library says of it. */
               _("The pattern “%s” is too large (%s). Make it simpler."), self->pattern,
               local->message);
  return FALSE;
}

/**
 * shy_feel_regex_new: (skip)
 * @pattern: a regular expression of XPath
 * @flags: (nullable): letters out of `smixq`, %NULL or empty for none
 * @error: return location for an error
 *
 * Compiles a regular expression.
 *
 * Errors: %SHY_ERROR_SYNTAX naming the character of the pattern, or the flags;
 * %SHY_ERROR_LIMIT if the pattern is too large.
 *
 * Source: DMN 1.5, 10.3.4.3; XPath and XQuery functions 3.1, 5.6.
 *
 * Returns: (transfer full): the regular expression, or %NULL with @error set
 */
ShyFeelRegex *
shy_feel_regex_new (const char  *pattern,
                    const char  *flags,
                    GError     **error)
{
  g_autoptr (ShyFeelRegex) self = NULL;
  g_autoptr (GString)      out = g_string_new (NULL);
  g_autoptr (GArray)       open = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char         *dense = NULL;
  GRegexCompileFlags       compile_flags = G_REGEX_DEFAULT;
  gboolean                 spaced = FALSE;
  ShyFeelRegexReader       reader = { .pattern = pattern, .at = pattern, .out = out, .open = open };

  g_return_val_if_fail (pattern != NULL, NULL);

  self = g_new0 (ShyFeelRegex, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->pattern = g_strdup (pattern);
  if (!read_flags (flags != NULL ? flags : "", &reader, self, &compile_flags, &spaced, error))
    return NULL;
  if (spaced && !self->literal)
    {
      dense = remove_spaces (pattern);
      reader.pattern = dense;
      reader.at = dense;
    }
  return compile (self, &reader, compile_flags, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * shy_feel_regex_get: (skip)
 * @pattern: a regular expression of XPath
 * @flags: (nullable): letters out of `smixq`, %NULL or empty for none
 * @error: return location for an error
 *
 * Gets a regular expression that may have been compiled before. An expression that is evaluated
 * for row after row has the same few patterns each time. May be called from any thread.
 *
 * Errors: those of shy_feel_regex_new().
 *
 * Returns: (transfer full): the regular expression, or %NULL with @error set
 */
ShyFeelRegex *
shy_feel_regex_get (const char  *pattern,
                    const char  *flags,
                    GError     **error)
{
  static GMutex      mutex;
  static GHashTable *known; /* flags, a slash, pattern → ShyFeelRegex */
  g_autofree char   *key = NULL;
  ShyFeelRegex      *regex;

  g_return_val_if_fail (pattern != NULL, NULL);

  key = g_strconcat (flags != NULL ? flags : "", "/", pattern, NULL);
  g_mutex_lock (&mutex);
  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                   (GDestroyNotify) shy_feel_regex_unref);
  regex = g_hash_table_lookup (known, key);
  if (regex == NULL && (regex = shy_feel_regex_new (pattern, flags, error)) != NULL)
    {
      /* Patterns made from data would fill the memory: then all begins anew. */
      if (g_hash_table_size (known) >= MAX_KNOWN)
        g_hash_table_remove_all (known);
      g_hash_table_insert (known, g_steal_pointer (&key), regex);
    }
  if (regex != NULL)
    shy_feel_regex_ref (regex);
  g_mutex_unlock (&mutex);
  return regex;
}

/**
 * shy_feel_regex_ref: (skip)
 * @self: a regular expression
 *
 * Returns: (transfer full): @self
 */
ShyFeelRegex *
shy_feel_regex_ref (ShyFeelRegex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * shy_feel_regex_unref: (skip)
 * @self: (transfer full): a regular expression
 */
void
shy_feel_regex_unref (ShyFeelRegex *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self->pattern);
  g_free (self);
}

/* Turns what PCRE says of a match that was given up into our error. */
static gboolean
give_up (ShyFeelRegex  *self,
         GError        *local,
         GError       **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_LIMIT,
               /* Translators: a regular expression, and what the library says of it. */
               _("The pattern “%s” takes too long to match (%s). Make it simpler."), self->pattern,
               local->message);
  g_error_free (local);
  return FALSE;
}

/**
 * shy_feel_regex_match: (skip)
 * @self: a regular expression
 * @input: a text
 * @matched: (out): whether some part of @input matches
 * @error: return location for an error
 *
 * FEEL's `matches`.
 *
 * Errors: %SHY_ERROR_LIMIT when the match takes too long.
 *
 * Returns: whether the question could be answered
 */
gboolean
shy_feel_regex_match (ShyFeelRegex  *self,
                      const char    *input,
                      gboolean      *matched,
                      GError       **error)
{
  GError *local = NULL;

  g_return_val_if_fail (self != NULL && input != NULL && matched != NULL, FALSE);

  *matched = g_regex_match_full (self->regex, input, -1, 0, 0, NULL, &local);
  return local == NULL || give_up (self, local, error);
}

/* The number of a group behind a $ in a replacement. Digits are given up from the right until
   there is such a group or one digit is left. */
static guint
take_group (ShyFeelRegex  *self,
            const char   **at)
{
  guint number = *(*at)++ - '0';

  while (g_ascii_isdigit (**at) && number * 10 + (**at - '0') <= self->n_groups)
    number = number * 10 + (*(*at)++ - '0');
  return number;
}

/* Writes the replacement of one match; a $ or a \ that stands for nothing is an error. */
static gboolean
append_replacement (ShyFeelRegex  *self,
                    GMatchInfo    *match,
                    const char    *replacement,
                    GString       *out,
                    GError       **error)
{
  if (self->literal)
    {
      g_string_append (out, replacement);
      return TRUE;
    }
  for (const char *at = replacement; *at != '\0';)
    {
      if (*at == '$' && g_ascii_isdigit (at[1]))
        {
          g_autofree char *group = NULL;

          at++;
          group = g_match_info_fetch (match, (int) take_group (self, &at));
          g_string_append (out, group != NULL ? group : "");
          continue;
        }
      if (*at == '\\' && (at[1] == '\\' || at[1] == '$'))
        at++;
      else if (*at == '\\' || *at == '$')
        {
          g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
                       /* Translators: %s is the text that replaces matches. */
                       _("The replacement “%s” is wrong: write \\$ for the character $ and \\\\ "
                         "for the character \\."), replacement);
          return FALSE;
        }
      g_string_append_c (out, *at++);
    }
  return TRUE;
}

/* XPath refuses to replace or to split at nothing. */
static gboolean
refuse_empty_match (ShyFeelRegex  *self,
                    GError       **error)
{
  gboolean matched;

  if (!shy_feel_regex_match (self, "", &matched, error))
    return FALSE;
  if (matched)
    g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
                 /* Translators: %s is a regular expression. */
                 _("The pattern “%s” matches the empty text; here it must match something."),
                 self->pattern);
  return !matched;
}

/**
 * shy_feel_regex_replace: (skip)
 * @self: a regular expression
 * @input: a text
 * @replacement: what takes the place of each match: `$0` is the match, `$1` its first group, `\$`
 *   and `\\` are these characters; with flag q it is taken as it is
 * @error: return location for an error
 *
 * FEEL's `replace`.
 *
 * Errors: %SHY_ERROR_SYNTAX when the pattern matches the empty text or @replacement is wrong;
 * %SHY_ERROR_LIMIT when the match takes too long.
 *
 * Returns: (transfer full): the text with every match replaced, or %NULL with @error set
 */
char *
shy_feel_regex_replace (ShyFeelRegex  *self,
                        const char    *input,
                        const char    *replacement,
                        GError       **error)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString)    out = NULL;
  GError                *local = NULL;
  int                    end = 0;

  g_return_val_if_fail (self != NULL && input != NULL && replacement != NULL, NULL);

  if (!refuse_empty_match (self, error))
    return NULL;
  out = g_string_new (NULL);
  /* The replacement is looked at even if nothing matches, so that a mistake shows at once. */
  g_regex_match_full (self->regex, input, -1, 0, 0, &match, &local);
  if (!g_match_info_matches (match) && !append_replacement (self, match, replacement, out, error))
    return NULL;
  g_string_truncate (out, 0);
  while (local == NULL && g_match_info_matches (match))
    {
      int from;
      int to;

      g_match_info_fetch_pos (match, 0, &from, &to);
      g_string_append_len (out, input + end, from - end);
      if (!append_replacement (self, match, replacement, out, error))
        return NULL;
      end = to;
      g_match_info_next (match, &local);
    }
  if (local != NULL)
    {
      give_up (self, local, error);
      return NULL;
    }
  g_string_append (out, input + end);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * shy_feel_regex_split: (skip)
 * @self: a regular expression
 * @input: a text
 * @error: return location for an error
 *
 * FEEL's `split`: the parts of a text between the matches. There is always one part more than
 * there are matches, and a part may be empty.
 *
 * Errors: %SHY_ERROR_SYNTAX when the pattern matches the empty text; %SHY_ERROR_LIMIT when the
 * match takes too long.
 *
 * Returns: (transfer full): the parts, or %NULL with @error set
 */
char **
shy_feel_regex_split (ShyFeelRegex  *self,
                      const char    *input,
                      GError       **error)
{
  g_autoptr (GMatchInfo)   match = NULL;
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  GError                  *local = NULL;
  int                      end = 0;

  g_return_val_if_fail (self != NULL && input != NULL, NULL);

  if (!refuse_empty_match (self, error))
    return NULL;
  g_regex_match_full (self->regex, input, -1, 0, 0, &match, &local);
  while (local == NULL && g_match_info_matches (match))
    {
      g_autofree char *part = NULL;
      int              from;
      int              to;

      g_match_info_fetch_pos (match, 0, &from, &to);
      part = g_strndup (input + end, from - end);
      g_strv_builder_add (parts, part);
      end = to;
      g_match_info_next (match, &local);
    }
  if (local != NULL)
    {
      give_up (self, local, error);
      return NULL;
    }
  g_strv_builder_add (parts, input + end);
  return g_strv_builder_end (parts);
}
