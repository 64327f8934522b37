// A part of a file in memory that stays readable when somebody makes the file shorter. Swift cannot write the handler of
// a signal that says where it struck.

#ifndef CLUSTERCTL_CFILEMAPPING_H
#define CLUSTERCTL_CFILEMAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// A mapped part of a file.
typedef struct {
    // The first byte; NULL where nothing is mapped.
    const void *start;
    size_t length;
    // Which of the places that the handler knows; of no use to others.
    int place;
} cfilemapping;

// Maps `length` bytes of a file from `offset` on, a multiple of the page size, for reading.
//
// Bytes that the file no longer has, or that cannot be read, read as zeros from then on: the first mapping installs a
// handler of SIGBUS that puts zeros in their place. A SIGBUS that struck elsewhere goes to the handler that was there
// before. `start` is NULL where the system does not map the file or too many parts are mapped at once.
cfilemapping cfilemapping_map(int descriptor, off_t offset, size_t length);

// Whether zeros had to be put in place of some of its bytes.
bool cfilemapping_is_cut(cfilemapping mapping);

void cfilemapping_unmap(cfilemapping mapping);

#endif
