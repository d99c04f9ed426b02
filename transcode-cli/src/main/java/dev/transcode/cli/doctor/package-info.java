/**
 * What {@code transcode doctor} looks at: {@link dev.transcode.cli.doctor.Doctor} runs the areas side by side, each within a
 * limit of time, and gives {@link dev.transcode.cli.doctor.CheckLine}s. An area is one class; what it makes of the facts is
 * in functions on values beside it. Servers are seen through {@link dev.transcode.cli.doctor.QueueServer} and
 * {@link dev.transcode.cli.doctor.ObjectServer}.
 */
@NullMarked
package dev.transcode.cli.doctor;

import org.jspecify.annotations.NullMarked;
