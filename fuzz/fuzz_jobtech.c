/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>

#include "market/jobtech.h"
#include "market/market.h"

/* Any bytes as advertisements: every row that is written is one record for our own reader. */

struct conversion {
	struct lg_jobtech *jobtech;
	struct lg_buf openings;
	struct lg_jobtech_account account;
	size_t taken;
};

static const struct lg_taxonomy *taxonomy(void)
{
	static struct lg_ctx cx;
	static struct lg_taxonomy *t;
	if (t) return t;
	cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) abort();
	return t;
}

static void on_ad(void *self, const struct lg_ad *ad)
{
	struct conversion *c = self;
	c->taken += lg_jobtech_row(c->jobtech, &c->openings, &c->account, ad);
}

static void on_bad(void *self, uint64_t line, const char *what)
{
	(void)self;
	if (!line || !*what) abort();
}

static void read_back(struct lg_ctx *cx, const struct conversion *c)
{
	struct lg_intake *in = lg_intake_new(cx, taxonomy());
	struct lg_market *m;
	lg_intake_file(in, LG_OPENINGS, "o");
	if (lg_intake_feed(in, c->openings.data, c->openings.len) != LG_OK) abort();
	if (lg_intake_file_end(in) != LG_OK || lg_intake_end(in, &m) != LG_OK) abort();
	if (m->n_openings + m->n_rejections != c->taken) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct conversion c = { .jobtech = lg_jobtech_new(&cx, taxonomy()) };
	const struct lg_ad_sink sink = { &c, on_ad, on_bad };
	lg_jobtech_header(&c.openings);
	enum lg_err err = lg_ads_read(&cx, "a", (const char *)data, size, &sink);
	if ((err == LG_OK) != !cx.notes) abort();
	read_back(&cx, &c);
	lg_buf_free(&c.openings);
	lg_buf_free(&c.account.understood);
	lg_buf_free(&c.account.missed);
	lg_arena_free(cx.mem);
	return 0;
}
