/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Imports are done piece by piece: each transaction does some rows, and writes into them what became of them. */
#include <string.h>

#include "app/actor.h"
#include "app/audit.h"
#include "base/log.h"
#include "core/colleague.h"
#include "core/import.h"
#include "core/jobs.h"
#include "view/speech.h"

enum { DUE = 20, SLICE_S = 5, ARENA = 192 << 20 };

/* One transaction for whoever began the import. */
struct act {
	struct http_request rq;
	struct http_response rs;
	struct call c;
	struct import imp;
	const char *state;
	bool mine, may; /* this process has it; whoever began it still may */
};

static enum lg_err act_as(struct lg_ctx *cx, struct act *a, const char *id)
{
	struct db_import_job_as_row row = { 0 };
	LG_TRY(db_import_job_as(cx, a->c.db, &row, (struct db_import_job_as_in){ .import = id }));
	if (!row.actor) return LG_OK;
	LG_TRY(actor_read(cx, &a->c.actor, row.actor));
	a->may = may(&a->c.actor, MAY_IMPORT) && may(&a->c.actor, a->imp.kind->right);
	return LG_OK;
}

static enum lg_err begin(struct lg_ctx *cx, struct app *app, struct db_pool *pool, int32_t tenant, const char *id,
                         struct act *a)
{
	static const struct route route = { .path = "import" };
	struct db_import_job_take_row row = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	struct audit_key key;
	*a = (struct act){ .rq = { .method_name = "", .path = "" } };
	a->c = (struct call){ .app = app, .rq = &a->rq, .rs = &a->rs, .route = &route, .why = "" };
	a->c.actor.tenant = tenant;
	LG_TRY(db_open(cx, pool, &a->c.db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "import" }));
	LG_TRY(db_import_job_take(cx, a->c.db, &row, &a->mine, (struct db_import_job_take_in){ .id = id }));
	if (!a->mine) return LG_OK;
	a->imp =
	    (struct import){ .id = row.id, .source = row.source, .file_name = row.file_name, .language = row.language };
	a->state = row.state;
	LG_TRY(import_of(cx, &a->imp, row.kind, row.columns, row.mapping, row.options, row.format));
	LG_TRY(act_as(cx, a, id));
	if (!a->may) return LG_OK;
	a->c.language = lg_language_known(row.language) ? lg_language_known(row.language) : "en";
	a->c.why = lg_printf(cx->mem, "%s%s%s", row.source, *row.file_name ? ": " : "", row.file_name);
	lg_speak_here(a->c.language);
	audit_key_send(cx, &a->c, id, &key);
	db_colleague_list_send(cx, a->c.db, &colleagues);
	LG_TRY(db_sync(cx, a->c.db));
	a->imp.with = lg_alloc(cx->mem, sizeof *a->imp.with);
	*a->imp.with = colleagues_of(cx, &colleagues);
	return audit_key_open(cx, &a->c, id, &key, &a->imp.key);
}

/* --- rows */

static enum lg_err put_row(struct lg_ctx *cx, struct act *a, int64_t n, const struct import_verdict *v)
{
	struct db_import_job_row_put_in in = { .import = a->imp.id,
		                               .n = n,
		                               .outcome = v->outcome,
		                               .key = v->key ? v->key : "",
		                               .faults = record_text(cx, v->faults),
		                               .subject = v->subject,
		                               .helper = v->helper,
		                               .version = v->version ? v->version : DB_NO_INT };
	if (v->before) {
		const char *text = record_text(cx, v->before);
		LG_TRY(seal_put(cx, a->imp.key, seal_of(a->c.actor.tenant, a->imp.id, "import_before"), text,
		                strlen(text), &in.before));
	}
	db_import_job_row_put_send(cx, a->c.db, in);
	return LG_OK;
}

static enum lg_err put_unreadable(struct lg_ctx *cx, struct act *a, int64_t n)
{
	struct import_verdict v = { .outcome = "bad" };
	v.faults = import_fault(cx, "", lg_say("This row cannot be read any more: bring the file again."));
	return put_row(cx, a, n, &v);
}

static enum lg_err judge_rows(struct lg_ctx *cx, struct act *a, const struct db_import_job_rows_rows *all, bool write)
{
	struct import_row *rows = lg_array(cx->mem, all->n, sizeof *rows);
	struct import_verdict *verdicts = lg_array(cx->mem, all->n, sizeof *verdicts);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct db_import_job_rows_row *r = &all->rows[i];
		rows[n] = (struct import_row){ .n = r->n, .line = r->line };
		if (import_open(cx, a->c.actor.tenant, &a->imp, r->box, &rows[n]) == LG_OK)
			n++;
		else
			LG_TRY(put_unreadable(cx, a, r->n));
	}
	LG_TRY(import_judge(cx, &a->c, &a->imp, rows, n, write, verdicts));
	for (size_t i = 0; i < n; i++) LG_TRY(put_row(cx, a, rows[i].n, &verdicts[i]));
	return LG_OK;
}

