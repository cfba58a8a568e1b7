import { showValue } from '@chainrule/errors';
import { type Attrs, Unsupported } from './given.ts';

/** `padding` of a window: a word or pairs; the ops check the pairs. */
export function paddingOf(attrs: Attrs): 'valid' | 'same' | readonly (readonly [number, number])[] | undefined {
  const padding = attrs.find('padding');
  if (padding === undefined || padding === 'valid' || padding === 'same') return padding;
  if (Array.isArray(padding)) return padding as [number, number][];
  throw new Unsupported(`not supported: attribute \`padding\` ${showValue(padding)}`);
}
