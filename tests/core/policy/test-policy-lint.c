/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "policy/shy-policy-lint.h"
#include "policy/shy-policy-test.h"

#include "shy-error.h"

/* What lint says of the base of the tests, and of the base with one thing changed. */

typedef struct
{
  const char       *id;
  const char       *from;
  const char       *to;
  ShyPolicySeverity severity;
  const char       *code;
  const char       *path;
  const char       *message;
} Row;

#define WEAK \
  "\"address\": null, \"confidence\": \"A\", \"note\": null", \
    "\"address\": null, \"confidence\": \"C\", \"note\": null"
#define LOCAL \
  "\"document\": \"local\", \"number\": \"第一条\",\n     " \
  "\"text\": {\"zh_CN\": \"合同不少于12个月。\", \"en\": \"At least 12 months.\"}"
#define MONTHS "\"expression\": \"合同月数 >= 最低月数\""
#define KIND   "\"condition\": \"类型 = \\\"期满出站\\\"\""
#define LENGTH "\"condition\": \"够长\""
#define APPLY  "\"skip_unless\": \"双倍工资 > 100\""
#define CASE   "\"criteria\": {\"kind\": \"true\", \"months\": \"true\"}"
#define EXPECT "\"expect\": {\"outcome\": \"eligible\", \"amount\": 50000.5, " CASE

#define CITED ", \"clause\": \"c-months\", \"status\": \"verified\""
#define TABLE(row) \
  "\"fields\": [", \
    "\"tables\": [{\"name\": \"底薪\", \"label\": {\"zh_CN\": \"底薪\", \"en\": \"Base\"}, " \
    "\"type\": \"money\", \"rows\": [{" row "}]}],\n  \"fields\": ["

