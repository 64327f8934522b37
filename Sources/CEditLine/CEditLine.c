#define _GNU_SOURCE
#include "CEditLine.h"

#if __has_include(<histedit.h>)
#include <histedit.h>
#else
#error "libedit is missing: install libedit-dev (Debian, Ubuntu), or run `make build`, which does"
#endif

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum { HINT_CAPACITY = 1024, COMPLETION_CAPACITY = 65536 };

static EditLine *editor;
static History *history_list;
static editline_callbacks program;
static int colors;
static char *prompt_text;
static struct termios found;
static int has_found;
static int hint_is_shown;
static int takes_pastes = 1, draws_hints = 1;

static int pipe_ends[2] = {-1, -1};
static volatile sig_atomic_t interrupted, resized, continued;

// MARK: Signals

// Every handler only notes what has come and wakes whoever polls.
static void wake(void) {
    int code = errno;
    ssize_t ignored = write(pipe_ends[1], "", 1);
    (void)ignored;
    errno = code;
}

static void on_interrupt(int number) {
    (void)number;
    interrupted = 1;
    wake();
}

static void on_resize(int number) {
    (void)number;
    resized = 1;
    wake();
}

static void put(const char *text) {
    ssize_t ignored = write(STDOUT_FILENO, text, strlen(text));
    (void)ignored;
}

static void restore_terminal(void) {
    if (!editor || !has_found) return;
    put("\033[?2004l");
    tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
}

static void take(int number, void (*handler)(int)) {
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
static void on_continue(int number) {
    (void)number;
    continued = 1;
    wake();
}

static void on_stop(int number) {
    int code = errno;
    restore_terminal();
    take(number, SIG_DFL);
    // The stop comes with the unblocking; what follows runs when the program is continued.
    raise(number);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    take(number, on_stop);
    editline_lend_terminal(0);
    on_continue(SIGCONT);
    errno = code;
}

static char *file_at_end, *folder_at_end;

static void on_end(int number) {
    restore_terminal();
    if (file_at_end) unlink(file_at_end);
    if (folder_at_end) rmdir(folder_at_end);
    take(number, SIG_DFL);
    raise(number);
}

static int open_pipe(void) {
    if (pipe_ends[0] >= 0) return 1;
    return pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) == 0;
}

static void empty_pipe(void) {
    char bytes[64];
    while (read(pipe_ends[0], bytes, sizeof bytes) > 0) {
    }
}

void editline_take_interrupts(void) {
    if (open_pipe()) take(SIGINT, on_interrupt);
}

void editline_remove_at_end(const char *file, const char *folder) {
    file_at_end = strdup(file);
    folder_at_end = strdup(folder);
    take(SIGINT, on_end);
    take(SIGTERM, on_end);
    take(SIGHUP, on_end);
}

int editline_interrupt_descriptor(void) { return pipe_ends[0]; }

int editline_was_interrupted(void) {
    int was = interrupted;
    interrupted = 0;
    if (pipe_ends[0] >= 0) empty_pipe();
    return was;
}

// MARK: Screen

void editline_size(int *columns, int *rows) {
    struct winsize size;
    *columns = 80;
    *rows = 24;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        *columns = size.ws_col;
        if (size.ws_row > 0) *rows = size.ws_row;
    }
}

static int width_of(const char *text, size_t length) {
    mbstate_t state;
    memset(&state, 0, sizeof state);
    int width = 0;
    while (length > 0) {
        wchar_t character;
        size_t count = mbrtowc(&character, text, length, &state);
        if (count == (size_t)-1 || count == (size_t)-2 || count == 0) return -1;
        int columns = wcwidth(character);
        // libedit shows a control character as ^X.
        width += columns < 0 ? 2 : columns;
        text += count;
        length -= count;
    }
    return width;
}

static void hide_hint(void) {
    if (!hint_is_shown) return;
    put("\033[K");
    hint_is_shown = 0;
}

