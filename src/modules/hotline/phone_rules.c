/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/phone_rules.h"

#include <string.h>

static const char *const events[] = {
	[PHONE_RINGING] = "ringing", [PHONE_ANSWERED] = "answered", [PHONE_ENDED] = "ended"
};
/* Of two that are told for the same moment the first here counts. */
static const char *const reasons[] = { "completed", "elsewhere", "busy", "missed" };
enum { EVENTS = sizeof events / sizeof *events, REASONS = sizeof reasons / sizeof *reasons };

static bool is(const char *a, const char *b) { return a && b && !strcmp(a, b); }

bool phone_event_named(const char *name, enum phone_event *out)
{
	for (size_t i = 0; i < EVENTS; i++)
		if (is(name, events[i])) {
			*out = (enum phone_event)i;
			return true;
		}
	return false;
}

static size_t reason_at(const char *name)
{
	size_t i = 0;
	while (i < REASONS && !is(name, reasons[i])) i++;
	return i;
}
bool phone_is_reason(const char *name) { return reason_at(name) < REASONS; }

bool phone_is_extension(const char *name)
{
	size_t n = strlen(name);
	return n && n < PHONE_EXTENSION &&
	       strspn(name, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.+-") == n;
}

/* --- events */

static void rang_at(struct phone_facts *f, const char *extension)
{
	size_t i = 0;
	if (!extension) return;
	while (i < f->n_extensions && strcmp(f->extensions[i], extension) < 0) i++;
	if (i < f->n_extensions && !strcmp(f->extensions[i], extension)) return;
	if (f->n_extensions == PHONE_EXTENSIONS) { /* the first by name stay, whichever came first */
		if (i == PHONE_EXTENSIONS) return;
		f->n_extensions--;
	}
	memmove(f->extensions + i + 1, f->extensions + i, (f->n_extensions - i) * sizeof *f->extensions);
	f->extensions[i] = extension;
	f->n_extensions++;
}

/* Of those that tell where, the earliest; without any, the earliest. */
static void answered_at(struct phone_facts *f, const struct phone_told *t)
{
	const char *before = f->answered_extension;
	bool first = f->answered == PHONE_NONE || (t->extension && !before),
	     sooner = !t->extension == !before &&
	              (t->at < f->answered || (t->at == f->answered && before && strcmp(t->extension, before) < 0));
	if (!first && !sooner) return;
	f->answered = t->at;
	f->answered_extension = t->extension;
}

static void ended_at(struct phone_facts *f, const struct phone_told *t)
{
	/* A reason says more than none, and what it says does not hang on when it was told. */
	if (t->reason && reason_at(t->reason) < reason_at(f->reason)) f->reason = t->reason;
	if (f->ended == PHONE_NONE || t->at < f->ended) f->ended = t->at;
}

void phone_add(struct phone_facts *f, const struct phone_told *told)
{
	if (f->began == PHONE_NONE || told->at < f->began) f->began = told->at;
	switch (told->event) {
	case PHONE_RINGING: rang_at(f, told->extension); break;
	case PHONE_ANSWERED: answered_at(f, told); break;
	case PHONE_ENDED: ended_at(f, told); break;
	}
}

const char *phone_state(const struct phone_facts *f)
{
	return events[f->ended != PHONE_NONE      ? PHONE_ENDED
	              : f->answered != PHONE_NONE ? PHONE_ANSWERED
	                                          : PHONE_RINGING];
}

const char *phone_result(const struct phone_facts *f)
{
	if (f->ended == PHONE_NONE) return NULL;
	/* "completed" without "answered": that event was lost. */
	if (f->answered != PHONE_NONE || is(f->reason, "completed")) return "answered";
	return f->reason ? f->reason : "missed";
}

/* --- numbers */

/* How people of a country write its numbers: after `trunk`, or without one, so many digits. */
static const struct plan {
	const char *country, *code, *trunk;
	size_t least, most; /* digits without the trunk prefix */
} plans[] = {
	{ "DK", "45", "", 8, 8 },   { "NO", "47", "", 8, 8 },   { "SE", "46", "0", 7, 10 }, { "FI", "358", "0", 5, 11 },
	{ "DE", "49", "0", 6, 13 }, { "UA", "380", "0", 9, 9 }, { "PL", "48", "", 9, 9 },
};
enum { PLANS = sizeof plans / sizeof *plans, MOST = 15, LEAST_INTERNATIONAL = 7 };

static const struct plan *plan_of(const char *country)
{
	size_t i = 0;
	while (i < PLANS && !is(country, plans[i].country)) i++;
	return i < PLANS ? &plans[i] : NULL;
}

/* Only digits, a plus before them, and what people put between. *n of them; false: there is something else. */
static bool read_digits(char out[MOST + 3], size_t *n, bool *plus, const char *from)
{
	static const char *const schemes[] = { "tel:", "sip:", "sips:" };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (!strncmp(from, schemes[i], strlen(schemes[i]))) {
			from += strlen(schemes[i]);
			break;
		}
	from += strspn(from, " ");
	size_t end = strcspn(from, "@;");
	*plus = end && *from == '+';
	*n = 0;
	for (size_t i = *plus; i < end; i++) {
		if (end - i >= 3 && *plus && *n && !strncmp(from + i, "(0)", 3)) {
			i += 2; /* +46 (0)70: it is not dialled after the country's code */
			continue;
		}
		if (strchr(" -./()", from[i])) continue;
		if (from[i] < '0' || from[i] > '9' || *n == MOST + 2) return false;
		out[(*n)++] = from[i];
	}
	out[*n] = '\0';
	return *n > 0;
}

static bool put(char out[PHONE_NUMBER], const char *code, const char *digits)
{
	size_t k = strlen(code), n = strlen(digits);
	bool plus = *code, fits = k + n <= MOST;
	*out = '\0';
	if (!fits) return false;
	if (plus) *out++ = '+';
	memcpy(out, code, k);
	memcpy(out + k, digits, n + 1);
	return true;
}

bool phone_number(char out[PHONE_NUMBER], const char *from, const char *country)
{
	char digits[MOST + 3];
	size_t n;
	bool plus;
	const struct plan *p = plan_of(country);
	*out = '\0';
	if (!read_digits(digits, &n, &plus, from)) return false;
	const char *d = digits;
	if (!plus && n > LEAST_INTERNATIONAL + 2 && !strncmp(d, "00", 2)) plus = true, d += 2, n -= 2;
	if (plus) {
		char first[2] = { *d, '\0' };
		return *d != '0' && n >= LEAST_INTERNATIONAL && put(out, first, d + 1);
	}
	if (p) {
		size_t trunk = strlen(p->trunk), code = strlen(p->code);
		if (!strncmp(d, p->trunk, trunk) && n - trunk >= p->least && n - trunk <= p->most)
			return put(out, p->code, d + trunk);
		if (!strncmp(d, p->code, code) && n - code >= p->least && n - code <= p->most)
			return put(out, p->code, d + code);
	}
	return put(out, "", d);
}
