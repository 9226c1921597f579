/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
// A real OpenID provider on loopback, and a browser of a few lines that signs in there.
import { createServer } from 'node:http';
import { once } from 'node:events';
import Provider from 'oidc-provider';

export const client = { id: 'landgang', secret: 'a-secret-of-the-tests-only', redirect: 'http://127.0.0.1:9/sign-in/oidc/back' };

/** Starts one; every login there is an account `LOGIN` with the verified mail `LOGIN@odense.example`. */
export async function start(mails = {}) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { warn, info } = console;
  console.warn = console.info = () => {}; // it tells of what is for tests only
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirect],
      grant_types: ['authorization_code'], response_types: ['code'] }],
    pkce: { required: () => true, methods: ['S256'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (ctx, id) => ({ accountId: id,
      claims: async () => ({ sub: id, email: mails[id] ?? `${id}@odense.example`, email_verified: id !== 'unverified', name: `Name of ${id}` }) }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['tests only'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
  });
  Object.assign(console, { warn, info });
  server.on('request', provider.callback());
  return { issuer, close: () => { server.closeAllConnections(); server.close(); } };
}

const action = (html) => /<form[^>]*action="([^"]+)"/.exec(html)?.[1].replaceAll('&amp;', '&');

/** Follow the provider's pages as somebody who signs in as `login` and agrees; the address it sends us back to. */
export async function visit(url, login) {
  const jar = new Map();
  const get = async (where, form) => {
    const answer = await fetch(where, { redirect: 'manual', method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form),
      headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      jar.set(name, value);
    }
    return answer;
  };
  for (let step = 0; step < 20; step++) {
    let answer = await get(url);
    if (answer.status === 200) {
      const html = await answer.text();
      const asks = html.includes('name="login"');
      answer = await get(new URL(action(html), url), asks ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' });
    }
    const next = answer.headers.get('location');
    if (!next) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    url = new URL(next, url).href;
    if (url.startsWith(client.redirect)) return new URL(url);
  }
  throw new Error('the provider sends us in circles');
}
