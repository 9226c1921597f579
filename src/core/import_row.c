/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What a row of a file says, and what it changes of a record that is there; for new ones see core/import_piece.c. */
#include <string.h>

#include "app/answer.h"
#include "core/candidate.h"
#include "core/import_inner.h"
#include "core/record_store.h"

enum { SEPARATOR = IMPORT_SEPARATOR };

/* --- the import itself */

static const char **texts_of(struct lg_ctx *cx, const json_t *list, size_t *n)
{
	size_t i;
	json_t *one;
	const char **out = lg_array(cx->mem, json_array_size(list) + 1, sizeof *out);
	*n = 0;
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
	{
		if (json_is_string(one)) out[(*n)++] = json_string_value(one);
	}
	return out;
}

enum lg_err import_of(struct lg_ctx *cx, struct import *out, const char *kind, const char *columns, const char *mapping,
                      const char *options, const char *format)
{
	json_t *names, *targets, *chosen;
	out->kind = import_kind_named(kind);
	if (!out->kind) return LG_FAULT;
	LG_TRY(record_parse(cx, &names, columns, strlen(columns)));
	LG_TRY(record_parse(cx, &targets, mapping, strlen(mapping)));
	LG_TRY(record_parse(cx, &chosen, options, strlen(options)));
	out->columns = texts_of(cx, names, &out->n_columns);
	out->targets = lg_array(cx->mem, out->n_columns + 1, sizeof *out->targets);
	for (size_t i = 0; i < out->n_columns; i++) out->targets[i] = record_word(targets, out->columns[i]);
	out->mapping = targets;
	out->options = chosen;
	out->anyway = record_flag(chosen, "anyway");
	out->make_employers = record_flag(chosen, "make_employers");
	out->lenient = !strcmp(format, "jobtech") || !strcmp(format, "jobposting") || !strcmp(format, "europass");
	return LG_OK;
}

/* --- cells at rest */

enum lg_err import_seal(struct lg_ctx *cx, int32_t tenant, const char *import_id, const struct seal_key *key,
                        const char *const *cells, size_t n, struct db_bytes *box)
{
	struct lg_buf text = { 0 };
	for (size_t i = 0; i < n; i++) {
		lg_puts(&text, cells[i]);
		lg_putc(&text, SEPARATOR);
	}
	enum lg_err err =
	    seal_put(cx, key, seal_of(tenant, import_id, "import_row"), text.data ? text.data : "", text.len, box);
	lg_buf_free(&text);
	return err;
}

enum lg_err import_open(struct lg_ctx *cx, int32_t tenant, const struct import *imp, struct db_bytes box,
                        struct import_row *out)
{
	const char *text;
	size_t n, k = 0;
	if (!imp->key || !box.data) return LG_UNKNOWN;
	LG_TRY(seal_get(cx, imp->key, seal_of(tenant, imp->id, "import_row"), box, &text, &n));
	const char **cells = lg_array(cx->mem, imp->n_columns + 1, sizeof *cells);
	for (const char *s = text, *end; s < text + n && k < imp->n_columns; s = end + 1) {
		end = memchr(s, SEPARATOR, (size_t)(text + n - s));
		if (!end) return LG_FAULT;
		cells[k++] = lg_strndup(cx->mem, s, (size_t)(end - s));
	}
	out->cells = cells;
	out->n_cells = k;
	return LG_OK;
}

/* --- faults */

static void put_fault(json_t *list, const char *column, const char *says)
{
	json_array_append_new(list, json_pack("{s:s, s:s}", "column", column, "says", says));
}

json_t *import_fault(struct lg_ctx *cx, const char *column, const char *says)
{
	json_t *list = record_keep(cx, json_array());
	put_fault(list, column, says);
	return list;
}

static const char *column_of(const struct import *imp, const char *field)
{
	for (size_t i = 0; i < imp->n_columns; i++)
		if (!strcmp(imp->targets[i], field)) return imp->columns[i];
	return field;
}

static void put_notes(json_t *list, const struct import *imp, const struct lg_note *n)
{
	if (!n) return;
	put_notes(list, imp, n->next); /* the last is the first */
	put_fault(list, column_of(imp, n->field ? n->field : ""), n->text ? n->text : "");
}

json_t *import_faults(struct lg_ctx *cx, const struct import *imp)
{
	json_t *list = record_keep(cx, json_array());
	put_notes(list, imp, cx->notes);
	cx->notes = NULL;
	return list;
}

void import_bad(struct lg_ctx *cx, const struct import *imp, struct import_verdict *out)
{
	out->outcome = "bad";
	out->faults = import_faults(cx, imp);
}

/* --- what a row says */

static json_t *place_in(json_t *raw, const struct section *s, size_t row)
{
	json_t *part = json_object_get(raw, s->name);
	if (!part) {
		part = s->kind == SECTION_MANY ? json_array() : json_object();
		json_object_set_new(raw, s->name, part);
	}
	if (s->kind == SECTION_ONE) return part;
	while (json_array_size(part) <= row) json_array_append_new(part, json_object());
	return json_array_get(part, row);
}

static void put_value(struct lg_ctx *cx, const struct import *imp, json_t *raw, const char *target, const char *text,
                      bool only_if_none)
{
	const struct section *s;
	size_t row;
	const struct field *f = import_field(imp->kind, target, &s, &row);
	json_t *value = f && *text ? import_value(cx, imp, f, text) : NULL;
	if (!value) return;
	json_t *to = place_in(raw, s, row);
	if (only_if_none && json_object_get(to, f->name))
		json_decref(value);
	else
		json_object_set_new(to, f->name, value);
}

