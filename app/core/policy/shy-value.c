/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-value-private.h"

/* A fact as conditions see it: a month is its first day. @text is canonical. */
ShyFeelValue *
shy_fact_to_value (ShyFieldType type,
                   const char  *text)
{
  switch (shy_field_type_get_base (type))
    {
    case SHY_FIELD_NUMBER:
      {
        ShyFeelValue *value = shy_feel_value_new_number (text, NULL);

        return value != NULL ? value
                             : shy_feel_value_new_error ("%s has too many digits", text);
      }
    case SHY_FIELD_BOOLEAN:
      return shy_feel_value_new_boolean (*text == 't');
    case SHY_FIELD_DATE:
    case SHY_FIELD_MONTH:
      return shy_feel_value_new_date ((int) g_ascii_strtoll (text, NULL, 10),
                                      (int) g_ascii_strtoll (text + 5, NULL, 10),
                                      type == SHY_FIELD_DATE
                                        ? (int) g_ascii_strtoll (text + 8, NULL, 10) : 1);
    case SHY_FIELD_TEXT:
    default:
      return shy_feel_value_new_string (text);
    }
}

/* A value as a fact is stored, or NULL if a fact of that type cannot hold it. */
char *
shy_value_to_fact (ShyFieldType  type,
                   ShyFeelValue *value)
{
  g_autofree char *text = shy_feel_value_to_string (value);

  if (text == NULL)
    return NULL;
  if (type == SHY_FIELD_MONTH && strlen (text) == 10)
    text[7] = '\0';

  return shy_field_type_normalize (type, text, NULL);
}

/* A date as GDate, which has no years before 1 and beyond 65535. */
gboolean
shy_value_to_date (ShyFeelValue *value,
                   GDate        *date)
{
  int year, month, day;

  if (!shy_feel_value_get_date (value, &year, &month, &day) || year < 1 || year > G_MAXUINT16)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}
