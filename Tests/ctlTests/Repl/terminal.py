"""Sessions of `clusterctl repl` on a real terminal: a pty, and a model of the screen behind it (pyte).

    terminal.py BINARY SCENARIO

Every step waits for what the screen has to show, and fails with a picture of the screen where it does not come.
"""

import fcntl
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

import pyte

PATIENCE = 60
BINARY = sys.argv[1]


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, words, columns=100, rows=24, **variables):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.received = b""
        self.folder = tempfile.mkdtemp(prefix="ctl-term-")
        environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "XDG_STATE_HOME": self.folder, "XDG_RUNTIME_DIR": self.folder,
        }
        environment.update(variables)
        self.fd, inner = os.openpty()
        # The size is there before the program asks for it.
        self.set_size(columns, rows)
        self.pid = os.fork()
        if self.pid == 0:
            os.login_tty(inner)
            for number in range(1, 32):
                if number not in (signal.SIGKILL, signal.SIGSTOP):
                    signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execvpe(words[0], words, environment)
        os.close(inner)
        self.status = None

    def set_size(self, columns, rows):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.set_size(columns, rows)

    def send(self, text):
        os.write(self.fd, text.encode() if isinstance(text, str) else text)

    def pump(self, seconds):
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        self.received += data
        self.stream.feed(data)
        return True

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    @property
    def row(self):
        """The row that the cursor is in."""
        return self.screen.display[self.screen.cursor.y].rstrip()

    def wait(self, what, condition=None):
        """Waits until the screen has a text, or a condition holds."""
        condition = condition or (lambda: what in self.text)
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for: {what}\n{self.picture}")
            if not self.pump(0.05) and not condition():
                raise AssertionError(f"the program ended before: {what}\n{self.picture}")

    def wait_for_run(self):
        """Waits until the editor has handed a line over: while it edits, it takes all keys as they are."""
        self.wait("a command that runs", lambda: termios.tcgetattr(self.fd)[3] & termios.IEXTEN)

    def prompt(self, text):
        """Waits until the cursor stands behind a prompt and nothing else."""
        self.wait(f"the prompt {text!r}", lambda: self.row == text.rstrip())

    @property
    def picture(self):
        bar = "-" * self.screen.columns
        return f"{bar}\n{self.text}\n{bar}\ncursor at row {self.screen.cursor.y}, column {self.screen.cursor.x}"

    def quit(self):
        """Ends the session as a person does, at its prompt."""
        self.wait("an empty prompt", lambda: self.row.endswith(">"))
        self.send("\x04")
        assert self.end() == 0, self.status

    def end(self):
        """Waits for the program's end; its exit status."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.pump(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
        raise AssertionError(f"the program does not end\n{self.picture}")

    def close(self):
        if self.status is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        os.close(self.fd)
        shutil.rmtree(self.folder, ignore_errors=True)


def connected(port, *options):
    """A session with the server on a port, at its prompt."""
    t = Terminal([BINARY, "repl", f"redis://127.0.0.1:{port}", *options])
    t.prompt(f"127.0.0.1:{port}>")
    return t


def embedded(**options):
    terminal = Terminal([BINARY, "repl", "--embedded"], **options)
    terminal.prompt("embedded>")
    return terminal


class Server:
    """A server that takes connections and gives every request the same answer, or none."""

    def __init__(self, answer=b""):
        self.answer = answer
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.received = b""
        self.connections = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            self.connections.append(connection)
            threading.Thread(target=self.read, args=(connection,), daemon=True).start()

    def read(self, connection):
        while data := connection.recv(4096):
            self.received += data
            connection.sendall(self.answer * data.count(b"*"))

    def drop(self):
        """Closes the connections."""
        for connection in self.connections:
            connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.connections.clear()

    def close(self):
        self.listener.close()

    @property
    def requests(self):
        """The words of the requests so far."""
        words = [line for line in self.received.split(b"\r\n") if line[:1] not in (b"*", b"$")]
        return b" ".join(words).decode()


def cluster(port=0):
    process = subprocess.Popen(
        [BINARY, "start", "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    return process, int(line.rsplit(":", 1)[1])


# Scenarios


def typing():
    t = embedded()
    t.send("set k 'a b'\r")
    t.wait("OK")
    t.send("get q\x7fk\r")
    t.wait('"a b"')
    t.send("lpush l 1 2\r")
    t.wait("(integer) 2")
    t.send("\x1b[A")
    t.wait("the last line again", lambda: t.row.startswith("embedded> lpush l 1 2"))
    t.send("\x15get k\x01\x1b[1;5C x\x17\r")
    t.wait("the edited line's reply", lambda: t.text.count('"a b"') == 2)
    t.quit()
    return t


def completion():
    t = embedded()
    t.send("hge\t")
    t.wait("the common part", lambda: t.row.startswith("embedded> hget"))
    t.send("\t")
    t.wait("the candidates", lambda: "hget  hgetall" in t.text.replace("hget     hgetall", "hget  hgetall"))
    t.send("a\t")
    t.wait("the whole name", lambda: t.row.startswith("embedded> hgetall key"))
    t.send("\x15set customer:1 v e\t10\r")
    t.wait("OK")
    t.send("get cus\t\r")
    t.wait("the completed key's reply", lambda: "get customer:1" in t.text and '"v"' in t.text)
    t.send(":hints of\t\r:hints on\r:mo\tj\t\r")
    t.wait(":mode json")
    t.send("get customer:1\r")
    t.wait("JSON", lambda: "\n\"v\"" in t.text)
    t.send("zunionstore d 1 k agg\tm\t")
    t.wait("a word of the grammar", lambda: "aggregate m" in t.row)
    t.send("\x04\x15\x04")
    return t


def hints():
    t = embedded()
    t.send("set ")
    t.wait("the arguments", lambda: t.row.startswith("embedded> set key value [EX seconds] [PX milliseconds] [NX|XX]"))
    assert t.screen.cursor.x == len("embedded> set "), t.picture
    t.send("k v ")
    t.wait("what is left", lambda: t.row == "embedded> set k v [EX seconds] [PX milliseconds] [NX|XX]")
    t.send("nx ")
    t.wait("less", lambda: t.row == "embedded> set k v nx [EX seconds] [PX milliseconds]")
    t.send("ex ")
    t.wait("the option's argument", lambda: t.row == "embedded> set k v nx ex seconds [PX milliseconds]")
    t.send("\x15keys")
    t.wait("a refused command is marked", lambda: "keys  refused by the Cluster edition" in t.row)
    t.send("\x15gett")
    t.wait("an unknown one", lambda: "gett  no Redis has this command: did you mean GET?" in t.row)
    t.send("\x15set k v keepttl ")
    t.wait("a later form", lambda: "KEEPTTL came with Redis 6.0.0" in t.row)
    t.send("\x15:hints off\rset ")
    t.wait("no hint", lambda: t.row == "embedded> set")
    t.send("\x15\x04")
    assert t.end() == 0
    return t


def search():
    t = embedded()
    t.send("set alpha 1\rset beta 2\rset gamma 3\r")
    t.wait("three replies", lambda: t.text.count("OK") == 3)
    t.send("\x12beta")
    t.wait("the found line", lambda: "set beta 2" in "\n".join(t.text.splitlines()[-2:]) and "bck:beta" in t.text)
    t.send("\r")
    t.wait("it is run", lambda: t.text.count("OK") == 4)
    t.quit()
    return t


def history():
    t = embedded()
    t.send("set k v\rauth secret-word\r get hidden\r")
    t.wait("the replies", lambda: "(nil)" in t.text)
    t.quit()
    path = os.path.join(t.folder, "clusterctl", "history")
    assert os.stat(path).st_mode & 0o777 == 0o600
    with open(path) as file:
        assert file.read() == "set k v\nauth (redacted)\n", open(path).read()
    second = Terminal([BINARY, "repl", "--embedded"], XDG_STATE_HOME=t.folder)
    second.prompt("embedded>")
    second.send("\x1b[A\x1b[A")
    second.wait("a line of the first session", lambda: second.row.startswith("embedded> set k v"))
    second.close()
    return t


def interrupt_line():
    t = embedded()
    t.send("set k half-typed")
    t.wait("half-typed")
    t.send("\x03")
    t.wait("a new prompt", lambda: "^C" in t.text and t.row == "embedded>")
    t.send("\x03\x03ping\r")
    t.wait("PONG")
    t.send("exists k\r")
    t.wait("(integer) 0")
    t.quit()
    return t


def interrupt_command():
    server = Server()
    t = connected(server.port)
    t.send("get k\r")
    t.wait("the request", lambda: b"GET" in server.received.upper())
    t.send("\x03")
    t.wait("interrupted: the connection is closed")
    t.prompt("not connected>")
    t.send("get other\r")
    t.wait("the next request", lambda: b"other" in server.received)
    t.send("\x03")
    t.wait("both interrupted", lambda: t.text.count("interrupted:") == 2)
    assert server.received.count(b"\r\nk\r\n") == 1, server.received
    t.quit()
    return t


def interrupt_transaction():
    t = embedded()
    t.send("multi\r")
    t.prompt("embedded(TX)>")
    t.send("set k v\r")
    t.wait("QUEUED")
    t.send("get k")
    # Before the next prompt there is no line to interrupt.
    t.prompt("embedded(TX)> get k")
    t.send("\x03")
    t.wait("the transaction is still open", lambda: "^C" in t.text and t.row == "embedded(TX)>")
    t.send("exec\r")
    t.wait("1) OK")
    t.prompt("embedded>")
    t.send("keys *\r")
    t.wait("the check's words", lambda: "warning: CTL001 refused-command: KEYS is refused by the target" in t.text)
    t.send(":check block\rkeys *\r")
    t.wait("not sent: CTL001")
    t.quit()
    return t


def paste():
    t = embedded()
    t.send("\x1b[200~set a 1\rset b 2\rget b\x1b[201~")
    t.wait("the first line alone", lambda: t.row.startswith("embedded> set a 1"))
    assert "OK" not in t.text, t.picture
    t.send("\r")
    t.wait("all three are run", lambda: t.text.count("OK") == 2 and '"2"' in t.text)
    t.prompt("embedded>")
    t.send("\x1b[200~get\rset a 5\rget a\x1b[201~\r")
    t.wait("the lines behind one that fails", lambda: "wrong number" in t.text and '"5"' in t.text)
    t.prompt("embedded>")
    t.send("\x1b[200~set c 1\rset d 1\x1b[201~\x03")
    t.wait("a paste is dropped", lambda: "^C" in t.text and t.row == "embedded>")
    t.send("exists d\r")
    t.wait("(integer) 0")
    t.quit()
    return t


def resize():
    t = embedded(columns=60)
    t.send("set k 0123456789 ")
    t.wait("a clipped hint", lambda: "[EX seconds]" in t.row and "[NX|XX]" not in t.row)
    t.resize(120, 24)
    t.wait("the whole hint", lambda: "[NX|XX]" in t.row)
    t.resize(40, 10)
    t.send("\rget k\r")
    t.wait('"0123456789"')
    t.quit()
    return t


def stop():
    t = Terminal(["bash", "--norc", "--noprofile", "-i"], PS1="shell$ ", BINARY=BINARY)
    t.prompt("shell$")
    t.send("$BINARY repl --embedded\r")
    t.prompt("embedded>")
    t.send("set k half")
    t.wait("embedded> set k half")
    t.send("\x1a")
    t.wait("the shell is back", lambda: "Stopped" in t.text and t.row == "shell$")
    t.send("fg\r")
    t.wait("the line is back", lambda: t.row.startswith("embedded> set k half"))
    t.send("way\x01\x1b[1;5C\x05 ")
    t.wait("the editor's keys and hints", lambda: t.row.startswith("embedded> set k halfway [EX seconds]"))
    t.send("\rget k\r")
    t.wait('"halfway"')
    t.prompt("embedded>")
    t.send("\x04")
    t.prompt("shell$")
    t.send("stty -a | grep -o ' echo '\r")
    t.wait("the terminal is as it was", lambda: "\n echo" in t.text)
    t.send("exit\r")
    t.end()
    return t


def reconnect():
    server, port = cluster()
    t = connected(port)
    name = f"127.0.0.1:{port}"
    t.send("watch k\rmulti\r")
    t.prompt(f"{name}(TX)>")
    server.terminate()
    server.wait()
    t.send("get k\r")
    t.wait("Could not connect to Redis at")
    t.prompt("not connected>")
    server, _ = cluster(port)
    t.send("ping\r")
    t.wait("not sent: the transaction that was open is lost")
    t.prompt(f"{name}>")
    assert "PONG" not in t.text, t.picture
    t.send("ping\r")
    t.wait("PONG")
    server.terminate()
    server.wait()
    t.quit()
    return t


def repeat_login():
    server = Server(b"+OK\r\n")
    t = connected(server.port, "--check", "off")
    name = f"127.0.0.1:{server.port}"
    t.send("auth")
    t.send("\r")
    t.wait("Password:")
    t.send("geheim\r")
    t.wait("OK")
    assert "geheim" not in t.text, t.picture
    t.send("select 3\r")
    t.prompt(f"{name}[3]>")
    server.drop()
    server.received = b""
    t.send("incr n\r")
    t.wait("the reply over a new connection", lambda: t.text.count("OK") == 3)
    assert "connecting again" in t.text, t.picture
    assert server.requests.split() == ["AUTH", "geheim", "SELECT", "3", "incr", "n"], server.requests
    t.prompt(f"{name}[3]>")
    t.send("\x04")
    assert t.end() == 0
    return t


def lost_in_a_script():
    server = Server(b"+OK\r\n")
    uri = f"redis://127.0.0.1:{server.port}"
    script = subprocess.Popen(
        [BINARY, "repl", uri, "--keep-going", "--check", "off"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    script.stdin.write("watch k\n")
    script.stdin.flush()
    assert script.stdout.readline() == "OK\n"
    server.drop()
    output, errors = script.communicate("set k 1\nset k 2\n", PATIENCE)
    assert "not sent: WATCH is lost with the connection" in errors and "(standard input):2: SET was not sent" in errors
    assert script.returncode == 3 and output == "" and server.requests.split() == ["watch", "k"], server.requests
    return server


def interrupt_waits():
    t = embedded(rows=40)
    pipe = os.path.join(t.folder, "pipe")
    os.mkfifo(pipe)
    t.send(f":source {pipe}\r")
    t.wait_for_run()
    t.send("\x03")
    # The terminal shows the key; so does the shell, if it comes before the command has begun.
    t.wait("nobody opens the pipe", lambda: t.text.count("^C") >= 1 and t.row == "embedded>")
    shown = t.text.count("^C")
    writer = os.open(pipe, os.O_RDWR)
    t.send(f":source {pipe}\r")
    t.wait("it is read", lambda: t.text.count(":source") == 2)
    t.wait_for_run()
    t.resize(90, 40)
    time.sleep(0.3)
    t.pump(0.1)
    assert t.row != "embedded>", t.picture
    t.send("\x03")
    t.wait("nobody writes to it", lambda: t.text.count("^C") > shown and t.row == "embedded>")
    os.close(writer)
    t.send("setrange k 900000 x\r:pager off\r:mode raw\r")
    t.wait("(integer) 900001")
    t.send("50 get k\r")
    t.wait("the output", lambda: len(t.received) > 20_000)
    t.send("\x03")
    t.wait("the rest is left out", lambda: t.row == "embedded>")
    assert len(t.received) < 20_000_000
    t.send(":watch 300 incr n\r")
    t.wait("the first", lambda: t.text.endswith("\n1"))
    t.resize(80, 40)
    time.sleep(0.3)
    t.pump(0.1)
    assert t.text.endswith("\n1"), t.picture
    t.send("\x03")
    t.prompt("embedded>")
    t.quit()
    return t


def connecting(port):
    """How many sockets wait for the server on a port to take them: they are in the state SYN_SENT."""
    with open("/proc/net/tcp") as table:
        entries = [line.split() for line in table][1:]
    return sum(entry[2].endswith(f":{port:04X}") and entry[3] == "02" for entry in entries)


def interrupt_connection():
    # The queue of the one is full, the other reads nothing.
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    waiting = [socket.socket() for _ in range(4)]
    for client in waiting:
        client.setblocking(False)
        client.connect_ex(full.getsockname())
    port = full.getsockname()[1]
    others = connecting(port)
    t = Terminal([BINARY, "repl", f"redis://127.0.0.1:{port}"])
    t.wait("the attempt to connect", lambda: connecting(port) > others)
    t.send("\x03")
    t.prompt("not connected>")
    # Without the interrupt the attempt would have failed by itself, and told why.
    assert "Could not connect" not in t.text, t.picture
    t.send("\x04")
    t.end()
    t.close()
    silent = socket.socket()
    silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    silent.bind(("127.0.0.1", 0))
    silent.listen()
    t = Terminal([BINARY, "repl", f"redis://127.0.0.1:{silent.getsockname()[1]}"])
    t.wait("a prompt", lambda: t.row.endswith(">"))
    path = os.path.join(t.folder, "long")
    with open(path, "w") as file:
        file.write("set k " + "x" * 8_000_000 + "\n")
    peer, _ = silent.accept()
    t.send(f":check off\r:source {path}\r")
    t.wait("the request on its way", lambda: select.select([peer], [], [], 0)[0])
    t.send("\x03")
    # A server that does not read in time would be said to have closed the connection.
    t.wait("interrupted: the connection is closed")
    t.prompt("not connected>")
    t.send("\x04")
    assert t.end() == 0
    return t


def slow_reader():
    """A script whose stdout is a pipe that does not block."""
    t = embedded()
    read_end, write_end = os.pipe2(os.O_NONBLOCK)
    script = subprocess.Popen(
        [BINARY, "repl", "--embedded"], stdin=subprocess.PIPE, stdout=write_end, stderr=subprocess.PIPE)
    os.close(write_end)
    script.stdin.write(b"setrange k 499999 x\n2 get k\n")
    script.stdin.close()
    time.sleep(1)
    os.set_blocking(read_end, True)
    with open(read_end, "rb") as reader:
        output = reader.read()
    assert len(output) == len("500000\n") + 2 * 500_001, len(output)
    assert script.stderr.read() == b"" and script.wait(PATIENCE) == 0
    t.quit()
    return t


def never_twice():
    server = Server()
    t = connected(server.port)
    t.send("incr n\r")
    t.wait("the request", lambda: b"incr" in server.received)
    server.drop()
    t.wait("the command is not sent again")
    t.prompt("not connected>")
    assert server.requests.split() == ["incr", "n"], server.requests
    t.send("\x04")
    assert t.end() == 0
    return t


def type_ahead():
    server = Server()
    t = connected(server.port)
    t.send("get k\r")
    t.wait("the request", lambda: b"get" in server.received)
    t.send("echo later")
    server.drop()
    t.wait("what was typed ahead, once", lambda: t.row == "not connected> echo later")
    assert t.text.count("echo later") == 1, t.picture
    t.send("\x03\x04")
    assert t.end() == 0
    return t


def messages():
    server = Server(b"*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$5\r\nhello\r\n" * 2)
    t = connected(server.port, "--check", "off")
    t.send("subscribe c\r")
    t.wait("both messages", lambda: t.text.count('3) "hello"') == 2)
    t.send("\x03")
    t.prompt("not connected>")
    t.send("\x04")
    assert t.end() == 0
    return t


HOSTILE = b"\x1b]0;owned\x07\x1b[31mred\x1b[2J\x9b31m\xc2\x9b31m\x7f\xe2\x80\xae\xe2\x80\xa8\xe2\x80\x8b"


def obeyed(data):
    """What of the server's bytes a terminal would obey."""
    pieces = (b"owned\x07", b"\x1b[31mred", b"red\x1b", b"\x9b", b"\x7f", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xe2\x80\x8b")
    return [piece for piece in pieces if piece in data]


def hostile_answers(text):
    status, error = b"+fine" + text + b"\r\n", b"-ERR " + text + b"\r\n"
    bulk = b"$%d\r\n%s\r\n" % (len(text), text)
    return status, error, bulk, b"*3\r\n" + status + error + bulk


def hostile_server():
    status, error, bulk, nested = hostile_answers(HOSTILE)
    for mode in ("tty", "raw", "csv", "json"):
        # What is no UTF-8 is Base64 in JSON.
        answers = hostile_answers(HOSTILE.replace(b"\x1b[2J\x9b", b"\x1b[2J")) if mode == "json" else (status, error, bulk, nested)
        for answer in answers:
            server = Server(answer)
            t = connected(server.port, "--check", "off", "--mode", mode, "--utf8")
            t.send("ping\r")
            t.wait("what is no character of control", lambda: "red" in t.text)
            t.send("info\r")
            t.wait("the same as a report", lambda: t.text.count("red") >= 2)
            t.quit()
            assert not obeyed(t.received), (mode, answer, obeyed(t.received), t.received)
            assert t.screen.title == "", t.screen.title
            t.close()
    # A program that reads gets what the server sent, but for lines that are for people.
    for answer, expected in ((bulk, HOSTILE + b"\n"), (status, None), (error, None)):
        server = Server(answer)
        run = subprocess.run(
            [BINARY, "repl", f"redis://127.0.0.1:{server.port}", "--check", "off"], input=b"ping\n", capture_output=True)
        assert not obeyed(run.stderr), run.stderr
        assert run.stdout == expected if expected else not obeyed(run.stdout), run.stdout
    # A server that greets so, and a name of a server.
    server = Server(error)
    t = Terminal([BINARY, "repl", f"redis://:secret@127.0.0.1:{server.port}/3", "--check", "off"])
    t.wait("what it says against the login", lambda: "AUTH failed" in t.text)
    t.quit()
    assert not obeyed(t.received) and b"secret" not in t.received, t.received
    t.close()
    t = Terminal([BINARY, "repl", "unix:///none%1b%5d0;owned%07%9b"])
    t.wait("that it is not there", lambda: "Could not connect" in t.text)
    t.quit()
    assert not obeyed(t.received), t.received
    return t


def locked():
    server = Server(b"-LOCKED the key is locked\r\n")
    t = Terminal([BINARY, "repl", f"redis://127.0.0.1:{server.port}/3", "--check", "off"])
    name = f"127.0.0.1:{server.port}"
    t.wait("SELECT 3 failed: LOCKED")
    t.prompt(f"{name}>")
    server.answer = b"+OK\r\n"
    t.send("multi\r")
    t.prompt(f"{name}(TX)>")
    server.answer = b"-ERR wrong number of arguments for 'exec' command\r\n"
    t.send("exec now\r")
    t.wait("wrong number")
    t.prompt(f"{name}(TX)>")
    server.answer = b"-LOCKED the key is locked\r\n"
    t.send("exec\r")
    t.wait("the transaction is over", lambda: t.text.count("LOCKED") == 2)
    t.prompt(f"{name}>")
    t.send("hello 3\r")
    t.wait("not sent: RESP3")
    t.send("\x04")
    assert t.end() == 0
    return t


def vi_keys():
    folder = tempfile.mkdtemp(prefix="ctl-vi-")
    path = os.path.join(folder, "editrc")
    with open(path, "w") as file:
        file.write("clusterctl:bind -v\n")
    t = embedded(EDITRC=path)
    t.send("echo two\x1bbdwaza\x1bA!\r")
    t.wait("words changed in vi's way", lambda: "\n\"za!\"" in t.text)
    t.send("hgeta\t")
    t.wait("Tab completes", lambda: t.row.startswith("embedded> hgetall key"))
    t.send("\x03")
    t.prompt("embedded>")
    t.send("\x04")
    assert t.end() == 0
    shutil.rmtree(folder)
    return t


def edit():
    t = embedded(VISUAL="sed -i s/wrong/right/", EDITOR="false")
    t.send("set k wrong\r")
    t.wait("OK")
    t.send(":edit\r")
    t.wait("the edited line is run", lambda: t.text.count("OK") == 2)
    t.send("get k\r")
    t.wait('"right"')
    t.send(":timing on\rget k\r")
    t.wait("a time", lambda: "s)" in t.text.splitlines()[-2] and t.text.splitlines()[-2].startswith("(0."))
    t.quit()
    return t


def wide():
    t = embedded()
    t.send("set 鍵 日本語é")
    t.wait("the characters", lambda: "日" in t.text)
    t.send("\x7f\x7fx\r")
    t.wait("OK")
    t.send(":utf8 on\rget 鍵\r")
    t.wait("the value as text", lambda: '"日 本 x"' in t.text or '"日本x"' in t.text)
    t.send("set 日本 ")
    t.wait("the hint behind wide characters", lambda: "value [EX seconds]" in t.row)
    assert t.screen.cursor.x == len("embedded> set ") + 4 + 1, t.picture
    t.send("\x15\x04")
    assert t.end() == 0
    return t


def dumb_terminal():
    t = embedded(TERM="dumb")
    t.send("set k v\r")
    t.wait("OK")
    t.send("\x04")
    assert t.end() == 0
    assert b"EX seconds" not in t.received and b"\x1b" not in t.received, t.received
    return t


def ask_password():
    server = Server(b"+OK\r\n")
    t = Terminal([BINARY, "repl", f"redis://127.0.0.1:{server.port}", "--ask-password"])
    t.wait("Password:")
    t.send("geheim\r")
    t.prompt(f"127.0.0.1:{server.port}>")
    assert server.requests.split() == ["AUTH", "geheim"] and "geheim" not in t.text, t.picture
    t.send("\x04")
    assert t.end() == 0
    t.close()
    t = Terminal([BINARY, "repl", f"redis://127.0.0.1:{server.port}", "--ask-password"])
    t.wait("Password:")
    t.send("half\x03")
    t.wait("no password was given")
    assert t.end() == 130
    return t


def plain_locale():
    t = Terminal([BINARY, "repl", "--embedded"], LANG="C", LC_ALL="C")
    t.prompt("embedded>")
    t.send("set k é\rget k\r")
    t.wait('"\\xc3\\xa9"')
    t.quit()
    return t


def pipes():
    t = embedded()
    out = os.path.join(t.folder, "out")
    t.send("rpush l b a c\r")
    t.wait("(integer) 3")
    t.send(f":mode raw\rlrange l 0 -1 | sort | tr '\\n' ,\r")
    t.wait("a,b,c,")
    t.send(f"lrange l 0 -1 > {out}\r")
    t.send("ping\r")
    t.wait("PONG")
    with open(out) as file:
        assert file.read() == "b\na\nc\n"
    t.send(f":check block\rkeys * > {out}\r")
    t.wait("not sent")
    with open(out) as file:
        assert file.read() == "b\na\nc\n"
    t.send("get n > /nonexistent/file\r")
    t.wait("/nonexistent/file: No such file or directory")
    # Long enough to be interrupted between two requests: during one the connection would be closed.
    t.send(":watch 1 incr n\r")
    t.wait("three times", lambda: "\n3\n" in t.text)
    t.send("\x03")
    t.prompt("embedded>")
    t.quit()
    return t


def danger():
    t = embedded(rows=40)
    t.send("del a b c d e f g h i j k\r")
    t.wait("a question", lambda: "DEL deletes 11 keys. Send it? (y/N)" in t.text)
    t.send("n\r")
    t.wait("not sent")
    t.send("del a b c d e f g h i j k\r")
    t.wait("again", lambda: t.text.count("(y/N)") == 2)
    t.send("y\r")
    t.wait("(integer) 0")
    question = "del a b c d e f g h i j k\r"
    t.send("set a 1\r" + question)
    t.wait("the next question", lambda: t.text.count("(y/N)") == 3)
    t.send("y\x03")
    t.wait("Control-C sends nothing", lambda: t.text.count("not sent") == 2)
    t.prompt("embedded>")
    t.send(question)
    t.wait("and the next", lambda: t.text.count("(y/N)") == 4)
    t.resize(90, 40)
    time.sleep(0.2)
    t.send("y\r")
    t.wait("a new size changes nothing", lambda: "(integer) 1" in t.text)
    t.prompt("embedded>")
    t.send(question + "y\rset a 7\rget a\r")
    t.wait("what is typed ahead of the question is for the editor", lambda: '"7"' in t.text)
    t.quit()
    return t


def stop_at_question():
    t = Terminal(["bash", "--norc", "--noprofile", "-i"], PS1="shell$ ", BINARY=BINARY)
    t.prompt("shell$")
    t.send("$BINARY repl --embedded\r")
    t.prompt("embedded>")
    t.send("del a b c d e f g h i j k\r")
    t.wait("a question", lambda: t.row.endswith("(y/N)"))
    t.send("\x1a")
    t.wait("the shell is back", lambda: "Stopped" in t.text and t.row == "shell$")
    t.send("fg\r")
    t.wait("the question is back", lambda: t.row.endswith("(y/N)"))
    t.send("yes\r")
    t.wait("the answer is shown, and the reply", lambda: "(y/N) yes" in t.text and "(integer) 0" in t.text)
    t.prompt("embedded>")
    t.send("\x04")
    t.prompt("shell$")
    t.send("exit\r")
    t.end()
    return t


def secret():
    server = Server(b"+OK\r\n")
    t = connected(server.port, "--check", "off")
    name = f"127.0.0.1:{server.port}"
    t.send("auth\r")
    t.wait("Password:")
    t.send("gehe")
    t.resize(90, 20)
    time.sleep(0.2)
    t.send("im\r")
    t.wait("OK")
    t.prompt(f"{name}>")
    assert server.requests.split() == ["auth", "geheim"], server.requests
    t.send("auth\r")
    t.wait("the next question", lambda: t.row == "Password:")
    t.send("half\x03")
    t.wait("not sent")
    t.prompt(f"{name}>")
    t.send("ping\r")
    t.wait("the reply", lambda: t.text.count("OK") == 2)
    t.prompt(f"{name}>")
    assert server.requests.split()[2:] == ["ping"], server.requests
    t.send("\x04")
    assert t.end() == 0
    with open(os.path.join(t.folder, "clusterctl", "history")) as file:
        assert file.read() == "auth\nauth\nping\n"
    return t


def broken_characters():
    t = embedded()
    t.send(b"set k a\xc3b\xe6\x97\rget k\r")
    t.wait("the characters around what is none", lambda: '"ab"' in t.text)
    t.quit()
    return t


def pager():
    t = embedded(rows=10, PAGER="cat -n")
    t.send("rpush l " + " ".join(str(n) for n in range(30)) + "\r")
    t.wait("(integer) 30")
    t.send("lrange l 0 -1\r")
    t.wait("the pager's numbers", lambda: any(line.split()[:2] == ["30", "30)"] for line in t.text.splitlines()))
    t.quit()
    return t


SCENARIOS = {
    function.__name__.replace("_", "-"): function
    for function in (
        typing, completion, hints, search, history, interrupt_line, interrupt_command, interrupt_transaction, paste,
        resize, stop, reconnect, repeat_login, lost_in_a_script, interrupt_waits, interrupt_connection, slow_reader, never_twice, type_ahead, messages, hostile_server, locked, vi_keys, edit, dumb_terminal,
        ask_password, wide, plain_locale, pipes, danger, stop_at_question, secret, broken_characters, pager)
}

if __name__ == "__main__":
    try:
        SCENARIOS[sys.argv[2]]().close()
    except AssertionError as error:
        print(error)
        sys.exit(1)
