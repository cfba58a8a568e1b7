import type { Adapters } from '../adapter.ts';
import { activations } from './activations.ts';
import { attentions } from './attention.ts';
import { convolutions } from './conv.ts';
import { creations } from './creation.ts';
import { elementwise } from './elementwise.ts';
import { indexings } from './indexing.ts';
import { lossFunctions } from './losses.ts';
import { normalizations } from './normalization.ts';
import { optimizers } from './optimizers.ts';
import { poolings } from './pooling.ts';
import { products } from './products.ts';
import { recurrentLayers } from './recurrent.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shape.ts';

/** The adapters of all golden ops. The report counts ops that are missing here as not implemented. */
export const adapters: Adapters = {
  ...elementwise,
  ...activations,
  ...reductions,
  ...products,
  ...convolutions,
  ...poolings,
  ...normalizations,
  ...recurrentLayers,
  ...attentions,
  ...lossFunctions,
  ...optimizers,
  ...shapes,
  ...indexings,
  ...creations,
};
