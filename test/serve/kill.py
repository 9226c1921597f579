#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
"""Processes are killed under writers: kill.py PROGRAM

A service in trial mode is written to by several programs at once, while its processes, its database, and at last all of
it, are killed by SIGKILL. Each write has a key of its own and is sent again until it is answered. Afterwards every
acknowledged write must be there once, none twice, each with its line in the audit.

  KILLS=20        how often, all together; ./dev nightly takes more
  KILL_WRITERS=6  writers at once
  KILL_PATH, KILL_BODY, KILL_COUNT   another write: the path ({candidate}), the JSON ({key}), and SQL that answers a line for each
                                     row with its key
"""
import base64, http.client, json, os, random, shutil, signal, socket, struct, subprocess, sys, tempfile, threading, time

program = os.path.realpath(sys.argv[1])
kills = int(os.environ.get("KILLS", "20"))
writers = int(os.environ.get("KILL_WRITERS", "6"))
path = os.environ.get("KILL_PATH", "/api/v1/candidates/{candidate}/notes")
body = os.environ.get("KILL_BODY", '{{"text": "{key}", "language": "en"}}')
count_sql = os.environ.get("KILL_COUNT", "SELECT text FROM lg.note")
victims = ["web", "auth", "match", "jobs", "database"]
BACK_S = 120  # sanitizers, and machines that run other tests at the same time, are slow; what it took is printed

cases = 0


def case(name, right, said=()):
    global cases
    cases += 1
    print(f"{'ok' if right else 'not ok'} {cases} - {name}")
    for line in said:
        print(f"# {line}")
    sys.stdout.flush()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Service:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="lg-kill-")
        os.chmod(self.dir, 0o755)
        self.state = self.dir + "/state"
        self.port, self.metrics = free_port(), free_port()
        self.log = open(self.dir + "/log", "ab")
        self.process = None

    def start(self, **settings):
        env = dict(os.environ, **settings, PORT=str(self.port), LANDGANG_METRICS_PORT=str(self.metrics), LANDGANG_STATE_FOLDER=self.state)
        env.pop("DATABASE_URL", None)
        self.process = subprocess.Popen([program, "serve"], env=env, stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        if not line.startswith("ready: "):
            raise RuntimeError("the service did not start: " + open(self.dir + "/log").read()[-2000:])

    def pid(self, name):
        """Of a process of the service; None: it is not there just now."""
        mine = self.process.pid
        for pid in open(f"/proc/{mine}/task/{mine}/children").read().split():
            try:
                words = open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")
            except OSError:
                continue
            if name == "database" and words[0].endswith(b"/postgres"):
                return int(pid)
            if b"--child" in words and words[words.index(b"--child") + 1] == name.encode():
                return int(pid)
        return None

    def is_healthy(self):
        try:
            c = http.client.HTTPConnection("127.0.0.1", self.metrics, timeout=5)
            c.request("GET", "/health")
            return c.getresponse().status == 200
        except OSError:
            return False
        except http.client.HTTPException:
            return False
        finally:
            c.close()

    def sql(self, text):
        env = dict(os.environ, PGPASSWORD=open(self.state + "/postgresql/superuser").read())
        where = ["-h", self.state + "/postgresql/run", "-U", "postgres", "-d", "landgang"]
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *where, "-c", text], env=env,
                              capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise RuntimeError(f"{text}: {done.stderr}")
        return done.stdout.strip().split("\n")[-1] if done.stdout.count("\n") < 2 else done.stdout.strip()

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.dir, ignore_errors=True)


def prepare(s):
    """An office, and a program of it that may write. Answers its bearer token."""
    tokens = [os.urandom(32), os.urandom(32)]
    tenant = s.sql("SELECT lg_gate.create_tenant('municipality_dk', 'Vinterby', 'en')")
    account = s.sql(f"SELECT lg_gate.create_user({tenant}, 'kim@vinterby.example', 'Kim', 'en', '{{administrator}}', NULL, NULL)")
    s.sql(f"SELECT lg_gate.session_open('{account}', {tenant}, '\\x{tokens[0].hex()}', 'totp', '', '')")
    secret = "\\x" + "5a" * 32
    client = s.sql(f"SELECT lg_gate.enter('\\x{tokens[0].hex()}'); "
                   f"SELECT lg_gate.client_create('Writer', '{{caseworker}}', '{secret}')").split("\n")[-1]
    s.sql(f"SELECT lg_gate.bearer_open('{client}', '{secret}', '\\x{tokens[1].hex()}')")
    return tokens[0], base64.urlsafe_b64encode(tokens[1]).decode().rstrip("=")


class Writer(threading.Thread):
    """Sends one write after the other; what is not answered, or answered with 5xx or 429, is sent again."""

    def __init__(self, s, number, bearer, to):
        super().__init__()
        self.s, self.number, self.bearer, self.to = s, number, bearer, to
        self.acknowledged, self.refused, self.tries, self.stop = [], [], 0, False
        self.connection = None

    def send(self, key):
        headers = {"Authorization": "Bearer " + self.bearer, "Content-Type": "application/json", "Idempotency-Key": key}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.s.port, timeout=10)
            self.connection.request("POST", self.to, body.format(key=key), headers)
            answer = self.connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            return 0

    def run(self):
        n = 0
        while not self.stop:
            key = f"w{self.number}-{n}"
            n += 1
            while True:
                self.tries += 1
                status = self.send(key)
                if 200 <= status < 300:
                    self.acknowledged.append(key)
                    break
                if status and status < 500 and status not in (409, 429):
                    self.refused.append((key, status))
                    break
                time.sleep(0.05)


