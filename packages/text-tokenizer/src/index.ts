export type { AddedToken } from './addedTokens.ts';
export { Aligned, rewrite, transform } from './aligned.ts';
export { byteFallbackDecoder } from './decoders/byteFallbackDecoder.ts';
export { byteLevelDecoder } from './decoders/byteLevelDecoder.ts';
export { ctcDecoder, type CtcDecoderOptions } from './decoders/ctcDecoder.ts';
export { decoderSequence } from './decoders/decoderSequence.ts';
export { fuseDecoder } from './decoders/fuseDecoder.ts';
export { metaspaceDecoder } from './decoders/metaspaceDecoder.ts';
export { replaceDecoder } from './decoders/replaceDecoder.ts';
export { stripDecoder } from './decoders/stripDecoder.ts';
export { suffixDecoder } from './decoders/suffixDecoder.ts';
export { wordPieceDecoder, type WordPieceDecoderOptions } from './decoders/wordPieceDecoder.ts';
export type { Encoding, Word } from './encoding.ts';
export type { Json } from './json.ts';
export { bpe, type BpeOptions } from './models/bpe.ts';
export { unigram, type UnigramOptions } from './models/unigram.ts';
export { Vocabulary } from './models/vocabulary.ts';
export type { UnknownOptions } from './models/wordBuilder.ts';
export { wordLevel, type WordLevelOptions } from './models/wordLevel.ts';
export { wordPiece, type WordPieceOptions } from './models/wordPiece.ts';
export { bertNormalizer, type BertNormalizerOptions } from './normalizers/bertNormalizer.ts';
export { byteNormalizer } from './normalizers/byteNormalizer.ts';
export { lowercase } from './normalizers/lowercase.ts';
export { nmt } from './normalizers/nmt.ts';
export { normalizerSequence } from './normalizers/normalizerSequence.ts';
export { precompiled } from './normalizers/precompiled.ts';
export { prependText } from './normalizers/prependText.ts';
export { replacePattern } from './normalizers/replacePattern.ts';
export { stripAccents } from './normalizers/stripAccents.ts';
export { stripSpaces, type StripSpacesOptions } from './normalizers/stripSpaces.ts';
export { unicodeForm, type UnicodeForm } from './normalizers/unicodeForm.ts';
export { type PadDType, padSequences, type PadSequencesOptions, type Padded } from './padSequences.ts';
export type { Finder, Pattern } from './pattern.ts';
export { bertProcessing, type SpecialToken } from './postProcessors/bertProcessing.ts';
export { byteLevelProcessing, type ByteLevelProcessingOptions } from './postProcessors/byteLevelProcessing.ts';
export { processorSequence } from './postProcessors/processorSequence.ts';
export { robertaProcessing, type RobertaProcessingOptions } from './postProcessors/robertaProcessing.ts';
export { template, type TemplateOptions, type TemplatePart } from './postProcessors/template.ts';
export { byteLevel, type ByteLevelOptions } from './preTokenizers/byteLevel.ts';
export { metaspace, type MetaspaceOptions } from './preTokenizers/metaspace.ts';
export { preTokenizerSequence } from './preTokenizers/preTokenizerSequence.ts';
export { splitDigits, type SplitDigitsOptions } from './preTokenizers/splitDigits.ts';
export { splitLength } from './preTokenizers/splitLength.ts';
export { type SplitBehavior, splitPattern, type SplitPatternOptions } from './preTokenizers/splitPattern.ts';
export { splitPunctuation } from './preTokenizers/splitPunctuation.ts';
export { splitScripts } from './preTokenizers/splitScripts.ts';
export { segmentWords, splitSegments } from './preTokenizers/splitSegments.ts';
export { splitBertWords, splitWhitespace, splitWords } from './preTokenizers/splitWords.ts';
export { readTokenizer, type ReadTokenizerOptions } from './readTokenizer.ts';
export type { Decoder, Model, Normalizer, PostProcessor, PreTokenizer } from './pipeline.ts';
export { textLines, type TextLinesOptions } from './textLines.ts';
export { type DecodeOptions, type EncodeOptions, Tokenizer, type TokenizerOptions } from './tokenizer.ts';
export type { TrainOptions } from './trainers/checkTraining.ts';
export { countWords, countWordsAsync, type WordSteps } from './trainers/countWords.ts';
export type { MergeOptions } from './trainers/learnMerges.ts';
export { byteAlphabet, trainBpe, type TrainBpeOptions } from './trainers/trainBpe.ts';
export { trainUnigram, type TrainUnigramOptions } from './trainers/trainUnigram.ts';
export { trainWordPiece, type TrainWordPieceOptions } from './trainers/trainWordPiece.ts';
export {
  type MatrixMode,
  type TextMatrix,
  WordTokenizer,
  type WordTokenizerJson,
  type WordTokenizerOptions,
} from './wordTokenizer.ts';
