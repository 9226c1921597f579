/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SMALL_FORM_H
#define LG_CORE_SMALL_FORM_H
#include "app/app.h"
#include "view/form.html.h"

/**
 * @file
 * Forms that are of no entity: administration, one's own account. What was sent is shown again, what is wrong stands
 * beside its field (cx's notes).
 */
enum { SMALL_FIELDS = 40, SMALL_HIDDEN = 4 };
struct small_form {
	struct html_form form;
	struct html_form_parts part;
	struct html_fields fields;
	struct html_fields_fields at[SMALL_FIELDS];
	struct html_form_hidden hidden[SMALL_HIDDEN];
	const struct call *c;
};

/** `submit` in the language spoken. */
struct small_form *small_form(struct lg_ctx *cx, struct call *c, const char *action, const char *submit);
/** A field of one line: input "text", "email", "date", "password" ... `value`: what it is now; what was sent goes
 * before it. */
struct html_fields_fields *small_field(struct lg_ctx *cx, struct small_form *f, const char *name, const char *label,
                                       const char *input, const char *value);
/** A field to choose in; put its options with small_option(). boxes: several. */
struct html_fields_fields *small_choice(struct lg_ctx *cx, struct small_form *f, const char *name, const char *label,
                                        bool boxes, size_t room);
void small_option(struct lg_ctx *cx, struct html_fields_fields *field, const char *value, const char *label,
                  const char *help, bool chosen);
void small_hidden(struct small_form *f, const char *name, const char *value);

/** Nothing may come but these names (NULL at the end), csrf, next, why and version: LG_INVALID, nothing is written. */
LG_MUST enum lg_err small_only(struct lg_ctx *cx, const struct call *c, const char *const *names);
/** What the form sent under a name, as it came; "" for nothing. */
const char *small_sent(const struct call *c, const char *name);
/** A text of the form, trimmed; "" for none. Notes what is wrong: missing when `needed`, more than one line, longer
 * than `most` bytes. */
const char *small_text(struct lg_ctx *cx, const struct call *c, const char *name, size_t most, bool needed);
/** A date of the form, or DB_NO_DATE when it is empty; what is none is noted. */
int32_t small_date(struct lg_ctx *cx, const struct call *c, const char *name);
/** All values of a name, in the order sent. */
struct db_list small_all(struct lg_ctx *cx, const struct call *c, const char *name);
bool small_chosen(const struct call *c, const char *name, const char *value);
#endif
