/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/explain_print.h"
#include "cmd/json.h"
#include "core/explain_words.h"
#include "view/number.h"
#include "view/speech.h"

enum { BEST_SHOWN = 5 };

/* --- in words */

static void put_standing(struct lg_buf *out, const struct explain *e)
{
	char a[48], b[48];
	lg_putf(out,
	        lg_says("Candidate %s: %s opening of %s is possible.", "Candidate %s: %s openings of %s are possible.",
	                e->opens.feasible),
	        e->c_row->id, lg_number_count(a, e->opens.feasible), lg_number_count(b, e->in->n_openings));
	lg_putc(out, '\n');
	if (!e->opens.best) return;
	lg_putf(out, lg_say("The best score is %s."), lg_number_count(a, e->opens.best));
	lg_putc(out, '\n');
}

static void put_gain(struct lg_buf *out, const struct explain *e, const struct lg_change *change)
{
	char a[48], b[48];
	if (change->opens)
		lg_putf(out, lg_says("%s more opening is possible", "%s more openings are possible", change->opens),
		        lg_number_count(a, change->opens));
	if (change->best == e->opens.best) return;
	if (change->opens) lg_puts(out, "; ");
	if (e->opens.best)
		lg_putf(out, lg_say("the best score rises from %s to %s"), lg_number_count(a, e->opens.best),
		        lg_number_count(b, change->best));
	else
		lg_putf(out, lg_say("the best score is then %s"), lg_number_count(a, change->best));
}

void explain_opens_text(struct lg_buf *out, const struct explain *e)
{
	put_standing(out, e);
	lg_putf(out, "\n%s\n", lg_say("What opens the most"));
	if (!e->c->wants_work)
		lg_putf(out, "  %s\n", lg_say("The candidate does not seek work now: nothing else opens anything."));
	else if (!e->opens.n)
		lg_putf(out, "  %s\n", lg_say("No single change opens anything."));
	for (size_t i = 0; i < e->opens.n && i < BEST_SHOWN; i++) {
		lg_putf(out, "  %zu. ", i + 1);
		explain_change(out, e, &e->opens.changes[i]);
		lg_puts(out, "\n     ");
		put_gain(out, e, &e->opens.changes[i]);
		lg_putc(out, '\n');
	}
	explain_put_footer(out, e->in->taxonomy);
}

/* --- as JSON */

static void add_what(json_t *to, const struct explain *e, const struct lg_change *change)
{
	const struct explain_terms *m = e->in;
	char uri[80];
	switch (change->kind) {
	case LG_LEARN_LANGUAGE:
		json_add_text(to, "language", m->languages[change->what]);
		json_add_text(to, "from", explain_level_name(change->from));
		json_add_text(to, "to", explain_level_name(change->to));
		break;
	case LG_GET_LICENCE: json_add_text(to, "licence", m->licences[change->what]); break;
	case LG_TRAVEL:
		json_add_int(to, "from_m", (int64_t)change->from * 10);
		json_add_int(to, "to_m", (int64_t)change->to * 10);
		break;
	case LG_TAKE_CONTRACT: json_add_text(to, "contract", lg_contract_name(change->what)); break;
	case LG_LEARN_SKILL:
		json_add_text(to, "skill", lg_taxonomy_skill_uri(e->in->taxonomy, change->what, uri));
		break;
	case LG_ANY_HOURS:
	case LG_START:
	case LG_CHANGES: break;
	}
}

void explain_opens_json(struct lg_buf *out, const struct explain *e)
{
	json_t *root = json_new(), *all = json_list();
	for (size_t i = 0; i < e->opens.n; i++) {
		const struct lg_change *change = &e->opens.changes[i];
		json_t *one = json_new();
		json_add_text(one, "change", lg_change_name(change->kind));
		add_what(one, e, change);
		json_add_int(one, "more_openings", (int64_t)change->opens);
		json_add_int(one, "best_score", change->best);
		json_push(all, one);
	}
	json_add_text(root, "candidate", e->c_row->id);
	json_add_int(root, "feasible_openings", (int64_t)e->opens.feasible);
	json_add_int(root, "best_score", e->opens.best);
	json_add(root, "changes", all);
	json_print(out, root);
}
