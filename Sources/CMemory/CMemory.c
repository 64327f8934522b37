#define _GNU_SOURCE
#include "CMemory.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

// The table of statuses has 3 for what cannot be read or reached.
enum { STATUS = 3 };

// Writes one line of several parts and ends the program, without an allocation: memory is at its end.
static _Noreturn void end(const char *const *parts, size_t part_count) {
    char line[256];
    size_t length = 0;
    for (size_t index = 0; index < part_count; index++) {
        size_t count = strlen(parts[index]);
        if (count > sizeof line - length) count = sizeof line - length;
        memcpy(line + length, parts[index], count);
        length += count;
    }
    // Whether it could be written or not, there is nothing else to do.
    if (write(STDERR_FILENO, line, length) < 0) _exit(STATUS);
    _exit(STATUS);
}

void cmemory_end(size_t bytes) {
    char digits[24] = {0};
    size_t place = sizeof digits - 1;
    do {
        digits[--place] = (char)('0' + bytes % 10);
        bytes /= 10;
    } while (bytes > 0);
    const char *const parts[] = {
        "clusterctl: out of memory: the system refuses ", digits + place,
        " bytes more: raise the limit (ulimit -v), or ask for less (start: --max-memory, --max-client-memory)\n"};
    end(parts, 3);
}

void cmemory_end_without_thread(void) {
    const char *const parts[] = {
        "clusterctl: out of memory: the system refuses a thread: raise the limit of memory (ulimit -v), or of processes "
        "(ulimit -u)\n"};
    end(parts, 1);
}

typedef int (*create_function)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CMEMORY_IS_SANITIZED 1
#endif
#endif

#if !defined(__GLIBC__) || defined(CMEMORY_IS_SANITIZED)

int cmemory_create_thread(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    return pthread_create(thread, attributes, body, argument);
}

#else

// The C library's own functions, under the names that it has for programs that define `malloc`.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *address, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

#define REPLACING __attribute__((visibility("default")))

// More than an address space has is its caller's mistake, who is told so as by the C library.
static int is_possible(size_t size) { return size <= PTRDIFF_MAX; }

REPLACING void *malloc(size_t size) {
    void *address = __libc_malloc(size);
    if (__builtin_expect(address == NULL, 0) && is_possible(size)) cmemory_end(size);
    return address;
}

REPLACING void *calloc(size_t count, size_t size) {
    void *address = __libc_calloc(count, size);
    size_t bytes;
    if (__builtin_expect(address == NULL, 0) && !__builtin_mul_overflow(count, size, &bytes) && is_possible(bytes)) {
        cmemory_end(bytes);
    }
    return address;
}

REPLACING void *realloc(void *old, size_t size) {
    void *address = __libc_realloc(old, size);
    // Without a size the memory was given back.
    if (__builtin_expect(address == NULL, 0) && size != 0 && is_possible(size)) cmemory_end(size);
    return address;
}

REPLACING void *memalign(size_t alignment, size_t size) {
    void *address = __libc_memalign(alignment, size);
    if (__builtin_expect(address == NULL, 0) && is_possible(size)) cmemory_end(size);
    return address;
}

REPLACING void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

REPLACING int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *address = memalign(alignment, size);
    if (address == NULL) return ENOMEM;
    *result = address;
    return 0;
}

int cmemory_create_thread(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    create_function create = (create_function)dlsym(RTLD_NEXT, "pthread_create");
    return create == NULL ? EAGAIN : create(thread, attributes, body, argument);
}

REPLACING int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    int error = cmemory_create_thread(thread, attributes, body, argument);
    if (error == EAGAIN || error == ENOMEM) cmemory_end_without_thread();
    return error;
}

#endif
