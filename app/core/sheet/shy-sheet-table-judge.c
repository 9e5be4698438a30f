/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-sheet-table-private.h"

#include "sheet/shy-sheet-value.h"

#include <string.h>

/* A row is kept as a record unless much speaks against it: one record too many is seen and
 * corrected, one too few is a lost application. */

/* Longer than any name in a table of ours. */
#define NOTE_LENGTH 30
/* The shortest number of that kind is a telephone's; letters may stand among the digits. */
#define IDENTITY_LENGTH 11
#define IDENTITY_DIGITS 6
/* 县人力社保局负责人（签字） */
#define SIGNER_LENGTH 16
/* No person's name is as long as a title. */
#define TITLE_LENGTH 6
/* A range over so many columns is no cell of a table. */
#define NOTE_COLUMNS 3

static gboolean
is_own (const ShySheetCell *cell)
{
  return (cell->flags & SHY_SHEET_CELL_MERGED) == 0;
}

static guint
count_own (const ShySheetRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n += is_own (&row->cells[i]);

  return n;
}

static const ShySheetCell *
get_first_own (const ShySheetRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (is_own (&row->cells[i]))
      return &row->cells[i];

  return NULL;
}

static gboolean
begins_with_any (const char        *text,
                 const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (text, *words))
      return TRUE;

  return FALSE;
}

/* Own cells of a field, not counting values that only spread from a merged range. */
static guint
count_filled (const ShySheetTableRow *self,
              gboolean                required_only)
{
  guint n = 0;

  for (guint i = 0; i < self->fields->len; i++)
    n += self->cells[i] != NULL && is_own (self->cells[i]) &&
         (!required_only || shy_sheet_field_get_about (g_ptr_array_index (self->fields, i))->required);

  return n;
}

static guint
count_required (const ShySheetTableRow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->fields->len; i++)
    n += shy_sheet_field_get_about (g_ptr_array_index (self->fields, i))->required;

  return n;
}

/* Spares most cells the cost of being folded. */
static gboolean
may_be_total (const char *text)
{
  return strstr (text, "计") != NULL || strpbrk (text, "tTｔＴ") != NULL;
}

/* The text without what stands in brackets, and without a colon at its end; folded. */
static char *
dup_bare (const char *text)
{
  g_autofree char *folded = shy_sheet_value_fold (text);
  GString         *bare = g_string_new (NULL);
  guint            depth = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '(' || *p == '[')
      depth++;
    else if ((*p == ')' || *p == ']') && depth > 0)
      depth--;
    else if (depth == 0)
      g_string_append_len (bare, p, g_utf8_next_char (p) - p);
  while (bare->len > 0 && strchr (":_.", bare->str[bare->len - 1]) != NULL)
    g_string_truncate (bare, bare->len - 1);
  return g_string_free (bare, FALSE);
}

/* 合计, 龙泉市小计, 合计（大写）, 共12人 */
static gboolean
is_total_word (const char *text)
{
  static const char *const words[] = { "合计", "总计", "小计", "共计", "累计", "总合计", "total", "subtotal",
                                       "grandtotal", NULL };
  static const char *const units[] = { "人", "名", "户", "家", "条", "笔", "件", "份", NULL };
  g_autofree char         *bare = NULL;
  const char              *end;

  if (!may_be_total (text) && strstr (text, "共") == NULL)
    return FALSE;
  bare = dup_bare (text);
  if (g_utf8_strlen (bare, -1) > NOTE_LENGTH)
    return FALSE;
  if (begins_with_any (bare, words))
    return TRUE;
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_str_has_suffix (bare, words[i]))
      return TRUE;
  if (!g_str_has_prefix (bare, "共"))
    return FALSE;
  end = bare + strlen ("共");
  if (!g_ascii_isdigit (*end))
    return FALSE;
  return g_strv_contains (units, end + strspn (end, "0123456789"));
}

static const ShySheetCell *
find_total_word (const ShySheetRow *row)
{
  guint seen = 0;

  for (guint i = 0; i < row->n_cells && seen < 3; i++)
    {
      if (!is_own (&row->cells[i]))
        continue;
      seen++;
      if (is_total_word (row->cells[i].text))
        return &row->cells[i];
    }
  return NULL;
}

/* Behind a label, as in 联系电话：13800000000, it is not the number of the column. */
static gboolean
is_identity (const ShySheetCell *cell)
{
  guint n_digits = 0;

  if (strchr (cell->text, ':') != NULL || strstr (cell->text, "：") != NULL)
    return FALSE;
  for (const char *p = cell->text; *p != '\0'; p++)
    n_digits += g_ascii_isdigit (*p);

  return strlen (cell->text) >= IDENTITY_LENGTH && n_digits >= IDENTITY_DIGITS;
}

