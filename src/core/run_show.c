/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* One plan as people see it: how far it is, or what came of it, for whom nothing did, and how it was made. */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/explain_words.h"
#include "core/list_page.h"
#include "core/match_terms.h"
#include "core/record_pages.h"
#include "core/run.h"
#include "core/what_if.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/run_progress.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"
#include "view/table.html.h"

enum { TEXT_ROOM = 48, RING = 100 };

static const char *count(struct lg_ctx *cx, int64_t n)
{
	char out[TEXT_ROOM];
	return lg_strdup(cx->mem, lg_number_count(out, n < 0 ? 0 : (uint64_t)n));
}

static const char *of_all(struct lg_ctx *cx, int64_t n, int64_t all)
{
	return lg_printf(cx->mem, lg_say("%s of %s"), count(cx, n), count(cx, all));
}

static const char *name_of(struct lg_ctx *cx, const char *given, const char *family, bool is_protected)
{
	return is_protected ? lg_say("Protected person") : lg_printf(cx->mem, "%s %s", given, family);
}

/* --- one: what was asked, and how it was made */

struct shown {
	const struct db_run_get_row *run;
	const json_t *outcome, *versions; /* of what is done */
	const char *path;
	bool invented;
	struct html_sheet v;
};

static struct html_facts *facts_new(struct lg_ctx *cx, size_t room)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->facts = lg_array(cx->mem, room, sizeof *v->facts);
	return v;
}

static struct html_facts_facts *fact(struct html_facts *v, const char *name, const char *value)
{
	struct html_facts_facts *f = &v->facts[v->n_facts++];
	*f = (struct html_facts_facts){ .name = name, .value = value };
	return f;
}

static int64_t figure(const json_t *o, const char *name) { return record_number(o, name, 0); }

static void put_section(struct html_sheet *v, const char *title, const char *help, struct html_any body)
{
	v->sections[v->n_sections++] = (struct html_sheet_sections){ .title = title, .help = help, .body = body };
}

/* The proof in words: what the figures say, and who looked at them again. */
static void put_proof(struct lg_ctx *cx, const struct shown *s, struct html_facts *f)
{
	const json_t *o = s->outcome;
	bool people = figure(o, "bonus") > 0;
	fact(
	    f, lg_say("Proof"),
	    people
	        ? lg_say("No other plan finds work for more people; and none of those with as many people fits better.")
	        : lg_say("No other plan has pairs that fit better all together."))
	    ->more = lg_printf(cx->mem,
	                       lg_say("Both sides of the proof come to the same: %s and %s. A check that does not "
	                              "know how the plan was found looked at all %s pairs again, and found %s faults."),
	                       count(cx, figure(o, "primal")), count(cx, figure(o, "dual")),
	                       count(cx, figure(o, "looked_at")), count(cx, figure(o, "faults")));
}

static void put_came(struct lg_ctx *cx, struct shown *s)
{
	const struct db_run_get_row *r = s->run;
	const json_t *o = s->outcome;
	struct html_facts *f = facts_new(cx, 6);
	f->wide = true;
	fact(f, lg_say("People placed"), of_all(cx, figure(o, "placed"), r->n_candidates));
	fact(f, lg_say("Positions filled"), of_all(cx, figure(o, "placed"), r->n_positions));
	if (figure(o, "placed"))
		fact(f, lg_say("Score of a pair, on average"),
		     lg_printf(cx->mem, lg_say("%s of 10,000"), count(cx, figure(o, "score") / figure(o, "placed"))));
	if (figure(o, "decided"))
		fact(f, lg_say("Left out because people decided before"),
		     lg_printf(cx->mem, lg_says("%s pair", "%s pairs", (unsigned long)figure(o, "decided")),
		               count(cx, figure(o, "decided"))));
	put_proof(cx, s, f);
	put_section(&s->v, lg_say("What came of it"), NULL, html_facts_any(f));
}

