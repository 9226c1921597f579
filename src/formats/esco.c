/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/esco.h"

#include <archive.h>
#include <archive_entry.h>
#include <csv.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { COLUMNS = 6, CHUNK = 64 * 1024 };

struct reader;

/* A file by its name: the columns it must have, up to a NULL, and what a row means. */
struct layout {
	const char *name, *column[COLUMNS];
	enum lg_esco_kind kind;
	bool language_needed;
	enum lg_err (*row)(struct reader *r);
};

/* One table on its way through the CSV parser. */
struct reader {
	struct lg_ctx *cx;
	struct lg_esco *e;
	const struct layout *layout;
	const char *name;
	char language[4];
	struct lg_buf cell[COLUMNS];
	size_t at[COLUMNS]; /* place of each wanted column in a row */
	size_t row, field, columns;
	enum lg_err err;
};

enum { NOWHERE = 0xFFFF };

static enum lg_err refuse(struct reader *r, const char *what)
{
	return lg_failf(r->cx, LG_INVALID, r->name, "Row %zu %s.", r->row + 1, what);
}

static const char *cell(const struct reader *r, int column) { return r->cell[column].data ? r->cell[column].data : ""; }
static char *keep(struct reader *r, int column) { return lg_strdup(r->cx->mem, cell(r, column)); }

/* -------------------------------------------------------------------------------------------------- results */

static void *more(struct lg_ctx *cx, void *items, size_t n, size_t *room, size_t size)
{
	if (n < *room) return items;
	*room = *room ? *room * 2 : 256;
	void *out = lg_array(cx->mem, *room, size);
	if (n) memcpy(out, items, n * size);
	return out;
}

static void add_label(struct reader *r, enum lg_esco_kind kind, const char *uri, bool preferred, const char *s,
                      size_t n)
{
	struct lg_esco *e = r->e;
	while (n && (*s == ' ' || *s == '\r' || *s == '\t')) s++, n--;
	while (n && (s[n - 1] == ' ' || s[n - 1] == '\r' || s[n - 1] == '\t')) n--;
	if (!n) return;
	e->labels = more(r->cx, e->labels, e->n_labels, &e->room_labels, sizeof *e->labels);
	struct lg_esco_label *l = &e->labels[e->n_labels++];
	*l = (struct lg_esco_label){ kind, preferred, "", uri, lg_strndup(r->cx->mem, s, n) };
	memcpy(l->language, r->language, sizeof l->language);
}

/* Alternative labels stand one a line, or between bars. */
static void add_alternatives(struct reader *r, const char *uri, const char *list)
{
	for (size_t n; *list; list += n + (list[n] != '\0')) {
		n = strcspn(list, "\n|");
		add_label(r, r->layout->kind, uri, false, list, n);
	}
}

enum { TYPE, URI, LABEL, STATUS, CODE, ALTERNATIVES }; /* columns of concepts */

static enum lg_err concept_row(struct reader *r)
{
	static const char *const type[] = { "ISCOGroup", "Occupation", "KnowledgeSkillCompetence" };
	struct lg_esco *e = r->e;
	if (strcmp(cell(r, TYPE), type[r->layout->kind]) != 0) {
		e->other_type++;
		return LG_OK;
	}
	if (strcmp(cell(r, STATUS), "released") != 0) {
		e->not_released++;
		return LG_OK;
	}
	const char *uri = keep(r, URI), *code = keep(r, CODE);
	const char *group =
	    r->layout->kind == LG_ESCO_OCCUPATION ? lg_strndup(r->cx->mem, code, strcspn(code, ".")) : "";
	if (!*uri) return refuse(r, "has no conceptUri");
	e->concepts = more(r->cx, e->concepts, e->n_concepts, &e->room_concepts, sizeof *e->concepts);
	e->concepts[e->n_concepts++] = (struct lg_esco_concept){ r->layout->kind, uri, code, group };
	add_label(r, r->layout->kind, uri, true, cell(r, LABEL), strlen(cell(r, LABEL)));
	add_alternatives(r, uri, cell(r, ALTERNATIVES));
	return LG_OK;
}