// Draws the hint behind the cursor and puts the cursor back. libedit never learns of it; it is clipped to the rest of
// the row, so that nothing scrolls.
static void show_hint(void) {
    const LineInfo *info = el_line(editor);
    size_t length = (size_t)(info->lastchar - info->buffer);
    if (length == 0 || info->cursor != info->lastchar) return;
    // While a search is shown, the line has a second row.
    if (memchr(info->buffer, '\n', length)) return;
    char hint[HINT_CAPACITY];
    int is_warning = 0;
    size_t count = program.hint(program.context, info->buffer, length, hint, sizeof hint, &is_warning);
    if (count == 0) return;
    int columns, rows;
    editline_size(&columns, &rows);
    int width = width_of(info->buffer, length), before = width_of(prompt_text, strlen(prompt_text));
    if (width < 0 || before < 0) return;
    int column = (before + width) % columns;
    int room = columns - column - 1;
    if (room < 4) return;
    if (count > (size_t)room) count = (size_t)room;
    const char *color = !colors ? "" : is_warning ? "\033[31m" : "\033[90m";
    char drawn[HINT_CAPACITY + 64];
    int size = snprintf(drawn, sizeof drawn, "\0337%s%.*s%s\0338", color, (int)count, hint, colors ? "\033[0m" : "");
    if (size > 0) {
        ssize_t ignored = write(STDOUT_FILENO, drawn, (size_t)size);
        (void)ignored;
        hint_is_shown = 1;
    }
}

// MARK: The terminal between two lines

// While a command runs, what is typed ahead is neither shown nor cut into lines: the editor shows it when its turn comes,
// and Control-D is not taken for the end of a line before that.
void editline_lend_terminal(int is_lent) {
    if (!editor || !has_found) return;
    struct termios quiet = found;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, is_lent ? &found : &quiet);
}

// MARK: Reading characters

// Takes the program back to the screen after a stop or a new size.
static void redraw(void) {
    if (continued) {
        continued = 0;
        // libedit believes that its mode is still there, and would do nothing.
        el_set(editor, EL_PREP_TERM, 0);
        el_set(editor, EL_PREP_TERM, 1);
        put(takes_pastes ? "\033[?2004h\r\033[K" : "\r\033[K");
        el_set(editor, EL_REFRESH);
    }
    if (resized) {
        resized = 0;
        el_resize(editor);
        el_set(editor, EL_REFRESH);
    }
}

// Waits until the terminal has bytes; 0 where an interrupt came, -1 at its end.
static int wait_for_input(void) {
    struct pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {pipe_ends[0], POLLIN, 0}};
    if (draws_hints && poll(waiting, 1, 0) == 0) show_hint();
    while (1) {
        int ready = poll(waiting, 2, -1);
        if (ready < 0 && errno != EINTR) return -1;
        if (interrupted) return 0;
        if (continued || resized) {
            empty_pipe();
            hide_hint();
            redraw();
            if (draws_hints) show_hint();
            continue;
        }
        if (ready > 0 && waiting[1].revents) empty_pipe();
        if (ready > 0 && waiting[0].revents) return 1;
    }
}

// libedit's way to a character. A byte that is no UTF-8 is left out.
static int read_character(EditLine *unused, wchar_t *character) {
    (void)unused;
    mbstate_t state;
    memset(&state, 0, sizeof state);
    while (1) {
        int ready = wait_for_input();
        hide_hint();
        if (ready == 0) {
            errno = EINTR;
            return -1;
        }
        if (ready < 0) return 0;
        char byte;
        ssize_t count = read(STDIN_FILENO, &byte, 1);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return 0;
        switch (mbrtowc(character, &byte, 1, &state)) {
        case (size_t)-1: memset(&state, 0, sizeof state); break;
        case (size_t)-2: break;
        default: return 1;
        }
    }
}

// MARK: Pasting

// The bytes of a paste behind its first line, lines with LF between them.
static char *pasted;
static size_t pasted_length, pasted_taken;

void editline_drop_pasted(void) {
    free(pasted);
    pasted = NULL;
    pasted_length = pasted_taken = 0;
}

int editline_next_pasted(const char **line, size_t *length) {
    if (!pasted || pasted_taken >= pasted_length) return 0;
    char *start = pasted + pasted_taken;
    char *end = memchr(start, '\n', pasted_length - pasted_taken);
    size_t count = end ? (size_t)(end - start) : pasted_length - pasted_taken;
    pasted_taken += count + 1;
    *line = start;
    *length = count;
    return 1;
}

static void append_pasted(const char *bytes, size_t count) {
    char *grown = realloc(pasted, pasted_length + count + 1);
    if (!grown) return;
    pasted = grown;
    memcpy(pasted + pasted_length, bytes, count);
    pasted_length += count;
}

