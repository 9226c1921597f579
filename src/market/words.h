/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_WORDS_H
#define LG_MARKET_WORDS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "market/confirmed.h"
#include "taxonomy/link.h"

/**
 * @file
 * Words in place of codes: what is taken, and what is asked about. The linker (taxonomy/link.h) tells what words are
 * most like; here it is decided whether that is enough. Words are taken in three cases, in this order:
 *
 *   confirmed  somebody has said what they mean (market/confirmed.h);
 *   label      but for capitals and the like they are a label, and of one meaning (see below); a label of the stated
 *              language comes before those of others;
 *   close      the linker puts a label first that they misspell: as few letters differ as market/spelling.h allows,
 *              fewer than in any other label found, the score is at least CLOSE_LEAST and a tenth more than that of
 *              anything outside that label's unit group, and the label is of one meaning. Words that merely occur in
 *              a label, or hold one, are not close.
 *
 * A label that several bear is of one meaning
 *   - if all lie within one unit group: ESCO's occupation before the built-in one; then the only one whose preferred
 *     label it is; else the unit group itself;
 *   - if just one of them is built-in: what of it lies in the unit group of that one, whose labels are the words in
 *     common use.
 * A group yields to the one occupation of the same label. The title of a group that is an occupation's label in the
 * plural ("Dentists") is taken as that occupation if it lies in the group, and is asked about if it does not.
 * Of a skill's label one bearer must remain. Words of homonym.def are always asked about, unless confirmed.
 *
 * All else is doubtful. The answer depends on the kind, the language and the words alone, folded as the linker folds
 * them. Linkers are made when first needed, one of concepts, one of skills; each question is asked once.
 */
enum lg_words_how { LG_WORDS_CONFIRMED, LG_WORDS_LABEL, LG_WORDS_CLOSE, LG_WORDS_ASKED };

enum { LG_SUGGESTIONS = 3 };

struct lg_meaning {
	enum lg_link_of of;
	enum lg_words_how how;
	uint8_t confidence; /* per cent: confirmed 100; a label 99, or 95 if others bear it too; close: the letters that
	                       agree, at most 98; 0 when asked */
	uint16_t item;      /* concept or skill; not when asked */
	char language[4];   /* that the words are thought to be in: as stated, else the label's */
	uint16_t suggestions[LG_SUGGESTIONS]; /* when asked: best first */
	uint8_t n_suggestions;
};

struct lg_words;

/** Begin, in cx->mem. `taxonomy` and `confirmed` (or NULL) outlive it. Costs nothing until words come. One thread. */
struct lg_words *lg_words_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy,
                              const struct lg_confirmed *confirmed);

/**
 * Could this be words? No letters at all, more digits than letters, over 500 bytes, a UUID, "lg:", "://", a sign in
 * front, or = or @ anywhere: those are codes, or mistakes.
 */
bool lg_are_words(const char *text, size_t n);

/**
 * What do words mean? `language`: "da", or "any". *number: 0.. in the order of asking, the same for the same kind,
 * language and folded words. LG_INVALID as lg_linker_new(). A millisecond with ESCO, once; the first question of each
 * kind a second.
 */
LG_MUST enum lg_err lg_words_find(struct lg_words *w, uint32_t *number, enum lg_link_of of, const char *language,
                                  const char *text, size_t n);
/** The answer; valid until the next question. */
const struct lg_meaning *lg_words_meaning(const struct lg_words *w, uint32_t number);
#endif
