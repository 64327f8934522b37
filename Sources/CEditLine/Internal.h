// What the files of the editor share: one editor a process, see CEditLine.h.

#ifndef CLUSTERCTL_CEDITLINE_INTERNAL_H
#define CLUSTERCTL_CEDITLINE_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CEditLine.h"

#if __has_include(<histedit.h>)
#include <histedit.h>
#else
#error "libedit is missing: install libedit-dev (Debian, Ubuntu), or run `make build`, which does"
#endif

#include <signal.h>
#include <termios.h>
#include <wchar.h>

// Editor.c: the editor, what it asks the program for, the prompt that it shows.
extern EditLine *editline_editor;
extern editline_callbacks editline_program;
extern int editline_is_colored;
extern char *editline_prompt;

// Whether the terminal can draw behind the cursor and tells pastes apart.
extern int editline_draws_hints, editline_takes_pastes;

// Terminal.c: the terminal's state as it was found.
extern struct termios editline_found;
extern int editline_has_found;
void editline_put(const char *text);
void editline_put_to(int descriptor, const char *text);
void editline_end_pastes(void);
void editline_set_terminal_again(void);
void editline_restore_terminal(void);

// Signals.c: what has come, and the pipe that wakes `poll`.
extern int editline_pipe[2];
extern volatile sig_atomic_t editline_interrupted, editline_resized, editline_continued;
int editline_open_pipe(void);
void editline_empty_pipe(void);
void editline_take(int number, void (*handler)(int));
void editline_on_interrupt(int number);
void editline_on_resize(int number);
void editline_on_continue(int number);
void editline_on_stop(int number);
void editline_on_end(int number);

// Reader.c: libedit's way to a character, and the hint that is drawn meanwhile.
extern int editline_hint_is_shown;
int editline_read_character(EditLine *editor, wchar_t *character);

// Paste.c: the key that begins a paste.
unsigned char editline_take_paste(EditLine *editor, int key);

#endif
