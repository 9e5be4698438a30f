/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-value-private.h"

#include "shy-error.h"

#include "identity/shy-number-runs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *word; /* folded */
  gboolean    value;
} booleans[] = {
  { "是", TRUE },   { "有", TRUE },    { "对", TRUE },    { "√", TRUE },  { "✓", TRUE },
  { "✔", TRUE },    { "☑", TRUE },     { "y", TRUE },     { "yes", TRUE }, { "true", TRUE },
  { "1", TRUE },    { "否", FALSE },   { "无", FALSE },   { "没有", FALSE }, { "不是", FALSE },
  { "■", TRUE },    { "●", TRUE },     { "□", FALSE },
  { "错", FALSE },  { "×", FALSE },    { "✗", FALSE },    { "✘", FALSE }, { "✕", FALSE },
  { "☐", FALSE },   { "n", FALSE },    { "no", FALSE },   { "false", FALSE }, { "0", FALSE },
};

void
shy_sheet_value_set_error (const ShySheetCell  *cell,
                           GError             **error,
                           const char          *format,
                           ...)
{
  g_autofree char *place = shy_sheet_cell_dup_place (cell);
  g_autofree char *text = NULL;
  g_autofree char *masked = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  masked = shy_number_runs_mask (text);
  /* Translators: the place of a cell, then what is wrong with it. */
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, _("%s: %s"), place, masked);
}

gboolean
shy_sheet_value_check (const ShySheetCell  *cell,
                       GError             **error)
{
  if (cell->kind != SHY_SHEET_CELL_ERROR)
    return TRUE;

  if (*cell->text == '\0')
    shy_sheet_value_set_error (cell, error,
                               _("the file does not hold the value of this formula. Open the file in "
                                 "WPS or Excel, save it, and read it again."));
  else
    shy_sheet_value_set_error (cell, error,
                               _("the cell holds the error %s. Correct its formula, or type the "
                                 "value."),
                               cell->text);
  return FALSE;
}

static gboolean
is_invisible (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iszerowidth (c) || c == 0xfeff;
}

static gboolean
is_wide (gunichar c)
{
  return g_unichar_iswide (c);
}

/* Digits, letters of full width become their ordinary selves; brackets and the like stay, for they
 * belong to names. */
static gunichar
narrow (gunichar c)
{
  if ((c >= 0xff10 && c <= 0xff19) || (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a))
    return c - 0xfee0;
  return c;
}

/**
 * shy_sheet_value_tidy:
 * @text: what somebody typed
 *
 * Tidies a text without changing what it says: no blanks around it nor invisible characters in it,
 * one blank for several, none between Chinese characters (as in “张　三”), digits and letters of
 * full width made ordinary.
 *
 * Returns: (transfer full): the tidy text
 */
char *
shy_sheet_value_tidy (const char *text)
{
  GString  *tidy;
  gunichar  before = 0;
  gboolean  blank = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  tidy = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = narrow (g_utf8_get_char (p));

      if (is_invisible (c))
        {
          blank |= g_unichar_isspace (c);
          continue;
        }
      if (blank && before != 0 && !(is_wide (before) && is_wide (c)))
        g_string_append_c (tidy, ' ');
      g_string_append_unichar (tidy, c);
      before = c;
      blank = FALSE;
    }

  return g_string_free (tidy, FALSE);
}

/* Most texts hold nothing that Unicode has a second form for: those letters and Han characters that
 * stand for themselves. NULL for any other text. */
static char *
fold_plain (const char *text)
{
  g_autoptr (GString) folded = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, -1);

      if (c >= 0x80 && (c < 0x4e00 || c > 0x9fff))
        return NULL;
      if (c >= 0x80)
        g_string_append_len (folded, p, g_utf8_next_char (p) - p);
      else if (!is_invisible (c))
        g_string_append_c (folded, g_ascii_tolower (*p));
    }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * shy_sheet_value_fold:
 * @text: what somebody typed
 *
 * Makes a text fit to be compared: Unicode's compatibility form (NFKC), without blanks and invisible
 * characters, in small letters.
 *
 * Returns: (transfer full): the folded text
 */
char *
shy_sheet_value_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *small = NULL;
  GString         *folded;
  char            *plain;

  g_return_val_if_fail (text != NULL, NULL);

  plain = fold_plain (text);
  if (plain != NULL)
    return plain;
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  if (normal == NULL)
    return g_strdup ("");
  small = g_utf8_casefold (normal, -1);
  folded = g_string_new (NULL);
  for (const char *p = small; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_invisible (g_utf8_get_char (p)))
      g_string_append_len (folded, p, g_utf8_next_char (p) - p);

  return g_string_free (folded, FALSE);
}