static void put_asked(struct lg_ctx *cx, struct call *c, struct shown *s, const struct form_with *with)
{
	json_t *asked;
	if (record_parse(cx, &asked, s->run->asked, strlen(s->run->asked)) != LG_OK) return;
	struct html_facts *all = facts_new(cx, run_entity.n_fields + what_if_entity.n_fields + 2);
	fact(all, lg_say("Ordered"), page_time(cx, c, s->run->created))->more =
	    form_member_name(with, s->run->created_by);
	for (size_t i = 0; i < run_entity.n_fields; i++) {
		const struct field *f = &run_entity.fields[i];
		const char *words = form_words(cx, c, f, json_object_get(asked, f->name), with);
		if (*words) fact(all, lg_say(f->label), words);
	}
	for (size_t i = 0; s->run->of_run && i < what_if_entity.n_fields; i++) {
		const struct field *f = &what_if_entity.fields[i];
		const char *words = form_words(cx, c, f, json_object_get(asked, f->name), with);
		if (!strcmp(f->section, "course") && *words) fact(all, lg_say(f->label), words);
	}
	s->v.asides[s->v.n_asides++] =
	    (struct html_sheet_asides){ .title = lg_say("What was ordered"), .body = html_facts_any(all) };
}

/* In pieces that can be read out, and that fit on a phone. */
static const char *hash(struct lg_ctx *cx, struct db_bytes bytes)
{
	enum { PIECE = 4 };
	const char *all = "";
	for (size_t i = 0; i < bytes.n; i += PIECE)
		all = lg_printf(cx->mem, "%s%s%s", all, *all ? " " : "",
		                seal_hex(cx, bytes.data + i, bytes.n - i < PIECE ? bytes.n - i : PIECE));
	return all;
}

static void put_made(struct lg_ctx *cx, struct call *c, struct shown *s)
{
	const struct db_run_get_row *r = s->run;
	struct html_facts *f = facts_new(cx, 8);
	fact(f, lg_say("Computed"), page_time(cx, c, r->ended));
	fact(f, lg_say("Program"), lg_printf(cx->mem, "Landgang %s", record_word(s->versions, "program")));
	fact(f, lg_say("Occupations and skills"), record_word(s->versions, "taxonomy"));
	fact(f, lg_say("Schema of the database"), count(cx, figure(s->versions, "schema")));
	fact(f, lg_say("Hash of the input"), hash(cx, r->input_hash));
	fact(f, lg_say("Hash of the result"), hash(cx, r->result_hash));
	fact(f, lg_say("To compute it anew"), lg_printf(cx->mem, "landgang runs replay %s", r->id))->more =
	    lg_say("Its input is kept sealed, without names; the same hash comes out again.");
	s->v.asides[s->v.n_asides++] =
	    (struct html_sheet_asides){ .title = lg_say("How it was made"), .body = html_facts_any(f) };
}

/* --- who found nothing, and why, in counts */

static void put_count(struct lg_ctx *cx, struct html_table *t, const char *name, int64_t n, int64_t all)
{
	struct html_table_rows *row = &t->rows[t->n_rows++];
	*row = (struct html_table_rows){ .name = name, .bar = all > 0, .width = all > 0 ? (int)(n * RING / all) : 0 };
	row->cells = lg_array(cx->mem, 1, sizeof *row->cells);
	row->cells[row->n_cells++] = (struct html_table_rows_cells){ .label = lg_say("People"), .value = count(cx, n) };
}

static struct html_table *table_new(struct lg_ctx *cx, const char *caption, const char *head, size_t room)
{
	struct html_table *t = lg_alloc(cx->mem, sizeof *t);
	t->caption = caption;
	t->heads = lg_array(cx->mem, 2, sizeof *t->heads);
	t->heads[t->n_heads++].name = head;
	t->heads[t->n_heads++] = (struct html_table_heads){ .name = lg_say("People"), .number = true };
	t->rows = lg_array(cx->mem, room, sizeof *t->rows);
	return t;
}

