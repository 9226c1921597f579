/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	short http;
	const char *text;
} errs[] = {
#define E(name, http, text) [LG_##name] = { http, text },
#include "base/err.def"
#undef E
};

int lg_err_http(enum lg_err err) { return errs[err].http; }
const char *lg_err_text(enum lg_err err) { return errs[err].text; }

void lg_assert_failed(const char *what, const char *file, int line)
{
	(void)fprintf(stderr, "landgang: broken promise \"%s\" at %s:%d\n", what, file, line);
	abort();
}
