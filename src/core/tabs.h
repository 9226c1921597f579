/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_TABS_H
#define LG_CORE_TABS_H
#include "app/app.h"
#include "view/sheet.html.h"

/** A tab of a sheet, for whoever has the right; `name` in the language spoken. */
struct tab {
	const char *url, *name;
	enum right right;
};
/** Those that the actor may open; `here` is the url of the one that is open. Of cx. */
void tabs_put(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here, const struct tab *all,
              size_t n);
#endif
