/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/merge.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/record.h"
#include "core/merge.sql.h"
#include "core/record_store.h"
#include "view/speech.h"

/* --- which values stay */

bool merge_may_both(const struct section *s) { return s->kind == SECTION_MANY; }

static bool is_nothing(const json_t *v)
{
	return !v || json_is_null(v) || (json_is_string(v) && !*json_string_value(v)) ||
	       (json_is_array(v) && !json_array_size(v));
}

/* Both lists, each row once, and no more than there may be. */
static json_t *both(const struct section *s, const json_t *kept, const json_t *gone)
{
	json_t *all = json_deep_copy(kept), *row;
	size_t i, k;
	if (!json_is_array(all)) {
		json_decref(all);
		all = json_array();
	}
	json_array_foreach((json_t *)(uintptr_t)gone, i, row)
	{
		for (k = 0; k < json_array_size(all) && !json_equal(json_array_get(all, k), row); k++) {}
		if (k == json_array_size(all) && k < s->most) json_array_append(all, row);
	}
	return all;
}

static enum lg_err put_value(struct lg_ctx *cx, const struct section *s, const char *name, const json_t *gone,
                             const json_t *take, json_t *out)
{
	const char *which = record_word(take, name);
	const json_t *mine = json_object_get(out, name), *other = json_object_get(gone, name);
	if (!*which) which = is_nothing(mine) && !is_nothing(other) ? "gone" : "kept";
	if (!strcmp(which, "kept")) return LG_OK;
	if (!strcmp(which, "gone"))
		json_object_set_new(out, name, other ? json_deep_copy(other) : json_null());
	else if (!strcmp(which, "both") && merge_may_both(s))
		json_object_set_new(out, name, both(s, mine, other));
	else
		return lg_fail(cx, LG_INVALID, name, lg_say("Choose one of the list."));
	return LG_OK;
}

/* What the API calls lists that stay out of it: those have a way of their own. */
static bool is_left_out(const struct section *s) { return !strcmp(s->name, "identifiers"); }

static bool is_field(const struct entity *e, const char *name)
{
	const struct section *s = entity_section(e, name);
	if (s && s->kind == SECTION_MANY) return !is_left_out(s);
	for (size_t i = 0; i < e->n_fields; i++)
		if (!strcmp(e->fields[i].name, name) && entity_section(e, e->fields[i].section)->kind == SECTION_ONE)
			return true;
	return false;
}

enum lg_err merge_values(struct lg_ctx *cx, const struct merge_kind *kind, const json_t *kept, const json_t *gone,
                         const json_t *take, json_t **out)
{
	const struct entity *e = kind->entity;
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)take, name, value)
	{
		if (!is_field(e, name) || !json_is_string(value))
			return lg_fail(cx, LG_INVALID, lg_strdup(cx->mem, name), lg_say("There is no such field."));
	}
	*out = record_keep(cx, json_deep_copy(kept));
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		size_t n;
		const struct field *f = section_fields(e, s, &n);
		if (is_left_out(s)) continue;
		if (s->kind == SECTION_MANY) LG_TRY(put_value(cx, s, s->name, gone, take, *out));
		for (size_t k = 0; s->kind == SECTION_ONE && k < n; k++)
			LG_TRY(put_value(cx, s, f[k].name, gone, take, *out));
	}
	return LG_OK;
}

/* --- doing it */

static json_t *all_changes(struct lg_ctx *cx, const struct entity *e, const json_t *before, const json_t *after)
{
	json_t *all = record_keep(cx, json_array());
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		if (is_left_out(s)) continue;
		json_array_extend(
		    all, record_changes(cx, e, s, record_section(cx, e, s, before), record_section(cx, e, s, after)));
	}
	return all;
}

static json_t *who(const char *name, bool came)
{
	return json_pack("{s:s, s:s}", "field", "merged", came ? "after" : "before", name);
}

static enum lg_err key_of(struct lg_ctx *cx, struct call *c, const struct merge_side *gone, const struct seal_key **key)
{
	*key = gone->key;
	return *key ? LG_OK : audit_key_new(cx, c, gone->id, key); /* from before there were keys */
}

enum lg_err merge_apply(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, struct merge_side *kept,
                        const struct merge_side *gone, const json_t *take, const char **id)
{
	const char *entity = kind->entity->name, *text;
	json_t *record = NULL, *state = record_keep(cx, json_object()), *changes;
	const struct seal_key *key = NULL;
	struct db_merge_add_in in = { .entity = entity, .kept = kept->id, .gone = gone->id, .by = c->actor.account };
	LG_TRY(merge_values(cx, kind, kept->record, gone->record, take, &record));
	LG_TRY(kind->check(cx, c, record));
	changes = all_changes(cx, kind->entity, kept->record, record);
	json_array_append_new(changes, who(kind->name(cx, gone->record), true));
	json_object_set(state, "gone", gone->record);
	json_object_set(state, "before", kept->record);
	json_object_set(state, "after", record);
	LG_TRY(kind->move(cx, c, kept, gone, state));
	kind->remove_send(cx, c, gone);
	kind->put_send(cx, c, kept->id, kept->version, record);
	kept->version++;
	LG_TRY(key_of(cx, c, gone, &key));
	text = record_text(cx, state);
	LG_TRY(seal_put(cx, key, seal_of(c->actor.tenant, gone->id, "merge"), text, strlen(text), &in.box));
	*id = in.id = record_new_id(cx);
	db_merge_add_send(cx, c->db, in);
	LG_TRY(audit_change(cx, c, "merged", entity, kept->id, kept->version, kept->key, changes));
	json_t *ended = record_keep(cx, json_array());
	json_array_append_new(ended, who(kind->name(cx, gone->record), false));
	LG_TRY(audit_change(cx, c, "merged", entity, gone->id, gone->version, key, ended));
	return db_sync(cx, c->db);
}

