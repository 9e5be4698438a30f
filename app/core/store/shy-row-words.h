/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyRowWord: (skip)
 * @table: a table
 * @column: (nullable): one of its columns; %NULL for a row of it
 * @title: for a row a sentence's subject with %s for its key, as "application %s"; for a column what
 *   people call it; marked with N_()
 * @money: whether the column holds fen
 *
 * What people call what is stored, for those who are told that it was changed.
 */
typedef struct
{
  const char *table;
  const char *column;
  const char *title;
  gboolean    money;
} ShyRowWord;

void  shy_row_words_add        (const ShyRowWord *words);

char *shy_row_words_title_row  (const char       *table,
                                const char       *key);
char *shy_row_words_title      (const char       *table,
                                const char       *column);
char *shy_row_words_show       (const char       *table,
                                const char       *column,
                                const char       *value);

G_END_DECLS
