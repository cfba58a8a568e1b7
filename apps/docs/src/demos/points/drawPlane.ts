/** The colors of class 0 and class 1, which suit light and dark pages. */
export const classColors = ['#e8730c', '#2563eb'] as const;

const low = [232, 115, 12] as const;
const high = [37, 99, 235] as const;

/** Colors a canvas by numbers from -1, class 0, over 0, the page's background, to 1, class 1. */
export function drawPlane(canvas: HTMLCanvasElement, values: Float32Array, shareOf: (value: number) => number): void {
  const side = Math.sqrt(values.length);
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d')!;
  const ground = groundOf(canvas);
  const image = context.createImageData(side, side);
  values.forEach((value, i) => {
    const share = Math.max(-1, Math.min(1, shareOf(value)));
    const color = share < 0 ? low : high;
    const weight = 0.75 * Math.abs(share);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = ground + weight * (color[c]! - ground);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}

/** The gray value of a page's background. */
const groundOf = (element: Element): number => (element.closest('.dark') ? 27 : 255);

/** How a neuron's numbers become shares: by the largest over the plane. */
export function sharesOf(values: Float32Array, isSigmoid: boolean): (value: number) => number {
  if (isSigmoid) return (value) => 2 * value - 1;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return (value) => value / largest;
}
