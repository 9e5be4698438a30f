/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What went wrong below HTTP, to be said in words that help. */
typedef struct
{
  const char          *host;
  guint                seconds;     /* that were waited */
  gboolean             late;        /* the deadline of the whole request passed */
  gboolean             strange;     /* its certificate is not the one that is pinned */
  const char          *pin;         /* (nullable): of the key that the server showed */
  GTlsCertificateFlags certificate; /* what is wrong with the server's certificate */
  const GError        *error;
} ShyTransportTrouble;

void    shy_transport_set_error    (const ShyTransportTrouble  *trouble,
                                    GError                    **error);
void    shy_transport_set_insecure (const char                 *host,
                                    GError                    **error);
void    shy_transport_set_proxy    (const char                 *host,
                                    GError                    **error);
GError *shy_transport_error_size   (gsize                       most);

G_END_DECLS
