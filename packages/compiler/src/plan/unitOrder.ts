/** Something that an {@link UnitOrder} holds; it alone writes these. */
export interface Ordered<U> {
  /** Position in the order. */
  at: number;
  /** What has to come before; some of it may have been joined into others since. */
  readonly before: Set<U>;
  /** What it has been joined into. */
  joined: U | undefined;
}

/** A search that meets more units than this is given up. */
const mostVisited = 1024;

/**
 * Units in an order in which each comes after those that it needs. Units can be joined where that makes no cycle, and
 * since the order is kept, the search for one looks only at what lies between the two.
 */
export class UnitOrder<U extends Ordered<U>> {
  readonly #order: (U | undefined)[] = [];

  /** Appends a unit. */
  add(unit: U, needs: Iterable<U>): void {
    unit.at = this.#order.push(unit) - 1;
    for (const need of needs) unit.before.add(need);
  }

  /** What has become of a unit that may have been joined into another. */
  find(unit: U): U {
    if (!unit.joined) return unit;
    // The next search takes the short way.
    return (unit.joined = this.find(unit.joined));
  }

  needsOf(unit: U): Set<U> {
    const needs = new Set<U>();
    for (const need of unit.before) needs.add(this.find(need));
    needs.delete(unit);
    return needs;
  }

  /** Joins `a` into `b`, unless one of them would then wait for itself. */
  join(a: U, b: U): boolean {
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
  #between(a: U, b: U, first: number): Set<U> | undefined {
    const found = new Set<U>();
    const direct = [...this.needsOf(a), ...this.needsOf(b)].filter((unit) => unit !== a && unit !== b);
    for (const pending = direct; pending.length > 0;) {
      const unit = this.find(pending.pop()!);
      if (unit === a || unit === b || found.size > mostVisited) return undefined;
      if (unit.at < first || found.has(unit)) continue;
      found.add(unit);
      for (const need of unit.before) pending.push(need);
    }
    return found;
  }

  /** Puts `unit` at position `first`, behind what has to come before it; what stood there moves behind it. */
  #move(unit: U, first: number, before: ReadonlySet<U>): void {
    let end = first;
    for (const { at } of before) end = Math.max(end, at);
    const window = this.#order.slice(first, end + 1).filter((other) => other !== undefined);
    const moved = [
      ...window.filter((other) => before.has(other)),
      unit,
      ...window.filter((other) => !before.has(other)),
    ];
    for (let at = first; at <= end; at++) {
      const next = moved[at - first];
      this.#order[at] = next;
      if (next) next.at = at;
    }
  }
}
