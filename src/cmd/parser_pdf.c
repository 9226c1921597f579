/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/parser_pdf.h"

#include <dlfcn.h>
#include <poppler.h>
#include <string.h>

#include "formats/document.h"

enum { PAGES = 200 };

/* What is taken of the library. */
#define TAKEN(T)                                                                                                       \
	T(g_bytes_new_static)                                                                                          \
	T(g_object_unref)                                                                                              \
	T(poppler_document_new_from_bytes)                                                                             \
	T(poppler_document_get_n_pages)                                                                                \
	T(poppler_document_get_page)                                                                                   \
	T(poppler_page_get_text)

static struct {
#define T(name) __typeof__(&(name)) name;
	TAKEN(T)
#undef T
	bool there;
} poppler;

/* The least of documents: what the library looks for in folders when it begins, it looks for now. It stays open. */
static const char least[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F<</Type/Font/Subtype/Type1"
    "/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>endobj\n"
    "4 0 obj<</Length 24>>stream\nBT /F 9 Tf (a) Tj ET    \nendstream endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

static PopplerDocument *opened(const char *bytes, size_t n, GError **why)
{
	return poppler.poppler_document_new_from_bytes(poppler.g_bytes_new_static(bytes, n), NULL, why);
}

/* @return false: the text is long enough */
static bool put_page(struct lg_buf *out, PopplerDocument *d, int page)
{
	PopplerPage *p = poppler.poppler_document_get_page(d, page);
	const char *text = p ? poppler.poppler_page_get_text(p) : NULL; /* ends with the process */
	bool more = !text || (lg_document_put(out, text, strlen(text)) && lg_document_put(out, "\n", 1));
	if (p) poppler.g_object_unref(p);
	return more;
}

void parser_pdf_prepare(void)
{
	void *library = dlopen("libpoppler-glib.so.8", RTLD_NOW | RTLD_LOCAL);
	struct lg_buf none = { 0 };
	if (!library) return;
	poppler.there = true;
#define T(name)                                                                                                        \
	*(void **)&poppler.name = dlsym(library, #name);                                                               \
	poppler.there = poppler.there && poppler.name;
	TAKEN(T)
#undef T
	PopplerDocument *d = poppler.there ? opened(least, sizeof least - 1, NULL) : NULL;
	if (d) (void)put_page(&none, d, 0);
	lg_buf_free(&none);
}

static enum lg_err not_opened(struct lg_ctx *cx, const GError *why)
{
	if (why && why->code == POPPLER_ERROR_ENCRYPTED)
		return lg_fail(cx, LG_INVALID, "upload",
		               "This file is locked with a password, so that its text cannot be read.");
	return lg_fail(cx, LG_INVALID, "upload",
	               "The text in this file could not be read: it is damaged. Open it, and save it anew.");
}

enum lg_err parser_pdf(struct lg_ctx *cx, struct lg_buf *out, const char *input, size_t n)
{
	GError *why = NULL;
	if (!poppler.there)
		return lg_fail(cx, LG_INVALID, "upload",
		               "Texts of PDF files are not read here: the library for it is not installed.");
	PopplerDocument *d = opened(input, n, &why);
	if (!d) return not_opened(cx, why);
	int pages = poppler.poppler_document_get_n_pages(d);
	for (int i = 0; i < pages && i < PAGES; i++)
		if (!put_page(out, d, i)) break;
	return LG_OK;
}
