/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_EXPLAIN_H
#define LG_CMD_EXPLAIN_H
#include "base/buf.h"
#include "cmd/load.h"

/** One pair, with all there is to say about it. */
struct explain {
	const struct load *in;
	const struct lgm_candidate *c;
	const struct lgm_opening *o;
	const struct lg_row *c_row, *o_row;
	struct lgm_verdict v;
	uint16_t essential[256], optional[256]; /* points of the opening's skills, in its order */
};

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

void explain_text(struct lg_buf *out, const struct explain *e);
void explain_json(struct lg_buf *out, const struct explain *e);
#endif
