import { setsPerTable } from './charSets.ts';
import { type CharSet, firstSets, lengthsOf, type Node } from './nodes.ts';
import { PatternProblem } from './reader.ts';

/** The instructions, with operands `a`, `b` and `c`. */
export const Op = {
  /** Consumes a character of set `a`. */
  set: 0,
  /** Continues at `a`, and backtracks to `b`. If mask `c` is not 0 and none of its sets holds the next character, goes to `b` at once. */
  split: 1,
  /** Jumps to `a`. */
  jump: 2,
  /** Consumes `b` to `c` characters of set `a`, as many as possible; gives some back if the rest fails. */
  loop: 3,
  /** Like `loop`, but gives none back. */
  possessive: 4,
  /** Lookahead: whether the code at `a` matches here (`b` is 1) or does not (0). */
  lookahead: 5,
  /** Lookbehind: whether the code at `a` matches a text that ends here (`b` is 1) or does not (0); `lengths[c]` bounds its length. */
  lookbehind: 6,
  /** Atomic group: consumes the first match of the code at `a`, and never tries another. */
  atomic: 7,
  /** Matches at the start of the text, or at its end (`a` is 1). */
  anchor: 8,
  /** Ends a match. */
  match: 9,
} as const;

/** The program of a backtracking machine. */
export interface Program {
  readonly ops: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly c: readonly number[];
  readonly sets: readonly CharSet[];
  /** The sets, all in the first table, that can hold the first character of a match, as a mask; 0 if any character can be first. */
  readonly starts: number;
  /** The least and greatest length that each lookbehind can match. */
  readonly lengths: readonly (readonly [number, number])[];
}

const maxInstructions = 20_000;

/** @throws PatternProblem if the expression needs more than 20,000 instructions */
export function compileProgram(node: Node): Program {
  const builder = new Builder();
  builder.add(node);
  builder.emit(Op.match);
  return builder.finish(node);
}

class Builder {
  readonly #ops: number[] = [];
  readonly #a: number[] = [];
  readonly #b: number[] = [];
  readonly #c: number[] = [];
  readonly #sets: CharSet[] = [];
  readonly #setIds = new Map<string, number>();
  readonly #lengths: (readonly [number, number])[] = [];
  /** Bodies of lookarounds and atomic groups, which come after the main code. */
  readonly #bodies: { readonly at: number; readonly item: Node }[] = [];

  finish(node: Node): Program {
    for (let i = 0; i < this.#bodies.length; i++) {
      const { at, item } = this.#bodies[i]!;
      this.#a[at] = this.#ops.length;
      this.add(item);
      this.emit(Op.match);
    }
    return {
      ops: this.#ops,
      a: this.#a,
      b: this.#b,
      c: this.#c,
      sets: this.#sets,
      starts: this.#mask(node),
      lengths: this.#lengths,
    };
  }

  emit(op: number, a = 0, b = 0, c = 0): number {
    if (this.#ops.length >= maxInstructions)
      throw new PatternProblem(`more than ${maxInstructions} instructions; nested repetitions multiply them`);
    this.#a.push(a);
    this.#b.push(b);
    this.#c.push(c);
    return this.#ops.push(op) - 1;
  }

  add(node: Node): void {
    switch (node.kind) {
      case 'set':
        return void this.emit(Op.set, this.#setId(node.set));
      case 'sequence':
        return node.items.forEach((item) => this.add(item));
      case 'choice':
        return this.#choice(node.options);
      case 'repeat':
        return node.item.kind === 'set' && node.mode !== 'lazy'
          ? this.#loop(node, this.#setId(node.item.set))
          : this.#repeat(node);
      case 'lookaround':
        return this.#lookaround(node);
      case 'atomic':
        return this.#body(Op.atomic, node.item);
      case 'anchor':
        return void this.emit(Op.anchor, node.isEnd ? 1 : 0);
    }
  }

  #setId(set: CharSet): number {
    const key = `${set.ignoresCase ? 'i' : ''}${set.source}`;
    const id = this.#setIds.get(key) ?? this.#sets.push(set) - 1;
    this.#setIds.set(key, id);
    return id;
  }

  /** The mask of the sets with which a match of the node can begin; 0 if one of them is not in the first table. */
  #mask(node: Node): number {
    const ids = firstSets(node)?.map((set) => this.#setId(set)) ?? [];
    return ids.every((id) => id < setsPerTable) ? ids.reduce((mask, id) => mask | (1 << id), 0) : 0;
  }

  #choice(options: readonly Node[]): void {
    const ends: number[] = [];
    for (const [i, option] of options.entries()) {
      const split = i < options.length - 1 ? this.emit(Op.split, this.#ops.length + 1) : -1;
      this.add(option);
      if (split >= 0) this.#c[split] = this.#mask(option);
      if (split < 0) continue;
      ends.push(this.emit(Op.jump));
      this.#b[split] = this.#ops.length;
    }
    for (const end of ends) this.#a[end] = this.#ops.length;
  }

  #loop({ min, max, mode }: Extract<Node, { kind: 'repeat' }>, set: number): void {
    this.emit(mode === 'possessive' ? Op.possessive : Op.loop, set, min, max);
  }

  #repeat(node: Extract<Node, { kind: 'repeat' }>): void {
    const { item, min, max, mode } = node;
    if (mode === 'possessive') return this.#body(Op.atomic, { ...node, mode: 'greedy' });
    for (let i = 0; i < min; i++) this.add(item);
    const splits: number[] = [];
    const start = this.#ops.length;
    for (let i = min; i < (max === Infinity ? min + 1 : max); i++) {
      splits.push(this.emit(Op.split));
      this.add(item);
    }
    if (max === Infinity) this.emit(Op.jump, start);
    for (const split of splits) {
      const [first, second] = mode === 'lazy' ? [this.#ops.length, split + 1] : [split + 1, this.#ops.length];
      this.#a[split] = first;
      this.#b[split] = second;
      if (mode !== 'lazy') this.#c[split] = this.#mask(item);
    }
  }

  #lookaround({ item, isBehind, isNegated }: Extract<Node, { kind: 'lookaround' }>): void {
    const lengths = isBehind ? this.#lengths.push(lengthsOf(item)) - 1 : 0;
    this.#body(isBehind ? Op.lookbehind : Op.lookahead, item, isNegated ? 0 : 1, lengths);
  }

  #body(op: number, item: Node, b = 0, c = 0): void {
    this.#bodies.push({ at: this.emit(op, 0, b, c), item });
  }
}
