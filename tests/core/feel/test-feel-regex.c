/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-regex.h"
#include "shy-error.h"

#include <glib.h>
#include <string.h>

/* Wilhelm Busch, as in the examples of XPath and XQuery functions 3.1, 5.6.3. */
#define POEM "Kaum hat dies der Hahn gesehen,\nFängt er auch schon an zu krähen:\n" \
             "Kikeriki! Kikikerikih!!\nTak, tak, tak! - da kommen sie."

#define YES 1
#define NO  0
#define BAD -1

typedef struct
{
  const char *input;
  const char *pattern;
  const char *flags;
  int         expected;
} MatchRow;

static const MatchRow match_rows[] = {
  /* The examples of the specification, 5.6.1 and 5.6.3. */
  { "abracadabra", "bra", "", YES },
  { "abracadabra", "^a.*a$", "", YES },
  { "abracadabra", "^bra", "", NO },
  { POEM, "Kaum.*krähen", "", NO },
  { POEM, "Kaum.*krähen", "s", YES },
  { POEM, "^Kaum.*gesehen,$", "m", YES },
  { POEM, "^Kaum.*gesehen,$", "", NO },
  { POEM, "kiki", "i", YES },
  { "helloworld", "hello world", "x", YES },
  { "helloworld", "hello[ ]world", "x", NO },
  { "hello world", "hello[ ]world", "x", YES },
  { "hello world", "hello\\ sworld", "x", YES },
  { "hello world", "hello world", "x", NO },
  { "abcd.", "abcd.", "q", YES },
  { "abcde", "abcd.", "q", NO },
  { "Mr. B. Obama", "B. OBAMA", "iq", YES },
  { "\"quoted\"", "^('|\").*\\1$", "", YES },
  { "\"quoted'", "^('|\").*\\1$", "", NO },
  { "Z", "[A-Z-[OI]]", "i", YES },
  { "o", "[A-Z-[OI]]", "i", NO },
  { "o", "[A-Z-[^OI]]", "i", YES },
  { "q", "[^Q]", "i", NO },
  { "Q", "[^Q]", "i", NO },
  { "x", "[^Q]", "i", YES },
  { "a", "\\p{Lu}", "i", NO },
  { "A", "\\p{Lu}", "i", YES },
  /* The ends of a text and of its lines. */
  { "a\n", "a$", "", NO },
  { "a\nb", "a$", "m", YES },
  { "a\n", "a$", "m", YES },
  { "a\n", "\n$", "m", NO },
  { "a\n", "\n$", "", YES },
  { "a\nb", "^b", "", NO },
  { "a\nb", "^b", "m", YES },
  { "a\n", "^$", "m", NO },
  { "a\n\nb", "^$", "m", YES },
  { "", "^$", "", YES },
  { "a\rb", "a.b", "", NO },
  { "a\nb", "a.b", "", NO },
  { "a\xe2\x80\xa8" "b", "a.b", "", YES },
  { "a\nb", "a.b", "s", YES },
  { "ab", "^*ab", "", YES },
  /* Sets of characters. */
  { "山", "^\\w$", "", YES },
  { "_", "\\w", "", NO },
  { "+", "^\\w$", "", YES },
  { "-", "^\\W$", "", YES },
  { "٣", "^\\d$", "", YES },
  { "x", "\\D", "", YES },
  { "\xc2\xa0", "\\s", "", NO },
  { "\xc2\xa0", "^\\S$", "", YES },
  { "\v", "\\s", "", NO },
  { "\t\r\n ", "^\\s{4}$", "", YES },
  { "县:a", "^\\i\\c+$", "", YES },
  { "1a", "^\\i", "", NO },
  { "1a", "^\\c\\c$", "", YES },
  { "1", "^\\I$", "", YES },
  { "!", "^\\C$", "", YES },
  { "-", "^[\\i-[:]]$", "", NO },
  { "_", "^[\\i-[:]]$", "", YES },
  { ":", "^[\\i-[:]]$", "", NO },
  { "5", "^[\\D]$", "", NO },
  { "5", "^[^\\D]$", "", YES },
  { "e", "^[a-z-[aeiou]]$", "", NO },
  { "f", "^[a-z-[aeiou]]$", "", YES },
  { "e", "^[a-z-[a-z-[aeiou]]]$", "", YES },
  { "1", "^[^a-z-[aeiou]]$", "", YES },
  { "-", "^[-a]$", "", YES },
  { "-", "^[a-]$", "", YES },
  { "-", "^[^a-]$", "", NO },
  { "^", "^[a^]$", "", YES },
  { "]", "^[\\]]$", "", YES },
  { "\\", "^[\\\\]$", "", YES },
  { ".", "^[.]$", "", YES },
  { "x", "^[.]$", "", NO },
  { "$", "^[$]$", "", YES },
  { "一", "^[\\p{IsCJKUnifiedIdeographs}]$", "", YES },
  { "㐀", "\\p{IsCJKUnifiedIdeographs}", "", NO },
  { "a", "\\p{IsBasicLatin}", "", YES },
  { "é", "\\p{IsBasicLatin}", "", NO },
  { "é", "^\\P{IsBasicLatin}$", "", YES },
  { "é", "^\\p{IsLatin-1Supplement}$", "", YES },
  { "α", "^\\p{IsGreek}$", "", YES },
  { "a", "\\p{IsHighSurrogates}", "", NO },
  { "a", "[\\p{IsHighSurrogates}]", "", NO },
  { "a", "\\P{IsHighSurrogates}", "", YES },
  { "𠮷", "^.$", "", YES },
  { "𠮷", "^[𠀀-𪛟]$", "", YES },
  { "ſ", "S", "i", YES },
  /* Quantifiers and groups. */
  { "aaa", "^a{3}$", "", YES },
  { "aaa", "^a{2,}$", "", YES },
  { "aaa", "^a{1,2}$", "", NO },
  { "", "^a{0}$", "", YES },
  { "", "a|", "", YES },
  { "b", "^()b$", "", YES },
  { "abab", "^(?:ab)+$", "", YES },
  { "aa", "^(a)\\1$", "", YES },
  { "a0", "^(a)(b)?\\20$", "", YES },
  { "b", "^(a)?\\1b$", "", YES },
  { "aba", "^(a)(b)\\1$", "", YES },
  { "abcdefghijkk", "^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\\11$", "", YES },
  { "abcdefghija1", "^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\11$", "", YES },
  { "a\\b", "a\\\\b", "", YES },
  { "a#b", "a#b", "", YES },
  { "a#b", "a # b", "x", YES },
  { "E", "\\QE", "q", NO },
  { "a b", "a b", "xq", YES },
  /* What XPath does not have. */
  { "", "(?=a)", "", BAD },
  { "", "(?!a)", "", BAD },
  { "", "(?<=a)", "", BAD },
  { "", "(?<n>a)", "", BAD },
  { "", "(?i)a", "", BAD },
  { "", "(?>a)", "", BAD },
  { "", "(?#a)", "", BAD },
  { "", "(*ACCEPT)", "", BAD },
  { "", "a++", "", BAD },
  { "", "a*+", "", BAD },
  { "", "a**", "", BAD },
  { "", "a???", "", BAD },
  { "", "*a", "", BAD },
  { "", "(*a)", "", BAD },
  { "", "a|*", "", BAD },
  { "", "a{,2}", "", BAD },
  { "", "a{2,1}", "", BAD },
  { "", "a{x}", "", BAD },
  { "", "a{2", "", BAD },
  { "", "a{}", "", BAD },
  { "", "{2}", "", BAD },
  { "", "a}", "", BAD },
  { "", "a]", "", BAD },
  { "", "a{99999999999999999999}", "", BAD },
  { "", "\\b", "", BAD },
  { "", "\\B", "", BAD },
  { "", "\\A", "", BAD },
  { "", "\\z", "", BAD },
  { "", "\\Qa\\E", "", BAD },
  { "", "\\x41", "", BAD },
  { "", "\\u0041", "", BAD },
  { "", "\\012", "", BAD },
  { "", "\\0", "", BAD },
  { "", "\\a", "", BAD },
  { "", "\\/", "", BAD },
  { "", "\\山", "", BAD },
  { "", "\\", "", BAD },
  { "", "\\h", "", BAD },
  { "", "\\R", "", BAD },
  { "", "\\X", "", BAD },
  { "", "\\1", "", BAD },
  { "", "(a)\\2", "", BAD },
  { "", "(a\\1)", "", BAD },
  { "", "\\1(a)", "", BAD },
  { "", "[\\1]", "", BAD },
  { "", "(a", "", BAD },
  { "", "a)", "", BAD },
  { "", "[a", "", BAD },
  { "", "[]", "", BAD },
  { "", "[]a]", "", BAD },
  { "", "[^]", "", BAD },
  { "", "[z-a]", "", BAD },
  { "", "[a-\\d]", "", BAD },
  { "", "[a-c-e]", "", BAD },
  { "", "[a[b]]", "", BAD },
  { "", "[a-[b]c]", "", BAD },
  { "", "[a-[b]", "", BAD },
  { "", "[\\b]", "", BAD },
  { "", "\\p", "", BAD },
  { "", "\\pL", "", BAD },
  { "", "\\p{", "", BAD },
  { "", "\\p{}", "", BAD },
  { "", "\\p{Cs}", "", BAD },
  { "", "\\p{Han}", "", BAD },
  { "", "\\p{^L}", "", BAD },
  { "", "\\p{IsNowhere}", "", BAD },
  { "", "\\p{Is}", "", BAD },
  { "", "a", "g", BAD },
  { "", "a", "I", BAD },
  { "", "a", "i s", BAD },
};

