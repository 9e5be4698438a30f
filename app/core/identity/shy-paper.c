/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identity/shy-paper.h"

#include "identity/shy-identity-private.h"

#include "shy-data-reader-private.h"
#include "shy-data.h"
#include "shy-error.h"
#include "shy-locale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILE_NAME "identity/papers.json"

struct _ShyPaper
{
  char    *id;
  char    *title_zh;
  char    *title_en;
  char   **names; /* what else people call it */
  GRegex  *form;
  gboolean gb11643;
  gboolean area;
  gboolean told_by_form;
};

static gboolean
read_flag (ShyDataReader *reader,
           const ShyJson *json,
           const char    *member)
{
  return shy_json_reader_boolean (&reader->json, json, member, FALSE);
}

static GRegex *
read_form (ShyDataReader *reader,
           const ShyJson *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *whole = g_strdup_printf ("^(?:%s)$", shy_data_reader_text (reader, json, "form"));
  GRegex            *form = g_regex_new (whole, G_REGEX_OPTIMIZE, 0, &error);

  if (form == NULL)
    shy_data_reader_fail (reader, json, "form", "%s", error->message);
  return form;
}

static gpointer
read_paper (ShyDataReader *reader,
            const ShyJson *json)
{
  ShyPaper             *self = g_new0 (ShyPaper, 1);
  const ShyJson        *title = shy_data_reader_get (reader, json, "title", SHY_JSON_OBJECT);
  g_autoptr (GPtrArray) names = shy_data_reader_items (reader, json, "names", SHY_JSON_STRING);
  GStrvBuilder         *builder = g_strv_builder_new ();

  for (guint i = 0; i < names->len; i++)
    g_strv_builder_add (builder, ((const ShyJson *) names->pdata[i])->text);
  self->names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  self->id = g_strdup (shy_data_reader_text (reader, json, "id"));
  self->title_zh = title != NULL ? g_strdup (shy_data_reader_text (reader, title, "zh_CN")) : NULL;
  self->title_en = title != NULL ? g_strdup (shy_data_reader_text (reader, title, "en")) : NULL;
  self->form = read_form (reader, json);
  self->gb11643 = g_strcmp0 (shy_data_reader_text (reader, json, "check"), "gb11643") == 0;
  self->area = read_flag (reader, json, "area");
  self->told_by_form = read_flag (reader, json, "told_by_form");
  return self;
}

static gpointer
load (gpointer unused)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    bytes = shy_data_load (FILE_NAME, &error);
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray            *papers = g_ptr_array_new ();
  ShyDataReader         reader;
  const ShyJson        *root = NULL;

  if (bytes != NULL)
    root = shy_data_reader_open (&reader, FILE_NAME, bytes);
  else
    reader = (ShyDataReader) { .json.error = g_steal_pointer (&error) };
  items = shy_data_reader_items (&reader, root, "papers", SHY_JSON_OBJECT);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (papers, read_paper (&reader, items->pdata[i]));
  if (!shy_data_reader_close (&reader, &error))
    g_critical ("%s", error->message);
  return papers;
}

static GPtrArray *
get_papers (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load, NULL);
}

/**
 * shy_paper_get:
 * @id: how packs call a kind of paper, as "passport"
 *
 * Returns: (transfer none) (nullable): the kind
 */
const ShyPaper *
shy_paper_get (const char *id)
{
  GPtrArray *papers = get_papers ();

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < papers->len; i++)
    if (g_str_equal (((const ShyPaper *) papers->pdata[i])->id, id))
      return papers->pdata[i];
  return NULL;
}

/**
 * shy_paper_find:
 * @name: how people call a kind of paper, as 护照, 台胞证
 *
 * Returns: (transfer none) (nullable): the kind
 */
const ShyPaper *
shy_paper_find (const char *name)
{
  GPtrArray *papers = get_papers ();

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < papers->len; i++)
    {
      const ShyPaper *self = papers->pdata[i];

      if (g_strcmp0 (self->title_zh, name) == 0 || g_strcmp0 (self->title_en, name) == 0
          || g_strv_contains ((const char * const *) self->names, name))
        return self;
    }
  return NULL;
}

/**
 * shy_paper_get_id:
 * @self: a kind of paper
 *
 * Returns: how packs call it
 */
