/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/merge_tenants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "cmd/run.h"
#include "core/auth.sql.h"
#include "core/tenant_merge.h"

static const char *whoever(void)
{
	const char *name = getenv("SUDO_USER");
	if (!name || !*name) name = getenv("USER");
	return name ? name : "";
}

static enum lg_err needs(struct lg_ctx *cx, const char *option, bool there)
{
	return there ? LG_OK : lg_fail(cx, RUN_USE, option, "is needed; \"landgang help admin\" tells");
}

/* --- what would become of it */

static const char *what_is_done(const char *way)
{
	static const struct {
		const char *way, *says;
	} all[] = { { "moved", "move" },
		    { "copied", "are copied, and stay: the audit's chain" },
		    { "stays", "stay" },
		    { "dropped", "end: they are of use for a day" },
		    { "anew", "are written anew" } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].way, way)) return all[i].says;
	return "NOBODY HAS SAID WHAT BECOMES OF THEM: the merge would fail";
}

static const char *what_of_clash(const char *what)
{
	static const struct {
		const char *what, *says;
	} all[] = {
		{ "account", "one membership, with the roles of both" },
		{ "account of another kind", "what it is in the receiving office stays; the other is kept aside" },
		{ "company number", "both stay, for somebody to merge on the page of duplicates" },
		{ "source of imports", "the one that comes gets the office's name behind it" },
		{ "unit", "both stay, each below the unit that its office becomes" },
		{ "lg.follow", "the receiving office's stays; the other is kept aside" },
		{ "lg.saved_view", "the one that comes gets the office's name behind it" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].what, what)) return all[i].says;
	return "as its table says (schema/)";
}

static void say_rows(const struct db_auth_merge_rows_rows *rows)
{
	(void)printf("rows there\ttable\twhat is done with them\trows in the receiving office\n");
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_auth_merge_rows_row *r = &rows->rows[i];
		if (r->had == DB_NO_INT)
			(void)printf("-\t%s\t%s\t-\n", r->tab, what_is_done(r->way));
		else
			(void)printf("%lld\t%s\t%s\t%lld\n", (long long)r->had, r->tab, what_is_done(r->way),
			             (long long)r->there);
	}
}

static void say_clashes(const struct db_auth_merge_clashes_rows *rows)
{
	const char *last = "";
	if (rows->n) (void)printf("\nIn both:\n");
	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(last, rows->rows[i].what) != 0)
			(void)printf("  %s - %s\n", rows->rows[i].what, what_of_clash(rows->rows[i].what));
		last = rows->rows[i].what;
		(void)printf("    %s\n", rows->rows[i].detail);
	}
}

/* Identity numbers are sealed: only with the keys can one say which are known in both. */
static enum lg_err say_people(struct lg_ctx *cx, const struct merge_tenants *m)
{
	struct console *c = lg_alloc(cx->mem, sizeof *c);
	int64_t n = 0;
	*c = (struct console){ 0 };
	LG_TRY(console_open_as(cx, m->config, "lg_job", KEY_LG_JOB, c));
	const struct seal_ring ring = seal_ring_of(c->keys.bytes[KEY_SEAL]);
	LG_TRY(tenant_merge_same_people(cx, c->pool, &ring, (int32_t)m->from, (int32_t)m->into, &n));
	(void)printf(
	    "  identity number - both records stay, for somebody to merge on the page of duplicates\n    %lld\n",
	    (long long)n);
	return LG_OK;
}

static enum lg_err say_all(struct lg_ctx *cx, struct db *db, const struct merge_tenants *m)
{
	struct db_auth_merge_rows_rows rows = { 0 };
	struct db_auth_merge_clashes_rows clashes = { 0 };
	const struct db_auth_merge_rows_in in = { .from = (int64_t)m->from, .into = (int64_t)m->into };
	LG_TRY(db_auth_merge_rows(cx, db, &rows, in));
	LG_TRY(db_auth_merge_clashes(cx, db, &clashes,
	                             (struct db_auth_merge_clashes_in){ .from = in.from, .into = in.into }));
	say_rows(&rows);
	say_clashes(&clashes);
	return say_people(cx, m);
}

