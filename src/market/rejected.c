/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/csv.h"
#include "market/market.h"

void lg_rejections_csv_header(struct lg_buf *out) { lg_puts(out, "file,line,column,value,advice\n"); }

/* Values stand as they were, also those that a spreadsheet might take for a formula: see formats/csv.h. */
void lg_rejection_csv(struct lg_buf *out, const struct lg_rejection *r)
{
	lg_csv_str(out, true, r->file);
	lg_csv_int(out, false, (int64_t)r->line);
	lg_csv_str(out, false, r->column);
	lg_csv_str(out, false, r->value);
	lg_csv_str(out, false, r->advice);
	lg_csv_end(out);
}

void lg_understood_csv_header(struct lg_buf *out)
{
	lg_puts(out, "words,language,kind,code,label,confidence,how,times,file,column,line\n");
}

static void put_words(struct lg_buf *out, const char *words, const char *language, bool skill)
{
	lg_csv_str(out, true, words);
	lg_csv_str(out, false, language);
	lg_csv_str(out, false, skill ? "skill" : "occupation");
}

static void put_place(struct lg_buf *out, uint64_t times, const char *file, const char *column, uint64_t line)
{
	lg_csv_int(out, false, (int64_t)times);
	lg_csv_str(out, false, file);
	lg_csv_str(out, false, column);
	lg_csv_int(out, false, (int64_t)line);
	lg_csv_end(out);
}

void lg_understood_csv(struct lg_buf *out, const struct lg_understood *u)
{
	put_words(out, u->words, u->language, u->skill);
	lg_csv_str(out, false, u->code);
	lg_csv_str(out, false, u->label);
	lg_csv_int(out, false, u->confidence);
	lg_csv_str(out, false, u->how);
	put_place(out, u->times, u->file, u->column, u->line);
}

void lg_asked_csv_header(struct lg_buf *out)
{
	lg_puts(out, "words,language,kind,concept,suggestion_1,suggestion_2,suggestion_3,times,file,column,line\n");
}

void lg_asked_csv(struct lg_buf *out, const struct lg_asked *a)
{
	put_words(out, a->words, a->language, a->skill);
	lg_csv_empty(out, false);
	for (size_t i = 0; i < sizeof a->suggestions / sizeof *a->suggestions; i++)
		lg_csv_str(out, false, a->suggestions[i]);
	put_place(out, a->times, a->file, a->column, a->line);
}
