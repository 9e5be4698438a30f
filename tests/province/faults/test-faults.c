/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig.h"

#include <string.h>

/* For each fault a pull of 450 rows in five pages, and what must come of it. A pull without faults
 * went before, so that there is something to lose; one more comes after, which must bring all. */

#define ROWS 450

typedef enum {
  WHOLE,      /* all rows are there, and each is as without the fault */
  OTHERWISE,  /* the pull is complete, and something else about it is checked */
  INCOMPLETE, /* the pull says itself that it does not replace what is kept */
  FAILED,     /* the pull ends with an error */
} Outcome;

typedef struct
{
  const char *fault;
  Outcome     outcome;
  const char *says;   /* (nullable): in the error, or in the reason of what is incomplete */
  const char *patch;  /* (nullable): of the description */
  const char *notes;  /* (nullable): in a note of the report; "" for no note at all */
  guint       again;  /* requests more than without the fault, at least */
  guint       rejected;
  gboolean    only;   /* the patch is for the fault, not for a province without it */
  guint       gone;   /* rows that are not there, with OTHERWISE */
  ShyError    code;   /* of FAILED; 0: REFUSED */
  const char *service; /* NULL: Z0 */
  gboolean    fresh;   /* no pull went before: a later one asks only for what is new */
} Case;

/* Of Z0, for most: no signature, and the total is asked for on its own. */
#define PAGES      "\"update_probe\":null,\"paginator\":{\"page_size\":100}"
#define USUAL      "{\"stream\":{" PAGES "}}"
#define STREAM(of) "{\"stream\":{\"update_probe\":null,\"paginator\":{\"page_size\":100," of "}}}"
#define FIELDS(of) "{\"stream\":{" PAGES ",\"fields\":[" of "]}}"
#define TRANSPORT(of) "{\"transport\":{" of "},\"stream\":{" PAGES "}}"

#define NO_TOTAL "\"total\":null,\"stop\":[\"empty_page\",\"short_page\"]"
#define KEY      "{\"name\":\"fair_id\",\"from\":[\"acb330\"],\"type\":\"text\",\"required\":true}"
#define TITLE    "{\"name\":\"title\",\"from\":[\"acb331\"],\"type\":\"text\"}"
#define DAY                                                                                        \
  "{\"name\":\"starts_at\",\"from\":[\"acb333\"],\"type\":\"datetime\",\"formats\":["              \
  "\"%Y-%m-%d %H:%M\",\"%Y-%m-%d %H:%M:%S\",\"%Y/%m/%d %H:%M:%S\",\"%Y%m%d%H%M%S\","              \
  "\"epoch_ms\",\"epoch_s\"]}"
#define DAYS FIELDS (KEY "," DAY)
#define PROSE                                                                                      \
  FIELDS (KEY ",{\"name\":\"title\",\"from\":[\"acb331\"],\"type\":\"html_text\"},"                \
              "{\"name\":\"note\",\"from\":[\"aae013\"],\"type\":\"html_text\"}")

/* Employers, whose years and sizes are numbers, in place of job fairs. */
#define NUMBERS                                                                                    \
  "{\"requester\":{\"path\":\"/jdop_front/interfaces/cata_00001/get_data.do\"},"                   \
  "\"stream\":{\"update_probe\":null,\"primary_key\":[\"uscc\"],\"paginator\":{\"page_size\":100," \
  "\"total\":{\"request\":{\"path\":\"/jdop_front/interfaces/cata_00001/get_total.do\"}}},"        \
  "\"fields\":[{\"name\":\"uscc\",\"from\":[\"aab998\"],\"type\":\"text\",\"required\":true},"     \
  "{\"name\":\"year\",\"from\":[\"rdnf\"],\"type\":\"integer\"},"                                  \
  "{\"name\":\"size\",\"from\":[\"aab056\"],\"type\":\"integer\"}]}}"

