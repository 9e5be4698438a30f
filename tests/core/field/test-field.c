/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "field/shy-field.h"
#include "shy-error.h"

#include <string.h>

/* No number here is a person's: they are made up with a right check digit. */

typedef struct {
  ShyFieldType type;
  const char  *text;
  const char  *normal; /* NULL: refused */
} NormalRow;

static const NormalRow normal_rows[] = {
  { SHY_FIELD_NUMBER, "0", "0" },
  { SHY_FIELD_MONEY, "200000.00", "200000" },
  { SHY_FIELD_INTEGER, "12.0", "12" },
  { SHY_FIELD_NUMBER, "007", "7" },
  { SHY_FIELD_NUMBER, "+7", "7" },
  { SHY_FIELD_NUMBER, "-0.50", "-0.5" },
  { SHY_FIELD_NUMBER, "123456789012345678901234567890.12", "123456789012345678901234567890.12" },
  { SHY_FIELD_NUMBER, "12.0", "12" },
  { SHY_FIELD_NUMBER, "12.000", "12" },
  { SHY_FIELD_NUMBER, "100", "100" },
  { SHY_FIELD_NUMBER, "-0.0", "0" },
  { SHY_FIELD_NUMBER, "", NULL },
  { SHY_FIELD_NUMBER, ".5", NULL },
  { SHY_FIELD_NUMBER, "5.", NULL },
  { SHY_FIELD_NUMBER, "1e3", NULL },
  { SHY_FIELD_NUMBER, "1,200", NULL },
  { SHY_FIELD_NUMBER, "12 ", NULL },
  { SHY_FIELD_NUMBER, "NaN", NULL },
  { SHY_FIELD_BOOLEAN, "true", "true" },
  { SHY_FIELD_BOOLEAN, "是", NULL },
  { SHY_FIELD_DATE, "2024-02-29", "2024-02-29" },
  { SHY_FIELD_DATE, "2023-02-29", NULL },
  { SHY_FIELD_DATE, "2024-2-29", NULL },
  { SHY_FIELD_DATE, "2024-02", NULL },
  { SHY_FIELD_MONTH, "2024-02", "2024-02" },
  { SHY_FIELD_MONTH, "2024-13", NULL },
  { SHY_FIELD_MONTH, "2024-02-01", NULL },
  { SHY_FIELD_TEXT, "", "" },
  { SHY_FIELD_TEXT, "期满出站", "期满出站" },
  { SHY_FIELD_TEXT, "\xff", NULL },
};

static void
test_normalize (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (normal_rows); i++)
    {
      const NormalRow   *row = &normal_rows[i];
      g_autoptr (GError) error = NULL;
      g_autofree char   *normal = shy_field_type_normalize (row->type, row->text, &error);

      g_assert_cmpstr (normal, ==, row->normal);
      if (row->normal == NULL)
        g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      else
        g_assert_no_error (error);
    }
}

/* Whatever writes a type into a file finds it again, and the word of services for a number is known. */
static void
test_words (void)
{
  ShyFieldType type;

  for (guint i = SHY_FIELD_TEXT; i <= SHY_FIELD_HTML_TEXT; i++)
    {
      g_assert_true (shy_field_type_parse (shy_field_type_to_word (i), &type));
      g_assert_cmpint (type, ==, i);
    }
  g_assert_true (shy_field_type_parse ("decimal", &type));
  g_assert_cmpint (type, ==, SHY_FIELD_NUMBER);
  g_assert_false (shy_field_type_parse ("kind", &type));
}

static ShyField *
make_field (ShyFieldType type)
{
  ShyField *field = shy_field_new ("甲", type);

  if (type == SHY_FIELD_CHOICE)
    field->values = g_strsplit ("期满出站,退站", ",", -1);
  if (type == SHY_FIELD_CHOICE)
    shy_field_add_synonym (field, "期满", "期满出站");
  if (type == SHY_FIELD_NUMBER)
    shy_field_add_synonym (field, "半年", "6");
  if (type == SHY_FIELD_NUMBER || type == SHY_FIELD_DATE)
    field->bounds.minimum = g_strdup (type == SHY_FIELD_DATE ? "2000-01-01" : "0.5");
  if (type == SHY_FIELD_NUMBER)
    field->bounds.maximum = g_strdup ("12");
  if (type == SHY_FIELD_NUMBER)
    field->bounds.step = g_strdup ("0.5");
  return field;
}

