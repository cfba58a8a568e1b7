import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { add, exp, matmul, mul, sum, type Tensor, zeros } from '@chainrule/tensor';
import { compile } from '../compile/compile.ts';
import { planGraph } from './planner.ts';
import { type Ordered, GroupOrder } from './groupOrder.ts';

class Group implements Ordered<Group> {
  at = -1;
  readonly before = new Set<Group>();
  joined: Group | undefined;
}

/** Whether `from` needs `to` by way of something else. */
function needsIndirectly(order: GroupOrder<Group>, from: Group, to: Group): boolean {
  const reaches = (group: Group): boolean => group === to || [...order.needsOf(group)].some(reaches);
  return [...order.needsOf(from)].some((need) => need !== to && reaches(need));
}

describe('GroupOrder', () => {
  test('joins groups unless that makes a cycle, and orders each after its inputs', () => {
    const needs = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 2, maxLength: 14 });
    const joins = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 });
    fc.assert(
      fc.property(needs, joins, (lists, pairs) => {
        const order = new GroupOrder<Group>();
        const groups: Group[] = [];
        for (const list of lists) {
          const group = new Group();
          order.add(group, new Set(groups.length === 0 ? [] : list.map((i) => groups[i % groups.length]!)));
          groups.push(group);
        }
        for (const [i, j] of pairs) {
          const [a, b] = [order.find(groups[i % groups.length]!), order.find(groups[j % groups.length]!)];
          if (a === b) continue;
          expect(order.join(a, b)).toBe(
            (!needsIndirectly(order, a, b) && !needsIndirectly(order, b, a)) || order.find(a) === b,
          );
          const left = new Set(groups.map((group) => order.find(group)));
          for (const group of left) for (const need of order.needsOf(group)) expect(need.at).toBeLessThan(group.at);
          expect(new Set([...left].map(({ at }) => at)).size).toBe(left.size);
        }
      }),
    );
  });
});

describe('planning', () => {
  const programs: Record<string, (x: Tensor, length: number) => Tensor> = {
    'a chain': (x, length) =>
      Array.from({ length }).reduce<Tensor>((y, _, i) => (i % 2 ? exp(y) : matmul(y as never, x as never)), x),
    branches: (x, length) => Array.from({ length }, (_, i) => exp(mul(x, i)) as Tensor).reduce((a, b) => add(a, b)),
    'a tensor that every step reads': (x, length) =>
      Array.from({ length }).reduce<Tensor>((y) => add(matmul(y as never, y as never) as Tensor, x), x),
    'sums that every step waits for': (x, length) => Array.from({ length }).reduce<Tensor>((y) => mul(y, sum(y)), x),
  };

  test.each(Object.keys(programs))('visits groups as often as the program is long: %s', (name) => {
    const find = vi.spyOn(GroupOrder.prototype, 'find');
    const visits = (length: number): number => {
      const f = compile((x: Tensor) => programs[name]!(x, length));
      f(zeros([4, 4]));
      const { program } = f.programs()[0]!;
      find.mockClear();
      planGraph(program.graph, { fuse: true, results: 1, loops: () => true });
      return find.mock.calls.length;
    };
    try {
      expect(visits(800)).toBeLessThan(4.4 * visits(200) + 800);
    } finally {
      find.mockRestore();
    }
  });
});
