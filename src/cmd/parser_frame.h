/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PARSER_FRAME_H
#define LG_CMD_PARSER_FRAME_H
#include <stdint.h>

/* What a parser writes before its bytes: all of them, or, when err is not LG_OK, words of at most PARSER_MOST_NOTE. */
enum { PARSER_MARK = 0x3150474c, PARSER_MOST_NOTE = 300 };
struct parser_frame {
	uint32_t mark, err, n;
};
#endif
