import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes.ts';

/** Functions that have code for all lanes at once; others are called lane by lane. */
export const vectorMath: Readonly<Record<string, (f: FunctionBuilder, l: Lanes, x: Floats, y: Floats) => Floats>> = {};
