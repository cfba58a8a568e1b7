/** Whether the Latin-1 character of a byte is visible; such a byte stands for itself. */
const isVisible = (byte: number): boolean => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);

function makeLetters(): string[] {
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : 256 + hidden++));
}

/** The letter of each byte in byte-level vocabularies. Visible Latin-1 characters are their own letters; the others start at U+0100. */
export const byteLetters: readonly string[] = /* @__PURE__ */ makeLetters();

const encoder = /* @__PURE__ */ new TextEncoder();

/** Spells a text in the letters of its UTF-8 bytes. */
export function spellBytes(text: string): string {
  let letters = '';
  for (const byte of encoder.encode(text)) letters += byteLetters[byte]!;
  return letters;
}
