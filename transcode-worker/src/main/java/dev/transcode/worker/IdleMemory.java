package dev.transcode.worker;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the heap's free memory back to the machine, where FFmpeg and others want it. The JVM does so at a full
 * collection only, and keeps 70 % free unless told otherwise; what the command line says is left as it is.
 */
final class IdleMemory {
    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);

    private IdleMemory() {}

    /** Stops all threads for some 40 ms. */
    static void giveBack() {
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            set(vm, "MinHeapFreeRatio", 10);
            set(vm, "MaxHeapFreeRatio", 20);
        } catch (IllegalArgumentException e) {
            log.debug("this JVM keeps what it has: {}", e.toString());
        }
        System.gc();
    }

    private static void set(@Nullable HotSpotDiagnosticMXBean vm, String option, int percent) {
        if (vm != null && vm.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) {
            vm.setVMOption(option, String.valueOf(percent));
        }
    }
}
