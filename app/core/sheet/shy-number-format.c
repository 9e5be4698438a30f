/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-number-format-private.h"

#include <string.h>

/* The formats that have no code in the file (ECMA-376 part 1, 18.8.30, with the list for zh-cn). */
static const struct
{
  guint       first;
  guint       last;
  const char *code;
} built_in[] = {
  { 1, 1, "0" },
  { 2, 2, "0.00" },
  { 3, 3, "#,##0" },
  { 4, 4, "#,##0.00" },
  { 9, 9, "0%" },
  { 10, 10, "0.00%" },
  { 11, 11, "0.00E+00" },
  { 14, 14, "yyyy-m-d" },
  { 15, 15, "d-mmm-yy" },
  { 16, 16, "d-mmm" },
  { 17, 17, "mmm-yy" },
  { 18, 19, "h:mm:ss AM/PM" },
  { 20, 21, "h:mm:ss" },
  { 22, 22, "yyyy-m-d h:mm" },
  { 27, 27, "yyyy\"年\"m\"月\"" },
  { 28, 29, "m\"月\"d\"日\"" },
  { 30, 30, "m-d-yy" },
  { 31, 31, "yyyy\"年\"m\"月\"d\"日\"" },
  { 32, 32, "h\"时\"mm\"分\"" },
  { 33, 33, "h\"时\"mm\"分\"ss\"秒\"" },
  { 34, 34, "上午/下午h\"时\"mm\"分\"" },
  { 35, 35, "上午/下午h\"时\"mm\"分\"ss\"秒\"" },
  { 36, 36, "yyyy\"年\"m\"月\"" },
  { 37, 44, "#,##0.00" },
  { 45, 47, "mm:ss" },
  { 48, 48, "##0.0E+0" },
  { 49, 49, "@" },
  { 50, 50, "yyyy\"年\"m\"月\"" },
  { 51, 51, "m\"月\"d\"日\"" },
  { 52, 52, "yyyy\"年\"m\"月\"" },
  { 53, 54, "m\"月\"d\"日\"" },
  { 55, 55, "上午/下午h\"时\"mm\"分\"" },
  { 56, 56, "上午/下午h\"时\"mm\"分\"ss\"秒\"" },
  { 57, 57, "yyyy\"年\"m\"月\"" },
  { 58, 58, "m\"月\"d\"日\"" },
};

static const char *
find_built_in (guint id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (id >= built_in[i].first && id <= built_in[i].last)
      return built_in[i].code;

  return NULL;
}

/* What the parts of a format do, one character each: "y", "m" (month or minute), "d", "h", "s", "a"
 * (morning or afternoon), "e" (era), "w" (name of the weekday), "[" (elapsed time), "0" (place of a
 * digit that is always shown), "#" (other places), "." (point), "@" (text), "G" (General). What a format only shows has none. */
static gboolean
is_elapsed (const char *inside,
            gsize       length)
{
  return length > 0 && strchr ("hHmMsS", *inside) != NULL &&
         strspn (inside, (char[]){ g_ascii_tolower (*inside), g_ascii_toupper (*inside), '\0' }) == length;
}

