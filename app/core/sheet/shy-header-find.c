/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-header-match-private.h"

#include "sheet/shy-header-private.h"
#include "sheet/shy-sheet-value.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RECIPE_FORMAT 1

static char *
list_sheets (ShyBook *book)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < shy_book_get_n_sheets (book); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", shy_book_get_sheet_name (book, i));

  return g_string_free (list, FALSE);
}

static void
set_none_error (ShyBook    *book,
                GPtrArray  *fields,
                GError    **error)
{
  g_autofree char *sheets = list_sheets (book);
  GString         *names = g_string_new (NULL);
  g_autofree char *wanted = NULL;

  for (guint i = 0; i < fields->len; i++)
    if (shy_sheet_field_get_about (g_ptr_array_index (fields, i))->required)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              shy_sheet_field_get_about (g_ptr_array_index (fields, i))->name);
  wanted = g_string_free (names, FALSE);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               /* Translators: a file, its sheets, names of fields. */
               _("No header was found in the first rows of “%s” (sheets: %s). Put a row with the "
                 "names of the columns above the data, at least: %s."),
               shy_book_get_name (book), sheets, wanted);
}

/* Which of two matches to take: the one with more fields, with data, that is shown. */
static int
compare (ShyHeaderMatch *one,
         gboolean        one_has_data,
         ShyHeaderMatch *other,
         gboolean        other_has_data)
{
  ShyBook *book = shy_header_match_get_book (one);
  gboolean one_visible = shy_book_is_sheet_visible (book, shy_header_match_get_sheet (one));
  gboolean other_visible = shy_book_is_sheet_visible (book, shy_header_match_get_sheet (other));

  if (one_visible != other_visible)
    return one_visible ? 1 : -1;
  if (one_has_data != other_has_data)
    return one_has_data ? 1 : -1;
  return (int) shy_header_match_count (one) - (int) shy_header_match_count (other);
}

static const char *
get_name (ShyHeaderMatch *match)
{
  return shy_book_get_sheet_name (shy_header_match_get_book (match), shy_header_match_get_sheet (match));
}

/* A sheet in which a header was found. */
typedef struct
{
  ShyHeaderMatch *match;    /* (owned) */
  gboolean        has_data;
} Found;

static void
found_clear (gpointer data)
{
  g_clear_object (&((Found *) data)->match);
}

static GArray *
find_all (ShyBook       *book,
          GPtrArray     *fields,
          JsonObject    *recipe,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Found));

  g_array_set_clear_func (all, found_clear);
  for (guint i = 0; i < shy_book_get_n_sheets (book); i++)
    {
      g_autoptr (GError) local = NULL;
      Found              found = { NULL, FALSE };

      found.match = shy_header_match_new_sheet (book, fields, i, recipe, &found.has_data, cancellable,
                                                &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (found.match != NULL)
        g_array_append_val (all, found);
    }
  return g_steal_pointer (&all);
}

/* “二月” (3 rows) */
static char *
describe_sheet (ShyHeaderMatch *match)
{
  guint n_rows = shy_header_match_count_rows (match);

  /* Translators: a sheet, and how many rows are filled in below its header. */
  return g_strdup_printf (ngettext ("“%s” (%u row)", "“%s” (%u rows)", n_rows), get_name (match), n_rows);
}

/* One sheet is read; the applications in others must not be lost. What is hidden or lacks a column is
 * told, what could be read as well is asked for. */
static gboolean
check_others (GArray          *all,
              ShyHeaderMatch  *best,
              GError         **error)
{
  ShyBook *book = shy_header_match_get_book (best);
  GString *asked = g_string_new (NULL);
  gboolean whole;

  for (guint i = 0; i < all->len; i++)
    {
      const Found     *other = &g_array_index (all, Found, i);
      g_autofree char *sheet = NULL;
      g_autofree char *warning = NULL;

      if (other->match == best || !other->has_data)
        continue;
      sheet = describe_sheet (other->match);
      if (!shy_book_is_sheet_visible (book, shy_header_match_get_sheet (other->match)))
        warning = g_strdup_printf (_("The hidden sheet %s was not read. Show it and choose it if it holds "
                                     "applications."), sheet);
      else if (!shy_header_match_is_whole (other->match))
        warning = g_strdup_printf (_("The sheet %s was not read: it lacks columns that must be there. "
                                     "Choose it if it holds applications."), sheet);
      else
        g_string_append_printf (asked, "%s%s", asked->len > 0 ? ", " : "", sheet);
      if (warning != NULL)
        shy_header_match_warn (best, warning);
    }
  if (asked->len > 0)
    {
      g_autofree char *sheet = describe_sheet (best);

      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a sheet, a file and further sheets, each with its number of rows. */
                   _("Beside the sheet %s of “%s” these hold applications too: %s. One sheet is read at a "
                     "time: choose it (--sheet NAME), or put all rows into one sheet."),
                   sheet, shy_book_get_name (book), asked->str);
    }
  whole = asked->len == 0;
  g_string_free (asked, TRUE);
  return whole;
}

