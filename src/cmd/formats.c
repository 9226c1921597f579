/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/formats.h"

#include <stdio.h>
#include <string.h>

#include "cmd/load.h"
#include "cmd/run.h"
#include "formats/csv.h"
#include "formats/europass.h"
#include "formats/jobposting.h"
#include "formats/xlsx.h"
#include "market/jobtech.h"

/* One conversion: advertisements to stdout as openings, an account of each to stderr or a file. */
struct formats {
	const char *taxonomy, *report_path, *sheet, *form, *ads;
	bool quiet;
	struct load in;
	struct lg_jobtech *jobtech;
	struct lg_jobtech_account account;
	struct lg_buf openings, report;
	uint64_t n_openings, n_left_out, n_bad;
};

static const char about[] =
    "Turn files of others into such as Landgang reads, on standard output.\n"
    "  jobtech   advertisements of the Swedish Employment Service (JobTech: NDJSON, a JSON array, or an answer with\n"
    "            \"hits\") as an openings file; what was understood of each, and what not, is said on standard error\n"
    "  workbook  a sheet of a spreadsheet (.xlsx) as NDJSON, line N for row N\n"
    "  postings  vacancies as schema.org's JobPosting, JSON-LD or a page with them, as NDJSON\n"
    "  europass  a CV of Europass, XML, JSON or a PDF with one of them, as JSON";

static const char *const forms[] = { "jobtech", "workbook", "postings", "europass" };

