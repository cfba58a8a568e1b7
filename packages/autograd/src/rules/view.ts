import type { Tensor } from '@chainrule/tensor';
import { flipNode, type NodeOf, padNode, reshapeNode, sliceNode, transposeNode } from '@chainrule/tensor/graph';
import type { Vjps } from './rule.ts';
import { sumTo } from './shapes.ts';

/** The adjoint of a view. It is a view, too, except for broadcasting, whose adjoint is a sum. */
export function viewRule({ attrs, inputs: [x] }: NodeOf<'view'>, g: Tensor): Vjps {
  const { shape } = x!;
  switch (attrs.view) {
    case 'reshape':
      return [() => reshapeNode(g, shape)];
    case 'transpose':
      return [
        () =>
          transposeNode(
            g,
            attrs.axes.map((_, i) => attrs.axes.indexOf(i)),
          ),
      ];
    case 'broadcast':
      return [() => sumTo(g, shape)];
    case 'flip':
      return [() => flipNode(g, attrs.axes)];
    case 'slice':
      return [() => padNode(g, attrs.begin, shape, { interior: attrs.strides.map((s) => s - 1) })];
    case 'pad':
      return [
        () =>
          sliceNode(
            g,
            attrs.before,
            shape,
            attrs.interior.map((n) => n + 1),
          ),
      ];
  }
}
