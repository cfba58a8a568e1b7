import { type Example, hebbRule, outputOf, perceptronRule, type Unit } from './thresholdUnit.ts';

export type GateName = 'AND' | 'OR' | 'NAND' | 'XOR';

const truth: Readonly<Record<GateName, readonly (0 | 1)[]>> = {
  AND: [0, 0, 0, 1],
  OR: [0, 1, 1, 1],
  NAND: [1, 1, 1, 0],
  XOR: [0, 1, 1, 0],
};

/** All inputs of a gate. */
const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]] as const; // prettier-ignore

export const gateNames = Object.keys(truth) as readonly GateName[];

/** The truth table of a gate. */
export function gate(name: GateName): Example[] {
  return inputs.map((pair, i) => ({ inputs: pair, target: truth[name][i]! }));
}

/** XOR(a, b) = AND(OR(a, b), NAND(a, b)), of three units that the perceptron rule trained. */
export function xorOfGates(epochs: number): (pair: readonly number[]) => 0 | 1 {
  const [and, or, nand] = (['AND', 'OR', 'NAND'] as const).map((name) => perceptronRule(gate(name), epochs).unit);
  return (pair) => outputOf(and!, [outputOf(or!, pair), outputOf(nand!, pair)]);
}

/** Hebb's rule on a gate, with false as 0, or as −1. */
export function hebbOnGate(name: GateName, no: 0 | -1): Unit {
  const coded = (value: number): number => (value === 1 ? 1 : no);
  return hebbRule(gate(name).map((row) => ({ inputs: row.inputs.map(coded), target: coded(row.target) })));
}

/** The share of rows of a truth table that {@link hebbOnGate} learns. */
export function hebbAccuracy(name: GateName, no: 0 | -1): number {
  const unit = hebbOnGate(name, no);
  const rows = gate(name);
  const right = rows.filter(
    (row) =>
      outputOf(
        unit,
        row.inputs.map((value) => value || no),
      ) === row.target,
  );
  return right.length / rows.length;
}