/* --- undoing it */

/* What the merge changed, and nobody since, is what it was. */
static json_t *set_back(struct lg_ctx *cx, const struct entity *e, const json_t *now, const json_t *before,
                        const json_t *after)
{
	json_t *out = record_keep(cx, json_deep_copy(now));
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)before, name, value)
	{
		const json_t *merged = json_object_get(after, name);
		if (is_field(e, name) && !json_equal(value, merged) && json_equal(json_object_get(now, name), merged))
			json_object_set(out, name, value);
	}
	return out;
}

static enum lg_err opened(struct lg_ctx *cx, struct call *c, const struct db_merge_get_row *row,
                          const struct seal_key **key, json_t **state)
{
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	const char *text;
	size_t n;
	LG_TRY(seal_person(cx, &ring, c->actor.tenant, row->gone, row->key_box, key));
	LG_TRY(seal_get(cx, *key, seal_of(c->actor.tenant, row->gone, "merge"), row->box, &text, &n));
	return record_parse(cx, state, text, n);
}

enum lg_err merge_undo(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, struct merge_side *kept,
                       const char *merge, const char **gone)
{
	const char *entity = kind->entity->name;
	struct db_merge_get_row row;
	const struct seal_key *key = NULL;
	json_t *state;
	LG_TRY(db_merge_get(
	    cx, c->db, &row,
	    (struct db_merge_get_in){ .id = merge, .entity = entity, .kept = kept->id, .days = MERGE_DAYS }));
	LG_TRY(opened(cx, c, &row, &key, &state));
	*gone = row.gone;
	json_t *was = json_object_get(state, "gone"),
	       *record = set_back(cx, kind->entity, kept->record, json_object_get(state, "before"),
	                          json_object_get(state, "after"));
	int64_t version = record_number(was, "version", 1) + 1;
	json_object_set_new(was, "version", json_integer(version));
	db_merge_undone_send(cx, c->db, (struct db_merge_undone_in){ .id = merge });
	LG_TRY(kind->restore(cx, c, row.gone, was, state));
	LG_TRY(kind->back(cx, c, kept, row.gone, state));
	kind->put_send(cx, c, kept->id, kept->version, record);
	json_t *changes = all_changes(cx, kind->entity, kept->record, record);
	json_array_append_new(changes, who(kind->name(cx, was), false));
	kept->version++;
	LG_TRY(audit_change(cx, c, "unmerged", entity, kept->id, kept->version, kept->key, changes));
	LG_TRY(audit_change(cx, c, "unmerged", entity, row.gone, version, key, NULL));
	return db_sync(cx, c->db);
}

/* --- what is left of it */

struct merge_asked {
	struct db_merge_to_row row;
	bool found;
};

struct merge_asked *merge_ask(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const char *id)
{
	struct merge_asked *asked = lg_alloc(cx->mem, sizeof *asked);
	db_merge_to_send(cx, c->db, &asked->row, &asked->found,
	                 (struct db_merge_to_in){ .id = id, .entity = kind->entity->name });
	return asked;
}

bool merge_leads(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, enum lg_err err,
                 const struct merge_asked *asked)
{
	if (err != LG_UNKNOWN || !asked->found) return false;
	if (c->db) db_abandon(c->db);
	c->db = NULL;
	cx->notes = NULL;
	http_redirect(c->rs, lg_printf(cx->mem, "%s%s/%s", c->api ? "/api/v1" : "", kind->path, asked->row.id));
	return true;
}

static int latest_first(const void *a, const void *b)
{
	const struct audit_row *x = a, *y = b;
	return x->at_us > y->at_us ? -1 : x->at_us < y->at_us;
}

enum lg_err merge_history(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const char *id,
                          struct audit_row **rows, size_t *n)
{
	struct db_merge_list_rows merges = { 0 };
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	LG_TRY(
	    db_merge_list(cx, c->db, &merges,
	                  (struct db_merge_list_in){ .kept = id, .entity = kind->entity->name, .days = MERGE_DAYS }));
	for (size_t i = 0; i < merges.n; i++) {
		const struct db_merge_list_row *m = &merges.rows[i];
		const struct seal_key *key = NULL;
		struct audit_row *more, *all;
		size_t k;
		if (m->key_box.data) LG_TRY(seal_person(cx, &ring, c->actor.tenant, m->gone, m->key_box, &key));
		LG_TRY(audit_history(cx, c, m->gone, key, &more, &k));
		all = lg_array(cx->mem, *n + k + 1, sizeof *all);
		memcpy(all, *rows, *n * sizeof *all);
		memcpy(all + *n, more, k * sizeof *all);
		*rows = all;
		*n += k;
		LG_TRY(merge_history(cx, c, kind, m->gone, rows, n)); /* and what that was made of */
	}
	if (merges.n) qsort(*rows, *n, sizeof **rows, latest_first);
	return LG_OK;
}

void merge_forget_send(struct lg_ctx *cx, struct call *c, const char *id)
{
	db_merge_forget_send(cx, c->db, (struct db_merge_forget_in){ .id = id });
}
