/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-inquiry.h"

typedef struct
{
  ShyLookup  *lookup;  /* (owned) */
  ShySecrets *secrets; /* (owned): of @lookup, filled just before it is asked */
  char       *service; /* (owned): its id */
} Question;

struct _SubsidyInquiry
{
  GObject       parent_instance;
  ShyStore     *store;     /* (owned) */
  gint64        case_id;
  GPtrArray    *questions; /* (owned): of Question */
  GMainContext *context;   /* (owned) (nullable): where it was begun */
};

G_DEFINE_FINAL_TYPE (SubsidyInquiry, subsidy_inquiry, G_TYPE_OBJECT)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->lookup);
  g_object_unref (self->secrets);
  g_free (self->service);
  g_free (self);
}

static void
subsidy_inquiry_finalize (GObject *object)
{
  SubsidyInquiry *self = SUBSIDY_INQUIRY (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (subsidy_inquiry_parent_class)->finalize (object);
}

static void
subsidy_inquiry_class_init (SubsidyInquiryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = subsidy_inquiry_finalize;
  signals[ANSWERED] = g_signal_new ("answered", SUBSIDY_TYPE_INQUIRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                    SHY_TYPE_LOOKUP_ANSWER);
}

static void
subsidy_inquiry_init (SubsidyInquiry *self)
{
  self->questions = g_ptr_array_new_with_free_func (question_free);
}

/* subsidy_inquiry_new: nothing is asked yet about the case. */
SubsidyInquiry *
subsidy_inquiry_new (ShyStore *store,
                     gint64    case_id)
{
  SubsidyInquiry *self = g_object_new (SUBSIDY_TYPE_INQUIRY, NULL);

  g_return_val_if_fail (SHY_IS_STORE (store), NULL);

  self->store = g_object_ref (store);
  self->case_id = case_id;
  return self;
}

/*
 * subsidy_inquiry_add: adds a question about these facts. The applicant has allowed it: the caller
 * made sure of that.
 *
 * Errors: as subsidy_lookup_prepare().
 */
gboolean
subsidy_inquiry_add (SubsidyInquiry         *self,
                     const SubsidyLookup  *question,
                     const ShyFacts         *facts,
                     GError                **error)
{
  g_autoptr (ShySecrets) secrets = shy_secrets_new ();
  g_autoptr (ShyLookup)  lookup = subsidy_lookup_prepare (question, facts, secrets, error);
  Question              *added;

  if (lookup == NULL)
    return FALSE;

  added = g_new0 (Question, 1);
  added->lookup = g_steal_pointer (&lookup);
  added->secrets = g_steal_pointer (&secrets);
  added->service = g_strdup (shy_service_get_id (question->service));
  g_ptr_array_add (self->questions, added);
  return TRUE;
}

typedef struct
{
  SubsidyInquiry  *inquiry; /* (owned) */
  guint            index;
  ShyLookupAnswer *answer;  /* (owned) */
} Arrival;

static void
arrival_free (gpointer data)
{
  Arrival *self = data;

  g_object_unref (self->inquiry);
  shy_lookup_answer_unref (self->answer);
  g_free (self);
}

static gboolean
arrived_cb (gpointer data)
{
  Arrival *arrival = data;

  g_signal_emit (arrival->inquiry, signals[ANSWERED], 0, arrival->index, arrival->answer);
  return G_SOURCE_REMOVE;
}

static void
hand_over (SubsidyInquiry  *self,
           guint            index,
           ShyLookupAnswer *answer)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->inquiry = g_object_ref (self);
  arrival->index = index;
  arrival->answer = shy_lookup_answer_ref (answer);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, arrived_cb, arrival, arrival_free);
}

/* What was sent stands in the journal, whatever happens to whoever asked. */
static gboolean
ask (SubsidyInquiry  *self,
     guint            index,
     GCancellable    *cancellable,
     GError         **error)
{
  const Question             *question = g_ptr_array_index (self->questions, index);
  g_autoptr (ShyLookupAnswer) answer = NULL;
  g_autofree char            *subject = NULL;

  subject = g_strdup_printf ("subsidy_case:%" G_GINT64_FORMAT, self->case_id);
  if (!subsidy_lookup_unlock (question->service, self->store, question->secrets, cancellable,
                                error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !shy_lookup_journal (question->lookup, self->store, subject, NULL, error))
    return FALSE;

  answer = shy_lookup_run (question->lookup, cancellable, error);
  if (answer == NULL)
    {
      shy_lookup_journal (question->lookup, self->store, subject, "cancelled", NULL);
      return FALSE;
    }
  if (!shy_lookup_journal (question->lookup, self->store, subject,
                           shy_lookup_outcome_to_word (answer->outcome), error))
    return FALSE;
  hand_over (self, index, answer);
  return TRUE;
}

static void
run_worker (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  SubsidyInquiry *self = source;
  GError         *error = NULL;

  for (guint i = 0; i < self->questions->len; i++)
    if (!ask (self, i, cancellable, &error))
      {
        g_task_return_error (task, error);
        return;
      }
  g_task_return_boolean (task, TRUE);
}

/* subsidy_inquiry_run_async: asks all that was added. Answers that came stay where one is cancelled. */
void
subsidy_inquiry_run_async (SubsidyInquiry      *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->context = g_main_context_ref_thread_default ();
  g_task_set_source_tag (task, subsidy_inquiry_run_async);
  g_task_run_in_thread (task, run_worker);
}

gboolean
subsidy_inquiry_run_finish (SubsidyInquiry  *self,
                            GAsyncResult    *result,
                            GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
