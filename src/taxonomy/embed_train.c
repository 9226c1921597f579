/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/embed_train.h"

#include <math.h>
#include <string.h>

#include "taxonomy/embed.h"
#include "taxonomy/embed_corpus.h"
#include "taxonomy/embed_file.h"
#include "taxonomy/embed_kernel.h"

/* Chosen by hand. */
enum {
	BATCH_MOST = 1024,
	BATCH_LEAST = 32,
	SHARE = 8, /* a batch has at most one in so many of all labels */
	DROPPED_PERCENT = 20,
	SAME_PERCENT = 50, /* partners in the same language, at least */
	SKILL_PERCENT = 10,
	BATCH_STEP = 32, /* batches are a multiple of it; LG_EMBED_LANES is a divisor */
	APART =
	    LG_EMBED_LANES, /* how much longer rows are than they must be, so that columns do not meet in the cache */
};
static const float heat = 0.06f, rate_first = 0.05f, rate_fall = 0.9f, spread_first = 0.1f;

/* A row that takes part in a step, and its entries. */
struct part {
	uint32_t row, n, first;
};

struct lg_embed_trainer {
	struct lg_embed_corpus corpus;
	const struct lg_taxonomy *taxonomy;
	const struct lg_embed_kernel *kernel;
	uint64_t steps, step, seed, random;
	uint32_t width, batch, longest; /* longest: features of a text */
	float *rows, *moved;            /* [features][width]; [features] the sum of mean squares */
	uint32_t *texts, *concepts;     /* [2 batch] first the labels, then their partners; [batch] */
	float *sums, *units, *pulls;    /* [2 batch][width] texts; of length 1; how they are pulled */
	float *lengths;                 /* [2 batch] */
	float *turned;                  /* [width][batch + APART] the partners' directions by column */
	float *cosines;                 /* [batch][batch + APART] */
	float *of_row, *of_column, *pull;
	struct part *parts;
	uint32_t n_parts, n_entries;
	uint32_t *place, *when; /* [features] the part of a row, if it is of this step */
	uint32_t *entry_part;
	struct lg_embed_entry *drawn, *entries;
};

/* ---------------------------------------------------------------------------------------------- chance */

