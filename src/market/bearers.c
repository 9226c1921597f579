/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/bearers.h"

#include <stdlib.h>
#include <string.h>

enum { BEARERS_MAX = 64 }; /* a label of more has no one meaning */

/* -------------------------------------------------------------------------------------------------- making */

typedef const char *(*label_at)(const struct lg_taxonomy *t, uint16_t item, size_t index, struct lg_label *out);

static int by_key(const void *a, const void *b)
{
	const struct bearer *x = a, *y = b;
	if (x->key != y->key) return x->key < y->key ? -1 : 1;
	if (x->item != y->item) return x->item < y->item ? -1 : 1;
	return strncmp(x->language, y->language, sizeof x->language);
}

static uint32_t key_of(const char *text)
{
	struct lg_letters l;
	lg_letters_fold(&l, text, strlen(text));
	return lg_letters_key(l.at, l.n);
}

/* Put all labels into out, which may be NULL. @return how many */
static size_t put_labels(const struct bearers *b, struct bearer *out)
{
	bool skills = b->of == LG_LINK_SKILLS;
	label_at at = skills ? lg_taxonomy_skill_labels : lg_taxonomy_labels;
	uint16_t items = skills ? lg_taxonomy_skills(b->taxonomy) : lg_taxonomy_concepts(b->taxonomy);
	struct lg_label l;
	size_t n = 0;
	for (uint16_t item = 0; item < items; item++)
		for (size_t i = 0; at(b->taxonomy, item, i, &l); i++, n++) {
			if (!out) continue;
			out[n] = (struct bearer){
				.text = l.text, .key = key_of(l.text), .item = item, .preferred = l.preferred
			};
			memcpy(out[n].language, l.language, sizeof l.language);
		}
	return n;
}

struct bearers *bearers_new(struct lg_ctx *cx, const struct lg_taxonomy *t, enum lg_link_of of,
                            const struct lg_confirmed *confirmed)
{
	struct bearers *b = lg_alloc(cx->mem, sizeof *b);
	size_t more = confirmed ? confirmed->n[of] : 0;
	*b = (struct bearers){ .taxonomy = t, .of = of };
	b->n = put_labels(b, NULL);
	b->at = lg_array(cx->mem, b->n + more + 1, sizeof *b->at);
	(void)put_labels(b, b->at);
	for (size_t i = 0; i < more; i++) {
		const struct lg_link_label *c = &confirmed->choices[of][i];
		struct bearer *to = &b->at[b->n++];
		*to = (struct bearer){
			.text = c->text, .key = key_of(c->text), .item = (uint16_t)c->concept, .confirmed = true
		};
		memcpy(to->language, c->language, sizeof to->language);
	}
	if (b->n) qsort(b->at, b->n, sizeof *b->at, by_key);
	return b;
}

/* --------------------------------------------------------------------------------------------- one label's */

/* Those that bear a label, each once. */
struct few {
	struct {
		uint16_t item;
		bool preferred;
		char language[4];
	} at[BEARERS_MAX];
	size_t n;
	bool too_many;
};

static void add(struct few *f, const struct bearer *b)
{
	size_t i = 0;
	while (i < f->n && f->at[i].item != b->item) i++;
	if (i == BEARERS_MAX) {
		f->too_many = true;
		return;
	}
	if (i == f->n) {
		f->at[f->n].item = b->item;
		f->at[f->n].preferred = false;
		memcpy(f->at[f->n++].language, b->language, sizeof b->language);
	}
	f->at[i].preferred = f->at[i].preferred || b->preferred;
}

static bool is_any(const char *language) { return !strcmp(language, "any"); }

enum { RANKS = 4 };

/* How well a label of some language answers words of another: 0 the best; RANKS: not at all. */
static unsigned rank(const struct bearer *b, const char *language)
{
	bool same = !strncmp(b->language, language, sizeof b->language);
	if (!b->confirmed) return same || is_any(language) ? 3 : RANKS;
	return same ? 0 : is_any(b->language) ? 1 : is_any(language) ? 2 : RANKS;
}

static bool is_label(const struct bearer *b, const struct lg_letters *label)
{
	struct lg_letters own;
	lg_letters_fold(&own, b->text, strlen(b->text));
	return lg_letters_same(&own, label);
}

