/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_ASSETS_H
#define LG_VIEW_ASSETS_H
#include <stddef.h>

/**
 * @file
 * What pages ask for besides themselves: style sheet, scripts, letters, icons. They are compiled in (web/assets.mjs),
 * and named by their content: what is at a path never changes, so it may be kept for ever (Cache-Control: public,
 * max-age=31536000, immutable). Templates write href="{{>url-landgang.css}}". Threads: any.
 */
struct asset_bytes {
	const unsigned char *at;
	size_t n; /* 0: not in this form */
};
struct asset {
	const char *name;               /* "landgang.css" */
	const char *path;               /* "/assets/landgang.0aaafdb6425cb0ce.css" */
	const char *type;               /* Content-Type */
	const char *etag;               /* with its quotes */
	struct asset_bytes raw, br, gz; /* letters are packed in themselves: raw only */
};

/** The asset of a path, or NULL. */
const struct asset *asset_at(const char *path);
/** The asset of a name, or NULL. */
const struct asset *asset_named(const char *name);
/** The path of a name: asset_url("landgang.css"). There is no other than those of web/assets.mjs: NULL. */
const char *asset_url(const char *name);
/** What a browser that sends this Accept-Encoding is to get: *encoding becomes "br", "gzip", or NULL for the bytes as
 * they are. */
struct asset_bytes asset_for(const struct asset *asset, const char *accept_encoding, const char **encoding);

extern const struct asset lg_assets[];
extern const size_t lg_n_assets;
#endif
