/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-column.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * shy_column_new: (skip)
 * @name: tells it from others of its list
 * @title: for people
 * @type: what its values are
 *
 * Returns: (transfer full): a column, with copies of the words
 */
ShyColumn *
shy_column_new (const char    *name,
                const char    *title,
                ShyColumnType  type)
{
  ShyColumn *self = g_new0 (ShyColumn, 1);

  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->type = type;
  return self;
}

/**
 * shy_column_free: (skip)
 * @self: a column
 */
void
shy_column_free (ShyColumn *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self);
}

/**
 * shy_columns_new: (skip)
 *
 * Returns: (transfer full) (element-type ShyColumn): an array that will own its columns
 */
GPtrArray *
shy_columns_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) shy_column_free);
}

/**
 * shy_columns_equal: (skip)
 * @columns: (element-type ShyColumn): columns
 * @others: (element-type ShyColumn): others
 *
 * Returns: whether values that were read for the one fit the other
 */
gboolean
shy_columns_equal (GPtrArray *columns,
                   GPtrArray *others)
{
  if (columns->len != others->len)
    return FALSE;
  for (guint i = 0; i < columns->len; i++)
    {
      const ShyColumn *one = columns->pdata[i], *other = others->pdata[i];

      if (one->type != other->type || !g_str_equal (one->name, other->name) ||
          !g_str_equal (one->title, other->title))
        return FALSE;
    }
  return TRUE;
}

/* 1234567.50 becomes 1,234,567.50. */
static char *
group_thousands (const char *decimal)
{
  gsize    sign = *decimal == '-';
  gsize    whole = strspn (decimal + sign, "0123456789");
  GString *text = g_string_new (decimal);

  for (gssize at = (gssize) (sign + whole) - 3; at > (gssize) sign; at -= 3)
    g_string_insert_c (text, at, ',');
  return g_string_free (text, FALSE);
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
 * shy_column_display: (skip)
 * @self: a column
 * @value: (nullable): a value of it, as it is stored
 *
 * Returns: (transfer full): the value as a list shows it; "" for none
 */
char *
shy_column_display (const ShyColumn *self,
                    const char      *value)
{
  if (value == NULL)
    return g_strdup ("");

  switch (self->type)
    {
    case SHY_COLUMN_MONEY:
      return group_thousands (value);
    case SHY_COLUMN_MOMENT:
      return display_moment (value);
    case SHY_COLUMN_BOOLEAN:
      return g_strdup (g_str_equal (value, "true") ? _("yes") : _("no"));
    case SHY_COLUMN_TEXT:
    case SHY_COLUMN_NUMBER:
    case SHY_COLUMN_DATE:
    default:
      return g_strdup (value);
    }
}
