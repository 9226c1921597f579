/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <string.h>

#include "core/frame.h"
#include "core/match_serve.h"

enum { WAIT_S = 5 };

static int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

bool match_handle_read(uint8_t out[MATCH_HANDLE], const char *text)
{
	size_t n = 0;
	for (; *text; text++) {
		if (*text == '-') continue;
		int h = hex(text[0]), l = text[1] ? hex(text[1]) : -1;
		if (h < 0 || l < 0 || n == MATCH_HANDLE) return false;
		out[n++] = (uint8_t)(h << 4 | l);
		text++;
	}
	return n == MATCH_HANDLE;
}

void match_handle_print(char out[37], const uint8_t h[MATCH_HANDLE])
{
	size_t at = 0;
	for (size_t i = 0; i < MATCH_HANDLE; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10) out[at++] = '-';
		(void)snprintf(out + at, 3, "%02x", h[i]);
		at += 2;
	}
}

static void let_go(void *value) { json_decref(value); }

static void put(json_t *out, const json_t *record, const char *const *names)
{
	for (; *names; names++) json_object_set(out, *names, json_object_get(record, *names));
}

/* Some fields of each row of a list. */
static void put_rows(json_t *out, const json_t *record, const char *name, const char *const *names)
{
	json_t *list = json_array(), *row;
	size_t i;
	json_array_foreach(json_object_get(record, name), i, row)
	{
		json_t *one = json_object();
		put(one, row, names);
		json_array_append_new(list, one);
	}
	json_object_set_new(out, name, list);
}

#define NAMES(...)                                                                                                     \
	(const char *const[]) { __VA_ARGS__, NULL }

json_t *match_facts(struct lg_ctx *cx, enum match_side side, const json_t *record)
{
	json_t *out = json_object();
	lg_defer(cx->mem, let_go, out);
	put(out, record, NAMES("latitude_e6", "longitude_e6"));
	if (side == MATCH_CANDIDATE) {
		put(out, record,
		    NAMES("wants_work", "can_start", "contracts", "hours_least", "hours_most", "commute_km",
		          "available", "classes"));
		put_rows(out, record, "occupations", NAMES("occupation", "years"));
		put_rows(out, record, "skills", NAMES("skill"));
		put_rows(out, record, "wished", NAMES("occupation"));
		put_rows(out, record, "languages",
		         NAMES("language", "listening", "reading", "interaction", "production", "writing"));
		put_rows(out, record, "licences", NAMES("occupation", "country", "state"));
	} else {
		put(out, record,
		    NAMES("municipality", "kind", "positions", "hours", "schedule", "start_on", "remote",
		          "assistant_allowed"));
		put_rows(out, record, "occupations", NAMES("occupation"));
		put_rows(out, record, "skills", NAMES("skill", "essential"));
		put_rows(out, record, "languages", NAMES("language", "level"));
		put_rows(out, record, "licences", NAMES("occupation"));
	}
	return out;
}

/* Ask, and see whether it is an answer. */
static enum lg_err ask(struct lg_ctx *cx, const char *socket, json_t **answer, json_t *question)
{
	LG_TRY(frame_ask(cx, socket, WAIT_S, answer, question));
	const char *error = json_string_value(json_object_get(*answer, "error"));
	if (!error) return LG_OK;
	if (!strcmp(error, "unlike")) return LG_UNKNOWN;
	return lg_fail(cx, !strcmp(error, "busy") ? LG_BUSY : LG_FAULT, NULL, "the match process could not do it");
}

static enum lg_err understand(const json_t *answer, struct match_found *out)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(answer, "hits"), i, one)
	{
		const char *handle = json_string_value(json_array_get(one, 0));
		struct match_hit *hit = &out->hits[out->n];
		if (out->n == MATCH_BEST || !handle || !match_handle_read(hit->handle, handle)) return LG_FAULT;
		hit->score = (uint16_t)json_integer_value(json_array_get(one, 1));
		out->n++;
	}
	out->all = (uint64_t)json_integer_value(json_object_get(answer, "all"));
	out->feasible = (uint64_t)json_integer_value(json_object_get(answer, "feasible"));
	out->relaxed = (uint64_t)json_integer_value(json_object_get(answer, "relaxed"));
	json_array_foreach(json_object_get(answer, "stopped"), i, one)
	{
		if (i < LGM_DEMANDS) out->stopped[i] = (uint64_t)json_integer_value(one);
	}
	return LG_OK;
}

static enum lg_err ask_best(struct lg_ctx *cx, const char *socket, int32_t tenant, enum match_side asks, bool relaxed,
                            const json_t *record, size_t most, struct match_found *out)
{
	json_t *answer,
	    *question = json_pack("{s:s, s:i, s:s, s:O, s:i, s:b}", "call", "best", "tenant", (int)tenant, "asks",
	                          asks == MATCH_CANDIDATE ? "candidate" : "opening", "facts",
	                          match_facts(cx, asks, record), "most", (int)most, "relaxed", (int)relaxed);
	memset(out, 0, sizeof *out);
	LG_TRY(ask(cx, socket, &answer, question));
	return understand(answer, out);
}

enum lg_err match_ask(struct lg_ctx *cx, const char *socket, int32_t tenant, enum match_side asks, const json_t *record,
                      size_t most, struct match_found *out)
{
	return ask_best(cx, socket, tenant, asks, false, record, most, out);
}

enum lg_err match_ask_relaxed(struct lg_ctx *cx, const char *socket, int32_t tenant, const json_t *record, size_t most,
                              struct match_found *out)
{
	return ask_best(cx, socket, tenant, MATCH_CANDIDATE, true, record, most, out);
}

enum lg_err match_ask_carve(struct lg_ctx *cx, const char *socket, int32_t tenant, const json_t *opening,
                            struct carve_found *out)
{
	json_t *answer, *facts = match_facts(cx, MATCH_OPENING, opening);
	*out = (struct carve_found){ 0 };
	LG_TRY(ask(cx, socket, &answer,
	           json_pack("{s:s, s:i, s:O}", "call", "carve", "tenant", (int)tenant, "facts", facts)));
	carve_understood(answer, out);
	return LG_OK;
}

enum lg_err match_ask_doors(struct lg_ctx *cx, const char *socket, int32_t tenant, const json_t *candidate,
                            int32_t today, struct doors *out)
{
	json_t *answer, *facts = match_facts(cx, MATCH_CANDIDATE, candidate);
	*out = (struct doors){ 0 };
	LG_TRY(ask(cx, socket, &answer,
	           json_pack("{s:s, s:i, s:O, s:i}", "call", "doors", "tenant", (int)tenant, "facts", facts, "today",
	                     (int)today)));
	doors_understood(answer, out);
	return LG_OK;
}

enum lg_err match_ask_office(struct lg_ctx *cx, const char *socket, int32_t tenant, struct office_doors *out)
{
	json_t *answer;
	*out = (struct office_doors){ 0 };
	LG_TRY(ask(cx, socket, &answer, json_pack("{s:s, s:i}", "call", "office", "tenant", (int)tenant)));
	office_doors_understood(answer, out);
	return LG_OK;
}
