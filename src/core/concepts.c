/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/answer.h"
#include "app/record.h"
#include "core/core.h"
#include "taxonomy/link.h"
#include "taxonomy/taxonomy.h"
#include "view/speech.h"

enum { HITS = 8, TYPED_MOST = 200 };

static json_t *occupation(const struct call *c, const struct lg_link_hit *hit)
{
	const struct lg_taxonomy *t = app_setup(c->app)->taxonomy;
	uint16_t concept = (uint16_t)hit->concept, group = lg_taxonomy_unit_group(t, concept);
	return json_pack("{s:s, s:s, s:s}", "id", lg_taxonomy_code(t, concept), "name",
	                 lg_taxonomy_label(t, concept, c->language), "more",
	                 group == concept ? "" : lg_taxonomy_label(t, group, c->language));
}

static json_t *skill(const struct call *c, const struct lg_link_hit *hit)
{
	const struct lg_taxonomy *t = app_setup(c->app)->taxonomy;
	char uri[80];
	return json_pack("{s:s, s:s, s:s}", "id", lg_taxonomy_skill_uri(t, (uint16_t)hit->concept, uri), "name",
	                 lg_taxonomy_skill_label(t, (uint16_t)hit->concept, c->language), "more", "");
}

/* Words as typed, in any of the languages; each answer is a concept that a person chooses, or not. */
enum lg_err on_concepts(struct lg_ctx *cx, struct call *c)
{
	const char *q = http_query(c->rq, "q"), *of = http_query(c->rq, "of");
	bool skills = of && !strcmp(of, "skill");
	const struct lg_linker *linker = skills ? app_setup(c->app)->skills : app_setup(c->app)->occupations;
	json_t *list = record_keep(cx, json_array());
	struct lg_link_hit hits[HITS];
	if (!q || strlen(q) > TYPED_MOST) return lg_fail(cx, LG_INVALID, "q", lg_say("Type a few letters."));
	size_t n = linker && *q ? lg_link(linker, "any", q, strlen(q), hits, HITS) : 0;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, skills ? skill(c, &hits[i]) : occupation(c, &hits[i]));
	answer_json(cx, c, 200, list);
	return LG_OK;
}
