/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Documents, shown: on the candidate's page, and each on a page of its own. */
#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "core/candidate_view.h"
#include "core/document.h"
#include "core/document_text.h"
#include "core/entity.h"
#include "core/record_view.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/passage.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

const char *document_size_words(struct lg_ctx *cx, int64_t size)
{
	char number[48];
	return lg_printf(cx->mem, lg_say("%s kB"), lg_number_count(number, (size_t)(size + 999) / 1000));
}

static const char *path_of(struct lg_ctx *cx, const char *candidate, const char *id, const char *rest)
{
	return lg_printf(cx->mem, "/candidates/%s/documents/%s%s", candidate, id, rest);
}

static const char *text_words(const char *state, const char *why)
{
	if (!strcmp(state, "unread")) return lg_say(why);
	return !strcmp(state, "none") ? lg_say("A picture, without text") : lg_say("Its text can be searched");
}

struct html_events *document_events(struct lg_ctx *cx, struct call *c, const char *candidate,
                                    const struct db_document_list_rows *rows, const struct form_with *with)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, rows->n + 1, sizeof *v->events);
	v->empty = lg_say("No documents.");
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_document_list_row *r = &rows->rows[i];
		const char *until = page_date(cx, r->valid_until);
		struct html_events_events *e = &v->events[v->n_events++];
		*e = (struct html_events_events){
			.icon = "document",
			.title = lg_printf(cx->mem, "%s: %s", lg_say(choice_text(CHOICE_document, r->kind)), r->name),
			.when = page_time(cx, c, r->at),
			.date = record_day(cx, c, r->at),
			.who = form_member_name(with, r->account ? r->account : ""),
			.url = path_of(cx, candidate, r->id, ""),
			.act = lg_printf(cx->mem, lg_say("Open %s"), r->name),
		};
		if (*until) e->words = lg_printf(cx->mem, lg_say("valid until %s"), until);
		if (r->text_why) e->words = lg_say(r->text_why);
	}
	return v;
}

struct html_form *document_form(struct lg_ctx *cx, struct call *c, const char *candidate, const struct form_with *with)
{
	struct html_form *v =
	    form_of_section(cx, c, &document_entity, &document_entity.sections[0], record_keep(cx, json_object()), with,
	                    lg_printf(cx->mem, "/candidates/%s/documents", candidate));
	struct html_fields *of = (struct html_fields *)(uintptr_t)v->parts[0].fields;
	struct html_fields_fields *fields = lg_array(cx->mem, of->n_fields + 1, sizeof *fields);
	memcpy(fields, of->fields, of->n_fields * sizeof *fields);
	fields[of->n_fields++] = (struct html_fields_fields){
		.id = "f-file",
		.name = "file",
		.label = lg_say("File"),
		.help = lg_printf(cx->mem,
		                  lg_say("PDF, PNG, JPEG, Word (docx), OpenDocument (odt) or plain text (txt), at most "
		                         "%s."),
		                  document_size_words(cx, (int64_t)app_setup(c->app)->most_document)),
		.error = page_note(cx, "file"),
		.input = "file",
		.must = true,
		.wide = true,
	};
	of->fields = fields;
	v->files = true;
	v->submit = lg_say("Add the document");
	return v;
}

static void put_fact(struct html_facts *v, const char *name, const char *value)
{
	if (*value) v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value };
}

static struct html_facts *facts_of(struct lg_ctx *cx, struct call *c, const struct db_document_get_row *r,
                                   const struct form_with *with)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->facts = lg_array(cx->mem, 7, sizeof *v->facts);
	put_fact(v, lg_say("What it is"), lg_say(choice_text(CHOICE_document, r->kind)));
	put_fact(v, lg_say("Valid until"), page_date(cx, r->valid_until));
	put_fact(v, lg_say("File"), r->name);
	put_fact(v, lg_say("Size"), document_size_words(cx, r->size));
	put_fact(v, lg_say("Added"), page_time(cx, c, r->at));
	put_fact(v, lg_say("Added by"), form_member_name(with, r->account ? r->account : ""));
	put_fact(v, lg_say("Text"), text_words(r->text_state, r->text_why));
	return v;
}

static struct html_passage *passage_of(struct lg_ctx *cx, const char *text, const char *asked)
{
	enum { MARKS = 200 };
	struct html_passage *v = lg_alloc(cx->mem, sizeof *v);
	struct name_span *spans = lg_array(cx->mem, MARKS, sizeof *spans);
	size_t n = *asked ? document_spans(cx, spans, MARKS, text, asked) : 0, at = 0;
	v->pieces = lg_array(cx->mem, n + 1, sizeof *v->pieces);
	for (size_t i = 0; i < n; i++) {
		v->pieces[v->n_pieces++] =
		    (struct html_passage_pieces){ .plain = lg_strndup(cx->mem, text + at, spans[i].from - at),
			                          .found = lg_strndup(cx->mem, text + spans[i].from,
			                                              spans[i].to - spans[i].from) };
		at = spans[i].to;
	}
	v->pieces[v->n_pieces++] = (struct html_passage_pieces){ .plain = text + at };
	return v;
}

static struct html_form *remove_form(struct lg_ctx *cx, struct call *c, const char *action)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = action,
		                 .csrf = page_csrf(cx, c),
		                 .intro = lg_say("It is erased for good, and that it was is written down."),
		                 .submit = lg_say("Take the document away"),
		                 .danger = true };
	return v;
}

void document_show(struct lg_ctx *cx, struct call *c, const struct candidate_page *page,
                   const struct db_document_get_row *r, const char *text)
{
	const char *asked = http_query(c->rq, "q"), *name = candidate_name(cx, page->one.record),
	           *home = lg_printf(cx->mem, "/candidates/%s", page->one.id);
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" }, { name, home } };
	struct html_sheet v = { .title = r->name, .lead = name };
	v.actions = lg_array(cx->mem, 1, sizeof *v.actions);
	v.actions[v.n_actions++] = (struct html_sheet_actions){ .url = path_of(cx, page->one.id, r->id, "/file"),
		                                                .name = lg_say("Download"),
		                                                .icon = "download",
		                                                .first = true };
	v.sections = lg_array(cx->mem, 3, sizeof *v.sections);
	v.sections[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("About this document"),
		                          .body = html_facts_any(facts_of(cx, c, r, &page->with)) };
	if (*text)
		v.sections[v.n_sections++] =
		    (struct html_sheet_sections){ .title = lg_say("The text in it"),
			                          .body = html_passage_any(passage_of(cx, text, asked ? asked : "")) };
	if (may(&c->actor, MAY_DOCUMENT_WRITE))
		v.sections[v.n_sections++] = (struct html_sheet_sections){
			.title = lg_say("Take it away"),
			.body = html_form_any(remove_form(cx, c, path_of(cx, page->one.id, r->id, "/remove")))
		};
	page_answer(cx, c,
	            &(struct page){ .title = v.title,
	                            .crumbs = crumbs,
	                            .n_crumbs = 2,
	                            .here = "candidates",
	                            .invented = page->one.invented },
	            html_sheet_any(&v));
}
