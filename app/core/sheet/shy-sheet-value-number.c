/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-sheet-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* FEEL's numbers have 34 digits. */
#define MAX_DIGITS 34

/* Units that are multiples of another by powers of ten. */
static const struct
{
  const char *unit;
  const char *base;
  int         shift;
} multiples[] = {
  { "元", "元", 0 },     { "圆", "元", 0 },      { "元整", "元", 0 },   { "元人民币", "元", 0 },
  { "人民币元", "元", 0 }, { "yuan", "元", 0 },  { "rmb", "元", 0 },
  { "角", "元", -1 },    { "分", "元", -2 },     { "块", "元", 0 },     { "块钱", "元", 0 },
  { "十元", "元", 1 },   { "千", "元", 3 },      { "仟元", "元", 3 },   { "佰元", "元", 2 },
  { "k", "元", 3 },      { "w", "元", 4 },       { "萬元", "元", 4 },   { "萬", "元", 4 },
  { "万圆", "元", 4 },   { "十万元", "元", 5 },  { "千圆", "元", 3 },   { "w元", "元", 4 },
  { "百元", "元", 2 },   { "千元", "元", 3 },    { "万元", "元", 4 },   { "百万元", "元", 6 },
  { "千万元", "元", 7 }, { "亿元", "元", 8 },    { "万", "元", 4 },     { "亿", "元", 8 },
  { "个月", "月", 0 },   { "月", "月", 0 },      { "人", "人", 0 },     { "万人", "人", 4 },
  { "名", "人", 0 },     { "%", "%", 0 },        { "年", "年", 0 },     { "天", "天", 0 },
  { "日", "天", 0 },     { "个工作日", "工作日", 0 }, { "工作日", "工作日", 0 }, { "家", "家", 0 },
  { "户", "户", 0 },     { "亩", "亩", 0 },      { "次", "次", 0 },     { "岁", "岁", 0 },
  { "周岁", "岁", 0 },   { "小时", "小时", 0 },  { "平方米", "平方米", 0 }, { "美元", "美元", 0 },
};

static int
find_unit (const char *text)
{
  g_autofree char *folded = shy_sheet_value_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (multiples); i++)
    if (strcmp (folded, multiples[i].unit) == 0)
      return (int) i;

  return -1;
}

gboolean
shy_sheet_unit_is_known (const char *text)
{
  return find_unit (text) >= 0;
}

gboolean
shy_sheet_unit_get_shift (const char *from,
                          const char *to,
                          int        *shift)
{
  g_autofree char *folded_from = shy_sheet_value_fold (from);
  g_autofree char *folded_to = shy_sheet_value_fold (to);
  int              i = find_unit (from);
  int              j = find_unit (to);

  *shift = 0;
  if (strcmp (folded_from, folded_to) == 0)
    return TRUE;
  if (i < 0 || j < 0 || strcmp (multiples[i].base, multiples[j].base) != 0)
    return FALSE;
  *shift = multiples[i].shift - multiples[j].shift;
  return TRUE;
}

/* The parts of a number as it is written. */
typedef struct
{
  gboolean negative;
  GString *digits;   /* (owned) without leading zeros */
  int      fraction; /* digits behind the point */
} Decimal;

/* Reads digits with thousands separators, which must stand where they belong. Gives where the
 * number ends, or NULL. */
static const char *
read_digits (const char *p,
             Decimal    *decimal)
{
  guint group = 0;
  gboolean grouped = FALSE, point = FALSE;

  if (*p == '-' || *p == '+')
    decimal->negative = *p++ == '-';
  if (!g_ascii_isdigit (*p))
    return NULL;
  for (; g_ascii_isdigit (*p) || *p == ',' || *p == '.'; p++)
    if (*p == ',')
      {
        if (point || group == 0 || group > 3 || (grouped && group != 3))
          return NULL;
        grouped = TRUE;
        group = 0;
      }
    else if (*p == '.')
      {
        if (point || (grouped && group != 3) || !g_ascii_isdigit (p[1]))
          return NULL;
        point = TRUE;
      }
    else
      {
        group += !point;
        decimal->fraction += point;
        if (decimal->digits->len > 0 || *p != '0' || point)
          g_string_append_c (decimal->digits, *p);
      }

  return grouped && group != 3 ? NULL : p;
}

