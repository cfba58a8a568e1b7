"""Writes packages/testing/src/functional/keras.json: merge layers with masks, and training steps of models with several inputs
and outputs.

Run with Keras 3.15 and JAX 0.10: KERAS_BACKEND=jax python scripts/golden/functional.py
"""
import json
from pathlib import Path

import keras
import numpy as np
from keras import layers
from keras.src import backend

rng = np.random.default_rng(14)
floats = lambda *shape: rng.standard_normal(shape).astype(np.float32)
rounded = lambda a: np.asarray(a).astype(np.float64).tolist()


def merged(name, layer, arrays, masks):
    values = [keras.ops.convert_to_tensor(a) for a in arrays]
    for value, mask in zip(values, masks):
        if mask is not None: backend.set_keras_mask(value, keras.ops.convert_to_tensor(mask))
    out = layer(values)
    mask = layer.compute_mask(values, [None if m is None else keras.ops.convert_to_tensor(m) for m in masks])
    return {'layer': name[0], 'args': name[1], 'inputs': [rounded(a) for a in arrays],
            'masks': [None if m is None else m.tolist() for m in masks],
            'output': rounded(out), 'mask': None if mask is None else np.asarray(mask).tolist()}


a, b, c = floats(2, 3, 4), floats(2, 3, 4), floats(2, 3, 4)
one = np.array([[True, True, False], [True, False, False]])
two = np.array([[True, False, False], [True, True, True]])
none = [None, None]
merges = [
    merged(['add', []], layers.Add(), [a, b, c], [None] * 3),
    merged(['add', []], layers.Add(), [a, b], [one, two]),
    merged(['add', []], layers.Add(), [a, b], [one, None]),
    merged(['add', []], layers.Add(), [a, floats(2, 4)], none),
    merged(['add', []], layers.Add(), [a, floats(2, 3, 1)], none),
    merged(['subtract', []], layers.Subtract(), [a, b], [one, two]),
    merged(['multiply', []], layers.Multiply(), [a, b], none),
    merged(['multiply', []], layers.Multiply(), [a, b], [one, two]),
    merged(['multiply', []], layers.Multiply(), [a, b], [one, None]),
    merged(['average', []], layers.Average(), [a, b, c], [None] * 3),
    merged(['maximum', []], layers.Maximum(), [a, b, c], [None] * 3),
    merged(['minimum', []], layers.Minimum(), [a, b], [one, two]),
    merged(['concatenate', []], layers.Concatenate(), [a, b], [one, two]),
    merged(['concatenate', [{'axis': 1}]], layers.Concatenate(axis=1), [a, b], [one, two]),
    merged(['concatenate', [{'axis': 1}]], layers.Concatenate(axis=1), [a, b], [one, None]),
    merged(['concatenate', [{'axis': -2}]], layers.Concatenate(axis=-2), [a, floats(2, 1, 4)], none),
    merged(['dot', [1]], layers.Dot(axes=1), [floats(3, 4), floats(3, 4)], none),
    merged(['dot', [-1, {'normalize': True}]], layers.Dot(axes=-1, normalize=True), [floats(3, 4), floats(3, 4)], none),
    merged(['dot', [[1, 2]]], layers.Dot(axes=(1, 2)), [floats(2, 3, 4), floats(2, 5, 3)], none),
    merged(['dot', [2, {'normalize': True}]], layers.Dot(axes=2, normalize=True), [a, b], none),
]


def named(model):
    words = {'moving_mean': 'movingMean', 'moving_variance': 'movingVariance'}
    return {f'{layer.name}/{words.get(v.name, v.name)}': rounded(v)
            for layer in model._flatten_layers() if not hasattr(layer, 'layers') for v in layer.weights}


def fill(model):
    for v in model.weights:
        v.assign(np.abs(floats(*v.shape)) + 0.5 if 'variance' in v.name else floats(*v.shape))


def trained(model, x, y, sample_weight, steps, **compiling):
    fill(model)
    first = named(model)
    model.compile(optimizer=keras.optimizers.SGD(0.05), **compiling)
    found = []
    for _ in range(steps):
        logs = model.train_on_batch(x, y, sample_weight=sample_weight, return_dict=True)
        model.reset_metrics()
        found.append({'logs': {k: float(v) for k, v in logs.items()}, 'weights': named(model)})
    as_lists = lambda tree: {k: rounded(v) for k, v in tree.items()} if isinstance(tree, dict) else rounded(tree)
    return {'weights': first, 'x': as_lists(x), 'y': as_lists(y),
            'sampleWeight': sample_weight and as_lists(sample_weight), 'steps': found,
            'predicted': as_lists(model.predict(x, verbose=0))}


def siamese():
    left, right = layers.Input((3,), name='left'), layers.Input((3,), name='right')
    hidden, norm = layers.Dense(4, activation='tanh', name='hidden'), layers.BatchNormalization(momentum=0.5, name='norm')
    joined = layers.Subtract()([norm(hidden(left)), norm(hidden(right))])
    model = keras.Model({'left': left, 'right': right}, layers.Dense(1, name='head')(joined))
    return trained(model, {'left': floats(6, 3), 'right': floats(6, 3)}, floats(6, 1), None, 3, loss='mse')


def two_outputs(frozen):
    start = layers.Input((3,), name='start')
    hidden = layers.BatchNormalization(name='norm', momentum=0.9)(layers.Dense(4, name='hidden')(start))
    outputs = {'kind': layers.Dense(3, name='kind')(hidden), 'size': layers.Dense(1, name='size')(hidden)}
    model = keras.Model(start, outputs)
    if frozen: model.get_layer('norm').trainable = False
    y = {'kind': rng.integers(0, 3, 4).astype(np.int32), 'size': floats(4, 1)}
    # The weights of each output add up to the number of samples, because Keras divides by that.
    weights = {'kind': np.float32([0.5, 1.5, 2, 0]), 'size': np.float32([1, 1, 0.25, 1.75])}
    return trained(model, floats(4, 3), y, weights, 3,
                   loss={'kind': keras.losses.SparseCategoricalCrossentropy(from_logits=True), 'size': 'mse'},
                   loss_weights={'kind': 0.7, 'size': 2.0})


target = Path(__file__).parents[2] / 'packages/testing/src/functional/keras.json'
golden = {'keras': keras.__version__, 'merges': merges, 'siamese': siamese(),
          'twoOutputs': two_outputs(False), 'frozen': two_outputs(True)}
text = json.dumps(golden, separators=(',', ':'))
target.write_text(text + '\n')
print(len(merges), 'merges and 3 models with Keras', keras.__version__, len(text), 'bytes')
