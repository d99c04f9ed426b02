/**
 * What the commands that ask web servers share: {@link dev.transcode.cli.http.HttpErrors} says why one could not be
 * reached, alike for {@code verify} and {@code doctor}.
 */
@NullMarked
package dev.transcode.cli.http;

import org.jspecify.annotations.NullMarked;
