/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "update/shy-update-review.h"

G_BEGIN_DECLS

/* Reasons are listed up to so many; who wants all runs “shanyectl policy lint”. */
#define SHY_UPDATE_MAX_REASONS 3

void shy_update_review_add            (ShyUpdateReview       *self,
                                       const char            *name,
                                       const char            *title,
                                       ShyUpdateFinding       finding,
                                       char                  *sentence);
void shy_update_review_read_policy    (ShyUpdateReview       *self,
                                       const ShyUpdateBasis  *basis);
void shy_update_review_read_calendar  (ShyUpdateReview       *self,
                                       const ShyUpdateBasis  *basis);
gboolean shy_update_review_version    (ShyUpdateReview       *self,
                                       const char            *newest);

ShyUpdateRehearsal *
     shy_update_rehearse              (ShyPolicy             *before,
                                       ShyPolicy             *after);

G_END_DECLS
