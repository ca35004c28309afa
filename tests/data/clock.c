/* Loaded before the C library (LD_PRELOAD), it sets the clock of a program to the second that FAKE_CLOCK names. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static time_t faked(void) {
    const char *second = getenv("FAKE_CLOCK");
    return second ? (time_t)atoll(second) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
    (void)clock;
    at->tv_sec = faked();
    at->tv_nsec = 0;
    return 0;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void)zone;
    at->tv_sec = faked();
    at->tv_usec = 0;
    return 0;
}

time_t time(time_t *at) {
    if (at) *at = faked();
    return faked();
}