// Takes what the terminal sends between ESC[200~ and ESC[201~: the first line goes into the edited one, the others wait
// for Enter. Without this every line would be run as it arrives.
static unsigned char take_paste(EditLine *el, int key) {
    (void)key;
    static const wchar_t end[] = L"\033[201~";
    wchar_t *text = NULL;
    size_t count = 0, capacity = 0;
    wchar_t character;
    while (el_wgetc(el, &character) == 1) {
        if (count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            wchar_t *grown = realloc(text, capacity * sizeof *text);
            if (!grown) break;
            text = grown;
        }
        text[count++] = character == L'\r' ? L'\n' : character;
        if (count >= 6 && wmemcmp(text + count - 6, end, 6) == 0) {
            count -= 6;
            break;
        }
    }
    int was_pasting = pasted && pasted_taken < pasted_length;
    if (was_pasting) append_pasted("\n", 1);
    for (size_t index = 0, in_rest = (size_t)was_pasting; index < count; index++) {
        char bytes[16];
        if (!in_rest && text[index] == L'\n') {
            editline_drop_pasted();
            in_rest = 1;
            continue;
        }
        mbstate_t state;
        memset(&state, 0, sizeof state);
        size_t size = wcrtomb(bytes, text[index], &state);
        if (size == (size_t)-1) continue;
        if (in_rest) {
            append_pasted(bytes, size);
        } else {
            wchar_t one[2] = {text[index] == L'\t' ? L' ' : text[index], 0};
            el_winsertstr(el, one);
        }
    }
    // A line break at the end is no further line.
    while (pasted_length > 0 && pasted[pasted_length - 1] == '\n') pasted_length--;
    free(text);
    return CC_REFRESH;
}

// MARK: Keys

static unsigned char complete(EditLine *el, int key) {
    (void)key;
    const LineInfo *info = el_line(el);
    static char text[COMPLETION_CAPACITY];
    size_t replaced = 0;
    long count = program.complete(
        program.context, info->buffer, (size_t)(info->lastchar - info->buffer), (size_t)(info->cursor - info->buffer),
        text, sizeof text - 1, &replaced);
    if (count < 0) return CC_REDISPLAY;
    if (count == 0) return CC_REFRESH_BEEP;
    text[count] = 0;
    // Bytes become characters: that is what libedit deletes.
    mbstate_t state;
    memset(&state, 0, sizeof state);
    const char *start = info->cursor - replaced;
    int characters = 0;
    for (size_t rest = replaced; rest > 0; characters++) {
        wchar_t character;
        size_t size = mbrtowc(&character, start, rest, &state);
        if (size == (size_t)-1 || size == (size_t)-2 || size == 0) break;
        start += size;
        rest -= size;
    }
    if (characters > 0) el_deletestr(el, characters);
    if (el_insertstr(el, text) != 0) return CC_REFRESH_BEEP;
    return CC_REFRESH;
}

static char *show_prompt(EditLine *unused) {
    (void)unused;
    return prompt_text;
}

static void bind_keys(void) {
    static const char *const keys[][2] = {
        {"^R", "em-inc-search-prev"}, {"^S", "em-inc-search-next"}, {"^W", "ed-delete-prev-word"},
        {"^U", "vi-kill-line-prev"},  {"^K", "ed-kill-line"},       {"^L", "ed-clear-screen"},
        {"\033[A", "ed-prev-history"}, {"\033[B", "ed-next-history"}, {"\033[C", "ed-next-char"},
        {"\033[D", "ed-prev-char"},   {"\033OA", "ed-prev-history"}, {"\033OB", "ed-next-history"},
        {"\033OC", "ed-next-char"},   {"\033OD", "ed-prev-char"},   {"\033[H", "ed-move-to-beg"},
        {"\033[F", "ed-move-to-end"}, {"\033OH", "ed-move-to-beg"}, {"\033OF", "ed-move-to-end"},
        {"\033[1~", "ed-move-to-beg"}, {"\033[4~", "ed-move-to-end"}, {"\033[3~", "ed-delete-next-char"},
        {"\033[1;5C", "em-next-word"}, {"\033[1;5D", "ed-prev-word"}, {"\033[5~", "ed-search-prev-history"},
        {"\033[6~", "ed-search-next-history"},
    };
    for (size_t index = 0; index < sizeof keys / sizeof *keys; index++) {
        el_set(editor, EL_BIND, keys[index][0], keys[index][1], NULL);
    }
    el_set(editor, EL_BIND, "\t", "clusterctl-complete", NULL);
    el_set(editor, EL_BIND, "\033[200~", "clusterctl-paste", NULL);
}

