/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-case-private.h"

#include "subsidy-row.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (SubsidyCase, subsidy_case, G_TYPE_OBJECT)

typedef enum {
  PROP_ID = 1,
  PROP_LOADED,
  PROP_NAME,
  PROP_PERSON,
  PROP_COUNTY,
  PROP_POLICY,
  PROP_DECIDED_BY,
  PROP_DECIDED_ON,
  PROP_OUTCOME,
  PROP_OUTCOME_LABEL,
  PROP_REASON,
  PROP_AMOUNT,
  PROP_AMOUNT_TEXT,
  PROP_BATCH,
  PROP_ROW,
} SubsidyCaseProperty;
static GParamSpec *properties[PROP_ROW + 1];

static void
subsidy_case_finalize (GObject *object)
{
  SubsidyCase *self = SUBSIDY_CASE (object);

  subsidy_summary_free (self->summary);
  g_clear_pointer (&self->detail, subsidy_detail_unref);
  subsidy_turn_free (self->turned);
  g_clear_pointer (&self->others, g_ptr_array_unref);

  G_OBJECT_CLASS (subsidy_case_parent_class)->finalize (object);
}

static char *
mask_person (const char *person)
{
  return person != NULL ? shy_identity_mask (SHY_IDENTITY_KIND_RESIDENT_ID,
                                               SHY_IDENTITY_AUDIENCE_SCREEN, person)
                        : NULL;
}

/* 200,000.00: fen as yuan, as a bureau writes it. */
static char *
amount_text (gint64 fen)
{
  g_autofree char *yuan = g_strdup_printf ("%" G_GINT64_FORMAT, fen / 100);
  GString         *text = g_string_new (yuan);

  for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  g_string_append_printf (text, ".%02d", (int) (fen % 100));
  return g_string_free (text, FALSE);
}

static void
get_loaded (const SubsidySummary *summary,
            guint                 property,
            GValue               *value)
{
  switch ((SubsidyCaseProperty) property)
    {
    case PROP_NAME:
      g_value_set_string (value, summary->name);
      break;
    case PROP_PERSON:
      g_value_take_string (value, mask_person (summary->person));
      break;
    case PROP_COUNTY:
      g_value_set_string (value, summary->county);
      break;
    case PROP_POLICY:
      g_value_set_string (value, summary->policy);
      break;
    case PROP_DECIDED_BY:
      g_value_take_string (value, subsidy_summary_dup_provenance (summary));
      break;
    case PROP_DECIDED_ON:
      g_value_set_string (value, summary->decided_on);
      break;
    case PROP_OUTCOME:
      g_value_set_string (value, subsidy_outcome_to_word (summary->outcome));
      break;
    case PROP_OUTCOME_LABEL:
      g_value_set_string (value, summary->withdrawn_at != NULL
                                   ? C_("outcome", "Withdrawn")
                                   : subsidy_outcome_to_label (summary->outcome));
      break;
    case PROP_REASON:
      g_value_take_string (value, subsidy_reason_to_sentence (summary->outcome, summary->reason));
      break;
    case PROP_AMOUNT:
      g_value_set_int64 (value, summary->amount);
      break;
    case PROP_AMOUNT_TEXT:
      g_value_take_string (value, summary->amount > 0 ? amount_text (summary->amount) : NULL);
      break;
    case PROP_BATCH:
      g_value_set_int64 (value, summary->batch);
      break;
    case PROP_ROW:
      g_value_set_uint (value, summary->row);
      break;
    case PROP_ID:
    case PROP_LOADED:
    default:
      g_assert_not_reached ();
    }
}

static void
subsidy_case_get_property (GObject    *object,
                           guint       property,
                           GValue     *value,
                           GParamSpec *pspec)
{
  SubsidyCase *self = SUBSIDY_CASE (object);

  if (property == PROP_ID)
    g_value_set_int64 (value, self->id);
  else if (property == PROP_LOADED)
    g_value_set_boolean (value, self->summary != NULL);
  else if (property > PROP_ROW)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  else if (self->summary != NULL)
    get_loaded (self->summary, property, value);
}

static GParamSpec *
text_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
number_property (const char *name)
{
  return g_param_spec_int64 (name, NULL, NULL, 0, G_MAXINT64, 0,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
subsidy_case_class_init (SubsidyCaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = subsidy_case_finalize;
  object_class->get_property = subsidy_case_get_property;

  properties[PROP_ID] = number_property ("id");
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = text_property ("name");
  properties[PROP_PERSON] = text_property ("person");
  properties[PROP_COUNTY] = text_property ("county");
  properties[PROP_POLICY] = text_property ("policy");
  properties[PROP_DECIDED_BY] = text_property ("decided-by");
  properties[PROP_DECIDED_ON] = text_property ("decided-on");
  properties[PROP_OUTCOME] = text_property ("outcome");
  properties[PROP_OUTCOME_LABEL] = text_property ("outcome-label");
  properties[PROP_REASON] = text_property ("reason");
  properties[PROP_AMOUNT] = number_property ("amount");
  properties[PROP_AMOUNT_TEXT] = text_property ("amount-text");
  properties[PROP_BATCH] = number_property ("batch");
  properties[PROP_ROW] = g_param_spec_uint ("row-number", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
subsidy_case_init (SubsidyCase *self)
{
}

/* subsidy_case_new: a case of which only the number is known. */
SubsidyCase *
subsidy_case_new (gint64 id)
{
  SubsidyCase *self = g_object_new (SUBSIDY_TYPE_CASE, NULL);

  self->id = id;
  return self;
}

/* Takes what a list shows of the case, and tells of every property at once. */
void
subsidy_case_fill (SubsidyCase    *self,
                   SubsidySummary *summary)
{
  subsidy_summary_free (self->summary);
  self->summary = summary;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_LOADED; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

gint64
subsidy_case_get_id (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), 0);

  return self->id;
}

const char *
subsidy_case_get_name (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->summary != NULL ? self->summary->name : NULL;
}

const char *
subsidy_case_get_county (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->summary != NULL ? self->summary->county : NULL;
}

const char *
subsidy_case_get_policy (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->summary != NULL ? self->summary->policy : NULL;
}

SubsidyOutcome
subsidy_case_get_outcome (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self) && self->summary != NULL, SUBSIDY_PERSON);

  return self->summary->outcome;
}

gint64
subsidy_case_get_amount (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), 0);

  return self->summary != NULL ? self->summary->amount : 0;
}

guint
subsidy_case_get_revision (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), 0);

  return self->summary != NULL ? self->summary->revision : 0;
}

/* subsidy_case_get_version: of the policy that decided what is stored. */
const char *
subsidy_case_get_version (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->summary != NULL ? self->summary->version : NULL;
}

/* subsidy_case_get_decided_on: the day for which it was decided, as 2025-06-30. */
const char *
subsidy_case_get_decided_on (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->summary != NULL ? self->summary->decided_on : NULL;
}

/* subsidy_case_get_withdrawn_at: when it was withdrawn, in UTC; NULL if it was not. */
const char *
subsidy_case_get_withdrawn_at (SubsidyCase *self)
{
  g_return_val_if_fail (SUBSIDY_IS_CASE (self), NULL);

  return self->summary != NULL ? self->summary->withdrawn_at : NULL;
}
