/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "identity/shy-identity-mask.h"

#include <string.h>

/* No number here is a person's: they are published examples, or made up with a right check digit. */

static void
test_mask (void)
{
  const struct
  {
    ShyIdentityKind  kind;
    const char      *number;
    const char      *screen;
    const char      *published;
  } rows[] = {
    { SHY_IDENTITY_KIND_RESIDENT_ID, "331122199202290010", "331***********0010",
      "33**************10" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "11010519491231002x", "110***********002X",
      "11**************2X" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "130503670401001", "130********1001", "13***********01" },
    { SHY_IDENTITY_KIND_BANK_CARD, "6212 3456 7890 1265", "6212********1265", "************1265" },
    { SHY_IDENTITY_KIND_BANK_CARD, "6205500000000000004", "6205***********0004",
      "***************0004" },
    { SHY_IDENTITY_KIND_MOBILE, "13812345678", "138****5678", "138******78" },
    { SHY_IDENTITY_KIND_CREDIT_CODE, "91331122MA00000155", "91331122MA00000155",
      "91331122MA00000155" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "933840198506150017", "933***********0017",
      "93**************17" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "E12345678", "E*****678", "E*******8" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "H1234567801", "H*******801", "H*********1" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "12345678", "1****678", "1******8" },
    { SHY_IDENTITY_KIND_MOBILE, "05783123456", "057****3456", "057******56" },
    /* Too short to hide anything: nothing is shown. */
    { SHY_IDENTITY_KIND_RESIDENT_ID, "3311220", "*******", "33***20" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "3311", "****", "****" },
    { SHY_IDENTITY_KIND_BANK_CARD, "1234", "****", "****" },
    { SHY_IDENTITY_KIND_MOBILE, "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *screen = shy_identity_mask (rows[i].kind, SHY_IDENTITY_AUDIENCE_SCREEN,
                                                   rows[i].number);
      g_autofree char *published = shy_identity_mask (rows[i].kind, SHY_IDENTITY_AUDIENCE_PUBLIC,
                                                      rows[i].number);

      g_test_message ("%s", rows[i].number);
      g_assert_cmpstr (screen, ==, rows[i].screen);
      g_assert_cmpstr (published, ==, rows[i].published);
    }
}

static void
test_mask_name (void)
{
  const char *const rows[][2] = {
    { "张三", "张*" },
    { "张小明", "张**" },
    { "欧阳娜娜", "欧阳**" },
    { "司马光", "司马*" },
    { "欧阳", "欧*" },
    { "蓝雷", "蓝*" },
    { " 王五 ", "王*" },
    { "买买提·阿卜杜拉", "买**·****" },
    { "John Smith", "J*** *****" },
    { "张", "*" },
    { "𠮷野家", "𠮷**" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *masked = shy_identity_mask_name (rows[i][0]);

      g_assert_cmpstr (masked, ==, rows[i][1]);
    }
}

/* What stands in a text in full, as kind:start+length. */
static const struct
{
  const char *text;
  const char *found;
} texts[] = {
  { "", "" },
  { "经审核，张* 等 3 人符合条件，每人 200000 元，公示 2025-06-30 至 2025-07-08。", "" },
  { "张三，331122199202290010，缙云县", "id:3+18" },
  { "11010519491231002x", "id:0+18" },
  { "１１０１０５１９４９１２３１００２Ｘ", "id:0+18" },
  { "号码331122199202290011有误", "id:2+18" },  /* the check digit is wrong */
  { "331122 19920229 0010", "id:0+20" },
  { "331122-1992-0229-0010", "id:0+21" },
  { "331 122 1992 0229 0010", "id:0+22" },
  { "130503670401001", "id:0+15" },
  { "00331122199202290010", "id:2+18" },        /* within a longer number */
  { "331***********0010", "" },
  { "33**************10", "" },
  { "电话13812345678，", "mobile:2+11" },
  { "138 1234 5678", "mobile:0+13" },
  { "138-1234-5678", "mobile:0+13" },
  { "+8613812345678", "mobile:3+11" },
  { "008613812345678", "mobile:4+11" },
  { "１３８１２３４５６７８", "mobile:0+11" },
  { "138****5678", "" },
  { "12812345678", "" },
  { "0578-2091234", "" },
  { "6212345678901265", "card:0+16" },
  { "6212345678901266", "card:0+16" },          /* UnionPay, the check digit is wrong */
  { "6212 3456 7890 1265", "card:0+19" },
  { "6205 5000 0000 0000 004", "card:0+23" },
  { "6205500000000000004", "card:0+19" },
  { "4111 1111 1111 1111", "card:0+19" },
  { "4111 1111 1111 1112", "" },
  { "91331122MA00000155", "" },                 /* a credit code is public */
  { "91350100M000100Y43", "" },
  { "2024-01-15 2024-02-15", "" },
  { "2024-01..2024-12", "" },
  { "浙人社发〔2022〕46号，金额 1234567890 元", "" },
  { "331122199202290010;13812345678\n6212345678901265",
    "id:0+18 mobile:19+11 card:31+16" },
  { "331122199002290016", "" },                 /* no such birth date: nobody's number */
};

static void
test_find (void)
{
  const char *const kinds[] = { "id", "code", "card", "mobile" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) found = shy_identity_find_full_numbers (texts[i].text);
      g_autoptr (GString)   text = g_string_new (NULL);

      for (guint j = 0; j < found->len; j++)
        {
          const ShyIdentityFinding *finding = g_ptr_array_index (found, j);

          g_assert_nonnull (strchr (finding->masked, '*'));
          g_string_append_printf (text, "%s%s:%u+%u", j > 0 ? " " : "", kinds[finding->kind],
                                  finding->start, finding->length);
        }
      g_test_message ("%s", texts[i].text);
      g_assert_cmpstr (text->str, ==, texts[i].found);
    }
}

/* A text of nothing but digits is looked through in time. */
static void
test_find_long (void)
{
  const char *const      number = "331122199202290010";
  g_autofree char       *digits = g_strnfill (200000, '7');
  g_autoptr (GPtrArray)  found = NULL;

  for (guint i = 0; number[i] != '\0'; i++)
    digits[100000 + i] = number[i];
  found = shy_identity_find_full_numbers (digits);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (((ShyIdentityFinding *) g_ptr_array_index (found, 0))->start, ==, 100000);
}

static void
test_finding (void)
{
  g_autoptr (GPtrArray)          found = shy_identity_find_full_numbers ("13812345678");
  g_autoptr (ShyIdentityFinding) copy = shy_identity_finding_copy (g_ptr_array_index (found, 0));

  g_assert_cmpstr (copy->masked, ==, "138****5678");
  g_assert_cmpint (copy->kind, ==, SHY_IDENTITY_KIND_MOBILE);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/identity-mask/mask", test_mask);
  g_test_add_func ("/identity-mask/name", test_mask_name);
  g_test_add_func ("/identity-mask/find", test_find);
  g_test_add_func ("/identity-mask/find-long", test_find_long);
  g_test_add_func ("/identity-mask/finding", test_finding);

  return g_test_run ();
}
