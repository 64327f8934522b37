#define _GNU_SOURCE
#include "CThread.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <time.h>

void cthread_set_name(const char *name) {
    // A longer name is refused, not cut.
    char text[16] = {0};
    strncpy(text, name, sizeof text - 1);
    pthread_setname_np(pthread_self(), text);
}

void cthread_work_in_background(void) {
    struct sched_param parameter = {0};
    pthread_setschedparam(pthread_self(), SCHED_BATCH, &parameter);
}

void cthread_wait(sem_t *semaphore, int64_t microseconds) {
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    int64_t nanoseconds = deadline.tv_nsec + microseconds % 1000000 * 1000;
    deadline.tv_sec += microseconds / 1000000 + nanoseconds / 1000000000;
    deadline.tv_nsec = nanoseconds % 1000000000;
    while (sem_clockwait(semaphore, CLOCK_MONOTONIC, &deadline) != 0 && errno == EINTR) {}
}
