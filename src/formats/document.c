/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/document.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "base/utf8.h"
#include "formats/plain.h"

static const struct {
	const char *code, *ends, *media;
} types[] = {
#define T(code, ends, type) { #code, ends, type },
#include "formats/document.def"
#undef T
};

const char *lg_document_code(enum lg_document d) { return types[d].code; }
const char *lg_document_media(enum lg_document d) { return types[d].media; }

enum lg_document lg_document_of_code(const char *code)
{
	unsigned d = 0;
	while (d < LG_DOCUMENTS && strcmp(types[d].code, code) != 0) d++;
	return (enum lg_document)d;
}

/* Is it one of the words of a list? */
static bool is_among(const char *word, size_t n, const char *list)
{
	for (size_t k; *list; list += k + (list[k] == ' ')) {
		k = strcspn(list, " ");
		if (k == n && !strncasecmp(list, word, n)) return true;
	}
	return false;
}

enum lg_document lg_document_said(const char *filename)
{
	const char *dot = strrchr(filename, '.');
	unsigned d = 0;
	while (d < LG_DOCUMENTS && (!dot || !is_among(dot + 1, strlen(dot + 1), types[d].ends))) d++;
	return (enum lg_document)d;
}

/* --- what it is */

static bool begins(const char *bytes, size_t n, const char *with, size_t n_with)
{
	return n >= n_with && !memcmp(bytes, with, n_with);
}
#define BEGINS(bytes, n, with) begins(bytes, n, with, sizeof(with) - 1)

/* OpenDocument says it first of all, as it is (ODF 1.3 part 2, 3.3); of Word's files the names of the entries tell. */
static enum lg_document zip_is(const char *bytes, size_t n)
{
	static const char odt[] = "mimetypeapplication/vnd.oasis.opendocument.text", word[] = "word/document";
	enum { NAMES = 30 };
	if (n > NAMES + sizeof odt && BEGINS(bytes + NAMES, n - NAMES, odt) && bytes[NAMES + sizeof odt - 1] != '-')
		return LG_DOCUMENT_odt;
	return memmem(bytes, n, word, sizeof word - 1) && memmem(bytes, n, "[Content_Types].xml", 19) ? LG_DOCUMENT_docx
	                                                                                              : LG_DOCUMENTS;
}

/* Nothing but what writers of text use: no NUL, unless it is UTF-16 that says so, and no other controls. */
static bool is_text(const char *bytes, size_t n)
{
	if (n >= 2 && (BEGINS(bytes, n, "\xFF\xFE") || BEGINS(bytes, n, "\xFE\xFF"))) return n % 2 == 0;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] < 0x20 ? !strchr("\t\n\r\f", bytes[i]) || !bytes[i] : bytes[i] == 0x7F)
			return false;
	return n > 0;
}

enum lg_document lg_document_is(const char *bytes, size_t n)
{
	if (BEGINS(bytes, n, "%PDF-")) return LG_DOCUMENT_pdf;
	if (BEGINS(bytes, n, "\x89PNG\r\n\x1A\n")) return LG_DOCUMENT_png;
	if (BEGINS(bytes, n, "\xFF\xD8\xFF")) return LG_DOCUMENT_jpeg;
	if (BEGINS(bytes, n, "PK\x03\x04")) return zip_is(bytes, n);
	return is_text(bytes, n) ? LG_DOCUMENT_txt : LG_DOCUMENTS;
}

/* --- its text */

/* Of a line, the characters that are any; C1 stands behind C2. */
static bool is_shown(const char *c, size_t n)
{
	if (n == 1) return (unsigned char)*c >= 0x20 ? *c != 0x7F : *c == '\n' || *c == '\t';
	return n != 2 || (unsigned char)c[0] != 0xC2 || (unsigned char)c[1] >= 0xA0;
}

static size_t bytes_of(unsigned char first) { return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

bool lg_document_put(struct lg_buf *out, const char *text, size_t n)
{
	for (size_t good = lg_utf8_span(text, n); n; good = lg_utf8_span(text, n)) {
		for (size_t k; good; text += k, n -= k, good -= k) {
			k = bytes_of((unsigned char)*text);
			if (out->len + k > LG_DOCUMENT_TEXT) return false;
			if (*text == '\f')
				lg_putc(out, '\n');
			else if (is_shown(text, k))
				lg_put(out, text, k);
		}
		if (n) text++, n--;
	}
	return true;
}

/* What it may be if it is no Unicode, in Unicode. */
static const char *converted(struct lg_ctx *cx, const char *bytes, size_t n, size_t *len)
{
	enum { SURE = 10, LOOK = 64 << 10 };
	UErrorCode wrong = U_ZERO_ERROR;
	UCharsetDetector *d = ucsdet_open(&wrong);
	ucsdet_setText(d, bytes, n < LOOK ? (int32_t)n : LOOK, &wrong);
	const UCharsetMatch *match = ucsdet_detect(d, &wrong);
	const char *charset = NULL, *text = NULL;
	if (U_SUCCESS(wrong) && match && ucsdet_getConfidence(match, &wrong) >= SURE)
		charset = ucsdet_getName(match, &wrong);
	if (U_SUCCESS(wrong) && charset) {
		int32_t room = (int32_t)(n < LG_DOCUMENT_TEXT ? n : LG_DOCUMENT_TEXT), most = room * 4 + 1;
		char *to = lg_alloc(cx->mem, (size_t)most);
		int32_t got = ucnv_convert("UTF-8", charset, to, most, bytes, room, &wrong);
		if (U_SUCCESS(wrong)) text = to, *len = (size_t)got;
	}
	ucsdet_close(d);
	return text;
}

enum lg_err lg_document_txt(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct lg_buf plain = { 0 };
	size_t len = 0;
	enum lg_err err = lg_plain_text(cx, &plain, bytes, n);
	if (err != LG_OK) {
		const char *text = converted(cx, bytes, n, &len);
		lg_buf_clear(&plain);
		if (text) {
			cx->notes = NULL;
			err = lg_plain_text(cx, &plain, text, len);
		}
	}
	if (err == LG_OK) (void)lg_document_put(out, plain.data ? plain.data : "", plain.len);
	lg_buf_free(&plain);
	return err;
}
