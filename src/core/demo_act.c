/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/demo_act.h"

#include <string.h>

#include "app/actor.h"
#include "store/db.h"

enum lg_err demo_act(struct lg_ctx *cx, struct app *app, const uint8_t *token, struct demo_act *out)
{
	static const struct route route = { .path = "demonstration" };
	struct db_who who = { .as = DB_AS_SESSION, .token = token };
	*out = (struct demo_act){ .rq = { .method_name = "", .path = "" } };
	out->c = (struct call){
		.app = app, .rq = &out->rq, .rs = &out->rs, .route = &route, .language = "en", .why = "demonstration"
	};
	LG_TRY(db_open(cx, app_setup(app)->pool, &out->c.db, &who));
	LG_TRY(db_sync(cx, out->c.db));
	return actor_read(cx, &out->c.actor, db_entered(out->c.db)->json);
}

const struct demo_member *demo_member_of(const struct demo_cast *cast, const char *role)
{
	size_t i = 0, n = cast->office->n_colleagues;
	while (i < n && strcmp(cast->office->colleagues[i].role, role) != 0) i++;
	lg_assert(i < n);
	return &cast->members[i];
}

enum lg_err demo_act_as(struct lg_ctx *cx, const struct demo_cast *cast, const char *role, struct demo_act *out)
{
	return demo_act(cx, cast->app, demo_member_of(cast, role)->token, out);
}
