import {
  adam, applyUpdates, digits, flip, Generator, mean, ops, randomNormal, square, sub, tensor, type Tensor,
  valueAndGrad, Variable,
} from 'chainrule';

export interface Settings {
  seed: number;
  image: string;
  kernel: string;
  stride: number;
  padding: number;
  dilation: number;
  flip: boolean;
  learningRate: number;
}

/** Your own square image, with gray values from 0 to 1 in rows, and your own square kernel. */
export interface Own {
  pixels?: number[];
  kernel?: number[];
}

const kernels: Record<string, number[]> = {
  // The first two are Sobel's.
  'vertical edges': [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  'horizontal edges': [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  blur: Array<number>(9).fill(1 / 9),
  'blur 5 × 5': Array<number>(25).fill(1 / 25),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  emboss: [-2, -1, 0, -1, 1, 1, 0, 1, 2],
  outline: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  nothing: [0, 0, 0, 0, 1, 0, 0, 0, 0],
};

export function start(settings: Settings, own: Own = {}) {
  const image = picture(own.pixels ?? draw(settings.image, settings.seed));
  const given = own.kernel ?? kernels[settings.kernel]!;
  const size = Math.sqrt(given.length);
  const kernel = tensor(given, [size, size, 1, 1]);

  const filter = (weights: Tensor) => {
    // Networks do not turn the kernel. A convolution as in mathematics turns it by 180°.
    const turned = settings.flip ? flip(weights, { axis: [0, 1] }) : weights;
    const { stride: strides, padding: p, dilation: dilations } = settings;
    return ops.conv2d(image, turned, { strides, dilations, padding: [[p, p], [p, p]] });
  };
  const output = filter(kernel);

  // Training: the weights are random at first. They are to make the output from the image, without a look at the kernel.
  const learned = new Variable(randomNormal(new Generator(settings.seed), [size, size, 1, 1]), { name: 'kernel' });
  const optimizer = adam({ learningRate: settings.learningRate });
  const memory = optimizer.init([learned]);
  const lossOf = (weights: Tensor) => mean(square(sub(filter(weights), output)));
  const step = (n: number) => {
    const [loss, slope] = valueAndGrad(lossOf)(learned.value);
    optimizer.tick(memory, n);
    applyUpdates([learned], optimizer.update([slope], memory, [learned]));
    return { loss: loss.item() };
  };
  const remembered = variablesOf(memory).map((variable, i) => [`memory ${i}`, variable] as const);
  return { state: { kernel: learned, ...Object.fromEntries(remembered) }, step, image, kernel, output, filter };
}

/** A batch of one square image with one channel. */
function picture(pixels: number[]) {
  const side = Math.sqrt(pixels.length);
  return tensor(pixels, [1, side, side, 1]);
}

function draw(name: string, seed: number): number[] {
  if (name === 'digit') return Array.from(digits({ count: 1, seed }).images.data, (gray) => gray / 255);
  const shapes: Record<string, (x: number, y: number) => number> = {
    house: (x, y) => (y > 14 ? +(x > 5 && x < 22 && y < 25) * (x > 11 && x < 16 && y > 17 ? 0.2 : 0.7) : +(y > 3 + Math.abs(13.5 - x))),
    circle: (x, y) => (Math.hypot(x - 13.5, y - 13.5) < 9 ? 1 : 0.1),
    stripes: (x, y) => 0.5 + 0.5 * Math.sin((x + 2 * y) / 3),
  };
  return Array.from({ length: 28 * 28 }, (_, i) => shapes[name]!(i % 28, Math.floor(i / 28)));
}

function variablesOf(tree: unknown): Variable[] {
  if (tree instanceof Variable) return [tree as Variable];
  return typeof tree === 'object' && tree ? Object.values(tree).flatMap(variablesOf) : [];
}