static enum lg_err relation_row(struct reader *r)
{
	struct lg_esco *e = r->e;
	bool essential = !strcmp(cell(r, 1), "essential");
	if (!essential && strcmp(cell(r, 1), "optional") != 0) {
		e->other_type++;
		return LG_OK;
	}
	/* Rows of an occupation stand together: keep its name once. */
	const char *occupation = e->n_relations ? e->relations[e->n_relations - 1].occupation : "";
	if (strcmp(occupation, cell(r, 0)) != 0) occupation = keep(r, 0);
	e->relations = more(r->cx, e->relations, e->n_relations, &e->room_relations, sizeof *e->relations);
	e->relations[e->n_relations++] = (struct lg_esco_relation){ occupation, keep(r, 2), essential };
	return LG_OK;
}

static enum lg_err broader_row(struct reader *r)
{
	struct lg_esco *e = r->e;
	if (strcmp(cell(r, 0), "Occupation") != 0 || strcmp(cell(r, 1), "Occupation") != 0) return LG_OK;
	e->broader = more(r->cx, e->broader, e->n_broader, &e->room_broader, sizeof *e->broader);
	e->broader[e->n_broader++] = (struct lg_esco_broader){ keep(r, 2), keep(r, 3) };
	return LG_OK;
}

static enum lg_err label_row(struct reader *r)
{
	const char *uri = cell(r, 1), *isco = cell(r, 2), *kind = cell(r, 3);
	bool alternative = !strcmp(kind, "alt");
	if (!alternative && *kind && strcmp(kind, "pref") != 0)
		return refuse(r, "has a kind that is neither pref nor alt");
	if (*isco) {
		uri = lg_printf(r->cx->mem, "http://data.europa.eu/esco/isco/C%s", isco);
		add_label(r, LG_ESCO_GROUP, uri, !alternative, cell(r, 0), strlen(cell(r, 0)));
		return LG_OK;
	}
	enum lg_esco_kind of = strstr(uri, "/occupation/") ? LG_ESCO_OCCUPATION
	                       : strstr(uri, "/isco/")     ? LG_ESCO_GROUP
	                                                   : LG_ESCO_SKILL;
	add_label(r, of, keep(r, 1), !alternative, cell(r, 0), strlen(cell(r, 0)));
	return LG_OK;
}

static const struct layout layouts[LG_ESCO_FILES] = {
	[LG_ESCO_OCCUPATIONS] = { "occupations",
	                          { "conceptType", "conceptUri", "preferredLabel", "status", "code", "altLabels" },
	                          LG_ESCO_OCCUPATION,
	                          true,
	                          concept_row },
	/* Skills have no code: the URI is asked for twice. */
	[LG_ESCO_SKILLS] = { "skills",
	                     { "conceptType", "conceptUri", "preferredLabel", "status", "conceptUri", "altLabels" },
	                     LG_ESCO_SKILL,
	                     true,
	                     concept_row },
	[LG_ESCO_GROUPS] = { "ISCOGroups",
	                     { "conceptType", "conceptUri", "preferredLabel", "status", "code", "altLabels" },
	                     LG_ESCO_GROUP,
	                     true,
	                     concept_row },
	[LG_ESCO_RELATIONS] = { "occupationSkillRelations",
	                        { "occupationUri", "relationType", "skillUri" },
	                        LG_ESCO_OCCUPATION,
	                        false,
	                        relation_row },
	[LG_ESCO_BROADER] = { "broaderRelationsOccPillar",
	                      { "conceptType", "broaderType", "conceptUri", "broaderUri" },
	                      LG_ESCO_OCCUPATION,
	                      false,
	                      broader_row },
};
static const struct layout label_layout = { "labels", { "label", "uri", "isco", "kind" }, 0, true, label_row };

/* ------------------------------------------------------------------------------------------------------ CSV */

static void header_field(struct reader *r, const char *s, size_t n)
{
	if (r->field == 0 && n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3)) s += 3, n -= 3;
	for (int c = 0; c < COLUMNS && r->layout->column[c]; c++)
		if (strlen(r->layout->column[c]) == n && !memcmp(r->layout->column[c], s, n)) r->at[c] = r->field;
}

static void on_field(void *data, size_t n, void *self)
{
	struct reader *r = self;
	const char *s = data;
	if (r->err) return;
	if (n > LG_ESCO_CELL_MAX || memchr(s, 0, n) || lg_utf8_span(s, n) != n) {
		r->err = refuse(r, "has a field that is too long or not UTF-8");
		return;
	}
	if (r->row == 0) header_field(r, s, n);
	for (int c = 0; c < COLUMNS && r->row > 0; c++) {
		if (r->at[c] != r->field) continue;
		lg_buf_clear(&r->cell[c]);
		lg_put(&r->cell[c], s, n);
	}
	r->field++;
}

