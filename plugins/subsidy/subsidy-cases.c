/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-cases.h"

#include "subsidy-case-private.h"
#include "subsidy-dataset.h"
#include "subsidy-query.h"

/* A page is what one job reads; GtkColumnView of GTK 4.8 realises 205 rows whatever it shows. */
#define PAGE_ROWS 128
#define MOST_PAGES 32

typedef struct
{
  guint         index;            /* of the page */
  SubsidyCase  *cases[PAGE_ROWS]; /* (owned) */
  guint         n_cases;
} Page;

struct _SubsidyCases
{
  GObject       parent_instance;
  ShyStore     *store;       /* (owned) */
  SubsidyQuery *query;       /* (owned): the filters, and the list that is shown */
  GHashTable   *pages;       /* (owned): index → link of recent */
  GQueue        recent;      /* of Page, the last used first */
  GCancellable *cancellable; /* (owned): of the pages that are being read */
  GCancellable *listing;     /* (owned) (nullable): of the list that is being read */
  guint         wanted;      /* counts reloads: an answer to an older one is dropped */
  guint         delay;       /* source that starts the reload */
  char         *message;     /* (owned) (nullable) */
};

typedef enum {
  PROP_LOADING = 1,
  PROP_ERROR_MESSAGE,
} SubsidyCasesProperty;
static GParamSpec *properties[PROP_ERROR_MESSAGE + 1];

enum { COUNTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return SUBSIDY_TYPE_CASE;
}

static guint
get_n_items (GListModel *model)
{
  return SUBSIDY_CASES (model)->query->ids->len;
}

static void
page_free (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < page->n_cases; i++)
    g_object_unref (page->cases[i]);
  g_free (page);
}

/* The cases of one page on their way from the worker. */
typedef struct
{
  GPtrArray *cases;     /* (owned) of SubsidyCase: used on the main thread only */
  gint64    *ids;       /* (owned) */
  GPtrArray *summaries; /* (owned): as the ids */
} PageJob;

static void
page_job_free (gpointer data)
{
  PageJob *self = data;

  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->summaries);
  g_free (self->ids);
  g_free (self);
}

static gboolean
load_page_job (ShyConnection  *connection,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  PageJob                 *self = data;
  g_autoptr (ShyStatement) row = NULL;

  row = shy_connection_prepare (
    connection, "SELECT " SUBSIDY_SUMMARY_COLUMNS " FROM subsidy_case WHERE id = $1", error);
  for (guint i = 0; row != NULL && i < self->cases->len; i++)
    {
      g_autoptr (GError) local = NULL;
      gpointer           summary = NULL;

      shy_statement_bind_int64 (row, "$1", self->ids[i]);
      if (shy_statement_step (row, &local))
        summary = subsidy_summary_read (connection, row, &local);
      shy_statement_reset (row);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_ptr_array_add (self->summaries, summary);
    }

  return row != NULL;
}

static void
set_message (SubsidyCases *self,
             const char   *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;

  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_MESSAGE]);
}

static void
page_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SubsidyCases) self = data;
  g_autoptr (GError)       error = NULL;
  PageJob                 *job = shy_store_get_job_data (result);

  if (!shy_store_run_finish (SHY_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_message (self, error->message);
      return;
    }

  for (guint i = 0; i < job->summaries->len; i++)
    if (job->summaries->pdata[i] != NULL)
      subsidy_case_fill (job->cases->pdata[i], g_steal_pointer (&job->summaries->pdata[i]));
}

static void
load_page (SubsidyCases *self,
           Page         *page)
{
  PageJob *job = g_new0 (PageJob, 1);

  job->cases = g_ptr_array_new_with_free_func (g_object_unref);
  job->summaries = g_ptr_array_new_with_free_func (subsidy_summary_free);
  job->ids = g_new (gint64, page->n_cases);
  for (guint i = 0; i < page->n_cases; i++)
    {
      g_ptr_array_add (job->cases, g_object_ref (page->cases[i]));
      job->ids[i] = subsidy_case_get_id (page->cases[i]);
    }

  shy_store_run_async (self->store, SHY_STORE_READ, load_page_job, job, page_job_free,
                       self->cancellable, page_loaded_cb, g_object_ref (self));
}

