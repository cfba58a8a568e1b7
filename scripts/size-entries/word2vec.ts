// Trains word vectors: readers of files, GloVe and evaluation must fall out of the bundle.
import { word2vec } from '@chainrule/embeddings';

const vectors = await word2vec([['to', 'be', 'or', 'not', 'to', 'be']], { minCount: 1 });
console.log(vectors.neighbors('be'));
