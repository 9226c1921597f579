/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>
#include <strings.h>

enum { CHUNK = 64 * 1024, DECLARATION_MAX = 200 };

struct lg_xml {
	struct lg_ctx *cx;
	const char *name;
	const struct lg_xml_sink *sink;
	xmlSAXHandler sax;
	xmlParserCtxtPtr parser;
	size_t depth;
	enum lg_err err;
	char head[DECLARATION_MAX]; /* the first bytes, until it is known which letters they are */
	size_t n_head;
	bool begun, html;
};

/* SAX2 gives five pointers for each: name, prefix, namespace, where the value begins, where it ends. */
struct lg_xml_attrs {
	const xmlChar **five;
	size_t n;
};

/* ---------------------------------------------------------------------------------------------------- events */

void lg_xml_stop(struct lg_xml *x, enum lg_err err)
{
	if (x->err == LG_OK) x->err = err;
	if (x->parser && !x->html) xmlStopParser(x->parser); /* HTML's would go on with what it has freed */
}

static void refuse(struct lg_xml *x, const char *what)
{
	if (x->err == LG_OK) lg_xml_stop(x, lg_failf(x->cx, LG_INVALID, x->name, "Line %zu: %s", lg_xml_line(x), what));
}

size_t lg_xml_line(const struct lg_xml *x)
{
	int line = x->parser ? xmlSAX2GetLineNumber(x->parser) : 0;
	return line > 0 ? (size_t)line : 1;
}

