/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-fixture.h"

#include "subsidy-register.h"

#include <stdlib.h>
#include <string.h>

/*
 * A long random walk over the register: applications come in, alone and by spreadsheet, are completed,
 * corrected and withdrawn, over several policies, years and settings of counties. A model that knows
 * nothing of the program keeps its own books and says after each step what must have been stored.
 */

/* In the suite; SHANYE_MODEL_STEPS asks for more. Under the sanitizers each takes far longer. */
#ifdef __SANITIZE_ADDRESS__
#define STEPS 1000
#else
#define STEPS 12000
#endif

#define N_COUNTIES  3
#define IN_ONE_JOB  500
#define DEFAULT_CAP 500000 /* fen */

static const char *const counties[N_COUNTIES] = { "330822", "331122", "330127" };

/* Three invented policies: once in a life; a yearly sum per employer, of the county's choice, and not
 * beside the first; in at most two years. */
enum { ONCE, CAP, YEARS, N_POLICIES };

static const char *const ids[N_POLICIES] = { "model-once", "model-cap", "model-years" };

static const char *const amounts[N_POLICIES] = { "1000", "金额", "10" };

static const char *const limits[N_POLICIES] = {
  ("{\"id\":\"once\",\"kind\":\"lifetime\",\"per\":\"person\",\"policies\":[\"model-once\"],\"max\":1,"
   "\"clause\":\"c\"},"
   "{\"id\":\"beside\",\"kind\":\"exclusion\",\"per\":\"person\",\"policies\":[\"model-cap\"],"
   "\"clause\":\"c\"}"),
  ("{\"id\":\"sum\",\"kind\":\"yearly-amount\",\"per\":\"employer\",\"policies\":[\"model-cap\"],"
   "\"max\":\"上限\",\"clause\":\"c\"},"
   "{\"id\":\"beside\",\"kind\":\"exclusion\",\"per\":\"person\",\"policies\":[\"model-once\"],"
   "\"clause\":\"c\"}"),
  ("{\"id\":\"two\",\"kind\":\"years\",\"per\":\"person\",\"policies\":[\"model-years\"],\"max\":2,"
   "\"clause\":\"c\"}"),
};

static ShyPolicy *
make_policy (guint index)
{
  g_autofree char   *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy;

  text = g_strdup_printf (
    "{\"format\":1,\"id\":\"%s\",\"version\":\"1\",\"title\":{\"zh_CN\":\"模\",\"en\":\"Model\"},"
    "\"kind\":\"application\","
    "\"subject\":{\"person\":\"人\",\"employer\":\"单位\",\"county\":\"县\"},"
    "\"documents\":[{\"id\":\"d\",\"title\":\"模\",\"number\":\"1\",\"issuer\":\"模\","
    "\"date\":\"2020-01-01\",\"address\":null,\"confidence\":\"A\"}],"
    "\"clauses\":[{\"id\":\"c\",\"document\":\"d\",\"number\":\"1\",\"text\":{\"zh_CN\":\"模\","
    "\"en\":\"Model\"},\"status\":\"verified\"}],"
    "\"effective\":{\"from\":null,\"until\":null},"
    "\"settings\":[{\"name\":\"上限\",\"label\":{\"zh_CN\":\"上限\",\"en\":\"Cap\"},\"type\":\"money\","
    "\"value\":5000,\"clause\":\"c\",\"status\":\"verified\"}],"
    "\"fields\":["
    "{\"name\":\"人\",\"label\":{\"zh_CN\":\"人\",\"en\":\"Person\"},\"type\":\"text\",\"required\":true},"
    "{\"name\":\"单位\",\"label\":{\"zh_CN\":\"单位\",\"en\":\"Employer\"},\"type\":\"text\"},"
    "{\"name\":\"县\",\"label\":{\"zh_CN\":\"县\",\"en\":\"County\"},\"type\":\"county\"},"
    "{\"name\":\"金额\",\"label\":{\"zh_CN\":\"金额\",\"en\":\"Amount\"},\"type\":\"money\"},"
    "{\"name\":\"材料\",\"label\":{\"zh_CN\":\"材料\",\"en\":\"Papers\"},\"type\":\"boolean\"}],"
    "\"criteria\":[{\"id\":\"papers\",\"title\":{\"zh_CN\":\"材料\",\"en\":\"Papers\"},"
    "\"condition\":\"材料\",\"clause\":\"c\","
    "\"when_true\":{\"zh_CN\":\"有\",\"en\":\"There\"},\"when_false\":{\"zh_CN\":\"无\",\"en\":\"Bad\"},"
    "\"when_unknown\":{\"zh_CN\":\"缺\",\"en\":\"Missing\"},\"unknown\":\"materials\"}],"
    "\"amount\":{\"expression\":\"%s\",\"unit\":\"元\",\"clause\":\"c\"},"
    "\"limits\":[%s],\"steps\":[],\"cases\":[]}",
    ids[index], amounts[index], limits[index]);
  bytes = g_bytes_new (text, strlen (text));
  policy = shy_policy_new_from_bytes (bytes, ids[index], &error);
  g_assert_no_error (error);
  return policy;
}

