#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
"""What sipp does not do: compute a digest anew, and send what no exchange would.

exchange.py digest USER PASSWORD METHOD < the header Authorization     is it right? (RFC 2617)
exchange.py elsewhere FROM_PORT TO_PORT CONTACT                        a good call that is not the exchange's: nobody answers
exchange.py tcp PORT USER PASSWORD CALL                                a registrar and a call on one connection
exchange.py nonsense FROM_PORT TO_PORT CONTACT                         from the exchange's own port
"""
import hashlib
import re
import socket
import sys
import time


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def digest(user, password, method, text=None):
    header = dict(re.findall(r'(\w+)="?([^",]+)"?', text or sys.stdin.read()))
    secret = md5(f'{user}:{header["realm"]}:{password}')
    asked = md5(f'{method}:{header["uri"]}')
    middle = f'{header["nonce"]}:{header["nc"]}:{header["cnonce"]}:{header["qop"]}' if 'qop' in header else header['nonce']
    if header['username'] != user or header['response'] != md5(f'{secret}:{middle}:{asked}'):
        sys.exit(f'the digest is wrong: {header}')


def open_port(source):
    there = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    there.bind(('127.0.0.1', int(source)))
    return there


def invite(source, target, contact):
    line = f'INVITE sip:{contact}@127.0.0.1:{target} SIP/2.0\r\n'
    via = f'Via: SIP/2.0/UDP 127.0.0.1:{source};branch=z9hG4bK'
    return line, (line + via + '%s\r\nFrom: <sip:1@x>;tag=1\r\nTo: <sip:2@x>\r\nCall-ID: %s\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\n%s'
                  'Content-Length: 0\r\n\r\n')


def elsewhere(source, target, contact):
    there = open_port(source)
    there.settimeout(1)
    whole = invite(source, target, contact)[1] % (1, 'elsewhere-1', '')
    for message in (whole, whole.replace('INVITE', 'OPTIONS'), whole.replace('INVITE', 'CANCEL')):
        there.sendto(message.encode(), ('127.0.0.1', int(target)))
    try:
        sys.exit(f'it answered: {there.recv(2000)}')
    except TimeoutError:
        pass


def tcp(port, user, password, call):
    """Over TCP a call comes on the connection of the registration, in pieces as they fall."""
    listening = socket.create_server(('127.0.0.1', int(port)))
    listening.settimeout(15)
    there = listening.accept()[0]
    there.settimeout(5)
    waiting = b''

    def read():
        nonlocal waiting
        while b'\r\n\r\n' not in waiting:
            got = there.recv(4096)
            if not got:
                sys.exit('it hung up')
            waiting += got
        one, waiting = waiting.split(b'\r\n\r\n', 1)
        return one.decode()

    def header(message, name):
        return re.search(rf'^{name}: *(.*)$', message, re.M | re.I).group(1).strip()

    def answer(message, status, more=''):
        lines = [f'{name}: {header(message, name)}' for name in ('Via', 'From', 'Call-ID', 'CSeq')]
        there.sendall('\r\n'.join([f'SIP/2.0 {status}', *lines, f'To: {header(message, "To")};tag=1', more + 'Content-Length: 0', '', '']).encode())

    answer(read(), '401 Unauthorized', 'WWW-Authenticate: Digest realm="pbx.example", nonce="f00d", algorithm=MD5\r\n')
    again = read()
    digest(user, password, 'REGISTER', header(again, 'Authorization'))
    contact = re.search(r'<(sip:[^>]+)>', header(again, 'Contact')).group(1)
    answer(again, '200 OK', f'Contact: <{contact}>;expires=120\r\n')

    def send(method, number, more=''):
        whole = (f'{method} {contact} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bKtcp\r\nFrom: <sip:86123461@pbx.example>;tag=9\r\n'
                 f'To: <sip:{user}@pbx.example>\r\nCall-ID: {call}\r\nCSeq: {number} {method}\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n').encode()
        for at in range(0, len(whole), 40):
            there.sendall(whole[at:at + 40])
            time.sleep(0.002)

    def expect(*statuses):
        got = [read().split()[1] for _ in statuses]
        if got != list(statuses):
            sys.exit(f'{got}, not {statuses}')

    send('INVITE', 1)
    expect('100', '180')
    send('CANCEL', 1, 'Reason: SIP;cause=200;text="Call completed elsewhere"\r\n')
    expect('200', '487')
    send('ACK', 1)


def nonsense(source, target, contact):
    there = open_port(source)
    line, whole = invite(source, target, contact)
    messages = [
        '', '\r\n\r\n', '\0' * 100, 'INVITE', line, line + '\r\n', 'SIP/2.0 200 OK\r\n\r\n', 'SIP/2.0 999999999999 x\r\n\r\n',
        whole.replace('Call-ID', 'X-ID') % (1, 'n', ''), whole.replace('From', 'X-From') % (2, 'n', ''),
        whole.replace('CSeq: 1', 'CSeq: 99999999999999') % (3, 'n', ''), whole.replace('Via', 'X-Via') % (4, 'n', ''),
        whole % (5, 'n' * 300, ''), whole % (6, 'n\x01\x02', ''), whole.replace('Length: 0', 'Length: -1') % (7, 'n7', ''),
        whole.replace('Length: 0', 'Length: 4000000000') % (8, 'n8', ''), whole % (9, 'n' * 60000, ''),
        whole.replace('sip:1@x', 'sip:%zz%00%ff@x') .replace('%zz', '%%zz').replace('%00', '%%00').replace('%ff', '%%ff') % (10, 'odd-1', ''),
        whole % (11, 'odd-2', 'P-Asserted-Identity: <sip:@>, "x" <tel:>\r\nRemote-Party-ID: ;;;privacy\r\nPrivacy: ;;\r\n'),
        whole % (12, 'odd-3', 'P-Asserted-Identity: <sip:' + '9' * 500 + '@x>\r\n'),
        whole % (13, 'odd-4', 'P-Asserted-Identity: <tel:+4586123499>\r\n'),
        'CANCEL sip:x SIP/2.0\r\nReason: SIP;cause=200\r\n\r\n',
        (whole % (13, 'odd-4', 'Reason: SIP;;;cause="200";text="\\\r\n')).replace('INVITE', 'CANCEL'),
        (whole % (99, 'never', '')).replace('INVITE', 'BYE'), (whole % (98, 'never', '')).replace('INVITE', 'CANCEL'),
        whole.replace('INVITE sip', 'INVITE tel') % (14, 'n14', ''), whole.replace('SIP/2.0\r\nVia', 'SIP/9.9\r\nVia') % (15, 'n15', ''),
    ]
    for message in messages:
        there.sendto(message.encode('latin-1')[:65000], ('127.0.0.1', int(target)))
    for i in range(2000):  # every beginning of a good one
        there.sendto((whole % (f'c{i}', 'cut', ''))[: i % 400].encode(), ('127.0.0.1', int(target)))


if __name__ == '__main__':
    {'digest': digest, 'elsewhere': elsewhere, 'nonsense': nonsense, 'tcp': tcp}[sys.argv[1]](*sys.argv[2:])
