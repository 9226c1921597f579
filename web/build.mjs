// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node build.mjs FOLDER: what the pages are made of besides our own templates, ready to be compiled in. See README.md.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {assets, table as assetTable} from './assets.mjs';
import {cyrillic, latin, licence} from './fonts.mjs';
import {land, pathData} from './land.mjs';
import {maps} from './maps.mjs';

const partial = (map) => {
	const {inset} = map;
	const frame = inset && `<rect class="inset" x="${inset.frame.x}" y="${inset.frame.y}" ` +
		`width="${inset.frame.width}" height="${inset.frame.height}"/>`;
	return `<path class="land" d="${pathData(land(map))}"/>${frame ?? ''}\n`;
};

const row = (map) => {
	const {name, width, height, west, north, xScale, yScale, inset} = map;
	const area = inset ? [inset.west, inset.south, inset.east, inset.north, inset.dx, inset.dy] : [0, 0, 0, 0, 0, 0];
	return `LAND(${[name, width, height, west, north, xScale, yScale, ...area].join(', ')})\n`;
};

const table = () => `/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * Written by web/build.mjs. The maps: LAND(name, width, height, west, north, x_scale, y_scale,
 *                                          inset_west, inset_south, inset_east, inset_north, inset_dx, inset_dy)
 * Degrees are in millionths, scales in units of the picture per thousand degrees, the rest in units of the picture:
 *   x = floor(((longitude - west) * x_scale + 500000000) / 1000000000)
 *   y = floor(((north - latitude) * y_scale + 500000000) / 1000000000)
 * and inset_dx, inset_dy on top for a place within the inset (its edges included; all six are 0 where there is none).
 */
${maps.map(row).join('')}`;

const other = (name, file) => readFileSync(new URL(`node_modules/${name}/${file}`, import.meta.url), 'utf8').trim();

const notice = () => `The pages of Landgang hold works of others.

IBM Plex Sans: the letters of the pages (as packed by @fontsource/ibm-plex-sans)
--------------------------------------------------------------------------------
${licence().trim()}

Fields, buttons and icons: dkfds, Det Fælles Designsystem
--------------------------------------------------------
${other('dkfds', 'LICENSE.md')}

htmx
----
${other('htmx.org', 'LICENSE')}

Land outlines: Natural Earth, in the form of world-atlas
--------------------------------------------------------
Made with Natural Earth (naturalearthdata.com), which is in the public domain. The form they were taken in:

${readFileSync(new URL('LICENSE', import.meta.resolve('world-atlas/package.json')), 'utf8').trim()}
`;

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node build.mjs FOLDER');
mkdirSync(folder, {recursive: true});
const write = (name, text) => writeFileSync(join(folder, name), text);
for (const map of maps) write(`land-${map.name}.html`, partial(map));
write('land.def', table());
write('font-latin.css', latin());
write('font-cyrillic.css', cyrillic());
write('NOTICE', notice());
const all = assets();
write('assets.c', assetTable(all));
for (const {name, path} of all) write(`url-${name}`, path); // for templates: href="{{>url-landgang.css}}"
