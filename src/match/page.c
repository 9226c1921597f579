/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "inner.h"

uint32_t lgm_feature_language(unsigned language, unsigned level) { return F_LANGUAGE + language * LGM_LEVELS + level; }

uint32_t lgm_feature_licence(const struct lgm_terms *t, unsigned licence, bool pending_will_do)
{
	return F_LANGUAGE + t->setup.languages * (uint32_t)LGM_LEVELS + licence * 2 + pending_will_do;
}

/* --- the yes-or-no facts of one candidate --- */

struct facts {
	uint32_t *list;
	size_t n, room;
};

static bool fact(struct facts *f, const struct lgm_mem *mem, uint32_t feature)
{
	if (!lgm_grow(mem, &f->list, &f->room, f->n + 1, sizeof *f->list)) return false;
	f->list[f->n++] = feature;
	return true;
}

static bool start_facts(struct facts *f, const struct lgm_mem *mem, const struct lgm_terms *t, int32_t start)
{
	int64_t first = start == LGM_NO_DATE ? 0 : ((int64_t)start - t->first_start) / 14;
	bool ok = true;
	for (int64_t i = first < 0 ? 0 : first; ok && i < LGM_FORTNIGHTS; i++) ok = fact(f, mem, F_START + (uint32_t)i);
	return ok;
}

static bool list_facts(struct facts *f, const struct lgm_mem *mem, const struct lgm_terms *t,
                       const struct lgm_candidate *c)
{
	bool ok = true;
	for (unsigned k = 0; ok && k < LGM_CONTRACTS; k++)
		if (c->contracts >> k & 1u) ok = fact(f, mem, F_CONTRACT + k);
	for (unsigned h = c->hours_min / 10u; ok && h <= c->hours_max / 10u; h++) ok = fact(f, mem, F_HOURS + h);
	for (size_t i = 0; i < c->n_languages; i++)
		for (unsigned level = 1; ok && level <= c->languages[i].level; level++)
			ok = fact(f, mem, lgm_feature_language(c->languages[i].language, level));
	for (size_t i = 0; ok && i < c->n_licences; i++) {
		ok = fact(f, mem, lgm_feature_licence(t, c->licences[i].licence, true));
		if (ok && c->licences[i].held) ok = fact(f, mem, lgm_feature_licence(t, c->licences[i].licence, false));
	}
	return ok;
}

static bool facts_of(struct facts *f, const struct lgm_mem *mem, const struct lgm_terms *t,
                     const struct lgm_candidate *c)
{
	f->n = 0;
	if (!c->n_wishes && !fact(f, mem, F_NO_WISH)) return false;
	return start_facts(f, mem, t, c->start) && list_facts(f, mem, t, c);
}

static void set_bit(uint64_t *words, unsigned lane) { words[lane / 64] |= 1ull << (lane % 64); }

static bool build_planes(struct lgm_page *p, const struct lgm_terms *t,
                         const struct lgm_candidate *const lanes[LGM_LANES], const struct lgm_mem *mem)
{
	struct facts f = { 0 };
	size_t room = 0;
	bool ok = false;
	p->plane_of = lgm_get(mem, t->features, sizeof *p->plane_of);
	if (!p->plane_of || !lgm_grow(mem, &p->planes, &room, 64, sizeof *p->planes)) goto out;
	p->n_planes = 1;
	for (unsigned l = 0; l < LGM_LANES; l++) {
		if (!lanes[l]) continue;
		if (!facts_of(&f, mem, t, lanes[l])) goto out;
		for (size_t i = 0; i < f.n; i++) {
			uint16_t *plane = &p->plane_of[f.list[i]];
			if (!*plane) {
				if (p->n_planes == UINT16_MAX)
					goto out; /* more kinds of fact than 512 people can have */
				if (!lgm_grow(mem, &p->planes, &room, p->n_planes + 1, sizeof *p->planes)) goto out;
				*plane = (uint16_t)p->n_planes++;
			}
			set_bit(p->planes[*plane], l);
		}
	}
	ok = true;
	p->bytes += t->features * sizeof *p->plane_of + room * sizeof *p->planes;
out:
	lgm_put(mem, f.list);
	return ok;
}

