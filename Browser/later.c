/* Loaded before the C library: sets the clock of the day forward by LATER seconds, so that a year passes in a test. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>
int clock_gettime(clockid_t clock, struct timespec *now) {
    long answer = syscall(SYS_clock_gettime, clock, now);
    const char *later = getenv("LATER");
    if (answer == 0 && clock == CLOCK_REALTIME && later) now->tv_sec += atol(later);
    return (int)answer;
}