const char *
shy_paper_get_id (const ShyPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * shy_paper_get_title:
 * @self: a kind of paper
 *
 * Returns: its name in the language of the locale
 */
const char *
shy_paper_get_title (const ShyPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return shy_locale_is_chinese () ? self->title_zh : self->title_en;
}

static ShyIdentityResult
check_as (const ShyPaper *self,
          const char     *number,
          const GDate    *on)
{
  if (!self->gb11643)
    return g_regex_match (self->form, number, 0, NULL) ? SHY_IDENTITY_WARN_PAPER
                                                       : SHY_IDENTITY_CHARACTERS;
  if (self->area)
    return shy_resident_id_check (number, on);
  return shy_resident_id_check_without_area (number, on);
}

static gboolean
is_taken (const char * const *kinds,
          const ShyPaper     *self)
{
  return g_strv_contains (kinds, self->id);
}

/* The kind that the form alone tells. */
static const ShyPaper *
tell_by_form (const char * const *kinds,
              const char         *number)
{
  GPtrArray *papers = get_papers ();

  for (guint i = papers->len; i > 0; i--)
    {
      const ShyPaper *self = papers->pdata[i - 1];

      if (self->told_by_form && is_taken (kinds, self)
          && g_regex_match (self->form, number, 0, NULL))
        return self;
    }
  return NULL;
}

/* A kind whose number nobody can check, for one that begins with a letter: a mistyped resident ID
 * does not, and must not pass as a passport. */
static const ShyPaper *
guess_unchecked (const char * const *kinds,
                 const char         *number)
{
  GPtrArray *papers = get_papers ();

  for (guint i = 0; i < papers->len && g_ascii_isupper (*number); i++)
    {
      const ShyPaper *self = papers->pdata[i];

      if (!self->gb11643 && is_taken (kinds, self) && g_regex_match (self->form, number, 0, NULL))
        return self;
    }
  return NULL;
}

/**
 * shy_paper_check:
 * @kinds: (nullable): the kinds of paper that are taken, %NULL for resident IDs and the residence
 *   permits that have such numbers
 * @said: (nullable): the kind that the applicant says it is
 * @text: the number as somebody wrote it
 * @on: (nullable): the day that is taken for today, %NULL for the real one
 * @number: (out) (optional) (transfer full): the number in the form in which it is kept
 * @paper: (out) (optional) (nullable): the kind it is, %NULL where that cannot be told
 *
 * Checks the number of a paper. Numbers for which no public rule was found are taken as they stand.
 *
 * Source: `data/identity/papers.json`.
 *
 * Returns: the first thing that is wrong; see shy_identity_result_is_valid()
 */
ShyIdentityResult
shy_paper_check (const char * const  *kinds,
                 const ShyPaper      *said,
                 const char          *text,
                 const GDate         *on,
                 char               **number,
                 const ShyPaper     **paper)
{
  static const char *const usual[] = { "resident-id", "residence-permit", NULL };
  g_autofree char         *kept = NULL;
  const ShyPaper          *self = said;
  ShyIdentityResult        result = SHY_IDENTITY_EMPTY;

  g_return_val_if_fail (text != NULL, SHY_IDENTITY_EMPTY);

  kinds = kinds != NULL ? kinds : usual;
  kept = shy_identity_normalize (SHY_IDENTITY_KIND_RESIDENT_ID, text);
  if (self == NULL)
    self = tell_by_form (kinds, kept);
  if (self == NULL && (self = guess_unchecked (kinds, kept)) != NULL)
    result = SHY_IDENTITY_WARN_PAPER;
  else if (self != NULL && !is_taken (kinds, self))
    result = SHY_IDENTITY_PAPER;
  else if (*kept != '\0')
    result = self != NULL ? check_as (self, kept, on) : shy_resident_id_check (kept, on);

  if (paper != NULL)
    *paper = self;
  if (number != NULL)
    *number = g_steal_pointer (&kept);
  return result;
}

/**
 * shy_paper_dup_reason:
 * @said: (nullable): the kind that the applicant says it is
 * @result: what a check found
 *
 * Says in words what is wrong and what to do, without the number.
 *
 * Returns: (transfer full) (nullable): the reason, %NULL for %SHY_IDENTITY_VALID
 */
char *
shy_paper_dup_reason (const ShyPaper    *said,
                      ShyIdentityResult  result)
{
  if (said != NULL && !said->gb11643
      && (result == SHY_IDENTITY_CHARACTERS || result == SHY_IDENTITY_LENGTH))
    /* Translators: %s is a kind of paper, as 护照. */
    return g_strdup_printf (_("This cannot be the number of a paper of the kind “%s”. Compare it with "
                              "the paper."),
                            shy_paper_get_title (said));
  if (said != NULL && result == SHY_IDENTITY_WARN_PAPER)
    /* Translators: %s is a kind of paper, as 护照. */
    return g_strdup_printf (_("No rule is known by which the number of a paper of the kind “%s” could "
                              "be checked. Compare it with the paper."),
                            shy_paper_get_title (said));
  if (said != NULL && result == SHY_IDENTITY_PAPER)
    /* Translators: %s is a kind of paper, as 军官证. */
    return g_strdup_printf (_("This policy does not take a paper of the kind “%s”. Ask for another "
                              "one."),
                            shy_paper_get_title (said));
  return shy_identity_dup_reason (SHY_IDENTITY_KIND_RESIDENT_ID, result);
}
