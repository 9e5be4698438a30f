/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feel/shy-feel-scanner-private.h"

#include "feel/shy-feel-value-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *text;
  const char *p;
  GArray     *tokens;
} Scanner;

/* DMN 1.5 grammar rule 28. */
gboolean
shy_feel_is_name_start (gunichar c)
{
  static const struct { gunichar low, high; } ranges[] = {
    { '?', '?' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' }, { 0xC0, 0xD6 }, { 0xD8, 0xF6 },
    { 0xF8, 0x2FF }, { 0x370, 0x37D }, { 0x37F, 0x1FFF }, { 0x200C, 0x200D },
    { 0x2070, 0x218F }, { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF },
    { 0xFDF0, 0xFEFE }, { 0xFF00, 0xFFFD }, { 0x10000, 0xEFFFF },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges) && c >= ranges[i].low; i++)
    if (c <= ranges[i].high)
      return c != 0x1680 && c != 0x180E;
  return FALSE;
}

/* DMN 1.5 grammar rule 29. */
gboolean
shy_feel_is_name_part (gunichar c)
{
  return shy_feel_is_name_start (c) || (c >= '0' && c <= '9') || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

/* Whether a context key can be written without quotes. */
gboolean
shy_feel_is_plain_name (const char *text)
{
  gboolean after_space = TRUE;

  if (*text == '\0' || !shy_feel_is_name_start (g_utf8_get_char (text)))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ' && after_space)
        return FALSE;
      if (c != ' ' && !shy_feel_is_name_part (c) && (c >= 128 || strchr ("+-*/.'", (int) c) == NULL))
        return FALSE;
      after_space = c == ' ';
    }
  return !after_space;
}

/* DMN 1.5 grammar rules 61 and 62. */
static gboolean
is_space (gunichar c)
{
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         c == 0x180E || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

static gboolean
is_keyword (const char *word)
{
  static const char *const keywords[] = {
    "and", "between", "else", "every", "external", "false", "for", "function", "if", "in",
    "instance", "null", "of", "or", "return", "satisfies", "some", "then", "true", NULL,
  };

  return g_strv_contains (keywords, word);
}

/* Sets an error that names line and column, both from 1, of a byte of the text. */
void
shy_feel_set_syntax_error (GError    **error,
                           const char *text,
                           guint       offset,
                           const char *message)
{
  guint       line = 1;
  const char *line_start = text;

  for (const char *p = text; p < text + offset; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }

  g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX, _("Line %u, column %ld: %s"), line,
               g_utf8_pointer_to_offset (line_start, text + offset) + 1, message);
}

static ShyFeelToken *
add_token (Scanner         *self,
           ShyFeelTokenType type,
           const char      *start,
           char            *text)
{
  ShyFeelToken token = {
    .type = type, .start = start - self->text, .end = self->p - self->text, .text = text
  };

  g_array_append_val (self->tokens, token);
  return &g_array_index (self->tokens, ShyFeelToken, self->tokens->len - 1);
}

/* Skips white space and comments; FALSE if a comment has no end. */
static gboolean
skip_space (Scanner *self,
            GError **error)
{
  for (;;)
    {
      if (is_space (g_utf8_get_char (self->p)))
        self->p = g_utf8_next_char (self->p);
      else if (g_str_has_prefix (self->p, "//"))
        self->p += strcspn (self->p, "\n\r");
      else if (g_str_has_prefix (self->p, "/*"))
        {
          const char *end = strstr (self->p + 2, "*/");

          if (end == NULL)
            {
              shy_feel_set_syntax_error (error, self->text, self->p - self->text,
                                         _("the comment has no end. Close it with “*/”."));
              return FALSE;
            }
          self->p = end + 2;
        }
      else
        return TRUE;
    }
}

static void
scan_word (Scanner *self)
{
  const char   *start = self->p;
  ShyFeelToken *token;

  do
    self->p = g_utf8_next_char (self->p);
  while (shy_feel_is_name_part (g_utf8_get_char (self->p)));

  token = add_token (self, SHY_FEEL_TOKEN_WORD, start, g_strndup (start, self->p - start));
  token->keyword = is_keyword (token->text);
}

/* digits[.digits] or .digits, perhaps with an exponent. "1..5" is a number and two points. */
static void
scan_number (Scanner *self)
{
  const char *start = self->p;
  const char *exponent;

  while (g_ascii_isdigit (*self->p))
    self->p++;
  if (self->p[0] == '.' && g_ascii_isdigit (self->p[1]))
    for (self->p++; g_ascii_isdigit (*self->p);)
      self->p++;

  exponent = self->p;
  if (*exponent == 'e' || *exponent == 'E')
    {
      exponent += 1 + (exponent[1] == '+' || exponent[1] == '-');
      if (g_ascii_isdigit (*exponent))
        for (self->p = exponent; g_ascii_isdigit (*self->p);)
          self->p++;
    }
  add_token (self, SHY_FEEL_TOKEN_NUMBER, start, g_strndup (start, self->p - start));
}

