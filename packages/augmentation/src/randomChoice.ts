import { listOf, nonNegative, refuse } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { kindOf } from './compose.ts';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import type { Scene } from './scene.ts';

const weightsCheck = /* @__PURE__ */ listOf('a list of weights', nonNegative);

/**
 * Applies one of several augmentations to each image. All of them are computed; geometric ones share one sampling.
 *
 * @param augmentations - at least one; they keep the shape
 * @param weights - their probabilities, up to a common factor; equal by default
 * @throws OptionError if the list holds something else, or the weights do not fit it
 * @example
 * const either = randomChoice([randomRotation(0.1), randomShear(0.2), randomBrightness(0.3)]);
 * either(zeros([2, 4, 4, 1]), new Generator(1)).shape; // => 2,4,4,1
 */
export function randomChoice(augmentations: readonly Augmentation[], weights?: readonly number[]): Augmentation {
  if (!Array.isArray(augmentations) || augmentations.length === 0)
    refuse('randomChoice', 'augmentations', 'a list of at least one augmentation', augmentations);
  const kind = kindOf('randomChoice', augmentations);
  const changes = augmentations.map((augmentation: Augmentation) => augmentation['~apply']);
  const shares = weights ?? augmentations.map(() => 1);
  weightsCheck('randomChoice', 'weights', shares);
  const total = shares.reduce((a, b) => a + b, 0);
  if (shares.length !== augmentations.length || !(total > 0) || !Number.isFinite(total))
    refuse('randomChoice', 'weights', `${augmentations.length} numbers with a positive sum`, weights);
  return defineAugmentation({
    type: 'randomChoice',
    kind,
    args: weights ? [augmentations, weights] : [augmentations],
    apply: (scene) =>
      chooseOne(
        scene,
        changes,
        shares.map((share) => share / total),
      ),
  });
}

/** Makes one of the changes to each image. `shares` are their probabilities. */
export function chooseOne(
  scene: Scene,
  changes: readonly ((scene: Scene) => Scene)[],
  shares: readonly number[],
): Scene {
  const draw = scene.draws(1, 1)[0]!;
  const outcomes = changes.map((change) => change(scene));
  // Geometric outcomes come first, so that matrices are chosen before pixels are.
  const order = outcomes
    .map((_, i) => i)
    .sort((a, b) => Number(isSampled(scene, outcomes[a]!)) - Number(isSampled(scene, outcomes[b]!)));
  const starts = shares.map((_, i) => shares.slice(0, i).reduce((a, b) => a + b, 0));
  const isChosen = (i: number): Tensor =>
    map(
      (u) => e.and(e.le(starts[i]!, u), i === shares.length - 1 ? e.le(u, 1) : e.lt(u, starts[i]! + shares[i]!)),
      [draw],
    );
  return order.reduce((now, i) => now.orElse(isChosen(i), outcomes[i]!), scene);
}

function isSampled(before: Scene, after: Scene): boolean {
  return after.fields !== before.fields;
}
