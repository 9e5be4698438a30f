/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-rows-private.h"

/* A page is what one call reads; GtkColumnView of GTK 4.8 realises 205 rows whatever it shows. */
#define PAGE_ROWS 128
#define MOST_PAGES 32

typedef struct
{
  guint        index;            /* of the page */
  ServicesRow *rows[PAGE_ROWS];  /* (owned) */
  guint        n_rows;
} Page;

struct _ServicesRows
{
  GObject       parent_instance;
  ShyContext   *context;      /* (owned) */
  char         *service;      /* (owned) */
  char         *stream;       /* (owned) */
  char         *search;       /* (owned) */
  guint         n_rows;
  GPtrArray    *fields;       /* (owned) of ShyField */
  GHashTable   *pages;        /* (owned): index → link of recent */
  GQueue        recent;       /* of Page, the last used first */
  GCancellable *reading;      /* (owned): of the pages of the list that is shown */
  GCancellable *listing;      /* (owned) (nullable): of the list that is on its way */
  char         *message;      /* (owned) (nullable) */
};

enum { LISTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return SERVICES_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return SERVICES_ROWS (model)->n_rows;
}

static void
page_free (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < page->n_rows; i++)
    g_object_unref (page->rows[i]);
  g_free (page);
}

/* What a call is told: it runs elsewhere, while filters change here. */
typedef struct
{
  char   *service;
  char   *stream;
  char   *search;
  guint64 offset;
} Query;

static void
query_free (gpointer data)
{
  Query *self = data;

  g_free (self->service);
  g_free (self->stream);
  g_free (self->search);
  g_free (self);
}

static Query *
make_query (ServicesRows *self,
            guint64       offset)
{
  Query *query = g_new0 (Query, 1);

  query->service = g_strdup (self->service);
  query->stream = g_strdup (self->stream);
  query->search = g_strdup (self->search);
  query->offset = offset;
  return query;
}

static ShyLandedRows *
open_rows (ShyServiceBook *book,
           const Query    *query,
           GCancellable   *cancellable)
{
  ShyLandedRows *rows = shy_landed_rows_new (book, query->stream,
                                             query->service);

  if (*query->search != '\0')
    shy_landed_rows_set_search (rows, query->search);
  /* A search that nobody waits for must not keep the next one from beginning. */
  shy_landed_rows_set_cancellable (rows, cancellable);
  return rows;
}

static gpointer
page_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  const Query              *query = data;
  g_autoptr (ShyLandedRows) rows = open_rows (book, query, cancellable);

  return shy_landed_rows_page (rows, query->offset, PAGE_ROWS, error);
}

typedef struct
{
  ServicesRows *self;                 /* (owned) */
  ServicesRow  *rows[PAGE_ROWS];      /* (owned): filled when the answer comes */
  guint         n_rows;
} PageWait;

/* Empty lines would look like empty rows: the reason stands in their place until a new attempt. */
static void
tell_failure (ServicesRows *self,
              const GError *error)
{
  g_free (self->message);
  self->message = g_strdup (error->message);
  g_signal_emit (self, signals[LISTED], 0);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  PageWait             *wait = data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  rows = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (rows == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_failure (wait->self, error);
  for (guint i = 0; i < wait->n_rows; i++)
    {
      /* A row that went meanwhile leaves an empty line until the list is read again. */
      if (rows != NULL && rows->len > 0)
        services_row_take (wait->rows[i], g_ptr_array_steal_index (rows, 0));
      g_object_unref (wait->rows[i]);
    }

  g_object_unref (wait->self);
  g_free (wait);
}

static void
read_page (ServicesRows *self,
           Page         *page)
{
  PageWait *wait = g_new0 (PageWait, 1);

  wait->self = g_object_ref (self);
  wait->n_rows = page->n_rows;
  for (guint i = 0; i < page->n_rows; i++)
    wait->rows[i] = g_object_ref (page->rows[i]);
  services_run_async (self->context, page_call,
                      make_query (self, (guint64) page->index * PAGE_ROWS), query_free,
                      (GDestroyNotify) g_ptr_array_unref, self->reading, page_read_cb, wait);
}

static Page *
make_page (ServicesRows *self,
           guint         index)
{
  Page *page = g_new0 (Page, 1);

  page->index = index;
  page->n_rows = MIN (PAGE_ROWS, self->n_rows - index * PAGE_ROWS);
  for (guint i = 0; i < page->n_rows; i++)
    page->rows[i] = services_row_new ();

  if (self->recent.length >= MOST_PAGES)
    {
      Page *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->pages, GUINT_TO_POINTER (oldest->index));
      page_free (oldest);
    }
  g_queue_push_head (&self->recent, page);
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (index), self->recent.head);
  read_page (self, page);
  return page;
}

static Page *
find_page (ServicesRows *self,
           guint         index)
{
  GList *link = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (index));

  if (link == NULL)
    return make_page (self, index);

  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return link->data;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  ServicesRows *self = SERVICES_ROWS (model);

  if (position >= self->n_rows)
    return NULL;

  return g_object_ref (find_page (self, position / PAGE_ROWS)->rows[position % PAGE_ROWS]);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ServicesRows, services_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* How many rows there are, and the fields of the first. */
