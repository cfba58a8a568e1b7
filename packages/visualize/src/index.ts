export type { DrawOptions } from './drawOptions.ts';
export {
  type CellFigure,
  type Figure,
  type ImageFigure,
  type LineFigure,
  type NamedPoint,
  type PanelFigure,
  type Picture,
  type Point,
  type PointFigure,
  type Series,
} from './figure.ts';
export { counted } from './figures/counted.ts';
export {
  type ConfusionMatrixOptions,
  plotConfusionMatrix,
  type PredictionsAndLabels,
} from './figures/plotConfusionMatrix.ts';
export { type Forecast, type ForecastOptions, plotForecast } from './figures/plotForecast.ts';
export { type HeatMapOptions, plotHeatMap } from './figures/plotHeatMap.ts';
export { type History, type HistoryOptions, plotHistory } from './figures/plotHistory.ts';
export { type ImagesOptions, type MisclassifiedOptions, plotImages, plotMisclassified } from './figures/plotImages.ts';
export type { Numbers, NumberTable } from './figures/values.ts';
export type { Theme } from './svg/theme.ts';
export { toElement } from './toElement.ts';
export { type TextOptions, toText } from './toText.ts';