static const Row rows[] = {
  { "table-unread", TABLE ("\"value\": 12" CITED), SHY_POLICY_WARNING, "unused-table",
    "$.tables[0]", "Nothing reads the table “底薪”. Remove it or use it." },
  { "table-row-uncited", TABLE ("\"value\": 12, \"status\": \"verified\""), SHY_POLICY_ERROR,
    "uncited", "$.tables[0].rows[0]", "This decides, but cites no clause. Add “clause”." },
  { "table-row-unverified",
    TABLE ("\"value\": 12, \"clause\": \"c-months\", \"status\": \"unverified\""),
    SHY_POLICY_WARNING, "unverified-value", "$.tables[0].rows[0]",
    "This row is not verified, so it decides nothing: a person does. Leave it out, or verify it." },
  { "table-row-county", TABLE ("\"county\": \"339999\", \"value\": 12" CITED),
    SHY_POLICY_WARNING, "unknown-county", "$.tables[0].rows[0].county",
    "339999 is the code of none of the counties that the program knows. Correct it." },
  { "table-groups-meet",
    TABLE ("\"group\": \"山区26县\", \"value\": 12" CITED "}, "
           "{\"group\": \"山区海岛县\", \"value\": 13" CITED), SHY_POLICY_ERROR, "overlapping-rows",
    "$.tables[0].rows[1]", "A county of “山区海岛县” may belong to “山区26县” too, so the table “底薪” "
    "has two values for it on one day. Name the counties." },
  { "table-empty", "\"fields\": [", "\"tables\": [{\"name\": \"底薪\", \"label\": {\"zh_CN\": "
    "\"底薪\", \"en\": \"Base\"}, \"type\": \"money\", \"rows\": [ ]}],\n  \"fields\": [",
    SHY_POLICY_WARNING, "empty-table", "$.tables[0]",
    "The table “底薪” has no rows, so a person decides whatever reads it." },
  { "no-relation", "\"type\": \"date\"},", "\"type\": \"date\"},\n    {\"name\": \"合同结束\", "
    "\"label\": {\"zh_CN\": \"合同结束\", \"en\": \"End\"}, \"type\": \"date\"},", SHY_POLICY_HINT,
    "no-relation", "$.fields[4]", "“合同开始” bounds “合同结束”, and nothing says so. Add a relation." },
  { "no-repeats", "\"type\": \"date\"},", "\"type\": \"date\"},\n    {\"name\": \"出生日期\", "
    "\"label\": {\"zh_CN\": \"出生日期\", \"en\": \"Birth\"}, \"type\": \"date\"},", SHY_POLICY_HINT,
    "no-relation", "$.fields[5]", "The resident ID says “出生日期” too. Add “repeats”." },
  { "prints-missing-true", "\"出站类型为{类型}。\"", "\"出站类型为{类型}，工资{工资}。\"",
    SHY_POLICY_HINT, "prints-missing-fact", "$.criteria[0].when_true",
    "The sentence inserts “{工资}”, and is right where that is not given too: then the result alone is "
    "said. Write it without." },
  { "prints-missing-unknown", "\"请提供证书。\"", "\"请提供{类型}的证书。\"", SHY_POLICY_HINT,
    "prints-missing-fact", "$.criteria[0].when_unknown",
    "The sentence inserts “{类型}”, and is right where that is not given too: then the result alone is "
    "said. Write it without." },
  { "limit-life", "\"须为期满出站。\"", "\"每家企业不超过3年。\"", SHY_POLICY_WARNING, "limit-missing",
    "$.clauses[0]", "The clause “c-kind” says “不超过3年”, but the pack has not a limit on the years or "
    "months. Add it." },
  { "limit-thing", "\"须为期满出站。\"", "\"同一证书只补一回。\"", SHY_POLICY_WARNING, "limit-missing",
    "$.clauses[0]", "The clause “c-kind” says “同一证书”, but the pack has not a limit counted over what "
    "is the same. Add it." },
  { "limit-as-condition", "\"condition\": \"类型 = ", "\"condition\": \"count(history) = 0 and 类型 = ",
    SHY_POLICY_ERROR, "limit-as-condition", "$.criteria[0]",
    "The criterion “kind” asks “history”, which holds no grants under another paper of the person. "
    "Write it as a limit." },
  { "clock-relation", "\"criteria\": [", "\"relations\": [{\"id\": \"r\", \"condition\": \"合同开始 <= "
    "today()\", \"fields\": [\"合同开始\"], \"text\": {\"zh_CN\": \"晚。\", \"en\": \"Late.\"}}],\n  "
    "\"criteria\": [", SHY_POLICY_ERROR, "clock", "$.relations[0].condition",
    "“today()” reads the clock. A policy is decided for a day: write “on”." },
  { "uncited-criterion", "\"clause\": \"c-months\",\n     \"when_true\"", "\"when_true\"",
    SHY_POLICY_ERROR, "uncited", "$.criteria[1]",
    "This decides, but cites no clause. Add “clause”." },
  { "uncited-amount", "\"clause\": \"c-amount\", \"schedule\"", "\"schedule\"", SHY_POLICY_ERROR,
    "uncited", "$.amount", "This decides, but cites no clause. Add “clause”." },
  { "uncited-limit", "\"max\": 1, \"clause\": \"c-amount\"", "\"max\": 1", SHY_POLICY_ERROR,
    "uncited", "$.limits[0]", "This decides, but cites no clause. Add “clause”." },
  { "uncited-group", "\"left\": \"warn\", \"clause\": \"c-kind\"", "\"left\": \"warn\"",
    SHY_POLICY_ERROR, "uncited", "$.group", "This decides, but cites no clause. Add “clause”." },
  { "uncited-override", "\"document\": \"local\", \"clause\": \"c-local\",", "\"document\": \"local\",",
    SHY_POLICY_ERROR, "uncited", "$.overrides[0]",
    "This decides, but cites no clause. Add “clause”." },
  { "clause-without-document", "\"document\": \"doc\", \"number\": \"第一条\"",
    "\"number\": \"第一条\"", SHY_POLICY_ERROR, "uncited", "$.clauses[0]",
    "The clause “c-kind” stands in no document. Add “document”." },
  { "unverified-without-document", LOCAL ", \"status\": \"verified\"",
    "\"text\": {\"zh_CN\": \"合同不少于12个月。\", \"en\": \"At least 12 months.\"}, "
    "\"status\": \"unverified\"", SHY_POLICY_WARNING, "uncited", "$.clauses[3]",
    "The clause “c-local” stands in no document. Add “document”." },
  { "clause-never-cited", "{\"id\": \"c-kind\"",
    "{\"id\": \"c-idle\", \"document\": \"doc\", \"text\": {\"zh_CN\": \"无\", \"en\": \"none\"}, "
    "\"status\": \"verified\"},\n    {\"id\": \"c-kind\"",
    SHY_POLICY_WARNING, "unused-clause", "$.clauses[0]",
    "Nothing cites the clause “c-idle”. Cite it where it decides, or remove it." },
  { "unverified-decides", "\"text\": {\"zh_CN\": \"须为期满出站。\", \"en\": \"The stay was "
    "completed.\"}, \"status\": \"verified\"",
    "\"text\": {\"zh_CN\": \"须为期满出站。\", \"en\": \"The stay was completed.\"}, "
    "\"status\": \"unverified\"",
    SHY_POLICY_ERROR, "unverified-decides", "$.criteria[0].clause",
    "The clause “c-kind” is not verified, yet this criterion refuses by it alone. Leave it to a "
    "person with “refer”, make it a setting of the county, or verify the clause." },
  { "weak-source-decides", WEAK, SHY_POLICY_ERROR, "unverified-decides", "$.criteria[0].clause",
    "The clause “c-kind” is not verified, yet this criterion refuses by it alone. Leave it to a "
    "person with “refer”, make it a setting of the county, or verify the clause." },
  { "weak-source-verified", WEAK, SHY_POLICY_ERROR, "verified-without-source", "$.clauses[0]",
    "The clause “c-kind” is called verified, but its document has the confidence C. Find a better "
    "source, or call it unverified." },
  { "weak-source-amount", WEAK, SHY_POLICY_ERROR, "unverified-decides", "$.amount",
    "The clause “c-amount” is not verified, yet it fixes the amount. Make the amount a setting of "
    "the county, or verify the clause." },
  { "weak-source-group", WEAK, SHY_POLICY_ERROR, "unverified-decides", "$.group",
    "The clause “c-kind” is not verified, yet counties are refused by it. Verify the clause." },
  { "weak-source-effective", WEAK, SHY_POLICY_ERROR, "unverified-decides", "$.effective",
    "The clause “c-kind” is not verified, yet the policy begins or ends by it. Take the days out "
    "and leave earlier cases to a person with a criterion, or verify the clause." },
  { "uncited-effective", "\"until\": null, \"clause\": \"c-kind\"}", "\"until\": null}",
    SHY_POLICY_ERROR, "uncited", "$.effective", "This decides, but cites no clause. Add “clause”." },
  { "unverified-value", "\"unit\": \"月\", \"value\": null, \"clause\": \"c-months\", "
    "\"status\": \"unverified\"",
    "\"unit\": \"月\", \"value\": 12, \"clause\": \"c-months\", \"status\": \"unverified\"",
    SHY_POLICY_WARNING, "unverified-value", "$.settings[0]",
    "The value of “最低月数” is not verified, so it decides nothing until the county sets it. Leave "
    "it out, or verify it." },
  { "override-of-weak-source", "\"address\": null, \"confidence\": \"B\"",
    "\"address\": null, \"confidence\": \"C\"", SHY_POLICY_ERROR, "unverified-decides",
    "$.overrides[0]",
    "What this county does differently is not verified, so it decides nothing. Verify its clause, or "
    "take the override out." },
  { "clock", LENGTH, "\"condition\": \"合同开始 <= today()\"", SHY_POLICY_ERROR, "clock",
    "$.criteria[1].condition",
    "“today()” reads the clock. A policy is decided for a day: write “on”." },
  { "clock-within", LENGTH, "\"condition\": \"合同月数 > 3 or date(now()) > 合同开始\"",
    SHY_POLICY_ERROR, "clock", "$.criteria[1].condition",
    "“now()” reads the clock. A policy is decided for a day: write “on”." },
  { "swallowed-if", LENGTH,
    "\"condition\": \"if working days between(合同开始, on) > 20 then false else true\"",
    SHY_POLICY_WARNING, "swallowed", "$.criteria[1].condition",
    "“working days between” may give no answer, and the operator around it answers all the same. "
    "Compare it with “<”, “<=”, “>” or “>=”." },
  { "swallowed-unequal", LENGTH, "\"condition\": \"full months(合同开始, on) != 3\"",
    SHY_POLICY_WARNING, "swallowed", "$.criteria[1].condition",
    "“full months” may give no answer, and the operator around it answers all the same. Compare it "
    "with “<”, “<=”, “>” or “>=”." },
  { "unused-field", "\"key_date\": \"合同开始\"", "\"key_date\": null", SHY_POLICY_HINT,
    "unused-field", "$.fields[4]", "Nothing reads the field “合同开始”. Is a condition missing?" },
  { "unused-derived", APPLY, "\"skip_unless\": null", SHY_POLICY_WARNING, "unused-derived",
    "$.derived[1]", "Nothing reads the derived value “双倍工资”. Remove it or use it." },
  { "insertion", "合同{合同月数}个月。", "合同{月数}个月。", SHY_POLICY_ERROR,
    "unknown-insertion", "$.criteria[1].when_true.zh_CN",
    "The text inserts “{月数}”, which is no field, setting or derived value. Correct the name." },
  { "insertion-open", "合同{合同月数}个月。", "合同{合同月数个月。", SHY_POLICY_ERROR,
    "unknown-insertion", "$.criteria[1].when_true.zh_CN",
    "A “{” of the text is not closed. Add “}”." },
  { "no-chinese", "{\"zh_CN\": \"受理\", \"en\": \"Accept\"}", "{\"en\": \"Accept\"}",
    SHY_POLICY_ERROR, "untranslated", "$.steps[0].title",
    "The text is not there in Chinese, which clerks read. Add “zh_CN”." },
  { "no-english", "{\"zh_CN\": \"受理\", \"en\": \"Accept\"}", "{\"zh_CN\": \"受理\"}",
    SHY_POLICY_WARNING, "untranslated", "$.steps[0].title",
    "The text is not there in English. Add “en”." },
  { "overlap", "\"overrides\": [",
    "\"overrides\": [{\"county\": \"330822\", \"from\": \"2025-12-31\", \"document\": \"local\", "
    "\"clause\": \"c-local\", \"set\": {\"settings\": {\"最低月数\": 6}}},",
    SHY_POLICY_ERROR, "overlapping-overrides", "$.overrides[1].set.settings.最低月数",
    "Another override of the county 330822 sets “最低月数” for some of the same days. End the one "
    "before the other begins." },
  { "unknown-county", "\"county\": \"330822\"", "\"county\": \"330899\"", SHY_POLICY_WARNING,
    "unknown-county", "$.overrides[0].county",
    "330899 is the code of none of the counties that the program knows. Correct it." },
  { "unknown-group", "\"name\": \"山区26县\"", "\"name\": \"山区县\"", SHY_POLICY_ERROR,
    "unknown-group", "$.group",
    "There is no group of counties “山区县”. There are: 山区26县, 山区海岛县." },
  { "contradictory", LENGTH, "\"condition\": \"合同月数 > 12 and 合同月数 < 12\"", SHY_POLICY_ERROR,
    "contradictory", "$.criteria[1].condition",
    "The condition is never true, so nobody can be eligible. Correct it." },
  { "contradictory-choice", KIND, "\"condition\": \"类型 = \\\"期满\\\"\"", SHY_POLICY_ERROR,
    "contradictory", "$.criteria[0].condition",
    "The condition is never true, so nobody can be eligible. Correct it." },
  { "contradictory-date", LENGTH,
    "\"condition\": \"合同开始 < date(\\\"2024-01-01\\\") and 合同开始 > date(\\\"2024-01-01\\\")\"",
    SHY_POLICY_ERROR, "contradictory", "$.criteria[1].condition",
    "The condition is never true, so nobody can be eligible. Correct it." },
  { "contradictory-computed-date", LENGTH,
    "\"condition\": \"合同开始 + duration(\\\"P2Y\\\") < date(\\\"2024-01-01\\\") and "
    "合同开始 > date(\\\"2022-01-01\\\")\"",
    SHY_POLICY_ERROR, "contradictory", "$.criteria[1].condition",
    "The condition is never true, so nobody can be eligible. Correct it." },
  { "contradictory-undecided", LENGTH, "\"condition\": \"合同月数 * 合同月数 = 2\"",
    SHY_POLICY_HINT, "contradictory", "$.criteria[1].condition",
    "No values were found for which the condition is true; it was not decided whether there are any. "
    "Add a case that shows it." },
  { "contradictory-pair", LENGTH ",\n     \"refer\": \"首次 = false\", " APPLY,
    "\"condition\": \"类型 in (\\\"转二站\\\", \\\"退站\\\")\"",
    SHY_POLICY_ERROR, "contradictory", "$.criteria[1].condition",
    "The conditions of “kind” and “months” never hold together, so nobody can be eligible. Correct "
    "one of them." },
  { "never-eligible", LENGTH, "\"condition\": \"合同月数 > 12 and 合同月数 < 12\"",
    SHY_POLICY_WARNING, "never-eligible", "$",
    "No case is eligible, so nothing shows that anybody can be. Add one." },
  { "tautological", LENGTH, "\"condition\": \"合同月数 >= 12 or 合同月数 < 24\"",
    SHY_POLICY_WARNING, "tautological", "$.criteria[1].condition",
    "The condition is never false, so it asks for nothing. Correct or remove it." },
  { "tautological-choice", KIND,
    "\"condition\": \"类型 in (\\\"期满出站\\\", \\\"转二站\\\", \\\"退站\\\")\"",
    SHY_POLICY_WARNING, "tautological", "$.criteria[0].condition",
    "The condition is never false, so it asks for nothing. Correct or remove it." },
  { "tautological-undecided", LENGTH, "\"condition\": \"合同月数 * 合同月数 >= 0\"",
    SHY_POLICY_HINT, "tautological", "$.criteria[1].condition",
    "No values were found for which the condition is false; it was not decided whether there are "
    "any. Add a case that shows it." },
  { "contradictory-override", "\"condition\": \"类型 != \\\"退站\\\"\"",
    "\"condition\": \"类型 = \\\"期满\\\"\"", SHY_POLICY_ERROR, "contradictory",
    "$.overrides[0].set.criteria.kind",
    "The condition is never true, so nobody can be eligible. Correct it." },
  { "unreachable", APPLY, "\"skip_unless\": \"合同月数 < 1 and 合同月数 > 2\"", SHY_POLICY_WARNING,
    "unreachable", "$.criteria[1].condition",
    "“skip_unless” is never true, so the criterion never applies. Correct or remove it." },
  { "not-boolean", LENGTH, "\"condition\": \"合同月数 + 1\"", SHY_POLICY_ERROR, "not-boolean",
    "$.criteria[1].condition",
    "The condition can give 13, which is neither true nor false. Compare it with something." },
  { "no-cases", "\"cases\": [", "\"cases\": []} ", SHY_POLICY_ERROR, "no-cases", "$",
    "The pack has no cases, so nothing shows that it decides right. Add some." },
  { "never-met", "\"facts\": {\"类型\": \"期满出站\"", "\"facts\": {\"类型\": \"退站\"",
    SHY_POLICY_WARNING, "unexercised", "$.criteria[0]",
    "In no case is the criterion “kind” met. Add one." },
  { "override-tried", "\"county\": \"330127\", \"on\": \"2024-05-01\"",
    "\"county\": \"330822\", \"on\": \"2024-05-01\"", SHY_POLICY_WARNING, "unexercised",
    "$.overrides[0]",
    "No case is decided in the county 330822 on a day of this override. Add one." },
  { "boundary-between", LENGTH, "\"condition\": \"合同月数 between 11 and 12\"", SHY_POLICY_HINT,
    "boundary", "$.criteria[1].condition",
    "Thresholds that no case tries right at, before and behind them: 2. Add cases with 合同月数 − 11 "
    "= −1 0; 合同月数 − 12 = −1 +1." },
  { "boundary", LENGTH, "\"condition\": \"合同月数 >= 11 and 合同开始 <= date(\\\"2024-02-01\\\")\"",
    SHY_POLICY_HINT, "boundary", "$.criteria[1].condition",
    "Thresholds that no case tries right at, before and behind them: 2. Add cases with 合同月数 − 11 "
    "= −1 0; 合同开始 − date(\"2024-02-01\") = −1 +1." },
};

