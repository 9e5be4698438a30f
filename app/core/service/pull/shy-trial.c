/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-trial-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tries a connection with two pages and tells how each step went. */

#define ROWS_SHOWN 10

/* The second page shows whether the service looks at the page number. */
#define PAGES 2

/* Clocks closer than this are said to agree, in seconds. */
#define SKEW_FINE 60

typedef enum {
  NETWORK,
  TLS,
  CLOCK,
  SIGN,
  ENVELOPE,
  PAGING,
  ROWS,
  N_STEPS,
} Step;

static const struct
{
  const char *name;
  const char *title;
} steps[N_STEPS] = {
  [NETWORK] = { "network", N_("Network") },
  [TLS] = { "tls", N_("Encryption") },
  [CLOCK] = { "clock", N_("Clock") },
  [SIGN] = { "sign", N_("Signing") },
  [ENVELOPE] = { "envelope", N_("Envelopes") },
  [PAGING] = { "paging", N_("Paging") },
  [ROWS] = { "rows", N_("Rows") },
};

typedef struct
{
  ShyPull       *pull;
  ShyExchange   *exchange;
  ShyTrial      *trial;
  guint64        pages;
} Run;

static void
free_step (gpointer data)
{
  g_free (((ShyTrialStep *) data)->sentence);
  g_free (data);
}

ShyTrial *
shy_trial_new (void)
{
  ShyTrial *self = g_new0 (ShyTrial, 1);

  self->steps = g_ptr_array_new_with_free_func (free_step);
  self->rows = g_ptr_array_new ();
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->mapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unmapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * shy_trial_free: (skip)
 * @self: (transfer full): a trial
 */
void
shy_trial_free (ShyTrial *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->pages);
  g_hash_table_unref (self->mapped);
  g_hash_table_unref (self->unmapped);
  g_ptr_array_unref (self->log);
  g_free (self->sample_reply);
  shy_secret_free (self->reply);
  g_free (self->server_pin);
  g_free (self);
}

static void G_GNUC_PRINTF (3, 4)
add_step (Run *run, ShyTrialOutcome outcome, const char *format, ...)
{
  ShyTrialStep *step = g_new0 (ShyTrialStep, 1);
  Step          which = run->trial->steps->len;
  va_list       args;

  va_start (args, format);
  *step = (ShyTrialStep) { steps[which].name, _(steps[which].title), outcome,
                           g_strdup_vprintf (format, args) };
  va_end (args);
  g_ptr_array_add (run->trial->steps, step);
}

static void
trace_cb (const char *what, gpointer data)
{
  g_ptr_array_add (((Run *) data)->trial->log, g_strdup (what));
}

/* Shows the rows of a page, as long as there is room. */
void
shy_trial_keep_page (ShyTrial *self, GPtrArray *rows)
{
  g_ptr_array_add (self->pages, g_ptr_array_ref (rows));
  for (guint i = 0; i < rows->len && self->rows->len < ROWS_SHOWN; i++)
    g_ptr_array_add (self->rows, g_ptr_array_index (rows, i));
}

static gboolean
page_cb (GPtrArray *rows, ShyPullState *state, ShyPullReport *so_far, gpointer data, GError **error)
{
  Run      *run = data;
  ShyTrial *trial = run->trial;

  run->pages++;
  if (trial->reply == NULL)
    trial->reply = g_strdup (run->exchange->last);
  shy_trial_keep_page (trial, rows);
  return TRUE;
}

