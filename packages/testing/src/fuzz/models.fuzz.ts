import { checkModel } from '../models/checkModel.ts';
import { layersOf, randomModels } from '../models/randomModel.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'models',
  summary: 'random models are trained alike on the reference and on WebAssembly',
  inputs: randomModels,
  limits: { seconds: 60, megabytes: 1000 },
  quick: 6,
  check: checkModel,
  show: ({ layers: _, ...model }) => `${JSON.stringify(model)}\n${layersOf({ layers: _, ...model }).names.join('\n')}`,
});
export default fuzzer;
