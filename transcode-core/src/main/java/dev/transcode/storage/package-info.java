/**
 * Where inputs come from and outputs go to: the port {@link dev.transcode.storage.Storage}, its reference
 * {@link dev.transcode.storage.LocalStorage} (a directory), and {@link dev.transcode.storage.Publisher}, which knows
 * in what order outputs become visible.
 */
@NullMarked
package dev.transcode.storage;

import org.jspecify.annotations.NullMarked;
