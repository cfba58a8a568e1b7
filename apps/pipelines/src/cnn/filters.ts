import {
  abs,
  boxBlurKernel,
  edgeKernel,
  filterImage,
  flip,
  gaussianBlurKernel,
  identityKernel,
  max,
  sharpenKernel,
  sobelKernels,
  sub,
  Tensor,
} from '@chainrule/tensor';
import { type Figure, plotHeatMap, plotImages } from '@chainrule/visualize';
import { type Report, resultLine } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';
import { drawScene, loadPicture } from './picture.ts';

/** Applies filters with known matrices to a picture, and shows where true convolution differs from a layer's correlation. */
export const filters: Task = {
  pipeline: 'cnn',
  name: 'filters',
  about: 'filters of an image with their matrices: blur, sharpen, emboss, edges; convolution and correlation',
  dataSets: ['scene', 'images'],
  filesOnly: ['images'],
  run,
};

const matrix = (...values: number[]): Tensor => new Tensor([3, 3, 1, 1], 'float32', Float32Array.from(values));

/** Kernels `[3, 3, 1, 1]` by name. With σ = 1 / √(2 ln 2), the Gaussian is 1/16 · [1 2 1; 2 4 2; 1 2 1]. */
const kernels: Readonly<Record<string, Tensor>> = {
  identity: identityKernel(),
  'box blur': boxBlurKernel(),
  'Gaussian blur': gaussianBlurKernel(3, 1 / Math.sqrt(2 * Math.LN2)),
  sharpen: sharpenKernel(),
  emboss: matrix(-2, -1, 0, -1, 1, 1, 0, 1, 2),
  'Sobel Gx': sobelKernels().x,
  'Sobel Gy': sobelKernels().y,
  Laplacian: matrix(0, 1, 0, 1, -4, 1, 0, 1, 0),
  edge: edgeKernel(),
};

/** A kernel, and the picture after it. */
interface Filtered {
  readonly name: string;
  readonly kernel: Tensor;
  /** What a convolutional layer computes: y[i, j] = Σ x[i + u, j + v] · k[u, v]. */
  readonly correlated: Tensor;
  /** The true convolution: y[i, j] = Σ x[i − u, j − v] · k[u, v], the correlation with the kernel turned by 180°. */
  readonly convolved: Tensor;
}

async function run(run: TaskRun): Promise<Report> {
  const start = performance.now();
  const { dataset, show, options } = run;
  const picture = dataset === 'scene' ? drawScene(options.seed) : await loadPicture(options.dataDir!);
  const all = Object.entries(kernels).map(([name, kernel]): Filtered => ({
    name,
    kernel,
    correlated: apply(picture, kernel),
    convolved: apply(picture, flip(kernel, { axis: [0, 1] })),
  }));
  show(matrices(all));
  show(sheet('filtered', [['picture', picture], ...all.map(({ name, correlated }) => [name, correlated] as const)]));
  const turned = all.filter(({ name }) => /emboss|Gx/.test(name));
  show(
    sheet(
      'correlation and convolution',
      turned.flatMap(({ name, correlated, convolved }) => [
        [`${name}, correlation`, correlated] as const,
        [`${name}, convolution`, convolved] as const,
      ]),
    ),
  );
  const rows = all.map(({ name, kernel, correlated, convolved }) => [
    name,
    String(Number(sumOf(kernel).toFixed(6))),
    difference(correlated, convolved).toFixed(4),
  ]);
  console.log(`${textTable([['filter', 'sum of its weights', 'convolution − correlation, at most'], ...rows])}\n`);
  const metrics = {
    largestError: Math.max(...all.map(({ kernel, correlated }) => largestError(picture, kernel, correlated))),
    embossDifference: difference(all[4]!.correlated, all[4]!.convolved),
    gaussianDifference: difference(all[2]!.correlated, all[2]!.convolved),
  };
  const seconds = (performance.now() - start) / 1000;
  const report = { task: 'cnn filters', dataset, metrics, epochs: [], seconds, parameters: 0, seed: options.seed };
  console.log(resultLine(report));
  return report;
}

function apply(picture: Tensor, kernel: Tensor): Tensor {
  return filterImage(picture as Tensor<readonly number[], 'float32'>, kernel as Tensor<readonly number[], 'float32'>, {
    padding: 'valid',
  });
}

function sumOf(kernel: Tensor): number {
  return [...kernel.data].reduce((sum, weight) => sum + weight, 0);
}

function difference(a: Tensor, b: Tensor): number {
  return max(abs(sub(a, b))).item();
}

/** The distance from the definition, summed in double precision. */
export function largestError(picture: Tensor, kernel: Tensor, result: Tensor): number {
  const [, height, width] = result.shape;
  const [x, k, y] = [picture.data, [...kernel.data], result.data];
  let largest = 0;
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) {
      const exact = k.reduce(
        (sum, weight, at) => sum + weight * x[(i + Math.floor(at / 3)) * (width + 2) + j + (at % 3)]!,
        0,
      );
      largest = Math.max(largest, Math.abs(exact - y[i * width + j]!));
    }
  return largest;
}

function matrices(all: readonly Filtered[]): Figure {
  const panels = all.map(({ name, kernel }) => {
    const rows = [0, 1, 2].map((row) => [...kernel.data].slice(3 * row, 3 * row + 3));
    return { ...plotHeatMap(rows, { title: name, scale: 'weight' }), labels: rows.map((row) => row.map(showWeight)) };
  });
  return { kind: 'panels', title: 'matrices', panels };
}

/** An integer, ninths or sixteenths. */
function showWeight(weight: number): string {
  const whole = [1, 9, 16].find((parts) => Math.abs(weight * parts - Math.round(weight * parts)) < 1e-5)!;
  const text = String(Math.round(weight * whole)).replace('-', '−');
  return whole === 1 ? text : `${text}/${whole}`;
}

/** Pictures side by side. After filters that find edges, gray is 0. */
function sheet(title: string, named: readonly (readonly [string, Tensor])[]): Figure {
  const images = named.map(([caption, values]) => {
    const isSigned = /^(emboss|Sobel|Laplacian|edge)/.test(caption);
    const shown = Float32Array.from(values.data, (value) =>
      Math.min(1, Math.max(0, isSigned ? 0.5 + value / 2 : value)),
    );
    const [one] = plotImages(new Tensor(values.shape, 'float32', shown)).images;
    return { ...one!, caption };
  });
  return { kind: 'images', title, images };
}
