#define _GNU_SOURCE
#include "CThread.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>

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
