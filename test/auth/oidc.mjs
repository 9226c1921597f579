/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
// Signing in elsewhere, against a real provider and against one that lies. node oidc.mjs TOOL; speaks TAP.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as provider from './provider.mjs';
import * as liar from './liar.mjs';

const tool = process.argv[2];
let n = 0, failed = 0;
function told(good, name, why) {
  console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
  if (!good) { failed++; console.log(`# ${why}`); }
}

/** Go with our code, come back as `back` says; what our code makes of it. */
async function trip(issuer, back, secret = provider.client.secret) {
  const child = spawn(tool, [issuer, provider.client.id, secret, provider.client.redirect], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = (await lines.next()).value ?? '';
  let last = first;
  if (first.startsWith('go ')) {
    child.stdin.write(`${await back(first.slice(3))}\n`);
    last = (await lines.next()).value ?? 'nothing';
  }
  child.stdin.end();
  return last;
}
const words = (url) => `${url.searchParams.get('state')} ${url.searchParams.get('code')}`;
const through = async (url) => words(new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')));

const real = await provider.start();
let said = await trip(real.issuer, async (url) => words(await provider.visit(url, 'olena')));
told(said === `in ${real.issuer}|olena|olena@odense.example|Name of olena`, 'somebody signs in at a real provider', said);
said = await trip(real.issuer, async (url) => words(await provider.visit(url, 'unverified')));
told(said === `in ${real.issuer}|unverified||Name of unverified`, 'a mail address that the provider has not verified is none', said);
said = await trip(real.issuer, async (url) => `${words(await provider.visit(url, 'olena')).split(' ')[0]} another-code`);
told(said.startsWith('no the provider gives no token for the code'), 'a made-up code is refused', said);
said = await trip(real.issuer, async (url) => `${'x'.repeat(43)} ${words(await provider.visit(url, 'olena')).split(' ')[1]}`);
told(said === 'no another came back than went', 'another state is refused', said);
const others = await provider.visit((await new Promise((done) => { trip(real.issuer, async (url) => { done(url); return 'x x'; }); })), 'spy');
said = await trip(real.issuer, async (url) => `${new URL(url).searchParams.get('state')} ${others.searchParams.get('code')}`);
told(said.startsWith('no '), "a code of somebody else's trip is refused: its verifier is not ours", said);
said = await trip(real.issuer, async (url) => words(await provider.visit(url, 'olena')), 'a-wrong-secret');
told(said.startsWith('no '), 'with a wrong secret nobody comes in', said);
const gone = real.issuer;
real.close();
said = await trip(gone, async () => 'x x');
told(said.startsWith('busy '), 'a provider that is not there is told as busy', said);
said = await trip('http://id.evil.example', async () => 'x x');
told(said.startsWith('fault '), 'an issuer without https is refused', said);

for (const lie of ['', ...Object.keys(liar.lies)]) {
  const one = await liar.start(lie);
  said = await trip(one.issuer, through);
  told(lie ? said.startsWith('no ') : said === `in ${one.issuer}|olena|olena@odense.example|Olena`,
    lie ? `refused: ${lie}` : 'our own provider is believed when it tells the truth', said);
  if (lie && !said.startsWith('in ')) console.log(`# ${said}`);
  one.close();
}
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
