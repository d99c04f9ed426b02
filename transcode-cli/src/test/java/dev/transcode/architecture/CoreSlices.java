package dev.transcode.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/**
 * One slice for each package below the root, but two for {@code job}: a {@code Job} is made of a ladder and an object's
 * name, while media, ladder and storage speak the words in which a job fails or is cancelled. Those words stand in the
 * same package and below everything else; as a slice of their own they may depend on nothing that depends on them. What
 * makes a failure's message one line is one of them, though it lies in {@code internal}, being no part of the API.
 */
final class CoreSlices implements SliceAssignment {
    private static final String ROOT = "dev.transcode.";
    private static final Set<String> WORDS = Set.of(
            "job.JobId",
            "job.Failure",
            "job.FailureCode",
            "job.TranscodeException",
            "job.Cancellation",
            "job.Stage",
            "internal.OneLine");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        if (!type.getPackageName().startsWith(ROOT)) {
            return SliceIdentifier.ignore(); // the facade, which sees all, and what is not ours
        }
        String part = type.getPackageName().substring(ROOT.length()).split("\\.", 2)[0];
        return WORDS.contains(outermostName(type)) ? SliceIdentifier.of("job", "words") : SliceIdentifier.of(part);
    }

    @Override
    public String getDescription() {
        return "packages below dev.transcode, the words of job apart";
    }

    private static String outermostName(JavaClass type) {
        String name = type.getName().substring(ROOT.length());
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
