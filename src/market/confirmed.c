/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/confirmed.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/rows.h"
#include "market/vec.h"

struct reading {
	struct lg_ctx *cx;
	struct lg_link_label *choices[2]; /* malloc'ed, by enum lg_link_of */
	size_t n[2], caps[2];
	const char *name;
	const struct lg_taxonomy *taxonomy;
	enum lg_err err; /* of a row */
};

/* What a code is of the one kind, or LG_LINK_NONE. */
static uint32_t item_of(const struct lg_taxonomy *t, enum lg_link_of of, const char *code, size_t n)
{
	uint16_t item = of == LG_LINK_SKILLS ? lg_taxonomy_skill(t, code, n) : lg_taxonomy_concept(t, code, n);
	return item == (of == LG_LINK_SKILLS ? LG_NO_SKILL : LG_NO_CONCEPT) ? LG_LINK_NONE : item;
}

/* One choice, as it is read. */
struct choice {
	const char *language, *words, *code;
	size_t words_n, code_n;
	bool kinds[2]; /* what the code may be of */
};

static void keep(struct reading *r, enum lg_link_of of, const struct choice *c, uint32_t item)
{
	r->choices[of] = vec_room(r->choices[of], r->n[of], &r->caps[of], sizeof *r->choices[of]);
	struct lg_link_label *to = &r->choices[of][r->n[of]++];
	*to = (struct lg_link_label){ .text = lg_strndup(r->cx->mem, c->words, c->words_n), .concept = item };
	memcpy(to->language, c->language, strlen(c->language));
}

/* What is wrong with a choice, or NULL. */
static const char *take(struct reading *r, const struct choice *c)
{
	bool found = false;
	if (strlen(c->language) < 2 || strlen(c->language) > 3) return "has no language such as da, or any";
	if (!c->words_n) return "has no words";
	for (unsigned of = 0; of < 2; of++) {
		uint32_t item =
		    c->kinds[of] ? item_of(r->taxonomy, (enum lg_link_of)of, c->code, c->code_n) : LG_LINK_NONE;
		if (item == LG_LINK_NONE) continue;
		keep(r, (enum lg_link_of)of, c, item);
		found = true;
	}
	return found ? NULL : "names nothing that the taxonomy knows";
}

static enum lg_err fault(struct reading *r, uint64_t line, const char *what)
{
	return lg_failf(r->cx, LG_INVALID, r->name, "line %llu %s", (unsigned long long)line, what);
}

/* --------------------------------------------------------------------------------------- parted by tabs */

/* The next field of a line that is parted by tabs; NULL: there is none. */
static const char *field(char **line)
{
	char *out = *line;
	if (!out) return NULL;
	char *tab = strchr(out, '\t');
	if (tab) *tab++ = '\0';
	*line = tab;
	return out;
}

static const char *take_line(struct reading *r, char *line)
{
	struct choice c = { .kinds = { true, true } };
	c.language = field(&line);
	c.words = field(&line);
	c.code = field(&line);
	if (!c.code) return "is not LANGUAGE, LABEL and CODE, parted by tabs";
	c.words_n = strlen(c.words);
	c.code_n = strlen(c.code);
	return take(r, &c);
}

static enum lg_err read_lines(struct reading *r, char *text)
{
	uint64_t number = 0;
	for (char *line = text, *next; line; line = next) {
		if ((next = strchr(line, '\n'))) *next++ = '\0';
		line[strcspn(line, "\r")] = '\0';
		number++;
		const char *wrong = *line && *line != '#' ? take_line(r, line) : NULL;
		if (wrong) return fault(r, number, wrong);
	}
	return LG_OK;
}

/* ------------------------------------------------------------------------------------------- with columns */

enum { WORDS, LANGUAGE, KIND, CONCEPT, FIELDS };
static const char *const columns[FIELDS] = { "words", "language", "kind", "concept" };

static enum lg_err on_header(void *self, uint64_t known)
{
	const struct reading *r = self;
	if (known >> WORDS & known >> CONCEPT & 1) return LG_OK;
	return lg_fail(
	    r->cx, LG_INVALID, r->name,
	    "has neither the columns words and concept, nor rows of language, words and code with tabs between");
}

