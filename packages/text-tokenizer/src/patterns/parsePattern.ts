import { foldedText } from './caseFolding.ts';
import { loneWordClass, propertyClass } from './charClasses.ts';
import { choice, lengthsOf, look, type Node, sequence, setOf } from './nodes.ts';
import { ClassParser } from './parseClass.ts';
import { lone, type Options, Reader } from './reader.ts';

const [mostRepeats, mostNested, longestBehind] = [1000, 200, 255];

const start: Node = { kind: 'edge', isEnd: false };
const end: Node = { kind: 'edge', isEnd: true };
const newline = setOf('\\n');
const word = setOf(loneWordClass);
/** Whether a word begins or ends here. */
const boundary = choice([
  sequence([look(word, true, false), look(word, false, true)]),
  sequence([look(word, true, true), look(word, false, false)]),
]);
const inside = choice([
  sequence([look(word, true, false), look(word, false, false)]),
  sequence([look(word, true, true), look(word, false, true)]),
]);
const anyLineEnd: Node = {
  kind: 'atomic',
  item: choice([sequence([setOf('\\r'), newline]), setOf('[\\n\\v\\f\\r\\x85\\u2028\\u2029]')]),
};

/** Escapes that are no single character. */
const anchors: Readonly<Record<string, Node>> = {
  A: start,
  z: end,
  Z: choice([end, look(sequence([newline, end]), false, false)]),
  b: boundary,
  B: inside,
  R: anyLineEnd,
  N: setOf('[^\\n]'),
  O: setOf('[^]'),
};
/** A line begins at the start, and after each line feed that text follows. It ends before each line feed, and at the end. */
const lineStart = choice([start, sequence([look(newline, true, false), look(end, false, true)])]);
const lineEnd = choice([look(newline, false, false), end]);

/**
 * Reads an expression in Oniguruma's syntax, as `tokenizer.json` holds it.
 *
 * Source: Oniguruma, `doc/RE` and `doc/SYNTAX.md`, `ONIG_SYNTAX_ONIGURUMA`.
 *
 * @throws PatternProblem for what is no expression, and for constructs that are not read: captures that are referred
 * to, calls, conditions, absent operators, callouts, `\G`, `\K`, `\X`
 */
export function parsePattern(source: string): Node {
  const parser = new PatternParser(source);
  return parser.all();
}

class PatternParser {
  readonly #reader: Reader;
  #depth = 0;

  constructor(source: string) {
    this.#reader = new Reader(source);
  }