static const struct
{
  ShyFieldType type;
  const char  *text;
  const char  *value; /* NULL: refused */
  const char  *shown;
} field_rows[] = {
  { SHY_FIELD_TEXT, "期满出站", "期满出站", "期满出站" },
  { SHY_FIELD_CHOICE, "期满", "期满出站", "期满出站" },
  { SHY_FIELD_CHOICE, "退站", "退站", "退站" },
  { SHY_FIELD_CHOICE, "在站", NULL, NULL },
  { SHY_FIELD_NUMBER, "半年", "6", "6" },
  { SHY_FIELD_NUMBER, "10", "10", "10" },
  { SHY_FIELD_NUMBER, "9.50", "9.5", "9.5" },
  { SHY_FIELD_NUMBER, "0.4", NULL, NULL },
  { SHY_FIELD_NUMBER, "12.5", NULL, NULL },
  { SHY_FIELD_NUMBER, "0.75", NULL, NULL },
  { SHY_FIELD_MONEY, "1234567.5", "1234567.5", "1,234,567.50" },
  { SHY_FIELD_MONEY, "0.005", NULL, NULL },
  { SHY_FIELD_INTEGER, "3", "3", "3" },
  { SHY_FIELD_INTEGER, "3.5", NULL, NULL },
  { SHY_FIELD_DATE, "2025-06-30", "2025-06-30", "2025-06-30" },
  { SHY_FIELD_DATE, "9999-12-31", "9999-12-31", "without a term" },
  { SHY_FIELD_DATE, "1999-12-31", NULL, NULL },
  { SHY_FIELD_MONTH, "2025-06", "2025-06", "2025-06" },
  { SHY_FIELD_BOOLEAN, "true", "true", "yes" },
  { SHY_FIELD_COUNTY, "龙泉市", "331181", "龙泉市" },
  { SHY_FIELD_COUNTY, "某县", NULL, NULL },
  { SHY_FIELD_RESIDENT_ID, "331122199202290010", "331122199202290010", "331122199202290010" },
};

static void
test_normalize_field (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_rows); i++)
    {
      g_autoptr (ShyField) made = make_field (field_rows[i].type);
      g_autoptr (ShyField) field = shy_field_copy (made);
      g_autoptr (GError)   error = NULL;
      g_autofree char     *value = shy_field_normalize (field, field_rows[i].text, &error);
      g_autofree char     *shown = value != NULL ? shy_field_display (field, value) : NULL;

      g_test_message ("%s", field_rows[i].text);
      g_assert_cmpstr (value, ==, field_rows[i].value);
      g_assert_cmpint (value == NULL, ==, error != NULL);
      /* Of a place the words depend on the language. */
      if (field->type != SHY_FIELD_COUNTY)
        g_assert_cmpstr (shown, ==, field_rows[i].shown);
    }
}

static const struct
{
  ShyFieldType type;
  const char  *value;
  const char  *checked; /* NULL: refused */
  const char  *screen;
  const char  *published;
} number_rows[] = {
  { SHY_FIELD_RESIDENT_ID, "33112219920229 0010", "331122199202290010", "331***********0010",
    "33**************10" },
  { SHY_FIELD_RESIDENT_ID, "331122199202290011", NULL, "331***********0011", "33**************11" },
  { SHY_FIELD_CREDIT_CODE, "91331122ma00000155", "91331122MA00000155", "91331122ma00000155",
    "91331122ma00000155" },
  { SHY_FIELD_BANK_CARD, "6212 3456 7890 1265", "6212345678901265", "6212********1265",
    "************1265" },
  { SHY_FIELD_MOBILE, "13812345678", "13812345678", "138****5678", "138******78" },
  { SHY_FIELD_MOBILE, "1381234567", NULL, "138***4567", "138*****67" },
};

/* A wrong number is as personal as a right one. */
static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (number_rows); i++)
    {
      g_autoptr (ShyField) field = shy_field_new ("号", number_rows[i].type);
      g_autoptr (GError)   error = NULL;
      g_autofree char     *checked = shy_field_check (field, number_rows[i].value, NULL, NULL, &error);
      g_autofree char     *screen = shy_field_mask (field, SHY_IDENTITY_AUDIENCE_SCREEN,
                                                    number_rows[i].value);
      g_autofree char     *published = shy_field_mask (field, SHY_IDENTITY_AUDIENCE_PUBLIC,
                                                       number_rows[i].value);

      g_test_message ("%s", number_rows[i].value);
      g_assert_cmpstr (checked, ==, number_rows[i].checked);
      g_assert_cmpstr (screen, ==, number_rows[i].screen);
      g_assert_cmpstr (published, ==, number_rows[i].published);
      if (checked == NULL)
        g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
    }
}

static void
test_split (void)
{
  g_autoptr (ShyField) field = shy_field_new ("名单", SHY_FIELD_TEXT);
  g_auto (GStrv)       one = shy_field_split (field, "甲、乙");
  g_auto (GStrv)       several = NULL;
  g_autofree char     *text = NULL;

  field->several = TRUE;
  several = shy_field_split (field, "甲、乙；甲 丙\n");
  text = g_strjoinv ("|", several);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (text, ==, "甲|乙|丙");
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/field/type/normalize", test_normalize);
  g_test_add_func ("/field/type/words", test_words);
  g_test_add_func ("/field/normalize", test_normalize_field);
  g_test_add_func ("/field/check", test_check);
  g_test_add_func ("/field/split", test_split);

  return g_test_run ();
}
