/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-record-query.h"

#include <string.h>

struct _ShyRecordQuery
{
  char       *text;       /* (owned): "" for all */
  GHashTable *filters;    /* (owned): name → value, which is never "" */
  char       *sort;       /* (owned): a column; "" for the order of the source */
  gboolean    descending;
};

G_DEFINE_BOXED_TYPE (ShyRecordQuery, shy_record_query, shy_record_query_copy, shy_record_query_free)

/**
 * shy_record_query_new:
 *
 * Returns: (transfer full): a query for everything, in the order of the source
 */
ShyRecordQuery *
shy_record_query_new (void)
{
  ShyRecordQuery *self = g_new0 (ShyRecordQuery, 1);

  self->text = g_strdup ("");
  self->sort = g_strdup ("");
  self->filters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * shy_record_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): another that asks for the same
 */
ShyRecordQuery *
shy_record_query_copy (const ShyRecordQuery *self)
{
  ShyRecordQuery *copy = shy_record_query_new ();
  GHashTableIter  filters;
  gpointer        name, value;

  shy_record_query_set_text (copy, self->text);
  shy_record_query_set_sort (copy, self->sort, self->descending);
  g_hash_table_iter_init (&filters, self->filters);
  while (g_hash_table_iter_next (&filters, &name, &value))
    shy_record_query_set_filter (copy, name, value);
  return copy;
}

/**
 * shy_record_query_free:
 * @self: a query
 */
void
shy_record_query_free (ShyRecordQuery *self)
{
  g_hash_table_unref (self->filters);
  g_free (self->text);
  g_free (self->sort);
  g_free (self);
}

/**
 * shy_record_query_equal:
 * @self: a query
 * @other: another
 *
 * Returns: whether both ask for the same
 */
gboolean
shy_record_query_equal (const ShyRecordQuery *self,
                        const ShyRecordQuery *other)
{
  GHashTableIter filters;
  gpointer       name, value;

  if (!g_str_equal (self->text, other->text) || !g_str_equal (self->sort, other->sort) ||
      self->descending != other->descending ||
      g_hash_table_size (self->filters) != g_hash_table_size (other->filters))
    return FALSE;

  g_hash_table_iter_init (&filters, self->filters);
  while (g_hash_table_iter_next (&filters, &name, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (other->filters, name)) != 0)
      return FALSE;
  return TRUE;
}

/**
 * shy_record_query_get_text:
 * @self: a query
 *
 * Returns: what is searched for, in lower case and without blanks around it; "" for everything
 */
const char *
shy_record_query_get_text (const ShyRecordQuery *self)
{
  return self->text;
}

/**
 * shy_record_query_set_text:
 * @self: a query
 * @text: what a person typed
 */
void
shy_record_query_set_text (ShyRecordQuery *self,
                           const char     *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  g_free (self->text);
  self->text = g_strdup (g_strstrip (lower));
}

/**
 * shy_record_query_get_filter:
 * @self: a query
 * @name: of a filter
 *
 * Returns: what it lets pass; "" for everything
 */
const char *
shy_record_query_get_filter (const ShyRecordQuery *self,
                             const char           *name)
{
  const char *value = g_hash_table_lookup (self->filters, name);

  return value != NULL ? value : "";
}

/**
 * shy_record_query_set_filter:
 * @self: a query
 * @name: of a filter
 * @value: (nullable): what it lets pass; "" or %NULL for everything
 */
void
shy_record_query_set_filter (ShyRecordQuery *self,
                             const char     *name,
                             const char     *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_replace (self->filters, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->filters, name);
}

/**
 * shy_record_query_get_sort:
 * @self: a query
 *
 * Returns: the name of the column that orders the list; "" for the order of the source
 */
const char *
shy_record_query_get_sort (const ShyRecordQuery *self)
{
  return self->sort;
}

/**
 * shy_record_query_is_descending:
 * @self: a query
 *
 * Returns: whether the largest comes first
 */
gboolean
shy_record_query_is_descending (const ShyRecordQuery *self)
{
  return self->descending;
}

/**
 * shy_record_query_set_sort:
 * @self: a query
 * @column: the name of a column; "" for the order of the source
 * @descending: whether the largest comes first
 */
void
shy_record_query_set_sort (ShyRecordQuery *self,
                           const char     *column,
                           gboolean        descending)
{
  char *sort = g_strdup (column);

  g_free (self->sort);
  self->sort = sort;
  self->descending = descending && *sort != '\0';
}
