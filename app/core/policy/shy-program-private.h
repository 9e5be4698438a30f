/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feel/shy-feel-date.h"
#include "policy/shy-columns-private.h"
#include "policy/shy-judge-private.h"

G_BEGIN_DECLS

/* What a column of a program holds. */
typedef enum {
  SHY_COLUMN_NONE,     /* the compiler cannot do it */
  SHY_COLUMN_TRUTH,
  SHY_COLUMN_NUMBER,   /* ten-thousandths */
  SHY_COLUMN_DAY,      /* days as shy_feel_date_get_days() counts them */
  SHY_COLUMN_TEXT,     /* index into the texts of the batch */
  SHY_COLUMN_MONTHS,   /* a years and months duration, months scaled as numbers are */
} ShyColumnType;

typedef struct {
  ShyColumnType type;
  guint         index; /* of the register */
} ShyColumn;

/* The three columns of one criterion; NONE where the pack says nothing. */
typedef struct {
  ShyColumn skip;
  ShyColumn refer;
  ShyColumn condition;
  gboolean  compiled; /* FALSE: left to the judge row by row */
} ShyProgramCriterion;

/* A policy as operations over columns, for one set of settings and no earlier grants. */
typedef struct {
  const ShyJudge      *judge;
  ShyHearing          *settings;  /* (owned): nothing known but settings */
  GHashTable          *texts;     /* (not owned): text to index + 1, of the batch */
  GPtrArray           *text_list; /* (not owned) */
  GArray              *ops;       /* of ShyOp */
  GArray              *registers; /* of ShyColumnType */
  ShyColumn           *slots;     /* for each slot of the judge */
  gboolean            *tried;     /* whether a derived slot was compiled already */
  ShyProgramCriterion *criteria;
  ShyColumn            key;
  ShyColumn            amount;
  gboolean             amount_compiled;
} ShyProgram;

ShyProgram   *shy_program_new         (const ShyJudge *judge,
                                       const ShyFacts *settings,
                                       GHashTable     *texts,
                                       GPtrArray      *text_list);
void          shy_program_free        (ShyProgram     *self);
ShyColumn     shy_program_add_register (ShyProgram     *self,
                                       ShyColumnType   type);
ShyColumn     shy_program_emit        (ShyProgram     *self,
                                       ShyColumnType   type,
                                       ShyOp           op);
ShyColumn     shy_program_compile     (ShyProgram         *program,
                                       const ShyRule      *rule,
                                       const ShyRuleState *state);
ShyColumnType shy_column_type_of_slot (const ShySlot  *slot);
gint64        shy_texts_intern        (GHashTable     *texts,
                                       GPtrArray      *list,
                                       const char     *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyProgram, shy_program_free)

G_END_DECLS
