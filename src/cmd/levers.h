/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_LEVERS_H
#define LG_CMD_LEVERS_H
#include "cmd/json.h"
#include "cmd/load.h"
#include "cmd/output.h"
#include "cmd/placement.h"
#include "market/levers.h"

/** What opens the most in a market (market/levers.h): found on threads, written to opens.csv. */
struct levers {
	struct lg_lever *levers; /* [n], the most valuable first; those that give nothing are left out. In cx->mem */
	size_t n, solved;        /* the first `solved` are solved as courses too */
};

struct levers_of {
	const struct load *in;
	struct lgm_index *ix;              /* changed meanwhile, and changed back */
	const struct placement *placement; /* proven; with its plan */
	const uint32_t *without;           /* [n_without] candidates without a place, ascending */
	size_t n_without;
	uint64_t seats;   /* of a course, at least 1 */
	uint64_t courses; /* so many of the best levers are solved */
	size_t workers;
};
enum { LEVERS_SEATS = 20, LEVERS_COURSES = 12 };

/** Phases "opens" and "courses". The plan stays proven, with its placement as it is, but at higher prices. */
LG_MUST enum lg_err levers_find(struct lg_ctx *cx, struct levers *out, const struct levers_of *of, struct progress *p);

/** opens.csv. */
LG_MUST enum lg_err levers_write(struct lg_ctx *cx, struct output *to, struct output_file **file, const struct load *in,
                                 const struct levers *levers);

/** A lever in a few words of the language spoken (view/speech.h): "Danish from A2 to B1". Lives in `mem`. */
const char *levers_label(struct lg_arena *mem, const struct load *in, const struct lg_lever *lever);
/** Its code in the files: "da", "2221@DK", the URI of a skill; "" for travel. Lives in `mem`. */
const char *levers_code(struct lg_arena *mem, const struct load *in, const struct lg_lever *lever);

/** The best two in plain words on stdout. `people`: the objective. */
void levers_say(const struct load *in, const struct levers *levers, bool people);
/** The courses, for summary.json. */
json_t *levers_json(struct lg_ctx *cx, const struct load *in, const struct levers *levers, uint64_t seats);
#endif
