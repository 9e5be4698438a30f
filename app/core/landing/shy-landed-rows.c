/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "landing/shy-landing-private.h"

#include "store/shy-personal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * ShyLandedRows:
 *
 * The live rows of a stream, over all services that have it or over one: service by service, in the
 * order of the key. Read a page at a time, each in a short job, so that a million rows need no more
 * memory than one page. Where new rows land between two pages, the next page is of them.
 */
struct _ShyLandedRows
{
  GObject         parent_instance;
  ShyServiceBook *book;    /* (owned) */
  char           *stream;  /* (owned) */
  char           *service; /* (owned) (nullable) */
  char           *search;  /* (owned) (nullable): a pattern of LIKE, of a value */
  char           *rough;   /* (owned) (nullable): one of a row as it is stored, which holds such a value */
  gboolean        reveal;
  GCancellable   *cancellable; /* (owned) (nullable) */

  /* Behind which row the next page begins. */
  char           *last_service; /* (owned) (nullable) */
  char           *last_key;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ShyLandedRows, shy_landed_rows, G_TYPE_OBJECT)

static void
shy_landed_rows_finalize (GObject *object)
{
  ShyLandedRows *self = SHY_LANDED_ROWS (object);

  g_clear_object (&self->book);
  g_free (self->stream);
  g_free (self->service);
  g_free (self->search);
  g_free (self->rough);
  g_clear_object (&self->cancellable);
  g_free (self->last_service);
  g_free (self->last_key);

  G_OBJECT_CLASS (shy_landed_rows_parent_class)->finalize (object);
}

static void
shy_landed_rows_class_init (ShyLandedRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shy_landed_rows_finalize;
}

static void
shy_landed_rows_init (ShyLandedRows *self)
{
}

/**
 * shy_landed_rows_new: (skip)
 * @book: the services
 * @stream: the name of a stream
 * @service: (nullable): the id of a service, %NULL for all that have the stream
 *
 * Returns: (transfer full): the rows, from the first
 */
ShyLandedRows *
shy_landed_rows_new (ShyServiceBook *book, const char *stream, const char *service)
{
  ShyLandedRows *self;

  g_return_val_if_fail (SHY_IS_SERVICE_BOOK (book), NULL);
  g_return_val_if_fail (stream != NULL, NULL);

  self = g_object_new (SHY_TYPE_LANDED_ROWS, NULL);
  self->book = g_object_ref (book);
  self->stream = g_strdup (stream);
  self->service = g_strdup (service);
  return self;
}

static void
append_literally (GString *pattern, char c)
{
  if (strchr ("%_!", c) != NULL)
    g_string_append_c (pattern, '!');
  g_string_append_c (pattern, c);
}

/**
 * shy_landed_rows_set_search: (skip)
 * @self: rows of which none was read
 * @text: (nullable): what a value has to contain as a person sees it; fields about persons, and
 *   yes and no, are not searched
 */
void
shy_landed_rows_set_search (ShyLandedRows *self, const char *text)
{
  GString *pattern;
  GString *rough;

  g_return_if_fail (SHY_IS_LANDED_ROWS (self));

  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->rough, g_free);
  if (text == NULL || *text == '\0')
    return;
  pattern = g_string_new ("%");
  rough = g_string_new ("%");
  for (const char *at = text; *at != '\0'; at++)
    {
      append_literally (pattern, *at);
      /* JSON writes these otherwise; a moment has a T where a person sees a blank. */
      if (*at == '"' || *at == '\\' || (guchar) *at < ' ')
        g_string_append_c (rough, '%');
      else if (*at == ' ')
        g_string_append_c (rough, '_');
      else
        append_literally (rough, *at);
    }
  self->search = g_string_free (g_string_append_c (pattern, '%'), FALSE);
  self->rough = g_string_free (g_string_append_c (rough, '%'), FALSE);
}

/**
 * shy_landed_rows_set_cancellable: (skip)
 * @self: rows
 * @cancellable: (nullable): ends what is being read, also in the middle of a search
 */
void
shy_landed_rows_set_cancellable (ShyLandedRows *self, GCancellable *cancellable)
{
  g_return_if_fail (SHY_IS_LANDED_ROWS (self));
  g_set_object (&self->cancellable, cancellable);
}