gboolean
shy_sheet_is_scientific (const char *text)
{
  gsize       mantissa = strspn (text, "0123456789.");
  const char *exponent = text + mantissa;

  if (mantissa == 0 || (*exponent != 'E' && *exponent != 'e') || exponent[1] != '+')
    return FALSE;
  exponent += 2;
  return *exponent != '\0' && exponent[strspn (exponent, "0123456789")] == '\0';
}

static gboolean
check_digits (const ShySheetCell  *cell,
              GError             **error)
{
  if (cell->flags & SHY_SHEET_CELL_ROUNDED || shy_sheet_is_scientific (cell->text))
    {
      shy_sheet_value_set_error (cell, error,
                                 _("a spreadsheet has already rounded this number to 15 digits, its "
                                   "last digits are lost. Format the column as text and type the "
                                   "number again from the original."));
      return FALSE;
    }
  if (cell->flags & SHY_SHEET_CELL_MAYBE_ROUNDED)
    {
      shy_sheet_value_set_error (cell, error,
                                 _("a spreadsheet seems to have rounded this number to 15 digits. "
                                   "Compare it with the original and hand it in as text in an .xlsx "
                                   "file."));
      return FALSE;
    }
  return TRUE;
}

/**
 * shy_sheet_value_dup_text:
 * @cell: a cell
 * @error: return location for an error
 *
 * Gets what a cell says, tidied by [func@sheet_value_tidy]; a day as 2025-06-30.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell, where the value is lost.
 *
 * Returns: (transfer full): the text, or %NULL with @error set
 */
char *
shy_sheet_value_dup_text (const ShySheetCell  *cell,
                          GError             **error)
{
  g_return_val_if_fail (cell != NULL, NULL);

  if (!shy_sheet_value_check (cell, error) ||
      (cell->kind == SHY_SHEET_CELL_NUMBER && !check_digits (cell, error)))
    return NULL;
  return shy_sheet_value_tidy (cell->text);
}

/**
 * shy_sheet_value_dup_digits:
 * @cell: a cell
 * @error: return location for an error
 *
 * Gets a number that names somebody or something (an identity, a card, a telephone): its digits and
 * letters, without blanks and hyphens, letters made capital. Whether it is valid is not asked.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell, where a spreadsheet has rounded the number or its
 * value is lost. The message never quotes the number.
 *
 * Returns: (transfer full): the digits, or %NULL with @error set
 */
char *
shy_sheet_value_dup_digits (const ShySheetCell  *cell,
                            GError             **error)
{
  g_autofree char *normal = NULL;
  GString         *digits;

  g_return_val_if_fail (cell != NULL, NULL);

  if (!shy_sheet_value_check (cell, error) || !check_digits (cell, error))
    return NULL;
  if (cell->kind != SHY_SHEET_CELL_TEXT && cell->kind != SHY_SHEET_CELL_NUMBER)
    {
      shy_sheet_value_set_error (cell, error,
                                 _("the cell holds no number of this kind. Format the column as text "
                                   "and type the number."));
      return NULL;
    }
  normal = g_utf8_normalize (cell->text, -1, G_NORMALIZE_NFKC);
  digits = g_string_new (NULL);
  for (const char *p = normal != NULL ? normal : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_invisible (c) && c != '-' && c != 0x2010 && c != 0x2011 && c != '\'')
        g_string_append_unichar (digits, c < 0x80 ? (gunichar) g_ascii_toupper (c) : c);
    }
  return g_string_free (digits, FALSE);
}

/* Boxes of printed forms: 1 ticked, 0 empty, -1 no box. */
static int
get_tick (gunichar c)
{
  static const gunichar ticked[] = { 0x2611, 0x2612, 0x221a, 0x2713, 0x2714, 0x2705, 0x25a0, 0x25cf, 0x25c9, 0x2b1b, 0x25a3 };
  static const gunichar empty[] = { 0x25a1, 0x2610, 0x25cb, 0x25ef, 0x2b1c, 0x25fb, 0x25a2 };

  for (gsize i = 0; i < G_N_ELEMENTS (ticked); i++)
    if (c == ticked[i])
      return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    if (c == empty[i])
      return 0;

  return -1;
}