static gboolean
read_hex (const char *p,
          int         digits,
          gunichar   *c)
{
  *c = 0;
  for (int i = 0; i < digits; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return FALSE;
      *c = *c * 16 + g_ascii_xdigit_value (p[i]);
    }
  return TRUE;
}

/* \uXXXX, two of them for a character beyond the first plane, or \UXXXXXX. Returns the bytes
 * read, 0 if it is no such escape. */
static int
read_code_point (const char *p,
                 gunichar   *c)
{
  gunichar low;

  if (p[1] == 'U')
    return read_hex (p + 2, 6, c) && g_unichar_validate (*c) ? 8 : 0;
  if (p[1] != 'u' || !read_hex (p + 2, 4, c))
    return 0;
  if (*c >= 0xD800 && *c < 0xDC00 && p[6] == '\\' && p[7] == 'u' && read_hex (p + 8, 4, &low) &&
      low >= 0xDC00 && low < 0xE000)
    {
      *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
      return 12;
    }
  return g_unichar_validate (*c) ? 6 : 0;
}

/* Appends what an escape stands for and returns its bytes. A backslash that escapes nothing known
 * stands for itself, so that "\d" of a regular expression need not be doubled. */
static int
read_escape (const char *p,
             GString    *content)
{
  static const char letters[] = "nrt\"'\\";
  static const char meanings[] = "\n\r\t\"'\\";
  const char       *letter = p[1] == '\0' ? NULL : strchr (letters, p[1]);
  gunichar          c;
  int               length;

  if (letter != NULL)
    {
      g_string_append_c (content, meanings[letter - letters]);
      return 2;
    }
  length = read_code_point (p, &c);
  if (length > 0 && c != 0)
    {
      g_string_append_unichar (content, c);
      return length;
    }
  g_string_append_c (content, '\\');
  return 1;
}

static gboolean
scan_string (Scanner *self,
             GError **error)
{
  const char        *start = self->p;
  g_autoptr (GString) content = g_string_new (NULL);

  self->p++;
  while (*self->p != '"')
    {
      if (*self->p == '\0')
        {
          shy_feel_set_syntax_error (error, self->text, start - self->text,
                                     _("the text in quotes has no end. Close it with “\"”."));
          return FALSE;
        }
      if (*self->p == '\\')
        self->p += read_escape (self->p, content);
      else
        g_string_append_c (content, *self->p++);
    }
  self->p++;
  add_token (self, SHY_FEEL_TOKEN_STRING, start,
             g_string_free (g_steal_pointer (&content), FALSE));
  return TRUE;
}

static gboolean
scan_symbol (Scanner *self,
             GError **error)
{
  static const char *const pairs[] = { "..", "**", "<=", ">=", "!=", NULL };
  const char              *start = self->p;
  g_autofree char         *message = NULL;
  ShyFeelToken            *token;

  for (gsize i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (start, pairs[i]))
      {
        self->p += 2;
        token = add_token (self, SHY_FEEL_TOKEN_SYMBOL, start, NULL);
        token->symbol = SHY_FEEL_SYMBOL2 (start[0], start[1]);
        return TRUE;
      }

  if (g_str_has_prefix (start, "\u2019") || strchr ("()[]{}<>=+-*/.,:@'", *start) != NULL)
    {
      self->p = g_utf8_next_char (start);
      token = add_token (self, SHY_FEEL_TOKEN_SYMBOL, start, NULL);
      token->symbol = *start & 0x80 ? '\'' : *start;
      return TRUE;
    }

  message = g_strdup_printf (_("the character “%.*s” has no meaning here. Remove it."),
                             (int) (g_utf8_next_char (start) - start), start);
  shy_feel_set_syntax_error (error, self->text, start - self->text, message);
  return FALSE;
}

static void
clear_token (gpointer token)
{
  g_free (((ShyFeelToken *) token)->text);
}

static gboolean
scan_token (Scanner *self,
            GError **error)
{
  if (shy_feel_is_name_start (g_utf8_get_char (self->p)))
    scan_word (self);
  else if (g_ascii_isdigit (*self->p) || (*self->p == '.' && g_ascii_isdigit (self->p[1])))
    scan_number (self);
  else if (*self->p == '"')
    return scan_string (self, error);
  else
    return scan_symbol (self, error);
  return TRUE;
}

/* Cuts an expression into tokens, the last being END. */
GArray *
shy_feel_scan (const char *text,
               GError    **error)
{
  Scanner            self = { .text = text, .p = text };
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (ShyFeelToken));
  const char        *bad;

  g_return_val_if_fail (text != NULL, NULL);

  g_array_set_clear_func (tokens, clear_token);
  self.tokens = tokens;
  if (!g_utf8_validate (text, -1, &bad))
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
                   _("The expression is not UTF-8 from byte %zu on."), (gsize) (bad - text));
      return NULL;
    }

  for (;;)
    {
      if (!skip_space (&self, error))
        return NULL;
      if (*self.p == '\0')
        break;
      if (!scan_token (&self, error))
        return NULL;
    }
  add_token (&self, SHY_FEEL_TOKEN_END, self.p, NULL);
  return g_steal_pointer (&tokens);
}
