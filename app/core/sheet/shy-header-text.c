/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-sheet-field-private.h"

#include "sheet/shy-header-aside-private.h"
#include "sheet/shy-sheet-value-private.h"

#include <string.h>

static gboolean
is_open (gunichar c)
{
  return c == '(' || c == 0xff08 /* （ */ || c == '[' || c == '{' || c == '<' || c == 0x3008 /* 〈 */ || c == 0x300c /* 「 */ ||
         c == 0x3010 /* 【 */ || c == 0x3014 /* 〔 */;
}

static gboolean
is_close (gunichar c)
{
  return c == ')' || c == 0xff09 || c == ']' || c == '}' || c == '>' || c == 0x3009 || c == 0x300d || c == 0x3011 || c == 0x3015;
}

static gboolean
is_mark (gunichar c)
{
  return c == '*' || c == ':' || c == '#' || c == '"' || c == 0x2605 /* ★ */ || c == 0x2606 /* ☆ */ ||
         c == 0x25b2 /* ▲ */ || c == 0x203b /* ※ */;
}

/* A number in front of a header only counts the columns: "1.姓名", "3、证件号", "一、姓名". */
static const char *
skip_numbering (const char *text)
{
  static const char numerals[] = "一二三四五六七八九十";
  const char       *p = text;

  while (g_ascii_isdigit (*p))
    p++;
  if (p == text)
    for (guint i = 0; i < 2 && (guchar) *p >= 0x80; i++)
      {
        g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);

        if (strstr (numerals, one) == NULL)
          break;
        p = g_utf8_next_char (p);
      }
  else if (p - text > 2)
    return text;
  if (p == text)
    return text;
  if (*p == '.' && !g_ascii_isdigit (p[1]) && p[1] != '\0')
    return p + 1;
  return g_str_has_prefix (p, "、") && p[strlen ("、")] != '\0' ? p + strlen ("、") : text;
}

/* ①姓名: folding makes an ordinary digit of the mark, so it is looked at before. */
static const char *
skip_circled (const char *text)
{
  const char *p = text;
  gunichar    c;

  while (g_ascii_isspace (*p))
    p++;
  c = g_utf8_get_char (p);
  return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277f) ? g_utf8_next_char (p) : text;
}

/* "姓名 Name" and "姓名*必填" say more than the name. */
static void
cut_extras (GString *reduced)
{
  static const char *const marks[] = { "必填项", "必填", "选填", "必录" };
  gsize                    latin = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (reduced->len > strlen (marks[i]) && g_str_has_suffix (reduced->str, marks[i]))
      g_string_truncate (reduced, reduced->len - strlen (marks[i]));
    else if (reduced->len > strlen (marks[i]) && g_str_has_prefix (reduced->str, marks[i]))
      g_string_erase (reduced, 0, (gssize) strlen (marks[i]));

  while (latin < reduced->len && (g_ascii_isalpha (reduced->str[reduced->len - latin - 1]) ||
                                  strchr ("./-_'", reduced->str[reduced->len - latin - 1]) != NULL))
    latin++;
  if (latin > 2 && latin < reduced->len && (guchar) reduced->str[0] >= 0x80)
    g_string_truncate (reduced, reduced->len - latin);
}

/* What stands outside of brackets and what inside, both folded. Brackets in others only part remarks. */
typedef struct
{
  GString   *outside; /* (owned) with "(…)" for what @keep leaves of a remark */
  GPtrArray *asides;  /* (owned) (element-type utf8) */
} Parts;

static void
take_aside (Parts    *self,
            GString  *inside,
            gboolean  keep)
{
  g_autofree char *kept = keep ? shy_header_reduce_aside (inside->str) : NULL;

  if (kept != NULL && *kept != '\0')
    g_string_append_printf (self->outside, "(%s)", kept);
  g_ptr_array_add (self->asides, g_strdup (inside->str));
  g_string_truncate (inside, 0);
}

static void
parts_init (Parts      *self,
            const char *folded,
            gboolean    keep)
{
  g_autoptr (GString) inside = g_string_new (NULL);
  guint               depth = 0;

  self->outside = g_string_new (NULL);
  self->asides = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_open (c) && depth++ > 0)
        g_string_append_c (inside, ',');
      else if (is_close (c) && depth > 0)
        {
          if (--depth == 0)
            take_aside (self, inside, keep);
          else
            g_string_append_c (inside, ',');
        }
      else if (!is_open (c))
        g_string_append_unichar (depth > 0 ? inside : self->outside, c);
    }
  /* A bracket may have been cut off. */
  if (depth > 0)
    take_aside (self, inside, keep);
}

static void
parts_clear (Parts *self)
{
  g_string_free (self->outside, TRUE);
  g_ptr_array_unref (self->asides);
}

/* Where the unit begins in “月工资:万元”, “金额/万元” and “金额万元”: @length is cut, @rest names it;
 * FALSE if there is none. */
static gboolean
find_unit_behind (const char  *outside,
                  gsize       *length,
                  const char **rest)
{
  static const char *const bare[] = {
    "百万元", "十万元", "千万元", "亿元", "万元", "萬元", "千元", "仟元", "百元", "元", "个月", NULL,
  };

  for (const char *p = outside; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean         mark = strchr (":/,;-_|", *p) != NULL || g_str_has_prefix (p, "—");
      g_autofree char *unit = NULL;
      g_autofree char *period = NULL;

      *rest = g_utf8_next_char (p);
      if (p > outside && mark && shy_header_parse_unit (*rest, &unit, &period))
        {
          *length = (gsize) (p - outside);
          return TRUE;
        }
    }
  for (gsize i = 0; bare[i] != NULL; i++)
    if (g_str_has_suffix (outside, bare[i]) && strlen (outside) > strlen (bare[i]))
      {
        *length = strlen (outside) - strlen (bare[i]);
        *rest = outside + *length;
        return TRUE;
      }

  return FALSE;
}

