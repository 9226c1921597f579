/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "sip/listen.h"

#define DEBUG_MODULE "sip" /* re_dbg.h wants them */
#define DEBUG_LEVEL 0
#include <netdb.h>
#include <poll.h>
#include <re.h>
#include <re_dbg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "sip/words.h"

enum {
	BUCKETS = 64,
	RINGS_MOST_MS = 10 * 60 * 1000, /* no caller waits longer; a CANCEL was lost */
	AGAIN_MS = 5000,                /* after a registration that failed, */
	AGAIN_MOST_MS = 60000,          /* ever longer; */
	REFUSED_MS = 300000,            /* after one that was refused: nobody is to be shut out for guessing */
	LOOKUP_MS = 10000,
	CLOSE_MS = 3000,
	USUAL_PORT = 5060,
	HOST = 256,
	CONTACT = SIP_NAME + 20,
};
#define ALLOW "Allow: INVITE, ACK, CANCEL, OPTIONS\r\n"

struct account {
	struct sip_listener *of;
	const struct sip_account *is;
	struct sipreg *reg;
	struct tmr again;
	uint32_t wait_ms;
	bool good;             /* what was said last */
	char contact[CONTACT]; /* the user part that only the exchange knows */
};

struct ringing {
	struct le le;
	struct sip_listener *of;
	struct sip_strans *transaction;
	const struct sip_msg *invite;
	struct tmr over;
	const struct account *account;
	char call[SIP_CALL];
};

struct sip_listener {
	const struct sip_config *config;
	struct sip *sip;
	struct sip_lsnr *requests;
	struct sa local, server;
	char host[HOST];
	uint16_t server_port;
	struct account account[SIP_ACCOUNTS];
	struct list ringing;
	struct tmr closing;
	/* Of the message that is being read: the library tells neither with a CANCEL. */
	bool is_servers;
	const char *reason;
};

static bool text_of(char *out, size_t room, const struct pl *p) { return sip_text(out, room, p->p, p->p ? p->l : 0); }

static void say(const struct sip_listener *s, bool good, const char *what, const char *extension, const char *why)
{
	s->config->say(s->config->with, good, what, extension, why);
}

/* --- what came */

static bool is_servers(const struct sip_listener *s, const struct sa *from)
{
	return sa_cmp(from, &s->server, s->config->tcp ? SA_ADDR : SA_ALL);
}

static bool take_reason(const struct sip_hdr *h, const struct sip_msg *m, void *with)
{
	const char **out = with, *one = sip_reason(h->val.p, h->val.l);
	(void)m;
	if (one && (!*out || !strcmp(one, "elsewhere"))) *out = one;
	return false;
}

/* Each message as it came, before anybody acts on it. */
static void before(bool sent, enum sip_transp tp, const struct sa *from, const struct sa *to, const uint8_t *packet,
                   size_t n, void *with)
{
	struct sip_listener *s = with;
	struct sip_msg *m = NULL;
	(void)tp;
	(void)to;
	if (sent) return;
	s->is_servers = is_servers(s, from);
	s->reason = NULL;
	if (!s->is_servers || n < 7 || memcmp(packet, "CANCEL ", 7) != 0) return;
	struct mbuf *copy = mbuf_alloc(n);
	if (!copy) return;
	if (mbuf_write_mem(copy, packet, n) == 0) {
		copy->pos = 0;
		if (sip_msg_decode(&m, copy) == 0)
			(void)sip_msg_hdr_apply(m, true, SIP_HDR_REASON, take_reason, &s->reason);
	}
	(void)mem_deref(m);
	(void)mem_deref(copy);
}

/* --- who calls */

/* The part of an address that is the number: of sip: the user, of tel: what stands where a host would. */
static bool number_of(char out[SIP_NUMBER], const struct uri *uri)
{
	char user[SIP_NUMBER];
	const struct pl *p =
	    !pl_strcasecmp(&uri->scheme, "tel") ? (pl_isset(&uri->user) ? &uri->user : &uri->host) : &uri->user;
	*out = '\0';
	if (!p->p || p->l >= sizeof user) return false;
	int n = re_snprintf(user, sizeof user, "%H", uri_user_unescape, p);
	if (n <= 0 || (size_t)n >= sizeof user || sip_is_nobody(user, (size_t)n)) return false;
	return sip_text(out, SIP_NUMBER, user, (size_t)n);
}

struct asserted {
	char *out;
	bool found, hidden;
};

static bool take_asserted(const struct sip_hdr *h, const struct sip_msg *m, void *with)
{
	struct asserted *a = with;
	struct sip_addr address;
	(void)m;
	if (sip_addr_decode(&address, &h->val) == 0 && number_of(a->out, &address.uri)) a->found = true;
	return a->found;
}

