/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What is merged of candidates and of employers, and what hangs on them. */
#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "core/candidate.sql.h"
#include "core/candidate_view.h"
#include "core/employer.h"
#include "core/entity.h"
#include "core/merge.h"
#include "core/merge.sql.h"
#include "core/proposal.sql.h"
#include "view/speech.h"

static struct db_list ids_of(struct lg_ctx *cx, const json_t *list)
{
	const char **texts = lg_array(cx->mem, json_array_size(list) + 1, sizeof *texts);
	size_t i, n = 0;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) texts[n++] = json_string_value(one);
	return (struct db_list){ .texts = texts, .n = n };
}

static json_t *keep_list(json_t *state, const char *name)
{
	json_t *list = json_array();
	json_object_set_new(state, name, list);
	return list;
}

/* --- candidates */

static enum lg_err lock_candidates(struct lg_ctx *cx, struct call *c, struct db_list ids)
{
	struct db_merge_lock_candidates_rows rows = { 0 };
	return db_merge_lock_candidates(cx, c->db, &rows, (struct db_merge_lock_candidates_in){ .ids = ids });
}

static enum lg_err read_candidate(struct lg_ctx *cx, struct call *c, const char *id, struct merge_side *out)
{
	struct candidate *one = lg_alloc(cx->mem, sizeof *one);
	struct candidate_asked *asked = candidate_ask(cx, c, id);
	audit_seen(cx, c, (const char *const[]){ id }, 1);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(candidate_take(cx, c, asked, one));
	*out =
	    (struct merge_side){ one->id, one->version, one->invented, one->record, one->identifiers, one->key, one };
	return LG_OK;
}

static enum lg_err check_candidate(struct lg_ctx *cx, struct call *c, json_t *record)
{
	return candidate_check(cx, record, page_today(cx, c));
}

/* How far it went: the further of two stands. */
static int rank(const char *state)
{
	static const char *const order[] = { "rejected", "declined", "not_agreed", "shortlisted", "presented",
		                             "accepted", "sent",     "interview",  "offer",       "agreed" };
	int i = 0;
	while (i < (int)(sizeof order / sizeof *order) && strcmp(order[i], state) != 0) i++;
	return i;
}

/* Of an opening that was proposed to both, one proposal stays; a position that both had taken is given back. */
static enum lg_err move_proposals(struct lg_ctx *cx, struct call *c, const char *kept, const char *gone, json_t *state)
{
	struct db_merge_proposals_rows rows = { 0 };
	json_t *dropped = keep_list(state, "dropped"), *twice = keep_list(state, "twice"), *row,
	       *ids = record_keep(cx, json_array());
	LG_TRY(db_merge_proposals(cx, c->db, &rows, (struct db_merge_proposals_in){ .kept = kept, .gone = gone }));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_merge_proposals_row *r = &rows.rows[i];
		bool mine = rank(r->kept_state) >= rank(r->gone_state);
		const char *text = mine ? r->gone_row : r->kept_row;
		LG_TRY(record_parse(cx, &row, text, strlen(text)));
		json_array_append(dropped, row);
		json_array_append_new(ids, json_string(mine ? r->gone_id : r->kept_id));
		if (strcmp(r->kept_state, "agreed") != 0 || strcmp(r->gone_state, "agreed") != 0) continue;
		json_array_append_new(twice, json_string(r->opening));
		db_opening_give_back_send(cx, c->db, (struct db_opening_give_back_in){ .id = r->opening });
	}
	if (rows.n)
		db_merge_proposals_drop_send(cx, c->db, (struct db_merge_proposals_drop_in){ .ids = ids_of(cx, ids) });
	return LG_OK;
}

/* A number that the other has not, out of its box: it is sealed anew, with the other's key. */
static enum lg_err add_number(struct lg_ctx *cx, struct call *c, const struct merge_side *gone, const char *id,
                              json_t *rows)
{
	struct db_candidate_number_get_row row;
	const char *text;
	size_t n, i;
	json_t *each;
	LG_TRY(db_candidate_number_get(cx, c->db, &row,
	                               (struct db_candidate_number_get_in){ .id = id, .candidate = gone->id }));
	LG_TRY(seal_get(cx, gone->key, seal_of(c->actor.tenant, gone->id, "identifier"), row.box, &text, &n));
	json_array_foreach(gone->identifiers, i, each)
	{
		if (strcmp(record_word(each, "id"), id) != 0) continue;
		json_t *copy = json_deep_copy(each);
		json_object_del(copy, "id");
		json_object_set_new(copy, "number", json_string(text));
		json_array_append_new(rows, copy);
	}
	return LG_OK;
}

