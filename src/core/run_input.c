/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/run_input.h"

#include <stdlib.h>
#include <string.h>

#include "core/choice.h"
#include "core/match_serve.h"
#include "taxonomy/taxonomy.h"

enum { FIRST_ROOM = 1024 };

/* --- pieces */

static void forget(void *buf) { lg_buf_free(buf); }

void run_input_begin(struct lg_ctx *cx, struct run_input *out)
{
	*out = (struct run_input){ 0 };
	out->open = lg_alloc(cx->mem, sizeof *out->open);
	lg_defer(cx->mem, forget, out->open);
}

void run_input_put(struct lg_ctx *cx, struct run_input *in, const char *text, size_t n)
{
	struct run_input_piece *p = lg_alloc(cx->mem, sizeof *p);
	*p = (struct run_input_piece){ .text = lg_strndup(cx->mem, text, n), .n = n };
	if (in->last)
		in->last->next = p;
	else
		in->first = p;
	in->last = p;
	in->n++;
}

void run_input_end(struct lg_ctx *cx, struct run_input *in)
{
	if (in->open->len) run_input_put(cx, in, in->open->data, in->open->len);
	lg_buf_clear(in->open);
}

enum lg_err run_input_line(struct lg_ctx *cx, struct run_input *in, const char *line)
{
	size_t n = strlen(line);
	if (n > RUN_LINE) return lg_fail(cx, LG_INVALID, "", "an entry of a run is too long");
	if (in->open->len + n >= RUN_PIECE) run_input_end(cx, in);
	lg_put(in->open, line, n);
	lg_putc(in->open, '\n');
	return LG_OK;
}

void run_input_hash(uint8_t out[RUN_HASH], const struct run_input *in)
{
	struct lg_buf all = { 0 };
	uint8_t one[RUN_HASH];
	for (const struct run_input_piece *p = in->first; p; p = p->next) {
		seal_hash(one, p->text, p->n);
		lg_put(&all, one, sizeof one);
	}
	seal_hash(out, all.data ? all.data : "", all.len);
	lg_buf_free(&all);
}

/* --- lines to be */

static enum lg_err put_line(struct lg_ctx *cx, struct run_input *in, json_t *line)
{
	char *text = json_dumps(line, JSON_COMPACT);
	json_decref(line);
	if (!text) return LG_FAULT;
	enum lg_err err = run_input_line(cx, in, text);
	free(text);
	return err;
}

static json_int_t asked(const json_t *order, const char *name, json_int_t otherwise)
{
	const json_t *v = json_object_get(order, name);
	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

enum lg_err run_input_head(struct lg_ctx *cx, struct run_input *in, const json_t *order, const struct lgm_setup *s)
{
	json_t *weights = json_object();
	const char *objective = json_string_value(json_object_get(order, "objective"));
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		const char *name = lgm_part_name((enum lgm_part)p), *field = lg_printf(cx->mem, "weight_%s", name);
		json_object_set_new(weights, name, json_integer(asked(order, field, s->weight[p])));
	}
	return put_line(cx, in,
	                json_pack("{s:i, s:s, s:I, s:o, s:i, s:i}", "run", 1, "objective",
	                          objective ? objective : "people", "reserve", asked(order, "reserve", s->reserve),
	                          "weights", weights, "schedule", (int)s->min_schedule_percent, "grace",
	                          (int)s->start_grace_days));
}

enum lg_err run_input_head_again(struct lg_ctx *cx, struct run_input *in, const char *head, const json_t *order)
{
	json_t *line = json_loads(head, JSON_REJECT_DUPLICATES, NULL), *weights = json_object_get(line, "weights");
	for (unsigned p = 0; p < LGM_PARTS && weights; p++) {
		const char *name = lgm_part_name((enum lgm_part)p), *field = lg_printf(cx->mem, "weight_%s", name);
		const json_t *said = json_object_get(order, field);
		if (json_is_integer(said)) json_object_set_new(weights, name, json_integer(json_integer_value(said)));
	}
	const json_t *reserve = json_object_get(order, "reserve");
	if (json_is_integer(reserve)) json_object_set_new(line, "reserve", json_integer(json_integer_value(reserve)));
	if (!line) return lg_fail(cx, LG_INVALID, "", "the input of a run is spoilt");
	return put_line(cx, in, line);
}

