package dev.larder.benchmarks.lifecycle;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/**
 * The processor time of the whole process, the compiler's and the collector's included, without that of the generated
 * registry, which stands for ECR's and DynamoDB's.
 */
final class OwnCpu {
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long start = system.getProcessCpuTime();
    private long generating;

    /** Does what stands for another's work. */
    <T> T generating(Supplier<T> work) {
        long before = threads.getCurrentThreadCpuTime();
        T made = work.get();
        generating += threads.getCurrentThreadCpuTime() - before;
        return made;
    }

    double seconds() {
        return (system.getProcessCpuTime() - start - generating) / 1e9;
    }
}
