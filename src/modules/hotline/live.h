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

/** What may be told without asking the database. */
enum live_news {
	LIVE_TOLD,  /* the pulse: read a moment ago, and this account was found to see the whole office a moment ago */
	LIVE_ASK,   /* the pulse was read a moment ago, but who this is must be asked */
	LIVE_UNREAD /* it must be read */
};
enum live_news live_heard(const struct call *c, char pulse[LIVE_PULSE]);
/** A transaction of this account has said whether it sees all, and read the pulse (or NULL: not read). */
void live_tell(const struct call *c, const char *pulse, bool whole);

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
