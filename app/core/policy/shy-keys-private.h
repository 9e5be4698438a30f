/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-keys.h"

G_BEGIN_DECLS

/* What names a person besides the paper. Folded; NULL where it is not known. */
typedef struct
{
  char *paper;
  char *name;
  char *mobile;
  char *account;
  char *birth;   /* "1990-01-31" */
} ShyLikeness;

/* How two applications name their persons. */
typedef enum {
  SHY_LIKENESS_STRANGERS, /* nothing says that they are one */
  SHY_LIKENESS_SAME,      /* one paper, and no other name */
  SHY_LIKENESS_RENAMED,   /* one paper, but another name */
  SHY_LIKENESS_ALIKE,     /* another paper, but one name and one telephone, account or birth */
} ShyLikenessKind;

void            shy_likeness_init_facts (ShyLikeness       *self,
                                         ShyPolicy         *policy,
                                         const ShyFacts    *facts);
void            shy_likeness_init_grant (ShyLikeness       *self,
                                         ShyPolicy         *policy,
                                         const ShyGrant    *grant);
void            shy_likeness_clear      (ShyLikeness       *self);
ShyLikenessKind shy_likeness_compare    (const ShyLikeness *self,
                                         const ShyLikeness *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShyLikeness, shy_likeness_clear)

G_END_DECLS
