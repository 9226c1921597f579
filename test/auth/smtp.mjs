/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
// A mail server on loopback. Says "port N", then a line of JSON for each mail that it took: {"to": [..], "text": ".."}.
// never@... is refused for good, later@... the first time, drop@... is cut off in the middle; the others are taken.
import { SMTPServer } from 'smtp-server';

const seen = new Set();
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo({ address }, session, done) {
    const refuse = (code, text) => done(Object.assign(new Error(text), { responseCode: code }));
    if (address.startsWith('never@')) return refuse(550, 'no such person');
    if (address.startsWith('later@') && !seen.has(address)) { seen.add(address); return refuse(451, 'come again'); }
    return done();
  },
  onData(stream, session, done) {
    let text = '';
    const to = session.envelope.rcptTo.map((r) => r.address);
    stream.setEncoding('utf8');
    stream.on('data', (piece) => { text += piece; });
    stream.on('end', () => {
      if (to[0].startsWith('drop@') && !seen.has(to[0])) {
        seen.add(to[0]);
        return server.connections.forEach((c) => c._socket.destroy());
      }
      console.log(JSON.stringify({ to, text }));
      return done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume(); // it ends with whoever started it
