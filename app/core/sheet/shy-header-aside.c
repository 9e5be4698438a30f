/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet/shy-header-aside-private.h"

#include "sheet/shy-sheet-value-private.h"

#include <string.h>

/* What stands beside the name in a header: in brackets, behind a colon, in a row of its own. Most says
 * how to fill the column in, or in which unit. Anything else may turn the meaning round (“非首次填√”,
 * “含补缴”), so that only what is known as a whole is left out of the name. */

/* An example or one of several answers is not longer. */
#define WORD_LENGTH 20
#define ANSWER_LENGTH 8

#define PAPERS "(?:居民)?身份证件?|证件|有效证件|护照|营业执照|劳动合同|聘用合同|合同|出站证书|证书|毕业证书?|" \
               "学历证书|社保|社保记录|参保记录|参保信息|社保(?:缴纳)?证明|公章|工商登记|登记证书?|法人证书|户口簿|" \
               "银行卡|开户许可证|学信网"
#define DAY "[0-9ymdx年月日号.\\-/~至\"“”]+"

/* Each describes the whole of a remark, without blanks, in small letters. */
static const char *const instructions[] = {
  /* whether it must be filled in */
  "必填项?|选填项?|必录项?|必选项?|必须填写?|须填写?|可选填|可不填|非必填|可空|可为空|不可为空|不能为空|(?:加|带)\\*为?必填",
  "(?:如|若)?(?:没有|无)(?:则|请|可)?(?:不填|留空|填写?[\"“]?(?:无|否)[\"”]?)|(?:如|若)?有(?:则|请)?(?:填写?[\"“]?是?[\"”]?)?",
  "如有|若有|照实|如实(?:填写)?",
  /* after which paper */
  "(?:应|要)?(?:按照?|与|和|同|以|根据|依据|参照|跟|见)(?:本人|申请人|单位)?的?(?:" PAPERS ")(?:原件|复印件)?上?的?"
  "(?:姓名|名称|日期|时间|号码|信息|内容|记载)?(?:填写|填报|填|(?:保持|完全)?一致|相同|为准)?",
  /* dates */
  "(?:日期|时间)?格式(?:为|如|是|:|示例|例如|例)*(?:" DAY ")?",
  "[年月日ymdx0.\\-/、至到~自起止]{2,}|起止(?:日期|时间)|\\d{4}[年.\\-/]\\d{1,2}(?:[月.\\-/](?:\\d{1,2}日?)?)?",
  "(?:具体|精确|只)?(?:填|写)?(?:到|至)(?:年|月|日|年月|年月日)|只?填?年月日?|(?:公|阳|新)历(?:日期)?",
  /* how long */
  "(?:共|应为|为|长度为?)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})(?:(?:-|~|或|至|到|/|、)\\d{1,2})?位"
  "(?:数字?|编码|代码|号码|长|字符|(?:居民)?身份证号?码?|证件号码?|手机号?码?|统一社会信用代码)?",
  "限?(?:填)?\\d+个?字(?:以内|内)?|不超过\\d+字",
  /* which answers */
  "(?:从|在)?(?:下拉(?:列表|菜单|框|选项)?中?)?(?:选择|点选|勾选|单选|多选|可多选|选一项?)(?:填写|填报)?|下拉(?:列表|菜单|框|选项)",
  "[\"“]?(?:是|否)[\"”]?(?:/|或者?|、|\\|)[\"“]?(?:是|否)[\"”]?",
  "(?:有|无|已|未|没有|男|女|y|n|yes|no)(?:/|或|、|\\|)(?:有|无|已|未|没有|男|女|y|n|yes|no)",
  "(?:是则?)?(?:打|划|画|填)?[\"“]?(?:√|勾|钩|对勾|✓|✔)[\"”]?",
  /* signatures */
  "(?:本人|单位|加盖)*(?:签字|签名|盖章|签章|公章|手签)(?:(?:或|并|、|/)?盖章|确认)?",
  /* how to write */
  "(?:用|以)?(?:中文|汉字|大写|小写|大写字母|英文|拼音|数字|阿拉伯数字|文本(?:型|格式)?|半角|全角|整数|"
  "(?:规范|单位|企业|公司)?全称)(?:填写|填报|输入|格式)?",
  "(?:保留|精确到?|取)(?:小数点后)?[\\d一二两三四]位(?:小数)?|取整数?|四舍五入|不保留小数|精确到(?:元|角|分|个?月|年|日)",
  "自动(?:计算|生成|带出)|系统(?:生成|带出)|勿填|勿改|勿修改|不可修改",
  "(?:多个)?用.{1,4}(?:隔开|分隔|分开)|可多个",
  /* where more is said */
  "(?:详|可)?(?:见|参见|参照|参考)(?:附件|附表|说明|备注|背面|注|表后|下方|填表说明|填报说明|样表|示例)[\\d一二三]*",
  "下同|同上|可另?附页|照片|一寸照片?|本人|申请人",
  /* what is meant anyway: wages are those before tax */
  "税前|应发|人民币",
};

