/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig.h"

#include "crypto/shy-pin-private.h"

#include <string.h>

/* What is wrong on the way to a service: certificates, proxies, names, redirects to https; and that
 * memory stays small, a wait can be ended, and two pulls share one refresh. */

#define ROWS     450
#define Z0       "zj-open-direct.json"
#define PAGES    "\"stream\":{\"update_probe\":null,\"paginator\":{\"page_size\":100}}"
#define LONG     600 /* seconds: no test may wait so long */
#define MEGABYTE (1024 * 1024)

static char *
describe_tls (const char *member, const char *value)
{
  return g_strdup_printf ("{\"transport\":{\"deadline_seconds\":5,\"tls\":{\"%s\":\"%s\"}}," PAGES
                          "}", member, value);
}

static char *
find_certificate (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "tls", name, NULL);
}

/* Pulls with @patch over @faults; the message of what went wrong, %NULL if all rows came. */
static char *
pull (Rig *rig, const char *patch)
{
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyService)    service = rig_describe (Z0, patch);
  g_autoptr (ShyPullReport) report = rig_pull (rig, service, NULL, &heap, NULL, &error);

  if (report == NULL)
    {
      g_assert_cmpuint (error->domain, ==, SHY_ERROR);
      g_assert_cmpuint (heap.pages, ==, 0);
      return g_strdup (error->message);
    }
  g_assert_true (report->complete);
  g_assert_cmpuint (g_hash_table_size (heap.rows), ==, ROWS);
  return NULL;
}

/* The same, of a server that is started with @faults. */
static char *
pull_from (const char *faults, const char *patch)
{
  g_auto (Rig) rig = { NULL };

  rig_set_up (&rig, ROWS);
  rig_stop (&rig);
  rig_arm (&rig, faults);
  rig_start (&rig);
  return pull (&rig, patch);
}

/* Each is refused with its reason, also where the authority is known. */
static void
test_certificates (void)
{
  static const struct
  {
    const char *fault;
    const char *says;
  } rows[] = {
    { "F30-self", "authority that this computer does not know" },
    { "F30-expired", "has expired" },
    { "F30-host", "belongs to another name" },
    { "F30-chain", "authority that this computer does not know" },
    { "F30-old", "No safe connection" },
    { "F31", "TLCP" },
  };
  g_autofree char *authority = find_certificate ("authority.pem");
  g_autofree char *known = describe_tls ("ca_file", authority);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *unknown_says = pull_from (rows[i].fault, "{" PAGES "}");
      g_autofree char *known_says = pull_from (rows[i].fault, known);

      assert_says (unknown_says, rows[i].says);
      assert_says (known_says, rows[i].says);
    }
}

/* A certificate that nobody signed is taken by the key that a person pinned, and by no other. */
static void
test_pins (void)
{
  g_autofree char            *path = find_certificate ("self.pem");
  g_autofree char            *other_path = find_certificate ("good.pem");
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GTlsCertificate) other = g_tls_certificate_new_from_file (other_path, NULL);
  g_autofree char            *pin = shy_pin_of_key (certificate);
  g_autofree char            *other_pin = shy_pin_of_key (other);
  g_autofree char            *right = describe_tls ("pin_sha256", pin);
  g_autofree char            *wrong = describe_tls ("pin_sha256", other_pin);
  g_autofree char            *nothing = pull_from ("F30-self", right);
  g_autofree char            *refused = pull_from ("F30-self", wrong);

  g_assert_cmpstr (nothing, ==, NULL);
  g_assert_nonnull (refused);
}

/* By POST and by GET, permanently or not: the very same request goes by https, signed anew. */
static void
test_https (void)
{
  static const char *const faults[] = { "F07-https", "F07-kept" };
  static const char *const services[] = { Z0, "hmac-offset-employers.json" };
  g_autofree char         *authority = find_certificate ("authority.pem");
  g_autofree char         *tls = g_strdup_printf ("{\"transport\":{\"tls\":{\"ca_file\":\"%s\"}}}",
                                                  authority);

  for (guint i = 0; i < 4; i++)
    {
      g_auto (Rig)              rig = { NULL };
      g_auto (Heap)             heap = { NULL };
      g_autoptr (ShyService)    service = rig_describe (services[i / 2], tls);
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyPullReport) report = NULL;

      rig_set_up (&rig, ROWS);
      rig_stop (&rig);
      rig_arm (&rig, faults[i % 2]);
      rig_start (&rig);
      report = rig_pull (&rig, service, NULL, &heap, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (report->complete);
      g_assert_cmpuint (g_hash_table_size (heap.rows), ==, ROWS);
      /* One request went to http, and no more. */
      g_assert_cmpuint (faulty_server_count (rig.server), ==, report->requests);
      g_assert_cmpuint (faulty_server_count_secure (rig.server), ==, report->requests - 1);
    }
}

