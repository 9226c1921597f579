/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/warm.h"

#include <curl/curl.h>
#include <netdb.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"

void warm_up(void)
{
	struct addrinfo *found = NULL;
	tzset();
	lg_assert(sodium_init() >= 0);
	lg_assert(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	if (getaddrinfo("localhost", "1", NULL, &found) == 0) freeaddrinfo(found);
	(void)unsetenv("LANGUAGE"); /* it would win over the language of a request */
}
