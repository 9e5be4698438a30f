/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-record-field.h"

/**
 * shy_record_make_field: (skip)
 * @name: tells it from others of its list
 * @title: for people, in their language
 * @type: what its values are
 *
 * Returns: (transfer full): a column of a list
 */
ShyField *
shy_record_make_field (const char   *name,
                       const char   *title,
                       ShyFieldType  type)
{
  ShyField *self = shy_field_new (name, type);

  self->label = shy_text_new (title, title);
  return self;
}

/**
 * shy_record_field_is_number: (skip)
 * @self: a column
 *
 * Returns: whether a spreadsheet may reckon with its values; what is masked is none
 */
gboolean
shy_record_field_is_number (const ShyField *self)
{
  return !self->personal && shy_field_type_is_number (self->type);
}

/* 2025-06-30T08:00:00Z becomes the minute in the province: 2025-06-30 16:00. */
static char *
display_moment (const char *value)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) province = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (value, utc);
  g_autoptr (GDateTime) here = moment != NULL ? g_date_time_to_timezone (moment, province) : NULL;

  return here != NULL ? g_date_time_format (here, "%Y-%m-%d %H:%M") : g_strdup (value);
}

/**
 * shy_record_field_display: (skip)
 * @self: a column
 * @value: (nullable): a value of it, as it is stored
 *
 * Writes a value for a cell: days as digits, one below the other, not as a sentence says them.
 *
 * Returns: (transfer full): the words; "" for no value
 */
char *
shy_record_field_display (const ShyField *self,
                          const char     *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (self->personal)
    return g_strdup (value);
  if (self->type == SHY_FIELD_DATETIME)
    return display_moment (value);
  if (self->type == SHY_FIELD_BOOLEAN || self->type == SHY_FIELD_MONEY)
    return shy_field_type_display (self->type, NULL, value);
  return g_strdup (value);
}

/**
 * shy_record_fields_equal: (skip)
 * @fields: (element-type ShyField): columns
 * @others: (element-type ShyField): others
 *
 * Returns: whether values that were read for the one fit the other
 */
gboolean
shy_record_fields_equal (GPtrArray *fields,
                         GPtrArray *others)
{
  if (fields->len != others->len)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    {
      const ShyField *one = fields->pdata[i], *other = others->pdata[i];

      if (one->type != other->type || one->personal != other->personal ||
          !g_str_equal (one->name, other->name) ||
          g_strcmp0 (shy_field_get_label (one), shy_field_get_label (other)) != 0)
        return FALSE;
    }
  return TRUE;
}
