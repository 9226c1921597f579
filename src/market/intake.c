/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "market/inner.h"
#include "market/vec.h"

enum { VALUE_MAX = 200, UNKNOWN_MAX = 100 };

const char *const column_names[COLUMNS + 1] = {
#define BOTH(name) #name,
#define CANDIDATE(name) #name,
#define OPENING(name) #name,
#include "market/columns.def"
#undef BOTH
#undef CANDIDATE
#undef OPENING
	"",
};

/* Columns that mean something on one side only. */
static const uint64_t only[2] = { [LG_CANDIDATES] = 0
#define BOTH(name)
#define CANDIDATE(name) | UINT64_C(1) << AT_##name
#define OPENING(name)
#include "market/columns.def"
#undef CANDIDATE
#undef OPENING
	                          ,
	                          [LG_OPENINGS] = 0
#define CANDIDATE(name)
#define OPENING(name) | UINT64_C(1) << AT_##name
#include "market/columns.def"
#undef BOTH
#undef CANDIDATE
#undef OPENING
};

static enum lg_side other(enum lg_side side) { return side == LG_CANDIDATES ? LG_OPENINGS : LG_CANDIDATES; }

static void close_intake(void *thing)
{
	struct lg_intake *in = thing;
	struct lg_market *m = in->market;
	free(m->candidates);
	free(m->openings);
	free(m->candidate_rows);
	free(m->opening_rows);
	free(m->rejections);
	free(m->warnings);
	free(in->candidate_files);
	free(in->opening_files);
	free(in->rejection_files);
	free(in->warning_keys);
	free(in->file_names);
	free(in->uses);
	free(in->languages_named);
}

struct lg_intake *lg_intake_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy)
{
	struct lg_intake *in = lg_alloc(cx->mem, sizeof *in);
	in->cx = cx;
	in->taxonomy = taxonomy;
	in->market = lg_alloc(cx->mem, sizeof *in->market);
	in->market->taxonomy = taxonomy;
	lg_defer(cx->mem, close_intake, in);
	texts_init(&in->texts, cx->mem);
	texts_init(&in->languages, cx->mem);
	texts_init(&in->licences, cx->mem);
	texts_init(&in->language_names, cx->mem);
	texts_init(&in->met, cx->mem);
	return in;
}

void lg_intake_words(struct lg_intake *in, struct lg_words *words)
{
	lg_assert(!in->words);
	in->words = words;
}

/* ------------------------------------------------------------------------------- rejections and warnings */

const char *tidy(struct lg_arena *mem, const char *s, size_t n, size_t most)
{
	char *out = lg_alloc(mem, (n < most ? n : most) + 4);
	size_t len = 0;
	while (n) {
		size_t good = lg_utf8_span(s, n < 4 ? n : 4), step = 1; /* one character at a time */
		if (good)
			while (step < good && ((unsigned char)s[step] & 0xC0) == 0x80) step++;
		if (len + step > most) break;
		if (good)
			memcpy(out + len, s, step);
		else
			out[len] = '?';
		len += step;
		s += step;
		n -= step;
	}
	return out;
}

void refuse_at(struct lg_intake *in, uint32_t file_no, const char *file, uint64_t line, enum column column,
               struct lg_cell value, const char *advice)
{
	struct lg_market *m = in->market;
	size_t n = m->n_rejections;
	m->rejections = vec_room(m->rejections, n, &in->rejections_cap, sizeof *m->rejections);
	in->rejection_files = vec_room(in->rejection_files, n, &in->rejection_files_cap, sizeof *in->rejection_files);
	m->rejections[n] = (struct lg_rejection){ .file = file,
		                                  .line = line,
		                                  .column = column_names[column],
		                                  .value = tidy(in->cx->mem, value.text, value.n, VALUE_MAX),
		                                  .advice = advice };
	in->rejection_files[n] = file_no;
	m->n_rejections++;
}

bool refuse(struct lg_intake *in, enum column column, struct lg_cell value, const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	size_t len = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	while (len && text[len - 1] == ' ') len--;
	refuse_at(in, in->file_no, in->file, in->record->line, column, value, texts_keep(&in->texts, text, len));
	return false;
}

void warn(struct lg_intake *in, uint64_t line, const char *text)
{
	struct lg_market *m = in->market;
	for (size_t i = m->n_warnings; i-- && in->warning_keys[i].file_no == in->file_no;)
		if (in->warning_keys[i].text == text || !strcmp(in->warning_keys[i].text, text)) {
			m->warnings[i].count++;
			return;
		}
	size_t n = m->n_warnings++;
	m->warnings = vec_room(m->warnings, n, &in->warnings_cap, sizeof *m->warnings);
	in->warning_keys = vec_room(in->warning_keys, n, &in->warning_keys_cap, sizeof *in->warning_keys);
	const char *kept = texts_keep(&in->texts, text, strlen(text));
	in->warning_keys[n] = (struct warning_key){ kept, in->file_no };
	m->warnings[n] = (struct lg_warning){ in->file, kept, 1, line };
}

static void ignored(struct lg_intake *in, const char *name, uint64_t line)
{
	char text[400];
	const char *short_name = tidy(in->cx->mem, name, strlen(name), 60);
	(void)snprintf(text, sizeof text, "Column \"%s\" is not used.", short_name);
	size_t before = in->market->n_warnings;
	warn(in, line, in->file_unknown < UNKNOWN_MAX ? text : "More columns are not used.");
	in->file_unknown += in->market->n_warnings - before;
}

/* ------------------------------------------------------------------------------------------ what rows give */

