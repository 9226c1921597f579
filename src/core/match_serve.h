/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_SERVE_H
#define LG_CORE_MATCH_SERVE_H
#include "core/match_carve.h"
#include "core/match_doors.h"
#include "core/match_live.h"
#include "store/db.h"

/**
 * @file
 * The match process: it holds a segment for each office that was asked about, brings it up to date from lg.match_entry
 * before each answer, and answers over a unix socket (core/frame.h), one question at a time; only what is counted for a
 * whole office is counted beside that, in a copy, for 2.5 s at most, and kept. It knows handles, codes and numbers, and
 * no person.
 */
struct match_setup {
	struct db_pool *pool; /* role lg_match */
	const struct lg_taxonomy *taxonomy;
	unsigned threads;
	int stop_fd; /* readable: time to go */
	int64_t (*now)(void);
};
/** Serve until told to stop. LG_FAULT: no socket, no thread. */
LG_MUST enum lg_err match_serve(struct lg_ctx *cx, int listen_fd, const struct match_setup *setup);

/**
 * Ask it for the best of an office for a record with these facts: all of what the caller's record says about it goes,
 * and nothing else (match_facts()). LG_BUSY: it does not answer, or has just begun to read the office. LG_UNKNOWN: the
 * facts cannot be compared with anything, as where the person or the work is, is not known.
 */
LG_MUST enum lg_err match_ask(struct lg_ctx *cx, const char *socket, int32_t tenant, enum match_side asks,
                              const json_t *record, size_t most, struct match_found *out);
/** The same for a candidate, with openings that are possible when one demand is relaxed (core/match_relax.h). */
LG_MUST enum lg_err match_ask_relaxed(struct lg_ctx *cx, const char *socket, int32_t tenant, const json_t *record,
                                      size_t most, struct match_found *out);
/** For how many more an opening would do with less (core/match_carve.h). Errors as above. */
LG_MUST enum lg_err match_ask_carve(struct lg_ctx *cx, const char *socket, int32_t tenant, const json_t *opening,
                                    struct carve_found *out);
/** What opens the most for a candidate, for all of the office (core/match_doors.h). LG_BUSY also: it is being counted
 * for somebody else just now. */
LG_MUST enum lg_err match_ask_doors(struct lg_ctx *cx, const char *socket, int32_t tenant, const json_t *candidate,
                                    int32_t today, struct doors *out);
LG_MUST enum lg_err match_ask_office(struct lg_ctx *cx, const char *socket, int32_t tenant, struct office_doors *out);
/** The fields of a record that the matcher is told (core/match_terms.h), of cx. */
json_t *match_facts(struct lg_ctx *cx, enum match_side side, const json_t *record);

/** A handle and its text. @return false: that is none */
bool match_handle_read(uint8_t out[MATCH_HANDLE], const char *text);
void match_handle_print(char out[37], const uint8_t handle[MATCH_HANDLE]);
#endif
