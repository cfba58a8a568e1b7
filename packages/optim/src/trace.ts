import { aBoolean, belowOne, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, type Variable } from '@chainrule/tensor';
import { accumulators } from './state.ts';
import { defineTransformation, type GradientTransformation } from './transformation.ts';

/** Options of {@link trace}. */
export interface TraceOptions {
  /** The share of the trace that remains after a step: the momentum. */
  readonly decay: number;
  /** Whether to use Nesterov momentum (Nesterov 1983; Sutskever et al. 2013). Default false. */
  readonly nesterov?: boolean;
}

/** The state of {@link trace}: a trace for each variable. */
export type TraceState = { readonly trace: readonly Variable[] };

/**
 * Momentum: a decaying sum of past updates.
 *
 * t ← decay · t + u, result t; with `nesterov` u + decay · t
 *
 * @param options - `decay`, `nesterov` (false)
 * @throws OptionError for a decay outside [0, 1)
 * @example
 * const w = new Variable(tensor([0]));
 * const momentum = trace({ decay: 0.9 });
 * const state = momentum.init([w]);
 * momentum.update([tensor([1])], state, [w]);
 * momentum.update([tensor([1])], state, [w])[0].item().toFixed(1); // => 1.9
 */
export function trace(options: TraceOptions): GradientTransformation<TraceState> {
  checkOptions('trace', options, { decay: belowOne, nesterov: aBoolean }, 'decay');
  const { decay, nesterov = false } = options;
  return defineTransformation({
    name: 'trace',
    keeps: { trace: 'each' },
    init: (variables) => ({ trace: accumulators('trace', 'trace', variables) }),
    update(updates, state) {
      return updates.map((u, i) => {
        const t = state.trace[i]!;
        t.assign(map((old, x) => e.add(e.mul(old, decay), x), [t.value, u]));
        return nesterov ? map((x, next) => e.add(x, e.mul(next, decay)), [u, t.value]) : t.value;
      });
    },
  });
}
