/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_JSON_H
#define LG_CMD_JSON_H
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/** Building JSON with jansson; the keys keep their order. No memory ends the program, as everywhere. */
json_t *json_new(void);
json_t *json_list(void);
void json_add(json_t *to, const char *key, json_t *value);         /* takes the value */
void json_add_text(json_t *to, const char *key, const char *text); /* bytes that are not UTF-8 become ?; NULL: null */
void json_add_int(json_t *to, const char *key, int64_t v);
void json_add_real(json_t *to, const char *key, double v);
void json_add_bool(json_t *to, const char *key, bool v);
void json_push(json_t *list, json_t *value);
json_t *json_text(const char *text);

/** Print it, two blanks a level and a line feed at the end, and let it go. */
void json_print(struct lg_buf *out, json_t *root);
#endif
