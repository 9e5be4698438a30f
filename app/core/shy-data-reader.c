/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-data-reader-private.h"

#include "shy-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The newest form of data files that this program reads. */
#define FORMAT 1

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
const ShyJson *
shy_data_reader_open (ShyDataReader *reader, const char *file, GBytes *bytes)
{
  g_autoptr (GError) local = NULL;
  const ShyJson     *root;

  *reader = (ShyDataReader) { .json.file = file };
  reader->document = shy_json_document_new (bytes, &local);
  if (reader->document == NULL)
    {
      shy_json_reader_fail (&reader->json, NULL, SHY_ERROR_INVALID,
                            /* Translators: what the parser says, with the line. */
                            _("This is not JSON: %s Correct it, or put the file that came with "
                              "the program in its place."), local->message);
      return NULL;
    }
  root = shy_json_document_get_root (reader->document);
  if (!shy_json_reader_is_object (&reader->json, root))
    return NULL;
  if (shy_json_reader_integer (&reader->json, root, "format", 0, 0) != FORMAT)
    shy_json_reader_fail (&reader->json, root, SHY_ERROR_INVALID,
                          _("This program reads format %d. Use a file made for it."), FORMAT);
  return root;
}

/*< private >
 * shy_data_reader_close:
 * @reader: a reader
 * @error: return location for an error
 *
 * Returns: whether all that was read was right
 */
gboolean
shy_data_reader_close (ShyDataReader *reader, GError **error)
{
  g_clear_pointer (&reader->document, shy_json_document_unref);
  if (reader->json.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reader->json.error));
  return FALSE;
}

/*< private >
 * shy_data_reader_fail:
 * @reader: a reader
 * @object: (nullable): an object
 * @member: its member
 * @format: what is wrong with it, as a whole sentence
 * @...: what stands in it
 *
 * Keeps the first thing that is wrong.
 */
void
shy_data_reader_fail (ShyDataReader *reader,
                      const ShyJson *object,
                      const char    *member,
                      const char    *format,
                      ...)
{
  const ShyJson   *json = object != NULL ? shy_json_get (object, member) : NULL;
  g_autofree char *sentence = NULL;
  va_list          args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  shy_json_reader_fail (&reader->json, json != NULL ? json : object, SHY_ERROR_INVALID, "%s",
                        sentence);
}

/*< private >
 * shy_data_reader_get:
 * @reader: a reader
 * @object: (nullable): an object
 * @member: a member that must be there
 * @kind: what it must be
 *
 * Returns: (transfer none) (nullable): the member
 */
const ShyJson *
shy_data_reader_get (ShyDataReader *reader,
                     const ShyJson *object,
                     const char    *member,
                     ShyJsonKind    kind)
{
  const ShyJson *json;

  if (reader->json.error != NULL || object == NULL)
    return NULL;
  json = shy_json_get (object, member);
  if (json != NULL)
    return shy_json_reader_expect (&reader->json, json, kind) ? json : NULL;
  shy_json_reader_fail (&reader->json, object, SHY_ERROR_INVALID,
                        _("The member “%s” is missing. Add it."), member);
  return NULL;
}

/*< private >
 * shy_data_reader_text:
 * @reader: a reader
 * @object: (nullable): an object
 * @member: a member
 *
 * Returns: (transfer none) (nullable): a text that is not empty
 */
const char *
shy_data_reader_text (ShyDataReader *reader, const ShyJson *object, const char *member)
{
  const ShyJson *json = shy_data_reader_get (reader, object, member, SHY_JSON_STRING);

  if (json == NULL || *json->text != '\0')
    return json != NULL ? json->text : NULL;
  shy_data_reader_fail (reader, object, member, _("A text must stand here."));
  return NULL;
}

/*< private >
 * shy_data_reader_items:
 * @reader: a reader
 * @object: (nullable): an object
 * @member: a list that must be there
 * @kind: what each of its items must be
 *
 * Returns: (transfer container): the items up to the first that is wrong
 */
GPtrArray *
shy_data_reader_items (ShyDataReader *reader,
                       const ShyJson *object,
                       const char    *member,
                       ShyJsonKind    kind)
{
  const ShyJson *list = shy_data_reader_get (reader, object, member, SHY_JSON_ARRAY);
  GPtrArray     *items = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < list->items->len; i++)
    {
      ShyJson *item = g_ptr_array_index (list->items, i);

      if (!shy_json_reader_expect (&reader->json, item, kind))
        break;
      g_ptr_array_add (items, item);
    }
  return items;
}

/*< private >
 * shy_data_reader_date:
 * @reader: a reader
 * @object: (nullable): an object
 * @member: a member
 * @nullable: whether null may stand there
 * @date: (out caller-allocates): the day; not valid for null
 *
 * Returns: whether a day was read
 */
gboolean
shy_data_reader_date (ShyDataReader *reader,
                      const ShyJson *object,
                      const char    *member,
                      gboolean       nullable,
                      GDate         *date)
{
  const ShyJson *json = object != NULL ? shy_json_get (object, member) : NULL;

  g_date_clear (date, 1);
  if (reader->json.error != NULL || (nullable && json != NULL && json->kind == SHY_JSON_NULL))
    return FALSE;
  json = shy_data_reader_get (reader, object, member, SHY_JSON_STRING);
  if (json == NULL || shy_date_parse (json->text, date))
    return json != NULL;
  shy_data_reader_fail (reader, object, member, _("A day such as 2025-06-30 must stand here."));
  return FALSE;
}
