/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/spot_index.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_LETTERS = 3, BLANK = ' ' };

/* ---------------------------------------------------------------------------------------------------- keys */

static uint64_t mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	return h ? h : 1;
}

uint64_t lg_spot_key(size_t language) { return mix(language + 1); }
uint64_t lg_spot_key_with(uint64_t key, uint64_t stem) { return mix(key * 0x9E3779B97F4A7C15u ^ stem); }

static size_t slot_of(const struct lg_spotter *s, uint64_t key)
{
	size_t i = (size_t)key & (s->room - 1);
	while (s->keys[i] && s->keys[i] != key) i = (i + 1) & (s->room - 1);
	return i;
}

bool lg_spot_look(const struct lg_spotter *s, uint64_t key, uint32_t *first)
{
	size_t i = slot_of(s, key);
	*first = s->first[i];
	return s->keys[i] != 0;
}

/* -------------------------------------------------------------------------------------------------- making */

/* A spotter that is being made. */
struct making {
	struct lg_ctx *cx, temp;
	struct lg_spotter *s;
	struct lg_stemmer **stemmers; /* [languages] */
	size_t forms_room, n_letters, letters_room;
	size_t *n_texts;           /* [languages] labels */
	struct lg_letters **texts; /* [languages] of those that are to be parted */
};

typedef const char *(*label_at)(const struct lg_taxonomy *t, uint16_t item, size_t index, struct lg_label *out);

static void *grown(struct lg_ctx *cx, void *old, size_t n, size_t *room, size_t size)
{
	if (n < *room) return old;
	size_t more = *room ? 2 * *room : 4096;
	void *out = lg_array(cx->mem, more, size);
	if (n) memcpy(out, old, n * size);
	*room = more;
	return out;
}

static void put_letter(struct making *m, uint16_t c)
{
	m->s->letters = grown(&m->temp, m->s->letters, m->n_letters, &m->letters_room, sizeof *m->s->letters);
	m->s->letters[m->n_letters++] = c;
}

static size_t language_of(const struct lg_spotter *s, const char *code)
{
	size_t i = 0;
	while (i < s->n_languages && strcmp(s->languages[i].code, code) != 0) i++;
	return i;
}

/* The words of a form that count, into its key and letters. */
static void read_form(struct making *m, struct lg_spot_form *f, const struct lg_spot_words *w)
{
	f->key = lg_spot_key(f->language);
	f->at = (uint32_t)m->n_letters;
	for (size_t i = 0; i < w->n; i++) {
		const uint16_t *letters = lg_spot_letters(w, i);
		uint16_t class = lg_spot_class(&m->s->context, letters, w->words[i].n);
		if (class & LG_WORD_IDLE) continue;
		f->key = lg_spot_key_with(f->key, lg_stem(m->stemmers[f->language], letters, w->words[i].n));
		if (f->words) put_letter(m, BLANK);
		for (size_t k = 0; k < w->words[i].n; k++) put_letter(m, letters[k]);
		if (f->words < UINT8_MAX) f->words++;
		f->shape = f->words == 1 ? w->words[i].shape : LG_SHAPE_SMALL;
	}
	f->n = (uint32_t)m->n_letters - f->at;
}

static bool is_worth_it(const struct making *m, const struct lg_spot_form *f)
{
	if (!f->words || f->words > LG_SPOT_WORDS_MAX) return false;
	if (f->words > 1) return true;
	if (f->n < LEAST_LETTERS && (f->shape != LG_SHAPE_ALL || !f->own)) return false;
	return f->n > 1 && !(lg_spot_class(&m->s->context, m->s->letters + f->at, f->n) & LG_WORD_GENERAL);
}

/* Text [at, at + n) of a label. */
static void add_form(struct making *m, struct lg_spot_form f, const char *at, size_t n)
{
	struct lg_spot_words w;
	struct lg_ctx temp = { .mem = lg_arena_new(0, NULL) };
	size_t letters = m->n_letters;
	lg_spot_words(&temp, &w, at, n);
	read_form(m, &f, &w);
	lg_arena_free(temp.mem);
	if (!is_worth_it(m, &f)) {
		m->n_letters = letters;
		return;
	}
	m->s->forms = grown(&m->temp, m->s->forms, m->s->n_forms, &m->forms_room, sizeof *m->s->forms);
	m->s->forms[m->s->n_forms++] = f;
}

