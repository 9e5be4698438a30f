/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "update-fixture.h"

static ShyUpdateReview *
review (ShyUpdate *update)
{
  g_autoptr (ShyUpdateBasis) basis = NULL;

  start_afresh ();
  basis = shy_update_basis_load (NULL);
  return shy_update_review (update, basis);
}

static ShyUpdateReview *
review_content (const char *content)
{
  g_autoptr (ShyUpdate) update = make_update (content);

  return review (update);
}

static ShyUpdateFinding
get_finding (ShyUpdateReview *self,
             const char      *name)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      const ShyUpdateCheck *check = self->checks->pdata[i];

      if (g_str_equal (check->name, name))
        return check->finding;
    }
  return SHY_UPDATE_SKIPPED;
}

static void
assert_line (ShyUpdateReview *self,
             const char      *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < self->changes->len; i++)
    {
      g_autofree char *line = shy_update_change_to_sentence (self->changes->pdata[i]);

      if (g_str_equal (line, expected))
        return;
      g_string_append_printf (all, "\n%s", line);
    }
  g_error ("no line “%s” in%s", expected, all->str);
}

static void
test_pack (void)
{
  g_autofree char            *content = make_pack ("2025.1");
  g_autoptr (ShyUpdateReview) self = review_content (content);

  g_assert_cmpstr (shy_update_review_get_reason (self), ==, NULL);
  g_assert_true (self->acceptable);
  g_assert_cmpstr (self->before, ==, "2023.3");
  g_assert_cmpstr (self->signer, ==, "测试人社厅");
  g_assert_cmpint (get_finding (self, "signature"), ==, SHY_UPDATE_FINE);
  g_assert_cmpint (get_finding (self, "cases"), ==, SHY_UPDATE_FINE);
  assert_line (self, "Amount, Calculation: 10,000元 → 12,000元");
  assert_line (self, "In force, First day: none → 2024-01-01");
  assert_line (self, "Cases “Everything in order”: Eligible, 10,000 yuan → Eligible, 12,000 yuan");
}

/* The cases of the version before come out otherwise where they are paid, and before the new one
 * is in force. */
static void
test_rehearsal (void)
{
  g_autofree char            *content = make_pack ("2025.1");
  g_autofree char            *same = NULL;
  g_autofree char            *line = NULL;
  g_autofree char            *shipped = read_data ("policies/zj-post-care.json");
  g_autoptr (ShyUpdateReview) self = review_content (content);
  g_autoptr (ShyUpdateReview) none = NULL;

  g_assert_cmpuint (self->rehearsal->tried, >, 5);
  g_assert_cmpuint (self->rehearsal->others, >, 0);
  g_assert_cmpuint (self->rehearsal->lines->len, ==, 1);
  line = g_strdup_printf ("Eligible (10,000 yuan) → Eligible (12,000 yuan): %u cases, as "
                          "“Everything in order”", self->rehearsal->others);
  g_assert_cmpstr (self->rehearsal->lines->pdata[0], ==, line);

  same = replace (shipped, "\"version\": \"2023.3\"", "\"version\": \"2023.4\"");
  none = review_content (same);
  g_assert_true (none->acceptable);
  g_assert_cmpuint (none->rehearsal->tried, ==, self->rehearsal->tried);
  g_assert_cmpuint (none->rehearsal->others, ==, 0);
  g_assert_cmpuint (none->changes->len, ==, 0);
}

/* A version that begins later than all cases decides them as on its first day. */
static void
test_rehearsal_later (void)
{
  g_autofree char            *content = make_pack ("2025.1");
  g_autofree char            *later = replace (content, "\"from\": \"2024-01-01\"",
                                               "\"from\": \"2030-01-01\"");
  g_autoptr (ShyUpdateReview) self = review_content (later);

  for (guint i = 0; i < self->rehearsal->lines->len; i++)
    g_assert_null (strstr (self->rehearsal->lines->pdata[i], "→ Not eligible"));
}