static void put_why(struct lg_ctx *cx, struct shown *s)
{
	const json_t *why = json_object_get(s->outcome, "why"), *failed = json_object_get(s->outcome, "failed");
	int64_t all = s->run->n_candidates - figure(s->outcome, "placed"), demands = figure(why, "demands");
	size_t n;
	const struct choice *codes = choices(CHOICE_run_why, &n);
	struct html_table *t = table_new(cx, lg_say("Who found nothing, and why"), lg_say("Why"), n + 1);
	for (size_t i = 0; i < n; i++)
		if (figure(why, codes[i].code))
			put_count(cx, t, lg_say(codes[i].text), figure(why, codes[i].code), all);
	int64_t gone = s->run->n_candidates - figure(s->outcome, "candidates");
	if (gone > 0) put_count(cx, t, lg_say("No longer available when it was computed"), gone, all);
	if (!t->n_rows) t->empty = lg_say("Everybody found something.");
	put_section(&s->v, lg_say("Who found nothing"), NULL, html_table_any(t));
	if (!demands) return;
	struct html_table *d = table_new(cx, lg_say("Where no opening fits: what the nearest one asks for"),
	                                 lg_say("Demand"), LGM_DEMANDS);
	for (unsigned k = 0; k < LGM_DEMANDS; k++) {
		int64_t people = figure(failed, lgm_demand_name((enum lgm_demand)k));
		if (people) put_count(cx, d, explain_demand_name((enum lgm_demand)k), people, demands);
	}
	d->note =
	    lg_say("Each counts under every demand that is not met, so that they add up to more than are left out.");
	put_section(&s->v, lg_say("What stands between"), NULL, html_table_any(d));
}

/* --- rows: pairs, people who found nothing, positions left */

struct rows {
	struct list_of ask;
	const char *which; /* "", "nothing" or "left" */
	struct db_run_pairs_rows pairs;
	struct db_run_nothing_rows nothing;
	struct db_run_left_rows left;
	size_t n, got; /* shown; read */
	bool invented;
};

static const char *const parts[] = { "list", NULL };

static enum lg_err rows_send(struct lg_ctx *cx, struct call *c, const char *id, struct rows *r)
{
	enum { BEST = 10001 };
	LG_TRY(list_of_read(cx, c, &r->ask, parts));
	r->which = list_part(&r->ask, "list");
	int64_t key = *r->ask.after_key ? strtoll(r->ask.after_key, NULL, 10) : BEST;
	int64_t room = r->ask.room + 1;
	if (!*r->which)
		db_run_pairs_send(cx, c->db, &r->pairs,
		                  (struct db_run_pairs_in){
		                      .run = id, .after_score = key, .after_id = r->ask.after_id, .room = room });
	else if (!strcmp(r->which, "nothing"))
		db_run_nothing_send(cx, c->db, &r->nothing,
		                    (struct db_run_nothing_in){ .run = id, .after_id = r->ask.after_id, .room = room });
	else if (!strcmp(r->which, "left"))
		db_run_left_send(cx, c->db, &r->left,
		                 (struct db_run_left_in){ .run = id, .after_id = r->ask.after_id, .room = room });
	else
		return list_refuse(cx, "list");
	return LG_OK;
}

/* The page names these people. */
static void rows_settle(struct lg_ctx *cx, struct call *c, struct rows *r)
{
	r->got = r->pairs.n + r->nothing.n + r->left.n; /* one of them was asked for */
	r->n = r->got > (size_t)r->ask.room ? (size_t)r->ask.room : r->got;
	const char **ids = lg_array(cx->mem, r->n + 1, sizeof *ids);
	for (size_t i = 0; i < r->n && !strcmp(r->which, ""); i++) ids[i] = r->pairs.rows[i].candidate;
	for (size_t i = 0; i < r->n && !strcmp(r->which, "nothing"); i++) ids[i] = r->nothing.rows[i].candidate;
	r->invented = r->n && (r->pairs.n     ? r->pairs.rows[0].invented
	                       : r->nothing.n ? r->nothing.rows[0].invented
	                                      : r->left.rows[0].invented);
	if (r->n && strcmp(r->which, "left") != 0) audit_seen(cx, c, ids, r->n);
}

static struct html_records_rows *row_of(struct lg_ctx *cx, struct html_records *v, const char *id, const char *name,
                                        const char *url)
{
	struct html_records_rows *row = &v->rows[v->n_rows++];
	*row = (struct html_records_rows){ .id = id, .says = name, .url = url };
	row->name = lg_array(cx->mem, 1, sizeof *row->name);
	row->name[row->n_name++].plain = name;
	row->cells = lg_array(cx->mem, 4, sizeof *row->cells);
	return row;
}

