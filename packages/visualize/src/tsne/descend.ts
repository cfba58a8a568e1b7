import type { Affinities } from './affinities.ts';
import { QuadTree } from './quadTree.ts';

/** Cells that look smaller are one place: width / distance. */
const theta = 0.5;
/** The steps with exaggerated affinities, by which factor, and the momentum in and after them. */
const [early, exaggeration] = [250, 12];
const momentum = [0.5, 0.8] as const;

/** Where the descent is: the divergence belongs to the places before the step. */
export interface DescentStep {
  readonly iteration: number;
  readonly divergence: number;
}

/**
 * Moves points down the gradient of the divergence of P from Q, with one step rate for each coordinate that grows while the
 * direction stays (Jacobs 1988). Yields after each step.
 *
 * @param places - x and y of each point; changed
 * @returns the divergence
 */
export function* descend(
  p: Affinities,
  places: Float64Array,
  iterations: number,
  rate: number,
): Generator<DescentStep, number> {
  const count = places.length / 2;
  const tree = new QuadTree(count);
  const [attraction, repulsion] = [new Float64Array(places.length), new Float64Array(places.length)];
  const speeds = new Float64Array(places.length);
  const gains = new Float64Array(places.length).fill(1);
  const entropy = p.values.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value) : 0), 0);
  const update = (isLast: boolean): { total: number; divergence: number } => {
    repulsion.fill(0);
    tree.build(places);
    const total = tree.repel(places, repulsion, theta);
    return { total, divergence: entropy + attract(p, places, attraction, isLast) + Math.log(total || 1) };
  };
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { total, divergence } = update(iteration % 50 === 0);
    const isEarly = iteration < early;
    const [factor, kept] = isEarly ? [exaggeration, momentum[0]] : [1, momentum[1]];
    for (let c = 0; c < places.length; c++) {
      const slope = 4 * (factor * attraction[c]! - repulsion[c]! / (total || 1));
      gains[c] = slope * speeds[c]! < 0 ? gains[c]! + 0.2 : Math.max(0.01, gains[c]! * 0.8);
      speeds[c] = kept * speeds[c]! - rate * gains[c]! * slope;
      places[c]! += speeds[c]!;
    }
    yield { iteration, divergence };
  }
  return update(true).divergence;
}

/**
 * Sets the forces to Σⱼ p(i, j)·w·(yᵢ − yⱼ).
 *
 * @returns −Σ p log w, if it is asked for
 */
function attract(p: Affinities, places: Float64Array, forces: Float64Array, needsSum: boolean): number {
  const { starts, columns, values } = p;
  let sum = 0;
  for (let i = 0; i < starts.length - 1; i++) {
    const [x, y] = [places[2 * i]!, places[2 * i + 1]!];
    let [fx, fy] = [0, 0];
    for (let e = starts[i]!, end = starts[i + 1]!; e < end; e++) {
      const j = 2 * columns[e]!;
      const [dx, dy] = [x - places[j]!, y - places[j + 1]!];
      const base = 1 + dx * dx + dy * dy;
      const force = values[e]! / base;
      fx += force * dx;
      fy += force * dy;
      if (needsSum) sum += values[e]! * Math.log(base);
    }
    forces[2 * i] = fx;
    forces[2 * i + 1] = fy;
  }
  return sum;
}
