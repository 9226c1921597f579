/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_FRAME_H
#define LG_HOTLINE_FRAME_H
/** An entrance was changed here: the next page reads the numbers anew. Others see it within FRAME_S seconds. */
void hotline_frame_forget(void);
enum { FRAME_S = 30 };
#endif
