// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
import {readFileSync} from 'node:fs';

// [{code, country, name, latitude, longitude}], degrees in millionths, as src/market/municipality.def has them
export function municipalities() {
	const table = readFileSync(new URL('../src/market/municipality.def', import.meta.url), 'utf8');
	const rows = table.matchAll(/^M\("(\d+)", "(\w+)", "([^"]+)", "[^"]+", (-?\d+), (-?\d+), \d+\)$/gm);
	return Array.from(rows, ([, code, country, name, latitude, longitude]) => ({
		code, country, name, latitude: +latitude, longitude: +longitude,
	}));
}
