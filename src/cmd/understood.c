/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/understood.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/confirmed.h"
#include "cmd/run.h"
#include "cmd/words.h"

static bool is_same_file(const char *a, const char *b)
{
	char *x = realpath(a, NULL), *y = realpath(b, NULL);
	bool same = x && y && !strcmp(x, y);
	free(x);
	free(y);
	return same;
}

/* The name in the folder that a path has as its last part. */
static const char *in_folder(struct lg_ctx *cx, const char *folder, const char *path)
{
	const char *slash = strrchr(path, '/');
	return lg_printf(cx->mem, "%s/%s", folder, slash ? slash + 1 : path);
}

static enum lg_err keep_answers(struct lg_ctx *cx, const char *path, const struct load *in)
{
	struct lg_confirmed answers;
	struct input_digest digest;
	struct lg_note *notes = cx->notes;
	if (access(path, F_OK)) return LG_OK;
	enum lg_err err = confirmed_load(cx, &answers, &digest, path, in->taxonomy);
	if (err != LG_OK && err != LG_INVALID) return err;
	cx->notes = notes;
	if (err == LG_OK && !answers.n[0] && !answers.n[1]) return LG_OK;
	if (in->confirmed.path && !strcmp(in->confirmed.sha256, digest.sha256)) return LG_OK;
	return lg_fail(cx, RUN_USE, path,
	               "holds answers that would be lost: copy it, and give the copy with --confirmed");
}

enum lg_err understood_guard(struct lg_ctx *cx, const char *out, const struct load *in)
{
	const char *confirmed = in->confirmed.path;
	if (confirmed && is_same_file(confirmed, in_folder(cx, out, confirmed)))
		return lg_fail(cx, RUN_USE, "--confirmed",
		               "lies in the result that is to be replaced: copy it elsewhere, and give the copy");
	return keep_answers(cx, lg_printf(cx->mem, "%s/asked.csv", out), in);
}

static enum lg_err write_understood(struct output *o, const struct lg_market *market)
{
	struct output_file *f;
	LG_TRY(output_open(o, &f, "understood.csv"));
	lg_understood_csv_header(&f->buf);
	for (size_t i = 0; i < market->n_understood; i++) {
		lg_understood_csv(&f->buf, &market->understood[i]);
		LG_TRY(output_more(o, f));
	}
	return output_close(o, f);
}

static enum lg_err write_asked(struct output *o, const struct lg_market *market)
{
	struct output_file *f;
	LG_TRY(output_open(o, &f, "asked.csv"));
	lg_asked_csv_header(&f->buf);
	for (size_t i = 0; i < market->n_asked; i++) {
		lg_asked_csv(&f->buf, &market->asked[i]);
		LG_TRY(output_more(o, f));
	}
	return output_close(o, f);
}

enum lg_err understood_write(struct output *o, const struct lg_market *market)
{
	LG_TRY(write_understood(o, market));
	return write_asked(o, market);
}

void understood_print(const struct lg_market *market)
{
	char a[32];
	uint64_t known = market->n_understood, asked = market->n_asked;
	if (known)
		(void)printf(
		    "%s %s understood (understood.csv says as what).\n", words_count(a, known),
		    words_one(known, "occupation or skill in words was", "occupations and skills in words were"));
	if (asked)
		(void)printf("%s %s not clear, and the rows with %s not used: copy asked.csv, answer in it, and give "
		             "it with --confirmed.\n",
		             words_count(a, asked), words_one(asked, "is", "are"), words_one(asked, "it", "them"));
}
