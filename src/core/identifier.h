/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_IDENTIFIER_H
#define LG_CORE_IDENTIFIER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * Numbers that tell who a person or a company is, as people type them: read, checked, and shown without being told.
 *
 *     struct identifier id;
 *     const char *fault = identifier_read(&id, IDENTIFIER_cpr, "010150-5006", 11, today);
 *     if (fault) return lg_fail(cx, LG_INVALID, "number", fault);
 *     identifier_key(&id, key);                  goes into the blind index (it is personal: never into a log)
 *     identifier_mask(&id, mask);                "••••••-••••": goes onto pages
 *     unsigned w = identifier_warnings(&id, born);   for each bit, identifier_warning_text(bit)
 *
 * What is checked (sources: cpr.dk "Personnummeret i CPR-systemet"; Erhvervsstyrelsen, modulus 11 of the CVR number;
 * Skatteverket, "Personnummer och samordningsnummer"):
 *   cpr                 10 digits DDMMYY-SSSS; the date must exist; the century follows from the 7th digit; modulus 11
 * (4 3 2 7 6 5 4 3 2 1) is a warning only, since numbers without it have been given since 2007-10-01 cpr_substitute 6
 * digits and 4 digits or letters; nothing else can be checked personnummer        YYMMDD-NNNC or YYYYMMDD-NNNC; '+'
 * from the year of the 100th birthday; Luhn over the last ten samordningsnummer   the same with the day + 60
 *   organisation        10 digits (or 12 beginning with 16), the third at least 2; Luhn
 *   cvr                 8 digits, modulus 11 (2 7 6 5 4 3 2 1), hard
 *   production_unit     10 digits; no check digit: the series differ
 *   passport, alien, lma, other   letters and digits of some length
 * That the parity of a digit tells the sex is neither read nor shown: masks of such numbers hide every digit.
 *
 * No memory, no clock. Threads: any. O(n).
 */
enum identifier_kind {
#define IDENTIFIER(code, country, mark, text) IDENTIFIER_##code,
#include "core/identifier.def"
#undef IDENTIFIER
	IDENTIFIER_KINDS
};

#define IDENTIFIER_NO_DATE INT32_MIN
enum { IDENTIFIER_ROOM = 64, IDENTIFIER_KEY_ROOM = 96, IDENTIFIER_MASK_ROOM = 200 };

struct identifier {
	enum identifier_kind kind;
	char number[IDENTIFIER_ROOM]; /* normal form, the same however it was typed: "0101505006", "205001012383" */
	int32_t born;                 /* the birth date it says, days since 1970, or IDENTIFIER_NO_DATE */
	unsigned warnings;            /* of enum identifier_warning, but for OTHER_DATE */
};

enum identifier_warning {
	IDENTIFIER_UNCHECKED = 1,  /* a CPR number without modulus 11: allowed, but look again */
	IDENTIFIER_FUTURE = 2,     /* its birth date is still to come: nobody's, as in a demonstration */
	IDENTIFIER_OTHER_DATE = 4, /* its birth date is not the one stated */
	IDENTIFIER_LOOKALIKE =
	    8, /* Cyrillic letters of a passport number were read as the Latin ones that look like them */
};

/** By code ("cpr"). @return false: there is no such kind */
bool identifier_kind_named(enum identifier_kind *out, const char *code);
const char *identifier_code(enum identifier_kind kind);    /* "cpr", stored and sent */
const char *identifier_text(enum identifier_kind kind);    /* what it is called, English for lg_say() */
const char *identifier_country(enum identifier_kind kind); /* "DK", "SE" or "" */
bool identifier_is_person(enum identifier_kind kind);      /* false: a company's */

/** Read what was typed. @return NULL, or what is wrong with it in English for lg_say(); out is then undefined */
const char *identifier_read(struct identifier *out, enum identifier_kind kind, const char *text, size_t n,
                            int32_t today);
/**
 * All warnings, with the birth date stated (or IDENTIFIER_NO_DATE): a number with a future date is not compared. Bits
 * of enum identifier_warning.
 */
unsigned identifier_warnings(const struct identifier *id, int32_t born);
/** English text of one warning, for lg_say(). */
const char *identifier_warning_text(enum identifier_warning one);

/** As it is written by hand: "010150-5006". For a reveal, which is logged. */
void identifier_show(const struct identifier *id, char out[IDENTIFIER_ROOM + 2]);
/** As it is shown to everybody: its shape, and the last two signs where they tell nothing about the person. */
void identifier_mask(const struct identifier *id, char out[IDENTIFIER_MASK_ROOM]);
/** "cpr|0101505006": equal for equal numbers. What the blind index is made of. */
void identifier_key(const struct identifier *id, char out[IDENTIFIER_KEY_ROOM]);
#endif