void import_said_read(struct lg_ctx *cx, const struct import *imp, const struct import_row *row,
                      struct import_said *out)
{
	uint8_t hash[32];
	*out = (struct import_said){ .raw = record_keep(cx, json_object()), .id = "", .employer = "" };
	for (size_t i = 0; i < row->n_cells; i++) {
		const char *text = row->cells[i], *target = imp->targets[i];
		if (!*target || !*text) continue;
		if (!strcmp(target, "id"))
			out->id = import_plain(text);
		else if (!strcmp(target, "employer"))
			out->employer = import_plain(text);
		else
			put_value(cx, imp, out->raw, target, text, false);
	}
	const char *all = lg_printf(cx->mem, "%s\n%s", out->employer, record_text(cx, out->raw));
	seal_hash(hash, all, strlen(all));
	(void)memcpy(out->content, seal_hex(cx, hash, sizeof hash), sizeof out->content);
}

void import_put_defaults(struct lg_ctx *cx, const struct import *imp, json_t *raw)
{
	const json_t *chosen = json_object_get(imp->options, "defaults");
	for (const char *const *name = imp->kind->defaults; *name; name++)
		put_value(cx, imp, raw, *name, record_word(chosen, *name), true);
}

/* --- one that is new */

static json_t *without_empty(struct lg_ctx *cx, const json_t *list)
{
	size_t i;
	json_t *one, *out = record_keep(cx, json_array());
	json_array_foreach((json_t *)(uintptr_t)list, i, one) if (json_object_size(one)) json_array_append(out, one);
	return out;
}

enum lg_err import_sections(struct lg_ctx *cx, struct call *c, const struct import *imp, const json_t *raw,
                            json_t **record)
{
	const struct entity *e = imp->kind->entity;
	const struct record_checks *checks = core_checks(cx, c->app);
	enum lg_err err = LG_OK;
	*record = record_keep(cx, json_object());
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		json_t *said = json_object_get(raw, s->name), *part = NULL;
		if (!said) continue;
		if (s->kind == SECTION_MANY) said = without_empty(cx, said);
		enum lg_err one = record_from_json(cx, &part, e, s, said, checks);
		if (one != LG_OK) {
			err = one;
			continue;
		}
		if (s->kind == SECTION_MANY)
			json_object_set(*record, s->name, part);
		else
			json_object_update(*record, part);
	}
	return err;
}

/* --- one that is there */

/* What is said goes over what is there; of a list, row by row. What is not said stays. */
static json_t *overlaid(struct lg_ctx *cx, const struct section *s, const json_t *before, const json_t *said)
{
	json_t *out = record_keep(cx, json_deep_copy(before)), *row;
	size_t i;
	if (s->kind == SECTION_ONE) {
		json_object_update(out, (json_t *)(uintptr_t)said);
		return out;
	}
	json_array_foreach((json_t *)(uintptr_t)said, i, row)
	{
		if (i < json_array_size(out))
			json_object_update(json_array_get(out, i), row);
		else if (json_object_size(row))
			json_array_append_new(out, json_deep_copy(row));
	}
	return out;
}

struct change {
	const struct section *s;
	json_t *part;
};

static enum lg_err read_changes(struct lg_ctx *cx, struct call *c, const struct import *imp, const json_t *raw,
                                json_t **record, struct change *changes, size_t *n, json_t *before)
{
	const struct entity *e = imp->kind->entity;
	const struct record_checks *checks = core_checks(cx, c->app);
	enum lg_err err = LG_OK;
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		json_t *said = json_object_get(raw, s->name), *part = NULL;
		if (!said || (e == &candidate_entity && candidate_section_is_sealed(s))) continue;
		json_t *was = record_section(cx, e, s, *record);
		enum lg_err one = record_from_json(cx, &part, e, s, overlaid(cx, s, was, said), checks);
		if (one != LG_OK) {
			err = one;
			continue;
		}
		if (!json_array_size(record_changes(cx, e, s, was, part))) continue;
		changes[(*n)++] = (struct change){ s, part };
		json_object_set(before, s->name, was);
		*record = record_with(cx, s, *record, part);
	}
	return err;
}

enum lg_err import_judge_known(struct lg_ctx *cx, struct call *c, const struct import *imp,
                               const struct import_said *said, const char *subject, bool write,
                               struct import_verdict *out)
{
	void *one;
	json_t *record, *before = record_keep(cx, json_object());
	struct change *changes = lg_array(cx->mem, imp->kind->entity->n_sections, sizeof *changes);
	size_t n = 0;
	out->subject = subject;
	LG_TRY(imp->kind->read(cx, c, subject, &one, &record, &out->version));
	enum lg_err err = read_changes(cx, c, imp, said->raw, &record, changes, &n, before);
	if (err == LG_OK && n) err = imp->kind->check(cx, c, record);
	if (err != LG_OK && err != LG_INVALID) return err;
	if (cx->notes) return import_bad(cx, imp, out), LG_OK;
	out->outcome = write ? (n ? "changed" : "left") : (n ? "change" : "same");
	if (!write) return LG_OK;
	for (size_t i = 0; i < n; i++)
		LG_TRY(imp->kind->change(cx, c, one, changes[i].s, changes[i].part, &out->version));
	if (n) out->before = before;
	import_remember(cx, c, imp, said, out->key, subject);
	return LG_OK;
}
