/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>

enum lg_err lg_fail(struct lg_ctx *cx, enum lg_err err, const char *field, const char *text)
{
	struct lg_note *n = lg_alloc(cx->mem, sizeof *n);
	*n = (struct lg_note){ cx->notes, field, text };
	cx->notes = n;
	return err;
}

enum lg_err lg_failf(struct lg_ctx *cx, enum lg_err err, const char *field, const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return lg_fail(cx, err, field, lg_strdup(cx->mem, text));
}
