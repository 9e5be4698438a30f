/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits: every measure in every window, one step inside and one step outside. */
#include "../../home.h"

#include "policy-double.h"

#include "policy/shy-keys.h"

#define E SHY_POLICY_ELIGIBLE
#define N SHY_POLICY_NOT_ELIGIBLE
#define M SHY_POLICY_MATERIALS
#define P SHY_POLICY_PERSON

/* A limit with its members behind the id; the policy counts its own grants. */
#define LIMIT(members) \
  "{\"id\":\"l\",\"policies\":[\"double\"],\"clause\":\"c\"," members "}"
#define CONTRACT "{\"kind\":\"contract-year\",\"from\":\"start\"}"
#define BUSINESS "{\"kind\":\"business-year\",\"from\":\"start\"}"
#define ROW3     "{\"kind\":\"consecutive-years\",\"years\":3}"
#define ROW3FROM "{\"kind\":\"consecutive-years\",\"years\":3,\"from\":\"start\"}"
#define ROW3CAL  "{\"kind\":\"consecutive-calendar-years\",\"years\":3}"
#define OPEN                                                                                     \
  "{\"setting\":\"reading\",\"readings\":{\"calendar\":\"calendar-year\",\"contract\":" CONTRACT "}}"

#define COUNT(window, max)  LIMIT ("\"measure\":\"count\",\"key\":\"id\",\"window\":" window ",\"max\":" max)
#define AMOUNT(window, max) LIMIT ("\"measure\":\"amount\",\"key\":\"id\",\"window\":" window ",\"max\":" max)
#define MONTHS(window, max)                                                                       \
  LIMIT ("\"measure\":\"months\",\"months\":\"n\",\"key\":\"id\",\"window\":" window ",\"max\":" max)
#define YEARS(window, max)  LIMIT ("\"measure\":\"years\",\"key\":\"id\",\"window\":" window ",\"max\":" max)
#define PERSONS(max) \
  LIMIT ("\"measure\":\"persons\",\"key\":\"firm\",\"window\":\"life\",\"max\":" max)
#define ONCE_A_YEAR                                                                               \
  "{\"id\":\"once\",\"policies\":[\"double\"],\"clause\":\"c\",\"measure\":\"count\",\"key\":\"id\"," \
  "\"window\":" CONTRACT ",\"max\":1}"
#define OPTIONAL \
  LIMIT ("\"measure\":\"count\",\"key\":\"cert\",\"optional\":true,\"window\":\"life\",\"max\":1")
#define KEY(key) \
  LIMIT ("\"measure\":\"count\",\"key\":" key ",\"window\":\"life\",\"max\":1")

typedef struct {
  const char      *limit;
  const char      *facts;  /* beside id=A, firm=F, name=Li */
  const char      *on;
  const char      *grants; /* each "day:yuan:facts:flags", facts with commas; without id it is A's */
  ShyPolicyOutcome outcome;
  gint64           yuan;   /* -1: none */
} Row;

