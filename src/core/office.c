/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/office.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/language.h"
#include "app/page.h"
#include "app/policy.h"
#include "app/record.h"
#include "core/core.h"
#include "core/municipalities.h"
#include "core/office.sql.h"
#include "core/small_form.h"
#include "core/tabs.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { NAME_MOST = 200, LABEL_MOST = 100, LABELS_MOST = 8 };

void office_tabs(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here)
{
	const struct tab all[] = { { "/members", lg_say("Colleagues"), MAY_ACCOUNT_ADMIN },
		                   { "/office", lg_say("Office"), MAY_TENANT_ADMIN },
		                   { "/units", lg_say("Units"), MAY_TENANT_ADMIN },
		                   { "/office/follow", lg_say("What waits"), MAY_TENANT_ADMIN },
		                   { "/agreements", lg_say("Agreements"), MAY_TENANT_ADMIN },
		                   { "/clients", lg_say("Programs"), MAY_CLIENT_ADMIN },
		                   { "/webhooks", lg_say("Webhooks"), MAY_CLIENT_ADMIN } };
	tabs_put(cx, c, v, here, all, sizeof all / sizeof *all);
}

void office_show(struct lg_ctx *cx, struct call *c, const char *here, const char *item, const char *title,
                 const char *lead, struct html_sheet_sections *sections, size_t n)
{
	struct html_sheet v = { .title = title, .lead = lead, .sections = sections, .n_sections = n };
	office_tabs(cx, c, &v, here);
	page_answer(cx, c, &(struct page){ .title = title, .here = item }, html_sheet_any(&v));
}

const char *office_roles(struct lg_ctx *cx, const struct db_list *list)
{
	struct lg_buf *b = page_buffer(cx);
	for (size_t i = 0; i < list->n; i++) {
		const struct role *r = role_named(list->texts[i]);
		lg_putf(b, "%s%s", i ? ", " : "", r ? lg_say(r->text) : list->texts[i]);
	}
	return b->len ? lg_strdup(cx->mem, b->data) : "";
}

/* --- name, languages, words */

/* What a key of an office's words stands for. */
static const char *key_words(const char *key)
{
	if (!strcmp(key, "office")) return lg_say("Office");
	return !strcmp(key, "unit") ? lg_say("Unit") : key;
}

/* Form names of words: "label.office.da". */
static const char *label_name(struct lg_ctx *cx, const char *key, const char *language)
{
	return lg_printf(cx->mem, "label.%s.%s", key, language);
}

/* Those of the office's country; what was sent goes before what is. */
static void put_municipality(struct lg_ctx *cx, struct small_form *f, const struct db_office_get_row *o)
{
	size_t n;
	const struct lg_municipality *const *all = municipalities_by_name(f->c->actor.zone, &n);
	const char *now = f->c->rq->method == HTTP_POST ? small_sent(f->c, "official_code") : o->official_code;
	struct html_fields_fields *field = small_choice(cx, f, "official_code", lg_say("Municipality"), false, n + 1);
	field->help =
	    lg_say("If the office is one: then the number of the hotline that is for it stands on every page.");
	small_option(cx, field, "", "–", NULL, !*now);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i]->country, o->country))
			small_option(cx, field, all[i]->code, all[i]->name, NULL, !strcmp(all[i]->code, now));
}

/* --- offices that become one */

static void add_fact(struct html_facts *v, struct html_facts_facts *list, const char *name, const char *value)
{
	list[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value };
}

static const char *who_sees_whom(struct lg_ctx *cx, const struct db_office_merges_row *m)
{
	if (m->narrow || m->leaves)
		return lg_say(
		    "Everybody goes on seeing the people they see today, and no others, until an administrator "
		    "gives them a role for more. Employers and openings are shared.");
	return lg_printf(cx->mem,
	                 lg_say("Whoever comes goes on seeing the people they see today, and no others. Whoever has a "
	                        "role for the whole of %s sees them too. Employers and openings are shared."),
	                 m->into_name);
}

