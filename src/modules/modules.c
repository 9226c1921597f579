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
static const struct core_job *no_jobs(size_t *n) { return *n = 0, NULL; }

static const struct module {
	const struct route *(*routes)(size_t *n);
	const struct page_item *(*items)(size_t *n);
	const struct page_flash *(*flashes)(size_t *n);
	const struct page_link *(*links)(size_t *n);
	const struct core_job *(*jobs)(size_t *n);
	/* From here on NULL: nothing. */
	const struct day_part *day; /* what it puts on My day */
	/* What it knows of a candidate who is erased. */
	void (*erase)(struct lg_ctx *cx, struct call *c, const char *candidate);
	void (*describe)(json_t *api); /* what the API's description says beyond the routes */
	demo_part *demo;               /* what it adds to the demonstration office */
} modules[] = {
	{ .routes = core_routes, .items = core_items, .flashes = core_flashes, .links = no_links, .jobs = core_jobs },
	{ .routes = ambition_routes,
	  .items = ambition_items,
	  .flashes = ambition_flashes,
	  .links = ambition_links,
	  .jobs = no_jobs,
	  .describe = ambition_describe,
	  .demo = ambition_demo },
	{ .routes = hotline_routes,
	  .items = hotline_items,
	  .flashes = hotline_flashes,
	  .links = hotline_links,
	  .jobs = hotline_jobs,
	  .erase = hotline_erase,
	  .describe = hotline_describe,
	  .demo = hotline_demo },
	{ .routes = pool_routes,
	  .items = pool_items,
	  .flashes = pool_flashes,
	  .links = pool_links,
	  .jobs = pool_jobs,
	  .day = &pool_day,
	  .describe = pool_describe },
};
enum {
	MODULES = sizeof modules / sizeof *modules,
	ROUTES_MOST = 600,
	ITEMS_MOST = 40,
	FLASHES_MOST = 200,
	LINKS_MOST = 40,
	JOBS_MOST = 40
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
ALL(struct core_job, jobs, JOBS_MOST)
#undef ALL

const struct route *modules_routes(size_t *n) { return all_routes(n); }
const struct core_job *modules_jobs(size_t *n) { return all_jobs(n); }

static const struct day_part *all_day(size_t *n)
{
	static struct day_part all[MODULES];
	*n = 0;
	for (size_t i = 0; i < MODULES; i++)
		if (modules[i].day) all[(*n)++] = *modules[i].day;
	return all;
}

static void erase(struct lg_ctx *cx, struct call *c, const char *candidate)
{
	for (size_t i = 0; i < MODULES; i++)
		if (modules[i].erase) modules[i].erase(cx, c, candidate);
}

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
	setup->day = all_day(&setup->n_day);
	setup->frame = hotline_frame;
	setup->erase = erase;
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