static void
test_match (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (match_rows); i++)
    {
      const MatchRow           *row = &match_rows[i];
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyFeelRegex)  regex = shy_feel_regex_new (row->pattern, row->flags, &error);
      gboolean                  matched;

      g_test_message ("%u: %s %s", i, row->pattern, row->flags);
      if (row->expected == BAD)
        {
          g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
          g_assert_null (regex);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (shy_feel_regex_match (regex, row->input, &matched, &error));
      g_assert_no_error (error);
      g_assert_cmpint (matched, ==, row->expected);
    }
}

/* %NULL for an error. */
typedef struct
{
  const char *input;
  const char *pattern;
  const char *replacement;
  const char *flags;
  const char *expected;
} ReplaceRow;

static const ReplaceRow replace_rows[] = {
  /* The examples of the specification, 5.6.4. */
  { "abracadabra", "bra", "*", "", "a*cada*" },
  { "abracadabra", "a.*a", "*", "", "*" },
  { "abracadabra", "a.*?a", "*", "", "*c*bra" },
  { "abracadabra", "a", "", "", "brcdbr" },
  { "abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra" },
  { "abracadabra", ".*?", "$1", "", NULL },
  { "AAAA", "A+", "b", "", "b" },
  { "AAAA", "A+?", "b", "", "bbbb" },
  { "darted", "^(.*?)d(.*)$", "$1c$2", "", "carted" },
  { "abcd", "(ab)|(a)", "[1=$1][2=$2]", "", "[1=ab][2=]cd" },
  { "a\\b\\c", "\\", "\\\\", "q", "a\\\\b\\\\c" },
  { "a/b/c", "/", "$", "q", "a$b$c" },
  { "reluctant", "r.*?t", "X", "", "Xant" },
  /* Groups. */
  { "abc", "b", "[$0]", "", "a[b]c" },
  { "abc", "(b)", "$2", "", "ac" },
  { "abc", "(b)", "$12", "", "ab2c" },
  { "abc", "b", "$12", "", "a2c" },
  { "abcdefghijk", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11$10$1", "", "kja" },
  { "abc", "b", "\\$1", "", "a$1c" },
  { "abc", "b", "\\\\", "", "a\\c" },
  { "2025-06-30", "(\\d{4})-(\\d\\d)-(\\d\\d)", "$1年$2月$3日", "", "2025年06月30日" },
  { "abc", "x", "y", "", "abc" },
  { "", "x", "y", "", "" },
  { "aBA", "a", "x", "i", "xBx" },
  { "a\nb", "^", "> ", "m", NULL },
  /* A replacement that means nothing. */
  { "abc", "b", "$", "", NULL },
  { "abc", "b", "$x", "", NULL },
  { "abc", "b", "\\n", "", NULL },
  { "abc", "b", "\\", "", NULL },
  { "abc", "x", "$", "", NULL },
  { "abc", "$", "x", "", NULL },
  { "abc", "x*", "-", "", NULL },
};

static void
test_replace (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (replace_rows); i++)
    {
      const ReplaceRow         *row = &replace_rows[i];
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyFeelRegex)  regex = shy_feel_regex_new (row->pattern, row->flags, &error);
      g_autofree char          *text = NULL;

      g_test_message ("%u: %s %s %s", i, row->pattern, row->replacement, row->flags);
      g_assert_no_error (error);
      text = shy_feel_regex_replace (regex, row->input, row->replacement, &error);
      g_assert_cmpstr (text, ==, row->expected);
      if (row->expected == NULL)
        g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
      else
        g_assert_no_error (error);
    }
}