/* Z0 by GET, whose connections are used again. */
#define BY_GET                                                                                     \
  "{\"requester\":{\"http_method\":\"GET\",\"request_body\":null,\"request_parameters\":{"         \
  "\"appsecret\":\"{{ config.appsecret }}\",\"pageNum\":\"{{ page.number }}\","                    \
  "\"pageSize\":\"{{ page.size }}\"}},\"stream\":{\"update_probe\":null,\"paginator\":{"           \
  "\"page_size\":100,\"total\":{\"request\":{\"request_body\":null}}}}}"

/* Totals in each page. */
#define SZ       "sz-open-employers.json"
#define SZ_PAGES "{\"stream\":{\"paginator\":{\"page_size\":100}}}"

/* By GET, with a nonce that is taken once, 10 minutes, and the offset of a row. */
#define SD       "hmac-offset-employers.json"
#define SD_PAGES "{}"
#define FOLLOWS  "{\"transport\":{\"follow_redirects\":\"same_host_get\"}}"

/* Secrets that rotate, windows of days. */
#define IRS       "zj-irs-vacancy.json"
#define IRS_SHORT "{\"stream\":{\"incremental_sync\":{\"step\":\"P120D\"}}}"

static const Case cases[] = {
  { "F01", FAILED, "接口内部异常" },
  { "F02-text", WHOLE, .notes = "" },
  { "F02-number", WHOLE, .notes = "" },
  { "F03-once", WHOLE, .notes = "" },
  { "F03-twice", WHOLE, .notes = "" },
  { "F04", WHOLE, .notes = "" },
  { "F05-page", FAILED, "请求被拦截" },
  { "F05-as-json", FAILED, "web page" },
  { "F05-challenge", FAILED, "412" },
  { "F06-redirect", FAILED, "may want a login" },
  { "F06-page", FAILED, "may want a login" },
  { "F06-redirect", FAILED, "may want a login", .patch = FOLLOWS, .service = SD },
  { "F07-found", FAILED, "elsewhere" },
  { "F07-found", FAILED, "404", .patch = FOLLOWS, .service = SD },
  { "F07-temporary", FAILED, "elsewhere" },
  { "F07-found", FAILED, "elsewhere",
    .patch = TRANSPORT ("\"follow_redirects\":\"same_host_get\"") },
  { "F07-temporary", FAILED, "elsewhere",
    .patch = TRANSPORT ("\"follow_redirects\":\"same_host_get\"") },
  { "F08-gbk", WHOLE },
  { "F08-utf8", WHOLE },
  { "F09-mark", WHOLE },
  { "F09-utf16", WHOLE },
  { "F10-empty", FAILED, "nothing", .code = SHY_ERROR_UNREACHABLE },
  { "F10-blank", FAILED, "nothing", .code = SHY_ERROR_UNREACHABLE },
  { "F10*1@3", WHOLE, .again = 1 },
  { "F11-garbage", FAILED, "not whole JSON", .code = SHY_ERROR_UNREACHABLE },
  { "F11-second", FAILED, "not whole JSON", .code = SHY_ERROR_UNREACHABLE },
  { "F11-second*1@3", WHOLE, .again = 1 },
  { "F11-nuls", WHOLE },
  { "F12-length", FAILED, "broke off", .code = SHY_ERROR_UNREACHABLE },
  { "F12-chunked", FAILED, "not whole", .code = SHY_ERROR_UNREACHABLE },
  { "F12-gzip", FAILED, "not whole", .code = SHY_ERROR_UNREACHABLE },
  { "F12-eof", FAILED, "not whole", .code = SHY_ERROR_UNREACHABLE },
  { "F12-length*2@3", WHOLE, .again = 2 },
  { "F12-chunked*2@3", WHOLE, .again = 2 },
  { "F12-gzip*2@3", WHOLE, .again = 2 },
  { "F12-eof*2@3", WHOLE, .again = 2 },
  { "F12:0.15", WHOLE, .again = 1 },
  { "F13-silent", WHOLE },
  { "F13-announced", WHOLE },
  { "F14-text", WHOLE, .patch = NUMBERS, .notes = "" },
  { "F14-power", WHOLE, .patch = NUMBERS, .notes = "" },
  { "F14-long", OTHERWISE, .patch = NUMBERS, .notes = "" },
  { "F15-missing", OTHERWISE },
  { "F15-case", WHOLE },
  { "F15-unknown", WHOLE },
  { "F16-written", WHOLE, .patch = DAYS },
  { "F16-none", OTHERWISE, .patch = DAYS },
  { "F17-wide", WHOLE },
  { "F17-html", WHOLE, .patch = PROSE },
  { "F18-grows", INCOMPLETE, "rows and gave 450", .patch = SZ_PAGES, .notes = "changed",
    .service = SZ },
  { "F18-shrinks", WHOLE, .patch = SZ_PAGES, .notes = "changed", .service = SZ },
  { "F18-half", WHOLE, .notes = "has 225 rows and gave 450" },
  { "F18-half", WHOLE, .patch = SZ_PAGES, .notes = "has 225 rows and gave 450", .service = SZ },
  { "F18-removed", OTHERWISE, .notes = "asked for again", .again = 5, .gone = 1 },
  { "F18-removed", OTHERWISE, .patch = SZ_PAGES, .notes = "asked for again", .again = 5, .gone = 1,
    .service = SZ },
  { "F18-nodes", WHOLE, .patch = SZ_PAGES, .notes = "", .service = SZ },
  { "F19-once", WHOLE, .notes = "asked for again", .again = 5 },
  { "F19-always", INCOMPLETE, "only 449 different" },
  { "F19-always", OTHERWISE, .patch = SD_PAGES, .notes = "came twice", .gone = 1,
    .service = SD },
  { "F19-overlap", WHOLE, .notes = "has 450 rows and gave 550" },
  { "F20-same", FAILED, "does not look at the page number" },
  { "F20-same", INCOMPLETE, "gave 100", .patch = STREAM ("\"on_duplicate_page\":\"stop\"") },
  { "F20-same", INCOMPLETE, "only 100 different",
    .patch = STREAM ("\"on_duplicate_page\":\"ignore\"") },
  { "F20-last", WHOLE },
  { "F20-last", FAILED, "does not look at the page number",
    .patch = STREAM ("\"total\":null,\"stop\":[\"empty_page\"]") },
  { "F20-last", WHOLE,
    .patch = STREAM ("\"total\":null,\"stop\":[\"empty_page\"],\"on_duplicate_page\":\"stop\"") },
  { "F21-numbered", WHOLE, .again = 4 },
  { "F21-numbered", WHOLE, .patch = STREAM (NO_TOTAL), .notes = "50 rows a page", .again = 4 },
  { "F21-rows", WHOLE, .patch = SD_PAGES, .notes = "50 rows a page", .again = 4, .service = SD },
  { "F21-unit", WHOLE, .notes = "has 450 rows and gave", .again = 60 },
  { "F22-zero", INCOMPLETE, "gave 350" },
  { "F22-zero", WHOLE, .patch = STREAM ("\"start_from\":0"), .only = TRUE, .notes = "" },
  { "F23-ahead", WHOLE, .patch = SD_PAGES, .notes = "20 minutes behind", .again = 1, .service = SD },
  { "F23-behind", WHOLE, .patch = SD_PAGES, .notes = "20 minutes ahead", .again = 1, .service = SD },
  { "F23-ahead", WHOLE, .patch = IRS_SHORT, .notes = "20 minutes behind", .fresh = TRUE,
    .service = IRS },
  { "F24", WHOLE, .patch = SD_PAGES, .notes = "", .again = 3, .service = SD },
  { "F25-early*1@4", WHOLE, .patch = IRS_SHORT, .notes = "", .again = 1, .fresh = TRUE,
    .service = IRS },
  { "F25-both*1@4", WHOLE, .patch = IRS_SHORT, .notes = "", .again = 2, .fresh = TRUE,
    .service = IRS },
  { "F25-early*1@4 F25-race", WHOLE, .patch = IRS_SHORT, .notes = "", .again = 2, .fresh = TRUE,
    .service = IRS },
  { "F25-early", FAILED, "requestSecret已过期", .patch = IRS_SHORT, .fresh = TRUE,
    .service = IRS },
  { "F25-node", WHOLE, .patch = IRS_SHORT, .notes = "", .again = 5, .fresh = TRUE,
    .service = IRS },
  { "F26-key", FAILED, "请求者标识不存在" },
  { "F26-quota", FAILED, "频繁", .again = 2 },
  { "F26-quota*2@3", WHOLE, .again = 2 },
  { "F27-bare", FAILED, "429", .code = SHY_ERROR_UNREACHABLE },
  { "F27-bare*2@3", WHOLE, .again = 2 },
  { "F27-bare*2@3", WHOLE, .patch = "{\"error_handler\":{\"response_filters\":[]},"
                                    "\"stream\":{" PAGES "}}", .again = 2 },
  { "F27-seconds*2@3", WHOLE, .again = 2 },
  { "F27-date*2@3", WHOLE, .again = 2 },
  { "F27-night", FAILED, "系统维护中", .code = SHY_ERROR_UNREACHABLE },
  { "F27-silent", FAILED, "503", .code = SHY_ERROR_UNREACHABLE },
  { "F27-night*2@3 F27-silent*2@6", WHOLE, .again = 4 },
  { "F28-mute", FAILED, "within 1 second", .patch = TRANSPORT ("\"deadline_seconds\":1"),
    .code = SHY_ERROR_UNREACHABLE },
  { "F28-drip", FAILED, "within 1 second", .patch = TRANSPORT ("\"deadline_seconds\":1"),
    .code = SHY_ERROR_UNREACHABLE },
  { "F28-mute*1@4", WHOLE, .patch = TRANSPORT ("\"timeout_seconds\":1"), .again = 1 },
  { "F29-hang", FAILED, "within 1 second", .patch = TRANSPORT ("\"timeout_seconds\":1"),
    .code = SHY_ERROR_UNREACHABLE },
  { "F29-reset", FAILED, "broke off", .code = SHY_ERROR_UNREACHABLE },
  { "F29-reset*2@3", WHOLE, .again = 2 },
  { "F29-reused", WHOLE },
  { "F29-reused", WHOLE, .patch = BY_GET, .again = 5 },
  { "F34-huge", FAILED, "larger than", .code = SHY_ERROR_LIMIT },
  { "F34-bomb", FAILED, "larger than", .code = SHY_ERROR_LIMIT },
  { "F34-silent", FAILED, "larger than", .code = SHY_ERROR_LIMIT },
  { "F34-deep", FAILED, "nested deeper", .code = SHY_ERROR_LIMIT },
  { "F34-text", FAILED, "larger than", .code = SHY_ERROR_LIMIT },
  { "F35-twice", WHOLE, .notes = "twice" },
  { "F35-nul", OTHERWISE, .rejected = 5, .gone = 5 },
  { "F35-surrogate", OTHERWISE, .rejected = 5, .gone = 5 },
  { "F35-control", WHOLE },
  { "F36-twice", WHOLE },
  { "F36-interim", WHOLE },
  { "F36-old", WHOLE },
  { "F36-untyped", WHOLE },
  { "F36-foreign", WHOLE },
  { "F38-vanished", INCOMPLETE, "lack what is required" },
  { "F38-some", INCOMPLETE, "lack what is required" },
  { "F38-type", INCOMPLETE, "lack what is required" },
  { "F40-none", INCOMPLETE, "the last complete pull had 450" },
  { "F40-half", INCOMPLETE, "the last complete pull had 450" },
};