static bool take_remote(const struct sip_hdr *h, const struct sip_msg *m, void *with)
{
	struct asserted *a = with;
	struct sip_addr address;
	struct pl value, privacy = PL("privacy"), party = PL("party");
	(void)m;
	if (sip_addr_decode(&address, &h->val) != 0) return false;
	if (!uri_param_get(&address.params, &party, &value) && pl_strcasecmp(&value, "calling") != 0) return false;
	if (!uri_param_get(&address.params, &privacy, &value) && sip_is_private(value.p, value.l)) a->hidden = true;
	if (number_of(a->out, &address.uri)) a->found = true;
	return a->found || a->hidden;
}

static bool take_private(const struct sip_hdr *h, const struct sip_msg *m, void *with)
{
	(void)m;
	if (sip_is_private(h->val.p, h->val.l)) *(bool *)with = true;
	return false;
}

/* The message is the exchange's: what it asserts is believed. Who wants not to be known is not. */
static const char *caller_of(const struct sip_msg *m, char out[SIP_NUMBER])
{
	struct asserted a = { .out = out };
	*out = '\0';
	(void)sip_msg_hdr_apply(m, true, SIP_HDR_PRIVACY, take_private, &a.hidden);
	if (!a.hidden) (void)sip_msg_hdr_apply(m, true, SIP_HDR_P_ASSERTED_IDENTITY, take_asserted, &a);
	if (!a.hidden && !a.found) (void)sip_msg_xhdr_apply(m, true, "Remote-Party-ID", take_remote, &a);
	if (!a.hidden && !a.found) a.found = number_of(out, &m->from.uri);
	return a.hidden || !a.found ? NULL : out;
}

/* --- calls that ring */

static void forget(void *with)
{
	struct ringing *r = with;
	tmr_cancel(&r->over);
	list_unlink(&r->le);
	(void)mem_deref((void *)(uintptr_t)r->invite);
	(void)mem_deref(r->transaction);
}

static void end(struct ringing *r, uint16_t status, const char *phrase, const char *reason)
{
	struct sip_listener *s = r->of;
	(void)sip_treply(&r->transaction, s->sip, r->invite, status, phrase);
	if (reason)
		s->config->tell(
		    s->config->with,
		    &(struct sip_event){ .call = r->call, .extension = r->account->is->extension, .reason = reason });
	(void)mem_deref(r);
}

/* The library has said 200 to it already; from elsewhere it is nothing. */
static void cancelled(void *with)
{
	struct ringing *r = with;
	if (r->of->is_servers) end(r, 487, "Request Terminated", r->of->reason ? r->of->reason : "missed");
}

static void rang_too_long(void *with) { end(with, 480, "Temporarily Unavailable", "missed"); }

static bool is_ringing(const struct sip_listener *s, const char *call)
{
	for (const struct le *le = list_head(&s->ringing); le; le = le->next)
		if (!strcmp(((const struct ringing *)le->data)->call, call)) return true;
	return false;
}

static const struct account *account_of(const struct sip_listener *s, const struct sip_msg *m)
{
	for (size_t i = 0; i < s->config->n_accounts; i++)
		if (!pl_strcmp(&m->uri.user, s->account[i].contact)) return &s->account[i];
	return NULL;
}

static bool ring(struct sip_listener *s, const struct sip_msg *m, const struct account *a, const char *call)
{
	char from[SIP_NUMBER];
	struct ringing *r = mem_zalloc(sizeof *r, forget);
	if (!r) return false;
	r->of = s;
	r->account = a;
	(void)str_ncpy(r->call, call, sizeof r->call);
	r->invite = mem_ref((void *)(uintptr_t)m);
	tmr_init(&r->over);
	if (sip_strans_alloc(&r->transaction, s->sip, m, cancelled, r) != 0) {
		(void)mem_deref(r);
		return false;
	}
	list_append(&s->ringing, &r->le, r);
	(void)sip_treply(&r->transaction, s->sip, m, 100, "Trying");
	if (sip_treply(&r->transaction, s->sip, m, 180, "Ringing") != 0) {
		(void)mem_deref(r);
		return false;
	}
	tmr_start(&r->over, RINGS_MOST_MS, rang_too_long, r);
	s->config->tell(s->config->with, &(struct sip_event){ .call = r->call,
	                                                      .rings = true,
	                                                      .from = caller_of(m, from),
	                                                      .extension = a->is->extension });
	return true;
}

