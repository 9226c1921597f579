/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/confirmed.h"

#include <string.h>

#include "cmd/run.h"

enum lg_err confirmed_load(struct lg_ctx *cx, struct lg_confirmed *out, struct input_digest *digest, const char *path,
                           const struct lg_taxonomy *t)
{
	struct input_file in;
	if (!strcmp(path, "-")) return lg_fail(cx, RUN_USE, "--confirmed", "must be a file, not standard input");
	LG_TRY(input_whole(cx, path, &in));
	*digest = in.digest;
	return lg_confirmed_read(cx, out, path, in.bytes, in.size, t);
}

enum lg_err confirmed_read(struct lg_ctx *cx, struct confirmed_file *out, const char *path, const struct lg_taxonomy *t,
                           enum lg_link_of of)
{
	struct lg_confirmed both;
	struct input_digest digest;
	LG_TRY(confirmed_load(cx, &both, &digest, path, t));
	*out = (struct confirmed_file){ both.choices[of], both.n[of] };
	return LG_OK;
}
