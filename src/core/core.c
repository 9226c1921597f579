/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/core.h"

#include "view/speech.h"

#define R(method, path, handler, right, doc) { HTTP_##method, path, handler, MAY_##right, doc, #handler },
static const struct route routes[] = {
#include "core/account_routes.def"
#include "core/routes.def"
};
#undef R

static const struct page_item items[] = {
	{ "day", "/", "home", LG_TEXT("My day"), MAY_SIGNED_IN },
	{ "candidates", "/candidates", "persons", LG_TEXT("Candidates"), MAY_CANDIDATE_READ },
	{ "employers", "/employers", "business", LG_TEXT("Employers"), MAY_EMPLOYER_READ },
	{ "openings", "/openings", "bookmark", LG_TEXT("Openings"), MAY_OPENING_READ },
	{ "shares", "/shares", "send", LG_TEXT("Other offices"), MAY_SHARE_READ },
	{ "runs", "/runs", "list-check", LG_TEXT("Plans"), MAY_MATCH_READ },
	{ "members", "/members", "groups", LG_TEXT("Colleagues"), MAY_ACCOUNT_ADMIN },
	{ "office", "/office", "settings", LG_TEXT("Office"), MAY_TENANT_ADMIN },
	{ "clients", "/clients", "lock", LG_TEXT("Programs"), MAY_CLIENT_ADMIN },
	{ "audit", "/audit", "visibility", LG_TEXT("Audit"), MAY_AUDIT_READ },
};

static const struct page_flash flashes[] = {
	{ "saved", LG_TEXT("Saved."), false },
	{ "registered", LG_TEXT("Registered. The rest can be filled in below, section by section."), false },
	{ "registered_odd",
	  LG_TEXT("Registered. The number has no check digit that fits; such numbers exist, but look at it once more."),
	  true },
	{ "proposed", LG_TEXT("On the short list. It stands on both pages now."), false },
	{ "turned_down", LG_TEXT("Noted. It is left out of later lists."), false },
	{ "proposed_before", LG_TEXT("Somebody has decided about this already: see the proposals."), true },
	{ "step_late", LG_TEXT("This was not saved: somebody took the step, or the last position, a moment before."),
	  true },
	{ "run_ordered", LG_TEXT("The plan is ordered. It is computed beside everything else; you need not wait here."),
	  false },
	{ "what_if_ordered", LG_TEXT("The what-if is ordered. It is computed beside everything else."), false },
	{ "run_choose", LG_TEXT("Choose two to four plans that are computed."), true },
	{ "run_approved", LG_TEXT("On the short list. Nothing was sent to anybody: the next step is yours."), false },
	{ "run_none", LG_TEXT("Nothing was put on the short list: choose pairs that nobody has decided about."), true },
	{ "copied", LG_TEXT("This is the copy, a draft. Say until when it is offered, and open it."), false },
	{ "confirmed", LG_TEXT("Noted: all is true as of today."), false },
	{ "message_sent", LG_TEXT("The message is on its way, and kept here."), false },
	{ "message_before", LG_TEXT("This message was sent already. Nothing was sent twice."), true },
	{ "shared", LG_TEXT("The card is given. The other office sees it now."), false },
	{ "referred", LG_TEXT("The referral is sent. It stands on the other office's day."), false },
	{ "withdrawn", LG_TEXT("The card is taken back: nobody outside sees it any more."), false },
	{ "answered", LG_TEXT("The answer is sent. The other office sees it now."), false },
	{ "reminded", LG_TEXT("They are reminded: it stands on their day."), false },
	{ "escalated", LG_TEXT("Their leader is asked: it stands on their day."), false },
	{ "share_late", LG_TEXT("This was not done: it has changed meanwhile. Look at it again."), true },
	{ "agreement_proposed",
	  LG_TEXT("The agreement is proposed. It is in force when both offices have approved it."), false },
	{ "agreement_said", LG_TEXT("Noted. The other office sees it now."), false },
	{ "erased", LG_TEXT("Erased for good."), false },
	{ "document_added", LG_TEXT("The document is added."), false },
	{ "document_removed", LG_TEXT("The document is taken away."), false },
	{ "merged", LG_TEXT("The two are one. It can be undone for 30 days."), false },
	{ "unmerged", LG_TEXT("They are two again."), false },
	{ "noted", LG_TEXT("The note is saved."), false },
	{ "logged", LG_TEXT("The contact is logged."), false },
	{ "task_set", LG_TEXT("The task is set."), false },
	{ "task_done", LG_TEXT("Done."), false },
	{ "task_gone", LG_TEXT("This task was done already."), true },
	{ "import_late", LG_TEXT("This was not done: the import has gone on meanwhile."), true },
	{ "view_kept", LG_TEXT("The view is kept."), false },
	{ "view_gone", LG_TEXT("The view is gone."), false },
	{ "batch_done", LG_TEXT("Done for all that were chosen."), false },
	{ "batch_none", LG_TEXT("Choose at least one person of the list."), true },
	{ "session_ended", LG_TEXT("Your session has ended. Please sign in again."), true },
	{ "signed_out", LG_TEXT("You are signed out."), false },
	{ "invited", LG_TEXT("The invitation is on its way by mail."), false },
	{ "removed", LG_TEXT("The membership has ended."), false },
	{ "password_new", LG_TEXT("Your password is changed. Sign in with it."), false },
	{ "accepted", LG_TEXT("The invitation is accepted. Sign in as you always do, and choose the office."), false },
	{ "session_gone", LG_TEXT("Signed out there."), false },
	{ "password_changed", LG_TEXT("Your password is changed. Other sessions have ended."), false },
};

const struct route *core_routes(size_t *n)
{
	*n = sizeof routes / sizeof *routes;
	return routes;
}

const struct page_item *core_items(size_t *n)
{
	*n = sizeof items / sizeof *items;
	return items;
}

const struct page_flash *core_flashes(size_t *n)
{
	*n = sizeof flashes / sizeof *flashes;
	return flashes;
}
