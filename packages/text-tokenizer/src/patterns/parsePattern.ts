import { foldedText } from './caseFolding.ts';
import { loneWordClass, propertyClass } from './charClasses.ts';
import { choice, lengthsOf, lookaround, type Node, sequence, setOf } from './nodes.ts';
import { ClassParser } from './parseClass.ts';
import { lone, type Options, Reader } from './reader.ts';

const [maxRepeats, maxNesting, maxLookbehind] = [1000, 200, 255];

const start: Node = { kind: 'anchor', isEnd: false };
const end: Node = { kind: 'anchor', isEnd: true };
const newline = setOf('\\n');
const word = setOf(loneWordClass);
/** Matches at the start and at the end of a word. */
const boundary = choice([
  sequence([lookaround(word, true, false), lookaround(word, false, true)]),
  sequence([lookaround(word, true, true), lookaround(word, false, false)]),
]);
const inside = choice([
  sequence([lookaround(word, true, false), lookaround(word, false, false)]),
  sequence([lookaround(word, true, true), lookaround(word, false, true)]),
]);
const anyLineEnd: Node = {
  kind: 'atomic',
  item: choice([sequence([setOf('\\r'), newline]), setOf('[\\n\\v\\f\\r\\x85\\u2028\\u2029]')]),
};

/** Escapes that do not denote a single character. */
const anchors: Readonly<Record<string, Node>> = {
  A: start,
  z: end,
  Z: choice([end, lookaround(sequence([newline, end]), false, false)]),
  b: boundary,
  B: inside,
  R: anyLineEnd,
  N: setOf('[^\\n]'),
  O: setOf('[^]'),
};
/** Line anchors. A line starts at the start of the text and after each line feed that text follows, and ends before each line feed and at the end. */
const lineStart = choice([start, sequence([lookaround(newline, true, false), lookaround(end, false, true)])]);
const lineEnd = choice([lookaround(newline, false, false), end]);

/**
 * Parses an expression in Oniguruma's syntax, as `tokenizer.json` contains it.
 *
 * Source: Oniguruma, `doc/RE` and `doc/SYNTAX.md`, `ONIG_SYNTAX_ONIGURUMA`.
 *
 * @throws PatternProblem for an invalid expression, and for unsupported constructs: references to captures, calls,
 * conditions, absent operators, callouts, `\G`, `\K`, `\X`
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
    if (!this.#reader.isAtEnd) this.#reader.fail('unmatched `)`');
    return node;
  }

  /** Parses alternatives up to `)` or the end. */
  #choice(options: Options): Node {
    const reader = this.#reader;
    if ((this.#depth += 1) > maxNesting) reader.fail(`more than ${maxNesting} nested groups`);
    const branches = [this.#sequence(options)];
    while (reader.take('|')) branches.push(this.#sequence(options));
    this.#depth -= 1;
    return choice(branches);
  }

  #sequence(options: Options): Node {
    const reader = this.#reader;
    const items: Node[] = [];
    // Adjacent literals whose case is ignored fold together.
    let run: number[] = [];
    const flush = (): void => {
      if (run.length)
        items.push(...(foldedText(run) ?? reader.fail('ambiguous case folding of several letters to one')));
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

  /** Skips comments and, in an extended expression, whitespace. */
  #skips({ extended }: Options): boolean {
    const reader = this.#reader;
    if (reader.take('(?#')) {
      if (reader.until(')') === undefined) reader.fail('unterminated comment');
      return true;
    }
    if (!extended) return false;
    if (reader.match(/\s+/y)) return true;
    return reader.match(/#[^\n]*/y) !== undefined;
  }

  /** Parses flags such as `(?i)`, which hold for the rest of the group and for its later alternatives. */
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
    if (this.#seesRepeat()) reader.fail('quantifier without an operand');
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
    if (!opening && (reader.sees('?') || reader.sees('*'))) reader.fail(`unsupported group (${reader.rest(4)}`);
    const kind = opening?.[0] ?? '';
    const item = this.#choice(kind.endsWith(':') ? changed(options, opening!) : options);
    if (!reader.take(')')) reader.fail('unterminated `(`');
    if (kind === '?>') return { kind: 'atomic', item };
    if (!/^\?<?[=!]$/.test(kind)) return item;
    const isBehind = kind[1] === '<';
    if (isBehind && lengthsOf(item)[1] > maxLookbehind)
      reader.fail(`lookbehind of more than ${maxLookbehind} characters`);
    return lookaround(item, isBehind, kind.endsWith('!'));
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
    if (max < min) reader.fail('interval out of order');
    if (Math.max(min, max === Infinity ? 0 : max) > maxRepeats) reader.fail(`more than ${maxRepeats} repetitions`);
    if (item.kind === 'lookaround' || item.kind === 'anchor') reader.fail('quantifier after a lookaround or anchor');
    if (max === Infinity && lengthsOf(item)[0] === 0)
      reader.fail('unbounded repetition of an expression that may be empty');
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
