/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/openapi.h"

#include <ctype.h>
#include <string.h>

#include "app/answer.h"
#include "app/policy.h"
#include "app/record.h"
#include "core/candidate.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/entity.h"

/* --- schemas from fields */

static json_t *of_string(unsigned most)
{
	json_t *o = json_pack("{s:[s,s]}", "type", "string", "null");
	if (most) json_object_set_new(o, "maxLength", json_integer(most));
	return o;
}

static json_t *of_choices(unsigned list)
{
	size_t n;
	const struct choice *all = choices((enum choice_list)list, &n);
	json_t *codes = json_array();
	for (size_t i = 0; i < n; i++) json_array_append_new(codes, json_string(all[i].code));
	return json_pack("{s:s, s:o}", "type", "string", "enum", codes);
}

static json_t *of_field(const struct field *f)
{
	json_t *o = NULL;
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_PHONE: o = of_string(f->max); break;
	case FIELD_MAIL: o = of_string(f->max), json_object_set_new(o, "format", json_string("email")); break;
	case FIELD_DATE: o = of_string(0), json_object_set_new(o, "format", json_string("date")); break;
	case FIELD_NUMBER:
		o = json_pack("{s:[s,s], s:i, s:i}", "type", "integer", "null", "minimum", 0, "maximum", (int)f->max);
		break;
	case FIELD_CHECK: o = json_pack("{s:s}", "type", "boolean"); break;
	case FIELD_CHOICE: o = json_pack("{s:[o,{s:s}]}", "anyOf", of_choices(f->choices), "type", "null"); break;
	case FIELD_SET: o = json_pack("{s:s, s:o}", "type", "array", "items", of_choices(f->choices)); break;
	case FIELD_OCCUPATION: o = of_string(0), json_object_set_new(o, "examples", json_pack("[s]", "2221")); break;
	case FIELD_SKILL: o = of_string(0), json_object_set_new(o, "format", json_string("uri-reference")); break;
	case FIELD_MUNICIPALITY:
		o = of_string(0), json_object_set_new(o, "examples", json_pack("[s]", "DK-0730"));
		break;
	case FIELD_POINT:
		o = of_string(0), json_object_set_new(o, "examples", json_pack("[s]", "55.403800, 10.402400"));
		break;
	case FIELD_MEMBER:
	case FIELD_UNIT: o = of_string(0), json_object_set_new(o, "format", json_string("uuid")); break;
	case FIELD_WEEK:
		o = of_string(0), json_object_set_new(o, "examples", json_pack("[s]", "mon 08:00-15:30"));
		break;
	}
	json_object_set_new(o, "title", json_string(f->label));
	if (f->help) json_object_set_new(o, "description", json_string(f->help));
	if (f->flags & FIELD_SET_BY_US) json_object_set_new(o, "readOnly", json_true());
	return o;
}

static json_t *of_section(const struct entity *e, const struct section *s)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	json_t *properties = json_object(), *required = json_array();
	for (const struct field *f = fields; f < fields + n; f++) {
		json_object_set_new(properties, f->name, of_field(f));
		if (f->flags & FIELD_REQUIRED) json_array_append_new(required, json_string(f->name));
	}
	json_t *o = json_pack("{s:s, s:s, s:o, s:b}", "type", "object", "title", s->label, "properties", properties,
	                      "additionalProperties", 0);
	if (json_array_size(required)) json_object_set(o, "required", required);
	json_decref(required);
	if (s->kind == SECTION_ONE) return o;
	return json_pack("{s:s, s:s, s:i, s:o}", "type", "array", "title", s->label, "maxItems", (int)s->most, "items",
	                 o);
}

static json_t *reference(const char *to)
{
	json_t *o = json_object();
	char path[140];
	(void)snprintf(path, sizeof path, "#/components/schemas/%s", to);
	json_object_set_new(o, "$ref", json_string(path));
	return o;
}

/* Entities that are read whole and changed section by section: what their handlers are called, states, filters. */
static const struct whole {
	const struct entity *entity;
	const char *name;
	const char *const filters[14];
} wholes[] = {
	{ &candidate_entity,
	  "candidate",
	  { "q", "state", "municipality", "owner", "unit", "occupation", "language", "level", "wants", "flag", "sort",
	    "after", "limit" } },
	{ &employer_entity, "employer", { "q", "relation", "consultant", "branch", "will", "after", "limit" } },
	{ &opening_entity,
	  "opening",
	  { "q", "state", "kind", "municipality", "consultant", "employer", "after", "limit" } },
	{ &run_entity, "run", { "after", "limit" } },
	{ &what_if_entity, "what_if", { NULL } },
};
enum { WHOLES = sizeof wholes / sizeof *wholes };