/* --- who has a skill, who wishes a group --- */

/* Where lane l's numbers of a kind lie. */
struct kind {
	const uint32_t *at;
	const uint16_t *list;
};

/* Give each number that occurs its place: in the pool, or a plane when many have it. `at` holds counts on entry. */
static bool place_postings(struct lgm_postings *p, size_t vocabulary, const struct lgm_mem *mem, size_t *bytes)
{
	size_t len = 1, planes = 0; /* place 0 means nobody */
	for (size_t v = 0; v < vocabulary; v++) {
		uint32_t count = p->at[v];
		if (!count) continue;
		if (count > LGM_LIST_MOST) {
			p->at[v] = LGM_IN_PLANE | (uint32_t)planes++;
		} else {
			p->at[v] = (uint32_t)len;
			len += count + 1;
		}
	}
	p->pool = lgm_get(mem, len, sizeof *p->pool);
	p->planes = lgm_get(mem, planes, sizeof *p->planes);
	*bytes += vocabulary * sizeof *p->at + len * sizeof *p->pool + planes * sizeof *p->planes;
	return p->pool && p->planes;
}

static void post(struct lgm_postings *p, uint32_t at, uint16_t lane)
{
	if (at & LGM_IN_PLANE) {
		set_bit(p->planes[at & ~LGM_IN_PLANE], lane);
	} else {
		uint16_t *list = p->pool + at;
		list[++*list] = lane;
	}
}

static bool build_postings(struct lgm_postings *p, struct kind kind, size_t vocabulary, const struct lgm_mem *mem,
                           size_t *bytes)
{
	p->at = lgm_get(mem, vocabulary, sizeof *p->at);
	if (!p->at) return false;
	for (uint32_t i = 0; i < kind.at[LGM_LANES]; i++) p->at[kind.list[i]]++;
	if (!place_postings(p, vocabulary, mem, bytes)) return false;
	for (uint16_t l = 0; l < LGM_LANES; l++)
		for (uint32_t i = kind.at[l]; i < kind.at[l + 1]; i++) post(p, p->at[kind.list[i]], l);
	return true;
}

/* --- lists --- */

static void count_lists(struct lgm_page *p, const struct lgm_candidate *const lanes[LGM_LANES])
{
	for (unsigned l = 0; l < LGM_LANES; l++) {
		const struct lgm_candidate *c = lanes[l];
		p->at.occupations[l + 1] = p->at.occupations[l] + (c ? c->n_occupations : 0);
		p->at.skills[l + 1] = p->at.skills[l] + (c ? c->n_skills : 0);
		p->at.languages[l + 1] = p->at.languages[l] + (c ? c->n_languages : 0);
		p->at.licences[l + 1] = p->at.licences[l] + (c ? c->n_licences : 0);
		p->at.wishes[l + 1] = p->at.wishes[l] + (c ? c->n_wishes : 0);
	}
}

static bool take_lists(struct lgm_page *p, const struct lgm_mem *mem)
{
	p->occupations = lgm_get(mem, p->at.occupations[LGM_LANES], sizeof *p->occupations);
	p->skills = lgm_get(mem, p->at.skills[LGM_LANES], sizeof *p->skills);
	p->languages = lgm_get(mem, p->at.languages[LGM_LANES], sizeof *p->languages);
	p->licences = lgm_get(mem, p->at.licences[LGM_LANES], sizeof *p->licences);
	p->wishes = lgm_get(mem, p->at.wishes[LGM_LANES], sizeof *p->wishes);
	p->bytes += p->at.occupations[LGM_LANES] * sizeof *p->occupations +
	            p->at.skills[LGM_LANES] * sizeof *p->skills + p->at.languages[LGM_LANES] * sizeof *p->languages +
	            p->at.licences[LGM_LANES] * sizeof *p->licences + p->at.wishes[LGM_LANES] * sizeof *p->wishes;
	return p->occupations && p->skills && p->languages && p->licences && p->wishes;
}

