#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
"""What sipp does not do: compute a digest anew, and send what no exchange would.

exchange.py digest USER PASSWORD METHOD < the header Authorization     is it right? (RFC 2617)
exchange.py elsewhere FROM_PORT TO_PORT CONTACT                        a good call that is not the exchange's: nobody answers
exchange.py nonsense FROM_PORT TO_PORT CONTACT                         from the exchange's own port
"""
import hashlib
import re
import socket
import sys


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def digest(user, password, method):
    header = dict(re.findall(r'(\w+)="?([^",]+)"?', sys.stdin.read()))
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
    {'digest': digest, 'elsewhere': elsewhere, 'nonsense': nonsense}[sys.argv[1]](*sys.argv[2:])
