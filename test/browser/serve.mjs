// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// A folder of pages over HTTP as Landgang sends them: under the same content policy, assets packed and kept for ever.
import {existsSync, readFileSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {brotliCompressSync} from 'node:zlib';

export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = {
	'.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
	'.woff2': 'font/woff2', '.json': 'application/json',
};

// serve(FOLDER, ANSWER): {base, close}; ANSWER(path, query, request) may give {status, type, body} for what is no file
export async function serve(folder, answer = () => undefined) {
	const server = createServer((request, response) => {
		const url = new URL(request.url, 'http://here/');
		const path = normalize(decodeURIComponent(url.pathname));
		const file = join(folder, path);
		const made = answer(path, url.searchParams, request);
		const there = !made && existsSync(file) && statSync(file).isFile();
		let body = made ? Buffer.from(made.body ?? '') : there ? readFileSync(file) : Buffer.from('not here');
		const headers = {
			'content-type': made?.type ?? types[extname(path)] ?? 'text/plain', 'content-security-policy': policy, 'x-content-type-options': 'nosniff',
			'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store', ...made?.headers,
		};
		if (there && !path.endsWith('.woff2')) {
			headers['content-encoding'] = 'br';
			body = existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : brotliCompressSync(body);
		}
		headers['content-length'] = body.length;
		response.writeHead(made ? made.status ?? 200 : there ? 200 : 404, headers);
		response.end(body);
	});
	await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
	return {base: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((closed) => {
		server.closeAllConnections?.();
		server.close(closed);
	})};
}
