/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/webhook_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "view/speech.h"

enum { HTTPS = 443, FIRST_FREE_PORT = 1024, URL_MOST = 1000 };

/* --- addresses */

struct block4 {
	uint8_t at[4];
	unsigned bits;
};
static const struct block4 closed4[] = {
	{ { 0, 0, 0, 0 }, 8 },       /* this network */
	{ { 10, 0, 0, 0 }, 8 },      /* private */
	{ { 100, 64, 0, 0 }, 10 },   /* shared by those behind a provider's NAT */
	{ { 127, 0, 0, 0 }, 8 },     /* loopback */
	{ { 169, 254, 0, 0 }, 16 },  /* link-local, and the metadata of clouds */
	{ { 172, 16, 0, 0 }, 12 },   /* private */
	{ { 192, 0, 0, 0 }, 24 },    /* protocols */
	{ { 192, 0, 2, 0 }, 24 },    /* documentation */
	{ { 192, 88, 99, 0 }, 24 },  /* relays of 6to4 */
	{ { 192, 168, 0, 0 }, 16 },  /* private */
	{ { 198, 18, 0, 0 }, 15 },   /* measurements */
	{ { 198, 51, 100, 0 }, 24 }, /* documentation */
	{ { 203, 0, 113, 0 }, 24 },  /* documentation */
	{ { 224, 0, 0, 0 }, 3 },     /* multicast, reserved, broadcast */
};

struct block6 {
	uint8_t at[4];
	unsigned bits;
};
/* Within 2000::/3: all else is closed. */
static const struct block6 closed6[] = {
	{ { 0x20, 0x01, 0x00, 0x00 }, 23 }, /* protocols: Teredo, ORCHID, ... */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
	{ { 0x20, 0x02, 0x00, 0x00 }, 16 }, /* 6to4: holds an address of the other kind */
	{ { 0x3f, 0xff, 0x00, 0x00 }, 20 }, /* documentation */
};

static bool is_within(const uint8_t *address, const uint8_t *block, unsigned bits)
{
	for (unsigned i = 0; i < bits; i++)
		if ((address[i / 8] ^ block[i / 8]) & (0x80u >> i % 8)) return false;
	return true;
}

static bool is_public4(const uint8_t *address)
{
	for (size_t i = 0; i < sizeof closed4 / sizeof *closed4; i++)
		if (is_within(address, closed4[i].at, closed4[i].bits)) return false;
	return true;
}

static bool is_public6(const uint8_t *address)
{
	static const uint8_t global[] = { 0x20 };
	if (!is_within(address, global, 3)) return false;
	for (size_t i = 0; i < sizeof closed6 / sizeof *closed6; i++)
		if (is_within(address, closed6[i].at, closed6[i].bits)) return false;
	return true;
}

bool webhook_address_is_public(const struct sockaddr *address)
{
	uint8_t bytes[16];
	if (address->sa_family == AF_INET) {
		memcpy(bytes, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
		return is_public4(bytes);
	}
	if (address->sa_family != AF_INET6) return false;
	memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, sizeof bytes);
	return is_public6(bytes);
}

bool webhook_address_is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 == 127;
	return address->sa_family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

/* --- what was typed */

static enum lg_err refuse(struct lg_ctx *cx, const char *why) { return lg_fail(cx, LG_INVALID, "url", why); }

static void free_text(void *text) { curl_free(text); }
static void free_url(void *url) { curl_url_cleanup(url); }

/* A part as curl reads it, which is who will go there; "" when there is none. */
static const char *part_of(struct lg_ctx *cx, CURLU *url, CURLUPart part)
{
	char *text = NULL;
	if (curl_url_get(url, part, &text, part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0) != CURLUE_OK || !text)
		return "";
	lg_defer(cx->mem, free_text, text);
	return text;
}

/* Is the host an address in figures? curl has brought 0x7f.1, 0177.0.0.1 and 2130706433 to the usual form. */
static bool is_figures(const char *host, struct sockaddr_storage *out)
{
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
	char bare[INET6_ADDRSTRLEN];
	size_t n = strlen(host);
	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, host, &four->sin_addr) == 1) return out->ss_family = AF_INET, true;
	if (*host != '[' || n < 3 || n - 2 >= sizeof bare) return false;
	memcpy(bare, host + 1, n - 2);
	bare[n - 2] = '\0';
	if (inet_pton(AF_INET6, bare, &six->sin6_addr) != 1) return false;
	return out->ss_family = AF_INET6, true;
}

static bool is_this_machine(const char *host, bool figures, const struct sockaddr_storage *address)
{
	return figures ? webhook_address_is_loopback((const struct sockaddr *)address) : !strcmp(host, "localhost");
}

enum lg_err webhook_url_check(struct lg_ctx *cx, const char *text, bool loopback)
{
	struct sockaddr_storage address;
	CURLU *url = curl_url();
	lg_assert(url);
	lg_defer(cx->mem, free_url, url);
	for (const char *s = text; *s; s++)
		if (*s <= ' ' || *s > '~') return refuse(cx, lg_say("Write the address without blanks, in ASCII."));
	if (strlen(text) > URL_MOST || curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK)
		return refuse(cx, lg_say("This is no address. It looks like https://example.org/landgang."));
	const char *scheme = part_of(cx, url, CURLUPART_SCHEME), *host = part_of(cx, url, CURLUPART_HOST);
	bool figures = is_figures(host, &address), here = loopback && is_this_machine(host, figures, &address);
	if (strcmp(scheme, "https") != 0 && !(here && !strcmp(scheme, "http")))
		return refuse(cx, lg_say("The address has to begin with https://."));
	if (*part_of(cx, url, CURLUPART_USER) || *part_of(cx, url, CURLUPART_PASSWORD))
		return refuse(cx,
		              lg_say("Write no user or password into the address: the signature proves who sends."));
	long port = strtol(part_of(cx, url, CURLUPART_PORT), NULL, 10);
	if (port != HTTPS && port < FIRST_FREE_PORT)
		return refuse(cx, lg_say("The port has to be 443, or greater than 1023."));
	if (here) return LG_OK;
	if (!strchr(host, '.') && !figures)
		return refuse(cx, lg_say("The host has to be a name on the internet, such as hooks.example.org."));
	if (figures && !webhook_address_is_public((const struct sockaddr *)&address))
		return refuse(cx, lg_say("This address is not on the open internet: nothing is sent there."));
	return LG_OK;
}
