/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A gateway on loopback in a thread of its own, that checks what is signed. All rows are made
 * up. */

#define ROWS 450
#define EMPLOYERS 250

typedef enum {
  ENVELOPE_STATUS, /* {"status": 1, "data": […]} */
  ENVELOPE_ROWS,   /* {"success": true, "total": n, "rows": […]} */
  ENVELOPE_TRIPLE, /* {"code": "1", "data": {"data": "[…]"}} */
} Envelope;

typedef struct
{
  GThread    *thread;
  GMainLoop  *loop;
  SoupServer *server;
  GMutex      lock;
  GCond       ready;
  char       *base;

  Envelope envelope;
  guint    hits;
  guint    refuse_once; /* requests that are refused with code 14, or fail with 503 */
  guint    rotations;   /* of the secret of Z2 */
  guint    by_key;
  guint    by_secret;
  gboolean same_page;   /* the page number is not looked at */
  guint    capped;      /* rows a page at most, 0 for no limit */
  gboolean masked;      /* names of employers have a star */
  gboolean emptied;     /* employers have no level any more, and something new */
  guint    repeats;     /* every so many employers one has the key of the one before */
  guint    years;       /* that are added to the year of employers */
  guint    rows;        /* of employers */
  const char *etag;     /* (nullable): of employers */
  const char *packs;     /* (nullable): an update, which is the one row of its stream */
  const char *calendars; /* (nullable): the same */
  gboolean lists;       /* employers come as lists, with the names of columns first */
  gboolean overlap;     /* even pages of job fairs are answered when the next one is asked for */
  int      unit;        /* rows that a page number of job fairs counts, 0 for the size asked for */
  guint    bad_page;    /* a page of job fairs that fails, 0 for none */
  SoupServerMessage *held[16]; /* by page */
  gboolean seen[17];           /* by page */
  gboolean family;      /* the sign service follows the rule of its family */
  gboolean quoted;      /* and writes " as &quot; */
  const char *sign_type; /* (nullable): what it calls its answer */
  const char *sign_page; /* (nullable): what it answers instead of a signature */

  /* What Z2 answers instead of vacancies, if anything: to one question. */
  const char *reply;
  guint       status; /* 0: 200 */
  gboolean    hangs;  /* never answers */
  char       *asked;  /* (owned): the body of the last question */
  char       *addresses; /* (owned): those of all requests, with their queries */
} Gateway;

void gateway_set_up    (Gateway       *self,
                        gconstpointer  data);
void gateway_tear_down (Gateway       *self,
                        gconstpointer  data);

G_END_DECLS