static struct html_sheet_sections merge_section(struct lg_ctx *cx, const struct db_office_merges_row *m)
{
	enum { FACTS = 8 };
	bool done = !strcmp(m->state, "done");
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	struct html_facts_facts *list = lg_array(cx->mem, FACTS, sizeof *list);
	*v = (struct html_facts){ .facts = list };
	add_fact(v, list, lg_say("Day"), lg_when_date(lg_alloc(cx->mem, LG_WHEN), m->on_date));
	if (*m->why) add_fact(v, list, lg_say("Why"), m->why);
	if (m->has_failed)
		add_fact(v, list, lg_say("The last attempt"),
		         lg_say("It failed. Nothing was changed, and it will be tried again; whoever runs the service "
		                "knows why."));
	if (!done)
		add_fact(v, list, lg_say("That morning"),
		         lg_say("For some minutes nobody can work. Then everybody signs in as before."));
	add_fact(
	    v, list, lg_say("Records"),
	    lg_printf(cx->mem,
	              lg_say("Everything moves along, with its history, and keeps its address. %s becomes a unit of "
	                     "%s, and its units stand below it."),
	              m->from_name, m->into_name));
	add_fact(v, list, lg_say("Who sees whom"), who_sees_whom(cx, m));
	add_fact(v, list, lg_say("Administrators"),
	         m->administrators
	             ? lg_printf(cx->mem, lg_say("Administrators of %s are administrators of %s."), m->from_name,
	                         m->into_name)
	             : lg_printf(cx->mem, lg_say("Administrators of %s do not become administrators of %s."),
	                         m->from_name, m->into_name));
	add_fact(
	    v, list, lg_say("Programs and webhooks"),
	    lg_printf(cx->mem,
	              lg_say("Programs of %s are shut out, and have to be let in anew. Its webhooks are told that the "
	                     "offices merged, and of nothing else until somebody chooses it."),
	              m->from_name));
	return (struct html_sheet_sections){
		.title = lg_printf(cx->mem, done ? lg_say("%s has become part of %s") : lg_say("%s becomes part of %s"),
		                   m->from_name, m->into_name),
		.body = html_facts_any(v),
	};
}

/* --- colleagues who ring the hotline */

/* What hotlines that are for the municipality may see, and whether they do; whoever decides reads first what it means.
 */
static struct html_sheet_sections callers_section(struct lg_ctx *cx, struct call *c,
                                                  const struct db_office_callers_row *k)
{
	struct small_form *f = small_form(cx, c, "/office/callers", lg_say("Save"));
	struct html_fields_fields *field =
	    small_choice(cx, f, "callers", lg_say("May these hotlines recognise the office's colleagues?"), false, 2);
	const char *hotlines = "";
	char count[48];
	for (size_t i = 0; i < k->hotlines.n; i++)
		hotlines = lg_printf(cx->mem, "%s%s%s", hotlines, i ? "; " : "", k->hotlines.texts[i]);
	field->help = lg_printf(
	    cx->mem, "%s %s", *hotlines ? hotlines : lg_say("None is for your municipality today."),
	    lg_printf(cx->mem,
	              lg_says("%s colleague has written a telephone number and is recognised if you say yes.",
	                      "%s colleagues have written a telephone number and are recognised if you say yes.",
	                      (size_t)k->colleagues),
	              lg_number_count(count, (uint64_t)k->colleagues)));
	small_option(cx, field, "no", lg_say("No"), NULL, !k->shown);
	small_option(cx, field, "yes", lg_say("Yes"), NULL, k->shown);
	return (struct html_sheet_sections){
		.title = lg_say("Recognised by the hotline"),
		.help = lg_say(
		    "When a colleague rings a hotline that is for your municipality, its agents see the name, the "
		    "office, and the number and mail address at work; they find colleagues by number, name or "
		    "office. They see nothing else of the office. Each colleague can take themselves out under "
		    "My account."),
		.body = html_form_any(&f->form),
	};
}

