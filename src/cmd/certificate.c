/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/certificate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/rows.h"

struct reading {
	struct lg_ctx *cx;
	struct certificate *cert;
	const struct lg_market *m;
	const char *path;
	bool *u_given, *v_given;
};

__attribute__((format(printf, 2, 3))) static void bad(struct reading *r, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (!r->cert->bad++) r->cert->first_bad = lg_printf(r->cx->mem, "%s: %s", r->path, text);
}

static bool number(const struct lg_cell *cell, int64_t *out)
{
	char *end;
	*out = strtoll(cell->text, &end, 10);
	return cell->n && (size_t)(end - cell->text) == cell->n && *out > INT64_MIN / 4 && *out < INT64_MAX / 4;
}

static int order(const struct lg_row *row, const struct lg_cell *id)
{
	size_t n = row->id_len < id->n ? row->id_len : id->n;
	int d = memcmp(row->id, id->text, n);
	return d ? d : (row->id_len > id->n) - (row->id_len < id->n);
}

/* The rows stand in the order of their ids. */
static bool row_of(const struct lg_row *rows, size_t n, const struct lg_cell *id, uint32_t *out)
{
	size_t lo = 0, hi = n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = order(&rows[mid], id);
		if (!d) {
			*out = (uint32_t)mid;
			return true;
		}
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static void keep_pair(struct reading *r, struct verify_pair p)
{
	struct certificate *c = r->cert;
	if (c->n_pairs == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 1024;
		struct verify_pair *more = lg_array(r->cx->mem, cap, sizeof *more);
		if (c->n_pairs) memcpy(more, c->pairs, c->n_pairs * sizeof *more);
		c->pairs = more;
		c->cap = cap;
	}
	c->pairs[c->n_pairs++] = p;
}

static void on_pair(void *self, const struct lg_record *rec)
{
	struct reading *r = self;
	struct verify_pair p;
	int64_t score;
	unsigned long long line = rec->line;
	if (rec->fault)
		bad(r, "line %llu: %s", line, rec->fault);
	else if (!row_of(r->m->candidate_rows, r->m->n_candidates, &rec->cells[0], &p.candidate))
		bad(r, "line %llu: there is no candidate \"%.64s\"", line, rec->cells[0].text);
	else if (!row_of(r->m->opening_rows, r->m->n_openings, &rec->cells[1], &p.opening))
		bad(r, "line %llu: there is no opening \"%.64s\"", line, rec->cells[1].text);
	else if (!number(&rec->cells[2], &score) || score < 0 || score > 10000)
		bad(r, "line %llu: \"%.64s\" is no score", line, rec->cells[2].text);
	else {
		p.score = (uint16_t)score;
		keep_pair(r, p);
	}
}

static void keep_dual(struct reading *r, const struct lg_record *rec, bool candidate)
{
	const struct lg_row *rows = candidate ? r->m->candidate_rows : r->m->opening_rows;
	size_t n = candidate ? r->m->n_candidates : r->m->n_openings;
	unsigned long long line = rec->line;
	uint32_t at;
	int64_t dual, capacity;
	if (!row_of(rows, n, &rec->cells[1], &at)) {
		bad(r, "line %llu: there is no %s \"%.64s\"", line, rec->cells[0].text, rec->cells[1].text);
		return;
	}
	bool *given = candidate ? &r->u_given[at] : &r->v_given[at];
	int64_t holds = candidate ? 1 : r->m->openings[at].positions;
	if (*given)
		bad(r, "line %llu: \"%.64s\" stands twice", line, rec->cells[1].text);
	else if (!number(&rec->cells[2], &dual))
		bad(r, "line %llu: \"%.64s\" is no dual", line, rec->cells[2].text);
	else if (!number(&rec->cells[3], &capacity) || capacity != holds)
		bad(r, "line %llu: the capacity is %lld, not \"%.64s\"", line, (long long)holds, rec->cells[3].text);
	else
		*(candidate ? &r->cert->u[at] : &r->cert->v[at]) = dual;
	*given = true;
}

static void on_dual(void *self, const struct lg_record *rec)
{
	struct reading *r = self;
	if (rec->fault)
		bad(r, "line %llu: %s", (unsigned long long)rec->line, rec->fault);
	else if (!strcmp(rec->cells[0].text, "candidate"))
		keep_dual(r, rec, true);
	else if (!strcmp(rec->cells[0].text, "opening"))
		keep_dual(r, rec, false);
	else
		bad(r, "line %llu: \"%.64s\" is neither candidate nor opening", (unsigned long long)rec->line,
		    rec->cells[0].text);
}

static void on_unknown(void *self, const char *name, uint64_t line)
{
	bad(self, "line %llu: the column \"%.64s\" does not belong here", (unsigned long long)line, name);
}

static enum lg_err on_header(void *self, uint64_t known, uint64_t all)
{
	struct reading *r = self;
	if (known == all) return LG_OK;
	return lg_fail(r->cx, LG_INVALID, r->path, "has not the columns it should have");
}
static enum lg_err on_pairs_header(void *self, uint64_t known) { return on_header(self, known, 7); }
static enum lg_err on_duals_header(void *self, uint64_t known) { return on_header(self, known, 15); }

static const char *const pair_columns[] = { "candidate", "opening", "score" };
static const char *const dual_columns[] = { "kind", "id", "dual", "capacity" };

static enum lg_err feed(void *rows, const char *bytes, size_t n) { return lg_rows_feed(rows, bytes, n); }

static enum lg_err read_file(struct reading *r, const char *path, const struct lg_sink *sink,
                             struct input_digest *digest)
{
	r->path = path;
	struct lg_rows *rows = lg_rows_new(r->cx, path, sink);
	LG_TRY(input_read(r->cx, path, feed, rows, digest));
	return lg_rows_end(rows);
}

static void count_missing(struct reading *r)
{
	for (size_t c = 0; c < r->m->n_candidates; c++)
		if (!r->u_given[c]) bad(r, "the candidate \"%.64s\" is missing", r->m->candidate_rows[c].id);
	for (size_t o = 0; o < r->m->n_openings; o++)
		if (!r->v_given[o]) bad(r, "the opening \"%.64s\" is missing", r->m->opening_rows[o].id);
}

enum lg_err certificate_read(struct lg_ctx *cx, struct certificate *out, const struct lg_market *m,
                             const char *assignment, const char *duals)
{
	struct reading r = { .cx = cx, .cert = out, .m = m };
	struct input_digest ignored;
	const struct lg_sink pairs = { &r, pair_columns, 3, on_pairs_header, on_unknown, on_pair };
	const struct lg_sink prices = { &r, dual_columns, 4, on_duals_header, on_unknown, on_dual };
	*out = (struct certificate){ 0 };
	out->u = lg_array(cx->mem, m->n_candidates + 1, sizeof *out->u);
	out->v = lg_array(cx->mem, m->n_openings + 1, sizeof *out->v);
	r.u_given = lg_array(cx->mem, m->n_candidates + 1, sizeof *r.u_given);
	r.v_given = lg_array(cx->mem, m->n_openings + 1, sizeof *r.v_given);
	LG_TRY(read_file(&r, assignment, &pairs, &out->assignment));
	LG_TRY(read_file(&r, duals, &prices, &ignored));
	count_missing(&r);
	return LG_OK;
}
