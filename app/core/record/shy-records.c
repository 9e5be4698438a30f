/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-records-private.h"

#include <string.h>

/* How many records one job reads. */
#define PAGE_ROWS 128

/* How many records are kept; GtkColumnView of GTK 4.8 realises 205 whatever it shows. */
#define MOST_RECORDS 4096

/* How many records are shown before all are found: more than any screen has room for. */
#define FIRST_ROWS 256

/**
 * ShyRecords:
 *
 * A list over SQL: a [iface@Gio.ListModel] of [class@Record] that knows the numbers of all records
 * that a query finds, and reads the records themselves by pages when they are looked at. A new query
 * cancels the one before; a change of the store reads the list again and changes only what differs.
 */
struct _ShyRecords
{
  GObject          parent_instance;
  ShyRecordOrigin *origin;          /* (owned): a share */
  GPtrArray       *columns;         /* (owned) of ShyField */
  ShyRecordQuery  *query;           /* (owned): what is asked for */
  GArray          *ids;             /* (owned) of gint64: what is shown */
  GHashTable      *counts;          /* (owned): filter=value → number */
  guint            total;
  gboolean         counted;
  GHashTable      *kept;            /* (owned): id → link of recent */
  GQueue           recent;           /* of ShyRecord (owned), the last used first */
  GCancellable    *reading;         /* (owned): of the pages that are being read */
  GCancellable    *listing;         /* (owned) (nullable): of the list that is being read */
  gboolean         asked;           /* what is shown answers another query */
  gboolean         stale;           /* the store changed since records were read */
  gboolean         again;           /* the list is to be read again once it was read */
  guint            delay;           /* source that starts the reload */
  char            *message;         /* (owned) (nullable) */
};

typedef enum {
  PROP_LOADING = 1,
  PROP_ERROR_MESSAGE,
  PROP_COLUMNS,
} ShyRecordsProperty;
static GParamSpec *properties[PROP_COLUMNS + 1];

enum { COUNTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return SHY_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return SHY_RECORDS (model)->ids->len;
}

static void
set_message (ShyRecords *self,
             const char *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;

  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_MESSAGE]);
}

/* What runs does not keep the list: it ends, and its work is stopped, as soon as nobody needs it. */
static GWeakRef *
watch (ShyRecords *self)
{
  GWeakRef *list = g_new0 (GWeakRef, 1);

  g_weak_ref_init (list, self);
  return list;
}

static ShyRecords *
unwatch (gpointer data)
{
  GWeakRef   *list = data;
  ShyRecords *self = g_weak_ref_get (list);

  g_weak_ref_clear (list);
  g_free (list);
  return self;
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (ShyRecords) self = unwatch (data);
  g_autoptr (GError)     error = NULL;
  ShyRecordPage *page = shy_store_get_job_data (result);

  if (!shy_store_run_finish (SHY_STORE (source), result, &error) || self == NULL)
    {
      if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_message (self, error->message);
      return;
    }

  for (guint i = 0; i < page->records->len; i++)
    if (page->values[i] != NULL)
      shy_record_take_values (page->records->pdata[i], g_steal_pointer (&page->values[i]),
                              page->columns->len);
}

static void
read_page (ShyRecords *self,
           GPtrArray  *records)
{
  GArray        *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), records->len);
  ShyRecordPage *page;

  for (guint i = 0; i < records->len; i++)
    {
      gint64 id = shy_record_get_id (records->pdata[i]);

      g_array_append_val (ids, id);
    }
  page = shy_record_page_new (self->origin, self->columns, ids);
  page->records = g_ptr_array_ref (records);
  shy_store_run_async (self->origin->store, SHY_STORE_READ, shy_record_page_read_job, page,
                       shy_record_page_free, self->reading, page_read_cb, watch (self));
}