static struct html_records *pairs(struct lg_ctx *cx, struct call *c, const struct shown *s, const struct rows *r)
{
	const char *const heads[] = { lg_say("Person"), lg_say("Opening"), lg_say("Employer"), lg_say("Score"),
		                      lg_say("Decided") };
	struct html_records *v = list_table(cx, lg_say("Pairs of this plan"), heads, 5, r->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct db_run_pairs_row *p = &r->pairs.rows[i];
		struct html_records_rows *row =
		    row_of(cx, v, p->candidate, name_of(cx, p->given_name, p->family_name, p->is_protected),
		           lg_printf(cx->mem, "/candidates/%s", p->candidate));
		list_cell(row, lg_say("Opening"), p->title)->url = lg_printf(cx->mem, "/openings/%s", p->opening);
		list_cell(row, lg_say("Employer"), p->employer_name);
		struct html_records_rows_cells *score = list_cell(row, lg_say("Score"), count(cx, p->score));
		score->number = true;
		if (p->seat) score->more = lg_say("with a seat in the course");
		score->url = lg_printf(cx->mem, "/candidates/%s/matches", p->candidate); /* why */
		struct html_records_rows_cells *decided =
		    list_cell(row, lg_say("Decided"),
		              p->proposal ? lg_say(choice_text(CHOICE_proposal_state, p->proposal_state)) : "");
		if (p->proposal) decided->url = lg_printf(cx->mem, "/proposals/%s", p->proposal);
	}
	v->action = lg_printf(cx->mem, "%s/approve", s->path);
	v->csrf = page_csrf(cx, c);
	v->pick = may(&c->actor, MAY_MATCH_DECIDE) && !s->run->of_run; /* nobody is proposed from a what-if */
	v->batch_says = lg_say("With those chosen");
	v->batch = lg_array(cx->mem, 2, sizeof *v->batch);
	if (v->pick) {
		v->batch[v->n_batch++] = (struct html_records_batch){ "chosen", lg_say("Put these on the short list") };
		v->batch[v->n_batch++] =
		    (struct html_records_batch){ "all", lg_say("Put all pairs of the plan on the short list") };
	}
	v->empty = lg_say("Nobody was placed");
	v->empty_more = lg_say("What stands in the way is counted below.");
	return v;
}

/* "language, way to work" */
static const char *demands_of(struct lg_ctx *cx, int64_t failed)
{
	const char *all = "";
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		if (failed >> d & 1)
			all = lg_printf(cx->mem, "%s%s%s", all, *all ? ", " : "",
			                explain_demand_name((enum lgm_demand)d));
	return all;
}

static struct html_records *nothing(struct lg_ctx *cx, const struct rows *r)
{
	const char *const heads[] = { lg_say("Person"), lg_say("Municipality"), lg_say("Why"),
		                      lg_say("What the nearest opening asks for") };
	struct html_records *v = list_table(cx, lg_say("Who found nothing"), heads, 4, r->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct db_run_nothing_row *p = &r->nothing.rows[i];
		struct html_records_rows *row =
		    row_of(cx, v, p->candidate, name_of(cx, p->given_name, p->family_name, p->is_protected),
		           lg_printf(cx->mem, "/candidates/%s", p->candidate));
		list_cell(row, heads[1], form_municipality(p->municipality ? p->municipality : ""));
		list_cell(row, heads[2], lg_say(choice_text(CHOICE_run_why, p->why)));
		list_cell(row, heads[3], demands_of(cx, p->failed));
	}
	v->empty = lg_say("Everybody found something.");
	return v;
}

static struct html_records *left(struct lg_ctx *cx, const struct rows *r)
{
	const char *const heads[] = { lg_say("Opening"), lg_say("Employer"), lg_say("Municipality"),
		                      lg_say("Positions left") };
	struct html_records *v = list_table(cx, lg_say("Positions that nobody was found for"), heads, 4, r->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct db_run_left_row *o = &r->left.rows[i];
		struct html_records_rows *row =
		    row_of(cx, v, o->opening, o->title, lg_printf(cx->mem, "/openings/%s", o->opening));
		list_cell(row, heads[1], o->employer_name);
		list_cell(row, heads[2], form_municipality(o->municipality ? o->municipality : ""));
		list_cell(row, heads[3], of_all(cx, o->free - o->taken, o->free))->number = true;
	}
	v->empty = lg_say("Every position is filled.");
	return v;
}