#define COPY(to, from, n)                                                                                              \
	do {                                                                                                           \
		if (n) memcpy((to), (from), (n) * sizeof *(from));                                                     \
	} while (0)

static void fill_lane(struct lgm_page *p, unsigned l, const struct lgm_candidate *c)
{
	p->x[l] = c->place.x;
	p->y[l] = c->place.y;
	p->z[l] = c->place.z;
	p->reach2[l] = (int32_t)(c->commute * c->commute);
	p->free[l] = c->free;
	p->start[l] = c->start;
	p->hours_min[l] = c->hours_min;
	p->hours_max[l] = c->hours_max;
	p->id[l] = c->id;
	p->contracts[l] = c->contracts;
	if (c->wants_work) set_bit(p->alive, l);
	if (c->commute > p->reach) p->reach = c->commute;
	lgm_box_add(&p->box, &c->place);
	for (size_t i = 0; i < c->n_occupations; i++) {
		struct lgm_experience e = c->occupations[i];
		if (e.years > 4) e.years = 4;
		p->occupations[p->at.occupations[l] + i] = e;
	}
	COPY(p->skills + p->at.skills[l], c->skills, c->n_skills);
	COPY(p->languages + p->at.languages[l], c->languages, c->n_languages);
	COPY(p->licences + p->at.licences[l], c->licences, c->n_licences);
	COPY(p->wishes + p->at.wishes[l], c->wishes, c->n_wishes);
}

struct lgm_page *lgm_page_new(const struct lgm_terms *t, const struct lgm_candidate *const lanes[LGM_LANES],
                              const struct lgm_mem *mem)
{
	struct lgm_page *p = lgm_get(mem, 1, sizeof *p);
	if (!p) return NULL;
	p->bytes = sizeof *p;
	lgm_box_empty(&p->box);
	count_lists(p, lanes);
	if (!take_lists(p, mem)) goto out;
	for (unsigned l = 0; l < LGM_LANES; l++) {
		if (!lanes[l]) continue;
		fill_lane(p, l, lanes[l]);
		p->used = l + 1;
	}
	struct kind skills = { p->at.skills, p->skills }, wishes = { p->at.wishes, p->wishes };
	if (build_planes(p, t, lanes, mem) && build_postings(&p->by_skill, skills, t->setup.skills, mem, &p->bytes) &&
	    build_postings(&p->by_wish, wishes, t->setup.concepts, mem, &p->bytes))
		return p;
out:
	lgm_page_free(p, mem);
	return NULL;
}

void lgm_page_free(struct lgm_page *p, const struct lgm_mem *mem)
{
	if (!p) return;
	void *pieces[] = { p->occupations, p->skills,       p->languages,     p->licences,      p->wishes,
		           p->plane_of,    p->planes,       p->by_skill.at,   p->by_skill.pool, p->by_skill.planes,
		           p->by_wish.at,  p->by_wish.pool, p->by_wish.planes };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) lgm_put(mem, pieces[i]);
	lgm_put(mem, p);
}

bool lgm_page_alive(const struct lgm_page *p, unsigned lane) { return p->alive[lane / 64] >> (lane % 64) & 1; }

static uint32_t whole_root(int32_t square)
{
	uint32_t r = 0;
	for (uint32_t bit = 1u << 15; bit; bit >>= 1)
		if ((r + bit) * (r + bit) <= (uint32_t)square) r += bit;
	return r;
}

