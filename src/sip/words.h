/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_SIP_WORDS_H
#define LG_SIP_WORDS_H
#include <stdbool.h>
#include <stddef.h>

/**
 * @file
 * What the library of SIP leaves to who uses it: why a call was cancelled, whether a caller wants to be known. Texts
 * come from outside, as they are, and need no end. Pure, O(n). Threads: any.
 */

/**
 * Why a call that rang here ended: "elsewhere", "busy", or NULL: nothing is said, the caller hung up.
 * @param reason  a header Reason: SIP;cause=200;text="Call completed elsewhere", Q.850;cause=26
 *
 * Source: RFC 3326, 2 and 3.2; Q.850 2.2.5 (26: non-selected user clearing, 17: user busy).
 */
const char *sip_reason(const char *reason, size_t n);
/** A header Privacy (RFC 3323, RFC 3325 9.3): does the caller want not to be known? */
bool sip_is_private(const char *privacy, size_t n);
/** A name that says that there is none: "anonymous", "unavailable", ... */
bool sip_is_nobody(const char *user, size_t n);
/** What can be told on: printable ASCII, less than `room` bytes with its end. @return false: out is "" */
bool sip_text(char *out, size_t room, const char *text, size_t n);
#endif
