/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/tabs.h"

#include <string.h>

void tabs_put(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here, const struct tab *all,
              size_t n)
{
	struct html_sheet_tabs *tabs = lg_array(cx->mem, n, sizeof *tabs);
	for (size_t i = 0; i < n; i++)
		if (may(&c->actor, all[i].right))
			tabs[v->n_tabs++] =
			    (struct html_sheet_tabs){ all[i].url, all[i].name, !strcmp(all[i].url, here) };
	v->tabs = tabs;
}
