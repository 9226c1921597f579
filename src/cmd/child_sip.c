/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "cmd/exchange.h"
#include "cmd/handover.h"

/* The web process is on this machine, whatever it listens to beside. */
static const char *own_url(struct lg_ctx *cx, const struct child *c)
{
	const char *address = c->settings.listen_address;
	bool v6 = strchr(address, ':');
	if (!strcmp(address, "0.0.0.0")) address = "127.0.0.1";
	if (!strcmp(address, "::")) address = "::1";
	return lg_printf(cx->mem, "http://%s%s%s:%llu", v6 ? "[" : "", address, v6 ? "]" : "",
	                 (unsigned long long)c->from.port);
}

int child_sip(struct lg_ctx *cx, struct child *c)
{
	const struct exchange x = { .settings = &c->settings,
		                    .accounts = c->from.sip_accounts,
		                    .secret = c->from.sip_secret,
		                    .own_url = own_url(cx, c),
		                    .stop_fd = child_stop_fd() };
	return exchange_run(cx, &x) == LG_OK ? 0 : child_failed(cx);
}
