/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_TAXONOMY_H
#define LG_CMD_TAXONOMY_H

/**
 * landgang taxonomy import ZIP... [--labels LANG=TSV]... --out FILE
 * landgang taxonomy show CODE [--taxonomy FILE] [--lang L]
 * landgang taxonomy info [--taxonomy FILE]
 * landgang taxonomy find [--lang L] [--taxonomy FILE] [--confirmed FILE] [--skills] [--top N] TEXT
 * landgang taxonomy rank --corpus TSV --queries TSV [--top N] [--lang L] [--taxonomy FILE]
 *
 * argv[0] is "taxonomy". @return the exit status, as cmd/run.h says
 */
int cmd_taxonomy(int argc, char **argv);
#endif
