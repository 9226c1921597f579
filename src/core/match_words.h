/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_WORDS_H
#define LG_CORE_MATCH_WORDS_H
#include <jansson.h>

#include "core/explain.h"
#include "view/match.html.h"

/**
 * Put side by side into a card what the person said of their work, what that was read as, and which of the opening's
 * occupations is most like it: of the first few that have words. All lives in `mem`.
 */
void match_words_put(struct lg_arena *mem, const json_t *candidate, const struct explain *e, struct html_match *card);
#endif
