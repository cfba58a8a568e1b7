import { encode } from 'fast-png';
import type { Picture } from '../figure.ts';
import { type Canvas, svgElement } from './canvas.ts';

/** Pixels with sharp edges, over the given rectangle. */
export function drawRaster(
  canvas: Canvas,
  { width, height, channels, data }: Omit<Picture, 'caption'>,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): SVGElement {
  const png = encode({ width, height, channels, data, depth: 8 });
  return svgElement(canvas, 'image', {
    ...at,
    href: `data:image/png;base64,${base64(png)}`,
    preserveAspectRatio: 'none',
    'image-rendering': 'pixelated',
  });
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
