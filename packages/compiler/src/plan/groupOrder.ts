/** Something that an {@link GroupOrder} holds; it alone writes these. */
export interface Ordered<G> {
  /** Position in the order. */
  at: number;
  /** What has to come before; some of it may have been joined into others since. */
  readonly before: Set<G>;
  /** What it has been joined into. */
  joined: G | undefined;
}

/** A search that meets more groups than this is given up. */
const mostVisited = 1024;

/**
 * Units in an order in which each comes after those that it needs. Units can be joined where that makes no cycle, and
 * since the order is kept, the search for one looks only at what lies between the two.
 */
export class GroupOrder<G extends Ordered<G>> {
  readonly #order: (G | undefined)[] = [];

  /** Appends a group. */
  add(group: G, needs: Iterable<G>): void {
    group.at = this.#order.push(group) - 1;
    for (const need of needs) group.before.add(need);
  }

  /** What has become of a group that may have been joined into another. */
  find(group: G): G {
    if (!group.joined) return group;
    // The next search takes the short way.
    return (group.joined = this.find(group.joined));
  }

  needsOf(group: G): Set<G> {
    const needs = new Set<G>();
    for (const need of group.before) needs.add(this.find(need));
    needs.delete(group);
    return needs;
  }

  /** Joins `a` into `b`, unless one of them would then wait for itself. */
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

  /** What has to come before `a` or `b` but stands behind the first of them; `undefined` if that needs one of them. */
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

  /** Puts `group` at position `first`, behind what has to come before it; what stood there moves behind it. */
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