/* SplitMix64, by Steele, Lea and Flood. */
static uint64_t draw(struct lg_embed_trainer *t)
{
	uint64_t z = t->random += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/* One of 0..n-1. */
static uint32_t draw_below(struct lg_embed_trainer *t, uint32_t n) { return (uint32_t)(((draw(t) >> 32) * n) >> 32); }

/* About normal, with a variance of 1: the sum of four evenly spread numbers. */
static float draw_normal(struct lg_embed_trainer *t)
{
	uint64_t bits = draw(t);
	int32_t sum = -2 * 65535;
	for (unsigned i = 0; i < 4; i++) sum += (int32_t)(bits >> (16 * i) & 65535);
	return (float)sum * (1.7320508f / 65536);
}

/* ---------------------------------------------------------------------------------------------- making */

static uint32_t batch_of(uint32_t labels)
{
	uint32_t n = labels / SHARE / BATCH_STEP * BATCH_STEP;
	return n < BATCH_LEAST ? BATCH_LEAST : n > BATCH_MOST ? BATCH_MOST : n;
}

static void make_room(struct lg_ctx *cx, struct lg_embed_trainer *t)
{
	const size_t two = 2 * (size_t)t->batch, features = t->corpus.n_features, row = t->batch + APART;
	const size_t entries = two * t->longest + 1;
	t->rows = lg_array(cx->mem, features * t->width, sizeof *t->rows);
	t->moved = lg_array(cx->mem, features, sizeof *t->moved);
	t->texts = lg_array(cx->mem, two, sizeof *t->texts);
	t->concepts = lg_array(cx->mem, t->batch, sizeof *t->concepts);
	t->sums = lg_array(cx->mem, two * t->width, sizeof *t->sums);
	t->units = lg_array(cx->mem, two * t->width, sizeof *t->units);
	t->pulls = lg_array(cx->mem, two * t->width, sizeof *t->pulls);
	t->lengths = lg_array(cx->mem, two, sizeof *t->lengths);
	t->turned = lg_array(cx->mem, t->width * row, sizeof *t->turned);
	t->cosines = lg_array(cx->mem, t->batch * row, sizeof *t->cosines);
	t->of_row = lg_array(cx->mem, t->batch, sizeof *t->of_row);
	t->of_column = lg_array(cx->mem, t->batch, sizeof *t->of_column);
	t->pull = lg_array(cx->mem, t->width, sizeof *t->pull);
	t->parts = lg_array(cx->mem, features, sizeof *t->parts);
	t->place = lg_array(cx->mem, features, sizeof *t->place);
	t->when = lg_array(cx->mem, features, sizeof *t->when);
	t->entry_part = lg_array(cx->mem, entries, sizeof *t->entry_part);
	t->drawn = lg_array(cx->mem, entries, sizeof *t->drawn);
	t->entries = lg_array(cx->mem, entries, sizeof *t->entries);
}

enum lg_err lg_embed_trainer_new(struct lg_ctx *cx, struct lg_embed_trainer **out, const struct lg_embed_training *in)
{
	struct lg_embed_trainer *t = lg_alloc(cx->mem, sizeof *t);
	if (!in->dimensions || in->dimensions % LG_EMBED_LANES || in->dimensions > LG_EMBED_DIMENSIONS_MAX)
		return lg_failf(cx, LG_INVALID, "dimensions", "They must be a multiple of %d, at most %d.",
		                LG_EMBED_LANES, LG_EMBED_DIMENSIONS_MAX);
	LG_TRY(lg_embed_corpus(cx, &t->corpus, in));
	if (t->corpus.labels < BATCH_LEAST || !t->corpus.n_features || t->corpus.n_features > LG_EMBED_FEATURES_MAX)
		return lg_fail(cx, LG_INVALID, "labels", "There are too few, or too many, to learn from.");
	t->taxonomy = in->taxonomy;
	t->kernel = lg_embed_kernel();
	t->steps = in->steps ? in->steps : 1;
	t->seed = t->random = in->seed;
	t->width = in->dimensions;
	t->batch = batch_of(t->corpus.labels);
	for (uint32_t i = 0; i < t->corpus.texts; i++) {
		uint32_t n = t->corpus.first[i + 1] - t->corpus.first[i];
		t->longest = t->longest < n ? n : t->longest;
	}
	make_room(cx, t);
	for (size_t i = 0; i < (size_t)t->corpus.n_features * t->width; i++) t->rows[i] = spread_first * draw_normal(t);
	for (size_t i = 0; i < t->corpus.n_features; i++) t->moved[i] = 1e-8f;
	*out = t;
	return LG_OK;
}

struct lg_embed_size lg_embed_size(const struct lg_embed_trainer *t)
{
	return (struct lg_embed_size){ t->corpus.labels, t->corpus.texts - t->corpus.labels, t->corpus.n_features,
		                       t->batch };
}

/* ---------------------------------------------------------------------------------------------- a batch */

static uint32_t partner(struct lg_embed_trainer *t, uint32_t label)
{
	const struct lg_embed_corpus *c = &t->corpus;
	uint32_t concept = c->concept_of[label], chance = draw_below(t, 100);
	uint32_t skills = c->skill_first[concept + 1] - c->skill_first[concept];
	if (chance < SKILL_PERCENT && skills) {
		uint32_t s = c->skills[c->skill_first[concept] + draw_below(t, skills)];
		return c->of_skill[s] + draw_below(t, c->of_skill[s + 1] - c->of_skill[s]);
	}
	bool same = draw_below(t, 100) < SAME_PERCENT;
	uint32_t from = same ? c->language_from[label] : c->of_concept[concept];
	uint32_t to = same ? c->language_to[label] : c->of_concept[concept + 1];
	return from + draw_below(t, to - from);
}

static struct part *part_of(struct lg_embed_trainer *t, uint32_t row)
{
	if (t->when[row] != (uint32_t)t->step + 1) {
		t->when[row] = (uint32_t)t->step + 1;
		t->place[row] = t->n_parts;
		t->parts[t->n_parts++] = (struct part){ .row = row };
	}
	return &t->parts[t->place[row]];
}

/* A text's features, without those that chance leaves out. */
static void draw_text(struct lg_embed_trainer *t, uint32_t place)
{
	const struct lg_embed_corpus *c = &t->corpus;
	uint32_t text = t->texts[place];
	uint64_t bits = 0;
	for (uint32_t i = c->first[text], k = 0; i < c->first[text + 1]; i++, k++) {
		bits = k % 4 ? bits >> 16 : draw(t);
		if ((bits & 65535) * 100 < 65536 * DROPPED_PERCENT) continue;
		struct part *p = part_of(t, c->features[i]);
		p->n++;
		t->entry_part[t->n_entries] = (uint32_t)(p - t->parts);
		t->drawn[t->n_entries++] = (struct lg_embed_entry){ place, c->weights[i] };
	}
}

/* Entries by row: what a row gives, and takes, is then done at once. */
static void sort_entries(struct lg_embed_trainer *t)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < t->n_parts; i++) {
		t->parts[i].first = at;
		at += t->parts[i].n;
		t->parts[i].n = 0;
	}
	for (uint32_t i = 0; i < t->n_entries; i++) {
		struct part *p = &t->parts[t->entry_part[i]];
		t->entries[p->first + p->n++] = t->drawn[i];
	}
}

