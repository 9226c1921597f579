/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_SECURITY_TXT_H
#define LG_VIEW_SECURITY_TXT_H
#include <stdint.h>

#include "base/buf.h"

/**
 * @file
 * /.well-known/security.txt (RFC 9116): to whom one tells of a weakness. Threads: any.
 */
struct security_txt {
	const char *contact; /* "mailto:security@landgang.example" or "https://..."; must be there */
	const char *policy;  /* https://..., or NULL */
	const char *url;     /* where this file is, "https://landgang.example/.well-known/security.txt", or NULL */
	int64_t expires;     /* unix seconds; less than a year ahead */
};
/** Fields with control characters are left out: nothing can put in a line of its own. */
void lg_security_txt(struct lg_buf *out, const struct security_txt *v);
#endif