/* --- back */

static enum lg_err set_back(struct lg_ctx *cx, struct act *a, const struct db_import_job_rows_row *r, void *one,
                            struct import_verdict *v)
{
	const char *text;
	size_t n;
	json_t *before;
	const struct entity *e = a->imp.kind->entity;
	LG_TRY(seal_get(cx, a->imp.key, seal_of(a->c.actor.tenant, a->imp.id, "import_before"), r->before, &text, &n));
	LG_TRY(record_parse(cx, &before, text, n));
	for (size_t i = 0; i < e->n_sections; i++) {
		json_t *part = json_object_get(before, e->sections[i].name);
		if (part) LG_TRY(a->imp.kind->change(cx, &a->c, one, &e->sections[i], part, &v->version));
	}
	v->outcome = "undone";
	db_imported_forget_send(cx, a->c.db, (struct db_imported_forget_in){ .subject = r->subject });
	return LG_OK;
}

static enum lg_err undo_row(struct lg_ctx *cx, struct act *a, const struct db_import_job_rows_row *r)
{
	const struct import_kind *kind = a->imp.kind;
	struct import_verdict v = { .outcome = "kept",
		                    .subject = r->subject,
		                    .helper = r->helper,
		                    .version = r->version,
		                    .faults = record_keep(cx, json_array()) };
	void *one = NULL;
	json_t *record;
	int64_t now = 0;
	bool there = false, gone = false;
	LG_TRY(kind->there(cx, &a->c, r->subject, &there));
	if (there) LG_TRY(kind->read(cx, &a->c, r->subject, &one, &record, &now));
	if (there && now == r->version && !strcmp(r->outcome, "created"))
		LG_TRY(kind->remove(cx, &a->c, r->subject, r->version, &gone));
	if (there && now == r->version && !strcmp(r->outcome, "changed")) LG_TRY(set_back(cx, a, r, one, &v));
	if (gone) v.outcome = "undone";
	if (!strcmp(v.outcome, "kept"))
		v.faults = import_fault(cx, "",
		                        there ? lg_say("Somebody has worked with it since: it was left as it is.")
		                              : lg_say("It is not there any more."));
	if (gone && r->helper)
		LG_TRY(import_kind_named("employer")->remove(cx, &a->c, r->helper, 1, &gone)); /* if it has no other */
	return put_row(cx, a, r->n, &v);
}

/* --- pieces */

struct piece {
	struct app *app;
	struct db_pool *pool;
	const struct import_labels *labels;
	int32_t tenant;
	const char *id;
	bool over; /* nothing is left to do */
};

static const char *const to_check[] = { "new" }, *const to_run[] = { "new", "create", "change" };

static enum lg_err read_rows(struct lg_ctx *cx, struct act *a, size_t room, struct db_import_job_rows_rows *out)
{
	bool run = !strcmp(a->state, "running");
	if (!strcmp(a->state, "undoing"))
		return db_import_job_rows_back(
		    cx, a->c.db, out,
		    (struct db_import_job_rows_back_in){ .import = a->imp.id, .room = (int64_t)room });
	return db_import_job_rows(
	    cx, a->c.db, out,
	    (struct db_import_job_rows_in){ .import = a->imp.id,
	                                    .outcomes = { .texts = run ? to_run : to_check, .n = run ? 3 : 1 },
	                                    .room = (int64_t)room });
}

static enum lg_err end(struct lg_ctx *cx, struct act *a, const char *state)
{
	if (!strcmp(state, "done"))
		db_import_job_left_send(cx, a->c.db, (struct db_import_job_left_in){ .import = a->imp.id });
	db_import_job_end_send(cx, a->c.db, (struct db_import_job_end_in){ .id = a->imp.id, .state = state });
	LG_TRY(audit_change(cx, &a->c, state, "import", a->imp.id, 0, NULL, NULL));
	return db_end(cx, a->c.db);
}

static const char *state_behind(const char *state)
{
	return !strcmp(state, "checking") ? "checked" : !strcmp(state, "running") ? "done" : "undone";
}

