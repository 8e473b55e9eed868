/* Writes down, in order, what a process does to the files under one folder, and what it says on its
 * standard output meanwhile: the tape that tests/faults/crash_images.py plays.
 *
 * Loaded by LD_PRELOAD, silent until `heshi_record` is called, and it changes nothing that the process
 * does. Files are known by a number that is given when they are made, not
 * by their inode: the next file may get the same inode. What it does not see (a shared mapping,
 * sendfile) is found by whoever compares the played tape with the folder that is left.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_FILES 65536

struct __attribute__((packed)) head {
    char what;        /* see `kinds` in crash_images.py */
    uint32_t file;    /* number of a file or folder, 0 for none */
    uint64_t offset;  /* in bytes */
    uint32_t length;  /* of the bytes that follow */
};

static struct { dev_t dev; ino_t ino; uint32_t number; } known[MOST_FILES];
static int known_count;
static uint32_t last_number;
static char root[PATH_MAX];
static size_t root_length;
static int tape = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* From now on everything under `folder` goes to `file`. */
void heshi_record(const char *folder, const char *file)
{
    if (!realpath(folder, root))
        abort();
    root_length = strlen(root);
    tape = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (tape < 0)
        abort();
}

static void put(const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length) {
        long done = syscall(SYS_write, tape, at, length);
        if (done <= 0)
            abort(); /* a tape with a hole would accuse the innocent */
        at += done;
        length -= (size_t)done;
    }
}

static void note(char what, uint32_t file, uint64_t offset, const void *bytes, size_t length)
{
    struct head head = {what, file, offset, (uint32_t)length};
    int kept = errno;
    put(&head, sizeof head);
    put(bytes, length);
    errno = kept;
}

/* The path under the root, without the root; NULL for a path elsewhere. */
static const char *inside(int folder, const char *path, char *buffer)
{
    char base[PATH_MAX], link[64];
    if (path[0] == '/')
        snprintf(buffer, PATH_MAX, "%s", path);
    else {
        if (folder == AT_FDCWD)
            snprintf(link, sizeof link, "/proc/self/cwd");
        else
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0)
            return NULL;
        base[length] = 0;
        if (snprintf(buffer, PATH_MAX, "%s/%s", base, path) >= PATH_MAX)
            return NULL;
    }
    if (strncmp(buffer, root, root_length) || (buffer[root_length] && buffer[root_length] != '/'))
        return NULL;
    return buffer[root_length] ? buffer + root_length + 1 : "";
}

static uint32_t number_of(const struct stat *found, int fresh)
{
    int at = 0;
    while (at < known_count && (known[at].dev != found->st_dev || known[at].ino != found->st_ino))
        at++;
    if (at == MOST_FILES)
        abort();
    if (at == known_count)
        known[known_count++].number = 0;
    if (fresh)
        known[at].number = ++last_number;
    known[at].dev = found->st_dev;
    known[at].ino = found->st_ino;
    return known[at].number;
}

static uint32_t number_of_handle(int handle)
{
    struct stat found;
    int kept = errno;
    uint32_t number = fstat(handle, &found) ? 0 : number_of(&found, 0);
    errno = kept;
    return number;
}

