/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/log.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

/* A line is no longer than what a pipe takes in one piece (PIPE_BUF), so that lines of processes do not mix. */
enum { LINE_MAX_LEN = 4096, TEXT_MAX_LEN = 300, ENDING = 32 };

struct line {
	char bytes[LINE_MAX_LEN];
	size_t n;
	bool full;
};

static char process_name[32] = "landgang";
static enum lg_log_level least_level = LG_LOG_INFO;

static const char *const level_name[] = {
	[LG_LOG_DEBUG] = "debug", [LG_LOG_INFO] = "info", [LG_LOG_WARN] = "warn", [LG_LOG_ERROR] = "error"
};

/* Room is kept for the ending: a line that is cut is JSON all the same. */
static void put(struct line *l, const char *s, size_t n)
{
	if (l->full || n > sizeof l->bytes - ENDING - l->n) {
		l->full = true;
		return;
	}
	memcpy(l->bytes + l->n, s, n);
	l->n += n;
}

static void put_text(struct line *l, const char *s) { put(l, s, strlen(s)); }

static void put_number(struct line *l, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%lld", (long long)v);
	put(l, digits, (size_t)n);
}

/* Length in bytes of the character that begins at s; 0 when it is not UTF-8. */
static size_t character(const char *s, size_t n)
{
	for (size_t k = 1; k <= 4 && k <= n; k++)
		if (lg_utf8_span(s, k) == k) return k;
	return 0;
}

/* Control characters, those of Unicode's second set (a terminal obeys them) and what ends a line for JavaScript. */
static bool is_control(const unsigned char *s, size_t n)
{
	if (n == 1) return *s < 0x20 || *s == 0x7F;
	if (n == 2) return s[0] == 0xC2 && s[1] < 0xA0;
	return n == 3 && s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9);
}

static void put_escape(struct line *l, const unsigned char *s, size_t n)
{
	unsigned c = n == 1 ? s[0] : n == 2 ? s[1] : 0x2000u | (s[2] & 0x3Fu);
	char escape[8];
	int len = snprintf(escape, sizeof escape, "\\u%04x", c);
	put(l, escape, (size_t)len);
}

static void put_quoted(struct line *l, const char *s)
{
	size_t n = strnlen(s, TEXT_MAX_LEN + 4), k;
	put_text(l, "\"");
	for (size_t at = 0; at < n; at += k) {
		k = character(s + at, n - at);
		if (at + (k ? k : 1) > TEXT_MAX_LEN) break;
		if (!k) {
			put_text(l, "\\ufffd");
			k = 1;
		} else if (is_control((const unsigned char *)s + at, k)) {
			put_escape(l, (const unsigned char *)s + at, k);
		} else {
			if (s[at] == '"' || s[at] == '\\') put_text(l, "\\");
			put(l, s + at, k);
		}
	}
	put_text(l, "\"");
}

/* A member of the object, whole or not at all. */
static void put_field(struct line *l, const char *name, const char *text, int64_t number)
{
	size_t before = l->n;
	put_text(l, l->n > 1 ? "," : "");
	put_quoted(l, name);
	put_text(l, ":");
	if (text)
		put_quoted(l, text);
	else
		put_number(l, number);
	if (l->full) l->n = before;
}

static void put_time(struct line *l)
{
	struct timespec now;
	struct tm tm;
	char at[40], text[64];
	(void)clock_gettime(CLOCK_REALTIME, &now);
	(void)gmtime_r(&now.tv_sec, &tm);
	(void)strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(text, sizeof text, "%s.%03dZ", at, (int)(now.tv_nsec / 1000000));
	put_field(l, "at", text, 0);
}

/* What cannot be written is lost: there is nowhere left to say so. */
static void write_line(const struct line *l)
{
	for (size_t done = 0; done < l->n;) {
		ssize_t n = write(STDERR_FILENO, l->bytes + done, l->n - done);
		if (n < 0 && errno == EINTR) continue;
		if (n <= 0) return;
		done += (size_t)n;
	}
}

void lg_log_fields(const struct lg_ctx *cx, enum lg_log_level level, const char *event,
                   const struct lg_log_field *fields)
{
	if (level < least_level) return;
	int kept = errno;
	struct line l = { .n = 0 };
	put_text(&l, "{");
	put_time(&l);
	put_field(&l, "level", level_name[level], 0);
	put_field(&l, "process", process_name, 0);
	put_field(&l, "pid", NULL, getpid());
	if (cx) {
		char id[17];
		lg_id_print(id, cx->id);
		put_field(&l, "request", id, 0);
	}
	put_field(&l, "event", event, 0);
	for (; fields->name; fields++) put_field(&l, fields->name, fields->text, fields->number);
	const char *end = l.full ? ",\"cut\":true}\n" : "}\n";
	memcpy(l.bytes + l.n, end, strlen(end));
	l.n += strlen(end);
	write_line(&l);
	errno = kept;
}

void lg_log_start(const char *process, enum lg_log_level least)
{
	(void)snprintf(process_name, sizeof process_name, "%s", process);
	least_level = least;
}

void lg_id_print(char out[17], uint64_t id) { (void)snprintf(out, 17, "%016llx", (unsigned long long)id); }