static void draw_batch(struct lg_embed_trainer *t)
{
	t->n_parts = t->n_entries = 0;
	for (uint32_t i = 0; i < t->batch; i++) {
		t->texts[i] = draw_below(t, t->corpus.labels);
		t->concepts[i] = t->corpus.concept_of[t->texts[i]];
		t->texts[t->batch + i] = partner(t, t->texts[i]);
	}
	for (uint32_t i = 0; i < 2 * t->batch; i++) draw_text(t, i);
	sort_entries(t);
}

/* ---------------------------------------------------------------------------------------------- a step */

/* The direction of each text of the batch. */
static void look(struct lg_embed_trainer *t)
{
	const size_t two = 2 * (size_t)t->batch, width = t->width;
	memset(t->sums, 0, two * width * sizeof *t->sums);
	for (uint32_t i = 0; i < t->n_parts; i++) {
		const struct part *p = &t->parts[i];
		t->kernel->spread(t->sums, t->rows + p->row * width, width, t->entries + p->first, p->n);
	}
	for (size_t i = 0; i < two; i++) {
		const float *sum = t->sums + i * width;
		t->lengths[i] = sqrtf(t->kernel->dot(sum, sum, width)) + 1e-6f;
		for (size_t d = 0; d < width; d++) t->units[i * width + d] = sum[d] / t->lengths[i];
	}
	for (size_t i = 0; i < t->batch; i++)
		for (size_t d = 0; d < width; d++)
			t->turned[d * (t->batch + APART) + i] = t->units[(t->batch + i) * width + d];
}

/* From cosines to how much each pair should come nearer, times 2 * heat. @return the loss */
static double judge(struct lg_embed_trainer *t)
{
	const size_t n = t->batch, row = t->batch + APART;
	const struct lg_embed_softmax s = { t->cosines, n, row, t->concepts, heat, t->of_row, t->of_column };
	double loss = 0;
	memset(t->of_column, 0, n * sizeof *t->of_column);
	t->kernel->softmax(&s);
	for (size_t i = 0; i < n; i++) {
		loss -= log((double)(t->cosines[i * row + i] / t->of_row[i]) + 1e-12);
		t->of_row[i] = 1 / t->of_row[i];
		t->of_column[i] = 1 / t->of_column[i];
	}
	for (size_t i = 0; i < n; i++) {
		float *x = t->cosines + i * row;
		for (size_t j = 0; j < n; j++) x[j] *= t->of_row[i] + t->of_column[j];
		x[i] -= 2;
	}
	return loss / (double)n;
}

