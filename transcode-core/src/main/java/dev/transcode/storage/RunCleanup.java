package dev.transcode.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes run directories that nobody needs any more. It touches only keys below {@code r-<this job's 8 hex>-<fence>/}
 * directly below the prefix, and only those whose fence is not above this attempt's: a newer attempt may be at work.
 *
 * @param identity of the attempt that cleans up
 */
record RunCleanup(Storage storage, OutputPrefix prefix, CommitIdentity identity) {
    private static final Logger log = LoggerFactory.getLogger(RunCleanup.class);

    /** Metadata of the master: the runs that must stay, separated by spaces; absent = not known. */
    private static final String KEEP = "transcode-keep";

    /** Metadata by which a later attempt knows what the commit itself would have kept. */
    static Map<String, String> metadata(Collection<RunDirectory> keep) {
        Set<String> names = new TreeSet<>();
        for (RunDirectory run : keep) {
            names.add(run.name());
        }
        return Map.of(KEEP, String.join(" ", names));
    }

    /** Cleans up behind another attempt of the same work, if it has committed. */
    void afterRecovery() {
        try {
            Optional<ObjectInfo> master = storage.stat(prefix.resolve(Publisher.MASTER));
            Map<String, String> metadata = master.map(ObjectInfo::metadata).orElse(Map.of());
            String keep = metadata.get(KEEP);
            boolean committed =
                    CommitIdentity.from(metadata).filter(identity::sameWork).isPresent();
            if (committed && keep != null) {
                removeAllBut(namesIn(keep));
            }
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    /** Cleans up behind attempts that died, where none will commit any more. What this one left, its session knows best. */
    void afterFailure() {
        try {
            ObjectRef object = prefix.resolve(Publisher.MASTER);
            Optional<ObjectInfo> master = storage.stat(object);
            String keep = master.map(ObjectInfo::metadata).orElse(Map.of()).get(KEEP);
            boolean unknown = master.isPresent()
                    || !storage.list(prefix.bucket(), object.key()).isEmpty();
            if (keep == null && unknown) {
                return; // It may lead anywhere.
            }
            List<RunDirectory> stay = new ArrayList<>(namesIn(keep == null ? "" : keep));
            stay.add(identity.run());
            removeAllBut(stay);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    /** Removes this job's runs but {@code keep}; a failure is logged. */
    void afterCommit(Collection<RunDirectory> keep) {
        try {
            removeAllBut(keep);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    /** Removes single objects of this attempt; a failure is logged. */
    void remove(Collection<String> keys) {
        try {
            if (!keys.isEmpty()) {
                storage.delete(prefix.bucket(), keys);
            }
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private void removeAllBut(Collection<RunDirectory> keep) {
        String start = "r-" + identity.run().id8() + "-";
        String listed = prefix.resolve(start).key();
        int base = listed.length() - start.length();
        List<String> doomed = new ArrayList<>();
        for (String key : storage.list(prefix.bucket(), listed)) {
            int slash = key.indexOf('/', base);
            Optional<RunDirectory> run = slash < 0 ? Optional.empty() : RunDirectory.parse(key.substring(base, slash));
            if (run.isPresent() && isMine(run.get()) && !keep.contains(run.get())) {
                doomed.add(key);
            }
        }
        if (!doomed.isEmpty()) {
            storage.delete(prefix.bucket(), doomed);
        }
    }

    private boolean isMine(RunDirectory run) {
        return run.belongsTo(identity.job()) && run.fence() <= identity.fence();
    }

    private static List<RunDirectory> namesIn(String keep) {
        List<RunDirectory> runs = new ArrayList<>();
        for (String name : keep.split(" ", -1)) {
            RunDirectory.parse(name).ifPresent(runs::add);
        }
        return runs;
    }

    private void warn(RuntimeException e) {
        log.warn("cannot clean up below {} job={}: {}", prefix, identity.job(), e.getMessage());
    }
}
