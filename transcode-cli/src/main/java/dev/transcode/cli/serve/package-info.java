/**
 * What the command serves over HTTP: {@link dev.transcode.cli.serve.PlayServer} hands out one folder and the page that
 * plays it, {@link dev.transcode.cli.serve.api.ApiServer} is the API and has the pages of
 * {@link dev.transcode.cli.serve.ServePage}. Nothing outside this package and the one below it
 * knows Undertow, so that the other commands never load it.
 */
@NullMarked
package dev.transcode.cli.serve;

import org.jspecify.annotations.NullMarked;