static void
test_parts (void)
{
  g_autofree char            *shipped = read_data ("policies/zj-post-care.json");
  g_autofree char            *version = replace (shipped, "\"version\": \"2023.3\"",
                                                 "\"version\": \"2023.4\"");
  g_autofree char            *longer = replace (version, "\"max\": 3", "\"max\": 5");
  g_autofree char            *condition = replace (longer, "\"condition\": \"合同开始 <= on\"",
                                                   "\"condition\": \"合同开始 < on\"");
  g_autofree char            *without =
    replace (condition, "\"steps\": [", "\"steps\": [\n{\"id\": \"more\", \"title\": {\"zh_CN\": "
             "\"抽查\", \"en\": \"Spot check\"}, \"days\": 5, \"unit\": \"working\", \"clause\": "
             "\"c-steps\", \"status\": \"unverified\"},");
  g_autoptr (ShyUpdateReview) self = review_content (without);

  /* The cases are those of the version before: what changes shows in them. */
  g_assert_cmpint (get_finding (self, "contents"), ==, SHY_UPDATE_FINE);
  g_assert_cmpint (get_finding (self, "cases"), ==, SHY_UPDATE_FAILED);
  assert_line (self, "Limits “No more than 3 years”, At most: 3 → 5");
  assert_line (self, "Criteria “The job has begun”, Condition: 合同开始 <= on → 合同开始 < on");
  assert_line (self, "New: Steps “Spot check”: Time allowed: 5, Unit: working days");
}

typedef struct
{
  const char *from;
  const char *to;
  const char *check;
} Refusal;

static void
assert_refused (const char *content, const Refusal *row)
{
  g_autofree char            *broken = row->from != NULL ? replace (content, row->from, row->to)
                                                         : g_strdup (content);
  g_autoptr (ShyUpdateReview) self = review_content (broken);

  g_test_message ("%s → %s", row->from, row->to);
  g_assert_false (self->acceptable);
  g_assert_nonnull (shy_update_review_get_reason (self));
  g_assert_cmpint (get_finding (self, row->check), ==, SHY_UPDATE_FAILED);
}