/* The amount is 1000 yuan. */
static const Row rows[] = {
  { COUNT ("\"life\"", "1"), "", "2025-06-15", "", E, 1000 },
  { COUNT ("\"life\"", "1"), "", "2025-06-15", "1990-01-01:1", N, -1 },
  { COUNT ("\"life\"", "2"), "", "2025-06-15", "1990-01-01:1", E, 1000 },
  { COUNT ("\"life\"", "2"), "", "2025-06-15", "1990-01-01:1 2025-06-15:1", N, -1 },
  { COUNT ("\"life\"", "1"), "", "2025-06-15", "1990-01-01:1::pending", P, -1 },
  { COUNT ("\"calendar-year\"", "1"), "", "2025-01-01", "2024-12-31:1", E, 1000 },
  { COUNT ("\"calendar-year\"", "1"), "", "2025-12-31", "2025-01-01:1", N, -1 },
  { COUNT (CONTRACT, "1"), "start=2024-03-01", "2025-02-28", "2024-03-01:1", N, -1 },
  { COUNT (CONTRACT, "1"), "start=2024-03-01", "2025-03-01", "2025-02-28:1", E, 1000 },
  { COUNT (CONTRACT, "1"), "start=2024-03-01", "2025-01-01", "2024-12-31:1", N, -1 },
  { COUNT (CONTRACT, "1"), "", "2025-01-01", "2024-12-31:1", M, -1 },
  { COUNT (CONTRACT, "1"), "", "2025-01-01", "", E, 1000 },
  /* A year from 29 February ends on 28 February where there is no 29th. */
  { COUNT (BUSINESS, "1"), "start=2024-02-29", "2025-02-28", "2024-02-29:1", N, -1 },
  { COUNT (BUSINESS, "1"), "start=2024-02-29", "2025-03-01", "2025-02-28:1", E, 1000 },
  { COUNT (BUSINESS, "1"), "start=2024-02-29", "2028-02-28", "2027-03-01:1", N, -1 },
  { COUNT (BUSINESS, "1"), "start=2024-02-29", "2028-02-29", "2028-02-28:1", E, 1000 },
  /* The year of the contract that the earlier grant was for counts too. */
  { COUNT (CONTRACT, "1"), "start=2024-06-01", "2024-06-02",
    "2024-05-01:1:start=2024-01-01", N, -1 },
  { COUNT (CONTRACT, "1"), "start=2024-06-01", "2025-01-02",
    "2024-05-01:1:start=2024-01-01", E, 1000 },
  { COUNT (ROW3, "3"), "", "2027-02-28", "2024-03-01:1", E, 1000 },
  { COUNT (ROW3, "3"), "", "2027-03-01", "2024-03-01:1", N, -1 },
  { COUNT (ROW3, "3"), "", "2027-03-01", "2024-03-01:1::pending", P, -1 },
  { COUNT (ROW3, "2"), "", "2026-03-01", "2024-03-01:1 2025-03-01:1", N, -1 },
  { COUNT (ROW3FROM, "3"), "start=2024-02-29", "2027-02-28", "", E, 1000 },
  { COUNT (ROW3FROM, "3"), "start=2024-02-29", "2027-03-01", "", N, -1 },
  { COUNT (ROW3FROM, "1"), "start=2024-02-29", "2025-03-01", "2024-02-28:1", E, 1000 },
  { COUNT (ROW3FROM, "1"), "start=2024-02-29", "2025-03-01", "2024-02-29:1", N, -1 },
  { COUNT (ROW3CAL, "3"), "", "2026-12-31", "2024-12-31:1", E, 1000 },
  { COUNT (ROW3CAL, "3"), "", "2027-01-01", "2024-12-31:1", N, -1 },
  { COUNT (ROW3CAL, "3"), "", "2030-01-01", "2024-12-31:1", N, -1 },

  { AMOUNT ("\"life\"", "1500"), "", "2025-06-15", "1990-01-01:500", E, 1000 },
  { AMOUNT ("\"life\"", "1500"), "", "2025-06-15", "1990-01-01:501", E, 999 },
  { AMOUNT ("\"life\"", "1500"), "", "2025-06-15", "1990-01-01:1499", E, 1 },
  { AMOUNT ("\"life\"", "1500"), "", "2025-06-15", "1990-01-01:1500", N, -1 },
  { AMOUNT ("\"calendar-year\"", "1500"), "", "2025-01-01", "2024-12-31:1500", E, 1000 },
  { AMOUNT ("\"calendar-year\"", "1500"), "", "2025-12-31", "2025-01-01:1400", E, 100 },
  { AMOUNT (CONTRACT, "1500"), "start=2024-03-01", "2025-02-28", "2024-03-01:1500", N, -1 },
  { AMOUNT (CONTRACT, "1500"), "start=2024-03-01", "2025-03-01", "2025-02-28:1500", E, 1000 },
  { AMOUNT (ROW3, "1500"), "", "2027-02-28", "2024-03-01:1400", E, 100 },
  { AMOUNT (ROW3, "1500"), "", "2027-03-01", "2024-03-01:1", N, -1 },
  { AMOUNT ("\"life\"", "900"), "", "2025-06-15", "", E, 900 },
  /* The county's setting is the maximum; without it a person decides. */
  { AMOUNT ("\"calendar-year\"", "\"cap\""), "", "2025-06-15", "", P, -1 },
  { AMOUNT ("\"calendar-year\"", "\"cap\""), "cap=800", "2025-06-15", "", E, 800 },
  { AMOUNT ("\"calendar-year\"", "\"cap\""), "cap=800.00", "2025-06-15", "2025-02-01:800", N, -1 },
  { COUNT ("\"life\"", "\"times\""), "times=2.0", "2025-06-15", "2024-02-01:1", E, 1000 },
  { COUNT ("\"life\"", "\"times\""), "times=1", "2025-06-15", "2024-02-01:1", N, -1 },

  { MONTHS ("\"life\"", "36"), "n=6", "2025-06-15", "2020-01-01:1:n=30", E, 1000 },
  { MONTHS ("\"life\"", "36"), "n=7", "2025-06-15", "2020-01-01:1:n=30", P, -1 },
  { MONTHS ("\"life\"", "36"), "n=1", "2025-06-15", "2020-01-01:1:n=24 2022-01-01:1:n=12", N, -1 },
  { MONTHS ("\"life\"", "36"), "n=37", "2025-06-15", "", P, -1 },
  { MONTHS ("\"life\"", "36"), "n=36", "2025-06-15", "", E, 1000 },
  { MONTHS ("\"life\"", "36"), "", "2025-06-15", "", M, -1 },
  { MONTHS ("\"life\"", "36"), "n=1", "2025-06-15", "2020-01-01:1", P, -1 },
  { MONTHS ("\"calendar-year\"", "12"), "n=12", "2025-01-01", "2024-12-31:1:n=12", E, 1000 },
  { MONTHS ("\"calendar-year\"", "12"), "n=1", "2025-12-31", "2025-01-01:1:n=12", N, -1 },
  { MONTHS (CONTRACT, "12"), "n=1 start=2024-03-01", "2025-02-28", "2024-03-01:1:n=12", N, -1 },
  { MONTHS (CONTRACT, "12"), "n=1 start=2024-03-01", "2025-03-01", "2024-03-01:1:n=12", E, 1000 },
  { MONTHS (ROW3, "36"), "n=12", "2026-06-15", "2024-03-01:1:n=24", E, 1000 },
  { MONTHS (ROW3, "36"), "n=13", "2026-06-15", "2024-03-01:1:n=24", P, -1 },

  { YEARS ("\"calendar-year\"", "2"), "", "2025-06-15", "2023-01-01:1 2023-12-31:1", E, 1000 },
  { YEARS ("\"calendar-year\"", "2"), "", "2025-06-15", "2023-12-31:1 2024-01-01:1", N, -1 },
  { YEARS ("\"calendar-year\"", "2"), "", "2025-06-15", "2024-01-01:1 2025-01-01:1", E, 1000 },
  { YEARS ("\"calendar-year\"", "2"), "", "2025-06-15", "2023-12-31:1 2024-01-01:1::pending", P, -1 },
  { YEARS (CONTRACT, "2"), "start=2022-03-01", "2024-03-01", "2022-12-31:1 2023-01-01:1", E, 1000 },
  { YEARS (CONTRACT, "2"), "start=2022-03-01", "2024-03-01", "2023-02-28:1 2023-03-01:1", N, -1 },

  /* The years of an earlier contract began on its own day, whatever day this one begins on. */
  { YEARS (CONTRACT, "2"), "start=2026-07-01", "2027-07-01",
    "2024-08-15:1:start=2023-09-01 2024-09-05:1:start=2023-09-01", N, -1 },
  { YEARS (CONTRACT, "2"), "start=2026-07-01", "2027-07-01",
    "2024-08-15:1:start=2023-09-01 2024-08-20:1:start=2023-09-01", E, 1000 },
  { YEARS (CONTRACT, "3"), "start=2026-07-01", "2027-07-01",
    "2024-08-15:1:start=2023-09-01 2025-12-15:1:start=2025-01-01 2026-01-05:1:start=2025-01-01",
    N, -1 },
  /* Where a year has one grant, each had a year of its own when it was given. */
  { ONCE_A_YEAR "," YEARS (CONTRACT, "2"), "start=2024-06-01", "2026-07-01",
    "2024-12-20:1 2025-01-10:1", P, -1 },
  { ONCE_A_YEAR "," YEARS (CONTRACT, "3"), "start=2024-06-01", "2026-07-01",
    "2024-12-20:1 2025-01-10:1", E, 1000 },

  /* Another person of the firm; the applicant’s own are none. */
  { PERSONS ("1"), "", "2025-06-15", "2020-01-01:1:id=B,name=Wu,firm=F", N, -1 },
  { PERSONS ("1"), "", "2025-06-15", "2020-01-01:1:id=B,name=Wu,firm=F:pending", P, -1 },
  { PERSONS ("1"), "", "2025-06-15", "2020-01-01:1:id=B,name=Wu,firm=G", E, 1000 },
  { PERSONS ("1"), "", "2025-06-15", "2020-01-01:1:id=A,name=Li,firm=F 2021-01-01:1", E, 1000 },
  { PERSONS ("2"), "", "2025-06-15",
    "2020-01-01:1:id=B,name=Wu,firm=F 2021-01-01:1:id=B,name=Wu,firm=F", E, 1000 },
  { PERSONS ("2"), "", "2025-06-15",
    "2020-01-01:1:id=B,name=Wu,firm=F 2021-01-01:1:id=C,name=Xu,firm=F", N, -1 },

  /* Which year is meant is open: alike by both readings, or a person, until the county says. */
  { COUNT (OPEN, "1"), "start=2024-03-01", "2025-01-01", "2024-12-31:1", P, -1 },
  { COUNT (OPEN, "1"), "start=2024-03-01", "2025-03-01", "2025-02-28:1", P, -1 },
  { COUNT (OPEN, "1"), "start=2024-03-01", "2024-06-01", "2024-05-01:1", N, -1 },
  { COUNT (OPEN, "1"), "start=2024-03-01", "2026-06-01", "2024-05-01:1", E, 1000 },
  { COUNT (OPEN, "1"), "start=2024-03-01 reading=calendar", "2025-01-01", "2024-12-31:1", E, 1000 },
  { COUNT (OPEN, "1"), "start=2024-03-01 reading=contract", "2025-01-01", "2024-12-31:1", N, -1 },

  { LIMIT ("\"kind\":\"exclusion\",\"key\":\"id\",\"deduct\":true"), "", "2025-06-15",
    "2020-01-01:999", E, 1 },
  { LIMIT ("\"kind\":\"exclusion\",\"key\":\"id\",\"deduct\":true"), "", "2025-06-15",
    "2020-01-01:1000", N, -1 },
  { LIMIT ("\"kind\":\"exclusion\",\"key\":\"id\",\"deduct\":true"), "", "2025-06-15",
    "2020-01-01:1000::pending", P, -1 },
  { LIMIT ("\"kind\":\"exclusion\",\"key\":\"id\",\"window\":\"calendar-year\",\"deduct\":true"), "",
    "2025-01-01", "2024-12-31:1000", E, 1000 },
  { LIMIT ("\"kind\":\"exclusion\",\"key\":\"id\",\"window\":" CONTRACT), "start=2024-03-01",
    "2025-01-01", "2024-12-31:1", N, -1 },

  /* Keys: of the firm, of a field, of several, of each of a list. */
  { KEY ("\"firm\""), "", "2025-06-15", "2020-01-01:1:id=B,firm=F", N, -1 },
  { KEY ("\"firm\""), "", "2025-06-15", "2020-01-01:1:id=B,firm=f", N, -1 },
  { KEY ("\"firm\""), "", "2025-06-15", "2020-01-01:1:firm=G", E, 1000 },
  { KEY ("\"cert\""), "cert=ZJ-1", "2025-06-15", "2020-01-01:1:id=B,firm=G,cert=ＺＪ1", N, -1 },
  { KEY ("\"cert\""), "cert=ZJ-1", "2025-06-15", "2020-01-01:1:cert=ZJ-2", E, 1000 },
  { KEY ("\"cert\""), "", "2025-06-15", "", M, -1 },
  { KEY ("\"cert\""), "cert=ZJ-1", "2025-06-15", "2020-01-01:1:id=A", P, -1 },
  { KEY ("\"cert\""), "cert=ZJ-1", "2025-06-15", "2020-01-01:1:id=B,firm=G", E, 1000 },
  { OPTIONAL, "", "2025-06-15", "2020-01-01:1:id=A,cert=ZJ-1", E, 1000 },
  { OPTIONAL, "cert=ZJ-1", "2025-06-15", "2020-01-01:1:id=A", E, 1000 },
  { OPTIONAL, "cert=ZJ-1", "2025-06-15", "2020-01-01:1:id=B,firm=G,cert=zj1", N, -1 },
  { KEY ("[\"id\",\"cert\"]"), "cert=1", "2025-06-15", "2020-01-01:1:id=A,cert=1", N, -1 },
  { KEY ("[\"id\",\"cert\"]"), "cert=1", "2025-06-15", "2020-01-01:1:id=A,cert=2", E, 1000 },
  { KEY ("[\"id\",\"cert\"]"), "cert=1", "2025-06-15", "2020-01-01:1:id=B,cert=1", E, 1000 },
  { KEY ("[\"id\",\"cert\"]"), "cert=1", "2025-06-15", "2020-01-01:1:id=A", P, -1 },
  { KEY ("\"staff\""), "staff=x;y", "2025-06-15", "2020-01-01:1:id=B,firm=G,staff=Y；X", N, -1 },
  { KEY ("\"staff\""), "staff=x、y", "2025-06-15", "2020-01-01:1:id=B,firm=G,staff=z/y", P, -1 },
  { KEY ("\"staff\""), "staff=x，y", "2025-06-15", "2020-01-01:1:id=B,firm=G,staff=z", E, 1000 },
  { KEY ("\"staff\""), "", "2025-06-15", "", M, -1 },
  { KEY ("\"staff\""), "staff=、", "2025-06-15", "", M, -1 },

  /* One person by two papers, two persons by one. */
  { KEY ("\"id\""), "phone=13800000000", "2025-06-15",
    "2020-01-01:1:id=B,name=Li,phone=13800000000", P, -1 },
  { KEY ("\"id\""), "phone=13800000000", "2025-06-15",
    "2020-01-01:1:id=B,name=Wu,phone=13800000000", E, 1000 },
  { KEY ("\"id\""), "card=6222", "2025-06-15", "2020-01-01:1:id=B,name=LI,card=6222", P, -1 },
  { KEY ("\"id\""), "card=6222", "2025-06-15", "2020-01-01:1:id=B,name=Wu,card=6222", P, -1 },
  { KEY ("\"id\""), "card=6222", "2025-06-15", "2020-01-01:1:id=B,name=Wu,card=6223", E, 1000 },
  { KEY ("\"id\""), "phone=13800000000 born=1990-01-02", "2025-06-15",
    "2020-01-01:1:id=B,name=Wu,phone=13800000000,born=1990-01-02", P, -1 },
  { KEY ("\"id\""), "phone=13800000000 born=1990-01-02", "2025-06-15",
    "2020-01-01:1:id=B,name=Wu,phone=13800000000,born=1990-01-03", E, 1000 },
  { KEY ("\"id\""), "name=张丽华 phone=13800000000", "2025-06-15",
    "2020-01-01:1:id=B,name=張麗華,phone=13800000000", P, -1 },
  { KEY ("\"id\""), "name=John_Smith phone=13800000000", "2025-06-15",
    "2020-01-01:1:id=B,name=SMITH_JOHN,phone=13800000000", P, -1 },
  { KEY ("\"id\""), "name=张丽华", "2025-06-15", "2020-01-01:1:id=A,name=張麗華", N, -1 },
  { KEY ("\"id\""), "", "2025-06-15", "2020-01-01:1:id=B,name=Li", E, 1000 },
  { KEY ("\"id\""), "born=1990-01-02", "2025-06-15",
    "2020-01-01:1:id=B,name=Li,born=1990-01-02", P, -1 },
  { KEY ("\"id\""), "born=1990-01-02", "2025-06-15",
    "2020-01-01:1:id=B,name=Li,born=1990-01-03", E, 1000 },
  /* A passport and the permanent residence card, which states the birth date; two resident IDs. */
  { KEY ("\"id\""), "born=1985-06-15", "2025-06-15",
    "2020-01-01:1:id=933840198506150017,name=Li", P, -1 },
  { KEY ("\"id\""), "id=330329199606060646", "2025-06-15",
    "2020-01-01:1:id=330329199606060021,name=Li", E, 1000 },
  { KEY ("\"id\""), "", "2025-06-15", "2020-01-01:1:id=A,name=Wu", P, -1 },
  { KEY ("\"id\""), "", "2025-06-15", "2020-01-01:1:id=A,name=ｌi", N, -1 },
};

