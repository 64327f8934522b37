#include "Internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int editline_pipe[2] = {-1, -1};
volatile sig_atomic_t editline_interrupted, editline_resized, editline_continued;

// MARK: Handlers

// Every handler of what the program survives only notes what has come and wakes whoever polls.
static void wake(void) {
    int code = errno;
    ssize_t ignored = write(editline_pipe[1], "", 1);
    (void)ignored;
    errno = code;
}

void editline_on_interrupt(int number) {
    (void)number;
    editline_interrupted = 1;
    wake();
}

void editline_on_resize(int number) {
    (void)number;
    editline_resized = 1;
    wake();
}

void editline_take(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    // Without SA_RESTART, so that a blocking call ends.
    sigaction(number, &action, NULL);
    // Whoever started the program may have blocked it.
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

// Whoever had the terminal meanwhile has left it in a state of its own.
void editline_on_continue(int number) {
    (void)number;
    editline_continued = 1;
    wake();
}

void editline_on_stop(int number) {
    int code = errno;
    editline_restore_terminal();
    editline_take(number, SIG_DFL);
    // Here it stops; what follows runs when the program is continued.
    raise(number);
    editline_take(number, editline_on_stop);
    editline_set_terminal_again();
    editline_on_continue(SIGCONT);
    errno = code;
}

static char *file_at_end, *folder_at_end;

static void remove_files(void) {
    if (file_at_end) unlink(file_at_end);
    if (folder_at_end) rmdir(folder_at_end);
}

void editline_on_end(int number) {
    editline_restore_terminal();
    remove_files();
    editline_take(number, SIG_DFL);
    raise(number);
}

int editline_open_pipe(void) {
    if (editline_pipe[0] >= 0) return 1;
    return pipe2(editline_pipe, O_CLOEXEC | O_NONBLOCK) == 0;
}

void editline_empty_pipe(void) {
    char bytes[64];
    while (read(editline_pipe[0], bytes, sizeof bytes) > 0) {
    }
}

void editline_remove_at_end(const char *file, const char *folder) {
    file_at_end = strdup(file);
    folder_at_end = strdup(folder);
    atexit(remove_files);
    editline_take(SIGINT, editline_on_end);
    editline_take(SIGTERM, editline_on_end);
    editline_take(SIGHUP, editline_on_end);
}

int editline_interrupt_descriptor(void) { return editline_pipe[0]; }

int editline_is_interrupted(void) { return editline_interrupted; }

int editline_was_interrupted(void) {
    int was = editline_interrupted;
    editline_interrupted = 0;
    if (editline_pipe[0] >= 0) editline_empty_pipe();
    return was;
}
