/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "update-fixture.h"

#include "crypto/shy-key-parts-private.h"
#include "update/shy-update-private.h"

static ShyKey *
load_key (const char *name)
{
  g_autofree char   *text = read_key (name);
  g_autoptr (GError) error = NULL;
  ShyKey            *key = shy_key_new (text, &error);

  g_assert_no_error (error);
  return key;
}

/* What is signed is written down: another program must come to the same bytes. */
static void
test_signed_text (void)
{
  g_autoptr (GBytes) text = shy_update_signed_text (SHY_UPDATE_CALENDAR, "cn", "2027.1",
                                                    "2026-11-02T09:00:00+08:00", "{“春”}");
  const char        *expected = "15:shanye-update-18:calendar2:cn6:2027.1"
                                "25:2026-11-02T09:00:00+08:0011:{“春”}";

  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), expected,
                   strlen (expected));
}

static void
test_round_trip (void)
{
  g_autofree char     *content = make_calendar ("2027.1");
  g_autoptr (ShyUpdate) update = make_update (content);
  g_autofree char     *text = shy_update_to_json (update);
  g_autoptr (ShyUpdate) again = parse (text);
  g_autoptr (ShyKey)   key = load_key ("bureau.pem");
  g_autoptr (ShyKey)   stranger = load_key ("stranger-key.pem");
  g_autofree char     *fingerprint = shy_update_key_fingerprint (key);

  g_strstrip (content);
  g_assert_cmpint (again->kind, ==, SHY_UPDATE_CALENDAR);
  g_assert_cmpstr (again->id, ==, "cn");
  g_assert_cmpstr (again->version, ==, "2027.1");
  g_assert_cmpstr (again->content, ==, content);
  g_assert_cmpstr (again->issued_at, ==, ISSUED);
  g_assert_cmpstr (again->digest, ==, update->digest);
  g_assert_cmpstr (again->signer, ==, fingerprint);
  g_assert_cmpstr (again->source, ==, "file:update.json");
  g_assert_true (shy_update_is_signed_by (again, key));
  g_assert_false (shy_update_is_signed_by (again, stranger));
}

/* No member that is signed may be another. */
static void
test_tampered (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } rows[] = {
    { "2027-02-20", "2027-02-27" },
    { "\"version\" : \"2027.1\"", "\"version\" : \"2027.2\"" },
    { "\"id\" : \"cn\"", "\"id\" : \"cn2\"" },
    { "\"kind\" : \"calendar\"", "\"kind\" : \"policy_pack\"" },
    { ISSUED, "2026-11-03T09:00:00+08:00" },
  };
  g_autofree char   *content = make_calendar ("2027.1");
  g_autofree char   *text = sign (content, "bureau-key.pem");
  g_autoptr (ShyKey) key = load_key ("bureau.pem");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char      *other = replace (text, rows[i].from, rows[i].to);
      g_autoptr (ShyUpdate) update = parse (other);

      g_assert_false (shy_update_is_signed_by (update, key));
    }
}

static void
test_broken_files (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *names;
  } rows[] = {
    { "\"format\" : 1", "\"format\" : 2", "format" },
    { "\"kind\" : \"calendar\"", "\"kind\" : \"spell\"", "kind" },
    { "\"id\" : \"cn\"", "\"id\" : \"../cn\"", "id" },
    { "\"version\" : \"2027.1\"", "\"version\" : \"../../2027\"", "version" },
    { "\"version\" : \"2027.1\"", "\"version\" : \"2027\\n\"", "version" },
    { "\"version\" : \"2027.1\",", "", "version" },
    { ISSUED, "yesterday", "issued_at" },
    { "\"signer\" : \"", "\"signer\" : \"ZZ", "signer" },
    { "\"signature\" : \"", "\"signature\" : \"#", "signature" },
    { "\"format\" : 1,", "\"format\" : 1, \"more\": 1,", "more" },
    { "\"format\" : 1,", "\"format\" : 1, \"id\": \"a\",", "update.json" },
    { "{", "", "update.json" },
  };
  g_autofree char *content = make_calendar ("2027.1");
  g_autofree char *text = sign (content, "bureau-key.pem");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char      *broken = replace (text, rows[i].from, rows[i].to);
      g_autoptr (GBytes)    bytes = g_bytes_new (broken, strlen (broken));
      g_autoptr (GError)    error = NULL;
      g_autoptr (ShyUpdate) update = shy_update_new_from_bytes (bytes, "update.json", &error);

      g_assert_null (update);
      g_assert_nonnull (error);
      g_assert_true (error->domain == SHY_ERROR);
      g_assert_nonnull (strstr (error->message, rows[i].names));
    }
}

