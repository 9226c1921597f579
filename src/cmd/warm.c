/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/warm.h"

#include <curl/curl.h>
#include <netdb.h>
#include <sodium.h>
#include <time.h>

#include "base/err.h"
#include "view/when.h"

void warm_up(void)
{
	struct addrinfo *found = NULL;
	char clock[LG_WHEN];
	tzset();
	lg_assert(sodium_init() >= 0);
	lg_assert(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	if (getaddrinfo("localhost", "1", NULL, &found) == 0) freeaddrinfo(found);
	(void)lg_when_time(clock, 0, "Europe/Copenhagen");
}