/* Up to `room` rows in one transaction. After LG_INVALID or LG_CONFLICT nothing of it is kept, and *first is the row it
 * began with. */
static enum lg_err do_rows(struct lg_ctx *cx, struct piece *p, size_t room, struct act *a, int64_t *first)
{
	struct db_import_job_rows_rows rows = { 0 };
	*first = 0;
	LG_TRY(begin(cx, p->app, p->pool, p->tenant, p->id, a));
	if (!a->mine) return p->over = true, db_abandon(a->c.db), LG_OK;
	if (!a->may) return p->over = true, end(cx, a, "stopped");
	a->imp.labels = p->labels;
	LG_TRY(read_rows(cx, a, room, &rows));
	if (!rows.n) return p->over = true, end(cx, a, state_behind(a->state));
	*first = rows.rows[0].n;
	if (!strcmp(a->state, "undoing")) {
		for (size_t i = 0; i < rows.n; i++) LG_TRY(undo_row(cx, a, &rows.rows[i]));
	} else {
		db_gather(a->c.db);
		LG_TRY(judge_rows(cx, a, &rows, !strcmp(a->state, "running")));
	}
	return db_end(cx, a->c.db);
}

/* A row that the database did not take is put aside, with what it said, and nothing else is touched. */
static enum lg_err put_aside(struct lg_ctx *cx, struct piece *p, int64_t n, enum lg_err why)
{
	struct act *a = lg_alloc(cx->mem, sizeof *a);
	const struct lg_note *notes = cx->notes;
	cx->notes = NULL;
	LG_TRY(begin(cx, p->app, p->pool, p->tenant, p->id, a));
	if (!a->mine || !a->may) return db_abandon(a->c.db), LG_OK;
	cx->notes = (struct lg_note *)(uintptr_t)notes;
	bool back = !strcmp(a->state, "undoing");
	struct import_verdict v = { .outcome = back ? "kept" : "bad",
		                    .faults = notes ? import_faults(cx, &a->imp)
		                                    : import_fault(cx, "", lg_say(lg_err_text(why))) };
	cx->notes = NULL;
	LG_TRY(put_row(cx, a, n, &v));
	return db_end(cx, a->c.db);
}

static bool is_of_a_row(enum lg_err err)
{
	return err == LG_INVALID || err == LG_CONFLICT || err == LG_UNKNOWN || err == LG_DENIED;
}

/* In memory of its own: what a piece took is given back before the next. */
static enum lg_err do_piece(struct lg_ctx *cx, struct piece *p)
{
	struct lg_ctx own = { .mem = lg_arena_new(ARENA, NULL), .id = cx->id, .now = cx->now };
	struct act *a = lg_alloc(own.mem, sizeof *a);
	int64_t first;
	enum lg_err err = do_rows(&own, p, IMPORT_BATCH, a, &first);
	for (size_t i = 0; i < IMPORT_BATCH && is_of_a_row(err) && first; i++) { /* one by one, until it is found */
		if (a->c.db) db_abandon(a->c.db);
		own.notes = NULL;
		err = do_rows(&own, p, 1, a, &first);
		if (!is_of_a_row(err) || !first) continue;
		db_abandon(a->c.db);
		err = put_aside(&own, p, first, err);
		break;
	}
	if (err != LG_OK && own.notes) err = lg_failf(cx, err, "import", "%s", own.notes->text);
	lg_arena_free(own.mem);
	lg_speak_here(NULL);
	return err;
}

static enum lg_err do_import(struct lg_ctx *cx, struct piece *p, const struct core_job_with *with)
{
	int64_t until = with->now() + SLICE_S;
	while (!p->over && !with->stopped() && with->now() < until) LG_TRY(do_piece(cx, p));
	if (!p->over && with->more) *with->more = true;
	return LG_OK;
}

enum lg_err import_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db = NULL;
	struct db_import_job_due_rows due = { 0 };
	if (!with->app) return LG_OK;
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_import_job_due_send(cx, db, &due, (struct db_import_job_due_in){ .most = DUE });
	LG_TRY(db_end(cx, db));
	if (!due.n) return LG_OK;
	const struct import_labels *labels = import_labels_new(cx, app_setup(with->app)->taxonomy);
	enum lg_err first = LG_OK; /* one that fails does not keep others from going on */
	for (size_t i = 0; i < due.n && !with->stopped(); i++) {
		struct piece p = { with->app, pool, labels, (int32_t)due.rows[i].tenant, due.rows[i].id, false };
		enum lg_err err = do_import(cx, &p, with);
		if (err != LG_OK) first = err;
	}
	return first;
}
