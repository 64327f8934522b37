// Memory that the system refuses ends the program in one line. Swift's runtime and SwiftNIO have no other answer to it
// than an illegal instruction, and libdispatch waits forever for a thread that it does not get.
//
// This target defines the C library's allocating functions and `pthread_create`, each of which calls the library's own:
// so whatever in the program calls them, the libraries that it uses among it, is covered. A call takes some five
// instructions more. Sanitizers define them as well: with one, nothing is defined here.

#ifndef CLUSTERCTL_CMEMORY_H
#define CLUSTERCTL_CMEMORY_H

#include <pthread.h>
#include <stddef.h>

// Ends the program since the system refuses so many bytes: one line on stderr, and status 3. Allocates nothing.
_Noreturn void cmemory_end(size_t bytes);

// Ends the program in the same way since the system refuses a thread.
_Noreturn void cmemory_end_without_thread(void);

// The C library's `pthread_create`: the number of the error is the caller's to handle.
int cmemory_create_thread(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument);

#endif
