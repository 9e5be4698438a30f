/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/shy-import-target.h"

#include <string.h>

/**
 * ShyImportTarget:
 *
 * Where the rows of a spreadsheet go: which fields they have, what becomes of each, and how they are
 * stored. Everything else of an import is [class@Import].
 */
typedef struct
{
  char *id;    /* (owned) */
  char *title; /* (owned) */
  char *label; /* (owned) (nullable) */
  char *hint;  /* (owned) (nullable) */
} ShyImportTargetPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ShyImportTarget, shy_import_target, G_TYPE_OBJECT)

typedef enum { PROP_ID = 1, PROP_TITLE, PROP_LABEL, PROP_HINT } ShyImportTargetProperty;
static GParamSpec *properties[PROP_HINT + 1];

static void
shy_import_target_finalize (GObject *object)
{
  ShyImportTargetPrivate *self = shy_import_target_get_instance_private (SHY_IMPORT_TARGET (object));

  g_free (self->id);
  g_free (self->title);
  g_free (self->label);
  g_free (self->hint);

  G_OBJECT_CLASS (shy_import_target_parent_class)->finalize (object);
}

static char **
find_property (ShyImportTarget *target,
               guint            property)
{
  ShyImportTargetPrivate *self = shy_import_target_get_instance_private (target);

  switch ((ShyImportTargetProperty) property)
    {
    case PROP_ID:
      return &self->id;
    case PROP_TITLE:
      return &self->title;
    case PROP_LABEL:
      return &self->label;
    case PROP_HINT:
      return &self->hint;
    default:
      return NULL;
    }
}

static void
shy_import_target_get_property (GObject    *object,
                                guint       property,
                                GValue     *value,
                                GParamSpec *pspec)
{
  char **text = find_property (SHY_IMPORT_TARGET (object), property);

  if (text != NULL)
    g_value_set_string (value, *text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
shy_import_target_set_property (GObject      *object,
                                guint         property,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  char **text = find_property (SHY_IMPORT_TARGET (object), property);

  if (text != NULL)
    *text = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
shy_import_target_class_init (ShyImportTargetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = shy_import_target_finalize;
  object_class->get_property = shy_import_target_get_property;
  object_class->set_property = shy_import_target_set_property;

  /**
   * ShyImportTarget:id:
   *
   * Under which name recipes and files are remembered: the family of the records, a colon and which
   * of them, as `subsidy:zj-postdoc-grant`, or the family alone.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  /**
   * ShyImportTarget:title:
   *
   * What it is, for people.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * ShyImportTarget:label:
   *
   * What stands among others to choose from; the title if there is none.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  /**
   * ShyImportTarget:hint:
   *
   * What is to be read of it by whoever looks closer.
   */
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
shy_import_target_init (ShyImportTarget *self)
{
}

/**
 * shy_import_target_get_id:
 * @self: a target
 *
 * Returns: under which name recipes and files are remembered
 */
const char *
shy_import_target_get_id (ShyImportTarget *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT_TARGET (self), NULL);

  return ((ShyImportTargetPrivate *) shy_import_target_get_instance_private (self))->id;
}

/**
 * shy_import_target_get_title:
 * @self: a target
 *
 * Returns: what it is, for people
 */
const char *
shy_import_target_get_title (ShyImportTarget *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT_TARGET (self), NULL);

  return ((ShyImportTargetPrivate *) shy_import_target_get_instance_private (self))->title;
}

/**
 * shy_import_target_get_label:
 * @self: a target
 *
 * Returns: what stands among others to choose from
 */
const char *
shy_import_target_get_label (ShyImportTarget *self)
{
  ShyImportTargetPrivate *private = shy_import_target_get_instance_private (self);

  g_return_val_if_fail (SHY_IS_IMPORT_TARGET (self), NULL);

  return private->label != NULL ? private->label : private->title;
}

/**
 * shy_import_target_get_hint:
 * @self: a target
 *
 * Returns: (nullable): what is to be read of it by whoever looks closer
 */
const char *
shy_import_target_get_hint (ShyImportTarget *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT_TARGET (self), NULL);

  return ((ShyImportTargetPrivate *) shy_import_target_get_instance_private (self))->hint;
}

/**
 * shy_import_target_dup_family:
 * @self: a target
 *
 * Returns: (transfer full): the first part of its name, with which the journal names what is taken in
 */
char *
shy_import_target_dup_family (ShyImportTarget *self)
{
  const char *id = shy_import_target_get_id (self);

  g_return_val_if_fail (id != NULL, NULL);

  return g_strndup (id, strcspn (id, ":"));
}

/**
 * shy_import_target_dup_fields:
 * @self: a target
 *
 * Returns: (transfer full) (element-type ShyField): what is looked for in a spreadsheet
 */
GPtrArray *
shy_import_target_dup_fields (ShyImportTarget *self)
{
  g_return_val_if_fail (SHY_IS_IMPORT_TARGET (self), NULL);

  return SHY_IMPORT_TARGET_GET_CLASS (self)->dup_fields (self);
}

/**
 * shy_import_row_new: (skip)
 * @number: its number among the rows that are data
 * @row: the row of the sheet
 * @n_fields: how many fields there are
 *
 * Returns: (transfer full): a row that is ready, with nothing in it
 */
ShyImportRow *
shy_import_row_new (guint number,
                    guint row,
                    guint n_fields)
{
  ShyImportRow *self = g_new0 (ShyImportRow, 1);

  self->number = number;
  self->row = row;
  self->n_fields = n_fields;
  self->texts = g_new0 (char *, n_fields);
  self->faults = g_new0 (char *, n_fields);
  return self;
}

/**
 * shy_import_row_free: (skip)
 * @self: a row
 *
 * Frees a row with what the target keeps of it.
 */
void
shy_import_row_free (ShyImportRow *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    {
      g_free (self->texts[i]);
      g_free (self->faults[i]);
    }
  g_free (self->texts);
  g_free (self->faults);
  g_free (self->title);
  g_free (self->label);
  g_free (self->words);
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

/**
 * shy_import_row_set_fault: (skip)
 * @self: a row
 * @field: the index of a field
 * @message: what is wrong with its cell, translated
 *
 * Notes the first thing that is wrong with a cell.
 */
void
shy_import_row_set_fault (ShyImportRow *self,
                          guint         field,
                          const char   *message)
{
  g_return_if_fail (field < self->n_fields);

  if (self->faults[field] == NULL)
    self->faults[field] = g_strdup (message);
}

/**
 * shy_import_summary_new: (skip)
 *
 * Returns: (transfer full): a summary that says nothing
 */
ShyImportSummary *
shy_import_summary_new (void)
{
  ShyImportSummary *self = g_new0 (ShyImportSummary, 1);

  self->changes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * shy_import_summary_free: (skip)
 * @self: a summary
 *
 * Frees it.
 */
void
shy_import_summary_free (ShyImportSummary *self)
{
  g_free (self->totals);
  g_free (self->basis);
  g_free (self->changed);
  g_ptr_array_unref (self->changes);
  g_free (self);
}