static GRegex *
compile (void)
{
  GString *pattern = g_string_new ("^(?:请|务必|须|需|必须)*(?:填写?|写|输入|录入|填报)?为?(?:");
  GRegex  *regex;

  for (gsize i = 0; i < G_N_ELEMENTS (instructions); i++)
    g_string_append_printf (pattern, "%s%s", i > 0 ? "|" : "", instructions[i]);
  g_string_append (pattern, ")$");
  regex = g_regex_new (pattern->str, G_REGEX_OPTIMIZE, 0, NULL);
  g_string_free (pattern, TRUE);
  return regex;
}

static gboolean
is_instruction (const char *folded)
{
  static gsize regex = 0;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) compile ());

  return g_regex_match ((GRegex *) regex, folded, 0, NULL);
}

static gboolean
holds_any (const char        *text,
           const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (text, *words) != NULL)
      return TRUE;

  return FALSE;
}

/* “如：期满出站”: what stands there is one value of many. */
static gboolean
is_example (const char *folded)
{
  static const char *const openings[] = { "例如", "如", "例", "示例", "样例", "比如", NULL };
  static const char *const changing[] = {
    "填", "含", "税", "补", "非", "不", "扣", "减", "应", "实", "有", "无", "是", "否", "未", "仅", "只", "除", "第", NULL,
  };

  for (gsize i = 0; openings[i] != NULL; i++)
    if (g_str_has_prefix (folded, openings[i]) && strlen (folded) > strlen (openings[i]))
      return g_utf8_strlen (folded, -1) <= WORD_LENGTH && !holds_any (folded, changing);

  return FALSE;
}

/* “期满/退站”: the answers to choose from, none of which says how to count or of whom. */
static gboolean
are_answers (const char *folded)
{
  static const char *const changing[] = {
    "填", "含", "税", "补", "非", "不", "未", "扣", "减", "应", "实", "单位", "个人", "第", "配偶", "父", "母", "子女",
    "家", "法", "前", "后", "元", "年", "月", "乙", NULL,
  };
  g_auto (GStrv) parts = g_regex_split_simple ("/|或|\\||、", folded, 0, 0);

  if (g_strv_length (parts) < 2 || holds_any (folded, changing))
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || g_utf8_strlen (parts[i], -1) > ANSWER_LENGTH)
      return FALSE;

  return TRUE;
}

