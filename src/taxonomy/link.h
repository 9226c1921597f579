/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_H
#define LG_TAXONOMY_LINK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * The linker: which occupations, groups or skills do typed words mean?
 *
 * A concept's label fits a text by its runs of letters and by its words, which need not be spelled alike; compounds
 * are parted as the labels of the language teach. The concept's other labels, the title of its unit group, and its
 * labels in other languages add to that; and, with an embedding (embed.h), what the words have been learned to mean.
 * Latin and Cyrillic letters are read either way. Choices that people have confirmed come before everything. How
 * letters are taken: taxonomy/link_text.h.
 *
 * Measured on MELO, whose judges linked titles of national registers to ESCO; mean reciprocal rank, and how often a
 * right label is the first, among the first 5, the first 10 (`./dev bench linker`):
 *
 *                                         titles  MRR   first  5     10      with an embedding
 *     USA, English                           633  .643  .553  .744  .791     .670  .591  .755  .817
 *     Germany, German                      1,779  .582  .545  .633  .671     .605  .564  .649  .712
 *     Poland, Polish                       1,937  .604  .534  .682  .720     .632  .564  .704  .755
 *     the same without other languages            .634, .573, .598
 *     the same without any taxonomy               .615, .567, .586
 *
 * Nothing is learned but from the labels. What counts how much was chosen by hand, and stands in link.c. All is done in
 * integers, with square roots that are exact, so that the same labels and text give the same answer on every machine.
 *
 * Not every label is looked at: some 200 concepts are, whose labels, in any language, have most of the letters of the
 * text or, by the embedding, most of its meaning. Of the titles above, 7 in 1,000 at most have another first answer
 * than if all were looked at (17 when the language is not said); mean reciprocal rank is the same within .003.
 *
 * Labels of texts borrowed from the taxonomy, or from the caller, must outlive the linker. A linker is never changed
 * once made; any number of threads may ask it at once.
 */
struct lg_linker;
struct lg_embedding;

#define LG_LINK_NONE UINT32_MAX

/** A label of a concept, or a choice that was confirmed: who typed `text` in this language meant the concept. */
struct lg_link_label {
	const char *text;
	char language[4]; /* "da"; of a choice also "any" */
	uint32_t concept; /* 0..concepts-1; in a linker of skills, the skill */
};

enum lg_link_of { LG_LINK_CONCEPTS, LG_LINK_SKILLS };

/** What a linker may have besides, all of which may be 0. */
struct lg_link_more {
	const struct lg_link_label *confirmed;
	size_t n_confirmed;
	const struct lg_embedding *embedding; /* borrowed: what texts mean (taxonomy/embed.h) */
};

/**
 * A linker of all occupations and groups, or of all skills, of a taxonomy, in cx->mem. A label that is confirmed is
 * one more label, besides. LG_INVALID: a language with more than a quarter of a million labels. Two
 * seconds and some 105 MB for the occupations of ESCO in six languages, 120 MB with an embedding.
 */
LG_MUST enum lg_err lg_linker_new(struct lg_ctx *cx, struct lg_linker **out, const struct lg_taxonomy *t,
                                  enum lg_link_of of, const struct lg_link_label *confirmed, size_t n_confirmed);

LG_MUST enum lg_err lg_linker_with(struct lg_ctx *cx, struct lg_linker **out, const struct lg_taxonomy *t,
                                   enum lg_link_of of, const struct lg_link_more *more);

/** The same of any labels, whose order does not matter. */
struct lg_link_labels {
	const struct lg_link_label *labels;
	size_t n;
	uint32_t concepts;
	const uint32_t
	    *contexts; /* [concepts] the concept whose labels are the context of this one, or LG_LINK_NONE; or NULL */
	const struct lg_link_label *confirmed;
	size_t n_confirmed;
	const struct lg_embedding *embedding; /* or NULL */
};
LG_MUST enum lg_err lg_linker_of_labels(struct lg_ctx *cx, struct lg_linker **out, const struct lg_link_labels *in);

/** What a text may mean. */
struct lg_link_hit {
	uint32_t concept;
	uint16_t score; /* 0..10000; 10000 only when confirmed */
	bool confirmed;
	char language[4];  /* of the label that matched */
	const char *label; /* the one that matched best */
};

/**
 * The best concepts first, each once, at most `room`: those confirmed for this very text, then the others by score
 * and number. `language` is the one the text is thought to be in, or "any". Hits with nothing in common with the text
 * are left out. About 0.5 ms for ESCO in six languages, 1 to 3 for a long text. Allocates and frees its own scratch, as
 * lg_link_with() does not.
 * @return how many
 */
size_t lg_link(const struct lg_linker *linker, const char *language, const char *text, size_t n,
               struct lg_link_hit *hits, size_t room);

/** Scratch to ask with again and again, in cx->mem: one for each thread. */
struct lg_link_scratch;
struct lg_link_scratch *lg_link_scratch(struct lg_ctx *cx, const struct lg_linker *linker);
size_t lg_link_with(const struct lg_linker *linker, struct lg_link_scratch *scratch, const char *language,
                    const char *text, size_t n, struct lg_link_hit *hits, size_t room);

/**
 * Score every label of a language, for measurements: scores[label] of those given to lg_linker_of_labels(), with 20
 * binary digits; of labels in other languages it is 0. A concept with no label in the language has none.
 */
void lg_link_every_label(const struct lg_linker *linker, struct lg_link_scratch *scratch, const char *language,
                         const char *text, size_t n, uint32_t *scores);
#endif
