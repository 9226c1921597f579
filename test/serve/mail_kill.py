#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
"""The outbox is emptied into a real SMTP server while the process that does it is killed: mail_kill.py PROGRAM SMTP.MJS

MAILS mails stand in the outbox of a service in trial mode; the jobs process is killed by SIGKILL KILLS times, each time when a random
number of mails has come, within some milliseconds. At the end every mail must have come; what came twice must bear the same Message-ID,
and there may be no more of it than kills. Without kills nothing comes twice.

  MAILS=500  KILLS=5  MAIL_SEED   ./dev bench mail takes 10,000 mails, without kills and with 100
"""
import collections, json, os, random, re, signal, subprocess, sys, threading, time
import kill

mails = int(os.environ.get("MAILS", "500"))
kills = int(os.environ.get("KILLS", "5"))
AT_LAST_S = 600


class Sink:
    """The SMTP server; what it has taken, in the order in which it came."""

    def __init__(self, script):
        self.process = subprocess.Popen(["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])
        self.came = []  # (to, Message-ID, text but for its date)
        self.more = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            mail = json.loads(line)
            mid = re.search(r"^Message-ID: (<[^>\r]+>)", mail["text"], re.M).group(1)
            with self.more:
                self.came.append((mail["to"][0], mid))
                self.more.notify_all()

    def wait(self, n, seconds):
        with self.more:
            return self.more.wait_for(lambda: len(self.came) >= n, seconds)

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


def order(s):
    s.sql("SELECT lg_gate.create_tenant('municipality_dk', 'Vinterby', 'da')")
    s.sql("INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data) SELECT 1, 'reset', 'p' || n || '@vinterby.example', "
          f"'da', '{{\"path\": \"/reset/x\", \"minutes\": 30}}' FROM generate_series(1, {mails}) n")


def kill_jobs(s, sink, at):
    """When so many have come; the next begins once there is another process."""
    if not sink.wait(at, AT_LAST_S):
        return False
    time.sleep(random.uniform(0, 0.008))
    pid = s.pid("jobs")
    until = time.monotonic() + kill.BACK_S
    while pid is None and time.monotonic() < until:
        time.sleep(0.005)
        pid = s.pid("jobs")
    if pid is None:
        return False
    os.kill(pid, signal.SIGKILL)
    while s.pid("jobs") in (None, pid) and time.monotonic() < until:
        time.sleep(0.005)
    return True


def main():
    seed = int(os.environ.get("MAIL_SEED", str(os.getpid())))
    random.seed(seed)
    sink, s = Sink(sys.argv[2]), kill.Service()
    try:
        s.start(LANDGANG_MAIL_URL=f"smtp://127.0.0.1:{sink.port}", LANDGANG_LOG_LEVEL="error")
        begun = time.monotonic()
        order(s)
        done = sum(kill_jobs(s, sink, at) for at in sorted(random.sample(range(mails), kills)))
        waiting = "SELECT count(*) FROM lg.outbox WHERE sent IS NULL"
        until = time.monotonic() + AT_LAST_S
        while s.sql(waiting) != "0" and time.monotonic() < until:
            time.sleep(0.2)
        took = time.monotonic() - begun
        time.sleep(1)  # nothing more may come
        came = collections.Counter(to for to, _ in sink.came)
        ids = collections.defaultdict(set)
        for to, mid in sink.came:
            ids[to].add(mid)
        rows = dict(line.split("|") for line in s.sql(
            "SELECT to_mail || '|<' || message_id || '@landgang.example>' FROM lg.outbox").split("\n"))
        lost = [to for to in rows if to not in came]
        twice = [to for to in came if came[to] > 1]
        too_much = sum(came.values()) - len(came)
        other = [to for to in came if ids[to] != {rows.get(to)}]
        figures = [f"{mails} mails, {done} kills (seed {seed}), {took:.1f} s: {sum(came.values())} came, {len(lost)} lost, "
                   f"{too_much} came once more"]
        kill.case("it was killed as often as was meant", done == kills, figures)
        kill.case("no mail is lost", len(rows) == mails and not lost and s.sql(waiting) == "0", lost[:5])
        kill.case("at most one comes once more for each kill", too_much <= done, [str(twice[:5])])
        kill.case("each bears the Message-ID of its row, however often it came", not other, other[:5])
        kill.case("nothing was given up", s.sql("SELECT count(*) FROM lg.outbox WHERE next_at IS NULL") == "0")
    finally:
        s.end()
        sink.end()
    print(f"1..{kill.cases}")


if __name__ == "__main__":
    main()
