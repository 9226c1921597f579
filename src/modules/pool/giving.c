/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Standing orders: all of a kind is given to a pool, as it comes and goes, but what is left out. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/input.h"
#include "core/list_page.h"
#include "core/match_terms.h"
#include "core/record_pages.h"
#include "core/record_store.h"
#include "core/share.h"
#include "core/small_form.h"
#include "modules/pool/entities.h"
#include "modules/pool/giving.sql.h"
#include "modules/pool/pool.h"
#include "modules/pool/pools.sql.h"
#include "taxonomy/taxonomy.h"
#include "view/record_new.html.h"
#include "view/speech.h"
#include "view/when.h"

enum { USUAL_DAYS = 180, WHY_MOST = 400, US = 1000000 };

static const char *word(const json_t *o, const char *name) { return record_word(o, name); }
static const char *or_null(const char *s) { return *s ? s : NULL; }

static const char *said_side(const char *side)
{
	return !strcmp(side, "opening") ? lg_say("Openings") : lg_say("People");
}

static bool is_of_people(const struct db_giving_get_row *g) { return !strcmp(g->side, "candidate"); }

/* --- a new one */

/* The agreement that the address names, or the only one there is; NULL: it is to be chosen. */
static enum lg_err read_way(struct lg_ctx *cx, struct call *c, struct db_pools_ways_rows *all,
                            const struct db_pools_ways_row **out)
{
	const char *asked = http_query(c->rq, "agreement"), *id = NULL;
	*out = NULL;
	if (asked) LG_TRY(app_uuid(asked, &id));
	LG_TRY(db_pools_ways(cx, c->db, all, (struct db_pools_ways_in){ .today = page_today(cx, c) }));
	for (size_t i = 0; i < all->n; i++)
		if (id ? !strcmp(all->rows[i].agreement, id) : all->n == 1) *out = &all->rows[i];
	return id && !*out ? LG_UNKNOWN : LG_OK;
}

static enum lg_err read_with(struct lg_ctx *cx, struct call *c, struct form_with *with)
{
	struct db_unit_choices_rows units = { 0 };
	LG_TRY(db_unit_choices(cx, c->db, &units));
	*with = (struct form_with){ 0 };
	put_units_of(cx, with, &units);
	return LG_OK;
}

static void show_choice(struct lg_ctx *cx, struct call *c, const struct db_pools_ways_rows *all)
{
	struct html_events list = { .events = lg_array(cx->mem, all->n + 1, sizeof *list.events) };
	list.empty = lg_say("Your office is in no pool. A leader or administrator can propose an agreement with one.");
	for (size_t i = 0; i < all->n; i++) {
		const struct db_pools_ways_row *w = &all->rows[i];
		list.events[list.n_events++] = (struct html_events_events){
			.icon = "send",
			.title = w->pool_name,
			.when = w->purpose,
			.url = lg_printf(cx->mem, "/pools/givings/new?agreement=%s", w->agreement),
			.act = lg_printf(cx->mem, lg_say("Choose: %s"),
			                 lg_printf(cx->mem, lg_say("%s: %s (until %s)"), w->pool_name, w->purpose,
			                           page_date(cx, w->valid_to)))
		};
	}
	struct html_sheet_sections section = { .title = lg_say("To whom"), .body = html_events_any(&list) };
	struct html_sheet v = { .title = lg_say("Give all of a kind"), .sections = &section, .n_sections = 1 };
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "shares" },
	            html_sheet_any(&v));
}

static bool holds(const struct db_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->texts[i], text)) return true;
	return false;
}

/* The agreement names what may be told: nothing else is offered. */
static void offer_of_agreement(const struct html_form *form, const struct db_list *agreed)
{
	for (size_t p = 0; p < form->n_parts; p++)
		for (size_t i = 0; i < form->parts[p].fields->n_fields; i++) {
			struct html_fields_fields *f = &form->parts[p].fields->fields[i];
			size_t kept = 0;
			if (strcmp(f->name, "fields") != 0) continue;
			for (size_t k = 0; k < f->n_options; k++)
				if (holds(agreed, f->options[k].value)) f->options[kept++] = f->options[k];
			f->n_options = kept;
		}
}

