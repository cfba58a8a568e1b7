import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from './byteReader.ts';

/** The bytes in pieces that end at the given places; some pieces are empty. */
function chunksOf(bytes: Uint8Array, ends: readonly number[]): Uint8Array[] {
  const cuts = [...ends.map((end) => end % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return cuts.map((end, i) => bytes.subarray(i === 0 ? 0 : cuts[i - 1], end));
}

const bytes = fc.uint8Array({ maxLength: 40, max: 3 });
const request = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), count: fc.nat(12) }),
  fc.record({ kind: fc.constant('peek' as const), count: fc.nat(12) }),
  fc.record({ kind: fc.constant('until' as const), count: fc.nat(12) }),
);

test('any requests on any chunks give the bytes in order', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(fc.nat(40)), fc.array(request), async (all, ends, requests) => {
      const reader = new ByteReader('test', chunksOf(all, ends));
      let at = 0;
      for (const { kind, count } of requests) {
        if (kind === 'until') {
          const end = all.indexOf(0, at);
          const expected = all.slice(at, end < 0 ? all.length : end);
          const found = await reader.readUntil(0, count);
          if (expected.length > count) {
            expect(found).toBeUndefined();
            return;
          }
          expect(found).toEqual({ bytes: expected, isEnded: end >= 0 });
          at = end < 0 ? all.length : end + 1;
        } else {
          expect(await reader[kind](count)).toEqual(all.slice(at, at + count));
          if (kind === 'read') at = Math.min(all.length, at + count);
        }
      }
      expect(await reader.isAtEnd()).toBe(at === all.length);
    }),
    { numRuns: 200 },
  );
});

test('the source is read no further than requested, and closed', async () => {
  const log: string[] = [];
  const source = (async function* () {
    try {
      for (let i = 0; ; i++) {
        log.push(`chunk ${i}`);
        yield await Promise.resolve(Uint8Array.of(i, i));
      }
    } finally {
      log.push('closed');
    }
  })();
  const reader = new ByteReader('test', source);
  expect([...(await reader.read(3))]).toEqual([0, 0, 1]);
  await reader.close();
  expect(log).toEqual(['chunk 0', 'chunk 1', 'closed']);
});

test('sources and chunks other than bytes are rejected', async () => {
  expect(() => new ByteReader('test', 'file.bin' as never)).toThrow('must be bytes or an iterable of chunks of bytes');
  await expect(new ByteReader('test', [[1, 2]] as never).read(1)).rejects.toThrow(
    'must give chunks of bytes, got [1,2]',
  );
});
