/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * What becomes of rows of a file, many at once: whatever must be known of them is asked for all together, and what is
 * written of them goes out together (db_gather()). What one row of the piece adds, no question of another shows: so
 * ids, employers and openings of the piece itself are looked for here.
 */
#include <string.h>

#include "app/answer.h"
#include "core/company_number.h"
#include "core/employer.h"
#include "core/import_inner.h"
#include "core/name.h"
#include "view/speech.h"

enum { ID_MOST = 200 };

/* One row on its way. */
struct one {
	const struct import_row *row;
	struct import_verdict *out;
	struct import_said said;
	bool over;                                /* out says all */
	const char *subject;                      /* whom it is about, when that is there already */
	bool said_the_same;                       /* as the last time */
	json_t *record;                           /* of one that is new */
	const char *sort_name;                    /* of an opening that is new */
	const char *number;                       /* digits, when the employer is called by a number */
	const char *name;                         /* the employer's, as it is looked for */
	const char *there_key;                    /* by which the other system may know the employer */
	const char **keys_before, **there_before; /* and both as offices that became part of this one blinded them */
	const char *employer;                     /* its id; NULL: it is to be registered */
	const char *like;                         /* an opening that may be the same */
};

struct piece {
	const struct import *imp;
	struct one *all;
	size_t n;
	bool openings, write;
	struct db_import_source_before_rows before; /* offices that became part of this one */
	struct db_import_twice_rows twice;
	struct db_imported_get_rows known, known_employers;
	struct db_import_employers_rows employers;
	struct db_import_openings_alike_rows alike;
};

/* --- keys */

static const char *blinded_in(struct lg_ctx *cx, const struct call *c, int32_t tenant, const char *kind,
                              const char *source, const char *id)
{
	uint8_t key[SEAL_BLIND];
	const struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	const char *text = lg_printf(cx->mem, "%s%c%s%c%s", kind, IMPORT_SEPARATOR, source, IMPORT_SEPARATOR, id);
	seal_blind(key, &ring, tenant, "import", text, strlen(text));
	return seal_hex(cx, key, sizeof key);
}

static const char *blinded(struct lg_ctx *cx, const struct call *c, const char *kind, const char *source,
                           const char *id)
{
	return blinded_in(cx, c, c->actor.tenant, kind, source, id);
}

/* The same id as offices blinded it that became part of this one (schema/0025): one for each of p->before. */
static const char **blinded_before(struct lg_ctx *cx, const struct call *c, const struct piece *p, const char *kind,
                                   const char *id)
{
	const char **keys = lg_array(cx->mem, p->before.n + 1, sizeof *keys);
	for (size_t i = 0; i < p->before.n; i++)
		keys[i] =
		    blinded_in(cx, c, (int32_t)p->before.rows[i].was_tenant, kind, p->before.rows[i].was_source, id);
	return keys;
}

void import_remember(struct lg_ctx *cx, struct call *c, const struct import *imp, const struct import_said *said,
                     const char *key, const char *subject)
{
	bool candidate = imp->kind->right == MAY_CANDIDATE_WRITE, employer = imp->kind->right == MAY_EMPLOYER_WRITE;
	if (!*key) return;
	db_imported_put_send(cx, c->db,
	                     (struct db_imported_put_in){ .kind = imp->kind->name,
	                                                  .source = imp->source,
	                                                  .key = key,
	                                                  .candidate = candidate ? subject : NULL,
	                                                  .employer = employer ? subject : NULL,
	                                                  .opening = candidate || employer ? NULL : subject,
	                                                  .content = said->content });
}

/* --- what is asked of all */

/* Of each row the text that is a member of it; what it has not is left out. */
static struct db_list texts_of(struct lg_ctx *cx, const struct piece *p, size_t member)
{
	const char **texts = lg_array(cx->mem, p->n + 1, sizeof *texts);
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		const char *text = *(const char *const *)(const void *)((const char *)&p->all[i] + member);
		if (text && *text && !p->all[i].over) texts[n++] = text;
	}
	return (struct db_list){ .texts = texts, .n = n };
}

static struct db_list keys_of(struct lg_ctx *cx, const struct piece *p)
{
	const char **keys = lg_array(cx->mem, p->n * (p->before.n + 1) + 1, sizeof *keys);
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (*p->all[i].out->key) keys[n++] = p->all[i].out->key;
		for (size_t k = 0; p->all[i].keys_before && k < p->before.n; k++) keys[n++] = p->all[i].keys_before[k];
	}
	return (struct db_list){ .texts = keys, .n = n };
}

