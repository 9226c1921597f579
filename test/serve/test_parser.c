/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "cmd/parser.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Parsers that somebody has taken over: this program again, behind the same sandbox. */
static enum lg_err opens(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	lg_put_int(out, open("/etc/hostname", O_RDONLY | O_CLOEXEC));
	return LG_OK;
}

static enum lg_err connects(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	lg_put_int(out, socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	return LG_OK;
}

static enum lg_err executes(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	lg_put_int(out, execl("/bin/true", "true", (char *)NULL));
	return LG_OK;
}

static enum lg_err forks(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	lg_put_int(out, fork());
	return LG_OK;
}

static enum lg_err kills(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	lg_put_int(out, kill(getppid(), SIGTERM));
	return LG_OK;
}

static enum lg_err makes_code(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	lg_put_int(out, at != MAP_FAILED);
	return LG_OK;
}

static _Noreturn enum lg_err hangs(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)out, (void)in, (void)n;
	for (volatile unsigned i = 0;; i++) {}
}

/* Asks for no processor time, so only the caller's patience ends it. */
static enum lg_err waits(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)out, (void)in, (void)n;
	(void)raise(SIGSTOP);
	return LG_OK;
}

static _Noreturn enum lg_err devours(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	static const char some[4096];
	for (;;) lg_put(out, some, sizeof some);
}

static enum lg_err floods(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)out, (void)in, (void)n;
	static char some[4096];
	while (write(1, some, sizeof some) > 0) {}
	return LG_OK;
}

static enum lg_err lies(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in, (void)n;
	lg_puts(out, "\xff\xfe no UTF-8");
	return LG_OK;
}

static enum lg_err says(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)out, (void)in, (void)n;
	return lg_fail(cx, LG_UNKNOWN, "upload", "What is wrong with it.");
}

static enum lg_err counts(struct lg_ctx *cx, struct lg_buf *out, const char *in, size_t n)
{
	(void)cx, (void)in;
	lg_put_int(out, (int64_t)n);
	return LG_OK;
}

enum { MIB = 1 << 20 };
#define ROW(name)                                                                                                      \
	{                                                                                                              \
#name, name, MIB, MIB, 0, 0                                                                            \
	}
static const struct parser_row rows[] = { ROW(opens),      ROW(connects), ROW(executes), ROW(forks),   ROW(kills),
	                                  ROW(makes_code), ROW(hangs),    ROW(waits),    ROW(devours), ROW(floods),
	                                  ROW(lies),       ROW(says),     ROW(counts) };

static const struct parser_row *named(const char *name)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!strcmp(rows[i].name, name)) return &rows[i];
	return NULL;
}

struct outcome {
	enum lg_err err;
	int status; /* of the process */
	double seconds;
	struct lg_buf out;
	char note[200];
};

