/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-data-reader-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The newest form of data files that this program reads. */
#define FORMAT 1

/*< private >
 * shy_data_parse_date:
 * @text: a day as 2025-06-30
 * @date: (out caller-allocates): the day
 *
 * Returns: whether @text is a day so written
 */
gboolean
shy_data_parse_date (const char *text,
                     GDate      *date)
{
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  if (text[10] != '\0')
    return FALSE;

  guint64 year = g_ascii_strtoull (text, NULL, 10);
  guint64 month = g_ascii_strtoull (text + 5, NULL, 10);
  guint64 day = g_ascii_strtoull (text + 8, NULL, 10);

  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/*< private >
 * shy_data_reader_fail:
 * @reader: a reader
 * @where: (nullable): the object, as counties[3]
 * @member: the member
 * @format: what is wrong, as a whole sentence
 * @...: what stands in it
 *
 * Keeps the first thing that is wrong.
 */
void
shy_data_reader_fail (ShyDataReader *reader,
                      const char    *where,
                      const char    *member,
                      const char    *format,
                      ...)
{
  g_autofree char *what = NULL;
  va_list          args;

  if (reader->error != NULL)
    return;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (&reader->error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: a file, a member in it as counties[3].code, what is wrong there. */
               _("The data file “%s” is wrong at %s%s%s: %s"), reader->file,
               where != NULL ? where : "", where != NULL ? "." : "", member, what);
}

/*< private >
 * shy_data_reader_open:
 * @reader: (out caller-allocates): the reader
 * @file: the name of the file, for messages; must outlive the reader
 * @bytes: its contents
 *
 * Begins to read a file. Whatever is returned, shy_data_reader_close() must follow.
 *
 * Returns: (transfer none) (nullable): the object the file holds
 */
JsonObject *
shy_data_reader_open (ShyDataReader *reader,
                      const char    *file,
                      GBytes        *bytes)
{
  g_autoptr (GError) local = NULL;
  gsize              length;
  const char        *text = g_bytes_get_data (bytes, &length);
  JsonNode          *root;

  *reader = (ShyDataReader) { .file = file, .parser = json_parser_new_immutable () };
  if (!json_parser_load_from_data (reader->parser, text, (gssize) length, &local))
    {
      g_set_error (&reader->error, SHY_ERROR, SHY_ERROR_INVALID,
                   /* Translators: a file, and what the parser says, with the line. */
                   _("The data file “%s” is not JSON: %s. Correct it, or put the file that came "
                     "with the program in its place."), file, local->message);
      return NULL;
    }
  root = json_parser_get_root (reader->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      shy_data_reader_fail (reader, NULL, "$", _("An object must stand here."));
      return NULL;
    }
  if (json_object_get_int_member_with_default (json_node_get_object (root), "format", 0) != FORMAT)
    shy_data_reader_fail (reader, NULL, "format",
                          _("This program reads format %d. Use a file made for it."), FORMAT);
  return json_node_get_object (root);
}

/*< private >
 * shy_data_reader_close:
 * @reader: a reader
 * @error: return location for an error
 *
 * Returns: whether all that was read was right
 */
gboolean
shy_data_reader_close (ShyDataReader *reader,
                       GError       **error)
{
  g_clear_object (&reader->parser);
  if (reader->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reader->error));
  return FALSE;
}

/*< private >
 * shy_data_reader_string:
 * @reader: a reader
 * @object: (nullable): an object
 * @where: (nullable): what the object is called
 * @member: a member
 *
 * Returns: (transfer none) (nullable): a text that is not empty
 */
const char *
shy_data_reader_string (ShyDataReader *reader,
                        JsonObject    *object,
                        const char    *where,
                        const char    *member)
{
  JsonNode *node;

  if (reader->error != NULL || object == NULL)
    return NULL;
  node = json_object_get_member (object, member);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
      && *json_node_get_string (node) != '\0')
    return json_node_get_string (node);
  shy_data_reader_fail (reader, where, member, _("A text must stand here."));
  return NULL;
}

/*< private >
 * shy_data_reader_array:
 * @reader: a reader
 * @object: (nullable): an object
 * @where: (nullable): what the object is called
 * @member: a member
 *
 * Returns: (transfer none) (nullable): a list
 */
JsonArray *
shy_data_reader_array (ShyDataReader *reader,
                       JsonObject    *object,
                       const char    *where,
                       const char    *member)
{
  JsonNode *node;

  if (reader->error != NULL || object == NULL)
    return NULL;
  node = json_object_get_member (object, member);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  shy_data_reader_fail (reader, where, member, _("A list must stand here."));
  return NULL;
}

/*< private >
 * shy_data_reader_element:
 * @reader: a reader
 * @array: a list
 * @index: a place in it
 * @where: what the element is called, as counties[3]
 *
 * Returns: (transfer none) (nullable): the object that stands there
 */
JsonObject *
shy_data_reader_element (ShyDataReader *reader,
                         JsonArray     *array,
                         guint          index,
                         const char    *where)
{
  JsonNode *node = json_array_get_element (array, index);

  if (reader->error != NULL)
    return NULL;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  shy_data_reader_fail (reader, NULL, where, _("An object must stand here."));
  return NULL;
}

/*< private >
 * shy_data_reader_date:
 * @reader: a reader
 * @object: (nullable): an object
 * @where: (nullable): what the object is called
 * @member: a member
 * @nullable: whether null may stand there
 * @date: (out caller-allocates): the day; not valid for null
 *
 * Returns: whether a day was read
 */
gboolean
shy_data_reader_date (ShyDataReader *reader,
                      JsonObject    *object,
                      const char    *where,
                      const char    *member,
                      gboolean       nullable,
                      GDate         *date)
{
  JsonNode *node;

  g_date_clear (date, 1);
  if (reader->error != NULL || object == NULL)
    return FALSE;
  node = json_object_get_member (object, member);
  if (nullable && node != NULL && JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
      && shy_data_parse_date (json_node_get_string (node), date))
    return TRUE;
  shy_data_reader_fail (reader, where, member, _("A day such as 2025-06-30 must stand here."));
  return FALSE;
}
