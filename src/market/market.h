/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_MARKET_H
#define LG_MARKET_MARKET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "landgang/match.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * A market read from files: candidates and openings as rows of CSV or NDJSON, checked, turned into the engine's terms.
 *
 * No I/O: the caller feeds bytes as they come. A row that cannot be used becomes a rejection (where, what stood there,
 * what to do; the first fault only) and the rest is read on; a file that is not what it says ends with LG_INVALID and
 * one note whose field is the file's name. A record has at most 1 MiB, a list at most 1000 entries, an id 200 bytes.
 *
 * Columns, by name, in any order; lists are separated by semicolons, or JSON arrays. Names in columns.def.
 *
 *   both sides   id (needed) · municipality (0101, DK-0480, SE-0180) or lat and lon in degrees · start (2026-09-01)
 *                languages (da=A2;uk=native) · language (da: of the row's words; any)
 *   candidates   occupations (CODE=YEARS, 0 to 80) · skills · licences (CODE@CC=held or =pending) · wishes (CODE)
 *                max_commute_km (30) · contracts (all) · hours_min, hours_max (no limit) · availability (the whole
 * week) busy (never) · wants_work (yes, with a warning) · legal_basis (weighs nothing; empty gives a warning) openings
 * occupations · essential_skills · optional_skills · licence (CODE@CC, all needed) · assistant_allowed (no) contract
 * (job) · hours (not stated) · schedule (not stated) · positions (1) · remote (no) · employer
 *
 * Where an occupation or a skill is wanted, words may stand instead of a code, in any language (market/words.h). What
 * they were taken for is listed; a row with words that are not clear is rejected, with suggestions.
 *
 * In brackets behind the others: what an empty field means. Availability is rounded inwards to half hours, busy and
 * schedule outwards.
 */

enum lg_side { LG_CANDIDATES, LG_OPENINGS };

/** A row that was not taken. Strings live in the context. */
struct lg_rejection {
	const char *file;
	uint64_t line;      /* of the file, 1-based: where the record begins */
	const char *column; /* "" when the whole record is meant */
	const char *value;  /* at most 200 bytes of what stood there, always valid UTF-8 */
	const char *advice; /* what to do */
};

/**
 * Words that stood in place of a code and were understood, or were not clear. Words that differ in capitals and the
 * like only are one, and so is what stands in several columns of the kind; shown is the spelling that is first by its
 * bytes.
 */
struct lg_understood {
	const char *words, *language; /* "any": not stated */
	const char *code, *label;     /* the label in the language of the words, if there is one */
	const char *how;              /* "confirmed", "label", "close" */
	unsigned confidence;          /* per cent: market/words.h */
	bool skill;                   /* else an occupation or group */
	uint64_t times;               /* how often they stand in the files */
	const char *file, *column;    /* where they were met first */
	uint64_t line;
};
struct lg_asked {
	const char *words, *language;
	const char *suggestions[3]; /* "CODE label", the likeliest first; "" where there is none */
	bool skill;
	uint64_t times;
	const char *file, *column;
	uint64_t line;
};

/** What the engine does not need but people do. One for each candidate or opening, in the same order. */
struct lg_row {
	const char *id; /* as in the file */
	uint32_t id_len;
	uint32_t line;
	const char *employer;     /* openings; "" when not stated */
	const char *municipality; /* what lg_municipality_find() takes, else as in the file; "" when not stated */
	const char *legal_basis;  /* candidates; "" when not stated */
};

/**
 * Both sides, sorted by id as UTF-8 bytes. The engine's id of a candidate or opening is its place in that order:
 * candidates[i].id == i, so ties go to the smaller id and the order of lines in the file is of no account.
 */
struct lg_market {
	const struct lg_taxonomy *taxonomy;
	struct lgm_candidate *candidates;
	struct lgm_opening *openings;
	struct lg_row *candidate_rows, *opening_rows;
	size_t n_candidates, n_openings;
	uint64_t positions;
	struct lg_rejection *rejections; /* in order of file and line */
	size_t n_rejections;
	struct lg_warning {
		const char *file, *text;
		uint64_t count, first_line;
	} * warnings; /* unknown columns, no legal basis, ... */
	size_t n_warnings;
	struct lg_understood *understood; /* by words, language, kind */
	size_t n_understood;
	struct lg_asked *asked; /* likewise */
	size_t n_asked;
	const char *const *languages; /* engine's number -> code ("da") */
	const char *const *licences;  /* engine's number -> "2221@DK"   */
	uint16_t n_languages, n_licences;
};

struct lg_intake; /* a market being read */

/** Begin. Everything lives as long as cx->mem. `taxonomy` outlives the market. Threads: one intake, one thread. */
struct lg_intake *lg_intake_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy);
/**
 * Who is asked what words mean, in place of one that knows of no confirmed choices: of the same taxonomy, before the
 * first file. It outlives the intake; one may serve many, one after the other.
 */
struct lg_words;
void lg_intake_words(struct lg_intake *in, struct lg_words *words);

/** Begin a file (the one before has ended); several may follow each other on a side. Its form (CSV with comma or
 * semicolon, NDJSON) is found from its first line. */
void lg_intake_file(struct lg_intake *in, enum lg_side side, const char *name);
/** Give the next bytes of it: any cut, any size. LG_INVALID: the file is not usable; a note says why. Where words stand
 * for codes, as long as lg_words_find() takes for each that is new. */
LG_MUST enum lg_err lg_intake_feed(struct lg_intake *in, const char *bytes, size_t n);
/** The file has ended. */
LG_MUST enum lg_err lg_intake_file_end(struct lg_intake *in);

/** All files are read: reject repeated ids (all but the first in order of reading), sort, number. O(n log n). Never
 * fails. */
LG_MUST enum lg_err lg_intake_end(struct lg_intake *in, struct lg_market **out);

/** The engine's setup for this market: default weights, and the sizes and tables of the vocabulary. */
struct lgm_setup lg_market_setup(const struct lg_market *m);

/** One line of rejected.csv, with or without its header. */
void lg_rejections_csv_header(struct lg_buf *out);
void lg_rejection_csv(struct lg_buf *out, const struct lg_rejection *r);

/** The same of understood.csv, and of asked.csv, which market/confirmed.h reads once `concept` is filled in. */
void lg_understood_csv_header(struct lg_buf *out);
void lg_understood_csv(struct lg_buf *out, const struct lg_understood *u);
void lg_asked_csv_header(struct lg_buf *out);
void lg_asked_csv(struct lg_buf *out, const struct lg_asked *a);

/** Words of the files, by the engine's number; NULL past the end. */
const char *lg_level_name(unsigned level);       /* "", "A0", "A1", "A1+", ... "C2", "native" */
const char *lg_contract_name(unsigned contract); /* "job", "placement", ... */
#endif
