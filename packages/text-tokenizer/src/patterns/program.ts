import { setsPerTable } from './charSets.ts';
import { type CharSet, firstSets, lengthsOf, type Node } from './nodes.ts';
import { PatternProblem } from './reader.ts';

/** What an instruction does; its arguments are `a`, `b` and `c`. */
export const Op = {
  /** A character of set `a`. */
  set: 0,
  /** Goes to `a`, or where that fails to `b`; to `b` at once if the character is in no set of the mask `c`, which is not 0. */
  split: 1,
  /** Goes to `a`. */
  jump: 2,
  /** As many characters of set `a` as there are, from `b` to `c`; fewer where what follows fails. */
  loop: 3,
  /** The same, but never fewer. */
  possessive: 4,
  /** Whether what begins at `a` matches here (`b` 1) or not (0). */
  ahead: 5,
  /** Whether what begins at `a` matches just before here (`b` 1) or not (0), and where it may begin: `c` is the index of its lengths. */
  behind: 6,
  /** The first match of what begins at `a`, and no other. */
  atomic: 7,
  /** The start of the text, or the end (`a` 1). */
  edge: 8,
  /** What was looked for is found. */
  match: 9,
} as const;

/** Instructions of a backtracking machine. */
export interface Program {
  readonly ops: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly c: readonly number[];
  readonly sets: readonly CharSet[];
  /** The sets of the first table one of which holds the first character of a match; 0 for any character. */
  readonly starts: number;
  /** The least and the greatest length of what looks behind look for. */
  readonly lengths: readonly (readonly [number, number])[];
}

const mostInstructions = 20_000;

/** @throws PatternProblem for an expression of more than 20,000 instructions */
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
  /** Bodies of looks and atomic groups, which follow the program. */
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
    if (this.#ops.length >= mostInstructions)
      throw new PatternProblem(`more than ${mostInstructions} instructions, as from repetitions of repetitions`);
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
      case 'look':
        return this.#look(node);
      case 'atomic':
        return this.#body(Op.atomic, node.item);
      case 'edge':
        return void this.emit(Op.edge, node.isEnd ? 1 : 0);
    }
  }

  #setId(set: CharSet): number {
    const key = `${set.ignoresCase ? 'i' : ''}${set.source}`;
    const id = this.#setIds.get(key) ?? this.#sets.push(set) - 1;
    this.#setIds.set(key, id);
    return id;
  }

  /** The bits of the sets that a match of what was added begins with; 0 where they are not all in the first table. */
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

  #look({ item, isBehind, isNegated }: Extract<Node, { kind: 'look' }>): void {
    const lengths = isBehind ? this.#lengths.push(lengthsOf(item)) - 1 : 0;
    this.#body(isBehind ? Op.behind : Op.ahead, item, isNegated ? 0 : 1, lengths);
  }

  #body(op: number, item: Node, b = 0, c = 0): void {
    this.#bodies.push({ at: this.emit(op, 0, b, c), item });
  }
}