static void
test_refused_packs (void)
{
  static const Refusal rows[] = {
    { "\"amount\": 12000", "\"amount\": 13000", "cases" },
    { "\"format\": 1", "\"format\": 1, \"spell\": 2", "contents" },
    { "\"condition\": \"合同开始 <= on\"", "\"condition\": \"合同开始 <= (\"", "contents" },
    { "\"version\": \"2025.1\"", "\"version\": \"2023.3\"", "version" },
    { "\"version\": \"2025.1\"", "\"version\": \"2022.12\"", "version" },
    { "\"clause\": \"c-years\"", "\"clause\": null", "lint" },
  };
  static const Refusal no_cases = { NULL, NULL, "cases" };
  g_autofree char     *content = make_pack ("2025.1");
  g_auto (GStrv)       parts = g_strsplit (content, "\"cases\": [", 2);
  g_autofree char     *without = g_strconcat (parts[0], "\"cases\": [] }", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (content, &rows[i]);
  assert_refused (without, &no_cases);
}

/* What is not trusted is not read. */
static void
test_not_trusted (void)
{
  g_autofree char            *content = make_pack ("2025.1");
  g_autofree char            *text = sign (content, "stranger-key.pem");
  g_autoptr (ShyUpdate)       stranger = parse (text);
  g_autoptr (ShyUpdateReview) self = review (stranger);
  g_autofree char            *good = sign (content, "bureau-key.pem");
  g_autofree char            *other = replace (good, "12000", "99999");
  g_autoptr (ShyUpdate)       tampered = parse (other);
  g_autoptr (ShyUpdateReview) changed = review (tampered);

  g_assert_false (self->acceptable);
  g_assert_cmpint (get_finding (self, "signer"), ==, SHY_UPDATE_FAILED);
  g_assert_cmpint (get_finding (self, "contents"), ==, SHY_UPDATE_SKIPPED);
  g_assert_cmpuint (self->changes->len, ==, 0);
  g_assert_null (self->signer);

  g_assert_false (changed->acceptable);
  g_assert_cmpint (get_finding (changed, "signature"), ==, SHY_UPDATE_FAILED);
  g_assert_cmpint (get_finding (changed, "contents"), ==, SHY_UPDATE_SKIPPED);
  g_assert_cmpuint (changed->changes->len, ==, 0);
}

/* The published key of the sample province is good for sample services alone, and there only for
 * policies that are no real ones. */
static void
test_sample (void)
{
  g_autofree char *real = make_pack ("2025.1");
  g_autofree char *practice = replace (real, "\"zj-post-care\"", "\"sample-post-care\"");
  g_autofree char *calendar = make_calendar ("2027.1");
  const struct
  {
    const char *content;
    gboolean    sample;
    gboolean    acceptable;
  } rows[] = {
    { practice, TRUE, TRUE }, { practice, FALSE, FALSE }, { real, TRUE, FALSE },
    { real, FALSE, FALSE },   { calendar, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char            *text = sign (rows[i].content, "sample-key.pem");
      g_autoptr (ShyUpdate)       file = parse (text);
      const ShyUpdateMembers      members = {
        shy_update_kind_to_word (file->kind), file->id, file->version, file->content,
        file->signature, file->signer, file->issued_at,
      };
      g_autoptr (ShyUpdate)       update = shy_update_new (&members, "service:sample",
                                                           rows[i].sample, NULL);
      g_autoptr (ShyUpdateReview) self = review (update);

      g_test_message ("row %u: %s", i, shy_update_review_get_reason (self));
      g_assert_cmpint (self->acceptable, ==, rows[i].acceptable);
    }
}

static void
test_calendar (void)
{
  g_autofree char            *content = make_calendar ("2027.1");
  g_autofree char            *other = replace (content, "\"2026-09-20\", ", "");
  g_autoptr (ShyUpdateReview) self = review_content (other);

  g_assert_cmpstr (shy_update_review_get_reason (self), ==, NULL);
  g_assert_cmpstr (self->before, ==, "2026.1");
  g_assert_null (self->rehearsal);
  assert_line (self, "Days that the calendar knows: 2022-01-01 to 2026-12-31 → "
                     "2022-01-01 to 2027-12-31");
  assert_line (self, "Working days “2026-09-20 (Sunday)”: working day (made up) → day off");
  assert_line (self, "New: Working days “2027-02-05 (Friday) to 2027-02-11 (Thursday)”: "
                     "day off (春节)");
  assert_line (self, "New: Working days “2027-02-20 (Saturday)”: working day (made up)");
  g_assert_cmpuint (self->changes->len, ==, 10);
}

static void
test_refused_calendars (void)
{
  static const Refusal rows[] = {
    { "\"2027-02-20\"", "\"2027-02-08\"", "contents" },         /* a holiday is made up */
    { "\"2027-02-20\"", "\"2027-02-19\"", "contents" },         /* a weekday is made up */
    { "\"2027-02-20\"", "\"2027-07-24\"", "days" },             /* far from every holiday */
    { "2027-06-09\", \"name\": \"端午\"", "2027-06-09\", \"name\": \"休息\"", "days" },
    { "\"until\": \"2027-12-31\"", "\"until\": \"2028-01-31\"", "days" },
    { "\"from\": \"2022-01-01\"", "\"from\": \"2021-06-01\"", "days" },
    { "\"id\": \"cn\"", "\"id\": \"de\"", "contents" },
    { "\"version\": \"2027.1\"", "\"version\": \"2026.1\"", "version" },
    { "\"version\": \"2027.1\"", "\"version\": \"2025.9\"", "version" },
    { "\"2027-02-20\"", "\"2027-02-06\", \"2027-02-20\"", "contents" },
    { "{ \"first\": \"2027-02-05\"", "{ \"first\": \"2027-01-03\"", "contents" }, /* overlap */
  };
  g_autofree char *content = make_calendar ("2027.1");
  g_autofree char *shorter = read_data ("calendars/cn.json");
  g_autofree char *named = replace (shorter, "\"version\": \"2026.1\"", "\"version\": \"2027.1\"");
  const Refusal    lacking = { "\"until\": \"2026-12-31\"", "\"until\": \"2025-12-31\"", "contents" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (content, &rows[i]);
  assert_refused (named, &lacking);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/update/review/pack", test_pack);
  g_test_add_func ("/update/review/rehearsal", test_rehearsal);
  g_test_add_func ("/update/review/rehearsal-later", test_rehearsal_later);
  g_test_add_func ("/update/review/parts", test_parts);
  g_test_add_func ("/update/review/refused-packs", test_refused_packs);
  g_test_add_func ("/update/review/not-trusted", test_not_trusted);
  g_test_add_func ("/update/review/sample", test_sample);
  g_test_add_func ("/update/review/calendar", test_calendar);
  g_test_add_func ("/update/review/refused-calendars", test_refused_calendars);
  return g_test_run ();
}
