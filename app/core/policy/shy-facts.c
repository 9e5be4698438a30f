/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/shy-facts.h"

#include "shy-error.h"

struct _ShyFacts
{
  GPtrArray *facts;         /* (element-type ShyFact) (owned), in the order they were set */
  GPtrArray *unread;        /* (element-type ShyUnread) (owned), none of them in @facts */
  GPtrArray *settings;      /* (element-type ShyFact) (owned) */
  GPtrArray *grants;        /* (element-type ShyGrant) (owned) */
  GDate      on;            /* not valid: not given */
  char      *county;        /* (owned) (nullable) six digits of GB/T 2260 */
  gboolean   history_known;
  ShyWorkBudget *work;      /* (owned) (nullable): of the run that it is decided in */
};

G_DEFINE_BOXED_TYPE (ShyFacts, shy_facts, shy_facts_copy, shy_facts_free)

static void
free_fact (gpointer data)
{
  ShyFact *fact = data;

  g_free (fact->name);
  g_free (fact->text);
  g_free (fact->place);
  g_free (fact->note);
  g_free (fact->written);
  g_free (fact);
}

static gpointer
copy_fact (gconstpointer source,
           gpointer      user_data)
{
  const ShyFact *fact = source;
  ShyFact       *copy = g_new0 (ShyFact, 1);

  copy->name = g_strdup (fact->name);
  copy->type = fact->type;
  copy->text = g_strdup (fact->text);
  copy->origin = fact->origin;
  copy->place = g_strdup (fact->place);
  copy->note = g_strdup (fact->note);
  copy->written = g_strdup (fact->written);

  return copy;
}

/**
 * shy_grant_copy: (skip)
 * @self: a grant
 *
 * Returns: (transfer full): the same grant; what the earlier application said is shared, and is
 *   never changed
 */
ShyGrant *
shy_grant_copy (const ShyGrant *self)
{
  ShyGrant *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ShyGrant, 1);
  *copy = *self;
  copy->policy = g_strdup (self->policy);
  copy->person = g_strdup (self->person);
  copy->employer = g_strdup (self->employer);
  if (self->values != NULL)
    copy->values = g_hash_table_ref (self->values);

  return copy;
}

/**
 * shy_grant_free: (skip)
 * @self: (nullable): a grant
 */
void
shy_grant_free (ShyGrant *self)
{
  if (self == NULL)
    return;

  g_free (self->policy);
  g_free (self->person);
  g_free (self->employer);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_free (self);
}

static void
free_unread (gpointer data)
{
  ShyUnread *unread = data;

  g_free (unread->name);
  g_free (unread->text);
  g_free (unread->place);
  g_free (unread->problem);
  g_free (unread);
}

static gpointer
copy_unread (gconstpointer source,
             gpointer      user_data)
{
  const ShyUnread *unread = source;
  ShyUnread       *copy = g_new0 (ShyUnread, 1);

  copy->name = g_strdup (unread->name);
  copy->text = g_strdup (unread->text);
  copy->origin = unread->origin;
  copy->place = g_strdup (unread->place);
  copy->problem = g_strdup (unread->problem);

  return copy;
}

static void
free_grant (gpointer data)
{
  shy_grant_free (data);
}

static gpointer
copy_grant (gconstpointer source,
            gpointer      user_data)
{
  return shy_grant_copy (source);
}

static ShyFact *
find (GPtrArray  *facts,
      const char *name,
      guint      *index)
{
  for (guint i = 0; i < facts->len; i++)
    {
      ShyFact *fact = g_ptr_array_index (facts, i);

      if (g_str_equal (fact->name, name))
        {
          if (index != NULL)
            *index = i;
          return fact;
        }
    }

  return NULL;
}

static void
forget_unread (ShyFacts   *self,
               const char *name)
{
  for (guint i = 0; i < self->unread->len; i++)
    if (g_str_equal (((ShyUnread *) g_ptr_array_index (self->unread, i))->name, name))
      {
        g_ptr_array_remove_index (self->unread, i);
        return;
      }
}

/**
 * shy_facts_new:
 *
 * Returns: (transfer full): facts about nothing; earlier grants count as known, and none
 */
ShyFacts *
shy_facts_new (void)
{
  ShyFacts *self = g_new0 (ShyFacts, 1);

  self->facts = g_ptr_array_new_with_free_func (free_fact);
  self->unread = g_ptr_array_new_with_free_func (free_unread);
  self->settings = g_ptr_array_new_with_free_func (free_fact);
  self->grants = g_ptr_array_new_with_free_func (free_grant);
  g_date_clear (&self->on, 1);
  self->history_known = TRUE;

  return self;
}

