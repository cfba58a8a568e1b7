/** A pattern as a tree. Groups do not capture, because no supported construct refers to captures. */
export type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'lookaround'; readonly item: Node; readonly isBehind: boolean; readonly isNegated: boolean }
  | { readonly kind: 'atomic'; readonly item: Node }
  | { readonly kind: 'anchor'; readonly isEnd: boolean };

/** A set of characters: a class for JavaScript's flag `v`, and whether to ignore case. */
export interface CharSet {
  readonly source: string;
  readonly ignoresCase: boolean;
}

export const setOf = (source: string, ignoresCase = false): Node => ({ kind: 'set', set: { source, ignoresCase } });
export const lookaround = (item: Node, isBehind: boolean, isNegated: boolean): Node => ({
  kind: 'lookaround',
  item,
  isBehind,
  isNegated,
});
export const sequence = (items: readonly Node[]): Node =>
  items.length === 1 ? items[0]! : { kind: 'sequence', items };
export const choice = (options: readonly Node[]): Node =>
  options.length === 1 ? options[0]! : { kind: 'choice', options };

/** Sets of which one must hold the first character of a match, and whether the match may be empty. */
interface First {
  readonly sets: readonly CharSet[];
  readonly mayBeEmpty: boolean;
}

/**
 * Sets of which one must hold the first character of a match, or undefined if the match may be empty. Lookarounds and
 * anchors consume no character, so they count as empty.
 */
export function firstSets(node: Node): readonly CharSet[] | undefined {
  const { sets, mayBeEmpty } = firstOf(node);
  return mayBeEmpty ? undefined : sets;
}

function firstOf(node: Node): First {
  switch (node.kind) {
    case 'set':
      return { sets: [node.set], mayBeEmpty: false };
    case 'sequence':
      return node.items.reduce<First>(
        (before, item) => (before.mayBeEmpty ? both(before, firstOf(item), false) : before),
        { sets: [], mayBeEmpty: true },
      );
    case 'choice':
      return node.options.map(firstOf).reduce((a, b) => both(a, b, true));
    case 'repeat':
      return node.min > 0 ? firstOf(node.item) : { sets: firstOf(node.item).sets, mayBeEmpty: true };
    case 'atomic':
      return firstOf(node.item);
    default:
      return { sets: [], mayBeEmpty: true };
  }
}

const both = (a: First, b: First, either: boolean): First => ({
  sets: [...a.sets, ...b.sets],
  mayBeEmpty: either ? a.mayBeEmpty || b.mayBeEmpty : b.mayBeEmpty,
});

/** The least and greatest number of characters that a node matches. */
export function lengthsOf(node: Node): readonly [min: number, max: number] {
  switch (node.kind) {
    case 'set':
      return [1, 1];
    case 'sequence':
      return node.items.map(lengthsOf).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    case 'choice':
      return node.options.map(lengthsOf).reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)]);
    case 'repeat': {
      const [min, max] = lengthsOf(node.item);
      return [min * node.min, max === 0 ? 0 : max * node.max];
    }
    case 'atomic':
      return lengthsOf(node.item);
    default:
      return [0, 0];
  }
}