static void on_begin(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
                     const xmlChar **namespaces, int n_attrs, int n_defaults, const xmlChar **five)
{
	struct lg_xml *x = self;
	const struct lg_xml_attrs attrs = { five, n_attrs > 0 ? (size_t)n_attrs : 0 };
	(void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaults;
	if (x->err) return;
	if (x->depth++ == LG_XML_DEPTH_MAX)
		refuse(x, "elements are nested too deep here.");
	else
		x->sink->begin(x->sink->self, (const char *)name, &attrs);
}

static void on_end(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct lg_xml *x = self;
	(void)prefix, (void)uri;
	if (x->err) return;
	x->depth--;
	x->sink->end(x->sink->self, (const char *)name);
}

static void on_text(void *self, const xmlChar *s, int n)
{
	struct lg_xml *x = self;
	if (!x->err && n > 0) x->sink->text(x->sink->self, (const char *)s, (size_t)n);
}

static void on_dtd(void *self, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	refuse(self, "a document type (<!DOCTYPE) stands here. No such file needs one; it is not read.");
}

static void on_error(void *self, xmlErrorPtr error) { (void)self, (void)error; } /* asked for afterwards */

size_t lg_xml_attr_count(const struct lg_xml_attrs *attrs) { return attrs->n; }

const char *lg_xml_attr_at(const struct lg_xml_attrs *attrs, size_t i, const char **s, size_t *n)
{
	const xmlChar **five = attrs->five + 5 * i;
	*s = (const char *)five[3];
	*n = (size_t)(five[4] - five[3]);
	return (const char *)five[0];
}

bool lg_xml_attr(const struct lg_xml_attrs *attrs, bool prefixed, const char *name, const char **s, size_t *n)
{
	for (size_t i = 0; i < attrs->n; i++)
		if (!attrs->five[5 * i + 1] != prefixed && !strcmp(lg_xml_attr_at(attrs, i, s, n), name)) return true;
	*s = "";
	*n = 0;
	return false;
}

/* --------------------------------------------------------------------------------------------------- reading */

static void close_xml(void *thing)
{
	struct lg_xml *x = thing;
	if (x->parser) xmlFreeParserCtxt(x->parser);
	x->parser = NULL;
}

struct lg_xml *lg_xml_new(struct lg_ctx *cx, const char *name, const struct lg_xml_sink *sink)
{
	struct lg_xml *x = lg_alloc(cx->mem, sizeof *x);
	*x = (struct lg_xml){ .cx = cx, .name = name, .sink = sink };
	x->sax = (xmlSAXHandler){ .initialized = XML_SAX2_MAGIC,
		                  .internalSubset = on_dtd,
		                  .startElementNs = on_begin,
		                  .endElementNs = on_end,
		                  .characters = on_text,
		                  .ignorableWhitespace = on_text,
		                  .cdataBlock = on_text,
		                  .serror = on_error };
	x->parser = xmlCreatePushParserCtxt(&x->sax, x, NULL, 0, NULL);
	lg_assert(x->parser);
	/* Our letters or UTF-16 with its mark, whatever the declaration says. NOENT: the five are put in place also in
	 * attributes; there can be no others without a DTD. */
	(void)xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
	lg_defer(cx->mem, close_xml, x);
	return x;
}

static enum lg_err broken(struct lg_xml *x)
{
	const xmlError *e = xmlCtxtGetLastError(x->parser);
	const char *what = e && e->message ? e->message : "it is not whole";
	refuse(x, lg_printf(x->cx->mem, "this is not well-formed XML (%.*s). The file is damaged.",
	                    (int)strcspn(what, "\r\n"), what));
	return x->err;
}

static enum lg_err parse(struct lg_xml *x, const char *bytes, size_t n, bool last)
{
	(void)xmlParseChunk(x->parser, bytes, (int)n, last);
	if (x->err) return x->err;
	return x->parser->wellFormed ? LG_OK : broken(x);
}

/* What the declaration says of the letters must be true: libxml2 would look for other tables on the disk. */
static enum lg_err letters_of(struct lg_xml *x)
{
	static const char *const ours[] = { "utf-8", "utf8", "us-ascii", "ascii", "utf-16" };
	const char *begin = memchr(x->head, '<', x->n_head), *end = memchr(x->head, '>', x->n_head);
	if (!begin || !end || end - begin < 6 || strncmp(begin, "<?xml", 5) != 0) return LG_OK;
	const char *said = lg_strndup(x->cx->mem, begin, (size_t)(end - begin)), *at = strstr(said, "encoding");
	if (!at) return LG_OK;
	at += strcspn(at, "'\"");
	at += *at != '\0';
	size_t n = strcspn(at, "'\"");
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (strlen(ours[i]) == n && !strncasecmp(at, ours[i], n)) return LG_OK;
	return lg_failf(x->cx, LG_INVALID, x->name, "This XML is written in %.*s. Save it in UTF-8.",
	                n < 30 ? (int)n : 30, at);
}

/* Letters of four bytes, or of mainframes, are not looked up either. */
static bool is_xml(const struct lg_xml *x)
{
	const char *p = x->head;
	if (!x->n_head || !memchr("<\xEF\xFF\xFE\0 \t\r\n", *p, 9)) return false;
	return x->n_head < 4 || ((p[0] || p[1]) && (p[2] || p[3]));
}

static enum lg_err begin(struct lg_xml *x)
{
	x->begun = true;
	if (!is_xml(x)) return x->err = lg_fail(x->cx, LG_INVALID, x->name, "This is not XML in UTF-8.");
	if ((x->err = letters_of(x)) != LG_OK) return x->err;
	return parse(x, x->head, x->n_head, false);
}

enum lg_err lg_xml_feed(struct lg_xml *x, const char *bytes, size_t n)
{
	if (!x->begun) {
		size_t some = n < sizeof x->head - x->n_head ? n : sizeof x->head - x->n_head;
		memcpy(x->head + x->n_head, bytes, some);
		x->n_head += some;
		bytes += some;
		n -= some;
		if (x->n_head == sizeof x->head) LG_TRY(begin(x));
	}
	for (size_t some; n && x->err == LG_OK; bytes += some, n -= some) {
		some = n < CHUNK ? n : CHUNK;
		LG_TRY(parse(x, bytes, some, false));
	}
	return x->err;
}

enum lg_err lg_xml_end(struct lg_xml *x)
{
	enum lg_err err = x->err;
	if (err == LG_OK && !x->begun) err = begin(x);
	if (err == LG_OK) err = parse(x, "", 0, true);
	close_xml(x);
	return err;
}

/* ------------------------------------------------------------------------------------------------------ HTML */

/* SAX1 gives names and values in turn, up to a NULL; a value may be NULL. */
static void on_html_begin(void *self, const xmlChar *name, const xmlChar **pairs)
{
	enum { ATTRS_MAX = 32 };
	struct lg_xml *x = self;
	const xmlChar *five[5 * ATTRS_MAX] = { NULL };
	size_t n = 0;
	for (; pairs && pairs[2 * n] && n < ATTRS_MAX; n++) {
		static const xmlChar none[1];
		const xmlChar *value = pairs[2 * n + 1] ? pairs[2 * n + 1] : none;
		five[5 * n] = pairs[2 * n];
		five[5 * n + 3] = value;
		five[5 * n + 4] = value + xmlStrlen(value);
	}
	const struct lg_xml_attrs attrs = { five, n };
	if (!x->err) x->sink->begin(x->sink->self, (const char *)name, &attrs);
}

static void on_html_end(void *self, const xmlChar *name)
{
	struct lg_xml *x = self;
	if (!x->err) x->sink->end(x->sink->self, (const char *)name);
}

enum lg_err lg_html_read(struct lg_ctx *cx, const char *name, const char *bytes, size_t n,
                         const struct lg_xml_sink *sink, struct lg_xml **xml)
{
	struct lg_xml x = { .cx = cx, .name = name, .sink = sink, .html = true };
	xmlSAXHandler sax = { .startElement = on_html_begin,
		              .endElement = on_html_end,
		              .characters = on_text,
		              .ignorableWhitespace = on_text,
		              .cdataBlock = on_text };
	if (n > 1u << 30) return lg_fail(cx, LG_INVALID, name, "This page is larger than 1 GiB.");
	htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&sax, &x, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	lg_assert(parser);
	(void)htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
	                                     HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER);
	x.parser = parser;
	if (xml) *xml = &x;
	for (size_t some; n && !x.err; bytes += some, n -= some) {
		some = n < CHUNK ? n : CHUNK;
		(void)htmlParseChunk(parser, bytes, (int)some, 0);
	}
	if (!x.err) (void)htmlParseChunk(parser, "", 0, 1);
	htmlFreeParserCtxt(parser);
	return x.err;
}

void lg_xml_ready(void) { xmlInitParser(); }