static const char *
patch_of (const Case *one)
{
  return one->patch != NULL ? one->patch : USUAL;
}

static const char *
service_of (const Case *one)
{
  return one->service != NULL ? one->service : "zj-open-direct.json";
}

/* Where the patch is what the fault needs, a province without it needs another. */
static const char *
sound_patch_of (const Case *one)
{
  return one->only ? USUAL : patch_of (one);
}

/* Pulls without faults; @state may be that of a pull that went wrong. */
static guint
pull_sound (Rig *rig, const Case *one, ShyPullState *state, Heap *heap)
{
  g_autoptr (ShyService)    service = rig_describe (service_of (one), sound_patch_of (one));
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyPullReport) report = rig_pull (rig, service, state, heap, NULL, &error);

  g_assert_no_error (error);
  if (!report->complete)
    g_error ("%s", report->reason);
  g_assert_cmpuint (g_hash_table_size (heap->rows), ==, ROWS);
  g_assert_cmpuint (report->warnings, ==, 0);
  return (guint) report->requests;
}

static void
check_notes (const Case *one, ShyPullReport *report)
{
  g_autofree char *notes = NULL;

  g_ptr_array_add (report->notes, NULL);
  notes = g_strjoinv ("\n", (char **) report->notes->pdata);
  g_ptr_array_remove_index (report->notes, report->notes->len - 1);
  if (one->notes != NULL && *one->notes == '\0')
    g_assert_cmpstr (notes, ==, "");
  else if (one->notes != NULL)
    assert_says (notes, one->notes);
}

