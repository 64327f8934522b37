#!/usr/bin/python3
"""How long `clusterctl --version` and one command of `clusterctl repl` take beside redis-cli.

Fails beyond twice its time.

    measure-startup.py BINARY
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 200


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="ctl-start-") as folder:
        path = os.path.join(folder, "redis.sock")
        server = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--logfile", "redis.log"],
            cwd=folder)
        try:
            while subprocess.run(["redis-cli", "-s", path, "PING"], capture_output=True).stdout != b"PONG\n":
                time.sleep(0.02)
            compare(binary, path)
        finally:
            server.terminate()
            server.wait()


def compare(binary, path):
    peer = ["redis-cli", "-s", path, "PING"]
    commands = {
        "redis-cli PING": peer,
        "clusterctl --version": [binary, "--version"],
        "clusterctl repl -- PING": [binary, "repl", path, "--", "PING"],
    }
    times = {name: [] for name in commands}
    # In turns, so that whatever else the machine does meets all of them.
    for _ in range(RUNS):
        for name, words in commands.items():
            start = time.perf_counter()
            subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
            times[name].append((time.perf_counter() - start) * 1000)
    unit = statistics.median(times["redis-cli PING"])
    slow = False
    for name, samples in times.items():
        median = statistics.median(samples)
        slow = slow or median > 2 * unit
        print(f"{name:25} {median:6.2f} ms  {median / unit:.2f} of redis-cli's")
    if slow:
        sys.exit("more than twice redis-cli's time")


main()