static enum lg_err move_numbers(struct lg_ctx *cx, struct call *c, struct merge_side *kept,
                                const struct merge_side *gone, json_t *state)
{
	enum { MOST = 8 };
	struct db_merge_numbers_row row;
	struct db_merge_numbers_of_rows now = { 0 };
	json_t *raw, *others, *one, *rows = record_keep(cx, json_deep_copy(kept->identifiers)),
	                            *added = keep_list(state, "numbers_added");
	size_t i, before = json_array_size(rows);
	LG_TRY(db_merge_numbers(cx, c->db, &row, (struct db_merge_numbers_in){ .kept = kept->id, .gone = gone->id }));
	LG_TRY(record_parse(cx, &raw, row.rows, strlen(row.rows)));
	LG_TRY(record_parse(cx, &others, row.others, strlen(row.others)));
	json_object_set(state, "numbers", raw);
	json_array_foreach(others, i, one)
	{
		if (json_array_size(rows) < MOST && gone->key)
			LG_TRY(add_number(cx, c, gone, json_string_value(one), rows));
	}
	if (json_array_size(rows) == before) return LG_OK;
	struct candidate *of = kept->one;
	LG_TRY(candidate_change_numbers(cx, c, of, rows, kept->version));
	kept->version = of->version;
	LG_TRY(db_merge_numbers_of(cx, c->db, &now, (struct db_merge_numbers_of_in){ .candidate = kept->id }));
	for (size_t k = before; k < now.n; k++) json_array_append_new(added, json_string(now.rows[k].id));
	return LG_OK;
}

static enum lg_err follow_left_out(struct lg_ctx *cx, struct call *c, const char *kept, const char *gone, json_t *moved)
{
	struct db_merge_pool_but_rows rows = { 0 };
	LG_TRY(db_merge_pool_but(cx, c->db, &rows, (struct db_merge_pool_but_in){ .kept = kept, .gone = gone }));
	for (size_t i = 0; i < rows.n; i++) json_array_append_new(moved, json_string(rows.rows[i].id));
	return LG_OK;
}

static enum lg_err move_candidate(struct lg_ctx *cx, struct call *c, struct merge_side *kept,
                                  const struct merge_side *gone, json_t *state)
{
	struct db_merge_move_candidate_rows rows = { 0 };
	LG_TRY(move_proposals(cx, c, kept->id, gone->id, state));
	LG_TRY(move_numbers(cx, c, kept, gone, state));
	LG_TRY(db_merge_move_candidate(cx, c->db, &rows,
	                               (struct db_merge_move_candidate_in){ .kept = kept->id, .gone = gone->id }));
	json_t *moved = keep_list(state, "moved");
	for (size_t i = 0; i < rows.n; i++) json_array_append_new(moved, json_string(rows.rows[i].id));
	return follow_left_out(cx, c, kept->id, gone->id, moved);
}

static enum lg_err back_candidate(struct lg_ctx *cx, struct call *c, const struct merge_side *kept, const char *gone,
                                  const json_t *state)
{
	const json_t *dropped = json_object_get(state, "dropped");
	size_t i;
	json_t *one;
	db_merge_back_candidate_send(
	    cx, c->db,
	    (struct db_merge_back_candidate_in){
	        .kept = kept->id, .gone = gone, .ids = ids_of(cx, json_object_get(state, "moved")) });
	db_merge_pool_back_send(
	    cx, c->db,
	    (struct db_merge_pool_back_in){ .kept = kept->id, .ids = ids_of(cx, json_object_get(state, "moved")) });
	if (json_array_size(dropped))
		db_merge_proposals_put_send(cx, c->db,
		                            (struct db_merge_proposals_put_in){ .rows = record_text(cx, dropped) });
	json_array_foreach(json_object_get(state, "twice"), i, one)
	    db_opening_take_send(cx, c->db, (struct db_opening_take_in){ .id = json_string_value(one) });
	db_merge_numbers_drop_send(
	    cx, c->db,
	    (struct db_merge_numbers_drop_in){ .candidate = kept->id,
	                                       .ids = ids_of(cx, json_object_get(state, "numbers_added")) });
	return LG_OK;
}

