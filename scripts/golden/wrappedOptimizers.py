"""Writes packages/optim/testdata/optimizers.json: optimizers that wrap others or look at several steps, 12 steps each.

The loss is sum(a w^4 / 4 + b w^2 / 2). Run with optax 0.2 and JAX: python scripts/golden/wrappedOptimizers.py
"""
import json
from pathlib import Path
import jax
jax.config.update('jax_enable_x64', True)
import jax.numpy as jnp
import optax

a, b = jnp.array([0.5, 1.0, 0.1, 2.0]), jnp.array([1.0, -0.5, 3.0, 0.2])
start = jnp.array([1.0, -2.0, 3.0, 0.5])
gradient = lambda w: a * w ** 3 + b * w
adam = lambda rate: optax.adam(rate, eps=1e-7)
cases = []


def case(name, options, optimizer, update=None, params=lambda w: w, fast=lambda p: p):
    p = params(start)
    state = optimizer.init(p)
    path = []
    for _ in range(12):
        g = gradient(fast(p))
        updates, state = update(optimizer, g, state, p) if update else optimizer.update(g, state, p)
        p = optax.apply_updates(p, updates)
        path.append([float(v) for v in fast(p)])
    cases.append({'optimizer': name, 'options': options, 'path': path})


case('lookahead', {'learningRate': 0.05, 'momentum': 0.9, 'syncPeriod': 3, 'slowStepSize': 0.8},
     optax.lookahead(optax.sgd(0.05, 0.9), 3, 0.8),
     params=optax.LookaheadParams.init_synced, fast=lambda p: p.fast)
case('accumulateGradients', {'learningRate': 0.1, 'steps': 3}, optax.MultiSteps(adam(0.1), 3))
sam = optax.contrib.sam(optax.sgd(0.05), optax.chain(optax.contrib.normalize(), optax.sgd(0.1)), sync_period=2, opaque_mode=True)
case('sam', {'learningRate': 0.05, 'rho': 0.1}, sam,
     update=lambda o, g, s, p: o.update(g, s, p, grad_fn=lambda q, _: gradient(q)))
case('scaleByLbfgs', {'learningRate': 0.5, 'memory': 3},
     optax.chain(optax.scale_by_lbfgs(memory_size=3), optax.scale(-0.5)))
target = Path(__file__).parents[2] / 'packages/optim/testdata/optimizers.json'
target.write_text(json.dumps({'a': a.tolist(), 'b': b.tolist(), 'start': start.tolist(), 'cases': cases}, separators=(',', ':')) + '\n')
print(len(cases), 'cases with optax', optax.__version__)
