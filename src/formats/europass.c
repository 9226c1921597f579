/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/europass.h"

#include <string.h>

#include "base/utf8.h"
#include "formats/europass_inner.h"

static size_t blanks(const char *s, size_t n)
{
	size_t i = n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3) ? 3 : 0;
	while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n')) i++;
	return i;
}

bool cv_looks_right(const char *bytes, size_t n)
{
	enum { HEAD = 4096 };
	size_t from = blanks(bytes, n), head = n < HEAD ? n : HEAD;
	if (from == n || (bytes[from] != '<' && bytes[from] != '{')) return false;
	return memmem(bytes, head, "SkillsPassport", 14) || memmem(bytes, head, "Candidate", 9);
}

static const char *or_none(const char *s) { return s ? s : ""; }

/* What no form has said anything of. */
static void fill(struct lg_cv *cv)
{
	const char **const texts[] = { &cv->language, &cv->given,   &cv->family,  &cv->born,
		                       &cv->email,    &cv->phone,   &cv->street,  &cv->postcode,
		                       &cv->town,     &cv->country, &cv->headline };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = or_none(*texts[i]);
}

static enum lg_err no_cv(struct lg_ctx *cx, const char *name)
{
	return lg_fail(cx, LG_INVALID, name,
	               "This is no Europass CV. Give the XML, JSON or PDF that Europass lets one download.");
}

static enum lg_err read_xml(struct lg_ctx *cx, const char *name, const char *bytes, size_t n, struct lg_cv *cv)
{
	struct cv_reader r = { cx, cv };
	const char *root;
	json_t *tree;
	enum lg_err err = LG_OK;
	LG_TRY(cv_tree(cx, name, bytes, n, &root, &tree));
	if (!strcmp(root, "SkillsPassport")) {
		cv->form = LG_CV_SKILLSPASSPORT_XML;
		cv_read_passport(&r, tree);
	} else if (!strcmp(root, "Candidate")) {
		cv->form = LG_CV_CANDIDATE_XML;
		cv_read_candidate(&r, tree);
	} else if (!strcmp(root, "learnerinfo")) {
		err = lg_fail(
		    cx, LG_INVALID, name,
		    "This Europass CV is of version 2.0, from before 2013. Open it in Europass and save it anew.");
	} else {
		err = no_cv(cx, name);
	}
	json_decref(tree);
	return err;
}

static enum lg_err read_json(struct lg_ctx *cx, const char *name, const char *bytes, size_t n, struct lg_cv *cv)
{
	struct cv_reader r = { cx, cv };
	json_error_t error;
	json_t *tree = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &error);
	if (!tree)
		return lg_failf(cx, LG_INVALID, name,
		                "Line %d: this is not well-formed JSON (%.*s). The file is damaged.", error.line,
		                (int)lg_utf8_span(error.text, strnlen(error.text, 150)), error.text);
	const json_t *passport = cv_get(tree, "SkillsPassport");
	cv->form = LG_CV_SKILLSPASSPORT_JSON;
	bool ours = json_is_object(passport);
	if (ours) cv_read_passport(&r, passport);
	json_decref(tree);
	return ours ? LG_OK : no_cv(cx, name);
}

enum lg_err lg_cv_read(struct lg_ctx *cx, const char *name, const void *bytes, size_t n, struct lg_cv **out)
{
	struct lg_cv *cv = lg_alloc(cx->mem, sizeof *cv);
	const char *s = bytes;
	*out = cv;
	fill(cv);
	if (n >= 5 && !memcmp(s, "%PDF-", 5)) {
		if (n > LG_CV_PDF_MAX) return lg_fail(cx, LG_INVALID, name, "The PDF is larger than 16 MiB.");
		LG_TRY(cv_attached(cx, name, bytes, n, &s, &n));
		cv->from_pdf = true;
	}
	if (n > LG_CV_BYTES_MAX) return lg_fail(cx, LG_INVALID, name, "The file is larger than 8 MiB.");
	size_t from = blanks(s, n);
	bool utf16 = n >= 2 && (!memcmp(s, "\xFF\xFE", 2) || !memcmp(s, "\xFE\xFF", 2));
	if (from < n && s[from] == '{')
		LG_TRY(read_json(cx, name, s + from, n - from, cv));
	else if (utf16 || (from < n && s[from] == '<'))
		LG_TRY(read_xml(cx, name, s + (utf16 ? 0 : from), n - (utf16 ? 0 : from), cv));
	else
		return no_cv(cx, name);
	fill(cv);
	return LG_OK;
}