/* A label as it is; without what stands in parentheses; and each side of a " / ". */
static void add_label(struct making *m, const struct lg_spot_form *f)
{
	const char *label = f->label, *slash = strstr(label, " / "), *aside = strstr(label, " (");
	size_t n = strlen(label);
	if (slash) {
		add_form(m, *f, label, (size_t)(slash - label));
		add_form(m, *f, slash + 3, strlen(slash + 3));
		return;
	}
	add_form(m, *f, label, n);
	if (!aside || label[n - 1] != ')') return;
	struct lg_spot_form without = *f;
	without.aside = true;
	add_form(m, without, label, (size_t)(aside - label));
}

static void add_item(struct making *m, enum lg_spot_kind kind, uint16_t item, label_at at)
{
	struct lg_label l;
	const struct lg_taxonomy *t = m->s->t;
	char uri[80];
	const char *name = kind == LG_SPOT_SKILL ? lg_taxonomy_skill_uri(t, item, uri) : lg_taxonomy_code(t, item);
	for (size_t i = 0; at(t, item, i, &l); i++) {
		size_t language = language_of(m->s, l.language);
		struct lg_spot_form f = { .label = l.text,
			                  .item = item,
			                  .kind = (uint8_t)kind,
			                  .language = (uint8_t)language,
			                  .preferred = l.preferred,
			                  .own = !strncmp(name, "lg:", 3) };
		if (language == m->s->n_languages) continue;
		add_label(m, &f);
		if (m->texts[language])
			lg_letters_fold(&m->texts[language][m->n_texts[language]], l.text, strlen(l.text));
		m->n_texts[language]++;
	}
}

/* fn of every occupation's and skill's labels. */
static void for_items(struct making *m, void (*fn)(struct making *m, enum lg_spot_kind, uint16_t, label_at))
{
	const struct lg_taxonomy *t = m->s->t;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++)
		if (!lg_taxonomy_is_group(t, c)) fn(m, LG_SPOT_OCCUPATION, c, lg_taxonomy_labels);
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) fn(m, LG_SPOT_SKILL, s, lg_taxonomy_skill_labels);
}

static void count_item(struct making *m, enum lg_spot_kind kind, uint16_t item, label_at at)
{
	struct lg_label l;
	(void)kind;
	for (size_t i = 0; at(m->s->t, item, i, &l); i++) {
		size_t language = language_of(m->s, l.language);
		if (language < m->s->n_languages) m->n_texts[language]++;
	}
}

/* Languages that write a compound as one word. */
static bool parts_words(const char *language)
{
	static const char *const those[] = { "da", "sv", "de", "nb", "no" };
	for (size_t i = 0; i < sizeof those / sizeof *those; i++)
		if (!strcmp(those[i], language)) return true;
	return false;
}

static void make_languages(struct making *m)
{
	const char *code;
	struct lg_spotter *s = m->s;
	while (s->n_languages < UINT8_MAX && lg_taxonomy_language(s->t, s->n_languages)) s->n_languages++;
	s->languages = lg_array(m->cx->mem, s->n_languages + 1, sizeof *s->languages);
	m->stemmers = lg_array(m->temp.mem, s->n_languages + 1, sizeof(void *));
	m->texts = lg_array(m->temp.mem, s->n_languages + 1, sizeof(void *));
	m->n_texts = lg_array(m->temp.mem, s->n_languages + 1, sizeof *m->n_texts);
	for (size_t i = 0; i < s->n_languages && (code = lg_taxonomy_language(s->t, i)); i++) {
		memcpy(s->languages[i].code, code, sizeof s->languages[i].code);
		s->languages[i].parts_words = parts_words(code);
		m->stemmers[i] = lg_stemmer(&m->temp, code);
	}
	for_items(m, count_item);
	for (size_t i = 0; i < s->n_languages; i++) {
		if (s->languages[i].parts_words)
			m->texts[i] = lg_array(m->temp.mem, m->n_texts[i] + 1, sizeof **m->texts);
		m->n_texts[i] = 0;
	}
}

/* --------------------------------------------------------------------------------------------------- table */

