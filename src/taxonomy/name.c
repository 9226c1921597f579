/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/name.h"

#include <stdio.h>
#include <string.h>

static const char esco[] = "http://data.europa.eu/esco/";
static const char *const folder[] = { [LG_GROUP] = "isco/C", [LG_OCCUPATION] = "occupation/", [LG_SKILL] = "skill/" };

static int hex(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

static bool uuid_read(struct lg_uuid *out, const char *s, size_t n)
{
	if (n != 36) return false;
	size_t digits = 0;
	*out = (struct lg_uuid){ { 0 } };
	for (size_t i = 0; i < n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash && s[i] != '-') return false;
		if (dash) continue;
		int v = hex(s[i]);
		if (v < 0) return false;
		out->bytes[digits / 2] = (uint8_t)(out->bytes[digits / 2] * 16 + v);
		digits++;
	}
	return true;
}

static bool starts(const char *s, size_t n, const char *with)
{
	return n >= strlen(with) && !memcmp(s, with, strlen(with));
}

/* Behind "http://data.europa.eu/esco/", or 0. */
static size_t behind_esco(const char *text, size_t n)
{
	if (starts(text, n, esco)) return sizeof esco - 1;
	return starts(text, n, "https") && starts(text + 5, n - 5, esco + 4) ? sizeof esco : 0;
}

bool lg_name_read(struct lg_name *out, enum lg_kind kind, const char *text, size_t n)
{
	size_t at = behind_esco(text, n);
	*out = (struct lg_name){ 0 };
	if (at) {
		if (!starts(text + at, n - at, folder[kind])) return false;
		at += strlen(folder[kind]);
	}
	out->code = text + at;
	out->n = n - at;
	out->is_uuid = kind != LG_GROUP && uuid_read(&out->uuid, out->code, out->n);
	if (kind == LG_GROUP) return lg_name_is_group(out->code, out->n);
	return out->is_uuid || (!at && n > 0 && n <= LG_CODE_MAX);
}

void lg_name_uri(char out[80], enum lg_kind kind, const struct lg_uuid *uuid)
{
	const uint8_t *b = uuid->bytes;
	(void)snprintf(out, 80, "%s%s%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", esco,
	               folder[kind], b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
	               b[13], b[14], b[15]);
}

bool lg_name_is_group(const char *code, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (code[i] < '0' || code[i] > '9') return false;
	return n >= 1 && n <= 4;
}

bool lg_name_is_own(const char *code, size_t n)
{
	if (!starts(code, n, "lg:") || n == 3 || n > LG_CODE_MAX) return false;
	for (size_t i = 3; i < n; i++) {
		bool letter = code[i] >= 'a' && code[i] <= 'z', digit = code[i] >= '0' && code[i] <= '9';
		if (!letter && !digit && code[i] != '-') return false;
	}
	return true;
}