static struct db_list there_keys_of(struct lg_ctx *cx, const struct piece *p)
{
	const char **keys = lg_array(cx->mem, p->n * (p->before.n + 1) + 1, sizeof *keys);
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct one *o = &p->all[i];
		if (!o->there_key || o->over) continue;
		keys[n++] = o->there_key;
		for (size_t k = 0; k < p->before.n; k++) keys[n++] = o->there_before[k];
	}
	return (struct db_list){ .texts = keys, .n = n };
}

/* How a row calls an employer. */
static void read_employer_said(struct lg_ctx *cx, const struct call *c, const struct piece *p, struct one *o)
{
	char digits[COMPANY_NUMBER];
	const char *text = o->said.employer;
	if (!*text) return;
	o->there_key = blinded(cx, c, "employer", p->imp->source, text);
	o->there_before = blinded_before(cx, c, p, "employer", text);
	if (!company_number_read(digits, text, strlen(text))) o->number = lg_strdup(cx->mem, digits);
	o->name = name_search(cx->mem, text);
}

static enum lg_err ask(struct lg_ctx *cx, struct call *c, struct piece *p)
{
	const struct db_list keys = keys_of(cx, p);
	db_import_twice_send(cx, c->db, &p->twice, (struct db_import_twice_in){ .import = p->imp->id, .keys = keys });
	db_imported_get_send(
	    cx, c->db, &p->known,
	    (struct db_imported_get_in){ .kind = p->imp->kind->name, .source = p->imp->source, .keys = keys });
	if (!p->openings) return db_sync(cx, c->db);
	for (size_t i = 0; i < p->n; i++) read_employer_said(cx, c, p, &p->all[i]);
	db_imported_get_send(
	    cx, c->db, &p->known_employers,
	    (struct db_imported_get_in){ .kind = "employer", .source = p->imp->source, .keys = there_keys_of(cx, p) });
	db_import_employers_send(
	    cx, c->db, &p->employers,
	    (struct db_import_employers_in){ .numbers = texts_of(cx, p, offsetof(struct one, number)),
	                                     .names = texts_of(cx, p, offsetof(struct one, name)) });
	return db_sync(cx, c->db);
}

static const struct db_imported_get_row *imported_by(const struct db_imported_get_rows *rows, const char *key)
{
	for (size_t i = 0; key && i < rows->n; i++)
		if (!strcmp(rows->rows[i].key, key)) return &rows->rows[i];
	return NULL;
}

/* By the key of this office, else by those of offices that became part of it. */
static const struct db_imported_get_row *imported(const struct piece *p, const struct db_imported_get_rows *rows,
                                                  const char *key, const char *const *before)
{
	const struct db_imported_get_row *row = imported_by(rows, key);
	for (size_t i = 0; before && !row && i < p->before.n; i++) row = imported_by(rows, before[i]);
	return row;
}

/* --- the id */

/* The line of a row before this one that has the same key; 0: none. */
static int64_t twice(const struct piece *p, const struct one *o)
{
	for (size_t i = 0; i < p->twice.n; i++)
		if (p->twice.rows[i].n < o->row->n && !strcmp(p->twice.rows[i].key, o->out->key))
			return p->twice.rows[i].line;
	for (const struct one *before = p->all; before < o; before++)
		if (!strcmp(before->out->key, o->out->key)) return before->row->line;
	return 0;
}

static void check_id(struct lg_ctx *cx, const struct piece *p, const struct one *o)
{
	int64_t line = *o->out->key ? twice(p, o) : 0;
	if (strlen(o->said.id) > ID_MOST) (void)!lg_fail(cx, LG_INVALID, "id", lg_say("This is too long."));
	if (line)
		(void)!lg_failf(cx, LG_INVALID, "id", lg_say("This id stands in line %lld too: keep one of the two."),
		                (long long)line);
	if (!json_object_size(o->said.raw)) (void)!lg_fail(cx, LG_INVALID, "", lg_say("This row says nothing."));
}

