/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain_print.h"

#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/load.h"
#include "cmd/run.h"
#include "view/speech.h"

static const char *const languages[] = { "en", "da", "sv", "uk", NULL };

struct asked {
	struct load_files files;
	const char *candidate, *opening; /* no opening: what opens the most */
	unsigned language;               /* place in `languages` */
	bool json;
};

static const char about[] =
    "Say why a candidate and an opening suit each other, or what stands between them: the parts of the score, the\n"
    "skills with the points each gives or would give, every demand, and how to close the gap. Of a candidate alone:\n"
    "which single changes open the most.";

/* Two operands, or else one; what is wrong with both is what is wrong with two. */
static enum lg_err read_operands(struct lg_ctx *cx, struct options *o, int argc, char **argv, bool *help)
{
	o->operands = 2;
	enum lg_err err = options_read(cx, o, argc, argv, help);
	const struct lg_note *first = cx->notes;
	if (err == LG_OK) return err;
	o->operands = 1;
	if (options_read(cx, o, argc, argv, help) == LG_OK) {
		cx->notes = NULL;
		return LG_OK;
	}
	return first ? lg_fail(cx, err, first->field, first->text) : err;
}

static enum lg_err read_options(struct lg_ctx *cx, struct asked *a, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = {
		LOAD_OPTIONS(a->files),
		ROW_CHOICE("lang", &a->language, "LANG", "the language of the words: en, da, sv or uk (else en)",
		           languages),
		ROW_FLAG("json", &a->json, "as JSON, for programs"),
	};
	struct options o = {
		.command = "explain",
		.usage = "--candidates FILE --openings FILE [options] CANDIDATE [OPENING]",
		.about = about,
		.rows = rows,
		.n_rows = sizeof rows / sizeof *rows,
	};
	LG_TRY(read_operands(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	a->candidate = argv[(size_t)argc - o.operands];
	a->opening = o.operands == 2 ? argv[argc - 1] : NULL;
	return LG_OK;
}

static enum lg_err find(struct lg_ctx *cx, const struct lg_row *rows, size_t n, const char *id, const char *file,
                        size_t *out)
{
	size_t len = strlen(id);
	for (*out = 0; *out < n; ++*out)
		if (rows[*out].id_len == len && !memcmp(rows[*out].id, id, len)) return LG_OK;
	return lg_failf(cx, LG_UNKNOWN, file, "has no usable row with the id \"%s\"", id);
}

static enum lg_err find_both(struct lg_ctx *cx, struct explain *e, const struct lg_market *m, const struct asked *a)
{
	size_t c, o;
	LG_TRY(find(cx, m->candidate_rows, m->n_candidates, a->candidate, a->files.candidates, &c));
	e->c = &m->candidates[c];
	e->c_row = &m->candidate_rows[c];
	if (!a->opening) return LG_OK;
	LG_TRY(find(cx, m->opening_rows, m->n_openings, a->opening, a->files.openings, &o));
	e->o = &m->openings[o];
	e->o_row = &m->opening_rows[o];
	return LG_OK;
}

enum { SECONDS_OF_A_DAY = 86400 };

static enum lg_err weigh_changes(struct lg_ctx *cx, struct explain *e, const struct lg_market *m)
{
	struct lg_opens_market in = { .setup = e->in->setup,
		                      .openings = m->openings,
		                      .n_openings = m->n_openings,
		                      .today = (int32_t)(cx->now / SECONDS_OF_A_DAY) };
	struct lgm_index *index;
	LG_TRY(load_engine_error(cx, lgm_index_new(&index, in.setup, NULL, 0, m->openings, m->n_openings, NULL)));
	in.index = index;
	enum lg_err err = lg_opens(cx, &in, e->c, &e->opens);
	lgm_index_free(index);
	return err;
}

static void print(const struct explain *e)
{
	struct lg_buf out = { 0 };
	if (e->plain)
		(e->o ? explain_json : explain_opens_json)(&out, e);
	else
		(e->o ? explain_text : explain_opens_text)(&out, e);
	(void)fwrite(out.data, 1, out.len, stdout);
	lg_buf_free(&out);
}

static enum lg_err explain(struct lg_ctx *cx, int argc, char **argv)
{
	struct asked a = { 0 };
	struct load in;
	struct explain_terms terms;
	struct explain e = { .in = &terms };
	struct progress p = progress_new(true);
	bool help;
	LG_TRY(read_options(cx, &a, argc, argv, &help));
	if (help) return LG_OK;
	e.plain = a.json;
	LG_TRY(lg_speak(cx, languages[a.json ? 0 : a.language], NULL));
	LG_TRY(load_market(cx, &a.files, &p, &in));
	terms = load_terms(&in);
	LG_TRY(find_both(cx, &e, in.market, &a));
	if (e.o)
		explain_weigh(&e);
	else
		LG_TRY(weigh_changes(cx, &e, in.market));
	print(&e);
	return LG_OK;
}

int cmd_explain(int argc, char **argv)
{
	struct lg_ctx cx;
	run_begin(&cx);
	return run_end(&cx, "explain", explain(&cx, argc, argv));
}
