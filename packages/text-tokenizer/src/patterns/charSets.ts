import type { CharSet } from './nodes.ts';

/** The number of sets in a table, one bit each. Two more bits mark a known character and a character of two units. */
export const setsPerTable = 29;
const isWide = 1 << setsPerTable;
const isKnown = 1 << (setsPerTable + 1);

/** The number of units of the character with these bits if it is in a set of `mask`, or else 0. */
export const widthIn = (bits: number, mask: number): number =>
  (bits & mask) === 0 ? 0 : 1 + ((bits >> setsPerTable) & 1);

/** Tells in which sets characters are. Tests each character once, and then remembers it in a table. */
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

  /** One bit for each set of a table that holds the character at a position, and its flags; 0 at the end of the text. */
  bits(text: string, at: number, table: number): number {
    if (at >= text.length) return 0;
    return this.tables[table]![text.charCodeAt(at)]! || this.#lookUp(text, at, table);
  }

  #lookUp(text: string, at: number, table: number): number {
    const point = text.codePointAt(at)!;
    const known = this.#astral[table]!.get(point);
    if (known !== undefined) return known;
    const char = String.fromCodePoint(point);
    let bits = point > 0xffff ? isKnown | isWide : isKnown;
    this.#tests.slice(table * setsPerTable, (table + 1) * setsPerTable).forEach((test, i) => {
      if (test.test(char)) bits |= 1 << i;
    });
    // One surrogate begins many characters, so the table cannot store it.
    if ((point & ~0x7ff) === 0xd800 || point > 0xffff) this.#astral[table]!.set(point, bits);
    else this.tables[table]![point] = bits;
    return bits;
  }
}
