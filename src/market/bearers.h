/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_BEARERS_H
#define LG_MARKET_BEARERS_H
#include "market/confirmed.h"
#include "taxonomy/link_text.h"

/** Who bears a label: all labels of the concepts or of the skills of a taxonomy, and the confirmed choices, folded. */
struct bearer {
	const char *text;
	uint32_t key; /* of its folded letters */
	uint16_t item;
	char language[4];
	bool preferred, confirmed;
};
struct bearers {
	const struct lg_taxonomy *taxonomy;
	enum lg_link_of of;
	struct bearer *at; /* by key, item, language */
	size_t n;
};

/** In cx->mem. O(labels): a tenth of a second for ESCO in eight languages. */
struct bearers *bearers_new(struct lg_ctx *cx, const struct lg_taxonomy *t, enum lg_link_of of,
                            const struct lg_confirmed *confirmed);

/** What a label means, by the rules of market/words.h; misspellings and homonym.def are not looked at. */
struct sense {
	enum { SENSE_NONE, SENSE_ONE, SENSE_MANY } kind; /* no such label; one meaning; several */
	uint16_t item;                                   /* of one */
	bool confirmed, alone;                           /* of one: confirmed; nothing else bears the label */
	char language[4];                                /* of one: of a label that says so */
};
struct sense bearers_sense(const struct bearers *b, const char *language, const struct lg_letters *label);

/** Is a concept the group, or does it lie in it? */
bool lies_in(const struct lg_taxonomy *t, uint16_t concept, uint16_t group);
#endif
