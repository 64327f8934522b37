#include "Internal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HINT_CAPACITY = 1024 };

int editline_hint_is_shown;

// MARK: The hint

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
    if (!editline_hint_is_shown) return;
    editline_put("\033[K");
    editline_hint_is_shown = 0;
}

// Draws the hint behind the cursor and puts the cursor back. libedit never learns of it; it is clipped to the rest of
// the row, so that nothing scrolls.
static void show_hint(void) {
    const LineInfo *info = el_line(editline_editor);
    size_t length = (size_t)(info->lastchar - info->buffer);
    if (length == 0 || info->cursor != info->lastchar) return;
    // While a search is shown, the line has a second row.
    if (memchr(info->buffer, '\n', length)) return;
    char hint[HINT_CAPACITY];
    int is_warning = 0;
    const editline_callbacks *program = &editline_program;
    size_t count = program->hint(program->context, info->buffer, length, hint, sizeof hint, &is_warning);
    if (count == 0) return;
    int columns, rows;
    editline_size(&columns, &rows);
    int width = width_of(info->buffer, length), before = width_of(editline_prompt, strlen(editline_prompt));
    if (width < 0 || before < 0) return;
    int column = (before + width) % columns;
    int room = columns - column - 1;
    if (room < 4) return;
    if (count > (size_t)room) count = (size_t)room;
    const char *color = !editline_is_colored ? "" : is_warning ? "\033[31m" : "\033[90m";
    const char *plain = editline_is_colored ? "\033[0m" : "";
    char drawn[HINT_CAPACITY + 64];
    int size = snprintf(drawn, sizeof drawn, "\0337%s%.*s%s\0338", color, (int)count, hint, plain);
    if (size > 0) {
        ssize_t ignored = write(STDOUT_FILENO, drawn, (size_t)size);
        (void)ignored;
        editline_hint_is_shown = 1;
    }
}

// MARK: Characters

// Takes the program back to the screen after a stop or a new size.
static void redraw(void) {
    if (editline_continued) {
        editline_continued = 0;
        // libedit believes that its mode is still there, and would do nothing.
        el_set(editline_editor, EL_PREP_TERM, 0);
        el_set(editline_editor, EL_PREP_TERM, 1);
        editline_put(editline_takes_pastes ? "\033[?2004h\r\033[K" : "\r\033[K");
        el_set(editline_editor, EL_REFRESH);
    }
    if (editline_resized) {
        editline_resized = 0;
        el_resize(editline_editor);
        el_set(editline_editor, EL_REFRESH);
    }
}

// Waits until the terminal has bytes; 0 where an interrupt came, -1 at its end.
static int wait_for_input(void) {
    struct pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {editline_pipe[0], POLLIN, 0}};
    if (editline_draws_hints && poll(waiting, 1, 0) == 0) show_hint();
    while (1) {
        int ready = poll(waiting, 2, -1);
        if (ready < 0 && errno != EINTR) return -1;
        if (editline_interrupted) return 0;
        if (editline_continued || editline_resized) {
            editline_empty_pipe();
            hide_hint();
            redraw();
            if (editline_draws_hints) show_hint();
            continue;
        }
        if (ready > 0 && waiting[1].revents) editline_empty_pipe();
        if (ready > 0 && waiting[0].revents) return 1;
    }
}

// libedit's way to a character. A byte that is no UTF-8 is left out.
int editline_read_character(EditLine *unused, wchar_t *character) {
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
        size_t size = mbrtowc(character, &byte, 1, &state);
        if (size == (size_t)-1) {
            // It may be what came before that was broken off: this byte begins anew.
            memset(&state, 0, sizeof state);
            size = mbrtowc(character, &byte, 1, &state);
        }
        if (size == (size_t)-1) memset(&state, 0, sizeof state);
        if (size <= 1) return 1;
    }
}