/* Gateways say in words that a key or a signature is wrong; no code means it everywhere. */
static gboolean
is_about_keys (const char *message)
{
  static const char *const words[] = { "密钥", "秘钥", "签名", "验签", "令牌",  "请求者标识",
                                       "未授权", "无权限", "signature", "Signature", "token" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (message, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Where a trial ended that did not come to its end. */
static Step
find_failed (Run *run, const GError *error)
{
  if (run->exchange == NULL)
    return SIGN;
  switch (run->exchange->stage)
    {
    case SHY_STAGE_NETWORK:
      return shy_transport_get_sight (run->exchange->transport)->unsafe ? TLS : NETWORK;
    case SHY_STAGE_SIGN:
      return SIGN;
    case SHY_STAGE_ENVELOPE:
      return is_about_keys (error->message) ? SIGN : ENVELOPE;
    case SHY_STAGE_ROWS:
    default:
      return PAGING;
    }
}

static void
tell_network (Run *run)
{
  const char      *base = run->exchange->url_base;
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse (base, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL)
    add_step (run, SHY_TRIAL_FINE, _("“%s” answers."), g_uri_get_host (uri));
  else
    add_step (run, SHY_TRIAL_FINE, _("The service answers."));
}

static void
tell_tls (Run *run)
{
  const ShyTransportSight *sight = shy_transport_get_sight (run->exchange->transport);

  if (sight->protocol == NULL)
    add_step (run, SHY_TRIAL_ATTENTION,
              _("Nothing is encrypted: anybody on the way can read keys and answers. Ask the "
                "operator for an https address."));
  else if (!sight->trusted)
    add_step (run, SHY_TRIAL_ATTENTION,
              _("%s. No authority that is known here signed its certificate; its key is the one "
                "that is pinned."), sight->protocol);
  else
    add_step (run, SHY_TRIAL_FINE, _("%s, with a certificate that is trusted."), sight->protocol);
}

static void
tell_clock (Run *run)
{
  gint64 skew = run->exchange->skew;

  if (!run->exchange->skew_known)
    add_step (run, SHY_TRIAL_SKIPPED, _("The service does not tell its time."));
  else if (ABS (skew) < SKEW_FINE)
    add_step (run, SHY_TRIAL_FINE, _("This computer's clock agrees with the service's."));
  else
    add_step (run, SHY_TRIAL_ATTENTION,
              skew > 0 ? _("This computer's clock is %d minutes behind the service's. Requests are "
                           "signed by the service's clock; set this one right.")
                       : _("This computer's clock is %d minutes ahead of the service's. Requests "
                           "are signed by the service's clock; set this one right."),
              (int) (ABS (skew) / 60));
}

static void
tell_sign (Run *run)
{
  if (run->pull->service->steps->len == 0 && run->pull->service->inject->len == 0)
    add_step (run, SHY_TRIAL_SKIPPED, _("The service wants no signature."));
  else
    add_step (run, SHY_TRIAL_FINE, _("The service accepts how requests are signed."));
}

static void
tell_envelope (Run *run)
{
  GPtrArray *layers = run->pull->stream->layers;

  add_step (run, SHY_TRIAL_FINE,
            ngettext ("%u envelope was taken off the answer.",
                      "%u envelopes were taken off the answer.", layers->len), layers->len);
}

static void
tell_paging (Run *run, const ShyPullReport *report)
{
  const char *pages = run->pages >= PAGES ? _("The second page holds other rows than the first.")
                      : report->rows > 0  ? _("One page holds all.")
                                          : _("There is no page.");

  if (report->total >= 0)
    add_step (run, SHY_TRIAL_FINE, _("The service says it has %lld rows. %s"),
              (long long) report->total, pages);
  else
    add_step (run, SHY_TRIAL_FINE, _("The service does not say how many rows it has. %s"), pages);
}

static void
tell_rows (Run *run, const ShyPullReport *report)
{
  guint64 good = report->rows - report->rejected;

  if (report->rows == 0)
    add_step (run, SHY_TRIAL_FAILED,
              _("The service answers, but with no rows. Check what the request asks for, and "
                "whether the key may see this data."));
  else if (good == 0)
    add_step (run, SHY_TRIAL_FAILED,
              _("None of the %llu rows has what is required. Map the fields: the names of the "
                "service may differ from those in the description."),
              (unsigned long long) report->rows);
  else if (report->rejected > 0 || report->warnings > 0)
    add_step (run, SHY_TRIAL_ATTENTION,
              _("%llu rows can be used; %llu lack what is required, and %llu values could not be "
                "read."),
              (unsigned long long) good, (unsigned long long) report->rejected,
              (unsigned long long) report->warnings);
  else
    add_step (run, SHY_TRIAL_FINE, _("%llu rows can be used."), (unsigned long long) good);
  run->trial->works = good > 0;
}

/* Tells how the steps before @end went. */
static void
tell (Run *run, Step end, const ShyPullReport *report)
{
  if (end > NETWORK && (run->exchange == NULL || run->exchange->requests == 0))
    {
      while (run->trial->steps->len < end)
        add_step (run, SHY_TRIAL_SKIPPED, _("Not tried yet."));
      return;
    }
  if (end > NETWORK)
    tell_network (run);
  if (end > TLS)
    tell_tls (run);
  if (end > CLOCK)
    tell_clock (run);
  if (end > SIGN)
    tell_sign (run);
  if (end > ENVELOPE)
    tell_envelope (run);
  if (end > PAGING)
    tell_paging (run, report);
}

static void
tell_failure (Run *run, const GError *error)
{
  Step failed = find_failed (run, error);

  tell (run, failed, NULL);
  add_step (run, SHY_TRIAL_FAILED, "%s", error->message);
  while (run->trial->steps->len < N_STEPS)
    add_step (run, SHY_TRIAL_SKIPPED, _("Not reached."));
}

/* Keeps what the source calls things. */
void
shy_trial_keep_names (ShyTrial *self, const ShyPullReport *report)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       source;

  g_hash_table_iter_init (&iter, report->mapped);
  while (g_hash_table_iter_next (&iter, &name, &source))
    g_hash_table_insert (self->mapped, g_strdup (name), g_strdup (source));
  for (guint i = 0; i < report->unmapped->len; i++)
    {
      const char *unmapped = g_ptr_array_index (report->unmapped, i);

      if (!g_hash_table_contains (self->unmapped, unmapped))
        g_hash_table_insert (self->unmapped, g_strdup (unmapped), g_strdup (""));
    }
}

static void
tell_success (Run *run, const ShyPullReport *report)
{
  tell (run, ROWS, report);
  tell_rows (run, report);
  shy_trial_keep_names (run->trial, report);
  for (guint i = 0; i < report->notes->len; i++)
    g_ptr_array_add (run->trial->log, g_strdup (g_ptr_array_index (report->notes, i)));
}

static void
keep_sight (Run *run)
{
  const char *reply = run->trial->reply != NULL ? run->trial->reply : run->exchange->last;

  run->trial->server_pin = g_strdup (shy_transport_get_sight (run->exchange->transport)->pin);
  if (reply != NULL)
    run->trial->sample_reply = shy_trial_sample (run->exchange, run->pull->stream, reply);
}

/**
 * shy_pull_try: (skip)
 * @self: a pull that has not begun, for which no other state counts
 * @cancellable: (nullable): to end it early
 *
 * Asks for two pages and tells how each step went. What only waiting could mend is not waited for.
 * Keeps nothing. Blocks.
 *
 * Returns: (transfer full): what was found, also where it failed
 */
ShyTrial *
shy_pull_try (ShyPull *self, GCancellable *cancellable)
{
  static const ShyPullSink  sink = { NULL, page_cb, NULL };
  Run                       run = { .pull = self, .trial = shy_trial_new () };
  g_autoptr (ShyPullReport) report = NULL;
  g_autoptr (GError)        error = NULL;

  g_return_val_if_fail (SHY_IS_PULL (self), NULL);

  shy_pull_state_restart (self->state);
  shy_pull_set_max_pages (self, PAGES);
  shy_pull_set_keep_sensitive (self, FALSE);
  shy_pull_set_kept_fields (self, NULL);
  shy_pull_set_trace (self, trace_cb, &run);
  self->examples = run.trial->unmapped;
  self->probed = TRUE;
  run.exchange = shy_pull_open (self, cancellable, &error);
  if (run.exchange != NULL)
    run.exchange->hasty = TRUE;
  if (run.exchange != NULL)
    report = shy_pull_run_with (self, run.exchange, &sink, &run, &error);
  if (report != NULL)
    tell_success (&run, report);
  else
    tell_failure (&run, error);
  if (run.exchange != NULL)
    keep_sight (&run);
  g_clear_pointer (&run.exchange, shy_exchange_free);
  self->examples = NULL;
  return run.trial;
}
