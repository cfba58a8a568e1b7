import type { F32, FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { erf } from './erf.ts';
import { erfc } from './erfc.ts';
import { exp } from './exp.ts';
import { expm1 } from './expm1.ts';
import type { HostFunction } from './hostFunctions.ts';
import { log } from './log.ts';
import { log1p } from './log1p.ts';
import { sigmoid } from './sigmoid.ts';
import { cos, sin } from './sin.ts';
import { tanh } from './tanh.ts';

/** Writes a function for all lanes at once. `far` calls the JavaScript function for one lane. */
export type VectorFunction = (f: FunctionBuilder, l: Lanes, x: Floats, far: (x: F32) => F32) => Floats;

/** The functions with vector code. JavaScript computes all others, lane by lane. */
export const vectorMath: Readonly<Partial<Record<HostFunction, VectorFunction>>> = {
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
