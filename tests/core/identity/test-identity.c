/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "identity/shy-identity.h"

/* No number here is a person's: they are published examples, or made up with a right check digit. */
typedef struct
{
  const char        *text;
  ShyIdentityResult  result;
  const char        *number; /* the form that is kept; %NULL: as written */
} Row;

static const Row resident_ids[] = {
  /* Published examples. */
  { "11010519491231002X", SHY_IDENTITY_VALID },
  { "440524188001010014", SHY_IDENTITY_VALID },
  { "34052419800101001X", SHY_IDENTITY_VALID },
  { "370101190102039973", SHY_IDENTITY_VALID },
  { "810000199408230021", SHY_IDENTITY_VALID },
  { "830000199201300022", SHY_IDENTITY_VALID },
  /* Made up. */
  { "331122199202290010", SHY_IDENTITY_VALID },
  { "330329198808080165", SHY_IDENTITY_VALID },
  { "331181198501019998", SHY_IDENTITY_VALID },
  { "332526198501010019", SHY_IDENTITY_VALID }, /* 缙云 before 2000 */
  { "332625197001010025", SHY_IDENTITY_VALID }, /* 天台 before 1994 */
  { "820000199408230023", SHY_IDENTITY_VALID },
  { "339999199001010013", SHY_IDENTITY_WARN_AREA },
  { "331122199002290016", SHY_IDENTITY_BIRTH_DATE }, /* right check digit, no such day */
  { "110105194912310021", SHY_IDENTITY_CHECK },
  { "331122199202290011", SHY_IDENTITY_CHECK },
  { "331122199220290010", SHY_IDENTITY_BIRTH_DATE },
  { "331122199200290010", SHY_IDENTITY_BIRTH_DATE },
  { "331122299102290010", SHY_IDENTITY_BIRTH_DATE },
  { "331122209601010019", SHY_IDENTITY_FUTURE },
  { "44052418800101001X", SHY_IDENTITY_CHECK },
  { "331122179901010010", SHY_IDENTITY_BIRTH_DATE },
  { "991122199202290010", SHY_IDENTITY_AREA },
  { "710000199408230021", SHY_IDENTITY_AREA },
  { "810001199408230021", SHY_IDENTITY_AREA },
  { "130503670401001", SHY_IDENTITY_OLD_FORM },
  { "13050367040100X", SHY_IDENTITY_LENGTH },
  { "33112219920229001", SHY_IDENTITY_LENGTH },
  { "3311221992022900100", SHY_IDENTITY_LENGTH },
  { "33112219920229O010", SHY_IDENTITY_CHARACTERS },
  { "33112219920229001A", SHY_IDENTITY_CHARACTERS },
  { "X31122199202290010", SHY_IDENTITY_CHARACTERS },
  { "3.31122E+17", SHY_IDENTITY_LENGTH },
  { "", SHY_IDENTITY_EMPTY },
  { "  ", SHY_IDENTITY_EMPTY, "" },
  /* As people and spreadsheets write them. */
  { "11010519491231002x", SHY_IDENTITY_VALID, "11010519491231002X" },
  { "１１０１０５１９４９１２３１００２Ｘ", SHY_IDENTITY_VALID, "11010519491231002X" },
  { "'331122199202290010", SHY_IDENTITY_VALID, "331122199202290010" },
  { " 331122 19920229 0010\t", SHY_IDENTITY_VALID, "331122199202290010" },
  { "331122\xe2\x80\x8b" "199202290010", SHY_IDENTITY_VALID, "331122199202290010" },
  { "\xef\xbb\xbf" "331122199202290010", SHY_IDENTITY_VALID, "331122199202290010" },
  { "331122199202290010.0", SHY_IDENTITY_LENGTH },
};

