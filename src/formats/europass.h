/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_EUROPASS_H
#define LG_FORMATS_EUROPASS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * A curriculum vitae in one of Europass's forms, as neutral fields:
 *
 *   SkillsPassport   XML and JSON, 3.0 to 3.4, as the service gave them out until 2020
 *   Candidate        the XML of today's profile (HR Open Standards, with the rules of EURES)
 *   PDF              with one of these attached, as both services make them
 *
 * Which it is, is found from the bytes. Kept is what finds work for a person: nationality, sex, photograph, signature,
 * attached documents, references and letters are not read at all. Dates are YYYY, YYYY-MM or YYYY-MM-DD, whatever is
 * stated. Texts are plain: marks of HTML are taken out, paragraphs are parted by line breaks.
 *
 * Sources of the forms: the schema of Europass 3.4 (europass.cedefop.europa.eu/xml/v3.4.0), and the description of the
 * current Candidate format of the Europass and EURES interoperability rules.
 *
 * Hostile input: no DTD, no entities but XML's five, nothing is fetched; UTF-8 or UTF-16 only; at most
 * LG_CV_ELEMENTS_MAX elements 64 deep; of a PDF, at most LG_CV_FILES_MAX attached files are looked at, each bounded
 * while it is unpacked; encrypted ones are refused; what libqpdf unpacks for itself (lists of objects) only the sandbox
 * bounds. Lists are cut at LG_CV_LIST_MAX. Memory: cx->mem. Threads: any.
 */
#define LG_CV_BYTES_MAX (8u << 20) /* XML and JSON: photographs are in it */
#define LG_CV_PDF_MAX (16u << 20)
enum { LG_CV_ELEMENTS_MAX = 50000, LG_CV_FILES_MAX = 20, LG_CV_LIST_MAX = 100 };

enum lg_cv_form { LG_CV_SKILLSPASSPORT_XML, LG_CV_SKILLSPASSPORT_JSON, LG_CV_CANDIDATE_XML };

/** Where somebody worked or learned. Texts are never NULL; "" where absent. Newest first, as the file has them. */
struct lg_cv_stay {
	const char *from, *to; /* dates */
	bool current;
	const char *title; /* position; qualification */
	const char *code;  /* of the position, as ISCO's or ESCO's, if the file has one; level of the EQF, "6" */
	const char *field; /* sector; field of study */
	const char *where; /* employer; school */
	const char *town, *country; /* country: "DK", or in words */
	const char *text;           /* what one did, or learned */
};

/** A language; levels are of the CEFR, "A1" to "C2", or "". */
struct lg_cv_language {
	const char *code;  /* ISO 639, "uk"; or "" */
	const char *label; /* as it stood, or "" */
	bool mother_tongue;
	const char *listening, *reading, *interaction, *production, *writing;
};

enum lg_cv_skill_kind {
	LG_CV_COMMUNICATION,
	LG_CV_ORGANISATION,
	LG_CV_WORK,
	LG_CV_COMPUTER,
	LG_CV_OTHER,
	LG_CV_SKILL_KINDS
};
struct lg_cv_skill {
	enum lg_cv_skill_kind kind;
	const char *text;
	const char *uri; /* of the concept, as ESCO's, or "" */
};

struct lg_cv {
	enum lg_cv_form form;
	bool from_pdf;
	const char *language; /* the CV is written in, "en"; or "" */
	const char *given, *family;
	const char *born; /* a date */
	const char *email, *phone;
	const char *street, *postcode, *town, *country; /* country: "DK", or in words */
	const char *headline;                           /* job applied for, wanted or practised */
	const struct lg_cv_stay *jobs, *schools;
	const struct lg_cv_language *languages;
	const struct lg_cv_skill *skills;
	const char *const *driving; /* classes: "B", "BE" */
	size_t n_jobs, n_schools, n_languages, n_skills, n_driving;
	size_t cut; /* how many pieces were over a bound and left out */
};

/**
 * Read one. It lives in cx->mem. Errors: LG_INVALID with one note (field: `name`), for whoever uploaded it: no Europass
 * CV, an older form (2.0), no attachment in the PDF, encrypted, damaged (with the line), over a bound. O(n).
 */
LG_MUST enum lg_err lg_cv_read(struct lg_ctx *cx, const char *name, const void *bytes, size_t n, struct lg_cv **cv);

/**
 * Print it as one JSON object: the members of struct lg_cv by their names, without counts, form as
 * "skillspassport_xml", "skillspassport_json" or "candidate_xml"; jobs and schools as arrays of objects with the
 * members of lg_cv_stay, languages with those of lg_cv_language, skills with kind ("communication", "organisation",
 * "work", "computer", "other"), text and uri; driving an array of texts. All keys are always there. So it comes out of
 * the sandbox.
 */
void lg_cv_json(struct lg_buf *out, const struct lg_cv *cv);
#endif
