/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_WEBHOOK_ADDRESS_H
#define LG_CORE_WEBHOOK_ADDRESS_H
#include <stdbool.h>
#include <sys/socket.h>

#include "base/ctx.h"

/**
 * @file
 * Where webhooks may lead: to the open internet and nowhere else, so that nobody reaches by them what only this machine
 * reaches (CWE-918). An address is judged when it is typed, and each time again when its host's name has been resolved,
 * by the very address that is about to be connected to: a name that means another host a moment later is of no use.
 *
 * Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and what came later).
 */

/** Is it an address of the open internet? Not: loopback, private, shared (RFC 6598), link-local with the metadata of
 * clouds, unique local, multicast, documentation, those that hold another one (mapped, NAT64, 6to4, Teredo). O(1). */
bool webhook_address_is_public(const struct sockaddr *address);
/** Of this machine itself: 127.0.0.0/8 and ::1. */
bool webhook_address_is_loopback(const struct sockaddr *address);
/**
 * May it be the address of a webhook? https, a host, no user, a port that is 443 or above 1023. `loopback`: http and
 * this machine too, for trials. LG_INVALID with a note for "url".
 */
LG_MUST enum lg_err webhook_url_check(struct lg_ctx *cx, const char *url, bool loopback);
#endif
