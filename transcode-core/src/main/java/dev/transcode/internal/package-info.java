/** Helpers shared inside the library; never in a public signature, and free to change. */
@NullMarked
package dev.transcode.internal;

import org.jspecify.annotations.NullMarked;
