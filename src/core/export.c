/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "base/date.h"
#include "core/candidate.h"
#include "core/candidate_list.h"
#include "core/core.h"
#include "formats/csv.h"
#include "view/speech.h"

enum { CHUNK = 200, MOST = 100000, COLUMNS = 12 };

/* A cell that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets take for "this is
 * text" and our own import takes away (OWASP, CSV injection; the full-width signs count as well). */
static const char *export_cell(struct lg_ctx *cx, const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	bool risky = *s && strchr("=+-@\t\r'", *s);
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) risky = risky || !strncmp(s, wide[i], strlen(wide[i]));
	return risky ? lg_printf(cx->mem, "'%s", s) : s;
}

/* --- the rows, a piece at a time */

struct sheet {
	struct lg_ctx *cx;
	struct call *c;
	void (*row)(struct sheet *to, const char *const cells[COLUMNS]);
	lxw_worksheet *worksheet;
	lxw_row_t line;
	size_t people;
};

static void put_heads(struct sheet *to)
{
	const char *const heads[COLUMNS] = { lg_say("Id"),
		                             lg_say("Given name"),
		                             lg_say("Family name"),
		                             lg_say("Given name in Cyrillic letters"),
		                             lg_say("Family name in Cyrillic letters"),
		                             lg_say("State"),
		                             lg_say("Municipality"),
		                             lg_say("Occupation"),
		                             lg_say("Wants to work"),
		                             lg_say("Next step"),
		                             lg_say("When"),
		                             lg_say("Whose turn") };
	to->row(to, heads);
}

static const char *occupation(struct sheet *to, const char *json)
{
	json_t *list;
	if (record_parse(to->cx, &list, json, strlen(json)) != LG_OK) return "";
	const json_t *first = json_array_get(list, 0);
	return first ? form_concept(to->c, record_word(first, "occupation")) : "";
}

static void put_person(struct sheet *to, const struct db_candidate_list_row *r)
{
	char *day = lg_alloc(to->cx->mem, 11);
	if (r->next_on != DB_NO_DATE) lg_date_print(day, r->next_on);
	const char *const cells[COLUMNS] = { r->id,
		                             r->given_name,
		                             r->family_name,
		                             r->given_native ? r->given_native : "",
		                             r->family_native ? r->family_native : "",
		                             r->state,
		                             r->municipality ? form_municipality(r->municipality) : "",
		                             occupation(to, r->occupations),
		                             r->wants_work ? r->wants_work : "",
		                             r->next_step ? r->next_step : "",
		                             day,
		                             r->owner ? r->owner : "" };
	to->row(to, cells);
	to->people++;
}

/* People whose name and address are protected are never taken out. */
static enum lg_err put_all(struct sheet *to, struct list_ask *ask)
{
	size_t n;
	put_heads(to);
	ask->room = CHUNK;
	do {
		struct db_candidate_list_rows rows = { 0 };
		const char **ids = lg_array(to->cx->mem, CHUNK + 1, sizeof *ids);
		list_ask_send(to->cx, to->c, ask, &rows);
		LG_TRY(db_sync(to->cx, to->c->db));
		n = rows.n > CHUNK ? CHUNK : rows.n;
		size_t out = 0;
		for (size_t i = 0; i < n; i++) {
			if (rows.rows[i].is_protected) continue;
			ids[out++] = rows.rows[i].id;
			put_person(to, &rows.rows[i]);
		}
		audit_seen(to->cx, to->c, ids, out);
		if (n) ask->after_key = rows.rows[n - 1].key, ask->after_id = rows.rows[n - 1].id;
		if (rows.n <= CHUNK) break;
	} while (to->people < MOST);
	return LG_OK;
}

/* How many, by which filters; neither the name that was looked for nor where the list went on, which is one too. */
static enum lg_err log_export(struct lg_ctx *cx, struct call *c, const struct list_ask *ask, size_t people,
                              const char *kind)
{
	const char *why = c->why, *by = list_address(cx, ask, "", (const char *const[]){ "q", "", NULL });
	c->why = lg_printf(cx->mem, "%s, %zu%s%s", kind, people, *by ? " " : "", *by ? by + 1 : "");
	LG_TRY(audit_change(cx, c, "exported", "candidate", NULL, 0, NULL, NULL));
	c->why = why;
	return app_end(cx, c);
}

/* --- CSV */

static void csv_row(struct sheet *to, const char *const cells[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++) lg_csv_str(&to->c->rs->body, i == 0, export_cell(to->cx, cells[i]));
	lg_csv_end(&to->c->rs->body);
}

enum lg_err on_candidate_csv(struct lg_ctx *cx, struct call *c)
{
	struct list_ask ask;
	struct sheet to = { .cx = cx, .c = c, .row = csv_row };
	LG_TRY(list_ask_read(cx, c, &ask, &c->rq->query));
	lg_puts(&c->rs->body, "\xEF\xBB\xBF"); /* or a spreadsheet takes it for another code */
	LG_TRY(put_all(&to, &ask));
	LG_TRY(log_export(cx, c, &ask, to.people, "csv"));
	answer_file(cx, c, "text/csv; charset=utf-8", "candidates.csv");
	return LG_OK;
}

/* --- a spreadsheet */

static void xlsx_row(struct sheet *to, const char *const cells[COLUMNS])
{
	for (lxw_col_t i = 0; i < COLUMNS; i++)
		if (*cells[i])
			(void)worksheet_write_string(to->worksheet, to->line, i, cells[i],
			                             NULL); /* text, never a formula */
	to->line++;
}

static void close_fd(void *fd) { (void)close((int)(intptr_t)fd); }

static enum lg_err read_back(struct lg_buf *out, int fd)
{
	char piece[65536];
	ssize_t n;
	off_t at = 0;
	while ((n = pread(fd, piece, sizeof piece, at)) > 0) {
		lg_put(out, piece, (size_t)n);
		at += n;
	}
	return n < 0 ? LG_FAULT : LG_OK;
}

/* libxlsxwriter writes a file of a name; this one is in memory only. What it puts aside meanwhile goes to $TMPDIR,
 * where only the web process may read and write (cmd/sandbox.h). */
enum lg_err on_candidate_xlsx(struct lg_ctx *cx, struct call *c)
{
	struct list_ask ask;
	struct sheet to = { .cx = cx, .c = c, .row = xlsx_row };
	LG_TRY(list_ask_read(cx, c, &ask, &c->rq->query));
	int fd = memfd_create("candidates", MFD_CLOEXEC);
	if (fd < 0) return LG_FAULT;
	lg_defer(cx->mem, close_fd, (void *)(intptr_t)fd);
	lxw_workbook *book = workbook_new(lg_printf(cx->mem, "/proc/self/fd/%d", fd));
	if (!book) return LG_FAULT;
	to.worksheet = workbook_add_worksheet(book, "Landgang");
	enum lg_err err = put_all(&to, &ask);
	lxw_error closed = workbook_close(book);
	LG_TRY(err);
	if (closed != LXW_NO_ERROR) return LG_FAULT;
	lg_buf_clear(&c->rs->body);
	LG_TRY(read_back(&c->rs->body, fd));
	LG_TRY(log_export(cx, c, &ask, to.people, "xlsx"));
	answer_file(cx, c, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "candidates.xlsx");
	return LG_OK;
}
