/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-import-private.h"

#include "record/shy-import-book-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* A file is opened: its sheet is chosen, its headers are matched, and it is known again. */

/* Of the headers of a file that somebody matched, so many must stand in another to take it for one of the
 * same form, in percent: a form loses or renames a column now and then. */
#define ALIKE 80

static void
list_sheets (ShyImport *self,
             ShyBook   *book)
{
  g_ptr_array_set_size (self->sheets, 0);
  for (guint i = 0; i < shy_book_get_n_sheets (book); i++)
    g_ptr_array_add (self->sheets, g_strdup (shy_book_get_sheet_name (book, i)));
  g_ptr_array_add (self->sheets, NULL);
}

/* The sheet to read: -1 for the one that fits best. */
static gboolean
choose_sheet (ShyImport  *self,
              ShyBook    *book,
              int        *sheet,
              GError    **error)
{
  g_autofree char *names = NULL;
  guint            found;

  *sheet = -1;
  if (self->sheet == NULL)
    return TRUE;
  if (shy_book_find_sheet (book, self->sheet, &found))
    {
      *sheet = (int) found;
      return TRUE;
    }
  names = g_strjoinv (", ", (char **) self->sheets->pdata);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("The file “%s” has no sheet “%s”. It has: %s."), shy_book_get_name (book),
               self->sheet, names);
  return FALSE;
}

/* By its digest a file is known again, whatever its name. One that cannot be read twice, as a pipe,
 * has none. */
static char *
digest_file (const char *path)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar    *buffer = g_malloc (65536);
  FILE                 *file = NULL;
  gsize                 n_read;
  gboolean              whole;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    file = fopen (path, "rbe");
  if (file == NULL)
    return NULL;
  while ((n_read = fread (buffer, 1, 65536, file)) > 0)
    g_checksum_update (checksum, buffer, (gssize) n_read);
  whole = !ferror (file);
  fclose (file);
  return whole ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/* The recipes that may be meant; none where nobody keeps any. */
static GPtrArray *
list_recipes (ShyImport     *self,
              GCancellable  *cancellable,
              GError       **error)
{
  if (self->store == NULL || g_strcmp0 (self->wanted, "") == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) shy_recipe_free);
  return shy_recipe_list (self->store, shy_import_target_get_id (self->target), cancellable, error);
}

static const ShyRecipe *
find_named (GPtrArray   *recipes,
            const char  *name,
            GError     **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < recipes->len; i++)
    {
      const ShyRecipe *recipe = recipes->pdata[i];

      if (g_str_equal (recipe->name, name))
        return recipe;
      /* Translators: between the members of a list. */
      g_string_append_printf (names, "%s“%s”", i > 0 ? _(", ") : "", recipe->name);
    }
  if (recipes->len == 0)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("There is no recipe “%s”: none is remembered for these records."), name);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("There is no recipe “%s”. There are: %s."), name,
                 names->str);
  return NULL;
}

/* The one whose headers are most alike, of several the one that was used last; NULL for none. */
static const ShyRecipe *
find_alike (GPtrArray      *recipes,
            ShyHeaderMatch *match)
{
  const ShyRecipe *best = NULL;
  guint            most = ALIKE - 1;

  for (guint i = 0; i < recipes->len; i++)
    {
      const ShyRecipe *recipe = recipes->pdata[i];
      guint            alike = shy_header_match_compare (match, recipe->recipe);

      if (alike > most)
        {
          most = alike;
          best = recipe;
        }
    }
  return best;
}

/* A form whose headers nothing but a recipe knows. */
static ShyHeaderMatch *
replay (GPtrArray        *recipes,
        const char       *wanted,
        ShyBook          *book,
        GPtrArray        *fields,
        GCancellable     *cancellable,
        const ShyRecipe **used)
{
  for (guint i = 0; i < recipes->len; i++)
    {
      const ShyRecipe *recipe = recipes->pdata[i];
      ShyHeaderMatch  *match = NULL;

      if (wanted == NULL || g_str_equal (wanted, recipe->name))
        match = shy_header_match_replay (book, fields, recipe->recipe, cancellable, NULL);
      if (match != NULL)
        {
          *used = recipe;
          return match;
        }
    }
  return NULL;
}

