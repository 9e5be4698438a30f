/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulling.h"

#include <string.h>

/* The shipped look-ups against the province, by the protocol and with the keys of its gateway. */

#define ASKED 60

/* Letters of a unified social credit code. */
static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static ShyLookupAnswer *
ask (Pulling *self, ShyService *service, const char *name, const char *const *parameters)
{
  g_autoptr (ShySecrets) secrets = pulling_keys (self, service);
  g_autoptr (ShyLookup)  lookup = shy_lookup_new (service, shy_service_find_lookup (service, name),
                                                  secrets);
  g_autoptr (GError)     error = NULL;
  ShyLookupAnswer       *answer;

  shy_lookup_set_url_base (lookup, province_server_get_base (self->server));
  for (gsize i = 0; parameters[i] != NULL; i += 2)
    if (!shy_lookup_set_parameter (lookup, parameters[i], parameters[i + 1], &error))
      g_error ("%s", error->message);
  answer = shy_lookup_run (lookup, NULL, &error);
  g_assert_no_error (error);
  if (answer->reason != NULL)
    g_error ("%s", answer->reason);
  return answer;
}

static const char *
find (const ShyLookupAnswer *answer, const char *fact)
{
  for (guint i = 0; i < answer->facts->len; i++)
    {
      const ShyLookupFact *one = g_ptr_array_index (answer->facts, i);

      if (g_str_equal (one->name, fact))
        return one->text;
    }
  return NULL;
}

/* The last character of a code follows from those before. */
static char *
make_code (guint number)
{
  g_autofree char *front = g_strdup_printf ("9133112234%07u", number);

  for (const char *letter = letters; *letter != '\0'; letter++)
    {
      g_autofree char  *code = g_strdup_printf ("%s%c", front, *letter);
      g_autofree char  *tidy = NULL;
      ShyIdentityResult result = shy_identity_check (SHY_IDENTITY_KIND_CREDIT_CODE, code, NULL,
                                                     &tidy);

      if (shy_identity_result_is_valid (result))
        return g_steal_pointer (&code);
    }
  g_assert_not_reached ();
}

static void
test_employers (Pulling *self, ShyService *service)
{
  guint outcomes[SHY_LOOKUP_UNKNOWN + 1] = { 0 };
  guint owned = 0;

  for (guint i = 0; i < ASKED; i++)
    {
      g_autofree char            *code = make_code (i);
      const char *const           parameters[] = { "uscc", code, NULL };
      g_autoptr (ShyLookupAnswer) answer = ask (self, service, "employer", parameters);
      const char                 *kind = find (answer, "单位所有制");

      outcomes[answer->outcome]++;
      if (answer->outcome == SHY_LOOKUP_FOUND)
        g_assert_true (g_str_equal (kind, "民营") || g_str_equal (kind, "国有独资"));
      owned += g_strcmp0 (kind, "国有独资") == 0;
    }
  g_assert_cmpuint (outcomes[SHY_LOOKUP_FOUND] + outcomes[SHY_LOOKUP_NOT_FOUND], ==, ASKED);
  g_assert_cmpuint (outcomes[SHY_LOOKUP_NOT_FOUND], >, 0);
  g_assert_cmpuint (owned, >, 0);
  g_assert_cmpuint (owned, <, outcomes[SHY_LOOKUP_FOUND]);
}

static void
test_insured (Pulling *self, ShyService *service)
{
  const char *const parameters[] = { "id_number", "331122199202290010", "name", "测试甲", "uscc",
                                     "91331122MA00000155", NULL };
  g_autoptr (ShyLookupAnswer) answer = ask (self, service, "insurance", parameters);
  const char                 *since = find (answer, "社保起缴月");

  g_assert_cmpint (answer->outcome, ==, SHY_LOOKUP_FOUND);
  g_assert_cmpuint (strlen (since), ==, strlen ("2015-01-01"));
  g_assert_null (find (answer, "社保连续月数"));
}

static void
test_certificates (Pulling *self, ShyService *service)
{
  guint outcomes[SHY_LOOKUP_UNKNOWN + 1] = { 0 };

  for (guint i = 0; i < ASKED; i++)
    {
      g_autofree char  *number = g_strdup_printf ("样例%06u", i);
      const char *const parameters[] = { "certificate", number, "id_number", "331122199202290010",
                                         "name", "测试甲", NULL };
      g_autoptr (ShyLookupAnswer) answer = ask (self, service, "certificate", parameters);
      const char                 *exit = find (answer, "出站类型");

      outcomes[answer->outcome]++;
      if (answer->outcome == SHY_LOOKUP_FOUND)
        g_assert_true (g_str_equal (exit, "期满出站") || g_str_equal (exit, "退站"));
      else
        g_assert_null (exit);
    }
  g_assert_cmpuint (outcomes[SHY_LOOKUP_FOUND] + outcomes[SHY_LOOKUP_NOT_FOUND], ==, ASKED);
  g_assert_cmpuint (outcomes[SHY_LOOKUP_NOT_FOUND], >, 0);
}

static void
run (gconstpointer body)
{
  Pulling                pulling = { NULL };
  g_autoptr (ShyService) service = NULL;

  pulling_set_up (&pulling, 10);
  service = pulling_load ("zj-irs-lookups.json");
  ((void (*) (Pulling *, ShyService *)) body) (&pulling, service);
  pulling_tear_down (&pulling);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/province-lookups/employers", test_employers, run);
  g_test_add_data_func ("/province-lookups/insured", test_insured, run);
  g_test_add_data_func ("/province-lookups/certificates", test_certificates, run);

  return g_test_run ();
}
