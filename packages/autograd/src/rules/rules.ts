import type { Tensor } from '@chainrule/tensor';
import type { ConvPass, NodeKind } from '@chainrule/tensor/graph';
import { isFloat } from '@chainrule/tensor';
import {
  averagePoolGradientNode,
  averagePoolNode,
  castNode,
  convNode,
  gatherNode,
  matmulNode,
  prefixNode,
  reshapeNode,
  scatterAddNode,
  sizeOf,
  sliceNode,
  takeAlongAxisNode,
  withOpName,
} from '@chainrule/tensor/graph';
import type { Vjps, Rule } from './rule.ts';
import { mapRule } from './map.ts';
import { prefixProductRule, reduceRule } from './reduce.ts';
import { scanRule } from './scan.ts';
import { sumTo, zerosOf } from './shapes.ts';
import { viewRule } from './view.ts';

/**
 * The gradient of each kind of node. Rules emit nodes, so that gradients have gradients. A missing kind does not
 * compile.
 */
export type Rules = { readonly [K in NodeKind]: Rule<K> };

const none = (): Vjps => [];

export const rules: Rules = {
  input: none,
  constant: none,
  variable: none,
  argsort: none,
  random: none,
  map: mapRule,
  reduce: reduceRule,
  view: viewRule,
  scan: scanRule,
  prefix: (n, g) => [
    n.attrs.op === 'sum' ? () => prefixNode(g, 'sum', n.attrs.axis, !n.attrs.reverse) : () => prefixProductRule(n, g),
  ],
  cast: (n, g) => [isFloat(n.inputs[0]!.dtype) ? () => castNode(g, n.inputs[0]!.dtype) : null],
  concat: (n, g) => {
    const { axis } = n.attrs;
    let begin = 0;
    return n.inputs.map((x) => {
      const from = begin;
      begin += x.shape[axis]!;
      return () =>
        sliceNode(
          g,
          g.shape.map((_, i) => (i === axis ? from : 0)),
          x.shape,
        );
    });
  },
  // Errors about indices name the lookup, even if a compiled program runs only its gradient.
  gather: ({ op, attrs, inputs: [x, indices] }, g) => [
    () =>
      withOpName(op, () => scatterAddNode(zerosOf(x!.shape, g.dtype), indices!, g, attrs.axis, false, attrs.labels)),
  ],
  takeAlongAxis: ({ op, attrs, inputs: [x, indices] }, g) => [
    () => withOpName(op, () => scatterAddNode(zerosOf(x!.shape, g.dtype), indices!, g, attrs.axis, true, attrs.labels)),
  ],
  scatterAdd: ({ op, attrs: { axis, along, labels }, inputs: [, indices] }, g) => [
    () => g,
    null,
    () => withOpName(op, () => (along ? takeAlongAxisNode : gatherNode)(g, indices!, axis, labels)),
  ],
  matmul: ({ attrs: { transposeA: ta, transposeB: tb }, inputs: [a, b] }, g) => [
    () =>
      sumTo(
        ta ? matmulNode(b!, g, { transposeA: tb, transposeB: true }) : matmulNode(g, b!, { transposeB: !tb }),
        a!.shape,
      ),
    () =>
      sumTo(
        tb ? matmulNode(g, a!, { transposeA: true, transposeB: ta }) : matmulNode(a!, g, { transposeA: !ta }),
        b!.shape,
      ),
  ],
  conv: ({ attrs, inputs: [a, b] }, g) => {
    const at = (pass: ConvPass, p: Tensor, q: Tensor, like: Tensor) => () => convNode(pass, p, q, attrs, like.shape);
    switch (attrs.pass) {
      case 'forward': // (x, k) → y
        return [at('inputGradient', g, b!, a!), at('kernelGradient', a!, g, b!)];
      case 'inputGradient': // (y, k) → x
        return [at('forward', g, b!, a!), at('kernelGradient', g, a!, b!)];
      case 'kernelGradient': // (x, y) → k
        return [at('inputGradient', b!, g, a!), at('forward', a!, g, b!)];
    }
  },
  pool: (n, g) => {
    const x = n.inputs[0]!;
    const { attrs } = n;
    if (attrs.op === 'average') return [() => averagePoolGradientNode(g, attrs, x.shape)];
    if (attrs.op === 'averageGradient') return [() => averagePoolNode(g, attrs)];
    const [batch, channels] = [x.shape[0], x.shape.at(-1)!];
    const flat = (t: Tensor): Tensor => reshapeNode(t, [batch, sizeOf(t.shape.slice(1, -1)), channels]);
    const cells = sizeOf(x.shape.slice(1, -1));
    return [
      () =>
        reshapeNode(
          scatterAddNode(zerosOf([batch, cells, channels], g.dtype), flat(n.outputs[1]!), flat(g), 1, true),
          x.shape,
        ),
    ];
  },
  custom: (n, _g, { cotangents }) => {
    let pulled: (Tensor | null)[] | undefined;
    return n.inputs.map((_, i) => () => (pulled ??= n.attrs.pullback(cotangents, n.inputs, n.outputs))[i] ?? null);
  },
};
