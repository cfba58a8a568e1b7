import type { CharSet } from './nodes.ts';

/** Sets in a table: a bit each. Two more bits say that the character is known and that it has two units. */
export const setsPerTable = 29;
const isWide = 1 << setsPerTable;
const isKnown = 1 << (setsPerTable + 1);

/** How many units the character has whose bits these are, if it is in a set of `mask`; else 0. */
export const widthIn = (bits: number, mask: number): number =>
  (bits & mask) === 0 ? 0 : 1 + ((bits >> setsPerTable) & 1);

/** Which of several sets characters are in. Each character is looked up once; from then on a table knows it. */
export class CharSets {
  readonly tables: readonly Int32Array[];
  readonly #tests: readonly RegExp[];
  readonly #astral: readonly Map<number, number>[];

  constructor(sets: readonly CharSet[]) {
    this.#tests = sets.map(({ source, ignoresCase }) => new RegExp(`^(?:${source})$`, ignoresCase ? 'iv' : 'v'));
    const count = Math.max(1, Math.ceil(sets.length / setsPerTable));
    this.tables = Array.from({ length: count }, () => new Int32Array(0x10000));
    this.#astral = Array.from({ length: count }, () => new Map<number, number>());
  }

  /** A bit for each set of a table that holds the character at a place, and its flags; 0 at the end of the text. */
  bits(text: string, at: number, table: number): number {
    if (at >= text.length) return 0;
    return this.tables[table]![text.charCodeAt(at)]! || this.#look(text, at, table);
  }

  #look(text: string, at: number, table: number): number {
    const point = text.codePointAt(at)!;
    const known = this.#astral[table]!.get(point);
    if (known !== undefined) return known;
    const char = String.fromCodePoint(point);
    let bits = point > 0xffff ? isKnown | isWide : isKnown;
    this.#tests.slice(table * setsPerTable, (table + 1) * setsPerTable).forEach((test, i) => {
      if (test.test(char)) bits |= 1 << i;
    });
    // Surrogates stand for many characters.
    if ((point & ~0x7ff) === 0xd800 || point > 0xffff) this.#astral[table]!.set(point, bits);
    else this.tables[table]![point] = bits;
    return bits;
  }
}
