/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty.h"

#define GOOD "good.pem"

struct _FaultyServer
{
  WireServer *server;
  WireServer *secure; /* (nullable): the same by https, for servers that redirect there */
  char       *base;
};

static WireServer *
serve (Faults *faults, WireSecurity security, const char *folder, const char *file, guint16 port,
       GError **error)
{
  g_autofree char            *path = file != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (path != NULL)
    {
      certificate = g_tls_certificate_new_from_file (path, error);
      if (certificate == NULL)
        return NULL;
    }
  return wire_server_new (faults_answer, faults, security, certificate, port, error);
}

/* @tls_folder holds the certificates; see tests/data/tls. @port may be 0 for any that is free. */
FaultyServer *
faulty_server_start (Faults *faults, guint16 port, const char *tls_folder, GError **error)
{
  g_autoptr (FaultyServer) self = g_new0 (FaultyServer, 1);
  WireSecurity             security = faults_get_security (faults);

  self->server = serve (faults, security, tls_folder, faults_get_certificate (faults), port, error);
  if (self->server == NULL)
    return NULL;
  if (faults_needs_secure (faults))
    {
      self->secure = serve (faults, WIRE_TLS, tls_folder, GOOD, 0, error);
      if (self->secure == NULL)
        return NULL;
      faults_set_secure_port (faults, wire_server_get_port (self->secure));
    }
  self->base = g_strdup_printf ("%s://%s:%u", security == WIRE_PLAIN ? "http" : "https",
                                faults_get_host (faults), wire_server_get_port (self->server));
  return g_steal_pointer (&self);
}

const char *
faulty_server_get_base (FaultyServer *self)
{
  return self->base;
}

/* How many requests came so far. */
guint
faulty_server_count (FaultyServer *self)
{
  return wire_server_count (self->server) + faulty_server_count_secure (self);
}

/* How many of them by https, where the server sent them. */
guint
faulty_server_count_secure (FaultyServer *self)
{
  return self->secure != NULL ? wire_server_count (self->secure) : 0;
}

void
faulty_server_stop (FaultyServer *self)
{
  g_clear_pointer (&self->server, wire_server_free);
  g_clear_pointer (&self->secure, wire_server_free);
  g_free (self->base);
  g_free (self);
}
