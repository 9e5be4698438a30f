/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What reads an XPath pattern and writes the PCRE one. */
typedef struct
{
  const char *pattern;   /* the whole pattern, for messages */
  const char *at;        /* what is still to be read */
  GString    *out;       /* (owned): the pattern for PCRE */
  gboolean    dot_all;   /* flag s */
  gboolean    lines;     /* flag m */
  guint       opened;    /* capturing groups opened so far */
  GArray     *open;      /* (owned) (element-type guint): open groups, 0 for (?: */
} ShyFeelRegexReader;

gboolean shy_feel_regex_translate      (ShyFeelRegexReader  *reader,
                                        GError             **error);
gboolean shy_feel_regex_take_class     (ShyFeelRegexReader  *reader,
                                        GError             **error);
gboolean shy_feel_regex_append_set     (ShyFeelRegexReader  *reader,
                                        GError             **error);
gboolean shy_feel_regex_take_single    (ShyFeelRegexReader  *reader,
                                        gunichar            *character,
                                        GError             **error);
gboolean shy_feel_regex_is_set         (const char          *escape);
void     shy_feel_regex_append_char    (GString             *out,
                                        gunichar             character);
gboolean shy_feel_regex_fail           (ShyFeelRegexReader  *reader,
                                        const char          *reason,
                                        GError             **error);

G_END_DECLS
