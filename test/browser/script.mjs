// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node script.mjs PREVIEW LANG_DIR: what web/landgang.js and htmx add to the pages, under the policy they are served with. Speaks TAP.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {launch} from './browser.mjs';
import {serve} from './serve.mjs';
import {teller} from './site.mjs';

const [preview, words] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'landgang-script-'));
execFileSync(preview, [folder, words]);
const asked = [];
const occupations = [
	{id: 'http://data.europa.eu/esco/occupation/1', name: 'sygeplejerske', more: 'медсестра'}, {id: '2', name: 'sygehjælper'},
	{id: '3', name: '<img src=x onerror=alert(1)>'},
];
const server = await serve(folder, (path, query, request) => {
	if (request.method === 'POST' || path === '/words' || path === '/candidates') asked.push(`${request.method} ${path}?${query}`);
	if (path === '/words' && query.get('of') === 'occupation') return {type: 'application/json', body: JSON.stringify(query.get('q').startsWith('syg') ? occupations : [])};
	if (path === '/session/extend' && request.headers['hx-request']) return {status: 204, headers: {'x-session-until': `${Math.round(Date.now() / 1000) + 1800 + 1700}`}};
	if (path === '/candidates') return {type: 'text/html', body: request.headers['hx-request'] ? '<p id="came">fundet</p>' : '<p>whole</p>'};
	return undefined;
});
const browser = await launch();
const {tell, done} = teller();

// one page, clean of complaints, for one case
async function tried(name, page, look) {
	const context = await browser.newContext({viewport: {width: 1000, height: 900}});
	const faults = [];
	try {
		const opened = await context.newPage();
		opened.setDefaultTimeout(10000);
		opened.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
		opened.on('pageerror', (error) => faults.push(`${error}`));
		await opened.goto(`${server.base}/${page}.html`);
		asked.length = 0;
		faults.push(...await look(opened) ?? []);
	} catch (error) {
		faults.push(`${error}`);
	}
	await context.close();
	tell({name, faults});
}
const is = (what, got, wanted) => (got === wanted ? [] : [`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`]);
const focused = (page) => page.evaluate(() => document.activeElement.id);

