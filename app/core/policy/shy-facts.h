/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "field/shy-field.h"
#include "policy/shy-work-budget.h"

G_BEGIN_DECLS

/**
 * ShyFactOrigin:
 * @SHY_FACT_ORIGIN_TYPED: a person typed it
 * @SHY_FACT_ORIGIN_CELL: a cell of a spreadsheet; the place is its sheet and cell, as "名单!C7"
 * @SHY_FACT_ORIGIN_SERVICE: a provincial service; the place is its name and record
 * @SHY_FACT_ORIGIN_ATTACHMENT: an attachment; the place is its name
 * @SHY_FACT_ORIGIN_FILE: a file of facts; the place is the member
 * @SHY_FACT_ORIGIN_IDENTITY: the person's resident ID, which says it too
 *
 * Where a fact came from.
 */
typedef enum {
  SHY_FACT_ORIGIN_TYPED,
  SHY_FACT_ORIGIN_CELL,
  SHY_FACT_ORIGIN_SERVICE,
  SHY_FACT_ORIGIN_ATTACHMENT,
  SHY_FACT_ORIGIN_FILE,
  SHY_FACT_ORIGIN_IDENTITY,
} ShyFactOrigin;

/**
 * ShyFact:
 * @name: the field
 * @type: what @text is: text, a number, a boolean, a day or a month
 * @text: the value in the canonical form of @type
 * @origin: where it came from
 * @place: (nullable): the place within @origin
 * @note: (nullable): a remark of whoever entered it
 * @written: (nullable): how it stands at @place, where that is not @text: “龙泉” for 331181
 *
 * One named value of an application. Owned by its #ShyFacts.
 */
typedef struct {
  char         *name;
  ShyFieldType  type;
  char         *text;
  ShyFactOrigin origin;
  char         *place;
  char         *note;
  char         *written;
} ShyFact;

/**
 * ShyUnread:
 * @name: the field
 * @text: what stands there, as it was written
 * @origin: where it stands
 * @place: (nullable): the place within @origin
 * @problem: why it is no value of the field: a translated sentence, without the place
 *
 * What was handed in and cannot be read: neither a known fact nor a missing one. Owned by its
 * #ShyFacts.
 */
typedef struct {
  char         *name;
  char         *text;
  ShyFactOrigin origin;
  char         *place;
  char         *problem;
} ShyUnread;

/**
 * ShyGrant:
 * @policy: the id of the policy it was granted under
 * @date: the day of the grant
 * @fen: the amount, in fen
 * @year: which year of a payment over several years, from 1; 0 if it is none of those
 * @person: (nullable): whom it was granted to, or %NULL for the person of the application
 * @employer: (nullable): for which employer, or %NULL for the employer of the application
 * @pending: found eligible, but not known to be paid
 * @number: the number of the application in the register, from 1; 0 if it has none
 * @row: the row of the spreadsheet that is being decided, from 1; 0 if it stands in none
 * @values: (nullable) (element-type utf8 utf8): what the earlier application said in the fields that
 *   limits compare, by name; %NULL if that is not known
 *
 * An earlier grant. A pending one alone refuses nobody: whether it is the same application once
 * more, or will be paid, a person has to say.
 */
typedef struct {
  char       *policy;
  GDate       date;
  gint64      fen;
  guint       year;
  char       *person;
  char       *employer;
  gboolean    pending;
  gint64      number;
  guint       row;
  GHashTable *values;
} ShyGrant;

#define SHY_TYPE_FACTS (shy_facts_get_type ())

/**
 * ShyFacts:
 *
 * What is known of one application: named facts with their provenance, the day and county it is
 * judged for, what the county set, and earlier grants. What is missing is simply not there; what was
 * handed in and cannot be read is kept apart, for nobody is to be asked for it once more.
 *
 * Changed by one owner; a copy shares nothing with its original, so it may go to another thread.
 */
typedef struct _ShyFacts ShyFacts;

ShyGrant      *shy_grant_copy          (const ShyGrant *self);
void           shy_grant_free          (ShyGrant       *self);
GType          shy_facts_get_type      (void) G_GNUC_CONST;
ShyFacts      *shy_facts_new           (void);
ShyFacts      *shy_facts_copy          (const ShyFacts *self);
void           shy_facts_free          (ShyFacts       *self);
gboolean       shy_facts_set           (ShyFacts     *self,
                                        const char   *name,
                                        ShyFieldType  type,
                                        const char   *text,
                                        ShyFactOrigin origin,
                                        const char   *place,
                                        GError      **error);
void           shy_facts_set_note      (ShyFacts       *self,
                                        const char     *name,
                                        const char     *note);
void           shy_facts_set_written   (ShyFacts       *self,
                                        const char     *name,
                                        const char     *written);
void           shy_facts_remove        (ShyFacts       *self,
                                        const char     *name);
const ShyFact *shy_facts_lookup        (const ShyFacts *self,
                                        const char     *name);
const char    *shy_facts_get_text      (const ShyFacts *self,
                                        const char     *name);
guint          shy_facts_get_size      (const ShyFacts *self);
const ShyFact *shy_facts_get_nth       (const ShyFacts *self,
                                        guint           index);
void           shy_facts_set_unread    (ShyFacts       *self,
                                        const char     *name,
                                        const char     *text,
                                        ShyFactOrigin   origin,
                                        const char     *place,
                                        const char     *problem);
const ShyUnread *shy_facts_lookup_unread (const ShyFacts *self,
                                        const char     *name);
guint          shy_facts_get_n_unread  (const ShyFacts *self);
const ShyUnread *shy_facts_get_unread  (const ShyFacts *self,
                                        guint           index);
gboolean       shy_facts_set_setting   (ShyFacts    *self,
                                        const char  *name,
                                        ShyFieldType type,
                                        const char  *text,
                                        GError     **error);
const ShyFact *shy_facts_lookup_setting (const ShyFacts *self,
                                        const char     *name);
void           shy_facts_set_on        (ShyFacts       *self,
                                        const GDate    *on);
const GDate   *shy_facts_get_on        (const ShyFacts *self);
void           shy_facts_set_county    (ShyFacts       *self,
                                        const char     *county);
const char    *shy_facts_get_county    (const ShyFacts *self);
void           shy_facts_forget_past   (ShyFacts       *self);
void           shy_facts_add_grant     (ShyFacts       *self,
                                        const ShyGrant *grant);
void           shy_facts_set_work_budget (ShyFacts       *self,
                                        ShyWorkBudget  *budget);
ShyWorkBudget *shy_facts_get_work_budget (const ShyFacts *self);
guint          shy_facts_get_n_grants  (const ShyFacts *self);
const ShyGrant *shy_facts_get_grant    (const ShyFacts *self,
                                        guint           index);
void           shy_facts_set_history_known (ShyFacts   *self,
                                        gboolean        known);
gboolean       shy_facts_get_history_known (const ShyFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyGrant, shy_grant_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyFacts, shy_facts_free)

G_END_DECLS