static ShyPolicy *
new_policy (const char *limit)
{
  g_auto (PolicyDouble) text = { 0 };

  policy_double_init (&text);
  text.subject = g_strdup ("\"person\":\"id\",\"name\":\"name\",\"employer\":\"firm\","
                           "\"birth\":\"born\"");
  add_field (&text, "a", "boolean", NULL);
  add_field (&text, "n", "number", NULL);
  add_field (&text, "id", "text", NULL);
  add_field (&text, "name", "text", NULL);
  add_field (&text, "firm", "text", NULL);
  add_field (&text, "cert", "text", NULL);
  add_field (&text, "staff", "text", ",\"several\":true");
  add_field (&text, "phone", "mobile", NULL);
  add_field (&text, "card", "bank-card", NULL);
  add_field (&text, "start", "date", NULL);
  add_field (&text, "born", "date", NULL);
  add_setting (&text, "reading", "choice", ",\"values\":[\"calendar\",\"contract\"]");
  add_setting (&text, "cap", "money", NULL);
  add_setting (&text, "times", "number", NULL);
  add_criterion (&text, "c", "a", NULL, NULL, "materials");
  text.amount = g_strdup ("{\"expression\":\"1000\",\"unit\":\"元\",\"clause\":\"c\"}");
  g_string_append (text.limits, limit);

  return policy_double_read (&text);
}