await tried('/ leads to the search, and is a letter where one writes', 'da-list', async (page) => {
	await page.keyboard.press('/');
	const at = await focused(page);
	await page.keyboard.type('a/b');
	return [...is('focus', at, 'q'), ...is('text', await page.inputValue('#q'), 'a/b')];
});
await tried('the key / can be turned off', 'da-list', async (page) => {
	await page.click('details.me > summary');
	await page.uncheck('[data-keys]');
	await page.reload();
	await page.keyboard.press('/');
	return is('focus', await focused(page), '');
});
await tried('suggestions come while one types, and are chosen with the arrows', 'da-edit', async (page) => {
	const field = page.locator('#occupation');
	await field.fill('');
	await field.pressSequentially('sygepl');
	await page.waitForSelector('#occupation-list li');
	const open = await field.getAttribute('aria-expanded');
	const told = await page.locator('.combo [role=status]').first().textContent();
	await page.keyboard.press('ArrowDown');
	const active = await field.getAttribute('aria-activedescendant');
	const marked = await page.locator('#occupation-list [aria-selected=true]').count();
	await page.keyboard.press('Enter');
	return [
		...is('open', open, 'true'), ...is('told', /3/.test(told), true), ...is('active', active, 'occupation-0'), ...is('marked', marked, 1),
		...is('field', await field.inputValue(), 'sygeplejerske'), ...is('chosen', await page.inputValue('[name=occupation-id]'), occupations[0].id),
		...is('closed', await page.locator('#occupation-list').isHidden(), true), ...is('still on the page', page.url().endsWith('/da-edit.html'), true),
		...is('asked once', asked.length, 1),
	];
});
await tried('what comes as a suggestion is text and never markup', 'da-edit', async (page) => {
	await page.locator('#occupation').fill('');
	await page.locator('#occupation').pressSequentially('syg');
	await page.waitForSelector('#occupation-list li');
	return [...is('pictures', await page.locator('#occupation-list img').count(), 0),
		...is('shown', await page.locator('#occupation-list li').nth(2).textContent(), occupations[2].name)];
});
await tried('typing on forgets what was chosen, and Escape closes the list', 'da-edit', async (page) => {
	const field = page.locator('#occupation');
	await field.fill('');
	await field.pressSequentially('syg');
	await page.waitForSelector('#occupation-list li');
	await page.keyboard.press('Escape');
	return [...is('closed', await page.locator('#occupation-list').isHidden(), true), ...is('chosen', await page.inputValue('[name=occupation-id]'), ''),
		...is('kept', await field.inputValue(), 'syg')];
});
await tried('one more of several alike comes at once, with names of its own', 'da-edit', async (page) => {
	const names = () => page.evaluate(() => [...new FormData(document.getElementById('edit')).keys()].filter((name) => name.startsWith('education-')));
	const before = await names();
	await page.click('button[data-add]');
	await page.click('button[data-add]');
	const after = await names();
	return [...is('before', before.length, 4), ...is('after', after.length, 12), ...is('all different', new Set(after).size, 12),
		...is('none is of the pattern', after.some((name) => name.includes('new')), false), ...is('focus', await focused(page), 'education-2-title'),
		...is('nothing was sent', asked.length, 0)];
});
await tried('one taken away is hidden and marked as gone', 'da-edit', async (page) => {
	await page.click('button[data-take]');
	return [...is('gone', await page.inputValue('[name=education-0-gone]'), '1'), ...is('hidden', await page.locator('#education-0-title').isHidden(), true)];
});
await tried('the end of the session is said two minutes before, and can be put off', 'da-day', async (page) => {
	const before = await page.locator('#session').isHidden();
	await page.evaluate(() => { // as if it were 28 minutes later
		const real = Date.now;
		Date.now = () => real() + 1700 * 1000;
		document.dispatchEvent(new Event('visibilitychange'));
	});
	const warned = await page.locator('#session').isVisible();
	await page.click('#session button');
	await page.waitForSelector('#session', {state: 'hidden'});
	return [...is('quiet before', before, true), ...is('warned', warned, true), ...is('asked', asked.join(), 'POST /session/extend?'),
		...is('still on the page', page.url().endsWith('/da-day.html'), true)];
});
await tried('when the session is over, that is said', 'da-day', async (page) => {
	await page.evaluate(() => {
		const real = Date.now;
		Date.now = () => real() + 1801 * 1000;
		document.dispatchEvent(new Event('visibilitychange'));
	});
	return [...is('said', await page.locator('#session [data-over]').isVisible(), true), ...is('button', await page.locator('#session button').isHidden(), true)];
});
await tried('one box ticks all of a page, and the number is told', 'da-list', async (page) => {
	await page.check('[data-every]');
	const all = await page.locator('input[name=pick]:checked').count();
	const told = await page.locator('[data-picked]').textContent();
	await page.locator('input[name=pick]').first().uncheck();
	return [...is('ticked', all, 6), ...is('told', told, '6'), ...is('then', await page.locator('[data-picked]').textContent(), '5'),
		...is('half', await page.locator('[data-every]').evaluate((box) => box.indeterminate), true)];
});
await tried('the list follows what one types, and the address with it', 'da-list', async (page) => {
	await page.locator('#find').fill('');
	await page.locator('#find').pressSequentially('bond');
	await page.waitForSelector('#came');
	return [...is('address', new URL(page.url()).searchParams.get('q'), 'bond'), ...is('focus', await focused(page), 'find'),
		...is('filters too', /state=available/.test(asked.at(-1)), true), ...is('the rest of the page stays', await page.locator('h1').count(), 1)];
});
await tried('a section that the address names is open', 'da-candidate', async (page) => {
	await page.goto(`${server.base}/da-candidate.html#wishes`);
	return is('open', await page.locator('#wishes').evaluate((section) => section.open), true);
});
await tried('the menu closes with Escape, and the focus stays', 'da-day', async (page) => {
	await page.click('details.me > summary');
	await page.keyboard.press('Escape');
	return [...is('open', await page.locator('details.me').evaluate((menu) => menu.open), false),
		...is('focus', await page.evaluate(() => document.activeElement.tagName), 'SUMMARY')];
});
await tried('what is wrong with a form is read first', 'da-new', async (page) => is('focus', await focused(page), 'wrong'));
await tried('a page for printing has a button for it', 'da-paper', async (page) => {
	await page.evaluate(() => { window.print = () => { window.printed = true; }; });
	await page.click('[data-print]');
	return is('printed', await page.evaluate(() => window.printed), true);
});

await browser.close();
await server.close();
rmSync(folder, {recursive: true});
process.exit(done() > 0 ? 1 : 0);
