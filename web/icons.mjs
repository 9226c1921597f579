// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// The icons of the pages, as dkfds draws them: one file of those that are used, each to be had as FILE#NAME.
import {readFileSync} from 'node:fs';

export const used = [
	'account', 'arrow-forward', 'business', 'checklist', 'close', 'document', 'download', 'edit', 'error', 'help', 'home', 'how-to-reg',
	'info', 'list-check', 'lock', 'person', 'person-add', 'persons', 'plus', 'print', 'science', 'search', 'send', 'settings', 'smartphone',
	'star', 'success', 'time', 'visibility', 'warning', 'headset', 'sync', 'groups', 'bookmark', 'flag', 'email',
].sort();

const all = readFileSync(new URL('node_modules/dkfds/dist/img/all-svg-icons.svg', import.meta.url), 'utf8');

export const known = () => Array.from(all.matchAll(/<symbol id="([^"]+)"/g), ([, name]) => name);

export function icons() {
	const symbols = used.map((name) => {
		const symbol = all.match(new RegExp(`<symbol id="${name}".*?</symbol>`, 's'));
		if (!symbol) throw new Error(`dkfds has no icon ${name}`);
		return symbol[0];
	});
	return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

// the mark: a gangway to a quay
export const mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#003f49"/>' +
	'<path d="M4 24h24v3H4z" fill="#7fd0cf"/><path d="M7 21 21 7l4 4-10 10z" fill="#fff"/><circle cx="25" cy="18.5" r="2.3" fill="#7fd0cf"/></svg>\n';
