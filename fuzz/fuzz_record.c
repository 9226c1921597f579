/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/candidate.h"
#include "core/entity.h"
#include "core/form.h"

/*
 * A byte that says which section of which entity, and "{": JSON of it, as a client sends it; else a form's body. What
 * is taken has the section's fields and no other, clean and not too long, and is taken again as it is; what is refused
 * is said why.
 */

static void check_text(const struct field *f, const char *s)
{
	size_t n = 0;
	if (lg_utf8_span(s, strlen(s)) != strlen(s)) abort();
	for (const char *p = s; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if ((c < ' ' && !(c == '\n' && f->type == FIELD_AREA)) || c == 0x7F) abort();
		n += (c & 0xC0) != 0x80;
	}
	if ((f->type == FIELD_TEXT || f->type == FIELD_AREA) && n > f->max) abort();
}

static void check_row(const struct entity *e, const struct section *s, const json_t *row)
{
	const char *name;
	json_t *value;
	if (!json_is_object(row)) abort();
	json_object_foreach((json_t *)(uintptr_t)row, name, value)
	{
		const struct field *f = entity_field(e, s->name, name);
		if (!f) abort();
		if (json_is_string(value)) check_text(f, json_string_value(value));
	}
}

static void check_taken(struct lg_ctx *cx, const struct entity *e, const struct section *s, const json_t *out,
                        const struct record_checks *checks)
{
	json_t *again;
	if (s->kind == SECTION_ONE) check_row(e, s, out);
	if (s->kind == SECTION_MANY && (!json_is_array(out) || json_array_size(out) > s->most)) abort();
	for (size_t i = 0; s->kind == SECTION_MANY && i < json_array_size(out); i++)
		check_row(e, s, json_array_get(out, i));
	if (record_from_json(cx, &again, e, s, out, checks) != LG_OK || !json_equal(again, out)) abort();
}

static const struct section *chosen(uint8_t byte, const struct entity **e)
{
	const struct entity *const all[] = { &candidate_entity, &note_entity, &task_entity, &contact_entity };
	size_t k = byte;
	for (size_t i = 0;; i = (i + 1) % (sizeof all / sizeof *all)) {
		*e = all[i];
		if (k < all[i]->n_sections) return &all[i]->sections[k];
		k -= all[i]->n_sections;
	}
}

static enum lg_err read_form(struct lg_ctx *cx, json_t **out, const struct entity *e, const struct section *s,
                             const char *text, size_t n, const struct record_checks *checks)
{
	enum { PAIRS = 1000 };
	struct http_pairs form;
	json_t *typed = NULL;
	if (http_read_pairs(cx, &form, text, n, PAIRS) != LG_OK) return LG_FAULT; /* no form */
	enum lg_err err = record_from_form(cx, out, &typed, e, s, &form, form_also, checks);
	if (!typed) abort();
	return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct app_setup none;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	const char *text = (const char *)data + 1;
	if (size > 1) {
		const struct entity *e;
		const struct section *s = chosen(*data, &e);
		const struct record_checks *checks = core_checks(&cx, app_new(&cx, &none));
		json_t *in = NULL, *out = NULL;
		bool is_json = *text == '{' || *text == '[';
		enum lg_err err = is_json ? record_parse(&cx, &in, text, size - 1)
		                          : read_form(&cx, &out, e, s, text, size - 1, checks);
		if (in) err = record_from_json(&cx, &out, e, s, in, checks);
		if (err == LG_OK) check_taken(&cx, e, s, out, checks);
		if (err == LG_INVALID && !cx.notes) abort();
	}
	lg_arena_free(cx.mem);
	return 0;
}
