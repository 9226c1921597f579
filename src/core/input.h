/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_INPUT_H
#define LG_CORE_INPUT_H
#include "app/app.h"
#include "app/record.h"

/**
 * What a request brings for a section: of a form, or of the API's JSON, which is the section's object or array.
 * *typed: what was sent, to be shown again. LG_INVALID with notes; of the API also when the body is no JSON.
 */
LG_MUST enum lg_err input_section(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                  json_t **part, json_t **typed);
/** The body of an API request as JSON. */
LG_MUST enum lg_err input_json(struct lg_ctx *cx, struct call *c, json_t **out);
/** Is nothing in the form, or in the object of the API, but these (and form_also)? Else LG_INVALID with notes. */
LG_MUST enum lg_err input_only(struct lg_ctx *cx, struct call *c, const json_t *body, const char *const *names);
/**
 * The version a client must say it has seen, before it may change something: 428 without, 412 when it is another (of
 * the API), else *seen. @return false: the answer is made
 */
bool input_version(struct lg_ctx *cx, struct call *c, int64_t now, int64_t *seen);
/** The text of a letter as it was sent under "body", of several lines: they end with \n, other controls are refused,
 * the end is trimmed. Notes what is wrong: missing, longer than `most` bytes. Of cx. */
const char *input_letter(struct lg_ctx *cx, const char *sent, long most);
#endif