/* How each text is pulled: labels by partners, and the other way round; across, not along, its direction. */
static void pull_texts(struct lg_embed_trainer *t)
{
	const size_t n = t->batch, row = t->batch + APART, width = t->width;
	const struct lg_embed_product by_partners = {
		t->pulls, t->cosines, t->units + n * width, width, row, 1, width, n, width, n,
	};
	const struct lg_embed_product by_labels = {
		t->pulls + n * width, t->cosines, t->units, width, 1, row, width, n, width, n,
	};
	t->kernel->multiply(&by_partners);
	t->kernel->multiply(&by_labels);
	for (size_t i = 0; i < 2 * n; i++) {
		float *g = t->pulls + i * width;
		const float *unit = t->units + i * width;
		t->kernel->add(g, -t->kernel->dot(g, unit, width), unit, width);
		const float factor = 0.5f / heat / t->lengths[i];
		for (size_t d = 0; d < width; d++) g[d] *= factor;
	}
}

static void move_rows(struct lg_embed_trainer *t)
{
	const size_t width = t->width;
	float rate = rate_first * (1 - rate_fall * (float)t->step / (float)t->steps);
	for (uint32_t i = 0; i < t->n_parts; i++) {
		const struct part *p = &t->parts[i];
		memset(t->pull, 0, width * sizeof *t->pull);
		t->kernel->collect(t->pull, t->pulls, width, t->entries + p->first, p->n);
		t->moved[p->row] += t->kernel->dot(t->pull, t->pull, width) / (float)width;
		t->kernel->add(t->rows + p->row * width, -rate / sqrtf(t->moved[p->row]), t->pull, width);
	}
}

double lg_embed_step(struct lg_embed_trainer *t)
{
	const size_t n = t->batch, row = t->batch + APART;
	const struct lg_embed_product all = { t->cosines, t->units, t->turned, row, t->width, 1, row, n, n, t->width };
	draw_batch(t);
	look(t);
	t->kernel->multiply(&all);
	double loss = judge(t);
	pull_texts(t);
	move_rows(t);
	t->step++;
	return loss;
}

/* ---------------------------------------------------------------------------------------------- the end */

static void copy_text(char *out, size_t room, const char *text)
{
	size_t n = strlen(text);
	memcpy(out, text, n < room ? n : room - 1);
}

/* A row as whole numbers of -127..127, and their scale. */
static uint32_t write_row(int8_t *out, const float *row, size_t width)
{
	float most = 1e-9f;
	for (size_t d = 0; d < width; d++) most = fabsf(row[d]) > most ? fabsf(row[d]) : most;
	for (size_t d = 0; d < width; d++) out[d] = (int8_t)lrintf(row[d] / most * 127);
	float scale = most / 127 * (1 << 24);
	return scale < 1 ? 1 : scale > LG_EMBED_SCALE_MAX ? LG_EMBED_SCALE_MAX : (uint32_t)scale;
}

struct lg_embed_bytes lg_embed_finish(struct lg_ctx *cx, const struct lg_embed_trainer *t)
{
	const struct lg_embed_corpus *c = &t->corpus;
	const uint64_t each = lg_embed_round(4 * (uint64_t)c->n_features);
	struct lg_embed_head h = { .magic = LG_EMBED_MAGIC,
		                   .order = LG_EMBED_ORDER,
		                   .format = LG_EMBED_FORMAT,
		                   .steps = t->step,
		                   .seed = t->seed,
		                   .dimensions = t->width,
		                   .features = c->n_features };
	copy_text(h.taxonomy, sizeof h.taxonomy, lg_taxonomy_version(t->taxonomy));
	copy_text(h.taxonomy_hash, sizeof h.taxonomy_hash, lg_taxonomy_hash(t->taxonomy));
	h.keys = lg_embed_round(sizeof h);
	h.idf = h.keys + each;
	h.scales = h.idf + each;
	h.rows = h.scales + each;
	h.size = lg_embed_round(h.rows + (uint64_t)c->n_features * t->width);
	char *bytes = lg_alloc(cx->mem, h.size);
	memcpy(bytes, &h, sizeof h);
	memcpy(bytes + h.keys, c->keys, 4 * (size_t)c->n_features);
	memcpy(bytes + h.idf, c->idf, 4 * (size_t)c->n_features);
	uint32_t *scales = (void *)(bytes + h.scales);
	for (size_t f = 0; f < c->n_features; f++)
		scales[f] = write_row((int8_t *)bytes + h.rows + f * t->width, t->rows + f * t->width, t->width);
	return (struct lg_embed_bytes){ bytes, h.size };
}