static void
set_alike_error (const Found  *one,
                 const Found  *other,
                 GError      **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("The sheets “%s” and “%s” of “%s” fit alike. Choose one, or leave only one in the "
                 "file."),
               get_name (one->match), get_name (other->match),
               shy_book_get_name (shy_header_match_get_book (one->match)));
}

/* Looks through all sheets. Where another fits too its rows would be lost: an error, or for a draft
 * left open. */
static ShyHeaderMatch *
find_sheet (ShyBook       *book,
            GPtrArray     *fields,
            JsonObject    *recipe,
            gboolean       draft,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GArray) all = find_all (book, fields, recipe, cancellable, error);
  g_autoptr (GError) unsure = NULL;
  const Found       *best = NULL;
  const Found       *equal = NULL;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const Found *found = &g_array_index (all, Found, i);
      int          order = best == NULL ? 1 : compare (found->match, found->has_data, best->match, best->has_data);

      if (order == 0)
        equal = found;
      if (order <= 0)
        continue;
      equal = NULL;
      best = found;
    }
  if (best == NULL)
    return NULL;
  if (equal != NULL)
    set_alike_error (best, equal, &unsure);
  if (shy_header_match_is_whole (best->match) && unsure == NULL)
    check_others (all, best->match, &unsure);
  if (unsure == NULL)
    return g_object_ref (best->match);
  if (draft)
    {
      shy_header_match_set_sheet_unsure (best->match, unsure->message);
      return g_object_ref (best->match);
    }

  g_propagate_error (error, g_steal_pointer (&unsure));
  return NULL;
}

static void
warn_of_others (ShyHeaderMatch *self)
{
  ShyBook         *book = shy_header_match_get_book (self);
  g_autofree char *warning = NULL;

  if (shy_book_get_n_sheets (book) == 1)
    return;
  warning = g_strdup_printf (ngettext ("Of %u sheet, “%s” was read.", "Of %u sheets, “%s” was read.",
                                       shy_book_get_n_sheets (book)),
                             shy_book_get_n_sheets (book), get_name (self));
  shy_header_match_warn (self, warning);
}

