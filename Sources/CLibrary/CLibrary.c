#include "CLibrary.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// strtod wants a zero byte at the end, an argument has none: the text is copied. Returns false if it is too long.
static bool terminated(const unsigned char *text, size_t count, char *copy) {
    if (count >= CLIBRARY_NUMBER_TEXT) return false;
    memcpy(copy, text, count);
    copy[count] = 0;
    return true;
}

bool clibrary_parse_double(const unsigned char *text, size_t count, double *result) {
    char copy[CLIBRARY_NUMBER_TEXT];
    if (!terminated(text, count, copy) || isspace((unsigned char)copy[0])) return false;
    char *end;
    errno = 0;
    double value = strtod(copy, &end);
    bool out_of_range = errno == ERANGE && (value == HUGE_VAL || value == -HUGE_VAL || value == 0);
    if (*end != 0 || out_of_range || errno == EINVAL || isnan(value)) return false;
    *result = value;
    return true;
}

bool clibrary_parse_range_end(const unsigned char *text, size_t count, double *result) {
    char copy[CLIBRARY_NUMBER_TEXT];
    if (!terminated(text, count, copy)) return false;
    char *end;
    double value = strtod(copy, &end);
    if (*end != 0 || isnan(value)) return false;
    *result = value;
    return true;
}

size_t clibrary_format_double(double value, char *buffer, size_t room) {
    int count = snprintf(buffer, room, "%.17g", value);
    return count < 0 || (size_t)count >= room ? 0 : (size_t)count;
}

bool clibrary_parse_long_double(const unsigned char *text, size_t count, clibrary_long_double *result) {
    char copy[CLIBRARY_NUMBER_TEXT];
    if (!terminated(text, count, copy) || isspace((unsigned char)copy[0])) return false;
    char *end;
    errno = 0;
    long double value = strtold(copy, &end);
    if (*end != 0 || errno == ERANGE || isnan(value)) return false;
    result->number = value;
    return true;
}

bool clibrary_add(clibrary_long_double *value, const clibrary_long_double *increment) {
    value->number += increment->number;
    return isfinite(value->number);
}

size_t clibrary_format_long_double(const clibrary_long_double *value, char *buffer, size_t room) {
    if (isinf(value->number)) {
        const char *name = value->number > 0 ? "inf" : "-inf";
        size_t count = strlen(name);
        if (count > room) return 0;
        memcpy(buffer, name, count);
        return count;
    }
    int written = snprintf(buffer, room, "%.17Lf", value->number);
    if (written < 0 || (size_t)written >= room) return 0;
    size_t count = (size_t)written;
    if (memchr(buffer, '.', count) == NULL) return count;
    while (buffer[count - 1] == '0') count--;
    if (buffer[count - 1] == '.') count--;
    return count;
}