static void
test_split (void)
{
  const struct
  {
    const char *input;
    const char *pattern;
    const char *flags;
    const char *expected; /* the parts with | between them */
  } rows[] = {
    /* The examples of the specification, 5.6.5, and of DMN 1.5, table 74. */
    { "The cat sat on the mat", "\\s+", "", "The|cat|sat|on|the|mat" },
    { "1, 15, 24, 50", ",\\s*", "", "1|15|24|50" },
    { "1,15,,24,50,", ",", "", "1|15||24|50|" },
    { "abba", ".?", "", NULL },
    { "Some unparsed <br> HTML <BR> text", "\\s*<br>\\s*", "i", "Some unparsed|HTML|text" },
    { "John Doe", "\\s", "", "John|Doe" },
    { "a;b;c;;", ";", "", "a|b|c||" },
    { "青田、缙云、遂昌", "、", "", "青田|缙云|遂昌" },
    { "abc", ",", "", "abc" },
    { "", ",", "", "" },
    { "abc", "", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)        error = NULL;
      g_autoptr (ShyFeelRegex)  regex = shy_feel_regex_new (rows[i].pattern, rows[i].flags, &error);
      g_auto (GStrv)            parts = NULL;
      g_autofree char          *text = NULL;

      g_test_message ("%s", rows[i].pattern);
      g_assert_no_error (error);
      parts = shy_feel_regex_split (regex, rows[i].input, &error);
      text = parts != NULL ? g_strjoinv ("|", parts) : NULL;
      g_assert_cmpstr (text, ==, rows[i].expected);
      g_assert_cmpint (error != NULL, ==, rows[i].expected == NULL);
    }
}

