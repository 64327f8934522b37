// A child process that ends with its parent. Swift cannot call fork, and posix_spawn offers no PR_SET_PDEATHSIG.

#ifndef CLUSTERCTL_CPROCESS_H
#define CLUSTERCTL_CPROCESS_H

#include <stddef.h>
#include <sys/types.h>

// Starts the program at `path` with an argument list and an environment, each ended by NULL; returns 0 and the child's
// identifier, or the error number of what failed, `execve` in the child included.
//
// The child stays in the caller's process group, with its working directory, its standard streams and the descriptors of
// `inherited` (ascending, from 3 on); every other descriptor is closed in it. No signal is blocked there, and
// none ignored but those that the caller was started with. It is killed when the calling thread ends: call this on a
// thread that lives as long as the process.
int cprocess_spawn(
    const char *path, char *const arguments[], char *const environment[], const int *inherited, size_t inherited_count,
    pid_t *child);

// How a child ended, as `waitpid` tells it: the status of its `exit`, or 128 and the number of the signal that killed it.
int cprocess_exit_status(int wait_status);

// Whether a signal was sent by a process (kill), rather than by the kernel on behalf of a terminal.
int cprocess_is_sent_by_process(int signal_code);

// The number of cores that this process may use, at least 1.
int cprocess_core_count(void);

#endif
