import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutGraph } from './graphLayout.ts';

/** Boxes of different sizes, each with arrows from some of those before it. */
const graphs = fc.array(
  fc.record({
    width: fc.integer({ min: 30, max: 200 }),
    height: fc.integer({ min: 20, max: 90 }),
    from: fc.array(fc.nat(), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 14 },
);

test.each(['down', 'right'] as const)('arrows that point %s cross no box', (direction) => {
  fc.assert(
    fc.property(graphs, (boxes) => {
      const edges = boxes.flatMap(({ from }, to) => (to === 0 ? [] : from.map((k) => ({ from: k % to, to }))));
      const nodes = boxes.map((_, i) => ({ title: `box ${i}` }));
      const layout = layoutGraph({ nodes, edges }, boxes, direction, () => ({ width: 0, height: 0 }));
      const inside = layout.edges.flatMap(({ points }) =>
        points.slice(1).flatMap(([x1, y1], i) => {
          const [x0, y0] = points[i]!;
          return Array.from({ length: 21 }, (_, k) => [x0 + ((x1 - x0) * k) / 20, y0 + ((y1 - y0) * k) / 20] as const);
        }),
      );
      const hidden = inside.filter(([x, y]) =>
        layout.nodes.some((at) => Math.abs(x - at.x) < at.width / 2 - 1 && Math.abs(y - at.y) < at.height / 2 - 1),
      );
      expect(hidden).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
