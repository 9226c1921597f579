/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/known.h"

#include <string.h>

#include "app/record.h"
#include "modules/hotline/enquiry_rules.h"
#include "modules/hotline/phone_rules.h"

enum { WORDS = 8, WORD_LEAST = 2 };

/* Words of two bytes and more. */
static struct db_list words_of(struct lg_ctx *cx, const char *text)
{
	static const char between[] = " ,.-\t";
	const char **all = lg_array(cx->mem, WORDS, sizeof *all);
	size_t n = 0;
	for (text += strspn(text, between); *text && n < WORDS; text += strspn(text, between)) {
		size_t length = strcspn(text, between);
		if (length >= WORD_LEAST) all[n++] = lg_strndup(cx->mem, text, length);
		text += length;
	}
	return (struct db_list){ .texts = all, .n = n };
}

void known_send(struct lg_ctx *cx, struct call *c, const char *phone, const char *name, const char *place,
                const char *id, struct known *out)
{
	char *digits = lg_alloc(cx->mem, ENQUIRY_DIGITS);
	*out = (struct known){ .phone = phone, .id = id };
	if (c->actor.kind != ACTOR_STAFF || !may(&c->actor, MAY_ENQUIRY_WRITE)) return;
	enquiry_digits(digits, phone);
	db_known_callers_send(
	    cx, c->db, &out->rows,
	    (struct db_known_callers_in){
	        .digits = digits, .names = words_of(cx, name), .places = words_of(cx, place), .id = id });
}

/* The last digits are alike; is the whole number? Read by each office's own country. */
static bool is_number(const struct known *k, const struct db_known_callers_row *r)
{
	char theirs[PHONE_NUMBER], asked[PHONE_NUMBER];
	return phone_number(theirs, r->phone, r->country) && phone_number(asked, k->phone, r->own_country) &&
	       !strcmp(theirs, asked);
}

static bool is_chosen(const struct known *k, const struct db_known_callers_row *r)
{
	return k->id && !strcmp(k->id, r->id);
}

void known_sort(struct lg_ctx *cx, struct known *k)
{
	struct db_known_callers_row *kept = lg_array(cx->mem, k->rows.n + 1, sizeof *kept);
	size_t n = 0;
	for (size_t i = 0; i < k->rows.n; i++) {
		struct db_known_callers_row r = k->rows.rows[i];
		r.by_number = r.by_number && is_number(k, &r);
		if (r.by_number || r.by_words || is_chosen(k, &r)) kept[n++] = r;
	}
	k->rows.rows = kept;
	k->rows.n = n;
}

const struct db_known_callers_row *known_only(const struct known *k)
{
	const struct db_known_callers_row *only = NULL;
	for (size_t i = 0; i < k->rows.n; i++) {
		const struct db_known_callers_row *r = &k->rows.rows[i];
		if (k->id ? !is_chosen(k, r) : !r->by_number) continue;
		if (only) return NULL;
		only = r;
	}
	return only;
}

const char *known_who(struct lg_ctx *cx, const struct known *k)
{
	const struct db_known_callers_row *first = k->rows.rows;
	size_t n = 0;
	for (size_t i = 0; i < k->rows.n; i++) {
		if (!k->rows.rows[i].by_number) continue;
		if (n++ && strcmp(first->office, k->rows.rows[i].office) != 0) return NULL;
	}
	if (!n) return NULL;
	return n == 1 ? lg_printf(cx->mem, "%s, %s", first->name, first->office) : first->office;
}

const char *known_reach(struct lg_ctx *cx, const struct db_known_callers_row *r)
{
	return *r->mail ? lg_printf(cx->mem, "%s · %s", r->phone, r->mail) : r->phone;
}

static void put(json_t *record, const char *field, const char *value, bool over)
{
	if (*value && (over || !*record_word(record, field))) json_object_set_new(record, field, json_string(value));
}

void known_fill(const struct db_known_callers_row *r, bool whole, json_t *record)
{
	put(record, "caller_phone", r->phone, whole);
	put(record, "caller_mail", r->mail, whole);
	put(record, "municipality", r->municipality, whole);
	put(record, "caller_place", r->office, whole);
	if (*record_word(record, "legal_basis")) put(record, "caller_name", r->name, whole);
}

enum lg_err known_name(struct lg_ctx *cx, struct call *c, const char *id, json_t *record)
{
	struct known k;
	if (!*record_word(record, "legal_basis") || *record_word(record, "caller_name")) return LG_OK;
	known_send(cx, c, record_word(record, "caller_phone"), "", "", id, &k);
	LG_TRY(db_sync(cx, c->db));
	known_sort(cx, &k);
	const struct db_known_callers_row *r = known_only(&k);
	if (r && (r->by_number || (*r->mail && !strcmp(r->mail, record_word(record, "caller_mail")))))
		put(record, "caller_name", r->name, false);
	return LG_OK;
}
