/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_SIP_LISTEN_H
#define LG_SIP_LISTEN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * A telephone that never answers: it registers at an exchange (RFC 3261, 10) as one extension or more, rings with the
 * others of a group, and tells who calls and how it ended. It says 100 and 180 to an INVITE, and in the end 487; never
 * 200. What does not come from the exchange's own address is not answered at all, and an INVITE must be addressed as
 * only the exchange knows: to the random contact that was registered.
 *
 * It keeps nothing but the calls that ring now. One thread, that of sip_run(); tell() and say() are called in it.
 * The library (libre) is used here and nowhere else.
 */
enum { SIP_ACCOUNTS = 16, SIP_NAME = 64, SIP_CALL = 256, SIP_NUMBER = 64, SIP_CALLS = 256 };

struct sip_account {
	char extension[SIP_NAME], password[SIP_NAME];
};

/** What happened to a call. Texts end with the call of tell(). */
struct sip_event {
	const char *call;      /* its Call-ID */
	bool rings;            /* else it has ended */
	const char *from;      /* the caller's number as it came, or NULL */
	const char *extension; /* of which account */
	const char *reason;    /* of an end: "missed", "elsewhere", "busy" */
};

struct sip_config {
	const char *server; /* HOST or HOST:PORT; a name is looked up when sip_run() begins */
	const char *domain; /* of addresses there; "": the server's host */
	bool tcp;
	const char *address; /* of this machine, to listen at */
	uint16_t port;       /* 0: any free one */
	uint32_t expires_s;  /* of a registration */
	const struct sip_account *accounts;
	size_t n_accounts;
	int stop_fd; /* sip_run() ends in order once it is readable */
	void (*tell)(void *with, const struct sip_event *e);
	/** For the log: what ("registered", "refused", ...), of which account, why. */
	void (*say)(void *with, bool good, const char *what, const char *extension, const char *why);
	void *with;
};

struct sip_listener;
/** Open what is listened to: before the sandbox, which lets nobody listen. Config is borrowed, texts too. Once a
 * process. Errors: LG_INVALID (an address that is none), LG_FAULT with what the system said. */
LG_MUST enum lg_err sip_open(struct lg_ctx *cx, const struct sip_config *config, struct sip_listener **out);
/** Register, listen, and take everything back in the end (a registration with 0 seconds). LG_OK: it was asked to stop.
 */
LG_MUST enum lg_err sip_run(struct lg_ctx *cx, struct sip_listener *s);
/** Where it listens; the port that it became. */
uint16_t sip_port(const struct sip_listener *s);
#endif
