/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "sip/words.h"

#include <string.h>
#include <strings.h>

enum { CAUSE_MOST = 999 };

static bool is(const char *s, size_t n, const char *word) { return n == strlen(word) && !strncasecmp(s, word, n); }

static bool holds(const char *s, size_t n, const char *word)
{
	size_t k = strlen(word);
	for (size_t i = 0; i + k <= n; i++)
		if (!strncasecmp(s + i, word, k)) return true;
	return false;
}

/* Up to one of `ends`, or the end; what stands between quotes is no end. */
static size_t part(const char *s, size_t n, const char *ends)
{
	bool quoted = false;
	size_t i = 0;
	for (; i < n; i++) {
		if (s[i] == '\\' && quoted && i + 1 < n)
			i++;
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && s[i] && strchr(ends, s[i]))
			break;
	}
	return i;
}

static void trim(const char **s, size_t *n)
{
	while (*n && strchr(" \t\r\n", **s) && **s) (*s)++, (*n)--;
	while (*n && (*s)[*n - 1] && strchr(" \t\r\n", (*s)[*n - 1])) (*n)--;
}

static int cause_of(const char *s, size_t n)
{
	int cause = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9') return 0;
		cause = cause * 10 + (s[i] - '0');
		if (cause > CAUSE_MOST) return 0;
	}
	return cause;
}

/* One value: protocol, then parameters. */
static const char *reason_of(const char *s, size_t n)
{
	size_t end = part(s, n, ";");
	const char *protocol = s;
	size_t n_protocol = end;
	int cause = 0;
	bool elsewhere = false;
	trim(&protocol, &n_protocol);
	while (end < n) {
		const char *name = s + end + 1;
		size_t len = part(name, n - end - 1, ";"), equals = part(name, len, "=");
		const char *value = name + equals + (equals < len);
		size_t n_name = equals, n_value = len - equals - (equals < len);
		end += 1 + len;
		trim(&name, &n_name);
		trim(&value, &n_value);
		if (is(name, n_name, "cause")) cause = cause_of(value, n_value);
		if (is(name, n_name, "text")) elsewhere = holds(value, n_value, "completed elsewhere");
	}
	bool sip = is(protocol, n_protocol, "SIP"), q850 = is(protocol, n_protocol, "Q.850");
	if (elsewhere || (sip && cause == 200) || (q850 && cause == 26)) return "elsewhere";
	if ((sip && (cause == 486 || cause == 600)) || (q850 && cause == 17)) return "busy";
	return NULL;
}

const char *sip_reason(const char *reason, size_t n)
{
	const char *found = NULL;
	for (size_t at = 0; at < n;) {
		size_t len = part(reason + at, n - at, ",");
		const char *one = reason_of(reason + at, len);
		if (one && (!found || !strcmp(one, "elsewhere"))) found = one;
		at += len + 1;
	}
	return found;
}

bool sip_is_private(const char *privacy, size_t n)
{
	for (size_t at = 0; at < n;) {
		size_t len = part(privacy + at, n - at, ";,"), n_word = len;
		const char *word = privacy + at;
		trim(&word, &n_word);
		if (is(word, n_word, "id") || is(word, n_word, "user") || is(word, n_word, "header") ||
		    is(word, n_word, "full") || is(word, n_word, "uri"))
			return true;
		at += len + 1;
	}
	return false;
}

bool sip_is_nobody(const char *user, size_t n)
{
	static const char *const names[] = { "",           "anonymous", "unavailable", "unknown",
		                             "restricted", "private",   "withheld" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is(user, n, names[i])) return true;
	return false;
}

bool sip_text(char *out, size_t room, const char *text, size_t n)
{
	*out = '\0';
	if (!n || n >= room) return false;
	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~') return false;
	memcpy(out, text, n);
	out[n] = '\0';
	return true;
}
