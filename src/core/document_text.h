/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DOCUMENT_TEXT_H
#define LG_CORE_DOCUMENT_TEXT_H
#include "app/app.h"
#include "core/name.h"

/**
 * @file
 * The words of a document: folded as names are (core/name.h), so that they are found in either script, and kept as
 * keyed hashes, so that the table of them tells nothing. Found are whole words; all that were asked for must stand
 * there.
 */

/** Keys (hex) of the words of a text, without repeats; at most DOCUMENT_WORDS. */
enum { DOCUMENT_WORDS = 6000 };
struct db_list document_keys(struct lg_ctx *cx, const struct call *c, const char *text);
/** The same for an office that nobody acts in. */
struct seal_ring;
struct db_list document_keys_of(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant, const char *text);
/** Where the words of `asked` stand in a text: ascending. @return how many were written, at most `room` */
size_t document_spans(struct lg_ctx *cx, struct name_span *out, size_t room, const char *text, const char *asked);
/** The part of a text around the first word that was asked for, in one line; "" when there is none. */
const char *document_quote(struct lg_ctx *cx, const char *text, const char *asked);
#endif
