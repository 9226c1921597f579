/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
// The provider for a program: says "issuer URL"; of each line "URL LOGIN [MAIL]" signs in there, and says the address that sends back.
import { createInterface } from 'node:readline';
import * as provider from './provider.mjs';

const mails = {};
const real = await provider.start(mails);
console.log(`issuer ${real.issuer}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [url, login, mail] = line.split(' ');
  if (mail) mails[login] = mail;
  const back = await provider.visit(url, login);
  console.log(`${back.pathname}${back.search}`);
}
process.exit(0);