/* The words of a printed choice, and whether each is ticked. */
typedef struct
{
  GPtrArray *words;  /* (owned) (element-type utf8) */
  GArray    *ticks;  /* (owned) (element-type int) -1 for a word without a box */
  gboolean   before; /* boxes stand before their words */
  int        waiting; /* a box whose word follows, or -1 */
} Choice;

static void
end_word (Choice  *self,
          GString *word)
{
  if (word->len == 0)
    return;
  g_ptr_array_add (self->words, shy_sheet_value_fold (word->str));
  g_array_append_val (self->ticks, self->waiting);
  self->waiting = -1;
  g_string_truncate (word, 0);
}

static void
take_box (Choice  *self,
          GString *word,
          int      tick)
{
  gboolean first = self->words->len == 0 && word->len == 0 && self->waiting < 0;

  end_word (self, word);
  self->before |= first;
  if (self->before)
    self->waiting = tick;
  else if (self->ticks->len > 0)
    g_array_index (self->ticks, int, self->ticks->len - 1) = tick;
}

static void
read_choice (Choice     *self,
             const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString         *word = g_string_new (NULL);

  /* 是（√）否（ ） */
  for (const char *p = normal != NULL ? normal : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar    c = g_utf8_get_char (p);
      int         tick = get_tick (c);
      const char *inside = c == '(' ? p + 1 + strspn (p + 1, " ") : NULL;
      const char *behind = inside != NULL && get_tick (g_utf8_get_char (inside)) >= 0 ? g_utf8_next_char (inside)
                                                                                     : inside;

      if (behind != NULL && behind[strspn (behind, " ")] == ')')
        {
          take_box (self, word, behind > inside ? get_tick (g_utf8_get_char (inside)) : 0);
          p = behind + strspn (behind, " ");
        }
      else if (tick >= 0)
        take_box (self, word, tick);
      else if (is_invisible (c) || c == '/' || c == 0x3001 || c == ',' || c == ';')
        end_word (self, word);
      else
        g_string_append_unichar (word, c);
    }
  end_word (self, word);
  g_string_free (word, TRUE);
}

/* The one word of “☑是 □否”, “是√ 否” or “是（√）否（ ）” that is ticked, folded; NULL if there are no
 * boxes, or not one is ticked, or several. */
char *
shy_sheet_value_dup_ticked (const char *text)
{
  Choice self = { g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, FALSE, sizeof (int)), FALSE, -1 };
  char  *found = NULL;
  guint  n = 0;

  read_choice (&self, text);
  for (guint i = 0; i < self.words->len; i++)
    if (g_array_index (self.ticks, int, i) == 1 && n++ == 0)
      found = g_strdup (g_ptr_array_index (self.words, i));
  if (n != 1)
    g_clear_pointer (&found, g_free);
  g_ptr_array_unref (self.words);
  g_array_unref (self.ticks);
  return found;
}

static gboolean
find_boolean (const char *folded,
              gboolean   *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    if (strcmp (folded, booleans[i].word) == 0)
      {
        *value = booleans[i].value;
        return TRUE;
      }

  return FALSE;
}

/**
 * shy_sheet_value_get_boolean:
 * @cell: a cell
 * @value: (out): yes or no
 * @error: return location for an error
 *
 * Gets a yes or no: 是, 有, 对, √, Y, 1 or TRUE; 否, 无, 没有, ×, N, 0 or FALSE; and what is ticked of
 * “☑是 □否”. The letter X is
 * refused, for it ticks a box in one place and crosses it out in another.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell.
 *
 * Returns: whether the cell says one of the two
 */
gboolean
shy_sheet_value_get_boolean (const ShySheetCell  *cell,
                             gboolean            *value,
                             GError             **error)
{
  g_autofree char *folded = NULL;
  g_autofree char *ticked = NULL;

  g_return_val_if_fail (cell != NULL && value != NULL, FALSE);

  if (!shy_sheet_value_check (cell, error))
    return FALSE;
  folded = shy_sheet_value_fold (cell->text);
  if (find_boolean (folded, value))
    return TRUE;
  ticked = shy_sheet_value_dup_ticked (cell->text);
  if (ticked != NULL && find_boolean (ticked, value))
    return TRUE;

  shy_sheet_value_set_error (cell, error, _("“%s” is neither yes nor no. Write 是 or 否."), cell->text);
  return FALSE;
}
