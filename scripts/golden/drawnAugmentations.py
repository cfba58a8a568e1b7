"""Writes packages/augmentation/testdata/drawn.json: what NumPy and SciPy make of small batches with given random numbers.

Each case holds the uniforms in [0, 1) that an augmentation draws, in the order in which it draws them. The results are computed from
the definitions, with functions of SciPy where it has them.

Run with NumPy 2.4 and SciPy 1.17: python scripts/golden/drawnAugmentations.py
"""
import json
from pathlib import Path
import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.stats import beta

rng = np.random.default_rng(14)
N, H, W, C = 3, 6, 5, 2
images = rng.random([N, H, W, C])
sequences = rng.normal(size=[N, 7, 2])
texts = np.array([[5, 3, 8, 2, 0, 0], [1, 2, 3, 4, 5, 6], [7, 0, 0, 0, 0, 0]])
labels = np.eye(N)
cases = []


def case(name, args, batch, draws, values, **more):
    rounded = {key: np.round(value, 6).tolist() for key, value in {'values': values, **more}.items()}
    cases.append({'name': name, 'args': args, 'batch': batch, 'draws': [d.ravel().tolist() for d in draws], **rounded})


def uniforms(*shape):
    return rng.random([N, *shape]).astype('float32').astype('float64')


def each(f, *lists):
    return np.stack([f(*rows) for rows in zip(*lists)])


def sampled(image, place, mode, shape=(H, W)):
    """Bilinear samples at (row, column) = place(rows, columns)."""
    at = place(*np.mgrid[:shape[0], :shape[1]].astype('float64'))
    return np.stack([map_coordinates(image[..., c], at, order=1, mode=mode) for c in range(C)], axis=-1)


def linear(matrix):
    """Places around the center of an image; the matrix is of (column, row)."""
    (a, b), (c, d) = matrix
    cy, cx = (H - 1) / 2, (W - 1) / 2
    return lambda y, x: (cy + c * (x - cx) + d * (y - cy), cx + a * (x - cx) + b * (y - cy))


# Geometry
u = uniforms(2)
case('randomFlip', [], 'images', [u], each(lambda x, v: x[::-1 if v[1] < 0.5 else 1, ::-1 if v[0] < 0.5 else 1], images, u))
turn, zoom, shift, shear = 0.07, 0.3, 0.15, 0.25
for mode, of_scipy in [('constant', 'grid-constant'), ('nearest', 'nearest'), ('reflect', 'reflect'), ('wrap', 'grid-wrap')]:
    cos, sin = np.cos(2 * np.pi * turn), np.sin(2 * np.pi * turn)
    steps = np.array([[1, shear], [0, 1]]) @ np.array([[1 + zoom, 0], [0, 1 + zoom]]) @ np.array([[cos, -sin], [sin, cos]])
    moved = lambda y, x: linear(steps)(y + shift * H, x - shift * W)
    options = {'rotation': [turn] * 2, 'zoom': [zoom] * 2, 'heightShift': [-shift] * 2, 'widthShift': [shift] * 2, 'xShear': [shear] * 2}
    case('randomAffine', [{**options, 'fillMode': mode}], 'images', [uniforms(2), uniforms(2), uniforms(1), uniforms(2)],
         each(lambda x: sampled(x, moved, of_scipy), images))


def perspective(image, moves, scale=0.6):
    """The corners move to `quad`; the 8 numbers of the map back solve a linear system."""
    width, height = W - 1, H - 1
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    inward = scale / 2 * moves.reshape(4, 2) * [width, height]
    quad = [(x - dx if x else dx, y - dy if y else dy) for (x, y), (dx, dy) in zip(corners, inward)]
    rows = [row for (x, y), (u, v) in zip(quad, corners) for row in
            ([x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y])]
    a, b, c, d, e, f, g, h = np.linalg.solve(rows, np.ravel(corners))
    place = lambda y, x: ((d * x + e * y + f) / (g * x + h * y + 1), (a * x + b * y + c) / (g * x + h * y + 1))
    return sampled(image, place, 'nearest')


u = uniforms(8)
case('randomPerspective', [0.6, {'fillMode': 'nearest'}], 'images', [u], each(perspective, images, u))


def crop(image, draw):
    padded = np.pad(image, [(2, 2), (2, 2), (0, 0)])
    top, left = int(draw[0] * (H + 4 - 4 + 1)), int(draw[1] * (W + 4 - 3 + 1))
    return padded[top:top + 4, left:left + 3]


u = uniforms(2)
case('randomCrop', [4, 3, {'padding': 2}], 'images', [u], each(crop, images, u))


def elastic(image, draw, alpha=6, sigma=1.5):
    smooth = lambda x: gaussian_filter(x, sigma, mode='constant', truncate=20)
    # The filter is normalized at the borders, too.
    dx, dy = [alpha * smooth(2 * d - 1) / smooth(np.ones([H, W])) for d in draw]
    return sampled(image, lambda y, x: (y + dy, x + dx), 'nearest')


u = uniforms(2, H, W)
case('randomElastic', [6, 1.5, {'fillMode': 'nearest'}], 'images', [u], each(elastic, images, u))

# Pixels
u = uniforms(C)
case('randomChannelShift', [0.4], 'images', [u], np.clip(images + (0.8 * u - 0.4)[:, None, None, :], 0, 1))