/* All that the agreement names, as a form begins and as a program means that says nothing. */
static json_t *all_of(const struct db_list *agreed)
{
	json_t *all = json_array();
	for (size_t i = 0; i < agreed->n; i++) json_array_append_new(all, json_string(agreed->texts[i]));
	return all;
}

static const char *told_words(struct lg_ctx *cx, const struct db_list *fields)
{
	const char *told = "";
	for (size_t i = 0; i < fields->n; i++)
		told = lg_printf(cx->mem, "%s%s%s", told, i ? ", " : "",
		                 lg_say(choice_text(CHOICE_shared_field, fields->texts[i])));
	return told;
}

static void show_new(struct lg_ctx *cx, struct call *c, const struct db_pools_ways_row *way, const json_t *record,
                     const struct form_with *with)
{
	struct html_record_new v = { .title = lg_say("Give all of a kind"),
		                     .lead = lg_printf(cx->mem, "%s: %s", way->pool_name, way->purpose),
		                     .form = record_quick_form(
		                         cx, c, &giving_entity,
		                         lg_printf(cx->mem, "/pools/givings?agreement=%s", way->agreement),
		                         lg_say("Give it from now on"), record, with) };
	offer_of_agreement(v.form, &way->fields);
	v.tips = lg_array(cx->mem, 1, sizeof *v.tips);
	v.tips[v.n_tips++] = (struct html_record_new_tips){
		lg_say("You decide, person by person"),
		lg_say("What the pool finds for one of your people comes to you first. Nobody else hears of it before "
		       "you approve it."),
		NULL, NULL
	};
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" } };
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "shares" },
	            html_record_new_any(&v));
}

enum lg_err on_giving_new(struct lg_ctx *cx, struct call *c)
{
	struct db_pools_ways_rows all = { 0 };
	const struct db_pools_ways_row *way;
	struct form_with with;
	char day[11];
	LG_TRY(read_way(cx, c, &all, &way));
	LG_TRY(read_with(cx, c, &with));
	LG_TRY(app_end(cx, c));
	if (!way) return show_choice(cx, c, &all), LG_OK;
	int32_t until = page_today(cx, c) + USUAL_DAYS;
	lg_date_print(day, until < way->valid_to ? until : way->valid_to);
	show_new(cx, c, way,
	         record_keep(cx, json_pack("{s:s, s:s, s:o}", "side", "candidate", "until", day, "fields",
	                                   all_of(&way->fields))),
	         &with);
	return LG_OK;
}

/* An occupation and all that are in its group, as records name them. */
static struct db_list occupations_in(struct lg_ctx *cx, const struct call *c, const char *code)
{
	const struct lg_taxonomy *t = app_setup(c->app)->terms->explain.taxonomy;
	struct db_list all = { 0 };
	uint16_t wanted = *code ? lg_taxonomy_concept(t, code, strlen(code)) : LG_NO_CONCEPT,
	         n = lg_taxonomy_concepts(t);
	if (wanted == LG_NO_CONCEPT) return all;
	const uint16_t *parents = lg_taxonomy_parents(t);
	const char **texts = lg_array(cx->mem, (size_t)n + 1, sizeof *texts);
	for (uint16_t i = 0; i < n; i++) {
		uint16_t at = i;
		while (at != wanted && parents[at] != at) at = parents[at];
		if (at == wanted) texts[all.n++] = lg_taxonomy_code(t, i);
	}
	all.texts = texts;
	return all;
}

/* What is told, of what the agreement names. Who fills in a form has seen it; a program that names nothing means all.
 */
