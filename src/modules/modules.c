/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/modules.h"

#include <string.h>

#include "core/core.h"
#include "core/openapi.h"
#include "modules/ambition/ambition.h"
#include "modules/hotline/hotline.h"
#include "modules/pool/pool.h"

static const struct page_link *no_links(size_t *n) { return *n = 0, NULL; }

static const struct module {
	const struct route *(*routes)(size_t *n);
	const struct page_item *(*items)(size_t *n);
	const struct page_flash *(*flashes)(size_t *n);
	const struct page_link *(*links)(size_t *n);
	void (*describe)(json_t *api); /* what the API's description says beyond the routes */
	demo_part *demo;               /* what it adds to the demonstration office */
} modules[] = {
	{ core_routes, core_items, core_flashes, no_links, NULL, NULL },
	{ ambition_routes, ambition_items, ambition_flashes, ambition_links, ambition_describe, ambition_demo },
	{ hotline_routes, hotline_items, hotline_flashes, hotline_links, hotline_describe, hotline_demo },
	{ pool_routes, pool_items, pool_flashes, pool_links, pool_describe, NULL },
};
enum {
	MODULES = sizeof modules / sizeof *modules,
	ROUTES_MOST = 600,
	ITEMS_MOST = 40,
	FLASHES_MOST = 200,
	LINKS_MOST = 40
};

/* One after the other, into an array that lives as long as the program: the same again when it is asked for again. */
#define ALL(type, what, room)                                                                                          \
	static const type *all_##what(size_t *n)                                                                       \
	{                                                                                                              \
		static type all[room];                                                                                 \
		*n = 0;                                                                                                \
		for (size_t i = 0; i < MODULES; i++) {                                                                 \
			size_t some;                                                                                   \
			const type *from = modules[i].what(&some);                                                     \
			lg_assert(*n + some <= (room));                                                                \
			if (some) memcpy(all + *n, from, some * sizeof *all);                                          \
			*n += some;                                                                                    \
		}                                                                                                      \
		return all;                                                                                            \
	}
ALL(struct route, routes, ROUTES_MOST)
ALL(struct page_item, items, ITEMS_MOST)
ALL(struct page_flash, flashes, FLASHES_MOST)
ALL(struct page_link, links, LINKS_MOST)
#undef ALL

const struct route *modules_routes(size_t *n) { return all_routes(n); }

static void describe(json_t *api)
{
	for (size_t i = 0; i < MODULES; i++)
		if (modules[i].describe) modules[i].describe(api);
}

enum lg_err modules_demo(struct lg_ctx *cx, const struct demo_cast *cast)
{
	for (size_t i = 0; i < MODULES; i++)
		if (modules[i].demo) LG_TRY(modules[i].demo(cx, cast));
	return LG_OK;
}

void modules_put(struct app_setup *setup)
{
	setup->routes = all_routes(&setup->n_routes);
	setup->items = all_items(&setup->n_items);
	setup->flashes = all_flashes(&setup->n_flashes);
	setup->links = all_links(&setup->n_links);
	setup->frame = hotline_frame;
	setup->describe = describe;
}

json_t *modules_openapi(struct lg_ctx *cx)
{
	size_t n;
	const struct route *routes = all_routes(&n);
	json_t *api = openapi_of(cx, routes, n);
	describe(api);
	return api;
}
