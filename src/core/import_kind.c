/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What can be imported, each with the doings that forms and the API have too. */
#include <string.h>

#include "app/audit.h"
#include "app/page.h"
#include "core/candidate.h"
#include "core/employer.h"
#include "core/entity.h"
#include "core/import.h"
#include "core/name.h"
#include "core/opening.h"
#include "view/speech.h"

static bool is_trial(const struct call *c) { return app_setup(c->app)->trial; }

static enum lg_err taken_away(struct lg_ctx *cx, struct call *c, const char *entity, const char *id, int64_t version)
{
	audit_key_forget(cx, c, id);
	LG_TRY(audit_change(cx, c, "taken_back", entity, id, version, NULL, NULL));
	return db_sync(cx, c->db);
}

/* --- candidates; their identity numbers travel in the record until they are registered */

static enum lg_err candidate_there(struct lg_ctx *cx, struct call *c, const char *id, bool *there)
{
	struct db_import_candidate_id_row row = { 0 };
	return db_import_candidate_id(cx, c->db, &row, there, (struct db_import_candidate_id_in){ .id = id });
}

static enum lg_err read_candidate(struct lg_ctx *cx, struct call *c, const char *id, void **one, json_t **record,
                                  int64_t *version)
{
	struct candidate *out = lg_alloc(cx->mem, sizeof *out);
	struct candidate_asked *asked = candidate_ask(cx, c, id);
	LG_TRY(db_sync(cx, c->db));
	LG_TRY(candidate_take(cx, c, asked, out));
	*one = out;
	*record = out->record;
	*version = out->version;
	return LG_OK;
}

static enum lg_err check_candidate(struct lg_ctx *cx, struct call *c, json_t *record)
{
	/* Latin names are made from Cyrillic ones when it is registered; that they can be is enough. */
	static const char *const names[][2] = { { "given_name", "given_native" }, { "family_name", "family_native" } };
	json_t *copy = record_keep(cx, json_copy(record));
	for (size_t i = 0; i < 2; i++)
		if (!*record_word(copy, names[i][0]) && *record_word(copy, names[i][1]))
			json_object_set_new(copy, names[i][0],
			                    json_string(name_latin(cx->mem, record_word(copy, names[i][1]))));
	return candidate_check(cx, copy, page_today(cx, c));
}

static enum lg_err alike_candidate(struct lg_ctx *cx, struct call *c, json_t *record, const char **like)
{
	struct alike *all;
	size_t n;
	LG_TRY(candidate_alike(cx, c, record, json_object_get(record, "identifiers"), NULL, &all, &n));
	*like = n ? all[0].id : NULL;
	return LG_OK;
}

static enum lg_err add_candidate(struct lg_ctx *cx, struct call *c, json_t *record, const char *employer,
                                 const char *state, const char **id)
{
	json_t *numbers = json_object_get(record, "identifiers");
	(void)employer;
	(void)state;
	numbers = record_keep(cx, numbers ? json_incref(numbers) : json_array());
	json_object_del(record, "identifiers");
	return candidate_register(cx, c, record, numbers, is_trial(c), id);
}

static enum lg_err change_candidate(struct lg_ctx *cx, struct call *c, void *one, const struct section *s, json_t *part,
                                    int64_t *version)
{
	struct candidate *old = one;
	if (candidate_section_is_sealed(s)) return LG_OK; /* numbers are corrected by people */
	LG_TRY(candidate_change(cx, c, old, s, part, old->version));
	*version = old->version;
	return LG_OK;
}

static enum lg_err remove_candidate(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, bool *gone)
{
	struct db_import_candidate_free_row row = { 0 };
	struct candidate one;
	struct candidate_asked *asked = candidate_ask(cx, c, id);
	*gone = false;
	LG_TRY(db_import_candidate_free(cx, c->db, &row, (struct db_import_candidate_free_in){ .id = id }));
	LG_TRY(candidate_take(cx, c, asked, &one));
	if (!row.free || one.version != version) return LG_OK;
	*gone = true;
	return candidate_erase(cx, c, &one);
}

/* --- employers */

static enum lg_err employer_there(struct lg_ctx *cx, struct call *c, const char *id, bool *there)
{
	struct db_import_employer_id_row row = { 0 };
	return db_import_employer_id(cx, c->db, &row, there, (struct db_import_employer_id_in){ .id = id });
}