static void invited(struct sip_listener *s, const struct sip_msg *m)
{
	char call[SIP_CALL];
	const struct account *a = account_of(s, m);
	if (pl_isset(&m->to.tag))
		(void)sip_reply(s->sip, m, 481, "Call Does Not Exist");
	else if (!text_of(call, sizeof call, &m->callid) || !pl_isset(&m->from.auri))
		(void)sip_reply(s->sip, m, 400, "Bad Request");
	else if (!a)
		(void)sip_reply(s->sip, m, 404, "Not Found");
	else if (is_ringing(s, call)) /* the same by another way */
		(void)sip_reply(s->sip, m, 482, "Loop Detected");
	else if (list_count(&s->ringing) >= SIP_CALLS)
		(void)sip_reply(s->sip, m, 486, "Busy Here");
	else if (!ring(s, m, a, call))
		(void)sip_reply(s->sip, m, 500, "Server Internal Error");
}

static bool is_method(const struct sip_msg *m, const char *name) { return !pl_strcmp(&m->met, name); }

static bool requested(const struct sip_msg *m, void *with)
{
	struct sip_listener *s = with;
	if (!is_servers(s, &m->src)) return true; /* not a word */
	if (is_method(m, "INVITE"))
		invited(s, m);
	else if (is_method(m, "OPTIONS"))
		(void)sip_replyf(s->sip, m, 200, "OK", ALLOW "Accept: application/sdp\r\nContent-Length: 0\r\n\r\n");
	else if (is_method(m, "CANCEL") || is_method(m, "BYE"))
		(void)sip_reply(s->sip, m, 481, "Call Does Not Exist");
	else if (!is_method(m, "ACK"))
		(void)sip_replyf(s->sip, m, 405, "Method Not Allowed", ALLOW "Content-Length: 0\r\n\r\n");
	return true;
}

/* --- registration */

static void register_again(void *with);

static int credentials(char **user, char **password, const char *realm, void *with)
{
	const struct account *a = with;
	(void)realm;
	int failed = str_dup(user, a->is->extension);
	return failed ? failed : str_dup(password, a->is->password);
}

static void answered(int failed, const struct sip_msg *m, void *with)
{
	struct account *a = with;
	bool good = !failed && m && m->scode < 300, refused = !failed && m && m->scode >= 400 && m->scode < 500;
	char why[SIP_NAME] = "";
	if (!failed && m && m->scode < 200) return;
	if (failed)
		(void)str_ncpy(why, strerror(failed), sizeof why);
	else if (m)
		(void)re_snprintf(why, sizeof why, "%u", m->scode);
	if (good && !a->good) say(a->of, true, "registered", a->is->extension, "");
	if (!good) say(a->of, false, refused ? "registration refused" : "not registered", a->is->extension, why);
	a->good = good;
	if (good) {
		a->wait_ms = 0;
		return;
	}
	a->wait_ms = refused ? REFUSED_MS : a->wait_ms ? 2 * a->wait_ms : AGAIN_MS;
	if (!refused && a->wait_ms > AGAIN_MOST_MS) a->wait_ms = AGAIN_MOST_MS;
	tmr_start(&a->again, a->wait_ms, register_again, a);
}

static void register_again(void *with)
{
	struct account *a = with;
	struct sip_listener *s = a->of;
	const struct sip_config *c = s->config;
	char registrar[HOST], address[2 * HOST];
	const char *domain = *c->domain ? c->domain : s->host;
	/* Another contact each time: what is still under way for the one before cannot take this one back. */
	uint8_t random[8];
	rand_bytes(random, sizeof random);
	(void)re_snprintf(a->contact, sizeof a->contact, "%s-%w", a->is->extension, random, sizeof random);
	a->reg = mem_deref(a->reg);
	(void)re_snprintf(registrar, sizeof registrar, "sip:%J%s", &s->server, c->tcp ? ";transport=tcp" : "");
	(void)re_snprintf(address, sizeof address, "sip:%s@%s", a->is->extension, domain);
	int failed = sipreg_register(&a->reg, s->sip, registrar, address, NULL, address, c->expires_s, a->contact, NULL,
	                             0, 0, credentials, a, false, answered, a, NULL, NULL);
	if (failed) answered(failed, NULL, a);
}

/* --- beginning and end */

static void ended(void *with)
{
	(void)with;
	re_cancel();
}

/* "pbx.example", "pbx.example:5070", "[2001:db8::1]:5070" */
static bool read_server(struct sip_listener *s, const char *text)
{
	struct pl all, host, port;
	pl_set_str(&all, text);
	if (uri_decode_hostport(&all, &host, &port) != 0 || !pl_isset(&host)) return false;
	s->server_port = pl_isset(&port) ? (uint16_t)pl_u32(&port) : USUAL_PORT;
	return text_of(s->host, sizeof s->host, &host) && s->server_port;
}

