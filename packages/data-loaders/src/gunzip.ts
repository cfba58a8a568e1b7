import { FormatError, OptionError, showValue } from '@chainrule/errors';

/** Options of {@link gunzip}. */
export interface GunzipOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /** The most bytes that may come out; by default 1 GiB. Reading stops as soon as there are more. */
  readonly maxBytes?: number;
}

/** The shortest gzip stream: a header of 10 bytes, an empty block of 2, a trailer of 8. */
const shortest = 20;

/** A piece of the input; with deflate's ratio of at most 1032 it cannot unpack to more than 17 MB at a time. */
const pieceBytes = 16384;

/**
 * Unpacks one gzip stream with the platform's `DecompressionStream`.
 *
 * Source: RFC 1952.
 *
 * @returns the unpacked bytes
 * @throws FormatError when the bytes are truncated, corrupt, go on after the stream, or unpack to more than `maxBytes`
 * @throws OptionError when `maxBytes` is not an integer of at least 0
 * @example
 * const packed = new Response('seven').body!.pipeThrough(new CompressionStream('gzip'));
 * const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
 * new TextDecoder().decode(await gunzip(bytes)); // => seven
 */
export async function gunzip(bytes: Uint8Array, options: GunzipOptions = {}): Promise<Uint8Array> {
  const { name = 'bytes', maxBytes = 2 ** 30 } = options;
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) {
    throw new OptionError(`gunzip: \`maxBytes\` must be an integer of at least 0, got ${showValue(maxBytes)}`);
  }
  if (!isGzip(bytes)) {
    const start = [...bytes.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    throw new FormatError(`gunzip: ${name}: expected 0x1f8b, got ${start ? `0x${start}` : 'no bytes'} at offset 0`);
  }
  if (bytes.length < shortest) {
    throw new FormatError(`gunzip: ${name}: expected at least ${shortest} bytes, got the end of the bytes at offset ${bytes.length}`);
  }
  const parts = await inflate(bytes, name, maxBytes);
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  await refuseTrailing(bytes, name, size);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Unpacks gzip data and passes anything else through: the same bytes, not a copy.
 *
 * @throws FormatError as {@link gunzip} does
 * @example
 * await maybeGunzip(Uint8Array.of(1, 2)); // => 1,2
 */
export async function maybeGunzip(bytes: Uint8Array, options: GunzipOptions = {}): Promise<Uint8Array> {
  return isGzip(bytes) ? gunzip(bytes, options) : bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function inflate(bytes: Uint8Array, name: string, maxBytes: number): Promise<Uint8Array[]> {
  const stream = new DecompressionStream('gzip');
  const reader = stream.readable.getReader();
  const input = feed(bytes, stream.writable.getWriter());
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > maxBytes) break;
      parts.push(next.value);
    }
  } catch (cause) {
    const got = `truncated or corrupt data at or before offset ${input.reached()}`;
    throw new FormatError(`gunzip: ${name}: expected a whole gzip stream, got ${got}`, { cause });
  }
  if (size <= maxBytes) return parts;
  const at = input.reached();
  input.stop();
  await reader.cancel().catch(() => undefined);
  throw new FormatError(`gunzip: ${name}: expected at most ${maxBytes} unpacked bytes (\`maxBytes\`), got more at or before offset ${at}`);
}

/**
 * Writes the bytes piece by piece, each when the one before it is unpacked: Node's stream would queue them all, and
 * nobody would know how far it is. Whoever reads the other end sees the errors.
 */
function feed(bytes: Uint8Array, writer: WritableStreamDefaultWriter<BufferSource>): { reached: () => number; stop: () => void } {
  let at = 0;
  let stopped = false;
  const write = async (): Promise<void> => {
    while (at < bytes.length && !stopped) {
      const from = at;
      at = Math.min(at + pieceBytes, bytes.length);
      // A copy: streams may take a piece's memory away from its owner.
      await writer.write(new Uint8Array(bytes.subarray(from, at)));
    }
    await (stopped ? writer.abort() : writer.close());
  };
  const ignore = (): void => undefined;
  writer.closed.catch(ignore);
  write().catch(ignore);
  return { reached: () => at, stop: () => void (stopped = true) };
}

/**
 * Refuses what follows the stream, which platforms disagree on: some skip zeros and unpack a second stream. The last
 * four bytes are the unpacked size modulo 2³²; after an empty stream zeros look the same, but then there is a byte to
 * spare.
 */
async function refuseTrailing(bytes: Uint8Array, name: string, size: number): Promise<void> {
  const at = bytes.length - 4;
  const stated = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
  const whole = stated === size % 2 ** 32;
  if (whole && (size > 0 || !(await isWhole(bytes.subarray(0, -1))))) return;
  const got = whole ? 'more bytes after its end' : `${stated}, so that bytes follow its end,`;
  throw new FormatError(`gunzip: ${name}: expected one gzip stream that ends with its size ${size}, got ${got} at offset ${at}`);
}

async function isWhole(bytes: Uint8Array): Promise<boolean> {
  return inflate(bytes, '', 0).then(
    () => true,
    () => false,
  );
}
