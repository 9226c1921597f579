/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/enquiry_rules.h"

#include <string.h>

#include "view/speech.h"

static const struct enquiry_move moves[] = {
#define MOVE(from, to, text) { #from, #to, text },
#include "modules/hotline/enquiry_state.def"
#undef MOVE
};
enum { MOVES = sizeof moves / sizeof *moves, LEAST_DIGITS = 6, REFERENCE_DIGITS = 8 };

static const struct target {
	const char *channel;
	int normal, today, urgent;
} targets[] = {
#define TARGET(channel, normal, today, urgent) { #channel, normal, today, urgent },
#include "modules/hotline/target.def"
#undef TARGET
};
enum { TARGETS = sizeof targets / sizeof *targets };

static bool is(const char *a, const char *b) { return a && !strcmp(a, b); }
static bool is_there(const char *text) { return text && *text; }

const struct enquiry_move *enquiry_moves(const char *from, size_t *n)
{
	size_t first = 0;
	while (first < MOVES && !is(from, moves[first].from)) first++;
	for (*n = 0; first + *n < MOVES && is(from, moves[first + *n].from);) (*n)++;
	return moves + first;
}

const char *enquiry_move_fault(const char *from, const char *to, const char *outcome)
{
	size_t n, i = 0;
	const struct enquiry_move *m = enquiry_moves(from, &n);
	while (i < n && !is(to, m[i].to)) i++;
	if (i == n) return LG_TEXT("From where it is now, it cannot go there.");
	if (is(to, "answered") && !is_there(outcome)) return LG_TEXT("Say what came of it.");
	return NULL;
}

const char *enquiry_begins(const char *channel)
{
	return is(channel, "phone") || is(channel, "walk_in") ? "assigned" : "new";
}

bool enquiry_is_reopened(const char *from, const char *to)
{
	return is(to, "assigned") && (is(from, "answered") || is(from, "closed"));
}

const char *enquiry_names_fault(const struct enquiry_names *n, const char **field)
{
	*field = "legal_basis";
	if (!is_there(n->legal_basis) && (is_there(n->caller_name) || is_there(n->person_name)))
		return LG_TEXT(
		    "Choose first on what the office may hold a name. Without it the question can be answered "
		    "all the same: leave the names empty.");
	*field = "about";
	if (is_there(n->person_name) && !is(n->about, "named"))
		return LG_TEXT("There is a name here: say that it is about a named person, or take the name away.");
	return NULL;
}

int enquiry_target_minutes(const char *channel, const char *priority)
{
	const struct target *t = targets;
	while (t < targets + TARGETS - 1 && !is(channel, t->channel)) t++;
	return is(priority, "urgent") ? t->urgent : is(priority, "today") ? t->today : t->normal;
}

void enquiry_digits(char out[ENQUIRY_DIGITS], const char *phone)
{
	size_t n = 0;
	for (; *phone; phone++) {
		if (*phone < '0' || *phone > '9') continue;
		if (n == ENQUIRY_DIGITS - 1) memmove(out, out + 1, --n);
		out[n++] = *phone;
	}
	out[n < LEAST_DIGITS ? 0 : n] = '\0';
}

/* The digit that is meant, or 0. */
static char hex_of(char c)
{
	static const char said[] = "OoIiLl", meant[] = "001111";
	const char *at = strchr(said, c);
	if (at && c) return meant[at - said];
	if (c >= '0' && c <= '9') return c;
	if (c >= 'a' && c <= 'f') return c;
	return c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : '\0';
}

bool enquiry_reference(char first[ENQUIRY_ID], char last[ENQUIRY_ID], const char *text)
{
	static const char dash[] = "\xe2\x80\x93"; /* as phones write it */
	char hex[REFERENCE_DIGITS];
	bool sure = false;
	size_t n = 0;
	text += *text == '#';
	for (; *text; text++) {
		bool between = *text == ' ' || *text == '-', wide = !strncmp(text, dash, sizeof dash - 1);
		if (between || wide) {
			sure = sure || *text != ' ';
			text += wide ? sizeof dash - 2 : 0;
			if (n == 0 || n == REFERENCE_DIGITS || n == REFERENCE_DIGITS / 2) continue;
			return false;
		}
		char digit = hex_of(*text);
		if (!digit || n == REFERENCE_DIGITS) return false;
		sure = sure || (*text >= '0' && *text <= '9');
		hex[n++] = digit;
	}
	if (n < REFERENCE_DIGITS || !sure) return false;
	memcpy(first, "00000000-0000-0000-0000-000000000000", ENQUIRY_ID);
	memcpy(last, "ffffffff-ffff-ffff-ffff-ffffffffffff", ENQUIRY_ID);
	memcpy(first, hex, REFERENCE_DIGITS);
	memcpy(last, hex, REFERENCE_DIGITS);
	return true;
}
