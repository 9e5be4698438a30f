/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Totals and pages that do not fit together. */

#define CAP  50 /* rows a page at most, whatever is asked for */
#define UNIT 5  /* rows by which a page number moves on, whatever the page's size */
#define OVERLAP 20 /* rows that a page repeats */
#define STEP 3  /* rows by which totals move */

/* The rows from @first on, as many of @count as there are. */
static void
choose (ProvincePage *page, guint64 first, guint64 count)
{
  page->first = first;
  page->count = first < page->total ? MIN (count, page->total - first) : 0;
}

/* The number in the request, for the province gives no rows behind its last and counts from 1. */
static guint64
asked_number (const Strike *self)
{
  g_autofree char       *body = wire_request_dup_text (self->request);
  g_autofree char       *all = g_strconcat (self->request->target, "\n", body, NULL);
  g_autoptr (GRegex)     regex = g_regex_new ("(?:pageNum|pageNo|page)[^0-9A-Za-z]+([0-9]+)", 0, 0,
                                              NULL);
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char       *number = g_regex_match (regex, all, 0, &info)
                                    ? g_match_info_fetch (info, 1)
                                    : NULL;

  return number != NULL ? g_ascii_strtoull (number, NULL, 10) : 1;
}

/* How many pages go before this one. The size that is asked for is that of the first that comes. */
static guint64
page_number (Strike *self, const ProvincePage *page)
{
  guint64 number = asked_number (self);

  if (self->size == 0)
    self->size = MAX (1, page->count);
  return number > 0 ? number - 1 : 0;
}

static void
grow_total (Strike *self, ProvincePage *page)
{
  page->total += STEP * self->number++;
}

static void
shrink_total (Strike *self, ProvincePage *page)
{
  guint64 by = STEP * self->number++;

  page->total -= MIN (by, page->total);
}

static void
halve_total (Strike *self, ProvincePage *page)
{
  page->total /= 2;
}

/* Once the first page, or the total, was asked for, the first row is gone. */
static void
remove_row (Strike *self, ProvincePage *page)
{
  if (page->first == 0 && self->number++ == 0)
    return;
  choose (page, page->first + 1, page->count);
  page->total--;
}

/* Two machines behind one address disagree, but the cookie holds on to one. */
static void
swap_nodes (Strike *self, ProvincePage *page)
{
  const char *cookie = wire_request_header (self->request, "cookie");
  gboolean    second = cookie != NULL ? strstr (cookie, "node=2") != NULL : self->number++ % 2;

  if (second)
    page->total += STEP;
}

static void
set_cookie (Strike *self, WireReply *reply)
{
  if (wire_request_header (self->request, "cookie") == NULL)
    wire_reply_set (reply, "Set-Cookie", self->number % 2 ? "node=1; Path=/" : "node=2; Path=/");
}

/* Sorted otherwise for each page: one row comes again, and one is passed over. A page that was
 * asked for before is right. */
static void
overlap_once (Strike *self, ProvincePage *page)
{
  if (page->first == 0)
    self->number++;
  if (page->first > 0 && self->number == 1)
    page->first--;
}

static void
overlap (Strike *self, ProvincePage *page)
{
  if (page->first > 0)
    page->first--;
}

/* Every page repeats the last rows of the one before, and none is missing. */
static void
overlap_all (Strike *self, ProvincePage *page)
{
  guint64 number = page_number (self, page);

  choose (page, number * (self->size - OVERLAP), self->size);
}

static void
same_page (Strike *self, ProvincePage *page)
{
  page_number (self, page);
  choose (page, 0, self->size);
}

static void
last_page (Strike *self, ProvincePage *page)
{
  page_number (self, page);
  if (page->first >= page->total && page->total > 0)
    choose (page, (page->total - 1) / self->size * self->size, self->size);
}

static void
cap_numbered (Strike *self, ProvincePage *page)
{
  choose (page, page_number (self, page) * CAP, CAP);
}

static void
cap_rows (Strike *self, ProvincePage *page)
{
  page->count = MIN (page->count, CAP);
}

static void
fix_unit (Strike *self, ProvincePage *page)
{
  guint64 number = page_number (self, page);

  choose (page, number * UNIT, self->size);
}

static void
from_zero (Strike *self, ProvincePage *page)
{
  page_number (self, page);
  choose (page, asked_number (self) * self->size, self->size);
}

static void
no_rows (Strike *self, ProvincePage *page)
{
  page->first = page->count = page->total = 0;
}

static void
half_of_rows (Strike *self, ProvincePage *page)
{
  page->total /= 2;
  choose (page, page->first, page->count);
}

const Fault faults_of_pages[] = {
  { .name = "F18-grows", .what = "the total grows from page to page", .of_totals = TRUE,
    .page = grow_total },
  { .name = "F18-shrinks", .what = "the total shrinks from page to page", .of_totals = TRUE,
    .page = shrink_total },
  { .name = "F18-half", .what = "the total is half of what is there", .of_totals = TRUE,
    .page = halve_total },
  { .name = "F18-removed", .what = "a row is removed between pages", .of_totals = TRUE,
    .page = remove_row },
  { .name = "F18-nodes", .what = "two nodes with two totals, told apart by a cookie",
    .of_totals = TRUE, .page = swap_nodes, .reply = set_cookie },
  { .name = "F19-once", .what = "pages overlap when they are first asked for",
    .page = overlap_once },
  { .name = "F19-always", .what = "pages overlap, so that rows are missing", .page = overlap },
  { .name = "F19-overlap", .what = "pages overlap, and all rows are there", .page = overlap_all },
  { .name = "F20-same", .what = "every page is the first", .page = same_page },
  { .name = "F20-last", .what = "behind the last page it comes again", .page = last_page },
  { .name = "F21-numbered", .what = "50 rows a page at most, numbers count pages of 50",
    .page = cap_numbered },
  { .name = "F21-rows", .what = "50 rows at most, from the row that is asked for",
    .page = cap_rows },
  { .name = "F21-unit", .what = "each page begins 5 rows behind the one before",
    .page = fix_unit },
  { .name = "F22-zero", .what = "pages are counted from 0", .page = from_zero },
  { .name = "F40-none", .what = "no rows, and no failure", .of_totals = TRUE,
    .page = no_rows },
  { .name = "F40-half", .what = "half of the rows, and no failure", .of_totals = TRUE,
    .page = half_of_rows },
  { NULL },
};
