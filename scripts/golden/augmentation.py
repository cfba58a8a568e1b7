"""Writes packages/augmentation/testdata/augmentation.json: what Keras, torchvision and SciPy make of a small image.

Run with NumPy 2.4, SciPy 1.17, PyTorch 2.14, torchvision 0.29 and Keras 3.15:
KERAS_BACKEND=jax python scripts/golden/augmentation.py
"""
import json
from pathlib import Path
import keras
import numpy as np
import torch
from scipy.interpolate import CubicSpline
from scipy.stats import beta
import torchvision.transforms.v2.functional as F
from torchvision.transforms import InterpolationMode

rng = np.random.default_rng(3)
image = rng.integers(0, 256, [6, 5, 3]).astype('uint8')
# A range of values that leaves something to stretch and to equalize.
dull = (60 + image // 3).astype('uint8')
floats = (image / 255).astype('float32')
BILINEAR = InterpolationMode.BILINEAR


def torch_float(f, x=floats):
    return f(torch.tensor(x).permute(2, 0, 1)).permute(1, 2, 0).numpy()


def torch_bytes(f):
    """Of an image with plenty of equal values, so that steps of `equalize` are not 0."""
    return f(torch.tensor(np.tile(dull, [10, 10, 1])).permute(2, 0, 1)).permute(1, 2, 0).numpy()[:6, :5]


def keras_layer(layer):
    return np.asarray(layer(floats[None], training=True))[0]


L = keras.layers
cases = []


def case(of, name, args, values):
    cases.append({'of': of, 'name': name, 'args': args, 'shape': list(values.shape), 'values': np.round(values, 5).ravel().tolist()})


for mode in ['constant', 'nearest', 'reflect', 'wrap']:
    options = {'fillMode': mode}
    case('Keras', 'randomRotation', [[0.1, 0.1], options], keras_layer(L.RandomRotation((0.1, 0.1), fill_mode=mode)))
    case('Keras', 'randomTranslation', [[0.2, 0.2], [-0.3, -0.3], options],
         keras_layer(L.RandomTranslation((0.2, 0.2), (-0.3, -0.3), fill_mode=mode)))
    case('Keras', 'randomZoom', [[0.4, 0.4], {'widthFactor': [-0.3, -0.3], **options}],
         keras_layer(L.RandomZoom((0.4, 0.4), (-0.3, -0.3), fill_mode=mode)))
case('Keras', 'randomBrightness', [[0.2, 0.2]], keras_layer(L.RandomBrightness((0.2, 0.2), value_range=(0, 1))))
contrast = L.RandomContrast(0.5, value_range=(0, 1))
case('Keras', 'randomContrast', [[1.4, 1.4]],
     np.asarray(contrast.transform_images(floats[None], {'contrast_factor': np.float32(1.4)}, training=True))[0])
constant = {'fillMode': 'constant'}
case('torchvision', 'randomRotation', [[1 / 12, 1 / 12], constant], torch_float(lambda x: F.rotate(x, 30, BILINEAR)))
case('torchvision', 'randomShear', [[0.4, 0.4], 0, constant], torch_float(
    lambda x: F.affine(x, 0, [0, 0], 1, [float(np.degrees(np.arctan(0.4))), 0], BILINEAR)))
case('torchvision', 'randomSaturation', [[1.7, 1.7]], torch_float(lambda x: F.adjust_saturation(x, 1.7)))
for turn in [0.3, -0.2]:
    case('torchvision', 'randomHue', [[turn, turn]], torch_float(lambda x: F.adjust_hue(x, turn)))
case('torchvision', 'randomGrayscale', [1], torch_float(lambda x: F.rgb_to_grayscale(x, 3)))
case('torchvision', 'randomGaussianBlur', [5, 1.2], torch_float(lambda x: F.gaussian_blur(x, 5, 1.2)))
case('torchvision', 'randomResizedCrop', [9, 4, {'scale': [1, 1], 'ratio': [5 / 6, 5 / 6]}],
     torch_float(lambda x: F.resize(x, [9, 4], BILINEAR, antialias=False)))

pixels = {
    'posterize': torch_bytes(lambda x: F.posterize(x, 3)),
    'solarize': torch_bytes(lambda x: F.solarize(x, 255 * 0.5)),
    'autoContrast': torch_bytes(F.autocontrast),
    'equalize': torch_bytes(F.equalize),
    'brightness': torch_float(lambda x: F.adjust_brightness(x, 1.6)) * 255,
    'color': torch_float(lambda x: F.adjust_saturation(x, 1.6)) * 255,
    'contrast': torch_float(lambda x: F.adjust_contrast(x, 1.6)) * 255,
    'sharpness': torch_float(lambda x: F.adjust_sharpness(x, 1.6)) * 255,
}
quad = [[0, 1], [3, 0], [4, 4], [1, 5]]
# torchvision counts from the corner of a pixel, half a pixel before its center.
half = lambda points: [[x + 0.5, y + 0.5] for x, y in points]
perspective = torch_float(lambda x: F.perspective(x, half([[0, 0], [4, 0], [4, 5], [0, 5]]), half(quad), BILINEAR))
knots = np.eye(6)
golden = {
    'image': image.ravel().tolist(),
    'dull': dull.ravel().tolist(),
    'cases': cases,
    'pixels': {name: np.round(values.astype('float64'), 3).ravel().tolist() for name, values in pixels.items()},
    'perspective': {'quad': quad, 'values': np.round(perspective, 5).ravel().tolist()},
    'spline': np.round(CubicSpline(np.arange(6), knots, bc_type='natural')(np.linspace(0, 5, 9)), 6).tolist(),
    'beta': {str(a): np.round(beta.ppf(np.arange(0, 17) / 16, a, a), 6).tolist() for a in [0.2, 1, 3]},
}
target = Path(__file__).parents[2] / 'packages/augmentation/testdata/augmentation.json'
target.write_text(json.dumps(golden) + '\n')