static gint64 *
id_key (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

static void
forget (ShyRecords *self,
        GList      *link)
{
  g_autoptr (ShyRecord) record = link->data;
  gint64                id = shy_record_get_id (record);

  g_queue_delete_link (&self->recent, link);
  g_hash_table_remove (self->kept, &id);
}

static void
forget_beyond (ShyRecords *self,
               guint       most)
{
  while (self->recent.length > most)
    forget (self, self->recent.tail);
}

/* A page that is cancelled is never filled: it would stay empty. */
static void
forget_unread (ShyRecords *self)
{
  GList *next;

  for (GList *link = self->recent.head; link != NULL; link = next)
    {
      next = link->next;
      if (!shy_record_is_loaded (link->data))
        forget (self, link);
    }
}

static void
keep (ShyRecords *self,
      ShyRecord  *record)
{
  g_queue_push_head (&self->recent, g_object_ref (record));
  g_hash_table_insert (self->kept, id_key (shy_record_get_id (record)), self->recent.head);
}

/* Reads what is not kept of the page around a position. */
static void
make_page (ShyRecords *self,
           guint       position)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_object_unref);
  guint                 first = position / PAGE_ROWS * PAGE_ROWS;

  for (guint i = first; i < MIN (first + PAGE_ROWS, self->ids->len); i++)
    {
      gint64 id = g_array_index (self->ids, gint64, i);

      if (!g_hash_table_contains (self->kept, &id))
        {
          ShyRecord *record = shy_record_new (id);

          g_ptr_array_add (missing, record);
          keep (self, record);
        }
    }
  forget_beyond (self, MOST_RECORDS);
  read_page (self, missing);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  ShyRecords *self = SHY_RECORDS (model);
  GList      *link;
  gint64      id;

  if (position >= self->ids->len)
    return NULL;

  id = g_array_index (self->ids, gint64, position);
  if (!g_hash_table_contains (self->kept, &id))
    make_page (self, position);
  link = g_hash_table_lookup (self->kept, &id);
  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return g_object_ref (link->data);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyRecords, shy_records, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* A list on its way from a thread of the store. */
typedef struct
{
  ShyRecordOrigin *origin;      /* (owned): a share */
  GCancellable    *cancellable; /* (owned) */
  ShyRecordQuery  *query;       /* (owned) */
  GPtrArray       *columns;     /* (owned): of the list before */
  ShyRecordPage   *first;       /* (owned) (nullable): what a screen shows of it */
  ShyRecordFound   found;      /* all owned but the query */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *self = data;

  shy_record_origin_unref (self->origin);
  g_object_unref (self->cancellable);
  shy_record_query_free (self->query);
  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->first, shy_record_page_free);
  g_array_unref (self->found.ids);
  g_hash_table_unref (self->found.counts);
  g_clear_pointer (&self->found.columns, g_ptr_array_unref);
  g_free (self);
}

static gboolean
list_job (ShyConnection  *connection,
          gpointer        data,
          GCancellable   *cancellable,
          GError        **error)
{
  Listing *self = data;
  GArray  *ids;

  if (!self->origin->source->list (connection, self->origin->data, &self->found, cancellable, error))
    return FALSE;
  if (self->found.limit == 0)
    return TRUE;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (ids, self->found.ids->data, MIN (self->found.ids->len, FIRST_ROWS));
  self->first = shy_record_page_new (self->origin,
                                     self->found.columns != NULL ? self->found.columns : self->columns,
                                     ids);
  return shy_record_page_read_job (connection, self->first, cancellable, error);
}

static void list_records (ShyRecords *self,
                          guint       limit);
static void schedule     (ShyRecords *self);

/* Values stand in the order of the columns: none that was read before fits others. */
static gboolean
take_columns (ShyRecords *self,
              GPtrArray  *columns)
{
  if (columns == NULL || shy_record_fields_equal (columns, self->columns))
    return FALSE;

  g_ptr_array_unref (self->columns);
  self->columns = g_ptr_array_ref (columns);
  forget_beyond (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMNS]);
  return TRUE;
}

/* Takes the list over and tells only what differs, so that who looks at a row keeps it. */
static void
replace_ids (ShyRecords *self,
             GArray     *found,
             gboolean    all_differ)
{
  g_autoptr (GArray) old = self->ids;
  const gint64      *before = (const gint64 *) old->data;
  const gint64      *after = (const gint64 *) found->data;
  guint              n_before = old->len, n_after = found->len;
  guint              same = 0;

  while (!all_differ && same < MIN (n_before, n_after) && before[same] == after[same])
    same++;
  while (!all_differ && MIN (n_before, n_after) > same && before[n_before - 1] == after[n_after - 1])
    {
      n_before--;
      n_after--;
    }

  self->ids = g_array_ref (found);
  if (n_before > same || n_after > same)
    g_list_model_items_changed (G_LIST_MODEL (self), same, n_before - same, n_after - same);
}

/* The store changed: what is kept may say otherwise. */
static void
read_kept_again (ShyRecords *self)
{
  forget_beyond (self, 4 * FIRST_ROWS);
  for (GList *link = self->recent.head; link != NULL;)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

      for (; records->len < PAGE_ROWS && link != NULL; link = link->next)
        g_ptr_array_add (records, g_object_ref (link->data));
      read_page (self, records);
    }
}

static void
stop_reading (ShyRecords *self)
{
  g_cancellable_cancel (self->reading);
  g_object_unref (self->reading);
  self->reading = g_cancellable_new ();
  forget_unread (self);
}

