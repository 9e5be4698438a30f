/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landing/shy-landing-words.h"
#include "../../home.h"

static const struct
{
  const char *json;
  const char *text;
} cases[] = {
  { NULL, "" },
  { "", "" },
  { "{", "" },
  { "[1]", "" },
  { "{\"requests\":3,\"pages\":2,\"rows\":1450,\"total\":-1}",
    "Requests 3, pages 2, rows 1,450." },
  { "{\"requests\":3,\"pages\":2,\"rows\":40,\"total\":41,\"resumed\":true,\"rejected\":1,"
    "\"duplicates\":2,\"field_warnings\":{\"starts_at\":3},\"field_nulls\":{\"place\":7,\"phone\":0},"
    "\"mapped\":{\"title\":\"acb331\"},\"unmapped\":[\"aaa1\",\"aaa2\"],\"skew\":-1200,"
    "\"notes\":[\"A note.\"]}",
    "It went on with a pull that had been interrupted.\n"
    "Requests 3, pages 2, rows 40.\n"
    "The service announced 41 rows.\n"
    "1 row was left out: it lacks what is required.\n"
    "2 rows came more than once.\n"
    "Cells that could not be read, by field: starts_at (3).\n"
    "Empty cells, by field: place (7).\n"
    "Fields, and what the service calls them: title ← acb331.\n"
    "Names that no field takes: aaa1, aaa2.\n"
    "The service’s clock is 1,200 seconds behind this computer’s.\n"
    "A note." },
  { "{\"unchanged\":true,\"skew\":5,\"field_nulls\":[],\"mapped\":null}",
    "The service says that nothing has changed.\n"
    "Requests 0, pages 0, rows 0." },
};

static void
test_describe (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = shy_landing_words_report (cases[i].json);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/services-report/describe", test_describe);

  return g_test_run ();
}
