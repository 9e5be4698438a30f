/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/shy-migrations-private.h"

#include "shy-data.h"
#include "shy-error.h"
#include "store/shy-binding-private.h"
#include "store/shy-journal.h"
#include "store/shy-personal.h"
#include "store/shy-schema-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* "SHY1": tells our databases from those of other programs. */
#define APPLICATION_ID 0x53485931

#define REGISTRY \
  "CREATE TABLE IF NOT EXISTS shy_migration (" \
  "  component  TEXT NOT NULL," \
  "  number     INTEGER NOT NULL," \
  "  name       TEXT NOT NULL," \
  "  digest     TEXT NOT NULL," \
  "  applied_at TEXT NOT NULL," \
  "  program    TEXT NOT NULL," \
  "  PRIMARY KEY (component, number))"

typedef struct
{
  int   number;
  char *name;   /* (owned): file name */
  char *sql;    /* (owned) */
  char *digest; /* (owned): SHA-256 of the file */
} Migration;

static void
migration_free (gpointer data)
{
  Migration *self = data;

  g_free (self->name);
  g_free (self->sql);
  g_free (self->digest);
  g_free (self);
}

static int
compare_migrations (gconstpointer a,
                    gconstpointer b)
{
  const Migration *const *first = a;
  const Migration *const *second = b;

  return (*first)->number - (*second)->number;
}

/* NNNN-name.sql for any database, NNNN-name.sqlite.sql for this one. */
static int
parse_number (const char *name)
{
  g_autoptr (GRegex)     regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char       *number = NULL;

  regex = g_regex_new ("^([0-9]{4})-[a-z0-9-]+(\\.sqlite)?\\.sql$", 0, 0, NULL);
  if (!g_regex_match (regex, name, 0, &match))
    return 0;

  number = g_match_info_fetch (match, 1);
  return (int) g_ascii_strtoll (number, NULL, 10);
}

static Migration *
load_migration (GFile       *folder,
                const char  *name,
                GError     **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autofree char  *sql = NULL;
  gsize             length;
  Migration        *self;

  if (!g_file_load_contents (file, NULL, &sql, &length, NULL, error))
    return NULL;

  self = g_new0 (Migration, 1);
  self->number = parse_number (name);
  self->name = g_strdup (name);
  self->digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) sql, length);
  self->sql = g_steal_pointer (&sql);
  return self;
}

static gboolean
are_complete (GPtrArray   *files,
              GFile       *folder,
              GError     **error)
{
  g_autofree char *path = g_file_get_parse_name (folder);

  g_ptr_array_sort (files, compare_migrations);
  for (guint i = 0; i < files->len; i++)
    if (((Migration *) files->pdata[i])->number != (int) i + 1)
      {
        g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                     _("The folder “%s” must hold each database step once, and lacks or repeats "
                       "number %u. Install the program again."),
                     path, i + 1);
        return FALSE;
      }

  return TRUE;
}

static gboolean
load_names (GFile      *folder,
            GPtrArray  *files,
            GError    **error)
{
  g_autoptr (GFileEnumerator) names = NULL;
  GFileInfo                  *info;

  names = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                     G_FILE_QUERY_INFO_NONE, NULL, error);
  if (names == NULL)
    return FALSE;

  while (g_file_enumerator_iterate (names, &info, NULL, NULL, error))
    {
      Migration *migration;

      if (info == NULL)
        return TRUE;
      if (parse_number (g_file_info_get_name (info)) == 0)
        continue;
      migration = load_migration (folder, g_file_info_get_name (info), error);
      if (migration == NULL)
        return FALSE;
      g_ptr_array_add (files, migration);
    }
  return FALSE;
}

static GPtrArray *
load_folder (GFile   *folder,
             GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (migration_free);
  g_autoptr (GError)    local = NULL;
  g_autofree char      *path = g_file_get_parse_name (folder);

  if (load_names (folder, files, &local))
    return are_complete (files, folder, error) ? g_steal_pointer (&files) : NULL;

  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               /* Translators: the first %s is a folder, the second the system's reason. */
               _("The database steps in “%s” cannot be read (%s). Install the program again."), path,
               shy_error_say (local));
  return NULL;
}

static gboolean
fail_newer (ShyConnection  *connection,
            const char     *component,
            gint64          number,
            guint           known,
            const char     *program,
            GError        **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_NEWER,
               /* Translators: the first %s is a file, the second a version of the program, the
                  third a part of the database, as “core”. */
               _("The database “%s” was written by a newer Shanye (%s): its part “%s” is at step "
                 "%d and this program knows %u. Install that version, or name another database "
                 "with --database. Nothing was changed."),
               shy_connection_get_path (connection), program, component, (int) number, known);
  return FALSE;
}

