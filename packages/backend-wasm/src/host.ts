import { scalarOps } from '@chainrule/tensor';
import type { HostFunction, InstructionOp, LogicalOp } from './kernels/kernel.ts';

const emitted: Readonly<Record<InstructionOp | LogicalOp, true>> = {
  add: true,
  sub: true,
  mul: true,
  div: true,
  max: true,
  min: true,
  eq: true,
  lt: true,
  le: true,
  neg: true,
  abs: true,
  sign: true,
  sqrt: true,
  floor: true,
  ceil: true,
  round: true,
  and: true,
  or: true,
  not: true,
};

/** What modules import from JavaScript: functions of float64, the same as the reference's. */
export const hostFunctions: Readonly<Record<HostFunction, (x: number, y: number) => number>> = Object.fromEntries(
  Object.entries(scalarOps).filter(([name]) => !Object.hasOwn(emitted, name)),
) as Record<HostFunction, (x: number, y: number) => number>;
