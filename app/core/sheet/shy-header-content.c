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
is_of_type (const char        *text,
            ShySheetFieldType  type)
{
  ShyIdentityKind kind;

  switch (type)
    {
    case SHY_SHEET_FIELD_RESIDENT_ID:
      kind = SHY_IDENTITY_KIND_RESIDENT_ID;
      break;

    case SHY_SHEET_FIELD_CREDIT_CODE:
      kind = SHY_IDENTITY_KIND_CREDIT_CODE;
      break;

    case SHY_SHEET_FIELD_MOBILE:
      kind = SHY_IDENTITY_KIND_MOBILE;
      break;

    default:
      return FALSE;
    }
  return shy_identity_result_is_valid (shy_identity_check (kind, text, NULL, NULL));
}

static gboolean
holds_type (ShyHeaderSample   *sample,
            guint              first,
            guint              column,
            ShySheetFieldType  type)
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
          guint           field)
{
  for (guint i = 0; i < block->columns->len; i++)
    if (g_array_index (block->columns, ShyHeaderColumn, i).field == (int) field)
      return TRUE;

  return FALSE;
}

/* The one unmatched column that holds values of this kind; NULL if there is none or more. */
static ShyHeaderColumn *
find_column (ShyHeaderBlock    *block,
             ShyHeaderSample   *sample,
             ShySheetFieldType  type)
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
is_only_one (GPtrArray         *fields,
             ShyHeaderBlock    *block,
             guint              field,
             ShySheetFieldType  type)
{
  for (guint i = 0; i < fields->len; i++)
    if (i != field && !is_found (block, i) &&
        shy_sheet_field_get_field_type (g_ptr_array_index (fields, i)) == type)
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
      ShySheetField    *field = g_ptr_array_index (fields, i);
      ShySheetFieldType type = shy_sheet_field_get_field_type (field);
      ShyHeaderColumn  *column;
      g_autofree char  *reference = NULL;
      g_autofree char  *warning = NULL;

      if (is_found (block, i) || !is_only_one (fields, block, i, type))
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
                                 column->header, reference, shy_sheet_field_get_name (field));
      g_strv_builder_add (warnings, warning);
    }
}

/* The unit of money that a text names behind 单位： */
static char *
find_money_unit (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  const char      *mark = normal != NULL ? strstr (normal, "单位:") : NULL;

  for (; mark != NULL; mark = strstr (mark + 1, "单位:"))
    {
      g_auto (GStrv) lists = g_strsplit (mark + strlen ("单位:"), "、", -1);

      for (guint i = 0; lists[i] != NULL; i++)
        {
          g_auto (GStrv) words = g_strsplit_set (g_strchug (lists[i]), " ,;/()\t\n", 2);
          int            shift;

          if (words[0] != NULL && shy_sheet_unit_get_shift (words[0], "元", &shift))
            return g_strdup (words[0]);
        }
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
                             column->header, reference, column->unit, shy_sheet_field_get_unit (field));
  g_strv_builder_add (warnings, warning);
}

/* Finds the unit of each matched column, in its header or over the table. */
void
shy_header_find_units (ShyHeaderBlock  *block,
                       ShyHeaderSample *sample,
                       GPtrArray       *fields,
                       GStrvBuilder    *warnings)
{
  g_autofree char *sheet_unit = find_sheet_unit (block, sample);

  for (guint i = 0; i < block->columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);
      ShySheetField   *field = column->field >= 0 ? g_ptr_array_index (fields, column->field) : NULL;
      const char      *unit = field != NULL ? shy_sheet_field_get_unit (field) : NULL;
      int              shift = 0;

      if (field == NULL || (shy_sheet_field_get_field_type (field) != SHY_SHEET_FIELD_MONEY &&
                            shy_sheet_field_get_field_type (field) != SHY_SHEET_FIELD_NUMBER))
        continue;
      column->unit = shy_header_dup_unit (column->header);
      if (column->unit == NULL && sheet_unit != NULL && unit != NULL &&
          shy_sheet_unit_get_shift (sheet_unit, unit, &shift))
        column->unit = g_strdup (sheet_unit);
      if (column->unit != NULL && unit != NULL &&
          shy_sheet_unit_get_shift (column->unit, unit, &shift) && shift != 0)
        warn_of_unit (column, field, warnings);
    }
}