static char *
load_base (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "policies", "base.json", NULL);
  char            *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static ShyPolicy *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy = shy_policy_new_from_bytes (bytes, "pack.json", &error);

  g_assert_no_error (error);
  return policy;
}

static char *
replace (const char *text, const char *from, const char *to)
{
  const char *found = strstr (text, from);

  if (found == NULL)
    g_error ("base.json does not hold “%s”.", from);
  return g_strdup_printf ("%.*s%s%s", (int) (found - text), text, to, found + strlen (from));
}

static char *
describe (const ShyPolicyFinding *finding)
{
  return g_strdup_printf ("%s %s %s: %s", shy_policy_severity_to_word (finding->severity),
                          finding->code, finding->path, finding->message);
}

static char *
describe_all (GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = describe (g_ptr_array_index (findings, i));

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_base (void)
{
  g_autofree char      *base = load_base ();
  g_autoptr (ShyPolicy) policy = read_text (base);
  g_autoptr (GPtrArray) findings = shy_policy_lint (policy);
  g_autofree char      *found = describe_all (findings);

  g_assert_cmpstr (
    found, ==,
    "warning unexercised $.criteria[0]: In no case is the criterion “kind” not met. Add one.\n"
    "warning unexercised $.criteria[1]: In no case is the criterion “months” left to a person. Add "
    "one.\n"
    "warning unexercised $.criteria[1]: In no case is the criterion “months” not met. Add one.\n"
    "warning unexercised $.limits[0]: In no case does the limit “once” stand in the way or reduce "
    "the amount. Add one.\n"
    "warning unexercised $.limits[1]: In no case does the limit “not-with” stand in the way or "
    "reduce the amount. Add one.\n"
    "warning unexercised $.overrides[0]: No case is decided in the county 330822 on a day of this "
    "override. Add one.\n"
    "hint boundary $.derived[0].expression: Thresholds that no case tries right at, before and "
    "behind them: 1. Add cases with 合同月数 − 最低月数 = −1 +1.\n");
}

static void
test_row (gconstpointer data)
{
  const Row            *row = data;
  const ShyPolicyFinding wanted = { row->severity, row->code, (char *) row->path,
                                    (char *) row->message };
  g_autofree char      *base = load_base ();
  g_autofree char      *text = replace (base, row->from, row->to);
  g_autoptr (ShyPolicy) policy = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char      *line = describe (&wanted);
  g_autofree char      *lines = NULL;

  /* What ends the pack early leaves the rest of the base behind it. */
  if (strstr (row->to, "[]}") != NULL)
    strstr (text, "[]}")[3] = '\0';
  policy = read_text (text);
  findings = shy_policy_lint (policy);
  lines = describe_all (findings);
  if (strstr (lines, line) == NULL)
    g_error ("Lint does not say\n%s\nbut\n%s", line, lines);
}

/* What is right is not complained of: the other side of the rows. */
static void
test_silent (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *code;
  } right[] = {
    { "\"type\": \"date\"},", "\"type\": \"date\"},\n    {\"name\": \"出生日期\", \"label\": "
      "{\"zh_CN\": \"出生日期\", \"en\": \"Birth\"}, \"type\": \"date\", \"repeats\": "
      "\"birth-date\"},", "no-relation" },
    { "\"criteria\": [", "\"relations\": [{\"id\": \"r\", \"condition\": \"合同开始 <= on\", "
      "\"fields\": [\"合同开始\"], \"text\": {\"zh_CN\": \"晚。\", \"en\": \"Late.\"}}],\n  "
      "\"criteria\": [", "clock" },
    { "\"出站类型为{类型}。\"", "\"类型就是{类型}。\"", "prints-missing-fact" },
    { "\"须为期满出站。\"", "\"每人享受一次，每年最高5万元，不得重复享受。\"", "limit-missing" },
    { "\"须为期满出站。\"", "\"累计最高5万元，累计不超过5万元。\"", "limit-missing" },
    { LENGTH, "\"condition\": \"合同月数 = 最低月数 + 37 and 最低月数 > 5\"", "contradictory" },
    { LENGTH, "\"condition\": \"最低月数 = null or 合同月数 >= 最低月数\"", "tautological" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char      *base = load_base ();
      g_autofree char      *text = replace (base, right[i].from, right[i].to);
      g_autoptr (ShyPolicy) policy = read_text (text);
      g_autoptr (GPtrArray) findings = shy_policy_lint (policy);

      for (guint j = 0; j < findings->len; j++)
        g_assert_cmpstr (((const ShyPolicyFinding *) findings->pdata[j])->code, !=, right[i].code);
    }
}

static ShyPolicy *
read_with_fields (const char *base, guint n)
{
  g_autoptr (GString) fields = g_string_new ("\"fields\": [");
  g_autofree char    *text = NULL;
  g_autoptr (GBytes)  bytes = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (fields, "{\"name\": \"项%u\", \"label\": {\"zh_CN\": \"项\", \"en\": "
                                    "\"Item\"}, \"type\": \"boolean\"}, ", i);
  text = replace (base, "\"fields\": [", fields->str);
  bytes = g_bytes_new (text, strlen (text));
  return shy_policy_new_from_bytes (bytes, "pack.json", NULL);
}

/* The largest pack that can be read can also be decided by. */
static void
test_largest (void)
{
  g_autofree char      *base = load_base ();
  g_autoptr (ShyPolicy) policy = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError)    error = NULL;

  for (guint n = 256; policy == NULL; n--)
    policy = read_with_fields (base, n);
  g_assert_true (shy_policy_check_cases (policy, &error));
  g_assert_no_error (error);
  findings = shy_policy_lint (policy);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpstr (((const ShyPolicyFinding *) findings->pdata[i])->code, !=, "undecidable");
}