/* 13800001234: no number of a person or a firm, in whatever column it stands. */
static gboolean
is_mobile (const ShySheetCell *cell)
{
  return strlen (cell->text) == 11 && cell->text[0] == '1' && cell->text[1] >= '3' &&
         strspn (cell->text, "0123456789") == 11;
}

/* Whether a number is there that names a person, a firm, a card or, if @phones, a telephone. */
static gboolean
names_somebody (const ShySheetTableRow *self,
                gboolean                phones)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ShyFieldType type = shy_sheet_field_get_about (g_ptr_array_index (self->fields, i))->type;

      if (shy_field_type_get_identity (type, NULL) && (phones || type != SHY_FIELD_MOBILE) &&
          self->cells[i] != NULL && is_own (self->cells[i]) && is_identity (self->cells[i]) &&
          (phones || !is_mobile (self->cells[i])))
        return TRUE;
    }
  return FALSE;
}

/* 合计 in one of the first cells, nobody's number, and no more than half of what an application
 * must say. */
static gboolean
is_total (const ShySheetTableRow *self)
{
  const ShySheetCell *word = find_total_word (self->row);
  guint               filled = count_filled (self, TRUE);

  if (word == NULL || names_somebody (self, TRUE))
    return FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    if (self->cells[i] == word && shy_sheet_field_get_about (g_ptr_array_index (self->fields, i))->required)
      filled--;

  return filled * 2 <= count_required (self);
}