char *
shy_header_reduce (const char *header)
{
  g_autofree char *folded = shy_sheet_value_fold (skip_circled (header));
  GString         *reduced = g_string_new (NULL);
  const char      *rest;
  Parts            parts;
  gsize            length;

  parts_init (&parts, skip_numbering (folded), TRUE);
  if (find_unit_behind (parts.outside->str, &length, &rest))
    g_string_truncate (parts.outside, length);
  for (const char *p = parts.outside->str; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_mark (g_utf8_get_char (p)))
      g_string_append_unichar (reduced, g_utf8_get_char (p));
  parts_clear (&parts);
  cut_extras (reduced);
  return g_string_free (reduced, FALSE);
}

/* The header without what stands in brackets; NULL if nothing does. */
char *
shy_header_dup_bare (const char *header)
{
  Parts parts;
  char *bare = NULL;

  parts_init (&parts, header, FALSE);
  if (parts.asides->len > 0)
    bare = g_strdup (parts.outside->str);
  parts_clear (&parts);
  return bare;
}

/* Cuts @ending off, unless nothing would be left. */
static gboolean
cut_ending (GString    *text,
            const char *ending)
{
  if (text->len <= strlen (ending) || !g_str_has_suffix (text->str, ending))
    return FALSE;
  g_string_truncate (text, text->len - strlen (ending));
  return TRUE;
}

/* Events begin and end; forms have many words for it, over and in columns. */
static const char *const beginnings[] = {
  "开始", "起始", "起算", "开始时", "生效", "起", "始", "自", "从", "由",
};
static const char *const ends[] = {
  "结束", "终止", "截止", "截至", "到期", "届满", "期满", "失效", "止", "终", "至", "到", "讫", "迄",
};

static gboolean
cut_any (GString           *text,
         const char *const *endings,
         gsize              n_endings)
{
  for (gsize i = 0; i < n_endings; i++)
    if (cut_ending (text, endings[i]))
      return TRUE;

  return FALSE;
}

/* The event that a header of dates names, written in one way: 劳动合同期限 over 起, 合同起始时间 and
 * 合同开始日 are 合同<. @reduced comes from shy_header_reduce(). */
char *
shy_header_name_event (const char *reduced)
{
  static const char *const days[] = { "年月日", "日期", "时间", "日" };
  static const char *const terms[] = {
    "起止日期", "起止时间", "起止年月", "起止", "有效期", "期限", "期间", "年限", "时间", "日期", "的",
  };
  GString    *event = g_string_new (reduced);
  const char *side = "";

  g_string_replace (event, "劳动合同", "合同", 0);
  g_string_replace (event, "聘用合同", "合同", 0);
  cut_any (event, days, G_N_ELEMENTS (days));
  if (cut_any (event, beginnings, G_N_ELEMENTS (beginnings)))
    side = "<";
  else if (cut_any (event, ends, G_N_ELEMENTS (ends)))
    side = ">";
  if (*side != '\0')
    cut_any (event, terms, G_N_ELEMENTS (terms));
  g_string_append (event, side);
  return g_string_free (event, FALSE);
}

/* Keeps the unit of a remark; two that differ, and foreign words, leave a doubt. */
static void
take_unit (const char    *remark,
           ShyHeaderUnit *self)
{
  g_autofree char *unit = NULL;
  g_autofree char *period = NULL;

  if (shy_header_parse_unit (remark, &unit, &period))
    {
      if (unit != NULL && self->unit != NULL && strcmp (unit, self->unit) != 0)
        self->doubtful = TRUE;
      if (unit != NULL && self->unit == NULL)
        self->unit = g_steal_pointer (&unit);
      if (period != NULL && self->period == NULL)
        self->period = g_steal_pointer (&period);
    }
  else if (*remark != '\0' && shy_header_is_latin (remark) &&
           (strlen (remark) > 2 || !g_ascii_isdigit (*remark)))
    self->doubtful = TRUE;
}

/* "金额（单位：万元）", "金额（必填，万元/年）" and "金额/万元" name 万元. */
void
shy_header_read_unit (const char    *header,
                      ShyHeaderUnit *self)
{
  g_autofree char *folded = shy_sheet_value_fold (header);
  Parts            parts;
  const char      *rest;
  gsize            length;

  memset (self, 0, sizeof *self);
  parts_init (&parts, folded, FALSE);
  for (guint i = 0; i < parts.asides->len; i++)
    {
      g_auto (GStrv) remarks = g_regex_split_simple ("[,;!]|。|、", parts.asides->pdata[i], 0, 0);

      for (guint j = 0; remarks[j] != NULL; j++)
        take_unit (remarks[j], self);
    }
  if (find_unit_behind (parts.outside->str, &length, &rest))
    take_unit (rest, self);
  parts_clear (&parts);
}

void
shy_header_unit_clear (ShyHeaderUnit *self)
{
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->period, g_free);
}

/* Whether a row below the header may hold this: “（万元）”, “必填”, “yyyy-mm-dd”. */
gboolean
shy_header_is_aside (const char *text)
{
  g_autofree char *folded = shy_sheet_value_fold (text);
  g_autofree char *kept = NULL;
  Parts            parts;
  gboolean         bare;

  parts_init (&parts, folded, TRUE);
  bare = parts.outside->len == 0;
  parts_clear (&parts);
  if (bare || strspn (folded, "0123456789.") == strlen (folded))
    return bare;
  kept = shy_header_reduce_aside (folded);
  return *kept == '\0';
}
