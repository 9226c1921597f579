/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"

char path[600];

const char *at(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(path, sizeof path, fmt, args);
	va_end(args);
	assert_true(n >= 0 && (size_t)n < sizeof path);
	return path;
}

void keep_made(char out[40], struct service_answer a)
{
	assert_status(a, 201);
	(void)snprintf(out, 40, "%s", record_word(a.json, "id"));
}

void keep_place(char out[40], struct service_answer a)
{
	assert_status(a, 303);
	const char *slash = strrchr(a.location, '/');
	assert_non_null(slash);
	(void)snprintf(out, 40, "%.36s", slash + 1);
}
