/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/inner.h"
#include "market/language.h"
#include "market/vec.h"

/* ---------------------------------------------------------------------------------------------- languages */

const char *language_named(struct lg_intake *in, struct lg_cell name)
{
	size_t known = in->language_names.n;
	uint32_t number = texts_number(&in->language_names, name.text, name.n);
	if (number == known) {
		in->languages_named =
		    vec_room(in->languages_named, known, &in->languages_named_cap, sizeof *in->languages_named);
		in->languages_named[known] = lg_language_named(name.text, name.n);
	}
	return in->languages_named[number];
}

/* The language that the row's words are in, into in->row_language. */
static bool read_row_language(struct lg_intake *in)
{
	struct lg_cell c = cell(in, AT_language);
	const char *advice, *named = "any";
	if (in->row_language[0]) return true;
	if (c.n && lg_language_code(in->row_language, c.text, c.n, &advice)) return true;
	if (c.n && !is_word(c, "any")) named = language_named(in, c);
	if (!named)
		return refuse(in, AT_language, c,
		              "Write the language that this row's words are in, such as da, sv, uk or en; empty: any. "
		              "What is spoken goes into languages.");
	memcpy(in->row_language, named, strlen(named) + 1);
	return true;
}

/* --------------------------------------------------------------------------------------------- one item */

/* The spelling that is first by its bytes is shown, so that the order of lines is of no account. */
static bool is_shown_before(struct lg_cell words, const char *kept)
{
	size_t n = strlen(kept), least = words.n < n ? words.n : n;
	int order = memcmp(words.text, kept, least);
	return order ? order < 0 : words.n < n;
}

static struct use *use_of(struct lg_intake *in, uint32_t number)
{
	char hex[9];
	(void)snprintf(hex, sizeof hex, "%08x", number);
	uint32_t at = texts_number(&in->met, hex, sizeof hex - 1);
	if (at == in->n_uses) {
		in->uses = vec_room(in->uses, in->n_uses, &in->uses_cap, sizeof *in->uses);
		in->uses[in->n_uses++] = (struct use){ .number = number };
	}
	return &in->uses[at];
}

static void count(struct lg_intake *in, uint32_t number, enum column column, struct lg_cell words)
{
	struct use *u = use_of(in, number);
	if (!u->times++) {
		u->language = texts_keep(&in->texts, in->row_language, strlen(in->row_language));
		u->file = in->file;
		u->line = in->record->line;
		u->column = column;
	}
	if (!u->words || is_shown_before(words, u->words)) u->words = texts_keep(&in->texts, words.text, words.n);
}

enum found read_words(struct lg_intake *in, enum column column, struct lg_cell item, struct lg_cell words,
                      enum lg_link_of of, uint16_t *out)
{
	uint32_t number;
	if (in->failed != LG_OK || !read_row_language(in)) return REFUSED;
	if (!in->words) in->words = lg_words_new(in->cx, in->taxonomy, NULL);
	in->failed = lg_words_find(in->words, &number, of, in->row_language, words.text, words.n);
	if (in->failed != LG_OK) return REFUSED;
	count(in, number, column, words);
	const struct lg_meaning *m = lg_words_meaning(in->words, number);
	*out = m->item;
	if (m->how != LG_WORDS_ASKED) return FOUND;
	if (in->doubt.is) return NOT_CLEAR;
	in->doubt.is = true;
	in->doubt.column = column;
	in->doubt.item = item;
	in->doubt.number = number;
	return NOT_CLEAR;
}

/* --------------------------------------------------------------------------------------------- suggestions */

static const char *code_of(const struct lg_taxonomy *t, enum lg_link_of of, uint16_t item, char uri[80])
{
	return of == LG_LINK_SKILLS ? lg_taxonomy_skill_uri(t, item, uri) : lg_taxonomy_code(t, item);
}

static const char *label_of(const struct lg_taxonomy *t, enum lg_link_of of, uint16_t item, const char *language)
{
	return of == LG_LINK_SKILLS ? lg_taxonomy_skill_label(t, item, language) : lg_taxonomy_label(t, item, language);
}

/* "lg:nurse nurse" */
static const char *suggestion(struct lg_intake *in, const struct lg_meaning *m, size_t i)
{
	char uri[80];
	if (i >= m->n_suggestions) return "";
	return lg_printf(in->cx->mem, "%s %s", code_of(in->taxonomy, m->of, m->suggestions[i], uri),
	                 label_of(in->taxonomy, m->of, m->suggestions[i], m->language));
}

