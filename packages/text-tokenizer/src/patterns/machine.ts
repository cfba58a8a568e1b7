import { CharSets, setsPerTable, widthIn } from './charSets.ts';
import { Op, type Program } from './program.ts';

/** A match takes too many steps. */
export class TooManySteps extends Error {}

/** Steps before failures are remembered, and steps before giving up, in multiples of the text's length. */
const plainSteps = 16;
const mostSteps = 64;

/**
 * A backtracking machine that searches a text in time linear in its length. Once a search takes long, it remembers where
 * which choice has failed, so it tries none twice: what follows a choice does not depend on how it was reached. Looks and
 * atomic groups are searched without that, within a limit of steps.
 *
 * Source: Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009 (BitState).
 */
export class Machine {
  readonly #program: Program;
  readonly #sets: CharSets;
  /** The number of each instruction that is a choice, or −1. */
  readonly #choices: Int32Array;
  readonly #stride: number;
  #text = '';
  #steps = 0;
  /** A bit for each place and choice; empty until the search takes long. */
  #failed: Uint32Array = new Uint32Array(0);
  /** Instructions, places and least places to go back to, three numbers each. */
  #stack: Int32Array = new Int32Array(3 * 64);
  #top = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#sets = new CharSets(program.sets);
    let choices = 0;
    this.#choices = Int32Array.from(program.ops, (op, i) =>
      op === Op.split || (op === Op.loop && program.c[i] === Infinity) ? choices++ : -1,
    );
    this.#stride = Math.ceil(choices / 32);
  }

  /**
   * The matches in order, as two places each. As in Rust, an empty match does not follow another match at once, and an
   * empty text has none.
   *
   * @throws TooManySteps where looks and atomic groups take more than linear time
   */
  findAll(text: string): number[] {
    this.#text = text;
    this.#steps = 0;
    this.#failed = new Uint32Array(0);
    const places: number[] = [];
    let last = -1;
    for (let at = text ? 0 : 1; at <= text.length;) {
      at = this.#nextStart(at);
      if (at > text.length) break;
      const end = this.#run(0, at, -1);
      if (end >= 0 && (end > at || at !== last)) {
        places.push(at, end);
        last = end;
        this.#forget(end);
      }
      at = end > at ? end : at + widthAfter(text, at);
    }
    this.#text = '';
    return places;
  }

  /** Where the first match of what begins at `entry` ends, or −1. A `target` is where it must end. */
  #run(entry: number, from: number, target: number): number {
    const { ops, a, b, c } = this.#program;
    const base = this.#top;
    const remembers = entry === 0;
    let pc = entry;
    let at = from;
    for (;;) {
      if ((this.#steps += 1) > plainSteps * this.#text.length + 4096) this.#slow();
      let goesOn = true;
      switch (ops[pc]) {
        case Op.set: {
          const width = this.#width(at, a[pc]!);
          goesOn = width > 0;
          at += width;
          break;
        }
        case Op.split:
          if (c[pc] !== 0 && (this.#sets.bits(this.#text, at, 0) & c[pc]!) === 0) pc = b[pc]! - 1;
          else if (remembers && this.#failed.length && !this.#isNew(pc, at)) goesOn = false;
          else {
            this.#push(b[pc]!, at, -1);
            pc = a[pc]! - 1;
          }
          break;
        case Op.jump:
          pc = a[pc]! - 1;
          break;
        case Op.loop:
        case Op.possessive: {
          const end = this.#loop(pc, at, remembers);
          goesOn = end >= 0;
          at = end;
          break;
        }
        case Op.edge:
          goesOn = at === (a[pc] ? this.#text.length : 0);
          break;
        case Op.match:
          if (target >= 0 && at !== target) {
            goesOn = false;
            break;
          }
          this.#top = base;
          return at;
        case Op.atomic:
          at = this.#run(a[pc]!, at, -1);
          goesOn = at >= 0;
          break;
        default:
          goesOn =
            (ops[pc] === Op.ahead ? this.#run(a[pc]!, at, -1) >= 0 : this.#isBehind(a[pc]!, at, c[pc]!)) ===
            (b[pc] === 1);
      }
      if (goesOn) {
        pc += 1;
        continue;
      }
      if (this.#top === base) return -1;
      this.#top -= 3;
      pc = this.#stack[this.#top]!;
      at = this.#stack[this.#top + 1]!;
      const least = this.#stack[this.#top + 2]!;
      if (least < 0) continue;
      // A loop gives back its last character.
      if (remembers && this.#failed.length && c[pc] === Infinity) this.#isNew(pc, at);
      at -= widthBefore(this.#text, at);
      if (at > least) this.#push(pc, at, least);
      pc += 1;
    }
  }

  /** Where a loop over a set ends, or −1; what it may give back goes on the stack. */
  #loop(pc: number, from: number, remembers: boolean): number {
    const { ops, a, b, c } = this.#program;
    const [min, max] = [b[pc]!, c[pc]!];
    const table = a[pc]! < setsPerTable ? 0 : Math.floor(a[pc]! / setsPerTable);
    const mask = 1 << (a[pc]! - table * setsPerTable);
    const checks = remembers && this.#failed.length > 0 && max === Infinity && ops[pc] === Op.loop;
    let at = from;
    let count = 0;
    let least = -1;
    let end = -1;
    for (;;) {
      if (count >= min) {
        // All that the loop could do from here has failed.
        if (checks && this.#hasFailed(pc, at)) break;
        if (least < 0) least = at;
        end = at;
      }
      const width = count < max ? widthIn(this.#sets.bits(this.#text, at, table), mask) : 0;
      if (width === 0) break;
      at += width;
      count += 1;
    }
    this.#steps += count;
    if (end > least && ops[pc] === Op.loop) this.#push(pc, end, least);
    return end;
  }

  /** The next place where a match may begin, or one behind the text. */
  #nextStart(from: number): number {
    const { starts } = this.#program;
    if (starts === 0) return from;
    const text = this.#text;
    for (let at = from; at < text.length;) {
      const bits = this.#sets.bits(text, at, 0);
      if ((bits & starts) !== 0) return at;
      at += widthIn(bits, -1);
    }
    return text.length + 1;
  }

  /** How many units the character at a place has, if the set holds it; else 0. */
  #width(at: number, set: number): number {
    const table = set < setsPerTable ? 0 : Math.floor(set / setsPerTable);
    return widthIn(this.#sets.bits(this.#text, at, table), 1 << (set - table * setsPerTable));
  }

  #isBehind(entry: number, at: number, lengths: number): boolean {
    const [min, max] = this.#program.lengths[lengths]!;
    let from = at;
    for (let length = 0; length <= max; length++) {
      if (length >= min && this.#run(entry, from, at) >= 0) return true;
      if (from === 0) return false;
      from -= widthBefore(this.#text, from);
    }
    return false;
  }

  #slow(): void {
    const { length } = this.#text;
    if (!this.#failed.length) this.#failed = new Uint32Array(this.#stride * (length + 1));
    if (this.#steps > (mostSteps + 4 * this.#program.ops.length) * length + 1e6) {
      this.#top = 0;
      throw new TooManySteps();
    }
  }

  #push(pc: number, at: number, least: number): void {
    if (this.#top + 3 > this.#stack.length) {
      const grown = new Int32Array(2 * this.#stack.length);
      grown.set(this.#stack);
      this.#stack = grown;
    }
    this.#stack[this.#top] = pc;
    this.#stack[this.#top + 1] = at;
    this.#stack[this.#top + 2] = least;
    this.#top += 3;
  }

  #hasFailed(pc: number, at: number): boolean {
    const choice = this.#choices[pc]!;
    return ((this.#failed[at * this.#stride + (choice >> 5)]! >>> (choice & 31)) & 1) === 1;
  }

  /** Whether a choice is tried for the first time, which it is not any more. */
  #isNew(pc: number, at: number): boolean {
    if (this.#hasFailed(pc, at)) return false;
    const choice = this.#choices[pc]!;
    this.#failed[at * this.#stride + (choice >> 5)]! |= 1 << (choice & 31);
    return true;
  }

  /** A match ends here: what was tried here did not fail. */
  #forget(at: number): void {
    if (this.#failed.length) this.#failed.fill(0, at * this.#stride, (at + 1) * this.#stride);
  }
}

/** The units of the character after a place. A surrogate without its partner is a character by itself. */
const widthAfter = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** The units of the character before a place. */
const widthBefore = (text: string, at: number): number => (at > 1 && text.codePointAt(at - 2)! > 0xffff ? 2 : 1);
