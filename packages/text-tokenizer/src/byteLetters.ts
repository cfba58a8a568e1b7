/** Whether a byte's own character is visible in Latin-1: it stands for itself. */
const isVisible = (byte: number): boolean => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);

function makeLetters(): string[] {
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : 256 + hidden++));
}

/** The letter of each byte in byte-level vocabularies: visible characters are their own letters, others start at U+0100. */
export const byteLetters: readonly string[] = /* @__PURE__ */ makeLetters();

const encoder = /* @__PURE__ */ new TextEncoder();

/** A text in letters that stand for its bytes in UTF-8. */
export function spellBytes(text: string): string {
  let letters = '';
  for (const byte of encoder.encode(text)) letters += byteLetters[byte]!;
  return letters;
}