/* 甲, 乙, 丙 or 栏次 stand before the numbers, over columns that nobody counts. */
static gboolean
counts_no_column (const char *folded,
                  guint       index)
{
  static const char *const stems[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
  const char               letter[] = { (char) ('a' + (int) MIN (index, 25)), '\0' };

  return (index < G_N_ELEMENTS (stems) && strcmp (folded, stems[index]) == 0) || strcmp (folded, letter) == 0 ||
         (index == 0 && (strcmp (folded, "栏次") == 0 || strcmp (folded, "行次") == 0));
}

/* 1, 2, 3… right below the header count the columns; so do (1), ①. */
static gboolean
is_numbers (const ShySheetTableRow *self)
{
  guint64 before = 0;
  guint   first = 0;

  if (!self->after_header || self->row->n_cells < 3)
    return FALSE;
  for (guint i = 0; i < self->row->n_cells; i++)
    {
      g_autofree char *folded = shy_sheet_value_fold (self->row->cells[i].text);
      const char      *digits = folded + (*folded == '(');
      char            *end;
      guint64          number = g_ascii_strtoull (digits, &end, 10);

      if (first == i && counts_no_column (folded, i))
        {
          first++;
          continue;
        }
      if (!g_ascii_isdigit (*digits) || (*end != '\0' && strcmp (end, ")") != 0) ||
          (i > first && number != before + 1) || (i == first && number > 1))
        return FALSE;
      before = number;
    }
  return first < self->row->n_cells;
}

static gboolean
is_example (const ShySheetTableRow *self)
{
  static const char *const words[] = { "例", "示例", "样例", "范例", "举例", "填写示例", "(例)", "(示例)",
                                       "(样例)", NULL };
  static const char *const openings[] = { "例:", "例如", "示例:", "样例:", "举例:", "填写示例:", NULL };
  const ShySheetCell      *cell = get_first_own (self->row);
  g_autofree char         *folded = NULL;

  if (strstr (cell->text, "例") == NULL)
    return FALSE;
  folded = shy_sheet_value_fold (cell->text);
  return g_strv_contains (words, folded) || begins_with_any (folded, openings);
}

static gboolean
spans_columns (const ShySheetRow  *row,
               const ShySheetCell *cell)
{
  guint n = 1;

  for (guint i = 0; i < row->n_cells; i++)
    n += (row->cells[i].flags & SHY_SHEET_CELL_ACROSS) != 0 && row->cells[i].column > cell->column &&
         strcmp (row->cells[i].text, cell->text) == 0;

  return n >= NOTE_COLUMNS;
}

/* What stands before the name of who filled the sheet in, saw it or sealed it. */
static gboolean
is_signer (const char *bare)
{
  static const char *const words[] = {
    "填表", "填报", "填写人", "制表", "制单", "编制人", "审核", "复核", "初审", "复审", "终审", "审批", "审定", "审查",
    "核准", "批准", "经办", "负责人", "领导", "签字", "签名", "签章", "盖章", "公章", "印章", "校对", "录入", "统计员",
    "统计人", "汇总人", "报送", "上报人", "单位意见", "会计", "出纳", "主管", "科长", "局长", "法人代表", "法定代表人",
    "申请人", "承诺人", "申报人", "报表人", "核对人", "监督", "受理人", "打印时间", "导出时间", "打印日期", "导出日期",
    "制作人", "报告人", "联系人", "意见", NULL,
  };

  if (*bare == '\0' || g_utf8_strlen (bare, -1) > SIGNER_LENGTH)
    return FALSE;
  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (bare, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* What stands beside the signatures. */
static gboolean
goes_with_signers (const char *bare)
{
  static const char *const words[] = {
    "日期", "时间", "年月日", "电话", "联系人", "联系电话", "联系方式", "手机", "单位", "单位名称", "填报单位", "地址",
    "传真", "邮箱", "备注", NULL,
  };

  return g_strv_contains (words, bare);
}

/* The text up to a colon, bare; whether the colon is there, a value behind it, and a signer before. */
static char *
dup_label (const ShySheetCell *cell,
           gboolean           *colon,
           gboolean           *value,
           gboolean           *signer)
{
  g_autofree char *normal = g_utf8_normalize (cell->text, -1, G_NORMALIZE_NFKC);
  char            *mark = normal != NULL ? strchr (normal, ':') : NULL;
  char            *bare;

  *colon = mark != NULL;
  *value = FALSE;
  if (mark != NULL)
    {
      *value = mark[1 + strspn (mark + 1, " _\t\n")] != '\0';
      *mark = '\0';
    }
  bare = dup_bare (normal != NULL ? normal : "");
  /* The word may stand in brackets: 单位（盖章）. */
  *signer = cell->kind == SHY_SHEET_CELL_TEXT && normal != NULL && (is_signer (bare) || is_signer (normal));
  return bare;
}

/* 2025年6月30日 */
static gboolean
is_day (const ShySheetCell *cell)
{
  GDate day;

  return (cell->kind == SHY_SHEET_CELL_TEXT || cell->kind == SHY_SHEET_CELL_DATE) && strchr (cell->text, ':') == NULL &&
         shy_sheet_value_get_date (cell, &day, NULL);
}

/* 填表人：张三　审核人：李四, in one cell or in cells of their own, with or without names, colons and
 * dates. Each cell is a label, or what belongs to the label before it; the first is a signer's. */
static gboolean
are_signatures (const ShySheetRow *row)
{
  gboolean open = FALSE; /* a label waits for its value */
  guint    n_signers = 0, n_values = 0, n_labels = 0;

  for (guint i = 0; i < row->n_cells; i++)
    {
      const ShySheetCell *cell = &row->cells[i];
      g_autofree char    *label = NULL;
      gboolean            colon, value, signer;

      if (!is_own (cell))
        continue;
      /* Spares most rows the cost of being folded. */
      if (n_labels == 0 && (cell->kind != SHY_SHEET_CELL_TEXT || g_str_is_ascii (cell->text)))
        return FALSE;
      label = dup_label (cell, &colon, &value, &signer);
      if (signer || (n_labels > 0 && (colon || goes_with_signers (label))) ||
          (n_labels == 0 && colon && goes_with_signers (label)))
        {
          n_signers += signer;
          n_labels++;
          open = !value;
        }
      else if (open)
        {
          n_values++;
          open = FALSE;
        }
      /* Of whom they are, nobody says. */
      else if (!is_day (cell) && !is_mobile (cell))
        return FALSE;
    }
  return n_signers > 0 && n_values <= n_labels;
}

/* The text behind "2.", "3、", "(二)" or "④"; NULL if nothing of the kind stands before it. */
static const char *
skip_list_mark (const char *folded)
{
  static const char numerals[] = "一二三四五六七八九十";
  const char       *p = folded;
  gboolean          bracket = *p == '(';
  const char       *start;

  if (strchr ("*-", *p) != NULL && *p != '\0')
    return p + 1;
  if (g_str_has_prefix (p, "※") || g_str_has_prefix (p, "★") || g_str_has_prefix (p, "●") || g_str_has_prefix (p, "·"))
    return g_utf8_next_char (p);
  p += bracket;
  start = p;
  while (g_ascii_isdigit (*p) && p - start < 2)
    p++;
  if (p == start)
    for (gsize i = 0; i < 3 && (guchar) *p >= 0x80; i++)
      {
        g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);

        if (strstr (numerals, one) == NULL)
          break;
        p = g_utf8_next_char (p);
      }
  if (p == start)
    return NULL;
  if (*p == ')')
    return p + 1;
  if (bracket)
    return NULL;
  if (*p == '.' && !g_ascii_isdigit (p[1]))
    return p + 1;
  if (g_str_has_prefix (p, "、") || g_str_has_prefix (p, "．"))
    return g_utf8_next_char (p);
  return NULL;
}

static gboolean
has_sentence_mark (const char *text)
{
  static const char *const marks[] = { "。", "，", "；", "、", "《", "“", ",", ";", ":", "!", NULL };

  for (gsize i = 0; marks[i] != NULL; i++)
    if (strstr (text, marks[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* The first mark of a circled list is lost when the text is folded. */
static gboolean
begins_circled (const char *text)
{
  gunichar c;

  while (g_ascii_isspace (*text))
    text++;
  c = g_utf8_get_char (text);
  return c >= 0x2460 && c <= 0x2473;
}

/* Notes are lists, or go on in rows of their own. Only a row with one cell is taken for one: what
 * looks like a person's name stays an application. */
static gboolean
goes_on_as_note (const ShySheetTableRow *self,
                 const ShySheetCell     *cell,
                 const char             *folded)
{
  const char *behind = begins_circled (cell->text) ? folded + 1 : skip_list_mark (folded);

  if (cell->kind != SHY_SHEET_CELL_TEXT || names_somebody (self, TRUE))
    return FALSE;
  if (behind != NULL)
    return self->after_note || has_sentence_mark (behind) || g_utf8_strlen (behind, -1) > 8;
  return self->after_note && (has_sentence_mark (folded) || g_utf8_strlen (folded, -1) > 8);
}

static gboolean
begins_as_note (const char *folded)
{
  static const char *const words[] = {
    "注:", "注;", "注.", "注、", "注明", "备注:", "说明:", "备注1", "备注.", "说明1", "注1", "注一", "注(", "注①", "注意",
    "填表说明", "填报说明", "填写说明", "填表须知", "填表要求", "填报要求", "填写要求", "有关说明", "几点说明", "情况说明:",
    "提示:", "温馨提示", "要求:", "附:", "附件", "附注", "(盖章", "以下空白", "以下无正文", "以上", "此表", "本表", "该表",
    "此页", "本人承诺", "本单位承诺", "承诺:", "特此", "兹", "数据来源", "第1页", "-以下", "—以下", "——以下", "(以下",
    "公示期", "公示时间", "公示:", "以上人员", "经审核", "经审查", "人民币(大写)", "人民币大写", "(此页", "note:", "notes:", "remark", "page", "*注", "※", NULL,
  };

  return begins_with_any (folded, words) || strcmp (folded, "注") == 0 || strcmp (folded, "说明") == 0 ||
         (g_str_has_prefix (folded, "第") && strstr (folded, "页") != NULL && strlen (folded) < 40) ||
         (g_str_has_prefix (folded, "共") && strstr (folded, "页") != NULL && strlen (folded) < 40);
}

/* 2025年申报汇总表: the title once more, on the next page. */
static gboolean
is_title (const char *folded)
{
  static const char *const endings[] = { "表", "名单", "名册", "清单", "汇总", "台账", "花名册", NULL };
  g_autofree char         *bare = dup_bare (folded);

  if (g_utf8_strlen (bare, -1) < TITLE_LENGTH)
    return FALSE;
  for (gsize i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (bare, endings[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_note (const ShySheetTableRow *self)
{
  const ShySheetCell *cell = get_first_own (self->row);
  guint               n_own = count_own (self->row);
  g_autofree char    *folded = NULL;

  if (!names_somebody (self, FALSE) && are_signatures (self->row))
    return TRUE;
  if (n_own > 3 || cell->kind != SHY_SHEET_CELL_TEXT)
    return FALSE;
  folded = shy_sheet_value_fold (cell->text);
  if (begins_as_note (folded))
    return !names_somebody (self, FALSE);
  return n_own == 1 && (is_title (folded) || is_day (cell) || spans_columns (self->row, cell) || g_utf8_strlen (folded, -1) > NOTE_LENGTH ||
                        goes_on_as_note (self, cell, folded));
}

gboolean
shy_sheet_table_judge (const ShySheetTableRow *self,
                       ShySheetSkipKind       *kind)
{
  const ShySheetCell *other;

  if (count_own (self->row) == 0)
    *kind = SHY_SHEET_SKIP_COVERED;
  else if (shy_sheet_table_compare_header (self, &other) == SHY_SHEET_HEADER_SAME)
    *kind = SHY_SHEET_SKIP_HEADER;
  else if (is_numbers (self))
    *kind = SHY_SHEET_SKIP_NUMBERS;
  else if (is_total (self))
    *kind = SHY_SHEET_SKIP_TOTAL;
  else if (is_example (self))
    *kind = SHY_SHEET_SKIP_EXAMPLE;
  else if (is_note (self))
    *kind = SHY_SHEET_SKIP_NOTE;
  else if (count_filled (self, FALSE) == 0)
    *kind = SHY_SHEET_SKIP_OTHER;
  else
    return FALSE;

  return TRUE;
}