static enum lg_err read_fields(struct lg_ctx *cx, struct call *c, const struct db_list *agreed, const json_t *r,
                               struct db_list *out)
{
	const json_t *chosen = json_object_get(r, "fields"), *one;
	size_t i;
	if (c->api && !json_array_size(chosen)) return *out = *agreed, LG_OK;
	const char **texts = lg_array(cx->mem, json_array_size(chosen) + 1, sizeof *texts);
	*out = (struct db_list){ .texts = texts };
	json_array_foreach(chosen, i, one)
	{
		texts[out->n++] = json_string_value(one);
		if (!holds(agreed, json_string_value(one)))
			return lg_fail(cx, LG_INVALID, "fields", lg_say("The agreement does not name this."));
	}
	return out->n ? LG_OK : lg_fail(cx, LG_INVALID, "fields", lg_say("Choose at least one."));
}

static enum lg_err add(struct lg_ctx *cx, struct call *c, const struct db_pools_ways_row *way, const json_t *r,
                       const char **id)
{
	struct db_list fields = { 0 };
	struct db_giving_add_row row = { 0 };
	bool people = !strcmp(word(r, "side"), "candidate");
	int32_t until = DB_NO_DATE;
	*id = record_new_id(cx);
	if (!lg_date_read(&until, word(r, "until"), strlen(word(r, "until"))) || until < page_today(cx, c) ||
	    until > way->valid_to)
		return lg_fail(cx, LG_INVALID, "until",
		               lg_say("From tomorrow on, and not beyond the last day of the agreement."));
	if (!people && *word(r, "unit"))
		return lg_fail(cx, LG_INVALID, "unit", lg_say("Openings are of no unit: leave it empty."));
	if (people && *word(r, "kind"))
		return lg_fail(cx, LG_INVALID, "kind", lg_say("Only openings have a kind: leave it empty."));
	if (people) LG_TRY(read_fields(cx, c, &way->fields, r, &fields));
	db_giving_add_send(cx, c->db, &row,
	                   (struct db_giving_add_in){ .id = *id,
	                                              .agreement = way->agreement,
	                                              .side = word(r, "side"),
	                                              .fields = fields,
	                                              .unit = or_null(word(r, "unit")),
	                                              .municipality = or_null(word(r, "municipality")),
	                                              .occupation = or_null(word(r, "occupation")),
	                                              .occupations = occupations_in(cx, c, word(r, "occupation")),
	                                              .kind = or_null(word(r, "kind")),
	                                              .until = until,
	                                              .zone = c->actor.zone,
	                                              .why = word(r, "purpose") });
	enum lg_err err = db_sync(cx, c->db);
	if (err == LG_INVALID) share_put_words(cx);
	LG_TRY(err);
	LG_TRY(audit_change(cx, c, "began", "giving", *id, 1, NULL, NULL));
	return pool_sweep(cx, c);
}

enum lg_err on_giving_add(struct lg_ctx *cx, struct call *c)
{
	struct db_pools_ways_rows all = { 0 };
	const struct db_pools_ways_row *way;
	struct form_with with;
	json_t *record, *typed;
	const char *id = NULL;
	LG_TRY(read_way(cx, c, &all, &way));
	if (!way) return lg_fail(cx, LG_INVALID, "agreement", lg_say("Choose one of the list."));
	LG_TRY(read_with(cx, c, &with));
	enum lg_err err = record_read_new(cx, c, &giving_entity, &record, &typed);
	if (err == LG_OK) err = add(cx, c, way, record, &id);
	if (err == LG_INVALID && !c->api) {
		db_abandon(c->db); /* PostgreSQL may have ended it */
		c->db = NULL;
		return show_new(cx, c, way, typed, &with), LG_OK;
	}
	LG_TRY(err);
	record_answer_made(cx, c, "/pools/givings", id, "giving_made");
	return LG_OK;
}

/* --- one of them */

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct db_giving_get_row *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	return db_giving_get(cx, c->db, out, (struct db_giving_get_in){ .id = id });
}

struct given {
	struct list_of ask;
	struct db_giving_people_rows people;
	struct db_giving_openings_rows openings;
	size_t got, n;
	bool invented;
};

