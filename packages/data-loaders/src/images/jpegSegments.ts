import { FormatError } from '@chainrule/errors';
import { concatBytes } from '../archives/inflate.ts';

/** A JPEG image with valid segments. */
export interface JpegSegments {
  readonly width: number;
  readonly height: number;
  /** 1 for gray, 3 for RGB, 4 for CMYK. */
  readonly components: number;
  /** The image without meaningless bytes between and after segments. */
  readonly bytes: Uint8Array;
}

/** The limit of scans; encoders write about ten. Decoding a scan takes as long as a whole image, even if it is almost empty. */
const maxScans = 100;

/**
 * Checks the segments of a JPEG image up to its end marker, without decoding it. Skips bytes outside segments, as libjpeg
 * does.
 *
 * Source: ITU-T T.81, annex B.
 *
 * @throws FormatError if the image is truncated, has no frame or too many scans, or is too short for the number of pixels in
 * its header
 */
export function jpegSegments(bytes: Uint8Array, name: string): JpegSegments {
  const fail = (expectation: string, got: string, offset: number): never => {
    throw new FormatError(`readJpeg: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) fail('the marker 0xffd8', 'something else', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, 2)];
  let frame: Omit<JpegSegments, 'bytes'> | undefined;
  let scans = 0;
  for (let at = 2; ;) {
    at = nextMarker(bytes, at);
    if (at < 0) return fail('the end marker 0xffd9', 'the end of the data', bytes.length);
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) {
      parts.push(bytes.subarray(at, at + 2));
      const size = bytes.length === parts.reduce((sum, part) => sum + part.length, 0);
      return { ...(frame ?? fail('a frame', 'none', at)), bytes: size ? bytes : concatBytes(parts) };
    }
    if (at + 4 > bytes.length || at + 2 + view.getUint16(at + 2) > bytes.length)
      return fail('a whole segment', 'the end of the data', bytes.length);
    const next = Math.max(at + 4, at + 2 + view.getUint16(at + 2));
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && next >= at + 10) {
      if (frame) return fail('one frame', 'another', at);
      frame = { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: view.getUint8(at + 9) };
      // A block of 8×8 pixels takes at least one bit.
      if (frame.width * frame.height === 0 || frame.width * frame.height > 512 * bytes.length)
        return fail(`an image that ${bytes.length} bytes can hold`, `${frame.width}×${frame.height}`, at + 5);
    }
    if (marker === 0xda && ++scans > maxScans) return fail(`at most ${maxScans} scans`, 'more', at);
    const end = marker === 0xda ? afterScan(bytes, next) : next;
    parts.push(bytes.subarray(at, end));
    at = end;
  }
}

/** The offset of the next segment's marker, or -1. Ignores restart markers and 0xff01 between segments. */
function nextMarker(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1]!;
    if (marker > 1 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd8)) return at;
  }
  return -1;
}

/** The offset of the next marker after entropy-coded data, in which 0xff precedes 0 or a restart marker. */
function afterScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
