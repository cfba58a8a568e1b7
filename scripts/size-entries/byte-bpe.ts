// Trains and uses one kind of tokenizer. The bundle must not contain the others.
import { byteAlphabet, byteLevel, byteLevelDecoder, countWords, Tokenizer, trainBpe } from '@chainrule/text-tokenizer';

const steps = { preTokenizer: byteLevel() };
const model = trainBpe(countWords(['to be or not to be'], steps), { vocabSize: 300, initialAlphabet: byteAlphabet });
const tokenizer = new Tokenizer({ ...steps, model, decoder: byteLevelDecoder() });
console.log(tokenizer.decode(tokenizer.encode('to be').ids));
