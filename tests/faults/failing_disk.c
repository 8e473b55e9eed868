/* A disk under one folder whose n-th write, flush or new name fails, once or for ever after.
 *
 * Loaded by LD_PRELOAD and harmless until `heshi_disk_fails` is called. It fails before anything was
 * done, as a full or a dying disk does.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WRITES = 1, FLUSHES = 2, NAMES = 4 };

static char root[PATH_MAX];
static size_t root_length;
static int which, number, for_ever;
static atomic_int left, failed;

/* From now on: the `nth` of the `calls` (WRITES, FLUSHES, NAMES added up) under `folder` fails. */
void heshi_disk_fails(const char *folder, int calls, int nth, int error, int always)
{
    if (!realpath(folder, root))
        abort();
    root_length = strlen(root);
    number = error;
    for_ever = always;
    left = nth;
    failed = 0;
    which = calls;
}

/* How many calls have failed so far. */
int heshi_disk_failed(void)
{
    return failed;
}

static int is_inside(const char *path)
{
    return !strncmp(path, root, root_length) && (!path[root_length] || path[root_length] == '/');
}

static int fails(int kind, int handle, const char *path)
{
    char link[64], found[PATH_MAX];
    if (!(which & kind))
        return 0;
    if (!path) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
        ssize_t length = readlink(link, found, sizeof found - 1);
        if (length < 0)
            return 0;
        found[length] = 0;
        path = found;
    }
    if (!is_inside(path))
        return 0;
    int now = --left;
    if (now > 0 || (now < 0 && !for_ever))
        return 0;
    failed++;
    errno = number;
    return 1;
}

ssize_t write(int handle, const void *bytes, size_t length)
{
    return fails(WRITES, handle, NULL) ? -1 : syscall(SYS_write, handle, bytes, length);
}

ssize_t pwrite(int handle, const void *bytes, size_t length, off_t offset)
{
    if (fails(WRITES, handle, NULL))
        return -1;
    return syscall(SYS_pwrite64, handle, bytes, length, offset);
}

ssize_t pwrite64(int handle, const void *bytes, size_t length, off_t offset)
{
    return pwrite(handle, bytes, length, offset);
}

int fsync(int handle)
{
    return fails(FLUSHES, handle, NULL) ? -1 : (int)syscall(SYS_fsync, handle);
}

int fdatasync(int handle)
{
    return fails(FLUSHES, handle, NULL) ? -1 : (int)syscall(SYS_fdatasync, handle);
}

static int opened(int folder, const char *path, int flags, mode_t mode)
{
    int makes = (flags & O_CREAT) && path[0] == '/' && access(path, F_OK);
    if (makes && fails(NAMES, -1, path))
        return -1;
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define OPEN_MODE(flags)                    \
    mode_t mode = 0;                        \
    if ((flags) & (O_CREAT | O_TMPFILE)) {  \
        va_list more;                       \
        va_start(more, flags);              \
        mode = va_arg(more, mode_t);        \
        va_end(more);                       \
    }

int open(const char *path, int flags, ...)
{
    OPEN_MODE(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    OPEN_MODE(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int rename(const char *old, const char *new)
{
    if (fails(NAMES, -1, new))
        return -1;
    return (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
}

int link(const char *old, const char *new)
{
    return fails(NAMES, -1, new) ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return fails(NAMES, -1, path) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