/**
 * shy_facts_copy:
 * @self: facts
 *
 * Returns: (transfer full): the same facts, sharing nothing with @self
 */
ShyFacts *
shy_facts_copy (const ShyFacts *self)
{
  ShyFacts *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ShyFacts, 1);
  copy->facts = g_ptr_array_copy (self->facts, copy_fact, NULL);
  copy->unread = g_ptr_array_copy (self->unread, copy_unread, NULL);
  copy->settings = g_ptr_array_copy (self->settings, copy_fact, NULL);
  copy->grants = g_ptr_array_copy (self->grants, copy_grant, NULL);
  copy->on = self->on;
  copy->county = g_strdup (self->county);
  copy->history_known = self->history_known;
  copy->work = self->work != NULL ? shy_work_budget_ref (self->work) : NULL;

  return copy;
}

/**
 * shy_facts_free:
 * @self: (nullable): facts
 *
 * Frees @self with all it holds.
 */
void
shy_facts_free (ShyFacts *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->unread);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->grants);
  g_free (self->county);
  g_clear_pointer (&self->work, shy_work_budget_unref);
  g_free (self);
}

static gboolean
set_in (GPtrArray    *facts,
        const char   *name,
        ShyFieldType  type,
        const char   *text,
        ShyFactOrigin origin,
        const char   *place,
        GError      **error)
{
  g_autofree char   *normal = NULL;
  g_autoptr (GError) local = NULL;
  ShyFact           *fact;

  normal = shy_field_type_normalize (type, text, &local);
  if (normal == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID, "%s: %s", name, local->message);
      return FALSE;
    }

  fact = find (facts, name, NULL);
  if (fact == NULL)
    {
      fact = g_new0 (ShyFact, 1);
      fact->name = g_strdup (name);
      g_ptr_array_add (facts, fact);
    }
  fact->type = shy_field_type_get_base (type);
  fact->origin = origin;
  g_free (fact->text);
  fact->text = g_steal_pointer (&normal);
  g_free (fact->place);
  fact->place = g_strdup (place);
  g_clear_pointer (&fact->note, g_free);
  g_clear_pointer (&fact->written, g_free);

  return TRUE;
}

/**
 * shy_facts_set:
 * @self: facts
 * @name: the field
 * @type: what the value is
 * @text: the value, as shy_field_type_normalize() reads it
 * @origin: where it came from
 * @place: (nullable): the place within @origin
 * @error: return location for an error
 *
 * Makes a fact known, replacing what was known under @name.
 *
 * Errors: %SHY_ERROR_INVALID naming the field.
 *
 * Returns: %FALSE with @error set if @text is not of @type; nothing changed then
 */
gboolean
shy_facts_set (ShyFacts     *self,
               const char   *name,
               ShyFieldType  type,
               const char   *text,
               ShyFactOrigin origin,
               const char   *place,
               GError      **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && text != NULL, FALSE);

  if (!set_in (self->facts, name, type, text, origin, place, error))
    return FALSE;
  forget_unread (self, name);

  return TRUE;
}

/**
 * shy_facts_set_note:
 * @self: facts
 * @name: a field that is known
 * @note: (nullable): a remark, or %NULL to take it back
 *
 * Adds a remark to a fact. Does nothing if it is not known.
 */
void
shy_facts_set_note (ShyFacts   *self,
                    const char *name,
                    const char *note)
{
  ShyFact *fact;

  g_return_if_fail (self != NULL && name != NULL);

  fact = find (self->facts, name, NULL);
  if (fact == NULL)
    return;
  g_free (fact->note);
  fact->note = g_strdup (note);
}

/**
 * shy_facts_set_written:
 * @self: facts
 * @name: a field that is known
 * @written: (nullable): how it was written, or %NULL if as the fact's text
 *
 * Keeps how a fact stands where it came from, to be written back so. It decides nothing, and goes
 * with the next value. Does nothing if the fact is not known.
 */
void
shy_facts_set_written (ShyFacts   *self,
                       const char *name,
                       const char *written)
{
  ShyFact *fact;

  g_return_if_fail (self != NULL && name != NULL);

  fact = find (self->facts, name, NULL);
  if (fact == NULL)
    return;
  g_free (fact->written);
  fact->written = g_strcmp0 (written, fact->text) != 0 ? g_strdup (written) : NULL;
}

