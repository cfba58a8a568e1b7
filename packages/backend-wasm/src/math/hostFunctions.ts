import { scalarOps } from '@chainrule/tensor/graph';

/** Scalar operations on floats that compile to a few instructions. */
export type InstructionOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'max'
  | 'min'
  | 'eq'
  | 'lt'
  | 'le'
  | 'neg'
  | 'abs'
  | 'sign'
  | 'sqrt'
  | 'floor'
  | 'ceil'
  | 'round';
/** Scalar operations on bools. */
export type LogicalOp = 'and' | 'or' | 'not';
/** Implementations in JavaScript of all other scalar operations. Every module may import them. */
export type HostFunction = Exclude<keyof typeof scalarOps, InstructionOp | LogicalOp>;

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

/**
 * The JavaScript functions that modules import. They take and return float64, and are those of the reference backend.
 */
export const hostFunctions: Readonly<Record<HostFunction, (x: number, y: number) => number>> = Object.fromEntries(
  Object.entries(scalarOps).filter(([name]) => !Object.hasOwn(emitted, name)),
) as Record<HostFunction, (x: number, y: number) => number>;
