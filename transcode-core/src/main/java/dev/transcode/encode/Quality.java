package dev.transcode.encode;

import java.util.OptionalDouble;

/**
 * How near a rendition is to its source, both at the rendition's size.
 *
 * @param rendition its name
 * @param ssim structural similarity over all planes, at most 1
 * @param psnr peak signal-to-noise ratio over all planes in dB; infinite if they are equal
 * @param xpsnr perceptually weighted PSNR of the luma in dB, where this FFmpeg can measure it
 */
public record Quality(String rendition, double ssim, double psnr, OptionalDouble xpsnr) {}
