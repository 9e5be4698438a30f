/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-private.h"
#include "service/describe/shy-canonical-private.h"
#include "crypto/shy-crypto-private.h"
#include "crypto/shy-key-private.h"
#include "service/describe/shy-path-private.h"
#include "service/describe/shy-service.h"
#include "service/describe/shy-transport-options-private.h"
#include "shy-error.h"

G_BEGIN_DECLS

/* A description of a service as it is in memory. Parts that hold templates stay JSON and are
 * worked out for each request. */

/* What tells success from failure in a body: a path with values, a path that exists, or any of
 * several. */
typedef struct
{
  ShyPath   *path;   /* (nullable) */
  char     **in;     /* (nullable): values, compared loosely */
  gboolean   exists; /* what is asked of the path where @in is NULL */
  GPtrArray *any;    /* (nullable) of ShySuccess */
} ShySuccess;

typedef struct
{
  gboolean    optional;
  ShySuccess *success; /* (nullable) */
  GPtrArray  *message; /* of ShyPath */
  GPtrArray  *descend; /* of ShyPath */
} ShyLayer;

typedef enum {
  SHY_ACTION_SUCCESS,
  SHY_ACTION_RETRY,
  SHY_ACTION_FAIL,
  SHY_ACTION_IGNORE,
  SHY_ACTION_RATE_LIMITED,
  SHY_ACTION_REFRESH_AUTH,
  SHY_ACTION_RESIGN,
  SHY_ACTION_STOP_STREAM,
} ShyAction;

typedef struct
{
  GArray   *http_codes;   /* (nullable) of guint */
  ShyPath  *path;         /* (nullable) */
  char    **in;           /* (nullable): of @path */
  char    **contains;     /* (nullable): parts of an error message */
  char     *content_type; /* (nullable): how it begins */
  ShyAction action;
  char     *message; /* (nullable): said instead of the server's */
} ShyFilter;

typedef enum {
  SHY_BACKOFF_CONSTANT,
  SHY_BACKOFF_EXPONENTIAL,
  SHY_BACKOFF_HEADER,
} ShyBackoffKind;

typedef struct
{
  ShyBackoffKind kind;
  double         seconds; /* of a constant one, or the factor of an exponential one */
  double         jitter;  /* part of the wait that is left to chance, 0 to 1 */
  char          *header;  /* lower case */
} ShyBackoff;

typedef struct
{
  guint      max_retries;
  GPtrArray *backoffs; /* of ShyBackoff */
  GPtrArray *filters;  /* of ShyFilter */
} ShyErrorHandler;

typedef enum {
  SHY_STEP_CALL,
  SHY_STEP_TOKEN,
  SHY_STEP_CANONICAL,
  SHY_STEP_DIGEST,
  SHY_STEP_HMAC,
  SHY_STEP_RSA_SIGN,
  SHY_STEP_SM2_SIGN,
  SHY_STEP_ENCRYPT,
  SHY_STEP_DECRYPT,
} ShyStepKind;

typedef enum {
  SHY_EXPIRES_MS,          /* epoch, milliseconds */
  SHY_EXPIRES_S,           /* epoch, seconds */
  SHY_EXPIRES_LIFETIME_MS, /* from now */
  SHY_EXPIRES_LIFETIME_S,
} ShyExpires;

/* A value that is taken from the answer to a call. */
typedef struct
{
  char      *name;
  ShyPath   *path;    /* (nullable) */
  char      *header;  /* (nullable): lower case; with neither it is the text of the body */
  GRegex    *pattern; /* (nullable) */
  ShyPath   *expires; /* (nullable) */
  ShyExpires unit;
  gint64     ttl_seconds; /* 0: for ever */
} ShyExtract;

/* One way to come by the values of a token. */
typedef struct
{
  char          *requires; /* (nullable): a stored value */
  GPtrArray     *steps;    /* of ShyStep */
  const ShyJson *request;
} ShySource;

typedef struct
{
  ShyStepKind    kind;
  char          *id;
  const ShyJson *json; /* where its templates are */

  /* call, token */
  const ShyJson *request;
  GPtrArray     *layers;   /* of ShyLayer */
  GPtrArray     *extracts; /* of ShyExtract */
  GPtrArray     *sources;  /* of ShySource */
  guint          early_seconds;

  /* canonical */
  const ShyCanonicalStyle *style;
  ShyCanonicalPairs        pairs;
  char                   **include;
  char                   **exclude;
  gboolean                 omit_last_if_empty;

  /* digest, hmac, signatures, ciphers */
  ShyDigest   digest;
  ShyEncoding encoding; /* of the result */
  ShyEncoding input_encoding;
  gboolean    input_is_text;
  gboolean    output_is_text;
  ShyCipher   cipher;
  gboolean    is_sm2;
  gboolean    java_key;
  ShyEncoding key_encoding;
  gboolean    key_is_text;
  ShyKeyForm  form;
  gboolean    prefix;
} ShyStep;