def register(s, bearer):
    c = http.client.HTTPConnection("127.0.0.1", s.port, timeout=20)
    someone = {"person": {"given_name": "Dmytro", "family_name": "Bondar"}, "basis": {"legal_basis": "public_task"}}
    c.request("POST", "/api/v1/candidates", json.dumps(someone),
              {"Authorization": "Bearer " + bearer, "Content-Type": "application/json", "Idempotency-Key": "first"})
    answer = c.getresponse()
    said = answer.read().decode()
    if answer.status != 201:
        raise RuntimeError(f"nobody could be registered: {answer.status} {said}")
    return json.loads(said)["id"]


def wait_back(s):
    begun = time.monotonic()
    while time.monotonic() - begun < BACK_S:
        if s.is_healthy():
            return time.monotonic() - begun
        time.sleep(0.02)
    return None


def answers(s, name):
    """Asked itself: /health tells what was seen in the last two seconds."""
    try:
        if name == "database":
            return s.sql("SELECT 1") == "1"
        if name == "auth":
            with socket.socket(socket.AF_UNIX) as c:
                c.settimeout(5)
                c.connect(s.state + "/run/auth.sock")
                question = b'{"call": "health"}'
                c.sendall(struct.pack(">I", len(question)) + question)
                return b"done" in c.recv(200)
        return s.is_healthy()
    except (OSError, RuntimeError):
        return False


def kill_one(s, name):
    """SIGKILL, and how long it took until another one was there and all was well."""
    pid = None
    while pid is None:
        pid = s.pid(name)
    os.kill(pid, signal.SIGKILL)
    begun = time.monotonic()
    while time.monotonic() - begun < BACK_S:
        if s.pid(name) not in (None, pid) and answers(s, name) and s.is_healthy():
            return time.monotonic() - begun
        time.sleep(0.01)
    return None


def kill_all(s):
    """The supervisor: nothing of it may be left, and the next start takes over."""
    os.kill(s.process.pid, signal.SIGKILL)
    s.process.wait()
    begun = time.monotonic()
    s.start()
    return time.monotonic() - begun if s.is_healthy() else None


def main():
    random.seed(int(os.environ.get("KILL_SEED", str(os.getpid()))))
    s = Service()
    try:
        s.start()
        session, bearer = prepare(s)
        to = path.format(candidate=register(s, bearer))
        all_writers = [Writer(s, i, bearer, to) for i in range(writers)]
        for w in all_writers:
            w.start()
        took = {name: [] for name in victims + ["all of it"]}
        for i in range(kills):
            time.sleep(random.uniform(0.1, 0.5))
            name = victims[i % len(victims)]
            took[name].append(kill_one(s, name))
        took["all of it"].append(kill_all(s))
        time.sleep(0.5)
        for w in all_writers:
            w.stop = True
        for w in all_writers:
            w.join(60)
        back = wait_back(s)

        acknowledged = [key for w in all_writers for key in w.acknowledged]
        there = s.sql(count_sql).split("\n")
        n = {key: there.count(key) for key in set(there)}
        lost = [key for key in acknowledged if key not in n]
        double = [key for key in n if n[key] > 1]
        tries = sum(w.tries for w in all_writers)
        figures = [f"{len(acknowledged)} acknowledged in {tries} tries, {len(there)} there"]
        for name, times in took.items():
            good = [t for t in times if t is not None]
            figures.append(f"{name}: killed {len(times)} times, back after {max(good, default=0):.2f} s at most")
        case("there were writers all the while", len(acknowledged) > 5 * kills and tries > len(acknowledged), figures)
        case("each time it came back", all(t is not None for times in took.values() for t in times) and back is not None)
        case("nothing that was acknowledged is lost", not lost, lost[:5])
        case("nothing is there twice", not double, double[:5])
        refused = [r for w in all_writers for r in w.refused]
        case("nothing was refused that is right", not refused, [str(r) for r in refused[:5]])
        if "KILL_COUNT" not in os.environ:
            lines = s.sql("SELECT count(*) FROM lg.audit WHERE verb = 'noted'")
            case("each has its line in the audit", int(lines) == len(there), [f"{lines} lines, {len(there)} notes"])
            wrong = s.sql(f"SELECT lg_gate.seal_audit(); BEGIN; SELECT lg_gate.enter('\\x{session.hex()}'); "
                          "SELECT 'wrong: ' || count(*) FROM lg.verify_audit(); COMMIT").split("\n")[-1]
            case("the audit's chain holds", wrong == "wrong: 0", [wrong])
        pids = [s.pid(name) for name in victims]
        s.process.send_signal(signal.SIGTERM)
        case("and it ends as it is told", s.process.wait(60) == 0 and not any(os.path.exists(f"/proc/{p}") for p in pids))
    finally:
        s.end()
    print(f"1..{cases}")


if __name__ == "__main__":
    main()
