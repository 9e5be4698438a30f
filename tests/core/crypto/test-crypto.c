/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shy-crypto-private.h"
#include "shy-core.h"

#include <string.h>

/* Vectors: RFC 1321, RFC 2202, RFC 4231, FIPS 180, GB/T 32905 (SM3), GB/T 32907 (SM4). The Java
 * derivation was confirmed with a Java runtime. */

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_hex (GBytes     *bytes,
            const char *expected)
{
  g_autofree char *hex = shy_encoding_encode (SHY_ENCODING_HEX, bytes);

  g_assert_cmpstr (hex, ==, expected);
}

static void
test_digests (void)
{
  static const struct
  {
    ShyDigest   digest;
    const char *expected;
  } rows[] = {
    { SHY_DIGEST_MD5, "900150983cd24fb0d6963f7d28e17f72" },
    { SHY_DIGEST_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d" },
    { SHY_DIGEST_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { SHY_DIGEST_SM3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" },
  };
  g_autoptr (GBytes) input = text_bytes ("abc");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) hash = shy_digest_compute (rows[i].digest, input);

      assert_hex (hash, rows[i].expected);
    }
}

static void
test_hmacs (void)
{
  static const struct
  {
    ShyDigest   digest;
    const char *key, *input, *expected;
  } rows[] = {
    { SHY_DIGEST_SM3, "key", "abc",
      "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393" },
    { SHY_DIGEST_SHA256, "Jefe", "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    { SHY_DIGEST_MD5, "Jefe", "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) key = text_bytes (rows[i].key);
      g_autoptr (GBytes) input = text_bytes (rows[i].input);
      g_autoptr (GBytes) code = shy_hmac_compute (rows[i].digest, key, input);

      assert_hex (code, rows[i].expected);
    }
}

static void
test_sm4_block (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) secret = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) plain = NULL;

  key = shy_encoding_decode (SHY_ENCODING_HEX, "0123456789abcdeffedcba9876543210", &error);
  g_assert_no_error (error);
  secret = shy_cipher_encrypt (SHY_CIPHER_SM4_ECB, key, NULL, key, &error);
  g_assert_no_error (error);
  first = g_bytes_new_from_bytes (secret, 0, 16);
  assert_hex (first, "681edf34d206965e86b3e94f536e4246");
  plain = shy_cipher_decrypt (SHY_CIPHER_SM4_ECB, key, NULL, secret, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, key));
}

static void
test_java_key (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) seed = text_bytes ("test-appkey");
  g_autoptr (GBytes) key = shy_cipher_derive_java (seed);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) plain = NULL;

  assert_hex (key, "0e57f742465f168272cc9770d947945a");
  wrapped = shy_encoding_decode (SHY_ENCODING_BASE64,
                                 "85sbRdn+yUkSnWgbTBOUJAaBFhOLIX4q/HcGHnTTZ78=", &error);
  g_assert_no_error (error);
  plain = shy_cipher_decrypt (SHY_CIPHER_AES_128_ECB, key, NULL, wrapped, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                   "real-secret-0001", strlen ("real-secret-0001"));
}

static void
test_wrong_input (void)
{
  static const char *const texts[] = { "0", "0g", "a=b=", "====", "abcde", "ab=", "ab*c", "abc==" };
  g_autoptr (GBytes) key = text_bytes ("0123456789abcdef");
  g_autoptr (GBytes) other = text_bytes ("0123456789abcdeX");
  g_autoptr (GBytes) small = text_bytes ("short");
  g_autoptr (GBytes) secret = shy_cipher_encrypt (SHY_CIPHER_SM4_ECB, key, NULL, small, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ShyEncoding encoding = i < 2 ? SHY_ENCODING_HEX : SHY_ENCODING_BASE64;

      g_assert_null (shy_encoding_decode (encoding, texts[i], &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (shy_cipher_encrypt (SHY_CIPHER_SM4_CBC, key, NULL, small, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (shy_cipher_decrypt (SHY_CIPHER_SM4_ECB, other, NULL, secret, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

/* As gateways write it: RFC 4648 §10, in lines of MIME (RFC 2045 §6.8), without padding, base64url. */
static void
test_base64_of_gateways (void)
{
  static const char *const rows[][2] = {
    { "Zm9vYmFy", "foobar" },    { "Zm9vYmE=", "fooba" },        { "Zm9vYg==", "foob" },
    { "Zm9vYmE", "fooba" },      { "Zm9vYg", "foob" },           { "Zm9v\r\nYmFy\r\n", "foobar" },
    { " Zm9v YmE= ", "fooba" },  { "Zm9v\nYg=\n=", "foob" },     { "", "" },
    { "Pz8_Pj4-", "??\?>>>" },    { "Pz8/Pj4+", "??\?>>>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = shy_encoding_decode (SHY_ENCODING_BASE64, rows[i][0], &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), rows[i][1],
                       strlen (rows[i][1]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/digests", test_digests);
  g_test_add_func ("/crypto/hmacs", test_hmacs);
  g_test_add_func ("/crypto/sm4-block", test_sm4_block);
  g_test_add_func ("/crypto/java-key", test_java_key);
  g_test_add_func ("/crypto/wrong-input", test_wrong_input);
  g_test_add_func ("/crypto/base64-of-gateways", test_base64_of_gateways);

  return g_test_run ();
}
