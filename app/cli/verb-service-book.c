/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "verb-service.h"

#include <glib/gi18n.h>

/* Connects services and disconnects them. */

static void
print_stream (const ShyStreamStatus *status)
{
  g_print (_("  %s (%s): %llu rows; last pulled %s\n"), status->stream,
           status->title != NULL ? status->title : status->stream,
           (unsigned long long) status->rows,
           status->last_success != NULL ? status->last_success : _("never"));
  if (status->held)
    g_print ("    %s\n", _("A pull waits for a person."));
  else if (status->pulling)
    g_print ("    %s\n", _("A pull runs."));
  else if (status->interrupted)
    g_print ("    %s\n", _("A pull was interrupted; the next goes on with it."));
  if (status->trouble != NULL)
    g_print ("    %s\n", status->trouble);
}

ShyCommandStatus
service_call_list (ServiceCall *self, GError **error)
{
  ShyServiceBook       *book = service_call_book (self, error);
  g_autoptr (GPtrArray) entries = book != NULL ? shy_service_book_list (book, error) : NULL;
  g_autoptr (GPtrArray) streams =
    entries != NULL ? shy_service_book_list_streams (book, NULL, error) : NULL;

  if (streams == NULL)
    return SHY_COMMAND_BAD;
  for (guint i = 0; i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);

      g_print ("%s\t%s%s%s\n", entry->id, entry->title, entry->sample ? _(" (sample data)") : "",
               entry->insecure ? _(" (may be asked without encryption)") : "");
      for (guint j = 0; j < streams->len; j++)
        if (g_str_equal (((ShyStreamStatus *) streams->pdata[j])->service, entry->id))
          print_stream (g_ptr_array_index (streams, j));
    }
  if (entries->len == 0)
    g_printerr ("%s\n", _("No service is connected. “shanyectl service add FILE” connects one."));
  return SHY_COMMAND_OK;
}

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  char              *text;
  gsize              length;

  if (shy_file_get_contents (path, &text, &length, &local))
    return g_bytes_new_take (text, length);
  g_set_error (error, SHY_ERROR, SHY_ERROR_NOT_FOUND, _("The file cannot be read: %s"),
               local->message);
  return NULL;
}

static char *
connect_new (ShyServiceBook *book, GBytes *bytes, const char *name, gboolean sample, GError **error)
{
  g_autoptr (GError) local = NULL;
  char              *id = shy_service_book_connect (book, bytes, name, sample, &local);

  if (g_error_matches (local, SHY_ERROR, SHY_ERROR_REFUSED))
    g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                 /* Translators: %s says that a service of this id is connected. */
                 _("%s Nothing was changed. Say --replace if that is right; its rows stay, and keys "
                   "that were put in for another address are not sent to the new one."),
                 local->message);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return id;
}

ShyCommandStatus
service_call_add (ServiceCall *self, GError **error)
{
  g_autofree char   *path = service_call_find (self->words[2]);
  g_autofree char   *name = NULL;
  g_autofree char   *id = NULL;
  g_autoptr (GBytes) bytes = read_file (path != NULL ? path : self->words[2], error);
  ShyServiceBook    *book = bytes != NULL ? service_call_book (self, error) : NULL;

  if (book == NULL)
    return SHY_COMMAND_BAD;
  name = g_filename_display_basename (path != NULL ? path : self->words[2]);
  id = self->replace ? shy_service_book_add (book, bytes, name, self->sample, error)
                     : connect_new (book, bytes, name, self->sample, error);
  if (id == NULL || (self->url_base != NULL &&
                     !service_call_set_option (self, id, "url-base", self->url_base, error)))
    return SHY_COMMAND_BAD;
  g_print (_("The service “%s” is connected. “shanyectl service pull %s” pulls its rows.\n"), id,
           id);
  return SHY_COMMAND_OK;
}

ShyCommandStatus
service_call_remove (ServiceCall *self, GError **error)
{
  ShyServiceBook *book = service_call_book (self, error);

  if (book == NULL || !shy_service_book_disconnect (book, self->words[2], NULL, error))
    return SHY_COMMAND_BAD;
  g_print (_("The service “%s” is disconnected, and all that came from it is deleted.\n"),
           self->words[2]);
  return SHY_COMMAND_OK;
}

ShyCommandStatus
service_call_forget (ServiceCall *self, GError **error)
{
  ShyServiceBook *book = service_call_book (self, error);
  guint64         rows;

  if (book == NULL || !shy_service_book_forget (book, self->words[2], &rows, error))
    return SHY_COMMAND_BAD;
  g_print (_("All that came from “%s” is deleted: %llu rows.\n"), self->words[2],
           (unsigned long long) rows);
  return SHY_COMMAND_OK;
}

static ShyCommandStatus
print_config (ShyServiceBook *book, const char *id, GError **error)
{
  g_autoptr (ShyService) service = shy_service_book_load (book, id, error);
  g_autoptr (GHashTable) values = NULL;

  values = service != NULL ? shy_service_book_get_config (book, id, error) : NULL;
  if (values == NULL)
    return SHY_COMMAND_BAD;
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *config = shy_service_get_config (service, i);
      const char             *value = g_hash_table_lookup (values, config->name);

      if (value == NULL)
        value = config->otherwise;
      g_print ("%s\t%s\t%s\n", config->name, config->title,
               config->secret ? _("(a secret)") : value != NULL ? value : _("not set"));
    }
  return SHY_COMMAND_OK;
}

ShyCommandStatus
service_call_config (ServiceCall *self, GError **error)
{
  ShyServiceBook *book = service_call_book (self, error);
  guint           count = g_strv_length (self->words);

  if (book == NULL)
    return SHY_COMMAND_BAD;
  if (count == 3)
    return print_config (book, self->words[2], error);
  return shy_service_book_set_config (book, self->words[2], self->words[3],
                                      count == 5 ? self->words[4] : NULL, error)
           ? SHY_COMMAND_OK : SHY_COMMAND_BAD;
}