static const Row credit_codes[] = {
  { "91350100M000100Y43", SHY_IDENTITY_VALID }, /* the standard's own example */
  { "91350100M000100Y4Z", SHY_IDENTITY_CHARACTERS },
  { "91331122MA00000155", SHY_IDENTITY_VALID },
  { "91330329MA2A0000XP", SHY_IDENTITY_VALID },
  { "92331127MA2E00011E", SHY_IDENTITY_VALID },
  { "93331123MF0000021C", SHY_IDENTITY_VALID },
  { "91350200M000000510", SHY_IDENTITY_CHECK },
  { "91350100M000100Y44", SHY_IDENTITY_CHECK },
  { "91530100M000100Y43", SHY_IDENTITY_CHECK }, /* two characters exchanged */
  { "91331122MA00000156", SHY_IDENTITY_CHECK },
  { "91331122MAO0000155", SHY_IDENTITY_CHARACTERS },
  { "913311X2MA00000155", SHY_IDENTITY_CHARACTERS },
  { "91331122MA0000015", SHY_IDENTITY_LENGTH },
  { "", SHY_IDENTITY_EMPTY },
  { "91331122ma00000155", SHY_IDENTITY_VALID, "91331122MA00000155" },
  { "91331122-MA000001-55", SHY_IDENTITY_VALID, "91331122MA00000155" },
  { "９１３３１１２２ＭＡ０００００１５５", SHY_IDENTITY_VALID, "91331122MA00000155" },
};

static const Row bank_cards[] = {
  { "6200000000000005", SHY_IDENTITY_VALID },
  { "6200000000000047", SHY_IDENTITY_VALID },
  { "6205500000000000004", SHY_IDENTITY_VALID },
  { "6212345678901265", SHY_IDENTITY_VALID },
  { "6212345678901232", SHY_IDENTITY_VALID },
  { "6212345678901233", SHY_IDENTITY_WARN_LUHN },
  { "6212 3456 7890 1265", SHY_IDENTITY_VALID, "6212345678901265" },
  { "79927398713", SHY_IDENTITY_LENGTH },
  { "62123456789012650000", SHY_IDENTITY_LENGTH },
  { "621234567890126X", SHY_IDENTITY_CHARACTERS },
  { "6.21234567890126E+15", SHY_IDENTITY_CHARACTERS },
  { "", SHY_IDENTITY_EMPTY },
};

static const Row mobiles[] = {
  { "13800000000", SHY_IDENTITY_VALID },
  { "19900000000", SHY_IDENTITY_VALID },
  { "+86 138-0000-0000", SHY_IDENTITY_VALID, "13800000000" },
  { "008613800000000", SHY_IDENTITY_VALID, "13800000000" },
  { "8613800000000", SHY_IDENTITY_VALID, "13800000000" },
  { "１３８００００００００", SHY_IDENTITY_VALID, "13800000000" },
  { "12800000000", SHY_IDENTITY_CHARACTERS },
  { "23800000000", SHY_IDENTITY_CHARACTERS },
  { "1380000000", SHY_IDENTITY_LENGTH },
  { "138000000000", SHY_IDENTITY_LENGTH },
  { "0571-88888888", SHY_IDENTITY_VALID, "057188888888" },
  { "13800000000转1", SHY_IDENTITY_WARN_REMARK, "13800000000" },
  { "13800000000.0", SHY_IDENTITY_VALID, "13800000000" },
  { "13800000000.00", SHY_IDENTITY_VALID, "13800000000" },
  { "013800000000", SHY_IDENTITY_VALID, "13800000000" },
  { "13800000000（本人）", SHY_IDENTITY_WARN_REMARK, "13800000000" },
  { "手机：13800000000", SHY_IDENTITY_WARN_REMARK, "13800000000" },
  { "13800000000/13900000000", SHY_IDENTITY_WARN_SEVERAL, "13800000000" },
  { "0578-3123456，13800000000", SHY_IDENTITY_WARN_SEVERAL, "05783123456" },
  { "0578-3123456", SHY_IDENTITY_VALID, "05783123456" },
  { "（0578）3123456", SHY_IDENTITY_VALID, "05783123456" },
  { "0571-87654321转801", SHY_IDENTITY_VALID, "057187654321-801" },
  { "86-578-3123456", SHY_IDENTITY_LENGTH, "5783123456" },
  { "3123456", SHY_IDENTITY_VALID, "3123456" },
  { "400-800-1234", SHY_IDENTITY_VALID, "4008001234" },
  { "+852 9123 4567", SHY_IDENTITY_VALID, "+85291234567" },
  { "1.38E+10", SHY_IDENTITY_CHARACTERS },
  { "138000000001", SHY_IDENTITY_LENGTH },
  { "13800000000139", SHY_IDENTITY_LENGTH },
  { "无", SHY_IDENTITY_CHARACTERS },
  { "12345", SHY_IDENTITY_LENGTH },
  { "", SHY_IDENTITY_EMPTY },
};

