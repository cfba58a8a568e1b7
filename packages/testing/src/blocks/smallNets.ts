import { conv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import { dense } from '@chainrule/layers-dense';
import { lstm, type RecurrentLayer } from '@chainrule/layers-recurrent';
import { input, type Model, sequential } from '@chainrule/model';
import { tanh } from '@chainrule/tensor';

/** Six filters, whose means decide between three classes. */
export function smallClassifier(): Model {
  return sequential(
    input([16, 16, 1]),
    conv2d({ filters: 6, kernelSize: 5, activation: tanh }),
    globalAveragePool2d(),
    dense(3),
  ).build({ seed: 2 });
}

/** One filter, from images to images. */
export function smallFilter(): Model {
  return sequential(input([16, 16, 1]), conv2d({ filters: 1, kernelSize: 3, padding: 'same' })).build({ seed: 1 });
}

/** A built LSTM of 8 units for sequences of 2 features. */
export function smallLstm(): RecurrentLayer {
  const layer = lstm(8);
  sequential(input([null, 2]), layer).build({ seed: 1 });
  return layer;
}
