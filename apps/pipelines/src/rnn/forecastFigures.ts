import { median } from '@chainrule/compiler/backend';
import { counted, type LineFigure, type Series } from '@chainrule/visualize';
import { textTable } from '../textTable.ts';
import { forecasters, type Errors, half, horizon, type Outcome } from './compareForecasters.ts';
import type { Wave, WaveName } from './waves.ts';

/** The number of plotted steps. */
const shown = 80;

/** The outcomes for a wave, `[model][seed]`: plots the first seed's forecasts and the median errors. */
export function forecastFigures(
  signal: WaveName,
  { clean, seen }: Wave,
  outcomes: readonly (readonly Outcome[])[],
): LineFigure[] {
  const x = 'step after the last that was trained on';
  const each = (values: (outcome: Outcome) => readonly number[]): Series[] =>
    forecasters.map(({ name }, i) => counted(name, values(outcomes[i]![0]!).slice(0, shown)));
  const spread = forecasters.map(({ name }, i) =>
    counted(
      name,
      Array.from({ length: horizon }, (_, step) => median(outcomes[i]!.map(({ errorsAhead }) => errorsAhead[step]!))),
    ),
  );
  const drawn = (values: readonly number[]): number[] => values.slice(half, half + shown);
  return [
    {
      kind: 'lines',
      title: `${signal}, one step ahead`,
      x,
      y: 'forecast',
      series: [counted('seen', drawn(seen)), ...each(({ oneStep }) => oneStep)],
    },
    {
      kind: 'lines',
      title: `${signal}, from its own forecasts`,
      x,
      y: 'forecast',
      series: [counted('truth', drawn(clean)), ...each(({ whole }) => whole)],
    },
    {
      kind: 'lines',
      title: `${signal}, errors`,
      x: 'steps ahead',
      y: 'root mean square, median of the seeds',
      series: spread,
    },
  ];
}

/** One line for each wave and model. */
export function errorTable(rows: readonly (readonly [wave: string, contender: string, errors: Errors])[]): string {
  const lines = rows.map(([wave, contender, { oneStep, ahead, whole }]) => [
    wave,
    contender,
    ...[oneStep, ahead, whole].map((error) => error.toFixed(4)),
  ]);
  return `root mean square errors on the second half, medians of the seeds; a forecast of 0 has ${Math.SQRT1_2.toFixed(4)}\n${textTable([['wave', 'model', 'one step', `${horizon} steps`, 'whole half'], ...lines])}`;
}
