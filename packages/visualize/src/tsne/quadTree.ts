/** Cells are not divided further: their points count as one place. */
const deepest = 40;

/**
 * A tree of squares over points of the plane, for sums over far points (Barnes & Hut 1986). Nodes are in the order of a walk
 * through the tree, so that a far cell is skipped by going on at `next`.
 */
export class QuadTree {
  /** Of each node: the number of points, the center of gravity, the squared width, and the node after its last descendant. */
  #counts = new Float64Array(0);
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #widths = new Float64Array(0);
  #next = new Int32Array(0);
  #size = 0;
  readonly #order: Int32Array;
  readonly #spare: Int32Array;

  /** @param count - of points */
  constructor(count: number) {
    [this.#order, this.#spare] = [new Int32Array(count), new Int32Array(count)];
    this.#grow(4 * count + 16);
  }

  /** Sorts points into cells. @param places - x and y of each point */
  build(places: Float64Array): void {
    const count = this.#order.length;
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      this.#order[i] = i;
      left = Math.min(left, places[2 * i]!);
      right = Math.max(right, places[2 * i]!);
      bottom = Math.min(bottom, places[2 * i + 1]!);
      top = Math.max(top, places[2 * i + 1]!);
    }
    this.#size = 0;
    const half = (Math.max(right - left, top - bottom) / 2) * (1 + 1e-9) || 1e-12;
    if (count > 0) this.#divide(places, 0, count, (left + right) / 2, (bottom + top) / 2, half, 0);
  }

  #grow(capacity: number): void {
    const larger = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const array = new Float64Array(capacity);
      array.set(old);
      return array;
    };
    [this.#counts, this.#x, this.#y] = [larger(this.#counts), larger(this.#x), larger(this.#y)];
    this.#widths = larger(this.#widths);
    const next = new Int32Array(capacity);
    next.set(this.#next);
    this.#next = next;
  }

  #divide(places: Float64Array, from: number, to: number, cx: number, cy: number, half: number, depth: number): void {
    if (this.#size === this.#counts.length) this.#grow(2 * this.#size);
    const node = this.#size++;
    let [x, y] = [0, 0];
    for (let n = from; n < to; n++) {
      const i = this.#order[n]!;
      x += places[2 * i]!;
      y += places[2 * i + 1]!;
    }
    this.#counts[node] = to - from;
    this.#x[node] = x / (to - from);
    this.#y[node] = y / (to - from);
    const isLeaf = to - from === 1 || depth === deepest;
    this.#widths[node] = isLeaf ? 0 : 4 * half * half;
    if (!isLeaf) this.#divideIntoQuarters(places, from, to, cx, cy, half, depth);
    this.#next[node] = this.#size;
  }

  #divideIntoQuarters(
    places: Float64Array,
    from: number,
    to: number,
    cx: number,
    cy: number,
    half: number,
    depth: number,
  ): void {
    const [order, spare] = [this.#order, this.#spare];
    let [a, b, c] = [0, 0, 0];
    for (let n = from; n < to; n++) {
      const quarter = quarterOf(places, order[n]!, cx, cy);
      if (quarter === 0) a++;
      else if (quarter === 1) b++;
      else if (quarter === 2) c++;
    }
    const ends = [from + a, from + a + b, from + a + b + c, to];
    let [p, q, r, s] = [from, ends[0]!, ends[1]!, ends[2]!];
    for (let n = from; n < to; n++) {
      const i = order[n]!;
      const quarter = quarterOf(places, i, cx, cy);
      if (quarter === 0) spare[p++] = i;
      else if (quarter === 1) spare[q++] = i;
      else if (quarter === 2) spare[r++] = i;
      else spare[s++] = i;
    }
    for (let n = from; n < to; n++) order[n] = spare[n]!;
    let start = from;
    for (let quarter = 0; quarter < 4; quarter++) {
      const end = ends[quarter]!;
      const [dx, dy] = [quarter & 1 ? half / 2 : -half / 2, quarter & 2 ? half / 2 : -half / 2];
      if (end > start) this.#divide(places, start, end, cx + dx, cy + dy, half / 2, depth + 1);
      start = end;
    }
  }

  /**
   * Adds Σⱼ w²·(yᵢ − yⱼ) to the forces, with w = 1 / (1 + |yᵢ − yⱼ|²). A cell counts as one place if width / distance < θ.
   *
   * @returns Σᵢ Σⱼ≠ᵢ w
   */
  repel(places: Float64Array, forces: Float64Array, theta: number): number {
    const [counts, xs, ys, widths, next, size] = [this.#counts, this.#x, this.#y, this.#widths, this.#next, this.#size];
    const limit = theta * theta;
    let total = 0;
    // Points that follow each other in the tree meet the same nodes.
    for (const point of this.#order) {
      const i = 2 * point;
      const [x, y] = [places[i]!, places[i + 1]!];
      let [fx, fy, sum] = [0, 0, 0];
      for (let node = 0; node < size;) {
        const [dx, dy] = [x - xs[node]!, y - ys[node]!];
        const distance = dx * dx + dy * dy;
        if (widths[node]! > limit * distance) {
          node++;
          continue;
        }
        const weight = 1 / (1 + distance);
        const all = counts[node]! * weight;
        sum += all;
        fx += all * weight * dx;
        fy += all * weight * dy;
        node = next[node]!;
      }
      forces[i]! += fx;
      forces[i + 1]! += fy;
      // The point itself has a weight of 1.
      total += sum - 1;
    }
    return total;
  }
}

function quarterOf(places: Float64Array, i: number, cx: number, cy: number): number {
  return (places[2 * i]! > cx ? 1 : 0) + (places[2 * i + 1]! > cy ? 2 : 0);
}
