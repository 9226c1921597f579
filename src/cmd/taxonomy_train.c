/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/taxonomy_train.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/load.h"
#include "cmd/replace.h"
#include "cmd/run.h"
#include "formats/esco.h"
#include "taxonomy/embed_train.h"

enum { LABELS_MAX = 100, STEPS = 2500, STEPS_MAX = 1000000 };

static void hash_of(char out[65], const void *bytes, size_t size)
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	size_t skip = lg_embedding_unhashed();
	(void)crypto_hash_sha256(sum, (const unsigned char *)bytes + skip, size - skip);
	input_hex(out, sum);
}

enum lg_err train_load(struct lg_ctx *cx, const char *path, const struct lg_embedding **out)
{
	struct input_file in;
	char hash[65];
	LG_TRY(input_whole(cx, path, &in));
	if (lg_embedding_open(cx, out, in.bytes, in.size) != LG_OK)
		return lg_fail(cx, LG_INVALID, path, cx->notes->text);
	hash_of(hash, in.bytes, in.size);
	if (strcmp(hash, lg_embedding_hash(*out)) != 0)
		return lg_fail(cx, LG_INVALID, path, "was changed since it was made; train it again");
	return LG_OK;
}

/* -------------------------------------------------------------------------------------------------- labels */

struct training {
	const char *taxonomy, *out;
	uint64_t steps, seed, dimensions;
	bool quiet;
	const char *labels[LABELS_MAX]; /* LANG=TSV */
	size_t n_labels;
};

/* Labels besides those of the taxonomy. Those of things it does not know are passed over. */
static enum lg_err read_labels(struct lg_ctx *cx, const char *text, const struct lg_taxonomy *t,
                               struct lg_embed_training *in)
{
	struct lg_esco e = { 0 };
	struct input_file file;
	const char *equals = strchr(text, '=');
	if (!equals || equals - text < 2 || equals - text > 3)
		return lg_failf(cx, RUN_USE, "--labels", "\"%s\" is not of the form LANG=FILE, such as da=labels.tsv",
		                text);
	const char *language = lg_strndup(cx->mem, text, (size_t)(equals - text));
	LG_TRY(input_whole(cx, equals + 1, &file));
	LG_TRY(lg_esco_labels(cx, &e, equals + 1, language, file.bytes, file.size));
	struct lg_link_label *all = lg_array(cx->mem, in->n_more + e.n_labels + 1, sizeof *all);
	if (in->n_more) memcpy(all, in->more, in->n_more * sizeof *all);
	for (size_t i = 0; i < e.n_labels; i++) {
		const struct lg_esco_label *l = &e.labels[i];
		uint16_t concept = lg_taxonomy_concept(t, l->uri, strlen(l->uri));
		if (concept == LG_NO_CONCEPT) continue;
		all[in->n_more] = (struct lg_link_label){ .text = l->text, .concept = concept };
		memcpy(all[in->n_more++].language, l->language, sizeof l->language);
	}
	in->more = all;
	return LG_OK;
}

/* ------------------------------------------------------------------------------------------------ training */

static enum lg_err train(struct lg_ctx *cx, const struct training *w, const struct lg_embed_training *in)
{
	struct progress p = progress_new(w->quiet);
	struct lg_embed_trainer *t;
	char hash[65];
	double loss = 0;
	progress_begin(&p, "read");
	LG_TRY(lg_embed_trainer_new(cx, &t, in));
	(void)progress_end(&p);
	struct lg_embed_size size = lg_embed_size(t);
	progress_begin(&p, "train");
	for (uint64_t i = 0; i < in->steps; i++) {
		LG_TRY(run_go_on(cx));
		double now = lg_embed_step(t);
		loss = i ? 0.98 * loss + 0.02 * now : now;
		progress_at(&p, i + 1, in->steps);
	}
	(void)progress_end(&p);
	struct lg_embed_bytes all = lg_embed_finish(cx, t);
	hash_of(hash, all.bytes, all.size);
	lg_embedding_seal(all.bytes, hash);
	LG_TRY(replace_file(cx, w->out, all.bytes, all.size));
	if (w->quiet) return LG_OK;
	(void)fprintf(stderr, "%s: %zu bytes, %u features of %u labels and %u skills, loss %.3f\n", w->out, all.size,
	              size.features, size.labels, size.skills, loss);
	(void)fprintf(stderr, "  an image has no descriptions, so they taught nothing\n  sha256 %s\n", hash);
	return LG_OK;
}

static enum lg_err take_labels(struct lg_ctx *cx, struct training *w, int *argc, char **argv)
{
	int kept = 0;
	for (int i = 0; i < *argc; i++) {
		bool joined = !strncmp(argv[i], "--labels=", 9), parted = !strcmp(argv[i], "--labels");
		if (!joined && !parted) {
			argv[kept++] = argv[i];
			continue;
		}
		if (parted && i + 1 == *argc) return lg_fail(cx, RUN_USE, "--labels", "needs a value");
		if (w->n_labels == LABELS_MAX) return lg_fail(cx, RUN_USE, "--labels", "too many files");
		w->labels[w->n_labels++] = joined ? argv[i] + 9 : argv[++i];
	}
	*argc = kept;
	argv[kept] = NULL;
	return LG_OK;
}

enum lg_err taxonomy_train(struct lg_ctx *cx, int argc, char **argv)
{
	struct training w = { .steps = STEPS, .seed = 1, .dimensions = 128 };
	struct load load = { 0 };
	bool helped;
	const struct option_row rows[] = {
		ROW_TEXT("taxonomy", &w.taxonomy, "FILE", "image whose labels teach (else the built-in vocabulary)"),
		ROW_TEXT("labels", &w.out, "LANG=TSV", "more labels in a language; may be given again"),
		ROW_NUMBER("steps", &w.steps, "N", "how long (2500: two minutes for ESCO)", 1, STEPS_MAX),
		ROW_NUMBER("seed", &w.seed, "N", "of chance (1): the same seed gives the same file", 0, UINT64_MAX),
		ROW_NUMBER("dimensions", &w.dimensions, "N", "a multiple of 16 (128)", 16, LG_EMBED_DIMENSIONS_MAX),
		ROW_TEXT("out", &w.out, "FILE", "the file to write; an older one is replaced at one stroke"),
		ROW_FLAG("quiet", &w.quiet, "say nothing about progress"),
	};
	const struct options o = {
		"taxonomy train",
		"[--taxonomy FILE] --out FILE",
		"Learn from the labels of a taxonomy, and from nothing else, which words mean alike;\n"
		"find and rank take the file with --embedding.",
		rows,
		sizeof rows / sizeof *rows,
		0
	};
	LG_TRY(take_labels(cx, &w, &argc, argv));
	LG_TRY(options_read(cx, &o, argc, argv, &helped));
	if (helped) return LG_OK;
	if (!w.out) return lg_fail(cx, RUN_USE, "--out", "is missing: name the file to write");
	if (w.dimensions % 16) return lg_fail(cx, RUN_USE, "--dimensions", "is a multiple of 16");
	LG_TRY(load_taxonomy(cx, w.taxonomy, &load));
	struct lg_embed_training in = {
		.taxonomy = load.taxonomy, .steps = w.steps, .seed = w.seed, .dimensions = (uint32_t)w.dimensions
	};
	for (size_t i = 0; i < w.n_labels; i++) LG_TRY(read_labels(cx, w.labels[i], load.taxonomy, &in));
	return train(cx, &w, &in);
}
