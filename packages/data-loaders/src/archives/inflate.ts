import { FormatError } from '@chainrule/errors';

/** A piece of the input; with deflate's ratio of at most 1032 it cannot unpack to more than 17 MB at a time. */
const pieceBytes = 16384;

/** How messages call the stream, and the most bytes that may come out. */
interface InflateOptions {
  readonly op: string;
  readonly name: string;
  readonly maxBytes: number;
}

/**
 * Unpacks with the platform's `DecompressionStream`, and stops as soon as there are more than `maxBytes`.
 *
 * @returns the unpacked bytes in parts
 * @throws FormatError when the bytes are truncated, corrupt or unpack to more
 */
export async function inflate(format: 'gzip' | 'deflate-raw', bytes: Uint8Array, { op, name, maxBytes }: InflateOptions): Promise<Uint8Array[]> {
  const stream = new DecompressionStream(format);
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
    throw new FormatError(`${op}: ${name}: expected a whole ${format === 'gzip' ? 'gzip' : 'deflate'} stream, got ${got}`, { cause });
  }
  if (size <= maxBytes) return parts;
  const at = input.reached();
  input.stop();
  await reader.cancel().catch(() => undefined);
  throw new FormatError(`${op}: ${name}: expected at most ${maxBytes} unpacked bytes (\`maxBytes\`), got more at or before offset ${at}`);
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

/** The parts in one array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
