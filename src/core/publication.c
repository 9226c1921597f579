/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/publication.h"

#include <stdlib.h>
#include <string.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/entity.h"
#include "core/form.h"
#include "core/point.h"
#include "view/speech.h"
#include "view/when.h"

enum { FULL_TIME_HOURS = 32, US = 1000000 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

/* --- reading */

/* "7"; anything else, and what no office has, is unknown. */
static int32_t tenant_named(const char *arg)
{
	size_t n = strspn(arg, "0123456789");
	return n && n < 10 && !arg[n] && *arg != '0' ? (int32_t)strtol(arg, NULL, 10) : 0;
}

static enum lg_err enter(struct lg_ctx *cx, struct call *c, struct db **db, struct publisher *of)
{
	int32_t tenant = tenant_named(c->rq->args[0]);
	of->tenant = c->rq->args[0];
	LG_TRY(app_end(cx, c)); /* whoever is signed in sees here what everybody sees */
	if (!tenant) return LG_UNKNOWN;
	return db_open(cx, app_setup(c->app)->pool, db,
	               &(struct db_who){ .as = DB_AS_PUBLIC, .tenant = tenant, .purpose = "jobs" });
}

/* An office that is not there is nothing to tell from one that shows nothing. */
static enum lg_err leave(struct lg_ctx *cx, struct db *db, struct publisher *of)
{
	struct actor actor;
	enum lg_err err = db_end(cx, db);
	if (err == LG_SIGN_IN || err == LG_DENIED) return LG_UNKNOWN;
	LG_TRY(err);
	LG_TRY(actor_read(cx, &actor, db_entered(db)->json));
	of->name = actor.tenant_name;
	of->language = actor.language ? actor.language : "en";
	of->zone = actor.zone;
	return LG_OK;
}

enum lg_err publisher_read(struct lg_ctx *cx, struct call *c, int64_t before, const char *before_id, int64_t room,
                           struct publisher *out)
{
	struct db *db;
	struct db_publication_last_row last = { 0 };
	*out = (struct publisher){ 0 };
	LG_TRY(enter(cx, c, &db, out));
	db_publication_last_send(cx, db, &last);
	db_publication_list_send(
	    cx, db, &out->rows,
	    (struct db_publication_list_in){ .before = before, .before_id = before_id, .room = room });
	LG_TRY(leave(cx, db, out));
	out->changed = last.changed;
	return last.changed == DB_NO_INT ? LG_UNKNOWN : LG_OK;
}

/* Whatever stands behind the number of the office: that it is there is not told. */
bool publication_leads(struct lg_ctx *cx, struct call *c, enum lg_err err)
{
	struct db *db;
	struct db_publication_office_now_row row;
	const char *at = strstr(c->rq->path, "/jobs/");
	int32_t tenant = tenant_named(c->rq->args[0]);
	bool found = false;
	if (err != LG_UNKNOWN || !at || !tenant) return false;
	if (db_open(cx, app_setup(c->app)->pool, &db, &(struct db_who){ .as = DB_AS_ROLE }) != LG_OK) return false;
	db_publication_office_now_send(cx, db, &row, &found, (struct db_publication_office_now_in){ .tenant = tenant });
	if (db_end(cx, db) != LG_OK || !found) return false;
	at += strlen("/jobs/");
	const char *path = lg_printf(cx->mem, "%.*s%lld%s", (int)(at - c->rq->path), c->rq->path, (long long)row.now,
	                             at + strlen(c->rq->args[0]));
	cx->notes = NULL;
	http_redirect(c->rs, path);
	c->rs->status = 301; /* for good */
	return true;
}

enum lg_err publication_of(struct lg_ctx *cx, const struct db_publication_list_row *row, struct publication *out)
{
	*out = (struct publication){ .id = row->id, .posted = row->posted, .changed = row->changed };
	return record_parse(cx, &out->facts, row->facts, strlen(row->facts));
}

enum lg_err publication_read(struct lg_ctx *cx, struct call *c, const char *id, struct publisher *of,
                             struct publication *out)
{
	struct db *db;
	struct db_publication_get_row row = { 0 };
	*of = (struct publisher){ 0 };
	LG_TRY(enter(cx, c, &db, of));
	db_publication_get_send(cx, db, &row, (struct db_publication_get_in){ .id = id });
	LG_TRY(leave(cx, db, of));
	*out = (struct publication){ .id = row.id, .posted = row.posted, .changed = row.changed };
	of->changed = row.changed;
	return record_parse(cx, &out->facts, row.facts, strlen(row.facts));
}

/* --- what is told of one */

const char *publication_path(struct lg_ctx *cx, const struct publisher *of, const char *id)
{
	return lg_printf(cx->mem, "/jobs/%s/%s", of->tenant, id);
}

const char *publication_place(const json_t *facts)
{
	if (*word(facts, "town")) return word(facts, "town");
	if (*word(facts, "municipality")) return form_municipality(word(facts, "municipality"));
	return record_flag(facts, "remote") ? lg_say("Anywhere") : "";
}

static struct lg_texts texts_of(struct lg_ctx *cx, const char *const *at, size_t n)
{
	const char **copy = lg_array(cx->mem, n + 1, sizeof *copy);
	if (n) memcpy(copy, at, n * sizeof *copy);
	return (struct lg_texts){ .at = copy, .n = n };
}

/* What schema.org has words for. Placements and the like are none of these. */
static struct lg_texts types_of(struct lg_ctx *cx, const json_t *facts)
{
	const char *kind = word(facts, "kind"), *types[2];
	size_t n = 0;
	int64_t hours = record_number(facts, "hours", 0);
	bool job = !strcmp(kind, "job") || !strcmp(kind, "wage_subsidy");
	if (job && hours) types[n++] = hours >= FULL_TIME_HOURS ? "FULL_TIME" : "PART_TIME";
	if (job && *word(facts, "ends_on")) types[n++] = "TEMPORARY";
	if (!strcmp(kind, "trainee") || !strcmp(kind, "igu")) types[n++] = "INTERN";
	if (!n) types[n++] = "OTHER";
	return texts_of(cx, types, n);
}

static void put_place(struct lg_ctx *cx, const json_t *facts, struct lg_posting *out)
{
	const char *municipality = word(facts, "municipality"), *town = word(facts, "town"),
	           *point = word(facts, "point");
	struct lg_posting_place *place = lg_alloc(cx->mem, sizeof *place);
	struct point at;
	if (!*municipality && !*town && !*word(facts, "address")) return;
	*place = (struct lg_posting_place){ .street = word(facts, "address"),
		                            .postcode = word(facts, "postal_code"),
		                            .locality = *town ? town : form_municipality(municipality),
		                            .region = form_municipality(municipality),
		                            .country = lg_strndup(cx->mem, municipality, strcspn(municipality, "-")) };
	if (*point && point_read(&at, point, strlen(point))) {
		place->has_point = true;
		place->latitude = at.latitude_e6 / 1e6;
		place->longitude = at.longitude_e6 / 1e6;
	}
	out->places = place, out->n_places = 1;
}

/* Codes of ISCO-08 are four digits; those of ESCO go on behind a point; ours are nobody else's. */
static void put_occupations(struct lg_ctx *cx, struct call *c, const json_t *facts, struct lg_posting *out)
{
	const json_t *list = json_object_get(facts, "occupations"), *row;
	struct lg_posting_occupation *all = lg_array(cx->mem, json_array_size(list) + 1, sizeof *all);
	size_t i;
	json_array_foreach(list, i, row)
	{
		const char *code = word(row, "occupation");
		bool public = strspn(code, "0123456789.") == strlen(code), isco = public && !strchr(code, '.');
		all[out->n_occupations++] = (struct lg_posting_occupation){
			.scheme = isco     ? "ISCO-08"
			          : public ? "ESCO"
			                   : "",
			.code = public ? code : "",
			.name = form_concept(c, code),
			.uri = isco ? lg_printf(cx->mem, "http://data.europa.eu/esco/isco/C%s", code) : "",
		};
	}
	out->occupations = all;
}

static void put_skills(struct lg_ctx *cx, struct call *c, const json_t *facts, struct lg_posting *out)
{
	const json_t *list = json_object_get(facts, "skills"), *row;
	const char **names = lg_array(cx->mem, json_array_size(list) + 1, sizeof *names),
	           **addresses = lg_array(cx->mem, json_array_size(list) + 1, sizeof *addresses);
	size_t i, n = 0;
	json_array_foreach(list, i, row)
	{
		const char *uri = word(row, "skill");
		names[i] = form_skill(c, uri);
		if (!strncmp(uri, "http", 4)) addresses[n++] = uri;
	}
	out->skills = (struct lg_texts){ .at = names, .n = json_array_size(list) };
	out->skill_uris = (struct lg_texts){ .at = addresses, .n = n };
}

/* What is asked for beside skills, in words: languages, licences, a driving licence. */
static struct lg_texts qualifications(struct lg_ctx *cx, struct call *c, const json_t *facts)
{
	static const char *const lists[] = { "languages", "licences" };
	const struct field *driving = entity_field(&opening_entity, "terms", "driving");
	const char *texts[20], *licence = form_words(cx, c, driving, json_object_get(facts, "driving"), NULL);
	size_t n = 0, i;
	const json_t *row;
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		json_array_foreach(json_object_get(facts, lists[k]), i, row)
		{
			const struct section *s = entity_section(&opening_entity, lists[k]);
			if (n + 1 < sizeof texts / sizeof *texts)
				texts[n++] = form_row_words(cx, c, &opening_entity, s, row, NULL);
		}
	if (*licence) texts[n++] = lg_printf(cx->mem, "%s: %s", lg_say(driving->label), licence);
	return texts_of(cx, texts, n);
}

/* Nobody wrote what is done there: what it is, at whom, and where. */
static const char *description(struct lg_ctx *cx, const json_t *facts)
{
	const char *words = word(facts, "words"), *place = publication_place(facts);
	if (*words) return words;
	return lg_printf(cx->mem, "%s, %s. %s%s%s", word(facts, "title"),
	                 lg_say(choice_text(CHOICE_contract, word(facts, "kind"))), word(facts, "employer_name"),
	                 *place ? ", " : "", place);
}

static const char *hours_of(struct lg_ctx *cx, struct call *c, const json_t *facts)
{
	const struct field *schedule = entity_field(&opening_entity, "time", "schedule");
	const char *when = form_words(cx, c, schedule, json_object_get(facts, "schedule"), NULL);
	long long hours = record_number(facts, "hours", 0);
	if (!hours) return when;
	const char *count = lg_printf(cx->mem, lg_says("%lld hour a week", "%lld hours a week", (size_t)hours), hours);
	return *when ? lg_printf(cx->mem, "%s: %s", count, when) : count;
}

static const char *day_of(struct lg_ctx *cx, int64_t at_us, const char *zone)
{
	char *day = lg_alloc(cx->mem, 11);
	lg_date_print(day, lg_when_day(at_us / US, zone));
	return day;
}

struct lg_posting publication_posting(struct lg_ctx *cx, struct call *c, const struct publisher *of,
                                      const struct publication *p)
{
	const json_t *f = p->facts;
	struct lg_posting out = {
		.id = p->id,
		.id_scheme = of->name,
		.title = word(f, "title"),
		.text = description(cx, f),
		.employer = word(f, "employer_name"),
		.types = types_of(cx, f),
		.remote = record_flag(f, "remote"),
		.posted = day_of(cx, p->posted, of->zone),
		.until = word(f, "expires_on"),
		.starts = word(f, "start_on"),
		.hours = hours_of(cx, c, f),
		.qualifications = qualifications(cx, c, f),
		.openings = record_number(f, "positions", 1),
		.language = of->language,
		.direct_apply = LG_POSTING_NO,
		.url = lg_printf(cx->mem, "%s%s", app_setup(c->app)->public_url, publication_path(cx, of, p->id)),
	};
	put_place(cx, f, &out);
	put_occupations(cx, c, f, &out);
	put_skills(cx, c, f, &out);
	return out;
}
