/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_call.h"

#include <string.h>

#include "core/frame.h"

enum { WAIT_S = 10 };

const char *const auth_state_names[] = {
	[AUTH_DONE] = "done",     [AUTH_IN] = "in",          [AUTH_CODE] = "code", [AUTH_SECOND] = "second",
	[AUTH_OFFICE] = "office", [AUTH_GO] = "go",          [AUTH_NO] = "no",     [AUTH_WAIT] = "wait",
	[AUTH_GONE] = "gone",     [AUTH_INVALID] = "invalid"
};
enum { STATES = sizeof auth_state_names / sizeof *auth_state_names };

static enum lg_err understand(struct lg_ctx *cx, struct auth_answer *out)
{
	const char *state = auth_word(out, "state");
	unsigned s = 0;
	while (s < STATES && strcmp(auth_state_names[s], state) != 0) s++;
	if (s == STATES) {
		/* An error of theirs is ours: what it was stands in their log. */
		const char *error = auth_word(out, "error");
		return lg_fail(cx, !strcmp(error, "busy") ? LG_BUSY : LG_FAULT, NULL,
		               "the auth process could not do it");
	}
	out->state = (enum auth_state)s;
	out->token = auth_word(out, "token");
	out->pending = auth_word(out, "pending");
	out->wait_s = json_integer_value(json_object_get(out->json, "wait_s"));
	size_t i;
	json_t *note;
	json_array_foreach(json_object_get(out->json, "notes"), i, note)
	{
		const char *field = json_string_value(json_array_get(note, 0)),
		           *text = json_string_value(json_array_get(note, 1));
		if (field && text) (void)!lg_fail(cx, LG_INVALID, field, text);
	}
	return LG_OK;
}

enum lg_err auth_call(struct lg_ctx *cx, const char *socket, struct auth_answer *out, json_t *question)
{
	memset(out, 0, sizeof *out);
	LG_TRY(frame_ask(cx, socket, WAIT_S, &out->json, question));
	return understand(cx, out);
}

const char *auth_word(const struct auth_answer *a, const char *name)
{
	const char *text = json_string_value(json_object_get(a->json, name));
	return text ? text : "";
}
