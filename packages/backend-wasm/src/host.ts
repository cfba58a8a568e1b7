import { scalarOps } from '@chainrule/tensor';
import type { HostFunction } from './kernels/kernel.ts';

const names: readonly HostFunction[] = ['exp', 'log', 'log1p', 'expm1', 'sin', 'cos', 'asin', 'acos', 'atan', 'tanh', 'sigmoid', 'erf', 'erfc', 'pow', 'mod'];

/** What modules import from JavaScript: functions of float64, the same as the reference's. */
export const hostFunctions: Readonly<Record<HostFunction, (x: number, y: number) => number>> =
  Object.fromEntries(names.map((name) => [name, scalarOps[name]])) as Record<HostFunction, (x: number, y: number) => number>;