static enum lg_err check_header(struct reader *r)
{
	bool labels = r->layout == &label_layout;
	r->columns = r->field;
	if (labels && r->at[1] == NOWHERE && r->at[2] == NOWHERE)
		return lg_fail(r->cx, LG_INVALID, r->name, "There is neither a column uri nor a column isco.");
	for (int c = 0; c < (labels ? 1 : COLUMNS) && r->layout->column[c]; c++)
		if (r->at[c] == NOWHERE)
			return lg_failf(r->cx, LG_INVALID, r->name, "The column %s is missing.", r->layout->column[c]);
	return LG_OK;
}

static void on_row(int end, void *self)
{
	struct reader *r = self;
	(void)end;
	if (r->err) return;
	if (r->row == 0)
		r->err = check_header(r);
	else if (r->field != r->columns)
		r->err = refuse(r, "has another number of fields than the first row");
	else
		r->err = r->layout->row(r);
	r->row++;
	r->field = 0;
}

static void free_cells(void *self)
{
	struct reader *r = self;
	for (int c = 0; c < COLUMNS; c++) lg_buf_free(&r->cell[c]);
}

static void free_parser(void *self) { csv_free(self); }

static enum lg_err open_reader(struct lg_ctx *cx, struct reader **out, struct csv_parser **csv, unsigned char options)
{
	struct reader *r = lg_alloc(cx->mem, sizeof *r);
	*csv = lg_alloc(cx->mem, sizeof **csv);
	*out = r;
	r->cx = cx;
	if (csv_init(*csv, options) != 0) return lg_fail(cx, LG_FAULT, "csv", "The CSV parser could not start.");
	csv_set_blk_size(*csv, 4096);
	lg_defer(cx->mem, free_parser, *csv);
	lg_defer(cx->mem, free_cells, r);
	for (int c = 0; c < COLUMNS; c++) r->at[c] = NOWHERE;
	return LG_OK;
}

static enum lg_err feed(struct reader *r, struct csv_parser *csv, const void *bytes, size_t n)
{
	size_t done = csv_parse(csv, bytes, n, on_field, on_row, r);
	if (r->err) return r->err;
	if (done != n) return refuse(r, "is not well-formed CSV");
	return csv_get_buffer_size(csv) > 2 * LG_ESCO_CELL_MAX ? refuse(r, "has a field that is too long") : LG_OK;
}

static enum lg_err finish(struct reader *r, struct csv_parser *csv)
{
	int bad = csv_fini(csv, on_field, on_row, r);
	free_cells(r);
	if (r->err) return r->err;
	if (bad) return refuse(r, "ends inside a quoted field");
	return r->row == 0 ? lg_fail(r->cx, LG_INVALID, r->name, "The file is empty.") : LG_OK;
}

enum lg_err lg_esco_labels(struct lg_ctx *cx, struct lg_esco *e, const char *name, const char *language,
                           const char *text, size_t n)
{
	struct reader *r;
	struct csv_parser *csv;
	size_t letters = strspn(language, "abcdefghijklmnopqrstuvwxyz");
	if (letters < 2 || letters > 3 || language[letters])
		return lg_failf(cx, LG_INVALID, name, "'%.20s' is no language; give its 2 or 3 small letters.",
		                language);
	LG_TRY(open_reader(cx, &r, &csv, 0));
	csv_set_delim(csv, '\t');
	csv_set_quote(csv, '\0'); /* quotes mean nothing here, and NUL is refused in fields */
	if (memchr(text, 0, n)) return lg_fail(cx, LG_INVALID, name, "There are NUL bytes in it.");
	r->e = e;
	r->name = name;
	r->layout = &label_layout;
	memcpy(r->language, language, letters + 1);
	for (size_t at = 0; at < n; at += CHUNK) LG_TRY(feed(r, csv, text + at, n - at < CHUNK ? n - at : CHUNK));
	return finish(r, csv);
}

/* ------------------------------------------------------------------------------------------------------ zip */