static void
check_rows (ShyIdentityKind  kind,
            const Row       *rows,
            guint            n_rows)
{
  GDate on;

  g_date_clear (&on, 1);
  g_date_set_dmy (&on, 1, 6, 2025);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char   *number = NULL;
      g_autofree char   *reason = NULL;
      ShyIdentityResult  result = shy_identity_check (kind, rows[i].text, &on, &number);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (result, ==, rows[i].result);
      g_assert_cmpstr (number, ==, rows[i].number != NULL ? rows[i].number : rows[i].text);
      reason = shy_identity_dup_reason (kind, result);
      g_assert_cmpint (reason == NULL, ==, result == SHY_IDENTITY_VALID);
      g_assert_true (shy_identity_result_is_valid (result) == (result < SHY_IDENTITY_EMPTY));
    }
}

static void
test_resident_ids (void)
{
  check_rows (SHY_IDENTITY_KIND_RESIDENT_ID, resident_ids, G_N_ELEMENTS (resident_ids));
}

static void
test_credit_codes (void)
{
  check_rows (SHY_IDENTITY_KIND_CREDIT_CODE, credit_codes, G_N_ELEMENTS (credit_codes));
}

static void
test_bank_cards (void)
{
  check_rows (SHY_IDENTITY_KIND_BANK_CARD, bank_cards, G_N_ELEMENTS (bank_cards));
}

static void
test_mobiles (void)
{
  check_rows (SHY_IDENTITY_KIND_MOBILE, mobiles, G_N_ELEMENTS (mobiles));
}

