/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* How well are skills spotted in free text? Against people's marks in Danish sentences, and counted in Swedish ads. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "formats/jobtech.h"
#include "taxonomy/spot.h"
#include "tool.h"

static const char usage[] = "Use: landgang-bench-spot [--data DIR] [--taxonomy FILE] [--show]\n"
                            "  --data DIR        with skillx/ and ads/ (../shared/data)\n"
                            "  --taxonomy FILE   image of occupations and skills (else the built-in one)\n"
                            "  --show            print every find, to be judged by reading\n"
                            "Figures count what scores LG_SPOT_SURE or more.\n";

enum { SPANS_MAX = 200, TEXT_MAX = 8192 };

struct file {
	char *bytes; /* NULL: not there */
	size_t size;
};

static struct file read_file(const char *dir, const char *name)
{
	char path[4096];
	struct file f = { 0 };
	(void)snprintf(path, sizeof path, "%s%s", dir, name);
	FILE *in = fopen(path, "rb");
	if (!in) return f;
	if (fseek(in, 0, SEEK_END) != 0) tool_die("%s cannot be read", path);
	f.size = (size_t)ftell(in);
	rewind(in);
	if (posix_memalign((void **)&f.bytes, 16, f.size + 1) != 0) tool_die("no memory");
	if (fread(f.bytes, 1, f.size, in) != f.size) tool_die("%s cannot be read", path);
	f.bytes[f.size] = '\0';
	(void)fclose(in);
	return f;
}

struct bench {
	struct lg_ctx cx;
	struct lg_taxonomy *t;
	struct lg_spotter *s;
	const char *data;
	bool show;
};

/* ------------------------------------------------------------------------------------------- marked sentences */

struct span {
	uint32_t from, to;
};
/* A sentence: words with a blank between, and what people marked: skills and knowledge. */
struct sentence {
	char text[TEXT_MAX];
	uint32_t n;
	struct span spans[SPANS_MAX];
	size_t n_spans;
	struct span *open[2]; /* the mark that may go on, of each column */
};

struct counts {
	size_t sentences, marks, marks_found, finds, within, exact;
};

static void put_mark(struct sentence *s, size_t column, char mark, struct span word)
{
	if (mark == 'B') {
		if (s->n_spans == SPANS_MAX) tool_die("a sentence has too many marks");
		s->open[column] = &s->spans[s->n_spans++];
		*s->open[column] = word;
	} else if (mark == 'I' && s->open[column]) {
		s->open[column]->to = word.to;
	} else {
		s->open[column] = NULL;
	}
}

/* "word TAB mark TAB mark" */
static void put_word(struct sentence *s, const char *line)
{
	size_t n = strcspn(line, "\t");
	const char *first = line[n] ? line + n + 1 : "", *second = strchr(first, '\t');
	if (s->n + n + 2 > sizeof s->text) tool_die("a sentence is too long");
	if (s->n) s->text[s->n++] = ' ';
	memcpy(s->text + s->n, line, n);
	struct span word = { s->n, s->n + (uint32_t)n };
	s->n += (uint32_t)n;
	put_mark(s, 0, *first, word);
	put_mark(s, 1, second ? second[1] : 'O', word);
}

static bool overlaps(struct span a, uint32_t from, uint32_t to) { return a.from < to && from < a.to; }

static void judge(const struct bench *b, const struct sentence *s, const struct lg_spots *found, struct counts *c)
{
	bool hit[SPANS_MAX] = { false };
	for (size_t i = 0; i < found->n; i++) {
		const struct lg_spot *f = &found->at[i];
		bool within = false, exact = false;
		if (f->kind != LG_SPOT_SKILL || f->score < LG_SPOT_SURE) continue;
		for (size_t k = 0; k < s->n_spans; k++) {
			if (!overlaps(s->spans[k], f->from, f->to)) continue;
			within = hit[k] = true;
			exact = exact || (s->spans[k].from == f->from && s->spans[k].to == f->to);
		}
		c->finds++;
		c->within += within;
		c->exact += exact;
		if (b->show)
			printf("%s\t%u\t%s\t%.*s\t%s\n",
			       exact    ? "exact"
			       : within ? "within"
			                : "unmarked",
			       f->score, f->label, (int)(f->to - f->from), s->text + f->from, s->text);
	}
	for (size_t k = 0; k < s->n_spans; k++) c->marks_found += hit[k];
	c->marks += s->n_spans;
	c->sentences++;
}

static void end_sentence(struct bench *b, struct sentence *s, struct counts *c)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_spots found;
	s->text[s->n] = '\0';
	if (s->n) {
		if (lg_spot(&cx, b->s, "da", s->text, s->n, &found) != LG_OK) tool_die("no search");
		judge(b, s, &found, c);
	}
	lg_arena_free(cx.mem);
	*s = (struct sentence){ 0 };
}

static double ratio(size_t a, size_t b) { return b ? (double)a / (double)b : 0; }
static double f1(double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0; }

