import { ShapeError, showShape } from '@chainrule/errors';
import type { Shape } from '@chainrule/tensor';
import type { SequenceAxes, SequenceRemedy } from './shapeRule.ts';

/**
 * Checks the rank of a layer's input.
 *
 * @param name - the layer's name, for the error
 * @param axes - the name of each axis
 * @throws ShapeError if the rank is not the number of axes
 * @example
 * try { checkRank('conv', [2, 3], ['batch', 'time', 'features']); } catch (e) { console.log(e.message); } // => conv: expects rank 3 [batch,time,features], got [2,3]
 */
export function checkRank(name: string, shape: Shape, axes: readonly string[], remedy = ''): void {
  if (shape.length !== axes.length)
    throw new ShapeError(`${name}: expects rank ${axes.length} [${axes.join(',')}], got ${showShape(shape)}${remedy}`);
}

const sequenceAxes: SequenceAxes = ['batch', 'time', 'features'];
const sequenceRemedy: SequenceRemedy =
  '; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices';

/**
 * Checks that a layer's input is `[batch, time, features]`.
 *
 * @param name - the layer's name, for the error
 * @throws ShapeError if it is not; for a matrix, the error names the usual remedies
 * @example
 * try { checkSequence('lstm', [2, 3]); } catch (e) { console.log(e.message.split(';')[0]); } // => lstm: expects rank 3 [batch,time,features], got [2,3]
 */
export function checkSequence(name: string, shape: Shape): void {
  checkRank(name, shape, sequenceAxes, shape.length === 2 ? sequenceRemedy : '');
}