enum lg_err run_input_course(struct lg_ctx *cx, struct run_input *in, const json_t *order)
{
	static const char *const names[][2] = {
		{ "language", "course_language" }, { "from", "course_from" },       { "to", "course_to" },
		{ "licence", "course_licence" },   { "country", "course_country" }, { "skill", "course_skill" }
	};
	json_int_t seats = asked(order, "course_seats", 0);
	if (!seats) return LG_OK;
	json_t *course = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *word = json_string_value(json_object_get(order, names[i][1]));
		if (word && *word) json_object_set_new(course, names[i][0], json_string(word));
	}
	json_object_set_new(course, "seats", json_integer(seats));
	return put_line(cx, in, json_pack("{s:o}", "course", course));
}

static enum lg_err put_facts(struct lg_ctx *cx, struct run_input *in, const char *side, const char *handle,
                             const char *facts, int64_t free_now)
{
	json_t *line = json_pack("{s:s}", side, handle);
	if (free_now) json_object_set_new(line, "free", json_integer(free_now));
	json_object_set_new(line, "facts", json_loads(facts, JSON_REJECT_DUPLICATES, NULL));
	return put_line(cx, in, line);
}

enum lg_err run_input_candidate(struct lg_ctx *cx, struct run_input *in, const char *handle, const char *facts)
{
	return put_facts(cx, in, "candidate", handle, facts, 0);
}

enum lg_err run_input_opening(struct lg_ctx *cx, struct run_input *in, const char *handle, int64_t free_now,
                              const char *facts)
{
	return put_facts(cx, in, "opening", handle, facts, free_now);
}

enum lg_err run_input_decided(struct lg_ctx *cx, struct run_input *in, const char *candidate, const char *opening)
{
	return put_line(cx, in, json_pack("{s:[s, s]}", "decided", candidate, opening));
}

/* --- lines as they are read */

struct reading {
	struct lg_ctx *cx;
	struct run_market *m;
	const struct match_terms *terms;
	size_t room_candidates, room_openings, room_unlike, room_decided;
	uint8_t last[MATCH_SIDES][MATCH_HANDLE]; /* before which no other may come */
	bool begun[MATCH_SIDES], headed;
};

static enum lg_err bad(const struct reading *r)
{
	return lg_fail(r->cx, LG_INVALID, "", "the input of a run is spoilt");
}

/* Room for one more: the old array is of the arena, as the new one. */
static void *room(const struct reading *r, void *old, size_t n, size_t *cap, size_t size)
{
	if (n < *cap) return old;
	*cap = *cap ? *cap * 2 : FIRST_ROOM;
	void *more = lg_array(r->cx->mem, *cap, size);
	if (n) memcpy(more, old, n * size);
	return more;
}

static bool read_weights(const json_t *o, struct lgm_setup *setup)
{
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		json_int_t w = json_integer_value(json_object_get(o, lgm_part_name((enum lgm_part)p)));
		if (w < 0 || w > 10000) return false;
		setup->weight[p] = (uint16_t)w;
	}
	return true;
}

static bool number(const json_t *o, const char *name, json_int_t most, json_int_t *out)
{
	const json_t *v = json_object_get(o, name);
	*out = json_integer_value(v);
	return json_is_integer(v) && *out >= 0 && *out <= most;
}

static enum lg_err read_head(struct reading *r, const json_t *line)
{
	struct run_market *m = r->m;
	json_int_t version, reserve, schedule, grace;
	const char *objective = json_string_value(json_object_get(line, "objective"));
	m->setup = r->terms->setup;
	if (r->headed || !number(line, "run", 1, &version) || version != 1 || !objective ||
	    !number(line, "reserve", 10000, &reserve) || !number(line, "schedule", 100, &schedule) ||
	    !number(line, "grace", 3650, &grace) || !read_weights(json_object_get(line, "weights"), &m->setup))
		return bad(r);
	m->objective = !strcmp(objective, "score") ? LGM_SCORE : LGM_PEOPLE;
	m->setup.reserve = (uint16_t)reserve;
	m->setup.min_schedule_percent = (uint8_t)schedule;
	m->setup.start_grace_days = (uint16_t)grace;
	r->headed = true;
	return lgm_setup_fault(&m->setup) ? bad(r) : LG_OK;
}

