/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What the bureau decides of a service. */

static gboolean
fail_value (const char *name, const char *value, const char *example, GError **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               /* Translators: a value, the name of an option, and a value that is right. */
               _("“%s” cannot be a value of “%s”. Write it as %s."), value, name, example);
  return FALSE;
}

static gboolean
read_switch (const char *name, const char *value, gboolean *into, GError **error)
{
  if (!g_str_equal (value, "yes") && !g_str_equal (value, "no"))
    return fail_value (name, value, "yes, no", error);
  *into = g_str_equal (value, "yes");
  return TRUE;
}

static gboolean
read_clock (const char *name, const char *value, guint *into, GError **error)
{
  guint hour;
  guint minute;
  char  rest;

  if (sscanf (value, "%2u:%2u%c", &hour, &minute, &rest) != 2 || hour > 24 || minute > 59)
    return fail_value (name, value, "08:30", error);
  *into = hour * 60 + minute;
  return TRUE;
}

static gboolean
read_minutes (const char *name, const char *value, guint *into, GError **error)
{
  guint64 minutes;

  if (!g_ascii_string_to_unsigned (value, 10, 1, 60 * 24 * 366, &minutes, NULL))
    return fail_value (name, value, "240", error);
  *into = (guint) minutes;
  return TRUE;
}

static gboolean
read_text (char **into, const char *value)
{
  g_free (*into);
  *into = *value != '\0' ? g_strdup (value) : NULL;
  return TRUE;
}

static gboolean
read_day (const char *name, const char *value, char **into, GError **error)
{
  g_autofree char      *moment = g_strconcat (value, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (moment, NULL);

  if (*value != '\0' && (day == NULL || strlen (value) != strlen ("2026-12-31")))
    return fail_value (name, value, "2026-12-31", error);
  return read_text (into, value);
}

static gboolean
set_option (ShyServiceOptions *options, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "keep-sensitive"))
    return read_switch (name, value, &options->keep_sensitive, error);
  if (g_str_equal (name, "automatic"))
    return read_switch (name, value, &options->automatic, error);
  if (g_str_equal (name, "workdays-only"))
    return read_switch (name, value, &options->workdays_only, error);
  if (g_str_equal (name, "from"))
    return read_clock (name, value, &options->from_minute, error);
  if (g_str_equal (name, "to"))
    return read_clock (name, value, &options->to_minute, error);
  if (g_str_equal (name, "every-minutes"))
    return read_minutes (name, value, &options->every_minutes, error);
  if (g_str_equal (name, "url-base"))
    return read_text (&options->url_base, value);
  if (g_str_equal (name, "licence-note"))
    return read_text (&options->licence_note, value);
  if (g_str_equal (name, "expires-on"))
    return read_day (name, value, &options->expires_on, error);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
               _("There is no option “%s”. “shanyectl service option ID” shows those that are."),
               name);
  return FALSE;
}

static const char *
get_switch (gboolean on)
{
  return on ? "yes" : "no";
}

static void
print_options (const ShyServiceOptions *options)
{
  g_print ("keep-sensitive\t%s\n", get_switch (options->keep_sensitive));
  g_print ("url-base\t%s\n", options->url_base != NULL ? options->url_base : "");
  g_print ("automatic\t%s\n", get_switch (options->automatic));
  g_print ("from\t%02u:%02u\n", options->from_minute / 60, options->from_minute % 60);
  g_print ("to\t%02u:%02u\n", options->to_minute / 60, options->to_minute % 60);
  g_print ("every-minutes\t%u\n", options->every_minutes);
  g_print ("workdays-only\t%s\n", get_switch (options->workdays_only));
  g_print ("licence-note\t%s\n", options->licence_note != NULL ? options->licence_note : "");
  g_print ("expires-on\t%s\n", options->expires_on != NULL ? options->expires_on : "");
}

static ShyServiceEntry *
find_entry (ShyServiceBook *book, const char *id, GError **error)
{
  g_autoptr (GPtrArray) entries = shy_service_book_list (book, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (g_str_equal (((ShyServiceEntry *) entries->pdata[i])->id, id))
      return g_ptr_array_steal_index (entries, i);
  if (entries != NULL)
    g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND,
                 _("The service “%s” is not connected. “shanyectl service list” shows those that "
                   "are."), id);
  return NULL;
}

/* Shows the options of a service, or sets one. */
ShyCommandStatus
service_call_option (ServiceCall *self, GError **error)
{
  ShyServiceBook            *book = service_call_book (self, error);
  const char                *id = self->words[2];
  guint                      count = g_strv_length (self->words);
  g_autoptr (ShyServiceEntry) entry = book != NULL ? find_entry (book, id, error) : NULL;

  if (entry == NULL)
    return SHY_COMMAND_BAD;
  if (count == 3)
    {
      print_options (&entry->options);
      return SHY_COMMAND_OK;
    }
  return set_option (&entry->options, self->words[3], count == 5 ? self->words[4] : "", error) &&
                 shy_service_book_set_options (book, id, &entry->options, error)
           ? SHY_COMMAND_OK : SHY_COMMAND_BAD;
}

/* Sets an option from a word on the command line. */
gboolean
service_call_set_option (ServiceCall *self, const char *id, const char *name, const char *value,
                         GError **error)
{
  g_autoptr (ShyServiceEntry) entry = find_entry (self->book, id, error);

  return entry != NULL && set_option (&entry->options, name, value, error) &&
         shy_service_book_set_options (self->book, id, &entry->options, error);
}

/* Adds the plain values of the book, as far as the call does not say otherwise. */
void
service_call_add_config (ServiceCall *self, const char *id, ShySecrets *secrets)
{
  g_autoptr (GHashTable) values =
    self->book != NULL ? shy_service_book_get_config (self->book, id, NULL) : NULL;
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;

  if (values == NULL)
    return;
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (shy_secrets_get (secrets, name) == NULL)
      shy_secrets_set (secrets, name, value);
}

/* Takes the address of the book, as far as the call does not say otherwise. */
void
service_call_take_address (ServiceCall *self, const char *id)
{
  g_autoptr (ShyServiceEntry) entry =
    self->book != NULL ? find_entry (self->book, id, NULL) : NULL;

  if (self->url_base == NULL && entry != NULL)
    self->url_base = g_strdup (entry->options.url_base);
}
