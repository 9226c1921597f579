/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "taxonomy/closeness.h"
#include "taxonomy/draft_in.h"
#include "taxonomy/pool.h"

/* Names that were looked up: an item's number in its kind, or NONE. */
enum { NONE = -1 };

struct label_row {
	uint32_t item, order, text;
	uint8_t language, preferred;
};
struct relation_row {
	uint16_t concept, skill;
	uint8_t essential;
};

struct build {
	struct lg_draft *d;
	struct lg_image *out;
	struct lg_image_head head;
	struct lg_item *items[LG_SKILL + 1];
	size_t n[LG_SKILL + 1];
	uint16_t *by_uuid; /* of the occupations that have one, by UUID */
	struct lg_pool pool;
	struct label_row *labels;
	struct relation_row *relations;
	struct lg_code4 languages[256];
};

/* --------------------------------------------------------------------------------------------------- items */

static int by_code(const void *a, const void *b)
{
	const struct lg_item *x = a, *y = b;
	return strcmp(x->code, y->code);
}

static int by_uuid(const void *a, const void *b)
{
	const struct lg_item *x = a, *y = b;
	return memcmp(&x->uuid, &y->uuid, sizeof x->uuid);
}

static int by_place(const void *a, const void *b)
{
	const struct lg_item *x = a, *y = b;
	if (x->own != y->own) return x->own - y->own;
	return x->own ? by_code(a, b) : by_uuid(a, b);
}

/* The same made total, so that of two codes said of one thing the lower stays. */
static int by_place_and_code(const void *a, const void *b)
{
	int c = by_place(a, b);
	return c ? c : by_code(a, b);
}

/* Sort a kind, own ones last, and drop what was said twice. */
static void sort_kind(struct build *b, enum lg_kind kind)
{
	struct lg_item *items = b->d->items[kind].items;
	size_t n = b->d->items[kind].n, kept = 0;
	int (*order)(const void *, const void *) = kind == LG_GROUP ? by_code : by_place;
	if (n) qsort(items, n, sizeof *items, kind == LG_GROUP ? by_code : by_place_and_code);
	for (size_t i = 0; i < n; i++)
		if (!kept || order(&items[kept - 1], &items[i]) != 0) items[kept++] = items[i];
	b->items[kind] = items;
	b->n[kind] = kept;
}

static size_t own_from(const struct build *b, enum lg_kind kind)
{
	size_t i = 0;
	while (i < b->n[kind] && !b->items[kind][i].own) i++;
	return i;
}

/* Occupations are looked up by UUID and stand by code: remember the one, make the other. */
static enum lg_err sort_occupations(struct lg_ctx *cx, struct build *b)
{
	size_t n = b->n[LG_OCCUPATION], esco = own_from(b, LG_OCCUPATION);
	struct lg_item *items = b->items[LG_OCCUPATION];
	if (n) qsort(items, n, sizeof *items, by_code); /* "lg:" comes after every digit */
	for (size_t i = 1; i < n; i++)
		if (by_code(&items[i - 1], &items[i]) == 0)
			return lg_failf(cx, LG_INVALID, "code", "Two occupations have the code %s.", items[i].code);
	struct lg_item *sorted = lg_array(cx->mem, esco + 1, sizeof *sorted);
	b->by_uuid = lg_array(cx->mem, esco + 1, sizeof *b->by_uuid);
	for (size_t i = 0; i < esco; i++) {
		sorted[i] = items[i];
		sorted[i].parent = (uint16_t)i;
	}
	qsort(sorted, esco, sizeof *sorted, by_uuid);
	for (size_t i = 0; i < esco; i++) b->by_uuid[i] = sorted[i].parent;
	return LG_OK;
}

static enum lg_err count_items(struct lg_ctx *cx, struct build *b)
{
	struct lg_image_head *h = &b->head;
	h->groups = b->n[LG_GROUP];
	h->concepts = h->groups + b->n[LG_OCCUPATION];
	h->occupations = own_from(b, LG_OCCUPATION);
	h->all_skills = b->n[LG_SKILL];
	h->skills = own_from(b, LG_SKILL);
	h->own_skills = h->all_skills - h->skills;
	h->items = h->concepts + h->all_skills;
	if (h->concepts >= LG_NO_CONCEPT) return lg_fail(cx, LG_INVALID, "occupations", "There are too many.");
	if (h->all_skills >= LG_NO_SKILL) return lg_fail(cx, LG_INVALID, "skills", "There are too many.");
	return LG_OK;
}

