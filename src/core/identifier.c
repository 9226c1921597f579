/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/identifier.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "core/date_parts.h"
#include "core/letters.h"
#include "view/speech.h"

static const struct {
	const char *code, *country, *text;
} kinds[IDENTIFIER_KINDS] = {
#define IDENTIFIER(code, country, mark, text) { #code, country, text },
#include "core/identifier.def"
#undef IDENTIFIER
};

bool identifier_kind_named(enum identifier_kind *out, const char *code)
{
	for (int k = 0; code && k < IDENTIFIER_KINDS; k++) {
		if (strcmp(kinds[k].code, code) != 0) continue;
		*out = (enum identifier_kind)k;
		return true;
	}
	return false;
}

const char *identifier_code(enum identifier_kind kind) { return kinds[kind].code; }
const char *identifier_text(enum identifier_kind kind) { return kinds[kind].text; }
const char *identifier_country(enum identifier_kind kind) { return kinds[kind].country; }

bool identifier_is_person(enum identifier_kind kind)
{
	return kind != IDENTIFIER_cvr && kind != IDENTIFIER_production_unit && kind != IDENTIFIER_organisation;
}

/* --- what was typed, without the signs between */

enum { TYPED_ROOM = 48 };

struct typed {
	char s[TYPED_ROOM]; /* digits, capitals, other letters as UTF-8 */
	size_t n, digits;   /* bytes; how many of them are digits */
	size_t plus;        /* where a '+' stood, counted in bytes of s; 0: nowhere */
	bool lookalike;
};