/* Whence the next page goes on. */
static void rows_next(struct lg_ctx *cx, const struct rows *r, const char **key, const char **id)
{
	*key = "0";
	if (!*r->which) {
		*key = lg_printf(cx->mem, "%lld", (long long)r->pairs.rows[r->n - 1].score);
		*id = r->pairs.rows[r->n - 1].handle;
	} else
		*id = !strcmp(r->which, "nothing") ? r->nothing.rows[r->n - 1].handle : r->left.rows[r->n - 1].handle;
}

static void put_tabs(struct lg_ctx *cx, struct shown *s, const struct rows *r)
{
	const struct {
		const char *which, *name;
	} tabs[] = { { "", lg_say("Pairs") },
		     { "nothing", lg_say("Who found nothing") },
		     { "left", lg_say("Positions left") } };
	s->v.tabs = lg_array(cx->mem, 3, sizeof *s->v.tabs);
	for (size_t i = 0; i < 3; i++)
		s->v.tabs[s->v.n_tabs++] = (struct html_sheet_tabs){
			.url = *tabs[i].which ? lg_printf(cx->mem, "%s?list=%s", s->path, tabs[i].which) : s->path,
			.name = tabs[i].name,
			.current = !strcmp(tabs[i].which, r->which)
		};
}

static void put_rows(struct lg_ctx *cx, struct call *c, struct shown *s, const struct rows *r)
{
	struct html_found *found = lg_alloc(cx->mem, sizeof *found);
	const char *key, *id;
	found->records = !*r->which ? pairs(cx, c, s, r) : !strcmp(r->which, "nothing") ? nothing(cx, r) : left(cx, r);
	found->count = lg_printf(cx->mem, lg_says("%s row", "%s rows", r->n), count(cx, (int64_t)r->n));
	if (r->got > r->n) {
		rows_next(cx, r, &key, &id);
		list_put_pages(cx, &r->ask, s->path, found, key, id);
	}
	put_section(&s->v, found->records->caption, NULL, html_found_any(found));
}

/* --- the plan before */

static void put_since(struct lg_ctx *cx, struct call *c, struct shown *s, const struct db_run_since_row *b)
{
	struct html_facts *f = facts_new(cx, 7);
	struct html_facts_facts *last = fact(f, lg_say("The plan before"), page_time(cx, c, b->created));
	f->wide = true;
	last->url = lg_printf(cx->mem, "/runs/%s", b->id);
	last->more = lg_printf(cx->mem, lg_say("People placed: %s"), count(cx, b->placed));
	fact(f, lg_say("Placed as before"), count(cx, b->same));
	fact(f, lg_say("Placed elsewhere than before"), count(cx, b->elsewhere));
	fact(f, lg_say("Placed now, not before"), count(cx, b->anew));
	fact(f, lg_say("Placed before, not now"), count(cx, b->no_more));
	fact(f, lg_say("People who are new in the plan"), count(cx, b->came));
	fact(f, lg_say("People who are no longer in it"), count(cx, b->went));
	put_section(&s->v, lg_say("Compared with the plan before"), NULL, html_facts_any(f));
}

/* --- the page */

static struct html_run_progress *progress(struct lg_ctx *cx, const struct shown *s)
{
	const struct db_run_get_row *r = s->run;
	struct html_run_progress *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_run_progress){ .url = s->path,
		                         .says = lg_say(choice_text(CHOICE_run_stage, r->stage)),
		                         .known = r->steps_all > 0,
		                         .done = (int)r->steps_done,
		                         .all = (int)r->steps_all };
	v->more = lg_printf(cx->mem, lg_say("%s people and %s positions. You can leave this page; the plan goes on."),
	                    count(cx, r->n_candidates), count(cx, r->n_positions));
	return v;
}

static void put_asks(struct lg_ctx *cx, struct shown *s)
{
	const char *of = s->run->of_run ? s->run->of_run : s->run->id;
	if (s->run->of_run || !strcmp(s->run->state, "done"))
		s->v.actions[s->v.n_actions++] =
		    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/runs/%s/what-if", of),
			                         .name =
			                             s->run->of_run ? lg_say("Another what-if") : lg_say("What if?"),
			                         .icon = "science" };
	if (!s->run->of_run)
		s->v.actions[s->v.n_actions++] =
		    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "/runs/new?like=%s", of),
			                         .name = lg_say("Another like this"),
			                         .icon = "sync" };
}

