/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "field/shy-field-type.h"
#include "field/shy-text.h"
#include "identity/shy-paper.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShyFieldBounds: (skip)
 * @minimum: (nullable): the least value, itself included
 * @maximum: (nullable): the greatest value, itself included
 * @step: (nullable): every value is a multiple of it
 * @scale: how many digits may stand behind the point; -1 where nothing is said
 *
 * What a number, an amount, a day or a month may be at all. A value outside is a slip of the pen, no
 * fact: bounds are technical, and never what a policy asks for.
 */
typedef struct
{
  char *minimum;
  char *maximum;
  char *step;
  int   scale;
} ShyFieldBounds;

/**
 * ShyFieldRepeats:
 * @SHY_FIELD_REPEATS_NOTHING: nothing
 * @SHY_FIELD_REPEATS_BIRTH_DATE: the day of birth
 * @SHY_FIELD_REPEATS_SEX: the sex
 * @SHY_FIELD_REPEATS_AGE: full years on the day of the decision
 *
 * What of the person's resident ID (GB 11643) a field says once more.
 */
typedef enum {
  SHY_FIELD_REPEATS_NOTHING,
  SHY_FIELD_REPEATS_BIRTH_DATE,
  SHY_FIELD_REPEATS_SEX,
  SHY_FIELD_REPEATS_AGE,
} ShyFieldRepeats;

#define SHY_TYPE_FIELD (shy_field_get_type ())

/**
 * ShyField:
 * @name: what it is called in data
 * @label: (nullable): what people call it; see shy_field_get_label()
 * @type: what it holds
 * @unit: (nullable): the unit of its numbers, as 元, 万元 or 月
 * @values: (nullable) (array zero-terminated=1): what a choice may be
 * @synonyms: (nullable) (element-type utf8 utf8): what people or services write, to the value they mean
 * @aliases: (nullable) (array zero-terminated=1): what else headers and services call it
 * @bounds: what a number, a day or a month may be
 * @required: a record without it is incomplete
 * @personal: it is about a person
 * @several: one value may hold several of its kind: a list of employees
 * @material: (nullable): the paper that proves it
 * @help: (nullable): what to write there
 * @papers: (nullable) (array zero-terminated=1): kinds of paper whose number it may be
 * @repeats: what of the resident ID it says once more
 * @grows: a count of months that goes on by itself, one each month
 * @unchangeable: nobody can change it
 * @periods: (nullable) (array zero-terminated=1): headers of the whole period that it begins
 * @period_end: (nullable): the field where that period ends
 *
 * One typed field: of an application, a county's form, a column of a spreadsheet, a row of a service, a
 * register or a setting. What it is made of is read and never written where it was made, so that it is
 * safe to read from any thread as long as its owner lives.
 */
typedef struct
{
  char           *name;
  ShyText        *label;
  ShyFieldType    type;
  char           *unit;
  char          **values;
  GHashTable     *synonyms;
  char          **aliases;
  ShyFieldBounds  bounds;
  gboolean        required;
  gboolean        personal;
  gboolean        several;
  ShyText        *material;
  ShyText        *help;
  char          **papers;
  ShyFieldRepeats repeats;
  gboolean        grows;
  gboolean        unchangeable;
  char          **periods;
  char           *period_end;
} ShyField;

GType       shy_field_get_type  (void) G_GNUC_CONST;
ShyField   *shy_field_new       (const char  *name,
                                 ShyFieldType type);
ShyField   *shy_field_copy      (const ShyField      *self);
void        shy_field_free      (gpointer             self);
void        shy_field_clear     (ShyField            *self);
void        shy_field_add_synonym
                                (ShyField            *self,
                                 const char          *written,
                                 const char          *value);
const char *shy_field_get_label (const ShyField      *self);
char      **shy_field_split     (const ShyField *self,
                                 const char     *text);
gboolean    shy_field_accepts   (const ShyField *self,
                                 const char     *text);
gboolean    shy_field_check_bounds
                                (const ShyField      *self,
                                 const char          *value,
                                 GError             **error);
char       *shy_field_normalize (const ShyField *self,
                                 const char     *text,
                                 GError        **error);
char       *shy_field_check     (const ShyField *self,
                                 const char     *value,
                                 const ShyPaper *said,
                                 const GDate    *on,
                                 GError        **error);
char       *shy_field_display   (const ShyField *self,
                                 const char     *value);
char       *shy_field_mask      (const ShyField     *self,
                                 ShyIdentityAudience audience,
                                 const char         *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyField, shy_field_free)

G_END_DECLS
