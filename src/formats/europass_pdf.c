/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "formats/europass_inner.h"

enum { TREE_DEEP_MAX = 16, NODES_MAX = 500 };

struct pdf {
	struct lg_ctx *cx;
	const char *name;
	qpdf_data q;
	size_t nodes, files;
	const char *bytes; /* of the file that was found */
	size_t size;
};

/* A stream as it stands in the file, unpacked here, where it can be bounded; libqpdf would unpack all of it. */
static bool unpack(struct pdf *p, qpdf_oh stream, char *room, size_t *n)
{
	unsigned char *raw = NULL;
	size_t n_raw = 0;
	qpdf_oh filter = qpdf_oh_get_key(p->q, qpdf_oh_get_dict(p->q, stream), "/Filter");
	if (qpdf_oh_is_array(p->q, filter) && qpdf_oh_get_array_n_items(p->q, filter) == 1)
		filter = qpdf_oh_get_array_item(p->q, filter, 0);
	bool flat = qpdf_oh_is_name(p->q, filter) && !strcmp(qpdf_oh_get_name(p->q, filter), "/FlateDecode");
	if (!flat && !qpdf_oh_is_null(p->q, filter)) return false;
	if (qpdf_oh_get_stream_data(p->q, stream, qpdf_dl_none, NULL, &raw, &n_raw) & QPDF_ERRORS) return false;
	uLongf out = LG_CV_BYTES_MAX;
	if (!raw) return false; /* it is empty */
	bool good = flat ? uncompress((Bytef *)room, &out, raw, n_raw) == Z_OK : n_raw <= LG_CV_BYTES_MAX;
	if (good && !flat) memcpy(room, raw, n_raw);
	*n = flat ? out : n_raw;
	free(raw);
	return good;
}

static void look_at(struct pdf *p, qpdf_oh spec)
{
	if (p->bytes || p->files == LG_CV_FILES_MAX || !qpdf_oh_is_dictionary(p->q, spec)) return;
	qpdf_oh of = qpdf_oh_get_key(p->q, spec, "/EF");
	if (!qpdf_oh_is_dictionary(p->q, of)) return;
	qpdf_oh stream = qpdf_oh_get_key(p->q, of, "/F");
	if (!qpdf_oh_is_stream(p->q, stream)) stream = qpdf_oh_get_key(p->q, of, "/UF");
	if (!qpdf_oh_is_stream(p->q, stream)) return;
	p->files++;
	size_t n;
	char *room = malloc(LG_CV_BYTES_MAX);
	if (room && unpack(p, stream, room, &n) && cv_looks_right(room, n)) {
		p->bytes = lg_strndup(p->cx->mem, room, n);
		p->size = n;
	}
	free(room);
}

/* A tree of names: pairs of a name and a file, or further nodes. */
static void look_into(struct pdf *p, qpdf_oh node, int deep)
{
	if (p->bytes || deep > TREE_DEEP_MAX || ++p->nodes > NODES_MAX || !qpdf_oh_is_dictionary(p->q, node)) return;
	qpdf_oh names = qpdf_oh_get_key(p->q, node, "/Names"), kids = qpdf_oh_get_key(p->q, node, "/Kids");
	int n_names = qpdf_oh_is_array(p->q, names) ? qpdf_oh_get_array_n_items(p->q, names) : 0;
	int n_kids = qpdf_oh_is_array(p->q, kids) ? qpdf_oh_get_array_n_items(p->q, kids) : 0;
	for (int i = 1; i < n_names && i < 2 * NODES_MAX && !p->bytes; i += 2)
		look_at(p, qpdf_oh_get_array_item(p->q, names, i));
	for (int i = 0; i < n_kids && p->nodes < NODES_MAX && !p->bytes; i++)
		look_into(p, qpdf_oh_get_array_item(p->q, kids, i), deep + 1);
}

static enum lg_err find(struct pdf *p, const void *bytes, size_t n)
{
	if (qpdf_read_memory(p->q, "upload", bytes, n, NULL) & QPDF_ERRORS) {
		if (qpdf_get_error_code(p->q, qpdf_get_error(p->q)) == qpdf_e_password)
			return lg_fail(p->cx, LG_INVALID, p->name,
			               "This PDF is locked with a password. Save it without one.");
		return lg_fail(p->cx, LG_INVALID, p->name, "This PDF is damaged. Download it again.");
	}
	if (qpdf_is_encrypted(p->q))
		return lg_fail(p->cx, LG_INVALID, p->name, "This PDF is encrypted. Save it without a password.");
	qpdf_oh root = qpdf_get_root(p->q);
	if (!qpdf_oh_is_dictionary(p->q, root))
		return lg_fail(p->cx, LG_INVALID, p->name, "This PDF is damaged. Download it again.");
	qpdf_oh names = qpdf_oh_get_key(p->q, root, "/Names"), associated = qpdf_oh_get_key(p->q, root, "/AF");
	if (qpdf_oh_is_dictionary(p->q, names)) look_into(p, qpdf_oh_get_key(p->q, names, "/EmbeddedFiles"), 0);
	int n_files = qpdf_oh_is_array(p->q, associated) ? qpdf_oh_get_array_n_items(p->q, associated) : 0;
	for (int i = 0; i < n_files && i < NODES_MAX; i++) look_at(p, qpdf_oh_get_array_item(p->q, associated, i));
	if (p->bytes) return LG_OK;
	return lg_fail(
	    p->cx, LG_INVALID, p->name,
	    "There is no Europass CV attached to this PDF. Download it from Europass again, as PDF or XML, and do "
	    "not print it anew.");
}

enum lg_err cv_attached(struct lg_ctx *cx, const char *name, const void *pdf, size_t n, const char **bytes,
                        size_t *size)
{
	struct pdf p = { .cx = cx, .name = name, .q = qpdf_init() };
	lg_assert(p.q);
	qpdf_set_suppress_warnings(p.q, QPDF_TRUE);
	qpdf_silence_errors(p.q);
	enum lg_err err = find(&p, pdf, n);
	while (qpdf_has_error(p.q)) (void)qpdf_get_error(p.q); /* else it writes of them */
	qpdf_cleanup(&p.q);
	*bytes = p.bytes;
	*size = p.size;
	return err;
}
