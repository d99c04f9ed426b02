/** What stands in docs/deploy and docs/observability.md, held against schemas and against the code. */
package dev.transcode.worker.deploy;
