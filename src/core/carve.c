/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What of an opening could be left out, or given to a second one, and for how many more it would do then. */
#include "core/carve.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "core/core.h"
#include "core/explain_words.h"
#include "core/match_page.sql.h"
#include "core/match_serve.h"
#include "core/opening.h"
#include "core/sheet_table.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

/* --- what is to be left out of a copy */

/* Take rows out of a list whose field has this code. @return whether there was one */
static bool take_row(const struct match_terms *t, json_t *list, const char *field, const char *code)
{
	const struct lg_taxonomy *words = t->explain.taxonomy;
	bool is_skill = !strcmp(field, "skill"), found = false;
	uint16_t wanted = is_skill ? lg_taxonomy_skill(words, code, strlen(code)) : LG_NO_SKILL;
	for (size_t i = json_array_size(list); i-- > 0;) {
		const char *own = record_word(json_array_get(list, i), field);
		bool same = is_skill ? wanted != LG_NO_SKILL && lg_taxonomy_skill(words, own, strlen(own)) == wanted
		                     : !strcmp(own, code);
		if (!same) continue;
		json_array_remove(list, i);
		found = true;
	}
	return found;
}

static bool take(const struct match_terms *t, json_t *record, const char *what)
{
	static const char *const whole[][2] = { { "hours", "hours" },
		                                { "schedule", "schedule" },
		                                { "start", "start_on" } };
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if (!strcmp(what, whole[i][0])) {
			bool any = !json_is_null(json_object_get(record, whole[i][1]));
			return json_object_del(record, whole[i][1]) == 0 && any;
		}
	if (!strcmp(what, "licence")) {
		bool any = json_array_size(json_object_get(record, "licences")) > 0;
		return json_array_clear(json_object_get(record, "licences")) == 0 && any;
	}
	if (!strncmp(what, "language:", 9))
		return take_row(t, json_object_get(record, "languages"), "language", what + 9);
	return !strncmp(what, "skill:", 6) && take_row(t, json_object_get(record, "skills"), "skill", what + 6);
}

enum lg_err carve_take(struct lg_ctx *cx, const struct call *c, json_t *record)
{
	for (size_t i = 0; i < c->rq->query.n; i++) {
		const struct http_pair *p = &c->rq->query.at[i];
		if (!strcmp(p->name, "without") && !take(app_setup(c->app)->terms, record, p->value))
			return lg_fail(cx, LG_INVALID, "without", lg_say("This opening asks for nothing of the kind."));
	}
	return LG_OK;
}

/* --- the page */

/* The opening in parts, what was counted, and where it is. */
struct carving {
	struct lg_ctx *cx;
	struct call *c;
	const struct match_terms *terms;
	struct lgm_opening o;
	struct carve_part parts[CARVE_PARTS];
	struct carve_found found;
	const char *path;
	bool waiting, unlike;
};

static const char *count(const struct carving *k, uint64_t n)
{
	char out[48];
	return lg_strdup(k->cx->mem, lg_number_count(out, n));
}

static const char *part_code(const struct carving *k, size_t i)
{
	switch (k->parts[i].kind) {
	case CARVE_LICENCE: return "licence";
	case CARVE_HOURS: return "hours";
	case CARVE_SCHEDULE: return "schedule";
	case CARVE_START: return "start";
	case CARVE_LANGUAGE: return lg_printf(k->cx->mem, "language:%s", k->terms->explain.languages[k->parts[i].what]);
	}
	return "";
}

static const char *skill_code(const struct carving *k, size_t i)
{
	char uri[80];
	const char *all = lg_taxonomy_skill_uri(k->terms->explain.taxonomy, k->o.essential[i].skill, uri),
	           *last = strrchr(all, '/');
	return lg_printf(k->cx->mem, "skill:%s", last ? last + 1 : all);
}

static const char *licence_names(const struct carving *k, const struct explain *e)
{
	struct lg_buf *out = page_buffer(k->cx);
	for (size_t i = 0; i < k->o.n_licences; i++) {
		if (i) lg_puts(out, ", ");
		explain_put_licence(out, e, k->terms->explain.licences[k->o.licences[i]]);
	}
	return lg_strndup(k->cx->mem, out->data ? out->data : "", out->len);
}

static const char *part_name(const struct carving *k, size_t i)
{
	const struct explain e = { .in = &k->terms->explain };
	char hours[48];
	switch (k->parts[i].kind) {
	case CARVE_LICENCE: return licence_names(k, &e);
	case CARVE_HOURS: return lg_printf(k->cx->mem, lg_say("%s hours a week"), lg_number_tenths(hours, k->o.hours));
	case CARVE_SCHEDULE: return lg_say("The hours of the day");
	case CARVE_START: return lg_say("The first day of work");
	case CARVE_LANGUAGE:
		for (size_t l = 0; l < k->o.n_languages; l++)
			if (k->o.languages[l].language == k->parts[i].what)
				return lg_printf(
				    k->cx->mem, "%s %s",
				    explain_language_name(&e, k->terms->explain.languages[k->parts[i].what]),
				    explain_level_name(k->o.languages[l].level));
	}
	return "";
}