/* Is it this entity's handler: "on_candidate_save"? NULL: of none. */
static const struct whole *whole_of(const struct route *r, const char *deed)
{
	for (size_t i = 0; i < WHOLES; i++) {
		char name[100];
		(void)snprintf(name, sizeof name, "on_%s_%s", wholes[i].name, deed);
		if (!strcmp(name, r->name)) return &wholes[i];
	}
	return NULL;
}

static json_t *part_of(const struct whole *w, const struct section *s)
{
	char name[100];
	(void)snprintf(name, sizeof name, "%s_%s", w->name, s->name);
	return reference(name);
}

static json_t *of_whole(const struct whole *w, bool read)
{
	json_t *properties = json_object();
	if (read) {
		json_object_set_new(properties, "id", json_pack("{s:s, s:s}", "type", "string", "format", "uuid"));
		json_object_set_new(properties, "version", json_pack("{s:s}", "type", "integer"));
		if (w->entity->states >= 0)
			json_object_set_new(properties, "state", of_choices((enum choice_list)w->entity->states));
		json_object_set_new(properties, "invented", json_pack("{s:s}", "type", "boolean"));
		if (w->entity == &candidate_entity)
			json_object_set_new(properties, "confirmed_on",
			                    json_pack("{s:s, s:s}", "type", "string", "format", "date"));
	}
	for (size_t i = 0; i < w->entity->n_sections; i++)
		json_object_set_new(properties, w->entity->sections[i].name, part_of(w, &w->entity->sections[i]));
	return json_pack("{s:s, s:o}", "type", "object", "properties", properties);
}

static void put_whole(json_t *o, const struct whole *w)
{
	char name[100];
	for (size_t i = 0; i < w->entity->n_sections; i++) {
		(void)snprintf(name, sizeof name, "%s_%s", w->name, w->entity->sections[i].name);
		json_object_set_new(o, name, of_section(w->entity, &w->entity->sections[i]));
	}
	json_object_set_new(o, w->name, of_whole(w, true));
	(void)snprintf(name, sizeof name, "%s_new", w->name);
	json_object_set_new(o, name, of_whole(w, false));
}

static json_t *schemas(void)
{
	json_t *o = json_object();
	for (size_t i = 0; i < WHOLES; i++) put_whole(o, &wholes[i]);
	const struct entity *others[] = { &note_entity, &task_entity, &contact_entity, &document_entity };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		json_object_set_new(o, others[i]->name, of_section(others[i], &others[i]->sections[0]));
	json_object_set_new(
	    o, "problem",
	    json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:{s:s, s:{s:{s:s}, s:{s:s}}}}}}",
	              "type", "object", "properties", "type", "type", "string", "title", "type", "string", "status",
	              "type", "integer", "detail", "type", "string", "instance", "type", "string", "errors", "type",
	              "array", "items", "type", "object", "properties", "field", "type", "string", "message", "type",
	              "string"));
	return o;
}

/* --- operations from routes */

static const struct {
	const char *handler, *body, *answer;
} bodies[] = {
	{ "on_candidate_add", "candidate_new", NULL },
	{ "on_candidate_show", NULL, "candidate" },
	{ "on_employer_add", "employer_new", NULL },
	{ "on_employer_show", NULL, "employer" },
	{ "on_opening_add", "opening_new", NULL },
	{ "on_opening_show", NULL, "opening" },
	{ "on_run_add", "run_new", NULL },
	{ "on_run_show", NULL, "run" },
	{ "on_note_add", "note", NULL },
	{ "on_contact_add", "contact", NULL },
	{ "on_task_add", "task", NULL },
};

static json_t *of_json(json_t *schema) { return json_pack("{s:{s:o}}", "application/json", "schema", schema); }

static json_t *any_section(const struct whole *w)
{
	json_t *all = json_array();
	for (size_t i = 0; i < w->entity->n_sections; i++)
		json_array_append_new(all, part_of(w, &w->entity->sections[i]));
	return json_pack("{s:o}", "anyOf", all);
}

static json_t *parameter(const char *name, const char *in, bool required, const char *doc)
{
	return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", in, "required", (int)required,
	                 "description", doc, "schema", "type", "string");
}

