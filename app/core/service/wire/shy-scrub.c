/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-scrub-private.h"

#include "identity/shy-identity-mask.h"

#include <string.h>

/* Shorter texts are words by chance, and only taken out where they stand alone. */
#define SECRET_LEAST 5

/* What is left of a value that is masked, in characters. */
#define MASKED_MOST 24

/* Stands where something was. */
#define GONE "***"

/* Forms of passing secrets that are kept: those of the last few requests. */
#define PASSING_MOST 120

/* What must not be read. */
struct _ShyScrub
{
  GPtrArray *lasting; /* of char: secrets of the bureau, the longest first: one may hold another */
  GPtrArray *passing; /* of char: tokens and signatures, in the order they came */
  GRegex    *address;
};

/* Every part of an address that may hold a key: user, query and fragment. */
static const char ADDRESS[] = "(?i)(\\b[a-z][a-z0-9+.-]*://)([^/?#\\s\"'<>@]*@)?"
                              "([^?#\\s\"'<>]*)([?#][^\\s\"'<>]*)?";

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  gsize first = strlen (*(char *const *) a);
  gsize second = strlen (*(char *const *) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static gboolean
is_listed (GPtrArray *list, const char *text)
{
  return g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL);
}

static void
take (GPtrArray *list, char *form)
{
  if (is_listed (list, form))
    g_free (form);
  else
    g_ptr_array_add (list, form);
}

/* Takes a text as it is and as it travels: in an address, in a form, in JSON, in a header. */
static void
take_forms (GPtrArray *list, const char *secret)
{
  g_autoptr (GString) json = g_string_new (secret);
  g_autoptr (GString) form = NULL;
  char               *escaped = g_uri_escape_string (secret, NULL, FALSE);

  form = g_string_new (escaped);
  g_string_replace (form, "%20", "+", 0);
  g_string_replace (json, "\\", "\\\\", 0);
  g_string_replace (json, "\"", "\\\"", 0);
  take (list, g_strdup (secret));
  take (list, g_base64_encode ((const guchar *) secret, strlen (secret)));
  take (list, g_ascii_strdown (escaped, -1));
  take (list, escaped);
  take (list, g_strdup (form->str));
  take (list, g_strdup (json->str));
}

/* Adds a secret that a service gave, which soon is worth nothing. */
void
shy_scrub_add (ShyScrub *self, const char *secret)
{
  if (secret == NULL || strlen (secret) < SECRET_LEAST || is_listed (self->passing, secret))
    return;
  if (self->passing->len > PASSING_MOST)
    g_ptr_array_remove_range (self->passing, 0, PASSING_MOST / 2);
  take_forms (self->passing, secret);
}

/* Knows the secrets of @service among @secrets as they are now. */
ShyScrub *
shy_scrub_new (ShyService *service, ShySecrets *secrets)
{
  ShyScrub *self = g_new0 (ShyScrub, 1);

  self->lasting = g_ptr_array_new_with_free_func (g_free);
  self->passing = g_ptr_array_new_with_free_func (g_free);
  self->address = g_regex_new (ADDRESS, G_REGEX_OPTIMIZE, 0, NULL);
  for (guint i = 0; i < shy_service_get_n_configs (service); i++)
    {
      const ShyServiceConfig *config = shy_service_get_config (service, i);
      const char *value = config->secret ? shy_secrets_get (secrets, config->name) : NULL;

      if (value != NULL && strlen (value) >= SECRET_LEAST)
        take_forms (self->lasting, value);
      else if (value != NULL && *value != '\0')
        take (self->lasting, g_strdup (value));
    }
  g_ptr_array_sort (self->lasting, compare_lengths);
  return self;
}

void
shy_scrub_free (ShyScrub *self)
{
  g_ptr_array_unref (self->lasting);
  g_ptr_array_unref (self->passing);
  g_regex_unref (self->address);
  g_free (self);
}

static gboolean
stands_alone (const GString *text, gsize at, gsize length)
{
  gboolean before = at > 0 && g_ascii_isalnum (text->str[at - 1]);

  return !before && !g_ascii_isalnum (text->str[at + length]);
}

static void
remove_secret (GString *text, const char *secret)
{
  gsize length = strlen (secret);
  gsize at = 0;

  for (const char *found; (found = strstr (text->str + at, secret)) != NULL;)
    {
      at = (gsize) (found - text->str);
      if (length >= SECRET_LEAST || stands_alone (text, at, length))
        {
          g_string_erase (text, (gssize) at, (gssize) length);
          g_string_insert (text, (gssize) at, GONE);
          at += strlen (GONE);
        }
      else
        at += length;
    }
}

/* Numbers of persons keep what tells two of them apart on a screen. */
static void
mask_numbers (GString *text)
{
  g_autoptr (GPtrArray) found = shy_identity_find_full_numbers (text->str);

  for (guint i = found->len; i > 0; i--)
    {
      const ShyIdentityFinding *finding = g_ptr_array_index (found, i - 1);
      const char *begin = g_utf8_offset_to_pointer (text->str, finding->start);
      const char *end = g_utf8_offset_to_pointer (begin, finding->length);
      gssize      at = begin - text->str;

      g_string_erase (text, at, end - begin);
      g_string_insert (text, at, finding->masked);
    }
}

/* The text with the numbers of persons masked. */
char *
shy_scrub_numbers (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *out = g_string_new (valid);

  mask_numbers (out);
  return g_string_free (out, FALSE);
}

/* The text without secrets, without users and queries of addresses, with numbers of persons
 * masked. */
char *
shy_scrub_text (ShyScrub *self, const char *text)
{
  g_autofree char    *valid = g_utf8_make_valid (text, -1);
  g_autofree char    *bare = g_regex_replace (self->address, valid, -1, 0, "\\1\\3", 0, NULL);
  g_autoptr (GString) out = g_string_new (bare != NULL ? bare : "");

  for (guint i = 0; i < self->passing->len; i++)
    remove_secret (out, g_ptr_array_index (self->passing, i));
  for (guint i = 0; i < self->lasting->len; i++)
    remove_secret (out, g_ptr_array_index (self->lasting, i));
  mask_numbers (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Scrubs the message of an error, if there is one. */
void
shy_scrub_error (ShyScrub *self, GError **error)
{
  char *message;

  if (error == NULL || *error == NULL)
    return;
  message = shy_scrub_text (self, (*error)->message);
  g_free ((*error)->message);
  (*error)->message = message;
}

/* What a value looks like without telling it: the first character stays, further letters become *
 * and digits #, so that dates and numbers are still told apart. */
char *
shy_scrub_mask (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *out = g_string_new (NULL);
  guint            count = 0;

  for (const char *at = valid; *at != '\0' && count < MASKED_MOST;
       at = g_utf8_next_char (at), count++)
    {
      gunichar c = g_utf8_get_char (at);

      if (count == 0 && *g_utf8_next_char (at) != '\0')
        g_string_append_unichar (out, g_unichar_iscntrl (c) ? ' ' : c);
      else if (g_unichar_isdigit (c))
        g_string_append_c (out, '#');
      else
        g_string_append_unichar (out, g_unichar_isalpha (c)   ? '*'
                                      : g_unichar_iscntrl (c) ? ' '
                                                              : c);
    }
  if (count == MASKED_MOST)
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}