/* Plain http must be allowed by name, and whoever looks at the service can see that it was. */
static void
test_plain (void)
{
  g_autoptr (ShyService) allowed = rig_describe (Z0, NULL);
  g_autoptr (ShyService) plain = rig_describe (Z0, "{\"transport\":{\"allow_insecure_http\":false}}");
  g_autoptr (ShySecrets) secrets = rig_secrets (plain);
  g_autoptr (ShyPull)    pull = shy_pull_new (plain, shy_service_get_stream (plain, 0), secrets, NULL);
  g_autoptr (GError)     error = NULL;
  static const ShyPullSink nowhere = { NULL };

  g_assert_true (shy_service_get_insecure (allowed));
  g_assert_false (shy_service_get_insecure (plain));
  shy_pull_set_url_base (pull, "http://province.example.invalid");
  g_assert_null (shy_pull_run (pull, &nowhere, NULL, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  assert_says (error->message, "plain http");
}

/* Asks the rig's server as a proxy for a host that is nowhere. */
static char *
pull_through (Rig *rig, const char *base)
{
  g_autofree char *patch = g_strdup_printf (
    "{\"transport\":{\"proxy\":\"%s\"}," PAGES "}", faulty_server_get_base (rig->server));
  g_autoptr (ShyService)    service = rig_describe (Z0, patch);
  g_auto (Heap)             heap = { NULL };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = rig_pull_at (base, service, NULL, &heap, NULL, &error);

  if (report == NULL)
    return g_strdup (error->message);
  g_assert_true (report->complete);
  g_assert_cmpuint (g_hash_table_size (heap.rows), ==, ROWS);
  return NULL;
}

static void
test_proxies (void)
{
  g_auto (Rig)     rig = { NULL };
  g_autofree char *nothing = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *asked_secure = NULL;
  g_autofree char *blocked = NULL;

  rig_set_up (&rig, ROWS);
  nothing = pull_through (&rig, "http://data.example.invalid");
  g_assert_cmpstr (nothing, ==, NULL);
  rig_arm (&rig, "F33-login");
  asked = pull_through (&rig, "http://data.example.invalid");
  assert_says (asked, "The proxy does not let this computer through to “data.example.invalid”");
  asked_secure = pull_through (&rig, "https://data.example.invalid");
  assert_says (asked_secure, "The proxy does not let this computer through");
  faults_clear (rig.faults);
  rig_arm (&rig, "F33-blocked");
  blocked = pull_through (&rig, "http://data.example.invalid");
  assert_says (blocked, "代理服务器禁止访问");
}

/* Of what the process held at most, in bytes. */
static gsize
read_peak (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

/* 100 megabytes come, and most of them go unread. */
static void
test_memory (void)
{
  g_auto (Rig)     rig = { NULL };
  gsize            before;

  rig_set_up (&rig, ROWS);
  g_assert_cmpstr (pull (&rig, "{" PAGES "}"), ==, NULL);
  before = read_peak ();
  for (guint i = 0; i < 3; i++)
    {
      static const char *const faults[] = { "F34-huge", "F34-bomb", "F34-silent" };
      g_autofree char         *says = NULL;

      rig_arm (&rig, faults[i]);
      says = pull (&rig, "{" PAGES "}");
      assert_says (says, "larger than");
      faults_clear (rig.faults);
    }
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (read_peak () - before, <, 40 * MEGABYTE);
#endif
  g_test_message ("%zu bytes more at most", read_peak () - before);
}

static gpointer
cancel_behind_first (gpointer data)
{
  gpointer *parts = data;
  Rig      *rig = parts[0];

  while (faults_count (rig->faults) == 0)
    g_usleep (1000);
  g_cancellable_cancel (parts[1]);
  return NULL;
}

/* A server that asks for a day is waited for ten minutes, and not a moment longer than a person
 * wants. */
static void
test_patience (void)
{
  g_auto (Rig)              rig = { NULL };
  g_auto (Heap)             heap = { NULL };
  g_autoptr (ShyService)    service = rig_describe (Z0, "{" PAGES "}");
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GError)        error = NULL;
  gpointer                  parts[] = { &rig, cancellable };
  gint64                    begun = g_get_monotonic_time ();
  GThread                  *thread;

  rig_set_up (&rig, ROWS);
  rig_arm (&rig, "F27-day");
  thread = g_thread_new ("cancel", cancel_behind_first, parts);
  g_assert_null (rig_pull (&rig, service, NULL, &heap, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, LONG * G_USEC_PER_SEC);
  g_thread_join (thread);
}

static gpointer
pull_irs (gpointer data)
{
  g_auto (Heap)             heap = { NULL };
  g_autoptr (ShyService)    service = rig_describe (
    "zj-irs-vacancy.json", "{\"stream\":{\"incremental_sync\":{\"step\":\"P120D\"}}}");
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = rig_pull (data, service, NULL, &heap, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (g_hash_table_size (heap.rows), ==, ROWS);
  return NULL;
}

/* Two that begin at the same time do not spoil each other's secrets. */
static void
test_race (void)
{
  g_auto (Rig) rig = { NULL };
  GThread     *threads[4];

  rig_set_up (&rig, ROWS);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pull", pull_irs, &rig);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (province_count_requests (rig.province, "/gateway/app/refreshToken"), ==, 1);
}

/* Rows that are added while a pull is under way come with it. */
static void
add_rows (gpointer data)
{
  Rig *rig = data;

  if (province_get_rows (rig->province) == ROWS)
    province_set_rows (rig->province, ROWS + 60);
}

static void
test_growth (void)
{
  g_auto (Rig)              rig = { NULL };
  g_auto (Heap)             heap = { .paged = add_rows, .paged_data = &rig };
  g_autoptr (ShyService)    service = rig_describe (
    "sz-open-employers.json", "{\"stream\":{\"paginator\":{\"page_size\":100}}}");
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = NULL;

  rig_set_up (&rig, ROWS);
  report = rig_pull (&rig, service, NULL, &heap, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (g_hash_table_size (heap.rows), ==, ROWS + 60);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reach/memory", test_memory);
  g_test_add_func ("/reach/certificates", test_certificates);
  g_test_add_func ("/reach/pins", test_pins);
  g_test_add_func ("/reach/https", test_https);
  g_test_add_func ("/reach/plain", test_plain);
  g_test_add_func ("/reach/proxies", test_proxies);
  g_test_add_func ("/reach/patience", test_patience);
  g_test_add_func ("/reach/race", test_race);
  g_test_add_func ("/reach/growth", test_growth);
  return g_test_run ();
}
