/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "field/shy-text.h"

/**
 * shy_text_new: (skip)
 * @zh_CN: (nullable): in Chinese
 * @en: (nullable): in English
 *
 * Returns: (transfer full): the text
 */
ShyText *
shy_text_new (const char *zh_CN,
              const char *en)
{
  ShyText *self = g_new0 (ShyText, 1);

  self->zh_CN = g_strdup (zh_CN);
  self->en = g_strdup (en);
  return self;
}

/**
 * shy_text_copy: (skip)
 * @self: (nullable): a text
 *
 * Returns: (transfer full) (nullable): the same text
 */
ShyText *
shy_text_copy (const ShyText *self)
{
  return self != NULL ? shy_text_new (self->zh_CN, self->en) : NULL;
}

/**
 * shy_text_free: (skip)
 * @self: (nullable): a #ShyText
 */
void
shy_text_free (gpointer self)
{
  ShyText *text = self;

  if (text == NULL)
    return;
  g_free (text->zh_CN);
  g_free (text->en);
  g_free (text);
}

/**
 * shy_text_get: (skip)
 * @self: (nullable): a text
 *
 * Gets a text in the person's language: Chinese where that is asked for or nothing else is there.
 *
 * Returns: (nullable): the text, %NULL if there is none
 */
const char *
shy_text_get (const ShyText *self)
{
  const char *const *languages = g_get_language_names ();

  if (self == NULL)
    return NULL;
  for (gsize i = 0; languages[i] != NULL; i++)
    {
      if (g_str_has_prefix (languages[i], "zh") && self->zh_CN != NULL)
        return self->zh_CN;
      if ((g_str_has_prefix (languages[i], "en") || g_str_equal (languages[i], "C")) &&
          self->en != NULL)
        return self->en;
    }
  return self->zh_CN != NULL ? self->zh_CN : self->en;
}
