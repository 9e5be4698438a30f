/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/describe/shy-path-private.h"

#include <stdint.h>
#include <string.h>

/* Any text is a safe path or is refused with a reason, and a path finds values or none. The first
 * line is the path, the rest what it is held against. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_found (ShyPath *path, const ShyJson *root)
{
  const ShyJson        *first = shy_path_first (path, root);
  g_autoptr (GPtrArray) all = shy_path_all (path, root);

  if ((first != NULL) != (all->len > 0) || (first != NULL && first != g_ptr_array_index (all, 0)))
    g_error ("The first of what a path finds is not the first of all.");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t              *line = memchr (data, '\n', size);
  gsize                       length = line != NULL ? (gsize) (line - data) : size;
  g_autofree char            *text = g_strndup ((const char *) data, length);
  g_autoptr (GBytes)          rest = NULL;
  g_autoptr (ShyJsonDocument) json = NULL;
  g_autoptr (GError)          error = NULL;
  g_autoptr (ShyPath)         path = NULL;
  g_autoptr (ShyPath)         again = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  path = shy_path_new (text, &error);
  if ((path == NULL) != (error != NULL))
    g_error ("A path was refused without a reason, or taken with one.");
  if (path == NULL || line == NULL)
    return 0;
  again = shy_path_new (shy_path_text (path), NULL);
  if (again == NULL)
    g_error ("What was read cannot be read again.");
  rest = g_bytes_new (line + 1, size - length - 1);
  json = shy_json_document_new_reply (rest, size, NULL);
  if (json != NULL)
    check_found (path, shy_json_document_get_root (json));
  return 0;
}
