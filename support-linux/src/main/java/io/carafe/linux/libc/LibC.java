package io.carafe.linux.libc;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import jnr.ffi.types.u_int64_t;
import org.jspecify.annotations.Nullable;

/**
 * Functions of glibc (2.31 or newer), as its manual pages declare them.
 *
 * <p>Paths and names are NUL-terminated byte arrays made by {@link CString}, because a file name need not be UTF-8 and a Java
 * string may hide a NUL. {@code syscall} stands for the calls that have no wrapper; its overloads differ only in how their
 * arguments are passed. Variadic functions are safe to declare with fixed integer arguments on x86-64 and aarch64.
 */
public interface LibC {
    // files
    int open(@In byte[] path, int flags, int mode);

    int openat(int directory, @In byte[] path, int flags, int mode);

    int close(int fd);

    int dup(int fd);

    int fsync(int fd);

    int syncfs(int fd);

    @ssize_t
    long read(int fd, @Out byte[] buffer, @size_t long length);

    @ssize_t
    long write(int fd, @In byte[] buffer, @size_t long length);

    int pipe2(@Out int[] ends, int flags);

    @ssize_t
    long tee(int from, int to, @size_t long length, int flags);

    int flock(int fd, int operation);

    @ssize_t
    long getdents64(int fd, @Out byte[] buffer, @size_t long length);

    int statx(int directory, @In byte[] path, int flags, int mask, @Out byte[] statx);

    int statfs(@In byte[] path, @Out byte[] statfs);

    int mkdirat(int directory, @In byte[] path, int mode);

    int mknodat(int directory, @In byte[] path, int mode, @u_int64_t long device);

    int symlinkat(@In byte[] target, int directory, @In byte[] path);

    int linkat(int fromDirectory, @In byte[] from, int directory, @In byte[] path, int flags);

    int unlinkat(int directory, @In byte[] path, int flags);

    int renameat(int fromDirectory, @In byte[] from, int directory, @In byte[] path);

    @ssize_t
    long readlinkat(int directory, @In byte[] path, @Out byte[] buffer, @size_t long length);

    int fchownat(int directory, @In byte[] path, int user, int group, int flags);

    int fchmodat(int directory, @In byte[] path, int mode, int flags);

    int utimensat(int directory, @In byte[] path, @In long[] times, int flags);

    int lsetxattr(@In byte[] path, @In byte[] name, @In byte[] value, @size_t long length, int flags);

    @ssize_t
    long lgetxattr(@In byte[] path, @In byte[] name, @Out byte[] value, @size_t long length);

    @ssize_t
    long llistxattr(@In byte[] path, @Out byte[] names, @size_t long length);

    // mounts
    int mount(
            @In byte @Nullable [] source,
            @In byte[] target,
            @In byte @Nullable [] type,
            @u_int64_t long flags,
            @In byte @Nullable [] options);

    int umount2(@In byte[] target, int flags);

    // namespaces and processes
    int unshare(int flags);

    int setns(int fd, int type);

    int sethostname(@In byte[] name, @size_t long length);

    int prctl(int option, long two, long three, long four, long five);

    @ssize_t
    long signal(int number, @u_int64_t long handler);

    int eventfd(int initial, int flags);

    int poll(@In @Out byte[] descriptors, @u_int64_t long count, int timeoutMillis);

    // sockets
    int socket(int domain, int type, int protocol);

    int connect(int fd, @In byte[] address, int length);

    @ssize_t
    long send(int fd, @In byte[] buffer, @size_t long length, int flags);

    @ssize_t
    long recv(int fd, @Out byte[] buffer, @size_t long length, int flags);

    int shutdown(int fd, int how);

    int ioctl(int fd, @u_int64_t long request, @In @Out byte[] argument);

    // calls without a wrapper
    long syscall(long number, long one, long two, long three, long four);

    long syscall(long number, long fd, @In byte[] path, @In byte[] struct, long size);

    long syscall(long number, long fd, @In byte[] path, long flags, @In byte[] struct, long size);
}
