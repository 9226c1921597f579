/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PARSER_PDF_H
#define LG_CMD_PARSER_PDF_H
#include "cmd/parser.h"

/**
 * @file
 * The text of a PDF, by poppler (GLib's interface of it). It is opened by the parser of PDF files alone, before the
 * sandbox: no other process has any of it in its memory, and without it everything else goes on.
 */
void parser_pdf_prepare(void);
LG_MUST enum lg_err parser_pdf(struct lg_ctx *cx, struct lg_buf *out, const char *input, size_t n);
#endif