def normals(u):
    """Box and Muller 1958: of radius and angle in the complex plane."""
    return (np.sqrt(-2 * np.log1p(-u[:, 0])) * np.exp(2j * np.pi * u[:, 1])).real


u = uniforms(2, H, W, C)
case('randomGaussianNoise', [0.2], 'images', [u], np.clip(images + 0.2 * normals(u), 0, 1))
u = uniforms(H, W)
case('randomSaltAndPepper', [0.4], 'images', [u],
     np.where((u < 0.4)[..., None], np.where((u < 0.2)[..., None], 0, 1), images))


def erased(image, draw, noise):
    chance, area, ratio, down, right = draw
    area = (0.1 + 0.3 * area) * H * W
    ratio = np.exp(np.log(0.5) + (np.log(2) - np.log(0.5)) * ratio)
    h, w = min(H, round(np.sqrt(area * ratio))), min(W, round(np.sqrt(area / ratio)))
    top, left = int((H - h + 1) * down), int((W - w + 1) * right)
    result = image.copy()
    if chance < 0.7:
        result[top:top + h, left:left + w] = noise[top:top + h, left:left + w]
    return result


u, noise = uniforms(5), uniforms(H, W, C)
u[:, 0] = [0.1, 0.9, 0.4]
options = {'p': 0.7, 'scale': [0.1, 0.4], 'ratio': [0.5, 2], 'fillValue': 'random'}
case('randomErasing', [options], 'images', [u, noise], each(erased, images, u, noise))

# Mixing: images 0 and 1 are partners, and the last is its own.
partners = np.array([1, 0, 2])
u = uniforms(1)
share = beta.ppf(u[:, 0], 0.4, 0.4)
mixed = lambda x: x[partners] + share.reshape([N] + [1] * (x.ndim - 1)) * (x - x[partners])
case('mixUp', [0.4], 'images', [u], mixed(images), labels=mixed(labels))
u = uniforms(3)
pasted, shares = images.copy(), []
for i in range(N):
    half = 0.5 * np.sqrt(1 - beta.ppf(u[i, 0], 1, 1))
    edge = lambda center, size: [int(np.clip(np.floor(size * (center + sign * half) + 0.5), 0, size)) for sign in (-1, 1)]
    (top, bottom), (left, right) = edge(u[i, 1], H), edge(u[i, 2], W)
    pasted[i, top:bottom, left:right] = images[partners[i], top:bottom, left:right]
    shares.append(1 - (bottom - top) * (right - left) / (H * W))
share = np.array(shares)
case('cutMix', [1], 'images', [u], pasted, labels=mixed(labels))

# Sequences
u = uniforms(2, 7, 2)
case('jitter', [0.3], 'sequences', [u], sequences + 0.3 * normals(u))
u = uniforms(2, 2)
case('scaling', [0.3], 'sequences', [u], sequences * (1 + 0.3 * normals(u))[:, None, :])


def curves(u, std):
    points = 1 + std * normals(u)
    return each(lambda y: CubicSpline(np.linspace(0, 6, len(y)), y, bc_type='natural')(np.arange(7)), points)


u = uniforms(2, 5, 2)
case('magnitudeWarp', [0.3, 3], 'sequences', [u], sequences * curves(u, 0.3))
u = uniforms(2, 5, 1)


def warped(sequence, speed):
    passed = np.cumsum(np.maximum(speed[:, 0], 0.01))
    steps = 6 * (passed - passed[0]) / (passed[-1] - passed[0])
    return np.stack([np.interp(steps, np.arange(7), feature) for feature in sequence.T], axis=1)


case('timeWarp', [0.3, 3], 'sequences', [u], each(warped, sequences, curves(u, 0.3)))
u = uniforms(1)
window = lambda x, v: np.stack([np.interp(0.6 * np.arange(7) + 0.4 * 6 * v[0], np.arange(7), f) for f in x.T], axis=1)
case('windowSlice', [0.6], 'sequences', [u], each(window, sequences, u))

# Texts
T = texts.shape[1]


def deleted(ids, draw):
    tokens = [(draw[i], id) for i, id in enumerate(ids.tolist()) if id != 0]
    best = max(tokens)[0]
    left = [id for chance, id in tokens if chance >= 0.6 or chance == best]
    return np.array(left + [0] * (T - len(left)))


u = uniforms(T)
case('randomTokenDeletion', [0.6], 'texts', [u], each(deleted, texts, u))


def swapped(ids, draw):
    result, length = ids.copy(), np.count_nonzero(ids)
    for a, b in (draw.reshape(-1, 2) * length).astype(int):
        result[[a, b]] = result[[b, a]]
    return result


u = uniforms(4)
case('randomTokenSwap', [2], 'texts', [u], each(swapped, texts, u))
u = uniforms(T)
case('randomTokenMasking', [9, 0.5], 'texts', [u], np.where((texts != 0) & (u < 0.5), 9, texts))

golden = {'images': np.round(images, 8).tolist(), 'sequences': np.round(sequences, 8).tolist(), 'texts': texts.tolist(),
          'labels': labels.tolist(), 'cases': cases}
target = Path(__file__).parents[2] / 'packages/augmentation/testdata/drawn.json'
target.write_text(json.dumps(golden) + '\n')
