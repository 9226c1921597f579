/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <string.h>

#include "app/seal.h"
#include "cmd/commands.h"
#include "cmd/console.h"
#include "cmd/merge_tenants.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "core/auth.sql.h"

struct admin {
	const char *config, *template, *name, *mail, *role, *language;
	uint64_t tenant;
	struct merge_tenants merge;
	bool help;
	struct console console;
};

static enum lg_err needs(struct lg_ctx *cx, const char *option, bool there)
{
	return there ? LG_OK : lg_fail(cx, RUN_USE, option, "is needed; \"landgang help admin\" tells");
}

static enum lg_err offices(struct lg_ctx *cx, struct admin *a)
{
	struct db *db;
	struct db_auth_tenant_list_rows rows;
	LG_TRY(console_db(cx, &a->console, &db));
	LG_TRY(db_auth_tenant_list(cx, db, &rows));
	for (size_t i = 0; i < rows.n; i++)
		(void)printf("%lld\t%s\t%s\n", (long long)rows.rows[i].id, rows.rows[i].kind, rows.rows[i].name);
	return db_end(cx, db);
}

static enum lg_err templates(struct lg_ctx *cx, struct admin *a)
{
	struct db *db;
	struct db_auth_templates_rows rows;
	LG_TRY(console_db(cx, &a->console, &db));
	LG_TRY(db_auth_templates(cx, db, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		(void)printf("%s\t%s\t%s\t", rows.rows[i].name, rows.rows[i].kind, rows.rows[i].country);
		for (size_t k = 0; k < rows.rows[i].languages.n; k++)
			(void)printf("%s%s", k ? "," : "", rows.rows[i].languages.texts[k]);
		(void)printf("\n");
	}
	return db_end(cx, db);
}

static enum lg_err create_tenant(struct lg_ctx *cx, struct admin *a)
{
	struct db *db;
	struct db_auth_templates_rows known;
	struct db_auth_tenant_create_row row;
	struct db_auth_tenant_create_in in = { .template = a->template, .name = a->name, .language = a->language };
	LG_TRY(needs(cx, "--template", a->template));
	LG_TRY(needs(cx, "--name", a->name && *a->name));
	LG_TRY(console_db(cx, &a->console, &db));
	LG_TRY(db_auth_templates(cx, db, &known));
	size_t i = 0;
	while (i < known.n && strcmp(known.rows[i].name, a->template) != 0) i++;
	if (i == known.n)
		return lg_failf(cx, LG_INVALID, "--template",
		                "there is none \"%s\"; \"landgang admin templates\" lists them", a->template);
	if (!in.language) in.language = known.rows[i].languages.n ? known.rows[i].languages.texts[0] : "en";
	LG_TRY(db_auth_tenant_create(cx, db, &row, in));
	LG_TRY(db_end(cx, db));
	(void)printf("%lld\n", (long long)row.tenant);
	return LG_OK;
}

/* The roles of the command line, each a word of role.def. */
static enum lg_err read_roles(struct lg_ctx *cx, const char *text, struct db_list *out)
{
	enum { ROLES_MOST = 12 };
	static const char *const known[] = {
#define ROLE(name, text, ...) #name,
#define R(name)
#include "app/role.def"
#undef ROLE
#undef R
	};
	const char **roles = lg_array(cx->mem, ROLES_MOST, sizeof *roles);
	char *next = lg_strdup(cx->mem, text);
	for (char *word; (word = strsep(&next, ",")) != NULL;) {
		size_t i = 0;
		while (i < sizeof known / sizeof *known && strcmp(known[i], word) != 0) i++;
		if (i == sizeof known / sizeof *known || out->n == ROLES_MOST)
			return lg_failf(cx, LG_INVALID, "--role",
			                "there is no role \"%s\"; administrator and caseworker are some", word);
		roles[out->n++] = known[i];
	}
	out->texts = roles;
	return LG_OK;
}

static enum lg_err put_link(struct lg_ctx *cx, struct admin *a, struct db *db, const char *account)
{
	uint8_t token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	seal_random(token, sizeof token);
	seal_token_print(text, token);
	const struct db_auth_account_token_in in = { .account = account, .token = { token, sizeof token } };
	LG_TRY(db_auth_account_token(cx, db, in));
	LG_TRY(db_end(cx, db));
	(void)printf("%s/reset/%s\nThe link opens once, for 30 minutes.\n", console_url(cx, &a->console), text);
	return LG_OK;
}

static enum lg_err create_user(struct lg_ctx *cx, struct admin *a)
{
	struct db *db;
	struct db_auth_user_create_row row;
	struct db_list roles = { 0 };
	LG_TRY(needs(cx, "--tenant", a->tenant));
	LG_TRY(needs(cx, "--mail", a->mail && *a->mail));
	LG_TRY(needs(cx, "--name", a->name && *a->name));
	LG_TRY(needs(cx, "--role", a->role));
	LG_TRY(read_roles(cx, a->role, &roles));
	LG_TRY(console_db(cx, &a->console, &db));
	const struct db_auth_user_create_in in = { .tenant = (int64_t)a->tenant,
		                                   .mail = a->mail,
		                                   .name = a->name,
		                                   .language = a->language ? a->language : "en",
		                                   .roles = roles,
		                                   .hash = "" };
	enum lg_err err = db_auth_user_create(cx, db, &row, in);
	if (err == LG_CONFLICT || err == LG_INVALID)
		return lg_fail(cx, LG_INVALID, a->mail,
		               "has an account there already, is no address, or there is no such office");
	LG_TRY(err);
	return put_link(cx, a, db, row.account);
}

static enum lg_err reset(struct lg_ctx *cx, struct admin *a)
{
	struct db *db;
	struct db_auth_account_by_mail_row row;
	bool found;
	LG_TRY(needs(cx, "--mail", a->mail));
	LG_TRY(console_db(cx, &a->console, &db));
	LG_TRY(db_auth_account_by_mail(cx, db, &row, &found, (struct db_auth_account_by_mail_in){ .mail = a->mail }));
	if (!found) return lg_fail(cx, LG_UNKNOWN, a->mail, "nobody signs in with this address");
	return put_link(cx, a, db, row.account);
}

static enum lg_err merge_tenants(struct lg_ctx *cx, struct admin *a)
{
	a->merge.config = a->config;
	return merge_tenants_plan(cx, &a->console, &a->merge);
}

static enum lg_err merges(struct lg_ctx *cx, struct admin *a) { return merge_tenants_list(cx, &a->console); }

static enum lg_err cancel_merge(struct lg_ctx *cx, struct admin *a)
{
	return merge_tenants_cancel(cx, &a->console, &a->merge);
}

static const struct verb {
	const char *word, *options, *what;
	enum lg_err (*run)(struct lg_ctx *cx, struct admin *a);
} verbs[] = {
#define A(function, word, options, what) { word, options, what, function },
#include "cmd/admin.def"
#undef A
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static enum lg_err read_options(struct lg_ctx *cx, struct admin *a, int argc, char **argv, const struct verb **out)
{
	const struct option_row rows[] = {
		ROW_TEXT("config", &a->config, "FILE", "settings (else " SETTINGS_FILE ", if it is there)"),
		ROW_TEXT("template", &a->template, "NAME", "what an office begins with"),
		ROW_TEXT("name", &a->name, "NAME", "of the office, or of the person"),
		ROW_TEXT("mail", &a->mail, "ADDRESS", "that somebody signs in with"),
		ROW_TEXT("role", &a->role, "ROLES", "with commas between: administrator,caseworker"),
		ROW_TEXT("language", &a->language, "LANG", "da, sv, uk or en"),
		ROW_NUMBER("tenant", &a->tenant, "N", "number of the office", 1, INT32_MAX),
		ROW_NUMBER("from", &a->merge.from, "N", "the office that becomes part of another", 1, INT32_MAX),
		ROW_NUMBER("into", &a->merge.into, "N", "the office that goes on", 1, INT32_MAX),
		ROW_TEXT("on", &a->merge.on, "DATE", "the day, early in the morning: 2027-01-01"),
		ROW_TEXT("why", &a->merge.why, "TEXT", "for both offices to read"),
		ROW_FLAG("whole", &a->merge.whole,
		         "roles for the whole of the office that goes on hold for what comes too"),
		ROW_FLAG("administrators", &a->merge.administrators,
		         "administrators of the one that ends are administrators of the other"),
		ROW_FLAG("dry-run", &a->merge.dry_run, "change nothing"),
	};
	struct lg_buf about = { 0 };
	lg_puts(&about, "For whoever runs the service and may read its keys:\n");
	for (size_t i = 0; i < VERBS; i++)
		lg_putf(&about, "  %s %s\n      %s\n", verbs[i].word, verbs[i].options, verbs[i].what);
	lg_puts(&about, "In trial mode the service must run meanwhile.");
	const struct options o = { "admin", "VERB [options]",           lg_strdup(cx->mem, about.data),
		                   rows,    sizeof rows / sizeof *rows, 1 };
	lg_buf_free(&about);
	LG_TRY(options_read(cx, &o, argc, argv, &a->help));
	for (size_t i = 0; i < VERBS && !a->help; i++)
		if (!strcmp(verbs[i].word, argv[argc - 1])) *out = &verbs[i];
	if (a->help || *out) return LG_OK;
	return lg_fail(cx, RUN_USE, argv[argc - 1],
	               "is nothing that can be done; \"landgang help admin\" tells what can");
}

int cmd_admin(int argc, char **argv)
{
	struct lg_ctx cx;
	struct admin a = { 0 };
	const struct verb *verb = NULL;
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &a, argc, argv, &verb);
	if (err == LG_OK && verb) err = console_open(&cx, a.config, &a.console);
	if (err == LG_OK && verb) err = verb->run(&cx, &a);
	return run_end(&cx, "admin", err);
}
