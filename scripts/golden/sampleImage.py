"""Writes packages/tensor/testdata/sampleImage.json: values that SciPy, PyTorch and Keras sample from small images.

Run with NumPy 2.4, SciPy 1.17, PyTorch 2.14 and Keras 3.15: KERAS_BACKEND=jax python scripts/golden/sampleImage.py
"""
import json
from pathlib import Path
import keras
import numpy as np
import torch
from scipy.ndimage import map_coordinates

rng = np.random.default_rng(5)
images = np.round(rng.uniform(-1, 1, [2, 4, 5, 2]), 3)
# Fractions of 1/8 shifted by 1/32: no ties of the nearest neighbor, exact in float32.
points = np.concatenate([
    np.round(rng.uniform(-0.5, 4, [2, 9, 2]) * 8) / 8,
    np.round(rng.uniform(-14, 18, [2, 9, 2]) * 8) / 8,
], 1) + 1 / 32
SCIPY = {'constant': 'grid-constant', 'nearest': 'nearest', 'reflect': 'reflect', 'wrap': 'grid-wrap'}


def each(sample):
    """Values [batch, points, channels] of a function of one channel and its points [2, n]."""
    return np.stack([np.stack([sample(im[..., c], at.T) for c in range(im.shape[-1])], -1) for im, at in zip(images, points)])


def torch_sample(mode, padding):
    height, width = images.shape[1:3]
    grid = np.stack([(2 * points[..., 1] + 1) / width - 1, (2 * points[..., 0] + 1) / height - 1], -1)[:, :, None]
    out = torch.nn.functional.grid_sample(
        torch.tensor(images).permute(0, 3, 1, 2), torch.tensor(grid), mode, padding, align_corners=False)
    return out[..., 0].permute(0, 2, 1).numpy()


cases = []
for order, interpolation in enumerate(['nearest', 'bilinear']):
    for fill_mode, mode in SCIPY.items():
        fill = 0.5 if fill_mode == 'constant' else 0
        options = {'interpolation': interpolation, 'fillMode': fill_mode, 'fillValue': fill}
        cases.append({'of': 'scipy', 'options': options, 'values': each(
            lambda im, at: map_coordinates(im, at, order=order, mode=mode, cval=fill))})
        cases.append({'of': 'keras', 'options': options, 'values': each(lambda im, at: np.asarray(
            keras.ops.image.map_coordinates(im.astype('float32'), at.astype('float32'), order, fill_mode, fill)))})
    for fill_mode, padding in {'constant': 'zeros', 'nearest': 'border', 'reflect': 'reflection'}.items():
        options = {'interpolation': interpolation, 'fillMode': fill_mode}
        cases.append({'of': 'torch', 'options': options, 'values': torch_sample(interpolation, padding)})

for case in cases:
    case['values'] = np.round(case['values'], 5).tolist()
target = Path(__file__).parents[2] / 'packages/tensor/testdata/sampleImage.json'
target.write_text(json.dumps({'images': images.tolist(), 'points': points.tolist(), 'cases': cases}) + '\n')
