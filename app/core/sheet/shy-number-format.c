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

/* Copies what a format does, without what it only shows: quoted and escaped text, colours,
 * conditions, locales, and every section but the first. Elapsed time, as [h], stays. */
static char *
strip (const char *code)
{
  GString *bare = g_string_new (NULL);

  for (const char *p = code; *p != '\0' && *p != ';'; p++)
    {
      if (*p == '"')
        {
          p = strchr (p + 1, '"');
          if (p == NULL)
            break;
        }
      else if (*p == '\\' || *p == '_' || *p == '*')
        {
          if (p[1] == '\0')
            break;
          p = g_utf8_next_char (p + 1) - 1;
        }
      else if (*p == '[' && strchr ("hHmMsS", p[1]) == NULL)
        {
          p = strchr (p, ']');
          if (p == NULL)
            break;
        }
      else
        g_string_append_c (bare, g_ascii_tolower (*p));
    }

  g_string_replace (bare, "am/pm", " ", 0);
  g_string_replace (bare, "a/p", " ", 0);
  return g_string_free (bare, FALSE);
}

static char
nearest (const char *bare,
         const char *p,
         int         step)
{
  for (p += step; p >= bare && *p != '\0'; p += step)
    if (strchr ("ymdhse", *p) != NULL)
      return *p;

  return '\0';
}

/* An m is a month, unless an hour stands before it or a second behind it. */
static gboolean
has_month (const char *bare)
{
  for (const char *p = strchr (bare, 'm'); p != NULL; p = strchr (p, 'm'))
    {
      const char *start = p;

      while (p[1] == 'm')
        p++;
      if (nearest (bare, start, -1) != 'h' && nearest (bare, p, 1) != 's' &&
          !(start > bare && start[-1] == '['))
        return TRUE;
      p++;
    }

  return FALSE;
}

/* In formats for East Asia an e is a year; behind a digit place it is an exponent. */
static gboolean
has_era_year (const char *bare)
{
  const char *e = strchr (bare, 'e');

  return e != NULL && e[1] != '+' && e[1] != '-';
}

static ShySheetCellKind
classify (const char *bare)
{
  gboolean day, time;

  /* Places for digits make a number, unless they are fractions of a second as in "mm:ss.0". */
  if (strncmp (bare, "general", 7) == 0 ||
      (strpbrk (bare, "0#?") != NULL && strchr (bare, ':') == NULL))
    return SHY_SHEET_CELL_NUMBER;
  day = strpbrk (bare, "yd") != NULL || strstr (bare, "aaa") != NULL || has_month (bare) ||
        has_era_year (bare);
  time = strpbrk (bare, "hs") != NULL || strstr (bare, "[m") != NULL;
  if (day)
    return time ? SHY_SHEET_CELL_DATETIME : SHY_SHEET_CELL_DATE;
  return time ? SHY_SHEET_CELL_TIME : SHY_SHEET_CELL_NUMBER;
}

/* "000000" shows 42 as 000042, and what it shows is what was meant: a code. */
static guint
count_zeros (const char *bare)
{
  gsize n = strspn (bare, "0");

  return n > 1 && n <= 32 && bare[n] == '\0' ? n : 0;
}

/* Takes a format apart. @code is NULL for a built-in one. */
void
shy_number_format_init (ShyNumberFormat *self,
                        guint            id,
                        const char      *code)
{
  g_autofree char *bare = NULL;

  self->kind = SHY_SHEET_CELL_NUMBER;
  self->zeros = 0;
  self->shows_day = FALSE;
  if (code == NULL)
    code = find_built_in (id);
  self->code = g_strdup (code);
  if (code == NULL)
    return;

  bare = strip (code);
  self->kind = classify (bare);
  self->shows_day = self->kind != SHY_SHEET_CELL_NUMBER && strchr (bare, 'd') != NULL;
  if (self->kind == SHY_SHEET_CELL_NUMBER)
    self->zeros = count_zeros (bare);
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
