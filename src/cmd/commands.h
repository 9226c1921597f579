/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_COMMANDS_H
#define LG_CMD_COMMANDS_H

/* The functions named in commands.def; argv[0] is the name of the command. @return the exit status */
int cmd_match(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_generate(int argc, char **argv);
int cmd_serve(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_admin(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_migrate(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_runs(int argc, char **argv);
int cmd_mail_in(int argc, char **argv);
int cmd_sip(int argc, char **argv);
int cmd_openapi(int argc, char **argv);
#endif