static void
take (ShyFacts   *facts,
      ShyPolicy  *policy,
      const char *text,
      const char *between)
{
  g_auto (GStrv) words = g_strsplit (text, between, -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv)     pair = g_strsplit (words[i], "=", 2);
      g_autoptr (GError) error = NULL;

      if (*words[i] == '\0')
        continue;
      if (shy_policy_find_field (policy, pair[0]) != NULL)
        shy_facts_take (facts, policy, pair[0], pair[1], SHY_FACT_ORIGIN_TYPED, NULL, &error);
      else
        shy_facts_take_setting (facts, policy, pair[0], pair[1], &error);
      g_assert_no_error (error);
    }
}

static void
set_day (GDate      *day,
         const char *text)
{
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) atoi (text + 8), (GDateMonth) atoi (text + 5),
                  (GDateYear) atoi (text));
}

/* A grant that says to whom it went is that of another application. */
static void
add_grant (ShyFacts   *facts,
           ShyPolicy  *policy,
           const char *text)
{
  g_auto (GStrv)       parts = g_strsplit (text, ":", 4);
  guint                n = g_strv_length (parts);
  g_autoptr (ShyFacts) said = shy_facts_new ();
  g_autoptr (ShyGrant) grant = NULL;
  GDate                day;

  set_day (&day, parts[0]);
  if (n > 2)
    take (said, policy, parts[2], ",");
  grant = shy_grant_new (policy, said, &day, atoi (parts[1]) * 100);
  grant->pending = n > 3;
  if (shy_facts_lookup (said, "id") == NULL && shy_facts_lookup (said, "firm") == NULL)
    g_clear_pointer (&grant->person, g_free);
  if (shy_facts_lookup (said, "firm") == NULL)
    {
      g_free (grant->employer);
      grant->employer = shy_facts_lookup (said, "id") != NULL ? g_strdup ("other") : NULL;
    }
  shy_facts_add_grant (facts, grant);
}

