/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A mail of any words: its headers are ours, whatever stands in them; lines are short; and the way to the server ends a
 * mail only where it ends. The input: the address, the subject and the body, with a byte 0 between. */
#include <stdint.h>
#include <string.h>

#include "core/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *text, size_t n)
{
	static const char *const ours[] = { "Date: ",
		                            "From: ",
		                            "To: ",
		                            "Message-ID: ",
		                            "Subject: ",
		                            " =?UTF-8?B?",
		                            "MIME-Version: ",
		                            "Content-Type: ",
		                            "Content-Transfer-Encoding: ",
		                            "Auto-Submitted: ",
		                            "In-Reply-To: ",
		                            "References: ",
		                            " <" };
	const char *end = strstr(text, "\r\n\r\n");
	lg_assert(end != NULL && strlen(text) == n);
	for (const char *line = text; line < end + 2; line = strstr(line, "\r\n") + 2) {
		size_t i = 0;
		while (i < sizeof ours / sizeof *ours && strncmp(line, ours[i], strlen(ours[i])) != 0) i++;
		lg_assert(i < sizeof ours / sizeof *ours);
	}
	for (const char *s = text; *s; s++) {
		lg_assert(*s != '\n' || (s > text && s[-1] == '\r'));
		lg_assert(*s != '\r' || s[1] == '\n');
	}
	for (const char *line = end + 4, *next; (next = strstr(line, "\r\n")); line = next + 2)
		lg_assert(next - line <= 76);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 1 << 16) return 0;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL), .now = 1796000000 };
	char *part[3], *all = lg_alloc(cx.mem, size + 3);
	if (size) memcpy(all, data, size);
	part[0] = all;
	part[1] = part[0] + strlen(part[0]) + 1;
	if (part[1] > all + size) part[1] = all + size;
	part[2] = part[1] + strlen(part[1]) + 1;
	if (part[2] > all + size) part[2] = all + size;
	struct lg_buf out = { 0 };
	struct mail mail = { .id = "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
		             .from = "no-reply@landgang.example",
		             .to = part[0],
		             .subject = part[1],
		             .body = part[2],
		             .from_name = part[1],
		             .in_reply_to = part[2],
		             .references = part[2] };
	if (mail_print(&cx, &out, &mail) == LG_OK) check(out.data, out.len);
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
	return 0;
}
