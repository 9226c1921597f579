/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/mail_rules.h"

#include <string.h>
#include <strings.h>

#include "view/speech.h"

const struct mail_sort_row mail_sorts[MAIL_SORTS] = {
#define SORT(code, words, begins, reopens, confirmed) { #code, words, begins, reopens, confirmed },
#include "modules/hotline/mail_sort.def"
#undef SORT
};

enum mail_sort mail_sort_named(const char *code)
{
	for (unsigned i = 0; i < MAIL_SORTS; i++)
		if (!strcmp(mail_sorts[i].code, code)) return (enum mail_sort)i;
	return MAIL_unread;
}

static bool is_among(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcasecmp(word, list[i])) return true;
	return false;
}
#define AMONG(word, ...)                                                                                               \
	is_among(word, (const char *const[]){ __VA_ARGS__ },                                                           \
	         sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* The part before "@", at most so many bytes. */
static void local_part(char *out, size_t room, const char *address)
{
	size_t n = strcspn(address, "@");
	if (n >= room) n = room - 1;
	memcpy(out, address, n);
	out[n] = '\0';
}

static bool is_nobody(const char *envelope) { return envelope && (!*envelope || !strcmp(envelope, "<>")); }

enum mail_sort mail_sort_of(const struct mail_signs *m)
{
	char local[40];
	local_part(local, sizeof local, m->from);
	if (m->is_ours) return MAIL_own;
	if (*m->auto_submitted && strcmp(m->auto_submitted, "no") != 0) return MAIL_machine;
	if (m->report || m->empty_return || is_nobody(m->envelope) || AMONG(local, "mailer-daemon", "postmaster"))
		return MAIL_machine;
	if (m->list || AMONG(m->precedence, "bulk", "junk", "list")) return MAIL_bulk;
	if (m->lately >= MAIL_LATELY_MOST) return MAIL_flood;
	if (m->suppress || !*m->from || AMONG(local, "no-reply", "noreply", "do-not-reply", "donotreply", "ikke-svar"))
		return MAIL_quiet;
	return MAIL_person;
}

/* --- threads */

static bool take_tag(char tag[MAIL_TAG + 1], const char *s)
{
	for (size_t i = 0; i < MAIL_TAG; i++) {
		char c = s[i] >= 'a' && s[i] <= 'z' ? (char)(s[i] - 'a' + 'A') : s[i];
		if (!c || !strchr(MAIL_TAG_SIGNS, c)) return false;
		tag[i] = c;
	}
	tag[MAIL_TAG] = '\0';
	return true;
}

bool mail_tag_of_subject(char tag[MAIL_TAG + 1], const char *subject)
{
	for (const char *s = strchr(subject, '['); s; s = strchr(s + 1, '['))
		if (!strncasecmp(s, "[LG-", 4) && take_tag(tag, s + 4) && s[4 + MAIL_TAG] == ']') return true;
	return false;
}

bool mail_tag_of_address(char tag[MAIL_TAG + 1], const char *address)
{
	const char *plus = strchr(address, '+');
	return plus && take_tag(tag, plus + 1) && plus[1 + MAIL_TAG] == '@';
}

const char *mail_subject_bare(const char *subject, size_t *n)
{
	static const char *const again[] = { "Re:", "SV:", "VS:", "Fwd:", "Fw:", "VB:", "Vs:", "Відп:", "Antw:" };
	const char *s = subject;
	for (bool more = true; more;) {
		more = false;
		while (*s == ' ') s++;
		for (size_t i = 0; i < sizeof again / sizeof *again; i++) {
			size_t k = strlen(again[i]);
			if (!strncasecmp(s, again[i], k)) s += k, more = true;
		}
		char tag[MAIL_TAG + 1];
		if (!strncasecmp(s, "[LG-", 4) && take_tag(tag, s + 4) && s[4 + MAIL_TAG] == ']')
			s += 5 + MAIL_TAG, more = true;
	}
	*n = strlen(s);
	for (const char *t = strstr(s, "[LG-"); t; t = strstr(t + 1, "[LG-")) {
		char tag[MAIL_TAG + 1];
		if (take_tag(tag, t + 4) && t[4 + MAIL_TAG] == ']') {
			*n = (size_t)(t - s);
			break;
		}
	}
	while (*n && s[*n - 1] == ' ') --*n;
	return s;
}

/* --- languages */

const char *mail_language(const char *said, const char *text, const char *usual)
{
	static const char *const ours[] = { "da", "sv", "uk", "en" };
	size_t cyrillic = 0, latin = 0;
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (!strcmp(said, ours[i])) return ours[i];
	for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
		cyrillic += *s >= 0xD0 && *s <= 0xD2;
		latin += (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
	}
	return cyrillic > latin ? "uk" : usual;
}

size_t mail_body(const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] != '\n') continue;
		if (i + 1 < n && bytes[i + 1] == '\n') return i + 2;
		if (i + 2 < n && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
	}
	return n;
}