static ShyFacts *
new_case (ShyPolicy *policy,
          const Row *row)
{
  ShyFacts      *facts = shy_facts_new ();
  g_auto (GStrv) grants = g_strsplit (row->grants, " ", -1);
  GDate          on;

  set_day (&on, row->on);
  shy_facts_set_on (facts, &on);
  take (facts, policy, "a=true id=A firm=F name=Li", " ");
  take (facts, policy, row->facts, " ");
  for (guint i = 0; grants[i] != NULL && *grants[i] != '\0'; i++)
    add_grant (facts, policy, grants[i]);

  return facts;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyPolicy)  policy = new_policy (rows[i].limit);
      g_autoptr (ShyFacts)   facts = new_case (policy, &rows[i]);
      g_autoptr (ShyVerdict) verdict = decide (policy, facts);
      gint64                 amount = shy_verdict_get_amount (verdict);

      g_test_message ("row %u: %s | %s | %s | %s", i, rows[i].limit, rows[i].facts, rows[i].on,
                      rows[i].grants);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, rows[i].outcome);
      if (rows[i].outcome == E)
        g_assert_cmpint (amount, ==, rows[i].yuan * 100);
      else
        {
          guint last = shy_verdict_get_n_limits (verdict) - 1;

          g_assert_nonnull (shy_verdict_get_limit (verdict, last)->message);
        }
    }
}

