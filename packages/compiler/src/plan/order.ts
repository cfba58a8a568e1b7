import { sizeOf, type Tensor } from '@chainrule/tensor';
import type { Unit } from './groups.ts';

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
  for (const { unit, needs } of units) for (const need of needs) dependents.set(need, [...(dependents.get(need) ?? []), unit]);
  const position = new Map(units.map(({ unit }, i) => [unit, i]));
  const rank = (unit: Unit): number => (isScalar(unit) || isSink(unit, outputs, dependents) ? -1 : position.get(unit)!);
  const ready = units.filter(({ needs }) => needs.size === 0).map(({ unit }) => unit);
  const order: Unit[] = [];
  while (ready.length > 0) {
    const next = ready.reduce((best, unit) => (rank(unit) < rank(best) ? unit : best));
    ready.splice(ready.indexOf(next), 1);
    order.push(next);
    for (const unit of dependents.get(next) ?? []) {
      const left = waiting.get(unit)! - 1;
      waiting.set(unit, left);
      if (left === 0) ready.push(unit);
    }
  }
  if (order.length < units.length) throw new RangeError(`plan: ${units.length - order.length} steps wait for one another`);
  return order;
}

function isScalar(unit: Unit): boolean {
  return unit.kind === 'loop' && sizeOf(unit.space) === 1;
}

function isSink(unit: Unit, outputs: ReadonlySet<Tensor>, dependents: ReadonlyMap<Unit, readonly Unit[]>): boolean {
  if (unit.kind !== 'loop' || dependents.has(unit)) return false;
  return unit.nodes.some((node) => node.outputs.some((t) => outputs.has(t)));
}
