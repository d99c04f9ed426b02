package dev.transcode.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Holds the table of modules and packages: dependencies point inward, cli -> worker -> redis, s3 -> core. A rule for a
 * package that has no classes yet passes.
 */
@AnalyzeClasses(
        packages = "dev.transcode",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
class ArchitectureTest {
    private static final String ROOT = "dev.transcode";
    private static final String[] CORE_PARTS = {
        "dev.transcode.job..", "dev.transcode.ladder..", "dev.transcode.media..", "dev.transcode.encode..",
        "dev.transcode.ffmpeg..", "dev.transcode.hls..", "dev.transcode.verify..", "dev.transcode.storage",
        "dev.transcode.queue", "dev.transcode.notify..", "dev.transcode.internal.."
    };
    private static final String REDIS = "dev.transcode.queue.redis..";
    private static final String S3 = "dev.transcode.storage.s3..";
    private static final String WORKER = "dev.transcode.worker..";
    private static final String CLI = "dev.transcode.cli..";

    /** Names and answers, not I/O: what a pure package may take from java.io, java.net and java.nio. */
    private static final Set<String> VALUES = Set.of(
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.io.Serializable",
            "java.net.URI",
            "java.net.URISyntaxException",
            "java.nio.file.Path",
            "java.nio.file.InvalidPathException");

    @ArchTest
    static final ArchRule coreSeesOnlyItself = noClasses()
            .that(areInCore())
            .should()
            .dependOnClassesThat(resideInAnyPackage(REDIS, S3, WORKER, CLI))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreKnowsNoVendor = classes()
            .that(areInCore())
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    ROOT + "..",
                    "com.google.gson..",
                    "org.slf4j..",
                    "org.jspecify.annotations.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule partsOfTheCoreDoNotSeeTheFacade = noClasses()
            .that(resideInAnyPackage(CORE_PARTS))
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(new CoreSlices()).should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule encodingAndPackagingDoNotSeeQueueOrStorage = noClasses()
            .that(resideInAnyPackage("dev.transcode.ffmpeg..", "dev.transcode.hls.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.transcode.queue..", "dev.transcode.storage.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jobMediaAndLadderSeeNoIo = noClasses()
            .that(resideInAnyPackage("dev.transcode.job..", "dev.transcode.media..", "dev.transcode.ladder.."))
            .should()
            .dependOnClassesThat(doIo())
            .allowEmptyShould(true);

    /** Payload, signature and schedule are values; the HTTP client is the worker's. */
    @ArchTest
    static final ArchRule notifySeesNoIo = noClasses()
            .that(resideInAPackage("dev.transcode.notify.."))
            .should()
            .dependOnClassesThat(doIo().or(
                            resideInAnyPackage("dev.transcode.storage..", "dev.transcode.ffmpeg..", "java.net.http..")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheNotifierAndTheStorageKnowOkHttp = noClasses()
            .that(resideInAPackage(ROOT + ".."))
            .and()
            .resideOutsideOfPackages("dev.transcode.worker.webhook..", S3)
            .should()
            .dependOnClassesThat(resideInAnyPackage("okhttp3..", "okio.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule adaptersNeverSeeEachOther = slices().matching("dev.transcode.(queue.redis|storage.s3)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule adaptersDoNotSeeTheRunners = noClasses()
            .that(resideInAnyPackage(REDIS, S3))
            .should()
            .dependOnClassesThat(resideInAnyPackage(WORKER, CLI))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule workerDoesNotSeeTheCommand = noClasses()
            .that(resideInAPackage(WORKER))
            .should()
            .dependOnClassesThat(resideInAPackage(CLI))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyMainsKnowTheAdapters = noClasses()
            .that(resideInAPackage(WORKER))
            .and()
            .doNotHaveSimpleName("WorkerMain")
            .should()
            .dependOnClassesThat(resideInAnyPackage(REDIS, S3))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyOneClassOfTheCommandKnowsTheAdapters = noClasses()
            .that(resideInAPackage(CLI))
            .and()
            .haveNameNotMatching(".*\\.ServerConnections(\\$.*)?") // with the classes inside it
            .should()
            .dependOnClassesThat(resideInAnyPackage(REDIS, S3));

    @ArchTest
    static final ArchRule gsonIsInNoPublicSignature = classes()
            .that(resideInAPackage(ROOT + ".."))
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(new NotExpose("Gson", resideInAPackage("com.google.gson..")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule internalTypesAreInNoPublicSignature = classes()
            .that(resideInAPackage(ROOT + ".."))
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(new NotExpose("internal types", resideInAPackage("dev.transcode..internal..")))
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> areInCore() {
        return resideInAPackage(ROOT).or(resideInAnyPackage(CORE_PARTS)).as("are in the core");
    }

    private static DescribedPredicate<JavaClass> doIo() {
        return describe("do I/O", type -> {
            String name = type.getName();
            boolean ioPackage =
                    name.startsWith("java.io.") || name.startsWith("java.net.") || name.startsWith("java.nio.");
            boolean charset = name.startsWith("java.nio.charset.");
            boolean process = name.startsWith("java.lang.Process") || name.equals("java.lang.Runtime");
            return process || (ioPackage && !charset && !VALUES.contains(name));
        });
    }

    /** The core's test-jar is on the class path as a jar, where ArchUnit's own filter does not know it. */
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }
}
