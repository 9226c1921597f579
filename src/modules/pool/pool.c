/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/pool/pool.h"

#include <string.h>

#include "app/answer.h"
#include "app/record.h"
#include "core/core.h"
#include "core/form.h"
#include "core/openapi.h"
#include "core/opening.h"
#include "core/share.h"
#include "modules/pool/entities.h"
#include "modules/pool/giving.sql.h"
#include "view/number.h"
#include "view/speech.h"

enum { TEXT_ROOM = 48, SWEEP_PIECE = 1000, SWEEPS_MOST = 6 };

#define R(method, path, handler, right, doc) { HTTP_##method, path, handler, MAY_##right, doc, #handler },
static const struct route routes[] = {
#include "modules/pool/routes.def"
};
#undef R

static const struct page_flash flashes[] = {
	{ "giving_made", LG_TEXT("It gives from now on. What comes and goes follows by itself."), false },
	{ "giving_ended", LG_TEXT("It has ended, and the pool sees nothing of it any more."), false },
	{ "giving_but", LG_TEXT("It is left out, and the pool does not see it any more."), false },
	{ "pool_given", LG_TEXT("The pool sees the opening now."), false },
	{ "pool_taken", LG_TEXT("The pool does not see the opening any more."), false },
	{ "pool_approved", LG_TEXT("Approved. The office of the opening has the card now."), false },
	{ "pool_proposed", LG_TEXT("Approved. It stands among the proposals of your office now."), false },
	{ "pool_approved_part",
	  LG_TEXT("Many of them are approved; the others took too long for one press, and still wait. Press again to "
	          "go on."),
	  false },
	{ "pool_rejected", LG_TEXT("Rejected. The pool will not propose this pair again."), false },
	{ "pool_passed", LG_TEXT("Passed on. It stands on your colleague's day."), false },
	{ "pool_late",
	  LG_TEXT("Nothing was changed: it is answered already, is no longer given, or may not be handed on."), true },
	{ "pool_sent", LG_TEXT("It is being sent. Each office will see its own people, and decides."), false },
	{ "pool_none", LG_TEXT("Nothing was sent: somebody sent this plan before, or nobody in it is given any more."),
	  true },
};

static const struct page_link links[] = {
	{ "opening", "/pools", "send", LG_TEXT("Pools"), MAY_SHARE_READ },
};

const struct page_link *pool_links(size_t *n)
{
	*n = sizeof links / sizeof *links;
	return links;
}

const struct route *pool_routes(size_t *n)
{
	*n = sizeof routes / sizeof *routes;
	return routes;
}

/* Pools are found under "Other offices": most offices are in none. */
const struct page_item *pool_items(size_t *n)
{
	*n = 0;
	return NULL;
}

const struct page_flash *pool_flashes(size_t *n)
{
	*n = sizeof flashes / sizeof *flashes;
	return flashes;
}

static json_t *of_ids(void)
{
	return json_pack("{s:s, s:{s:s, s:s}}", "type", "array", "items", "type", "string", "format", "uuid");
}

void pool_describe(json_t *api)
{
	static const char *const what[] = { "what", NULL }, *const one[] = { "id", NULL },
	                         *const given[] = { "agreement", "until", NULL }, *const none[] = { NULL };
	openapi_put_entity(api, &giving_entity, "pools/givings");
	openapi_put_entity(api, &pool_run_entity, "pools/runs");
	openapi_put_body(api, "/api/v1/pools/givings/{id}/except", "post",
	                 json_pack("{s:{s:s, s:s}}", "id", "type", "string", "format", "uuid"), one);
	openapi_put_body(api, "/api/v1/pools/givings/{id}/end", "post", json_pack("{s:{s:s}}", "why", "type", "string"),
	                 none);
	openapi_put_version(api, "/api/v1/pools/givings/{id}/end", "post");
	openapi_put_body(api, "/api/v1/openings/{id}/pools", "post",
	                 json_pack("{s:{s:s, s:s}, s:{s:s, s:s}}", "agreement", "type", "string", "format", "uuid",
	                           "until", "type", "string", "format", "date"),
	                 given);
	openapi_put_body(
	    api, "/api/v1/openings/{id}/pools/end", "post",
	    json_pack("{s:{s:s, s:s}, s:{s:s}}", "id", "type", "string", "format", "uuid", "why", "type", "string"),
	    one);
	openapi_put_body(api, "/api/v1/pools/matches", "post",
	                 json_pack("{s:o, s:{s:s}}", "matches", of_ids(), "all", "type", "boolean"), none);
	openapi_put_body(api, "/api/v1/pools/matches/{id}", "post",
	                 json_pack("{s:{s:s, s:[s, s, s]}, s:{s:s}, s:{s:s}, s:{s:s, s:s}}", "what", "type", "string",
	                           "enum", "approved", "rejected", "passed", "reason", "type", "string", "words",
	                           "type", "string", "colleague", "type", "string", "format", "uuid"),
	                 what);
}

