/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_EMBED_TRAIN_H
#define LG_TAXONOMY_EMBED_TRAIN_H
#include "taxonomy/link.h"

/**
 * @file
 * Training of an embedding (embed.h) on the labels of a taxonomy, and on nothing else.
 *
 * Each step takes a batch of labels and a partner for each: half the time a label of the same concept in the same
 * language, else one in any language, or (of occupations) one time in ten the label of a skill that is essential for
 * it. A label must know its partner among those of all others in the batch (softmax of the cosines, over rows and over
 * columns; labels of one concept are no rivals), and rows move by Adagrad with one rate each, which falls to a tenth
 * over the steps. A fifth of the features is left out by turns. ESCO's descriptions are not in an image, so they
 * teach nothing.
 *
 * Plain float arithmetic in a fixed order: the same taxonomy, steps and seed give the same bytes.
 *
 *     struct lg_embed_trainer *t;
 *     LG_TRY(lg_embed_trainer_new(cx, &t, &in));
 *     for (uint64_t i = 0; i < in.steps; i++) (void)lg_embed_step(t);
 *     struct lg_embed_bytes all = lg_embed_finish(cx, t);
 */
struct lg_embed_trainer;

struct lg_embed_training {
	const struct lg_taxonomy *taxonomy;
	const struct lg_link_label *more; /* labels besides, of concepts of the taxonomy */
	size_t n_more;
	uint64_t steps, seed;
	uint32_t dimensions; /* a multiple of 16, at most LG_EMBED_DIMENSIONS_MAX */
};

/**
 * In cx->mem; the labels need not outlive the call, the taxonomy must. LG_INVALID: labels too few to learn from, or of
 * no concept; dimensions that do not fit. About a second and 300 MB for ESCO in six languages.
 */
LG_MUST enum lg_err lg_embed_trainer_new(struct lg_ctx *cx, struct lg_embed_trainer **out,
                                         const struct lg_embed_training *in);
/** How many labels, features, and labels in a batch it works with. */
struct lg_embed_size {
	uint32_t labels, skills, features, batch;
};
struct lg_embed_size lg_embed_size(const struct lg_embed_trainer *t);
/** One step. @return the loss: minus ln of how surely a label knew its partner, on the average */
double lg_embed_step(struct lg_embed_trainer *t);

/** The embedding as bytes, in cx->mem, aligned to 16; still to be sealed (lg_embedding_seal). */
struct lg_embed_bytes {
	void *bytes;
	size_t size;
};
struct lg_embed_bytes lg_embed_finish(struct lg_ctx *cx, const struct lg_embed_trainer *t);
#endif
