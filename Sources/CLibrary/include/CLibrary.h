// What Redis' replies take from the C library and Swift cannot call: numbers read and written by strtod, strtold and
// printf (variadic), long double (Swift has no such type on every platform), the size of an allocation; a clock that
// costs little; and the processor's prefetch.

#ifndef CLUSTERCTL_CLIBRARY_H
#define CLUSTERCTL_CLIBRARY_H

#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

// The bytes that an allocation has room for, at least those asked for.
static inline size_t clibrary_allocation_size(const void *address) {
    return malloc_usable_size((void *)address);
}

// Asks the processor to bring the cache line of an address near; harmless for any address.
static inline void clibrary_prefetch(const void *address) {
    __builtin_prefetch(address);
}

// Milliseconds of a clock that only goes forward, some four milliseconds behind at most: for what costs less than to ask
// what time it is.
static inline int64_t clibrary_coarse_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The longest text of a number that is read; a longer one is none.
#define CLIBRARY_NUMBER_TEXT 6144

// Reads a whole text as a double, as Redis 2.8 reads scores and increments: nothing after the number but a zero byte
// and what follows it, no space before it, not NaN, not out of range; an empty text is 0; hexadecimal and "inf" are
// numbers. False where it is none.
bool clibrary_parse_double(const unsigned char *text, size_t count, double *result);

// Reads a whole text as the end of a range of scores: as above, but space before it is skipped, and what is out of
// range becomes infinite or 0.
bool clibrary_parse_range_end(const unsigned char *text, size_t count, double *result);

// Writes a double with 17 significant digits ("%.17g"); returns the length. 32 bytes of room are enough.
size_t clibrary_format_double(double value, char *buffer, size_t room);

typedef struct {
    long double number;
} clibrary_long_double;

// Reads a whole text as a long double, as Redis 2.8 reads the numbers of INCRBYFLOAT. False where it is none.
bool clibrary_parse_long_double(const unsigned char *text, size_t count, clibrary_long_double *result);

// Adds `increment` to `value`; false where the sum is NaN or infinite.
bool clibrary_add(clibrary_long_double *value, const clibrary_long_double *increment);

// Writes a long double with 17 digits after the point, without trailing zeros; returns the length. The longest is
// CLIBRARY_NUMBER_TEXT.
size_t clibrary_format_long_double(const clibrary_long_double *value, char *buffer, size_t room);

#endif