/* Words that are one part. Gives their length, 0 if none is there. */
static gsize
read_word (const char *p,
           GString    *parts)
{
  static const struct
  {
    const char *word;
    const char *part;
  } words[] = {
    { "general", "G" }, { "g/通用格式", "G" }, { "通用格式", "G" }, { "standard", "G" },
    { "am/pm", "a" }, { "a/p", "a" }, { "上午/下午", "a" }, { "aaaa", "w" }, { "aaa", "w" },
    { "e+", "#" }, { "e-", "#" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (p, words[i].word, strlen (words[i].word)) == 0)
      {
        g_string_append (parts, words[i].part);
        return strlen (words[i].word);
      }

  return 0;
}

/* Steps over what is only shown: quoted and escaped text, the width of a character, fillers, and
 * brackets with a colour, a condition, a currency or a locale. NULL if nothing of the kind is there;
 * a quotation that is not closed goes to the end. */
static const char *
skip_shown (const char *p,
            GString    *parts)
{
  const char *end;

  switch (*p)
    {
    case '"':
      end = strchr (p + 1, '"');
      return end != NULL ? end + 1 : p + strlen (p);

    case '\\':
    case '_':
    case '*':
      return p[1] != '\0' ? g_utf8_next_char (p + 1) : p + 1;

    case '[':
      end = strchr (p, ']');
      if (end == NULL)
        return p + strlen (p);
      if (is_elapsed (p + 1, end - p - 1))
        g_string_append_printf (parts, "[%c", g_ascii_tolower (p[1]));
      return end + 1;

    default:
      return NULL;
    }
}

/* Takes one section apart; gives where the next one begins, or NULL. */
static const char *
read_section (const char *p,
              GString    *parts)
{
  while (*p != '\0' && *p != ';')
    {
      const char *next = skip_shown (p, parts);
      gsize       word = next == NULL ? read_word (p, parts) : 0;

      if (next == NULL && word == 0)
        {
          char c = g_ascii_tolower (*p);

          if (strchr ("ymdhse.@0#", c) != NULL)
            g_string_append_c (parts, c);
          else if (c == '?')
            g_string_append_c (parts, '#');
          next = g_utf8_next_char (p);
        }
      p = next != NULL ? next : p + word;
    }
  return *p == ';' ? p + 1 : NULL;
}

/* The parts of the section that shows a number: the first that does anything with it. Sections
 * before it may hide what a condition names, as in [=0]"";yyyy-mm-dd. */
static char *
read_parts (const char *code)
{
  GString    *parts = g_string_new (NULL);
  const char *p = code;

  while (p != NULL && (parts->len == 0 || strcmp (parts->str, "@") == 0))
    {
      gsize before = parts->len;

      p = read_section (p, parts);
      if (parts->len > before)
        g_string_erase (parts, 0, before);
    }
  return g_string_free (parts, FALSE);
}

/* The nearest part of a date or a time, not counting more of the same. */
static char
nearest (const char *parts,
         const char *p,
         int         step)
{
  for (p += step; p >= parts && *p != '\0'; p += step)
    if (strchr ("ydhsew", *p) != NULL)
      return *p;

  return '\0';
}

/* An m is a month, unless an hour stands before it or a second behind it. */
static gboolean
has_month (const char *parts)
{
  for (const char *p = strchr (parts, 'm'); p != NULL; p = strchr (p, 'm'))
    {
      const char *start = p;

      while (p[1] == 'm')
        p++;
      if (nearest (parts, start, -1) != 'h' && nearest (parts, p, 1) != 's' &&
          !(start > parts && start[-1] == '['))
        return TRUE;
      p++;
    }

  return FALSE;
}

/* Whether places for digits stand elsewhere than in fractions of a second, as in "mm:ss.000". */
static gboolean
has_digits (const char *parts)
{
  for (const char *p = strchr (parts, '0'); p != NULL; p = strchr (p + 1, '0'))
    {
      const char *start = p;

      while (p[1] == '0')
        p++;
      if (start < parts + 2 || start[-1] != '.' || start[-2] != 's')
        return TRUE;
    }

  return FALSE;
}

static ShySheetCellKind
classify (const char *parts)
{
  gboolean day, time;

  if (strpbrk (parts, "G#") != NULL || has_digits (parts))
    return SHY_SHEET_CELL_NUMBER;
  day = strpbrk (parts, "ydew") != NULL || has_month (parts);
  time = strpbrk (parts, "hs[") != NULL;
  if (day)
    return time ? SHY_SHEET_CELL_DATETIME : SHY_SHEET_CELL_DATE;
  return time ? SHY_SHEET_CELL_TIME : SHY_SHEET_CELL_NUMBER;
}

/* "000000" shows 42 as 000042, and what it shows is what was meant: a code. */
static guint
count_zeros (const char *parts)
{
  gsize n = strspn (parts, "0");

  return n > 1 && n <= 32 && parts[n] == '\0' ? n : 0;
}

/* Takes a format apart. @code is NULL for a built-in one. */
void
shy_number_format_init (ShyNumberFormat *self,
                        guint            id,
                        const char      *code)
{
  g_autofree char *parts = NULL;

  self->kind = SHY_SHEET_CELL_NUMBER;
  self->zeros = 0;
  self->shows_day = FALSE;
  if (code == NULL)
    code = find_built_in (id);
  self->code = g_strdup (code);
  if (code == NULL)
    return;

  parts = read_parts (code);
  self->kind = classify (parts);
  self->shows_day = self->kind != SHY_SHEET_CELL_NUMBER && strchr (parts, 'd') != NULL;
  if (self->kind == SHY_SHEET_CELL_NUMBER)
    self->zeros = count_zeros (parts);
}

void
shy_number_format_clear (ShyNumberFormat *self)
{
  g_clear_pointer (&self->code, g_free);
}

ShySheetCellKind
shy_number_format_show (const ShyNumberFormat *self,
                        const char            *number,
                        gboolean               epoch_1904,
                        char                  *shown)
{
  gsize length;

  *shown = '\0';
  if (self == NULL || (self->kind == SHY_SHEET_CELL_NUMBER && self->zeros == 0))
    return SHY_SHEET_CELL_NUMBER;
  if (self->kind != SHY_SHEET_CELL_NUMBER)
    return shy_serial_write (number, self->kind, epoch_1904, shown) > 0 ? self->kind
                                                                        : SHY_SHEET_CELL_NUMBER;
  length = strlen (number);
  if (length < self->zeros && strspn (number, "0123456789") == length)
    g_snprintf (shown, SHY_NUMBER_SIZE, "%0*d%s", (int) (self->zeros - length), 0, number);
  return SHY_SHEET_CELL_NUMBER;
}
