/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_LIVE_H
#define LG_HOTLINE_LIVE_H
#include "app/app.h"
#include "modules/hotline/enquiry.sql.h"

/**
 * @file
 * What many open queues have in common. Fifty agents look at the same list: that it changed is asked of the database a
 * few times a second, not by each of them; and what they then see is made once, not fifty times.
 *
 *   - The pulse: two words, one of the queue, one of the calls, each another whenever that is. They tell nothing else:
 *     if a session was found entitled to them at most LIVE_SEEN_MS ago, it hears them without being asked anew. One
 *     stream of an office reads it for all; the others are not even served for it.
 *   - The part: the queue's HTML, in a language. It has names in it: who gets it is asked in each case, by a
 *     transaction of theirs, which is one round trip. Forms in it hold LIVE_CSRF, instead of which everybody gets their
 *     own.
 *
 * Only for those who see the whole office: of units, everybody has a queue of their own. In the memory of this process
 * (1.5 MB at most when twelve lists of a hundred are kept); what is not there is made. Threads: any.
 */
enum {
	LIVE_FRESH_MS = 300,
	LIVE_CALLED_MS = 500,
	LIVE_LATE_MS = 2000,
	LIVE_SEEN_MS = 10000,
	LIVE_WAIT_MS = 300,
	LIVE_PART_MS = 5000
};

/** What a stream tells: the words of both, the queue's first; or that of the calls alone. */
enum live_stream { LIVE_BOTH, LIVE_CALLS, LIVE_STREAMS };

/** The answer to who listens: what the stream tells, again every so many milliseconds. */
LG_MUST enum lg_err live_stream(struct lg_ctx *cx, struct call *c, enum live_stream which, uint32_t every_ms);
/** A transaction of this session has read the pulse, and whether it sees the whole office. What another read that began
 * later is kept. `begun_ms`: live_now() before it began. */
void live_tell(const struct call *c, const struct db_hotline_pulse_row *pulse, int64_t begun_ms);
int64_t live_now(void);

/** The answer is the part as of the last pulse, if there is one and this session was seen to see the whole office; if
 * another request makes it just now, it is waited for, LIVE_WAIT_MS at most. *done false: make it. LG_CONFLICT, to be
 * passed on: the session is not what it was, and everything is asked anew (app/actor.h). */
LG_MUST enum lg_err live_answer(struct lg_ctx *cx, struct call *c, bool *done);
/** Keep one that was read after that pulse. */
void live_keep(const struct call *c, const struct db_hotline_pulse_row *pulse, const struct lg_buf *html);
/** What stands in kept parts where a csrf token belongs. */
const char *live_csrf(void);
/** Put the actor's own there. */
void live_own(const struct call *c, struct lg_buf *html);
#endif
