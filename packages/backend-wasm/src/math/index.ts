import type { F32, FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { erf } from './erf.ts';
import { erfc } from './erfc.ts';
import { exp } from './exp.ts';
import { expm1 } from './expm1.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';
import { sigmoid } from './sigmoid.ts';
import { cos, sin } from './sin.ts';
import { tanh } from './tanh.ts';

/** Functions that have code for all lanes at once, by the name of the scalar operation; `far` is JavaScript's. */
export const vectorMath: Readonly<
  Record<string, (f: FunctionBuilder, l: Lanes, x: Floats, far: (x: F32) => F32) => Floats>
> = {
  erf,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  sigmoid,
  cos,
  sin,
  tanh,
};