static void
test_cases (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *message;
  } wrong[] = {
    { "\"outcome\": \"eligible\"", "\"outcome\": \"person\"",
      "the outcome is “Eligible” instead of “Needs a person”" },
    { "\"amount\": 50000.5,", "\"amount\": 50000,",
      "the amount is 50000.50 yuan instead of 50000.00" },
    { CASE, "\"criteria\": {\"kind\": \"false\"}", "“kind” is “Met” instead of “Not met”" },
    { "\"missing\": []", "\"missing\": [\"工资\", \"首次\"]",
      "what is missing is [] instead of [工资, 首次]" },
    { "\"warnings\": []", "\"warnings\": [\"setting-unset\"]",
      "the warnings are [] instead of [setting-unset]" },
    { EXPECT, "\"expect\": {\"outcome\": \"eligible\", \"schedule\": [1]",
      "it is paid in 0 years instead of 1" },
  };
  g_autofree char      *base = load_base ();
  g_autoptr (ShyPolicy) policy = read_text (base);
  g_autoptr (GError)    none = NULL;

  g_assert_true (shy_policy_check_cases (policy, &none));
  g_assert_no_error (none);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char      *text = replace (base, wrong[i].from, wrong[i].to);
      g_autofree char      *message = NULL;
      g_autoptr (ShyPolicy) failing = read_text (text);
      g_autoptr (GPtrArray) results = shy_policy_test (failing);
      g_autoptr (GError)    error = NULL;

      g_assert_cmpuint (results->len, ==, 1);
      g_assert_cmpstr (((ShyPolicyCaseResult *) results->pdata[0])->message, ==, wrong[i].message);
      g_assert_false (shy_policy_check_cases (failing, &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      message = g_strdup_printf ("“pack.json”: the policy “test-grant” cannot be used, because its "
                                 "case “good” fails: %s. Correct the pack.", wrong[i].message);
      g_assert_cmpstr (error->message, ==, message);
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/policy/lint/silent", test_silent);
  g_test_add_func ("/policy/lint/base", test_base);
  g_test_add_func ("/policy/lint/largest", test_largest);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/policy/lint/", rows[i].id, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/policy/test/cases", test_cases);
  return g_test_run ();
}
