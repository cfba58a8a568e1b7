export type { DrawOptions } from './drawOptions.ts';
export {
  type BarFigure,
  type CategoryFigure,
  type CellFigure,
  type Figure,
  type GraphEdge,
  type GraphFigure,
  type GraphNode,
  type Heights,
  type ImageFigure,
  type LineFigure,
  type NamedPoint,
  type PanelFigure,
  type ParallelAxis,
  type ParallelFigure,
  type Path,
  type Picture,
  type Point,
  type PointFigure,
  type Range,
  type Regions,
  type Series,
  type SurfaceFigure,
  type TokenFigure,
} from './figure.ts';
export { type ActivationsOptions, plotActivations } from './figures/plotActivations.ts';
export { type AttentionOptions, plotAttention } from './figures/plotAttention.ts';
export { counted } from './figures/counted.ts';
export {
  type ConfusionMatrixOptions,
  plotConfusionMatrix,
  type PredictionsAndLabels,
} from './figures/plotConfusionMatrix.ts';
export {
  type BinaryPredictions,
  type CalibrationFigureOptions,
  type CurveFigureOptions,
  type LabelsAndScores,
  plotCalibration,
  plotPrecisionRecall,
  plotRoc,
} from './figures/plotCurves.ts';
export { descentPath, type DescentPathOptions } from './figures/descentPath.ts';
export { type ClassBalanceOptions, plotClassBalance } from './figures/plotClassBalance.ts';
export { type DescentOptions, type PlaneFunction, plotDescent } from './figures/plotDescent.ts';
export { plotTokens, type TokensOptions } from './figures/plotTokens.ts';
export { plotWeightBars, type WeightBarsOptions } from './figures/plotWeightBars.ts';
export { type DecisionRegionsOptions, plotDecisionRegions } from './figures/plotDecisionRegions.ts';
export { type EmbeddingOptions, plotEmbedding } from './figures/plotEmbedding.ts';
export { type Tsne, tsne, type TsneOptions, type TsneProgress } from './tsne/tsne.ts';
export { type FiltersOptions, plotFilters } from './figures/plotFilters.ts';
export { type GatedLayer, type GatesOptions, plotGates } from './figures/plotGates.ts';
export { type GradCamOptions, plotGradCam } from './figures/plotGradCam.ts';
export { type GradientsOptions, plotGradients } from './figures/plotGradients.ts';
export { type MaximizedOptions, plotMaximized } from './figures/plotMaximized.ts';
export { type OcclusionOptions, plotOcclusion } from './figures/plotOcclusion.ts';
export { plotReconstructions, type ReconstructionsOptions } from './figures/plotReconstructions.ts';
export { plotSaliency, type SaliencyOptions } from './figures/plotSaliency.ts';
export {
  type LearningRateOptions,
  plotLearningRate,
  plotRangeTest,
  type RangeTestFigureOptions,
} from './figures/plotLearningRate.ts';
export type { Distribution } from './training/distribution.ts';
export {
  type GradientSizesOptions,
  type HistogramsOverTimeOptions,
  plotGradientSizes,
  plotHistogramsOverTime,
} from './training/plotRecords.ts';
export {
  type Probe,
  recordTraining,
  type RecordTrainingOptions,
  type TrainingRecord,
  type TrainingRecorder,
} from './training/recordTraining.ts';
export { type Forecast, type ForecastOptions, plotForecast } from './figures/plotForecast.ts';
export { type HeatMapOptions, plotHeatMap } from './figures/plotHeatMap.ts';
export { type ModelFigureOptions, plotModel } from './figures/plotModel.ts';
export { type HistogramOptions, plotHistogram, plotWeights } from './figures/plotHistogram.ts';
export { type History, type HistoryOptions, plotHistory } from './figures/plotHistory.ts';
export {
  type ImagesOptions,
  type MisclassifiedOptions,
  plotImages,
  plotMisclassified,
  plotTopLosses,
} from './figures/plotImages.ts';
export {
  type ParallelCoordinatesOptions,
  plotParallelCoordinates,
  type TrialAxis,
} from './figures/plotParallelCoordinates.ts';
export {
  plotRegression,
  plotResiduals,
  type PredictionsAndTargets,
  type RegressionOptions,
} from './figures/plotRegression.ts';
export { type NamedColumns, plotScatterMatrix, type ScatterMatrixOptions } from './figures/plotScatterMatrix.ts';
export type { Numbers, NumberTable } from './figures/values.ts';
export type { Theme } from './svg/theme.ts';
export { toElement } from './toElement.ts';
export { type TextOptions, toText } from './toText.ts';