/* The papers of an application: not there, good, or bad. */
typedef enum { PAPERS_MISSING, PAPERS_GOOD, PAPERS_BAD } Papers;

/* An application in the books of the model. */
typedef struct
{
  gint64         id;
  guint          policy;
  guint          person;
  guint          employer;
  guint          county;
  guint          year;
  gint64         wanted;    /* fen */
  Papers         papers;
  guint          revision;
  gboolean       withdrawn;
  SubsidyOutcome outcome;
  gint64         amount;
} Entry;

typedef struct
{
  Fixture   *fixture;
  ShyPolicy *policies[N_POLICIES];
  GRand     *random;
  GArray    *entries;                  /* of Entry; number in the register is index + 1 */
  guint      n_persons;                /* as many for each step, so that they meet as often */
  guint      n_employers;
  GPtrArray **of_person;               /* of indices */
  GPtrArray **of_employer;
  gint64     caps[N_COUNTIES];
  guint      steps;
  guint      wanted_steps;
  guint      turned;                   /* decisions that came out otherwise than shown */
  guint      told;                     /* other cases that were told of */
  guint      counts[SUBSIDY_N_OUTCOMES];
  char      *why;                      /* (owned) (nullable): the last verdict, for messages */
} Walk;

static Entry *
get (Walk *walk, guint index)
{
  return &g_array_index (walk->entries, Entry, index);
}

static guint
roll (Walk *walk, guint n)
{
  return (guint) g_rand_int_range (walk->random, 0, (int) n);
}

static gboolean
counts (const Entry *entry, const Entry *own)
{
  return entry != own && !entry->withdrawn && entry->outcome == SUBSIDY_ELIGIBLE;
}

/* Whether others leave room, and how much of a sum. */
static gboolean
has_room (Walk *walk, const Entry *own, gint64 *left)
{
  GPtrArray *theirs = walk->of_person[own->person];
  GPtrArray *firm = walk->of_employer[own->employer];
  guint      years = 0;

  *left = G_MAXINT64;
  for (guint i = 0; i < theirs->len; i++)
    {
      const Entry *entry = get (walk, GPOINTER_TO_UINT (theirs->pdata[i]));

      if (!counts (entry, own))
        continue;
      if (own->policy != YEARS && (entry->policy == ONCE || (entry->policy == CAP && own->policy == ONCE)))
        return FALSE;
      if (own->policy == YEARS && entry->policy == YEARS && entry->year != own->year)
        years |= 1u << (entry->year - 2020);
    }
  if (own->policy == YEARS)
    return __builtin_popcount (years) < 2;
  if (own->policy == ONCE)
    return TRUE;

  *left = walk->caps[own->county];
  for (guint i = 0; i < firm->len; i++)
    {
      const Entry *entry = get (walk, GPOINTER_TO_UINT (firm->pdata[i]));

      if (counts (entry, own) && entry->policy == CAP && entry->year == own->year)
        *left -= entry->amount;
    }
  return *left > 0;
}

/* What must be stored of it. */
static void
predict (Walk *walk, const Entry *own, SubsidyOutcome *outcome, gint64 *amount)
{
  static const gint64 fixed[N_POLICIES] = { 100000, 0, 1000 };
  gint64              left;
  gboolean            room = has_room (walk, own, &left);

  *amount = 0;
  if (own->papers == PAPERS_BAD)
    *outcome = SUBSIDY_NOT_ELIGIBLE;
  else if (own->papers == PAPERS_MISSING)
    *outcome = SUBSIDY_MATERIALS;
  else if (!room)
    *outcome = SUBSIDY_PERSON;
  else
    {
      *outcome = SUBSIDY_ELIGIBLE;
      *amount = own->policy == CAP ? MIN (own->wanted, left) : fixed[own->policy];
    }
}

