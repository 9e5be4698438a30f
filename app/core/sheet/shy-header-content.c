/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-header-private.h"

#include "identity/shy-identity.h"
#include "sheet/shy-sheet-field-private.h"
#include "sheet/shy-sheet-value-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many values at least, and so many of a hundred, must be of the kind. */
#define MIN_VALUES 3
#define MIN_PERCENT 90

static gboolean
is_of_type (const char  *text,
            ShyFieldType type)
{
  ShyIdentityKind kind;

  return type != SHY_FIELD_BANK_CARD && shy_field_type_get_identity (type, &kind)
         && shy_identity_result_is_valid (shy_identity_check (kind, text, NULL, NULL));
}

static gboolean
holds_type (ShyHeaderSample *sample,
            guint            first,
            guint            column,
            ShyFieldType     type)
{
  guint n_values = 0, n_fit = 0;

  for (guint i = first; i < sample->rows->len; i++)
    {
      const ShySheetCell *cell = shy_header_sample_get_cell (sample, i, column);
      g_autofree char    *text = cell != NULL ? shy_sheet_value_dup_digits (cell, NULL) : NULL;

      n_values += cell != NULL;
      n_fit += text != NULL && is_of_type (text, type);
    }
  return n_fit >= MIN_VALUES && n_fit * 100 >= n_values * MIN_PERCENT;
}

static gboolean
is_found (ShyHeaderBlock *block,
          GPtrArray      *fields,
          guint           field)
{
  for (guint i = 0; i < block->columns->len; i++)
    if (g_array_index (block->columns, ShyHeaderColumn, i).field == (int) field ||
        shy_header_column_get_end (&g_array_index (block->columns, ShyHeaderColumn, i), fields) == (int) field)
      return TRUE;

  return FALSE;
}

/* The one unmatched column that holds values of this kind; NULL if there is none or more. */
static ShyHeaderColumn *
find_column (ShyHeaderBlock  *block,
             ShyHeaderSample *sample,
             ShyFieldType     type)
{
  ShyHeaderColumn *found = NULL;

  for (guint i = 0; i < block->columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);

      if (column->field >= 0 || shy_header_is_of_others (column->header) ||
          !holds_type (sample, block->first + block->height, column->column, type))
        continue;
      if (found != NULL)
        return NULL;
      found = column;
    }
  return found;
}

static gboolean
is_only_one (GPtrArray      *fields,
             ShyHeaderBlock *block,
             guint           field,
             ShyFieldType    type)
{
  for (guint i = 0; i < fields->len; i++)
    if (i != field && !is_found (block, fields, i) &&
        shy_sheet_field_get_about (g_ptr_array_index (fields, i))->type == type)
      return FALSE;

  return TRUE;
}

/* Matches what the wording left over by what the columns hold: numbers with a check digit and
 * telephones. Dates are not, for nobody can see of which event they are. */
void
shy_header_match_content (ShyHeaderBlock  *block,
                          ShyHeaderSample *sample,
                          GPtrArray       *fields,
                          GStrvBuilder    *warnings)
{
  for (guint i = 0; i < fields->len; i++)
    {
      ShySheetField   *field = g_ptr_array_index (fields, i);
      ShyFieldType     type = shy_sheet_field_get_about (field)->type;
      ShyHeaderColumn *column;
      g_autofree char *reference = NULL;
      g_autofree char *warning = NULL;

      if (is_found (block, fields, i) || !is_only_one (fields, block, i, type))
        continue;
      column = find_column (block, sample, type);
      if (column == NULL)
        continue;
      column->field = (int) i;
      column->confidence = SHY_MATCH_CONTENT;
      g_free (column->reason);
      column->reason = g_strdup (_("The column holds such numbers."));
      reference = shy_sheet_reference_new (column->row, column->column);
      warning = g_strdup_printf (_("The column “%s” (%s) was taken for “%s” because of what it holds. "
                                   "Check that, or rename the header."),
                                 column->header, reference, shy_sheet_field_get_about (field)->name);
      g_strv_builder_add (warnings, warning);
    }
}

