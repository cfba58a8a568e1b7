"""Writes packages/testing/golden/optax.json: optimizers and their parts, five steps each in float64.

Run with optax 0.2 and JAX: python scripts/golden/optimizers.py
"""
import json
from pathlib import Path
import jax
jax.config.update('jax_enable_x64', True)
import jax.numpy as jnp
import numpy as np
import optax

rng = np.random.default_rng(5)
single = lambda *shape: rng.standard_normal(shape).astype(np.float32).astype(np.float64)


def entry(array):
    return {'shape': list(array.shape), 'dtype': 'float32', 'data': [float(f'{v:.9g}') for v in np.asarray(array).ravel()]}


def case(op, attrs, make, shape, scale=1.0):
    parameter = single(*shape)
    gradients = [single(*shape) * np.float64(np.float32(scale)) for _ in range(5)]
    gradients = [g.astype(np.float32).astype(np.float64) for g in gradients]
    if len(gradients[0]): gradients[3] = gradients[3] * 0
    w, optimizer = jnp.asarray(parameter), make()
    state = optimizer.init(w)
    outputs = {}
    for i, g in enumerate(gradients):
        updates, state = optimizer.update(jnp.asarray(g), state, w)
        w = optax.apply_updates(w, updates)
        outputs[f'step{i + 1}'] = entry(w)
    inputs = {'parameter': entry(parameter), **{f'gradient{i + 1}': entry(g) for i, g in enumerate(gradients)}}
    return {'op': op, 'attrs': attrs, 'tolerance': 2e-5, 'inputs': inputs, 'outputs': outputs}


adam = lambda **k: optax.scale_by_adam(eps=1e-7, **k)
cases = [
    case('lion', {'learningRate': 0.1}, lambda: optax.lion(0.1, weight_decay=0), (3, 4)),
    case('lion', {'learningRate': 0.01, 'beta1': 0.5, 'beta2': 0.8, 'weightDecay': 0.3},
         lambda: optax.lion(0.01, b1=0.5, b2=0.8, weight_decay=0.3), (1,)),
    case('lamb', {'learningRate': 0.1}, lambda: optax.lamb(0.1, eps=1e-7), (3, 4)),
    case('lamb', {'learningRate': 0.01, 'weightDecay': 0.2}, lambda: optax.lamb(0.01, eps=1e-7, weight_decay=0.2), (1, 1)),
    case('adafactor', {'learningRate': 0.1, 'relativeStep': False},
         lambda: optax.adafactor(0.1, min_dim_size_to_factor=1, decay_rate=0.8, momentum=None), (3, 4)),
    case('adafactor', {'learningRate': 0.05, 'relativeStep': False, 'clipThreshold': 0.5, 'minimumScale': 0.001},
         lambda: optax.adafactor(0.05, min_dim_size_to_factor=1, clipping_threshold=0.5), (2, 3, 5), 30),
    case('adafactor', {'learningRate': 0.1, 'relativeStep': False}, lambda: optax.adafactor(0.1, min_dim_size_to_factor=1), (6,)),
    case('adafactor', {'learningRate': 0.1, 'relativeStep': False}, lambda: optax.adafactor(0.1, min_dim_size_to_factor=1), (1, 1)),
    case('rmsprop', {'learningRate': 0.1, 'biasCorrection': True},
         lambda: optax.rmsprop(0.1, decay=0.9, eps=1e-7, eps_in_sqrt=False, bias_correction=True), (3, 4)),
    case('rmsprop', {'learningRate': 0.01, 'rho': 0.5, 'epsilon': 1e-3, 'momentum': 0.9, 'biasCorrection': True},
         lambda: optax.rmsprop(0.01, decay=0.5, eps=1e-3, eps_in_sqrt=False, momentum=0.9, bias_correction=True), (1,)),
]
target = Path(__file__).parents[2] / 'packages/testing/golden/optax.json'
target.write_text(json.dumps({'format': 'golden-cases/1', 'cases': cases}, separators=(',', ':')) + '\n')
print(len(cases), 'cases with optax', optax.__version__)
