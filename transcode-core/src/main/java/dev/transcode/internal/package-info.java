/** Helpers of transcode's own modules. Not an API: no type of this package stands in a public signature. */
@NullMarked
package dev.transcode.internal;

import org.jspecify.annotations.NullMarked;