typedef enum {
  SHY_INTO_HEADER,
  SHY_INTO_QUERY,
  SHY_INTO_FORM,
  SHY_INTO_JSON,
  SHY_INTO_COOKIE,
} ShyInto;

typedef struct
{
  ShyInto     into;
  char       *member; /* (nullable): the member with "$json" it goes into */
  char       *name;
  const char *value; /* a template */
} ShyInject;

typedef enum {
  SHY_PAGER_NONE,
  SHY_PAGER_PAGE,
  SHY_PAGER_OFFSET,
  SHY_PAGER_CURSOR,
  SHY_PAGER_ROW_WINDOW,
} ShyPagerKind;

typedef enum {
  SHY_STOP_EMPTY_PAGE = 1 << 0,
  SHY_STOP_SHORT_PAGE = 1 << 1,
  SHY_STOP_TOTAL_REACHED = 1 << 2,
} ShyStops;

typedef enum {
  SHY_DUPLICATE_FAIL,
  SHY_DUPLICATE_STOP,
  SHY_DUPLICATE_IGNORE,
} ShyDuplicate;

/* A value that stands behind some layers of an answer. */
typedef struct
{
  const ShyJson *request; /* (nullable): asked for on its own */
  guint          layer;   /* the document before this layer descends */
  GPtrArray     *paths;   /* of ShyPath */
  gboolean       ignore_zero;
} ShyPlace;

typedef struct
{
  ShyPagerKind kind;
  guint        page_size;
  gint64       start_from;
  guint        unit; /* rows that a page number counts, whatever is asked for; 0: a page */
  guint        max_pages;
  ShyStops     stop;
  ShyDuplicate on_duplicate;
  ShyPlace    *total;  /* (nullable) */
  ShyPlace    *cursor; /* of SHY_PAGER_CURSOR */
  char        *start_cursor;
} ShyPager;

typedef enum {
  SHY_BOUNDS_INCLUSIVE,
  SHY_BOUNDS_EXCLUSIVE,
  SHY_BOUNDS_START_INCLUSIVE,
} ShyBounds;

typedef struct
{
  guint months;
  guint days;
  guint seconds;
} ShyDuration;

typedef struct
{
  char       *cursor_field;
  GDateTime  *start;
  ShyDuration step;
  ShyDuration lookback;
  char       *format;
  ShyBounds   bounds;
  gboolean    by_second; /* the format tells moments, not days */
} ShySync;

typedef enum {
  SHY_SHAPE_AUTO,
  SHY_SHAPE_OBJECTS,
  SHY_SHAPE_HEADER,
  SHY_SHAPE_ARRAYS,
} ShyShape;

typedef struct
{
  ShyField   field; /* aliases: what the source may call it; synonyms: what its codes mean */
  char     **formats;
  char     **nulls;
  GTimeZone *zone;
  GRegex    *pattern;
  gboolean   trim;
} ShyServiceField;

struct _ShyServiceStream
{
  char          *name;
  char          *title;
  char         **primary_key;
  GArray        *key_fields; /* of guint */
  gboolean       merges;
  double         min_complete_ratio;
  const ShyJson *requester; /* (nullable) */
  GPtrArray     *layers;    /* of ShyLayer */
  ShyPath       *records;
  ShyShape       shape;
  char         **columns;
  ShyPager       pager;
  ShySync       *sync;   /* (nullable) */
  ShyPlace      *probe;  /* (nullable) */
  GPtrArray     *fields; /* of ShyServiceField */
  GHashTable    *aliases; /* of folded source name to index of a field + 1, first wins */
};

struct _ShyService
{
  GObject             parent_instance;
  ShyJsonDocument    *json;
  char               *file;
  char               *digest; /* of the description */
  char               *id;
  char               *title;
  char               *about;
  char               *audience;
  char               *protocol;
  char               *doc_url;
  char               *licence;
  GPtrArray          *configs; /* of ShyServiceConfig */
  ShyTransportOptions transport;
  ShyCharset          charset;
  const ShyJson      *requester;
  GPtrArray          *steps;  /* of ShyStep */
  GPtrArray          *inject; /* of ShyInject */
  ShyErrorHandler     handler;
  GPtrArray          *streams; /* of ShyServiceStream */
  GPtrArray          *lookups; /* of ShyServiceLookup */
};

void shy_success_free (ShySuccess *self);
void shy_layer_free   (ShyLayer   *self);
void shy_step_free    (ShyStep    *self);
void shy_stream_free  (ShyServiceStream *self);

G_END_DECLS
