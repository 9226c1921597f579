/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_OUTPUT_PLACE_H
#define LG_CMD_OUTPUT_PLACE_H
#include "cmd/output.h"

/** Where a result folder comes to stand, and the hidden folder beside it in which it grows. For output.c. */
struct place {
	const struct output_kind *kind;
	const char *path; /* as given, for notes */
	char *target;     /* symbolic links followed */
	char *parent;
	char *temp; /* NULL: not taken, or no longer there */
	int fd;     /* of temp, or -1 */
};

/** Is the path one we may use? Nothing is made yet. */
LG_MUST enum lg_err place_find(struct lg_ctx *cx, struct place *p, const char *path, const struct output_kind *kind);
/** Make the hidden folder. */
LG_MUST enum lg_err place_take(struct lg_ctx *cx, struct place *p);
/** Bring it to the disk and let it take the target's place, at one stroke; an older result goes. */
LG_MUST enum lg_err place_swap(struct lg_ctx *cx, struct place *p);
/** Remove the hidden folder, if there is one. */
void place_drop(struct place *p);
#endif
