/** An item of a {@link GroupOrder}, which alone writes these fields. */
export interface Ordered<G> {
  /** Position in the order. */
  at: number;
  /** The groups that must come before. Some may have been joined into others in the meantime. */
  readonly before: Set<G>;
  /** The group that this one was joined into. */
  joined: G | undefined;
}

/** The most groups that a search visits before it gives up. */
const mostVisited = 1024;

/**
 * Groups in a topological order. Two groups can be joined unless that makes a cycle. Because the order is maintained,
 * the search for a cycle visits only groups between the two.
 */
export class GroupOrder<G extends Ordered<G>> {
  readonly #order: (G | undefined)[] = [];

  /** Appends a group. */
  add(group: G, needs: Iterable<G>): void {
    group.at = this.#order.push(group) - 1;
    for (const need of needs) group.before.add(need);
  }

  /** Returns the group itself, or the one that it was joined into. */
  find(group: G): G {
    if (!group.joined) return group;
    // Path compression.
    return (group.joined = this.find(group.joined));
  }

  needsOf(group: G): Set<G> {
    const needs = new Set<G>();
    for (const need of group.before) needs.add(this.find(need));
    needs.delete(group);
    return needs;
  }

  /** Joins `a` into `b`, unless that makes a cycle. */
  join(a: G, b: G): boolean {
    const first = Math.min(a.at, b.at);
    const between = this.#between(a, b, first);
    if (!between) return false;
    for (const need of a.before) b.before.add(need);
    a.joined = b;
    this.#order[a.at] = this.#order[b.at] = undefined;
    this.#move(b, first, between);
    return true;
  }

  /**
   * The groups after the first of `a` and `b` that must come before one of them; `undefined` if they need one of them.
   */
  #between(a: G, b: G, first: number): Set<G> | undefined {
    const found = new Set<G>();
    const direct = [...this.needsOf(a), ...this.needsOf(b)].filter((group) => group !== a && group !== b);
    for (const pending = direct; pending.length > 0;) {
      const group = this.find(pending.pop()!);
      if (group === a || group === b || found.size > mostVisited) return undefined;
      if (group.at < first || found.has(group)) continue;
      found.add(group);
      for (const need of group.before) pending.push(need);
    }
    return found;
  }

  /** Moves `group` and the groups that must come before it to position `first`. Other groups there move behind them. */
  #move(group: G, first: number, before: ReadonlySet<G>): void {
    let end = first;
    for (const { at } of before) end = Math.max(end, at);
    const window = this.#order.slice(first, end + 1).filter((other) => other !== undefined);
    const moved = [
      ...window.filter((other) => before.has(other)),
      group,
      ...window.filter((other) => !before.has(other)),
    ];
    for (let at = first; at <= end; at++) {
      const next = moved[at - first];
      this.#order[at] = next;
      if (next) next.at = at;
    }
  }
}