/* A message names the place in the pattern, counted in characters. */
static void
test_message (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shy_feel_regex_new ("县(?=a)", NULL, &error));
  g_assert_cmpstr (error->message, ==,
                   "The pattern “县(?=a)” is wrong at character 3: only ?: may follow ( here.");
  g_clear_error (&error);
  g_assert_null (shy_feel_regex_new ("a", "ig", &error));
  g_assert_cmpstr (error->message, ==,
                   "The flags “ig” are wrong: only s, m, i, x and q may stand there.");
}

/* A pattern that tries everything is given up, and so is one that is too deep or too long. */
static void
test_limits (void)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (ShyFeelRegex)  regex = shy_feel_regex_new ("^(a|a?)+$", NULL, &error);
  g_autofree char          *deep = g_strnfill (10000, '(');
  g_autofree char          *classes = NULL;
  GString                  *nested = g_string_new (NULL);
  gboolean                  matched;

  g_assert_no_error (error);
  g_assert_false (shy_feel_regex_match (regex, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
                                        &matched, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
  g_clear_error (&error);

  g_assert_null (shy_feel_regex_new (deep, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
  g_clear_error (&error);

  for (guint i = 0; i < 10000; i++)
    g_string_append (nested, "[a-");
  classes = g_string_free (nested, FALSE);
  g_assert_null (shy_feel_regex_new (classes, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
  g_clear_error (&error);

  memset (deep, '(', 10000);
  memset (deep + 5000, ')', 5000);
  g_assert_null (shy_feel_regex_new (deep, NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_LIMIT);
}

/* What was compiled is kept, flags and pattern apart, and not without bound. */
static void
test_get (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (ShyFeelRegex) first = shy_feel_regex_get ("a/b", "i", &error);
  g_autoptr (ShyFeelRegex) again = shy_feel_regex_get ("a/b", "i", &error);
  g_autoptr (ShyFeelRegex) plain = shy_feel_regex_get ("a/b", NULL, &error);
  g_autoptr (ShyFeelRegex) late = NULL;
  gboolean                 matched;

  g_assert_true (first == again);
  g_assert_true (first != plain);
  g_assert_null (shy_feel_regex_get ("(", NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
  g_clear_error (&error);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char          *pattern = g_strdup_printf ("x%u", i);
      G_GNUC_UNUSED g_autoptr (ShyFeelRegex)  regex = shy_feel_regex_get (pattern, NULL, &error);

      g_assert_no_error (error);
    }
  late = shy_feel_regex_get ("a/b", "i", &error);
  g_assert_true (late != first);
  g_assert_true (shy_feel_regex_match (first, "A/B", &matched, &error));
  g_assert_true (matched);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/feel/regex/match", test_match);
  g_test_add_func ("/feel/regex/replace", test_replace);
  g_test_add_func ("/feel/regex/split", test_split);
  g_test_add_func ("/feel/regex/message", test_message);
  g_test_add_func ("/feel/regex/limits", test_limits);
  g_test_add_func ("/feel/regex/get", test_get);

  return g_test_run ();
}