/* The unit of money that a text over the table names behind 单位, or alone in brackets. */
static char *
find_money_unit (const char *text)
{
  static gsize            regex = 0;
  g_autofree char        *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autoptr (GMatchInfo)  found = NULL;
  int                     shift;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) g_regex_new (
      "(?:单\\s*位[\\s:为是均]*|[(\\[])([^\\s,;/()\\[\\]、:]+)|、\\s*([^\\s,;/()\\[\\]、:]+)", 0, 0, NULL));
  if (normal == NULL || (strstr (normal, "元") == NULL && strstr (normal, "万") == NULL))
    return NULL;
  for (g_regex_match ((GRegex *) regex, normal, 0, &found); g_match_info_matches (found); g_match_info_next (found, NULL))
    {
      g_autofree char *first = g_match_info_fetch (found, 1);
      g_autofree char *next = g_match_info_fetch (found, 2);
      const char      *word = next != NULL && *next != '\0' ? next : first;

      if (shy_sheet_unit_get_shift (word, "元", &shift))
        return g_strdup (word);
    }
  return NULL;
}

/* A unit of money that is written over the whole table. */
static char *
find_sheet_unit (ShyHeaderBlock  *block,
                 ShyHeaderSample *sample)
{
  for (guint i = 0; i < block->first; i++)
    {
      const ShyHeaderSampleRow *row = g_ptr_array_index (sample->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          char *unit = find_money_unit (((ShySheetCell *) g_ptr_array_index (row->cells, j))->text);

          if (unit != NULL)
            return unit;
        }
    }
  return NULL;
}

static void
warn_of_unit (const ShyHeaderColumn *column,
              ShySheetField         *field,
              GStrvBuilder          *warnings)
{
  g_autofree char *reference = shy_sheet_reference_new (column->row, column->column);
  g_autofree char *warning = NULL;

  warning = g_strdup_printf (_("The column “%s” (%s) is in %s; its numbers were turned into %s."),
                             column->header, reference, column->unit, shy_sheet_field_get_about (field)->unit);
  g_strv_builder_add (warnings, warning);
}

/* A year's money is not a month's: “元/月” fits a field that is a month's by its name. What is counted
 * for each person besides is, where the row is one. */
static gboolean
fits_period (const char    *period,
             ShySheetField *field)
{
  g_auto (GStrv)   parts = g_strsplit (period, "人", -1);
  g_autofree char *rest = g_strjoinv ("", parts);

  return *rest != '\0' && strstr (shy_sheet_field_get_about (field)->name, rest) != NULL;
}

/* A column whose numbers cannot be told is not read, rather than read wrongly. */
static gboolean
check_unit (ShyHeaderColumn     *column,
            const ShyHeaderUnit *said,
            ShySheetField       *field,
            ShyHeaderDoubts     *doubts)
{
  g_autofree char *reference = NULL;

  if (!said->doubtful && (said->period == NULL || fits_period (said->period, field)))
    return TRUE;

  reference = shy_sheet_reference_new (column->row, column->column);
  shy_header_doubts_add (
    doubts, g_strdup_printf (_("The column “%s” (%s) was not read: its header does not say numbers of “%s” "
                               "in %s. Give them so, and say so in the header."),
                             column->header, reference, shy_sheet_field_get_about (field)->name,
                             shy_sheet_field_get_about (field)->unit));
  column->field = -1;
  column->confidence = 0;
  g_clear_pointer (&column->reason, g_free);
  return FALSE;
}

static void
find_unit (ShyHeaderColumn *column,
           ShySheetField   *field,
           const char      *sheet_unit,
           ShyHeaderDoubts *doubts)
{
  const char   *unit = shy_sheet_field_get_about (field)->unit;
  ShyHeaderUnit said;
  int           shift = 0;

  shy_header_read_unit (column->header, &said);
  if (unit == NULL || check_unit (column, &said, field, doubts))
    {
      column->unit = g_steal_pointer (&said.unit);
      if (column->unit == NULL && sheet_unit != NULL && unit != NULL &&
          shy_sheet_unit_get_shift (sheet_unit, unit, &shift))
        column->unit = g_strdup (sheet_unit);
      if (column->unit != NULL && unit != NULL &&
          shy_sheet_unit_get_shift (column->unit, unit, &shift) && shift != 0)
        warn_of_unit (column, field, doubts->warnings);
    }
  shy_header_unit_clear (&said);
}

/* Finds the unit of each matched column, in its header or over the table. */
void
shy_header_find_units (ShyHeaderBlock  *block,
                       ShyHeaderSample *sample,
                       GPtrArray       *fields,
                       ShyHeaderDoubts *doubts)
{
  g_autofree char *sheet_unit = find_sheet_unit (block, sample);

  for (guint i = 0; i < block->columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);
      ShySheetField   *field = column->field >= 0 ? g_ptr_array_index (fields, column->field) : NULL;
      ShyFieldType     type = field != NULL ? shy_sheet_field_get_about (field)->type : SHY_FIELD_TEXT;

      if (shy_field_type_is_number (type))
        find_unit (column, field, sheet_unit, doubts);
    }
}