static double clock_s(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct outcome run(const char *name, const void *input, size_t n)
{
	const char *const argv[] = { "test", "serve", "--child", "parser", "--kind", name, NULL };
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct outcome o = { 0 };
	int in[2], out[2];
	double begun = clock_s();
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid_t pid = parser_start(argv, in[0], out[1]);
	assert_true(pid > 0);
	(void)close(in[0]);
	(void)close(out[1]);
	o.err = parser_talk(&cx, named(name), in[1], out[0], input, n, &o.out);
	o.seconds = clock_s() - begun;
	if (o.seconds > 4.5) (void)kill(pid, SIGKILL);
	assert_true(waitpid(pid, &o.status, 0) == pid);
	(void)snprintf(o.note, sizeof o.note, "%s", cx.notes ? cx.notes->text : "");
	lg_arena_free(cx.mem);
	lg_buf_clear(&o.out);
	return o;
}

static void ended_by(const char *name, int signal)
{
	struct outcome o = run(name, "x", 1);
	assert_int_equal(o.err, LG_INVALID);
	assert_true(WIFSIGNALED(o.status));
	assert_int_equal(WTERMSIG(o.status), signal);
	assert_non_null(strstr(o.note, "could not be read"));
	lg_buf_free(&o.out);
}

static void opening_a_file_ends_it(void **state)
{
	(void)state;
	ended_by("opens", SIGSYS);
}

static void a_socket_ends_it(void **state)
{
	(void)state;
	ended_by("connects", SIGSYS);
}

static void starting_a_program_ends_it(void **state)
{
	(void)state;
	ended_by("executes", SIGSYS);
	ended_by("forks", SIGSYS);
}

static void a_signal_to_others_ends_it(void **state)
{
	(void)state;
	ended_by("kills", SIGSYS);
}

static void memory_to_write_and_execute_ends_it(void **state)
{
	(void)state;
	ended_by("makes_code", SIGSYS);
}

static void two_seconds_of_work_are_the_most(void **state)
{
	(void)state;
	struct rusage before, after;
	(void)getrusage(RUSAGE_CHILDREN, &before);
	struct outcome o = run("hangs", "x", 1);
	(void)getrusage(RUSAGE_CHILDREN, &after);
	double cpu = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
	             (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6;
	assert_int_equal(o.err, LG_INVALID);
	assert_true(WIFSIGNALED(o.status));
	assert_true(cpu < 3.0);
	assert_true(cpu > 1.0 ||
	            o.seconds > 4.5); /* on a machine that is busy with other things, time runs out first */
}

static void five_seconds_are_the_most_that_one_waits(void **state)
{
	(void)state;
	struct outcome o = run("waits", "x", 1);
	assert_int_equal(o.err, LG_INVALID);
	assert_true(o.seconds > 4.5 && o.seconds < 8);
}

#if !SANITIZED /* whose shadow is larger than any bound */
static void memory_is_bounded(void **state)
{
	(void)state;
	struct outcome o = run("devours", "x", 1);
	assert_int_equal(o.err, LG_INVALID);
	struct rusage all;
	(void)getrusage(RUSAGE_CHILDREN, &all);
	assert_true(all.ru_maxrss < 200 * 1024);
}
#endif

static void what_it_says_is_bounded_and_checked(void **state)
{
	(void)state;
	struct outcome o = run("floods", "x", 1);
	assert_int_equal(o.err, LG_INVALID);
	o = run("lies", "x", 1);
	assert_int_equal(o.err, LG_INVALID);
	assert_int_equal(o.out.len, 0);
	lg_buf_free(&o.out);
}

static void its_words_come_through(void **state)
{
	(void)state;
	struct outcome o = run("says", "x", 1);
	assert_int_equal(o.err, LG_INVALID);
	assert_string_equal(o.note, "What is wrong with it.");
	assert_int_equal(o.status, 0);
}

static void all_of_it_arrives(void **state)
{
	(void)state;
	char *much = calloc(1, MIB);
	assert_non_null(much);
	struct outcome o = run("counts", much, MIB);
	assert_int_equal(o.err, LG_OK);
	assert_string_equal(o.out.data, "1048576");
	lg_buf_free(&o.out);
	o = run("counts", "", 0);
	assert_int_equal(o.err, LG_OK);
	lg_buf_free(&o.out);
	free(much);
}

static enum lg_err read_text(const char *input, size_t n, struct lg_buf *out)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	lg_buf_clear(out);
	enum lg_err err = parser_run(&cx, PARSER_text, input, n, out);
	lg_arena_free(cx.mem);
	return err;
}

static void a_text_is_read(void **state)
{
	(void)state;
	struct lg_buf out = { 0 };
	assert_int_equal(read_text("\xEF\xBB\xBF"
	                           "Олена\r\nx\ry\tz",
	                           20, &out),
	                 LG_OK);
	assert_string_equal(out.data, "Олена\nx\ny\tz");
	assert_int_equal(read_text("\xFF\xFE"
	                           "a\0\r\0\n\0b\0",
	                           10, &out),
	                 LG_OK);
	assert_string_equal(out.data, "a\nb");
	assert_int_equal(read_text("a\0b", 3, &out), LG_INVALID);
	char *large = calloc(1, 3 * MIB);
	assert_int_equal(read_text(large, 3 * MIB, &out), LG_INVALID);
	free(large);
	lg_buf_free(&out);
}

/* A document of fuzz/corpus/document, or of our own making, as `kind`. */
static enum lg_err read_document(const char *kind, const char *name, struct lg_buf *out, char note[200])
{
	static char bytes[MIB];
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	const char *folder = getenv("LG_TEST_DOCUMENTS");
	assert_non_null(folder);
	FILE *f = fopen(lg_printf(cx.mem, "%s/%s", folder, name), "re");
	assert_non_null(f);
	size_t n = fread(bytes, 1, sizeof bytes, f);
	(void)fclose(f);
	lg_buf_clear(out);
	lg_putc(out, '\0');
	lg_buf_clear(out);
	enum lg_err err = parser_run_named(&cx, kind, bytes, n, out);
	(void)snprintf(note, 200, "%s", cx.notes ? cx.notes->text : "");
	lg_arena_free(cx.mem);
	return err;
}

static void documents_are_read(void **state)
{
	(void)state;
	struct lg_buf out = { 0 };
	char note[200];
	assert_int_equal(read_document("pdf", "cv.pdf", &out, note), LG_OK);
	assert_string_equal(out.data, "Svejser og montør, 12 år\n");
	assert_int_equal(read_document("docx", "cv.docx", &out, note), LG_OK);
	assert_string_equal(out.data, "Олена Ткаченко\nSvejser & \tmontør\n");
	assert_int_equal(read_document("odt", "cv.odt", &out, note), LG_OK);
	assert_string_equal(out.data, "Олена\nSvejser og\tmontør\nx\n");
	assert_int_equal(read_document("txt", "cp1251", &out, note), LG_OK);
	assert_non_null(strstr(out.data, "Олена Ткаченко шукає роботу"));
	lg_buf_free(&out);
}

/* Character sets are ICU's: nothing has to be opened for those that no mail was expected to be in. */
static void mails_are_read_in_letters_of_any_set(void **state)
{
	static const char *const all[][2] = { { "koi8u", "Добрий день, їду до Рандерса." },
		                              { "windows1251", "Шукаю роботу медсестрою." },
		                              { "latin1_qp", "Kære hotline" },
		                              { "unknown_charset", "smørrebrød" },
		                              { "html_only", "Tak for hjælpen." },
		                              { "alternative", "Ansøgning og CV.pdf" },
		                              { "many_parts", "\"cut\":true" },
		                              { "deep", "\"cut\":true" } };
	(void)state;
	struct lg_buf out = { 0 };
	char note[200], name[80];
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		(void)snprintf(name, sizeof name, "../mail_read/%s.eml", all[i][0]);
		assert_int_equal(read_document("mail", name, &out, note), LG_OK);
		if (!strstr(out.data, all[i][1])) fail_msg("%s: %s", name, out.data);
	}
	assert_int_equal(read_document("mail", "cv.pdf", &out, note), LG_INVALID);
	assert_non_null(strstr(note, "no mail"));
	lg_buf_free(&out);
}

