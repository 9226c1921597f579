/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_SPOT_INDEX_H
#define LG_TAXONOMY_SPOT_INDEX_H
#include "taxonomy/link_words.h"
#include "taxonomy/spot.h"
#include "taxonomy/spot_context.h"
#include "taxonomy/spot_text.h"

/**
 * @file
 * The labels as rows of stems, found a word at a time. The inside of a spotter: spot.c searches, spot_index.c makes it.
 */
enum { LG_SPOT_WORDS_MAX = 8 }; /* of a label; longer ones are not looked for */
#define LG_SPOT_NO_FORM UINT32_MAX

/** A label, or a part of one that can stand for it. */
struct lg_spot_form {
	uint64_t key;
	const char *label;
	uint32_t at, n; /* letters: words with one blank between */
	uint16_t item;
	uint8_t kind, language, words, shape;
	bool preferred, own;
	bool aside; /* a remark in parentheses was left out: "Chef (software)" */
	bool weak;  /* one word, which many labels have among others, or a short abbreviation */
};

struct lg_spot_language {
	char code[4];
	bool parts_words;
	struct lg_splitter splitter;
};

struct lg_spotter {
	const struct lg_taxonomy *t;
	struct lg_spot_context context;
	struct lg_spot_language *languages;
	size_t n_languages;
	struct lg_spot_form *forms; /* by key, kind, item; of one item the preferred label first */
	size_t n_forms;
	uint16_t *letters;
	uint64_t *keys;  /* open addressing; 0: free. A row of stems that is a form, or that one begins with */
	uint32_t *first; /* of its forms; LG_SPOT_NO_FORM: it only begins one */
	size_t room;
};

/** The key of an empty row in a language, and of a row with one stem more. */
uint64_t lg_spot_key(size_t language);
uint64_t lg_spot_key_with(uint64_t key, uint64_t stem);
/** @return false: no form begins so; else *first, which may be LG_SPOT_NO_FORM. O(1) on the average. */
bool lg_spot_look(const struct lg_spotter *s, uint64_t key, uint32_t *first);
#endif