/* A button that makes a draft without some parts; `codes`: NULL at the end. */
static void put_draft(const struct carving *k, struct html_records_rows *row, const char *about,
                      const char *const *codes)
{
	struct lg_buf *url = page_buffer(k->cx);
	if (!may(&k->c->actor, MAY_OPENING_WRITE)) return;
	lg_putf(url, "%s/copy", k->path);
	for (size_t i = 0; codes[i]; i++) {
		lg_puts(url, i ? "&without=" : "?without=");
		http_put_encoded(url, codes[i]);
	}
	sheet_table_deed(k->cx, row, lg_say("Make a draft"), about, lg_strndup(k->cx->mem, url->data, url->len), true);
}

static bool is_licence(const struct carving *k, size_t i) { return k->parts[i].kind == CARVE_LICENCE; }

static struct html_records *one_by_one(const struct carving *k)
{
	const char *const heads[] = { lg_say("Without this"), lg_say("More people who would do"),
		                      lg_say("Of them, if it were asked for one level lower") };
	struct html_records *t =
	    sheet_table(k->cx, k->c, "one", lg_say("Without one demand"), heads, 3, CARVE_PARTS, true);
	for (size_t i = 0; i < k->found.n_parts; i++) {
		if (is_licence(k, i)) continue;
		const char *name = part_name(k, i), *cells[] = { count(k, k->found.without[i]), "" };
		if (k->parts[i].kind == CARVE_LANGUAGE) cells[1] = count(k, k->found.lower[i]);
		struct html_records_rows *row = sheet_table_row(k->cx, t, name, NULL, heads, cells, 2);
		if (k->found.without[i]) put_draft(k, row, name, (const char *[]){ part_code(k, i), NULL });
	}
	t->empty = lg_say("There is nothing that could be left out");
	return t;
}

struct pair {
	size_t a, b;
	uint64_t more;
};

