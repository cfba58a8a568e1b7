// Loads a model of dense layers and uses it, in plain JavaScript.
import { dense } from '@chainrule/layers-dense';
import { decodeModel } from '@chainrule/model';
import { relu, tensor } from '@chainrule/tensor';

const bytes = new Uint8Array(await (await fetch('model.safetensors')).arrayBuffer());
const model = await decodeModel(bytes, { layers: { dense }, activations: { relu } });
console.log(model.call(tensor([[1, 2]])));
