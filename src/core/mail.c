/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/mail.h"

#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum { ADDRESS_MOST = 254, ID_MOST = 250, REFERENCES = 12, LINE = 74, WORD_BYTES = 42, CONNECT_S = 10, ALL_S = 40 };

bool mail_address_is_good(const char *address)
{
	size_t n = strlen(address);
	const char *at = strchr(address, '@');
	if (n > ADDRESS_MOST || lg_utf8_span(address, n) != n || !at || at == address || !at[1] || strchr(at + 1, '@'))
		return false;
	for (const char *s = address; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7F || strchr("\"'<>()[],;:\\", *s)) return false;
	/* C1 controls (U+0080 to U+009F) are two bytes. */
	for (const char *s = address; *s; s++)
		if ((unsigned char)s[0] == 0xC2 && (unsigned char)s[1] < 0xA0) return false;
	return at[1] != '.' && at[1] != '-' && address[n - 1] != '.' && !strstr(at, "..");
}

/* A header takes no line end, and nothing else that is not to be read. */
static bool is_one_line(const char *s)
{
	size_t n = strlen(s);
	if (lg_utf8_span(s, n) != n) return false;
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7F) return false;
	return true;
}

/* RFC 2047: words of base64, cut between characters, each on a line of its own. */
static void put_words(struct lg_buf *out, const char *text)
{
	size_t n = strlen(text);
	for (size_t i = 0; i < n;) {
		size_t m = n - i < WORD_BYTES ? n - i : WORD_BYTES;
		while (i + m < n && ((unsigned char)text[i + m] & 0xC0) == 0x80) m--;
		char word[WORD_BYTES * 4 / 3 + 5];
		(void)sodium_bin2base64(word, sizeof word, (const unsigned char *)text + i, m,
		                        sodium_base64_VARIANT_ORIGINAL);
		lg_putf(out, "%s=?UTF-8?B?%s?=", i ? "\r\n " : "", word);
		i += m;
	}
}

/* Plain text stays as it is. */
static void put_subject(struct lg_buf *out, const char *subject)
{
	bool plain = strlen(subject) < LINE - 10 && !strstr(subject, "=?");
	for (const char *s = subject; *s; s++) plain = plain && !((unsigned char)*s & 0x80);
	lg_puts(out, "Subject: ");
	if (plain)
		lg_puts(out, subject);
	else
		put_words(out, subject);
	lg_puts(out, "\r\n");
}

