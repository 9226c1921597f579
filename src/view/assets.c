/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/assets.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct asset *asset_at(const char *path)
{
	for (size_t i = 0; i < lg_n_assets; i++)
		if (!strcmp(lg_assets[i].path, path)) return &lg_assets[i];
	return NULL;
}

const struct asset *asset_named(const char *name)
{
	for (size_t i = 0; i < lg_n_assets; i++)
		if (!strcmp(lg_assets[i].name, name)) return &lg_assets[i];
	return NULL;
}

const char *asset_url(const char *name)
{
	const struct asset *asset = asset_named(name);
	return asset ? asset->path : NULL;
}

/* "q=0" and "q=0.000" say that a coding is not wanted (RFC 9110, 12.5.3). */
static bool is_refused(const char *parameters, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (strchr("qQ", parameters[i]) && parameters[i + 1] == '=')
			return strtod(parameters + i + 2, NULL) <= 0;
	return false;
}

static bool accepts(const char *header, const char *coding)
{
	size_t length = strlen(coding);
	for (const char *at = header; at && *at;) {
		at += strspn(at, " \t,");
		size_t n = strcspn(at, ","), word = strcspn(at, " \t,;");
		if (word == length && !strncasecmp(at, coding, length)) return !is_refused(at + word, n - word);
		at += n;
	}
	return false;
}

struct asset_bytes asset_for(const struct asset *asset, const char *accept_encoding, const char **encoding)
{
	*encoding = NULL;
	if (asset->br.n && accepts(accept_encoding, "br")) {
		*encoding = "br";
		return asset->br;
	}
	if (asset->gz.n && accepts(accept_encoding, "gzip")) {
		*encoding = "gzip";
		return asset->gz;
	}
	return asset->raw;
}