static ShyHeaderMatch *
find (ShyBook       *book,
      GPtrArray     *fields,
      int            sheet,
      JsonObject    *recipe,
      gboolean       draft,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (ShyHeaderMatch) self = NULL;
  g_autoptr (GError)         local = NULL;
  gboolean                   has_data;

  if (sheet >= 0)
    self = shy_header_match_new_sheet (book, fields, sheet, recipe, &has_data, cancellable, &local);
  else
    self = find_sheet (book, fields, recipe, draft, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (self == NULL)
    {
      set_none_error (book, fields, error);
      return NULL;
    }
  for (const char *const *warning = shy_book_get_warnings (book); *warning != NULL; warning++)
    shy_header_match_warn (self, *warning);
  if (sheet < 0)
    warn_of_others (self);
  return shy_header_match_finish (self, draft, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * shy_header_match_find:
 * @book: a book
 * @fields: (element-type ShySheetField): what is looked for
 * @sheet: a sheet, from 0, or -1 to look through all
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Finds the header by content and matches its columns: by exact name, by alias, by wording (blanks,
 * marks, units and width aside), with the group above, and at last by what a column holds.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if there is no header; %SHY_ERROR_INVALID if a required field has no
 * column (the message lists what was found), two columns fit one field (it names both cells) or two
 * sheets fit alike; and those of reading.
 *
 * Returns: (transfer full): the match, or %NULL with @error set
 */
ShyHeaderMatch *
shy_header_match_find (ShyBook       *book,
                       GPtrArray     *fields,
                       int            sheet,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (SHY_IS_BOOK (book) && fields != NULL && fields->len > 0, NULL);
  g_return_val_if_fail (sheet < (int) shy_book_get_n_sheets (book), NULL);

  return find (book, fields, sheet, NULL, FALSE, cancellable, error);
}

/**
 * shy_header_match_find_draft:
 * @book: a book
 * @fields: (element-type ShySheetField): what is looked for
 * @sheet: a sheet, from 0, or -1 to look through all
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Finds the header as [func@HeaderMatch.find] does, for a person who goes on by hand: what is left
 * open (a required field without a column, two columns of one field, a unit that does not fit, two sheets
 * that fit alike) is no error of the finding, but of [method@HeaderMatch.check], until a sheet is named
 * or [method@HeaderMatch.assign] settled it.
 *
 * Errors: %SHY_ERROR_NOT_FOUND if there is no header; and those of reading.
 *
 * Returns: (transfer full): the match, or %NULL with @error set
 */
ShyHeaderMatch *
shy_header_match_find_draft (ShyBook       *book,
                             GPtrArray     *fields,
                             int            sheet,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (SHY_IS_BOOK (book) && fields != NULL && fields->len > 0, NULL);
  g_return_val_if_fail (sheet < (int) shy_book_get_n_sheets (book), NULL);

  return find (book, fields, sheet, NULL, TRUE, cancellable, error);
}

/**
 * shy_header_match_to_recipe:
 * @self: a match
 *
 * Keeps a match for the next file of the same form: which header is which field, by their texts and
 * not by their places.
 *
 * Returns: (transfer full): a JSON object `{"format":1,"sheet":…,"columns":[{"header","field"}…],
 * "left_out":[…]}`
 */
JsonNode *
shy_header_match_to_recipe (ShyHeaderMatch *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray              *fields;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self), NULL);

  fields = shy_header_match_get_fields (self);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, RECIPE_FORMAT);
  json_builder_set_member_name (builder, "sheet");
  json_builder_add_string_value (builder, get_name (self));
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < shy_header_match_get_n_columns (self); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (self, i);

      if (column->field < 0)
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "header");
      json_builder_add_string_value (builder, column->header);
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder,
                                     shy_sheet_field_get_about (g_ptr_array_index (fields, column->field))->name);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "left_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < shy_header_match_get_n_columns (self); i++)
    if (shy_header_match_get_column (self, i)->field < 0)
      json_builder_add_string_value (builder, shy_header_match_get_column (self, i)->header);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
set_recipe_error (GError **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("This is no recipe of columns, or of another version. Match the columns again and "
                 "save the recipe anew."));
}

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* Turns a recipe into an object that gives the field's name for a folded header. */
static JsonObject *
load_recipe (JsonNode    *recipe,
             const char **sheet,
             GError     **error)
{
  g_autoptr (JsonObject) map = json_object_new ();
  JsonObject            *object = JSON_NODE_HOLDS_OBJECT (recipe) ? json_node_get_object (recipe) : NULL;
  JsonNode              *columns = object != NULL ? json_object_get_member (object, "columns") : NULL;
  JsonArray             *array;

  if (columns == NULL || !JSON_NODE_HOLDS_ARRAY (columns) ||
      json_object_get_int_member_with_default (object, "format", 0) != RECIPE_FORMAT)
    {
      set_recipe_error (error);
      return NULL;
    }
  *sheet = get_string (object, "sheet");
  array = json_node_get_array (columns);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode        *node = json_array_get_element (array, i);
      JsonObject      *column = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char      *header = column != NULL ? get_string (column, "header") : NULL;
      const char      *field = column != NULL ? get_string (column, "field") : NULL;
      g_autofree char *folded = NULL;

      if (header == NULL || field == NULL)
        {
          set_recipe_error (error);
          return NULL;
        }
      folded = shy_sheet_value_fold (header);
      json_object_set_string_member (map, folded, field);
    }
  return g_steal_pointer (&map);
}

/**
 * shy_header_match_replay:
 * @book: a book
 * @fields: (element-type ShySheetField): what is looked for
 * @recipe: what [method@HeaderMatch.to_recipe] gave for another file of the same form
 * @cancellable: (nullable): cancels it
 * @error: return location for an error
 *
 * Matches columns as somebody decided before. Headers may have moved; columns that the recipe does
 * not name stay unmatched.
 *
 * Errors: as [func@HeaderMatch.find]; %SHY_ERROR_INVALID if @recipe is none.
 *
 * Returns: (transfer full): the match, or %NULL with @error set
 */
