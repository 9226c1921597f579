/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_EMBED_CORPUS_H
#define LG_TAXONOMY_EMBED_CORPUS_H
#include "taxonomy/embed_train.h"

/**
 * @file
 * What an embedding is trained on: the labels of a taxonomy as bags of features. Texts are numbered: first the labels
 * of concepts, by concept and language, then the preferred labels of skills, by skill. A part of embed_train.h.
 */
struct lg_embed_corpus {
	uint32_t texts, labels, concepts, n_features;
	uint32_t *keys;                        /* [n_features] ascending */
	uint32_t *idf;                         /* [n_features] 1 + ln of how rare it is, 16 binary digits */
	uint32_t *first, *features;            /* [texts + 1] into features; of a text, ascending */
	float *weights;                        /* of each feature; of a text, their squares have the sum 1 */
	uint32_t *concept_of;                  /* [labels] */
	uint32_t *of_concept;                  /* [concepts + 1] its first label */
	uint32_t *language_from, *language_to; /* [labels] the labels of the same concept and language */
	uint32_t *of_skill;                    /* [skills + 1] its first text */
	uint32_t *skill_first, *skills;        /* [concepts + 1] a concept's essential skills */
};
/** All in cx->mem. LG_INVALID as lg_embed_trainer_new(). */
LG_MUST enum lg_err lg_embed_corpus(struct lg_ctx *cx, struct lg_embed_corpus *out, const struct lg_embed_training *in);
#endif