static enum lg_err read_employer(struct lg_ctx *cx, struct call *c, const char *id, void **one, json_t **record,
                                 int64_t *version)
{
	struct employer *out = lg_alloc(cx->mem, sizeof *out);
	LG_TRY(employer_read(cx, c, id, out));
	*one = out;
	*record = out->record;
	*version = out->version;
	return LG_OK;
}

static enum lg_err check_employer(struct lg_ctx *cx, struct call *c, json_t *record)
{
	return employer_check(cx, record, page_today(cx, c));
}

static enum lg_err alike_employer(struct lg_ctx *cx, struct call *c, json_t *record, const char **like)
{
	struct db_employer_alike_rows rows = { 0 };
	LG_TRY(employer_alike(cx, c, record, &rows));
	*like = rows.n ? rows.rows[0].id : NULL;
	return LG_OK;
}

static enum lg_err add_employer(struct lg_ctx *cx, struct call *c, json_t *record, const char *employer,
                                const char *state, const char **id)
{
	(void)employer;
	(void)state;
	return employer_register(cx, c, record, is_trial(c), id);
}

static enum lg_err change_employer(struct lg_ctx *cx, struct call *c, void *one, const struct section *s, json_t *part,
                                   int64_t *version)
{
	struct employer *old = one;
	LG_TRY(employer_change(cx, c, old, s, part, old->version));
	*version = old->version;
	return LG_OK;
}

static enum lg_err remove_employer(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, bool *gone)
{
	struct db_import_employer_remove_row row = { 0 };
	LG_TRY(db_import_employer_remove(cx, c->db, &row, gone,
	                                 (struct db_import_employer_remove_in){ .id = id, .version = version }));
	return *gone ? taken_away(cx, c, "employer", id, version) : LG_OK;
}

/* --- openings */

static enum lg_err opening_there(struct lg_ctx *cx, struct call *c, const char *id, bool *there)
{
	struct db_import_opening_id_row row = { 0 };
	return db_import_opening_id(cx, c->db, &row, there, (struct db_import_opening_id_in){ .id = id });
}

static enum lg_err read_opening(struct lg_ctx *cx, struct call *c, const char *id, void **one, json_t **record,
                                int64_t *version)
{
	struct opening *out = lg_alloc(cx->mem, sizeof *out);
	LG_TRY(opening_read(cx, c, id, out));
	*one = out;
	*record = out->record;
	*version = out->version;
	return LG_OK;
}

static enum lg_err check_opening(struct lg_ctx *cx, struct call *c, json_t *record)
{
	(void)c;
	return opening_check(cx, record);
}

static enum lg_err add_opening(struct lg_ctx *cx, struct call *c, json_t *record, const char *employer,
                               const char *state, const char **id)
{
	return opening_register(cx, c, employer, record, state, is_trial(c), id);
}

static enum lg_err change_opening(struct lg_ctx *cx, struct call *c, void *one, const struct section *s, json_t *part,
                                  int64_t *version)
{
	struct opening *old = one;
	LG_TRY(opening_change(cx, c, old, s, part, old->version));
	*version = old->version;
	return LG_OK;
}

static enum lg_err remove_opening(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, bool *gone)
{
	struct db_import_opening_remove_row row = { 0 };
	LG_TRY(db_import_opening_remove(cx, c->db, &row, gone,
	                                (struct db_import_opening_remove_in){ .id = id, .version = version }));
	return *gone ? taken_away(cx, c, "opening", id, version) : LG_OK;
}

static const char *const candidate_defaults[] = { "legal_basis", NULL }, *const no_defaults[] = { NULL },
                         *const opening_defaults[] = { "kind", NULL };

static const struct import_kind kinds[] = {
	{ "opening", LG_TEXT("Openings"), "/openings", &opening_entity, MAY_OPENING_WRITE, opening_defaults,
	  opening_there, read_opening, check_opening, NULL, add_opening, change_opening, remove_opening },
	{ "employer", LG_TEXT("Employers"), "/employers", &employer_entity, MAY_EMPLOYER_WRITE, no_defaults,
	  employer_there, read_employer, check_employer, alike_employer, add_employer, change_employer,
	  remove_employer },
	{ "candidate", LG_TEXT("Candidates"), "/candidates", &candidate_entity, MAY_CANDIDATE_WRITE, candidate_defaults,
	  candidate_there, read_candidate, check_candidate, alike_candidate, add_candidate, change_candidate,
	  remove_candidate },
};

const struct import_kind *import_kinds(size_t *n)
{
	*n = sizeof kinds / sizeof *kinds;
	return kinds;
}

const struct import_kind *import_kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].name, name)) return &kinds[i];
	return NULL;
}
