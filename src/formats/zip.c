/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { CHUNK = 64 * 1024, FREE_OF_RATIO = 4 << 20 };

static enum lg_err no_zip(const struct lg_zip *z, struct archive *a)
{
	const char *why = archive_error_string(a);
	return lg_failf(z->cx, LG_INVALID, z->name, "The zip archive is damaged (%.120s). Save the file again.",
	                why ? why : "it cannot be read");
}

/* Given to each step; ended by hand, so that archives do not pile up until the arena ends. */
static enum lg_err open_zip(const struct lg_zip *z, struct archive **a)
{
	*a = archive_read_new();
	lg_assert(*a);
	if (archive_read_support_format_zip_seekable(*a) == ARCHIVE_OK &&
	    archive_read_open_memory(*a, z->bytes, z->n) == ARCHIVE_OK)
		return LG_OK;
	enum lg_err err = no_zip(z, *a);
	(void)archive_read_free(*a);
	return err;
}

static enum lg_err bad_entry(const struct lg_zip *z, const char *part, const char *what)
{
	return lg_failf(z->cx, LG_INVALID, z->name, "In the zip archive, \"%.*s\" %s",
	                (int)lg_utf8_span(part, strnlen(part, 100)), part, what);
}

static bool leads_out(const char *part)
{
	if (*part == '/' || strchr(part, '\\') || strchr(part, ':')) return true;
	for (const char *s = part; s; s = strchr(s, '/')) {
		s += *s == '/';
		if (s[0] == '.' && s[1] == '.' && (s[2] == '/' || !s[2])) return true;
	}
	return false;
}

static int by_name(const void *a, const void *b) { return strcasecmp(*(char *const *)a, *(char *const *)b); }

static enum lg_err note_entry(struct lg_zip *z, struct archive_entry *entry, size_t *room)
{
	const char *part = archive_entry_pathname(entry);
	if (z->n_parts == z->entries_max)
		return lg_failf(z->cx, LG_INVALID, z->name, "The zip archive has more than %zu entries.",
		                z->entries_max);
	if (!part) part = "?"; /* in letters that are none of ours: nothing that is asked for */
	if (leads_out(part))
		return bad_entry(z, part, "leads out of it. No program writes such a file; it is not read.");
	if (z->n_parts == *room) {
		const char **more = lg_array(z->cx->mem, *room *= 2, sizeof *more);
		memcpy(more, z->parts, z->n_parts * sizeof *more);
		z->parts = more;
	}
	z->parts[z->n_parts++] = lg_strdup(z->cx->mem, part);
	return LG_OK;
}

static enum lg_err all_entries(struct lg_zip *z, struct archive *a, size_t *room)
{
	struct archive_entry *entry;
	int got;
	while ((got = archive_read_next_header(a, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN)
		LG_TRY(note_entry(z, entry, room));
	return got == ARCHIVE_EOF ? LG_OK : no_zip(z, a);
}

enum lg_err lg_zip_open(struct lg_zip *z)
{
	struct archive *a;
	size_t room = 64;
	LG_TRY(open_zip(z, &a));
	z->parts = lg_array(z->cx->mem, room, sizeof *z->parts);
	z->n_parts = 0;
	enum lg_err err = all_entries(z, a, &room);
	(void)archive_read_free(a);
	LG_TRY(err);
	qsort(z->parts, z->n_parts, sizeof *z->parts, by_name);
	for (size_t i = 1; i < z->n_parts; i++)
		if (!strcasecmp(z->parts[i - 1], z->parts[i]) && !strchr(z->parts[i], '?')) /* ? was another letter */
			return bad_entry(z, z->parts[i], "stands twice, so it is not clear which is meant.");
	return LG_OK;
}

bool lg_zip_has(const struct lg_zip *z, const char *part)
{
	return z->n_parts && bsearch(&part, z->parts, z->n_parts, sizeof *z->parts, by_name);
}

static enum lg_err too_large(const struct lg_zip *z, const char *part, size_t n)
{
	if (n > z->part_max) return bad_entry(z, part, "unpacks to more than may be read. Give the file in parts.");
	if (n > FREE_OF_RATIO && n / z->ratio_max > z->n)
		return bad_entry(z, part, "unpacks to far more than such a file has: this is a zip bomb, or damaged.");
	return LG_OK;
}

static enum lg_err unpack(const struct lg_zip *z, struct archive *a, const char *part, void *self,
                          enum lg_err (*take)(void *self, const char *bytes, size_t n))
{
	char chunk[CHUNK];
	size_t total = 0;
	for (la_ssize_t n; (n = archive_read_data(a, chunk, sizeof chunk)) != 0;) {
		if (n < 0) return no_zip(z, a);
		total += (size_t)n;
		LG_TRY(too_large(z, part, total));
		LG_TRY(take(self, chunk, (size_t)n));
	}
	return LG_OK;
}

static enum lg_err find_and_unpack(const struct lg_zip *z, struct archive *a, const char *part, void *self,
                                   enum lg_err (*take)(void *self, const char *bytes, size_t n))
{
	struct archive_entry *entry;
	int got;
	while ((got = archive_read_next_header(a, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN) {
		const char *path = archive_entry_pathname(entry);
		if (!path || strcasecmp(path, part) != 0) continue;
		if (archive_entry_is_encrypted(entry))
			return bad_entry(z, part, "is encrypted. Save it without a password.");
		if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > 0)
			LG_TRY(too_large(z, part, (size_t)archive_entry_size(entry)));
		return unpack(z, a, part, self, take);
	}
	if (got != ARCHIVE_EOF) return no_zip(z, a);
	return bad_entry(z, part, "is missing. The file is damaged; save it again.");
}

enum lg_err lg_zip_part(const struct lg_zip *z, const char *part, void *self,
                        enum lg_err (*take)(void *self, const char *bytes, size_t n))
{
	struct archive *a;
	LG_TRY(open_zip(z, &a));
	enum lg_err err = find_and_unpack(z, a, part, self, take);
	(void)archive_read_free(a);
	return err;
}