static bool is_between(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '-' || c == '.' || c == '/' || c == 0xA0 || c == 0x202F ||
	       (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* The Latin capital that looks like a Cyrillic capital, or 0. */
static char lookalike(uint32_t c)
{
	static const char latin[] = "ABEKMHOPCTYXI";
	static const uint32_t cyrillic[] = { 0x410, 0x412, 0x415, 0x41A, 0x41C, 0x41D, 0x41E,
		                             0x420, 0x421, 0x422, 0x423, 0x425, 0x406 };
	for (size_t i = 0; i < sizeof latin - 1; i++)
		if (cyrillic[i] == c) return latin[i];
	return 0;
}

static bool put(struct typed *t, const char *bytes, size_t n)
{
	if (t->n + n >= TYPED_ROOM) return false;
	memcpy(t->s + t->n, bytes, n);
	t->n += n;
	return true;
}

static bool take_letter(struct typed *t, uint32_t c, bool any)
{
	char utf8[4], ascii;
	c = letter_upper(c);
	if (c >= '0' && c <= '9') t->digits++;
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
		ascii = (char)c;
		return put(t, &ascii, 1);
	}
	ascii = lookalike(c);
	if (ascii && !any) {
		t->lookalike = true;
		return put(t, &ascii, 1);
	}
	if (letter_is_control(c) || (!any && !letter_is(c))) return false;
	return put(t, utf8, letter_print(utf8, c));
}

static const char not_text[] = LG_TEXT("This number has signs that no number has.");

/* Any: other signs than letters and digits are kept, as are Cyrillic letters. */
static const char *type(struct typed *t, const char *text, size_t n, bool any)
{
	*t = (struct typed){ .n = 0 };
	if (lg_utf8_span(text, n) != n) return not_text;
	for (size_t i = 0; i < n;) {
		uint32_t c = letter_next(text, n, &i);
		if (is_between(c)) continue;
		if (c == '+' && !any && !t->plus && t->n) {
			t->plus = t->n;
			continue;
		}
		if (!take_letter(t, c, any))
			return t->n + 4 >= TYPED_ROOM ? LG_TEXT("This number is too long.") : not_text;
	}
	t->s[t->n] = '\0';
	return t->n ? NULL : LG_TEXT("A number is needed here.");
}

/* --- check digits */

static int two(const char *s) { return (s[0] - '0') * 10 + s[1] - '0'; }

static bool weighted_11(const char *digits, const char *weights)
{
	int sum = 0;
	for (size_t i = 0; weights[i]; i++) sum += (digits[i] - '0') * (weights[i] - '0');
	return sum % 11 == 0;
}

/* Luhn over ten digits, the last of which makes the sum a multiple of ten. */
static bool luhn(const char *digits)
{
	int sum = 0;
	for (int i = 0; i < 10; i++) {
		int v = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
		sum += v > 9 ? v - 9 : v;
	}
	return sum % 10 == 0;
}

/* --- kinds */

static const char *all_digits(const struct typed *t)
{
	if (t->plus || t->digits != t->n) return LG_TEXT("This number has digits only.");
	return NULL;
}

static void keep(struct identifier *out, const char *s) { (void)snprintf(out->number, sizeof out->number, "%s", s); }

static int cpr_century(int year, char seventh)
{
	if (seventh <= '3') return 1900;
	if (seventh == '4' || seventh == '9') return year <= 36 ? 2000 : 1900;
	return year <= 57 ? 2000 : 1800;
}

static const char *read_cpr(struct identifier *out, const struct typed *t)
{
	const char *fault = all_digits(t);
	if (fault) return fault;
	if (t->n != 10) return LG_TEXT("This number has ten digits: day, month, year and four more.");
	if (two(t->s) > 60) return LG_TEXT("The day is above 60: that is a substitute number. Choose that kind.");
	int year = two(t->s + 4);
	struct date_parts p = { cpr_century(year, t->s[6]) + year, two(t->s + 2), two(t->s) };
	if (!date_of_parts(&out->born, p)) return LG_TEXT("The first six digits are no date: day, month, year.");
	if (!weighted_11(t->s, "4327654321")) out->warnings |= IDENTIFIER_UNCHECKED;
	keep(out, t->s);
	return NULL;
}

static const char *read_cpr_substitute(struct identifier *out, const struct typed *t)
{
	for (size_t i = 0; i < 6 && i < t->n; i++)
		if (t->s[i] < '0' || t->s[i] > '9') return LG_TEXT("This number begins with six digits.");
	if (t->plus || t->n != 10 || t->lookalike)
		return LG_TEXT("This number has six digits and four more digits or letters.");
	keep(out, t->s);
	return NULL;
}

/* The year of a number with two digits for it: the last one not after this, or with '+' a hundred years before. */
static int swedish_year(int two_digits, bool plus, int32_t today)
{
	int now = date_parts_of(today).year, year = now - now % 100 + two_digits;
	if (year > now) year -= 100;
	return plus ? year - 100 : year;
}

static const char *read_swedish(struct identifier *out, const struct typed *t, int32_t today, bool coordination)
{
	if (t->digits != t->n) return LG_TEXT("This number has digits only.");
	if (t->n != 10 && t->n != 12) return LG_TEXT("This number has ten or twelve digits.");
	const char *ten = t->s + t->n - 10;
	if (t->plus && t->plus != t->n - 4) return LG_TEXT("The plus sign stands before the last four digits.");
	int day = two(ten + 4);
	if (coordination && day < 61) return LG_TEXT("In a coordination number 60 is added to the day.");
	if (!coordination && day > 60)
		return LG_TEXT("The day is above 60: that is a coordination number. Choose that kind.");
	int year = t->n == 12 ? two(t->s) * 100 + two(t->s + 2) : swedish_year(two(ten), t->plus, today);
	struct date_parts p = { year, two(ten + 2), coordination ? day - 60 : day };
	if (year < 1800 || !date_of_parts(&out->born, p))
		return LG_TEXT("This number does not begin with a date: year, month, day.");
	if (!luhn(ten)) return LG_TEXT("The last digit does not fit the others: one of them is mistyped.");
	(void)snprintf(out->number, sizeof out->number, "%04d%s", year, ten + 2);
	return NULL;
}

static const char *read_organisation(struct identifier *out, const struct typed *t)
{
	const char *fault = all_digits(t), *ten = t->s;
	if (fault) return fault;
	if (t->n == 12 && !memcmp(t->s, "16", 2))
		ten += 2;
	else if (t->n != 10)
		return LG_TEXT("This number has ten digits.");
	if (ten[2] < '2') return LG_TEXT("The third digit is below 2: that is a person's number.");
	if (!luhn(ten)) return LG_TEXT("The last digit does not fit the others: one of them is mistyped.");
	keep(out, ten);
	return NULL;
}

static const char *read_cvr(struct identifier *out, const struct typed *t)
{
	const char *fault = all_digits(t);
	if (fault) return fault;
	if (t->n != 8) return LG_TEXT("This number has eight digits.");
	if (t->s[0] == '0') return LG_TEXT("This number does not begin with 0.");
	if (!weighted_11(t->s, "27654321"))
		return LG_TEXT("The last digit does not fit the others: one of them is mistyped.");
	keep(out, t->s);
	return NULL;
}

static const char *read_production_unit(struct identifier *out, const struct typed *t)
{
	const char *fault = all_digits(t);
	if (fault) return fault;
	if (t->n != 10) return LG_TEXT("This number has ten digits.");
	keep(out, t->s);
	return NULL;
}

/* Letters and digits, at least some of them digits. */
static const char *read_document(struct identifier *out, const struct typed *t, size_t least, size_t most)
{
	if (t->plus) return not_text;
	if (!t->digits) return LG_TEXT("There are no digits in this number.");
	if (t->n < least) return LG_TEXT("This number is too short.");
	if (t->n > most) return LG_TEXT("This number is too long.");
	if (t->lookalike) out->warnings |= IDENTIFIER_LOOKALIKE;
	keep(out, t->s);
	return NULL;
}

static const char *read_kind(struct identifier *out, const struct typed *t, int32_t today)
{
	switch (out->kind) {
	case IDENTIFIER_cpr: return read_cpr(out, t);
	case IDENTIFIER_cpr_substitute: return read_cpr_substitute(out, t);
	case IDENTIFIER_personnummer: return read_swedish(out, t, today, false);
	case IDENTIFIER_samordningsnummer: return read_swedish(out, t, today, true);
	case IDENTIFIER_organisation: return read_organisation(out, t);
	case IDENTIFIER_cvr: return read_cvr(out, t);
	case IDENTIFIER_production_unit: return read_production_unit(out, t);
	case IDENTIFIER_alien: return read_document(out, t, 5, 15);
	case IDENTIFIER_lma: return read_document(out, t, 5, 15);
	case IDENTIFIER_passport: return read_document(out, t, 5, 20);
	case IDENTIFIER_other: keep(out, t->s); return NULL;
	case IDENTIFIER_KINDS: break;
	}
	lg_assert_failed("a kind of identifier", __FILE__, __LINE__);
}

const char *identifier_read(struct identifier *out, enum identifier_kind kind, const char *text, size_t n,
                            int32_t today)
{
	struct typed t;
	*out = (struct identifier){ .kind = kind, .born = IDENTIFIER_NO_DATE };
	const char *fault = type(&t, text, n, kind == IDENTIFIER_other);
	if (!fault) fault = read_kind(out, &t, today);
	if (!fault && out->born != IDENTIFIER_NO_DATE && out->born > today) out->warnings |= IDENTIFIER_FUTURE;
	return fault;
}

/* --- warnings */

unsigned identifier_warnings(const struct identifier *id, int32_t born)
{
	bool both = born != IDENTIFIER_NO_DATE && id->born != IDENTIFIER_NO_DATE;
	bool differ = both && born != id->born && !(id->warnings & IDENTIFIER_FUTURE);
	return id->warnings | (differ ? IDENTIFIER_OTHER_DATE : 0u);
}

const char *identifier_warning_text(enum identifier_warning one)
{
	switch (one) {
	case IDENTIFIER_UNCHECKED:
		return LG_TEXT("The check digit does not fit. Such numbers exist, but please look at it once more.");
	case IDENTIFIER_FUTURE:
		return LG_TEXT("The birth date in this number is in the future: it can be nobody's. It serves for "
		               "demonstrations only.");
	case IDENTIFIER_OTHER_DATE: return LG_TEXT("The birth date in this number is not the one stated.");
	case IDENTIFIER_LOOKALIKE:
		return LG_TEXT("Cyrillic letters were read as the Latin letters that look like them.");
	}
	return "";
}

/* --- shown */

/* Where a hyphen is written, counted from the end; 0: nowhere. */
static size_t hyphen(enum identifier_kind kind)
{
	bool four = kind == IDENTIFIER_cpr || kind == IDENTIFIER_cpr_substitute || kind == IDENTIFIER_personnummer ||
	            kind == IDENTIFIER_samordningsnummer || kind == IDENTIFIER_organisation;
	return four ? 4 : 0;
}

void identifier_show(const struct identifier *id, char out[IDENTIFIER_ROOM + 2])
{
	size_t n = strlen(id->number), end = hyphen(id->kind);
	if (!end || n <= end) {
		memcpy(out, id->number, n + 1);
		return;
	}
	memcpy(out, id->number, n - end);
	out[n - end] = '-';
	memcpy(out + n - end + 1, id->number + n - end, end + 1);
}

/* Of how many signs at the end may be shown: those that tell nothing, and leave enough unsaid. */
static size_t shown(const struct identifier *id, size_t signs)
{
	if (id->born != IDENTIFIER_NO_DATE || id->kind == IDENTIFIER_cpr_substitute) return 0;
	return signs >= 6 ? 2 : 0;
}

void identifier_mask(const struct identifier *id, char out[IDENTIFIER_MASK_ROOM])
{
	char plain[IDENTIFIER_ROOM + 2];
	if (!identifier_is_person(id->kind)) {
		identifier_show(id, out); /* a company's number is public */
		return;
	}
	identifier_show(id, plain);
	size_t n = strlen(plain), signs = 0, seen = 0, at = 0;
	for (size_t i = 0; i < n; signs++) (void)letter_next(plain, n, &i);
	size_t hidden = signs - shown(id, signs);
	for (size_t i = 0; i < n; seen++) {
		size_t from = i;
		uint32_t c = letter_next(plain, n, &i);
		const char *sign = seen < hidden && !(c == '-' && hyphen(id->kind)) ? "•" : plain + from;
		size_t wide = sign == plain + from ? i - from : strlen("•");
		memcpy(out + at, sign, wide);
		at += wide;
	}
	out[at] = '\0';
}

void identifier_key(const struct identifier *id, char out[IDENTIFIER_KEY_ROOM])
{
	(void)snprintf(out, IDENTIFIER_KEY_ROOM, "%s|%s", kinds[id->kind].code, id->number);
}