static int by_more(const void *x, const void *y)
{
	const struct pair *p = x, *q = y;
	if (p->more != q->more) return p->more > q->more ? -1 : 1;
	return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

enum { PAIRS_SHOWN = 8 };

/* The pairs that together open more than each alone, best first. */
static size_t pairs_of(const struct carving *k, bool with_licence, struct pair *out)
{
	size_t n = 0;
	for (size_t i = 0; i < k->found.n_parts; i++)
		for (size_t j = i + 1; j < k->found.n_parts; j++)
			if (k->found.both[i][j] && (is_licence(k, i) || is_licence(k, j)) == with_licence)
				out[n++] = (struct pair){ i, j, k->found.both[i][j] };
	if (n) qsort(out, n, sizeof *out, by_more);
	return n < PAIRS_SHOWN ? n : PAIRS_SHOWN;
}

static struct html_records *two_by_two(const struct carving *k)
{
	const char *const heads[] = { lg_say("Without both"), lg_say("More people who would do") };
	struct pair pairs[CARVE_PARTS * CARVE_PARTS];
	size_t n = pairs_of(k, false, pairs);
	struct html_records *t =
	    sheet_table(k->cx, k->c, "two", lg_say("Without two demands"), heads, 2, PAIRS_SHOWN, true);
	for (size_t i = 0; i < n; i++) {
		const char *name = lg_printf(k->cx->mem, lg_say("%s, and %s"), part_name(k, pairs[i].a),
		                             part_name(k, pairs[i].b)),
		           *cells[] = { count(k, pairs[i].more) };
		put_draft(k, sheet_table_row(k->cx, t, name, NULL, heads, cells, 1), name,
		          (const char *[]){ part_code(k, pairs[i].a), part_code(k, pairs[i].b), NULL });
	}
	t->empty = lg_say("No two together open more than each alone");
	return t;
}

/* The licence stays with the tasks that need it: the others may be an opening of their own. */
static struct html_records *by_licence(const struct carving *k, size_t licence)
{
	const char *const heads[] = { lg_say("Opening"), lg_say("People who would do") };
	struct pair pairs[CARVE_PARTS * CARVE_PARTS];
	size_t n = pairs_of(k, true, pairs);
	struct html_records *t =
	    sheet_table(k->cx, k->c, "split", lg_say("Two openings, by the licence"), heads, 2, n + 2, true);
	const char *a = lg_say("A: tasks that need no licence"),
	           *cell = count(k, k->found.feasible + k->found.without[licence]);
	put_draft(k, sheet_table_row(k->cx, t, a, NULL, heads, &cell, 1), a, (const char *[]){ "licence", NULL });
	for (size_t i = 0; i < n; i++) {
		size_t other = pairs[i].a == licence ? pairs[i].b : pairs[i].a;
		const char *name = lg_printf(k->cx->mem, lg_say("A, and without this too: %s"), part_name(k, other));
		cell = count(k, k->found.feasible + pairs[i].more);
		put_draft(k, sheet_table_row(k->cx, t, name, NULL, heads, &cell, 1), name,
		          (const char *[]){ "licence", part_code(k, other), NULL });
	}
	cell = count(k, k->found.feasible);
	(void)sheet_table_row(
	    k->cx, t,
	    lg_printf(k->cx->mem, lg_say("B: tasks that need it (%s), as this opening is"), part_name(k, licence)),
	    k->path, heads, &cell, 1);
	return t;
}

/* The skills of one half: their names, and the codes of the others, which its draft is without. */
static const char *half(const struct carving *k, bool first, const char **others)
{
	struct lg_buf *names = page_buffer(k->cx);
	size_t n = 0;
	for (size_t i = 0; i < k->found.n_skills; i++) {
		if (carve_is_first(&k->found, i) != first) {
			others[n++] = skill_code(k, i);
			continue;
		}
		lg_putf(
		    names, "%s%s", names->len ? ", " : "",
		    lg_taxonomy_skill_label(k->terms->explain.taxonomy, k->o.essential[i].skill, lg_speech_language()));
	}
	others[n] = NULL;
	return names->len ? lg_strndup(k->cx->mem, names->data, names->len) : "";
}

static struct html_records *by_skills(const struct carving *k)
{
	const char *const heads[] = { lg_say("Opening with these skills"),
		                      lg_say("Of those who meet every demand, who have all of them") };
	const char **others[2] = { lg_array(k->cx->mem, CARVE_SKILLS + 1, sizeof *others[0]),
		                   lg_array(k->cx->mem, CARVE_SKILLS + 1, sizeof *others[0]) };
	const char *names[] = { half(k, true, others[0]), half(k, false, others[1]) };
	const uint64_t have[] = { k->found.first, k->found.second };
	if (!*names[0] || !*names[1] || !k->found.feasible) return NULL;
	struct html_records *t =
	    sheet_table(k->cx, k->c, "skills", lg_say("Two openings, by the skills"), heads, 2, 3, true);
	for (size_t i = 0; i < 2; i++) {
		const char *name = lg_printf(k->cx->mem, i ? lg_say("B: %s") : lg_say("A: %s"), names[i]),
		           *cell = count(k, have[i]);
		put_draft(k, sheet_table_row(k->cx, t, name, NULL, heads, &cell, 1), name, others[i]);
	}
	const char *cell = count(k, k->found.whole);
	(void)sheet_table_row(k->cx, t, lg_say("All of them, as this opening is"), k->path, heads, &cell, 1);
	return t;
}

static void put_section(struct html_sheet *v, const char *id, const char *title, const char *help,
                        const struct html_records *table)
{
	if (table)
		v->sections[v->n_sections++] = (struct html_sheet_sections){
			.id = id, .title = title, .help = help, .body = html_records_any(table)
		};
}

static void put_tables(const struct carving *k, struct html_sheet *v)
{
	put_section(
	    v, "without", lg_say("Without one demand"),
	    lg_say("What is asked for is the employer's to say: show them what each demand costs. A draft is a copy "
	           "of this opening without the demand; look through its words before it is opened."),
	    one_by_one(k));
	put_section(v, "pairs", lg_say("Without two demands"), NULL, two_by_two(k));
	for (size_t i = 0; i < k->found.n_parts; i++)
		if (is_licence(k, i))
			put_section(
			    v, "licence", lg_say("Split in two by the licence"),
			    lg_say("A licence is never left out: the law asks for it. But tasks that need none may "
			           "be an opening of their own. In its draft, say which tasks these are; the others "
			           "stay here."),
			    by_licence(k, i));
	put_section(v, "by-skills", lg_say("Split in two by the skills"),
	            lg_say("A: the skills that at least half of those have who meet every demand. B: the others."),
	            by_skills(k));
}

static const char *nothing_counted(const struct carving *k, bool whole)
{
	if (!whole)
		return lg_say(
		    "Here people of the whole office are counted. Whoever works for some of its units only sees no "
		    "counts of others: ask somebody who sees the whole office.");
	if (k->waiting)
		return lg_say("The matcher has just started and reads the office. Load the page again in a moment.");
	return lg_say("Without a place nothing can be compared: say in which municipality it is.");
}

static void show(const struct carving *k, const struct opening *one, bool whole)
{
	const char *title = record_word(one->record, "title");
	struct html_sheet v = { .title = lg_say("What could be left out or split"), .lead = title };
	struct page_crumb crumbs[] = { { lg_say("Openings"), "/openings" },
		                       { title, k->path },
		                       { lg_say("Candidates who suit"),
		                         lg_printf(k->cx->mem, "%s/matches", k->path) } };
	v.sections = lg_array(k->cx->mem, 5, sizeof *v.sections);
	struct html_facts *facts = lg_alloc(k->cx->mem, sizeof *facts);
	if (!whole || k->waiting || k->unlike) {
		v.sections[v.n_sections++] = (struct html_sheet_sections){ .help = nothing_counted(k, whole) };
	} else {
		v.sections[v.n_sections++] = (struct html_sheet_sections){ .body = html_facts_any(facts) };
		facts->facts = lg_array(k->cx->mem, 3, sizeof *facts->facts);
		facts->facts[facts->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say("People available"), .value = count(k, k->found.all) };
		facts->facts[facts->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say("Who live near enough and take such a contract"),
			                       .value = count(k, k->found.near) };
		facts->facts[facts->n_facts++] = (struct html_facts_facts){ .name = lg_say("Who meet every demand"),
			                                                    .value = count(k, k->found.feasible) };
		put_tables(k, &v);
	}
	page_answer(
	    k->cx, k->c,
	    &(struct page){
	        .title = v.title, .crumbs = crumbs, .n_crumbs = 3, .here = "openings", .invented = one->invented },
	    html_sheet_any(&v));
}

static json_t *as_json(const struct carving *k)
{
	const struct carve_found *f = &k->found;
	json_t *parts = json_array(), *pairs = json_array(), *skills = json_array();
	for (size_t i = 0; i < f->n_parts; i++)
		json_array_append_new(parts, json_pack("{s:s, s:I, s:I}", "part", part_code(k, i), "more",
		                                       (json_int_t)f->without[i], "more_one_level_lower",
		                                       (json_int_t)f->lower[i]));
	for (size_t i = 0; i < f->n_parts; i++)
		for (size_t j = i + 1; j < f->n_parts; j++)
			if (f->both[i][j])
				json_array_append_new(pairs,
				                      json_pack("{s:[s,s], s:I}", "parts", part_code(k, i),
				                                part_code(k, j), "more", (json_int_t)f->both[i][j]));
	for (size_t i = 0; i < f->n_skills; i++)
		json_array_append_new(skills,
		                      json_pack("{s:s, s:I}", "part", skill_code(k, i), "have", (json_int_t)f->has[i]));
	return record_keep(k->cx, json_pack("{s:I, s:I, s:I, s:o, s:o, s:o}", "all", (json_int_t)f->all, "near",
	                                    (json_int_t)f->near, "feasible", (json_int_t)f->feasible, "parts", parts,
	                                    "pairs", pairs, "skills", skills));
}

/* Ask the matcher, unless who looks sees some units only: counts would tell of others. */
static enum lg_err ask(struct carving *k, const json_t *record, bool whole)
{
	const struct app_setup *setup = app_setup(k->c->app);
	if (!whole) return LG_OK;
	enum lg_err err = match_ask_carve(k->cx, setup->match_socket, k->c->actor.tenant, record, &k->found);
	k->waiting = err == LG_BUSY;
	k->unlike = err == LG_UNKNOWN || (err == LG_OK && !match_terms_opening(k->terms, k->cx->mem, record, &k->o));
	if (err != LG_OK && err != LG_BUSY && err != LG_UNKNOWN) return err;
	k->cx->notes = NULL;
	if (!k->waiting && !k->unlike && carve_parts(&k->o, k->parts) != k->found.n_parts)
		return lg_fail(k->cx, LG_FAULT, NULL, "the matcher sees other parts in this opening");
	return LG_OK;
}

enum lg_err on_opening_carve(struct lg_ctx *cx, struct call *c)
{
	struct opening one;
	struct db_match_sees_all_row sees = { 0 };
	struct carving *k = lg_alloc(cx->mem, sizeof *k);
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	*k = (struct carving){ .cx = cx, .c = c, .terms = app_setup(c->app)->terms };
	k->path = lg_printf(cx->mem, "/openings/%s", id);
	db_match_sees_all_send(cx, c->db, &sees);
	LG_TRY(opening_read(cx, c, id, &one));
	LG_TRY(app_end(cx, c));
	LG_TRY(ask(k, one.record, sees.all));
	if (!c->api) return show(k, &one, sees.all), LG_OK;
	if (k->waiting) return lg_fail(cx, LG_BUSY, "", lg_say("The lists are being made"));
	return answer_json(cx, c, 200, sees.all ? as_json(k) : record_keep(cx, json_object())), LG_OK;
}
