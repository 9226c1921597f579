#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# A mail server that pipes into a command, as an office has one:  exim.sh DIR PORT COMMAND...
# Debian's Exim, not installed but unpacked by ./dev into test/auth/exim, so that no configuration of the machine is touched and no other
# mail server has to go. It runs as nobody when we are root, on loopback only, with its queue in DIR, and tries again after a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$(realpath "$1") port=$2
shift 2
uid=$(id -u) gid=$(id -g) lower=()
if [[ $uid -eq 0 ]]; then
	uid=65534 gid=65534 lower=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	chown 65534:65534 "$dir"
fi
cp "$here/exim/usr/sbin/exim4" "$dir/exim4" # where nobody may enter
chmod 0755 "$dir/exim4"
{ cat /etc/passwd; echo "Debian-exim:x:$uid:$gid::$dir:/bin/sh"; } >"$dir/passwd"
{ cat /etc/group; echo "Debian-exim:x:$gid:"; } >"$dir/group"
cat >"$dir/conf" <<TXT
primary_hostname = mx.randers.example
exim_path = $dir/exim4
spool_directory = $dir/spool
log_file_path = $dir/spool/%slog
pid_file_path = $dir/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $port
tls_advertise_hosts =
deliver_drop_privilege
keep_environment = LD_PRELOAD : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP
message_size_limit = 30M
remote_max_parallel = 4
acl_smtp_rcpt = take
begin acl
take:
  accept
begin routers
pipe:
  driver = accept
  transport = landgang
begin transports
landgang:
  driver = pipe
  command = $*
  return_path_add
  envelope_to_add
  delivery_date_add
  temp_errors = 75
  return_fail_output
  timeout = 120s
begin retry
* * F,10m,1s
TXT
wrapper=$(find /usr/lib -name libnss_wrapper.so | head -n 1)
mkdir -p "$dir/spool"
[[ ${#lower[@]} -eq 0 ]] || chown 65534:65534 "$dir/spool"
exec env LD_PRELOAD="$wrapper" NSS_WRAPPER_PASSWD="$dir/passwd" NSS_WRAPPER_GROUP="$dir/group" \
	"${lower[@]}" "$dir/exim4" -C "$dir/conf" -bdf -q1s
