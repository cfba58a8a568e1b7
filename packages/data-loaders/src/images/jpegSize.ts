import { FormatError } from '@chainrule/errors';

/** The width and height of a picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Goes through the segments of a JPEG picture to its end marker, without decoding it.
 *
 * Source: ITU-T T.81, annex B.
 *
 * @throws FormatError when the picture is truncated, has no frame, or cannot hold as many pixels as its header says
 */
export function jpegSize(bytes: Uint8Array, name: string): PictureSize {
  const fail = (expectation: string, got: string, offset: number): never => {
    throw new FormatError(`readJpeg: ${name}: expected ${expectation}, got ${got} at offset ${offset}`);
  };
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) fail('the marker 0xffd8', 'something else', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: PictureSize | undefined;
  for (let at = 2; ; ) {
    if (at + 2 > bytes.length) return fail('the end marker 0xffd9', 'the end of the bytes', bytes.length);
    const [first, marker] = [bytes[at]!, bytes[at + 1]!];
    if (first !== 0xff) return fail('a marker', `0x${first.toString(16)}`, at);
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) return size ?? fail('a frame', 'none', at);
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else {
      if (at + 4 > bytes.length || at + 2 + view.getUint16(at + 2) > bytes.length) return fail('a whole segment', 'the end of the bytes', at);
      const next = at + 2 + view.getUint16(at + 2);
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      if (isFrame && next >= at + 9) {
        if (size) return fail('one frame', 'another', at);
        size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
        // A block of 8×8 pixels takes at least a bit.
        if (size.width * size.height === 0 || size.width * size.height > 512 * bytes.length) return fail(`a picture that ${bytes.length} bytes can hold`, `${size.width}×${size.height}`, at);
      }
      at = marker === 0xda ? afterScan(bytes, next) : Math.max(next, at + 4);
    }
  }
}

/** Where the next marker stands after packed pixels, in which 0xff is followed by 0 or a restart marker. */
function afterScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