/* Whatever limit counts a grant, the grant is found under a key of the application. */
static void
test_found_by_keys (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShyPolicy)  policy = new_policy (rows[i].limit);
      g_autoptr (ShyFacts)   facts = new_case (policy, &rows[i]);
      g_autoptr (GPtrArray)  keys = shy_policy_dup_keys (policy, facts);
      g_autoptr (ShyFacts)   found = shy_facts_new ();
      g_autoptr (ShyVerdict) verdict = NULL;
      Row                    none = rows[i];

      none.grants = "";
      shy_facts_free (g_steal_pointer (&found));
      found = new_case (policy, &none);
      for (guint j = 0; j < shy_facts_get_n_grants (facts); j++)
        {
          const ShyGrant       *grant = shy_facts_get_grant (facts, j);
          g_autoptr (GPtrArray) theirs = shy_grant_dup_keys (grant, policy);
          gboolean              shared = grant->person == NULL;

          for (guint k = 0; k < theirs->len; k++)
            shared |= g_ptr_array_find_with_equal_func (keys, theirs->pdata[k], g_str_equal, NULL);
          if (shared)
            shy_facts_add_grant (found, grant);
        }
      verdict = decide (policy, found);
      g_test_message ("row %u: %s | %s | %s", i, rows[i].limit, rows[i].facts, rows[i].grants);
      g_assert_cmpint (shy_verdict_get_outcome (verdict), ==, rows[i].outcome);
    }
}

