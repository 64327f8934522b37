#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

// Between fork and execve only functions that are safe in a signal handler may be called: other threads may have held
// any lock at the moment of the fork.

// Lets the descriptors from `first` to `last` be closed by execve.
static void close_at_exec(int first, int last) {
    if (first > last || close_range((unsigned)first, (unsigned)last, CLOSE_RANGE_CLOEXEC) == 0) return;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && (rlim_t)last >= limit.rlim_cur) last = (int)limit.rlim_cur - 1;
    for (int descriptor = first; descriptor <= last; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static void keep_only(const int *inherited, size_t count) {
    int next = 3;
    for (size_t index = 0; index < count; index++) {
        close_at_exec(next, inherited[index] - 1);
        next = inherited[index] + 1;
    }
    close_at_exec(next, 0x7FFFFFFF);
}

// Gives every signal its default effect, but for those that whoever started this process wants to be ignored (nohup).
// SIGPIPE is ignored by this process itself.
static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) != 0) continue;
        if (action.sa_handler != SIG_IGN || number == SIGPIPE) signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void run_child(
    const char *path, char *const arguments[], char *const environment[], const int *inherited, size_t inherited_count,
    pid_t parent, int report) {
    keep_only(inherited, inherited_count);
    reset_signals();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have died before that.
    if (getppid() != parent) _exit(1);
    execve(path, arguments, environment);
    int code = errno;
    ssize_t written = write(report, &code, sizeof code);
    _exit(written == sizeof code ? 127 : 126);
}

int cprocess_spawn(
    const char *path, char *const arguments[], char *const environment[], const int *inherited, size_t inherited_count,
    pid_t *child) {
    // The pipe closes without a word when execve succeeds, and carries its error when it does not.
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) return errno;
    pid_t parent = getpid();
    pid_t process = fork();
    if (process < 0) {
        int code = errno;
        close(report[0]);
        close(report[1]);
        return code;
    }
    if (process == 0) {
        run_child(path, arguments, environment, inherited, inherited_count, parent, report[1]);
    }
    close(report[1]);
    int code = 0;
    ssize_t count;
    do {
        count = read(report[0], &code, sizeof code);
    } while (count < 0 && errno == EINTR);
    close(report[0]);
    if (count != sizeof code) {
        *child = process;
        return 0;
    }
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {
    }
    return code;
}

int cprocess_exit_status(int wait_status) {
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

int cprocess_is_sent_by_process(int signal_code) {
    return signal_code <= 0;
}

int cprocess_core_count(void) {
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) == 0 && CPU_COUNT(&cores) > 0) return CPU_COUNT(&cores);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}