/* Matches the headers as they read, then as somebody decided for files of this form. */
static ShyHeaderMatch *
find_match (ShyImport     *self,
            ShyBook       *book,
            int            sheet,
            GPtrArray     *recipes,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GPtrArray)      abouts = shy_import_target_dup_fields (self->target);
  g_autoptr (GPtrArray)      fields = shy_sheet_fields_new (abouts);
  g_autoptr (ShyHeaderMatch) match = NULL;
  g_autoptr (GError)         local = NULL;
  const ShyRecipe           *recipe = NULL;

  if (self->wanted != NULL && *self->wanted != '\0' &&
      (recipe = find_named (recipes, self->wanted, error)) == NULL)
    return NULL;

  match = self->draft || recipes->len > 0
            ? shy_header_match_find_draft (book, fields, sheet, cancellable, &local)
            : shy_header_match_find (book, fields, sheet, cancellable, &local);
  if (match == NULL && g_error_matches (local, SHY_ERROR, SHY_ERROR_NOT_FOUND))
    match = replay (recipes, self->wanted, book, fields, cancellable, &recipe);
  else if (match != NULL && recipe == NULL)
    recipe = find_alike (recipes, match);
  if (match == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (recipe != NULL && !shy_header_match_apply (match, recipe->recipe, error))
    return NULL;
  if (!self->draft && recipes->len > 0 && !shy_header_match_check (match, error))
    return NULL;

  g_free (self->recipe);
  self->recipe = recipe != NULL ? g_strdup (recipe->name) : NULL;
  return g_steal_pointer (&match);
}

/**
 * shy_import_open:
 * @self: an import
 * @path: a file
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Reads a spreadsheet and matches its headers to the fields of the target. Blocks.
 *
 * Errors: those of the book and of the match: no header, two columns for one field, an empty sheet, a
 * required field without a column; each says what to do.
 *
 * Returns: whether it was opened
 */
gboolean
shy_import_open (ShyImport     *self,
                 const char    *path,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (ShyBook) book = shy_book_open (path, cancellable, error);

  return book != NULL && shy_import_open_book (self, path, book, cancellable, error);
}

/**
 * shy_import_open_book:
 * @self: an import
 * @path: a file
 * @book: what was read from it already
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * As [method@Import.open]. What was mended in a file of before is forgotten.
 *
 * Returns: whether it was opened
 */
gboolean
shy_import_open_book (ShyImport     *self,
                      const char    *path,
                      ShyBook       *book,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (ShyHeaderMatch) match = NULL;
  g_autoptr (GPtrArray)      recipes = NULL;
  int                        sheet;

  g_return_val_if_fail (SHY_IS_IMPORT (self), FALSE);
  g_return_val_if_fail (path != NULL && SHY_IS_BOOK (book), FALSE);

  list_sheets (self, book);
  if (!choose_sheet (self, book, &sheet, error))
    return FALSE;
  recipes = list_recipes (self, cancellable, error);
  match = recipes != NULL ? find_match (self, book, sheet, recipes, cancellable, error) : NULL;
  if (match == NULL)
    return FALSE;

  g_set_object (&self->match, match);
  g_clear_object (&self->results);
  g_clear_object (&self->cells);
  g_hash_table_remove_all (self->mended);
  g_free (self->path);
  self->path = g_strdup (path);
  g_free (self->file);
  self->file = g_path_get_basename (path);
  g_clear_pointer (&self->digest, g_free);
  return TRUE;
}

/* Looks, in a job, which batch took in this very file before. */
gboolean
shy_import_find_earlier_job (ShyConnection  *connection,
                  gpointer        data,
                  GCancellable   *cancellable,
                  GError        **error)
{
  ShyImport *self = data;

  return shy_import_book_find (connection, shy_import_target_get_id (self->target), self->digest,
                               &self->earlier, &self->earlier_at, error);
}

static gboolean
check_unchanged (const char  *was,
                 const char  *is,
                 const char  *file,
                 GError     **error)
{
  if (was == NULL || is == NULL || g_str_equal (was, is))
    return TRUE;

  g_set_error (error, SHY_ERROR, SHY_ERROR_BUSY,
               _("The file “%s” was changed since it was opened. Open it again."), file);
  return FALSE;
}

/**
 * shy_import_look_up_file:
 * @self: an import with an opened file
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Looks whether this very file was taken in before. [method@Import.run] does it too. Blocks.
 *
 * Errors: %SHY_ERROR_BUSY if the file was changed since it was looked at before; those of the store.
 *
 * Returns: whether it was looked up
 */
gboolean
shy_import_look_up_file (ShyImport     *self,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autofree char *digest = NULL;

  g_return_val_if_fail (SHY_IS_IMPORT (self) && self->path != NULL, FALSE);

  self->earlier = 0;
  digest = digest_file (self->path);
  if (!check_unchanged (self->digest, digest, self->file, error))
    return FALSE;
  g_free (self->digest);
  self->digest = g_steal_pointer (&digest);
  return self->store == NULL || self->digest == NULL ||
         shy_store_run (self->store, SHY_STORE_READ, shy_import_find_earlier_job, self, cancellable, error);
}