static int open_noted(int folder, const char *path, int flags, mode_t mode)
{
    char buffer[PATH_MAX];
    const char *name = tape < 0 ? NULL : inside(folder, path, buffer);
    struct stat found;
    if (!name)
        return (int)syscall(SYS_openat, folder, path, flags, mode);
    pthread_mutex_lock(&one_at_a_time);
    int was_there = !stat(buffer, &found);
    int handle = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (handle >= 0 && !fstat(handle, &found)) {
        uint32_t number = was_there ? number_of(&found, 0) : 0;
        if (!number)
            note(was_there ? 'O' : 'C', number_of(&found, 1), 0, name, strlen(name));
        if (was_there && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY)
            note('T', number_of(&found, 0), 0, "", 0);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return handle;
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
    return open_noted(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    OPEN_MODE(flags)
    return open_noted(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    OPEN_MODE(flags)
    return open_noted(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    OPEN_MODE(flags)
    return open_noted(folder, path, flags, mode);
}

int __open_2(const char *path, int flags) { return open_noted(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_noted(AT_FDCWD, path, flags, 0); }

ssize_t write(int handle, const void *bytes, size_t length)
{
    if (tape < 0 || handle == tape)
        return syscall(SYS_write, handle, bytes, length);
    pthread_mutex_lock(&one_at_a_time);
    uint32_t number = handle == 1 ? 0 : number_of_handle(handle);
    off_t at = number ? lseek(handle, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, handle, bytes, length);
    if (done > 0 && handle == 1)
        note('A', 0, 0, bytes, (size_t)done);
    else if (done > 0 && number)
        note('W', number, (uint64_t)at, bytes, (size_t)done);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

static ssize_t pwrite_noted(int handle, const void *bytes, size_t length, off_t offset)
{
    pthread_mutex_lock(&one_at_a_time);
    ssize_t done = syscall(SYS_pwrite64, handle, bytes, length, offset);
    uint32_t number = done > 0 && tape >= 0 ? number_of_handle(handle) : 0;
    if (number)
        note('W', number, (uint64_t)offset, bytes, (size_t)done);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t pwrite(int handle, const void *bytes, size_t length, off_t offset)
{
    return pwrite_noted(handle, bytes, length, offset);
}

ssize_t pwrite64(int handle, const void *bytes, size_t length, off_t offset)
{
    return pwrite_noted(handle, bytes, length, offset);
}

static int noted(int handle, char what, off_t offset, int done)
{
    uint32_t number = !done && tape >= 0 ? number_of_handle(handle) : 0;
    if (number)
        note(what, number, (uint64_t)offset, "", 0);
    return done;
}

#define LOCKED(call)                            \
    pthread_mutex_lock(&one_at_a_time);         \
    int done = (call);                          \
    pthread_mutex_unlock(&one_at_a_time);       \
    return done;

int ftruncate(int handle, off_t length)
{
    LOCKED(noted(handle, 'T', length, (int)syscall(SYS_ftruncate, handle, length)))
}

int ftruncate64(int handle, off_t length)
{
    LOCKED(noted(handle, 'T', length, (int)syscall(SYS_ftruncate, handle, length)))
}

int fsync(int handle)
{
    LOCKED(noted(handle, 'S', 0, (int)syscall(SYS_fsync, handle)))
}

int fdatasync(int handle)
{
    LOCKED(noted(handle, 'S', 0, (int)syscall(SYS_fdatasync, handle)))
}

/* One name, or two with a zero between them. */
static int names_noted(char what, const char *first, const char *second, int done)
{
    char pair[2 * PATH_MAX];
    if (done || !first || (what != 'U' && what != 'D' && !second))
        return done;
    size_t length = strlen(first);
    memcpy(pair, first, length);
    if (second) {
        pair[length++] = 0;
        memcpy(pair + length, second, strlen(second));
        length += strlen(second);
    }
    note(what, 0, 0, pair, length);
    return done;
}

static int two_names(char what, long call, int from, const char *old, int to, const char *new)
{
    char first[PATH_MAX], second[PATH_MAX];
    const char *one = tape < 0 ? NULL : inside(from, old, first);
    const char *two = tape < 0 ? NULL : inside(to, new, second);
    if ((one == NULL) != (two == NULL))
        abort(); /* into or out of the folder: a tape cannot say that */
    LOCKED(names_noted(what, one, two, (int)syscall(call, from, old, to, new, 0)))
}

int rename(const char *old, const char *new)
{
    return two_names('R', SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new);
}

int renameat(int from, const char *old, int to, const char *new)
{
    return two_names('R', SYS_renameat2, from, old, to, new);
}

int link(const char *old, const char *new)
{
    return two_names('L', SYS_linkat, AT_FDCWD, old, AT_FDCWD, new);
}

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    (void)flags;
    return two_names('L', SYS_linkat, from, old, to, new);
}

static int unlink_noted(int folder, const char *path, int flags)
{
    char buffer[PATH_MAX];
    const char *name = tape < 0 ? NULL : inside(folder, path, buffer);
    char what = flags & AT_REMOVEDIR ? 'D' : 'U';
    LOCKED(names_noted(what, name, NULL, (int)syscall(SYS_unlinkat, folder, path, flags)))
}

int unlink(const char *path) { return unlink_noted(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlink_noted(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int folder, const char *path, int flags) { return unlink_noted(folder, path, flags); }

static int mkdir_noted(int folder, const char *path, mode_t mode)
{
    char buffer[PATH_MAX];
    const char *name = tape < 0 ? NULL : inside(folder, path, buffer);
    struct stat found;
    pthread_mutex_lock(&one_at_a_time);
    int done = (int)syscall(SYS_mkdirat, folder, path, mode);
    if (!done && name && !stat(buffer, &found))
        note('M', number_of(&found, 1), 0, name, strlen(name));
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int mkdir(const char *path, mode_t mode) { return mkdir_noted(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return mkdir_noted(folder, path, mode); }