static void on_unknown(void *self, const char *name, uint64_t line) { (void)self, (void)name, (void)line; }

static bool is(const struct lg_cell *c, const char *word)
{
	return strlen(word) == c->n && !strncasecmp(word, c->text, c->n);
}

/* "lg:nurse nurse": the code of a suggestion that was copied whole. */
static size_t code_length(const struct lg_cell *c)
{
	const char *blank = memchr(c->text, ' ', c->n);
	return blank ? (size_t)(blank - c->text) : c->n;
}

static const char *take_cells(struct reading *r, const struct lg_cell *cells)
{
	const struct lg_cell *kind = &cells[KIND];
	struct choice c = { .language = cells[LANGUAGE].n ? cells[LANGUAGE].text : "any",
		            .words = cells[WORDS].text,
		            .words_n = cells[WORDS].n,
		            .code = cells[CONCEPT].text,
		            .code_n = code_length(&cells[CONCEPT]) };
	c.kinds[LG_LINK_CONCEPTS] = !kind->n || is(kind, "occupation");
	c.kinds[LG_LINK_SKILLS] = !kind->n || is(kind, "skill");
	if (!c.kinds[0] && !c.kinds[1]) return "is of another kind than occupation or skill";
	return take(r, &c);
}

static void on_record(void *self, const struct lg_record *record)
{
	struct reading *r = self;
	if (r->err != LG_OK) return;
	if (record->fault) {
		r->err = lg_failf(r->cx, LG_INVALID, r->name, "line %llu: %s", (unsigned long long)record->line,
		                  record->fault);
		return;
	}
	const struct lg_cell *cells = record->cells;
	if (!cells[CONCEPT].n || (is(&cells[WORDS], "words") && is(&cells[CONCEPT], "concept"))) return;
	const char *wrong = take_cells(r, cells);
	if (wrong) r->err = fault(r, record->line, wrong);
}

static enum lg_err read_records(struct reading *r, const char *bytes, size_t n)
{
	const struct lg_sink sink = { r, columns, FIELDS, on_header, on_unknown, on_record };
	struct lg_rows *rows = lg_rows_new(r->cx, r->name, &sink);
	LG_TRY(lg_rows_feed(rows, bytes, n));
	LG_TRY(lg_rows_end(rows));
	return r->err;
}

/* ---------------------------------------------------------------------------------------------- which form */

/* Does the first line that says something hold a tab (or is there none)? */
static bool has_tabs(const char *bytes, size_t n)
{
	const char *at = bytes, *end = bytes + n;
	while (at < end && (*at == '\n' || *at == '\r' || *at == '#')) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		at = stop ? stop + 1 : end;
	}
	const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
	if (at < end) return memchr(at, '\t', (size_t)((stop ? stop : end) - at));
	return true;
}

static enum lg_err read_all(struct reading *r, const char *bytes, size_t n)
{
	if (n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) bytes += 3, n -= 3;
	if (!has_tabs(bytes, n)) return read_records(r, bytes, n);
	if (lg_utf8_span(bytes, n) != n) return lg_fail(r->cx, LG_INVALID, r->name, "is not UTF-8");
	return read_lines(r, lg_strndup(r->cx->mem, bytes, n));
}

enum lg_err lg_confirmed_read(struct lg_ctx *cx, struct lg_confirmed *out, const char *name, const char *bytes,
                              size_t n, const struct lg_taxonomy *taxonomy)
{
	struct reading r = { .cx = cx, .name = name, .taxonomy = taxonomy };
	enum lg_err err = read_all(&r, bytes, n);
	*out = (struct lg_confirmed){ 0 };
	for (unsigned of = 0; of < 2; of++) {
		out->choices[of] = lg_array(cx->mem, r.n[of] + 1, sizeof *out->choices[of]);
		if (r.n[of]) memcpy(out->choices[of], r.choices[of], r.n[of] * sizeof *out->choices[of]);
		out->n[of] = r.n[of];
		free(r.choices[of]);
	}
	return err;
}
