/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/list_page.h"

#include <string.h>

#include "http/http.h"
#include "view/speech.h"

void list_option(struct html_list_filters *f, const char *value, const char *label, const char *chosen)
{
	f->options[f->n_options++] =
	    (struct html_list_filters_options){ .value = value, .label = label, .chosen = !strcmp(value, chosen) };
}

struct html_list_filters *list_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                                      size_t room)
{
	struct html_list_filters *f = &v->filters[v->n_filters++];
	*f = (struct html_list_filters){ .id = lg_printf(cx->mem, "by-%s", name), .name = name, .label = label };
	f->options = lg_array(cx->mem, room + 2, sizeof *f->options);
	list_option(f, "", lg_say("All"), "-");
	return f;
}

void list_choice_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                        enum choice_list list, const char *chosen)
{
	size_t n;
	const struct choice *all = choices(list, &n);
	struct html_list_filters *f = list_filter(cx, v, name, label, n);
	for (size_t i = 0; i < n; i++) list_option(f, all[i].code, lg_say(all[i].text), chosen);
}

struct html_records_rows_cells *list_cell(struct html_records_rows *row, const char *label, const char *value)
{
	struct html_records_rows_cells *cell = &row->cells[row->n_cells++];
	*cell = (struct html_records_rows_cells){ .label = label, .value = value };
	return cell;
}

void list_put_pair(struct lg_buf *b, const char *name, const char *value, char *next)
{
	if (!value || !*value) return;
	lg_putc(b, *next);
	*next = '&';
	lg_puts(b, name);
	lg_putc(b, '=');
	http_put_encoded(b, value);
}