static gboolean
fail_changed (ShyConnection  *connection,
              Migration      *migration,
              GError        **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("The database step “%s” is not the one that made the database “%s”. Install the "
                 "program again. Nothing was changed."),
               migration->name, shy_connection_get_path (connection));
  return FALSE;
}

/* Finds how many steps are done, and checks that they are steps we know; -1 with the error set. */
static gint64
count_applied (ShyConnection  *connection,
               const char     *component,
               GPtrArray      *files,
               GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GError)       local = NULL;
  gint64                   last = 0;

  statement = shy_connection_prepare (connection,
                                      "SELECT number, digest, program FROM shy_migration "
                                      "WHERE component = $1 ORDER BY number",
                                      error);
  if (statement == NULL)
    return -1;

  shy_statement_bind_text (statement, "$1", component);
  while (shy_statement_step (statement, &local))
    {
      Migration *known = last < (gint64) files->len ? files->pdata[last] : NULL;

      last = shy_statement_get_int64 (statement, 0);
      if (known == NULL)
        {
          fail_newer (connection, component, last, files->len,
                      shy_statement_get_text (statement, 2), error);
          return -1;
        }
      if (!g_str_equal (known->digest, shy_statement_get_text (statement, 1)))
        {
          fail_changed (connection, known, error);
          return -1;
        }
    }

  if (local == NULL)
    return last;
  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

static gboolean
record_migration (ShyConnection  *connection,
                  const char     *component,
                  Migration      *migration,
                  GError        **error)
{
  g_autoptr (ShyStatement) statement = NULL;
  g_autoptr (GDateTime)    now = g_date_time_new_now_utc ();
  g_autofree char         *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  statement = shy_connection_prepare (connection,
                                      "INSERT INTO shy_migration (component, number, name, digest, "
                                      "applied_at, program) VALUES ($1, $2, $3, $4, $5, $6)",
                                      error);
  if (statement == NULL)
    return FALSE;

  shy_statement_bind_text (statement, "$1", component);
  shy_statement_bind_int64 (statement, "$2", migration->number);
  shy_statement_bind_text (statement, "$3", migration->name);
  shy_statement_bind_text (statement, "$4", migration->digest);
  shy_statement_bind_text (statement, "$5", time);
  shy_statement_bind_text (statement, "$6", SHY_VERSION);
  return shy_statement_execute (statement, error);
}

static gboolean
apply_one (ShyConnection  *connection,
           const char     *component,
           Migration      *migration,
           GError        **error)
{
  shy_connection_forget (connection);

  return shy_connection_script (connection, migration->sql, error) &&
         record_migration (connection, component, migration, error) &&
         shy_personal_check (connection, error);
}

/* Where a copy of what was there before goes, so that a step that went wrong is no loss. */
static char *
name_backup (ShyConnection *connection,
             const char    *component,
             Migration     *migration)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *time = g_date_time_format (now, "%Y%m%d-%H%M%S-%f");
  g_autofree char      *parent = g_path_get_dirname (shy_connection_get_path (connection));
  g_autofree char      *base = g_path_get_basename (shy_connection_get_path (connection));
  g_autofree char      *folder = g_build_filename (parent, "backups", NULL);
  g_autofree char      *name = NULL;

  name = g_strdup_printf ("%s-%s-before-%s-%04d.db", base, time, component, migration->number);
  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

static char **
list_scripts (GPtrArray *files)
{
  GPtrArray *scripts = g_ptr_array_new ();

  g_ptr_array_add (scripts, g_strdup (REGISTRY));
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (scripts, g_strdup (((Migration *) files->pdata[i])->sql));
  g_ptr_array_add (scripts, NULL);
  return (char **) g_ptr_array_free (scripts, FALSE);
}

/* Notes what the steps make, so that what others made shows. */
static gboolean
record_schema (ShyConnection  *connection,
               const char     *component,
               GPtrArray      *files,
               GError        **error)
{
  static const char *const nothing[] = { NULL };
  g_auto (GStrv)           own = list_scripts (files);
  g_auto (GStrv)           before = NULL;
  g_autofree char         *path = shy_data_build ("migrations", NULL);
  g_autoptr (GFile)        folder = g_file_new_for_path (path);
  g_autoptr (GPtrArray)    core = NULL;

  if (g_str_equal (component, SHY_MIGRATIONS_CORE))
    return shy_schema_record (connection, component, nothing, (const char *const *) own, error);

  core = load_folder (folder, error);
  if (core == NULL)
    return FALSE;
  before = list_scripts (core);
  return shy_schema_record (connection, component, (const char *const *) before,
                            (const char *const *) own, error);
}

