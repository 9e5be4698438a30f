/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-facts-policy.h"
#include "policy/shy-policy-batch.h"
#include "shy-data.h"

#include <string.h>
#include <time.h>

/* A million synthetic applications for the postdoc grant, decided with the result of every
 * criterion, on one core: over columns, and by a loop in C that somebody wrote by hand for this one
 * policy and these settings. Both must agree on every row and criterion. Nobody in it is real. */

#define N_ROWS      1000000
#define N_ALONE     20000 /* rows judged one at a time, for comparison */
#define N_CRITERIA  21
#define N_WITH_GAPS 100000
#define MISSING_PER 100   /* in the second run, one row in so many lacks a fact */

enum { STATION_FLOW, STATION_WORK, STATION_JOINT, STATION_ABROAD };
static const char * const stations[] = { "流动站", "工作站", "联合培养", "境外机构" };
static const char * const exits[] = { "期满出站", "转二站", "退站", "在站" };
static const char * const owners[] = { "民营", "国有独资", "国有控股", "外商投资", "农民专业合作社",
                                       "村股份经济合作社", "个体工商户", "事业单位", "其他" };
static const char * const before[] = { "无", "本县", "其他山区县" };
static const char * const counties[] = { "331122", "330127", "330326", "330803", "330106" };
static const char * const hosts[] = { "浙江某大学", "某某科技有限公司", "某研究院" };
static const char * const firms[] = { "某某科技有限公司", "缙云某某机械有限公司", "某生物" };
static const char * const papers[] = { "B2023-0001", "无", "B2021-0420", "" };

/* One application as a program written for it alone would hold it; days since 1970. */
typedef struct {
  gint32 left, begin, end, born, applied, on;
  gint16 insured, back_paid;
  guint8 exit, station, owner, earlier, county, registered, insured_in, works_in, host, firm, paper;
  guint8 in_service, proof, first, had, other, code_nine;
} Row;

static guint64 state_ = 46;

static guint
draw (guint n)
{
  state_ = state_ * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);

  return (guint) ((state_ >> 33) % n);
}

static guint8
mostly (guint usual,
        guint n,
        guint percent)
{
  return (guint8) (draw (100) < percent ? usual : draw (n));
}

static Row
draw_row (void)
{
  Row row = { .on = 20000 + (gint32) draw (300) };

  row.left = 19100 + (gint32) draw (850);
  row.begin = row.left + (gint32) draw (200) - 5;
  row.end = row.begin + 700 + (gint32) draw (1500);
  row.born = row.left - 10500 - (gint32) draw (7000);
  row.applied = row.left + (gint32) draw (900);
  row.insured = (gint16) draw (40);
  row.back_paid = (gint16) (draw (5) == 0 ? draw (6) : 0);
  row.exit = mostly (0, 4, 92);
  row.station = mostly (0, 4, 60);
  row.owner = mostly (0, 9, 85);
  row.earlier = mostly (0, 3, 90);
  row.county = (guint8) draw (5);
  row.registered = mostly (row.county, 5, 93);
  row.insured_in = mostly (row.county, 5, 93);
  row.works_in = mostly (row.county, 5, 93);
  row.host = (guint8) draw (3);
  row.firm = (guint8) draw (3);
  row.paper = mostly (0, 4, 95);
  row.in_service = draw (12) == 0;
  row.proof = draw (8) != 0;
  row.first = draw (10) != 0;
  row.had = draw (40) == 0;
  row.other = draw (20) == 0;
  row.code_nine = draw (30) != 0;

  return row;
}

static void
put (ShyFacts    *facts,
     ShyPolicy   *policy,
     const char  *name,
     const char  *text)
{
  g_autoptr (GError) error = NULL;

  if (!shy_facts_take (facts, policy, name, text, SHY_FACT_ORIGIN_FILE, NULL, &error))
    g_error ("%s", error->message);
}

static void
put_day (ShyFacts   *facts,
         ShyPolicy  *policy,
         const char *name,
         gint32      day)
{
  GDate date;
  char  text[16];

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day + 719163));
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  put (facts, policy, name, text);
}

static void
put_number (ShyFacts   *facts,
            ShyPolicy  *policy,
            const char *name,
            gint64      number)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  put (facts, policy, name, text);
}

