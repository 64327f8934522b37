// What a thread tells the system of itself. Swift sees neither pthread_setname_np nor SCHED_BATCH: both need _GNU_SOURCE.

#ifndef CLUSTERCTL_CTHREAD_H
#define CLUSTERCTL_CTHREAD_H

// Gives the calling thread the name that the system's tools show: its first 15 bytes.
void cthread_set_name(const char *name);

// Lets the calling thread's wake-ups never interrupt a running thread (SCHED_BATCH, Linux 2.6.16): it takes its share of
// the cores, some milliseconds later where all are busy. Nothing happens where the system does not allow it.
void cthread_work_in_background(void);

#endif
