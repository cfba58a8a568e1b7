import { flipView, type NodeOf, padView, reshapeView, sliceView, type Tensor, transposeView } from '@chainrule/tensor';
import type { Pull } from './pull.ts';
import { sumTo } from './shapes.ts';

/** Views are index maps, so their adjoints are views: but for broadcasting, whose adjoint sums. */
export function viewRule({ attrs, inputs: [x] }: NodeOf<'view'>, g: Tensor): Pull {
  const { shape } = x!;
  switch (attrs.view) {
    case 'reshape':
      return [() => reshapeView(g, shape)];
    case 'transpose':
      return [
        () =>
          transposeView(
            g,
            attrs.axes.map((_, i) => attrs.axes.indexOf(i)),
          ),
      ];
    case 'broadcast':
      return [() => sumTo(g, shape)];
    case 'flip':
      return [() => flipView(g, attrs.axes)];
    case 'slice':
      return [() => padView(g, attrs.begin, shape, { interior: attrs.strides.map((s) => s - 1) })];
    case 'pad':
      return [
        () =>
          sliceView(
            g,
            attrs.before,
            shape,
            attrs.interior.map((n) => n + 1),
          ),
      ];
  }
}
