/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

/* One conversation with the keyring of the session, which blocks its thread. It has a connection
 * of its own to the keyring, for one that is kept does not survive a keyring that starts anew, and
 * a deadline, for a person may leave the question for the password unanswered. */
typedef struct _ShyKeyringTalk ShyKeyringTalk;

ShyKeyringTalk *shy_keyring_talk_new         (guint                 seconds,
                                              GCancellable         *cancellable);
gboolean        shy_keyring_talk_open        (ShyKeyringTalk       *self,
                                              GError              **error);
SecretService  *shy_keyring_talk_get_service (ShyKeyringTalk       *self);
GCancellable   *shy_keyring_talk_get_inner   (ShyKeyringTalk       *self);
GAsyncResult   *shy_keyring_talk_wait        (ShyKeyringTalk       *self);
void            shy_keyring_talk_ready_cb    (GObject              *source,
                                              GAsyncResult         *result,
                                              gpointer              data);
gpointer        shy_keyring_talk_hold        (ShyKeyringTalk       *self);
void            shy_keyring_talk_explain     (ShyKeyringTalk       *self,
                                              GError               *cause,
                                              GError              **error);
void            shy_keyring_talk_end         (ShyKeyringTalk       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyKeyringTalk, shy_keyring_talk_end)

G_END_DECLS