/* What the address of an import says. */
static const struct {
	const char *handler, *name, *doc;
	bool required;
} asked[] = {
	{ "on_import_add", "kind", "candidate, employer or opening", true },
	{ "on_import_add", "source", "The other system, always under the same name: ids and mappings belong to it",
	  true },
	{ "on_import_add", "name", "What the file is called", false },
	{ "on_opening_bulk", "source", "The other system; api when it is not said", false },
	{ "on_opening_bulk", "anyway", "1: likely duplicates are taken too", false },
	{ "on_opening_bulk", "open", "1: those that say enough are opened at once", false },
	{ "on_opening_bulk", "make_employers", "1: employers that are not known are registered by their names", false },
	{ "on_share_list", "box", "given: cards that the office gave; else those that it got", false },
	{ "on_referral_list", "box", "out: referrals from the office; else those to it", false },
	{ "on_import_rows", "outcome", "Rows of one outcome only: bad, broken, created ...", false },
	{ "on_import_rows", "after", "The after of the page before", false },
};

static json_t *parameters(const struct route *r)
{
	json_t *list = json_array();
	for (const char *p = strchr(r->path, '{'); p; p = strchr(p + 1, '{')) {
		char name[40];
		(void)snprintf(name, sizeof name, "%.*s", (int)strcspn(p + 1, "}"), p + 1);
		json_array_append_new(list, parameter(name, "path", true, "Of the address"));
	}
	const struct whole *listed = whole_of(r, "list") ? whole_of(r, "list") : whole_of(r, "ndjson");
	for (size_t i = 0; listed && listed->filters[i]; i++)
		json_array_append_new(list, parameter(listed->filters[i], "query", false,
		                                      "A filter; after: the next of the page before"));
	if (!strcmp(r->name, "on_run_show"))
		json_array_append_new(list, parameter("list", "query", false,
		                                      "Empty: the pairs; nothing: who found nothing; left: positions"));
	if (!strcmp(r->name, "on_concepts")) {
		json_array_append_new(list,
		                      parameter("q", "query", true, "Words as typed, in any of the four languages"));
		json_array_append_new(list, parameter("of", "query", false, "occupation or skill"));
	}
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		if (!strcmp(asked[i].handler, r->name))
			json_array_append_new(list, parameter(asked[i].name, "query", asked[i].required, asked[i].doc));
	if (r->method == HTTP_POST)
		json_array_append_new(list, parameter("Idempotency-Key", "header", false,
		                                      "The same key and body: the same answer, one effect"));
	bool document = !strncmp(r->name, "on_document_", 12); /* never changed, so that it has no version */
	if (r->method == HTTP_PUT || (r->method == HTTP_DELETE && !document) || whole_of(r, "state") ||
	    whole_of(r, "merge") || whole_of(r, "unmerge") || !strcmp(r->name, "on_proposal_state") ||
	    !strcmp(r->name, "on_proposal_later") || !strcmp(r->name, "on_candidate_confirm") ||
	    !strcmp(r->name, "on_import_mapping") || !strcmp(r->name, "on_import_run") ||
	    !strcmp(r->name, "on_import_undo") || !strcmp(r->name, "on_share_answer") ||
	    !strcmp(r->name, "on_share_withdraw") || !strcmp(r->name, "on_share_prolong") ||
	    !strcmp(r->name, "on_share_remind") || !strcmp(r->name, "on_share_escalate"))
		json_array_append_new(list, parameter("If-Match", "header", true, "The ETag that was read"));
	return list;
}

/* A proposal: which pair, and the step. */
static json_t *of_proposal(bool whole)
{
	json_t *properties =
	    json_pack("{s:o, s:o}", "state", of_choices(CHOICE_proposal_state), "reason",
	              json_pack("{s:[o,{s:s}]}", "anyOf", of_choices(CHOICE_turned_down), "type", "null"));
	if (!whole)
		return json_pack("{s:s, s:o, s:[s]}", "type", "object", "properties", properties, "required", "state");
	json_object_set_new(properties, "candidate", json_pack("{s:s, s:s}", "type", "string", "format", "uuid"));
	json_object_set_new(properties, "opening", json_pack("{s:s, s:s}", "type", "string", "format", "uuid"));
	return json_pack("{s:s, s:o, s:[s,s,s]}", "type", "object", "properties", properties, "required", "candidate",
	                 "opening", "state");
}

