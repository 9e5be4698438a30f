/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../home.h"

#include "feel/shy-feel-expression.h"
#include "feel/shy-feel-node-private.h"
#include "feel/shy-feel-scanner-private.h"
#include "shy-error.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *message;
} ErrorRow;

static const ErrorRow error_rows[] = {
  { "", "Line 1, column 1: expected a value, found the end of the expression." },
  { "1 +", "Line 1, column 4: expected a value, found the end of the expression." },
  { "1 + )", "Line 1, column 5: expected a value, found “)”." },
  { "(1", "Line 1, column 3: expected “)”, found the end of the expression." },
  { "[1 2]", "Line 1, column 4: expected “,” or “]”, found “2”." },
  { "f(1", "Line 1, column 4: expected “,” or “)”, found the end of the expression." },
  { "{a 1}", "Line 1, column 5: expected “:”, found “}”." },
  { "{a: 1, a: 2}", "Line 1, column 8: expected a name that no other entry has, found “a”." },
  { "{1: 2}", "Line 1, column 2: expected the name of an entry, or “}”, found “1”." },
  { "if a then b", "Line 1, column 12: expected “else”, found the end of the expression." },
  { "if a\nthen 1\n  els c", "Line 3, column 3: expected “else”, found “els”." },
  { "for x of y return x", "Line 1, column 20: expected “in”, found the end of the expression." },
  { "some x in y", "Line 1, column 12: expected “satisfies”, found the end of the expression." },
  { "a between 1", "Line 1, column 12: expected “and”, found the end of the expression." },
  { "a instance 1", "Line 1, column 12: expected “of”, found “1”." },
  { "a instance of", "Line 1, column 14: expected the name of a type, found the end of the "
                     "expression." },
  { "a.1", "Line 1, column 2: expected an operator or the end of the expression, found “.1”." },
  { "a.", "Line 1, column 3: expected a name behind “.”, found the end of the expression." },
  { "1..2", "Line 1, column 2: expected an operator or the end of the expression, found “..”." },
  { "[1..2", "Line 1, column 6: expected “]”, “)” or “[” at the end of the range, found the end of "
             "the expression." },
  { "@1", "Line 1, column 2: expected a date, time or duration in quotes behind “@”, found “1”." },
  { "\"abc", "Line 1, column 1: the text in quotes has no end. Close it with “\"”." },
  { "1 /* x", "Line 1, column 3: the comment has no end. Close it with “*/”." },
  { "1 # 2", "Line 1, column 3: the character “#” has no meaning here. Remove it." },
  { "年龄 >= 18\n  并且 ； 1",
    "Line 2, column 3: expected an operator or the end of the expression, found “并且”." },
  { "and", "Line 1, column 1: expected a value, found “and”." },
  { "1e9999", "Line 1, column 1: expected a number within the range of decimal arithmetic, found "
              "“1e9999”." },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (error_rows); i++)
    {
      g_autoptr (GError)            error = NULL;
      g_autoptr (ShyFeelExpression) expression =
        shy_feel_expression_new (error_rows[i].text, NULL, &error);

      g_test_message ("%s", error_rows[i].text);
      g_assert_null (expression);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
      g_assert_cmpstr (error->message, ==, error_rows[i].message);
    }
}

static void
test_not_utf8 (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shy_feel_expression_new ("1 + \xff", NULL, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "The expression is not UTF-8 from byte 4 on.");
}

static char *
repeat (const char *part,
        guint       times,
        const char *middle,
        const char *end)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, part);
  g_string_append (text, middle);
  for (guint i = 0; i < times; i++)
    g_string_append (text, end);
  return g_string_free (text, FALSE);
}