static enum lg_err read_handle(struct reading *r, enum match_side side, const json_t *value, uint8_t out[MATCH_HANDLE])
{
	const char *text = json_string_value(value);
	if (!r->headed || !text || !match_handle_read(out, text)) return bad(r);
	if (r->begun[side] && memcmp(out, r->last[side], MATCH_HANDLE) <= 0) return bad(r);
	memcpy(r->last[side], out, MATCH_HANDLE);
	r->begun[side] = true;
	return LG_OK;
}

static enum lg_err read_candidate(struct reading *r, const json_t *line)
{
	struct run_market *m = r->m;
	uint8_t handle[MATCH_HANDLE];
	struct lgm_candidate c;
	LG_TRY(read_handle(r, MATCH_CANDIDATE, json_object_get(line, "candidate"), handle));
	if (!match_terms_candidate(r->terms, r->cx->mem, json_object_get(line, "facts"), &c)) {
		m->unlike = room(r, m->unlike, m->n_unlike, &r->room_unlike, sizeof *m->unlike);
		memcpy(m->unlike[m->n_unlike++], handle, MATCH_HANDLE);
		return LG_OK;
	}
	size_t cap = r->room_candidates;
	m->candidate_handles = room(r, m->candidate_handles, m->n_candidates, &cap, sizeof *m->candidate_handles);
	m->candidates = room(r, m->candidates, m->n_candidates, &r->room_candidates, sizeof *m->candidates);
	c.id = (uint32_t)m->n_candidates;
	memcpy(m->candidate_handles[m->n_candidates], handle, MATCH_HANDLE);
	m->candidates[m->n_candidates++] = c;
	return LG_OK;
}

static enum lg_err read_opening(struct reading *r, const json_t *line)
{
	struct run_market *m = r->m;
	uint8_t handle[MATCH_HANDLE];
	struct lgm_opening o;
	json_int_t free_now;
	LG_TRY(read_handle(r, MATCH_OPENING, json_object_get(line, "opening"), handle));
	if (!number(line, "free", UINT16_MAX, &free_now) || !free_now) return bad(r);
	if (!match_terms_opening(r->terms, r->cx->mem, json_object_get(line, "facts"), &o)) {
		m->n_closed++;
		return LG_OK;
	}
	size_t cap = r->room_openings;
	m->opening_handles = room(r, m->opening_handles, m->n_openings, &cap, sizeof *m->opening_handles);
	m->openings = room(r, m->openings, m->n_openings, &r->room_openings, sizeof *m->openings);
	o.id = (uint32_t)m->n_openings;
	o.positions = (uint16_t)free_now;
	memcpy(m->opening_handles[m->n_openings], handle, MATCH_HANDLE);
	m->openings[m->n_openings++] = o;
	return LG_OK;
}

static int by_handle(const void *a, const void *b) { return memcmp(a, b, MATCH_HANDLE); }

static bool find(uint8_t (*list)[MATCH_HANDLE], size_t n, const json_t *value, uint32_t *out)
{
	uint8_t handle[MATCH_HANDLE];
	const char *text = json_string_value(value);
	if (!text || !match_handle_read(handle, text) || !n) return false;
	uint8_t(*at)[MATCH_HANDLE] = bsearch(handle, list, n, MATCH_HANDLE, by_handle);
	if (at) *out = (uint32_t)(at - list);
	return at;
}

