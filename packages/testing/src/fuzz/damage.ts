import { ChainruleError } from '@chainrule/errors';
import fc from 'fast-check';

type Change = (bytes: Uint8Array) => Uint8Array;

const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const place = (bytes: Uint8Array, share: number): number => Math.floor(share * bytes.length);

/** Changes by accidents and by attackers. */
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(at, fc.nat(7)).map(
    ([share, bit]): Change =>
      (bytes) =>
        bytes.map((byte, i) => (i === place(bytes, share) ? byte ^ (1 << bit) : byte)),
  ),
  at.map(
    (share): Change =>
      (bytes) =>
        bytes.slice(0, place(bytes, share)),
  ),
  fc.tuple(at, fc.uint8Array({ maxLength: 12 }), fc.nat(12)).map(([share, insert, remove]): Change => (bytes) => {
    const from = place(bytes, share);
    return Uint8Array.from([...bytes.subarray(0, from), ...insert, ...bytes.subarray(from + remove)]);
  }),
  // A length, a count or an offset at its limit, in either byte order.
  fc
    .tuple(
      at,
      fc.constantFrom(
        [0, 0],
        [0xff, 0xff],
        [0x7f, 0xff],
        [0xff, 0xff, 0xff, 0xff],
        [0x7f, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0x7f],
        [0, 0, 0, 0x80],
        [0xfe, 0xff, 0xff, 0xff],
      ),
    )
    .map(([share, extreme]): Change => (bytes) => {
      const changed = bytes.slice();
      changed.set(extreme.slice(0, bytes.length - place(bytes, share)), place(bytes, share));
      return changed;
    }),
  // A part is repeated elsewhere.
  fc.tuple(at, at, fc.nat(64), fc.integer({ min: 1, max: 40 })).map(([from, to, length, times]): Change => (bytes) => {
    const part = bytes.subarray(place(bytes, from), place(bytes, from) + length);
    return Uint8Array.from([
      ...bytes.subarray(0, place(bytes, to)),
      ...new Array<Uint8Array>(times).fill(part).flatMap((piece) => [...piece]),
      ...bytes.subarray(place(bytes, to)),
    ]);
  }),
);

/** One of the files, whole, damaged, or joined with another one. */
export function damaged(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const file = fc.constantFrom(...files);
  const joined = fc.tuple(file, file).map(([a, b]) => Uint8Array.from([...a, ...b]));
  return fc
    .tuple(fc.oneof({ weight: 5, arbitrary: file }, joined), fc.array(changes, { maxLength: 4 }))
    .map(([bytes, all]) => all.reduce((changed, change) => change(changed), bytes));
}

/** Runs a reader. It may refuse its input only by an error of the library. */
export async function mayRefuse(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
  }
}