/* "folder/occupations_en.csv" is the file of occupations in English. @return LG_ESCO_FILES: none we read */
static enum lg_esco_file which_file(const char *path, char language[4])
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	for (int f = 0; f < LG_ESCO_FILES; f++) {
		size_t n = strlen(layouts[f].name);
		if (strncmp(name, layouts[f].name, n) != 0) continue;
		size_t letters = name[n] == '_' ? strspn(name + n + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
		bool named = letters == 2 || letters == 3;
		if (strcmp(name + n + (named ? 1 + letters : 0), ".csv") != 0 || (layouts[f].language_needed && !named))
			continue;
		memcpy(language, name + n + 1, named ? letters : 0);
		return (enum lg_esco_file)f;
	}
	return LG_ESCO_FILES;
}

static bool is_archive(const char *path)
{
	static const char *const ends[] = { ".zip", ".7z", ".rar", ".tar", ".gz", ".xz", ".bz2", ".zst", ".tgz" };
	size_t n = strlen(path);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t m = strlen(ends[i]);
		if (n >= m && !strcasecmp(path + n - m, ends[i])) return true;
	}
	return false;
}

static enum lg_err read_entry(struct lg_ctx *cx, struct reader *r, struct csv_parser *csv, struct archive *a)
{
	char *chunk = lg_alloc(cx->mem, CHUNK);
	size_t total = 0;
	for (;;) {
		la_ssize_t n = archive_read_data(a, chunk, CHUNK);
		if (n < 0)
			return lg_failf(cx, LG_INVALID, r->name, "It cannot be unpacked: %s.", archive_error_string(a));
		if (n == 0) return finish(r, csv);
		total += (size_t)n;
		if (total > LG_ESCO_ENTRY_MAX) return lg_fail(cx, LG_INVALID, r->name, "It is too large.");
		LG_TRY(feed(r, csv, chunk, (size_t)n));
	}
}

static enum lg_err take_entry(struct lg_ctx *cx, struct lg_esco *e, const char *zip, struct archive *a,
                              struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);
	char language[4] = "";
	struct reader *r;
	struct csv_parser *csv;
	if (!path) return lg_fail(cx, LG_INVALID, zip, "An entry has no readable name.");
	const char *name = lg_printf(cx->mem, "%s: %.200s", zip, path);
	if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > LG_ESCO_ENTRY_MAX)
		return lg_fail(cx, LG_INVALID, name, "It is too large.");
	if (is_archive(path))
		return lg_fail(cx, LG_INVALID, name, "This is an archive in an archive; unpack it first.");
	enum lg_esco_file file = which_file(path, language);
	if (file == LG_ESCO_FILES || archive_entry_filetype(entry) != AE_IFREG) return LG_OK;
	LG_TRY(open_reader(cx, &r, &csv, CSV_STRICT | CSV_STRICT_FINI));
	r->e = e;
	r->name = name;
	r->layout = &layouts[file];
	memcpy(r->language, language, sizeof language);
	e->seen[file]++;
	return read_entry(cx, r, csv, a);
}

static void free_archive(void *self) { (void)archive_read_free(self); }

enum lg_err lg_esco_zip(struct lg_ctx *cx, struct lg_esco *e, const char *name, const void *bytes, size_t n)
{
	struct archive *a = archive_read_new();
	struct archive_entry *entry;
	int got;
	if (!a) return lg_fail(cx, LG_FAULT, name, "The archive reader could not start.");
	lg_defer(cx->mem, free_archive, a);
	if (archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
	    archive_read_open_memory(a, bytes, n) != ARCHIVE_OK)
		return lg_failf(cx, LG_INVALID, name, "This is not a zip file (%s).", archive_error_string(a));
	for (int entries = 0; (got = archive_read_next_header(a, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN;
	     entries++) {
		if (entries == LG_ESCO_ENTRIES_MAX)
			return lg_fail(cx, LG_INVALID, name, "There are too many files in it.");
		LG_TRY(take_entry(cx, e, name, a, entry));
	}
	if (got == ARCHIVE_EOF) return LG_OK;
	return lg_failf(cx, LG_INVALID, name, "The zip file cannot be read: %s.", archive_error_string(a));
}

enum lg_err lg_esco_complete(struct lg_ctx *cx, const struct lg_esco *e)
{
	for (int f = 0; f < LG_ESCO_FILES; f++) {
		const struct layout *l = &layouts[f];
		if (e->seen[f]) continue;
		return lg_failf(
		    cx, LG_INVALID, l->name,
		    "The file %s%s.csv is missing. Give the classification in at least one language and the relations.",
		    l->name, l->language_needed ? "_LANGUAGE" : "");
	}
	return LG_OK;
}