/* What is sent about agreements and cards: fields by name. Those with a list are codes of it; `must` is filled in. */
static const struct sent {
	const char *handler, *name,
	    *type; /* type: "" a code, "codes" a list of them, or one of JSON Schema's, or date, uuid */
	int list;
	bool must;
} sent[] = {
	{ "on_agreement_add", "other", "integer", -1, true },
	{ "on_agreement_add", "purpose", "string", -1, true },
	{ "on_agreement_add", "direction", "", CHOICE_share_direction, true },
	{ "on_agreement_add", "fields", "codes", CHOICE_shared_field, true },
	{ "on_agreement_add", "may_forward", "boolean", -1, false },
	{ "on_agreement_add", "legal_basis", "", CHOICE_legal_basis, true },
	{ "on_agreement_add", "basis_words", "string", -1, false },
	{ "on_agreement_add", "valid_from", "date", -1, true },
	{ "on_agreement_add", "valid_to", "date", -1, true },
	{ "on_agreement_add", "renews", "uuid", -1, false },
	{ "on_share_add", "agreement", "uuid", -1, true },
	{ "on_share_add", "fields", "codes", CHOICE_shared_field, false },
	{ "on_share_add", "until", "date", -1, true },
	{ "on_share_add", "may_forward", "boolean", -1, false },
	{ "on_share_add", "may_take_over", "boolean", -1, false },
	{ "on_share_add", "why", "string", -1, true },
	{ "on_share_add", "question", "string", -1, false },
	{ "on_share_add", "deadline", "date", -1, false },
	{ "on_share_answer", "what", "", CHOICE_share_answer, true },
	{ "on_share_answer", "reason", "", CHOICE_share_reason, false },
	{ "on_share_answer", "words", "string", -1, false },
	{ "on_share_withdraw", "reason", "string", -1, false },
	{ "on_share_escalate", "reason", "string", -1, false },
	{ "on_share_prolong", "until", "date", -1, true },
	{ "on_share_prolong", "agreement", "uuid", -1, false },
};

static json_t *of_sent_one(const struct sent *s)
{
	bool word = !strcmp(s->type, "date") || !strcmp(s->type, "uuid");
	if (!*s->type) return of_choices((enum choice_list)s->list);
	if (!strcmp(s->type, "codes"))
		return json_pack("{s:s, s:o}", "type", "array", "items", of_choices((enum choice_list)s->list));
	if (word) return json_pack("{s:s, s:s}", "type", "string", "format", s->type);
	return json_pack("{s:s}", "type", s->type);
}

static json_t *of_sent(const char *handler)
{
	json_t *properties = json_object(), *must = json_array();
	if (!strcmp(handler, "on_share_forward")) handler = "on_share_add"; /* the same, of a card that was received */
	for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
		if (strcmp(sent[i].handler, handler) != 0) continue;
		json_object_set_new(properties, sent[i].name, of_sent_one(&sent[i]));
		if (sent[i].must) json_array_append_new(must, json_string(sent[i].name));
	}
	if (json_object_size(properties))
		return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required", must);
	json_decref(properties);
	json_decref(must);
	return NULL;
}

/* Which value stays, by the name of a field or a list; what is not named: ours, or the other's where there is none. */
static json_t *of_merge(void)
{
	json_t *which = json_pack("{s:s, s:[s,s,s]}", "type", "string", "enum", "kept", "gone", "both");
	return json_pack("{s:s, s:{s:{s:s}, s:{s:s, s:o}}, s:[s]}", "type", "object", "properties", "other_version",
	                 "type", "integer", "take", "type", "object", "additionalProperties", which, "required",
	                 "other_version");
}

static json_t *of_request(const struct route *r)
{
	if (whole_of(r, "merge")) return of_merge();
	const struct whole *saved = whole_of(r, "save"), *moved = whole_of(r, "state");
	if (saved) return any_section(saved);
	if (!strcmp(r->name, "on_proposal_add")) return of_proposal(true);
	if (!strcmp(r->name, "on_proposal_state")) return of_proposal(false);
	if (!strcmp(r->name, "on_run_approve"))
		return json_pack("{s:s, s:{s:{s:s, s:{s:s, s:s}}, s:{s:s}}}", "type", "object", "properties",
		                 "candidates", "type", "array", "items", "type", "string", "format", "uuid", "all",
		                 "type", "boolean");
	if (!strcmp(r->name, "on_import_mapping"))
		return json_pack("{s:s, s:{s:{s:s, s:{s:s}}, s:{s:s}}}", "type", "object", "properties", "mapping",
		                 "type", "object", "additionalProperties", "type", "string", "options", "type",
		                 "object");
	if (moved) {
		json_t *properties = json_pack("{s:o}", "state", of_choices((enum choice_list)moved->entity->states));
		if (moved->entity == &candidate_entity)
			json_object_set_new(properties, "reason", json_pack("{s:s}", "type", "string"));
		return json_pack("{s:s, s:o, s:[s]}", "type", "object", "properties", properties, "required", "state");
	}
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (!strcmp(bodies[i].handler, r->name) && bodies[i].body) return reference(bodies[i].body);
	return r->method == HTTP_POST ? of_sent(r->name) : NULL;
}

