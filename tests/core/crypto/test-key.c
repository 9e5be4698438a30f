/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shy-key-private.h"
#include "shy-core.h"

#include <string.h>

/* The key, the message and the signature of the example in GB/T 32918.2-2016, annex A, on the
 * curve of GB/T 32918.5-2017. */
#define PRIVATE "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"
#define PUBLIC                                                       \
  "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020" \
  "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
#define SIGNATURE                                                      \
  "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3" \
  "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
#define MESSAGE "message digest"

static void
test_published_signature (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShyKey) public = shy_key_new (PUBLIC, &error);
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
  g_autoptr (GBytes) other = g_bytes_new_static (MESSAGE "!", strlen (MESSAGE) + 1);
  g_autoptr (GBytes) signature = NULL;

  g_assert_no_error (error);
  signature = shy_encoding_decode (SHY_ENCODING_HEX, SIGNATURE, &error);
  g_assert_no_error (error);
  g_assert_true (shy_key_verify (public, SHY_DIGEST_SM3, SHY_KEY_FORM_RAW, message, signature));
  g_assert_false (shy_key_verify (public, SHY_DIGEST_SM3, SHY_KEY_FORM_RAW, other, signature));
}

static void
test_sm2_signs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShyKey) private = shy_key_new (PRIVATE, &error);
  g_autoptr (ShyKey) public = shy_key_new (PUBLIC, &error);
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  for (ShyKeyForm form = SHY_KEY_FORM_DER; form <= SHY_KEY_FORM_RAW; form++)
    {
      g_autoptr (GBytes) signature = NULL;

      signature = shy_key_sign (private, SHY_DIGEST_SM3, form, message, &error);
      g_assert_no_error (error);
      g_assert_true (shy_key_verify (public, SHY_DIGEST_SM3, form, message, signature));
      /* Who expects the other form reads it all the same. */
      g_assert_true (shy_key_verify (public, SHY_DIGEST_SM3,
                                     form == SHY_KEY_FORM_DER ? SHY_KEY_FORM_RAW : SHY_KEY_FORM_DER,
                                     message, signature));
    }
  g_assert_null (shy_key_sign (public, SHY_DIGEST_SM3, SHY_KEY_FORM_DER, message, &error));
  g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
}

static void
test_sm2_encrypts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShyKey) private = shy_key_new (PRIVATE, &error);
  g_autoptr (ShyKey) public = shy_key_new (PUBLIC, &error);
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  for (guint i = 0; i < 4; i++)
    {
      ShyKeyForm         form = i % 2 == 0 ? SHY_KEY_FORM_C1C3C2 : SHY_KEY_FORM_C1C2C3;
      g_autoptr (GBytes) secret = shy_key_encrypt (public, form, i < 2, message, &error);
      g_autoptr (GBytes) plain = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (secret), ==, (i < 2 ? 65 : 64) + 32 + strlen (MESSAGE));
      plain = shy_key_decrypt (private, form, secret, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, message));
    }
}

static void
test_rejects (void)
{
  static const char *const texts[] = {
    "", "zz", "00", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----",
    "3082ffffffff", "MIIB",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (shy_key_new (texts[i], &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key/published-signature", test_published_signature);
  g_test_add_func ("/key/sm2-signs", test_sm2_signs);
  g_test_add_func ("/key/sm2-encrypts", test_sm2_encrypts);
  g_test_add_func ("/key/rejects", test_rejects);

  return g_test_run ();
}
