/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_SECTION_H
#define LG_TAXONOMY_LINK_SECTION_H
#include "taxonomy/embed.h"
#include "taxonomy/link.h"
#include "taxonomy/link_words.h"

/**
 * @file
 * The labels of one language as an index, and how well a text fits each of them. A part of the linker (link.h).
 */

struct lg_section {
	char language[4];
	bool is_cyrillic, is_nordic, may_cut;
	uint32_t n_forms, n_concepts;
	uint32_t *labels;   /* [n_forms] which label a form is of; a Cyrillic one has a second form, in Latin letters */
	uint32_t *first;    /* [n_concepts + 1] into the forms */
	uint32_t *concepts; /* [n_concepts] the linker's number of each, ascending */
	uint32_t *numbers;  /* [concepts of the linker] the section's number of each, or LG_LINK_NONE */
	uint32_t
	    *contexts; /* [n_concepts] the concept, of the section, whose titles are its context, or LG_LINK_NONE */
	struct lg_numbers grams;
	struct lg_index letters; /* forms by runs of letters */
	struct lg_index whole;   /* concepts by the runs of letters of all their forms */
	struct lg_splitter splitter;
	struct lg_words words, parts;         /* forms by words; and with compounds parted */
	const struct lg_embedding *embedding; /* NULL: there is none */
	int8_t *directions;                   /* [n_forms][dimensions] */
	uint32_t *factors;                    /* [n_forms] what a cosine needs besides; 0: a form without a direction */
};

/** labels[from..to) of one language, concepts ascending; at most LG_INDEX_DOCUMENTS_MAX. */
void lg_section_make(struct lg_ctx *cx, struct lg_section *out, const struct lg_link_labels *in, size_t from,
                     size_t to);
/** The letters of a label, and those of somebody who has not got them all. @return how many of the two there are */
size_t lg_label_forms(const struct lg_link_label *label, struct lg_letters out[2]);

/** A text as it was typed, and the parts of it that may be meant alone. */
enum { LG_CUTS_MAX = 6 };
struct lg_query {
	struct lg_letters whole, latin, cyrillic, nordic;
	bool is_cyrillic, is_ascii_nordic;
	struct lg_letters cuts[LG_CUTS_MAX];
	size_t n_cuts;
	int8_t direction[LG_EMBED_DIMENSIONS_MAX];
	uint32_t factor; /* 0: there is no embedding, or it knows nothing of the text */
};
/** `embedding` may be NULL. */
void lg_query_read(struct lg_query *out, const struct lg_embedding *embedding, const char *text, size_t n);

/**
 * A search in one section; one thread's. Scores here have 20 binary digits: LG_COVER_ONE is a perfect match by letters
 * and words; contexts and the embedding come on top.
 */
struct lg_search {
	const struct lg_section *x;
	const struct lg_query *q;
	struct lg_feature features[2][LG_GRAMS_MAX]; /* of the text, and of how else it may be meant */
	size_t n_features[2], n_texts;
	uint16_t *weights[2];             /* [runs] weights of the text */
	uint32_t *letters, *whole, *more; /* [n_forms], [n_concepts] cosines; by all means only */
	bool by_all;
	struct lg_words_scratch words, parts;
	/* [n_concepts] the best of its forms by letters and words, by direction, and by the first and half of the
	 * second; */
	int32_t *base, *near, *best;
	uint32_t *form;       /* which form the last is; */
	uint32_t *asked, now; /* and of which question all that is */
};
void lg_search_make(struct lg_ctx *cx, struct lg_search *out, const struct lg_section *x);

/** Begin with a question, which must live until the next. Letters only. */
void lg_search_letters(struct lg_search *s, const struct lg_query *q);
/** Then by all means, if so wanted: some 0.1 to 0.3 ms. */
void lg_search_all(struct lg_search *s);

/** The best cosine by letters of a concept of the section, and whose it is. Needs lg_search_letters(). */
uint32_t lg_search_cosine(const struct lg_search *s, uint32_t concept, uint32_t *form);
/** How well a form fits by letters and words. Needs lg_search_all(), as all that follow. */
uint32_t lg_search_base(struct lg_search *s, uint32_t form);
/** The cosine of the directions of a form and the text; from -LG_COVER_ONE to LG_COVER_ONE. */
int32_t lg_search_near(const struct lg_search *s, uint32_t form);
/** The best forms of a concept: s->base, near, best and form of it. */
void lg_search_concept(struct lg_search *s, uint32_t concept);
/** What the concept's other labels and its unit group add. */
int32_t lg_search_context(struct lg_search *s, uint32_t concept);
#endif
