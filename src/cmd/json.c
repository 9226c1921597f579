/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

json_t *json_new(void)
{
	json_t *o = json_object();
	lg_assert(o);
	return o;
}

json_t *json_list(void)
{
	json_t *a = json_array();
	lg_assert(a);
	return a;
}

void json_add(json_t *to, const char *key, json_t *value) { lg_assert(!json_object_set_new(to, key, value)); }
void json_push(json_t *list, json_t *value) { lg_assert(!json_array_append_new(list, value)); }

json_t *json_text(const char *text)
{
	struct lg_buf fit = { 0 };
	size_t n = strlen(text), at = 0;
	for (;;) {
		size_t good = lg_utf8_span(text + at, n - at);
		lg_put(&fit, text + at, good);
		at += good;
		if (at >= n) break;
		lg_putc(&fit, '?');
		at++;
	}
	json_t *s = json_stringn(fit.data, fit.len);
	lg_assert(s);
	lg_buf_free(&fit);
	return s;
}

void json_add_text(json_t *to, const char *key, const char *text)
{
	json_add(to, key, text ? json_text(text) : json_null());
}

void json_add_int(json_t *to, const char *key, int64_t v) { json_add(to, key, json_integer(v)); }
void json_add_real(json_t *to, const char *key, double v) { json_add(to, key, json_real(v)); }
void json_add_bool(json_t *to, const char *key, bool v) { json_add(to, key, json_boolean(v)); }

static int take(const char *bytes, size_t n, void *out)
{
	lg_put(out, bytes, n);
	return 0;
}

void json_print(struct lg_buf *out, json_t *root)
{
	lg_assert(!json_dump_callback(root, take, out, JSON_INDENT(2) | JSON_REAL_PRECISION(6)));
	lg_putc(out, '\n');
	json_decref(root);
}
