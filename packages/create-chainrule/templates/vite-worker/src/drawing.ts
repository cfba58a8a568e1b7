/** A picture of 28 × 28 gray values, white on black, as the network learns them. */
export type Pixels = Uint8Array;

type Stroke = [x: number, y: number][];

const side = 28;

/** Lets the pointer draw on a square canvas. `onChange` gets each picture; an empty canvas is no picture. */
export function drawingOn(
  canvas: HTMLCanvasElement,
  onChange: (pixels: Pixels | undefined) => void,
): { clear(): void; show(pixels: Pixels): void } {
  const shown = canvas.getContext('2d')!;
  const small = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
  let strokes: Stroke[] = [];

  const at = ({ clientX, clientY }: PointerEvent): Stroke[number] => {
    const { left, top, width } = canvas.getBoundingClientRect();
    return [((clientX - left) / width) * side, ((clientY - top) / width) * side];
  };
  shown.scale(canvas.width / side, canvas.height / side);
  shown.imageSmoothingEnabled = false;
  const paint = (): void => {
    paintStrokes(shown, strokes);
    if (strokes.length) return;
    shown.fillStyle = '#9aa6b6';
    shown.font = '2px system-ui';
    shown.textAlign = 'center';
    shown.fillText('Draw a digit here', side / 2, side / 2);
  };

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    paint();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1)?.push(at(event));
    paint();
  });
  canvas.addEventListener('lostpointercapture', () => {
    if (!strokes.length) return; // cleared meanwhile
    paintStrokes(small, centered(strokes));
    onChange(grayOf(small));
  });
  paint();

  return {
    clear() {
      strokes = [];
      paint();
      onChange(undefined);
    },
    show(pixels) {
      strokes = [];
      const rgba = Uint8ClampedArray.from({ length: 4 * side * side }, (_, i) => (i % 4 === 3 ? 255 : pixels[i >> 2]!));
      small.putImageData(new ImageData(rgba, side), 0, 0);
      shown.drawImage(small.canvas, 0, 0, side, side);
      onChange(pixels);
    },
  };
}

/** Paints white strokes on black, with a pen as wide as that of the pictures that the network learns. */
function paintStrokes(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, strokes: Stroke[]): void {
  context.fillStyle = 'black';
  context.fillRect(0, 0, side, side);
  context.strokeStyle = 'white';
  context.lineWidth = 2.4;
  context.lineCap = context.lineJoin = 'round';
  for (const [first, ...others] of strokes) {
    context.beginPath();
    context.moveTo(...first!);
    for (const point of others.length ? others : [first!]) context.lineTo(...point);
    context.stroke();
  }
}

/** Strokes in the middle, and as large as those that the network learns. */
function centered(strokes: Stroke[]): Stroke[] {
  const [xs, ys] = [0, 1].map((axis) => strokes.flatMap((stroke) => stroke.map((point) => point[axis]!)));
  const [left, right, top, bottom] = [Math.min(...xs!), Math.max(...xs!), Math.min(...ys!), Math.max(...ys!)];
  const scale = Math.min(2, 18 / Math.max(right - left, bottom - top, 1));
  const middle = (value: number, from: number, to: number): number => side / 2 + scale * (value - (from + to) / 2);
  return strokes.map((stroke) => stroke.map(([x, y]) => [middle(x, left, right), middle(y, top, bottom)]));
}

function grayOf(context: OffscreenCanvasRenderingContext2D): Pixels {
  return Uint8Array.from(context.getImageData(0, 0, side, side).data.filter((_, i) => i % 4 === 0));
}
