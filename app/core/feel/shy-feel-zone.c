/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feel/shy-feel-zone.h"

#include "feel/shy-feel-date.h"
#include "feel/shy-feel-lexical-private.h"

#include <string.h>

/* The compiled zone files list their changes up to this year and no further. */
#define LAST_LISTED_YEAR 2037

G_LOCK_DEFINE_STATIC (zones);
static GHashTable *zones; /* (owned): interned name → GTimeZone, or %NULL for a name unknown */

/* Whether a name has the form of the database: words of letters, digits, _, + and - between
   slashes, each beginning with a letter. Keeps paths out, and the folders and files that are no
   zones of their own. */
static gboolean
looks_like_zone (const char *name)
{
  const char *const others[] = { "posix", "right", "posixrules", "localtime", "Factory", NULL };
  g_auto (GStrv)    words = g_strsplit (name, "/", -1);

  if (words[0] == NULL || g_strv_contains (others, words[0]))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!g_ascii_isalpha (words[i][0]))
        return FALSE;
      for (const char *c = words[i]; *c != '\0'; c++)
        if (!g_ascii_isalnum (*c) && strchr ("_+-", *c) == NULL)
          return FALSE;
    }
  return TRUE;
}

static GTimeZone *
load_zone (const char *name)
{
  const char       *dir = g_getenv ("TZDIR");
  g_autofree char  *path = g_build_filename (dir != NULL ? dir : "/usr/share/zoneinfo", name, NULL);
  g_autofree char  *contents = NULL;
  gsize             length = 0;

  /* GLib also takes rules such as “EST5EDT,M3.2.0,M11.1.0” for an identifier; FEEL does not. */
  if (!g_file_get_contents (path, &contents, &length, NULL))
    return NULL;
  if (length < 4 || memcmp (contents, "TZif", 4) != 0)
    return NULL;
  return g_time_zone_new_identifier (name);
}

/* Finds a zone, or %NULL; what was found stays for the life of the program, for there are only
   some 600. An unknown name is not remembered, since anybody can write any number of them. */
static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone;

  G_LOCK (zones);
  if (zones == NULL)
    zones = g_hash_table_new (g_str_hash, g_str_equal);
  zone = g_hash_table_lookup (zones, name);
  if (zone == NULL && looks_like_zone (name) && (zone = load_zone (name)) != NULL)
    g_hash_table_insert (zones, (char *) g_intern_string (name), zone);
  G_UNLOCK (zones);
  return zone;
}

/**
 * shy_feel_zone_init_offset: (skip)
 * @zone: (out): the zone
 * @seconds: seconds east of UTC
 *
 * Makes a zone of a fixed offset.
 *
 * Source: XML Schema Part 2, dateTime: at most 14 hours either way.
 *
 * Returns: whether the offset lies within the limit
 */
gboolean
shy_feel_zone_init_offset (ShyFeelZone *zone,
                           gint64       seconds)
{
  g_return_val_if_fail (zone != NULL, FALSE);

  if (seconds < -SHY_FEEL_OFFSET_MAX || seconds > SHY_FEEL_OFFSET_MAX)
    return FALSE;
  *zone = (ShyFeelZone) { SHY_FEEL_ZONE_OFFSET, (gint32) seconds, NULL };
  return TRUE;
}

/**
 * shy_feel_zone_init_named: (skip)
 * @zone: (out): the zone
 * @name: a name such as `Asia/Shanghai`
 *
 * Makes a zone of the IANA time zone database.
 *
 * Returns: whether the database on this computer has it
 */
gboolean
shy_feel_zone_init_named (ShyFeelZone *zone,
                          const char  *name)
{
  g_return_val_if_fail (zone != NULL && name != NULL, FALSE);

  if (find_zone (name) == NULL)
    return FALSE;
  *zone = (ShyFeelZone) { SHY_FEEL_ZONE_NAMED, 0, g_intern_string (name) };
  return TRUE;
}

static gboolean
parse_offset (const char  *text,
              int          sign,
              ShyFeelZone *zone)
{
  gint64 hours;
  gint64 minutes;
  gint64 seconds = 0;

  if (!shy_feel_take_digits (&text, 2, &hours) || !shy_feel_take (&text, ':'))
    return FALSE;
  if (!shy_feel_take_digits (&text, 2, &minutes))
    return FALSE;
  if (shy_feel_take (&text, ':') && !shy_feel_take_digits (&text, 2, &seconds))
    return FALSE;
  if (*text != '\0' || minutes > 59 || seconds > 59)
    return FALSE;
  return shy_feel_zone_init_offset (zone, sign * (hours * 3600 + minutes * 60 + seconds));
}

/**
 * shy_feel_zone_parse: (skip)
 * @text: what follows a time: nothing, `Z`, `+08:00`, `-05:30:15` or `@Asia/Shanghai`
 * @zone: (out): the zone
 *
 * Reads a zone. The seconds of an offset are FEEL's own, for string() writes them; the small `z`
 * stands in examples of the specification.
 *
 * Returns: whether @text is one
 */
