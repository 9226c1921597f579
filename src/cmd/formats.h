/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_FORMATS_H
#define LG_CMD_FORMATS_H

/** `landgang formats jobtech ADS [--taxonomy FILE] [--report FILE] > openings.csv`, and other formats as NDJSON or
 * JSON.
 * @return the exit status */
int cmd_formats(int argc, char **argv);
#endif