static void
put_row (ShyFacts  *facts,
         ShyPolicy *policy,
         const Row *row)
{
  GDate on;

  g_date_clear (&on, 1);
  g_date_set_julian (&on, (guint32) (row->on + 719163));
  shy_facts_set_on (facts, &on);
  shy_facts_set_county (facts, counties[row->county]);
  put (facts, policy, "出站类型", exits[row->exit]);
  put_day (facts, policy, "出站日期", row->left);
  put (facts, policy, "在站身份", row->in_service ? "在职" : "非在职");
  put (facts, policy, "站类型", stations[row->station]);
  put (facts, policy, "境外博士后证明", row->proof ? "true" : "false");
  put (facts, policy, "博士后证书号", papers[row->paper]);
  put (facts, policy, "单位所有制", owners[row->owner]);
  put (facts, policy, "统一社会信用代码", row->code_nine ? "91331122MA00000155" : "52331122MA00000155");
  put_day (facts, policy, "合同开始", row->begin);
  put_day (facts, policy, "合同结束", row->end);
  put (facts, policy, "出站后首次就业", row->first ? "true" : "false");
  put (facts, policy, "此前山区县就业", before[row->earlier]);
  put (facts, policy, "设站单位", hosts[row->host]);
  put (facts, policy, "用人单位", firms[row->firm]);
  put (facts, policy, "登记地", counties[row->registered]);
  put (facts, policy, "参保地", counties[row->insured_in]);
  put (facts, policy, "工作地", counties[row->works_in]);
  put (facts, policy, "曾享受本补贴", row->had ? "true" : "false");
  put (facts, policy, "享受其他人才补贴", row->other ? "true" : "false");
  put_number (facts, policy, "社保连续月数", row->insured);
  put_number (facts, policy, "补缴月数", row->back_paid);
  put_day (facts, policy, "申报日期", row->applied);
  put_day (facts, policy, "出生日期", row->born);
}

static ShyFacts *
new_frame (ShyPolicy *policy)
{
  static const char * const settings[][2] = {
    { "本县发放", "true" }, { "首次口径", "本县首次" }, { "原设站企业口径", "不认定" },
    { "属地口径", "三地一致" }, { "日期口径", "合同开始" }, { "境外博士后口径", "纳入" },
    { "叠加口径", "不可叠加" }, { "最低合同年限", "3" }, { "最低社保月数", "6" },
    { "申报期限月数", "24" }, { "年龄上限", "40" },
  };
  ShyFacts *frame = shy_facts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!shy_facts_take_setting (frame, policy, settings[i][0], settings[i][1], &error))
        g_error ("%s", error->message);
    }

  return frame;
}

/* The hand-written peer: the calendar, then the rule. */
typedef struct {
  int year, month, day;
} Civil;

static inline Civil
to_civil (gint32 days)
{
  gint32 z = days + 719468;
  gint32 era = z / 146097;
  gint32 doe = z - era * 146097;
  gint32 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint32 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint32 mp = (5 * doy + 2) / 153;
  gint32 month = mp < 10 ? mp + 3 : mp - 9;

  return (Civil) { yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1 };
}

