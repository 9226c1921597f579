/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/load.h"

#include <string.h>

#include "cmd/confirmed.h"
#include "cmd/run.h"
#include "market/weights.h"
#include "market/words.h"

enum lg_err load_taxonomy(struct lg_ctx *cx, const char *path, struct load *out)
{
	struct input_file image;
	if (!path) return lg_taxonomy_builtin(cx, &out->taxonomy);
	if (!strcmp(path, "-")) return lg_fail(cx, RUN_USE, "--taxonomy", "must be a file, not standard input");
	LG_TRY(input_whole(cx, path, &image));
	if (!image.size) return lg_fail(cx, LG_INVALID, path, "is empty; make it with \"landgang taxonomy import\"");
	out->taxonomy_file = image.digest;
	enum lg_err err = lg_taxonomy_open(cx, &out->taxonomy, image.bytes, image.size);
	if (err != LG_INVALID) return err;
	return lg_failf(cx, err, path, "%s", cx->notes ? cx->notes->text : "is no taxonomy image");
}

static enum lg_err feed(void *intake, const char *bytes, size_t n) { return lg_intake_feed(intake, bytes, n); }

static enum lg_err read_side(struct lg_ctx *cx, struct lg_intake *in, enum lg_side side, const char *path,
                             struct input_digest *digest)
{
	lg_intake_file(in, side, strcmp(path, "-") ? path : "standard input");
	LG_TRY(input_read(cx, path, feed, in, digest));
	return lg_intake_file_end(in);
}

static enum lg_err need_both(struct lg_ctx *cx, const struct load_files *f)
{
	if (!f->candidates)
		return lg_fail(cx, RUN_USE, "--candidates", "is missing: name the file of people who seek work");
	if (!f->openings) return lg_fail(cx, RUN_USE, "--openings", "is missing: name the file of jobs and placements");
	if (!strcmp(f->candidates, "-") && !strcmp(f->openings, "-"))
		return lg_fail(cx, RUN_USE, "--openings",
		               "both sides cannot come from standard input; name a file for one");
	return LG_OK;
}

static enum lg_err read_weights(struct lg_ctx *cx, const char *path, struct load *out)
{
	struct input_file json;
	if (!path) return LG_OK;
	LG_TRY(input_whole(cx, path, &json));
	out->weights = json.digest;
	return lg_weights_read(cx, &out->setup, path, json.bytes, json.size);
}

static enum lg_err read_market(struct lg_ctx *cx, const struct load_files *files, struct load *out)
{
	struct lg_intake *in = lg_intake_new(cx, out->taxonomy);
	if (files->confirmed)
		LG_TRY(confirmed_load(cx, &out->choices, &out->confirmed, files->confirmed, out->taxonomy));
	lg_intake_words(in, lg_words_new(cx, out->taxonomy, &out->choices));
	LG_TRY(read_side(cx, in, LG_CANDIDATES, files->candidates, &out->candidates));
	LG_TRY(read_side(cx, in, LG_OPENINGS, files->openings, &out->openings));
	LG_TRY(lg_intake_end(in, &out->market));
	out->setup = lg_market_setup(out->market);
	return LG_OK;
}

static enum lg_err load_all(struct lg_ctx *cx, const struct load_files *files, struct load *out)
{
	LG_TRY(load_taxonomy(cx, files->taxonomy, out));
	LG_TRY(read_market(cx, files, out));
	LG_TRY(read_weights(cx, files->weights, out));
	const char *fault = lgm_setup_fault(&out->setup);
	return fault ? lg_fail(cx, LG_INVALID, files->weights ? files->weights : "weights", fault) : LG_OK;
}

enum lg_err load_market(struct lg_ctx *cx, const struct load_files *files, struct progress *p, struct load *out)
{
	*out = (struct load){ 0 };
	LG_TRY(need_both(cx, files));
	progress_begin(p, "read");
	LG_TRY(load_all(cx, files, out));
	(void)progress_end(p);
	return LG_OK;
}

enum lg_err load_engine_error(struct lg_ctx *cx, enum lgm_err err)
{
	switch (err) {
	case LGM_OK: return LG_OK;
	case LGM_NO_MEMORY: return lg_fail(cx, LG_FAULT, "", "out of memory; give it more, or split the market");
	case LGM_INVALID:
	case LGM_TAKEN:
	case LGM_UNKNOWN: break;
	}
	return lg_failf(cx, LG_FAULT, "engine", "%s; please report this", lgm_err_text(err));
}

struct explain_terms load_terms(const struct load *in)
{
	const struct lg_market *m = in->market;
	return (struct explain_terms){ in->taxonomy, &in->setup, m->languages, m->licences, m->n_openings };
}