/**
 * shy_facts_remove:
 * @self: facts
 * @name: a field
 *
 * Makes a fact missing, also where something unreadable stood.
 */
void
shy_facts_remove (ShyFacts   *self,
                  const char *name)
{
  guint index;

  g_return_if_fail (self != NULL && name != NULL);

  if (find (self->facts, name, &index) != NULL)
    g_ptr_array_remove_index (self->facts, index);
  forget_unread (self, name);
}

/**
 * shy_facts_set_unread:
 * @self: facts
 * @name: the field
 * @text: what stands there, as it was written
 * @origin: where it stands
 * @place: (nullable): the place within @origin
 * @problem: why it is no value of the field, without the place
 *
 * Says that something was handed in for a field and cannot be read. For every condition it is
 * unknown; in words it is not missing: somebody has to read it again at its place.
 */
void
shy_facts_set_unread (ShyFacts      *self,
                      const char    *name,
                      const char    *text,
                      ShyFactOrigin  origin,
                      const char    *place,
                      const char    *problem)
{
  ShyUnread unread = { (char *) name, (char *) text, origin, (char *) place, (char *) problem };
  gpointer  copy;

  g_return_if_fail (self != NULL && name != NULL && text != NULL && problem != NULL);

  copy = copy_unread (&unread, NULL);
  shy_facts_remove (self, name);
  g_ptr_array_add (self->unread, copy);
}

/**
 * shy_facts_lookup_unread: (skip)
 * @self: facts
 * @name: a field
 *
 * Returns: (transfer none) (nullable): what stands there and cannot be read, %NULL if the fact is
 *   known or missing
 */
const ShyUnread *
shy_facts_lookup_unread (const ShyFacts *self,
                         const char     *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->unread->len; i++)
    {
      const ShyUnread *unread = g_ptr_array_index (self->unread, i);

      if (g_str_equal (unread->name, name))
        return unread;
    }

  return NULL;
}

/**
 * shy_facts_get_n_unread:
 * @self: facts
 *
 * Returns: for how many fields something stands there that cannot be read
 */
guint
shy_facts_get_n_unread (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->unread->len;
}

/**
 * shy_facts_get_unread: (skip)
 * @self: facts
 * @index: below shy_facts_get_n_unread()
 *
 * Returns: (transfer none): what cannot be read, in the order it was found
 */
const ShyUnread *
shy_facts_get_unread (const ShyFacts *self,
                      guint           index)
{
  g_return_val_if_fail (self != NULL && index < self->unread->len, NULL);

  return g_ptr_array_index (self->unread, index);
}

/**
 * shy_facts_lookup: (skip)
 * @self: facts
 * @name: a field
 *
 * Returns: (transfer none) (nullable): the fact, or %NULL if it is not known
 */
const ShyFact *
shy_facts_lookup (const ShyFacts *self,
                  const char     *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return find (self->facts, name, NULL);
}

/**
 * shy_facts_get_text:
 * @self: facts
 * @name: a field
 *
 * Returns: (transfer none) (nullable): the canonical text, or %NULL if the fact is not known
 */
const char *
shy_facts_get_text (const ShyFacts *self,
                    const char     *name)
{
  const ShyFact *fact = shy_facts_lookup (self, name);

  return fact != NULL ? fact->text : NULL;
}

/**
 * shy_facts_get_size:
 * @self: facts
 *
 * Returns: how many facts are known
 */
guint
shy_facts_get_size (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->len;
}

/**
 * shy_facts_get_nth: (skip)
 * @self: facts
 * @index: below shy_facts_get_size()
 *
 * Returns: (transfer none): a fact, in the order they became known
 */
const ShyFact *
shy_facts_get_nth (const ShyFacts *self,
                   guint           index)
{
  g_return_val_if_fail (self != NULL && index < self->facts->len, NULL);

  return g_ptr_array_index (self->facts, index);
}

/**
 * shy_facts_set_setting:
 * @self: facts
 * @name: a setting of the policy
 * @type: what the value is
 * @text: the value
 * @error: return location for an error
 *
 * Sets what the county decided where the policy leaves it to the county. It replaces the value
 * that the pack carries.
 *
 * Errors: %SHY_ERROR_INVALID naming the setting.
 *
 * Returns: %FALSE with @error set if @text is not of @type
 */
gboolean
shy_facts_set_setting (ShyFacts    *self,
                       const char  *name,
                       ShyFieldType type,
                       const char  *text,
                       GError     **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && text != NULL, FALSE);

  return set_in (self->settings, name, type, text, SHY_FACT_ORIGIN_TYPED, NULL, error);
}

