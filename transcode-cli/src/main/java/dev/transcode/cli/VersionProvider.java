package dev.transcode.cli;

import dev.transcode.internal.Version;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version}. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"transcode " + Version.current()};
    }
}