static enum lg_err on_header(void *self, uint64_t known)
{
	struct lg_intake *in = self;
	in->known = known;
	if (known & only[other(in->side)] && !(known & only[in->side]))
		return lg_failf(
		    in->cx, LG_INVALID, in->file,
		    "This looks like a file of %s (it has their columns), given as one of %s. Are the two files "
		    "swapped?",
		    in->side == LG_CANDIDATES ? "openings" : "candidates",
		    in->side == LG_CANDIDATES ? "candidates" : "openings");
	if (!(known & UINT64_C(1) << AT_id))
		return lg_fail(in->cx, LG_INVALID, in->file, "There is no column id. Give each row an id of its own.");
	return LG_OK;
}

static void on_unknown(void *self, const char *name, uint64_t line) { ignored(self, name, line); }

/* Columns of the other side: named, not used. @return whether the row has any text */
static bool look_over(struct lg_intake *in, const struct lg_record *r)
{
	bool any = false;
	for (unsigned i = 0; i < COLUMNS; i++) {
		if (!r->cells[i].n) continue;
		any = true;
		if (only[other(in->side)] >> i & 1) ignored(in, column_names[i], r->line);
	}
	return any;
}

static void take_candidate(struct lg_intake *in, const struct lgm_candidate *c, const struct lg_row *row)
{
	struct lg_market *m = in->market;
	size_t n = m->n_candidates++;
	m->candidates = vec_room(m->candidates, n, &in->candidates_cap, sizeof *m->candidates);
	m->candidate_rows = vec_room(m->candidate_rows, n, &in->candidate_rows_cap, sizeof *m->candidate_rows);
	in->candidate_files = vec_room(in->candidate_files, n, &in->candidate_files_cap, sizeof *in->candidate_files);
	m->candidates[n] = *c;
	m->candidate_rows[n] = *row;
	in->candidate_files[n] = in->file_no;
}

static void take_opening(struct lg_intake *in, const struct lgm_opening *o, const struct lg_row *row)
{
	struct lg_market *m = in->market;
	size_t n = m->n_openings++;
	m->openings = vec_room(m->openings, n, &in->openings_cap, sizeof *m->openings);
	m->opening_rows = vec_room(m->opening_rows, n, &in->opening_rows_cap, sizeof *m->opening_rows);
	in->opening_files = vec_room(in->opening_files, n, &in->opening_files_cap, sizeof *in->opening_files);
	m->openings[n] = *o;
	m->opening_rows[n] = *row;
	in->opening_files[n] = in->file_no;
}

static void take_row(struct lg_intake *in)
{
	struct lg_row row = { .line = (uint32_t)in->record->line };
	struct lgm_candidate candidate;
	struct lgm_opening opening;
	in->row_language[0] = '\0';
	in->doubt.is = false;
	bool taken =
	    in->side == LG_CANDIDATES ? read_candidate(in, &candidate, &row) : read_opening(in, &opening, &row);
	if (!taken || !end_words(in)) return;
	row.id = lg_strndup(in->cx->mem, row.id, row.id_len);
	if (in->side == LG_CANDIDATES)
		take_candidate(in, &candidate, &row);
	else
		take_opening(in, &opening, &row);
}

static enum column column_of(const char *name)
{
	for (unsigned i = 0; i < COLUMNS; i++)
		if (!strcasecmp(column_names[i], name)) return (enum column)i;
	return NO_COLUMN;
}

static void on_record(void *self, const struct lg_record *r)
{
	struct lg_intake *in = self;
	in->record = r;
	if (r->fault)
		(void)refuse(in, column_of(r->column), r->value, "%s", r->fault);
	else if (look_over(in, r))
		take_row(in);
	else
		warn(in, r->line, "Rows without any text were passed over.");
	in->record = NULL;
}

/* ------------------------------------------------------------------------------------------------- files */

void lg_intake_file(struct lg_intake *in, enum lg_side side, const char *name)
{
	lg_assert(!in->rows);
	in->side = side;
	in->file = lg_strdup(in->cx->mem, name);
	in->file_names = vec_room(in->file_names, in->file_no, &in->file_names_cap, sizeof *in->file_names);
	in->file_names[in->file_no++] = in->file;
	in->file_unknown = 0;
	in->sink = (struct lg_sink){ .self = in,
		                     .columns = column_names,
		                     .n_columns = COLUMNS,
		                     .header = on_header,
		                     .unknown = on_unknown,
		                     .record = on_record };
	in->rows = lg_rows_new(in->cx, in->file, &in->sink);
}

enum lg_err lg_intake_feed(struct lg_intake *in, const char *bytes, size_t n)
{
	lg_assert(in->rows);
	LG_TRY(lg_rows_feed(in->rows, bytes, n));
	return in->failed;
}

enum lg_err lg_intake_file_end(struct lg_intake *in)
{
	lg_assert(in->rows);
	enum lg_err err = lg_rows_end(in->rows);
	in->rows = NULL;
	return err == LG_OK ? in->failed : err;
}

enum lg_err lg_intake_end(struct lg_intake *in, struct lg_market **out)
{
	lg_assert(!in->rows);
	finish(in);
	*out = in->market;
	return LG_OK;
}

struct lgm_setup lg_market_setup(const struct lg_market *m)
{
	struct lgm_setup setup = lgm_setup_default();
	setup.concepts = lg_taxonomy_concepts(m->taxonomy);
	setup.skills = lg_taxonomy_skills(m->taxonomy);
	setup.languages = m->n_languages;
	setup.licences = m->n_licences;
	setup.parent = lg_taxonomy_parents(m->taxonomy);
	setup.closeness = lg_taxonomy_closeness(m->taxonomy);
	return setup;
}
