/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/hotline.h"

#include "core/openapi.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/mail_store.h"
#include "view/speech.h"

#define R(method, path, handler, right, doc) { HTTP_##method, path, handler, MAY_##right, doc, #handler },
static const struct route routes[] = {
#include "modules/hotline/routes.def"
};
#undef R

static const struct page_item items[] = {
	{ "hotline", "/hotline", "headset", LG_TEXT("Hotline"), MAY_ENQUIRY_READ },
	{ "entrance", "/hotline/entrance", "headset", LG_TEXT("Hotline"), MAY_TENANT_ADMIN },
};

static const struct page_flash flashes[] = {
	{ "entrance_made",
	  LG_TEXT("The hotline is registered. Say its hours, holidays and municipalities, and then show it."), false },
	{ "enquiry_saved", LG_TEXT("The enquiry is saved."), false },
	{ "enquiry_taken", LG_TEXT("It is yours."), false },
	{ "enquiry_passed", LG_TEXT("It is passed on."), false },
	{ "call_late", LG_TEXT("A colleague has this call already. Nothing was lost."), true },
	{ "callback_made", LG_TEXT("It waits in the queue now, to be rung back."), false },
	{ "enquiry_late", LG_TEXT("Somebody else was first: this is how it stands now. Nothing was lost."), true },
};

static const struct page_link links[] = {
	{ "candidate", "/screening", "checklist", LG_TEXT("What suits at the region"), MAY_ENQUIRY_READ },
	{ "candidate", "/outcomes", "flag", LG_TEXT("What became of it"), MAY_CANDIDATE_READ },
};

const struct page_link *hotline_links(size_t *n)
{
	*n = sizeof links / sizeof *links;
	return links;
}

const struct route *hotline_routes(size_t *n)
{
	*n = sizeof routes / sizeof *routes;
	return routes;
}

const struct page_item *hotline_items(size_t *n)
{
	*n = sizeof items / sizeof *items;
	return items;
}

const struct page_flash *hotline_flashes(size_t *n)
{
	*n = sizeof flashes / sizeof *flashes;
	return flashes;
}

static const char *const steps[] = { "/api/v1/enquiries/{id}/state",     "/api/v1/enquiries/{id}/take",
	                             "/api/v1/enquiries/{id}/pass",      "/api/v1/enquiries/{id}/link",
	                             "/api/v1/enquiries/{id}/candidate", "/api/v1/enquiries/{id}/card",
	                             "/api/v1/candidates/{id}/wish",     "/api/v1/articles/{id}/state" };

static json_t *of_choices(enum choice_list list)
{
	size_t n;
	const struct choice *all = choices(list, &n);
	json_t *codes = json_array();
	for (size_t i = 0; i < n; i++) json_array_append_new(codes, json_string(all[i].code));
	return json_pack("{s:s, s:o}", "type", "string", "enum", codes);
}

static void describe_calls(json_t *api)
{
	static const char *const must[] = { "call", "event", NULL };
	openapi_put_body(api, "/api/v1/calls", "post",
	                 json_pack("{s:{s:s, s:i, s:s}, s:{s:s, s:[s,s,s]}, s:{s:s, s:s}, s:{s:s, s:s}, s:{s:s, s:s}, "
	                           "s:{s:s, s:[s,s,s,s]}}",
	                           "call", "type", "string", "maxLength", 255, "description",
	                           "What the exchange calls this call", "event", "type", "string", "enum", "ringing",
	                           "answered", "ended", "from", "type", "string", "description",
	                           "The caller's number; left out when it is withheld", "extension", "type", "string",
	                           "pattern", "^[0-9A-Za-z_.+-]{1,32}$", "at", "type", "integer", "description",
	                           "Seconds since 1970 in UTC; now when left out", "reason", "type", "string", "enum",
	                           "completed", "missed", "elsewhere", "busy"),
	                 must);
}

void hotline_describe(json_t *api)
{
	static const char *const state[] = { "state", NULL }, *const owner[] = { "owner", NULL },
	                         *const candidate[] = { "candidate", NULL }, *const share[] = { "share", NULL };
	openapi_put_entity(api, &entrance_entity, "entrances");
	openapi_put_entity(api, &enquiry_entity, "enquiries");
	openapi_put_body(api, "/api/v1/enquiries/{id}/state", "post",
	                 json_pack("{s:o, s:o}", "state", of_choices(CHOICE_enquiry_state), "outcome",
	                           of_choices(CHOICE_enquiry_outcome)),
	                 state);
	openapi_put_body(api, "/api/v1/enquiries/{id}/pass", "post",
	                 json_pack("{s:{s:s, s:s}}", "owner", "type", "string", "format", "uuid"), owner);
	openapi_put_entity(api, &article_entity, "articles");
	openapi_put_body(api, "/api/v1/articles/{id}/state", "post",
	                 json_pack("{s:o}", "state", of_choices(CHOICE_article_state)), state);
	openapi_put_body(api, "/api/v1/enquiries/{id}/link", "post",
	                 json_pack("{s:{s:s, s:s}}", "candidate", "type", "string", "format", "uuid"), candidate);
	openapi_put_body(api, "/api/v1/enquiries/{id}/card", "post",
	                 json_pack("{s:{s:s, s:s}}", "share", "type", "string", "format", "uuid"), share);
	openapi_put_body(api, "/api/v1/candidates/{id}/wish", "post",
	                 json_pack("{s:o}", "state", of_choices(CHOICE_wants_work)), state);
	mail_describe(api);
	describe_calls(api);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) openapi_put_version(api, steps[i], "post");
}
