#!/usr/bin/python3
"""Records a session of `clusterctl repl` on a terminal and puts it into README.md.

    record-session.py BINARY README.md           writes the recording between its marks
    record-session.py BINARY README.md --check   fails where the recording there is another one

Needs python3-pyte.
"""

import fcntl
import os
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

import pyte

COLUMNS, ROWS = 110, 60
PROMPT = "embedded>"
LINES = [
    "mset user:1 anna user:2 ben",
    "mget user:1 user:2",
    "set user:3 carl keepttl",
    "keys user:*",
    ":check block",
    "get session:" + "x" * 120,
    "rpush queue a b c",
    ":peek queue",
    ":mode json",
    "zadd board 10 anna 7.5 ben",
    "zrange board 0 -1 withscores",
    "multi",
]
# Typed last and not entered: the hint behind it stays.
UNFINISHED = "zadd board 12 carl "
BEGIN, END = "<!-- recorded by `make recording` -->\n```console\n", "```\n<!-- end of the recording -->"


def record(binary):
    folder = tempfile.mkdtemp(prefix="ctl-rec-")
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    outer, inner = os.openpty()
    fcntl.ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    pid = os.fork()
    if pid == 0:
        os.login_tty(inner)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": folder, "XDG_STATE_HOME": folder,
        }
        for name in ("LD_LIBRARY_PATH",):
            if name in os.environ:
                environment[name] = os.environ[name]
        os.execve(binary, [binary, "repl", "--embedded"], environment)
    os.close(inner)

    def rows():
        return [line.rstrip() for line in screen.display]

    def wait(condition):
        deadline = time.monotonic() + 30
        while not condition():
            if time.monotonic() > deadline:
                sys.exit("the session does not go on:\n" + "\n".join(rows()))
            if select.select([outer], [], [], 0.1)[0]:
                stream.feed(os.read(outer, 65536))

    def is_at_prompt():
        row = rows()[screen.cursor.y]
        return row.startswith("embedded") and row.endswith(">")

    wait(is_at_prompt)
    for line in LINES:
        before = screen.cursor.y
        os.write(outer, line.encode() + b"\r")
        wait(lambda: screen.cursor.y > before and is_at_prompt())
    os.write(outer, UNFINISHED.encode())
    wait(lambda: "member ..." in rows()[screen.cursor.y])
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    shutil.rmtree(folder, ignore_errors=True)
    text = "\n".join(rows()).rstrip()
    return "$ clusterctl repl --embedded\n" + text + "\n"


def main():
    binary, path = sys.argv[1], sys.argv[2]
    with open(path) as file:
        text = file.read()
    before, rest = text.split(BEGIN, 1)
    old, after = rest.split(END, 1)
    new = record(os.path.abspath(binary))
    if "--check" in sys.argv:
        if old != new:
            sys.exit(f"the recording in {path} is out of date: run `make recording`. It would be:\n{new}")
    elif old != new:
        with open(path, "w") as file:
            file.write(before + BEGIN + new + END + after)


main()
