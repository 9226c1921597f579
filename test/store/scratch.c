/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "scratch.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char scratch_dir[] = "/tmp/lgtXXXXXX", conninfo[64];
static const char *cluster_script;
static PGconn *superuser;

static void give_up(const char *why)
{
	(void)printf("Bail out! %s\n", why);
	exit(1);
}

static void run(const char *const *args)
{
	pid_t pid = fork();
	if (pid < 0) give_up("no process");
	if (pid == 0) {
		(void)dup2(STDERR_FILENO, STDOUT_FILENO); /* TAP is for us alone */
		(void)execv(args[0], (char *const *)(const void *)args);
		_exit(127);
	}
	int status;
	if (waitpid(pid, &status, 0) != pid || status != 0) give_up("cluster.sh failed");
}

void scratch_do(const char *verb)
{
	char pid[16];
	(void)snprintf(pid, sizeof pid, "%d", (int)getpid());
	if (!strcmp(verb, "crash") || !strcmp(verb, "stop")) {
		PQfinish(superuser);
		superuser = NULL;
	}
	run((const char *const[]){ cluster_script, verb, scratch_dir, !strcmp(verb, "start") ? pid : NULL, NULL });
}

static void run_file(const char *path)
{
	static char text[100000];
	FILE *f = fopen(path, "r");
	if (!f) give_up(path);
	size_t n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	(void)fclose(f);
	(void)scratch_sql(text);
}

void scratch_start(const char *script, const char *sql)
{
	cluster_script = script;
	if (!mkdtemp(scratch_dir)) give_up("no folder for the cluster");
	(void)chmod(scratch_dir, 0711); /* the server may be another user's */
	scratch_do("start");
	(void)snprintf(conninfo, sizeof conninfo, "host=%s dbname=landgang", scratch_dir);
	if (sql) run_file(sql);
}

const char *scratch_conninfo(void) { return conninfo; }

const char *scratch_sql(const char *sql)
{
	static char value[100000];
	char where[128];
	if (!superuser) {
		(void)snprintf(where, sizeof where, "%s user=postgres", conninfo);
		superuser = PQconnectdb(where);
	}
	PGresult *res = PQexec(superuser, sql);
	ExecStatusType status = PQresultStatus(res);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) give_up(PQerrorMessage(superuser));
	bool any = status == PGRES_TUPLES_OK && PQntuples(res) && PQnfields(res);
	(void)snprintf(value, sizeof value, "%s", any ? PQgetvalue(res, 0, 0) : "");
	PQclear(res);
	return value;
}

void scratch_stop(void) { scratch_do("stop"); }
