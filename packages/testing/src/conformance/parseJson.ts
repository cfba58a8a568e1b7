import { FormatError } from '@chainrule/errors';

const tokens = {
  space: /[ \t\n\r]*/y,
  string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y,
  number: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  word: /true|false|null|NaN|-?Infinity/y,
};
const words: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  NaN,
  Infinity,
  '-Infinity': -Infinity,
};
const deepest = 100;

/**
 * Parses JSON as `JSON.parse` does, and also accepts NaN, Infinity and -Infinity, which Python writes.
 *
 * @throws FormatError with line and column
 * @example
 * parseJson('[1, NaN]'); // => [1, NaN]
 */
export function parseJson(text: string): unknown {
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.skip();
  if (parser.at < text.length) parser.fail('the end');
  return value;
}

class Parser {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    this.skip();
    if (depth > deepest) this.fail(`at most ${deepest} levels`);
    switch (this.#text[this.at]) {
      case '{':
        return Object.fromEntries(this.#list('}', () => this.#entry(depth)));
      case '[':
        return this.#list(']', () => this.value(depth + 1));
      case '"':
        return this.#string();
    }
    const word = this.#take('word');
    if (word !== undefined) return words[word];
    const number = this.#take('number');
    return number === undefined ? this.fail('a value') : Number(number);
  }

  skip(): void {
    this.#take('space');
  }

  fail(expected: string): never {
    const before = this.#text.slice(0, this.at).split('\n');
    const found = this.#text[this.at];
    const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
    throw new FormatError(
      `${place}: expects ${expected}, got ${found === undefined ? 'the end of the file' : JSON.stringify(found)}`,
    );
  }

  #entry(depth: number): [string, unknown] {
    const key = this.#string();
    this.#expect(':');
    return [key, this.value(depth + 1)];
  }

  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    this.at++;
    this.skip();
    if (this.#text[this.at] === end) {
      this.at++;
      return items;
    }
    for (;;) {
      this.skip();
      items.push(item());
      this.skip();
      if (this.#text[this.at] !== ',') break;
      this.at++;
    }
    this.#expect(end);
    return items;
  }

  #string(): string {
    const token = this.#take('string');
    return token === undefined ? this.fail('a string') : (JSON.parse(token) as string);
  }

  #expect(character: string): void {
    this.skip();
    if (this.#text[this.at] !== character) this.fail(JSON.stringify(character));
    this.at++;
  }

  #take(kind: keyof typeof tokens): string | undefined {
    const pattern = tokens[kind];
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.#text)?.[0];
    this.at += token?.length ?? 0;
    return token;
  }
}