static inline gint32
from_civil (int year,
            int month,
            int day)
{
  gint32 y = year - (month <= 2);
  gint32 era = y / 400;
  gint32 yoe = y - era * 400;
  gint32 doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static inline int
full_years (gint32 from,
            gint32 until)
{
  Civil a = to_civil (from);
  Civil b = to_civil (until);
  int   months = (b.year - a.year) * 12 + b.month - a.month;

  /* both here are always in order */
  return (months - (b.day < a.day)) / 12;
}

static inline gint32
add_months (gint32 day,
            int    months)
{
  static const guint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  Civil               date = to_civil (day);
  int                 total = date.year * 12 + date.month - 1 + months;
  int                 year = total / 12;
  int                 month = total % 12 + 1;
  gboolean            leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  int                 last = lengths[month - 1] + (month == 2 && leap);

  return from_civil (year, month, MIN (date.day, last));
}

static inline guint8
holds (gboolean yes)
{
  return yes ? SHY_POLICY_RESULT_TRUE : SHY_POLICY_RESULT_FALSE;
}

static inline guint8
refers (gboolean person,
        gboolean yes)
{
  return person ? SHY_POLICY_RESULT_PERSON : holds (yes);
}

static gboolean
same_firm (const Row *row)
{
  return (row->station == STATION_WORK || row->station == STATION_JOINT)
         && (strstr (hosts[row->host], firms[row->firm]) != NULL
             || strstr (firms[row->firm], hosts[row->host]) != NULL);
}

/* The group of 26: all but the last of the counties, the third until 2024-08-21 (a person then). */
static guint8
judge_group (const Row *row,
             gint32     key)
{
  if (row->county == 4)
    return SHY_POLICY_RESULT_FALSE;

  return refers (row->county == 2 && key >= 19956, TRUE);
}

static guint8
judge_by_hand (const Row *row,
               guint8    *r)
{
  gboolean like = row->owner >= 4 && row->owner <= 6;
  gboolean abroad = row->station == STATION_ABROAD;
  gint32   key = MAX (row->begin, row->left);
  guint8   worst = SHY_POLICY_ELIGIBLE;
  guint8   group = judge_group (row, key);
  int      refused = group == SHY_POLICY_RESULT_FALSE || key < 19184;
  int      person = group == SHY_POLICY_RESULT_PERSON;

  r[0] = holds (row->exit == 0);
  r[1] = holds (row->left <= row->on);
  r[2] = holds (!row->in_service);
  r[3] = refers (!abroad && row->paper == 1, abroad ? row->proof : row->paper != 3);
  r[4] = SHY_POLICY_RESULT_TRUE;
  r[5] = holds (row->owner == 0 || like);
  r[6] = refers (like, TRUE);
  r[7] = refers (row->owner == 0 && !row->code_nine, row->code_nine || like);
  r[8] = holds (row->begin <= row->on);
  r[9] = holds (row->begin >= 19184);
  r[10] = refers (row->begin < row->left, TRUE);
  r[11] = holds (row->earlier != 1);
  r[12] = holds (!same_firm (row));
  r[13] = holds (row->registered == row->county && row->insured_in == row->county
                 && row->works_in == row->county);
  r[14] = holds (!row->had);
  r[15] = holds (!row->other);
  r[16] = SHY_POLICY_RESULT_TRUE;
  r[17] = holds (full_years (row->begin, row->end + 1) >= 3);
  r[18] = refers (row->back_paid > 0 && row->insured >= 6 && row->insured - row->back_paid < 6,
                  row->insured >= 6);
  r[19] = holds (row->applied <= add_months (row->left, 24));
  r[20] = holds (full_years (row->born, row->left) <= 40);
  for (guint i = 0; i < N_CRITERIA; i++)
    {
      refused |= r[i] == SHY_POLICY_RESULT_FALSE;
      person |= r[i] == SHY_POLICY_RESULT_PERSON;
    }
  if (refused)
    worst = SHY_POLICY_NOT_ELIGIBLE;
  else if (person)
    worst = SHY_POLICY_PERSON;

  return worst;
}

/* Of this thread alone, so that what else runs on the machine does not count. */
static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static ShyPolicyBatch *
fill (ShyPolicy      *policy,
      const ShyFacts *frame,
      const Row      *rows,
      guint           n_rows,
      gboolean        with_gaps)
{
  ShyPolicyBatch       *batch = shy_policy_batch_new (policy, frame, NULL);
  g_autoptr (ShyFacts)  facts = shy_facts_new ();
  GPtrArray            *fields = shy_policy_get_fields (policy);

  for (guint i = 0; i < n_rows; i++)
    {
      put_row (facts, policy, &rows[i]);
      if (with_gaps && i % MISSING_PER == 0)
        {
          const ShyPolicyField *field = g_ptr_array_index (fields, draw (fields->len));

          shy_facts_remove (facts, field->name);
        }
      shy_policy_batch_append (batch, facts);
    }

  return batch;
}

static double
run (ShyPolicyBatch *batch,
     const char     *name)
{
  double best = G_MAXDOUBLE;
  guint  n_rows = shy_policy_batch_get_n_rows (batch);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      double             start = cpu_seconds ();

      if (!shy_policy_batch_run (batch, NULL, &error))
        g_error ("%s", error->message);
      best = MIN (best, (cpu_seconds () - start));
    }
  g_print ("policy.%s %.0f decisions/s\n", name, n_rows / best);
  g_print ("policy.%s.alone %.3f %%\n", name,
           100.0 * shy_policy_batch_get_n_alone (batch) / n_rows);

  return best;
}

