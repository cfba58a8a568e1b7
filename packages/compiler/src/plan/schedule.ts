import type { Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import { append } from '../graph/append.ts';
import type { Group } from './loopFusion.ts';
import { Heap } from './heap.ts';

interface Pending {
  readonly group: Group;
  readonly needs: ReadonlySet<Group>;
}

/**
 * Schedules groups so that each runs after those that it needs: in the order of the program, except that groups that
 * compute only outputs, such as updates of weights, run as soon as possible. Their gradients are still in the cache then,
 * and their memory becomes free. Scalars run as soon as possible, too, since updates wait for them.
 */
export function scheduleGroups(groups: readonly Pending[], outputs: ReadonlySet<Tensor>): Group[] {
  const waiting = new Map<Group, number>(groups.map(({ group, needs }) => [group, needs.size]));
  const dependents = new Map<Group, Group[]>();
  for (const { group, needs } of groups) for (const need of needs) append(dependents, need, group);
  const position = new Map(groups.map(({ group }, i) => [group, i]));
  const [soon, later] = [[] as Group[], new Heap()];
  const isReady = (group: Group): void => {
    if (isScalar(group) || isSink(group, outputs, dependents)) soon.push(group);
    else later.push(position.get(group)!);
  };
  for (const { group, needs } of groups) if (needs.size === 0) isReady(group);
  const order: Group[] = [];
  for (let taken = 0; ;) {
    const at = taken < soon.length ? undefined : later.pop();
    const next = at === undefined ? soon[taken++] : groups[at]!.group;
    if (!next) break;
    order.push(next);
    for (const group of dependents.get(next) ?? []) {
      const left = waiting.get(group)! - 1;
      waiting.set(group, left);
      if (left === 0) isReady(group);
    }
  }
  if (order.length < groups.length)
    throw new RangeError(`plan: ${groups.length - order.length} steps wait for one another`);
  return order;
}

function isScalar(group: Group): boolean {
  return group.kind === 'loop' && sizeOf(group.space) === 1;
}

function isSink(group: Group, outputs: ReadonlySet<Tensor>, dependents: ReadonlyMap<Group, readonly Group[]>): boolean {
  if (group.kind !== 'loop' || dependents.has(group)) return false;
  return group.nodes.some((node) => node.outputs.some((t) => outputs.has(t)));
}
