/**
 * What an output must pass before anyone sees it, and the same checks on any HLS package. Entry point:
 * {@link dev.transcode.verify.Verifier}. It reads the package back into a {@link dev.transcode.verify.Presentation}; the
 * checks are pure functions on that and say which one failed, where, what was expected and what was found.
 */
@NullMarked
package dev.transcode.verify;

import org.jspecify.annotations.NullMarked;
