/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <string.h>

#include "formats/document.h"

/* Word's and OpenDocument's texts: XML in a zip file. One entry of it is read, in pieces, and nothing is kept of it but
 * the text. */
enum { ENTRIES = 5000, ENTRY_MOST = 64 << 20, CHUNK = 16 << 10 };

enum { OTHER, PARAGRAPH = 1, TEXT = 2, TAB = 4, BREAK = 8, SPACE = 16 };
struct element {
	const char *name;
	unsigned is;
};
/* ECMA-376 part 1, 17.3: runs of text in t; everything else between is layout. */
static const struct element word_elements[] = { { "p", PARAGRAPH }, { "t", TEXT },   { "tab", TAB },
	                                        { "br", BREAK },    { "cr", BREAK }, { NULL, OTHER } };
/* ODF 1.3 part 3, 5.1 and 6.1: text in paragraphs and headings, and in what is within them. */
static const struct element odt_elements[] = { { "p", PARAGRAPH | TEXT },
	                                       { "h", PARAGRAPH | TEXT },
	                                       { "tab", TAB },
	                                       { "line-break", BREAK },
	                                       { "s", SPACE },
	                                       { NULL, OTHER } };

struct reader {
	const struct element *elements;
	struct lg_buf *out;
	xmlParserCtxtPtr xml;
	unsigned within; /* of elements with text */
	bool full, refused;
};

static unsigned is_of(const struct reader *r, const xmlChar *name)
{
	const struct element *e = r->elements;
	while (e->name && strcmp(e->name, (const char *)name) != 0) e++;
	return e->is;
}

static void put(struct reader *r, const char *text, size_t n)
{
	if (r->full || lg_document_put(r->out, text, n)) return;
	r->full = true;
	xmlStopParser(r->xml);
}

static void on_start(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_spaces,
                     const xmlChar **spaces, int n, int n_default, const xmlChar **attributes)
{
	struct reader *r = with;
	unsigned is = is_of(r, name);
	(void)prefix, (void)uri, (void)n_spaces, (void)spaces, (void)n, (void)n_default, (void)attributes;
	if (is & TEXT) r->within++;
	if (is & TAB) put(r, "\t", 1);
	if (is & BREAK) put(r, "\n", 1);
	if (is & SPACE) put(r, " ", 1);
}

static void on_end(void *with, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *r = with;
	unsigned is = is_of(r, name);
	(void)prefix, (void)uri;
	if (is & TEXT && r->within) r->within--;
	if (is & PARAGRAPH) put(r, "\n", 1);
}

static void on_characters(void *with, const xmlChar *text, int n)
{
	struct reader *r = with;
	if (r->within) put(r, (const char *)text, (size_t)n);
}

/* No office program writes one; entities are for attacks. */
static void on_doctype(void *with, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	struct reader *r = with;
	(void)name, (void)id, (void)system;
	r->refused = true;
	xmlStopParser(r->xml);
}

static enum lg_err broken(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_INVALID, "upload",
	               "The text in this file could not be read: it is damaged. Open it, and save it anew.");
}

static enum lg_err too_large(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_INVALID, "upload", "There is more in this file than can be read.");
}

static enum lg_err read_entry(struct lg_ctx *cx, struct reader *r, struct archive *a)
{
	char *chunk = lg_alloc(cx->mem, CHUNK);
	size_t total = 0;
	while (!r->full) {
		la_ssize_t n = archive_read_data(a, chunk, CHUNK);
		if (n < 0) return broken(cx);
		total += (size_t)n;
		if (total > ENTRY_MOST) return too_large(cx);
		bool wrong = xmlParseChunk(r->xml, chunk, (int)n, n == 0) != 0;
		if (r->refused || (wrong && !r->full)) return broken(cx);
		if (n == 0) break;
	}
	return LG_OK;
}

static void free_archive(void *self) { (void)archive_read_free(self); }
static void free_xml(void *self)
{
	xmlParserCtxtPtr xml = self;
	if (xml->myDoc) xmlFreeDoc(xml->myDoc);
	xmlFreeParserCtxt(xml);
}

static void say_nothing(void *with, const char *format, ...) { (void)with, (void)format; }

static enum lg_err parse(struct lg_ctx *cx, struct reader *r, struct archive *a)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
		              .startElementNs = on_start,
		              .endElementNs = on_end,
		              .characters = on_characters,
		              .ignorableWhitespace = on_characters,
		              .cdataBlock = on_characters,
		              .internalSubset = on_doctype,
		              .error = say_nothing,
		              .warning = say_nothing };
	r->xml = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (!r->xml) return broken(cx);
	lg_defer(cx->mem, free_xml, r->xml);
	(void)xmlCtxtUseOptions(r->xml, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	return read_entry(cx, r, a);
}

/* Is this the entry with the text? Word calls it document.xml, and some that write its files document2.xml. */
static bool is_wanted(const char *path, const char *begins)
{
	size_t n = strlen(begins), k = path ? strlen(path) : 0;
	return k >= n + 4 && !strncmp(path, begins, n) && !strchr(path + n, '/') && !strcmp(path + k - 4, ".xml");
}

static enum lg_err read_zip(struct lg_ctx *cx, struct reader *r, const char *begins, const char *bytes, size_t n)
{
	struct archive *a = archive_read_new();
	struct archive_entry *entry;
	if (!a) return lg_fail(cx, LG_FAULT, "upload", "The archive reader could not start.");
	lg_defer(cx->mem, free_archive, a);
	if (archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
	    archive_read_open_memory(a, bytes, n) != ARCHIVE_OK)
		return broken(cx);
	for (int i = 0; i < ENTRIES; i++) {
		int got = archive_read_next_header(a, &entry);
		if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return broken(cx); /* the end too: there is no text */
		if (!is_wanted(archive_entry_pathname(entry), begins)) continue;
		if (archive_entry_filetype(entry) != AE_IFREG) return broken(cx);
		if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > ENTRY_MOST) return too_large(cx);
		return parse(cx, r, a);
	}
	return too_large(cx);
}

enum lg_err lg_document_docx(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct reader r = { .elements = word_elements, .out = out };
	return read_zip(cx, &r, "word/document", bytes, n);
}

enum lg_err lg_document_odt(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct reader r = { .elements = odt_elements, .out = out };
	return read_zip(cx, &r, "content", bytes, n);
}
