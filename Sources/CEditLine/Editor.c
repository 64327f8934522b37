#include "Internal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COMPLETION_CAPACITY = 65536 };

EditLine *editline_editor;
editline_callbacks editline_program;
int editline_is_colored;
char *editline_prompt;
int editline_draws_hints = 1, editline_takes_pastes = 1;
static History *history_list;

// MARK: Keys

static unsigned char complete(EditLine *el, int key) {
    (void)key;
    const LineInfo *info = el_line(el);
    static char text[COMPLETION_CAPACITY];
    size_t length = (size_t)(info->lastchar - info->buffer), cursor = (size_t)(info->cursor - info->buffer);
    size_t replaced = 0;
    long count = editline_program.complete(
        editline_program.context, info->buffer, length, cursor, text, sizeof text - 1, &replaced);
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
    return editline_prompt;
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
        el_set(editline_editor, EL_BIND, keys[index][0], keys[index][1], NULL);
    }
    el_set(editline_editor, EL_BIND, "\t", "clusterctl-complete", NULL);
    el_set(editline_editor, EL_BIND, "\033[200~", "clusterctl-paste", NULL);
}

// With vi's keys Escape ends inserting at once, so no sequence may begin with it: a paste is then what is typed fast.
static void bind_vi_keys(void) {
    editline_takes_pastes = 0;
    el_set(editline_editor, EL_BIND, "\t", "clusterctl-complete", NULL);
    el_set(editline_editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
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
    if (!editline_open_pipe()) return 0;
    editline_has_found = tcgetattr(STDIN_FILENO, &editline_found) == 0;
    editline_program = callbacks;
    editline_is_colored = is_colored;
    const char *terminal = getenv("TERM");
    if (!terminal || !*terminal || strcmp(terminal, "dumb") == 0) editline_takes_pastes = editline_draws_hints = 0;
    editline_prompt = strdup("> ");
    editline_editor = el_init(name, stdin, stdout, stderr);
    history_list = history_init();
    if (!editline_editor || !history_list || !editline_prompt) return 0;
    HistEvent event;
    history(history_list, &event, H_SETSIZE, history_size);
    history(history_list, &event, H_SETUNIQUE, 1);
    // libedit's own handlers would send an interrupt to the whole process group.
    el_set(editline_editor, EL_SIGNAL, 0);
    el_set(editline_editor, EL_EDITOR, "emacs");
    el_set(editline_editor, EL_HIST, history, history_list);
    el_set(editline_editor, EL_PROMPT, show_prompt);
    el_set(editline_editor, EL_GETCFN, editline_read_character);
    el_set(editline_editor, EL_ADDFN, "clusterctl-complete", "Complete the word before the cursor", complete);
    el_set(editline_editor, EL_ADDFN, "clusterctl-paste", "Take what is pasted", editline_take_paste);
    bind_keys();
    // The user's own keys come last; `bind -v` among them forgets all others.
    el_source(editline_editor, NULL);
    const char *keys = NULL;
    if (el_get(editline_editor, EL_EDITOR, &keys) == 0 && keys && strcmp(keys, "vi") == 0) bind_vi_keys();
    editline_take(SIGINT, editline_on_interrupt);
    editline_take(SIGWINCH, editline_on_resize);
    editline_take(SIGTSTP, editline_on_stop);
    editline_take(SIGCONT, editline_on_continue);
    editline_take(SIGTERM, editline_on_end);
    editline_take(SIGHUP, editline_on_end);
    editline_take(SIGQUIT, SIG_IGN);
    return 1;
}

editline_outcome editline_read(const char *prompt, const char **line, size_t *length) {
    if (!editline_editor) return EDITLINE_FAILED;
    char *copy = strdup(prompt);
    if (!copy) return EDITLINE_FAILED;
    free(editline_prompt);
    editline_prompt = copy;
    editline_interrupted = 0;
    editline_empty_pipe();
    // libedit itself would draw the prompt first: what is typed in between would be echoed by the terminal.
    el_set(editline_editor, EL_PREP_TERM, 1);
    if (editline_takes_pastes) editline_put("\033[?2004h");
    int count = 0;
    errno = 0;
    const char *text = el_gets(editline_editor, &count);
    editline_hint_is_shown = 0;
    editline_end_pastes();
    editline_lend_terminal(0);
    if (!text || count <= 0) {
        int was_interrupted = editline_interrupted;
        editline_interrupted = 0;
        if (was_interrupted) {
            editline_drop_pasted();
            editline_put("^C\n");
            el_reset(editline_editor);
            el_set(editline_editor, EL_PREP_TERM, 0);
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
    if (!editline_editor) return;
    editline_restore_terminal();
    EditLine *closing = editline_editor;
    editline_editor = NULL;
    el_end(closing);
    history_end(history_list);
    history_list = NULL;
}
