interface Block {
  address: number;
  size: number;
}

/**
 * Free ranges of addresses. `take` uses the smallest range that is large enough (best fit); of equal ones, the first.
 * `give` merges adjacent ranges.
 */
export class FreeList {
  /** By address. */
  readonly #blocks: Block[] = [];

  get blocks(): readonly Readonly<Block>[] {
    return this.#blocks;
  }

  /** Takes a free range of this size and returns its start, or undefined if no range is large enough. */
  take(size: number): number | undefined {
    let best = -1;
    this.#blocks.forEach((block, i) => {
      if (block.size >= size && (best < 0 || block.size < this.#blocks[best]!.size)) best = i;
    });
    const block = this.#blocks[best];
    if (!block) return undefined;
    const { address } = block;
    block.address += size;
    block.size -= size;
    if (block.size === 0) this.#blocks.splice(best, 1);
    return address;
  }

  give(address: number, size: number): void {
    const found = this.#blocks.findIndex((block) => block.address > address);
    const at = found < 0 ? this.#blocks.length : found;
    const [before, after] = [this.#blocks[at - 1], this.#blocks[at]];
    const joinsBefore = before !== undefined && before.address + before.size === address;
    const joinsAfter = after !== undefined && address + size === after.address;
    if (joinsBefore) before.size += size + (joinsAfter ? after.size : 0);
    else if (joinsAfter) Object.assign(after, { address, size: size + after.size });
    else this.#blocks.splice(at, 0, { address, size });
    if (joinsBefore && joinsAfter) this.#blocks.splice(at, 1);
  }
}
