import { digitsOfMnist } from './digits.ts';
import type { Experiment } from './experiment.ts';
import { fashionMlp } from './fashionMlp.ts';
import { mnistTenPercent } from './mnistTenPercent.ts';
import { pipelineFigures } from './pipelines.ts';

/** All experiments, in the order of the page. */
export const experiments: readonly Experiment[] = [mnistTenPercent, fashionMlp, digitsOfMnist, pipelineFigures];
