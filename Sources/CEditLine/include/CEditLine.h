// A line editor on libedit, and the signals of a program that reads lines from a terminal.
//
// Swift cannot call libedit's variadic functions. One editor a process: its state is static, because signal handlers and
// libedit's callbacks reach it there.

#ifndef CLUSTERCTL_CEDITLINE_H
#define CLUSTERCTL_CEDITLINE_H

#include <stddef.h>

// What the editor asks the program for. The bytes that a callback gives out are copied at once.
typedef struct {
    void *context;

    // The hint for a line whose end the cursor is at: printable ASCII, written to `hint` without an end, its length
    // returned; `*is_warning` is set to 1 where it is one.
    size_t (*hint)(void *context, const char *line, size_t length, char *hint, size_t capacity, int *is_warning);

    // Completes the line up to the cursor: the number of bytes before the cursor to be replaced goes to `*replaced`, the
    // text in their place to `text`, its length is returned. 0 for nothing; -1 where candidates were listed below the
    // line, so that it must be drawn again.
    long (*complete)(
        void *context, const char *line, size_t length, size_t cursor, char *text, size_t capacity, size_t *replaced);
} editline_callbacks;

// How reading a line has ended.
typedef enum { EDITLINE_LINE, EDITLINE_END, EDITLINE_INTERRUPTED, EDITLINE_FAILED } editline_outcome;

// Takes SIGINT, SIGWINCH, SIGTSTP, SIGCONT and the signals that end a program, chooses a locale whose characters are
// UTF-8, and makes the editor on the standard streams; 0 where that fails.
int editline_open(const char *program, editline_callbacks callbacks, int history_size, int is_colored);

// Reads a line: its bytes, without the line's end, are in `*line` until the next call.
editline_outcome editline_read(const char *prompt, const char **line, size_t *length);

// Adds a line to the history in memory; the same line twice in a row is kept once.
void editline_remember(const char *line);

// The next line of a paste that has more than one; 0 where there is none. The bytes are valid until the next call.
int editline_next_pasted(const char **line, size_t *length);

// Forgets the lines of a paste that were not taken.
void editline_drop_pasted(void);

// The terminal's size as it is now.
void editline_size(int *columns, int *rows);

// Between two lines: gives the terminal to whoever else reads from it, as it was found, or takes it back.
void editline_lend_terminal(int is_lent);

// Gives the terminal back as it was found; safe in a signal handler and when there is no editor.
void editline_close(void);

// Removes a file and its folder where a signal or `exit` ends the program. To be called before `editline_open`.
void editline_remove_at_end(const char *file, const char *folder);

// A descriptor that becomes readable when an interrupt or another signal comes, for `poll`.
int editline_interrupt_descriptor(void);

// Whether an interrupt has come that nobody has asked for with `editline_was_interrupted`.
int editline_is_interrupted(void);

// Whether an interrupt has come since it was last asked.
int editline_was_interrupted(void);

// Asks a person something on the standard streams, between two lines of the editor. An interrupt ends it; a new size of
// the terminal does not, nor a stop, after which the question is there again. What is typed behind the answer's line is
// left for the editor.
editline_outcome editline_ask(const char *question, char *answer, size_t capacity);

// As `editline_ask`, on the terminal itself and without showing what is typed, for a password; EDITLINE_FAILED where there
// is no terminal.
editline_outcome editline_read_secret(const char *prompt, char *buffer, size_t capacity);

#endif
