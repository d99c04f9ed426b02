package dev.transcode.worker;

import java.util.Optional;

/** Looks whether something a worker cannot do without is there. Thread-safe; answers within some seconds. */
@FunctionalInterface
public interface SelfCheck {
    /** What is wrong, one clause without secrets; empty if nothing is. */
    Optional<String> problem();
}
