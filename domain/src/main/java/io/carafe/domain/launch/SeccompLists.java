package io.carafe.domain.launch;

import java.util.List;
import java.util.Map;

/**
 * Names of system calls, by who may call them. A name that an architecture does not have is skipped by the runtime. ptrace and
 * its kin are for everyone: the kernel checks the ids, and since 4.8 it asks seccomp again after a tracer changed a call.
 */
final class SeccompLists {
    static final String EVERYONE = """
            read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek _llseek
            open openat openat2 creat close close_range dup dup2 dup3 fcntl fcntl64 flock ioctl
            stat stat64 lstat lstat64 fstat fstat64 fstatat64 newfstatat statx statfs statfs64 fstatfs fstatfs64
            access faccessat faccessat2 readlink readlinkat getdents getdents64 readdir getcwd chdir fchdir
            mkdir mkdirat rmdir unlink unlinkat link linkat symlink symlinkat rename renameat renameat2 mknod mknodat
            chmod fchmod fchmodat fchmodat2 chown chown32 fchown fchown32 lchown lchown32 fchownat umask
            utime utimes futimesat utimensat utimensat_time64
            truncate truncate64 ftruncate ftruncate64 fallocate sync syncfs fsync fdatasync
            getxattr lgetxattr fgetxattr getxattrat listxattr llistxattr flistxattr listxattrat
            setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat
            name_to_handle_at readahead fadvise64 fadvise64_64 cachestat
            sendfile sendfile64 splice tee vmsplice copy_file_range pipe pipe2 memfd_create memfd_secret
            inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_mark
            io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents io_pgetevents_time64
            ioprio_get ioprio_set

            poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64
            epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old epoll_pwait epoll_pwait2
            eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime
            timerfd_settime64

            socketcall socketpair bind listen accept accept4 connect shutdown getsockname getpeername
            getsockopt setsockopt send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64

            brk mmap mmap2 munmap mremap mprotect madvise mincore msync mlock mlock2 mlockall munlock munlockall
            remap_file_pages membarrier mseal map_shadow_stack pkey_alloc pkey_free pkey_mprotect

            fork vfork execve execveat exit exit_group wait4 waitid waitpid
            getpid getppid gettid getpgid getpgrp setpgid getsid setsid set_tid_address
            getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32
            getresuid getresuid32 getresgid getresgid32 getgroups getgroups32
            setuid setuid32 setgid setgid32 setreuid setreuid32 setregid setregid32
            setresuid setresuid32 setresgid setresgid32 setgroups setgroups32
            setfsuid setfsuid32 setfsgid setfsgid32
            capget capset prctl seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self
            getrlimit ugetrlimit setrlimit prlimit64 getrusage times
            getpriority setpriority nice sched_yield sched_getparam sched_setparam sched_getscheduler
            sched_setscheduler sched_getattr sched_setattr sched_getaffinity sched_setaffinity
            sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_rr_get_interval_time64
            getcpu rseq restart_syscall
            pidfd_open pidfd_send_signal process_mrelease
            ptrace process_vm_readv process_vm_writev

            futex futex_time64 futex_waitv futex_wait futex_wake futex_requeue get_robust_list set_robust_list
            get_thread_area set_thread_area
            kill tkill tgkill pause alarm signal sigaction sigprocmask sigpending sigsuspend sigaltstack sigreturn
            rt_sigaction rt_sigprocmask rt_sigpending rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64
            rt_sigqueueinfo rt_tgsigqueueinfo rt_sigreturn
            time gettimeofday clock_gettime clock_gettime64 clock_getres clock_getres_time64
            clock_nanosleep clock_nanosleep_time64 nanosleep getitimer setitimer
            adjtimex clock_adjtime clock_adjtime64
            timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64

            ipc msgget msgctl msgsnd msgrcv semget semctl semop semtimedop semtimedop_time64
            shmget shmctl shmat shmdt
            mq_open mq_unlink mq_notify mq_getsetattr mq_timedsend mq_timedsend_time64 mq_timedreceive
            mq_timedreceive_time64

            uname sysinfo getrandom
            """;

    static final String AMD64 = "arch_prctl modify_ldt sync_file_range uretprobe";

    static final String ARM64 =
            "sync_file_range sync_file_range2 arm_fadvise64_64 arm_sync_file_range breakpoint cacheflush set_tls";

    static final Map<String, String> BY_CAPABILITY = Map.ofEntries(
            Map.entry("CAP_BPF", "bpf"),
            Map.entry("CAP_DAC_READ_SEARCH", "open_by_handle_at"),
            Map.entry("CAP_PERFMON", "perf_event_open"),
            Map.entry("CAP_SYS_ADMIN", """
                    bpf perf_event_open clone clone3 unshare setns
                    mount umount umount2 mount_setattr move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick
                    fanotify_init lookup_dcookie quotactl quotactl_fd sethostname setdomainname syslog
                    statmount listmount
                    """),
            Map.entry("CAP_SYS_BOOT", "reboot"),
            Map.entry("CAP_SYS_CHROOT", "chroot"),
            Map.entry("CAP_SYS_MODULE", "init_module finit_module delete_module"),
            Map.entry(
                    "CAP_SYS_NICE",
                    "get_mempolicy set_mempolicy set_mempolicy_home_node mbind migrate_pages move_pages"),
            Map.entry("CAP_SYS_PACCT", "acct"),
            Map.entry("CAP_SYS_PTRACE", "kcmp pidfd_getfd process_madvise"),
            Map.entry("CAP_SYS_RAWIO", "ioperm iopl"),
            Map.entry("CAP_SYS_TIME", "settimeofday stime clock_settime clock_settime64"),
            Map.entry("CAP_SYS_TTY_CONFIG", "vhangup"),
            Map.entry("CAP_SYSLOG", "syslog"));

    private SeccompLists() {}

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+")).stream().sorted().toList();
    }
}