static void sentences(struct bench *b)
{
	static const char name[] = "/skillx/kompetencer_danish_train.conll";
	struct file f = read_file(b->data, name);
	static struct sentence s;
	struct counts c = { 0 };
	if (!f.bytes) {
		printf("Marked Danish sentences: skipped, %s%s is not here\n", b->data, name);
		return;
	}
	for (char *line = f.bytes, *next; line; line = next) {
		if ((next = strchr(line, '\n'))) *next++ = '\0';
		line[strcspn(line, "\r")] = '\0';
		if (strspn(line, " \t") == strlen(line))
			end_sentence(b, &s, &c);
		else
			put_word(&s, line);
	}
	end_sentence(b, &s, &c);
	double p = ratio(c.exact, c.finds), r = ratio(c.exact, c.marks);
	double wide_p = ratio(c.within, c.finds), wide_r = ratio(c.marks_found, c.marks);
	printf("Marked Danish sentences: %zu, with %zu marks; %zu finds\n", c.sentences, c.marks, c.finds);
	printf("  the very span  precision %.3f  recall %.3f  F1 %.3f\n", p, r, f1(p, r));
	printf("  overlapping    precision %.3f  recall %.3f  F1 %.3f\n", wide_p, wide_r, f1(wide_p, wide_r));
	free(f.bytes);
}

/* ------------------------------------------------------------------------------------------ advertisements */

struct ads {
	struct bench *b;
	size_t ads, with_skills, skills, occupations, bytes, most;
};

static void on_ad(void *self, const struct lg_ad *ad)
{
	struct ads *a = self;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_spots found;
	const char *text = lg_printf(cx.mem, "%s\n%s", ad->headline, ad->text);
	size_t skills = 0;
	if (lg_spot(&cx, a->b->s, "any", text, strlen(text), &found) != LG_OK) tool_die("no search");
	for (size_t i = 0; i < found.n && found.at[i].score >= LG_SPOT_SURE; i++) {
		const struct lg_spot *f = &found.at[i];
		skills += f->kind == LG_SPOT_SKILL;
		a->occupations += f->kind == LG_SPOT_OCCUPATION;
		if (a->b->show)
			printf("%s\t%s\t%u\t%s\t%.*s\n", ad->id, f->kind == LG_SPOT_SKILL ? "skill" : "occupation",
			       f->score, f->label, (int)(f->to - f->from), text + f->from);
	}
	a->ads++;
	a->skills += skills;
	a->with_skills += skills > 0;
	a->most = skills > a->most ? skills : a->most;
	a->bytes += strlen(text);
	lg_arena_free(cx.mem);
}

static void on_bad(void *self, uint64_t line, const char *what)
{
	(void)self;
	tool_die("line %llu: %s", (unsigned long long)line, what);
}

static void advertisements(struct bench *b)
{
	static const char name[] = "/ads/platsbanken_sample.jsonl";
	struct file f = read_file(b->data, name);
	struct ads a = { .b = b };
	const struct lg_ad_sink sink = { &a, on_ad, on_bad };
	if (!f.bytes) {
		printf("Swedish advertisements: skipped, %s%s is not here\n", b->data, name);
		return;
	}
	double before = tool_cpu();
	if (lg_ads_read(&b->cx, name, f.bytes, f.size, &sink) != LG_OK) tool_die("the advertisements cannot be read");
	printf("Swedish advertisements: %zu, of %zu bytes on average\n", a.ads, a.bytes / a.ads);
	printf("  skills suggested       %.2f an ad, %zu at most; %zu ads have any\n", ratio(a.skills, a.ads), a.most,
	       a.with_skills);
	printf("  occupations suggested  %.2f an ad\n", ratio(a.occupations, a.ads));
	printf("  time                   %.2f ms an ad, reading included\n",
	       (tool_cpu() - before) * 1000 / (double)a.ads);
	free(f.bytes);
}

int main(int argc, char **argv)
{
	static const struct option options[] = { { "data", required_argument, NULL, 'd' },
		                                 { "taxonomy", required_argument, NULL, 't' },
		                                 { "show", no_argument, NULL, 's' },
		                                 { "help", no_argument, NULL, 'h' },
		                                 { NULL, 0, NULL, 0 } };
	struct bench b = { .cx = { .mem = lg_arena_new(0, NULL) }, .data = "../shared/data" };
	const char *taxonomy = NULL;
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) switch (o) {
		case 'd': b.data = optarg; break;
		case 't': taxonomy = optarg; break;
		case 's': b.show = true; break;
		case 'h': return fputs(usage, stdout) < 0;
		default: return fputs(usage, stderr), 2;
		}
	struct file image = taxonomy ? read_file("", taxonomy) : (struct file){ 0 };
	if (taxonomy && !image.bytes) tool_die("%s is not here", taxonomy);
	enum lg_err err =
	    taxonomy ? lg_taxonomy_open(&b.cx, &b.t, image.bytes, image.size) : lg_taxonomy_builtin(&b.cx, &b.t);
	if (err != LG_OK) tool_die("no vocabulary");
	double before = tool_cpu();
	b.s = lg_spotter_new(&b.cx, b.t);
	printf("Vocabulary: %s; made ready in %.0f ms\n", lg_taxonomy_version(b.t), (tool_cpu() - before) * 1000);
	sentences(&b);
	advertisements(&b);
	lg_arena_free(b.cx.mem);
	free(image.bytes);
	return 0;
}