static void
forget_oldest_page (SubsidyCases *self)
{
  Page *oldest = g_queue_pop_tail (&self->recent);

  g_hash_table_remove (self->pages, GUINT_TO_POINTER (oldest->index));
  page_free (oldest);
}

static Page *
make_page (SubsidyCases *self,
           guint         index)
{
  GArray *ids = self->query->ids;
  guint   first = index * PAGE_ROWS;
  Page   *page = g_new0 (Page, 1);

  page->index = index;
  page->n_cases = MIN (PAGE_ROWS, ids->len - first);
  for (guint i = 0; i < page->n_cases; i++)
    page->cases[i] = subsidy_case_new (g_array_index (ids, gint64, first + i));

  if (self->recent.length >= MOST_PAGES)
    forget_oldest_page (self);
  g_queue_push_head (&self->recent, page);
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (index), self->recent.head);
  load_page (self, page);
  return page;
}

static Page *
find_page (SubsidyCases *self,
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
  SubsidyCases *self = SUBSIDY_CASES (model);

  if (position >= self->query->ids->len)
    return NULL;

  return g_object_ref (find_page (self, position / PAGE_ROWS)->cases[position % PAGE_ROWS]);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SubsidyCases, subsidy_cases, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
forget_pages (SubsidyCases *self)
{
  g_hash_table_remove_all (self->pages);
  g_queue_clear_full (&self->recent, page_free);
}

static void
stop_waiting (SubsidyCases *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_cancellable_cancel (self->cancellable);
}

static void
show_list (SubsidyCases *self,
           SubsidyQuery *found)
{
  guint   before = self->query->ids->len;
  GArray *ids = self->query->ids;

  self->query->ids = found->ids;
  found->ids = ids;
  self->query->totals = found->totals;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  forget_pages (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->query->ids->len);
  g_signal_emit (self, signals[COUNTED], 0);
}

typedef struct
{
  SubsidyCases *self; /* (owned) */
  guint         wanted;
} Listing;

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Listing                 *listing = data;
  g_autoptr (SubsidyCases) self = listing->self;
  g_autoptr (GError)       error = NULL;
  guint                    wanted = listing->wanted;

  g_free (listing);
  shy_store_run_finish (SHY_STORE (source), result, &error);
  if (wanted != self->wanted || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->listing);
  set_message (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    show_list (self, shy_store_get_job_data (result));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
reload_cb (gpointer data)
{
  SubsidyCases *self = data;
  Listing      *listing = g_new0 (Listing, 1);

  self->delay = 0;
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  listing->self = g_object_ref (self);
  listing->wanted = ++self->wanted;
  shy_store_run_async (self->store, SHY_STORE_READ, subsidy_query_run,
                       subsidy_query_copy (self->query), subsidy_query_free, self->listing, listed_cb,
                       listing);
  return G_SOURCE_REMOVE;
}

/* Several filters that change together read the list once. */
static void
reload (SubsidyCases *self)
{
  if (self->delay != 0)
    return;

  self->delay = g_idle_add (reload_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
subsidy_cases_dispose (GObject *object)
{
  SubsidyCases *self = SUBSIDY_CASES (object);

  stop_waiting (self);
  forget_pages (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (subsidy_cases_parent_class)->dispose (object);
}

static void
subsidy_cases_finalize (GObject *object)
{
  SubsidyCases *self = SUBSIDY_CASES (object);

  g_hash_table_unref (self->pages);
  g_object_unref (self->cancellable);
  subsidy_query_free (self->query);
  g_free (self->message);

  G_OBJECT_CLASS (subsidy_cases_parent_class)->finalize (object);
}

static void
subsidy_cases_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  SubsidyCases *self = SUBSIDY_CASES (object);

  switch ((SubsidyCasesProperty) property)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, subsidy_cases_is_loading (self));
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
subsidy_cases_class_init (SubsidyCasesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = subsidy_cases_dispose;
  object_class->finalize = subsidy_cases_finalize;
  object_class->get_property = subsidy_cases_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* SubsidyCases::counted: subsidy_cases_get_totals() is new. */
  signals[COUNTED] = g_signal_new ("counted", SUBSIDY_TYPE_CASES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
subsidy_cases_init (SubsidyCases *self)
{
  self->query = subsidy_query_new ();
  self->pages = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
}

static void
changed_cb (SubsidyCases *self)
{
  reload (self);
}

/* subsidy_cases_new: the whole register, the newest first; it begins to read at once. */
SubsidyCases *
subsidy_cases_new (ShyStore *store)
{
  SubsidyCases *self = g_object_new (SUBSIDY_TYPE_CASES, NULL);

  g_return_val_if_fail (SHY_IS_STORE (store), NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed::" SUBSIDY_TOPIC, G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

static void
set_text (SubsidyCases  *self,
          char         **field,
          char          *value)
{
  if (g_str_equal (*field, value))
    {
      g_free (value);
      return;
    }

  g_free (*field);
  *field = value;
  reload (self);
}

/* subsidy_cases_set_outcome: shows one outcome, a word of subsidy_outcome_to_word(), or "" for all. */
void
subsidy_cases_set_outcome (SubsidyCases *self,
                           const char   *outcome)
{
  g_return_if_fail (SUBSIDY_IS_CASES (self));

  set_text (self, &self->query->outcome, g_strdup (outcome));
}

/* subsidy_cases_set_scope: shows the counties of a scope, as ShyContext:scope; "" for all. */
void
subsidy_cases_set_scope (SubsidyCases *self,
                         const char   *scope)
{
  g_return_if_fail (SUBSIDY_IS_CASES (self));

  set_text (self, &self->query->scope, subsidy_query_scope (scope));
}

/* subsidy_cases_set_text: shows names that hold the text, or sound like it; "" for all. */
void
subsidy_cases_set_text (SubsidyCases *self,
                        const char   *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  g_return_if_fail (SUBSIDY_IS_CASES (self));

  set_text (self, &self->query->text, g_strdup (g_strstrip (lower)));
}

/* subsidy_cases_set_policy: shows the cases of one policy; "" for all. */
void
subsidy_cases_set_policy (SubsidyCases *self,
                          const char   *policy)
{
  g_return_if_fail (SUBSIDY_IS_CASES (self));

  set_text (self, &self->query->policy, g_strdup (policy));
}

/* subsidy_cases_set_batch: shows the cases of one spreadsheet; 0 for all. */
void
subsidy_cases_set_batch (SubsidyCases *self,
                         gint64        batch)
{
  g_return_if_fail (SUBSIDY_IS_CASES (self));

  if (self->query->batch == batch)
    return;
  self->query->batch = batch;
  reload (self);
}

/* subsidy_cases_set_order: orders the list. */
void
subsidy_cases_set_order (SubsidyCases *self,
                         SubsidyOrder  order)
{
  g_return_if_fail (SUBSIDY_IS_CASES (self));

  if (self->query->order == order)
    return;
  self->query->order = order;
  reload (self);
}

/* subsidy_cases_is_loading: whether a newer list is on its way. */
gboolean
subsidy_cases_is_loading (SubsidyCases *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASES (self), FALSE);

  return self->delay != 0 || self->listing != NULL;
}

/* subsidy_cases_get_totals: cases of each outcome under all filters but the outcome. */
const SubsidyTotals *
subsidy_cases_get_totals (SubsidyCases *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASES (self), NULL);

  return &self->query->totals;
}

/* subsidy_cases_dup_ids: the numbers of all cases that are shown, in order: an array of gint64. */
GArray *
subsidy_cases_dup_ids (SubsidyCases *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASES (self), NULL);

  return g_array_copy (self->query->ids);
}

/* subsidy_cases_retry: reads the list again, after it or a page of it could not be read. */
void
subsidy_cases_retry (SubsidyCases *self)
{
  g_return_if_fail (SUBSIDY_IS_CASES (self));

  reload (self);
}
