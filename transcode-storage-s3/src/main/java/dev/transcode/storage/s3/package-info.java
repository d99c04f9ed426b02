/**
 * Object storage on anything that speaks S3. Empty in this version.
 */
@NullMarked
package dev.transcode.storage.s3;

import org.jspecify.annotations.NullMarked;