/* A file as it is, in any form that is read. */
static json_t *of_file(const struct route *r)
{
	static const char *const types[] = { "application/x-ndjson", "text/csv", "application/json",
		                             "application/octet-stream" };
	bool bulk = !strcmp(r->name, "on_opening_bulk");
	json_t *o = json_object();
	if (!bulk && strcmp(r->name, "on_import_add") != 0) return json_decref(o), NULL;
	for (size_t i = 0; i < (bulk ? 1 : sizeof types / sizeof *types); i++)
		json_object_set_new(o, types[i], json_pack("{s:{s:s}}", "schema", "type", "string"));
	return o;
}

/* A form with a file: the fields of a document, and its bytes. */
static json_t *of_upload(void)
{
	json_t *o = of_section(&document_entity, &document_entity.sections[0]);
	json_object_set_new(json_object_get(o, "properties"), "file",
	                    json_pack("{s:s}", "contentMediaType", "application/octet-stream"));
	json_array_append_new(json_object_get(o, "required"), json_string("file"));
	return o;
}

static json_t *of_answers(const struct route *r, bool takes_body)
{
	/* These change what is there. */
	static const char *const changes[] = { "on_import_mapping", "on_share_answer", "on_share_withdraw",
		                               "on_share_prolong", "on_share_escalate" };
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (!strcmp(r->name, changes[i])) takes_body = false;
	const char *good = !strcmp(r->name, "on_opening_bulk")    ? "202"
	                   : r->method == HTTP_POST && takes_body ? "201"
	                   : r->method == HTTP_GET                ? "200"
	                                                          : "204";
	json_t *all = json_object(), *answer = json_pack("{s:s}", "description", "Done");
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (!strcmp(bodies[i].handler, r->name) && bodies[i].answer)
			json_object_set_new(answer, "content", of_json(reference(bodies[i].answer)));
	if (whole_of(r, "ndjson"))
		json_object_set_new(
		    answer, "content",
		    json_pack("{s:{s:o}}", "application/x-ndjson", "schema", reference(whole_of(r, "ndjson")->name)));
	json_object_set_new(all, good, answer);
	json_object_set_new(all, "default",
	                    json_pack("{s:s, s:{s:{s:o}}}", "description", "Not done; RFC 9457", "content",
	                              "application/problem+json", "schema", reference("problem")));
	return all;
}

static const char *method_name(enum http_method m)
{
	switch (m) {
	case HTTP_POST: return "post";
	case HTTP_PUT: return "put";
	case HTTP_PATCH: return "patch";
	case HTTP_DELETE: return "delete";
	case HTTP_GET:
	case HTTP_HEAD:
	case HTTP_OTHER: break;
	}
	return "get";
}

static json_t *operation(struct lg_ctx *cx, const struct route *r)
{
	json_t *o = json_object(), *body = of_request(r), *list = parameters(r);
	const char *rest = strchr(r->path + 8, '/'); /* behind /api/v1/ */
	json_object_set_new(o, "summary", json_string(r->doc));
	json_object_set_new(
	    o, "description",
	    json_string(lg_printf(cx->mem, "Right: %s. %s.", right_name(r->right), right_text(r->right))));
	json_object_set_new(o, "operationId",
	                    json_string(lg_printf(cx->mem, "%s_%s", method_name(r->method), r->name + 3)));
	json_object_set_new(
	    o, "tags",
	    json_pack("[o]", json_string(lg_strndup(cx->mem, r->path + 8,
	                                            rest ? (size_t)(rest - r->path - 8) : strlen(r->path + 8)))));
	if (json_array_size(list)) json_object_set(o, "parameters", list);
	json_decref(list);
	if (!strcmp(r->name, "on_document_add")) body = of_upload();
	if (body && !strcmp(r->name, "on_document_add"))
		json_object_set_new(
		    o, "requestBody",
		    json_pack("{s:b, s:{s:{s:o}}}", "required", 1, "content", "multipart/form-data", "schema", body));
	else if (body)
		json_object_set_new(o, "requestBody", json_pack("{s:b, s:o}", "required", 1, "content", of_json(body)));
	json_t *file = of_file(r);
	if (file) json_object_set_new(o, "requestBody", json_pack("{s:b, s:o}", "required", 1, "content", file));
	json_object_set_new(o, "responses", of_answers(r, body || file));
	if (r->right == MAY_ANYBODY) json_object_set_new(o, "security", json_array());
	return o;
}