/* Pairs of somebody who is not there are of no account. */
static enum lg_err read_decided(struct reading *r, const json_t *pair)
{
	struct run_market *m = r->m;
	struct run_decided d;
	if (!r->headed || json_array_size(pair) != 2) return bad(r);
	if (!find(m->candidate_handles, m->n_candidates, json_array_get(pair, 0), &d.candidate) ||
	    !find(m->opening_handles, m->n_openings, json_array_get(pair, 1), &d.opening))
		return LG_OK;
	m->decided = room(r, m->decided, m->n_decided, &r->room_decided, sizeof *m->decided);
	m->decided[m->n_decided++] = d;
	return LG_OK;
}

static const char *word(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));
	return text ? text : "";
}

static enum lg_err read_course(struct reading *r, const json_t *o)
{
	struct run_course *k = &r->m->course;
	json_int_t seats;
	const char *skill = word(o, "skill"), *from = word(o, "from");
	int language = choice_at(CHOICE_language, word(o, "language")), to = choice_at(CHOICE_level, word(o, "to"));
	if (!r->headed || k->any || !number(o, "seats", RUN_SEATS_MOST, &seats) || !seats) return bad(r);
	*k = (struct run_course){ .any = true, .seats = (uint64_t)seats };
	if (*word(o, "language")) {
		int least = *from ? choice_at(CHOICE_level, from) : 0;
		if (language < 0 || to < 0 || least < 0) return bad(r);
		k->change = (struct lg_change){ .kind = LG_LEARN_LANGUAGE,
			                        .what = (uint16_t)language,
			                        .from = *from ? (uint32_t)(LGM_A0 + least) : LGM_LEVEL_NONE,
			                        .to = (uint32_t)(LGM_A0 + to) };
		return LG_OK;
	}
	if (*word(o, "licence")) {
		uint16_t licence = match_terms_licence(r->terms, word(o, "licence"), word(o, "country"));
		k->change = (struct lg_change){ .kind = LG_GET_LICENCE, .what = licence };
		return licence == UINT16_MAX ? bad(r) : LG_OK;
	}
	uint16_t what = lg_taxonomy_skill(r->terms->explain.taxonomy, skill, strlen(skill));
	k->change = (struct lg_change){ .kind = LG_LEARN_SKILL, .what = what };
	return what == LG_NO_SKILL ? bad(r) : LG_OK;
}

static enum lg_err read_line(struct reading *r, const char *text, size_t n)
{
	json_t *line = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *decided = json_object_get(line, "decided"), *course = json_object_get(line, "course");
	enum lg_err err = json_object_get(line, "candidate") ? read_candidate(r, line)
	                  : json_object_get(line, "opening") ? read_opening(r, line)
	                  : decided                          ? read_decided(r, decided)
	                  : course                           ? read_course(r, course)
	                                                     : read_head(r, line);
	json_decref(line);
	return err;
}

static int by_pair(const void *a, const void *b)
{
	const struct run_decided *x = a, *y = b;
	if (x->opening != y->opening) return x->opening < y->opening ? -1 : 1;
	return x->candidate < y->candidate ? -1 : x->candidate > y->candidate;
}

static void settle_decided(struct run_market *m)
{
	size_t n = 0;
	if (m->n_decided) qsort(m->decided, m->n_decided, sizeof *m->decided, by_pair);
	for (size_t i = 0; i < m->n_decided; i++)
		if (!n || by_pair(&m->decided[n - 1], &m->decided[i]) != 0) m->decided[n++] = m->decided[i];
	m->n_decided = n;
}

enum lg_err run_input_read(struct lg_ctx *cx, struct run_market *out, const struct run_input *in,
                           const struct match_terms *terms)
{
	struct reading r = { .cx = cx, .m = out, .terms = terms };
	*out = (struct run_market){ 0 };
	for (const struct run_input_piece *p = in->first; p; p = p->next) {
		const char *at = p->text, *end = p->text + p->n;
		while (at < end) {
			const char *stop = memchr(at, '\n', (size_t)(end - at));
			if (!stop) return bad(&r);
			LG_TRY(read_line(&r, at, (size_t)(stop - at)));
			at = stop + 1;
		}
	}
	if (!r.headed) return bad(&r);
	settle_decided(out);
	return LG_OK;
}