/* Of one whose papers are missing it does not matter which of both is said. */
static void
check (Walk *walk, const Entry *entry)
{
  SubsidyOutcome outcome;
  gint64         amount;

  predict (walk, entry, &outcome, &amount);
  if (outcome == SUBSIDY_MATERIALS && entry->outcome == SUBSIDY_PERSON)
    outcome = SUBSIDY_PERSON;
  if (entry->outcome != outcome || entry->amount != amount)
    g_error ("step %u, application %d of %s: stored %s, %d fen; the model says %s, %d fen of at most %d; %s",
             walk->steps, (int) entry->id, ids[entry->policy],
             subsidy_outcome_to_word (entry->outcome), (int) entry->amount,
             subsidy_outcome_to_word (outcome), (int) amount,
             (int) walk->caps[entry->county], walk->why);
}

static ShyFacts *
make_facts (Walk *walk, const Entry *entry)
{
  ShyPolicy       *policy = walk->policies[entry->policy];
  ShyFacts        *facts = shy_facts_new ();
  g_autofree char *person = g_strdup_printf ("P%u", entry->person);
  g_autofree char *employer = g_strdup_printf ("E%u", entry->employer);
  g_autofree char *wanted = g_strdup_printf ("%d", (int) (entry->wanted / 100));
  GDate            on;

  g_date_clear (&on, 1);
  g_date_set_dmy (&on, 1, 6, (GDateYear) entry->year);
  shy_facts_set_on (facts, &on);
  shy_facts_set_county (facts, counties[entry->county]);
  shy_facts_take (facts, policy, "人", person, SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  shy_facts_take (facts, policy, "单位", employer, SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  shy_facts_take (facts, policy, "县", counties[entry->county], SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  shy_facts_take (facts, policy, "金额", wanted, SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  if (entry->papers != PAPERS_MISSING)
    shy_facts_take (facts, policy, "材料", entry->papers == PAPERS_GOOD ? "true" : "false",
                    SHY_FACT_ORIGIN_TYPED, NULL, NULL);
  return facts;
}

static Entry
draw (Walk *walk)
{
  Entry entry = { 0 };

  entry.policy = roll (walk, N_POLICIES);
  entry.person = roll (walk, walk->n_persons);
  entry.employer = roll (walk, walk->n_employers);
  entry.county = roll (walk, N_COUNTIES);
  entry.year = 2021 + roll (walk, 5);
  entry.wanted = 100 * (500 + roll (walk, 3000));
  entry.papers = roll (walk, 10) < 7 ? PAPERS_GOOD : roll (walk, 3) > 0 ? PAPERS_MISSING : PAPERS_BAD;
  return entry;
}

static void
enter (Walk *walk, const Entry *entry)
{
  gpointer index = GUINT_TO_POINTER (walk->entries->len);

  g_assert_cmpint (entry->id, ==, walk->entries->len + 1);
  g_ptr_array_add (walk->of_person[entry->person], index);
  g_ptr_array_add (walk->of_employer[entry->employer], index);
  g_array_append_val (walk->entries, *entry);
  walk->counts[entry->outcome]++;
}

/* Takes an application in, or changes one; @entry is what it is to say. */
static void
amend (Walk *walk, ShyConnection *connection, Entry *entry)
{
  g_autoptr (ShyFacts)  facts = make_facts (walk, entry);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();
  g_autoptr (GError)    error = NULL;
  SubsidyDecision       decision = { .id = entry->id, .revision = entry->revision };

  decision.policy = walk->policies[entry->policy];
  decision.facts = facts;
  decision.warnings = warnings;
  decision.record.outcome = SUBSIDY_ELIGIBLE;
  subsidy_register_amend (connection, &decision, NULL, &error);
  g_assert_no_error (error);

  entry->id = decision.id;
  entry->revision++;
  entry->outcome = decision.record.outcome;
  entry->amount = decision.record.amount;
  g_free (walk->why);
  walk->why = g_strdup (decision.record.verdict);
  walk->told += decision.others->len;
  subsidy_decision_clear (&decision);
}

static void
apply (Walk *walk, ShyConnection *connection)
{
  Entry entry = draw (walk);

  amend (walk, connection, &entry);
  enter (walk, &entry);
  check (walk, get (walk, walk->entries->len - 1));
}

/* One of the applications that were not withdrawn. */
static gboolean
choose (Walk *walk, guint *index)
{
  for (guint i = 0; walk->entries->len > 0 && i < 20; i++)
    {
      *index = roll (walk, walk->entries->len);
      if (!get (walk, *index)->withdrawn)
        return TRUE;
    }
  return FALSE;
}

static void
change (Walk *walk, ShyConnection *connection)
{
  guint  index;
  Entry  changed;
  Entry  drawn = draw (walk);

  if (!choose (walk, &index))
    return;
  changed = *get (walk, index);
  if (roll (walk, 2) == 0)
    changed.papers = PAPERS_GOOD;
  else
    changed.papers = drawn.papers;
  if (roll (walk, 3) == 0)
    changed.wanted = drawn.wanted;
  if (roll (walk, 4) == 0)
    {
      changed.person = drawn.person;
      changed.employer = drawn.employer;
      g_ptr_array_remove (walk->of_person[get (walk, index)->person], GUINT_TO_POINTER (index));
      g_ptr_array_remove (walk->of_employer[get (walk, index)->employer], GUINT_TO_POINTER (index));
      g_ptr_array_add (walk->of_person[changed.person], GUINT_TO_POINTER (index));
      g_ptr_array_add (walk->of_employer[changed.employer], GUINT_TO_POINTER (index));
    }
  amend (walk, connection, &changed);
  *get (walk, index) = changed;
  check (walk, get (walk, index));
}

static void
withdraw (Walk *walk, ShyConnection *connection)
{
  SubsidyWithdrawal  withdrawal = { .reason = "the applicant asked for it" };
  g_autoptr (GError) error = NULL;
  guint              index;

  if (!choose (walk, &index))
    return;
  withdrawal.id = get (walk, index)->id;
  subsidy_register_withdraw (connection, &withdrawal, NULL, &error);
  g_assert_no_error (error);
  get (walk, index)->withdrawn = TRUE;
  walk->told += withdrawal.others->len;
  g_ptr_array_unref (withdrawal.others);
}

static void
set_cap (Walk *walk, ShyConnection *connection)
{
  static const gint64 caps[] = { 200000, 500000, 800000, DEFAULT_CAP };
  guint               county = roll (walk, N_COUNTIES);
  guint               choice = roll (walk, G_N_ELEMENTS (caps));
  g_autofree char    *value = g_strdup_printf ("%d", (int) (caps[choice] / 100));
  g_autoptr (GError)  error = NULL;

  walk->caps[county] = caps[choice];
  shy_county_settings_set (connection, ids[CAP], counties[county], "上限",
                           choice == G_N_ELEMENTS (caps) - 1 ? NULL : value, NULL, &error);
  g_assert_no_error (error);
}

static void
judge_row (Walk *walk, ShyConnection *connection, SubsidyGrounds *grounds, ShySpool *spool,
           Entry *entry, guint row)
{
  g_autoptr (SubsidyReading) reading = g_new0 (SubsidyReading, 1);
  g_autoptr (GError)         error = NULL;

  reading->facts = make_facts (walk, entry);
  reading->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  reading->record.row = row;
  reading->record.facts = subsidy_facts_to_json (reading->facts);
  subsidy_record_identify (&reading->record, walk->policies[entry->policy], reading->facts);
  subsidy_grounds_read (grounds, connection, reading->facts, &error);
  g_assert_no_error (error);
  subsidy_reading_judge (reading, grounds, NULL, &error);
  g_assert_no_error (error);
  subsidy_reading_write (reading, walk->policies[entry->policy]);
  subsidy_spool_add (spool, &reading->record, &error);
  g_assert_no_error (error);
}

typedef struct
{
  Walk   *walk;
  GArray *rows; /* of Entry */
  guint   next;
  gint64  id;
} Taken;

static gboolean
take_row (const SubsidyRecord *record, gpointer data, GError **error)
{
  Taken *taken = data;
  Entry *entry = &g_array_index (taken->rows, Entry, taken->next++);

  entry->id = taken->id++;
  entry->revision = 1;
  entry->outcome = record->outcome;
  entry->amount = record->amount;
  g_free (taken->walk->why);
  taken->walk->why = g_strdup (record->verdict);
  enter (taken->walk, entry);
  check (taken->walk, get (taken->walk, taken->walk->entries->len - 1));
  return TRUE;
}

/* A spreadsheet is decided, others work, then it is stored. */
static void
take_in (Walk *walk, ShyConnection *connection)
{
  guint                      policy = roll (walk, N_POLICIES);
  guint                      year = 2021 + roll (walk, 5);
  g_autoptr (SubsidyGrounds) grounds = subsidy_grounds_new (walk->policies[policy]);
  g_autoptr (ShySpool)   spool = shy_spool_new (walk->fixture->folder, NULL);
  g_autoptr (ShySpool)   anew = shy_spool_new (walk->fixture->folder, NULL);
  g_autoptr (GArray)         rows = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GPtrArray)      turned = g_ptr_array_new_with_free_func (subsidy_turn_free);
  g_autofree char           *stamp = shy_connection_dup_stamp (connection);
  g_autoptr (GError)         error = NULL;
  g_autoptr (JsonObject)     details = json_object_new ();
  g_autofree char           *now = NULL;
  ShyImportCommit            import = { .rows = spool, .anew = anew, .file = "model.csv", .sheet = "model",
                                        .details = details };
  SubsidyCommit              commit = { &import };
  Taken                      taken = { walk, rows };
  guint                      n = 1 + roll (walk, 4);

  for (guint i = 0; i < n; i++)
    {
      Entry entry = draw (walk);

      entry.policy = policy;
      entry.year = year;
      if (i > 0 && roll (walk, 2) == 0)
        entry.employer = g_array_index (rows, Entry, 0).employer;
      g_array_append_val (rows, entry);
    }
  for (guint i = 0; i < n; i++)
    judge_row (walk, connection, grounds, spool, &g_array_index (rows, Entry, i), i + 1);

  /* What others do meanwhile is about the same people more often than chance would have it. */
  if (roll (walk, 2) == 0)
    {
      Entry entry = g_array_index (rows, Entry, roll (walk, n));

      entry.papers = PAPERS_GOOD;
      amend (walk, connection, &entry);
      enter (walk, &entry);
      check (walk, get (walk, walk->entries->len - 1));
    }

  commit.policy = walk->policies[policy];
  commit.turned = turned;
  now = shy_connection_dup_stamp (connection);
  import.again = !g_str_equal (now, stamp);
  import.batch = shy_connection_reserve_ids (connection, "shy_import", 1, &error);
  g_date_clear (&commit.on, 1);
  g_date_set_dmy (&commit.on, 1, 6, (GDateYear) year);
  subsidy_register_commit (connection, &commit, NULL, &error);
  g_assert_no_error (error);
  walk->turned += turned->len;
  taken.id = walk->entries->len + 1;
  subsidy_spool_foreach (import.again ? anew : spool, take_row, &taken, &error);
  g_assert_no_error (error);
}

static gboolean
step_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Walk *walk = data;

  for (guint i = 0; i < IN_ONE_JOB && walk->steps < walk->wanted_steps; i++)
    {
      guint dice = roll (walk, 100);

      walk->steps++;
      if (dice < 40)
        apply (walk, connection);
      else if (dice < 70)
        change (walk, connection);
      else if (dice < 80)
        withdraw (walk, connection);
      else if (dice < 83)
        set_cap (walk, connection);
      else
        take_in (walk, connection);
    }
  return TRUE;
}

/* The books and the register say the same, also after it was opened again. */
static gboolean
compare_job (ShyConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Walk                    *walk = data;
  g_autoptr (ShyStatement) rows = NULL;
  guint                    i = 0;

  rows = shy_connection_prepare (connection,
                                 "SELECT id, outcome, amount, withdrawn_at, person FROM subsidy_case "
                                 "ORDER BY id", error);
  g_assert_nonnull (rows);
  while (shy_statement_step (rows, error))
    {
      const Entry     *entry = get (walk, i++);
      g_autofree char *person = g_strdup_printf ("P%u", entry->person);

      g_assert_cmpint (shy_statement_get_int64 (rows, 0), ==, entry->id);
      g_assert_cmpstr (shy_statement_get_text (rows, 1), ==,
                       subsidy_outcome_to_word (entry->outcome));
      g_assert_cmpint (shy_statement_get_int64 (rows, 2), ==, entry->amount);
      g_assert_true ((shy_statement_get_text (rows, 3) != NULL) == entry->withdrawn);
      g_assert_cmpstr (shy_statement_get_text (rows, 4), ==, person);
    }
  g_assert_cmpuint (i, ==, walk->entries->len);
  return TRUE;
}

/* No key holds more than it may, counted over all that is stored. */
static void
assert_nobody_twice (Walk *walk)
{
  for (guint i = 0; i < walk->n_persons; i++)
    {
      guint once = 0, cap = 0, years = 0;

      for (guint j = 0; j < walk->of_person[i]->len; j++)
        {
          const Entry *entry = get (walk, GPOINTER_TO_UINT (walk->of_person[i]->pdata[j]));

          if (!counts (entry, NULL))
            continue;
          once += entry->policy == ONCE;
          cap += entry->policy == CAP;
          if (entry->policy == YEARS)
            years |= 1u << (entry->year - 2020);
        }
      g_assert_cmpuint (once, <=, 1);
      g_assert_false (once > 0 && cap > 0);
      g_assert_cmpint (__builtin_popcount (years), <=, 2);
    }
}

static void
walk_free (Walk *walk)
{
  for (guint i = 0; i < N_POLICIES; i++)
    g_object_unref (walk->policies[i]);
  for (guint i = 0; i < walk->n_persons; i++)
    g_ptr_array_unref (walk->of_person[i]);
  for (guint i = 0; i < walk->n_employers; i++)
    g_ptr_array_unref (walk->of_employer[i]);
  g_free (walk->of_person);
  g_free (walk->of_employer);
  g_rand_free (walk->random);
  g_array_unref (walk->entries);
  g_free (walk->why);
  g_free (walk);
}

static Walk *
walk_new (Fixture *fixture, guint steps)
{
  Walk *walk = g_new0 (Walk, 1);

  walk->fixture = fixture;
  walk->wanted_steps = steps;
  walk->n_persons = steps + steps / 3;
  walk->n_employers = steps * 2 / 5;
  walk->of_person = g_new0 (GPtrArray *, walk->n_persons);
  walk->of_employer = g_new0 (GPtrArray *, walk->n_employers);
  walk->random = g_rand_new_with_seed (20261130);
  walk->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (guint i = 0; i < N_POLICIES; i++)
    walk->policies[i] = make_policy (i);
  for (guint i = 0; i < walk->n_persons; i++)
    walk->of_person[i] = g_ptr_array_new ();
  for (guint i = 0; i < walk->n_employers; i++)
    walk->of_employer[i] = g_ptr_array_new ();
  for (guint i = 0; i < N_COUNTIES; i++)
    walk->caps[i] = DEFAULT_CAP;
  return walk;
}

static void
test_walk (Fixture *self, gconstpointer data)
{
  const char        *wanted = g_getenv ("SHANYE_MODEL_STEPS");
  Walk              *walk = walk_new (self, wanted != NULL ? (guint) atoi (wanted) : STEPS);
  g_autoptr (GError) error = NULL;

  while (walk->steps < walk->wanted_steps)
    {
      shy_store_run (self->store, SHY_STORE_WRITE, step_job, walk, NULL, &error);
      g_assert_no_error (error);
    }
  assert_nobody_twice (walk);
  shy_store_run (self->store, SHY_STORE_READ, compare_job, walk, NULL, &error);
  g_assert_no_error (error);

  /* The walk went through all there is. */
  for (guint i = 0; i < SUBSIDY_REJECTED; i++)
    g_assert_cmpuint (walk->counts[i], >, walk->steps / 200);
  g_assert_cmpuint (walk->turned, >, walk->steps / 500);
  g_assert_cmpuint (walk->told, >, walk->steps / 500);
  g_test_message ("%u steps, %u applications, %u turned while stored, %u others told of",
                  walk->steps, walk->entries->len, walk->turned, walk->told);
  walk_free (walk);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add ("/subsidy/model/walk", Fixture, NULL, set_up, test_walk, tear_down);
  return g_test_run ();
}
