/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "county/shy-pinyin.h"

#include <string.h>
#include <unicode/utrans.h>

/*
 * ICU reads each character by its commonest sound, which is wrong for many surnames: 单 is dan
 * everywhere but in a name. The list has the surnames whose sound as a surname differs, after
 * 现代汉语词典; compound surnames stand before single ones.
 */
static const struct
{
  const char *surname;
  const char *pinyin;
} surnames[] = {
  { "尉迟", "yu chi" }, { "万俟", "mo qi" }, { "澹台", "tan tai" }, { "单", "shan" },
  { "曾", "zeng" }, { "解", "xie" }, { "仇", "qiu" }, { "区", "ou" },
  { "查", "zha" }, { "朴", "piao" }, { "盖", "ge" }, { "员", "yun" },
  { "种", "chong" }, { "乐", "yue" }, { "翟", "zhai" }, { "缪", "miao" },
  { "洗", "xian" }, { "折", "she" }, { "秘", "bi" }, { "祭", "zhai" },
  { "繁", "po" }, { "乜", "nie" }, { "阚", "kan" }, { "佴", "nai" },
  { "薄", "bo" }, { "黑", "he" }, { "召", "shao" }, { "覃", "qin" },
  { "隗", "wei" }, { "卜", "bu" }, { "藏", "zang" }, { "能", "nai" },
};

/* 阿卜杜·热西提: between the parts of a name. */
#define MIDDLE_DOT 0x00b7

/* Characters that names are made of, and how many there are. ICU reads each of them by itself but for
 * these. */
#define FIRST_HAN 0x4e00
#define N_HAN (0x9fff - FIRST_HAN + 1)

static const char *const read_together[] = { "藏文", "重庆", "沈阳", "秘鲁" };

static UTransliterator *transliterator;
static char            *sounds[N_HAN]; /* (owned) (nullable): of those that were asked for */
static GMutex           mutex;

/* Opening costs about 100 ms, so it is done once, when first needed. */
static gboolean
open_transliterator (void)
{
  static const UChar id[] = u"Han-Latin; Latin-ASCII; Lower";
  UErrorCode         status = U_ZERO_ERROR;

  if (transliterator == NULL)
    transliterator = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE (status))
    g_warning ("no pinyin: %s", u_errorName (status));

  return U_SUCCESS (status);
}

/* While the mutex is held. */
static char *
ask_transliterator (const char *text)
{
  g_autofree gunichar2    *utf16 = NULL;
  g_autofree UChar        *buffer = NULL;
  glong                    count;
  int32_t                  length, limit, capacity;
  UErrorCode               status = U_ZERO_ERROR;

  utf16 = g_utf8_to_utf16 (text, -1, NULL, &count, NULL);
  if (utf16 == NULL || !open_transliterator ())
    return g_strdup (text);

  /* The longest syllable has six letters and a blank. */
  capacity = (int32_t) count * 8 + 1;
  buffer = g_new0 (UChar, capacity);
  memcpy (buffer, utf16, (gsize) count * sizeof (UChar));
  length = limit = (int32_t) count;
  utrans_transUChars (transliterator, buffer, &length, capacity, 0, &limit, &status);
  if (U_FAILURE (status))
    return g_strdup (text);

  for (int32_t i = 0; i < length; i++)
    if (buffer[i] == MIDDLE_DOT)
      buffer[i] = ' ';
  return g_utf16_to_utf8 ((const gunichar2 *) buffer, length, NULL, NULL, NULL);
}

/* Behind the characters, where digits tell persons of one name apart: 王伟2. ICU leaves them. */
static gsize
get_length_without_digits (const char *text)
{
  gsize length = strlen (text);

  while (length > 0 && g_ascii_isdigit (text[length - 1]))
    length--;
  return length;
}

static gboolean
is_read_apart (const char *text,
               const char *end)
{
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    if (g_utf8_get_char (at) < FIRST_HAN || g_utf8_get_char (at) >= FIRST_HAN + N_HAN)
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (read_together); i++)
    if (strstr (text, read_together[i]) != NULL)
      return FALSE;

  return TRUE;
}

/* ICU takes 20 µs a character, and a register has many thousand names of few characters. */
static const char *
get_sound (const char *character)
{
  gunichar index = g_utf8_get_char (character) - FIRST_HAN;

  if (sounds[index] == NULL)
    {
      g_autofree char *alone = g_strndup (character, (gsize) (g_utf8_next_char (character) - character));

      sounds[index] = ask_transliterator (alone);
    }
  return sounds[index];
}

static char *
transliterate (const char *text)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  const char *end = text + get_length_without_digits (text);
  GString    *pinyin;

  if (!is_read_apart (text, end))
    return ask_transliterator (text);

  pinyin = g_string_new (NULL);
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    g_string_append_printf (pinyin, "%s%s", pinyin->len > 0 ? " " : "", get_sound (at));
  g_string_append (pinyin, end);
  return g_string_free (pinyin, FALSE);
}

/**
 * shy_pinyin_of_name:
 * @name: the name of a person, 单小明
 *
 * Spells a name in pinyin without tones: "shan xiao ming". The surname is read as a surname; a given
 * name with a character of several sounds may be read wrongly, so use it to search, never to
 * address somebody.
 *
 * Returns: (transfer full): the syllables, with blanks between; what is no Chinese stays, in lower
 *   case
 */
char *
shy_pinyin_of_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (surnames); i++)
    if (g_str_has_prefix (name, surnames[i].surname))
      {
        const char      *given = name + strlen (surnames[i].surname);
        g_autofree char *rest = transliterate (given);

        return *rest != '\0' ? g_strconcat (surnames[i].pinyin, " ", rest, NULL)
                             : g_strdup (surnames[i].pinyin);
      }

  return transliterate (name);
}

/**
 * shy_pinyin_initials:
 * @pinyin: what shy_pinyin_of_name() made
 *
 * Returns: (transfer full): the first letters of the syllables: "sxm"
 */
char *
shy_pinyin_initials (const char *pinyin)
{
  g_auto (GStrv) syllables = NULL;
  GString       *initials = g_string_new (NULL);

  g_return_val_if_fail (pinyin != NULL, NULL);

  syllables = g_strsplit (pinyin, " ", -1);
  for (char **syllable = syllables; *syllable != NULL; syllable++)
    if (**syllable != '\0')
      g_string_append_unichar (initials, g_utf8_get_char (*syllable));

  return g_string_free (initials, FALSE);
}