static const char *advice(struct lg_intake *in, const struct lg_meaning *m)
{
	struct lg_buf b = { 0 };
	char uri[80];
	lg_puts(&b, m->n_suggestions ? "It is not clear what these words mean. Is it "
	                             : "Nothing known is like these words. ");
	for (size_t i = 0; i < m->n_suggestions; i++)
		lg_putf(&b, "%s%s (%s)%s", i ? i + 1 == m->n_suggestions ? " or " : ", " : "",
		        label_of(in->taxonomy, m->of, m->suggestions[i], m->language),
		        code_of(in->taxonomy, m->of, m->suggestions[i], uri), i + 1 == m->n_suggestions ? "? " : "");
	lg_puts(&b, "Write the code instead, or answer in asked.csv and give that with --confirmed.");
	const char *kept = texts_keep(&in->texts, b.data, b.len);
	lg_buf_free(&b);
	return kept;
}

bool end_words(struct lg_intake *in)
{
	if (!in->doubt.is) return true;
	refuse_at(in, in->file_no, in->file, in->record->line, in->doubt.column, in->doubt.item,
	          advice(in, lg_words_meaning(in->words, in->doubt.number)));
	return false;
}

/* --------------------------------------------------------------------------------------------- for people */

static void list_understood(struct lg_intake *in, const struct use *u, const struct lg_meaning *m)
{
	static const char *const how[] = {
		[LG_WORDS_CONFIRMED] = "confirmed", [LG_WORDS_LABEL] = "label", [LG_WORDS_CLOSE] = "close"
	};
	char uri[80];
	in->market->understood[in->market->n_understood++] = (struct lg_understood){
		.words = u->words,
		.language = u->language,
		.code = lg_strdup(in->cx->mem, code_of(in->taxonomy, m->of, m->item, uri)),
		.label = label_of(in->taxonomy, m->of, m->item, m->language),
		.how = how[m->how],
		.confidence = m->confidence,
		.skill = m->of == LG_LINK_SKILLS,
		.times = u->times,
		.file = u->file,
		.column = column_names[u->column],
		.line = u->line,
	};
}

static void list_asked(struct lg_intake *in, const struct use *u, const struct lg_meaning *m)
{
	struct lg_asked *a = &in->market->asked[in->market->n_asked++];
	*a = (struct lg_asked){
		.words = u->words,
		.language = u->language,
		.skill = m->of == LG_LINK_SKILLS,
		.times = u->times,
		.file = u->file,
		.column = column_names[u->column],
		.line = u->line,
	};
	for (size_t i = 0; i < LG_SUGGESTIONS; i++) a->suggestions[i] = suggestion(in, m, i);
}

static int in_order(const char *const a[2], const char *const b[2], bool a_skill, bool b_skill)
{
	int order = strcmp(a[0], b[0]);
	if (!order) order = strcmp(a[1], b[1]);
	return order ? order : a_skill - b_skill;
}

static int by_words(const void *a, const void *b)
{
	const struct lg_understood *x = a, *y = b;
	return in_order((const char *[]){ x->words, x->language }, (const char *[]){ y->words, y->language }, x->skill,
	                y->skill);
}

static int by_asked(const void *a, const void *b)
{
	const struct lg_asked *x = a, *y = b;
	return in_order((const char *[]){ x->words, x->language }, (const char *[]){ y->words, y->language }, x->skill,
	                y->skill);
}

void list_words(struct lg_intake *in)
{
	struct lg_market *m = in->market;
	m->understood = lg_array(in->cx->mem, in->n_uses + 1, sizeof *m->understood);
	m->asked = lg_array(in->cx->mem, in->n_uses + 1, sizeof *m->asked);
	for (size_t i = 0; i < in->n_uses; i++) {
		const struct lg_meaning *meaning = lg_words_meaning(in->words, in->uses[i].number);
		(meaning->how == LG_WORDS_ASKED ? list_asked : list_understood)(in, &in->uses[i], meaning);
	}
	qsort(m->understood, m->n_understood, sizeof *m->understood, by_words);
	qsort(m->asked, m->n_asked, sizeof *m->asked, by_asked);
}
