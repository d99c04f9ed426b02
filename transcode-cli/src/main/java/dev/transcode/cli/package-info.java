/**
 * The {@code transcode} command. {@link dev.transcode.cli.Main} is its program: a command parses, calls one method and prints.
 */
@NullMarked
package dev.transcode.cli;

import org.jspecify.annotations.NullMarked;
