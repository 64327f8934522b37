#include "Internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct termios editline_found;
int editline_has_found;

void editline_put(const char *text) {
    ssize_t ignored = write(STDOUT_FILENO, text, strlen(text));
    (void)ignored;
}

void editline_restore_terminal(void) {
    if (!editline_editor || !editline_has_found) return;
    editline_put("\033[?2004l");
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

// While a command runs, what is typed ahead is neither shown nor cut into lines: the editor shows it when its turn
// comes, and Control-D is not taken for the end of a line before that.
void editline_lend_terminal(int is_lent) {
    if (!editline_editor || !editline_has_found) return;
    struct termios quiet = editline_found;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, is_lent ? &editline_found : &quiet);
}

int editline_read_secret(const char *prompt, char *buffer, size_t capacity) {
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) return 0;
    struct termios shown, hidden;
    if (tcgetattr(terminal, &shown) != 0) {
        close(terminal);
        return 0;
    }
    hidden = shown;
    // Control-C ends the line in place of the program, which would leave the terminal without its echo.
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    hidden.c_lflag |= ICANON;
    hidden.c_cc[VEOL] = hidden.c_cc[VINTR];
    // Before the prompt: who has read it may type.
    tcsetattr(terminal, TCSAFLUSH, &hidden);
    ssize_t ignored = write(terminal, prompt, strlen(prompt));
    ssize_t count = read(terminal, buffer, capacity - 1);
    tcsetattr(terminal, TCSAFLUSH, &shown);
    ignored = write(terminal, "\n", 1);
    (void)ignored;
    close(terminal);
    if (count <= 0 || memchr(buffer, shown.c_cc[VINTR], (size_t)count)) return 0;
    while (count > 0 && (buffer[count - 1] == '\n' || buffer[count - 1] == '\r')) count--;
    buffer[count] = 0;
    return 1;
}