/* --- what its pages share */

bool pool_is(const struct call *c) { return c->actor.tenant_kind && !strcmp(c->actor.tenant_kind, "pool"); }

const char *pool_count(struct lg_ctx *cx, int64_t n)
{
	char out[TEXT_ROOM];
	return lg_strdup(cx->mem, lg_number_count(out, n < 0 ? 0 : (uint64_t)n));
}

const char *pool_name(struct lg_ctx *cx, const char *given, const char *family, bool is_protected)
{
	return is_protected ? lg_say("Protected person") : lg_printf(cx->mem, "%s %s", given, family);
}

void pool_fact(struct html_facts *v, const char *name, const char *value)
{
	if (value && *value) v->facts[v->n_facts++] = (struct html_facts_facts){ .name = name, .value = value };
}

struct html_facts *pool_facts(struct lg_ctx *cx, size_t room)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->facts = lg_array(cx->mem, room, sizeof *v->facts);
	return v;
}

void pool_section(struct html_sheet *v, const char *title, const char *help, struct html_any body)
{
	v->sections[v->n_sections++] = (struct html_sheet_sections){ .title = title, .help = help, .body = body };
}

struct html_facts *pool_opening_facts(struct lg_ctx *cx, struct call *c, const json_t *card, const char *office)
{
	struct html_facts *v = pool_facts(cx, opening_entity.n_fields + 3);
	pool_fact(v, lg_say("Opening"), record_word(card, "title"));
	pool_fact(v, lg_say("Offered by"), office);
	pool_fact(v, lg_say("Employer"), record_word(card, "employer_name"));
	for (size_t i = 0; i < opening_entity.n_sections; i++) {
		const struct section *s = &opening_entity.sections[i];
		const json_t *row;
		const char *all = "";
		size_t n, k;
		const struct field *fields = section_fields(&opening_entity, s, &n);
		for (const struct field *f = fields; s->kind == SECTION_ONE && f < fields + n; f++)
			if (json_object_get(card, f->name) && strcmp(f->name, "title") != 0)
				pool_fact(v, lg_say(f->label),
				          form_words(cx, c, f, json_object_get(card, f->name), NULL));
		if (s->kind == SECTION_ONE) continue;
		json_array_foreach(json_object_get(card, s->name), k, row) all = lg_printf(
		    cx->mem, "%s%s%s", all, k ? "\n" : "", form_row_words(cx, c, &opening_entity, s, row, NULL));
		pool_fact(v, lg_say(s->label), all);
	}
	return v;
}

enum lg_err pool_sweep(struct lg_ctx *cx, struct call *c)
{
	struct db_giving_sweep_row row = { .n = 1 };
	for (int i = 0; i < SWEEPS_MOST && row.n; i++)
		LG_TRY(db_giving_sweep(cx, c->db, &row, (struct db_giving_sweep_in){ .most = SWEEP_PIECE }));
	return LG_OK;
}

enum lg_err pool_sent_id(struct lg_ctx *cx, const struct call *c, const json_t *body, const char *name, const char **id)
{
	return app_uuid(share_said(c, body, name), id) == LG_OK
	           ? LG_OK
	           : lg_fail(cx, LG_INVALID, name, lg_say("Choose one of the list."));
}
