/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_LOAD_H
#define LG_CMD_LOAD_H
#include "cmd/input.h"
#include "cmd/options.h"
#include "cmd/progress.h"
#include "core/explain.h"
#include "market/confirmed.h"
#include "market/market.h"

/** The files a market comes from, as given on the command line; NULL where not given. */
struct load_files {
	const char *candidates, *openings, *taxonomy, *weights, *confirmed;
};

/** The rows of an option table that fill it. */
#define LOAD_OPTIONS(f)                                                                                                \
	ROW_TEXT("candidates", &(f).candidates, "FILE", "people who seek work: CSV or NDJSON; - is stdin"),            \
	    ROW_TEXT("openings", &(f).openings, "FILE", "jobs and placements: CSV or NDJSON; - is stdin"),             \
	    ROW_TEXT("taxonomy", &(f).taxonomy, "FILE", "image of occupations and skills (else the built-in one)"),    \
	    ROW_TEXT("weights", &(f).weights, "FILE", "JSON: what each part of a score may give"),                     \
	    ROW_TEXT("confirmed", &(f).confirmed, "FILE", "what words mean: answers in asked.csv of a match before")

/** A market ready for the engine. Lives as long as the context. */
struct load {
	struct lg_taxonomy *taxonomy;
	struct lg_market *market;
	struct lgm_setup setup; /* with the weights file, if there is one */
	struct lg_confirmed choices;
	struct input_digest candidates, openings, taxonomy_file, weights, confirmed;
};

/** Only the taxonomy: the file's, or the built-in one. */
LG_MUST enum lg_err load_taxonomy(struct lg_ctx *cx, const char *path, struct load *out);
/** All of it; both market files are needed. Phase "read". Errors: RUN_USE, RUN_IO, RUN_STOPPED, LG_INVALID. */
LG_MUST enum lg_err load_market(struct lg_ctx *cx, const struct load_files *files, struct progress *p,
                                struct load *out);

/** What the engine's numbers mean. Borrows from `in`. */
struct explain_terms load_terms(const struct load *in);

/** An error of the engine in our words. */
LG_MUST enum lg_err load_engine_error(struct lg_ctx *cx, enum lgm_err err);
#endif