static void show(struct lg_ctx *cx, struct call *c, struct shown *s)
{
	struct page_crumb crumbs[] = { { lg_say("Plans"), "/runs" } };
	s->v.title = run_name(cx, s->run->purpose, s->run->of_run);
	s->v.actions = lg_array(cx->mem, 3, sizeof *s->v.actions);
	if (may(&c->actor, MAY_MATCH_DECIDE)) put_asks(cx, s);
	s->v.actions[s->v.n_actions++] =
	    (struct html_sheet_actions){ .url = "/matching", .name = lg_say("What the matching does"), .icon = "help" };
	page_answer(cx, c,
	            &(struct page){
	                .title = s->v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "runs", .invented = s->invented },
	            html_sheet_any(&s->v));
}

/* While it is computed, a script asks for how far it is, and loads the page when it has ended. */
static enum lg_err show_progress(struct lg_ctx *cx, struct call *c, struct shown *s, const struct form_with *with)
{
	if (c->partial) {
		page_answer(cx, c,
		            &(struct page){ .title = run_name(cx, s->run->purpose, s->run->of_run), .here = "runs" },
		            html_run_progress_any(progress(cx, s)));
		return LG_OK;
	}
	s->v.lead = lg_say(choice_text(CHOICE_run_state, s->run->state));
	put_section(&s->v, lg_say("How far it is"), NULL, html_run_progress_any(progress(cx, s)));
	put_asked(cx, c, s, with);
	show(cx, c, s);
	return LG_OK;
}

static void show_failed(struct lg_ctx *cx, struct call *c, struct shown *s, const struct form_with *with)
{
	struct html_facts *f = facts_new(cx, 1);
	f->wide = true;
	fact(f, lg_say("It could not be computed"), record_word(s->outcome, "failed"))->more =
	    lg_say("Choose fewer people or openings, or ask whoever runs the program: its log says more.");
	s->v.lead = lg_say(choice_text(CHOICE_run_state, "failed"));
	put_section(&s->v, lg_say("What came of it"), NULL, html_facts_any(f));
	put_asked(cx, c, s, with);
	show(cx, c, s);
}

static void show_done(struct lg_ctx *cx, struct call *c, struct shown *s, const struct form_with *with,
                      const struct rows *rows, const struct db_run_since_row *since, const struct what_if_found *found)
{
	bool whole = !*rows->which && !rows->ask.goes_on, what_if = s->run->of_run;
	s->v.lead =
	    what_if
	        ? lg_say("A what-if: it tells what would come of it. Nobody is proposed from it, and nothing was sent.")
	        : lg_say("A proposal to you. Nothing was sent to anybody; each pair waits for somebody to decide.");
	put_tabs(cx, s, rows);
	if (whole && what_if && since) what_if_put(cx, c, s->outcome, since, found, &s->v);
	if (whole) put_came(cx, s);
	put_rows(cx, c, s, rows);
	if (whole) put_why(cx, s);
	if (whole && !what_if && since) put_since(cx, c, s, since);
	put_asked(cx, c, s, with);
	put_made(cx, c, s);
	show(cx, c, s);
}

