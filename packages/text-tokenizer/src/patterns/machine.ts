import { CharSets, setsPerTable, widthIn } from './charSets.ts';
import { Op, type Program } from './program.ts';

/** Thrown when a match takes too many steps. */
export class TooManySteps extends Error {}

/** Steps before the machine starts to remember failures, and before it gives up; both per unit of the text. */
const plainSteps = 16;
const maxSteps = 64;

/**
 * A backtracking machine that searches a text in linear time. If a search takes long, the machine remembers each pair of
 * choice and position that failed and never tries it again. That is safe, because the outcome of a choice does not depend
 * on the path to it. Lookarounds and atomic groups run without this memory, and with a limit on steps.
 *
 * Source: Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009 (BitState).
 */
export class Machine {
  readonly #program: Program;
  readonly #sets: CharSets;
  /** The number of each instruction that is a choice; −1 for others. */
  readonly #choices: Int32Array;
  readonly #stride: number;
  #text = '';
  #steps = 0;
  /** One bit per position and choice; empty until the search takes long. */
  #failed: Uint32Array = new Uint32Array(0);
  /** States to backtrack to: instruction, position, and the least position for a loop. */
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
   * Finds all matches in order and returns the start and end of each. As in Rust, an empty match never follows another match
   * directly, and an empty text has no matches.
   *
   * @throws TooManySteps if lookarounds or atomic groups take too long
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

  /** Runs the code at `entry` and returns where its first match ends, or −1. With a `target`, the match must end there. */
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
        case Op.anchor:
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
            (ops[pc] === Op.lookahead ? this.#run(a[pc]!, at, -1) >= 0 : this.#isBehind(a[pc]!, at, c[pc]!)) ===
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
      // Let the loop give back its last character.
      if (remembers && this.#failed.length && c[pc] === Infinity) this.#isNew(pc, at);
      at -= widthBefore(this.#text, at);
      if (at > least) this.#push(pc, at, least);
      pc += 1;
    }
  }

  /** Matches a loop over a set and returns where it ends, or −1. Pushes what it may give back onto the stack. */
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
        // Every continuation of the loop from here has failed before.
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

  /** The next position where a match may begin, or one past the end of the text. */
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

  /** The number of units of the character at a position if the set holds it, or else 0. */
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
    if (this.#steps > (maxSteps + 4 * this.#program.ops.length) * length + 1e6) {
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

  /** Whether a choice is new at this position; marks it as tried. */
  #isNew(pc: number, at: number): boolean {
    if (this.#hasFailed(pc, at)) return false;
    const choice = this.#choices[pc]!;
    this.#failed[at * this.#stride + (choice >> 5)]! |= 1 << (choice & 31);
    return true;
  }

  /** Clears the failures at a position where a match ends, because the choices there did not fail. */
  #forget(at: number): void {
    if (this.#failed.length) this.#failed.fill(0, at * this.#stride, (at + 1) * this.#stride);
  }
}

/** The number of units of the character after a position. A lone surrogate is a character. */
const widthAfter = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** The number of units of the character before a position. */
const widthBefore = (text: string, at: number): number => (at > 1 && text.codePointAt(at - 2)! > 0xffff ? 2 : 1);