gboolean
shy_header_is_latin (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (" ./-_'", *text) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_known (const char *folded)
{
  g_autofree char *unit = NULL;
  g_autofree char *period = NULL;

  return shy_header_is_latin (folded) || shy_header_parse_unit (folded, &unit, &period) ||
         is_instruction (folded) || is_example (folded) || are_answers (folded);
}

/* What must stay of a remark: “必填，含补缴” leaves “含补缴”. */
char *
shy_header_reduce_aside (const char *folded)
{
  GString *kept = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  if (is_known (folded))
    return g_string_free (kept, FALSE);
  parts = g_regex_split_simple ("[,;!]|。", folded, 0, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) items = g_strsplit (parts[i], "、", -1);
      gboolean       known = TRUE;

      for (guint j = 0; items[j] != NULL; j++)
        known = known && is_known (items[j]);
      if (!known && !is_known (parts[i]))
        g_string_append_printf (kept, "%s%s", kept->len > 0 ? "," : "", parts[i]);
    }
  return g_string_free (kept, FALSE);
}

/* Cuts any of the words off one end, again and again. */
static void
cut_words (GString           *text,
           gboolean           front,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL;)
    {
      gsize length = strlen (words[i]);
      gboolean found = front ? g_str_has_prefix (text->str, words[i]) : g_str_has_suffix (text->str, words[i]);

      if (!found || length >= text->len)
        {
          i++;
          continue;
        }
      g_string_erase (text, front ? 0 : (gssize) (text->len - length), (gssize) length);
      i = 0;
    }
}

static gboolean
take_period (const char *word,
             GString    *periods)
{
  static const char *const known[] = { "年", "季度", "季", "月", "人", "天", "日", "小时", "户", "家", "次", NULL };
  const char              *bare = strcmp (word, "个月") == 0 ? "月" : word;

  if (!g_strv_contains (known, bare))
    return FALSE;
  g_string_append (periods, bare);
  return TRUE;
}

/* Bytes. What is longer is no unit, and a cell may hold a page of text. */
#define LONGEST_UNIT 120

/* “万元/月”, “单位：千元”, “填写万元”, “元/人·月”, “按月”: @unit, or NULL if only a period is named;
 * @period has what it is counted for, one behind the other, or NULL. FALSE if the text is none. */
gboolean
shy_header_parse_unit (const char  *folded,
                       char       **unit,
                       char       **period)
{
  static const char *const before[] = {
    "请", "金额", "计量", "货币", "计价", "单位", "均为", "为", "是", ":", "填写", "填报", "填", "按照", "按", "以", "用",
    "rmb", "cny", "¥", NULL,
  };
  static const char *const behind[] = { "为单位", "单位", "计算", "计", "填写", "填报", "填", "rmb", ":", NULL };
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) periods = NULL;
  g_auto (GStrv)      parts = NULL;
  guint               first = 0;

  *unit = *period = NULL;
  if (strlen (folded) > LONGEST_UNIT)
    return FALSE;
  text = g_string_new (folded);
  periods = g_string_new (NULL);
  if (strcmp (folded, "人民币") != 0)
    g_string_replace (text, "人民币", "", 0);
  cut_words (text, TRUE, before);
  cut_words (text, FALSE, behind);
  parts = g_regex_split_simple ("[/*.]|·|每", text->str, 0, 0);
  while (parts[first] != NULL && *parts[first] == '\0')
    first++;
  if (parts[first] == NULL)
    return FALSE;
  if (first == 0 && shy_sheet_unit_is_known (parts[0]))
    *unit = g_strdup (parts[0]);
  else if (!take_period (parts[first], periods))
    return FALSE;
  for (guint i = first + 1; parts[i] != NULL; i++)
    {
      /* 每月万元 */
      if (*unit == NULL && shy_sheet_unit_is_known (parts[i]))
        *unit = g_strdup (parts[i]);
      else if (!take_period (parts[i], periods))
        {
          g_clear_pointer (unit, g_free);
          return FALSE;
        }
    }
  /* “（月）” is a unit, “（按月）” a period. */
  if (first == 0 && parts[1] == NULL && strcmp (folded, parts[0]) != 0 && g_str_has_prefix (folded, "按") &&
      take_period (parts[0], periods))
    g_clear_pointer (unit, g_free);
  if (periods->len > 0)
    *period = g_strdup (periods->str);
  return TRUE;
}
