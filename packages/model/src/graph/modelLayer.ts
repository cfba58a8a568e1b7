import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { aLayer, type BuildContext, type Context, type Layer, type Value } from '@chainrule/layers-core';
import type { Shape } from '@chainrule/tensor';
import { sameShape } from '@chainrule/tensor/graph';
import { type Graph, innerGraph } from './graph.ts';
import type { Model } from './model.ts';

/** A model as a layer of another one. */
export interface ModelLayer extends Layer {
  /** The model that this layer runs. */
  readonly model: Model;
  readonly '~graph': Graph;
}

/** Whether a layer is a model in another one; then `layer.model` is that model. */
export function isModelLayer(layer: Layer): layer is ModelLayer {
  aLayer('isModelLayer', 'layer', layer);
  return innerGraph(layer) !== undefined;
}

/** The type of a model that is used as a layer, in files. */
export const modelType = '$model';

/** Makes the layer that a model is in another model. It has the model's variables and keeps the weights of a built one. */
export function modelLayer(model: Model): ModelLayer {
  const { name } = model;
  const graph = model['~graph'];
  const check = (shapes: readonly Shape[]): void => {
    const { inputs } = graph;
    if (shapes.length !== inputs.length)
      throw new OptionError(
        `${name}: \`inputs\` must hold ${inputs.length} tensors, one for each input of the model, got ${shapes.length}`,
      );
    shapes.forEach((shape, i) => {
      const expected = inputs[i]!.shape;
      const fits =
        expected.length === shape.length - 1 && expected.every((n, k) => n === Infinity || n === shape[k + 1]);
      if (!fits)
        throw new ShapeError(
          `${name}: expects ${showShape([Infinity, ...expected])}, got ${showShape([Infinity, ...shape.slice(1)])}`,
        );
    });
  };
  return {
    type: modelType,
    name,
    model,
    '~graph': graph,
    '~rule': undefined as never,
    get trainable() {
      return model.trainable;
    },
    set trainable(trainable: boolean) {
      model.trainable = trainable;
    },
    get built() {
      return graph.layers.every(({ layer }) => layer.built);
    },
    build(inputs: readonly Shape[], at: BuildContext) {
      check(inputs);
      graph.build(at);
    },
    outputShape(inputs: readonly Shape[]) {
      check(inputs);
      const asBuilt = inputs.every((shape, i) => sameShape(shape.slice(1), graph.inputs[i]!.shape));
      return asBuilt ? graph.outputs.map(({ shape }) => [inputs[0]![0]!, ...shape]) : graph.outputShapes(inputs);
    },
    call: (inputs: readonly Value[], { training, rng }: Context) => graph.run(inputs, training, rng),
    variables: () => graph.variables(),
    penalties: () => graph.penalties(),
    constraints: () => graph.constraints(),
    config: () => [],
  };
}