static void documents_that_attack_are_refused(void **state)
{
	(void)state;
	struct lg_buf out = { 0 };
	char note[200];
	double begun = clock_s();
	assert_int_equal(read_document("docx", "bomb.docx", &out, note), LG_INVALID);
	assert_non_null(strstr(note, "more in this file than can be read"));
	assert_int_equal(read_document("docx", "doctype.docx", &out, note), LG_INVALID);
	assert_non_null(strstr(note, "damaged"));
	assert_int_equal(read_document("docx", "link.docx", &out, note), LG_INVALID);
	assert_non_null(strstr(note, "damaged"));
	assert_int_equal(read_document("docx", "cv.odt", &out, note), LG_INVALID);
	assert_int_equal(read_document("pdf", "cv.odt", &out, note), LG_INVALID);
	assert_true(clock_s() - begun < 5 * 5);
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	assert_int_equal(parser_run_named(&cx, "exe", "x", 1, &out), LG_FAULT);
	lg_arena_free(cx.mem);
	lg_buf_free(&out);
}

static void a_file_of_rows_is_read(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	static const char objects[] = "{\"post\": {\"title\": \"x\"}}\n", csv[] = "a;b\n1;2\n";
	assert_int_equal(parser_run_named(&cx, "sheet", objects, sizeof objects - 1, &out), LG_OK);
	assert_string_equal(out.data, "ndjson\x1Fpost.title\x1Er1\x1Fx\x1E");
	lg_buf_clear(&out);
	assert_int_equal(parser_run_named(&cx, "sheet", csv, sizeof csv - 1, &out), LG_OK);
	assert_int_equal(parser_run_named(&cx, "nothing", csv, sizeof csv - 1, &out), LG_FAULT);
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
}

