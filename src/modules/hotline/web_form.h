/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_WEB_FORM_H
#define LG_HOTLINE_WEB_FORM_H
#include "modules/hotline/entrance_public.h"
#include "view/sheet.html.h"

/**
 * The form of an entrance's page, for those without an account: a section of the sheet, with what was typed and what is
 * wrong when it was sent. @return 1, or 0: the web is none of its ways in
 */
size_t web_form_section(struct lg_ctx *cx, struct call *c, const struct entrance_shown *s,
                        struct html_sheet_sections *out);
/** What somebody who used the form says when asking again: the beginning of the enquiry's id, "3F9A-21C4". Of cx. */
const char *web_form_reference(struct lg_ctx *cx, const char *id);
#endif
