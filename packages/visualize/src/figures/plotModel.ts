import { showShape } from '@chainrule/errors';
import { aBoolean, aString, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { isModelLayer, type Model } from '@chainrule/model';
import { treeLeaves } from '@chainrule/tensor/graph';
import { figureOf, type GraphEdge, type GraphFigure, type GraphNode, type PanelFigure } from '../figure.ts';

type Graph = Model['~graph'];
type Layer = Graph['layers'][number]['layer'];
type Application = Graph['nodes'][number];

/** Options of {@link plotModel}. */
export interface ModelFigureOptions<Nested extends boolean = boolean> {
  /** Whether models that are layers have panels of their own, by default false. */
  readonly nested?: Nested;
  /** Where arrows point, by default down. A graph that is too wide for `right` points down, too. */
  readonly direction?: 'down' | 'right';
  readonly title?: string;
}

const groups = ['input', 'trainable', 'frozen'];

/**
 * The layers of a model with their types, output shapes and numbers of parameters, and what each takes. A layer that is applied
 * several times has a box for each application; they share its parameters. Colors tell
 * trainable layers from frozen ones; layers without parameters are gray.
 *
 * @param model - built or not; without `build`, numbers of parameters are missing
 * @returns a graph; with `nested`, panels: the model, then each model in it
 * @throws OptionError for something other than a model
 * @example
 * const model = sequential(input([28, 28]), flatten(), dense(10)).build();
 * plotModel(model).nodes.map(({ title, lines }) => [title, ...lines]); // => [['input','[?,28,28]'],['flatten','[?,784]'],['dense','[?,10]','7,850 parameters']]
 */
export function plotModel(model: Model, options?: ModelFigureOptions<false>): GraphFigure;
export function plotModel(model: Model, options: ModelFigureOptions<true>): PanelFigure<GraphFigure>;
export function plotModel(model: Model, options?: ModelFigureOptions): GraphFigure | PanelFigure<GraphFigure>;
export function plotModel(model: Model, options: ModelFigureOptions = {}): GraphFigure | PanelFigure<GraphFigure> {
  const checks = { nested: aBoolean, direction: oneOf('down', 'right'), title: aString };
  checkOptions('plotModel', options, checks);
  if (typeof (model as Partial<Model> | null)?.output !== 'function') refuse('plotModel', 'model', 'a model', model);
  const { nested = false, direction = 'down', title } = options;
  if (!nested) return figureOfModel(model, title ?? model.name, direction);
  const all = [[model.name, model] as const, ...innerModels(model)];
  return figureOf({
    kind: 'panels',
    title: title ?? `${model.name} and the models in it`,
    panels: all.map(([path, one]) => figureOfModel(one, path, direction)),
  });
}

function figureOfModel(model: Model, title: string, direction: 'down' | 'right'): GraphFigure {
  const graph = model['~graph'];
  const built = graph.layers.every(({ layer }) => layer.built);
  const inputs = graph.inputs.map(({ shape }, i): GraphNode => {
    return { title: graph.inputNames[i]!, lines: [shapeOf(shape)], group: 'input' };
  });
  const nodes = [...inputs, ...graph.nodes.map((node) => boxOf(model, node, built))];
  return figureOf({
    kind: 'graph',
    title,
    description: describeModel(model, built, nodes),
    nodes,
    edges: graph.nodes.flatMap((node, i) => edgesTo(graph, node, inputs.length + i)),
    groups,
    direction,
  });
}

function boxOf(model: Model, node: Application, built: boolean): GraphNode {
  const { layer, outputs } = node;
  const graph = model['~graph'];
  const title = graph.pathOf(layer);
  const type = isModelLayer(layer) ? 'model' : layer.type;
  const applied = graph.nodes.filter((other) => other.layer === layer);
  const shared = applied.length > 1 ? [`shared, ${applied.indexOf(node) + 1} of ${applied.length}`] : [];
  const names = outputNames(model).filter(([value]) => outputs.includes(value));
  const lines = [
    ...(title.replace(/_\d+$/, '') === type ? [] : [type]),
    ...functionsOf(layer),
    ...outputs.map(({ shape }) => shapeOf(shape)),
    ...(built ? countsOf(layer) : []),
    ...shared,
    ...names.map(([, name]) => `output ${name}`),
  ];
  const group = built && groupOf(layer);
  return { title, lines, ...(group && { group }) };
}

/** The names of the functions that a layer applies to its result. */
function functionsOf(layer: Layer): string[] {
  const given = layer
    .config()
    .flatMap((argument) => [argument, (argument as { activation?: unknown } | null)?.activation]);
  return given.flatMap((value) => (typeof value === 'function' && value.name ? [value.name] : []));
}

function shapeOf(shape: readonly number[]): string {
  return showShape([Infinity, ...shape]);
}

/** The numbers of elements of a layer's variables, each once. */
function parametersOf(layers: readonly Layer[]): { readonly total: number; readonly trainable: number } {
  const variables = [...new Set(layers.flatMap((layer) => layer.variables()).map(({ value }) => value))];
  const count = (all: typeof variables): number => all.reduce((sum, { value }) => sum + value.size, 0);
  return { total: count(variables), trainable: count(variables.filter(({ trainable }) => trainable)) };
}

function countsOf(layer: Layer): string[] {
  const { total, trainable } = parametersOf([layer]);
  if (total === 0) return [];
  const fixed = total - trainable;
  return [parameters(total), ...(fixed > 0 && trainable > 0 ? [`${grouped(fixed)} non-trainable`] : [])];
}

function groupOf(layer: Layer): string | undefined {
  const { total, trainable } = parametersOf([layer]);
  return total === 0 ? undefined : trainable === 0 ? 'frozen' : 'trainable';
}

/** The outputs by name, where there are several. */
function outputNames({ outputs }: Model): [value: Application['outputs'][number], name: string][] {
  const leaves = treeLeaves(outputs);
  if (leaves.length < 2) return [];
  return leaves.map(({ leaf, path }) => [leaf as Application['outputs'][number], path.replace(/^\[(\d+)\]$/, '$1')]);
}

/** One arrow from each box that an application takes values of. Those of a layer with several outputs have labels. */
function edgesTo(graph: Graph, { inputs }: Application, to: number): GraphEdge[] {
  const placeOf = (value: Application['inputs'][number]): number => {
    const at = graph.nodes.findIndex(({ outputs }) => outputs.includes(value));
    return at < 0 ? graph.inputs.indexOf(value) : graph.inputs.length + at;
  };
  return [...new Set(inputs.map(placeOf))].map((from) => {
    const outputs = graph.nodes[from - graph.inputs.length]?.outputs ?? [];
    const taken = inputs.flatMap((value) => (outputs.includes(value) ? [outputs.indexOf(value) + 1] : []));
    return {
      from,
      to,
      ...(outputs.length > 1 && { label: `output${taken.length > 1 ? 's' : ''} ${taken.join(', ')}` }),
    };
  });
}

/** The models inside of a model, each once, with their paths. */
function innerModels(model: Model): [path: string, inner: Model][] {
  const found = new Map<Model, string>();
  const visit = (one: Model, prefix: string): void => {
    for (const { path, layer } of one['~graph'].layers) {
      if (!isModelLayer(layer) || found.has(layer.model)) continue;
      found.set(layer.model, prefix + path);
      visit(layer.model, `${prefix}${path}/`);
    }
  };
  visit(model, '');
  return [...found].map(([inner, path]) => [path, inner]);
}

function describeModel(model: Model, built: boolean, nodes: readonly GraphNode[]): string {
  const { total, trainable } = built ? parametersOf(model.layers) : { total: 0, trainable: 0 };
  const counts = built ? ` with ${parameters(total)}, of which ${grouped(trainable)} are trainable` : '';
  const shown = nodes.slice(0, 30).map(({ title, lines = [] }) => `${title} ${lines.join(' ')}`);
  const more = nodes.length > 30 ? ` and ${nodes.length - 30} more` : '';
  return `A model of ${model.layers.length} layers${counts}: ${shown.join(', ')}${more}.`;
}

function parameters(count: number): string {
  return `${grouped(count)} parameter${count === 1 ? '' : 's'}`;
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