static enum lg_err read_given(struct lg_ctx *cx, struct call *c, const struct db_giving_get_row *g, struct given *out)
{
	static const char *const no_parts[] = { NULL };
	LG_TRY(list_of_read(cx, c, &out->ask, no_parts));
	if (is_of_people(g))
		LG_TRY(db_giving_people(cx, c->db, &out->people,
		                        (struct db_giving_people_in){
		                            .id = g->id, .after = out->ask.after_id, .room = out->ask.room + 1 }));
	else
		LG_TRY(db_giving_openings(cx, c->db, &out->openings,
		                          (struct db_giving_openings_in){
		                              .id = g->id, .after = out->ask.after_id, .room = out->ask.room + 1 }));
	out->got = out->people.n + out->openings.n; /* one of them was asked for */
	out->n = out->got > (size_t)out->ask.room ? (size_t)out->ask.room : out->got;
	const char **ids = lg_array(cx->mem, out->n + 1, sizeof *ids);
	for (size_t i = 0; i < out->n && is_of_people(g); i++) ids[i] = out->people.rows[i].id;
	if (out->n && is_of_people(g)) audit_seen(cx, c, ids, out->n);
	out->invented = out->n && (is_of_people(g) ? out->people.rows[0].invented : out->openings.rows[0].invented);
	return LG_OK;
}

static const char *last_day(struct lg_ctx *cx, const struct call *c, int64_t until)
{
	return page_date(cx, lg_when_day((until - 1) / US, c->actor.zone));
}

static struct html_facts *terms_of(struct lg_ctx *cx, struct call *c, const struct db_giving_get_row *g,
                                   const struct form_with *with)
{
	struct html_facts *v = pool_facts(cx, 15);
	pool_fact(v, lg_say("State"), g->alive ? lg_say("It gives") : lg_say("It has ended"));
	pool_fact(v, lg_say("To"), g->pool_name);
	pool_fact(v, lg_say("Give"), said_side(g->side));
	if (g->occupation) pool_fact(v, lg_say("Only this occupation"), form_concept(c, g->occupation));
	if (g->municipality) pool_fact(v, lg_say("Only in this municipality"), form_municipality(g->municipality));
	if (g->unit) pool_fact(v, lg_say("Only people of this unit"), form_unit_name(with, g->unit));
	if (is_of_people(g)) pool_fact(v, lg_say("What the pool is told of people"), told_words(cx, &g->fields));
	if (g->kind) pool_fact(v, lg_say("Only openings of this kind"), lg_say(choice_text(CHOICE_contract, g->kind)));
	pool_fact(v, lg_say("What for"), g->why);
	pool_fact(v, lg_say("Until when"), last_day(cx, c, g->until));
	pool_fact(v, lg_say("Given now"), pool_count(cx, g->given));
	pool_fact(v, lg_say("Left out"), pool_count(cx, g->but));
	pool_fact(v, lg_say("Since when"), page_time(cx, c, g->created));
	pool_fact(v, lg_say("Made by"), g->by_name);
	if (g->ended != DB_NO_INT) {
		const char *why = g->ended_why ? g->ended_why : "";
		if (!strcmp(why, "agreement_ended")) why = lg_say("the agreement was ended");
		pool_fact(v, lg_say("Ended"),
		          lg_printf(cx->mem, "%s%s%s", page_time(cx, c, g->ended), *why ? " · " : "", why));
	}
	return v;
}

static void put_row(struct lg_ctx *cx, struct call *c, struct html_records *v, const char *id, const char *name,
                    const char *url, const char *const *cells, const char *const *heads, size_t n_cells, bool pick)
{
	struct html_records_rows *row = &v->rows[v->n_rows++];
	(void)c;
	*row = (struct html_records_rows){ .id = pick ? id : NULL, .says = name, .url = url };
	row->name = lg_array(cx->mem, 1, sizeof *row->name);
	row->name[row->n_name++].plain = name;
	row->cells = lg_array(cx->mem, n_cells, sizeof *row->cells);
	for (size_t i = 0; i < n_cells; i++) list_cell(row, heads[i + 1], cells[i]);
}

