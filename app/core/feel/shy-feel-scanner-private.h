/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SHY_FEEL_TOKEN_END,
  SHY_FEEL_TOKEN_WORD,   /* letters and digits; may be a keyword */
  SHY_FEEL_TOKEN_NUMBER,
  SHY_FEEL_TOKEN_STRING, /* text holds the content, escapes resolved */
  SHY_FEEL_TOKEN_SYMBOL, /* symbol holds its characters: '(' or '<' << 8 | '=' */
} ShyFeelTokenType;

#define SHY_FEEL_SYMBOL2(a, b) ((guint) (a) << 8 | (guint) (b))

typedef struct
{
  ShyFeelTokenType type;
  guint            symbol;
  gboolean         keyword; /* of WORD: reserved, cannot begin a name */
  guint            start;   /* bytes */
  guint            end;
  char            *text;    /* (owned) of WORD, NUMBER and STRING */
} ShyFeelToken;

GArray  *shy_feel_scan            (const char  *text,
                                   GError     **error);
gboolean shy_feel_is_name_start   (gunichar     c);
gboolean shy_feel_is_name_part    (gunichar     c);
void     shy_feel_set_syntax_error (GError    **error,
                                   const char  *text,
                                   guint        offset,
                                   const char  *message);

G_END_DECLS