/* --- planning it */

static enum lg_err refused(struct lg_ctx *cx, const char *why)
{
	static const struct {
		const char *why, *option, *says;
	} all[] = {
		{ "office", "--from", "and --into are two offices; \"landgang admin offices\" lists them" },
		{ "closed", "--from", "or --into is closed by then, or part of another office" },
		{ "date", "--on", "is over" },
		{ "planned", "--from", "is to be merged already; \"landgang admin merges\" tells" },
		{ "chain", "--into", "is to be merged itself, or another into --from: one after the other" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].why, why)) return lg_fail(cx, LG_INVALID, all[i].option, all[i].says);
	return LG_FAULT;
}

enum lg_err merge_tenants_plan(struct lg_ctx *cx, const struct console *c, const struct merge_tenants *m)
{
	struct db *db;
	struct db_auth_merge_plan_row row;
	struct db_auth_merge_plan_in in = { .from = (int64_t)m->from,
		                            .into = (int64_t)m->into,
		                            .why = m->why ? m->why : "",
		                            .whole = m->whole,
		                            .administrators = m->administrators,
		                            .by = whoever() };
	LG_TRY(needs(cx, "--from", m->from));
	LG_TRY(needs(cx, "--into", m->into));
	LG_TRY(needs(cx, "--on", m->on));
	if (!lg_date_read(&in.on_day, m->on, strlen(m->on)))
		return lg_fail(cx, LG_INVALID, "--on", "is no day; 2027-01-01 is one");
	LG_TRY(console_db(cx, c, &db));
	LG_TRY(db_auth_merge_plan(cx, db, &row, in));
	if (*row.refused) return refused(cx, row.refused);
	LG_TRY(say_all(cx, db, m));
	if (m->dry_run) {
		db_abandon(db); /* it was planned to see whether it can be, and is not */
		(void)printf("\nNothing was changed.\n");
		return LG_OK;
	}
	LG_TRY(db_end(cx, db));
	(void)printf(
	    "\nPlanned for %s. \"landgang admin cancel-merge --from %llu\" calls it off, as long as it has not "
	    "begun; once done it cannot be undone.\n",
	    m->on, (unsigned long long)m->from);
	return LG_OK;
}

enum lg_err merge_tenants_list(struct lg_ctx *cx, const struct console *c)
{
	struct db *db;
	struct db_auth_merge_list_rows rows = { 0 };
	LG_TRY(console_db(cx, c, &db));
	LG_TRY(db_auth_merge_list(cx, db, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_auth_merge_list_row *r = &rows.rows[i];
		char day[11] = "";
		lg_date_print(day, r->on_day);
		(void)printf("%s\t%s\t%lld\t%s\t%lld\t%s", day, r->state, (long long)r->from_office, r->from_name,
		             (long long)r->into_office, r->into_name);
		if (r->tries) (void)printf("\tfailed %lld times: %s", (long long)r->tries, r->failure);
		(void)printf("\n");
	}
	return db_end(cx, db);
}

enum lg_err merge_tenants_cancel(struct lg_ctx *cx, const struct console *c, const struct merge_tenants *m)
{
	struct db *db;
	struct db_auth_merge_cancel_row row;
	LG_TRY(needs(cx, "--from", m->from));
	LG_TRY(console_db(cx, c, &db));
	LG_TRY(db_auth_merge_cancel(cx, db, &row,
	                            (struct db_auth_merge_cancel_in){ .from = (int64_t)m->from, .by = whoever() }));
	if (!row.cancelled) return lg_fail(cx, LG_UNKNOWN, "--from", "has no merge before it that has not begun");
	return db_end(cx, db);
}
