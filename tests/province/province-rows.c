/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* Rows by number, as JSON. */

/* What data sets are called in paths and numbers of catalogues: by what they end with. */
static const struct
{
  const char   *ending;
  ProvinceTable table;
} data_sets[] = {
  { "00000", PROVINCE_JOB_FAIR },    { "00001", PROVINCE_EMPLOYER },
  { "00002", PROVINCE_VACANCY },     { "00003", PROVINCE_AGRI_LEADER },
  { "00004", PROVINCE_FAMILY_FARM }, { "00005", PROVINCE_AGRI_MAKER },
  { "00006", PROVINCE_INDICATOR },   { "job_fair", PROVINCE_JOB_FAIR },
  { "employer", PROVINCE_EMPLOYER }, { "vacancy", PROVINCE_VACANCY },
  { "nyltqy", PROVINCE_AGRI_LEADER }, { "agri_leader", PROVINCE_AGRI_LEADER },
  { "jtnc", PROVINCE_FAMILY_FARM },  { "family_farm", PROVINCE_FAMILY_FARM },
  { "nck", PROVINCE_AGRI_MAKER },    { "agri_maker", PROVINCE_AGRI_MAKER },
  { "jyzb", PROVINCE_INDICATOR },    { "indicator_figure", PROVINCE_INDICATOR },
  { "EXAMPLE", PROVINCE_VACANCY }, /* what the shipped description of Z2 names */
};

gboolean
province_find_table (const char *name, ProvinceTable *table)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (data_sets); i++)
    if (g_str_has_suffix (name, data_sets[i].ending))
      {
        *table = data_sets[i].table;
        return TRUE;
      }
  return FALSE;
}

/* Rows that are there, out of @total; those that go wrong are chosen here. */
ProvincePage
province_open_slice (Province *self, ProvinceTable table, guint64 first, guint64 count,
                     guint64 total)
{
  ProvincePage page = { table, first, count, total };

  if (self->hooks.page != NULL)
    self->hooks.page (self, &page, self->hooks_data);
  return page;
}

/* The rows of a page, as many as there are. */
ProvincePage
province_open_page (Province *self, ProvinceTable table, guint64 first, guint64 count)
{
  first = MIN (first, self->rows);
  return province_open_slice (self, table, first, MIN (count, self->rows - first), self->rows);
}

/* The page @number, counted from 1, of @size rows, or @most. */
ProvincePage
province_open_numbered (Province *self, ProvinceTable table, const char *number, const char *size,
                        guint64 most)
{
  guint64 rows = (guint64) CLAMP (province_number (size, 10), 1, (gint64) most);
  guint64 pages = (guint64) MAX (province_number (number, 1), 1) - 1;

  return province_open_page (self, table, pages * rows, rows);
}

static void
put_name (const ProvinceColumn *column, ProvinceNames names, GString *out)
{
  g_string_append_c (out, '"');
  g_string_append (out, column->names[names] != NULL ? column->names[names] : column->names[0]);
  g_string_append_len (out, "\":", 2);
}

static void
put_empty (ProvinceEmpty empty, gsize start, GString *out)
{
  if (empty == EMPTY_OMITTED)
    g_string_truncate (out, start);
  else
    g_string_append (out, empty == EMPTY_TEXT ? "\"\"" : "null");
}

static void
put_cell (Province *self, const ProvinceColumn *column, guint64 number, ProvinceNames names,
          ProvinceEmpty empty, GString *out)
{
  gsize start = out->len;
  gsize value;

  if (out->str[start - 1] != '{')
    g_string_append_c (out, ',');
  put_name (column, names, out);
  value = out->len;
  if (!column->bare)
    g_string_append_c (out, '"');
  column->write (self, number, out);
  if (out->len > value + !column->bare)
    {
      if (!column->bare)
        g_string_append_c (out, '"');
      return;
    }
  g_string_truncate (out, value);
  put_empty (empty, start, out);
}

/* Appends an array of objects. */
void
province_write_rows (Province *self, const ProvincePage *page, ProvinceNames names,
                     ProvinceEmpty empty, GString *out)
{
  g_autoptr (GString) rows = g_string_sized_new (page->count * 400 + 16);

  g_string_append_c (rows, '[');
  for (guint64 i = 0; i < page->count; i++)
    {
      g_string_append (rows, i > 0 ? ",{" : "{");
      for (const ProvinceColumn *column = province_tables[page->table]; column->field != NULL;
           column++)
        put_cell (self, column, page->first + i, names, empty, rows);
      g_string_append_c (rows, '}');
    }
  g_string_append_c (rows, ']');
  if (self->hooks.rows != NULL)
    self->hooks.rows (self, page, rows, self->hooks_data);
  g_string_append_len (out, rows->str, (gssize) rows->len);
}

char *
province_dup_cell (Province *self, ProvinceTable table, const char *field, guint64 number)
{
  for (const ProvinceColumn *column = province_tables[table]; column->field != NULL; column++)
    if (g_str_equal (column->field, field))
      {
        GString *text = g_string_new (NULL);

        column->write (self, number, text);
        return g_string_free (text, FALSE);
      }
  g_assert_not_reached ();
}
