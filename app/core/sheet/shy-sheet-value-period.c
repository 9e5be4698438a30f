/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-field-private.h"
#include "sheet/shy-sheet-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A cell that holds a whole period, as 2024-03-01至2027-02-28: its two ends. */
typedef struct
{
  char     *first; /* (owned) (nullable) as it is written */
  char     *last;  /* (owned) (nullable) */
  gboolean  open;  /* the last is no day: without a fixed term */
} Period;

static void
period_clear (Period *self)
{
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->last, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Period, period_clear)

/* What stands between the ends of a period, or before and behind them, and says no more than that. */
static gboolean
is_between (gunichar c)
{
  return g_unichar_isspace (c) || (c != 0 && c < 0x80 && strchr ("-~,;:()", (char) c) != NULL) ||
         c == 0x2014 || c == 0x2013 || c == 0x2015 || c == 0x2010 || c == 0x2212 || c == 0x223c || c == 0x301c ||
         c == 0x3001 /* 、 */ || c == 0x3002 /* 。 */ || c == 0x2192 || c == 0x81f3 /* 至 */ || c == 0x5230 /* 到 */ ||
         c == 0x6b62 /* 止 */ || c == 0x8d77 /* 起 */ || c == 0x81ea /* 自 */ || c == 0x4ece /* 从 */ ||
         c == 0x7531 /* 由 */;
}

/* One end without what stands around it. */
static char *
dup_end (const char *start,
         const char *end)
{
  static const char *const words[] = { "为止", "终止", "结束", "截止", "开始", "起始" };

  for (gboolean again = TRUE; again;)
    {
      again = FALSE;
      for (; start < end && is_between (g_utf8_get_char (start)); start = g_utf8_next_char (start))
        ;
      for (; start < end && is_between (g_utf8_get_char (g_utf8_prev_char (end))); end = g_utf8_prev_char (end))
        ;
      for (gsize i = 0; i < G_N_ELEMENTS (words) && !again; i++)
        {
          gsize n = strlen (words[i]);

          again = (gsize) (end - start) >= n;
          if (again && memcmp (start, words[i], n) == 0)
            start += n;
          else if (again && memcmp (end - n, words[i], n) == 0)
            end -= n;
          else
            again = FALSE;
        }
    }
  return g_strndup (start, end - start);
}

static void
cut (char       *text,
     const char *word)
{
  char *found = strstr (text, word);

  if (found != NULL)
    memmove (found, found + strlen (word), strlen (found + strlen (word)) + 1);
}

/* How long it lasts says nothing that its ends do not: （三年）, 共36个月. */
static void
cut_length (char *text)
{
  static const char *const words[] = { "共", "合计", "为期" };
  char *bracket = g_str_has_suffix (text, ")") ? strrchr (text, '(') : NULL;

  if (bracket != NULL && bracket > text)
    *bracket = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      char *found = strstr (text, words[i]);

      if (found != NULL && found > text && (g_str_has_suffix (text, "年") || g_str_has_suffix (text, "月")))
        *found = '\0';
    }
}

/* Takes out that there is no term. Whether it says so. */
static gboolean
cut_open (char *text)
{
  static const char *const words[] = { "无固定期限", "无固定期", "无期限" };
  gboolean                 open = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (words) && !open; i++)
    {
      open = strstr (text, words[i]) != NULL;
      cut (text, words[i]);
    }
  return open;
}

static gboolean
is_end (ShySheetField      *field,
        const ShySheetCell *cell,
        const char         *text)
{
  ShySheetCell     part = *cell;
  g_autofree char *value = NULL;

  part.text = text;
  value = shy_sheet_field_convert (field, &part, NULL, NULL);
  return value != NULL;
}

/* FALSE where no place, or more than one, parts the text into two ends. */
static gboolean
part (ShySheetField      *first,
      ShySheetField      *last,
      const ShySheetCell *cell,
      const char         *text,
      Period             *self)
{
  const char *end = text + strlen (text);

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      g_auto (Period) found = { NULL };

      if (!is_between (g_utf8_get_char (p)))
        continue;
      found.first = dup_end (text, p);
      found.last = dup_end (p, end);
      if (!is_end (first, cell, found.first) || !is_end (last, cell, found.last))
        continue;
      if (self->first != NULL && (strcmp (self->first, found.first) != 0 || strcmp (self->last, found.last) != 0))
        return FALSE;
      period_clear (self);
      self->first = g_steal_pointer (&found.first);
      self->last = g_steal_pointer (&found.last);
    }
  return self->first != NULL;
}

static gboolean
split (ShySheetField      *first,
       ShySheetField      *last,
       const ShySheetCell *cell,
       Period             *self)
{
  g_autofree char *text = g_utf8_normalize (cell->text, -1, G_NORMALIZE_NFKC);

  if (text == NULL || cell->kind != SHY_SHEET_CELL_TEXT)
    return FALSE;
  g_strstrip (text);
  self->open = cut_open (text);
  cut_length (text);
  cut (text, "劳动合同");
  cut (text, "固定期限");
  cut (text, "合同");
  cut (text, "期限");
  if (!self->open)
    return part (first, last, cell, text, self);
  self->first = dup_end (text, text + strlen (text));
  return TRUE;
}

/*
 * shy_sheet_field_convert_period:
 * @first: the field where a period begins
 * @last: (nullable): the field where it ends; NULL if nobody asks for that
 * @cell: a cell that holds both
 * @want_last: whether the end is wanted
 *
 * Turns one end of a period into the field's value. No end of which a part was left out is guessed.
 *
 * Errors: SHY_ERROR_INVALID naming the cell, if it is not clear where the period begins and ends.
 */
char *
shy_sheet_field_convert_period (ShySheetField       *first,
                                ShySheetField       *last,
                                const ShySheetCell  *cell,
                                gboolean             want_last,
                                GError             **error)
{
  g_auto (Period)  period = { NULL };
  ShySheetCell     end = *cell;
  g_autofree char *value = NULL;

  if (!shy_sheet_value_check (cell, error))
    return NULL;
  if (shy_sheet_field_says_nothing (first, cell->text))
    return NULL;
  if (split (first, last != NULL ? last : first, cell, &period))
    {
      end.text = !want_last ? period.first : period.open ? "无固定期限" : period.last;
      value = shy_sheet_field_convert (want_last ? last : first, &end, NULL, NULL);
    }
  if (value == NULL)
    shy_sheet_value_set_error (cell, error, _("“%s” is no period of which both ends can be told. Write it as "
                                              "2024-03-01至2027-02-28."),
                               cell->text);
  return g_steal_pointer (&value);
}
