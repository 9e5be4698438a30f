/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy-row.h"

static ShySheetFieldType
to_sheet_type (ShyPolicyType type)
{
  static const ShySheetFieldType types[] = {
    [SHY_POLICY_TYPE_TEXT] = SHY_SHEET_FIELD_TEXT,
    [SHY_POLICY_TYPE_NUMBER] = SHY_SHEET_FIELD_NUMBER,
    [SHY_POLICY_TYPE_MONEY] = SHY_SHEET_FIELD_MONEY,
    [SHY_POLICY_TYPE_DATE] = SHY_SHEET_FIELD_DATE,
    [SHY_POLICY_TYPE_MONTH] = SHY_SHEET_FIELD_MONTH,
    [SHY_POLICY_TYPE_BOOLEAN] = SHY_SHEET_FIELD_BOOLEAN,
    [SHY_POLICY_TYPE_CHOICE] = SHY_SHEET_FIELD_CHOICE,
    [SHY_POLICY_TYPE_COUNTY] = SHY_SHEET_FIELD_COUNTY,
    [SHY_POLICY_TYPE_RESIDENT_ID] = SHY_SHEET_FIELD_RESIDENT_ID,
    [SHY_POLICY_TYPE_CREDIT_CODE] = SHY_SHEET_FIELD_CREDIT_CODE,
    [SHY_POLICY_TYPE_BANK_CARD] = SHY_SHEET_FIELD_BANK_CARD,
    [SHY_POLICY_TYPE_MOBILE] = SHY_SHEET_FIELD_MOBILE,
  };

  g_assert (type < G_N_ELEMENTS (types));
  return types[type];
}

/* A header may be the field's name, its label in either language, or an alias. */
static void
add_names (ShySheetField        *field,
           const ShyPolicyField *about)
{
  if (about->label != NULL && about->label->zh_CN != NULL)
    shy_sheet_field_add_alias (field, about->label->zh_CN);
  if (about->label != NULL && about->label->en != NULL)
    shy_sheet_field_add_alias (field, about->label->en);
  for (char **alias = about->aliases; alias != NULL && *alias != NULL; alias++)
    shy_sheet_field_add_alias (field, *alias);
}

static ShySheetField *
field_new (const ShyPolicyField *about)
{
  ShySheetField *field = shy_sheet_field_new (about->name, about->several
                                                              ? SHY_SHEET_FIELD_TEXT
                                                              : to_sheet_type (about->type));
  GHashTableIter iter;
  gpointer       written, value;

  shy_sheet_field_set_required (field, about->required);
  for (char **header = about->periods; header != NULL && *header != NULL; header++)
    shy_sheet_field_add_period (field, *header);
  shy_sheet_field_set_period_end (field, about->period_end);
  if (about->unit != NULL)
    shy_sheet_field_set_unit (field, about->unit);
  add_names (field, about);
  for (char **v = about->values; v != NULL && *v != NULL; v++)
    shy_sheet_field_add_value (field, *v);

  if (about->synonyms != NULL)
    {
      g_hash_table_iter_init (&iter, about->synonyms);
      while (g_hash_table_iter_next (&iter, &written, &value))
        shy_sheet_field_add_synonym (field, written, value);
    }
  return field;
}

/* subsidy_fields_of_policy: what to look for in a spreadsheet; in the order of the pack. */
GPtrArray *
subsidy_fields_of_policy (ShyPolicy *policy)
{
  GPtrArray *abouts = shy_policy_get_fields (policy);
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < abouts->len; i++)
    g_ptr_array_add (fields, field_new (abouts->pdata[i]));

  return fields;
}
