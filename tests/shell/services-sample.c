/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-sample.h"

void
services_sample_start (ServicesSample *self,
                       guint64         rows)
{
  g_autoptr (GError) error = NULL;

  self->province = province_new (rows, &error);
  g_assert_no_error (error);
  self->server = province_server_start (self->province, 0, &error);
  g_assert_no_error (error);
}

void
services_sample_stop (ServicesSample *self)
{
  g_clear_pointer (&self->server, province_server_stop);
  g_clear_pointer (&self->province, province_free);
}

static void
replace (GString    *text,
         const char *before,
         const char *after)
{
  g_assert_cmpuint (g_string_replace (text, before, after, 1), ==, 1);
}

/* The province is not where the description says, speaks no TLS, and is not to be waited for. */
static void
bring_home (GString    *text,
            const char *base)
{
  g_autofree char *here = g_strdup_printf ("\"allow_insecure_http\": true,\n    \"url_base\": \"%s\"",
                                           base);
  const char      *from = strstr (text->str, "\"url_base\"");
  const char      *to = strchr (from, ',');
  g_autofree char *there = g_strndup (from, to - from);

  replace (text, there, here);
  g_string_replace (text, "\"requests_per_second\": 5", "\"requests_per_second\": 0", 1);
}

void
services_sample_connect (ServicesSample *self,
                         ShyStore       *store,
                         const char     *id,
                         const char     *before,
                         const char     *after)
{
  g_autofree char           *name = g_strdup_printf ("services/%s.json", id);
  g_autoptr (GError)         error = NULL;
  g_autoptr (GBytes)         shipped = shy_data_load (name, &error);
  g_autoptr (ShyServiceBook) book = shy_service_book_new (store);
  g_autoptr (GBytes)         bytes = NULL;
  g_autofree char           *added = NULL;
  GString                   *text;

  g_assert_no_error (error);
  text = g_string_new_len (g_bytes_get_data (shipped, NULL), (gssize) g_bytes_get_size (shipped));
  bring_home (text, province_server_get_base (self->server));
  if (before != NULL)
    replace (text, before, after);
  bytes = g_string_free_to_bytes (text);
  added = shy_service_book_add (book, bytes, name, FALSE, &error);
  g_assert_no_error (error);
}
