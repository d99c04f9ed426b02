/**
 * The HTTP API of {@code transcode serve}: {@link dev.transcode.cli.serve.api.ApiServer} answers over HTTP, each call is a
 * {@link dev.transcode.cli.serve.api.Call} that knows no HTTP types, and {@code openapi.yaml} beside it says what all of
 * them take and give.
 */
@NullMarked
package dev.transcode.cli.serve.api;

import org.jspecify.annotations.NullMarked;