static json_t *item_of(const struct rows *r, size_t i)
{
	if (!*r->which) {
		const struct db_run_pairs_row *p = &r->pairs.rows[i];
		json_t *o = json_pack("{s:s, s:s, s:I, s:s?}", "candidate", p->candidate, "opening", p->opening,
		                      "score", (json_int_t)p->score, "proposal", p->proposal);
		if (p->seat) json_object_set_new(o, "seat", json_true());
		return o;
	}
	if (!strcmp(r->which, "nothing"))
		return json_pack("{s:s, s:s}", "candidate", r->nothing.rows[i].candidate, "why",
		                 r->nothing.rows[i].why);
	const struct db_run_left_row *o = &r->left.rows[i];
	return json_pack("{s:s, s:I, s:I}", "opening", o->opening, "free", (json_int_t)o->free, "taken",
	                 (json_int_t)o->taken);
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s, const struct rows *rows,
                       const struct db_run_since_row *since, const struct what_if_found *found)
{
	const struct db_run_get_row *r = s->run;
	const char *key, *id;
	json_t *asked, *items = json_array();
	json_t *o = record_keep(cx, json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:{s:s, s:I, s:I}}", "id", r->id, "state",
	                                      r->state, "created_by", r->created_by, "candidates",
	                                      (json_int_t)r->n_candidates, "openings", (json_int_t)r->n_openings,
	                                      "positions", (json_int_t)r->n_positions, "progress", "stage", r->stage,
	                                      "done", (json_int_t)r->steps_done, "all", (json_int_t)r->steps_all));
	if (record_parse(cx, &asked, r->asked, strlen(r->asked)) == LG_OK)
		record_put_sections(cx, o, &run_entity, asked);
	json_object_set(o, "outcome", (json_t *)(uintptr_t)s->outcome);
	json_object_set(o, "versions", (json_t *)(uintptr_t)s->versions);
	if (!strcmp(r->state, "done")) {
		json_object_set_new(o, "input_hash", json_string(seal_hex(cx, r->input_hash.data, r->input_hash.n)));
		json_object_set_new(o, "result_hash", json_string(seal_hex(cx, r->result_hash.data, r->result_hash.n)));
	}
	if (r->of_run) {
		json_t *what_if = since ? what_if_json(r, since, found) : json_pack("{s:s}", "of", r->of_run);
		if (record_parse(cx, &asked, r->asked, strlen(r->asked)) == LG_OK)
			for (size_t i = 0; i < what_if_entity.n_sections; i++)
				if (!strcmp(what_if_entity.sections[i].name, "course"))
					json_object_set(
					    what_if, "course",
					    record_section(cx, &what_if_entity, &what_if_entity.sections[i], asked));
		json_object_set_new(o, "what_if", what_if);
	}
	for (size_t i = 0; i < rows->n; i++) json_array_append_new(items, item_of(rows, i));
	json_object_set_new(o, "items", items);
	if (rows->got > rows->n) {
		rows_next(cx, rows, &key, &id);
		list_put_next(cx, o, key, id);
	}
	return o;
}

static enum lg_err read_json(struct lg_ctx *cx, const char *text, const json_t **out)
{
	json_t *o = record_keep(cx, json_object());
	if (text) LG_TRY(record_parse(cx, &o, text, strlen(text)));
	*out = o;
	return LG_OK;
}

enum lg_err on_run_show(struct lg_ctx *cx, struct call *c)
{
	struct db_run_get_row run = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	struct db_unit_choices_rows units = { 0 };
	struct db_run_since_row since = { 0 };
	struct rows rows = { 0 };
	struct what_if_found found = { 0 };
	struct shown s = { .run = &run };
	const char *id;
	bool before = false;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_run_get_send(cx, c->db, &run, (struct db_run_get_in){ .id = id });
	LG_TRY(rows_send(cx, c, id, &rows));
	db_run_since_send(cx, c->db, &since, &before, (struct db_run_since_in){ .run = id });
	db_colleague_list_send(cx, c->db, &colleagues);
	db_unit_choices_send(cx, c->db, &units);
	LG_TRY(db_sync(cx, c->db));
	if (run.of_run && before) what_if_send(cx, c, id, run.of_run, &found);
	rows_settle(cx, c, &rows);
	LG_TRY(app_end(cx, c));
	LG_TRY(read_json(cx, run.outcome, &s.outcome));
	LG_TRY(read_json(cx, run.versions, &s.versions));
	if (!c->api && strstr(run.asked, "\"pool\":")) { /* of a pool: its module shows it */
		answer_see(cx, c, lg_printf(cx->mem, "/pools/runs/%s", run.id), NULL);
		return LG_OK;
	}
	s.path = lg_printf(cx->mem, "/runs/%s", run.id);
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &s, &rows, before ? &since : NULL, &found)), LG_OK;
	struct form_with with = colleagues_of(cx, &colleagues);
	put_units_of(cx, &with, &units);
	s.invented = rows.invented;
	s.v.sections = lg_array(cx->mem, 9, sizeof *s.v.sections);
	s.v.asides = lg_array(cx->mem, 2, sizeof *s.v.asides);
	bool ended = !strcmp(run.state, "done") || !strcmp(run.state, "failed");
	if (!ended) return show_progress(cx, c, &s, &with);
	if (c->partial) return http_put_header(c->rs, "HX-Refresh", "true"), c->rs->status = 200, LG_OK;
	if (!strcmp(run.state, "failed"))
		show_failed(cx, c, &s, &with);
	else
		show_done(cx, c, &s, &with, &rows, before ? &since : NULL, &found);
	return LG_OK;
}