static enum lg_err sort_items(struct lg_ctx *cx, struct build *b)
{
	for (int kind = LG_GROUP; kind <= LG_SKILL; kind++) {
		if (b->d->items[kind].n > 10 * (size_t)LG_NO_CONCEPT)
			return lg_fail(cx, LG_INVALID, "taxonomy", "There are too many concepts.");
		sort_kind(b, (enum lg_kind)kind);
	}
	LG_TRY(count_items(cx, b));
	return sort_occupations(cx, b);
}

/* -------------------------------------------------------------------------------------------------- finding */

static int find_code(const struct build *b, enum lg_kind kind, size_t from, const char *code, size_t n)
{
	size_t to = b->n[kind];
	while (from < to) {
		size_t middle = (from + to) / 2;
		const struct lg_item *at = &b->items[kind][middle];
		int c = memcmp(code, at->code, n < at->n ? n : at->n);
		if (c == 0) c = (n > at->n) - (n < at->n);
		if (c == 0) return (int)middle;
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NONE;
}

static int find_uuid(const struct build *b, enum lg_kind kind, const struct lg_uuid *uuid)
{
	size_t from = 0, to = kind == LG_SKILL ? b->head.skills : b->head.occupations;
	while (from < to) {
		size_t middle = (from + to) / 2, at = kind == LG_SKILL ? middle : b->by_uuid[middle];
		int c = memcmp(uuid, &b->items[kind][at].uuid, sizeof *uuid);
		if (c == 0) return (int)at;
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NONE;
}

/* The number of what a name means within its kind, or NONE. */
static int find(const struct build *b, enum lg_kind kind, const char *name)
{
	struct lg_name read;
	if (!lg_name_read(&read, kind, name, strlen(name))) return NONE;
	if (read.is_uuid) return find_uuid(b, kind, &read.uuid);
	return find_code(b, kind, kind == LG_SKILL ? b->head.skills : 0, read.code, read.n);
}

/* ---------------------------------------------------------------------------------------------------- tree */

static void link_groups(struct build *b)
{
	for (size_t i = 0; i < b->n[LG_GROUP]; i++) {
		struct lg_item *g = &b->items[LG_GROUP][i];
		int up = NONE;
		for (size_t n = g->n - 1; n > 0 && up == NONE; n--) up = find_code(b, LG_GROUP, 0, g->code, n);
		g->parent = (uint16_t)(up == NONE ? (int)i : up);
	}
}

/* What ESCO says stands where it leads to an earlier code, which every way up must; so there is no circle. */
static void link_broader(struct build *b)
{
	const struct lg_draft_broader *said = b->d->broader.items;
	for (size_t i = 0; i < b->d->broader.n; i++) {
		int from = find(b, LG_OCCUPATION, said[i].name), to = find(b, LG_OCCUPATION, said[i].broader);
		if (from == NONE || to == NONE)
			b->out->dangling_broader++;
		else if (to < from)
			b->items[LG_OCCUPATION][from].parent = (uint16_t)(b->n[LG_GROUP] + (size_t)to);
	}
}

/* The code without its last number, when there is such an occupation. */
static int shorter(const struct build *b, const struct lg_item *o)
{
	const char *dot = o->own ? NULL : strrchr(o->code, '.');
	return dot && dot - o->code > 4 ? find_code(b, LG_OCCUPATION, 0, o->code, (size_t)(dot - o->code)) : NONE;
}

static enum lg_err check_depth(struct lg_ctx *cx, const struct build *b)
{
	uint8_t *depth = lg_alloc(cx->mem, b->n[LG_OCCUPATION] + 1);
	for (size_t i = 0; i < b->n[LG_OCCUPATION]; i++) {
		const struct lg_item *o = &b->items[LG_OCCUPATION][i];
		depth[i] = o->parent < b->n[LG_GROUP] ? 4 : (uint8_t)(depth[o->parent - b->n[LG_GROUP]] + 1);
		if (depth[i] > LG_DEPTH_MAX)
			return lg_failf(cx, LG_INVALID, "occupations", "%s lies too deep in the tree.", o->code);
	}
	return LG_OK;
}

static enum lg_err link_occupations(struct lg_ctx *cx, struct build *b)
{
	for (size_t i = 0; i < b->n[LG_OCCUPATION]; i++) {
		struct lg_item *o = &b->items[LG_OCCUPATION][i];
		int unit = find_code(b, LG_GROUP, 0, o->unit, 4), up = shorter(b, o);
		if (unit == NONE)
			return lg_failf(cx, LG_INVALID, "occupations", "%s is in ISCO-08 group %s, which is unknown.",
			                o->code, o->unit);
		o->parent = (uint16_t)(up == NONE ? unit : (int)b->n[LG_GROUP] + up);
	}
	link_broader(b);
	return check_depth(cx, b);
}

/* ------------------------------------------------------------------------------------------------ relations */

static int relation_order(const void *a, const void *b)
{
	const struct relation_row *x = a, *y = b;
	if (x->concept != y->concept) return x->concept - y->concept;
	if (x->skill != y->skill) return x->skill - y->skill;
	return y->essential - x->essential;
}

static void note_dangling(struct lg_image *out, const struct lg_draft_relation *r)
{
	size_t room = sizeof out->first / sizeof *out->first;
	if (out->dangling_relations < room)
		out->first[out->dangling_relations] = (struct lg_dangling){ r->occupation, r->skill };
	out->dangling_relations++;
}

static void join_relations(struct lg_ctx *cx, struct build *b)
{
	const struct lg_draft_relation *said = b->d->relations.items;
	size_t n = 0, kept = 0;
	struct relation_row *rows = lg_array(cx->mem, b->d->relations.n + 1, sizeof *rows);
	for (size_t i = 0; i < b->d->relations.n; i++) {
		int occupation = find(b, LG_OCCUPATION, said[i].occupation), skill = find(b, LG_SKILL, said[i].skill);
		if (occupation == NONE || skill == NONE)
			note_dangling(b->out, &said[i]);
		else
			rows[n++] = (struct relation_row){ (uint16_t)(b->n[LG_GROUP] + (size_t)occupation),
				                           (uint16_t)skill, said[i].essential };
	}
	qsort(rows, n, sizeof *rows, relation_order);
	for (size_t i = 0; i < n; i++)
		if (!kept || rows[kept - 1].concept != rows[i].concept || rows[kept - 1].skill != rows[i].skill)
			rows[kept++] = rows[i];
	b->relations = rows;
	b->head.relations = kept;
}

/* --------------------------------------------------------------------------------------------------- labels */

static int language_order(const void *a, const void *b)
{
	const struct lg_code4 *x = a, *y = b;
	return strcmp(x->text, y->text);
}

static int find_language(const struct build *b, const char *language)
{
	for (size_t i = 0; i < b->head.languages; i++)
		if (!strcmp(b->languages[i].text, language)) return (int)i;
	return NONE;
}

static enum lg_err collect_languages(struct lg_ctx *cx, struct build *b)
{
	const struct lg_draft_label *said = b->d->labels.items;
	for (size_t i = 0; i < b->d->labels.n; i++) {
		if (find_language(b, said[i].language) != NONE) continue;
		if (b->head.languages == 255) return lg_fail(cx, LG_INVALID, "labels", "There are too many languages.");
		memcpy(b->languages[b->head.languages++].text, said[i].language, 4);
	}
	qsort(b->languages, b->head.languages, sizeof *b->languages, language_order);
	return LG_OK;
}

/* First so that equal texts of one item and language stand together, the preferred and earlier first. */
static int by_text(const void *a, const void *b)
{
	const struct label_row *x = a, *y = b;
	if (x->item != y->item) return x->item < y->item ? -1 : 1;
	if (x->language != y->language) return x->language - y->language;
	if (x->text != y->text) return x->text < y->text ? -1 : 1;
	if (x->preferred != y->preferred) return y->preferred - x->preferred;
	return x->order < y->order ? -1 : 1;
}

static int by_order(const void *a, const void *b)
{
	const struct label_row *x = a, *y = b;
	if (x->item != y->item) return x->item < y->item ? -1 : 1;
	if (x->language != y->language) return x->language - y->language;
	if (x->preferred != y->preferred) return y->preferred - x->preferred;
	return x->order < y->order ? -1 : 1;
}

static bool same_language(const struct label_row *a, const struct label_row *b)
{
	return a->item == b->item && a->language == b->language;
}

/* Drop repeats; of a language's preferred labels only the first stays preferred. @return how many are left */
static size_t sort_labels(struct label_row *rows, size_t n)
{
	size_t kept = 0;
	qsort(rows, n, sizeof *rows, by_text);
	for (size_t i = 0; i < n; i++)
		if (!kept || !same_language(&rows[kept - 1], &rows[i]) || rows[kept - 1].text != rows[i].text)
			rows[kept++] = rows[i];
	qsort(rows, kept, sizeof *rows, by_order);
	for (size_t i = kept; i-- > 1;)
		if (same_language(&rows[i - 1], &rows[i]) && rows[i - 1].preferred) rows[i].preferred = 0;
	return kept;
}

static size_t first_item(const struct build *b, enum lg_kind kind)
{
	return kind == LG_GROUP ? 0 : kind == LG_OCCUPATION ? b->n[LG_GROUP] : b->head.concepts;
}

static enum lg_err join_labels(struct lg_ctx *cx, struct build *b)
{
	const struct lg_draft_label *said = b->d->labels.items;
	size_t n = 0;
	if (b->d->labels.n > UINT32_MAX) return lg_fail(cx, LG_INVALID, "labels", "There are too many.");
	LG_TRY(collect_languages(cx, b));
	struct label_row *rows = lg_array(cx->mem, b->d->labels.n + 1, sizeof *rows);
	for (size_t i = 0; i < b->d->labels.n; i++) {
		const struct lg_draft_label *l = &said[i];
		int number = find(b, l->kind, l->name);
		if (number == NONE)
			b->out->dangling_labels++;
		else
			rows[n++] = (struct label_row){ (uint32_t)(first_item(b, l->kind) + (size_t)number),
				                        (uint32_t)i, lg_pool_text(cx, &b->pool, l->text),
				                        (uint8_t)find_language(b, l->language), l->preferred };
	}
	b->labels = rows;
	b->head.labels = sort_labels(rows, n);
	return LG_OK;
}

/* -------------------------------------------------------------------------------------------------- writing */

static void lay_out(struct lg_ctx *cx, struct build *b)
{
	struct lg_image_head *h = &b->head;
	uint64_t at = lg_image_round(sizeof *h);
	h->string_bytes = b->pool.n ? b->pool.n : 1;
	for (unsigned s = 0; s < LG_SECTIONS; s++) {
		h->at[s] = at;
		at += lg_image_round(lg_image_section_size(h, (enum lg_image_section)s));
	}
	memcpy(h->magic, LG_IMAGE_MAGIC, sizeof h->magic);
	h->order = LG_IMAGE_ORDER;
	h->format = LG_IMAGE_FORMAT;
	h->size = at;
	b->out->bytes = lg_alloc(cx->mem, at);
	b->out->size = at;
	memcpy(b->out->bytes, h, sizeof *h);
}

static void *section(const struct build *b, enum lg_image_section s) { return (char *)b->out->bytes + b->head.at[s]; }

static void write_items(struct lg_ctx *cx, struct build *b, uint32_t *codes, uint32_t *slugs)
{
	for (size_t i = 0; i < b->head.concepts; i++) {
		bool group = i < b->head.groups;
		codes[i] = lg_pool_text(
		    cx, &b->pool, b->items[group ? LG_GROUP : LG_OCCUPATION][group ? i : i - b->head.groups].code);
	}
	for (size_t i = 0; i < b->head.own_skills; i++)
		slugs[i] = lg_pool_text(cx, &b->pool, b->items[LG_SKILL][b->head.skills + i].code);
}

static void write_tree(struct build *b)
{
	uint16_t *parents = section(b, LG_SECTION_parents);
	struct lg_uuid *uuids = section(b, LG_SECTION_uuids), *skills = section(b, LG_SECTION_skill_uuids);
	for (size_t i = 0; i < b->head.groups; i++) parents[i] = b->items[LG_GROUP][i].parent;
	for (size_t i = 0; i < b->n[LG_OCCUPATION]; i++)
		parents[b->head.groups + i] = b->items[LG_OCCUPATION][i].parent;
	for (size_t i = 0; i < b->head.occupations; i++) uuids[i] = b->items[LG_OCCUPATION][i].uuid;
	for (size_t i = 0; i < b->head.skills; i++) skills[i] = b->items[LG_SKILL][i].uuid;
	memcpy(section(b, LG_SECTION_by_uuid), b->by_uuid, b->head.occupations * sizeof *b->by_uuid);
}

static void write_labels(struct build *b)
{
	struct lg_image_label *labels = section(b, LG_SECTION_labels);
	uint32_t *first = section(b, LG_SECTION_label_first);
	memcpy(section(b, LG_SECTION_languages), b->languages, b->head.languages * sizeof *b->languages);
	for (size_t i = 0; i < b->head.labels; i++) {
		const struct label_row *r = &b->labels[i];
		labels[i] = (struct lg_image_label){ r->text, r->language, r->preferred, 0 };
		first[r->item + 1]++;
	}
	for (size_t i = 0; i < b->head.items; i++) first[i + 1] += first[i];
}

static void write_relations(struct build *b)
{
	struct lg_relation *relations = section(b, LG_SECTION_relations);
	uint32_t *first = section(b, LG_SECTION_relation_first);
	for (size_t i = 0; i < b->head.relations; i++) {
		const struct relation_row *r = &b->relations[i];
		relations[i] = (struct lg_relation){ r->skill, r->essential, 0 };
		first[r->concept + 1]++;
	}
	for (size_t i = 0; i < b->head.concepts; i++) first[i + 1] += first[i];
}

static void write_numbers(struct lg_ctx *cx, struct build *b)
{
	size_t own = b->head.groups + b->head.occupations;
	struct lg_closeness_in in = { b->head.concepts,
		                      b->head.groups,
		                      b->head.occupations ? own : b->head.concepts,
		                      b->head.all_skills,
		                      section(b, LG_SECTION_parents),
		                      section(b, LG_SECTION_relation_first),
		                      section(b, LG_SECTION_relations),
		                      section(b, LG_SECTION_weights) };
	lg_skill_weights(cx, section(b, LG_SECTION_weights), &in);
	lg_closeness(cx, section(b, LG_SECTION_closeness), &in);
}

static void write_image(struct lg_ctx *cx, struct build *b)
{
	uint32_t *codes = lg_array(cx->mem, b->head.concepts + 1, sizeof *codes);
	uint32_t *slugs = lg_array(cx->mem, b->head.own_skills + 1, sizeof *slugs);
	write_items(cx, b, codes, slugs);
	lay_out(cx, b);
	if (b->pool.n) memcpy(section(b, LG_SECTION_strings), b->pool.texts, b->pool.n);
	memcpy(section(b, LG_SECTION_codes), codes, b->head.concepts * sizeof *codes);
	memcpy(section(b, LG_SECTION_skill_slugs), slugs, b->head.own_skills * sizeof *slugs);
	write_tree(b);
	write_labels(b);
	write_relations(b);
	write_numbers(cx, b);
}

enum lg_err lg_draft_build(struct lg_ctx *cx, struct lg_draft *d, const char *version, const char *attribution,
                           struct lg_image *out)
{
	struct build *b = lg_alloc(cx->mem, sizeof *b);
	*out = (struct lg_image){ 0 };
	b->d = d;
	b->out = out;
	LG_TRY(sort_items(cx, b));
	link_groups(b);
	LG_TRY(link_occupations(cx, b));
	join_relations(cx, b);
	LG_TRY(join_labels(cx, b));
	if (b->pool.n > UINT32_MAX / 2) return lg_fail(cx, LG_INVALID, "labels", "They are too long.");
	b->head.version = lg_pool_text(cx, &b->pool, version);
	b->head.attribution = lg_pool_text(cx, &b->pool, attribution);
	write_image(cx, b);
	return LG_OK;
}

size_t lg_image_unhashed(void) { return offsetof(struct lg_image_head, concepts); }

void lg_image_seal(struct lg_image *image, const char hash_hex[65])
{
	struct lg_image_head *h = image->bytes;
	lg_assert(strlen(hash_hex) == 64);
	memcpy(h->hash, hash_hex, 65);
}