static void
check_report (const Case *one, ShyPullReport *report, Heap *heap, Heap *sound, guint requests)
{
  check_notes (one, report);
  if (one->outcome == INCOMPLETE)
    {
      g_assert_false (report->complete);
      assert_says (report->reason, one->says);
      return;
    }
  if (!report->complete)
    g_error ("%s", report->reason);
  g_assert_cmpuint (report->requests, >=, requests + one->again);
  g_assert_cmpuint (report->rejected, ==, one->rejected);
  g_assert_cmpuint (report->warnings, ==, 0);
  if (one->outcome == WHOLE)
    heap_assert_same (heap, sound);
  else
    g_assert_cmpuint (g_hash_table_size (heap->rows), ==, ROWS - one->gone);
}

static void
check_error (const Case *one, const GError *error)
{
  g_assert_nonnull (error);
  assert_says (error->message, one->says);
  /* A page is quoted, but neither its scripts nor keys. */
  g_assert_null (strstr (error->message, "var k"));
  g_assert_null (strstr (error->message, "appsecret"));
  g_assert_cmpuint (error->domain, ==, SHY_ERROR);
  g_assert_cmpint (error->code, ==, one->code != 0 ? one->code : SHY_ERROR_REFUSED);
}

static void
test_fault (gconstpointer data)
{
  const Case               *one = data;
  g_auto (Rig)              rig = { NULL };
  g_auto (Heap)             sound = { NULL };
  g_auto (Heap)             heap = { NULL };
  g_autoptr (ShyPullState)  state = shy_pull_state_new ();
  g_autoptr (ShyPullState)  other = shy_pull_state_new ();
  g_autoptr (ShyService)    service = rig_describe (service_of (one), patch_of (one));
  g_autoptr (ShyPullReport) report = NULL;
  g_autoptr (GError)        error = NULL;
  guint                     requests;

  rig_set_up (&rig, ROWS);
  requests = pull_sound (&rig, one, one->fresh ? other : state, &sound);
  rig_arm (&rig, one->fault);
  report = rig_pull (&rig, service, state, &heap, NULL, &error);
  g_assert_cmpuint (heap.begun, ==, 1);
  g_assert_cmpuint (heap.ended, ==, 1);
  g_assert_cmpuint (faults_count (rig.faults), >, 0);
  if (one->outcome == FAILED)
    {
      check_error (one, error);
      g_assert_false (heap.complete);
    }
  else
    {
      g_assert_no_error (error);
      check_report (one, report, &heap, &sound, requests);
    }
  faults_clear (rig.faults);
  if (one->fresh)
    return;
  pull_sound (&rig, one, state, &heap);
  heap_assert_same (&heap, &sound);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/%s/%" G_GSIZE_FORMAT, cases[i].fault, i);

      g_test_add_data_func (path, &cases[i], test_fault);
    }
  return g_test_run ();
}
