#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
"""Mails through a real mail server into the service, and its answers out again: mail_in.py PROGRAM SMTP.MJS EXIM.SH

Exim takes mails by SMTP and pipes each into `landgang mail-in`; between that and the service stands a line of ours that loses some
answers: the web process has done its work and is killed by SIGKILL before it is heard. Each mail must become one enquiry, confirmed
once; machines are set aside; a reply to a confirmation finds its enquiry.

  MAILS=30  KILLS=6
"""
import base64, email.message, http.client, os, random, re, shutil, signal, smtplib, socket, subprocess, sys, tempfile, threading, time
import kill, mail_kill

mails = int(os.environ.get("MAILS", "30"))
kills = int(os.environ.get("KILLS", "6"))
AT_LAST_S = int(os.environ.get("MAIL_WAIT_S", "240"))


class Line(threading.Thread):
    """Passes each connection on; of mails, the answers that `lose` says are lost, and who gave them is killed."""

    def __init__(self, s):
        super().__init__(daemon=True)
        self.s, self.lose, self.lost, self.lock = s, 0, 0, threading.Lock()
        self.listen = socket.create_server(("127.0.0.1", 0))
        self.port = self.listen.getsockname()[1]

    def run(self):
        while True:
            c, _ = self.listen.accept()
            threading.Thread(target=self.pass_on, args=(c,), daemon=True).start()

    def pass_on(self, c):
        try:
            with c, socket.create_connection(("127.0.0.1", self.s.port), 20) as up:
                c.settimeout(20)
                up.settimeout(20)
                while self.one(c, up):
                    pass
        except OSError:
            pass

    def one(self, c, up):
        """One request and its answer. False: the line is down."""
        head = b""
        while b"\r\n\r\n" not in head:
            some = c.recv(65536)
            if not some:
                return False
            head += some
        first, _, body = head.partition(b"\r\n\r\n")
        length = int(re.search(rb"content-length: *(\d+)", first, re.I).group(1))
        up.sendall(head)
        while len(body) < length:
            some = c.recv(65536)
            if not some:
                return False
            up.sendall(some)
            body += some
        r = http.client.HTTPResponse(up)
        r.begin()
        said = r.read()
        if first.startswith(b"POST /api/v1/mails") and r.status == 201:
            with self.lock:
                if self.lose > 0:
                    self.lose -= 1
                    # After a kill for another answer there is none for a moment.
                    if until_true(lambda: self.s.pid("web"), 30):
                        os.kill(self.s.pid("web"), signal.SIGKILL)
                        self.lost += 1
                    return False
        lines = b"".join(f"{k}: {v}\r\n".encode() for k, v in r.getheaders() if k.lower() not in ("transfer-encoding", "connection", "content-length"))
        c.sendall(f"HTTP/1.1 {r.status} x\r\n".encode() + lines + f"Content-Length: {len(said)}\r\n\r\n".encode() + said)
        return True


class Exim:
    def __init__(self, script, port, command):
        self.dir = tempfile.mkdtemp(prefix="lg-exim-")
        os.chmod(self.dir, 0o755)
        self.port = port
        self.process = subprocess.Popen([script, self.dir, str(port), *command], stdin=subprocess.DEVNULL,
                                        stderr=open(self.dir + "/said", "wb"))
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                smtplib.SMTP("127.0.0.1", port, timeout=5).quit()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Exim did not start: " + open(self.dir + "/said").read())

    def send(self, sender, text):
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as c:
            c.sendmail(sender, ["hotline@randers.example"], text)

    def log(self):
        try:
            return open(self.dir + "/spool/mainlog").read()
        except OSError:
            return ""

    def waiting(self):
        try:
            return sum(1 for _, _, names in os.walk(self.dir + "/spool/input") for n in names if n.endswith("-H"))
        except OSError:
            return 0

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.dir, ignore_errors=True)


def prepare(s, where):
    """An office with a hotline, and the program of its mail server. Answers its id."""
    token, secret = os.urandom(32), os.urandom(32)
    tenant = s.sql("SELECT lg_gate.create_tenant('region_dk', 'Randers', 'da')")
    account = s.sql(f"SELECT lg_gate.create_user({tenant}, 'kim@randers.example', 'Kim', 'en', '{{administrator}}', NULL, NULL)")
    s.sql(f"SELECT lg_gate.session_open('{account}', {tenant}, '\\x{token.hex()}', 'totp', '', '')")
    client = s.sql(f"SELECT lg_gate.enter('\\x{token.hex()}'); "
                   f"SELECT lg_gate.client_create('Mail server', '{{mailbox}}', '\\x{secret.hex()}')").split("\n")[-1]
    s.sql("INSERT INTO lg.entrance (tenant_id, id, name, phone, mail, hours) VALUES "
          f"({tenant}, gen_random_uuid(), 'Randers hotline', '+45 86 12 34 56', 'hotline@randers.example', 'mon-fri 08:00-15:30')")
    with open(where, "w") as f:
        f.write(base64.urlsafe_b64encode(secret).decode().rstrip("=") + "\n")
    os.chmod(where, 0o644)
    return client


def text_of(n, **more):
    m = email.message.EmailMessage()
    m["From"], m["To"], m["Subject"] = f"Søren Å <p{n}@vinterby.example>", "hotline@randers.example", f"Spørgsmål {n}"
    m["Message-ID"] = f"<m{n}@vinterby.example>"
    for k, v in more.items():
        m[k.replace("_", "-")] = v
    m.set_content(f"Hvor mange sygeplejersker? ({n})")
    return m.as_bytes()