/**
 * shy_landed_rows_set_reveal: (skip)
 * @self: rows of which none was read
 * @reveal: whether values about persons are given in full; masked otherwise
 */
void
shy_landed_rows_set_reveal (ShyLandedRows *self, gboolean reveal)
{
  g_return_if_fail (SHY_IS_LANDED_ROWS (self));
  self->reveal = reveal;
}

/* One page that is being read. */
typedef struct
{
  ShyLandedRows *rows;
  gint64         limit;
  GPtrArray     *page;   /* (owned) of ShyLandedRow */
  gint64         count;
  GHashTable    *shapes; /* (owned): id → fields */
} Reading;

static GPtrArray *
find_shape (ShyConnection *connection, Reading *reading, gint64 id, GError **error)
{
  GPtrArray       *shape = g_hash_table_lookup (reading->shapes, GINT_TO_POINTER ((int) id));
  g_autofree char *fields = NULL;

  if (shape != NULL)
    return shape;
  fields = shy_sql_text (connection, error, "SELECT fields FROM shy_landed_shape WHERE id = $1",
                         "i", id);
  if (fields == NULL)
    return NULL;
  shape = shy_shape_read (fields);
  g_hash_table_insert (reading->shapes, GINT_TO_POINTER ((int) id), shape);
  return shape;
}

static gboolean
add_personal (ShyConnection *connection, Reading *reading, ShyStatement *statement,
              ShyLandedRow *row, GError **error)
{
  g_autofree char *clear = NULL;
  char           **values;

  if (shy_statement_is_null (statement, 5))
    return TRUE;
  clear = shy_personal_unseal (connection, "shy_landed_row.personal",
                               shy_statement_get_int64 (statement, 4),
                               shy_statement_get_text (statement, 5), error);
  if (clear == NULL)
    return FALSE;
  values = shy_cells_read (clear, row->fields->len);
  for (guint i = 0; i < row->fields->len; i++)
    if (values[i] != NULL && row->values[i] == NULL)
      row->values[i] = reading->rows->reveal ? g_strdup (values[i])
                                             : shy_cells_mask (values[i]);
  shy_cells_free (values, row->fields->len);
  return TRUE;
}

/* The date of the service: the row's own, else what it says of all. */
static char *
find_date (const ShyLandedRow *row, const char *probed)
{
  const char *own = shy_landed_row_get (row, "updated_at");

  return g_strdup (own != NULL ? own : probed);
}

/* The live rows of one service. */
typedef struct
{
  gint64  generation;
  char   *service;
  char   *probed; /* (nullable): the date of all rows */
  gint64  rows;
} Part;

static void
part_free (gpointer data)
{
  Part *self = data;

  g_free (self->service);
  g_free (self->probed);
  g_free (self);
}

static gboolean
read_row (ShyConnection *connection, Reading *reading, const Part *part, ShyStatement *statement,
          GError **error)
{
  GPtrArray    *shape = find_shape (connection, reading, shy_statement_get_int64 (statement, 1),
                                    error);
  ShyLandedRow *row;

  if (shape == NULL)
    return FALSE;
  row = g_new0 (ShyLandedRow, 1);
  g_ptr_array_add (reading->page, row);
  row->service = g_strdup (part->service);
  row->key = shy_statement_dup_text (statement, 0);
  row->fields = g_ptr_array_ref (shape);
  row->fetched_at = shy_landing_moment (shy_statement_get_int64 (statement, 2));
  row->values = shy_cells_read (shy_statement_get_text (statement, 3), shape->len);
  if (!add_personal (connection, reading, statement, row, error))
    return FALSE;
  row->source_at = find_date (row, part->probed);
  return TRUE;
}