static double
run_by_hand (const Row *rows,
             guint8    *outcomes,
             guint8    *results)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < 3; i++)
    {
      double start = cpu_seconds ();

      for (guint j = 0; j < N_ROWS; j++)
        outcomes[j] = judge_by_hand (&rows[j], results + (gsize) j * N_CRITERIA);
      best = MIN (best, (cpu_seconds () - start));
    }
  g_print ("policy.c-loop %.0f decisions/s\n", N_ROWS / best);

  return best;
}

static gboolean
compare (ShyPolicyBatch *batch,
         const guint8   *outcomes,
         const guint8   *results)
{
  guint n_wrong = 0;

  for (guint row = 0; row < N_ROWS; row++)
    {
      gboolean same = shy_policy_batch_get_outcome (batch, row) == outcomes[row];

      for (guint i = 0; i < N_CRITERIA; i++)
        if (shy_policy_batch_get_result (batch, row, i) != results[(gsize) row * N_CRITERIA + i])
          {
            if (n_wrong == 0)
              g_printerr ("row %u, criterion %u: %d, by hand %d\n", row, i,
                          shy_policy_batch_get_result (batch, row, i),
                          results[(gsize) row * N_CRITERIA + i]);
            same = FALSE;
          }
      n_wrong += !same;
    }
  g_print ("policy.rows-that-differ %u rows\n", n_wrong);

  return n_wrong == 0;
}

static void
run_alone (ShyPolicy      *policy,
           ShyPolicyBatch *batch)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_facts_free);
  double                start;

  for (guint i = 0; i < N_ALONE; i++)
    g_ptr_array_add (rows, shy_policy_batch_get_facts (batch, i));
  start = cpu_seconds ();
  for (guint i = 0; i < N_ALONE; i++)
    {
      g_autoptr (ShyVerdict) verdict = shy_policy_decide (policy, g_ptr_array_index (rows, i), NULL);

      g_assert (shy_verdict_get_outcome (verdict) == shy_policy_batch_get_outcome (batch, i));
    }
  g_print ("policy.one-at-a-time %.0f decisions/s\n", N_ALONE / (cpu_seconds () - start));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char           *path = shy_data_build ("policies", "zj-postdoc-grant.json", NULL);
  g_autoptr (GError)         error = NULL;
  g_autoptr (ShyPolicy)      policy = shy_policy_new_from_file (path, &error);
  g_autoptr (ShyFacts)       frame = NULL;
  g_autofree Row            *rows = g_new (Row, N_ROWS);
  g_autofree guint8         *outcomes = g_new (guint8, N_ROWS);
  g_autofree guint8         *results = g_new (guint8, (gsize) N_ROWS * N_CRITERIA);
  g_autoptr (ShyPolicyBatch) batch = NULL;
  g_autoptr (ShyPolicyBatch) gaps = NULL;
  double                     by_columns;
  double                     by_hand;
  double                     start;
  gboolean                   agree;

  if (policy == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < N_ROWS; i++)
    rows[i] = draw_row ();
  frame = new_frame (policy);
  start = cpu_seconds ();
  batch = fill (policy, frame, rows, N_ROWS, FALSE);
  g_print ("policy.fill %.0f rows/s\n", N_ROWS / (cpu_seconds () - start));

  by_columns = run (batch, "columns");
  by_hand = run_by_hand (rows, outcomes, results);
  g_print ("policy.c-loop-over-columns %.2f ratio\n", by_columns / by_hand);
  agree = compare (batch, outcomes, results);
  run_alone (policy, batch);

  gaps = fill (policy, frame, rows, N_WITH_GAPS, TRUE);
  run (gaps, "columns-one-row-in-100-lacks-a-fact");

  return agree ? 0 : 1;
}
