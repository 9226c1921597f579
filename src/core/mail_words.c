/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "core/mail.h"
#include "view/speech.h"

/* What comes from people and stands among our words: one line, and no address that a reader could take for ours. */
static const char *word(struct lg_ctx *cx, json_t *values, const char *name)
{
	const char *text = json_string_value(json_object_get(values, name));
	if (!text) return NULL;
	char *clean = lg_strndup(cx->mem, text, strnlen(text, 200));
	for (char *s = clean; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7F) *s = ' ';
	for (char *s; (s = strstr(clean, "://"));) memcpy(s, "   ", 3);
	return clean;
}

static enum lg_err missing(struct lg_ctx *cx, const char *name)
{
	return lg_failf(cx, LG_INVALID, "mail", "the outbox row has no \"%s\"", name);
}

static enum lg_err invitation(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	const char *office = word(cx, values, "office"), *by = word(cx, values, "by");
	const char *path = json_string_value(json_object_get(values, "path"));
	if (!office || !path) return missing(cx, office ? "path" : "office");
	/* TRANSLATORS: %s is the name of an office. */
	out->subject = lg_printf(cx->mem, lg_say("Your access to Landgang at %s"), office);
	out->body = lg_printf(
	    cx->mem,
	    /* TRANSLATORS: who invites, the office, the link, the number of days. */
	    lg_say("Hello,\n\n%s has opened an account for you at %s.\n\nChoose a password here:\n\n%s%s\n\n"
	           "The link can be used once, within %d days. If you did not expect this mail, do nothing.\n"),
	    by && *by ? by : office, office, public_url, path,
	    (int)json_integer_value(json_object_get(values, "days")));
	return LG_OK;
}

static enum lg_err reset(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	const char *path = json_string_value(json_object_get(values, "path"));
	if (!path) return missing(cx, "path");
	out->subject = lg_say("A new password for Landgang");
	out->body = lg_printf(
	    cx->mem,
	    /* TRANSLATORS: the link, the number of minutes. */
	    lg_say("Hello,\n\nsomebody, probably you, asked for a new password. Choose it here:\n\n%s%s\n\n"
	           "The link can be used once, within %d minutes. If it was not you, do nothing: your password "
	           "stays as it is.\n"),
	    public_url, path, (int)json_integer_value(json_object_get(values, "minutes")));
	return LG_OK;
}

static enum lg_err password_changed(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	(void)values;
	out->subject = lg_say("Your password was changed");
	out->body = lg_printf(
	    cx->mem,
	    /* TRANSLATORS: the address of the page where one asks for a new password. */
	    lg_say("Hello,\n\nthe password of your account at Landgang was changed, and all other sessions were "
	           "ended.\n\nIf it was not you, ask for a new one at once, and tell your administrator:\n\n%s%s\n"),
	    public_url, "/forgotten");
	return LG_OK;
}

static enum lg_err second_step_changed(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	(void)values;
	out->subject = lg_say("The second step of your sign-in was changed");
	out->body =
	    lg_printf(cx->mem,
	              lg_say("Hello,\n\nthe codes that you sign in with at Landgang now come from another telephone or "
	                     "program.\n\nIf it was not you, choose a new password at once, and tell your "
	                     "administrator:\n\n%s%s\n"),
	              public_url, "/forgotten");
	return LG_OK;
}

/* What a colleague wrote, as it was looked at: its lines, and its links, are the writer's. */
static enum lg_err message(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	const char *subject = json_string_value(json_object_get(values, "subject")),
	           *body = json_string_value(json_object_get(values, "body")),
	           *reply_to = json_string_value(json_object_get(values, "reply_to"));
	(void)public_url;
	if (!subject || !body) return missing(cx, subject ? "body" : "subject");
	out->subject = lg_strdup(cx->mem, subject); /* mail_print() wants one line */
	out->body = lg_printf(cx->mem, "%s\n", body);
	out->reply_to = reply_to && *reply_to ? lg_strdup(cx->mem, reply_to) : NULL;
	return LG_OK;
}

static const char *text_of(struct lg_ctx *cx, json_t *values, const char *name)
{
	const char *text = json_string_value(json_object_get(values, name));
	return text && *text ? lg_strdup(cx->mem, text) : NULL;
}

/* Where a mail of an enquiry belongs. */
static void put_thread(struct lg_ctx *cx, struct mail *out, json_t *values)
{
	out->from_name = word(cx, values, "from_name");
	out->reply_to = text_of(cx, values, "reply_to");
	out->in_reply_to = text_of(cx, values, "in_reply_to");
	out->references = text_of(cx, values, "references");
}

/* Nothing of what somebody wrote is said again: the sender's address may be another's, who would read it. */
static enum lg_err enquiry_confirmed(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	const char *tag = word(cx, values, "tag"), *name = word(cx, values, "from_name"),
	           *phone = word(cx, values, "phone"), *hours = text_of(cx, values, "hours");
	(void)public_url;
	if (!tag || !name || !phone) return missing(cx, !tag ? "tag" : !name ? "from_name" : "phone");
	const char *reference = lg_printf(cx->mem, "LG-%s", tag);
	put_thread(cx, out, values);
	out->replies_by_itself = true;
	/* TRANSLATORS: the reference of the enquiry, "LG-K3J5X2A9BQ". */
	out->subject = lg_printf(cx->mem, lg_say("We have your question [%s]"), reference);
	out->body =
	    lg_printf(cx->mem,
	              /* TRANSLATORS: the reference of the enquiry, the number of the hotline. */
	              lg_say("Hello,\n\nwe have your mail, and somebody will answer it. If you write again, leave "
	                     "[%s] in the subject: then it comes to the same place.\n\nYou can ring us too: %s.\n"),
	              reference, phone);
	/* TRANSLATORS: hours of the week. */
	if (hours)
		out->body =
		    lg_printf(cx->mem, "%s%s\n", out->body, lg_printf(cx->mem, lg_say("We are there: %s"), hours));
	out->body =
	    lg_printf(cx->mem, "%s\n%s\n%s\n", out->body, lg_say("Please send no identity numbers by mail."), name);
	return LG_OK;
}

static enum lg_err enquiry_answer(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url)
{
	LG_TRY(message(cx, out, values, public_url));
	put_thread(cx, out, values);
	return LG_OK;
}

static const struct {
	const char *kind;
	enum lg_err (*words)(struct lg_ctx *cx, struct mail *out, json_t *values, const char *public_url);
} kinds[] = {
	{ "invitation", invitation },
	{ "reset", reset },
	{ "password_changed", password_changed },
	{ "second_step_changed", second_step_changed },
	{ "message", message },
	{ "enquiry_confirmed", enquiry_confirmed },
	{ "enquiry_answer", enquiry_answer },
};

enum lg_err mail_words(struct lg_ctx *cx, struct mail *out, const char *kind, json_t *values, const char *public_url)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].kind, kind)) return kinds[i].words(cx, out, values, public_url);
	return lg_failf(cx, LG_UNKNOWN, "mail", "there is no mail of the kind \"%s\"", kind);
}
