import {
  aBoolean,
  aCount,
  aString,
  type Check,
  checkThat,
  integerFrom,
  listOf,
  oneOf,
  optional,
  refuse,
} from '@chainrule/errors/check';
import type { Figure } from './figure.ts';

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isNumbers =
  (length: number) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length === length && value.every(isNumber);

const names = listOf('a list of strings', aString);
const aNumber = checkThat('a number', isNumber);
const common = { title: aString, description: optional(aString) };
const axes = { ...common, x: aString, y: aString };

/** The check of an object with the given entries, and what holds between them. */
function record(expectation: string, entries: Readonly<Record<string, Check>>, more?: Check): Check {
  return (op, name, value) => {
    if (typeof value !== 'object' || value === null) refuse(op, name, expectation, value);
    for (const [key, check] of Object.entries(entries))
      check(op, `${name}.${key}`, (value as Readonly<Record<string, unknown>>)[key]);
    more?.(op, name, value);
  };
}

const points = listOf('a list of points [x, y]', checkThat('[x, y]', isNumbers(2)));
const paths = listOf('a list of paths', record('a path', { name: aString, points }));
const series = record('a series', {
  name: aString,
  points,
  dashed: optional(aBoolean),
  color: optional(integerFrom(0)),
  band: optional(listOf('a list of [x, low, high]', checkThat('[x, low, high]', isNumbers(3)))),
});

const point = record('a point', { x: aNumber, y: aNumber, name: optional(aString), group: optional(aString) });

const picture = record(
  'an image',
  {
    width: aCount,
    height: aCount,
    channels: oneOf(1, 3, 4),
    data: checkThat('a Uint8Array', (value) => value instanceof Uint8Array),
    caption: aString,
    marked: optional(aBoolean),
  },
  (op, name, value) => {
    const { width, height, channels, data } = value as {
      width: number;
      height: number;
      channels: number;
      data: Uint8Array;
    };
    const size = width * height * channels;
    if (data.length !== size) refuse(op, `${name}.data`, `height × width × channels = ${size} bytes`, data.length);
  },
);

const node = record('a box', { title: aString, lines: optional(names), group: optional(aString) });
const edge = record('an arrow', { from: integerFrom(0), to: integerFrom(0), label: optional(aString) });

/** Arrows begin and end at boxes. */
const edgesFit: Check = (op, name, value) => {
  const { nodes, edges } = value as Extract<Figure, { kind: 'graph' }>;
  const stray = edges.find(({ from, to }) => Math.max(from, to) >= nodes.length);
  if (stray) refuse(op, `${name}.edges`, `arrows between the ${nodes.length} boxes`, stray);
  checkGroups(op, `${name}.nodes`, 'boxes', value as Extract<Figure, { kind: 'graph' }>, nodes);
};

const aRange = checkThat('[from, to]', isNumbers(2));
const regions: Check = record('regions', {
  x: aRange,
  y: aRange,
  groups: listOf('rows of groups', listOf('a row of groups', integerFrom(0))),
});

/** Refuses members of groups that the figure does not list. */
function checkGroups(
  op: string,
  name: string,
  what: string,
  { groups }: { readonly groups?: readonly string[] },
  members: readonly { readonly group?: string }[],
): void {
  const stray = groups && members.find(({ group }) => group !== undefined && !groups.includes(group));
  if (stray) refuse(op, name, `${what} of the groups ${groups.join(', ')}`, stray.group);
}

/** Every point belongs to one of the groups, and rows of regions are as long. */
const groupsFit: Check = (op, name, value) => {
  const figure = value as Extract<Figure, { kind: 'points' }>;
  const { points, regions: all } = figure;
  checkGroups(op, `${name}.points`, 'points', figure, points);
  if (all && new Set(all.groups.map((row) => row.length)).size !== 1)
    refuse(op, `${name}.regions.groups`, 'rows of the same length', all.groups);
};

const rowsOfNumbers = listOf('rows of numbers', listOf('a row of numbers', aNumber));

/** As many rows and columns as names. */
const tableFits: Check = (op, name, value) => {
  const { columns, rows, values, labels } = value as Extract<Figure, { kind: 'cells' }>;
  for (const [key, table] of Object.entries({ values, ...(labels && { labels }) }))
    if (table.length !== rows.length || table.some((row) => row.length !== columns.length))
      refuse(op, `${name}.${key}`, `${rows.length} rows of ${columns.length}, as there are names`, table);
};

/** As many numbers as names. */
const namesFit: Check = (op, name, value) => {
  const { names: all, bars } = value as Extract<Figure, { kind: 'categories' }>;
  for (const { values } of bars)
    if (values.length !== all.length) refuse(op, `${name}.bars`, `${all.length} numbers, as there are names`, values);
};

