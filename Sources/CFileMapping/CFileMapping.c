#define _GNU_SOURCE
#include "CFileMapping.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PLACES = 64 };

// What the handler knows of a mapping. `start` is 0 in a free place and 1 in one that is being filled: the handler
// believes `length` only beside another `start`.
static struct {
    _Atomic uintptr_t start;
    _Atomic size_t length;
    _Atomic bool is_cut;
} places[PLACES];

static struct sigaction previous;
static uintptr_t page_size;

static void strike(int signal, siginfo_t *information, void *context) {
    const uintptr_t address = (uintptr_t)information->si_addr;
    for (int place = 0; place < PLACES; place++) {
        const uintptr_t start = atomic_load(&places[place].start);
        const size_t length = atomic_load(&places[place].length);
        if (start <= 1 || address < start || address - start >= length) continue;
        const uintptr_t page = address & ~(page_size - 1);
        const uintptr_t end = (start + length + page_size - 1) & ~(page_size - 1);
        // mmap is a bare system call: nothing that it could meet half-done in this thread.
        void *zeros = mmap(
            (void *)page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
        if (zeros == MAP_FAILED) break;
        atomic_store(&places[place].is_cut, true);
        return;
    }
    if (previous.sa_flags & SA_SIGINFO) {
        previous.sa_sigaction(signal, information, context);
    } else if (previous.sa_handler == SIG_DFL || previous.sa_handler == SIG_IGN) {
        // What struck strikes again, without a handler.
        sigaction(SIGBUS, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    } else {
        previous.sa_handler(signal);
    }
}

static void install(void) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = strike, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &previous);
}

cfilemapping cfilemapping_map(int descriptor, off_t offset, size_t length) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    cfilemapping mapping = {NULL, length, -1};
    for (int place = 0; place < PLACES && mapping.place < 0; place++) {
        uintptr_t free = 0;
        if (atomic_compare_exchange_strong(&places[place].start, &free, 1)) mapping.place = place;
    }
    if (mapping.place < 0) return mapping;
    void *start = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, offset);
    // Reads far ahead of who touches the pages in their order.
    if (start != MAP_FAILED) madvise(start, length, MADV_SEQUENTIAL);
    atomic_store(&places[mapping.place].is_cut, false);
    atomic_store(&places[mapping.place].length, length);
    atomic_store(&places[mapping.place].start, start == MAP_FAILED ? 0 : (uintptr_t)start);
    if (start != MAP_FAILED) mapping.start = start;
    return mapping;
}

bool cfilemapping_is_cut(cfilemapping mapping) {
    return mapping.start != NULL && atomic_load(&places[mapping.place].is_cut);
}

void cfilemapping_unmap(cfilemapping mapping) {
    if (mapping.start == NULL) return;
    atomic_store(&places[mapping.place].start, 1);
    munmap((void *)mapping.start, mapping.length);
    atomic_store(&places[mapping.place].start, 0);
}
