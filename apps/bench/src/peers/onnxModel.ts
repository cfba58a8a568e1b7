import { type Problem, shapeAfter, type Values } from '../problem.ts';
import { leak, type Net } from '../workloads.ts';

/** Bytes of a protocol buffer; see `onnx.proto` for the numbers of fields. */
type Bytes = Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function joined(parts: readonly (Bytes | readonly number[])[]): Bytes {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

const bytesField = (field: number, value: Bytes): Bytes => joined([varint(field * 8 + 2), varint(value.length), value]);
const textField = (field: number, value: string): Bytes => bytesField(field, new TextEncoder().encode(value));
const intField = (field: number, value: number): Bytes => joined([varint(field * 8), varint(value)]);
const floatField = (field: number, value: number): Bytes =>
  joined([varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)]);
const message = (field: number, ...parts: Bytes[]): Bytes => bytesField(field, joined(parts));

const floatAttribute = (name: string, value: number): Bytes =>
  message(5, textField(1, name), floatField(2, value), intField(20, 1));
const intsAttribute = (name: string, values: readonly number[]): Bytes =>
  message(5, textField(1, name), ...values.map((v) => intField(8, v)), intField(20, 7));
const intAttribute = (name: string, value: number): Bytes =>
  message(5, textField(1, name), intField(3, value), intField(20, 2));

const node = (type: string, inputs: readonly string[], output: string, ...attributes: Bytes[]): Bytes =>
  message(1, ...inputs.map((name) => textField(1, name)), textField(2, output), textField(4, type), ...attributes);

const valueInfo = (field: number, name: string, shape: readonly number[]): Bytes =>
  message(
    field,
    textField(1, name),
    message(2, message(1, intField(1, 1), message(2, ...shape.map((n) => message(1, intField(1, n)))))),
  );

const initializer = (name: string, { shape, data }: Values): Bytes =>
  message(
    5,
    ...shape.map((n) => intField(1, n)),
    intField(2, 1),
    textField(8, name),
    bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );

/**
 * Encodes a model of convolutions, poolings and dense layers as an ONNX model from `x` `[batch, channels, height,
 * width]` to `y`.
 */
export function onnxModel(net: Net, batch: number, { weights }: Problem): Bytes {
  const left = [...weights];
  const parts: Bytes[] = [];
  let shape = net.input;
  let last = 'x';
  const then = (type: string, inputs: readonly Values[], ...attributes: Bytes[]): void => {
    const name = `v${parts.length}`;
    const names = inputs.map((_, i) => `${name}_${i}`);
    parts.push(
      node(type, [last, ...names], name, ...attributes),
      ...inputs.map((values, i) => initializer(names[i]!, values)),
    );
    last = name;
  };
  for (const spec of net.layers) {
    if (spec.type === 'conv2d') {
      const side = spec.padding === 'same' ? (spec.kernelSize - 1) / 2 : 0;
      then(
        'Conv',
        [transposed(left.shift()!, [3, 2, 0, 1]), left.shift()!],
        intsAttribute('pads', [side, side, side, side]),
      );
    } else if (spec.type === 'maxPool2d') {
      const odd = (n: number): number => (spec.padding === 'same' ? n % 2 : 0);
      then(
        'MaxPool',
        [],
        intsAttribute('kernel_shape', [2, 2]),
        intsAttribute('strides', [2, 2]),
        intsAttribute('pads', [0, 0, odd(shape[0]!), odd(shape[1]!)]),
      );
    } else if (spec.type === 'flatten') {
      // The elements of a row must have the order of height, width, channels.
      then('Transpose', [], intsAttribute('perm', [0, 2, 3, 1]));
      then('Flatten', [], intAttribute('axis', 1));
    } else if (spec.type === 'dense') {
      then('Gemm', [left.shift()!, left.shift()!]);
    }
    if ('activation' in spec)
      then(
        spec.activation === 'relu' ? 'Relu' : 'LeakyRelu',
        [],
        ...(spec.activation === 'relu' ? [] : [floatAttribute('alpha', leak)]),
      );
    shape = shapeAfter(spec, shape);
  }
  const [height, width, channels] = net.input as [number, number, number];
  // An Identity node gives the last value the name of the output.
  const graph = [
    ...parts,
    node('Identity', [last], 'y'),
    textField(2, 'net'),
    valueInfo(11, 'x', [batch, channels, height, width]),
    valueInfo(12, 'y', [batch, ...shape]),
  ];
  return joined([intField(1, 8), message(7, ...graph), message(8, intField(2, 13))]);
}

/** Axis i of the result is axis `axes[i]`. */
export function transposed({ shape, data }: Values, axes: readonly number[]): Values {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const target = axes.map((axis) => shape[axis]!);
  const out = new Float32Array(data.length);
  const index = new Array<number>(shape.length).fill(0);
  for (let at = 0; at < out.length; at++) {
    out[at] = data[index.reduce((sum, n, i) => sum + n * strides[axes[i]!]!, 0)]!;
    for (let i = index.length - 1; i >= 0 && ++index[i]! === target[i]; i--) index[i] = 0;
  }
  return { shape: target, data: out };
}