/* The services that have rows of the stream, in order, from one on. */
static GPtrArray *
find_parts (ShyConnection *connection, ShyLandedRows *self, const char *from, GError **error)
{
  g_autoptr (GPtrArray)    parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) row =
    shy_sql_query (connection, error,
                   "SELECT g.id, g.service, s.probe_date, s.row_count FROM shy_generation g "
                   "JOIN shy_stream s ON s.service = g.service AND s.name = g.stream "
                   "WHERE g.stream = $1 AND g.kind = 'live' AND g.service >= $2 "
                   "AND ($3 IS NULL OR g.service = $3) ORDER BY g.service", "sss", self->stream,
                   from != NULL ? from : "", self->service);

  if (row == NULL)
    return NULL;
  while (shy_statement_step (row, &local))
    {
      Part *part = g_new (Part, 1);

      *part = (Part) { shy_statement_get_int64 (row, 0), shy_statement_dup_text (row, 1),
                       shy_statement_dup_text (row, 2), shy_statement_get_int64 (row, 3) };
      g_ptr_array_add (parts, part);
    }
  if (local == NULL)
    return g_steal_pointer (&parts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* The row as it is stored is looked at first, which is fast, and then each value in it: what stands
 * around them, as null, is nothing that a person sees. A moment is shown by the minute. */
#define SEARCH(rough)                                                                              \
  "($1 IS NULL OR (cells LIKE " rough " ESCAPE '!' AND EXISTS ("                                   \
  "SELECT 1 FROM json_each(shy_landed_row.cells) c WHERE "                                         \
  "CASE json_extract((SELECT fields FROM shy_landed_shape s WHERE s.id = shy_landed_row.shape), "  \
  "'$[' || c.key || '].type') "                                                                    \
  "WHEN 'boolean' THEN 0 "                                                                         \
  "WHEN 'datetime' THEN replace(substr(c.value, 1, 16), 'T', ' ') LIKE $1 ESCAPE '!' "             \
  "ELSE c.value LIKE $1 ESCAPE '!' END))) "

/* Rows of one service behind a key, as many as the page has room for. */
static gboolean
read_part (ShyConnection *connection, Reading *reading, const Part *part, const char *key,
           GError **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) statement =
    shy_sql_query (connection, error,
                   "SELECT key, shape, fetched_at, cells, personal_id, personal "
                   "FROM shy_landed_row WHERE generation = $2 AND key > $3 AND " SEARCH ("$5")
                   "ORDER BY key LIMIT $4", "sisis", reading->rows->search,
                   part->generation, key != NULL ? key : "",
                   reading->limit - (gint64) reading->page->len, reading->rows->rough);

  if (statement == NULL)
    return FALSE;
  while (shy_statement_step (statement, &local))
    if (!read_row (connection, reading, part, statement, error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
next_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading              *reading = data;
  ShyLandedRows        *self = reading->rows;
  g_autoptr (GPtrArray) parts = find_parts (connection, self, self->last_service, error);

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len && (gint64) reading->page->len < reading->limit; i++)
    {
      const Part *part = g_ptr_array_index (parts, i);
      gboolean    goes_on = g_strcmp0 (part->service, self->last_service) == 0;

      if (!read_part (connection, reading, part, goes_on ? self->last_key : NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* How many rows of one service there are, or are found. */
static gint64
count_part (ShyConnection *connection, ShyLandedRows *self, const Part *part, GError **error)
{
  if (self->search == NULL)
    return part->rows;
  return shy_sql_int64 (connection, error, 0,
                        "SELECT COUNT(*) FROM shy_landed_row WHERE generation = $2 AND "
                        SEARCH ("$3"), "sis", self->search, part->generation, self->rough);
}

static gboolean
count_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading              *reading = data;
  g_autoptr (GPtrArray) parts = find_parts (connection, reading->rows, NULL, error);
  GError               *local = NULL;

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; local == NULL && i < parts->len; i++)
    reading->count += count_part (connection, reading->rows, g_ptr_array_index (parts, i), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static GPtrArray *
read_page (ShyLandedRows *self, ShyStoreJob job, guint limit, GError **error)
{
  g_autoptr (GPtrArray) page =
    g_ptr_array_new_with_free_func ((GDestroyNotify) shy_landed_row_free);
  g_autoptr (GHashTable) shapes =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  Reading reading = { self, limit, page, 0, shapes };

  return shy_store_run (shy_service_book_get_store (self->book), SHY_STORE_READ, job, &reading,
                        self->cancellable, error)
           ? g_steal_pointer (&page)
           : NULL;
}

/**
 * shy_landed_rows_next: (skip)
 * @self: rows
 * @limit: how many at most
 * @error: return location for an error
 *
 * Reads on behind the row that was read last. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type ShyLandedRow): the rows, none behind the last;
 *   %NULL with @error set
 */
GPtrArray *
shy_landed_rows_next (ShyLandedRows *self, guint limit, GError **error)
{
  GPtrArray *page;

  g_return_val_if_fail (SHY_IS_LANDED_ROWS (self), NULL);
  g_return_val_if_fail (limit > 0, NULL);

  page = read_page (self, next_job, limit, error);
  if (page != NULL && page->len > 0)
    {
      const ShyLandedRow *last = g_ptr_array_index (page, page->len - 1);

      g_free (self->last_service);
      self->last_service = g_strdup (last->service);
      g_free (self->last_key);
      self->last_key = g_strdup (last->key);
    }
  return page;
}

/**
 * shy_landed_rows_count: (skip)
 * @self: rows
 * @error: return location for an error
 *
 * Counts all rows, or those that are searched for. Blocks.
 *
 * Returns: how many there are, -1 with @error set
 */
gint64
shy_landed_rows_count (ShyLandedRows *self, GError **error)
{
  Reading reading = { .rows = self };

  g_return_val_if_fail (SHY_IS_LANDED_ROWS (self), -1);

  return shy_store_run (shy_service_book_get_store (self->book), SHY_STORE_READ, count_job,
                        &reading, self->cancellable, error)
           ? reading.count
           : -1;
}

/* The rows as a list. */

/* The columns that every stream has, behind its own fields. */
#define SOURCE_AT "_source_at"
#define FETCHED_AT "_fetched_at"

typedef struct
{
  char *service;
  char *stream;
} Landed;

static void
landed_free (gpointer data)
{
  Landed *self = data;

  g_free (self->service);
  g_free (self->stream);
  g_free (self);
}

/* What the rows of a service are read by; without its book, for the job is there already. */
static ShyLandedRows *
rows_of (const Landed *self, const char *text)
{
  ShyLandedRows *rows = g_object_new (SHY_TYPE_LANDED_ROWS, NULL);

  rows->service = g_strdup (self->service);
  rows->stream = g_strdup (self->stream);
  shy_landed_rows_set_search (rows, text);
  return rows;
}

static GPtrArray *
make_columns (GPtrArray *fields)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (shy_field_free);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      ShyField *column = shy_field_copy (fields->pdata[i]);

      if (column->label == NULL)
        column->label = shy_text_new (column->name, column->name);
      g_ptr_array_add (columns, column);
    }
  g_ptr_array_add (columns, shy_record_make_field (SOURCE_AT, _("Date of the source"),
                                                   SHY_FIELD_DATETIME));
  g_ptr_array_add (columns, shy_record_make_field (FETCHED_AT, _("Pulled"), SHY_FIELD_DATETIME));
  return columns;
}

/* The fields of the first row, or NULL if there is none. */
static gboolean
read_fields (ShyConnection *connection, const Part *part, GPtrArray **fields, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *text =
    shy_sql_text (connection, &local,
                  "SELECT s.fields FROM shy_landed_row r JOIN shy_landed_shape s ON s.id = r.shape "
                  "WHERE r.generation = $1 ORDER BY r.key LIMIT 1", "i", part->generation);

  *fields = text != NULL ? shy_shape_read (text) : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What SQL orders by: the value in the cells, numbers by their size, with those that have none last. */
static char *
dup_order (GPtrArray *fields, const ShyRecordQuery *query)
{
  const char *sort = shy_record_query_get_sort (query);
  const char *direction = shy_record_query_is_descending (query) ? "DESC" : "ASC";

  if (g_str_equal (sort, FETCHED_AT))
    return g_strdup_printf ("fetched_at %s, key", direction);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const ShyField *field = fields->pdata[i];

      if (g_str_equal (field->name, sort) && !field->personal)
        return g_strdup_printf (shy_field_type_is_number (field->type)
                                  ? "CAST (json_extract (cells, '$[%u]') AS NUMERIC) %s NULLS LAST, key"
                                  : "json_extract (cells, '$[%u]') %s NULLS LAST, key", i, direction);
    }
  return g_strdup ("key");
}

static gboolean
list_part (ShyConnection *connection, ShyLandedRows *rows, const Part *part, ShyRecordFound *found,
           GPtrArray *fields, GError **error)
{
  g_autofree char         *order = dup_order (fields, found->query);
  g_autofree char         *sql =
    g_strconcat ("SELECT rowid FROM shy_landed_row WHERE generation = $2 AND ", SEARCH ("$3"),
                 "ORDER BY ", order, NULL);
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) statement = shy_sql_query (connection, error, sql, "sis", rows->search,
                                                      part->generation, rows->rough);

  if (statement == NULL)
    return FALSE;
  while (shy_statement_step (statement, &local))
    if (!shy_record_found_add (found, shy_statement_get_int64 (statement, 0)))
      {
        found->counted = FALSE;
        break;
      }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
list_landed (ShyConnection *connection, gpointer data, ShyRecordFound *found, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (ShyLandedRows) rows = rows_of (data, shy_record_query_get_text (found->query));
  g_autoptr (GPtrArray)     parts = find_parts (connection, rows, NULL, error);
  g_autoptr (GPtrArray)     fields = NULL;
  const Part               *part = parts != NULL && parts->len > 0 ? parts->pdata[0] : NULL;

  if (parts == NULL || (part != NULL && !read_fields (connection, part, &fields, error)))
    return FALSE;
  if (fields != NULL)
    found->columns = make_columns (fields);
  found->counted = TRUE;
  found->total = part != NULL ? (guint) part->rows : 0;
  return part == NULL || list_part (connection, rows, part, found, fields, error);
}

/* A value for each column, by its name: a row of another shape may lack some. */
static char **
take_values (const ShyLandedRow *row, GPtrArray *columns)
{
  char **values = g_new0 (char *, columns->len);

  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = ((const ShyField *) columns->pdata[i])->name;

      if (g_str_equal (name, SOURCE_AT))
        values[i] = g_strdup (row->source_at);
      else if (g_str_equal (name, FETCHED_AT))
        values[i] = g_strdup (row->fetched_at);
      else
        values[i] = g_strdup (shy_landed_row_get (row, name));
    }
  return values;
}

static gboolean
read_one (ShyConnection *connection, Reading *reading, const Part *part, GPtrArray *columns, gint64 id,
          char ***values, GError **error)
{
  g_autoptr (GError)       local = NULL;
  g_autoptr (ShyStatement) statement =
    shy_sql_query (connection, error,
                   "SELECT key, shape, fetched_at, cells, personal_id, personal "
                   "FROM shy_landed_row WHERE rowid = $1 AND generation = $2", "ii", id,
                   part->generation);

  if (statement == NULL)
    return FALSE;
  if (shy_statement_step (statement, &local) &&
      read_row (connection, reading, part, statement, &local))
    *values = take_values (reading->page->pdata[reading->page->len - 1], columns);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_landed (ShyConnection *connection, gpointer data, GPtrArray *columns, const gint64 *ids, guint n_ids,
             char ***values, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShyLandedRows) rows = rows_of (data, NULL);
  g_autoptr (GPtrArray)     parts = find_parts (connection, rows, NULL, error);
  g_autoptr (GPtrArray)     page = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_landed_row_free);
  g_autoptr (GHashTable)    shapes =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  Reading                   reading = { rows, n_ids, page, 0, shapes };

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; parts->len > 0 && i < n_ids; i++)
    if (!read_one (connection, &reading, parts->pdata[0], columns, ids[i], &values[i], error))
      return FALSE;
  return TRUE;
}

/**
 * shy_landed_records_new: (skip)
 * @store: the database
 * @service: the id of a service
 * @stream: the name of a stream
 *
 * The live rows of a stream of a service as a list: searched as shy_landed_rows_set_search() does,
 * ordered by any field that is not about persons, by default by the key; fields about persons are
 * masked.
 *
 * Returns: (transfer full): the list
 */
ShyRecords *
shy_landed_records_new (ShyStore *store, const char *service, const char *stream)
{
  static const ShyRecordSource source = { SHY_SERVICES_TOPIC, list_landed, read_landed };
  g_autoptr (GPtrArray)        columns = make_columns (NULL);
  Landed                      *landed = g_new0 (Landed, 1);

  g_return_val_if_fail (service != NULL && stream != NULL, NULL);

  landed->service = g_strdup (service);
  landed->stream = g_strdup (stream);
  return shy_records_new (store, &source, columns, landed, landed_free);
}
