/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_XML_H
#define LG_FORMATS_XML_H
#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/**
 * @file
 * XML from strangers, in pieces, as events (libxml2's SAX2). What is refused, with a note: a DTD (so there are no
 * entities but XML's own five, and no defaults), another encoding than UTF-8 or UTF-16 with its mark, elements more
 * than LG_XML_DEPTH_MAX deep, a name or an attribute over libxml2's own bounds, whatever is not well-formed. Nothing is
 * fetched. Namespaces are passed over: names are local ones.
 */
enum { LG_XML_DEPTH_MAX = 64 };

struct lg_xml_attrs; /* of the element that begins */

/** Everything given is valid during the call only. */
struct lg_xml_sink {
	void *self;
	void (*begin)(void *self, const char *name, const struct lg_xml_attrs *attrs);
	void (*end)(void *self, const char *name);
	void (*text)(void *self, const char *s, size_t n); /* in any pieces; CDATA too */
};

struct lg_xml; /* a reader of one document */

/** Begin. `name` (for notes) and `sink` are borrowed. It ends with cx->mem. */
struct lg_xml *lg_xml_new(struct lg_ctx *cx, const char *name, const struct lg_xml_sink *sink);
/** The next bytes. LG_INVALID with one note (field: its name), or what lg_xml_stop() was given. */
LG_MUST enum lg_err lg_xml_feed(struct lg_xml *x, const char *bytes, size_t n);
/** The document has ended, and was whole. Gives its memory back. Errors as above. */
LG_MUST enum lg_err lg_xml_end(struct lg_xml *x);

/** From within an event: end the reading with this error, whose note is made already. */
void lg_xml_stop(struct lg_xml *x, enum lg_err err);
/** The line that is being read, 1-based. */
size_t lg_xml_line(const struct lg_xml *x);

/** An attribute by its local name; `prefixed`: one with a namespace (r:id), or one without. @return false: none */
bool lg_xml_attr(const struct lg_xml_attrs *attrs, bool prefixed, const char *name, const char **s, size_t *n);
size_t lg_xml_attr_count(const struct lg_xml_attrs *attrs);
/** One by its place. Its local name is given. */
const char *lg_xml_attr_at(const struct lg_xml_attrs *attrs, size_t i, const char **s, size_t *n);

/**
 * HTML from strangers as the same events, but names are in lower case and what is not well-formed is taken as browsers
 * would take it. `n` at most 1 GiB, UTF-8. The text of scripts and styles is given as text within them. *xml is set
 * before the first event, for lg_xml_line() and lg_xml_stop() during the call; it may be NULL.
 */
LG_MUST enum lg_err lg_html_read(struct lg_ctx *cx, const char *name, const char *bytes, size_t n,
                                 const struct lg_xml_sink *sink, struct lg_xml **xml);

/** Do before a sandbox forbids it: what libxml2 makes ready once a process. Before threads start. */
void lg_xml_ready(void);
#endif
