/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_NOTIFY_H
#define LG_CMD_NOTIFY_H

/** Tell systemd, if it asked for it (NOTIFY_SOCKET, sd_notify(3)): "READY=1", "STOPPING=1". What goes wrong is of no
 * account. */
void notify_system(const char *state);
#endif