/* A name of letters, digits and blanks may stand as it is; all others are encoded. */
static void put_from(struct lg_buf *out, const struct mail *mail)
{
	const char *name = mail->from_name ? mail->from_name : "Landgang";
	bool plain = strlen(name) < LINE - 10 && *name;
	for (const char *s = name; *s; s++)
		plain = plain &&
		        (*s == ' ' || (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'));
	lg_puts(out, "From: ");
	if (plain)
		lg_puts(out, name);
	else
		put_words(out, name);
	lg_putf(out, plain ? " <%s>\r\n" : "\r\n <%s>\r\n", mail->from);
}

/* An id of somebody's is put only if it can be nothing else. */
static bool is_id(const char *s, size_t n)
{
	if (!n || n > ID_MOST) return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' || (unsigned char)s[i] >= 0x7F || s[i] == '<' || s[i] == '>')
			return false;
	return true;
}

static void put_ids(struct lg_buf *out, const char *name, const char *ids, unsigned most)
{
	for (const char *s = ids ? ids : ""; *s && most; s += strspn(s, " ")) {
		size_t n = strcspn(s, " ");
		if (is_id(s, n)) {
			lg_putf(out, "%s <%.*s>\r\n", name, (int)n, s);
			name = "";
			most--;
		}
		s += n;
	}
}

/* Quoted-printable (RFC 2045, 6.7): lines of 76 at most, whatever the text. A dot at a line's head is the library's
 * care. */
static void put_body(struct lg_buf *out, const char *body)
{
	size_t column = 0;
	for (const char *s = body; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '\n') {
			lg_puts(out, "\r\n");
			column = 0;
			continue;
		}
		bool end = s[1] == '\n' || !s[1];
		bool plain = (c > ' ' && c < 0x7F && c != '=') || (c == ' ' && !end);
		if (column + (plain ? 1 : 3) > LINE) {
			lg_puts(out, "=\r\n");
			column = 0;
		}
		if (plain)
			lg_putc(out, (char)c);
		else
			lg_putf(out, "=%02X", c);
		column += plain ? 1 : 3;
	}
	lg_puts(out, "\r\n");
}

enum lg_err mail_print(struct lg_ctx *cx, struct lg_buf *out, const struct mail *mail)
{
	if (!mail_address_is_good(mail->to) || !mail_address_is_good(mail->from) ||
	    (mail->reply_to && !mail_address_is_good(mail->reply_to)))
		return lg_fail(cx, LG_INVALID, "mail", "This is no mail address.");
	if (!is_one_line(mail->subject) || !is_one_line(mail->id) || (mail->from_name && !is_one_line(mail->from_name)))
		return lg_fail(cx, LG_INVALID, "subject", "A subject has one line.");
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t now = (time_t)cx->now;
	struct tm t;
	lg_assert(gmtime_r(&now, &t));
	lg_putf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
	        t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
	put_from(out, mail);
	lg_putf(out, "To: <%s>\r\nMessage-ID: <%s%s>\r\n", mail->to, mail->id, strchr(mail->from, '@'));
	put_ids(out, "In-Reply-To:", mail->in_reply_to, 1);
	put_ids(out, "References:", mail->references, REFERENCES);
	put_subject(out, mail->subject);
	lg_puts(out, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
	             "quoted-printable\r\n");
	if (mail->reply_to) lg_putf(out, "Reply-To: <%s>\r\n", mail->reply_to);
	if (mail->replies_by_itself)
		lg_puts(out, "Auto-Submitted: auto-replied\r\n");
	else if (!mail->reply_to && !mail->in_reply_to)
		lg_puts(out, "Auto-Submitted: auto-generated\r\n");
	lg_puts(out, "\r\n");
	put_body(out, mail->body);
	return LG_OK;
}

/* --- on the wire */

struct reading {
	const char *text;
	size_t n, at;
};

static size_t read_mail(char *to, size_t size, size_t count, void *with)
{
	struct reading *r = with;
	size_t room = size * count, n = r->n - r->at < room ? r->n - r->at : room;
	memcpy(to, r->text + r->at, n);
	r->at += n;
	return n;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void start(void) { lg_assert(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); }

static bool is_here(const char *url)
{
	static const char *const here[] = { "://127.0.0.1", "://localhost", "://[::1]" };
	for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
		const char *at = strstr(url, here[i]);
		if (at && strchr(":/", at[strlen(here[i])])) return true;
	}
	return false;
}

struct mail_line {
	const struct mail_server *server;
	CURL *curl;
};

struct mail_line *mail_line_open(struct lg_ctx *cx, const struct mail_server *server)
{
	struct mail_line *line = lg_alloc(cx->mem, sizeof *line);
	(void)pthread_once(&once, start);
	*line = (struct mail_line){ server, curl_easy_init() };
	lg_assert(line->curl);
	return line;
}

void mail_line_close(struct mail_line *line)
{
	curl_easy_cleanup(line->curl);
	line->curl = NULL;
}

static CURLcode hand_over(CURL *curl, const struct mail_server *server, const struct mail *mail, struct reading *text,
                          struct curl_slist *to)
{
	bool secret = server->user && *server->user;
	struct {
		CURLoption option;
		const char *text;
	} texts[] = { { CURLOPT_URL, server->url },
		      { CURLOPT_MAIL_FROM, mail->from },
		      { CURLOPT_PROTOCOLS_STR, "smtp,smtps" },
		      { CURLOPT_USERNAME, secret ? server->user : NULL },
		      { CURLOPT_PASSWORD, secret ? server->secret : NULL } };
	struct {
		CURLoption option;
		long number;
	} numbers[] = { { CURLOPT_NOSIGNAL, 1 },
		        { CURLOPT_UPLOAD, 1 },
		        { CURLOPT_CONNECTTIMEOUT, CONNECT_S },
		        { CURLOPT_TIMEOUT, ALL_S },
		        { CURLOPT_USE_SSL, secret && !is_here(server->url) ? CURLUSESSL_ALL : CURLUSESSL_TRY } };
	CURLcode failed = CURLE_OK;
	curl_easy_reset(curl); /* the connection stays */
	for (size_t i = 0; !failed && i < sizeof texts / sizeof *texts; i++)
		failed = curl_easy_setopt(curl, texts[i].option, texts[i].text);
	for (size_t i = 0; !failed && i < sizeof numbers / sizeof *numbers; i++)
		failed = curl_easy_setopt(curl, numbers[i].option, numbers[i].number);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_mail);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_READDATA, text);
	return failed ? failed : curl_easy_perform(curl);
}

enum lg_err mail_send(struct lg_ctx *cx, struct mail_line *line, const struct mail *mail)
{
	struct lg_buf text = { 0 };
	enum lg_err err = mail_print(cx, &text, mail);
	if (err != LG_OK) goto out;
	struct curl_slist *to = curl_slist_append(NULL, mail->to);
	lg_assert(to);
	struct reading reading = { text.data, text.len, 0 };
	CURLcode failed = hand_over(line->curl, line->server, mail, &reading, to);
	long answer = 0;
	(void)curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &answer);
	curl_slist_free_all(to);
	/* Words of the server are not kept: they may name the reader. */
	if (failed)
		err = lg_failf(cx, answer >= 500 && answer < 600 ? LG_INVALID : LG_BUSY, "mail", "%s (answer %ld)",
		               curl_easy_strerror(failed), answer);
out:
	lg_buf_free(&text);
	return err;
}