enum lg_err on_office_callers(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "callers", NULL };
	int64_t changed;
	LG_TRY(small_only(cx, c, names));
	const char *sent = small_sent(c, "callers");
	if (strcmp(sent, "yes") != 0 && strcmp(sent, "no") != 0)
		return lg_fail(cx, LG_INVALID, "callers", lg_say("Choose one of the list."));
	bool shown = !strcmp(sent, "yes");
	LG_TRY(shown ? db_office_callers_show(cx, c->db, &changed) : db_office_callers_hide(cx, c->db, &changed));
	if (changed) LG_TRY(audit_change(cx, c, shown ? "shown" : "hidden", "office", NULL, 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/office?said=saved");
	return LG_OK;
}

static enum lg_err show_office(struct lg_ctx *cx, struct call *c, const struct db_office_get_row *o,
                               const struct db_office_merges_rows *merges, const struct db_office_callers_row *callers)
{
	json_t *labels = NULL;
	LG_TRY(record_parse(cx, &labels, o->labels, strlen(o->labels)));
	struct small_form *f = small_form(cx, c, "/office", lg_say("Save"));
	f->form.version = lg_printf(cx->mem, "%lld", (long long)o->version);
	small_field(cx, f, "name", lg_say("Name of the office"), "text", o->name)->must = true;
	struct html_fields_fields *languages =
	    small_choice(cx, f, "languages", lg_say("Languages of the pages"), true, 4);
	languages->help = lg_say("The first is the office's own.");
	bool posted = c->rq->method == HTTP_POST;
	for (size_t i = 0; i < 4; i++) {
		bool chosen = posted && small_chosen(c, "languages", page_languages[i].code);
		for (size_t j = 0; !posted && j < o->languages.n; j++)
			chosen = chosen || !strcmp(o->languages.texts[j], page_languages[i].code);
		small_option(cx, languages, page_languages[i].code, page_languages[i].name, NULL, chosen);
	}
	put_municipality(cx, f, o);
	const char *key;
	json_t *words;
	size_t keys = 0;
	json_object_foreach(labels, key, words)
	{
		if (++keys > LABELS_MOST) break;
		for (size_t i = 0; i < 4; i++) {
			const char *now = json_string_value(json_object_get(words, page_languages[i].code));
			small_field(cx, f, label_name(cx, key, page_languages[i].code),
			            lg_printf(cx->mem, lg_say("The word for \"%s\" in %s"), key_words(key),
			                      page_languages[i].name),
			            "text", now ? now : "")
			    ->longest = LABEL_MOST;
		}
	}
	struct html_sheet_sections *sections = lg_array(cx->mem, merges->n + 2, sizeof *sections);
	for (size_t i = 0; i < merges->n; i++) sections[i] = merge_section(cx, &merges->rows[i]);
	sections[merges->n] = (struct html_sheet_sections){ .body = html_form_any(&f->form) };
	sections[merges->n + 1] = callers_section(cx, c, callers);
	office_show(cx, c, "/office", "office", lg_say("Office"),
	            lg_say("What the office is called, and what it calls things."), sections, merges->n + 2);
	return LG_OK;
}

enum lg_err on_office(struct lg_ctx *cx, struct call *c)
{
	struct db_office_get_row o = { 0 };
	struct db_office_merges_rows merges = { 0 };
	db_office_get_send(cx, c->db, &o);
	struct db_office_callers_row callers = { 0 };
	db_office_merges_send(cx, c->db, &merges);
	db_office_callers_send(cx, c->db, &callers);
	LG_TRY(app_end(cx, c));
	return show_office(cx, c, &o, &merges, &callers);
}

/* The words that were sent, in place of those that are; no other keys. */
static json_t *labels_sent(struct lg_ctx *cx, const struct call *c, json_t *labels)
{
	const char *key;
	json_t *words;
	json_t *out = record_keep(cx, json_deep_copy(labels));
	json_object_foreach(out, key, words)
	{
		for (size_t i = 0; i < 4; i++) {
			const char *name = label_name(cx, key, page_languages[i].code);
			if (!http_form(c->rq, name)) continue;
			const char *text = small_text(cx, c, name, LABEL_MOST, false);
			if (*text)
				(void)json_object_set_new(words, page_languages[i].code, json_string(text));
			else
				(void)json_object_del(words, page_languages[i].code);
		}
	}
	return out;
}

static enum lg_err only_office_fields(struct lg_ctx *cx, const struct call *c, json_t *labels)
{
	const char **names = lg_array(cx->mem, json_object_size(labels) * 4 + 4, sizeof *names);
	size_t n = 0;
	const char *key;
	json_t *words;
	names[n++] = "name";
	names[n++] = "languages";
	names[n++] = "official_code";
	json_object_foreach(labels, key, words)
	{
		for (size_t i = 0; i < 4; i++) names[n++] = label_name(cx, key, page_languages[i].code);
	}
	return small_only(cx, c, names);
}

enum lg_err on_office_save(struct lg_ctx *cx, struct call *c)
{
	struct db_office_get_row o = { 0 };
	struct db_office_merges_rows merges = { 0 };
	struct db_office_change_row row = { 0 };
	struct db_office_callers_row callers = { 0 };
	json_t *labels = NULL;
	db_office_merges_send(cx, c->db, &merges);
	db_office_callers_send(cx, c->db, &callers);
	LG_TRY(db_office_get(cx, c->db, &o));
	LG_TRY(record_parse(cx, &labels, o.labels, strlen(o.labels)));
	LG_TRY(only_office_fields(cx, c, labels));
	const char *name = small_text(cx, c, "name", NAME_MOST, true);
	struct db_list languages = small_all(cx, c, "languages");
	for (size_t i = 0; i < languages.n; i++)
		if (!language_known(languages.texts[i]))
			(void)!lg_fail(cx, LG_INVALID, "languages", lg_say("This language is not there."));
	if (!languages.n) (void)!lg_fail(cx, LG_INVALID, "languages", lg_say("Choose at least one."));
	const char *code = small_sent(c, "official_code");
	if (*code && !lg_municipality_find(code, strlen(code), o.country))
		(void)!lg_fail(cx, LG_INVALID, "official_code", lg_say("Choose one of the list."));
	json_t *words = labels_sent(cx, c, labels);
	if (cx->notes) {
		LG_TRY(app_end(cx, c));
		return show_office(cx, c, &o, &merges, &callers);
	}
	LG_TRY(db_office_change(cx, c->db, &row,
	                        (struct db_office_change_in){ .name = name,
	                                                      .languages = languages,
	                                                      .labels = record_text(cx, words),
	                                                      .version = app_version_seen(c) }));
	if (!row.changed) return LG_CONFLICT;
	if (http_form(c->rq, "official_code"))
		db_office_code_send(cx, c->db, (struct db_office_code_in){ .code = code });
	LG_TRY(audit_change(cx, c, "change", "office", NULL, o.version + 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/office?said=saved");
	return LG_OK;
}
