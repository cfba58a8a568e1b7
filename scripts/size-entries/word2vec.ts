// Trains word vectors. The bundle must not contain readers of files, GloVe and evaluation.
import { word2vec } from '@chainrule/embeddings';

const vectors = await word2vec([['to', 'be', 'or', 'not', 'to', 'be']], { minCount: 1 });
console.log(vectors.neighbors('be'));
