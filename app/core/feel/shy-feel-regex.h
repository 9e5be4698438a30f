/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ShyFeelRegex ShyFeelRegex;

ShyFeelRegex *shy_feel_regex_new     (const char    *pattern,
                                      const char    *flags,
                                      GError       **error);
ShyFeelRegex *shy_feel_regex_get     (const char    *pattern,
                                      const char    *flags,
                                      GError       **error);
ShyFeelRegex *shy_feel_regex_ref     (ShyFeelRegex  *self);
void          shy_feel_regex_unref   (ShyFeelRegex  *self);

gboolean      shy_feel_regex_match   (ShyFeelRegex  *self,
                                      const char    *input,
                                      gboolean      *matched,
                                      GError       **error);
char         *shy_feel_regex_replace (ShyFeelRegex  *self,
                                      const char    *input,
                                      const char    *replacement,
                                      GError       **error);
char        **shy_feel_regex_split   (ShyFeelRegex  *self,
                                      const char    *input,
                                      GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFeelRegex, shy_feel_regex_unref)

G_END_DECLS
