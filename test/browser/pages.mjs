// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node pages.mjs PREVIEW LANG_DIR [NAME...]: the templates with invented people (test/view/preview), served as the service serves them.
// SHOTS=FOLDER keeps the pictures; NAMES are those of pages, all if none: "da-list".
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {serve} from './serve.mjs';
import {teller, walk} from './site.mjs';

const [preview, words, ...wanted] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'landgang-pages-'));
execFileSync(preview, [folder, words]);
const {base, close} = await serve(folder);
const names = readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => name.slice(0, -5))
	.filter((name) => wanted.length === 0 || wanted.includes(name));
const {tell, done} = teller();
// All in Danish, whose words are the longest; in other letters those one works with most. The service itself is walked in all four.
const inUkrainian = ['uk-day', 'uk-list', 'uk-candidate', 'uk-edit', 'uk-new', 'uk-sign-in', 'uk-members'];
const visits = names.filter((name) => wanted.length > 0 || name.startsWith('da-') || inUkrainian.includes(name)).map((name) => ({path: `/${name}.html`, language: name.slice(0, 2)}));
try {
	await walk({base, visits}, {shots: process.env.SHOTS, only: process.env.ONLY, leave: 'its language', tell});
} finally {
	await close();
	rmSync(folder, {recursive: true});
}
process.exit(done() > 0 ? 1 : 0);