def until_true(what, seconds=AT_LAST_S):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.1)
    return False


def main():
    if not os.path.exists(os.path.dirname(sys.argv[3]) + "/exim/usr/sbin/exim4"):
        print("1..0 # SKIP test/auth/exim is missing: ./dev test unpacks it")
        return
    seed = int(os.environ.get("MAIL_SEED", str(os.getpid())))
    random.seed(seed)
    sink, s, exim = mail_kill.Sink(sys.argv[2]), kill.Service(), None
    try:
        s.start(LANDGANG_MAIL_URL=f"smtp://127.0.0.1:{sink.port}", LANDGANG_LOG_LEVEL="error")
        line = Line(s)
        line.start()
        client = prepare(s, s.dir + "/secret")
        program = s.dir + "/landgang"  # where nobody may enter
        shutil.copy(kill.program, program)
        exim = Exim(sys.argv[3], kill.free_port(), [program, "mail-in", "--service", f"http://127.0.0.1:{line.port}", "--client",
                                                    client, "--secret-file", s.dir + "/secret"])
        begun = time.monotonic()
        gone = sorted(random.sample(range(mails), kills))
        for n in range(mails):
            if n in gone:
                with line.lock:
                    line.lose += 1
            exim.send(f"p{n}@vinterby.example", text_of(n))
        exim.send("", text_of(900, Auto_Submitted="auto-replied"))
        exim.send("news@x.example", text_of(901, List_Id="<n.x.example>"))
        here = until_true(lambda: exim.waiting() == 0 and s.sql("SELECT count(*) FROM lg.enquiry_mail WHERE way = 'in'") == str(mails + 2))
        took = time.monotonic() - begun
        kill.case("every mail that the mail server took is here", here,
                  [f"{mails + 2} mails, {line.lost} answers lost with the web process (seed {seed}), {took:.1f} s",
                   *([] if here else exim.log().split("\n")[-12:])])
        kill.case("answers were lost as often as was meant", line.lost == kills, [str(line.lost)])
        kill.case("each is one enquiry", s.sql("SELECT count(*) || ' ' || count(DISTINCT caller_mail) FROM lg.enquiry") == f"{mails} {mails}",
                  [s.sql("SELECT count(*) || ' ' || count(DISTINCT caller_mail) FROM lg.enquiry")])
        kill.case("machines are set aside", s.sql("SELECT string_agg(sort, ' ' ORDER BY sort) FROM lg.enquiry_mail WHERE enquiry_id IS NULL")
                  == "bulk machine")
        kill.case("letters are letters: nothing of them stands in the open", s.sql(
            "SELECT count(*) FROM lg.enquiry e WHERE e::text LIKE '%sygeplejersker%'") == "0")
        all_there = sink.wait(mails, AT_LAST_S)
        time.sleep(1)
        to = sorted(t for t, _ in sink.came)
        kill.case("each is confirmed once", all_there and to == sorted(f"p{n}@vinterby.example" for n in range(mails)), [f"{len(to)} came"])
        # A reply to the confirmation, as a program for mail writes one.
        asked, answered = sink.came[0]
        exim.send(asked, text_of(902, In_Reply_To=answered).replace(b"p902@vinterby.example", asked.encode()))
        kill.case("a reply finds its enquiry", until_true(lambda: s.sql(
            "SELECT count(*) FROM lg.enquiry_mail m JOIN lg.enquiry e ON e.id = m.enquiry_id "
            f"WHERE m.message_id = 'm902@vinterby.example' AND e.caller_mail = '{asked}'") == "1", 60))
        kill.case("and no other is begun", s.sql("SELECT count(*) FROM lg.enquiry") == str(mails))
        # The same mail eight times at once.
        command = [program, "mail-in", "--service", f"http://127.0.0.1:{line.port}", "--client", client, "--secret-file", s.dir + "/secret"]
        many = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(8)]
        for one in many:
            threading.Thread(target=one.communicate, args=(text_of(905),)).start()
        status = sorted(one.wait(120) for one in many)
        kill.case("the same mail eight times at once is taken once, and whoever was late comes again",
                  set(status) <= {0, 75} and 0 in status and s.sql("SELECT count(*) FROM lg.enquiry") == str(mails + 1), [str(status)])
        # The service away: the mail server keeps the mail.
        s.process.send_signal(signal.SIGTERM)
        s.process.wait(60)
        exim.send("p903@vinterby.example", text_of(903))
        kept = until_true(lambda: "== hotline@randers.example" in exim.log().split("p903@")[-1], 60)
        s.start(LANDGANG_LOG_LEVEL="error")
        kill.case("while the service is away the mail server keeps the mail", kept and until_true(
            lambda: s.sql("SELECT count(*) FROM lg.enquiry") == str(mails + 2), 120), [] if kept else exim.log().split("\n")[-5:])
        # What can never be taken goes back to its sender, with words.
        exim.send("p904@vinterby.example", text_of(904) + b"x" * (26 << 20))
        kill.case("what is too large goes back", until_true(lambda: re.search(r"\*\* hotline@randers.example", exim.log()) is not None, 60))
    finally:
        if exim:
            exim.end()
        s.end()
        sink.end()
    print(f"1..{kill.cases}")


main()
