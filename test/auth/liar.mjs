/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
// A provider of our own that tells the truth but for one thing, by the word in `lie`.
import { createServer } from 'node:http';
import { createHash, createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { client } from './provider.mjs';

const base64 = (x) => Buffer.from(x).toString('base64url');
const right = generateKeyPairSync('rsa', { modulusLength: 2048 });
const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const lies = {
  nonce: (c) => { c.nonce = randomBytes(32).toString('base64url'); },
  'no nonce': (c) => { delete c.nonce; },
  audience: (c) => { c.aud = 'somebody-else'; },
  'audience of two without a party': (c) => { c.aud = [client.id, 'somebody-else']; },
  'audience of two, another party': (c) => { c.aud = [client.id, 'somebody-else']; c.azp = 'somebody-else'; },
  issuer: (c) => { c.iss = 'https://id.evil.example'; },
  expired: (c) => { c.exp = Math.floor(Date.now() / 1000) - 1; c.iat = c.exp - 60; },
  'no expiry': (c) => { delete c.exp; },
  'issued tomorrow': (c) => { c.iat += 86400; c.exp += 2 * 86400; },
  'issued yesterday': (c) => { c.iat -= 86400; },
  'no subject': (c) => { delete c.sub; },
  signature: (c, t) => { t.key = wrong.privateKey; },
  'changed after signing': (c, t) => { t.after = (claims) => { claims.sub = 'administrator'; }; },
  'signed with the client secret': (c, t) => { t.alg = 'HS256'; },
  'not signed': (c, t) => { t.alg = 'none'; },
  'no token': (c, t) => { t.none = true; },
  'userinfo of another': (c, t) => { t.userinfo = { sub: 'another', email: 'other@odense.example', email_verified: true }; },
};

function token(claims, t) {
  const head = base64(JSON.stringify({ alg: t.alg, typ: 'JWT', kid: 'one' }));
  const signed = `${head}.${base64(JSON.stringify(claims))}`;
  if (t.alg === 'none') return `${signed}.`;
  if (t.alg === 'HS256') return `${signed}.${createHmac('sha256', client.secret).update(signed).digest('base64url')}`;
  const mark = createSign('sha256').update(signed).sign(t.key).toString('base64url');
  if (!t.after) return `${signed}.${mark}`;
  t.after(claims);
  return `${head}.${base64(JSON.stringify(claims))}.${mark}`;
}

/** lie: of the above, or '' (control: then it must be believed). */
export async function start(lie) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let asked, made;
  const json = (res, status, object) => { res.writeHead(status, { 'content-type': 'application/json' }); res.end(JSON.stringify(object)); };
  server.on('request', async (req, res) => {
    const url = new URL(req.url, issuer);
    let body = '';
    for await (const piece of req) body += piece;
    if (url.pathname === '/.well-known/openid-configuration')
      return json(res, 200, { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`,
        userinfo_endpoint: `${issuer}/me`, response_types_supported: ['code'], subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'], scopes_supported: ['openid', 'email', 'profile'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'], code_challenge_methods_supported: ['S256'] });
    if (url.pathname === '/jwks') return json(res, 200, { keys: [{ ...right.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] });
    if (url.pathname === '/auth') {
      asked = url.searchParams;
      const back = new URL(asked.get('redirect_uri'));
      back.search = new URLSearchParams({ code: 'the-code', state: asked.get('state') });
      res.writeHead(303, { location: back.href });
      return res.end();
    }
    if (url.pathname === '/token') {
      const form = new URLSearchParams(body);
      const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
      if (form.get('code') !== 'the-code' || asked.get('code_challenge_method') !== 'S256' || challenge !== asked.get('code_challenge'))
        return json(res, 400, { error: 'invalid_grant' });
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, sub: 'olena', aud: client.id, iat: now, exp: now + 300, nonce: asked.get('nonce') };
      made = { alg: 'RS256', key: right.privateKey, userinfo: { sub: 'olena', email: 'olena@odense.example', email_verified: true, name: 'Olena' } };
      lies[lie]?.(claims, made);
      return json(res, 200, { access_token: 'access', token_type: 'Bearer', expires_in: 300, ...(made.none ? {} : { id_token: token(claims, made) }) });
    }
    if (url.pathname === '/me') return json(res, 200, made.userinfo);
    return json(res, 404, {});
  });
  return { issuer, close: () => { server.closeAllConnections(); server.close(); } };
}