static struct html_found *given_of(struct lg_ctx *cx, struct call *c, const struct db_giving_get_row *g,
                                   const struct given *d)
{
	const char *people[] = { lg_say("Person"), lg_say("Since when") },
	           *openings[] = { lg_say("Opening"), lg_say("Employer"), lg_say("Since when") };
	bool of_people = is_of_people(g), pick = g->alive && may(&c->actor, MAY_SHARE_WRITE);
	struct html_found *found = lg_alloc(cx->mem, sizeof *found);
	struct html_records *v =
	    list_table(cx, lg_say("Given now"), of_people ? people : openings, of_people ? 2 : 3, d->n);
	for (size_t i = 0; i < d->n && of_people; i++) {
		const struct db_giving_people_row *p = &d->people.rows[i];
		const char *cells[] = { page_time(cx, c, p->since) };
		put_row(cx, c, v, p->id, pool_name(cx, p->given_name, p->family_name, p->is_protected),
		        lg_printf(cx->mem, "/candidates/%s/shares", p->id), cells, people, 1, pick);
	}
	for (size_t i = 0; i < d->n && !of_people; i++) {
		const struct db_giving_openings_row *o = &d->openings.rows[i];
		const char *cells[] = { o->employer_name, page_time(cx, c, o->since) };
		put_row(cx, c, v, o->id, o->title, lg_printf(cx->mem, "/openings/%s/pools", o->id), cells, openings, 2,
		        pick);
	}
	v->csrf = page_csrf(cx, c);
	v->action = lg_printf(cx->mem, "/pools/givings/%s/except", g->id);
	v->pick = pick;
	v->batch_says = lg_say("With those chosen");
	v->batch = lg_array(cx->mem, 1, sizeof *v->batch);
	if (pick) v->batch[v->n_batch++] = (struct html_records_batch){ "except", lg_say("Leave these out") };
	v->empty = lg_say("Nothing at present");
	v->empty_more = lg_say("What comes to fit is given by itself.");
	found->count = lg_printf(cx->mem, lg_says("%s row", "%s rows", d->n), pool_count(cx, (int64_t)d->n));
	found->records = v;
	if (d->got > d->n)
		list_put_pages(cx, &d->ask, lg_printf(cx->mem, "/pools/givings/%s", g->id), found, "0",
		               of_people ? d->people.rows[d->n - 1].id : d->openings.rows[d->n - 1].id);
	return found;
}

static struct html_form *end_form(struct lg_ctx *cx, struct call *c, const struct db_giving_get_row *g)
{
	struct small_form *f =
	    small_form(cx, c, lg_printf(cx->mem, "/pools/givings/%s/end", g->id), lg_say("End it now"));
	small_hidden(f, "version", record_version(cx, g->version));
	small_field(cx, f, "why", lg_say("Why?"), "text", "")->longest = WHY_MOST;
	f->form.intro = lg_say("With that, all that it gives is gone from the pool, at once.");
	return &f->form;
}

static json_t *as_json(struct lg_ctx *cx, const struct db_giving_get_row *g, const struct given *d)
{
	json_t *ids = json_array();
	json_t *o = record_keep(
	    cx, json_pack("{s:s, s:I, s:s, s:s, s:s, s:b, s:I, s:I, s:I, s:s?, s:s?, s:s?, s:s?, s:s}", "id", g->id,
	                  "version", (json_int_t)g->version, "pool", g->pool_name, "side", g->side, "agreement",
	                  g->agreement, "gives", (int)g->alive, "given", (json_int_t)g->given, "left_out",
	                  (json_int_t)g->but, "until", (json_int_t)(g->until / US), "unit", g->unit, "municipality",
	                  g->municipality, "occupation", g->occupation, "kind", g->kind, "purpose", g->why));
	if (is_of_people(g)) json_object_set_new(o, "fields", all_of(&g->fields));
	for (size_t i = 0; i < d->n; i++)
		json_array_append_new(ids,
		                      json_string(is_of_people(g) ? d->people.rows[i].id : d->openings.rows[i].id));
	json_object_set_new(o, is_of_people(g) ? "candidates" : "openings", ids);
	if (d->got > d->n)
		list_put_next(cx, o, "0",
		              is_of_people(g) ? d->people.rows[d->n - 1].id : d->openings.rows[d->n - 1].id);
	return o;
}

