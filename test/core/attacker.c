/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "attacker.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

struct attacker {
	glp_prob *p;
};

struct attacker *attacker_new(void)
{
	struct attacker *a = malloc(sizeof *a);
	if (!a) abort();
	glp_term_out(GLP_OFF);
	a->p = glp_create_prob();
	return a;
}

void attacker_free(struct attacker *a)
{
	glp_delete_prob(a->p);
	free(a);
}

int attacker_count(struct attacker *a, int64_t published)
{
	int j = glp_add_cols(a->p, 1);
	glp_set_col_kind(a->p, j, GLP_IV);
	if (published < 0)
		glp_set_col_bnds(a->p, j, GLP_DB, 0, ATTACKER_MOST);
	else
		glp_set_col_bnds(a->p, j, GLP_FX, (double)published, (double)published);
	return j;
}

void attacker_line(struct attacker *a, size_t n, const int *of, const int *times, int64_t least, int64_t most)
{
	int row = glp_add_rows(a->p, 1), *columns = calloc(n + 1, sizeof *columns);
	double *values = calloc(n + 1, sizeof *values);
	if (!columns || !values) abort();
	for (size_t i = 0; i < n; i++) {
		columns[i + 1] = of[i];
		values[i + 1] = times ? times[i] : 1;
	}
	glp_set_row_bnds(a->p, row, least == most ? GLP_FX : GLP_DB, (double)least, (double)most);
	glp_set_mat_row(a->p, row, (int)n, columns, values);
	free(columns);
	free(values);
}

void attacker_sum(struct attacker *a, size_t n, const int *of, int sum)
{
	int *all = calloc(n + 1, sizeof *all), *times = calloc(n + 1, sizeof *times);
	if (!all || !times) abort();
	for (size_t i = 0; i < n; i++) all[i] = of[i], times[i] = 1;
	all[n] = sum, times[n] = -1;
	attacker_line(a, n + 1, all, times, 0, 0);
	free(all);
	free(times);
}

static bool solve(struct attacker *a, int count, int way, int64_t *out)
{
	glp_smcp relaxed;
	glp_iocp whole;
	glp_init_smcp(&relaxed);
	glp_init_iocp(&whole);
	relaxed.msg_lev = whole.msg_lev = GLP_MSG_OFF;
	glp_set_obj_dir(a->p, way);
	glp_set_obj_coef(a->p, count, 1);
	bool found = glp_simplex(a->p, &relaxed) == 0 && glp_get_status(a->p) == GLP_OPT &&
	             glp_intopt(a->p, &whole) == 0 && glp_mip_status(a->p) == GLP_OPT;
	if (found) *out = llround(glp_mip_obj_val(a->p));
	glp_set_obj_coef(a->p, count, 0);
	return found;
}

bool attacker_range(struct attacker *a, int count, int64_t *least, int64_t *most)
{
	return solve(a, count, GLP_MIN, least) && solve(a, count, GLP_MAX, most);
}
