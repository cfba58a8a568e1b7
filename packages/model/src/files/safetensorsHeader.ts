/** Where the values of a tensor are, as the header says. */
export interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offsets: readonly [begin: number, end: number];
}

/** What a header holds. */
export interface Header {
  readonly entries: ReadonlyMap<string, HeaderEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is wrong with a header, and the byte where. */
export class HeaderProblem extends Error {
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(problem);
    this.offset = offset;
  }
}

/** No array has more axes. */
const mostAxes = 64;

/**
 * Reads the JSON header of a safetensors file: an object of entries `{ dtype, shape, data_offsets }` and, under
 * `__metadata__`, of strings. Other JSON is refused where it begins, and so is a name that appears twice, which `JSON.parse`
 * would drop without a word. Time and memory are linear in the header.
 *
 * @throws HeaderProblem
 */
export function parseHeader(text: string): Header {
  return new HeaderParser(text).parse();
}

class HeaderParser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Header {
    const entries = new Map<string, HeaderEntry>();
    let metadata: Readonly<Record<string, string>> = {};
    this.#object((name) => {
      if (name === '__metadata__') metadata = this.#metadata();
      else entries.set(name, this.#entry(name));
    });
    this.#blanks();
    if (this.#at < this.#text.length) throw this.#problem('ends with something other than spaces');
    return { entries, metadata };
  }

  #metadata(): Readonly<Record<string, string>> {
    const found: [string, string][] = [];
    this.#object((name) => found.push([name, this.#string('a string as the value of `__metadata__`')]));
    return Object.fromEntries(found);
  }

  #entry(name: string): HeaderEntry {
    let dtype: string | undefined;
    let shape: readonly number[] | undefined;
    let offsets: readonly number[] | undefined;
    const start = this.#at;
    this.#object((key) => {
      if (key === 'dtype') dtype = this.#string('the name of a dtype');
      else if (key === 'shape') shape = this.#counts(mostAxes);
      else if (key === 'data_offsets') offsets = this.#counts(2);
      else
        throw this.#problem(
          `${name} must have only dtype, shape and data_offsets, got ${JSON.stringify(key.slice(0, 40))}`,
        );
    });
    if (dtype === undefined || shape === undefined || offsets?.length !== 2) {
      this.#at = start;
      throw this.#problem(`${name} must have a dtype, a shape and two data_offsets`);
    }
    return { dtype, shape, offsets: [offsets[0]!, offsets[1]!] };
  }

  /** An object; `value` reads the value of each key. */
  #object(value: (key: string) => void): void {
    const seen = new Set<string>();
    this.#expect('{', 'an object');
    if (this.#accept('}')) return;
    do {
      this.#blanks();
      const at = this.#at;
      const key = this.#string('a name');
      if (seen.has(key)) {
        this.#at = at;
        throw this.#problem(`has the name ${JSON.stringify(key.slice(0, 40))} twice`);
      }
      seen.add(key);
      this.#expect(':', '`:`');
      value(key);
    } while (this.#accept(','));
    this.#expect('}', '`,` or `}`');
  }

  /** A list of counts. */
  #counts(most: number): number[] {
    const list: number[] = [];
    this.#expect('[', 'a list of counts');
    if (this.#accept(']')) return list;
    do {
      this.#blanks();
      const digits = /\d{1,16}/y;
      digits.lastIndex = this.#at;
      const [found] = digits.exec(this.#text) ?? [];
      if (found === undefined || !Number.isSafeInteger(Number(found)))
        throw this.#problem('must have a count below 2⁵³');
      if (list.length === most) throw this.#problem(`must have at most ${most} counts in a list`);
      this.#at += found.length;
      list.push(Number(found));
    } while (this.#accept(','));
    this.#expect(']', '`,` or `]` after a count');
    return list;
  }

  #string(what: string): string {
    this.#expect('"', what);
    const start = this.#at - 1;
    for (; this.#at < this.#text.length; this.#at++) {
      const letter = this.#text[this.#at];
      if (letter === '\\') this.#at++;
      else if (letter === '"') return this.#unescaped(start, ++this.#at);
    }
    throw this.#problem('must end its last string');
  }

  #unescaped(start: number, end: number): string {
    try {
      return JSON.parse(this.#text.slice(start, end)) as string;
    } catch {
      this.#at = start;
      throw this.#problem('must have strings as in JSON');
    }
  }

  #expect(letter: string, what: string): void {
    if (!this.#accept(letter))
      throw this.#problem(
        this.#at >= this.#text.length
          ? `must have ${what}, got its end`
          : `must have ${what}, got ${JSON.stringify(this.#text[this.#at])}`,
      );
  }

  #accept(letter: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  #blanks(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #problem(problem: string): HeaderProblem {
    return new HeaderProblem(problem, this.#at);
  }
}