/** A rectangle, and rows that are as long. */
const heightsFit: Check = (op, name, value) => {
  const { heights } = value as Extract<Figure, { kind: 'surface' }>;
  for (const axis of ['x', 'y'] as const)
    if (!(heights[axis][0] < heights[axis][1])) refuse(op, `${name}.heights.${axis}`, 'from < to', heights[axis]);
  const columns = heights.values[0]?.length ?? 0;
  if (columns === 0 || heights.values.some((row) => row.length !== columns))
    refuse(op, `${name}.heights.values`, 'rows of the same length, at least 1', heights.values);
};

const parallelAxis = record('an axis', {
  name: aString,
  values: listOf(
    'a list of values',
    checkThat('a number or a string', (value) => isNumber(value) || typeof value === 'string'),
  ),
  scale: optional(oneOf('linear', 'log')),
});

/** As many values on each axis, and numbers on the last. */
const axesFit: Check = (op, name, value) => {
  const { axes } = value as Extract<Figure, { kind: 'parallel' }>;
  const scores = axes.at(-1)?.values ?? [];
  if (!scores.every(isNumber)) refuse(op, `${name}.axes`, 'numbers on the last axis', scores);
  for (const { values } of axes)
    if (values.length !== scores.length) refuse(op, `${name}.axes`, `${scores.length} values on each axis`, values);
};

/** As many weights as tokens. */
const weightsFit: Check = (op, name, value) => {
  const { tokens, weights } = value as Extract<Figure, { kind: 'tokens' }>;
  if (weights.length !== tokens.length)
    refuse(op, `${name}.weights`, `as many as tokens, ${tokens.length}`, weights.length);
};

const numbers = listOf('a list of numbers', aNumber);

/** Two edges at least, and as many counts as bins. */
const binsFit: Check = (op, name, value) => {
  const { edges, bars } = value as Extract<Figure, { kind: 'bars' }>;
  if (edges.length < 2) refuse(op, `${name}.edges`, 'at least 2 edges', edges);
  for (const { counts } of bars)
    if (counts.length !== edges.length - 1)
      refuse(op, `${name}.bars`, `${edges.length - 1} counts, as there are bins`, counts);
};

const checks: Record<Figure['kind'], Check> = {
  lines: record('a figure', {
    ...axes,
    scale: optional(oneOf('linear', 'log')),
    xScale: optional(oneOf('linear', 'log')),
    series: listOf('a list of series', series),
  }),
  cells: record(
    'a figure',
    {
      ...axes,
      columns: names,
      rows: names,
      values: rowsOfNumbers,
      scale: aString,
      labels: optional(listOf('rows of texts', names)),
    },
    tableFits,
  ),
  points: record(
    'a figure',
    {
      ...axes,
      points: listOf('a list of points', point),
      groups: optional(names),
      regions: optional(regions),
      lines: optional(paths),
    },
    groupsFit,
  ),
  bars: record(
    'a figure',
    {
      ...axes,
      edges: numbers,
      bars: listOf('a list of groups', record('a group', { name: aString, counts: numbers })),
    },
    binsFit,
  ),
  categories: record(
    'a figure',
    {
      ...axes,
      names,
      bars: listOf('a list of groups', record('a group', { name: aString, values: numbers })),
    },
    namesFit,
  ),
  surface: record(
    'a figure',
    {
      ...axes,
      heights: record('heights', { x: aRange, y: aRange, values: rowsOfNumbers }),
      scale: aString,
      levels: optional(oneOf('linear', 'log')),
      paths: optional(paths),
    },
    heightsFit,
  ),
  parallel: record(
    'a figure',
    { ...common, axes: listOf('a list of axes', parallelAxis), best: oneOf('greatest', 'least') },
    axesFit,
  ),
  tokens: record('a figure', { ...common, tokens: names, weights: numbers, scale: aString }, weightsFit),
  images: record('a figure', { ...common, images: listOf('a list of images', picture) }),
  graph: record(
    'a figure',
    {
      ...common,
      nodes: listOf('a list of boxes', node),
      edges: listOf('a list of arrows', edge),
      groups: optional(names),
      direction: optional(oneOf('down', 'right')),
    },
    edgesFit,
  ),
  panels: record('a figure', {
    ...common,
    panels: listOf('a list of figures', (...args) => aFigure(...args)),
    columns: optional(aCount),
  }),
};

const aKind: Check = oneOf(...Object.keys(checks));

/** Checks all parts of a figure. */
export const aFigure: Check = (op, name, value) => {
  if (typeof value !== 'object' || value === null) refuse(op, name, 'a figure', value);
  const { kind } = value as Figure;
  aKind(op, `${name}.kind`, kind);
  checks[kind](op, name, value);
};