/* What came with the list is there before its rows are: no row is drawn empty first. */
static void
keep_first (ShyRecords    *self,
            ShyRecordPage *page)
{
  for (guint i = 0; i < page->ids->len; i++)
    {
      gint64                id = g_array_index (page->ids, gint64, i);
      g_autoptr (ShyRecord) record = NULL;

      if (page->values[i] == NULL || g_hash_table_contains (self->kept, &id))
        continue;
      record = shy_record_new (id);
      shy_record_take_values (record, g_steal_pointer (&page->values[i]), page->columns->len);
      keep (self, record);
    }
}

static void
show_list (ShyRecords *self,
           Listing    *listing)
{
  ShyRecordFound *found = &listing->found;
  gboolean        others;

  if (self->asked)
    stop_reading (self);
  others = take_columns (self, found->columns);
  if (listing->first != NULL)
    keep_first (self, listing->first);
  replace_ids (self, found->ids, others || self->asked);
  self->asked = FALSE;
  self->counted = found->counted;
  if (!found->counted)
    return;

  g_hash_table_unref (self->counts);
  self->counts = g_hash_table_ref (found->counts);
  self->total = found->total;
  g_signal_emit (self, signals[COUNTED], 0);
  if (self->stale && self->delay == 0 && !self->again)
    {
      self->stale = FALSE;
      read_kept_again (self);
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (ShyRecords) self = unwatch (data);
  g_autoptr (GError)     error = NULL;
  Listing               *listing = shy_store_get_job_data (result);

  shy_store_run_finish (SHY_STORE (source), result, &error);
  if (self == NULL || listing->cancellable != self->listing) /* another was asked for meanwhile */
    return;

  g_clear_object (&self->listing);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_message (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    {
      listing->found.counted = listing->found.counted || listing->found.limit == 0;
      show_list (self, listing);
      if (!listing->found.counted)
        list_records (self, 0);
    }
  if (self->again)
    schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
stop_listing (ShyRecords *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
}

/* @limit: how many are enough; 0 for all */
static void
list_records (ShyRecords *self,
              guint       limit)
{
  Listing *listing = g_new0 (Listing, 1);

  stop_listing (self);
  self->listing = g_cancellable_new ();
  listing->origin = g_atomic_rc_box_acquire (self->origin);
  listing->cancellable = g_object_ref (self->listing);
  listing->query = shy_record_query_copy (self->query);
  listing->columns = g_ptr_array_ref (self->columns);
  listing->found.query = listing->query;
  listing->found.limit = limit;
  listing->found.ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  listing->found.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  shy_store_run_async (self->origin->store, SHY_STORE_READ, list_job, listing, listing_free,
                       self->listing, listed_cb, watch (self));
}

/* Another query stops the one before; a change of the store waits until it is answered, else changes
 * that come one after the other would keep the list from ever being read. */
static gboolean
reload_cb (gpointer data)
{
  ShyRecords *self = data;

  self->delay = 0;
  self->again = !self->asked && self->listing != NULL;
  if (!self->again)
    list_records (self, self->asked ? FIRST_ROWS : 0);
  return G_SOURCE_REMOVE;
}

/* Several filters that change together read the list once. */
static void
schedule (ShyRecords *self)
{
  if (self->delay != 0)
    return;

  self->delay = g_idle_add_full (G_PRIORITY_DEFAULT, reload_cb, self, NULL); /* before any picture */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
changed_cb (ShyRecords *self)
{
  self->stale = TRUE;
  schedule (self);
}

static void
shy_records_dispose (GObject *object)
{
  ShyRecords *self = SHY_RECORDS (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  stop_listing (self);
  g_cancellable_cancel (self->reading);
  forget_beyond (self, 0);

  G_OBJECT_CLASS (shy_records_parent_class)->dispose (object);
}

static void
shy_records_finalize (GObject *object)
{
  ShyRecords *self = SHY_RECORDS (object);

  shy_record_origin_unref (self->origin);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->counts);
  g_array_unref (self->ids);
  g_ptr_array_unref (self->columns);
  g_object_unref (self->reading);
  shy_record_query_free (self->query);
  g_free (self->message);

  G_OBJECT_CLASS (shy_records_parent_class)->finalize (object);
}

static void
shy_records_get_property (GObject    *object,
                          guint       property,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ShyRecords *self = SHY_RECORDS (object);

  switch ((ShyRecordsProperty) property)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, shy_records_is_loading (self));
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_COLUMNS:
      g_value_set_boxed (value, self->columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
shy_records_class_init (ShyRecordsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = shy_records_dispose;
  object_class->finalize = shy_records_finalize;
  object_class->get_property = shy_records_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLUMNS] = g_param_spec_boxed ("columns", NULL, NULL, G_TYPE_PTR_ARRAY,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * ShyRecords::counted:
   * @self: the list
   *
   * The total and the counts are known anew.
   */
  signals[COUNTED] = g_signal_new ("counted", SHY_TYPE_RECORDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
shy_records_init (ShyRecords *self)
{
  self->query = shy_record_query_new ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->reading = g_cancellable_new ();
  self->asked = TRUE;
}

/**
 * shy_records_new: (skip)
 * @store: the database
 * @source: says what is in the list; stays
 * @columns: (element-type ShyField): what is read of each record
 * @data: (nullable): for the functions of @source
 * @data_free: (nullable): frees @data when no job needs it any more, on whatever thread
 *
 * Returns: (transfer full): all records; they begin to be read at once
 */
ShyRecords *
shy_records_new (ShyStore              *store,
                 const ShyRecordSource *source,
                 GPtrArray             *columns,
                 gpointer               data,
                 GDestroyNotify         data_free)
{
  ShyRecords      *self;
  g_autofree char *signal = NULL;

  g_return_val_if_fail (SHY_IS_STORE (store), NULL);
  g_return_val_if_fail (source != NULL && columns != NULL, NULL);

  self = g_object_new (SHY_TYPE_RECORDS, NULL);
  self->origin = g_atomic_rc_box_new0 (ShyRecordOrigin);
  *self->origin = (ShyRecordOrigin) { g_object_ref (store), source, data, data_free };
  self->columns = g_ptr_array_ref (columns);
  signal = g_strconcat ("changed::", source->topic, NULL);
  g_signal_connect_object (store, signal, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  schedule (self);
  return self;
}

/**
 * shy_records_get_columns:
 * @self: a list
 *
 * Returns: (transfer none) (element-type ShyField): what is read of each record
 */
GPtrArray *
shy_records_get_columns (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), NULL);

  return self->columns;
}

ShyRecordOrigin *
shy_records_get_origin (ShyRecords *self)
{
  return self->origin;
}

/**
 * shy_records_get_query:
 * @self: a list
 *
 * Returns: (transfer none): what is asked for
 */
const ShyRecordQuery *
shy_records_get_query (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), NULL);

  return self->query;
}

/**
 * shy_records_set_query:
 * @self: a list
 * @query: what is asked for
 *
 * Asks anew, and stops what was asked before; until there is an answer the list stays as it is.
 */
void
shy_records_set_query (ShyRecords           *self,
                       const ShyRecordQuery *query)
{
  ShyRecordQuery *copy;

  g_return_if_fail (SHY_IS_RECORDS (self));
  g_return_if_fail (query != NULL);

  if (shy_record_query_equal (query, self->query))
    return;

  copy = shy_record_query_copy (query);
  shy_record_query_free (self->query);
  self->query = copy;
  self->asked = TRUE;
  stop_listing (self);
  schedule (self);
}

/**
 * shy_records_reload:
 * @self: a list
 *
 * Reads the list again, after it or a page of it could not be read.
 */
void
shy_records_reload (ShyRecords *self)
{
  g_return_if_fail (SHY_IS_RECORDS (self));

  self->asked = TRUE;
  schedule (self);
}

/**
 * shy_records_is_loading:
 * @self: a list
 *
 * Returns: whether records are still being looked for
 */
gboolean
shy_records_is_loading (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), FALSE);

  return self->delay != 0 || self->listing != NULL;
}

/**
 * shy_records_is_counted:
 * @self: a list
 *
 * Returns: whether what is shown are all records of the query, and how many there are is known
 */
gboolean
shy_records_is_counted (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), FALSE);

  return self->counted;
}

