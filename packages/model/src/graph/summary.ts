import type { Layer } from '@chainrule/layers-core';
import { showShape } from '@chainrule/errors';
import { sizeOf } from '@chainrule/tensor/graph';
import type { Graph } from './graph.ts';
import { modelType } from './modelLayer.ts';
import type { SymbolicTensor } from './symbolicTensor.ts';
import { textTable } from './textTable.ts';

/** A layer or an input of a model, for tables and pictures. */
export interface GraphRow {
  readonly name: string;
  readonly type: string;
  /** The shapes of the outputs, without the batch. */
  readonly shapes: readonly (readonly number[])[];
  /** Names of the layers and inputs whose values it takes, for each application. */
  readonly inputs: readonly (readonly string[])[];
  /** Undefined for an input. */
  readonly layer: Layer | undefined;
}

/** The inputs and layers of a graph. A shared layer is one row. */
export function graphRows(graph: Graph): GraphRow[] {
  const nameOf = (value: SymbolicTensor): string => {
    const { layer } = value['~node'];
    return layer ? graph.pathOf(layer) : graph.inputNames[graph.inputs.indexOf(value)]!;
  };
  const inputs = graph.inputs.map(({ shape }, i) => ({
    name: graph.inputNames[i]!,
    type: 'input',
    shapes: [shape],
    inputs: [],
    layer: undefined,
  }));
  const layers = graph.layers.map(({ path, layer }) => {
    const applied = graph.nodes.filter((node) => node.layer === layer);
    return {
      name: path,
      type: layer.type === modelType ? 'model' : layer.type,
      shapes: applied[0]!.outputs.map(({ shape }) => shape),
      inputs: applied.map((node) => node.inputs.map(nameOf)),
      layer,
    };
  });
  return [...inputs, ...layers];
}

/** Whether each layer has one input, the layer before it. */
function isChain(graph: Graph): boolean {
  const { nodes, inputs, outputs } = graph;
  const ends = [inputs[0], ...nodes.map((node) => node.outputs[0])];
  return (
    inputs.length === 1 &&
    outputs.length === 1 &&
    outputs[0] === ends.at(-1) &&
    nodes.every((node, i) => node.inputs.length === 1 && node.inputs[0] === ends[i])
  );
}

/**
 * Formats the table of `model.summary()`, at most `columns` wide if that is possible. A chain needs no rows for its input and its
 * connections.
 */
export function summarize(graph: Graph, built: boolean, columns: number): string {
  const count = (layers: readonly Layer[], trainable?: boolean): string => {
    if (!built) return '?';
    const counted = new Set(
      layers
        .flatMap((layer) => layer.variables())
        .map(({ value }) => value)
        .filter((value) => trainable === undefined || value.trainable === trainable),
    );
    return grouped([...counted].reduce((n, { shape }) => n + sizeOf(shape), 0));
  };
  const chain = isChain(graph);
  const cells = graphRows(graph)
    .filter(({ layer }) => layer || !chain)
    .map(({ name, type, shapes, inputs, layer }) => [
      `${name} (${type})`,
      shapes.map((shape) => showShape([Infinity, ...shape])).join(' '),
      layer ? count([layer]) : '0',
      inputs.map((names) => names.join(' + ')).join(', '),
    ]);
  const all = graph.layers.map(({ layer }) => layer);
  const rows = [['Layer (type)', 'Output shape', 'Param #', 'Connected to'], ...cells].map((row) =>
    row.slice(0, chain ? 3 : 4),
  );
  const [head, rule, ...lines] = textTable(rows, 2, columns);
  return [
    head,
    rule,
    ...lines,
    rule,
    `Total params: ${count(all)}`,
    `Trainable params: ${count(all, true)}`,
    `Non-trainable params: ${count(all, false)}`,
  ].join('\n');
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
