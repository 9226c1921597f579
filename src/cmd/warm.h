/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_WARM_H
#define LG_CMD_WARM_H

/**
 * Let libraries load what they load when first used: names of hosts, time zones, certificates, names of days. Before
 * the sandbox, so that it can be told less.
 */
void warm_up(void);
#endif
