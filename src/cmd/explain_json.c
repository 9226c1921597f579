/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain_print.h"
#include "cmd/json.h"

static json_t *demands(const struct explain *e)
{
	json_t *all = json_new();
	for (unsigned d = 0; d < LGM_DEMANDS; d++) {
		struct lg_buf words = { 0 };
		json_t *one = json_new();
		explain_demand(&words, e, (enum lgm_demand)d);
		json_add_bool(one, "met", !(e->v.failed >> d & 1u));
		json_add_text(one, "words", words.data);
		json_add(all, lgm_demand_name((enum lgm_demand)d), one);
		lg_buf_free(&words);
	}
	return all;
}

static json_t *parts(const struct explain *e)
{
	json_t *all = json_new();
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		json_t *one = json_new();
		json_add_int(one, "points", e->v.part[p]);
		json_add_int(one, "most", e->in->setup->weight[p]);
		json_add(all, lgm_part_name((enum lgm_part)p), one);
	}
	return all;
}

static json_t *skills(const struct explain *e, bool essential)
{
	json_t *all = json_list();
	size_t n = essential ? e->o->n_essential : e->o->n_optional;
	char uri[80];
	for (size_t i = 0; i < n; i++) {
		struct explain_skill s = explain_skill(e, essential, i);
		uint16_t number = essential ? e->o->essential[i].skill : e->o->optional[i].skill;
		json_t *one = json_new();
		json_add_text(one, "skill", lg_taxonomy_skill_uri(e->in->taxonomy, number, uri));
		json_add_text(one, "label", s.label);
		json_add_bool(one, "has", s.has);
		json_add_int(one, "points", s.points);
		json_push(all, one);
	}
	return all;
}

static json_t *languages(const struct explain *e)
{
	json_t *all = json_list();
	for (size_t i = 0; i < e->o->n_languages; i++) {
		struct explain_language l = explain_language(e, i);
		json_t *one = json_new();
		json_add_text(one, "language", l.code);
		json_add_text(one, "has", l.has);
		json_add_text(one, "needs", l.needs);
		json_add_bool(one, "enough", l.enough);
		json_push(all, one);
	}
	return all;
}

static json_t *licences(const struct explain *e)
{
	json_t *all = json_list();
	for (size_t i = 0; i < e->o->n_licences; i++) {
		struct explain_licence l = explain_licence(e, i);
		json_t *one = json_new();
		json_add_text(one, "licence", l.name);
		json_add_text(one, "state", l.state);
		json_add_bool(one, "enough", l.enough);
		json_push(all, one);
	}
	return all;
}

static json_t *measures(const struct explain *e)
{
	json_t *m = json_new();
	json_add(m, "distance_m", e->o->remote ? json_null() : json_integer(e->v.distance_m));
	json_add_int(m, "commute_m", (int64_t)e->c->commute * 10);
	json_add_int(m, "days_late", e->v.days_late);
	json_add_real(m, "schedule_hours_asked", e->v.slots_asked / 2.0);
	json_add_real(m, "schedule_hours_free", e->v.slots_free / 2.0);
	return m;
}

void explain_json(struct lg_buf *out, const struct explain *e)
{
	json_t *root = json_new();
	json_add_text(root, "candidate", e->c_row->id);
	json_add_text(root, "opening", e->o_row->id);
	json_add_bool(root, "feasible", !e->v.failed);
	json_add_int(root, "score", e->v.score);
	json_add(root, "parts", parts(e));
	json_add(root, "demands", demands(e));
	json_add(root, "measures", measures(e));
	json_add(root, "languages", languages(e));
	json_add(root, "licences", licences(e));
	json_add(root, "essential_skills", skills(e, true));
	json_add(root, "optional_skills", skills(e, false));
	json_print(out, root);
}
