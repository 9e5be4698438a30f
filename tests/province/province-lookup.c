/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <string.h>

/* One-record queries. Who is asked about need not be a row of ours: what is answered follows from
 * the number, so that the sample applications get answers too, and the same ones each time. */

static guint
mix (const char *text)
{
  g_autofree char *sum = province_hash (G_CHECKSUM_SHA256, text);

  sum[7] = '\0';
  return (guint) g_ascii_strtoull (sum, NULL, 16);
}

static void
put_member (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "%s\"%s\":", out->str[out->len - 1] == '{' ? "" : ",", name);
  province_quote (out, value);
}

/* Eight of ten are private, one is owned by the state, one is not registered. */
static void
put_employer (const char *uscc, GString *out)
{
  guint            mixed = mix (uscc);
  gboolean         is_private = mixed % 10 < 8;
  g_autofree char *day = g_strdup_printf ("20%02u-%02u-%02u", 5 + mixed % 16, 1 + mixed % 12,
                                          1 + mixed % 28);

  if (mixed % 10 == 9)
    return;
  g_string_append_c (out, '{');
  put_member (out, "tyshxydm", uscc);
  put_member (out, "qymc", "样例单位(登记信息样例)");
  put_member (out, "qylxdm", is_private ? "1130" : "1110");
  put_member (out, "qylxmc", is_private ? "有限责任公司(自然人投资或控股)"
                                        : "有限责任公司(国有独资)");
  put_member (out, "sfmy", is_private ? "1" : "0");
  put_member (out, "djzt", "存续");
  put_member (out, "clrq", day);
  g_string_append_c (out, '}');
}

/* Nine of ten are insured. */
static void
put_insured (const char *person, const char *uscc, GString *out)
{
  guint            mixed = mix (person);
  g_autofree char *month = g_strdup_printf ("20%02u%02u", 15 + mixed % 11, 1 + mixed % 12);

  if (mixed % 10 == 9)
    return;
  g_string_append_c (out, '{');
  put_member (out, "sccbny", month);
  put_member (out, "xzlx", "110");
  put_member (out, "xzmc", "企业职工基本养老保险");
  put_member (out, "cbzt", mixed % 10 == 8 ? "暂停缴费" : "参保缴费");
  put_member (out, "tyshxydm", uscc != NULL ? uscc : "");
  g_string_append_c (out, '}');
}

/* Four of five certificates were issued. */
static void
put_certificate (const char *certificate, GString *out)
{
  guint            mixed = mix (certificate);
  g_autofree char *day = g_strdup_printf ("20%02u-%02u-%02u", 21 + mixed % 5, 1 + mixed % 12,
                                          1 + mixed % 28);

  if (mixed % 5 == 4)
    return;
  g_string_append_c (out, '{');
  put_member (out, "zsbh", certificate);
  put_member (out, "zslx", "博士后证书");
  put_member (out, "czlx", mixed % 7 == 6 ? "退站" : "期满出站");
  put_member (out, "fzrq", day);
  g_string_append_c (out, '}');
}

gboolean
province_is_lookup (const char *name)
{
  return g_str_equal (name, "qydjxx") || g_str_equal (name, "ryctbxx") ||
         g_str_equal (name, "bshzs");
}

/* @name: qydjxx (is this employer registered, and private), ryctbxx (since when is this person
 * insured) or bshzs (was this postdoc certificate issued).
 *
 * Returns: (nullable): an array of one object or none; nothing where what is asked about is
 * missing */
char *
province_look_up (Province *self, const char *name, const char *uscc, const char *person,
                  const char *certificate)
{
  GString *out = g_string_new ("[");

  if (g_str_equal (name, "qydjxx") && uscc != NULL)
    put_employer (uscc, out);
  else if (g_str_equal (name, "ryctbxx") && person != NULL)
    put_insured (person, uscc, out);
  else if (g_str_equal (name, "bshzs") && (certificate != NULL || person != NULL))
    put_certificate (certificate != NULL ? certificate : person, out);
  else
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}
