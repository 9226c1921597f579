// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node page.mjs [--elements N] [--bytes N] [--gzip N] [--shots FOLDER] LANGUAGE=FILE...
// Looks at pages in chromium as their readers would, and says in TAP what is wrong with them.
import {parseArgs} from 'node:util';
import {launch} from './browser.mjs';
import {check, vnu} from './checks.mjs';

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: Object.fromEntries(['elements', 'bytes', 'gzip', 'shots'].map((name) => [name, {type: 'string'}])),
});
const limits = {...values};
for (const name of ['elements', 'bytes', 'gzip']) if (values[name]) limits[name] = Number(values[name]);
if (positionals.length === 0) throw new Error('node page.mjs [OPTION...] LANGUAGE=FILE...');

let count = 0, failed = 0;
const tell = ({name, faults}) => {
	if (faults.length > 0) failed++;
	console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${++count} - ${name}`);
	for (const fault of faults.slice(0, 20)) console.log(`# ${fault.replaceAll('\n', ' ')}`);
};
const pages = positionals.map((argument) => argument.match(/^(\w+)=(.+)$/).slice(1));
const browser = await launch();
for (const [language, file] of pages) (await check(browser, file, {...limits, language})).forEach(tell);
await browser.close();
vnu(pages.map(([, file]) => file)).forEach(tell);
console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
