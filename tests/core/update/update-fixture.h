/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../../database.h"

/* Updates made of what ships: changed in a word, and signed with the keys of the tests. */

#define ISSUED "2026-11-02T09:00:00+08:00"

static inline char *
read_data (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = shy_data_load (name, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static inline char *
read_key (const char *name)
{
  g_autofree char   *path = g_test_build_filename (G_TEST_DIST, "data", "updates", name, NULL);
  g_autoptr (GError) error = NULL;
  char              *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static inline char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  g_assert_nonnull (parts[1]);
  return g_strjoinv (to, parts);
}

/* Signs a content and gives the text of the update. */
static inline char *
sign (const char *content,
      const char *key_name)
{
  g_autofree char   *key = read_key (key_name);
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  char              *text = shy_update_sign (bytes, "content.json", key, ISSUED, &error);

  g_assert_no_error (error);
  return text;
}

static inline ShyUpdate *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShyUpdate         *update = shy_update_new_from_bytes (bytes, "update.json", &error);

  g_assert_no_error (error);
  return update;
}

static inline ShyUpdate *
make_update (const char *content)
{
  g_autofree char *text = sign (content, "bureau-key.pem");

  return parse (text);
}

/* The post subsidy for care work, with a higher amount from a later day. */
static inline char *
make_pack (const char *version)
{
  g_autofree char *shipped = read_data ("policies/zj-post-care.json");
  g_autofree char *named = g_strdup_printf ("\"version\": \"%s\"", version);
  g_autofree char *text = replace (shipped, "\"version\": \"2023.3\"", named);
  g_autofree char *paid = replace (text, "\"expression\": \"10000\"", "\"expression\": \"12000\"");

  g_free (text);
  text = replace (paid, "\"amount\": 10000", "\"amount\": 12000");
  g_free (paid);
  paid = replace (text, "\"outcome\": \"person\", \"criteria\": { \"start\": \"person\" }",
                  "\"outcome\": \"not_eligible\"");
  return replace (paid, "\"effective\": { \"from\": null, \"until\": null",
                  "\"effective\": { \"from\": \"2024-01-01\", \"until\": null, "
                  "\"clause\": \"c-years\"");
}

/* The shipped calendar with 2027; its days are made up for the tests. */
static inline char *
make_calendar (const char *version)
{
  g_autofree char *shipped = read_data ("calendars/cn.json");
  g_autofree char *named = g_strdup_printf ("\"version\": \"%s\"", version);
  g_autofree char *text = replace (shipped, "\"version\": \"2026.1\"", named);
  g_autofree char *longer = replace (text, "\"until\": \"2026-12-31\"", "\"until\": \"2027-12-31\"");
  g_autofree char *off =
    replace (longer, "\"last\": \"2026-10-07\", \"name\": \"国庆节\" }",
             "\"last\": \"2026-10-07\", \"name\": \"国庆节\" },\n"
             "{ \"first\": \"2027-01-01\", \"last\": \"2027-01-03\", \"name\": \"元旦\" },"
             "{ \"first\": \"2027-02-05\", \"last\": \"2027-02-11\", \"name\": \"春节\" },"
             "{ \"first\": \"2027-04-05\", \"last\": \"2027-04-05\", \"name\": \"清明\" },"
             "{ \"first\": \"2027-05-01\", \"last\": \"2027-05-03\", \"name\": \"劳动节\" },"
             "{ \"first\": \"2027-06-09\", \"last\": \"2027-06-09\", \"name\": \"端午\" },"
             "{ \"first\": \"2027-09-15\", \"last\": \"2027-09-15\", \"name\": \"中秋\" },"
             "{ \"first\": \"2027-10-01\", \"last\": \"2027-10-07\", \"name\": \"国庆节\" }");

  return replace (off, "\"2026-10-10\"", "\"2026-10-10\", \"2027-02-20\"");
}

/* Puts the key of the bureau that the tests trust into the person's folder. */
static inline void
trust_bureau (void)
{
  g_autofree char *folder = shy_update_signers_build_folder ();
  g_autofree char *path = g_build_filename (folder, "测试人社厅.pem", NULL);
  g_autofree char *key = read_key ("bureau.pem");

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, key, -1, NULL));
}

/* Begins a test: nothing is installed, and the bureau's key is trusted. */
static inline void
start_afresh (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "shanye", NULL);

  if (g_file_test (folder, G_FILE_TEST_EXISTS))
    remove_tree (folder);
  trust_bureau ();
}