// With vi's keys Escape ends inserting at once, so no sequence may begin with it: a paste is then what is typed fast.
static void bind_vi_keys(void) {
    takes_pastes = 0;
    el_set(editor, EL_BIND, "\t", "clusterctl-complete", NULL);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
}

// MARK: Opening and closing

// libedit decodes what is typed by the locale: under LANG=C every character beyond ASCII would vanish.
static void choose_locale(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
}

int editline_open(const char *name, editline_callbacks callbacks, int history_size, int is_colored) {
    choose_locale();
    if (!open_pipe()) return 0;
    has_found = tcgetattr(STDIN_FILENO, &found) == 0;
    program = callbacks;
    colors = is_colored;
    const char *terminal = getenv("TERM");
    if (!terminal || !*terminal || strcmp(terminal, "dumb") == 0) takes_pastes = draws_hints = 0;
    prompt_text = strdup("> ");
    editor = el_init(name, stdin, stdout, stderr);
    history_list = history_init();
    if (!editor || !history_list || !prompt_text) return 0;
    HistEvent event;
    history(history_list, &event, H_SETSIZE, history_size);
    history(history_list, &event, H_SETUNIQUE, 1);
    // libedit's own handlers would send an interrupt to the whole process group.
    el_set(editor, EL_SIGNAL, 0);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_HIST, history, history_list);
    el_set(editor, EL_PROMPT, show_prompt);
    el_set(editor, EL_GETCFN, read_character);
    el_set(editor, EL_ADDFN, "clusterctl-complete", "Complete the word before the cursor", complete);
    el_set(editor, EL_ADDFN, "clusterctl-paste", "Take what is pasted", take_paste);
    bind_keys();
    // The user's own keys come last; `bind -v` among them forgets all others.
    el_source(editor, NULL);
    const char *keys = NULL;
    if (el_get(editor, EL_EDITOR, &keys) == 0 && keys && strcmp(keys, "vi") == 0) bind_vi_keys();
    take(SIGINT, on_interrupt);
    take(SIGWINCH, on_resize);
    take(SIGTSTP, on_stop);
    take(SIGCONT, on_continue);
    take(SIGTERM, on_end);
    take(SIGHUP, on_end);
    take(SIGQUIT, SIG_IGN);
    return 1;
}

editline_outcome editline_read(const char *prompt, const char **line, size_t *length) {
    if (!editor) return EDITLINE_FAILED;
    char *copy = strdup(prompt);
    if (!copy) return EDITLINE_FAILED;
    free(prompt_text);
    prompt_text = copy;
    interrupted = 0;
    empty_pipe();
    // libedit itself would draw the prompt first: what is typed in between would be echoed by the terminal.
    el_set(editor, EL_PREP_TERM, 1);
    if (takes_pastes) put("\033[?2004h");
    int count = 0;
    errno = 0;
    const char *text = el_gets(editor, &count);
    hint_is_shown = 0;
    put("\033[?2004l");
    editline_lend_terminal(0);
    if (!text || count <= 0) {
        int was_interrupted = interrupted;
        interrupted = 0;
        if (was_interrupted) {
            editline_drop_pasted();
            put("^C\n");
            el_reset(editor);
            el_set(editor, EL_PREP_TERM, 0);
            editline_lend_terminal(0);
            return EDITLINE_INTERRUPTED;
        }
        return EDITLINE_END;
    }
    while (count > 0 && (text[count - 1] == '\n' || text[count - 1] == '\r')) count--;
    *line = text;
    *length = (size_t)count;
    return EDITLINE_LINE;
}

void editline_remember(const char *line) {
    if (!history_list) return;
    HistEvent event;
    history(history_list, &event, H_ENTER, line);
}

void editline_close(void) {
    if (!editor) return;
    restore_terminal();
    EditLine *closing = editor;
    editor = NULL;
    el_end(closing);
    history_end(history_list);
    history_list = NULL;
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
