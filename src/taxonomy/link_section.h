/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_SECTION_H
#define LG_TAXONOMY_LINK_SECTION_H
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
	uint32_t
	    *contexts; /* [n_concepts] the concept, of the section, whose titles are its context, or LG_LINK_NONE */
	struct lg_numbers grams;
	struct lg_index letters; /* forms by runs of letters */
	struct lg_index whole;   /* concepts by the runs of letters of all their forms */
	struct lg_splitter splitter;
	struct lg_words words, parts; /* forms by words; and with compounds parted */
};

/** labels[from..to) of one language, concepts ascending; at most LG_INDEX_DOCUMENTS_MAX. */
void lg_section_make(struct lg_ctx *cx, struct lg_section *out, const struct lg_link_labels *in, size_t from,
                     size_t to);

/** A text as it was typed, and the parts of it that may be meant alone. */
enum { LG_CUTS_MAX = 6 };
struct lg_query {
	struct lg_letters whole, latin, cyrillic, nordic;
	bool is_cyrillic, is_ascii_nordic;
	struct lg_letters cuts[LG_CUTS_MAX];
	size_t n_cuts;
};
void lg_query_read(struct lg_query *out, const char *text, size_t n);

/** What a search needs; one thread's. Room for the largest section of a linker. */
struct lg_section_scratch {
	size_t n_forms;             /* of the largest section */
	uint32_t *letters, *more;   /* [forms] cosines */
	uint32_t *words, *parts;    /* [forms] covers */
	uint32_t *whole;            /* [concepts] cosines */
	uint32_t *base;             /* [forms] */
	uint32_t *best, *best_form; /* [concepts] */
	struct lg_words_scratch search;
};
struct lg_section_scratch lg_section_scratch(struct lg_ctx *cx, const struct lg_section *sections, size_t n);

/** Scores here have 20 binary digits: LG_COVER_ONE is a perfect match by letters and words; contexts come on top. */

/** By letters alone: into scratch->best of each concept, and best_form. */
void lg_section_letters(const struct lg_section *x, struct lg_section_scratch *s, const struct lg_query *q);
/**
 * By everything: base of each form, best and best_form of each concept. What context adds to a concept is then
 * lg_section_context(). Needs lg_section_letters() of the same text before.
 */
void lg_section_score(const struct lg_section *x, struct lg_section_scratch *s, const struct lg_query *q);
uint32_t lg_section_context(const struct lg_section *x, const struct lg_section_scratch *s, uint32_t concept);
#endif