static void
test_sign_refuses (void)
{
  g_autofree char *content = make_calendar ("2027.1");
  g_autofree char *public = read_key ("bureau.pem");
  g_autofree char *private = read_key ("bureau-key.pem");
  const struct
  {
    const char *content;
    const char *key;
    const char *issued_at;
  } rows[] = {
    { content, public, ISSUED }, { content, "no key", ISSUED }, { content, private, "today" },
    { "[]", private, ISSUED },   { "{", private, ISSUED },      { "{\"id\":1}", private, ISSUED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i].content, strlen (rows[i].content));
      g_autoptr (GError) error = NULL;

      g_assert_null (shy_update_sign (bytes, "x.json", rows[i].key, rows[i].issued_at, &error));
      g_assert_error (error, SHY_ERROR, SHY_ERROR_INVALID);
      g_assert_null (strstr (error->message, "PRIVATE"));
    }
}

/* Only public SM2 keys are trusted; what else lies in the folder is named. */
static void
test_signers (void)
{
  g_autofree char              *folder = shy_update_signers_build_folder ();
  g_autofree char              *private = read_key ("stranger-key.pem");
  g_autofree char              *private_path = g_build_filename (folder, "a.pem", NULL);
  g_autofree char              *junk_path = g_build_filename (folder, "b.pem", NULL);
  g_autoptr (ShyKey)            key = load_key ("bureau.pem");
  g_autoptr (ShyKey)            sample = load_key ("sample-key.pem");
  g_autofree char              *fingerprint = shy_update_key_fingerprint (key);
  g_autofree char              *sample_fingerprint = shy_update_key_fingerprint (sample);
  g_autoptr (ShyUpdateSigners)  signers = NULL;
  const ShyUpdateSigner        *found;

  trust_bureau ();
  g_assert_true (g_file_set_contents (private_path, private, -1, NULL));
  g_assert_true (g_file_set_contents (junk_path, "junk", -1, NULL));
  signers = shy_update_signers_load ();

  g_assert_cmpuint (signers->trusted->len, ==, 2);
  g_assert_cmpuint (signers->problems->len, ==, 2);
  g_assert_nonnull (strstr (signers->problems->pdata[0], "a.pem"));
  g_assert_nonnull (strstr (signers->problems->pdata[1], "b.pem"));
  found = shy_update_signers_find (signers, fingerprint);
  g_assert_cmpstr (found->name, ==, "测试人社厅");
  g_assert_false (found->sample);
  found = shy_update_signers_find (signers, sample_fingerprint);
  g_assert_true (found->sample);
  g_assert_null (shy_update_signers_find (signers, "00"));
  g_remove (private_path);
  g_remove (junk_path);
}

int
main (int   argc,
      char *argv[])
{
  test_init (&argc, &argv);
  g_test_add_func ("/update/signed-text", test_signed_text);
  g_test_add_func ("/update/round-trip", test_round_trip);
  g_test_add_func ("/update/tampered", test_tampered);
  g_test_add_func ("/update/broken-files", test_broken_files);
  g_test_add_func ("/update/sign-refuses", test_sign_refuses);
  g_test_add_func ("/update/signers", test_signers);
  return g_test_run ();
}
