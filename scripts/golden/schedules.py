"""Writes packages/optim/testdata/schedules.json: learning rates of schedules, from Keras and PyTorch.

Run with Keras 3.15 (on JAX) and PyTorch 2.13: KERAS_BACKEND=jax python scripts/golden/schedules.py
"""
import json
import os
from pathlib import Path
os.environ.setdefault('KERAS_BACKEND', 'jax')
import jax
jax.config.update('jax_enable_x64', True)
import keras
import torch

keras.config.set_floatx('float64')
schedules = keras.optimizers.schedules
steps = [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 14, 19, 20, 21, 29, 30, 35, 50, 69, 70, 71, 100]
cases = []


def case(name, options, make):
    cases.append({'schedule': name, 'options': options, 'rates': [float(make(s)) for s in steps]})


case('exponentialDecay', {'initialLearningRate': 0.1, 'decaySteps': 7, 'decayRate': 0.8},
     schedules.ExponentialDecay(0.1, 7, 0.8))
case('exponentialDecay', {'initialLearningRate': 0.1, 'decaySteps': 7, 'decayRate': 0.8, 'staircase': True},
     schedules.ExponentialDecay(0.1, 7, 0.8, staircase=True))
case('inverseTimeDecay', {'initialLearningRate': 0.1, 'decaySteps': 7, 'decayRate': 0.8},
     schedules.InverseTimeDecay(0.1, 7, 0.8))
case('polynomialDecay', {'initialLearningRate': 0.1, 'decaySteps': 30, 'endLearningRate': 0.01, 'power': 2},
     schedules.PolynomialDecay(0.1, 30, 0.01, 2))
case('cosineDecay', {'initialLearningRate': 0.1, 'decaySteps': 30, 'alpha': 0.2}, schedules.CosineDecay(0.1, 30, 0.2))
for t_mul in (1.0, 2.0):
    for m_mul, alpha in ((1.0, 0.0), (0.5, 0.1)):
        case('cosineDecayRestarts',
             {'initialLearningRate': 0.1, 'firstDecaySteps': 10, 'periodFactor': t_mul, 'peakFactor': m_mul, 'alpha': alpha},
             schedules.CosineDecayRestarts(0.1, 10, t_mul, m_mul, alpha))
for total, share in ((101, 0.3), (120, 0.25)):
    optimizer = torch.optim.SGD([torch.zeros(1, dtype=torch.float64, requires_grad=True)], lr=1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.5, total_steps=total, pct_start=share)
    rates = []
    for _ in range(101):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
    case('oneCycle', {'maxLearningRate': 0.5, 'totalSteps': total, 'warmUpShare': share}, lambda s: rates[s])
target = Path(__file__).parents[2] / 'packages/optim/testdata/schedules.json'
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps({'steps': steps, 'cases': cases}, separators=(',', ':')) + '\n')
print(len(cases), 'cases with Keras', keras.__version__, 'and PyTorch', torch.__version__)
