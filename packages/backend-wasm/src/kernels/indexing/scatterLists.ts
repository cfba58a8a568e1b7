import { type FunctionBuilder, type I32, i32, type Local, memory } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import { eachVector } from '../common/eachVector.ts';
import type { AroundAxis } from '../common/elements.ts';
import type { Target } from '../common/kernel.ts';
import { resolveIndex } from '../common/status.ts';

/** The shape and the options of a scatter. */
export interface Scatter extends AroundAxis {
  readonly indexCount: number;
  readonly along: boolean;
  readonly labels: boolean;
  readonly zeroBase: boolean;
  readonly isFloat: boolean;
}

/** The addresses that one task reads and writes. */
export interface ScatterAddresses {
  readonly to: Local<'i32'>;
  readonly indices: Local<'i32'>;
  readonly updates: Local<'i32'>;
  readonly status: Local<'i32'>;
}

/** A scatter of which one task computes `width` elements of each row. */
type ScatterPart = Scatter & { readonly width: number };

/** Linked lists: the updates of each row, by number. */
interface Lists {
  /** The first update of each row; −1 for an empty list. */
  readonly heads: Local<'i32'>;
  /** The next update of the same row, for each update; −1 at the end. */
  readonly nexts: Local<'i32'>;
}

type EachElement = (body: (l: Lanes, offset: Local<'i32'>) => void) => void;

/** Links the updates of each row in a list, then adds each list in float64. */
export function addLists(
  f: FunctionBuilder,
  target: Target,
  s: ScatterPart,
  rows: ScatterAddresses,
  scratch: Local<'i32'>,
): void {
  const lists = { heads: scratch, nexts: f.let(i32.add(scratch, i32.const(4 * s.count))) };
  if (!s.along) {
    link(f, s, rows, lists);
    return sumLists(f, s, rows, lists, (body) => eachVector(f, target, s.width, body));
  }
  const offset = f.local('i32');
  f.for(offset, 0, 4 * s.width, 4, () => {
    const column = { ...rows, indices: f.let(i32.add(rows.indices, offset)) };
    link(f, s, column, lists);
    sumLists(f, s, column, lists, (body) => body(target.scalar, offset));
  });
}

const ofNumber = (list: I32, number: I32): I32 => i32.add(list, i32.shl(number, i32.const(2)));

/** Bytes from an index to the next. */
const indexStep = ({ along, inner }: ScatterPart): number => (along ? 4 * inner : 4);

/** Links updates from the last to the first, so that each list is in order. */
function link(
  f: FunctionBuilder,
  s: ScatterPart,
  { indices, status }: ScatterAddresses,
  { heads, nexts }: Lists,
): void {
  const index = f.let(i32.add(indices, i32.const(indexStep(s) * s.indexCount)));
  const pick = f.let(i32.const(s.indexCount));
  f.add(memory.fill(heads, i32.const(-1), i32.const(4 * s.count)));
  f.for(f.local('i32'), 0, s.indexCount, 1, () => {
    f.increase(index, -indexStep(s));
    f.increase(pick, -1);
    const head = f.let(ofNumber(heads, resolveIndex(f, status, i32.load(index), s.count, s.labels)));
    f.add(i32.store(ofNumber(nexts, pick), i32.load(head)));
    f.add(i32.store(head, pick));
  });
}

/** Adds each list when it reaches the first update. */
function sumLists(
  f: FunctionBuilder,
  s: ScatterPart,
  { to, indices, updates, status }: ScatterAddresses,
  { heads, nexts }: Lists,
  each: EachElement,
): void {
  const [first, pick] = f.locals('i32', 2);
  const index = f.let(indices);
  const rowBytes = i32.const(4 * s.inner);
  f.for(first, 0, s.indexCount, 1, () => {
    const place = resolveIndex(f, status, i32.load(index), s.count, s.labels);
    f.increase(index, indexStep(s));
    f.if(i32.eq(i32.load(ofNumber(heads, place)), first), () => {
      const row = f.let(i32.add(to, i32.mul(place, rowBytes)));
      each((l, offset) => {
        const at = f.let(i32.add(row, offset));
        const total = l.doubles.widen(f, l.load(at)).map((start) => f.let(start));
        const from = f.let(i32.add(updates, offset));
        f.set(pick, first);
        f.loop((again) => {
          l.doubles
            .add(total, l.doubles.widen(f, l.load(i32.add(from, i32.mul(pick, rowBytes)))))
            .forEach((sum, i) => f.set(total[i]!, sum));
          f.set(pick, i32.load(ofNumber(nexts, pick)));
          f.brIf(again, i32.geS(pick, i32.const(0)));
        });
        f.add(l.store(at, l.doubles.narrow(total)));
      });
    });
  });
}
