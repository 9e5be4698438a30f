/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How one service is spoken to; what a description's "transport" says. */
typedef struct
{
  guint    timeout_seconds;     /* without a byte */
  guint    deadline_seconds;    /* for a whole request */
  double   requests_per_second; /* 0: as fast as it answers */
  guint    max_concurrency;     /* requests at a time, at least 1 */
  gsize    max_response_bytes;  /* of a body, before and after its decompression */
  gboolean cookies;             /* keep them: nodes behind one address disagree otherwise */
  gboolean http1_only;
  gboolean same_host_redirects; /* follow a redirect of a GET to the same host */
  gboolean allow_insecure_http;
  char    *user_agent;          /* (nullable) */
  char    *proxy;               /* (nullable): "none" for no proxy, else its URI */
  char    *ca_file;             /* (nullable): absolute path, beside the system's */
  char    *pin_sha256;          /* (nullable): of the server's key or certificate, see shy-pin */
} ShyTransportOptions;

/* In which characters its answers are written. */
typedef enum {
  SHY_CHARSET_AUTO,    /* UTF-16 by its mark, then UTF-8 where it is valid, then GB18030 */
  SHY_CHARSET_UTF_8,
  SHY_CHARSET_GB18030,
} ShyCharset;

G_END_DECLS
