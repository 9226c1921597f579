/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OFFICE_H
#define LG_CORE_OFFICE_H
#include "app/app.h"
#include "view/sheet.html.h"

/**
 * @file
 * What the pages of an office's administration share: colleagues, the office itself, its units, the programs it lets
 * in.
 */

/** Its tabs, those that whoever acts may open; `here`: the path of the one that is open. */
void office_tabs(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here);
/** One of its pages. `item`: the word of the navigation that it belongs to; `lead` may be NULL. */
void office_show(struct lg_ctx *cx, struct call *c, const char *here, const char *item, const char *title,
                 const char *lead, struct html_sheet_sections *sections, size_t n);
/** Names of roles in the language spoken, with commas between; "" for none. */
const char *office_roles(struct lg_ctx *cx, const struct db_list *roles);
#endif
