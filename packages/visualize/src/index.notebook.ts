// Gives what notebooks show of tensors, variables, histories, confusion matrices, models, tables and figures: a method under the
// symbol that Deno's Jupyter kernel calls. It returns contents by MIME type.
import { CsvTable } from '@chainrule/data-loaders';
import { type ConfusionMatrix, confusionMatrixPrototype } from '@chainrule/metrics';
import { History, type Model, modelPrototype } from '@chainrule/model';
import { Tensor, Variable } from '@chainrule/tensor';
import { type Figure, figurePrototype } from './figure.ts';
import * as displays from './notebook/displays.node.ts';

const display = Symbol.for('Jupyter.display');

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
show<ConfusionMatrix>(confusionMatrixPrototype, displays.displayConfusionMatrix);
show<Model>(modelPrototype, displays.displayModel);
show<CsvTable>(CsvTable.prototype, displays.displayTable);
show<Figure>(figurePrototype, displays.displayFigure);
