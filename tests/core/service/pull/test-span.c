/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../../home.h"

#include "service/pull/shy-pull-private.h"

#include "shy-core.h"

typedef struct
{
  const char *name;
  ShyBounds   bounds;
  const char *format;
  ShyDuration     step;
  ShyDuration     lookback;
  const char *cursor;
  const char *spans;
} Row;

/* Now is 2025-01-15 08:00 +08:00; the service has rows from 2025-01-01. */
static const Row rows[] = {
  { "inclusive", SHY_BOUNDS_INCLUSIVE, "%Y%m%d", { .days = 7 }, { 0 }, NULL,
    "20250101-20250107 20250108-20250114 20250115-20250115 " },
  { "exclusive", SHY_BOUNDS_EXCLUSIVE, "%Y%m%d", { .days = 7 }, { 0 }, NULL,
    "20241231-20250108 20250107-20250115 20250114-20250116 " },
  { "half-open", SHY_BOUNDS_START_INCLUSIVE, "%Y-%m-%d", { .months = 1 }, { 0 }, NULL,
    "2025-01-01-2025-01-16 " },
  { "lookback", SHY_BOUNDS_INCLUSIVE, "%Y%m%d", { .days = 7 }, { .days = 2 },
    "2025-01-12T00:00:00+08", "20250110-20250115 " },
  /* Others of the newest day may come later than the row that had it. */
  { "newest", SHY_BOUNDS_INCLUSIVE, "%Y%m%d", { .days = 7 }, { 0 }, "2025-01-12T17:30:00+08",
    "20250112-20250115 " },
  { "newest-day", SHY_BOUNDS_INCLUSIVE, "%Y%m%d", { .days = 7 }, { .days = 2 }, "2025-01-12",
    "20250110-20250115 " },
  { "seconds", SHY_BOUNDS_INCLUSIVE, "%m%d%H%M%S", { .days = 10 }, { 0 }, NULL,
    "0101000000-0110235959 0111000000-0115080000 " },
};

static void
test_row (gconstpointer data)
{
  const Row             *row = data;
  g_autoptr (GTimeZone)  zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime)  start = g_date_time_new (zone, 2025, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime)  now = g_date_time_new (zone, 2025, 1, 15, 8, 0, 0);
  g_autoptr (GString)    text = g_string_new (NULL);
  g_autoptr (GPtrArray)  spans = NULL;
  ShySync                sync = { .start = start, .step = row->step, .lookback = row->lookback,
                                  .format = (char *) row->format, .bounds = row->bounds };

  sync.by_second = g_str_equal (row->name, "seconds");
  spans = shy_spans_new (&sync, row->cursor, g_date_time_to_unix (now) * 1000);
  for (guint i = 0; i < spans->len; i++)
    {
      const ShySpan *span = g_ptr_array_index (spans, i);

      g_string_append_printf (text, "%s-%s ", span->start_text, span->end_text);
    }
  g_assert_cmpstr (text->str, ==, row->spans);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/service/window/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
