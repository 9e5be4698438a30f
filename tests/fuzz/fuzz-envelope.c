/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/pull/shy-row-private.h"
#include "service/pull/shy-trial-private.h"
#include "shy-core.h"

#include <stdint.h>
#include <string.h>

/* Any bytes may come from a service: they become rows or an error, and what is shown of them is
 * short and is text. The first byte chooses the service, the second the character set and the
 * status. */

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GPtrArray *exchanges; /* of ShyExchange */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  static const char *const names[] = { "zj-open-jobfair", "zj-irs-vacancy", "hmac-offset-employers",
                                       "cz-open-employers", "x-ca-vacancy", "md5-key-vacancy" };

  exchanges = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char       *file = g_strconcat (names[i], ".json", NULL);
      g_autofree char       *path = shy_data_build ("services", file, NULL);
      g_autoptr (GError)     error = NULL;
      g_autoptr (ShyService) service = shy_service_new_from_file (path, &error);
      g_autoptr (ShySecrets) secrets = shy_secrets_new ();

      if (service == NULL)
        g_error ("%s", error->message);
      g_ptr_array_add (exchanges, shy_exchange_new (service, secrets, NULL));
    }
  return 0;
}

static void
read_rows (const ShyServiceStream *stream, const ShyJson *json)
{
  ShyPullReport        *report = shy_pull_report_new ();
  g_autoptr (GPtrArray) records = shy_stream_find_records (stream, json);
  g_autoptr (GPtrArray) page = NULL;
  ShyRowMaker           maker;
  guint                 odd;

  shy_row_maker_init (&maker, stream, report);
  page = shy_row_maker_make_page (&maker, records, TRUE, &odd);
  shy_row_maker_finish (&maker);
  for (guint i = 0; i < page->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (page, i);

      for (guint j = 0; j < stream->fields->len; j++)
        if (row->values[j] != NULL && !g_utf8_validate (row->values[j], -1, NULL))
          g_error ("A value is no text.");
    }
  shy_row_maker_clear (&maker);
  shy_pull_report_unref (report);
}

static void
check_sample (ShyExchange *exchange, const ShyServiceStream *stream, const char *text)
{
  g_autofree char *sample = shy_trial_sample (exchange, stream, text);

  if (strlen (sample) > 2048 || !g_utf8_validate (sample, -1, NULL))
    g_error ("A sample is too long or no text.");
}

static void
judge (ShyExchange *exchange, guint status, GBytes *body, const char *text)
{
  const ShyServiceStream *stream = shy_service_get_stream (exchange->service, 0);
  ShyAnswer               answer = { .status = status, .body = body };
  g_autoptr (GHashTable)  headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (ShyPeeled)      peeled = { NULL };
  g_autoptr (GError)      error = NULL;
  ShyAction               action;

  answer.headers = headers;
  shy_peeled_init (&peeled);
  action = shy_judge (exchange, &answer, text, stream->layers, &peeled, &error);
  if ((action == SHY_ACTION_SUCCESS) != (error == NULL) && action != SHY_ACTION_IGNORE)
    g_error ("An answer is a failure without a reason, or a success with one.");
  if (action == SHY_ACTION_SUCCESS && shy_peeled_last (&peeled) != NULL)
    read_rows (stream, shy_peeled_last (&peeled));
  check_sample (exchange, stream, text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const ShyCharset charsets[] = { SHY_CHARSET_AUTO, SHY_CHARSET_UTF_8, SHY_CHARSET_GB18030 };
  static const guint      statuses[] = { 200, 200, 200, 302, 403, 429, 500, 304 };
  g_autoptr (GBytes)      body = NULL;
  g_autoptr (GBytes)      plain = NULL;
  g_autofree char        *text = NULL;
  g_autoptr (GError)      error = NULL;

  if (size < 2)
    return 0;
  body = g_bytes_new (data + 2, size - 2);
  plain = shy_reply_inflate (body, 1024 * 1024, &error);
  if (plain != NULL)
    text = shy_reply_decode (plain, charsets[data[1] % G_N_ELEMENTS (charsets)], &error);
  if ((text == NULL) != (error != NULL))
    g_error ("A body was refused without a reason, or taken with one.");
  if (text != NULL)
    judge (g_ptr_array_index (exchanges, data[0] % exchanges->len),
           statuses[(data[1] >> 4) % G_N_ELEMENTS (statuses)], plain, text);
  return 0;
}