struct lgm_candidate lgm_page_candidate(const struct lgm_page *p, unsigned l)
{
	return (struct lgm_candidate){
		.id = p->id[l],
		.place = { p->x[l], p->y[l], p->z[l] },
		.commute = whole_root(p->reach2[l]),
		.start = p->start[l],
		.contracts = p->contracts[l],
		.hours_min = p->hours_min[l],
		.hours_max = p->hours_max[l],
		.wants_work = lgm_page_alive(p, l),
		.free = p->free[l],
		.n_occupations = (uint16_t)(p->at.occupations[l + 1] - p->at.occupations[l]),
		.n_skills = (uint16_t)(p->at.skills[l + 1] - p->at.skills[l]),
		.n_languages = (uint16_t)(p->at.languages[l + 1] - p->at.languages[l]),
		.n_licences = (uint16_t)(p->at.licences[l + 1] - p->at.licences[l]),
		.n_wishes = (uint16_t)(p->at.wishes[l + 1] - p->at.wishes[l]),
		.occupations = p->occupations + p->at.occupations[l],
		.skills = p->skills + p->at.skills[l],
		.languages = p->languages + p->at.languages[l],
		.licences = p->licences + p->at.licences[l],
		.wishes = p->wishes + p->at.wishes[l],
	};
}

/* --- proof of soundness --- */

static bool posted(const struct lgm_postings *p, uint16_t what, unsigned lane)
{
	uint32_t at = p->at[what];
	if (!at) return false;
	if (at & LGM_IN_PLANE) return p->planes[at & ~LGM_IN_PLANE][lane / 64] >> (lane % 64) & 1;
	for (unsigned i = 1; i <= p->pool[at]; i++)
		if (p->pool[at + i] == lane) return true;
	return false;
}

static size_t posted_in_all(const struct lgm_postings *p, size_t vocabulary)
{
	size_t sum = 0;
	for (size_t v = 0; v < vocabulary; v++) {
		if (!p->at[v]) continue;
		if (!(p->at[v] & LGM_IN_PLANE))
			sum += p->pool[p->at[v]];
		else
			for (unsigned l = 0; l < LGM_LANES; l++) sum += posted(p, (uint16_t)v, l);
	}
	return sum;
}

static const char *lane_check(const struct lgm_page *p, const struct lgm_terms *t, unsigned l)
{
	struct lgm_candidate c = lgm_page_candidate(p, l);
	struct lgm_box box = p->box;
	const char *fault = lgm_candidate_fault(&t->setup, &c);
	if (fault) return fault;
	if (c.commute > p->reach) return "a commute beyond the page's reach";
	lgm_box_add(&box, &c.place);
	if (memcmp(&box, &p->box, sizeof box) != 0) return "a candidate outside the page's box";
	for (size_t i = 0; i < c.n_skills; i++)
		if (!posted(&p->by_skill, c.skills[i], l)) return "a skill is not posted";
	for (size_t i = 0; i < c.n_wishes; i++)
		if (!posted(&p->by_wish, c.wishes[i], l)) return "a wish is not posted";
	for (unsigned k = 0; k < LGM_CONTRACTS; k++) {
		const uint64_t *plane = p->planes[p->plane_of[F_CONTRACT + k]];
		if ((plane[l / 64] >> (l % 64) & 1) != (c.contracts >> k & 1u)) return "a contract plane is wrong";
	}
	return NULL;
}

const char *lgm_page_check(const struct lgm_page *p, const struct lgm_terms *t)
{
	for (unsigned l = 0; l < LGM_LANES; l++) {
		if (!lgm_page_alive(p, l)) continue;
		if (l >= p->used) return "somebody lives beyond the used lanes";
		const char *fault = lane_check(p, t, l);
		if (fault) return fault;
	}
	for (unsigned i = 0; i < LGM_WORDS; i++)
		if (p->planes[0][i]) return "the empty plane is not empty";
	if (posted_in_all(&p->by_skill, t->setup.skills) != p->at.skills[LGM_LANES]) return "a posting too many or few";
	if (posted_in_all(&p->by_wish, t->setup.concepts) != p->at.wishes[LGM_LANES]) return "a wish too many or few";
	return NULL;
}