/* Writes the number, multiplied by a power of ten. */
static char *
write_decimal (const Decimal *decimal,
               int            shift)
{
  g_autoptr (GString) digits = g_string_new (decimal->digits->str);
  int                 fraction = decimal->fraction - shift;
  gsize               zeros;

  for (; fraction < 0; fraction++)
    g_string_append_c (digits, '0');
  while (digits->len <= (gsize) fraction)
    g_string_prepend_c (digits, '0');
  for (; fraction > 0 && digits->str[digits->len - 1] == '0'; fraction--)
    g_string_truncate (digits, digits->len - 1);
  if (fraction > 0)
    g_string_insert_c (digits, digits->len - fraction, '.');
  for (zeros = 0; digits->str[zeros] == '0' && g_ascii_isdigit (digits->str[zeros + 1]);)
    zeros++;
  g_string_erase (digits, 0, zeros);
  if (digits->len == 0)
    g_string_append_c (digits, '0');
  if (decimal->negative && strcmp (digits->str, "0") != 0)
    g_string_prepend_c (digits, '-');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* What stands before an amount and says nothing more. */
static const char *
skip_currency (const char *text)
{
  static const char *const marks[] = { "¥", "人民币", "rmb" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (text, marks[i]))
      return text + strlen (marks[i]);

  return text;
}

static char *
read_text (const ShySheetCell  *cell,
           const char          *unit,
           const char          *column_unit,
           GError             **error)
{
  g_autofree char    *folded = shy_sheet_value_fold (cell->text);
  g_autoptr (GString) digits = g_string_new (NULL);
  Decimal             decimal = { .digits = digits };
  const char         *suffix = read_digits (skip_currency (folded), &decimal);
  int                 shift = 0;

  if (suffix == NULL || digits->len > MAX_DIGITS)
    {
      shy_sheet_value_set_error (cell, error, _("“%s” is not a number. Write digits only, as 1234.50."),
                                 cell->text);
      return NULL;
    }
  if (*suffix == '\0')
    suffix = column_unit;
  if (unit == NULL)
    unit = column_unit;
  if (suffix != NULL && unit == NULL)
    {
      shy_sheet_value_set_error (cell, error, _("“%s” is not a number. Write digits only, as 1234.50."),
                                 cell->text);
      return NULL;
    }
  if (suffix != NULL && !shy_sheet_unit_get_shift (suffix, unit, &shift))
    {
      shy_sheet_value_set_error (cell, error,
                                 _("the unit of “%s” is not %s. Write the number in %s, digits only."),
                                 cell->text, unit, unit);
      return NULL;
    }
  return write_decimal (&decimal, shift);
}

/* A number format may show a unit that the number does not hold. */
static gboolean
check_format (const ShySheetCell  *cell,
              GError             **error)
{
  if (cell->format == NULL || (strstr (cell->format, "万") == NULL && strstr (cell->format, "亿") == NULL &&
                               strstr (cell->format, "千") == NULL && strstr (cell->format, "百") == NULL))
    return TRUE;

  shy_sheet_value_set_error (cell, error,
                             _("the format of the cell shows %s with the number %s, so that its size is "
                               "in doubt. Give the cell the format “General” and type the number."),
                             cell->format, cell->number);
  return FALSE;
}

static char *
read_number (const ShySheetCell  *cell,
             const char          *unit,
             const char          *column_unit,
             GError             **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  Decimal             decimal = { .digits = digits };
  int                 shift = 0;

  if (cell->flags & SHY_SHEET_CELL_ROUNDED)
    {
      shy_sheet_value_set_error (cell, error,
                                 _("the number has more than 15 digits, and the spreadsheet has rounded "
                                   "it. Type it again as text."));
      return NULL;
    }
  if (!check_format (cell, error))
    return NULL;
  read_digits (cell->number, &decimal);
  if (cell->format != NULL && strchr (cell->format, '%') != NULL)
    shift = unit != NULL && strcmp (unit, "%") == 0 ? 2 : 0;
  else if (unit != NULL && column_unit != NULL &&
           !shy_sheet_unit_get_shift (column_unit, unit, &shift))
    {
      shy_sheet_value_set_error (cell, error, _("the column is in %s, which cannot be turned into %s. "
                                                "Write the numbers in %s."),
                                 column_unit, unit, unit);
      return NULL;
    }
  return write_decimal (&decimal, shift);
}

/**
 * shy_sheet_value_dup_number:
 * @cell: a cell
 * @unit: (nullable): the unit wanted, as 元, or %NULL for a bare number
 * @column_unit: (nullable): the unit that the column's header names, as 万元
 * @error: return location for an error
 *
 * Gets a number as exact decimal text, without exponent and superfluous zeros. Text may carry
 * thousands separators, full-width digits, a currency sign, and a unit that is @unit or a known
 * multiple of it: “２０万元” is 200000 if @unit is 元.
 *
 * Errors: %SHY_ERROR_INVALID naming the cell.
 *
 * Returns: (transfer full): the number in @unit, or %NULL with @error set
 */
char *
shy_sheet_value_dup_number (const ShySheetCell  *cell,
                            const char          *unit,
                            const char          *column_unit,
                            GError             **error)
{
  g_return_val_if_fail (cell != NULL, NULL);

  if (!shy_sheet_value_check (cell, error))
    return NULL;
  if (cell->kind == SHY_SHEET_CELL_NUMBER)
    return read_number (cell, unit, column_unit, error);
  if (cell->kind == SHY_SHEET_CELL_TEXT)
    return read_text (cell, unit, column_unit, error);

  shy_sheet_value_set_error (cell, error, _("“%s” is not a number. Write digits only, as 1234.50."),
                             cell->text);
  return NULL;
}
