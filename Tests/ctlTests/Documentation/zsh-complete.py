"""What zsh offers for a line when Tab is typed: the terminal's text, in which the candidates are listed.

zsh completes only in an interactive shell, so it gets a pty.
"""

import os
import re
import select
import signal
import sys
import time

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../completions")
SETUP = f"""PS1='READY> '; fpath=({FOLDER} $fpath); autoload -Uz compinit; compinit -u -D
zstyle ':completion:*' list-packed no; zstyle ':completion:*' verbose no; zstyle ':completion:*' menu no
setopt no_auto_menu no_always_last_prompt no_list_beep; LISTMAX=0; unset zle_bracketed_paste; stty -echo columns 200 rows 200
"""


def read_until(descriptor, pattern):
    text = ""
    deadline = time.monotonic() + 60
    while not re.search(pattern, text):
        if time.monotonic() > deadline:
            sys.exit(f"waited in vain for {pattern!r}:\n{text}")
        if select.select([descriptor], [], [], 0.1)[0]:
            text += os.read(descriptor, 65536).decode(errors="replace")
    return text


pid, descriptor = os.forkpty()
if pid == 0:
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.environ.update(TERM="dumb", LANG="C.UTF-8")
    os.execlp("zsh", "zsh", "-f", "-i")
for line in SETUP.splitlines():
    os.write(descriptor, line.encode() + b"\n")
os.write(descriptor, b"echo set-$((40+2))-up\n")
read_until(descriptor, r"set-42-up[\s\S]*READY> ")
# The first Tab completes what is common, the second lists.
os.write(descriptor, sys.argv[1].encode() + b"\t\t\x01echo \x05 listed-$((40+2))\n")
text = read_until(descriptor, r"listed-42")
os.kill(pid, signal.SIGKILL)
print("\n".join(line.strip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).splitlines()))