json_t *openapi_of(struct lg_ctx *cx, const struct route *routes, size_t n)
{
	json_t *o = record_keep(cx, json_object()), *paths = json_object();
	json_object_set_new(o, "openapi", json_string("3.1.0"));
	json_object_set_new(o, "info",
	                    json_pack("{s:s, s:s, s:s, s:{s:s, s:s}}", "title", "Landgang", "version", LANDGANG_VERSION,
	                              "description",
	                              "Candidates, employers and openings, for programs of an office. A token of an "
	                              "hour comes from POST /api/v1/token.",
	                              "license", "name", "EUPL-1.2", "identifier", "EUPL-1.2"));
	json_object_set_new(o, "servers", json_pack("[{s:s}]", "url", "/"));
	json_object_set_new(o, "security", json_pack("[{s:[]}]", "bearer"));
	for (size_t i = 0; i < n; i++) {
		const struct route *r = &routes[i];
		if (strncmp(r->path, "/api/v1/", 8) != 0) continue;
		json_t *path = json_object_get(paths, r->path);
		if (!path) json_object_set_new(paths, r->path, path = json_object());
		json_object_set_new(path, method_name(r->method), operation(cx, r));
	}
	json_object_set_new(o, "paths", paths);
	json_object_set_new(o, "components",
	                    json_pack("{s:o, s:{s:{s:s, s:s}}}", "schemas", schemas(), "securitySchemes", "bearer",
	                              "type", "http", "scheme", "bearer"));
	return o;
}

/* --- what modules add */

static json_t *operation_at(const json_t *api, const char *path, const char *method)
{
	return json_object_get(json_object_get(json_object_get(api, "paths"), path), method);
}

static void put_request(json_t *operation, json_t *schema)
{
	json_object_set_new(operation, "requestBody",
	                    json_pack("{s:b, s:o}", "required", 1, "content", of_json(schema)));
}

/* What makes something answers with what it made. */
static void put_made(json_t *operation)
{
	json_t *responses = json_object_get(operation, "responses"), *done = json_object_get(responses, "204");
	if (!done) return;
	json_object_set(responses, "201", done);
	json_object_del(responses, "204");
}

void openapi_put_entity(json_t *api, const struct entity *e, const char *list)
{
	const struct whole w = { .entity = e, .name = e->name };
	char path[120], name[100];
	put_whole(json_object_get(json_object_get(api, "components"), "schemas"), &w);
	(void)snprintf(path, sizeof path, "/api/v1/%s", list);
	(void)snprintf(name, sizeof name, "%s_new", e->name);
	json_t *add = operation_at(api, path, "post");
	if (add) put_request(add, reference(name)), put_made(add);
	(void)snprintf(path, sizeof path, "/api/v1/%s/{id}", list);
	json_t *answers = json_object_get(operation_at(api, path, "get"), "responses");
	json_object_set_new(json_object_get(answers, "200"), "content", of_json(reference(e->name)));
	(void)snprintf(path, sizeof path, "/api/v1/%s/{id}/{section}", list);
	json_t *save = operation_at(api, path, "put");
	if (save) put_request(save, any_section(&w));
}

void openapi_put_body(json_t *api, const char *path, const char *method, json_t *properties,
                      const char *const *required)
{
	json_t *names = json_array(), *operation = operation_at(api, path, method);
	for (; *required; required++) json_array_append_new(names, json_string(*required));
	json_t *schema = json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required",
	                           names, "additionalProperties", 0);
	if (operation)
		put_request(operation, schema);
	else
		json_decref(schema);
}

void openapi_put_version(json_t *api, const char *path, const char *method)
{
	json_array_append_new(json_object_get(operation_at(api, path, method), "parameters"),
	                      parameter("If-Match", "header", true, "The ETag that was read"));
}

enum lg_err on_openapi(struct lg_ctx *cx, struct call *c)
{
	const struct app_setup *setup = app_setup(c->app);
	json_t *api = openapi_of(cx, setup->routes, setup->n_routes);
	if (setup->describe) setup->describe(api);
	answer_json(cx, c, 200, api);
	return LG_OK;
}
