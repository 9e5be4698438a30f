/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "update/shy-update-review-private.h"

#include "shy-version.h"
#include "update/shy-policies.h"
#include "update/shy-rehearsal.h"
#include "update/shy-update-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* Of the register the newest are tried: they say most about what comes. */
#define MOST_APPLICATIONS 500

/* Policies of this name are there to practise on: no real one is called so. */
#define SAMPLE_PREFIX "sample-"

/**
 * shy_update_basis_load: (skip)
 * @store: (nullable): the register for which updates are looked at
 *
 * Reads what updates are held against: what is installed, and whose keys are trusted. Blocks.
 *
 * Returns: (transfer full): the basis
 */
ShyUpdateBasis *
shy_update_basis_load (ShyStore *store)
{
  ShyUpdateBasis *self = g_new0 (ShyUpdateBasis, 1);

  self->policies = shy_policies_load_from_store (store, NULL);
  if (self->policies == NULL)
    self->policies = shy_policy_registry_new ();
  self->calendar = shy_calendar_load (NULL);
  self->signers = shy_update_signers_load ();
  return self;
}

/**
 * shy_update_basis_free: (skip)
 * @self: (nullable): a basis
 */
void
shy_update_basis_free (ShyUpdateBasis *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->policies);
  g_clear_object (&self->calendar);
  shy_update_signers_free (self->signers);
  g_free (self);
}

static void
free_check (gpointer data)
{
  ShyUpdateCheck *check = data;

  g_free (check->sentence);
  g_free (check);
}

/* Takes @sentence over. */
void
shy_update_review_add (ShyUpdateReview  *self,
                       const char       *name,
                       const char       *title,
                       ShyUpdateFinding  finding,
                       char             *sentence)
{
  ShyUpdateCheck *check = g_new0 (ShyUpdateCheck, 1);

  check->name = name;
  check->title = title;
  check->finding = finding;
  check->sentence = sentence;
  g_ptr_array_add (self->checks, check);
  if (finding == SHY_UPDATE_FAILED)
    self->acceptable = FALSE;
}

/* A fingerprint as it is read out on the telephone: its first sixteen digits. */
static char *
shorten_fingerprint (const char *fingerprint)
{
  return g_strdup_printf ("%.4s %.4s %.4s %.4s", fingerprint, fingerprint + 4, fingerprint + 8,
                          fingerprint + 12);
}

/* The key of the sample province is published, so anybody may sign with it: it is good for the
 * province's own services alone, and for nothing that really decides. */
static gboolean
check_sample (ShyUpdateReview *self)
{
  const char *title = _("Signer");

  if (!self->update->sample)
    shy_update_review_add (self, "signer", title, SHY_UPDATE_FAILED,
                           g_strdup (_("It is signed with the published key of the sample "
                                       "province, but does not come from a sample service. "
                                       "Discard it.")));
  else if (self->update->kind != SHY_UPDATE_POLICY_PACK ||
           !g_str_has_prefix (self->update->id, SAMPLE_PREFIX))
    shy_update_review_add (self, "signer", title, SHY_UPDATE_FAILED,
                           g_strdup (_("It comes from the sample province, which may not change "
                                       "what really decides. Look at it, then discard it.")));
  else
    return TRUE;
  return FALSE;
}

static const ShyUpdateSigner *
check_signer (ShyUpdateReview *self, const ShyUpdateBasis *basis)
{
  const ShyUpdateSigner *signer = shy_update_signers_find (basis->signers, self->update->signer);
  g_autofree char       *fingerprint = shorten_fingerprint (self->update->signer);

  if (signer == NULL)
    {
      shy_update_review_add (
        self, "signer", _("Signer"), SHY_UPDATE_FAILED,
        /* Translators: %s is the beginning of a key's fingerprint. */
        g_strdup_printf (_("The key %s… is not one that the bureau trusts. Ask the issuer for the "
                           "public key, compare its fingerprint with them, and put it into the "
                           "folder of trusted signers."), fingerprint));
      return NULL;
    }
  if (signer->sample)
    return check_sample (self) ? signer : NULL;
  shy_update_review_add (self, "signer", _("Signer"), SHY_UPDATE_FINE,
                         /* Translators: a name and the beginning of a key's fingerprint. */
                         g_strdup_printf (_("%s, key %s…"), signer->name, fingerprint));
  return signer;
}

static gboolean
check_signature (ShyUpdateReview *self, const ShyUpdateSigner *signer)
{
  gboolean right = shy_update_is_signed_by (self->update, signer->key);

  shy_update_review_add (self, "signature", _("Signature"),
                         right ? SHY_UPDATE_FINE : SHY_UPDATE_FAILED,
                         g_strdup (right ? _("The signature is right: nothing was changed since "
                                             "it was signed.")
                                         : _("The signature does not fit: the update was changed "
                                             "after it was signed. Ask its issuer for it "
                                             "again.")));
  if (right && signer->sample)
    shy_update_review_add (self, "sample", _("Sample"), SHY_UPDATE_ATTENTION,
                           g_strdup (_("It comes from the sample province, to practise on. It is "
                                       "no real policy.")));
  if (right)
    self->signer = g_strdup (signer->sample ? _("Sample province") : signer->name);
  return right;
}

/*< private >
 * shy_update_review_version:
 * @self: a review
 * @newest: (nullable): the newest version that is installed
 *
 * Checks that the update is newer than what is installed.
 *
 * Returns: whether it is
 */
