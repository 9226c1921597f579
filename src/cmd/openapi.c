/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "modules/modules.h"

static enum lg_err print(struct lg_ctx *cx, int argc, char **argv)
{
	bool help;
	const struct options o = { "openapi",
		                   "",
		                   "Print the description of the API, OpenAPI 3.1. It is made from the tables that the "
		                   "program runs by; the service gives it\nat /api/v1/openapi.json.",
		                   NULL,
		                   0,
		                   0 };
	LG_TRY(options_read(cx, &o, argc, argv, &help));
	if (help) return LG_OK;
	(void)json_dumpf(modules_openapi(cx), stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
	(void)putchar('\n'); /* run_end() tells when it fails */
	return LG_OK;
}

int cmd_openapi(int argc, char **argv)
{
	struct lg_ctx cx;
	run_begin(&cx);
	enum lg_err err = print(&cx, argc, argv);
	return run_end(&cx, "openapi", err);
}
