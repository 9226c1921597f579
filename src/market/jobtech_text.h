/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_JOBTECH_TEXT_H
#define LG_MARKET_JOBTECH_TEXT_H
#include <stdbool.h>
#include <stddef.h>

/**
 * @file
 * Languages that the Swedish text of an advertisement asks for in plain words: "goda kunskaper i svenska", "flytande
 * svenska och engelska", "svenska i tal och skrift". Rather too few than too many: the sentence must have such words,
 * and what is an advantage ("gärna", "meriterande") or elementary is no demand.
 */
enum { LG_AD_LANGUAGES_MAX = 6 };

struct lg_ad_language {
	const char *code; /* "sv" */
	char level[3];    /* "C1" where the sentence says "nivå C1"; else "B1": it says none */
	bool stated;
};

/** @return how many, each language once, in order of the text. O(n). Threads: any. */
size_t lg_ad_languages(struct lg_ad_language out[LG_AD_LANGUAGES_MAX], const char *text);
#endif
