import * as models from '@chainrule/model/node';
import { onDefault } from './onDefault.ts';

export const loadModel: typeof models.loadModel = /* @__PURE__ */ onDefault(models.loadModel);