static enum lg_err find(struct lg_ctx *cx, struct call *c, const struct piece *p, struct one *o)
{
	const char *id;
	bool found = false;
	if (!*o->said.id) return LG_OK;
	if (app_uuid(o->said.id, &id) == LG_OK) { /* taken out here, and now it comes back */
		LG_TRY(p->imp->kind->there(cx, c, id, &found));
		if (found) return o->subject = id, LG_OK;
	}
	const struct db_imported_get_row *row = imported(p, &p->known, o->out->key, o->keys_before);
	if (!row) return LG_OK;
	o->subject = row->subject;
	o->said_the_same = !strcmp(row->content, o->said.content);
	return LG_OK;
}

/* --- the employer of an opening */

static enum lg_err note_employer(struct lg_ctx *cx, const char *text)
{
	return lg_fail(cx, LG_INVALID, "employer", text);
}

/* How many were found of a number or name; *id is one of them. */
static size_t employers_called(const struct piece *p, const char *asked, const char **id)
{
	size_t n = 0;
	for (size_t i = 0; asked && i < p->employers.n; i++)
		if (!strcmp(p->employers.rows[i].asked, asked)) *id = p->employers.rows[i].id, n++;
	return n;
}

/* o->employer stays NULL when it is to be registered. */
static enum lg_err find_employer(struct lg_ctx *cx, struct call *c, const struct piece *p, struct one *o)
{
	struct db_import_employer_id_row there;
	bool found = false;
	if (!*o->said.employer) return note_employer(cx, lg_say("At whom it is, is missing."));
	if (app_uuid(o->said.employer, &o->employer) == LG_OK) {
		LG_TRY(db_import_employer_id(cx, c->db, &there, &found,
		                             (struct db_import_employer_id_in){ .id = o->employer }));
		return found ? LG_OK : note_employer(cx, lg_say("There is no such employer."));
	}
	const struct db_imported_get_row *row = imported(p, &p->known_employers, o->there_key, o->there_before);
	o->employer = row ? row->subject : NULL;
	if (row) return LG_OK;
	size_t n = employers_called(p, o->number, &o->employer);
	if (!n) n = employers_called(p, o->name, &o->employer);
	if (n == 1) return LG_OK;
	o->employer = NULL;
	if (n > 1) return note_employer(cx, lg_say("Several employers are called so: write the company number."));
	if (p->imp->make_employers && !o->number) return LG_OK;
	return note_employer(cx, lg_say("There is no such employer. Register it first, or bring employers in first."));
}

/* One that is not there yet, unless a row before this one has made it. */
static enum lg_err make_employer(struct lg_ctx *cx, struct call *c, const struct piece *p, struct one *o)
{
	for (const struct one *before = p->all; before < o; before++)
		if (before->out->helper && !strcmp(before->name, o->name)) return o->employer = before->employer, LG_OK;
	json_t *record = record_keep(cx, json_object());
	json_object_set_new(record, "name", json_string(o->said.employer));
	LG_TRY(employer_register(cx, c, record, app_setup(c->app)->trial, &o->employer));
	o->out->helper = o->employer;
	return LG_OK;
}

/* --- one that is new */

static enum lg_err read_new(struct lg_ctx *cx, struct call *c, const struct piece *p, struct one *o)
{
	import_put_defaults(cx, p->imp, o->said.raw);
	enum lg_err err = import_sections(cx, c, p->imp, o->said.raw, &o->record);
	if (err == LG_OK) err = p->imp->kind->check(cx, c, o->record);
	if (err != LG_OK && err != LG_INVALID) return err;
	if (!p->openings) return LG_OK;
	err = find_employer(cx, c, p, o);
	o->sort_name = name_search(cx->mem, record_word(o->record, "title"));
	return err == LG_INVALID ? LG_OK : err;
}

/* Openings of the same titles, at employers that are there. */
static enum lg_err ask_alike(struct lg_ctx *cx, struct call *c, struct piece *p)
{
	const char **employers = lg_array(cx->mem, p->n + 1, sizeof *employers),
	           **names = lg_array(cx->mem, p->n + 1, sizeof *names);
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (p->all[i].over || !p->all[i].employer) continue;
		employers[n] = p->all[i].employer;
		names[n++] = p->all[i].sort_name;
	}
	if (!n) return LG_OK;
	return db_import_openings_alike(
	    cx, c->db, &p->alike,
	    (struct db_import_openings_alike_in){ .employers = { .texts = employers, .n = n },
	                                          .sort_names = { .texts = names, .n = n } });
}

