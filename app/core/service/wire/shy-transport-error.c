/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/wire/shy-transport-error-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may be wrong with a certificate, worst first. */
static const struct
{
  GTlsCertificateFlags flag;
  const char          *reason;
} reasons[] = {
  { G_TLS_CERTIFICATE_REVOKED, N_("its certificate was revoked") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("its certificate belongs to another name") },
  { G_TLS_CERTIFICATE_EXPIRED, N_("its certificate has expired, or this computer's date is wrong") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED,
    N_("its certificate is not valid yet, or this computer's date is wrong") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_("its certificate is signed by an authority that this computer does not know") },
  { G_TLS_CERTIFICATE_INSECURE, N_("its certificate uses an unsafe method") },
};

static const char *
certificate_reason (GTlsCertificateFlags flags)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (flags & reasons[i].flag)
      return _(reasons[i].reason);

  return _("its certificate is not valid");
}

/* What GnuTLS says where something else than TLS answers; glib-networking has a code for part of it. */
#define NO_TLS "unexpected TLS packet"

static const char *
handshake_reason (const GError *error)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS) ||
      strstr (error->message, NO_TLS) != NULL)
    return _("“%s” does not speak TLS at this address: it may be a plain http service, or the port "
             "is wrong. Ask its operator for the https address.");
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return _("“%s” wants a certificate of this computer, which this program cannot show. Ask its "
             "operator for another way in.");
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return _("“%s” cannot be asked by https, because TLS is not installed on this computer. "
             "Install glib-networking.");
  return _("No safe connection with “%s” came about. It may speak plain http, or only TLCP with "
           "SM2 certificates: ask its operator for an ordinary https address or a local TLCP "
           "proxy.");
}

/* Says a reason that names the host. */
static void
set_reason (const char *reason, const char *host, GError **error)
{
  g_autoptr (GString) message = g_string_new (reason);

  g_string_replace (message, "%s", host, 1);
  g_set_error_literal (error, SHY_ERROR, SHY_ERROR_REFUSED, message->str);
}

static void
set_tls_error (const ShyTransportTrouble  *trouble,
               GError                    **error)
{
  if (trouble->certificate != 0 ||
      g_error_matches (trouble->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
                 /* Translators: a host, then one of the reasons above. */
                 _("“%s” is not trusted: %s. Ask its operator for the certificate of its authority "
                   "and name it in tls.ca_file, or pin the server's own in tls.pin_sha256."),
                 trouble->host, certificate_reason (trouble->certificate));
  else
    set_reason (handshake_reason (trouble->error), trouble->host, error);
}

/* The pin is public: whoever connects sees it. */
static void
set_pin_error (const ShyTransportTrouble  *trouble,
               GError                    **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
               _("“%s” shows another key than the one that is pinned. Somebody may stand between; "
                 "or the operator has a new key: ask, and put sha256 %s into tls.pin_sha256 if it "
                 "is theirs."),
               trouble->host, trouble->pin != NULL ? trouble->pin : "—");
}

static gboolean
is_timeout (const ShyTransportTrouble *trouble)
{
  return trouble->late || g_error_matches (trouble->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static gboolean
is_proxy_error (const GError *error)
{
  return error->domain == G_IO_ERROR &&
         (error->code == G_IO_ERROR_PROXY_FAILED || error->code == G_IO_ERROR_PROXY_AUTH_FAILED ||
          error->code == G_IO_ERROR_PROXY_NEED_AUTH || error->code == G_IO_ERROR_PROXY_NOT_ALLOWED);
}

/* Turns an error of the network into one of ours, with the host and without the query. */
void
shy_transport_set_error (const ShyTransportTrouble  *trouble,
                         GError                    **error)
{
  const GError *cause = trouble->error;

  if (cause->domain == SHY_ERROR)
    g_propagate_error (error, g_error_copy (cause));
  else if (trouble->strange)
    set_pin_error (trouble, error);
  else if (is_timeout (trouble))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                 ngettext ("“%s” did not answer within %u second.",
                           "“%s” did not answer within %u seconds.", trouble->seconds),
                 trouble->host, trouble->seconds);
  else if (cause->domain == G_RESOLVER_ERROR)
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                 _("The name “%s” is not known in this network. Check the cable, and whether the "
                   "address belongs to the government extranet."),
                 trouble->host);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
           g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                 _("No way leads from this network to “%s”. Check the cable, and whether the "
                   "address belongs to the government extranet."),
                 trouble->host);
  else if (cause->domain == G_TLS_ERROR)
    set_tls_error (trouble, error);
  else if (is_proxy_error (cause))
    shy_transport_set_proxy (trouble->host, error);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                 _("“%s” refuses connections. It may be under maintenance."), trouble->host);
  else
    g_set_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE,
                 _("The connection with “%s” broke off."), trouble->host);
}

/* The error for a proxy that wants to know who asks, or forbids. */
void
shy_transport_set_proxy (const char  *host,
                         GError     **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_REFUSED,
               _("The proxy does not let this computer through to “%s”. Check the proxy in the "
                 "system's network settings or in the description."),
               host);
}

/* Refuses plain http where a description does not allow it by name. */
void
shy_transport_set_insecure (const char  *host,
                            GError     **error)
{
  g_set_error (error, SHY_ERROR, SHY_ERROR_INVALID,
               _("“%s” is addressed by plain http, where anybody on the way can read keys and "
                 "answers. Use its https address, or allow it with allow_insecure_http."),
               host);
}

/* The error for a body that is larger than a description allows. */
GError *
shy_transport_error_size (gsize most)
{
  g_autofree char *limit = g_format_size (most);

  return g_error_new (SHY_ERROR, SHY_ERROR_LIMIT,
                      /* Translators: %s is a size such as "33.6 MB". */
                      _("The answer is larger than the %s that the description allows. Ask for "
                        "smaller pages or raise max_response_bytes."),
                      limit);
}
