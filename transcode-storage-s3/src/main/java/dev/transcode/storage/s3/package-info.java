/**
 * Object storage on anything that speaks S3. Start with {@link dev.transcode.storage.s3.S3Storage#builder}: it gives a
 * {@link dev.transcode.storage.Storage} that needs no more than the permissions GetObject and PutObject.
 */
@NullMarked
package dev.transcode.storage.s3;

import org.jspecify.annotations.NullMarked;
