/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "http/http.h"

/* Any text as a Cookie header. What is taken may be set as a cookie again, and read as what it was. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct http_pairs pairs, again;
	http_read_cookies(&cx, &pairs, lg_strndup(cx.mem, (const char *)data, size));
	for (size_t i = 0; i < pairs.n; i++) {
		struct http_response rs = { 0 };
		http_put_cookie(&cx, &rs, pairs.at[i].name, pairs.at[i].value, (int64_t)i - 1);
		http_read_cookies(&cx, &again, rs.headers[0].value);
		if (!again.n || strcmp(again.at[0].name, pairs.at[i].name) ||
		    strcmp(again.at[0].value, pairs.at[i].value))
			abort();
	}
	lg_arena_free(cx.mem);
	return 0;
}