ShyHeaderMatch *
shy_header_match_replay (ShyBook       *book,
                         GPtrArray     *fields,
                         JsonNode      *recipe,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (JsonObject) map = NULL;
  const char            *name = NULL;
  guint                  sheet;

  g_return_val_if_fail (SHY_IS_BOOK (book) && fields != NULL && fields->len > 0, NULL);
  g_return_val_if_fail (recipe != NULL, NULL);

  map = load_recipe (recipe, &name, error);
  if (map == NULL)
    return NULL;
  if (name == NULL || !shy_book_find_sheet (book, name, &sheet))
    return find (book, fields, -1, map, FALSE, cancellable, error);
  return find (book, fields, (int) sheet, map, FALSE, cancellable, error);
}

/* The headers that somebody left out, as an object that has the folded ones; nobody relies on them, so
 * what is no text is passed over. */
static void
add_left_out (JsonNode   *recipe,
              JsonObject *map)
{
  JsonNode  *node = json_object_get_member (json_node_get_object (recipe), "left_out");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode        *one = json_array_get_element (array, i);
      const char      *header = JSON_NODE_HOLDS_VALUE (one) ? json_node_get_string (one) : NULL;
      g_autofree char *folded = header != NULL ? shy_sheet_value_fold (header) : NULL;

      if (folded != NULL && !json_object_has_member (map, folded))
        json_object_set_null_member (map, folded);
    }
}

/* What the recipe says of a column: NULL for nothing. */
static JsonNode *
look_up_column (JsonObject            *map,
                const ShyHeaderColumn *column)
{
  g_autofree char *folded = shy_sheet_value_fold (column->header != NULL ? column->header : "");

  return json_object_get_member (map, folded);
}

/**
 * shy_header_match_compare:
 * @self: a match
 * @recipe: what [method@HeaderMatch.to_recipe] gave for another file
 *
 * Says how alike the headers are to those of a file that somebody matched before: how many of the
 * headers that were read there stand here too.
 *
 * Returns: a share in percent; 0 if @recipe is none
 */
guint
shy_header_match_compare (ShyHeaderMatch *self,
                          JsonNode       *recipe)
{
  g_autoptr (JsonObject) map = NULL;
  const char            *sheet;
  guint                  n_known, n_here = 0;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && recipe != NULL, 0);

  map = load_recipe (recipe, &sheet, NULL);
  if (map == NULL || (n_known = json_object_get_size (map)) == 0)
    return 0;
  for (guint i = 0; i < shy_header_match_get_n_columns (self); i++)
    if (look_up_column (map, shy_header_match_get_column (self, i)) != NULL)
      n_here++;
  return MIN (n_here * 100 / n_known, 100);
}

static int
find_field (ShyHeaderMatch *self,
            const char     *name)
{
  GPtrArray *fields = shy_header_match_get_fields (self);

  for (guint i = 0; i < fields->len; i++)
    if (g_strcmp0 (shy_sheet_field_get_about (fields->pdata[i])->name, name) == 0)
      return (int) i;
  return -1;
}

/**
 * shy_header_match_apply:
 * @self: a match
 * @recipe: what [method@HeaderMatch.to_recipe] gave for another file
 * @error: return location for an error
 *
 * Matches the columns that @recipe names as somebody decided then; the others stay as they were found.
 * A field that is not there any more, or whose unit does not fit, leaves its column as it was.
 *
 * Errors: %SHY_ERROR_INVALID if @recipe is none.
 *
 * Returns: whether it was done
 */
gboolean
shy_header_match_apply (ShyHeaderMatch  *self,
                        JsonNode        *recipe,
                        GError         **error)
{
  g_autoptr (JsonObject) map = NULL;
  const char            *sheet;

  g_return_val_if_fail (SHY_IS_HEADER_MATCH (self) && recipe != NULL, FALSE);

  map = load_recipe (recipe, &sheet, error);
  if (map == NULL)
    return FALSE;
  add_left_out (recipe, map);
  for (guint i = 0; i < shy_header_match_get_n_columns (self); i++)
    {
      const ShyHeaderColumn *column = shy_header_match_get_column (self, i);
      JsonNode              *said = look_up_column (map, column);
      gboolean               leave = said != NULL && JSON_NODE_HOLDS_NULL (said);
      int                    field = said != NULL && !leave ? find_field (self, json_node_get_string (said)) : -1;

      if ((leave && column->field >= 0) || (field >= 0 && field != column->field))
        shy_header_match_assign (self, i, field, NULL);
    }
  return TRUE;
}
