import type { Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import { append } from '../append.ts';
import type { Unit } from './groups.ts';
import { Heap } from './heap.ts';

interface Pending {
  readonly unit: Unit;
  readonly needs: ReadonlySet<Unit>;
}

/**
 * The units in an order in which each comes after what it needs: that of the program, but for units that compute nothing
 * but outputs, such as updates of weights, which come as soon as they can: their gradients are still in the cache then,
 * and their memory is free for others; so do scalars, which updates wait for.
 */
export function orderSteps(units: readonly Pending[], outputs: ReadonlySet<Tensor>): Unit[] {
  const waiting = new Map<Unit, number>(units.map(({ unit, needs }) => [unit, needs.size]));
  const dependents = new Map<Unit, Unit[]>();
  for (const { unit, needs } of units) for (const need of needs) append(dependents, need, unit);
  const position = new Map(units.map(({ unit }, i) => [unit, i]));
  const [soon, later] = [[] as Unit[], new Heap()];
  const isReady = (unit: Unit): void => {
    if (isScalar(unit) || isSink(unit, outputs, dependents)) soon.push(unit);
    else later.push(position.get(unit)!);
  };
  for (const { unit, needs } of units) if (needs.size === 0) isReady(unit);
  const order: Unit[] = [];
  for (let taken = 0; ;) {
    const at = taken < soon.length ? undefined : later.pop();
    const next = at === undefined ? soon[taken++] : units[at]!.unit;
    if (!next) break;
    order.push(next);
    for (const unit of dependents.get(next) ?? []) {
      const left = waiting.get(unit)! - 1;
      waiting.set(unit, left);
      if (left === 0) isReady(unit);
    }
  }
  if (order.length < units.length)
    throw new RangeError(`plan: ${units.length - order.length} steps wait for one another`);
  return order;
}

function isScalar(unit: Unit): boolean {
  return unit.kind === 'loop' && sizeOf(unit.space) === 1;
}

function isSink(unit: Unit, outputs: ReadonlySet<Tensor>, dependents: ReadonlyMap<Unit, readonly Unit[]>): boolean {
  if (unit.kind !== 'loop' || dependents.has(unit)) return false;
  return unit.nodes.some((node) => node.outputs.some((t) => outputs.has(t)));
}