enum lg_err sip_open(struct lg_ctx *cx, const struct sip_config *config, struct sip_listener **out)
{
	struct sip_listener *s = *out = lg_alloc(cx->mem, sizeof *s);
	s->config = config;
	if (!config->n_accounts || config->n_accounts > SIP_ACCOUNTS)
		return lg_fail(cx, LG_INVALID, "sip_accounts_file", "it holds one extension to sixteen");
	if (!read_server(s, config->server)) return lg_fail(cx, LG_INVALID, "sip_server", "is none: HOST or HOST:PORT");
	if (sa_set_str(&s->local, config->address, config->port) != 0)
		return lg_fail(cx, LG_INVALID, "sip_address", "is no address");
	dbg_init(0, DBG_NONE); /* what goes wrong is said in our log */
	int failed = libre_init();
	if (!failed) failed = sip_alloc(&s->sip, NULL, BUCKETS, BUCKETS, BUCKETS, "landgang", ended, s);
	if (!failed) failed = sip_transp_add(s->sip, config->tcp ? SIP_TRANSP_TCP : SIP_TRANSP_UDP, &s->local);
	if (!failed) failed = sip_listen(&s->requests, s->sip, true, requested, s);
	if (failed) return lg_failf(cx, LG_FAULT, "sip_address", "%s: %s", config->address, strerror(failed));
	sip_set_trace_handler(s->sip, before);
	for (size_t i = 0; i < config->n_accounts; i++) {
		struct account *a = &s->account[i];
		*a = (struct account){ .of = s, .is = &config->accounts[i] };
		tmr_init(&a->again);
	}
	tmr_init(&s->closing);
	return LG_OK;
}

uint16_t sip_port(const struct sip_listener *s)
{
	struct sa bound;
	sa_init(&bound, sa_af(&s->local));
	return sip_transp_laddr(s->sip, &bound, s->config->tcp ? SIP_TRANSP_TCP : SIP_TRANSP_UDP, &s->local) == 0
	           ? sa_port(&bound)
	           : 0;
}

static bool is_stopped(const struct sip_listener *s, int ms)
{
	struct pollfd stop = { .fd = s->config->stop_fd, .events = POLLIN };
	return poll(&stop, 1, ms) == 1;
}

/* Until there is an address. @return false: we were asked to stop meanwhile */
static bool find_server(struct sip_listener *s)
{
	const struct addrinfo want = { .ai_family = sa_af(&s->local), .ai_socktype = SOCK_DGRAM };
	bool was_told = false;
	for (;;) {
		struct addrinfo *found = NULL;
		int failed = getaddrinfo(s->host, NULL, &want, &found);
		if (!failed && found) failed = sa_set_sa(&s->server, found->ai_addr) ? EAI_FAIL : 0;
		if (found) freeaddrinfo(found);
		if (!failed) {
			sa_set_port(&s->server, s->server_port);
			return !is_stopped(s, 0);
		}
		if (!was_told) say(s, false, "exchange not found", s->host, gai_strerror(failed));
		was_told = true;
		if (is_stopped(s, LOOKUP_MS)) return false;
	}
}

/* Nobody is told that a call that rings now has ended: we do not know. */
static void stop(int flags, void *with)
{
	struct sip_listener *s = with;
	(void)flags;
	fd_close(s->config->stop_fd);
	while (list_head(&s->ringing)) end(list_head(&s->ringing)->data, 480, "Temporarily Unavailable", NULL);
	for (size_t i = 0; i < s->config->n_accounts; i++) {
		tmr_cancel(&s->account[i].again);
		s->account[i].reg = mem_deref(s->account[i].reg); /* goes on until its last answer */
	}
	s->requests = mem_deref(s->requests);
	tmr_start(&s->closing, CLOSE_MS, ended, s);
	sip_close(s->sip, false);
}

enum lg_err sip_run(struct lg_ctx *cx, struct sip_listener *s)
{
	if (!find_server(s)) return LG_OK;
	int failed = fd_listen(s->config->stop_fd, FD_READ, stop, s);
	if (failed) return lg_failf(cx, LG_FAULT, "sip", "%s", strerror(failed));
	for (size_t i = 0; i < s->config->n_accounts; i++) register_again(&s->account[i]);
	failed = re_main(NULL);
	tmr_cancel(&s->closing);
	s->sip = mem_deref(s->sip);
	libre_close();
	return failed ? lg_failf(cx, LG_FAULT, "sip", "%s", strerror(failed)) : LG_OK;
}