static const char *opening_alike(const struct piece *p, const struct one *o)
{
	if (!o->employer) return NULL;
	for (size_t i = 0; i < p->alike.n; i++)
		if (!strcmp(p->alike.rows[i].employer, o->employer) &&
		    !strcmp(p->alike.rows[i].sort_name, o->sort_name))
			return p->alike.rows[i].id;
	for (const struct one *before = p->all; p->write && before < o; before++)
		if (before->record && before->out->version && !strcmp(before->employer, o->employer) &&
		    !strcmp(before->sort_name, o->sort_name))
			return before->out->subject;
	return NULL;
}

static enum lg_err check_alike(struct lg_ctx *cx, struct call *c, const struct piece *p, struct one *o)
{
	if (p->imp->anyway) return LG_OK;
	if (p->openings)
		o->out->subject = opening_alike(p, o);
	else
		LG_TRY(p->imp->kind->alike(cx, c, o->record, &o->out->subject));
	if (o->out->subject)
		(void)!lg_failf(cx, LG_INVALID, "", lg_say("This may be registered already: look at %s/%s first."),
		                p->imp->kind->path, o->out->subject);
	return LG_OK;
}

static enum lg_err judge_new(struct lg_ctx *cx, struct call *c, struct piece *p, struct one *o)
{
	const struct import *imp = p->imp;
	if (p->openings && !o->employer && p->write) LG_TRY(make_employer(cx, c, p, o));
	LG_TRY(check_alike(cx, c, p, o));
	if (cx->notes) return import_bad(cx, imp, o->out), LG_OK;
	o->out->outcome = p->write ? "created" : "create";
	if (!p->write) return LG_OK;
	LG_TRY(imp->kind->add(cx, c, o->record, o->employer, record_flag(imp->options, "open") ? "open" : "draft",
	                      &o->out->subject));
	o->out->version = 1;
	import_remember(cx, c, imp, &o->said, o->out->key, o->out->subject);
	return LG_OK;
}

/* --- any */

static enum lg_err judge_there(struct lg_ctx *cx, struct call *c, struct piece *p, struct one *o)
{
	if (!o->said_the_same) return import_judge_known(cx, c, p->imp, &o->said, o->subject, p->write, o->out);
	o->out->subject = o->subject;
	o->out->outcome = p->write ? "left" : "same";
	return LG_OK;
}

/* Whom it is about, and of whoever is new all that can be wrong. */
static enum lg_err read_one(struct lg_ctx *cx, struct call *c, struct piece *p, struct one *o)
{
	check_id(cx, p, o);
	if (!cx->notes) LG_TRY(find(cx, c, p, o));
	if (!cx->notes && !o->subject) LG_TRY(read_new(cx, c, p, o));
	o->over = cx->notes;
	if (o->over) import_bad(cx, p->imp, o->out);
	return LG_OK;
}

enum lg_err import_judge(struct lg_ctx *cx, struct call *c, const struct import *imp, const struct import_row *rows,
                         size_t n, bool write, struct import_verdict *out)
{
	struct piece p = { .imp = imp,
		           .all = lg_array(cx->mem, n + 1, sizeof *p.all),
		           .n = n,
		           .openings = imp->kind->right == MAY_OPENING_WRITE,
		           .write = write };
	cx->notes = NULL;
	LG_TRY(db_import_source_before(cx, c->db, &p.before,
	                               (struct db_import_source_before_in){ .source = imp->source }));
	for (size_t i = 0; i < n; i++) {
		struct one *o = &p.all[i];
		out[i] = (struct import_verdict){ .key = "", .faults = record_keep(cx, json_array()) };
		*o = (struct one){ .row = &rows[i], .out = &out[i] };
		import_said_read(cx, imp, &rows[i], &o->said);
		if (!*o->said.id || strlen(o->said.id) > ID_MOST) continue;
		out[i].key = blinded(cx, c, imp->kind->name, imp->source, o->said.id);
		o->keys_before = blinded_before(cx, c, &p, imp->kind->name, o->said.id);
	}
	LG_TRY(ask(cx, c, &p));
	for (size_t i = 0; i < n; i++) LG_TRY(read_one(cx, c, &p, &p.all[i]));
	if (p.openings && !imp->anyway) LG_TRY(ask_alike(cx, c, &p));
	for (size_t i = 0; i < n; i++) {
		struct one *o = &p.all[i];
		if (!o->over) LG_TRY(o->subject ? judge_there(cx, c, &p, o) : judge_new(cx, c, &p, o));
	}
	return LG_OK;
}
