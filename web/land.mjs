// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// The outline of a map's countries as SVG path data: projected, on a grid of whole numbers, with as few corners as show
// the shape (Visvalingam), and with every island that has a municipality.
import {readFileSync} from 'node:fs';
import topojson from 'topojson-client';
import {project} from './maps.mjs';
import {municipalities} from './municipalities.mjs';

const world = JSON.parse(readFileSync(new URL(import.meta.resolve('world-atlas/countries-10m.json')), 'utf8'));
const isoNumber = {DK: '208', SE: '752'};
const cornerArea = 1.5; // a corner whose triangle has less, in square units, is cut off
const islandArea = 12; // an island with less is left out, unless it has a municipality
const near = 4; // units off the shore at which a municipality's centre still counts as on land

// twice the area of a triangle
const triangle = ([ax, ay], [bx, by], [cx, cy]) => Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));

export const area = (ring) =>
	Math.abs(ring.reduce((sum, [x, y], i) => {
		const [nextX, nextY] = ring[(i + 1) % ring.length];
		return sum + x * nextY - nextX * y;
	}, 0)) / 2;

export function isInside(ring, [x, y]) {
	let inside = false;
	ring.forEach(([ax, ay], i) => {
		const [bx, by] = ring[(i + 1) % ring.length];
		if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
	});
	return inside;
}

// from a point to the nearest side of a ring
function toShore(ring, [x, y]) {
	return Math.min(...ring.map(([ax, ay], i) => {
		const [bx, by] = ring[(i + 1) % ring.length];
		const [dx, dy] = [bx - ax, by - ay];
		const along = dx || dy ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
		return Math.hypot(ax + along * dx - x, ay + along * dy - y);
	}));
}

// how far off the land a point is, 0 on it
export const offLand = (rings, point) =>
	rings.some((ring) => isInside(ring, point)) ? 0 : Math.min(Infinity, ...rings.map((ring) => toShore(ring, point)));

// Take the corner with the smallest triangle away until all that remain are worth showing.
function simplified(ring) {
	const corners = ring.filter(([x, y], i) => i === 0 || x !== ring[i - 1][0] || y !== ring[i - 1][1]);
	while (corners.length > 4) {
		let least = Infinity, at = -1;
		for (let i = 0; i < corners.length; i++) {
			const before = corners[(i || corners.length) - 1], after = corners[(i + 1) % corners.length];
			const worth = triangle(before, corners[i], after) / 2;
			if (worth < least) [least, at] = [worth, i];
		}
		if (least >= cornerArea) break;
		corners.splice(at, 1);
	}
	return corners;
}

// outer shores of a country, without the repeated last corner, projected
function shores(map, country) {
	const shape = world.objects.countries.geometries.find(({id}) => id === isoNumber[country]);
	const {type, coordinates} = topojson.feature(world, shape).geometry;
	return (type === 'Polygon' ? [coordinates] : coordinates).map(([outer]) =>
		outer.slice(0, -1).map(([x, y]) => project(map, Math.round(x * 1e6), Math.round(y * 1e6))));
}

// An island too small for the atlas, where a municipality is: as large as can be seen.
const islet = ([x, y]) => [[x, y - 3], [x + 3, y], [x, y + 3], [x - 3, y]];

export function land(map) {
	const all = map.countries.flatMap((country) => shores(map, country));
	const places = municipalities().filter(({country}) => map.countries.includes(country))
		.map(({longitude, latitude}) => project(map, longitude, latitude));
	const lived = new Set(places.map((place) => {
		const off = all.map((ring) => offLand([ring], place));
		return all[off.indexOf(Math.min(...off))];
	}));
	const rings = all.filter((ring) => area(ring) > 0 && (area(ring) >= islandArea || lived.has(ring))).map(simplified);
	for (const place of places) if (offLand(rings, place) > near) rings.push(islet(place));
	return rings;
}

// pathData(RINGS): relative and short: "m12 34 5-6 7 8z..."
export function pathData(rings) {
	let [x, y] = [0, 0];
	const number = (value) => (value < 0 ? `${value}` : ` ${value}`);
	return rings.map((ring) => {
		const steps = ring.map(([toX, toY]) => {
			const step = number(toX - x) + number(toY - y);
			[x, y] = [toX, toY];
			return step;
		});
		[x, y] = ring[0]; // after z the pen is where the ring began
		return `m${steps.join('').trimStart()}z`;
	}).join('');
}
