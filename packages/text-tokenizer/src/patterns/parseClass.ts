import { foldedClass } from './caseFolding.ts';
import { classChar, posixClass } from './charClasses.ts';
import { type Node, setOf } from './nodes.ts';
import type { Options, Reader } from './reader.ts';

const maxNesting = 100;

/** Parses classes: members, ranges, nested classes, `&&` and POSIX brackets. */
export class ClassParser {
  readonly #reader: Reader;
  readonly #ignoresCase: boolean;
  #depth = 0;

  constructor(reader: Reader, { ignoresCase }: Options) {
    this.#reader = reader;
    this.#ignoresCase = ignoresCase;
  }

  /** Parses a class after its opening bracket. */
  node(): Node {
    const isNegated = this.#reader.sees('^');
    const source = this.#class();
    if (!this.#ignoresCase) return setOf(source);
    // Only positive classes hold characters that fold to several.
    return isNegated ? setOf(source, true) : foldedClass(source);
  }

  #class(): string {
    const reader = this.#reader;
    if ((this.#depth += 1) > maxNesting) reader.fail(`more than ${maxNesting} nested classes`);
    const isNegated = reader.take('^');
    if (isNegated && this.#ignoresCase && this.#depth > 1) reader.fail('negated class in a case-insensitive class');
    const operands: string[] = [];
    let members = '';
    for (let isFirst = true; isFirst || !reader.sees(']'); isFirst = false) {
      if (reader.isAtEnd) reader.fail('unterminated `[`');
      if (isFirst && reader.sees(']')) {
        // A class cannot be empty: this bracket is a member if another one closes the class.
        reader.take(']');
        members += this.#rangeFrom(0x5d);
      } else if (reader.take('&&')) {
        if (this.#ignoresCase) reader.fail('`&&` in a case-insensitive class');
        operands.push(members);
        members = '';
      } else members += this.#member();
    }
    reader.take(']');
    this.#depth -= 1;
    operands.push(members);
    const source = operands.map((operand) => `[${operand}]`).join('&&');
    return operands.length === 1 && !isNegated ? source : `[${isNegated ? '^' : ''}${source}]`;
  }

  #member(): string {
    const reader = this.#reader;
    const posix = reader.match(/\[:(\^?)([A-Za-z]*):\]/y);
    if (posix) {
      const source = posixClass(posix[2]!) ?? reader.fail(`unknown POSIX class ${posix[0]}`);
      return this.#negatable(posix[1] === '^' ? `[^${source}]` : source);
    }
    if (reader.sees('[:')) reader.fail('`[:` in a class');
    if (reader.take('[')) return this.#class();
    if (!reader.take('\\')) return this.#rangeFrom(reader.char());
    const property = reader.match(/[pP]\{(\^?)([^}]*)\}/y);
    const set = property ? this.#negatable(reader.property(property)) : reader.type();
    if (set) {
      if (reader.test(/-(?!\])/y)) reader.fail('`-` after a set');
      return set;
    }
    return this.#rangeFrom(reader.escapedChar('in a class'));
  }

  /** Parses a set. When case is ignored, a negated set would depend on what is folded first. */
  #negatable(source: string): string {
    if (this.#ignoresCase && source.startsWith('[^')) this.#reader.fail('negated set in a case-insensitive class');
    return source;
  }

  /** Parses a character, or a range that begins with it. */
  #rangeFrom(first: number): string {
    const reader = this.#reader;
    if (!reader.test(/-(?!\])/y)) return classChar(first);
    reader.take('-');
    if (reader.sees('[') || reader.sees('&&')) reader.fail('`-` before a set');
    const isEscaped = reader.take('\\');
    if (isEscaped && reader.test(/[pPdDsShHwW]/y)) reader.fail('range that ends in a set');
    const last = isEscaped ? reader.escapedChar('in a class') : reader.char();
    if (last < first) reader.fail('range out of order');
    if (reader.test(/-(?!\])/y)) reader.fail('`-` after a range');
    return `${classChar(first)}-${classChar(last)}`;
  }
}
