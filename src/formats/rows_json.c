/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/rows_inner.h"

/* Numbers as plain decimals: no exponent, no trailing zeros. */
static void put_real(struct lg_buf *out, double v)
{
	char text[400];
	int n = snprintf(text, sizeof text, "%.9f", v);
	size_t len = n > 0 && (size_t)n < sizeof text ? (size_t)n : 0;
	while (len && text[len - 1] == '0') len--;
	if (len && (text[len - 1] == '.' || text[len - 1] == ',')) len--;
	lg_put(out, text, len);
}

static bool put_scalar(struct lg_buf *out, const json_t *v)
{
	if (json_is_string(v))
		lg_put(out, json_string_value(v), json_string_length(v));
	else if (json_is_integer(v))
		lg_put_int(out, json_integer_value(v));
	else if (json_is_real(v))
		put_real(out, json_real_value(v));
	else if (json_is_boolean(v))
		lg_puts(out, json_is_true(v) ? "true" : "false");
	else
		return json_is_null(v);
	return true;
}

/* A value as the text a CSV field would hold: lists joined by semicolons. */
static bool put_value(struct lg_buf *out, const json_t *v)
{
	if (!json_is_array(v)) return put_scalar(out, v);
	for (size_t i = 0; i < json_array_size(v); i++) {
		if (i) lg_putc(out, ';');
		if (!put_scalar(out, json_array_get(v, i))) return false;
	}
	return true;
}

static struct lg_cell trim(struct lg_buf *b, size_t from, size_t to)
{
	while (from < to && rows_blank(b->data + from, 1)) from++;
	while (to > from && rows_blank(b->data + to - 1, 1)) to--;
	b->data[to] = '\0';
	return (struct lg_cell){ b->data + from, to - from };
}

/* Fill r->json with the texts, one behind the other. @return the column that is not usable, or NULL */
static const char *texts_of(struct lg_rows *r, json_t *object, size_t from[], size_t to[], uint64_t *known)
{
	const char *key;
	json_t *value;
	lg_buf_clear(&r->json);
	json_object_foreach(object, key, value)
	{
		int column = rows_column(r, key, strlen(key));
		if (column < 0) continue;
		if (*known >> column & 1) return key;
		*known |= UINT64_C(1) << column;
		from[column] = r->json.len;
		if (!put_value(&r->json, value)) return key;
		to[column] = r->json.len;
		lg_putc(&r->json, '\0');
	}
	return NULL;
}

static void unknown_keys(struct lg_rows *r, json_t *object)
{
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value) if (*key && rows_column(r, key, strlen(key)) < 0)
	    r->sink->unknown(r->sink->self, key, r->begin);
}

static enum lg_err give(struct lg_rows *r, json_t *object)
{
	size_t from[LG_COLUMNS_MAX], to[LG_COLUMNS_MAX];
	uint64_t known = 0;
	const char *bad = texts_of(r, object, from, to, &known);
	if (!r->headed) LG_TRY(rows_header(r, known));
	unknown_keys(r, object);
	const char *fault = json_string_value(json_object_get(object, "")); /* of one who has read it before us */
	if (fault) {
		rows_fault(r, "", "", 0, fault);
		return LG_OK;
	}
	if (bad) {
		rows_fault(r, bad, "", 0, "Give a text, a number, true, false or a list of those, once.");
		return LG_OK;
	}
	for (size_t i = 0; i < r->sink->n_columns; i++)
		r->cells[i] = known >> i & 1 ? trim(&r->json, from[i], to[i]) : (struct lg_cell){ "", 0 };
	const struct lg_record record = { .line = r->begin, .cells = r->cells, .column = "", .value = { "", 0 } };
	r->sink->record(r->sink->self, &record);
	return LG_OK;
}

enum lg_err rows_json_line(struct lg_rows *r, const char *s, size_t n)
{
	json_error_t error;
	while (n && rows_blank(s + n - 1, 1)) n--;
	if (!n) return LG_OK;
	json_t *object = json_loadb(s, n, JSON_REJECT_DUPLICATES, &error);
	enum lg_err err = LG_OK;
	if (json_is_object(object))
		err = give(r, object);
	else if (object)
		rows_fault(r, "", s, n, "The line must be one JSON object { }.");
	else if (lg_utf8_span(s, n) != n)
		rows_fault(r, "", s, n, "This line is not UTF-8. Write NDJSON in UTF-8.");
	else {
		(void)snprintf(
		    r->reason, sizeof r->reason,
		    "The line is not one whole JSON object (%.120s, at character %d). Write one object a line.",
		    error.text, error.column);
		rows_fault(r, "", s, n, r->reason);
	}
	json_decref(object);
	return err;
}