typedef struct
{
  guint      n_rows;
  GPtrArray *fields; /* (owned) (nullable) */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *self = data;

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static gpointer
list_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  const Query              *query = data;
  g_autoptr (ShyLandedRows) rows = open_rows (book, query, cancellable);
  g_autoptr (GPtrArray)     first = NULL;
  gint64                    count = shy_landed_rows_count (rows, error);
  Listing                  *listing;

  if (count < 0)
    return NULL;
  first = shy_landed_rows_page (rows, 0, 1, error);
  if (first == NULL)
    return NULL;

  listing = g_new0 (Listing, 1);
  listing->n_rows = (guint) MIN (count, G_MAXINT);
  if (first->len > 0)
    listing->fields = g_ptr_array_ref (((ShyLandedRow *) g_ptr_array_index (first, 0))->fields);
  return listing;
}

static void
forget_pages (ServicesRows *self)
{
  g_cancellable_cancel (self->reading);
  g_object_unref (self->reading);
  self->reading = g_cancellable_new ();
  g_hash_table_remove_all (self->pages);
  g_queue_clear_full (&self->recent, page_free);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (ServicesRows) self = data;
  g_autoptr (GError)       error = NULL;
  Listing                 *listing;
  guint                    before = self->n_rows;

  listing = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->listing);
  g_free (self->message);
  self->message = error != NULL ? g_strdup (error->message) : NULL;
  if (listing != NULL)
    {
      forget_pages (self);
      self->n_rows = listing->n_rows;
      if (listing->fields != NULL)
        {
          g_ptr_array_unref (self->fields);
          self->fields = g_steal_pointer (&listing->fields);
        }
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_rows);
      listing_free (listing);
    }
  g_signal_emit (self, signals[LISTED], 0);
}

static void
reload (ServicesRows *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  services_run_async (self->context, list_call, make_query (self, 0), query_free, listing_free,
                      self->listing, listed_cb, g_object_ref (self));
}

static void
services_rows_dispose (GObject *object)
{
  ServicesRows *self = SERVICES_ROWS (object);

  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_cancellable_cancel (self->reading);
  g_hash_table_remove_all (self->pages);
  g_queue_clear_full (&self->recent, page_free);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_rows_parent_class)->dispose (object);
}

static void
services_rows_finalize (GObject *object)
{
  ServicesRows *self = SERVICES_ROWS (object);

  g_hash_table_unref (self->pages);
  g_object_unref (self->reading);
  g_ptr_array_unref (self->fields);
  g_free (self->service);
  g_free (self->stream);
  g_free (self->search);
  g_free (self->message);

  G_OBJECT_CLASS (services_rows_parent_class)->finalize (object);
}

static void
services_rows_class_init (ServicesRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = services_rows_dispose;
  object_class->finalize = services_rows_finalize;

  signals[LISTED] = g_signal_new ("listed", SERVICES_TYPE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
services_rows_init (ServicesRows *self)
{
  self->pages = g_hash_table_new (NULL, NULL);
  self->fields = g_ptr_array_new ();
  self->reading = g_cancellable_new ();
  self->search = g_strdup ("");
}

/* services_rows_new: all rows of a stream; it begins to read at once. The database is open. */
ServicesRows *
services_rows_new (ShyContext *context,
                   const char *service,
                   const char *stream)
{
  ServicesRows *self;

  g_return_val_if_fail (SHY_IS_CONTEXT (context), NULL);

  self = g_object_new (SERVICES_TYPE_ROWS, NULL);
  self->context = g_object_ref (context);
  self->service = g_strdup (service);
  self->stream = g_strdup (stream);
  g_signal_connect_object (context, "changed::" SHY_SERVICES_TOPIC,
                           G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

/* services_rows_set_search: leaves the rows in which a value holds this text. */
void
services_rows_set_search (ServicesRows *self,
                          const char   *text)
{
  g_return_if_fail (SERVICES_IS_ROWS (self));

  if (g_str_equal (self->search, text))
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  reload (self);
}

const char *
services_rows_get_search (ServicesRows *self)
{
  g_return_val_if_fail (SERVICES_IS_ROWS (self), NULL);

  return self->search;
}

/* services_rows_retry: reads the list again, after it could not be read. */
void
services_rows_retry (ServicesRows *self)
{
  g_return_if_fail (SERVICES_IS_ROWS (self));

  reload (self);
}

/* services_rows_is_loading: whether a newer list is on its way. */
gboolean
services_rows_is_loading (ServicesRows *self)
{
  g_return_val_if_fail (SERVICES_IS_ROWS (self), FALSE);

  return self->listing != NULL;
}

const char *
services_rows_get_error (ServicesRows *self)
{
  g_return_val_if_fail (SERVICES_IS_ROWS (self), NULL);

  return self->message;
}

GPtrArray *
services_rows_get_fields (ServicesRows *self)
{
  g_return_val_if_fail (SERVICES_IS_ROWS (self), NULL);

  return self->fields;
}
