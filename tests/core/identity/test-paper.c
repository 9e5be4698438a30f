/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity/shy-paper.h"

#include <glib.h>

/* No number here is a person's: they are published examples, or made up with a right check digit. */

static const char *const all[] = { "resident-id", "residence-permit", "permanent-residence",
                                   "passport", "permit-hong-kong-macao", "permit-taiwan", "officer",
                                   NULL };

static void
test_check (void)
{
  const struct
  {
    const char        *said; /* (nullable) */
    const char        *text;
    ShyIdentityResult  result;
    const char        *paper; /* (nullable) */
    const char        *number;
  } rows[] = {
    { NULL, "331122199202290010", SHY_IDENTITY_VALID, "resident-id", "331122199202290010" },
    { NULL, "810000199408230021", SHY_IDENTITY_VALID, "residence-permit", "810000199408230021" },
    /* The example of GA 2102-2023. */
    { NULL, "933840198506150017", SHY_IDENTITY_VALID, "permanent-residence", "933840198506150017" },
    { "外国人永久居留身份证", "933840198506150017", SHY_IDENTITY_VALID, "permanent-residence",
      "933840198506150017" },
    { "永居证", " 933840 19850615 0017 ", SHY_IDENTITY_VALID, "permanent-residence",
      "933840198506150017" },
    { NULL, "933840198506150018", SHY_IDENTITY_CHECK, "permanent-residence", NULL },
    { NULL, "933840198513150017", SHY_IDENTITY_BIRTH_DATE, "permanent-residence", NULL },
    { "护照", "e12345678", SHY_IDENTITY_WARN_PAPER, "passport", "E12345678" },
    { NULL, "E12345678", SHY_IDENTITY_WARN_PAPER, "passport", "E12345678" },
    { "台胞证", "12345678", SHY_IDENTITY_WARN_PAPER, "permit-taiwan", "12345678" },
    { "回乡证", "H12345678", SHY_IDENTITY_WARN_PAPER, "permit-hong-kong-macao", "H12345678" },
    { "军官证", "军字第1234567号", SHY_IDENTITY_WARN_PAPER, "officer", "军字第1234567号" },
    /* A resident ID that was mistyped does not pass as another paper. */
    { NULL, "33112219920229001", SHY_IDENTITY_LENGTH, NULL, NULL },
    { NULL, "12345678", SHY_IDENTITY_LENGTH, NULL, NULL },
    { NULL, "331122199202290011", SHY_IDENTITY_CHECK, "resident-id", NULL },
    { "护照", "33112219920229001", SHY_IDENTITY_CHARACTERS, "passport", NULL },
    { "身份证", "E12345678", SHY_IDENTITY_LENGTH, "resident-id", NULL },
    { "护照", "", SHY_IDENTITY_EMPTY, "passport", NULL },
    { "护照", "E1", SHY_IDENTITY_CHARACTERS, "passport", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const ShyPaper   *said = rows[i].said != NULL ? shy_paper_find (rows[i].said) : NULL;
      const ShyPaper   *paper = NULL;
      g_autofree char  *number = NULL;
      ShyIdentityResult result = shy_paper_check (all, said, rows[i].text, NULL, &number, &paper);

      g_test_message ("%s %s", rows[i].said, rows[i].text);
      g_assert_true ((said != NULL) == (rows[i].said != NULL));
      g_assert_cmpint (result, ==, rows[i].result);
      g_assert_cmpstr (paper != NULL ? shy_paper_get_id (paper) : NULL, ==, rows[i].paper);
      if (rows[i].number != NULL)
        g_assert_cmpstr (number, ==, rows[i].number);
    }
}

/* What a policy does not take is refused, and without a list only what has always been taken. */
static void
test_kinds_taken (void)
{
  const char *const     foreign[] = { "permanent-residence", "passport", NULL };
  const ShyPaper       *officer = shy_paper_get ("officer");
  g_autofree char      *reason = shy_paper_dup_reason (officer, SHY_IDENTITY_PAPER);

  g_assert_cmpint (shy_paper_check (NULL, NULL, "933840198506150017", NULL, NULL, NULL), ==,
                   SHY_IDENTITY_AREA);
  g_assert_cmpint (shy_paper_check (NULL, NULL, "E12345678", NULL, NULL, NULL), ==,
                   SHY_IDENTITY_LENGTH);
  g_assert_cmpint (shy_paper_check (NULL, NULL, "331122199202290010", NULL, NULL, NULL), ==,
                   SHY_IDENTITY_VALID);
  g_assert_cmpint (shy_paper_check (foreign, officer, "军字第1234567号", NULL, NULL, NULL), ==,
                   SHY_IDENTITY_PAPER);
  g_assert_cmpint (shy_paper_check (foreign, NULL, "933840198506150017", NULL, NULL, NULL), ==,
                   SHY_IDENTITY_VALID);
  g_assert_nonnull (strstr (reason, "Officer"));
  g_assert_null (shy_paper_get ("library-card"));
  g_assert_null (shy_paper_find ("读者证"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/check", test_check);
  g_test_add_func ("/paper/kinds-taken", test_kinds_taken);
  return g_test_run ();
}
