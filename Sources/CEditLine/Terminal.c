#include "Internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct termios editline_found;
int editline_has_found;

void editline_put_to(int descriptor, const char *text) {
    ssize_t ignored = write(descriptor, text, strlen(text));
    (void)ignored;
}

void editline_put(const char *text) { editline_put_to(STDOUT_FILENO, text); }

// Only where it was switched on: a terminal that knows no such sequence would show it.
void editline_end_pastes(void) {
    if (editline_takes_pastes) editline_put("\033[?2004l");
}

void editline_restore_terminal(void) {
    if (!editline_editor || !editline_has_found) return;
    editline_end_pastes();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &editline_found);
}

void editline_size(int *columns, int *rows) {
    struct winsize size;
    *columns = 80;
    *rows = 24;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        *columns = size.ws_col;
        if (size.ws_row > 0) *rows = size.ws_row;
    }
}

// Whether somebody else reads from the terminal.
static volatile sig_atomic_t is_lent_out;

// While a command runs, what is typed ahead is neither shown nor cut into lines: the editor shows it when its turn
// comes, and Control-D is not taken for the end of a line before that.
void editline_lend_terminal(int is_lent) {
    is_lent_out = is_lent;
    editline_set_terminal_again();
}

// Sets the terminal as it was before somebody else had it.
void editline_set_terminal_again(void) {
    if (!editline_editor || !editline_has_found) return;
    struct termios quiet = editline_found;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, is_lent_out ? &editline_found : &quiet);
}

// Waits until a descriptor has bytes, whatever signals come meanwhile; EDITLINE_INTERRUPTED where an interrupt does.
// `*is_continued` tells that the program was stopped before, so that its terminal is to be set and drawn anew.
static editline_outcome wait_for_answer(int descriptor, int *is_continued) {
    struct pollfd waiting[2] = {{descriptor, POLLIN, 0}, {editline_pipe[0], POLLIN, 0}};
    *is_continued = 0;
    while (1) {
        int ready = poll(waiting, 2, -1);
        if (ready < 0 && errno != EINTR) return EDITLINE_FAILED;
        if (ready > 0 && waiting[1].revents) editline_empty_pipe();
        if (editline_interrupted) {
            editline_interrupted = 0;
            return EDITLINE_INTERRUPTED;
        }
        if (editline_continued) {
            editline_continued = 0;
            *is_continued = 1;
            return EDITLINE_LINE;
        }
        if (ready > 0 && waiting[0].revents) return EDITLINE_LINE;
    }
}

// A question, and the terminal's mode while it is answered.
typedef struct {
    const char *text;
    int input, output;
    const struct termios *mode;
} question;

// Reads a line byte by byte: what is typed behind it is for the editor. A terminal that was in the editor's hands when
// Enter was pressed has a CR there. What is more than `capacity` is dropped.
static editline_outcome read_answer(const question *asked, char *answer, size_t capacity) {
    editline_put_to(asked->output, asked->text);
    size_t count = 0;
    while (1) {
        int is_continued;
        editline_outcome outcome = wait_for_answer(asked->input, &is_continued);
        if (outcome != EDITLINE_LINE) return outcome;
        if (is_continued) {
            tcsetattr(asked->input, TCSADRAIN, asked->mode);
            editline_put_to(asked->output, asked->text);
            continue;
        }
        char byte;
        ssize_t size = read(asked->input, &byte, 1);
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (size < 0) return EDITLINE_FAILED;
        if (size == 0 && count == 0) return EDITLINE_END;
        if (size > 0 && (cc_t)byte == asked->mode->c_cc[VINTR]) return EDITLINE_INTERRUPTED;
        if (size == 0 || byte == '\n' || byte == '\r') break;
        if (count + 1 < capacity) answer[count++] = byte;
    }
    answer[count] = 0;
    return EDITLINE_LINE;
}

editline_outcome editline_ask(const char *text, char *answer, size_t capacity) {
    question asked = {text, STDIN_FILENO, STDERR_FILENO, &editline_found};
    editline_lend_terminal(1);
    editline_outcome outcome = read_answer(&asked, answer, capacity);
    editline_lend_terminal(0);
    return outcome;
}

editline_outcome editline_read_secret(const char *prompt, char *buffer, size_t capacity) {
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) return EDITLINE_FAILED;
    struct termios shown, hidden;
    if (tcgetattr(terminal, &shown) != 0) {
        close(terminal);
        return EDITLINE_FAILED;
    }
    hidden = shown;
    // Control-C ends the line in place of the program, which would leave the terminal without its echo.
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    hidden.c_lflag |= ICANON;
    hidden.c_cc[VEOL] = hidden.c_cc[VINTR];
    // Before the prompt: who has read it may type.
    tcsetattr(terminal, TCSAFLUSH, &hidden);
    question asked = {prompt, terminal, terminal, &hidden};
    editline_outcome outcome = read_answer(&asked, buffer, capacity);
    // The rest of a password that was broken off must not become a command.
    tcsetattr(terminal, outcome == EDITLINE_LINE ? TCSADRAIN : TCSAFLUSH, &shown);
    editline_put_to(terminal, "\n");
    close(terminal);
    return outcome;
}