static void put_candidate(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record)
{
	candidate_put_send(cx, c, id, version, record);
}

static void remove_candidate(struct lg_ctx *cx, struct call *c, const struct merge_side *gone)
{
	db_merge_remove_candidate_send(
	    cx, c->db, (struct db_merge_remove_candidate_in){ .id = gone->id, .version = gone->version });
}

static enum lg_err restore_candidate(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record,
                                     const json_t *state)
{
	db_merge_restore_candidate_send(cx, c->db,
	                                (struct db_merge_restore_candidate_in){ .doc = record_text(cx, record) });
	candidate_keys_send(cx, c, id, record);
	db_merge_numbers_put_send(
	    cx, c->db, (struct db_merge_numbers_put_in){ .rows = record_text(cx, json_object_get(state, "numbers")) });
	return LG_OK;
}

const struct merge_kind merge_candidates = {
	.entity = &candidate_entity,
	.path = "/candidates",
	.list = LG_TEXT("Candidates"),
	.here = "candidates",
	.name = candidate_name,
	.lock = lock_candidates,
	.read = read_candidate,
	.check = check_candidate,
	.move = move_candidate,
	.back = back_candidate,
	.put_send = put_candidate,
	.remove_send = remove_candidate,
	.restore = restore_candidate,
};

/* --- employers */

static const char *employer_name(struct lg_ctx *cx, const json_t *record)
{
	return lg_strdup(cx->mem, record_word(record, "name"));
}

static enum lg_err lock_employers(struct lg_ctx *cx, struct call *c, struct db_list ids)
{
	struct db_merge_lock_candidates_rows rows = { 0 };
	return db_merge_lock_employers(cx, c->db, &rows, (struct db_merge_lock_employers_in){ .ids = ids });
}

static enum lg_err read_employer(struct lg_ctx *cx, struct call *c, const char *id, struct merge_side *out)
{
	struct employer *one = lg_alloc(cx->mem, sizeof *one);
	LG_TRY(employer_read(cx, c, id, one));
	*out = (struct merge_side){ one->id, one->version, one->invented, one->record, NULL, one->key, one };
	return LG_OK;
}

static enum lg_err check_employer(struct lg_ctx *cx, struct call *c, json_t *record)
{
	return employer_check(cx, record, page_today(cx, c));
}

static enum lg_err move_employer(struct lg_ctx *cx, struct call *c, struct merge_side *kept,
                                 const struct merge_side *gone, json_t *state)
{
	struct db_merge_move_candidate_rows rows = { 0 };
	json_t *moved = keep_list(state, "moved");
	LG_TRY(db_merge_move_employer(cx, c->db, &rows,
	                              (struct db_merge_move_employer_in){ .kept = kept->id, .gone = gone->id }));
	for (size_t i = 0; i < rows.n; i++) json_array_append_new(moved, json_string(rows.rows[i].id));
	return LG_OK;
}

static enum lg_err back_employer(struct lg_ctx *cx, struct call *c, const struct merge_side *kept, const char *gone,
                                 const json_t *state)
{
	db_merge_back_employer_send(
	    cx, c->db,
	    (struct db_merge_back_employer_in){
	        .kept = kept->id, .gone = gone, .ids = ids_of(cx, json_object_get(state, "moved")) });
	return LG_OK;
}

static void remove_employer(struct lg_ctx *cx, struct call *c, const struct merge_side *gone)
{
	db_merge_remove_employer_send(cx, c->db,
	                              (struct db_merge_remove_employer_in){ .id = gone->id, .version = gone->version });
}

static enum lg_err restore_employer(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record,
                                    const json_t *state)
{
	(void)state;
	db_merge_restore_employer_send(cx, c->db,
	                               (struct db_merge_restore_employer_in){ .doc = record_text(cx, record) });
	employer_keys_send(cx, c, id, record);
	return LG_OK;
}

const struct merge_kind merge_employers = {
	.entity = &employer_entity,
	.path = "/employers",
	.list = LG_TEXT("Employers"),
	.here = "employers",
	.name = employer_name,
	.lock = lock_employers,
	.read = read_employer,
	.check = check_employer,
	.move = move_employer,
	.back = back_employer,
	.put_send = employer_put_send,
	.remove_send = remove_employer,
	.restore = restore_employer,
};
