/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-row-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const ShyRowWord own_words[] = {
  /* Translators: the parts of the key stand in brackets: policy / county / name. */
  { "shy_county_setting", NULL, N_("The setting of a county (%s)") },
  { "shy_county_setting", "value", N_("value") },
  { "shy_county_setting", "source", N_("document") },
  /* Translators: %s is the number of an update. */
  { "shy_update", NULL, N_("Update %s") },
  { "shy_update", "content", N_("text") },
  { "shy_update", "state", N_("state") },
  { "shy_update", "signature", N_("signature") },
  { "shy_update", "version", N_("version") },
  /* Translators: %s names a policy, its version and digest. */
  { "shy_pack", NULL, N_("The text of a policy (%s)") },
  { "shy_pack", "contents", N_("text") },
  /* Translators: %s is the id of a policy and its version. */
  { "shy_policy_adopted", NULL, N_("The adoption of a policy (%s)") },
  /* Translators: %s is the id of a service. */
  { "shy_service", NULL, N_("The service “%s”") },
  { "shy_service_config", NULL, N_("The setting of a service (%s)") },
  /* Translators: %s is the number of a spreadsheet that was taken in. */
  { "shy_import", NULL, N_("The note of a spreadsheet (%s)") },
  { "shy_import_withdrawal", NULL, N_("The withdrawal of a spreadsheet (%s)") },
  /* Translators: %s is what the rows are, and the name of the recipe. */
  { "shy_recipe", NULL, N_("The recipe of columns (%s)") },
  { "shy_sequence", NULL, N_("The last number given (%s)") },
  { "shy_migration", NULL, N_("The note of a database step (%s)") },
  { "shy_personal_field", NULL, N_("The note of a personal column (%s)") },
  { "shy_unbound", NULL, N_("The note of an unprotected table (%s)") },
  { "shy_schema", NULL, N_("The note of a table (%s)") },
  { NULL },
};

static GMutex      lock;
static GHashTable *titles; /* "table" or "table.column" → title */
static GHashTable *money;  /* "table.column" */

static char *
build_name (const char *table, const char *column)
{
  return column != NULL ? g_strconcat (table, ".", column, NULL) : g_strdup (table);
}

static void
add (const ShyRowWord *words)
{
  for (; words->table != NULL; words++)
    {
      char *name = build_name (words->table, words->column);

      if (words->money)
        g_hash_table_add (money, g_strdup (name));
      g_hash_table_replace (titles, name, g_strdup (words->title));
    }
}

static void
start (void)
{
  if (titles != NULL)
    return;
  titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  money = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add (own_words);
}

/**
 * shy_row_words_add: (skip)
 * @words: the words of a plugin for its tables, up to one without a table; copied
 *
 * Says what people call the rows and columns of a plugin.
 */
void
shy_row_words_add (const ShyRowWord *words)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  start ();
  add (words);
}

static char *
find (const char *table, const char *column)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char         *name = build_name (table, column);

  start ();
  return g_strdup (g_hash_table_lookup (titles, name));
}

/**
 * shy_row_words_title_row: (skip)
 * @table: a table
 * @key: the key of a row
 *
 * Returns: (transfer full): what people call the row, as "Application 12"
 */
char *
shy_row_words_title_row (const char *table, const char *key)
{
  g_autofree char *title = find (table, NULL);
  g_auto (GStrv)   parts = g_strsplit (key, "\x1f", -1);
  g_autofree char *shown = g_strjoinv (" / ", parts);
  g_auto (GStrv)   around = NULL;

  if (title == NULL)
    /* Translators: a table of the database, and the key of a row. */
    return g_strdup_printf (_("The row %2$s of “%1$s”"), table, shown);
  around = g_strsplit (g_dgettext (GETTEXT_PACKAGE, title), "%s", 2);
  return g_strjoinv (shown, around);
}

/**
 * shy_row_words_title: (skip)
 * @table: a table
 * @column: a column of it
 *
 * Returns: (transfer full): what people call the column
 */
char *
shy_row_words_title (const char *table, const char *column)
{
  g_autofree char *title = find (table, column);

  return g_strdup (title != NULL ? g_dgettext (GETTEXT_PACKAGE, title) : column);
}

/* Yuan with a comma between thousands. */
static char *
show_fen (const char *value)
{
  gint64           fen = g_ascii_strtoll (value, NULL, 10);
  guint64          yuan = (guint64) ABS (fen / 100);
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, yuan);
  gsize            length = strlen (digits);
  GString         *text = g_string_new (fen < 0 ? "-" : NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append_printf (text, ".%02d", (int) ABS (fen % 100));
  return g_string_free (text, FALSE);
}

/**
 * shy_row_words_show: (skip)
 * @table: a table
 * @column: a column of it
 * @value: what stands there
 *
 * Returns: (transfer full): the value as people write it, shortened where it is long
 */
char *
shy_row_words_show (const char *table, const char *column, const char *value)
{
  g_autofree char *name = build_name (table, column);
  gboolean         fen;

  g_mutex_lock (&lock);
  start ();
  fen = g_hash_table_contains (money, name);
  g_mutex_unlock (&lock);
  if (fen)
    return show_fen (value);
  if (g_utf8_strlen (value, -1) > 60)
    {
      g_autofree char *first = g_utf8_substring (value, 0, 60);

      return g_strconcat (first, "…", NULL);
    }
  return g_strdup (value);
}
