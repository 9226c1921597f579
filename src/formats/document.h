/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_DOCUMENT_H
#define LG_FORMATS_DOCUMENT_H
#include <stdbool.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * Documents as people upload them: what a file is by its bytes, what its name says, and the text in it. Pure.
 */
enum lg_document {
#define T(code, ends, type) LG_DOCUMENT_##code,
#include "formats/document.def"
#undef T
	LG_DOCUMENTS /* none of them */
};
const char *lg_document_code(enum lg_document d);  /* "pdf" */
const char *lg_document_media(enum lg_document d); /* "application/pdf" */
enum lg_document lg_document_of_code(const char *code);
/** By the ending of a file's name; case does not matter. */
enum lg_document lg_document_said(const char *filename);
/**
 * By its first bytes (of zip files: by the names of what is in them; of text: that there is nothing else in it), which
 * says what it is and not that it is whole. O(n).
 */
enum lg_document lg_document_is(const char *bytes, size_t n);

/** So much of a text is kept. */
enum { LG_DOCUMENT_TEXT = 256 << 10 };
/**
 * The text in a document, UTF-8 with lines that end in "\n", cut off behind LG_DOCUMENT_TEXT bytes. For the parser
 * process: what they read was sent by strangers. LG_INVALID: with words for whoever sent it. The work is bounded by
 * the size that entries declare and, since that may be a lie, by what comes out.
 */
LG_MUST enum lg_err lg_document_docx(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
LG_MUST enum lg_err lg_document_odt(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
/** Unicode of every kind; else what the letters make likely (ICU): old files of Windows, Cyrillic ones too. */
LG_MUST enum lg_err lg_document_txt(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);
/** Put a text that a library found: what is no character is left out, the rest as above. @return false: it is full */
bool lg_document_put(struct lg_buf *out, const char *text, size_t n);
#endif
