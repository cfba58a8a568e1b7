/** An entry in ustar format. */
export function tarEntry(name: string, content: Uint8Array, kind = '0', prefix = ''): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(`${kind}ustar\0` + '00', 156);
  header.copyWithin(257, 157, 165);
  header.fill(0, 157, 165);
  header.write(prefix, 345);
  header.fill(' ', 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export const tarOf = (...entries: readonly Uint8Array[]): Uint8Array => Buffer.concat([...entries, Buffer.alloc(1024)]);
