/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "base/utf8.h"
#include "formats/europass.h"

/* Any bytes as a CV, in any form: what comes is clean UTF-8, within its bounds, and dates are dates. */
static void check_date(const char *s)
{
	size_t n = strlen(s);
	lg_assert(n == 0 || n == 4 || n == 7 || n == 10);
	for (size_t i = 0; i < n; i++) lg_assert(i == 4 || i == 7 ? s[i] == '-' : s[i] >= '0' && s[i] <= '9');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	struct lg_cv *cv;
	if (lg_cv_read(&cx, "f", data, size, &cv) == LG_OK) {
		lg_assert(!cx.notes && cv->n_jobs <= LG_CV_LIST_MAX && cv->n_schools <= LG_CV_LIST_MAX);
		lg_assert(cv->n_skills <= LG_CV_LIST_MAX && cv->n_driving <= LG_CV_LIST_MAX);
		check_date(cv->born);
		for (size_t i = 0; i < cv->n_jobs; i++) check_date(cv->jobs[i].from);
		for (size_t i = 0; i < cv->n_schools; i++) check_date(cv->schools[i].to);
		lg_cv_json(&out, cv);
		lg_assert(lg_utf8_span(out.data, out.len) == out.len);
	} else {
		lg_assert(cx.notes && !cx.notes->next && *cx.notes->text);
	}
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
	return 0;
}
