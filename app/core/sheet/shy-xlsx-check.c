/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "sheet/shy-xlsx-check-private.h"

#include "sheet/shy-xlsx-package-private.h"

#include <string.h>

#define CHUNK_SIZE (64 * 1024)
#define ROW_TAG "<row "
#define END_TAG "</worksheet>"
/* What of a chunk is seen again with the next, so that no tag is cut. */
#define OVERLAP (sizeof END_TAG - 2)

static guint
count_rows (const char *text,
            gsize       length)
{
  const char *end = text + length;
  const char *p = text;
  guint       n = 0;

  while ((p = memmem (p, end - p, ROW_TAG, strlen (ROW_TAG))) != NULL)
    {
      n++;
      p += strlen (ROW_TAG);
    }
  return n;
}

/* Reads a part to its end, which also checks its sum. */
static gboolean
check_part (ShyXlsxPart *part,
            guint        wanted)
{
  char     buffer[OVERLAP + CHUNK_SIZE];
  gsize    kept = 0;
  guint    rows = 0;
  gboolean ended = FALSE;
  gssize   n;

  while ((n = shy_xlsx_part_read (part, buffer + kept, CHUNK_SIZE, NULL)) > 0)
    {
      gsize length = kept + n;

      /* A row tag in what was kept would be counted twice. */
      rows += count_rows (buffer, length) - count_rows (buffer, kept);
      ended |= memmem (buffer, length, END_TAG, strlen (END_TAG)) != NULL;
      kept = MIN (length, OVERLAP);
      memmove (buffer, buffer + length - kept, kept);
    }
  return n == 0 && ended && rows == wanted;
}

gboolean
shy_xlsx_check_rows (const char   *path,
                     const GArray *rows)
{
  g_autoptr (ShyBookSource)  source = shy_book_source_new_path (path);
  g_autoptr (ShyXlsxPackage) package = shy_xlsx_package_open (source, NULL);

  for (guint i = 0; i < rows->len && package != NULL; i++)
    {
      g_autofree char        *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", i + 1);
      g_autoptr (ShyXlsxPart) part = shy_xlsx_package_open_part (package, name, NULL);

      if (part == NULL || !check_part (part, g_array_index (rows, guint, i)))
        return FALSE;
    }
  return package != NULL;
}