gboolean
shy_update_review_version (ShyUpdateReview *self, const char *newest)
{
  const char *version = self->update->version;
  int         order = newest != NULL ? shy_version_compare (version, newest) : 1;
  char       *sentence;

  if (self->update->state != SHY_UPDATE_WAITING)
    return TRUE;
  if (newest == NULL)
    /* Translators: %s is a version. */
    sentence = g_strdup_printf (_("Version %s; none is installed yet."), version);
  else if (order > 0)
    sentence = g_strdup_printf (_("Version %s follows version %s."), version, newest);
  else if (order == 0)
    sentence = g_strdup_printf (_("Version %s is installed already. Discard the update."), version);
  else
    sentence = g_strdup_printf (_("Version %s is older than version %s, which is installed. To go "
                                  "back, take that one back instead."), version, newest);
  shy_update_review_add (self, "version", _("Version"),
                         order > 0 ? SHY_UPDATE_FINE : SHY_UPDATE_FAILED, sentence);
  return order > 0;
}

static ShyUpdateReview *
review_new (ShyUpdate *update)
{
  ShyUpdateReview *self = g_new0 (ShyUpdateReview, 1);

  self->update = shy_update_ref (update);
  self->checks = g_ptr_array_new_with_free_func (free_check);
  self->changes = g_ptr_array_new ();
  self->acceptable = TRUE;
  return self;
}

/**
 * shy_update_review: (skip)
 * @update: an update
 * @basis: what it is held against
 *
 * Looks at an update: whether its signature is right and trusted, whether it is newer than what is
 * installed, whether its content is in order, what it changes, and what it would decide otherwise.
 * The content of an update that is not trusted is not read. Blocks, for as long as the cases of a
 * policy take.
 *
 * Returns: (transfer full): what was found
 */
ShyUpdateReview *
shy_update_review (ShyUpdate            *update,
                   const ShyUpdateBasis *basis)
{
  ShyUpdateReview       *self;
  const ShyUpdateSigner *signer;

  g_return_val_if_fail (update != NULL && basis != NULL, NULL);

  self = review_new (update);
  signer = check_signer (self, basis);
  if (signer == NULL || !check_signature (self, signer))
    shy_update_review_add (self, "contents", _("Contents"), SHY_UPDATE_SKIPPED,
                           g_strdup (_("Not read, because the update cannot be trusted.")));
  else if (update->kind == SHY_UPDATE_POLICY_PACK)
    shy_update_review_read_policy (self, basis);
  else
    shy_update_review_read_calendar (self, basis);
  if (self->title == NULL)
    self->title = g_strdup (update->id);
  return self;
}

/**
 * shy_update_review_try: (skip)
 * @self: a review
 * @store: the database
 * @kept: (element-type ShyRehearsal): where applications may be kept
 * @error: return location for an error
 *
 * Decides the newest applications that are kept by both versions of the policy, as if nobody had been
 * granted anything before, and adds what comes out otherwise. Stores nothing. Blocks.
 *
 * Returns: whether they could be read
 */
gboolean
shy_update_review_try (ShyUpdateReview  *self,
                       ShyStore         *store,
                       GPtrArray        *kept,
                       GError          **error)
{
  g_return_val_if_fail (self != NULL && kept != NULL, FALSE);

  for (guint i = 0; self->new_policy != NULL && i < kept->len; i++)
    {
      g_autoptr (GPtrArray) facts = shy_rehearsal_load_applications (
        kept->pdata[i], store, self->old_policy, MOST_APPLICATIONS, error);

      if (facts == NULL)
        return FALSE;
      if (facts->len > 0 && self->applications == NULL)
        self->applications = shy_update_rehearse_facts (self->old_policy, self->new_policy, facts);
    }
  return TRUE;
}

/**
 * shy_update_review_free: (skip)
 * @self: (nullable): a review
 */
void
shy_update_review_free (ShyUpdateReview *self)
{
  if (self == NULL)
    return;
  shy_update_unref (self->update);
  g_free (self->title);
  g_free (self->signer);
  g_free (self->before);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->changes);
  shy_update_rehearsal_free (self->rehearsal);
  shy_update_rehearsal_free (self->applications);
  g_clear_object (&self->old_policy);
  g_clear_object (&self->new_policy);
  g_free (self);
}

/**
 * shy_update_review_get_reason: (skip)
 * @self: a review
 *
 * Returns: (nullable): why it cannot be accepted, %NULL if it can
 */
const char *
shy_update_review_get_reason (const ShyUpdateReview *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      const ShyUpdateCheck *check = self->checks->pdata[i];

      if (check->finding == SHY_UPDATE_FAILED)
        return check->sentence;
    }
  return NULL;
}

/**
 * shy_update_finding_to_word: (skip)
 * @finding: a finding
 *
 * Returns: the word for programs: "fine", "attention", "failed" or "skipped"
 */
const char *
shy_update_finding_to_word (ShyUpdateFinding finding)
{
  static const char *const words[] = { "fine", "attention", "failed", "skipped" };

  g_return_val_if_fail (finding < G_N_ELEMENTS (words), NULL);

  return words[finding];
}

/**
 * shy_update_finding_to_label: (skip)
 * @finding: a finding
 *
 * Returns: what people call it, translated
 */
const char *
shy_update_finding_to_label (ShyUpdateFinding finding)
{
  static const char *const labels[] = {
    NC_ ("a check", "In order"), NC_ ("a check", "Look at this"), NC_ ("a check", "Failed"),
    NC_ ("a check", "Not looked at"),
  };

  g_return_val_if_fail (finding < G_N_ELEMENTS (labels), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "a check", labels[finding]);
}
