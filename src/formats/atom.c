/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/atom.h"

#include <libxml/xmlwriter.h>
#include <string.h>

#include "base/err.h"

static const xmlChar *x(const char *text) { return (const xmlChar *)text; }

/* A text as XML 1.0 can hold it: without control characters, U+FFFE and U+FFFF. */
static void put_text(xmlTextWriter *w, const char *text)
{
	while (*text) {
		size_t n = 0;
		while (text[n] && !((unsigned char)text[n] < ' ' && !strchr("\t\n\r", text[n])) &&
		       strncmp(text + n, "\xEF\xBF\xBE", 3) != 0 && strncmp(text + n, "\xEF\xBF\xBF", 3) != 0)
			n++;
		xmlChar *piece = xmlStrndup(x(text), (int)n);
		lg_assert(piece && xmlTextWriterWriteString(w, piece) >= 0);
		xmlFree(piece);
		text += n;
		if (*text) text += (unsigned char)*text < ' ' ? 1 : 3;
	}
}

static void put(xmlTextWriter *w, const char *name, const char *text)
{
	if (!text || !*text) return;
	lg_assert(xmlTextWriterStartElement(w, x(name)) >= 0);
	put_text(w, text);
	lg_assert(xmlTextWriterEndElement(w) >= 0);
}

static void put_link(xmlTextWriter *w, const char *rel, const char *type, const char *url)
{
	if (!url || !*url) return;
	lg_assert(xmlTextWriterStartElement(w, x("link")) >= 0);
	lg_assert(xmlTextWriterWriteAttribute(w, x("rel"), x(rel)) >= 0);
	if (type) lg_assert(xmlTextWriterWriteAttribute(w, x("type"), x(type)) >= 0);
	lg_assert(xmlTextWriterWriteAttribute(w, x("href"), x(url)) >= 0);
	lg_assert(xmlTextWriterEndElement(w) >= 0);
}

static void put_entry(xmlTextWriter *w, const struct lg_atom_entry *e)
{
	lg_assert(xmlTextWriterStartElement(w, x("entry")) >= 0);
	put(w, "id", e->id);
	put(w, "title", e->title);
	put_link(w, "alternate", "text/html", e->url);
	put(w, "published", e->published);
	put(w, "updated", e->updated);
	put(w, "summary", e->summary);
	lg_assert(xmlTextWriterEndElement(w) >= 0);
}

static void put_feed(xmlTextWriter *w, const struct lg_atom *feed)
{
	lg_assert(xmlTextWriterStartDocument(w, "1.0", "UTF-8", NULL) >= 0);
	lg_assert(xmlTextWriterStartElement(w, x("feed")) >= 0);
	lg_assert(xmlTextWriterWriteAttribute(w, x("xmlns"), x("http://www.w3.org/2005/Atom")) >= 0);
	if (feed->language) lg_assert(xmlTextWriterWriteAttribute(w, x("xml:lang"), x(feed->language)) >= 0);
	put(w, "id", feed->id);
	put(w, "title", feed->title);
	put(w, "updated", feed->updated);
	lg_assert(xmlTextWriterStartElement(w, x("author")) >= 0);
	put(w, "name", feed->author);
	lg_assert(xmlTextWriterEndElement(w) >= 0);
	put_link(w, "self", "application/atom+xml", feed->self);
	put_link(w, "alternate", "text/html", feed->url);
	put_link(w, "next", "application/atom+xml", feed->next);
	for (size_t i = 0; i < feed->n_entries; i++) put_entry(w, &feed->entries[i]);
	lg_assert(xmlTextWriterEndDocument(w) >= 0);
}

void lg_atom_print(struct lg_buf *out, const struct lg_atom *feed)
{
	xmlBuffer *buffer = xmlBufferCreate();
	xmlTextWriter *w = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
	lg_assert(w);
	put_feed(w, feed);
	xmlFreeTextWriter(w);
	lg_put(out, (const char *)xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
}
