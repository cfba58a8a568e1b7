/** A priority queue of numbers; the smallest comes first. */
export class Heap {
  readonly #items: number[] = [];

  push(value: number): void {
    const items = this.#items;
    let at = items.push(value) - 1;
    for (; at > 0 && items[(at - 1) >> 1]! > value; at = (at - 1) >> 1) items[at] = items[(at - 1) >> 1]!;
    items[at] = value;
  }

  pop(): number | undefined {
    const items = this.#items;
    const [top] = items;
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && items[child + 1]! < items[child]!) child++;
      if (items[child]! >= last) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