/**
 * shy_records_get_error:
 * @self: a list
 *
 * Returns: (nullable): why it, or a page of it, could not be read
 */
const char *
shy_records_get_error (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), NULL);

  return self->message;
}

/**
 * shy_records_get_total:
 * @self: a list
 *
 * Returns: how many records there are without any filter
 */
guint
shy_records_get_total (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), 0);

  return self->total;
}

/**
 * shy_records_get_count:
 * @self: a list
 * @filter: the name of a filter whose values the source counts
 * @value: one of them; "" for all
 *
 * Returns: how many records that value would leave, all other filters as they are
 */
guint
shy_records_get_count (ShyRecords *self,
                       const char *filter,
                       const char *value)
{
  g_autofree char *key = shy_record_count_key (filter, value);

  g_return_val_if_fail (SHY_IS_RECORDS (self), 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));
}

/**
 * shy_records_get_id:
 * @self: a list
 * @position: of a record
 *
 * Returns: its number, for which nothing is read; 0 beyond the last
 */
gint64
shy_records_get_id (ShyRecords *self,
                    guint       position)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), 0);

  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/**
 * shy_records_dup_ids:
 * @self: a list
 *
 * Returns: (transfer full) (element-type gint64): the numbers of what is shown, in order
 */
GArray *
shy_records_dup_ids (ShyRecords *self)
{
  g_return_val_if_fail (SHY_IS_RECORDS (self), NULL);

  return g_array_copy (self->ids);
}
