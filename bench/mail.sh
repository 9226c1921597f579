#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# The outbox emptied into a real SMTP server:  bench/mail.sh BUILD [MAILS [KILLS]]   (10,000 and 100)
# Once undisturbed, once with the process that does it killed by SIGKILL; test/serve/mail_kill.py tells how.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for kills in 0 "${3:-100}"; do
	MAILS=${2:-10000} KILLS=$kills test/serve/mail_kill.py "$1/src/cmd/landgang" test/auth/smtp.mjs
done
