// What a thread tells the system of itself, and how it sleeps. Swift sees none of pthread_setname_np, SCHED_BATCH and
// sem_clockwait: they need _GNU_SOURCE.

#ifndef CLUSTERCTL_CTHREAD_H
#define CLUSTERCTL_CTHREAD_H

#include <semaphore.h>
#include <stdint.h>

// Gives the calling thread the name that the system's tools show: its first 15 bytes.
void cthread_set_name(const char *name);

// Lets the calling thread's wake-ups never interrupt a running thread (SCHED_BATCH, Linux 2.6.16): it takes its share of
// the cores, some milliseconds later where all are busy. Nothing happens where the system does not allow it.
void cthread_work_in_background(void);

// Waits until the semaphore is posted, for so many microseconds at most, whatever is done to the wall clock meanwhile
// (glibc 2.30).
void cthread_wait(sem_t *semaphore, int64_t microseconds);

#endif
