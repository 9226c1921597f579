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
// The walk of the service sees most pages in Danish. Here are those it does not meet, and what one works with in other letters; with EVERY=1 all,
// in all four languages.
const unmet = ['da-code', 'da-conflict', 'da-day-empty', 'da-list-empty', 'da-password', 'da-set-up', 'da-trouble'];
const inUkrainian = ['uk-day', 'uk-list', 'uk-candidate', 'uk-edit', 'uk-new', 'uk-sign-in', 'uk-members'];
const all = wanted.length > 0 || process.env.EVERY === '1';
const visits = names.filter((name) => all || unmet.includes(name) || inUkrainian.includes(name))
	.map((name) => ({path: `/${name}.html`, language: name.slice(0, 2)}));
if (!all && visits.length !== unmet.length + inUkrainian.length) throw new Error('a page that is named here is not made any more');
try {
	await walk({base, visits}, {shots: process.env.SHOTS, only: process.env.ONLY, leave: 'its language', tell});
} finally {
	await close();
	rmSync(folder, {recursive: true});
}
process.exit(done() > 0 ? 1 : 0);
