/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_LIVE_H
#define LG_HOTLINE_LIVE_H
#include "app/app.h"

/**
 * @file
 * What many open queues have in common. Fifty agents look at the same list: that it changed is asked of the database a
 * few times a second, not by each of them; and what they then see is made once, not fifty times.
 *
 *   the pulse  a text that is another whenever the queue is. It tells nothing else, so that whoever was entitled to it
 *              LIVE_SEEN_MS ago hears it without being asked anew.
 *   the part   the queue's HTML, in a language. It has names in it: who gets it is asked in each case, by a
 *              transaction of theirs. Forms in it hold LIVE_CSRF, instead of which everybody gets their own.
 *
 * Only for those who see the whole office: of units, everybody has a queue of their own. In the memory of this process
 * (1.5 MB at most when twelve lists of a hundred are kept); what is not there is made. Threads: any.
 */
enum { LIVE_PULSE = 33, LIVE_FRESH_MS = 250, LIVE_SEEN_MS = 10000, LIVE_WAIT_MS = 300, LIVE_PART_MS = 5000 };

/** What is listened to: the queue, and the calls that come in. Each has a pulse of its own. */
enum live_stream { LIVE_QUEUE, LIVE_CALLS, LIVE_STREAMS };

/** Reads the pulse of an office, which lives in cx, and whether this account sees all of it. */
typedef enum lg_err live_reader(struct lg_ctx *cx, struct call *c, const char **pulse, bool *whole);
/**
 * The answer to who listens: the pulse, again every so many milliseconds. It is read a few times a second for all of an
 * office; whoever was entitled to it a moment ago hears it without a question to the database.
 */
LG_MUST enum lg_err live_stream(struct lg_ctx *cx, struct call *c, enum live_stream which, live_reader *read,
                                uint32_t every_ms);
/** A transaction of this account has said whether it sees all, and read the pulse (or NULL: not read). */
void live_tell(const struct call *c, enum live_stream which, const char *pulse, bool whole);

/** The part as of the last pulse, for this actor. The caller has asked whether they see the whole office. */
bool live_part(const struct call *c, struct lg_buf *out);
/** Is there one? If another request makes it just now, it is waited for, LIVE_WAIT_MS at most. false: make it. */
bool live_has_part(const struct call *c);
/** Keep one that was read after that pulse. */
void live_keep(const struct call *c, const char *pulse, const struct lg_buf *html);
/** What stands in kept parts where a csrf token belongs. */
const char *live_csrf(void);
/** Put the actor's own there. */
void live_own(const struct call *c, struct lg_buf *html);
#endif
