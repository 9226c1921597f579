/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_JOBTECH_H
#define LG_MARKET_JOBTECH_H
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "formats/jobtech.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * Swedish advertisements (formats/jobtech.h) as rows of an openings file, and an account of what was understood.
 *
 * occupations  the SSYK group by Statistics Sweden's key to ISCO-08; where the taxonomy has an occupation with the very
 *              same Swedish label in that group, that occupation
 * skills       those with the very same Swedish label; if none is found and the occupation has relations, those.
 *              Besides, as optional ones, up to ten that the ad's words name (taxonomy/spot.h), with those words in
 *              the account: a suggestion, which whoever reads the row may take out
 * languages    by their Swedish names; an ad states no level, so B1. If it states none, those that its words ask for
 *              (market/jobtech_text.h); a language that is not asked for so is not asked for
 * licence      what the vocabulary says that the work needs in Sweden (taxonomy/licence.h), if the occupation is
 *              known; of a group of health professionals, if all of its occupations need the same
 * hours        per cent of 40 hours; a range is left open
 * contract     job; start: only when stated as a date
 * A driving licence and languages that are only an advantage are named in the account and not used.
 */
struct lg_jobtech;

/** `t` is borrowed. Makes an index of labels in cx->mem, O(labels). */
struct lg_jobtech *lg_jobtech_new(struct lg_ctx *cx, const struct lg_taxonomy *t);

/** The first line of an openings file. */
void lg_jobtech_header(struct lg_buf *out);

/** What was made of an ad; the texts hold phrases joined by "; ". Emptied by each call, freed by the caller. */
struct lg_jobtech_account {
	struct lg_buf understood, missed;
};

/** Append one line. @return false, and nothing appended: withdrawn, or without any place; the account says so. */
bool lg_jobtech_row(struct lg_jobtech *j, struct lg_buf *out, struct lg_jobtech_account *account,
                    const struct lg_ad *ad);
#endif
