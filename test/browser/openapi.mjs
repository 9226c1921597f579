// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node openapi.mjs LANDGANG: is the description of the API one, by the schema of OpenAPI 3.1? Speaks TAP.
import {execFileSync} from 'node:child_process';
import {Validator} from '@seriousme/openapi-schema-validator';

const validator = new Validator();
const check = async (name, wanted, description) => {
	const {valid, errors} = await validator.validate(description);
	const good = valid === wanted;
	console.log(`${good ? 'ok' : 'not ok'} - ${name}`);
	if (!good) console.log(`# ${JSON.stringify(errors ?? 'it is taken for good').slice(0, 2000)}`);
	return good;
};
const own = JSON.parse(execFileSync(process.argv[2], ['openapi'], {encoding: 'utf8'}));
const good = await check('the description of the API is OpenAPI 3.1', true, structuredClone(own)) && validator.version === '3.1';
const broken = structuredClone(own);
broken.paths['/api/v1/candidates'].get.responses = [];
const refused = await check('one with an answer that is none is refused', false, broken);
console.log('1..2');
process.exit(good && refused ? 0 : 1);
