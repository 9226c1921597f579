/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "inner.h"

int64_t lgm_list_add(struct lgm_list *list, uint64_t key, int64_t reserve)
{
	if (list->len == list->room) {
		if (!list->room || key <= list->keys[list->len - 1]) goto full;
	} else {
		list->len++;
	}
	uint32_t i = list->len - 1;
	for (; i && list->keys[i - 1] < key; i--) list->keys[i] = list->keys[i - 1];
	list->keys[i] = key;
	if (list->len < list->room) return reserve;
full:
	return list->room ? (int64_t)(list->keys[list->len - 1] >> 32) : INT64_MAX;
}