/* --- what the libraries of formats need behind the sandbox */

static enum lg_err parse(enum parser_kind kind, const void *input, size_t n, struct lg_buf *out, char note[300])
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	lg_buf_clear(out);
	enum lg_err err = parser_run(&cx, kind, input, n, out);
	(void)snprintf(note, 300, "%s", cx.notes ? cx.notes->text : "");
	lg_arena_free(cx.mem);
	return err;
}

/* A workbook whose part has a name in UTF-8, and says so: libarchive must not look for tables of letters then. */
static size_t make_workbook(char *bytes, size_t room, bool bomb)
{
	static const char *const parts[][2] = {
		{ "_rels/.rels", "<Relationships><Relationship Id='a' Type='x/officeDocument' "
		                 "Target='xl/workbook.xml'/></Relationships>" },
		{ "xl/workbook.xml",
		  "<workbook xmlns:r='urn:r'><sheets><sheet name='Ansøgere' sheetId='1' r:id='r1'/>"
		  "<sheet name='Skjult' sheetId='2' state='hidden' r:id='r1'/></sheets></workbook>" },
		{ "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' Type='x/worksheet' "
		                                "Target='worksheets/søg.xml'/></Relationships>" },
		{ "xl/worksheets/søg.xml", "<worksheet><sheetData><row><c t='str'><v>navn</v></c></row><row r='3'><c "
		                           "t='str'><v>Олена</v></c></row></sheetData></worksheet>" },
	};
	char *large = calloc(1, 32 * MIB);
	struct archive *a = archive_write_new();
	size_t used = 0;
	assert_non_null(large);
	memset(large, ' ', 32 * MIB - 1);
	assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
	assert_int_equal(archive_write_set_options(a, "zip:hdrcharset=UTF-8"), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, bytes, room, &used), ARCHIVE_OK);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct archive_entry *e = archive_entry_new();
		const char *text = bomb && i == 3 ? large : parts[i][1];
		archive_entry_set_pathname_utf8(e, parts[i][0]);
		archive_entry_set_size(e, (la_int64_t)strlen(text));
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_mtime(e, 1700000000, 0);
		assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
		assert_int_equal(archive_write_data(a, text, strlen(text)), (la_ssize_t)strlen(text));
		archive_entry_free(e);
	}
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	free(large);
	return used;
}

static void a_workbook_is_read(void **state)
{
	(void)state;
	struct lg_buf out = { 0 };
	char note[300], *input = malloc(MIB);
	assert_non_null(input);
	size_t n = make_workbook(input, MIB, false);
	assert_int_equal(parse(PARSER_sheet, input, n, &out, note), LG_OK);
	assert_string_equal(out.data, "xlsx\x1Fnavn\x1Er3\x1FОлена\x1E");
	memset(input + n / 2, 'x', n - n / 2);
	assert_int_equal(parse(PARSER_sheet, input, n, &out, note), LG_INVALID);
	assert_non_null(strstr(note, "zip archive is damaged"));
	n = make_workbook(input, MIB, true);
	assert_int_equal(parse(PARSER_sheet, input, n, &out, note), LG_INVALID);
	assert_non_null(strstr(note, "zip bomb"));
	lg_buf_free(&out);
	free(input);
}

static void postings_are_read(void **state)
{
	(void)state;
	static const char page[] =
	    "<html><meta charset=windows-1251><script "
	    "type='application/ld+json'>{\"@type\":\"JobPosting\",\"title\":\"Кухар\"}</script></html>";
	struct lg_buf out = { 0 };
	char note[300];
	assert_int_equal(parse(PARSER_sheet, page, strlen(page), &out, note), LG_OK);
	assert_non_null(strstr(out.data, "\x1FКухар\x1F"));
	lg_buf_free(&out);
}

#define CV                                                                                                             \
	"<?xml "                                                                                                       \
	"version='1.0'?><SkillsPassport><LearnerInfo><Identification><PersonName><FirstName>Олена</FirstName></"  \
	"PersonName></Identification></LearnerInfo></SkillsPassport>"
