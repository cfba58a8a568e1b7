import { classChar, propertyClass, wordClass } from './charClasses.ts';

/** A problem in an expression, which the public function turns into an error. */
export class PatternProblem extends Error {}

/** The flags of `(?imx)`. */
export interface Options {
  readonly ignoresCase: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
}

/** A class of one character. */
export const lone = (point: number): string => `[${classChar(point)}]`;

/** The characters of letter escapes. */
const letters: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7, e: 27 };
/** The sets of letter escapes; uppercase letters denote the complement. */
const types: Readonly<Record<string, string>> = { d: '\\p{Nd}', s: '\\p{White_Space}', h: '[0-9A-Fa-f]' };

/** A cursor in the source of an expression. */
export class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  fail(problem: string): never {
    throw new PatternProblem(`${problem} at ${this.#at}`);
  }

  sees(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  take(text: string): boolean {
    const found = this.sees(text);
    if (found) this.#at += text.length;
    return found;
  }

  /** @param pattern - with the flag `y` */
  test(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#source);
  }

  /** @param pattern - with the flag `y` */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found) this.#at += found[0].length;
    return found ?? undefined;
  }

  rest(length: number): string {
    return this.#source.slice(this.#at, this.#at + length);
  }

  /** Reads the text up to `end` and skips `end`. */
  until(end: string): string | undefined {
    const found = this.#source.indexOf(end, this.#at);
    if (found < 0) return undefined;
    const text = this.#source.slice(this.#at, found);
    this.#at = found + end.length;
    return text;
  }

  /** Reads the next character. */
  char(): number {
    if (this.isAtEnd) this.fail('unexpected end');
    const point = this.#source.codePointAt(this.#at)!;
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }

  /** The class of `p{…}` or `P{…}`, from its match. */
  property(
    [text, caret, name]: RegExpExecArray,
    classOf: (name: string) => string | undefined = propertyClass,
  ): string {
    const source = classOf(name!) ?? this.fail(`unknown property \\${text}`);
    return (text[0] === 'P') === (caret === '^') ? source : `[^${source}]`;
  }

  /** Reads `\d`, `\W` and the like, after the backslash, and returns their class. */
  type(wordSource: string = wordClass): string | undefined {
    const found = this.match(/[dDsShHwW]/y)?.[0];
    if (!found) return undefined;
    const small = found.toLowerCase();
    const source = small === 'w' ? wordSource : types[small]!;
    return found === small ? source : `[^${source}]`;
  }

  /** Reads the character of an escape, after the backslash. */
  escapedChar(place: 'outside' | 'in a class'): number {
    const hex = this.match(/x\{([0-9A-Fa-f]{1,8})\}|u([0-9A-Fa-f]{4})|x([0-7][0-9A-Fa-f])/y);
    const octal = hex ? undefined : this.match(/0[0-7]{0,2}|o\{([0-7]{1,11})\}/y);
    if (hex || octal)
      return this.#checked(hex ? parseInt((hex[1] ?? hex[2] ?? hex[3])!, 16) : parseInt(octal![1] ?? octal![0], 8));
    if (place === 'in a class' && this.take('b')) return 8;
    const from = this.#at;
    const point = this.char();
    const char = String.fromCodePoint(point);
    if (Object.hasOwn(letters, char)) return letters[char]!;
    if (!/[0-9A-Za-z]/.test(char)) return point;
    this.#at = from;
    return this.fail(`unsupported escape \\${char}`);
  }

  #checked(point: number): number {
    return point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000) ? point : this.fail('invalid code point');
  }
}
