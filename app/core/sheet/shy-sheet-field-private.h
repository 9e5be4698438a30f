/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet/shy-sheet-field.h"

G_BEGIN_DECLS

/* How sure a match is, in percent. */
#define SHY_MATCH_NAME 100    /* the very name */
#define SHY_MATCH_ALIAS 98    /* a name that the field is known under */
#define SHY_MATCH_FOLDED 95   /* one of them, but for blanks, marks, brackets, width */
#define SHY_MATCH_EVENT 92    /* other words for the same event */
#define SHY_MATCH_GROUP 90    /* together with the group above it */
#define SHY_MATCH_CONTENT 60  /* what stands below it */

/* How well a header's text fits the field by its wording: one of the first four, or 0. It is
 * given tidied, reduced by shy_header_reduce(), and as shy_header_name_event() has it. */
guint shy_sheet_field_weigh (ShySheetField *self,
                             const char    *tidy,
                             const char    *reduced,
                             const char    *event);

/* The same for the names under which the field's value stands together with the end of its period. */
guint shy_sheet_field_weigh_period (ShySheetField *self,
                                    const char    *tidy,
                                    const char    *reduced);

/* What people write where there is nothing to say. */
gboolean shy_sheet_field_says_nothing (ShySheetField *self,
                                       const char    *text);
char    *shy_sheet_field_convert_period (ShySheetField       *first,
                                         ShySheetField       *last,
                                         const ShySheetCell  *cell,
                                         gboolean             want_last,
                                         GError             **error);

/* Adds the first letter of each of its names. */
void  shy_sheet_field_add_letters (ShySheetField *self,
                                   GHashTable    *letters);

/* Reduces a header to its wording: no blanks, marks, numbering and brackets. */
char *shy_header_reduce     (const char    *header);
/* The event of which a reduced header names the day; it means nothing to people. */
char *shy_header_name_event (const char    *reduced);
char *shy_header_dup_bare   (const char    *header);

/* The unit that a header names, in brackets, after a mark or at its end. */
typedef struct
{
  char     *unit;     /* (owned) (nullable) */
  char     *period;   /* (owned) (nullable): for what it is counted, as 月 in “元/月” */
  gboolean  doubtful; /* something stands there that may be a unit, or several do */
} ShyHeaderUnit;

void     shy_header_read_unit  (const char    *header,
                                ShyHeaderUnit *self);
void     shy_header_unit_clear (ShyHeaderUnit *self);
gboolean shy_header_is_aside   (const char    *text);

G_END_DECLS