static size_t first_of(const struct bearers *b, uint32_t key)
{
	size_t low = 0, high = b->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (b->at[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The bearers of the best rank. @return that rank */
static unsigned gather(const struct bearers *b, struct few *out, const char *language, const struct lg_letters *label)
{
	uint32_t key = lg_letters_key(label->at, label->n);
	unsigned best = RANKS;
	out->n = 0;
	out->too_many = false;
	for (size_t i = first_of(b, key); i < b->n && b->at[i].key == key; i++) {
		unsigned r = rank(&b->at[i], language);
		if (r > best || r == RANKS || !is_label(&b->at[i], label)) continue;
		if (r < best) out->n = 0;
		best = r;
		add(out, &b->at[i]);
	}
	return best;
}

/* ------------------------------------------------------------------------------------------------- choosing */

bool lies_in(const struct lg_taxonomy *t, uint16_t concept, uint16_t group)
{
	const uint16_t *parents = lg_taxonomy_parents(t);
	while (concept != group && parents[concept] != concept) concept = parents[concept];
	return concept == group;
}

static bool is_built_in(const struct bearers *b, uint16_t item)
{
	char uri[80];
	const char *name = b->of == LG_LINK_SKILLS ? lg_taxonomy_skill_uri(b->taxonomy, item, uri)
	                                           : lg_taxonomy_code(b->taxonomy, item);
	return !strncmp(name, "lg:", 3);
}

static void keep(struct few *f, const bool *kept)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++)
		if (kept[i]) f->at[n++] = f->at[i];
	f->n = n;
}

/* Groups yield to what lies in them. */
static void drop_wider(const struct bearers *b, struct few *f)
{
	bool kept[BEARERS_MAX] = { false };
	for (size_t i = 0; i < f->n; i++) {
		kept[i] = true;
		for (size_t k = 0; k < f->n; k++)
			if (k != i && lies_in(b->taxonomy, f->at[k].item, f->at[i].item)) kept[i] = false;
	}
	keep(f, kept);
}

static uint16_t group_of(const struct bearers *b, const struct few *f, size_t i)
{
	return lg_taxonomy_unit_group(b->taxonomy, f->at[i].item);
}

static bool in_one_group(const struct bearers *b, const struct few *f)
{
	for (size_t i = 1; i < f->n; i++)
		if (group_of(b, f, i) != group_of(b, f, 0)) return false;
	return true;
}

/* Of several unit groups, that of the only one that is built-in. @return was there just one? */
static bool keep_group_of_built_in(const struct bearers *b, struct few *f)
{
	bool kept[BEARERS_MAX] = { false };
	size_t own = 0, at = 0;
	for (size_t i = 0; i < f->n; i++)
		if (is_built_in(b, f->at[i].item)) own++, at = i;
	if (own != 1) return false;
	for (size_t i = 0; i < f->n; i++) kept[i] = group_of(b, f, i) == group_of(b, f, at);
	keep(f, kept);
	return true;
}

/* Those of ESCO rather than those built in; then the one whose preferred label it is. @return is one left? */
static bool keep_first_choice(const struct bearers *b, struct few *f)
{
	bool kept[BEARERS_MAX] = { false };
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) n += kept[i] = !is_built_in(b, f->at[i].item);
	if (n) keep(f, kept);
	n = 0;
	for (size_t i = 0; i < f->n; i++) n += kept[i] = f->at[i].preferred;
	if (n == 1) keep(f, kept);
	return f->n == 1;
}

static bool choose_skill(const struct bearers *b, struct few *f) { return f->n == 1 || keep_first_choice(b, f); }

static bool choose_concept(const struct bearers *b, struct few *f)
{
	drop_wider(b, f);
	if (f->n == 1) return true;
	if (!in_one_group(b, f) && !keep_group_of_built_in(b, f)) return false;
	uint16_t group = group_of(b, f, 0);
	if (!keep_first_choice(b, f)) f->at[0].item = group;
	return true;
}

struct sense bearers_sense(const struct bearers *b, const char *language, const struct lg_letters *label)
{
	struct few f;
	unsigned r = gather(b, &f, language, label);
	struct sense out = { .kind = f.n ? SENSE_MANY : SENSE_NONE, .confirmed = r < 3 };
	size_t n = f.n;
	if (!n || f.too_many) return out;
	bool one = out.confirmed ? n == 1 : b->of == LG_LINK_SKILLS ? choose_skill(b, &f) : choose_concept(b, &f);
	if (!one) return out;
	out.kind = SENSE_ONE;
	out.item = f.at[0].item;
	out.alone = n == 1;
	memcpy(out.language, f.at[0].language, sizeof out.language);
	return out;
}