enum lg_err on_giving_show(struct lg_ctx *cx, struct call *c)
{
	struct db_giving_get_row g = { 0 };
	struct given d = { 0 };
	struct form_with with;
	LG_TRY(read(cx, c, &g));
	LG_TRY(read_given(cx, c, &g, &d));
	LG_TRY(read_with(cx, c, &with));
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, g.version);
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &g, &d)), LG_OK;
	struct html_sheet v = { .title = lg_printf(cx->mem, lg_say("%s to %s"), said_side(g.side), g.pool_name),
		                .lead = g.why };
	v.sections = lg_array(cx->mem, 1, sizeof *v.sections);
	v.asides = lg_array(cx->mem, 2, sizeof *v.asides);
	struct html_found *found = given_of(cx, c, &g, &d);
	pool_section(&v, lg_say("Given now"), NULL, html_found_any(found));
	v.asides[v.n_asides++] = (struct html_sheet_asides){ .title = lg_say("What was said"),
		                                             .body = html_facts_any(terms_of(cx, c, &g, &with)) };
	if (g.alive && may(&c->actor, MAY_SHARE_WRITE))
		v.asides[v.n_asides++] =
		    (struct html_sheet_asides){ .title = lg_say("End it"), .body = html_form_any(end_form(cx, c, &g)) };
	struct page_crumb crumbs[] = { { lg_say("Pools"), "/pools" } };
	page_answer(cx, c,
	            &(struct page){
	                .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "shares", .invented = d.invented },
	            html_sheet_any(&v));
	return LG_OK;
}

/* --- less of it */

enum lg_err on_giving_end(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "why", NULL };
	struct db_giving_get_row g = { 0 };
	json_t *body = NULL;
	int64_t seen;
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	LG_TRY(read(cx, c, &g));
	if (!input_version(cx, c, g.version, &seen)) return LG_OK;
	const char *why = share_said(c, body, "why");
	if (strlen(why) > WHY_MOST) return lg_fail(cx, LG_INVALID, "why", lg_say("This is too long."));
	db_giving_end_send(cx, c->db, (struct db_giving_end_in){ .id = g.id, .version = seen, .why = why });
	LG_TRY(audit_change(cx, c, "ended", "giving", g.id, seen + 1, NULL, NULL));
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(pool_sweep(cx, c));
	answer_see(cx, c, lg_printf(cx->mem, "/pools/givings/%s", g.id), "giving_ended");
	return LG_OK;
}

static enum lg_err leave_out(struct lg_ctx *cx, struct call *c, const struct db_giving_get_row *g, const char *id)
{
	db_giving_but_send(cx, c->db, (struct db_giving_but_in){ .id = g->id, .one = id });
	return audit_change(cx, c, "excepted", "giving", id, 0, NULL, NULL);
}

enum lg_err on_giving_except(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "id", NULL };
	struct db_giving_get_row g = { 0 };
	json_t *body = NULL;
	const char *id;
	size_t n = 0;
	LG_TRY(read(cx, c, &g));
	if (c->api) {
		LG_TRY(input_json(cx, c, &body));
		LG_TRY(input_only(cx, c, body, names));
		LG_TRY(pool_sent_id(cx, c, body, "id", &id));
		LG_TRY(leave_out(cx, c, &g, id));
		n = 1;
	}
	for (size_t i = 0; !c->api && i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, "pick") && app_uuid(c->rq->form.at[i].value, &id) == LG_OK) {
			LG_TRY(leave_out(cx, c, &g, id));
			n++;
		}
	if (n) LG_TRY(db_sync(cx, c->db));
	LG_TRY(pool_sweep(cx, c));
	answer_see(cx, c, lg_printf(cx->mem, "/pools/givings/%s", g.id), n ? "giving_but" : NULL);
	return LG_OK;
}