/* Any one wrong digit and any two neighbours exchanged are found by the check digit. */
static void
test_slips (void)
{
  const struct
  {
    ShyIdentityKind  kind;
    const char      *number;
  } rows[] = {
    { SHY_IDENTITY_KIND_RESIDENT_ID, "331122199202290010" },
    { SHY_IDENTITY_KIND_RESIDENT_ID, "11010519491231002X" },
    { SHY_IDENTITY_KIND_CREDIT_CODE, "91330329MA2A0000XP" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize at = 0; at < 18; at++)
      {
        g_autofree char *slip = g_strdup (rows[i].number);

        for (int digit = '0'; digit <= '9'; digit++)
          {
            slip[at] = (char) digit;
            if (digit != rows[i].number[at])
              g_assert_false (shy_identity_result_is_valid (
                  shy_identity_check (rows[i].kind, slip, NULL, NULL)));
          }
        slip[at] = rows[i].number[at];
        if (at == 17 || slip[at] == slip[at + 1])
          continue;
        slip[at] = rows[i].number[at + 1];
        slip[at + 1] = rows[i].number[at];
        g_assert_false (shy_identity_result_is_valid (
            shy_identity_check (rows[i].kind, slip, NULL, NULL)));
      }
}

/* An organisation code that does not keep its own standard only warns. */
static void
test_organisation (void)
{
  const char *const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  guint             warnings = 0;

  for (const char *check = alphabet; *check != '\0'; check++)
    {
      g_autofree char   *code = g_strdup_printf ("91331122MA0000016%c", *check);
      ShyIdentityResult  result = shy_identity_check (SHY_IDENTITY_KIND_CREDIT_CODE, code, NULL, NULL);

      warnings += result == SHY_IDENTITY_WARN_ORGANISATION;
      g_assert_cmpint (result, !=, SHY_IDENTITY_VALID);
    }
  g_assert_cmpuint (warnings, ==, 1);
}

static void
test_luhn (void)
{
  g_assert_true (shy_identity_luhn ("79927398713"));
  g_assert_false (shy_identity_luhn ("79927398710"));
  g_assert_false (shy_identity_luhn (""));
  g_assert_false (shy_identity_luhn ("0"));
  g_assert_false (shy_identity_luhn ("7992739871X"));
}

static void
test_parts (void)
{
  const struct
  {
    const char *number;
    const char *birth;
    gboolean    male;
    const char *area;
  } rows[] = {
    { "331122199202290010", "1992-02-29", TRUE, "浙江省丽水市缙云县" },
    { "330329198808080165", "1988-08-08", FALSE, "浙江省温州市泰顺县" },
    { "332526198501010019", "1985-01-01", TRUE, "浙江省丽水地区缙云县" },
    { "11010519491231002X", "1949-12-31", FALSE, "北京市朝阳区" },
    { "810000199408230021", "1994-08-23", FALSE, "香港特别行政区" },
  };
  GDate date;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *area = shy_identity_dup_area (rows[i].number);
      char             text[16];

      g_test_message ("%s", rows[i].number);
      g_assert_true (shy_identity_get_birth_date (rows[i].number, &date));
      g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
      g_assert_cmpstr (text, ==, rows[i].birth);
      g_assert_cmpint (shy_identity_is_male (rows[i].number), ==, rows[i].male);
      g_assert_cmpstr (area, ==, rows[i].area);
    }
  g_assert_false (shy_identity_get_birth_date ("331122199002290016", &date));
  g_assert_false (shy_identity_get_birth_date ("13800000000", &date));
  g_assert_null (shy_identity_dup_area ("abc"));
}

/* Born on the day is not yet to come; the day after is. */
static void
test_future (void)
{
  GDate on;

  g_date_clear (&on, 1);
  g_date_set_dmy (&on, 29, 2, 1992);
  g_assert_cmpint (shy_identity_check (SHY_IDENTITY_KIND_RESIDENT_ID, "331122199202290010", &on, NULL),
                   ==, SHY_IDENTITY_VALID);
  g_date_subtract_days (&on, 1);
  g_assert_cmpint (shy_identity_check (SHY_IDENTITY_KIND_RESIDENT_ID, "331122199202290010", &on, NULL),
                   ==, SHY_IDENTITY_FUTURE);
  g_assert_cmpint (shy_identity_check (SHY_IDENTITY_KIND_RESIDENT_ID, "331122199202290010", NULL, NULL),
                   ==, SHY_IDENTITY_VALID);
}

/* No reason repeats the number, for reasons are logged. */
static void
test_reasons (void)
{
  for (int kind = SHY_IDENTITY_KIND_RESIDENT_ID; kind <= SHY_IDENTITY_KIND_MOBILE; kind++)
    for (int result = SHY_IDENTITY_WARN_AREA; result <= SHY_IDENTITY_OLD_FORM; result++)
      {
        g_autofree char *reason = shy_identity_dup_reason ((ShyIdentityKind) kind,
                                                           (ShyIdentityResult) result);

        g_assert_nonnull (reason);
        g_assert_true (g_str_has_suffix (reason, "."));
      }
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/identity/resident-ids", test_resident_ids);
  g_test_add_func ("/identity/credit-codes", test_credit_codes);
  g_test_add_func ("/identity/bank-cards", test_bank_cards);
  g_test_add_func ("/identity/mobiles", test_mobiles);
  g_test_add_func ("/identity/slips", test_slips);
  g_test_add_func ("/identity/organisation", test_organisation);
  g_test_add_func ("/identity/luhn", test_luhn);
  g_test_add_func ("/identity/parts", test_parts);
  g_test_add_func ("/identity/future", test_future);
  g_test_add_func ("/identity/reasons", test_reasons);

  return g_test_run ();
}
