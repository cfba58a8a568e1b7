// Gives what notebooks show of tensors, variables, histories, confusion matrices, models, tables and figures: a method under the
// symbol that Deno's Jupyter kernel calls. It returns contents by MIME type.
import { CsvTable } from '@chainrule/data-loaders';
import { type ConfusionMatrix, confusionMatrix } from '@chainrule/metrics';
import { functional, History, input, type Model } from '@chainrule/model';
import { Tensor, Variable } from '@chainrule/tensor';
import { type Figure, figurePrototype } from './figure.ts';
import * as displays from './notebook/displays.node.ts';

const display = Symbol.for('Jupyter.display');

/** What all values of this kind inherit. */
function prototypeOf(value: object): object {
  return Object.getPrototypeOf(value) as object;
}

function show<T extends object>(
  prototype: object,
  method: (value: T) => displays.MimeBundle | Promise<displays.MimeBundle>,
): void {
  Object.defineProperty(prototype, display, {
    configurable: true,
    value(this: T) {
      return method(this);
    },
  });
}

show<Tensor>(Tensor.prototype, displays.displayTensor);
show<Variable>(Variable.prototype, (variable) => displays.displayTensor(variable.value));
show<History>(History.prototype, displays.displayHistory);
show<ConfusionMatrix>(prototypeOf(confusionMatrix({ classes: 2 })), displays.displayConfusionMatrix);
const x = input([1]);
show<Model>(prototypeOf(functional(x, x)), displays.displayModel);
show<CsvTable>(CsvTable.prototype, displays.displayTable);
show<Figure>(figurePrototype, displays.displayFigure);