  all(): Node {
    const node = this.#choice({ ignoresCase: false, dotAll: false, extended: false });
    if (!this.#reader.isAtEnd) this.#reader.fail('`)` without `(`');
    return node;
  }

  /** Alternatives up to `)` or the end. */
  #choice(options: Options): Node {
    const reader = this.#reader;
    if ((this.#depth += 1) > mostNested) reader.fail(`groups within more than ${mostNested} groups`);
    const branches = [this.#sequence(options)];
    while (reader.take('|')) branches.push(this.#sequence(options));
    this.#depth -= 1;
    return choice(branches);
  }

  #sequence(options: Options): Node {
    const reader = this.#reader;
    const items: Node[] = [];
    // Literal characters whose case is ignored fold together.
    let run: number[] = [];
    const flush = (): void => {
      if (run.length)
        items.push(...(foldedText(run) ?? reader.fail('letters without case that fold to one letter in several ways')));
      run = [];
    };
    while (!reader.isAtEnd && !reader.sees('|') && !reader.sees(')')) {
      if (this.#skips(options)) continue;
      const isolated = this.#isolated(options);
      if (isolated) {
        flush();
        items.push(isolated);
        continue;
      }
      const atom = this.#atom(options);
      const isRepeated = this.#seesRepeat();
      if (typeof atom === 'number' && options.ignoresCase && !isRepeated) {
        run.push(atom);
        continue;
      }
      flush();
      const node =
        typeof atom === 'number' ? sequence(options.ignoresCase ? foldedText([atom])! : [setOf(lone(atom))]) : atom;
      items.push(isRepeated ? this.#repeats(node, options) : node);
    }
    flush();
    return sequence(items);
  }

  /** Comments, and white space where the expression is extended. */
  #skips({ extended }: Options): boolean {
    const reader = this.#reader;
    if (reader.take('(?#')) {
      if (reader.until(')') === undefined) reader.fail('a comment without end');
      return true;
    }
    if (!extended) return false;
    if (reader.match(/\s+/y)) return true;
    return reader.match(/#[^\n]*/y) !== undefined;
  }

  /** `(?i)` and the like, which hold for the rest of the group, its alternatives included. */
  #isolated(options: Options): Node | undefined {
    const found = this.#reader.match(/\(\?([imx]*)(?:-([imx]+))?\)/y);
    return found && this.#choice(changed(options, found));
  }

  #atom(options: Options): Node | number {
    const reader = this.#reader;
    if (reader.take('(')) return this.#group(options);
    if (reader.take('[')) return new ClassParser(reader, options).node();
    if (reader.take('.')) return setOf(options.dotAll ? '[^]' : '[^\\n]');
    if (reader.take('^')) return lineStart;
    if (reader.take('$')) return lineEnd;
    if (this.#seesRepeat()) reader.fail('a quantifier after nothing');
    if (!reader.take('\\')) return reader.char();
    const anchor = reader.match(/[AzZbBRNO]/y);
    if (anchor) return anchors[anchor[0]]!;
    const property = reader.match(/[pP]\{(\^?)([^}]*)\}/y);
    if (property) return setOf(reader.property(property, propertyClass));
    const type = reader.type(loneWordClass);
    if (type) return setOf(type);
    return reader.escapedChar('outside');
  }

  #group(options: Options): Node {
    const reader = this.#reader;
    const opening = reader.match(
      /\?(?:([imx]*)(?:-([imx]+))?:|<?[=!]|>|<[\p{L}_][\p{L}\p{M}\p{N}_]*>|'[\p{L}_][\p{L}\p{M}\p{N}_]*')/uy,
    );
    if (!opening && (reader.sees('?') || reader.sees('*'))) reader.fail(`the group (${reader.rest(4)}`);
    const kind = opening?.[0] ?? '';
    const item = this.#choice(kind.endsWith(':') ? changed(options, opening!) : options);
    if (!reader.take(')')) reader.fail('`(` without `)`');
    if (kind === '?>') return { kind: 'atomic', item };
    if (!/^\?<?[=!]$/.test(kind)) return item;
    const isBehind = kind[1] === '<';
    if (isBehind && lengthsOf(item)[1] > longestBehind)
      reader.fail(`a look behind at more than ${longestBehind} characters`);
    return look(item, isBehind, kind.endsWith('!'));
  }

  #seesRepeat(): boolean {
    const reader = this.#reader;
    return reader.sees('*') || reader.sees('+') || reader.sees('?') || reader.test(/\{(?:\d+(?:,\d*)?|,\d+)\}/y);
  }

  #repeats(item: Node, options: Options): Node {
    const reader = this.#reader;
    let node = item;
    for (;;) {
      const found = reader.match(/([*+?])([?+]?)|\{(\d*)(,?)(\d*)\}(\??)/y);
      if (!found) return node;
      const [, sign, suffix, least, comma, most, lazy] = found;
      const min = sign ? (sign === '+' ? 1 : 0) : Number(least || 0);
      const max = sign ? (sign === '?' ? 1 : Infinity) : comma ? (most ? Number(most) : Infinity) : min;
      // `{n}?` is a quantifier of a quantifier: n times, or not at all.
      const isLazy = suffix === '?' || (lazy === '?' && comma === ',');
      node = this.#repeat(node, min, max, isLazy ? 'lazy' : suffix === '+' ? 'possessive' : 'greedy');
      if (lazy === '?' && !comma) node = this.#repeat(node, 0, 1, 'greedy');
      while (this.#skips(options));
      if (!this.#seesRepeat()) return node;
    }
  }

  #repeat(item: Node, min: number, max: number, mode: 'greedy' | 'lazy' | 'possessive'): Node {
    const reader = this.#reader;
    if (max < min) reader.fail('an interval whose end is less than its start');
    if (Math.max(min, max === Infinity ? 0 : max) > mostRepeats) reader.fail(`more than ${mostRepeats} repetitions`);
    if (item.kind === 'look' || item.kind === 'edge') reader.fail('a quantifier after what has no width');
    if (max === Infinity && lengthsOf(item)[0] === 0) reader.fail('an endless repetition of what may be empty');
    return { kind: 'repeat', item, min, max, mode };
  }
}

function changed(options: Options, [, on = '', off = '']: RegExpExecArray): Options {
  const flag = (letter: string, before: boolean): boolean => (on.includes(letter) || before) && !off.includes(letter);
  return {
    ignoresCase: flag('i', options.ignoresCase),
    dotAll: flag('m', options.dotAll),
    extended: flag('x', options.extended),
  };
}