/* Whatever nests without end is refused before it can exhaust the stack. */
static void
test_nesting (void)
{
  static const struct { const char *part, *middle, *end; } rows[] = {
    { "(", "1", ")" }, { "[", "1", "]" }, { "{a:", "1", "}" }, { "-", "x", "" },
    { "1+", "1", "" }, { "", "a", ".b" }, { "", "a", "[1]" }, { "", "a", "()" },
    { "if a then ", "1", " else 2" }, { "function() ", "1", "" }, { "1 in ", "1", "" },
    { "for i in i return ", "i", "" }, { "", "1", " = 1" }, { "", "1", " instance of Any" },
    { "1 instance of ", "Any", "" }, { "x instance of list<", "Any", ">" }, { "not(", "1", ")" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char   *text = repeat (rows[i].part, 5000, rows[i].middle, rows[i].end);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s…%s", rows[i].part, rows[i].end);
      g_assert_null (shy_feel_expression_new (text, NULL, &error));
      g_assert_true (g_error_matches (error, SHY_ERROR, SHY_ERROR_LIMIT) ||
                     g_error_matches (error, SHY_ERROR, SHY_ERROR_SYNTAX));
      g_assert_cmpuint (strlen (error->message), <, 400);
    }
}

static void
test_long_chains (void)
{
  g_autofree char              *text = repeat ("false or ", 20000, "true", "");
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression = shy_feel_expression_new (text, NULL, &error);
  g_autoptr (ShyFeelValue)      value = NULL;

  g_assert_no_error (error);
  value = shy_feel_expression_evaluate (expression, NULL);
  g_assert_cmpint (shy_feel_value_get_truth (value), ==, SHY_FEEL_TRUE);
}

typedef struct
{
  const char *text;
  const char *names; /* joined by "|" */
} NamesRow;

static const NamesRow names_rows[] = {
  { "出站类型 = \"期满出站\" and 单位所有制 = \"民营\"", "出站类型|单位所有制" },
  { "a + b * a", "a|b" },
  { "sum([a, b])", "a|b" },
  { "loan  amount + profit and loss", "loan amount|profit and loss" },
  { "a - b", "a-b" },
  { "working days after(start, 5)", "working days after|start" },
  { "for i in list return i + n", "list|n" },
  { "some x in xs satisfies x > y", "xs|y" },
  { "{a: b, c: a}.c", "b" },
  { "function(x) x + y", "y" },
  { "people[age > limit]", "people" },
  { "people[age > known]", "people|known" },
  { "item + 1", "item" },
  { "x in (? > y)", "x|y" },
  { "date + 1", "" },
  { NULL, NULL },
};

static void
test_names (void)
{
  static const char *const given[] = { "loan amount", "profit and loss", "a - b", "known",
                                       "working days after", NULL };

  for (const NamesRow *row = names_rows; row->text != NULL; row++)
    {
      g_autoptr (GError)            error = NULL;
      g_autoptr (ShyFeelExpression) expression =
        shy_feel_expression_new (row->text, given, &error);
      g_auto (GStrv)                names = NULL;
      g_autofree char              *joined = NULL;

      g_test_message ("%s", row->text);
      g_assert_no_error (error);
      names = shy_feel_expression_list_names (expression);
      joined = g_strjoinv ("|", names);
      g_assert_cmpstr (joined, ==, row->names);
    }
}

static void
test_tree (void)
{
  g_autoptr (GError)            error = NULL;
  g_autoptr (ShyFeelExpression) expression =
    shy_feel_expression_new ("a and b > 1 and (c or d)", NULL, &error);
  const ShyFeelNode            *root = shy_feel_expression_get_root (expression);

  g_assert_cmpint (root->kind, ==, SHY_FEEL_NODE_AND);
  g_assert_cmpuint (root->n_children, ==, 3);
  g_assert_cmpint (root->children[1]->kind, ==, SHY_FEEL_NODE_COMPARISON);
  g_assert_cmpint (root->children[1]->op, ==, SHY_FEEL_OPERATOR_GREATER);
  g_assert_cmpuint (root->children[1]->start, ==, 6);
  g_assert_cmpuint (root->children[1]->end, ==, 11);
  g_assert_cmpint (root->children[2]->kind, ==, SHY_FEEL_NODE_OR);
  g_assert_true (shy_feel_node_uses_slot (root->children[1], 1));
  g_assert_false (shy_feel_node_uses_slot (root->children[1], 0));
}

static void
test_scanner (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tokens = shy_feel_scan ("a1 >= .5e-3 ..\"x\\ty\"// end", &error);
  ShyFeelToken      *token = (ShyFeelToken *) tokens->data;

  g_assert_no_error (error);
  g_assert_cmpuint (tokens->len, ==, 6);
  g_assert_cmpstr (token[0].text, ==, "a1");
  g_assert_cmpuint (token[1].symbol, ==, SHY_FEEL_SYMBOL2 ('>', '='));
  g_assert_cmpint (token[2].type, ==, SHY_FEEL_TOKEN_NUMBER);
  g_assert_cmpstr (token[2].text, ==, ".5e-3");
  g_assert_cmpuint (token[3].symbol, ==, SHY_FEEL_SYMBOL2 ('.', '.'));
  g_assert_cmpstr (token[4].text, ==, "x\ty");
  g_assert_cmpint (token[5].type, ==, SHY_FEEL_TOKEN_END);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/feel/parser/errors", test_errors);
  g_test_add_func ("/feel/parser/not-utf8", test_not_utf8);
  g_test_add_func ("/feel/parser/nesting", test_nesting);
  g_test_add_func ("/feel/parser/long-chains", test_long_chains);
  g_test_add_func ("/feel/parser/names", test_names);
  g_test_add_func ("/feel/parser/tree", test_tree);
  g_test_add_func ("/feel/parser/scanner", test_scanner);
  return g_test_run ();
}
