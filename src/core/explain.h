/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_EXPLAIN_H
#define LG_CORE_EXPLAIN_H
#include "base/buf.h"
#include "market/levers.h"
#include "market/market.h"
#include "market/opens.h"

/** What the engine's numbers mean: where a pair comes from. */
struct explain_terms {
	const struct lg_taxonomy *taxonomy;
	const struct lgm_setup *setup;
	const char *const *languages; /* number -> code ("da") */
	const char *const *licences;  /* number -> "2221@DK" */
	size_t n_openings;            /* of the market */
};

/** One pair, with all there is to say about it; or one candidate: then `o` and `o_row` are NULL. */
struct explain {
	const struct explain_terms *in;
	const struct lgm_candidate *c;
	const struct lgm_opening *o;
	const struct lg_row *c_row, *o_row;
	bool plain; /* for programs: the files' own words for languages, contracts and licences */
	struct lgm_verdict v;
	uint16_t essential[256], optional[256]; /* points of the opening's skills, in its order */
	struct lg_opens opens;                  /* of one candidate */
};

/** Compare the pair that is set: fills v, essential and optional. */
void explain_weigh(struct explain *e);

/** A skill of the opening as the candidate meets it. */
struct explain_skill {
	const char *label;
	unsigned points;
	bool has;
};
struct explain_skill explain_skill(const struct explain *e, bool essential, size_t i);
/** Levels of the opening's i-th language. */
struct explain_language {
	const char *code, *has, *needs;
	unsigned level; /* the one that the candidate has */
	bool enough;
};
struct explain_language explain_language(const struct explain *e, size_t i);
/** The opening's i-th licence: "held", "pending" or "missing". */
struct explain_licence {
	const char *name, *state;
	bool enough;
};
struct explain_licence explain_licence(const struct explain *e, size_t i);

/** What a demand says about this pair, in a few words without a full stop: also when it is met. */
void explain_demand(struct lg_buf *out, const struct explain *e, enum lgm_demand demand);
/** How to close the gap: a line for each demand that fails, then for each skill that is missing; each ends with '\n'.
 */
void explain_gap_lines(struct lg_buf *out, const struct explain *e);
/** The same under its heading, or that there is no gap. */
void explain_gap(struct lg_buf *out, const struct explain *e);
/** The same kind of words for one kind of help, whoever gets it: "Danish from A2 to B1". */
void explain_lever(struct lg_buf *out, const struct explain *e, const struct lg_lever *lever);
/** The same kind of words for one change. */
void explain_change(struct lg_buf *out, const struct explain *e, const struct lg_change *change);

#endif
