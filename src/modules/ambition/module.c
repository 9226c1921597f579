/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/openapi.h"
#include "modules/ambition/ambition.h"
#include "modules/ambition/entities.h"
#include "view/speech.h"

#define R(method, path, handler, right, doc) { HTTP_##method, path, handler, MAY_##right, doc, #handler },
static const struct route routes[] = {
#include "modules/ambition/routes.def"
};
#undef R

static const struct page_item items[] = {
	{ "ambitions", "/ambitions", "flag", LG_TEXT("Ambitions"), MAY_AGREEMENT_WRITE },
};

static const struct page_link links[] = {
	{ "candidate", "/ambitions", "flag", LG_TEXT("Counts for"), MAY_CANDIDATE_READ },
};

const struct route *ambition_routes(size_t *n)
{
	*n = sizeof routes / sizeof *routes;
	return routes;
}

const struct page_item *ambition_items(size_t *n)
{
	*n = sizeof items / sizeof *items;
	return items;
}

const struct page_link *ambition_links(size_t *n)
{
	*n = sizeof links / sizeof *links;
	return links;
}

const struct page_flash *ambition_flashes(size_t *n) { return *n = 0, NULL; }

void ambition_describe(json_t *api)
{
	static const char *const needed[] = { "ambitions", NULL };
	openapi_put_entity(api, &ambition_entity, "ambitions");
	openapi_put_body(api, "/api/v1/candidates/{id}/ambitions", "post",
	                 json_pack("{s:{s:s, s:{s:s, s:s}}}", "ambitions", "type", "array", "items", "type", "string",
	                           "format", "uuid"),
	                 needed);
}