gboolean
shy_feel_zone_parse (const char  *text,
                     ShyFeelZone *zone)
{
  g_return_val_if_fail (text != NULL && zone != NULL, FALSE);

  switch (*text)
    {
    case '\0':
      *zone = (ShyFeelZone) { SHY_FEEL_ZONE_LOCAL, 0, NULL };
      return TRUE;
    case 'Z':
    case 'z':
      return text[1] == '\0' && shy_feel_zone_init_offset (zone, 0);
    case '+':
    case '-':
      return parse_offset (text + 1, *text == '-' ? -1 : 1, zone);
    case '@':
      return shy_feel_zone_init_named (zone, text + 1);
    default:
      return FALSE;
    }
}

/**
 * shy_feel_zone_append: (skip)
 * @zone: a zone
 * @text: where to write it
 *
 * Writes a zone as it follows a time: nothing, `Z`, `+08:00` or `@Asia/Shanghai`.
 */
void
shy_feel_zone_append (const ShyFeelZone *zone,
                      GString           *text)
{
  gint32 offset;

  g_return_if_fail (zone != NULL && text != NULL);

  if (zone->kind == SHY_FEEL_ZONE_NAMED)
    g_string_append_printf (text, "@%s", zone->name);
  if (zone->kind != SHY_FEEL_ZONE_OFFSET)
    return;
  if (zone->offset == 0)
    {
      g_string_append_c (text, 'Z');
      return;
    }
  offset = ABS (zone->offset);
  g_string_append_printf (text, "%c%02d:%02d", zone->offset < 0 ? '-' : '+', offset / 3600,
                          offset / 60 % 60);
  if (offset % 60 != 0)
    g_string_append_printf (text, ":%02d", offset % 60);
}

/**
 * shy_feel_zone_equal: (skip)
 * @a: a zone
 * @b: a zone
 *
 * Returns: whether both say the same of the zone
 */
gboolean
shy_feel_zone_equal (const ShyFeelZone *a,
                     const ShyFeelZone *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && a->offset == b->offset && a->name == b->name;
}

/* Beyond the listed years a zone keeps its last rule, which goes by weekdays: a day is looked up
   as the same day of a listed year that has it on the same weekday. */
static gint64
bring_into_list (gint64 seconds)
{
  gint64      days = (gint64) shy_feel_floor_div (seconds, SHY_FEEL_SECONDS_PER_DAY);
  gint64      rest = seconds - days * SHY_FEEL_SECONDS_PER_DAY;
  ShyFeelDate date;
  ShyFeelDate listed;

  if (!shy_feel_date_init_days (&date, days) || date.year <= LAST_LISTED_YEAR)
    return seconds;
  for (int year = LAST_LISTED_YEAR - 1; year > LAST_LISTED_YEAR - 14; year--)
    {
      int day = date.month == 2 ? MIN (date.day, 28) : date.day;

      if (!shy_feel_date_init (&listed, year, date.month, day))
        continue;
      if (shy_feel_date_get_weekday (&listed) == shy_feel_date_get_weekday (&date) || date.day != day)
        return shy_feel_date_get_days (&listed) * SHY_FEEL_SECONDS_PER_DAY + rest;
    }
  return seconds;
}

/**
 * shy_feel_zone_offset_at_utc: (skip)
 * @zone: a zone that is not local
 * @seconds: seconds since 1970-01-01T00:00:00Z
 *
 * Returns: the seconds east of UTC that hold at that moment
 */
gint32
shy_feel_zone_offset_at_utc (const ShyFeelZone *zone,
                             gint64             seconds)
{
  GTimeZone *rules;
  int        interval;

  g_return_val_if_fail (zone != NULL && zone->kind != SHY_FEEL_ZONE_LOCAL, 0);

  if (zone->kind == SHY_FEEL_ZONE_OFFSET)
    return zone->offset;
  rules = find_zone (zone->name);
  g_return_val_if_fail (rules != NULL, 0);

  interval = g_time_zone_find_interval (rules, G_TIME_TYPE_UNIVERSAL, bring_into_list (seconds));
  return g_time_zone_get_offset (rules, interval);
}

/**
 * shy_feel_zone_offset_at_local: (skip)
 * @zone: a zone that is not local
 * @seconds: a time on the wall there, as seconds since 1970-01-01T00:00:00 on the wall
 *
 * Finds the offset of a time on the wall. When the clock is put back, a time comes twice, and the
 * first counts; when it is put forward, a time does not come, and is taken with the offset from
 * before.
 *
 * Returns: seconds east of UTC
 */
gint32
shy_feel_zone_offset_at_local (const ShyFeelZone *zone,
                               gint64             seconds)
{
  gint32 before;
  gint32 after;

  g_return_val_if_fail (zone != NULL && zone->kind != SHY_FEEL_ZONE_LOCAL, 0);

  if (zone->kind == SHY_FEEL_ZONE_OFFSET)
    return zone->offset;
  before = shy_feel_zone_offset_at_utc (zone, seconds - SHY_FEEL_SECONDS_PER_DAY);
  if (shy_feel_zone_offset_at_utc (zone, seconds - before) == before)
    return before;
  after = shy_feel_zone_offset_at_utc (zone, seconds + SHY_FEEL_SECONDS_PER_DAY);
  return shy_feel_zone_offset_at_utc (zone, seconds - after) == after ? after : before;
}