static void a_cv_is_read(void **state)
{
	(void)state;
	static const char json[] =
	    "{\"SkillsPassport\":{\"LearnerInfo\":{\"Identification\":{\"PersonName\":{\"FirstName\":\"Олена\"}}}}}";
	static const char pdf[] =
	    "%PDF-1.7\n1 0 obj <</Type/Catalog/Names<</EmbeddedFiles<</Names[(a) 2 0 R]>>>>>> endobj\n"
	    "2 0 obj <</EF<</F 3 0 R>>>> endobj\n3 0 obj <</Length 170>> stream\n" CV
	    "\nendstream endobj\ntrailer <</Root 1 0 R>>\n";
	static const char empty[] = "%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n";
	const char *const good[] = { CV, json, pdf };
	struct lg_buf out = { 0 };
	char note[300];
	for (size_t i = 0; i < 3; i++) {
		if (parse(PARSER_sheet, good[i], strlen(good[i]), &out, note) != LG_OK) fail_msg("%zu: %s", i, note);
		assert_non_null(strstr(out.data, "Олена"));
	}
	assert_int_equal(parse(PARSER_sheet, empty, strlen(empty), &out, note), LG_INVALID);
	assert_non_null(strstr(note, "no Europass CV attached"));
	assert_int_equal(parse(PARSER_sheet, "%PDF-1.7 broken", 15, &out, note), LG_INVALID);
	assert_non_null(strstr(note, "damaged"));
	lg_buf_free(&out);
}

/* As the web process asks: one byte and two ends to whoever holds the keys. */
static void a_supervisor_starts_it(void **state)
{
	(void)state;
	int ends[2];
	struct lg_buf out = { 0 };
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	pid_t asks = fork();
	if (asks == 0) {
		parser_use_supervisor(ends[1]);
		bool wrong = read_text("a\r\n", 3, &out) != LG_OK || strcmp(out.data, "a\n") != 0;
		wrong |= read_text("full", 4, &out) != LG_INVALID;
		_exit(wrong);
	}
	pid_t pid = -1;
	while (pid < 0) pid = parser_take_request(ends[0], false);
	assert_true(pid > 0);
	int status;
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_int_equal(status, 0);
	while ((pid = parser_take_request(ends[0], true)) < 0) {}
	assert_int_equal(pid, 0);
	assert_true(waitpid(asks, &status, 0) == asks);
	assert_int_equal(status, 0);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void a_request_that_is_none_starts_nothing(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	assert_int_equal(write(ends[1], "\0", 1), 1); /* without descriptors */
	assert_int_equal(parser_take_request(ends[0], false), 0);
	assert_int_equal(write(ends[1], "\377", 1), 1);
	assert_int_equal(parser_take_request(ends[0], false), 0);
	assert_int_equal(parser_take_request(ends[0], false), -1);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

int main(int argc, char **argv)
{
	if (argc == 6 && !strcmp(argv[2], "--child")) {
		const struct parser_row *row = named(argv[5]);
		return row ? parser_be(row) : parser_be_named(argv[5]);
	}
	(void)signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_a_file_ends_it),
		cmocka_unit_test(a_socket_ends_it),
		cmocka_unit_test(starting_a_program_ends_it),
		cmocka_unit_test(a_signal_to_others_ends_it),
		cmocka_unit_test(memory_to_write_and_execute_ends_it),
		cmocka_unit_test(two_seconds_of_work_are_the_most),
		cmocka_unit_test(five_seconds_are_the_most_that_one_waits),
#if !SANITIZED
		cmocka_unit_test(memory_is_bounded),
#endif
		cmocka_unit_test(what_it_says_is_bounded_and_checked),
		cmocka_unit_test(its_words_come_through),
		cmocka_unit_test(all_of_it_arrives),
		cmocka_unit_test(a_text_is_read),
		cmocka_unit_test(documents_are_read),
		cmocka_unit_test(mails_are_read_in_letters_of_any_set),
		cmocka_unit_test(documents_that_attack_are_refused),
		cmocka_unit_test(a_file_of_rows_is_read),
		cmocka_unit_test(a_workbook_is_read),
		cmocka_unit_test(postings_are_read),
		cmocka_unit_test(a_cv_is_read),
		cmocka_unit_test(a_supervisor_starts_it),
		cmocka_unit_test(a_request_that_is_none_starts_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