/* The other application is named, in the same spreadsheet and in the register. */
static void
test_names_the_other (void)
{
  g_autoptr (ShyPolicy)  policy = new_policy (KEY ("\"firm\""));
  Row                    row = { NULL, "", "2025-06-15", "2020-01-01:1:id=B,firm=F:pending", P, -1 };
  g_autoptr (ShyFacts)   facts = new_case (policy, &row);
  g_autoptr (ShyFacts)   named = shy_facts_new ();
  g_autoptr (ShyVerdict) verdict = NULL;
  g_autoptr (ShyGrant)   grant = shy_grant_copy (shy_facts_get_grant (facts, 0));

  row.grants = "";
  shy_facts_free (g_steal_pointer (&named));
  named = new_case (policy, &row);
  grant->number = 12;
  shy_facts_add_grant (named, grant);
  verdict = decide (policy, named);
  g_assert_cmpint (shy_verdict_get_limit (verdict, 0)->other, ==, 12);
  g_assert_nonnull (strstr (shy_verdict_get_limit (verdict, 0)->message, "application 12"));
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/limits/rows", test_rows);
  g_test_add_func ("/limits/found-by-keys", test_found_by_keys);
  g_test_add_func ("/limits/names-the-other", test_names_the_other);

  return g_test_run ();
}
