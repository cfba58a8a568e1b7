import { arange as arangeOf, eye as eyeOf } from '@chainrule/tensor';
import type { Adapter, Adapters } from '../adapter.ts';
import { type Attrs, Unsupported } from '../given.ts';

/** The dtype in the attributes; by default that of the output. */
const dtypeOf = (attrs: Attrs): 'float32' | 'int32' => {
  const wanted = attrs.dtypes.output === 'int32' ? 'int32' : 'float32';
  return attrs.only('dtype', wanted, 'float32', 'int32');
};

const arange: Adapter = (_inputs, attrs) => {
  const stop = attrs.number('stop');
  if (stop === undefined) throw new Unsupported('attribute `stop` is missing');
  return arangeOf(attrs.number('start') ?? 0, stop, attrs.number('step') ?? 1, dtypeOf(attrs));
};

const eye: Adapter = (_inputs, attrs) => {
  const rows = attrs.number('rows');
  if (rows === undefined) throw new Unsupported('attribute `rows` is missing');
  return eyeOf(rows, attrs.number('columns') ?? rows, attrs.number('k') ?? 0, dtypeOf(attrs));
};

export const creations: Adapters = { arange, eye };
