/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/describe/shy-canonical-private.h"
#include "crypto/shy-crypto-private.h"
#include "shy-core.h"

#include <string.h>

/* The expected signatures were computed by two independent programs from the published rules. */

static void
assert_signed (const char *key,
               const char *text,
               const char *expected)
{
  g_autoptr (GBytes) secret = g_bytes_new (key, strlen (key));
  g_autoptr (GBytes) input = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) code = shy_hmac_compute (SHY_DIGEST_SHA256, secret, input);
  g_autofree char   *base64 = shy_encoding_encode (SHY_ENCODING_BASE64, code);

  g_assert_cmpstr (base64, ==, expected);
}

static void
assert_digest (ShyDigest   digest,
               const char *text,
               const char *expected)
{
  g_autoptr (GBytes) input = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) hash = shy_digest_compute (digest, input);
  g_autofree char   *hex = NULL;

  hex = shy_encoding_encode (g_ascii_isupper (*expected) ? SHY_ENCODING_HEX_UPPER
                                                         : SHY_ENCODING_HEX, hash);
  g_assert_cmpstr (hex, ==, expected);
}

static void
test_sm3_of_seven (void)
{
  static const char *const wanted[] = { "app_id",  "biz_content", "charset", "interface_id",
                                        "origin",  "timestamp",   "version", NULL };
  static const ShyPair     pairs[] = {
    { "version", "1.0" },
    { "app_id", "testapp" },
    { "biz_content", "{\"pageNum\":\"1\",\"pageSize\":\"200\",\"userSecret\":"
                     "\"u0000000000000000000000000000test\"}" },
    { "charset", "UTF-8" },
    { "header", "{}" },
    { "interface_id", "jobfairgetdata" },
    { "origin", "0" },
    { "timestamp", "1735689600000" },
  };
  ShyCanonicalPairs style = { .include = wanted, .skip_empty = TRUE };
  g_autofree char  *plain = shy_canonical_pairs (pairs, G_N_ELEMENTS (pairs), &style);
  g_autofree char  *quoted = NULL;

  assert_digest (SHY_DIGEST_SM3, plain,
                 "e86b8d0ca6c59402f09e95c47abc81dca2291c81d03c4c5c4b5bdb6698891d99");
  style.escape = SHY_ESCAPE_HTML_QUOT;
  quoted = shy_canonical_pairs (pairs, G_N_ELEMENTS (pairs), &style);
  assert_digest (SHY_DIGEST_SM3, quoted,
                 "2712d54149efada9623c5a72ec6123a308b7ccd37a9da2f99d886570b3079ce5");
}

static void
test_md5_with_key (void)
{
  static const char *const not_signed[] = { "sign", NULL };
  static const ShyPair     pairs[] = {
    { "timestamp", "1735689600000" }, { "appkey", "testapp" }, { "page", "1" },
    { "nonce", "abc123" },            { "empty", "" },         { "sign", "x" },
  };
  const ShyCanonicalPairs style = {
    .exclude = not_signed, .skip_empty = TRUE, .suffix = "&key=testsecret",
  };
  g_autofree char *text = shy_canonical_pairs (pairs, G_N_ELEMENTS (pairs), &style);

  assert_digest (SHY_DIGEST_MD5, text, "A6A4DD534DEF8D7D14DC2BD9E3AEDBE9");
}

/* Some sign the values alone, with the secret at both ends. */
static void
test_values (void)
{
  static const ShyPair    pairs[] = { { "b", "2" }, { "c", "" }, { "a", "1" } };
  const ShyCanonicalPairs style = { .values_only = TRUE, .skip_empty = TRUE, .join = "",
                                    .prefix = "s", .suffix = "s" };
  g_autofree char        *text = shy_canonical_pairs (pairs, G_N_ELEMENTS (pairs), &style);

  g_assert_cmpstr (text, ==, "s12s");
}

static void
test_lines (void)
{
  static const ShyPair    pairs[] = { { "appsecret", "testsecret" }, { "appkey", "testapp" } };
  const ShyCanonicalPairs style = { NULL };
  g_autofree char        *parameters = shy_canonical_pairs (pairs, 2, &style);
  const char *const       lines[] = { "GET", "2025-01-01T08:00:00.000+08:00", "17356896000001234",
                                      "/gettoken.json", parameters, NULL };
  const char *const       bare[] = { "GET", "/x", "", NULL };
  g_autofree char        *text = shy_canonical_lines (lines, TRUE);
  g_autofree char        *without = shy_canonical_lines (bare, TRUE);
  g_autofree char        *with = shy_canonical_lines (bare, FALSE);

  assert_signed ("testsecret", text, "CWwrxX3dg02QP4fOMzgNr4Am2WWEkS9OHCacmA5WSyc=");
  g_assert_cmpstr (without, ==, "GET\n/x");
  g_assert_cmpstr (with, ==, "GET\n/x\n");
}

static void
test_aliyun (void)
{
  static const ShyPair headers[] = {
    { "x-ca-timestamp", "1735689600000" },
    { "x-ca-key", "testkey" },
    { "x-ca-nonce", "6b2f0c1e-0000-4000-8000-000000000001" },
  };
  static const ShyPair parameters[] = { { "size", "100" }, { "page", "1" } };
  ShyCanonicalRequest  request = {
     .method = "GET", .accept = "application/json", .path = "/api/jobfair",
     .headers = headers, .n_headers = 3, .parameters = parameters, .n_parameters = 2,
  };
  g_autofree char *names = NULL;
  g_autofree char *others = NULL;
  g_autofree char *get = shy_canonical_aliyun (&request, &names);
  g_autofree char *post = NULL;

  assert_signed ("testsecret", get, "a3z+U+Wkh8FfOfpcaJL+AvhEE+Fw1yOzZRopd+j2pbU=");
  g_assert_cmpstr (names, ==, "x-ca-key,x-ca-nonce,x-ca-timestamp");

  request.method = "POST";
  request.content_md5 = "3at6DCd2hNSnRY5QowJvhQ==";
  request.content_type = "application/json; charset=UTF-8";
  request.n_parameters = 0;
  post = shy_canonical_aliyun (&request, &others);
  assert_signed ("testsecret", post, "29jEOog0Fn8VSyUTUs9dvISHjRhOcZWlPVlRIkzhSrg=");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canonical/sm3-of-seven", test_sm3_of_seven);
  g_test_add_func ("/canonical/md5-with-key", test_md5_with_key);
  g_test_add_func ("/canonical/values", test_values);
  g_test_add_func ("/canonical/lines", test_lines);
  g_test_add_func ("/canonical/aliyun", test_aliyun);

  return g_test_run ();
}