/**
 * shy_facts_lookup_setting: (skip)
 * @self: facts
 * @name: a setting of the policy
 *
 * Returns: (transfer none) (nullable): what the county set, or %NULL if nothing was set here
 */
const ShyFact *
shy_facts_lookup_setting (const ShyFacts *self,
                          const char     *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return find (self->settings, name, NULL);
}

/**
 * shy_facts_set_on:
 * @self: facts
 * @on: (nullable): the day the application is judged, or %NULL if it is not given
 */
void
shy_facts_set_on (ShyFacts    *self,
                  const GDate *on)
{
  g_return_if_fail (self != NULL);

  if (on != NULL)
    self->on = *on;
  else
    g_date_clear (&self->on, 1);
}

/**
 * shy_facts_get_on:
 * @self: facts
 *
 * Returns: (transfer none) (nullable): the day the application is judged, if given
 */
const GDate *
shy_facts_get_on (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_date_valid (&self->on) ? &self->on : NULL;
}

/**
 * shy_facts_set_county:
 * @self: facts
 * @county: (nullable): the GB/T 2260 code of the county that judges, or %NULL
 */
void
shy_facts_set_county (ShyFacts   *self,
                      const char *county)
{
  g_autofree char *copy = g_strdup (county);

  g_return_if_fail (self != NULL);

  g_free (self->county);
  self->county = g_steal_pointer (&copy);
}

/**
 * shy_facts_get_county:
 * @self: facts
 *
 * Returns: (transfer none) (nullable): the code of the county that judges, if given
 */
const char *
shy_facts_get_county (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->county;
}

/**
 * shy_facts_forget_past:
 * @self: facts
 *
 * Takes out what was not the applicant's to say: earlier grants and what the county set. Whoever
 * decides again looks both up again.
 */
void
shy_facts_forget_past (ShyFacts *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->grants, 0);
  g_ptr_array_set_size (self->settings, 0);
}

/**
 * shy_facts_add_grant: (skip)
 * @self: facts
 * @grant: an earlier grant
 *
 * Adds a copy of @grant to what was granted before.
 */
void
shy_facts_add_grant (ShyFacts       *self,
                     const ShyGrant *grant)
{
  g_return_if_fail (self != NULL && grant != NULL && grant->policy != NULL);
  g_return_if_fail (g_date_valid (&grant->date));

  g_ptr_array_add (self->grants, shy_grant_copy (grant));
}

/**
 * shy_facts_get_n_grants:
 * @self: facts
 *
 * Returns: how many earlier grants are known
 */
guint
shy_facts_get_n_grants (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->grants->len;
}

/**
 * shy_facts_get_grant: (skip)
 * @self: facts
 * @index: below shy_facts_get_n_grants()
 *
 * Returns: (transfer none): an earlier grant
 */
const ShyGrant *
shy_facts_get_grant (const ShyFacts *self,
                     guint           index)
{
  g_return_val_if_fail (self != NULL && index < self->grants->len, NULL);

  return g_ptr_array_index (self->grants, index);
}

/**
 * shy_facts_set_history_known:
 * @self: facts
 * @known: whether earlier grants were looked up
 *
 * Says that the grants in @self are all there were, or that they could not be looked up (because
 * the person is not identified, or the register is not as it was stored); a person judges limits then.
 */
void
shy_facts_set_history_known (ShyFacts *self,
                             gboolean  known)
{
  g_return_if_fail (self != NULL);

  self->history_known = known;
}

/**
 * shy_facts_get_history_known:
 * @self: facts
 *
 * Returns: whether the grants in @self are all there were
 */
gboolean
shy_facts_get_history_known (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->history_known;
}

/**
 * shy_facts_set_work_budget:
 * @self: facts
 * @budget: (nullable): what all decisions of a run may take together
 *
 * Makes decisions and whatever else is worked out from these facts part of a run. Copies are, too.
 */
void
shy_facts_set_work_budget (ShyFacts      *self,
                           ShyWorkBudget *budget)
{
  g_return_if_fail (self != NULL);

  if (budget != NULL)
    shy_work_budget_ref (budget);
  g_clear_pointer (&self->work, shy_work_budget_unref);
  self->work = budget;
}

/**
 * shy_facts_get_work_budget:
 * @self: facts
 *
 * Returns: (transfer none) (nullable): the budget of the run, or %NULL if it is decided alone
 */
ShyWorkBudget *
shy_facts_get_work_budget (const ShyFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->work;
}
