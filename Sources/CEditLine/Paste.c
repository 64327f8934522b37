#include "Internal.h"

#include <stdlib.h>
#include <string.h>

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
unsigned char editline_take_paste(EditLine *el, int key) {
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