/* A journal begins with what a person did: the steps of an empty database are no entry. */
static gboolean
note_upgrade (ShyConnection  *connection,
              const char     *component,
              gint64          from,
              gint64          to,
              GError        **error)
{
  JsonNode        *node = json_node_init_object (json_node_alloc (), json_object_new ());
  g_autofree char *subject = g_strdup_printf ("component:%s", component);
  gboolean         done = TRUE;

  json_object_set_int_member (json_node_get_object (node), "from", from);
  json_object_set_int_member (json_node_get_object (node), "to", to);
  if (from < to &&
      shy_connection_query_int64 (connection, "SELECT number FROM shy_journal_head", 0, NULL) > 0)
    done = shy_journal_append (connection, "register.upgrade", subject, node, error);
  json_node_unref (node);
  return done;
}

/* What was right before the steps is bound anew behind them; what was wrong stays wrong. */
static gboolean
apply_steps (ShyConnection  *connection,
             const char     *component,
             GPtrArray      *files,
             GError        **error)
{
  g_autoptr (GHashTable) wrong = shy_binding_list_wrong (connection, error);
  gint64                 done = wrong != NULL ? count_applied (connection, component, files, error)
                                              : -1;
  gint64                 from = done;

  for (gint64 i = done; done >= 0 && i < (gint64) files->len; i++)
    if (!apply_one (connection, component, files->pdata[i], error))
      done = -1;
  return done >= 0 && record_schema (connection, component, files, error) &&
         shy_binding_rebind (connection, wrong, error) &&
         note_upgrade (connection, component, from, files->len, error);
}

/* All steps in one transaction; another process may have done some since we looked. */
static gboolean
apply_pending (ShyConnection  *connection,
               const char     *component,
               GPtrArray      *files,
               GError        **error)
{
  gboolean done;

  if (!shy_connection_begin (connection, TRUE, error))
    return FALSE;

  shy_binding_pause (connection, TRUE);
  done = apply_steps (connection, component, files, error);
  if (!done)
    shy_connection_rollback (connection);
  shy_connection_forget (connection);
  done = done && shy_connection_commit (connection, error);
  shy_binding_pause (connection, FALSE);
  return done;
}

/* Whether there is anything to lose: an earlier step of the same part, or work that was noted. */
static gboolean
holds_work (ShyConnection *connection,
            gint64         done)
{
  return done > 0 ||
         shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM shy_journal "
                                                 "WHERE action NOT LIKE 'register.%'", 0, NULL) > 0;
}

/* Whether the file is a database of this program, and can be read at all. */
gboolean
shy_migrations_are_ours (ShyConnection  *connection,
                         GError        **error)
{
  g_autoptr (GError) local = NULL;
  gint64             id = shy_connection_query_int64 (connection, "PRAGMA application_id", -1,
                                                      &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (id == APPLICATION_ID)
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("The file “%s” is a database of another program. Name a database of Shanye with "
                 "--database. Nothing was changed."),
               shy_connection_get_path (connection));
  return FALSE;
}

static gboolean
mark_empty (ShyConnection  *connection,
            GError        **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d", APPLICATION_ID);
  gint64           tables;

  if (!shy_connection_begin (connection, TRUE, error))
    return FALSE;

  tables = shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM sqlite_master", -1, error);
  if (tables > 0 || (tables == 0 && shy_connection_execute (connection, mark, error) &&
                     shy_connection_execute (connection, REGISTRY, error)))
    return shy_connection_commit (connection, error);

  shy_connection_rollback (connection);
  return FALSE;
}

/* Marks an empty database as ours, and refuses one of another program. */
gboolean
shy_migrations_found (ShyConnection  *connection,
                      GError        **error)
{
  gint64 tables = shy_connection_query_int64 (connection, "SELECT COUNT(*) FROM sqlite_master", -1,
                                              error);

  return (tables > 0 || (tables == 0 && mark_empty (connection, error))) &&
         shy_migrations_are_ours (connection, error);
}

/*
 * Brings a component of the database to the version that @folder describes. Without @write it only
 * checks that the database is not newer: an old copy can be looked at, and its journal verified.
 */
gboolean
shy_migrations_apply (ShyConnection  *connection,
                      const char     *component,
                      GFile          *folder,
                      gboolean        write,
                      GError        **error)
{
  g_autoptr (GPtrArray) files = load_folder (folder, error);
  g_autofree char      *backup = NULL;
  gint64                done;

  if (files == NULL || !shy_migrations_are_ours (connection, error))
    return FALSE;

  done = count_applied (connection, component, files, error);
  if (done < 0 || !write ||
      (done == (gint64) files->len && shy_schema_is_recorded (connection, component)))
    return done >= 0;
  if (done == (gint64) files->len)
    return apply_pending (connection, component, files, error);

  if (!holds_work (connection, done))
    return apply_pending (connection, component, files, error);

  backup = name_backup (connection, component, files->pdata[done]);
  if (!shy_connection_copy_to (connection, backup, error))
    return FALSE;
  if (apply_pending (connection, component, files, error))
    return TRUE;

  g_unlink (backup); /* nothing was changed */
  return FALSE;
}
