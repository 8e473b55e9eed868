/* A disk that needs its time: each flush of a process takes some milliseconds more, as on a laptop of
 * long ago.
 *
 * Loaded by LD_PRELOAD; harmless until `heshi_disk_is_slow` is called.
 */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>

static unsigned microseconds;

void heshi_disk_is_slow(int milliseconds)
{
    microseconds = (unsigned)milliseconds * 1000;
}

static int flushed(long call, int handle)
{
    if (microseconds)
        usleep(microseconds);
    return (int)syscall(call, handle);
}

int fsync(int handle) { return flushed(SYS_fsync, handle); }
int fdatasync(int handle) { return flushed(SYS_fdatasync, handle); }