static int compare_forms(const void *a, const void *b)
{
	const struct lg_spot_form *x = a, *y = b;
	if (x->key != y->key) return x->key < y->key ? -1 : 1;
	if (x->kind != y->kind) return x->kind - y->kind;
	if (x->item != y->item) return x->item < y->item ? -1 : 1;
	if (x->preferred != y->preferred) return x->preferred ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Every row that the form begins with, itself included. */
static void put_prefixes(struct making *m, const struct lg_spot_form *f)
{
	const uint16_t *letters = m->s->letters + f->at;
	uint64_t key = lg_spot_key(f->language);
	for (size_t i = 0, from = 0; i <= f->n; i++) {
		if (i < f->n && letters[i] != BLANK) continue;
		key = lg_spot_key_with(key, lg_stem(m->stemmers[f->language], letters + from, i - from));
		from = i + 1;
		size_t slot = slot_of(m->s, key);
		if (!m->s->keys[slot]) m->s->first[slot] = LG_SPOT_NO_FORM;
		m->s->keys[slot] = key;
	}
}

static void make_table(struct making *m)
{
	struct lg_spotter *s = m->s;
	size_t words = 0;
	if (s->n_forms) qsort(s->forms, s->n_forms, sizeof *s->forms, compare_forms);
	for (size_t i = 0; i < s->n_forms; i++) words += s->forms[i].words;
	for (s->room = 64; s->room < 2 * words;) s->room *= 2;
	s->keys = lg_array(m->cx->mem, s->room, sizeof *s->keys);
	s->first = lg_array(m->cx->mem, s->room, sizeof *s->first);
	for (size_t i = 0; i < s->n_forms; i++) put_prefixes(m, &s->forms[i]);
	for (size_t i = s->n_forms; i-- > 0;) s->first[slot_of(s, s->forms[i].key)] = (uint32_t)i;
}

/* ---------------------------------------------------------------------------------------------- weak labels */

enum { COMMON_LEAST = 30, COMMON_PER_LABELS = 300 };

static uint32_t number_key(uint64_t key) { return (uint32_t)key ? (uint32_t)key : 1; }

static void count_words(struct making *m, struct lg_numbers *numbers, uint32_t *counts, const struct lg_spot_form *f)
{
	const uint16_t *letters = m->s->letters + f->at;
	for (size_t i = 0, from = 0; i <= f->n; i++) {
		if (i < f->n && letters[i] != BLANK) continue;
		uint64_t key = lg_spot_key_with(lg_spot_key(f->language),
		                                lg_stem(m->stemmers[f->language], letters + from, i - from));
		from = i + 1;
		counts[lg_number_add(&m->temp, numbers, number_key(key))]++;
	}
}

/* A skill's only word that many longer labels have: "data" stands in hundreds of ESCO's. */
static void find_weak(struct making *m)
{
	struct lg_numbers numbers = { 0 };
	struct lg_spotter *s = m->s;
	size_t words = 0;
	for (size_t i = 0; i < s->n_forms; i++) words += s->forms[i].words;
	uint32_t *counts = lg_array(m->temp.mem, words + 1, sizeof *counts);
	for (size_t i = 0; i < s->n_forms; i++)
		if (s->forms[i].words > 1) count_words(m, &numbers, counts, &s->forms[i]);
	for (size_t i = 0; i < s->n_forms; i++) {
		struct lg_spot_form *f = &s->forms[i];
		if (f->words > 1 || f->kind != LG_SPOT_SKILL) continue;
		uint32_t number = lg_number_find(&numbers, number_key(f->key));
		size_t most = m->n_texts[f->language] / COMMON_PER_LABELS;
		f->weak = number != LG_NO_NUMBER && counts[number] > (most > COMMON_LEAST ? most : COMMON_LEAST);
		f->weak = f->weak || (f->aside && f->shape == LG_SHAPE_ALL && f->n <= LEAST_LETTERS);
	}
}

static void *kept(struct lg_ctx *cx, const void *what, size_t n, size_t size)
{
	void *out = lg_array(cx->mem, n + 1, size);
	if (n) memcpy(out, what, n * size);
	return out;
}

struct lg_spotter *lg_spotter_new(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	struct making m = { .cx = cx, .temp = { .mem = lg_arena_new(0, NULL) } };
	struct lg_spotter *s = m.s = lg_alloc(cx->mem, sizeof *s);
	s->t = t;
	lg_spot_context(cx, &s->context);
	make_languages(&m);
	for_items(&m, add_item);
	make_table(&m);
	find_weak(&m);
	s->forms = kept(cx, s->forms, s->n_forms, sizeof *s->forms);
	s->letters = kept(cx, s->letters, m.n_letters, sizeof *s->letters);
	for (size_t i = 0; i < s->n_languages; i++)
		if (m.texts[i]) lg_splitter_make(cx, &m.temp, &s->languages[i].splitter, m.texts[i], m.n_texts[i]);
	lg_arena_free(m.temp.mem);
	return s;
}
