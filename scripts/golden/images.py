"""Writes packages/data-loaders/testdata/images.json: small pictures and the pixels that Pillow reads from them.

Run with Pillow 13 and NumPy 2: python scripts/golden/images.py
"""
import base64, io, json, struct, zlib
from pathlib import Path
import numpy as np
from PIL import Image

rng = np.random.default_rng(11)
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def filtered(kind, line, above, step):
    """One line with a filter, as the standard defines it."""
    out = bytearray([kind])
    for i, value in enumerate(line):
        a = line[i - step] if i >= step else 0
        b = above[i]
        c = above[i - step] if i >= step else 0
        p = a + b - c
        paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
        out.append((value - [0, a, b, (a + b) // 2, paeth][kind]) % 256)
    return bytes(out)


def png(values, depth, color, interlace=False, trns=None, palette=None, parts=1):
    """A PNG file of `values` [height, width, channels] that uses every filter in turn."""
    height, width, channels = values.shape
    step = max(1, depth * channels // 8)
    data, number = b'', 0
    for x, y, dx, dy in ADAM7 if interlace else [(0, 0, 1, 1)]:
        rows = values[y::dy, x::dx]
        if rows.size == 0:
            continue
        above = bytes((rows.shape[1] * channels * depth + 7) // 8)
        for row in rows:
            flat = row.reshape(-1)
            if depth == 16:
                line = flat.astype('>u2').tobytes()
            else:
                bits = ((flat[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype('uint8').reshape(-1)
                line = np.packbits(bits).tobytes()
            data += filtered(number % 5, line, above, step)
            above, number = line, number + 1
    packed = zlib.compress(data)
    size = -(-len(packed) // parts)
    out = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, depth, color, 0, 0, int(interlace)))
    if palette is not None:
        out += chunk(b'PLTE', palette.astype('uint8').tobytes())
    if trns is not None:
        out += chunk(b'tRNS', trns)
    for i in range(parts):
        out += chunk(b'IDAT', packed[i * size:(i + 1) * size])
    return out + chunk(b'IEND', b'')


def pngs():
    for color, depths in {0: [1, 2, 4, 8], 2: [8], 3: [1, 2, 4, 8], 4: [8], 6: [8]}.items():
        for depth in depths:
            for interlace in [False, True]:
                for width, height in [(1, 1), (3, 2), (13, 9)]:
                    most = 2 ** depth if color != 3 else min(2 ** depth, 200)
                    values = rng.integers(0, most, (height, width, CHANNELS[color]))
                    palette = rng.integers(0, 256, (most, 3)) if color == 3 else None
                    name = f'png color {color} depth {depth}{" interlaced" if interlace else ""} {width}x{height}'
                    yield name, png(values, depth, color, interlace, palette=palette, parts=1 + (width == 13))
                    if color == 3:
                        yield name + ' tRNS', png(values, depth, color, interlace, trns=bytes(rng.integers(0, 256, max(1, most // 2)).tolist()), palette=palette)
                    if depth == 8 and color in (0, 2):
                        yield name + ' tRNS', png(values, depth, color, interlace, trns=struct.pack(f'>{CHANNELS[color]}H', *values[0, 0]))


def jpegs():
    y, x = np.mgrid[0:27, 0:35]
    wave = np.stack([128 + 90 * np.sin(x / (7 + c) + c) * np.cos(y / 5 - c) for c in range(3)], -1) + rng.normal(0, 9, (27, 35, 3))
    picture = Image.fromarray(wave.clip(0, 255).astype('uint8'))

    def saved(image, **options):
        out = io.BytesIO()
        image.save(out, 'JPEG', **options)
        return out.getvalue()

    for width, height in [(1, 1), (2, 3), (8, 8), (16, 17), (35, 27)]:
        part = picture.crop((0, 0, width, height))
        for subsampling in [0, 1, 2]:
            for progressive in [False, True]:
                yield f'jpeg {width}x{height} subsampling {subsampling}{" progressive" if progressive else ""}', saved(part, quality=85, subsampling=subsampling, progressive=progressive)
        yield f'jpeg {width}x{height} grey', saved(part.convert('L'), quality=80)
    yield 'jpeg with restarts', saved(picture, quality=70, restart_marker_rows=1)
    yield 'jpeg of poor quality', saved(picture, quality=10)
    exif = Image.Exif()
    exif[0x0112] = 6
    yield 'jpeg that EXIF says to rotate', saved(picture, exif=exif)
    good = saved(picture, quality=75)
    scan = good.index(b'\xff\xda')
    yield 'jpeg with bytes between segments', good[:scan] + b'\0\1\2' + good[scan:]
    yield 'jpeg with fill bytes', good[:scan] + b'\xff\xff\xff' + good[scan:]
    yield 'jpeg with bytes before the end', good[:-2] + b'\0\0\0' + good[-2:]
    yield 'jpeg with bytes after the end', good + b'after the end'


def main():
    pictures = []
    for name, data in [*pngs(), *jpegs()]:
        image = Image.open(io.BytesIO(data)).convert('RGBA')
        pictures.append({'name': name, 'width': image.width, 'height': image.height, 'file': base64.b64encode(data).decode(), 'rgba': base64.b64encode(image.tobytes()).decode()})
    target = Path(__file__).parents[2] / 'packages/data-loaders/testdata/images.json'
    target.write_text('[\n' + ',\n'.join(json.dumps(picture) for picture in pictures) + '\n]\n')


main()