static enum lg_err read_options(struct lg_ctx *cx, struct formats *f, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = {
		{ "taxonomy", OPTION_TEXT, &f->taxonomy, "FILE",
		  "image of occupations and skills (else the built-in one)", 0, 0, NULL, NULL },
		{ "report", OPTION_TEXT, &f->report_path, "FILE", "CSV: what was understood of each ad", 0, 0, NULL,
		  NULL },
		{ "sheet", OPTION_TEXT, &f->sheet, "NAME", "of a workbook (else the first that is not hidden)", 0, 0,
		  NULL, NULL },
		{ "quiet", OPTION_FLAG, &f->quiet, NULL, "say nothing but errors", 0, 0, NULL, NULL },
	};
	const struct options o = {
		"formats",
		"jobtech|workbook|postings|europass FILE [--taxonomy FILE] [--report FILE] [--sheet NAME]",
		about,
		rows,
		sizeof rows / sizeof *rows,
		2
	};
	LG_TRY(options_read(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	f->form = argv[argc - 2];
	f->ads = argv[argc - 1];
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!strcmp(f->form, forms[i])) return LG_OK;
	return lg_fail(cx, RUN_USE, f->form, "is no format known here; jobtech, workbook, postings and europass are");
}

static void tell(const struct formats *f, const struct lg_ad *ad)
{
	const struct lg_buf *yes = &f->account.understood, *no = &f->account.missed;
	if (f->report_path || f->quiet) return;
	(void)fprintf(stderr, "ad %s: understood: %s. Not: %s.\n", ad->id, yes->len ? yes->data : "nothing",
	              no->len ? no->data : "nothing");
}

static void note_row(struct formats *f, uint64_t line, const char *id, bool taken, const char *yes, const char *no)
{
	lg_csv_int(&f->report, true, (int64_t)line);
	lg_csv_str(&f->report, false, id);
	lg_csv_str(&f->report, false, taken ? "yes" : "no");
	lg_csv_str(&f->report, false, yes);
	lg_csv_str(&f->report, false, no);
	lg_csv_end(&f->report);
}

static void on_ad(void *self, const struct lg_ad *ad)
{
	struct formats *f = self;
	const struct lg_buf *yes = &f->account.understood, *no = &f->account.missed;
	bool taken = lg_jobtech_row(f->jobtech, &f->openings, &f->account, ad);
	if (taken)
		f->n_openings++;
	else
		f->n_left_out++;
	tell(f, ad);
	note_row(f, ad->line, ad->id, taken, yes->len ? yes->data : "", no->len ? no->data : "");
}

static void on_bad(void *self, uint64_t line, const char *what)
{
	struct formats *f = self;
	f->n_bad++;
	(void)fprintf(stderr, "%s, line %llu: %s\n", f->ads, (unsigned long long)line, what);
	note_row(f, line, "", false, "", what);
}

static enum lg_err write_all(struct lg_ctx *cx, const char *path, FILE *to, const struct lg_buf *b)
{
	bool written = fwrite(b->data, 1, b->len, to) == b->len && fflush(to) == 0;
	return written ? LG_OK : run_errno(cx, path, "cannot be written");
}

static enum lg_err write_report(struct lg_ctx *cx, const struct formats *f)
{
	if (!f->report_path) return LG_OK;
	FILE *to = fopen(f->report_path, "we");
	if (!to) return run_errno(cx, f->report_path, "cannot be written");
	enum lg_err err = write_all(cx, f->report_path, to, &f->report);
	if (fclose(to) != 0 && err == LG_OK) err = run_errno(cx, f->report_path, "cannot be written");
	return err;
}

static void sum_up(const struct formats *f)
{
	if (f->quiet) return;
	(void)fprintf(stderr, "%llu openings; %llu ads left out; %llu lines that are no ad\n",
	              (unsigned long long)f->n_openings, (unsigned long long)f->n_left_out,
	              (unsigned long long)f->n_bad);
}

static enum lg_err convert_ads(struct lg_ctx *cx, struct formats *f)
{
	struct input_file file;
	LG_TRY(load_taxonomy(cx, f->taxonomy, &f->in));
	LG_TRY(input_whole(cx, f->ads, &file));
	f->jobtech = lg_jobtech_new(cx, f->in.taxonomy);
	lg_jobtech_header(&f->openings);
	lg_puts(&f->report, "line,id,opening,understood,not_understood\n");
	const struct lg_ad_sink sink = { f, on_ad, on_bad };
	LG_TRY(lg_ads_read(cx, f->ads, file.bytes, file.size, &sink));
	LG_TRY(write_all(cx, "standard output", stdout, &f->openings));
	LG_TRY(write_report(cx, f));
	sum_up(f);
	return LG_OK;
}

static enum lg_err read_cv(struct lg_ctx *cx, struct lg_buf *out, const char *name, const char *bytes, size_t n)
{
	struct lg_cv *cv;
	LG_TRY(lg_cv_read(cx, name, bytes, n, &cv));
	lg_cv_json(out, cv);
	lg_putc(out, '\n');
	return LG_OK;
}

static enum lg_err convert(struct lg_ctx *cx, struct formats *f, int argc, char **argv)
{
	struct input_file file;
	bool help;
	LG_TRY(read_options(cx, f, argc, argv, &help));
	if (help) return LG_OK;
	if (!strcmp(f->form, "jobtech")) return convert_ads(cx, f);
	LG_TRY(input_whole(cx, f->ads, &file));
	if (!strcmp(f->form, "workbook"))
		LG_TRY(lg_xlsx_ndjson(cx, &f->openings, f->ads, file.bytes, file.size, f->sheet));
	else if (!strcmp(f->form, "postings"))
		LG_TRY(lg_postings_ndjson(cx, &f->openings, f->ads, file.bytes, file.size));
	else
		LG_TRY(read_cv(cx, &f->openings, f->ads, file.bytes, file.size));
	return write_all(cx, "standard output", stdout, &f->openings);
}

int cmd_formats(int argc, char **argv)
{
	struct lg_ctx cx;
	struct formats f = { 0 };
	run_begin(&cx);
	enum lg_err err = convert(&cx, &f, argc, argv);
	lg_buf_free(&f.openings);
	lg_buf_free(&f.report);
	lg_buf_free(&f.account.understood);
	lg_buf_free(&f.account.missed);
	return run_end(&cx, "formats", err);
}
