import { OptionError } from '@chainrule/errors';

/** The state of a search: one row for each hypothesis. The hypotheses of a sentence are adjacent. */
export interface Frontier {
  /** For each row, the row of the previous step that it continues. */
  readonly origins: Int32Array;
  /** For each row, its next token. */
  readonly tokens: Int32Array;
}

/** Scores of the next tokens, and the state for the next step. */
export interface SearchStep<State> {
  readonly state: State;
  /** `[rows, tokens]`; −Infinity for tokens that must not follow. */
  readonly logProbabilities: ArrayLike<number>;
}

/** The options of a search. */
export interface BeamSearch<State> {
  readonly sentences: number;
  /** The number of hypotheses kept for each sentence. 1 is greedy search. */
  readonly width: number;
  readonly startToken: number;
  readonly endToken: number;
  /** The maximum number of tokens in a result. */
  readonly maxLength: number;
  /**
   * α of the length penalty: hypotheses are compared by log p / ((5 + length) / 6)^α, where the length includes the end token
   * (Wu et al. 2016, equation 14). Without a penalty, short results win. Default 0.6; 0 compares probabilities.
   */
  readonly lengthPenalty?: number;
  readonly first: State;
  /** Always of `sentences · width` rows, so that one compiled program suffices. */
  readonly step: (state: State, frontier: Frontier) => SearchStep<State> | Promise<SearchStep<State>>;
}

/** A result: its tokens without start and end, and their log-probability, including the end token. */
export interface Hypothesis {
  readonly tokens: readonly number[];
  readonly logProbability: number;
}

/** A hypothesis: the beginning of a sentence. */
interface Live extends Hypothesis {
  readonly row: number;
}

interface Candidate {
  readonly from: Live;
  readonly token: number;
  readonly logProbability: number;
}

/** The state of one sentence. */
interface Beam {
  live: readonly Live[];
  best: (Hypothesis & { readonly score: number }) | undefined;
}

/**
 * Beam search: keeps the `width` best hypotheses of each sentence at every length, and returns the most probable result.
 * All sentences advance together. A sentence is finished when no hypothesis can become better than its best result. A
 * hypothesis that reaches `maxLength` counts as a result.
 *
 * @throws OptionError for a width, a number of sentences or a length below 1
 */
export async function beamSearch<State>(search: BeamSearch<State>): Promise<Hypothesis[]> {
  const { sentences, width, startToken, maxLength, first, step } = search;
  for (const [name, value] of Object.entries({ sentences, width, maxLength })) {
    if (!Number.isInteger(value) || value < 1)
      throw new OptionError(`beamSearch: \`${name}\` must be a positive integer, got ${value}`);
  }
  const beams = Array.from({ length: sentences }, (_, i): Beam => ({
    live: [{ tokens: [], logProbability: 0, row: i * width }],
    best: undefined,
  }));
  let frontier: Frontier = {
    origins: Int32Array.from({ length: sentences * width }, (_, row) => row),
    tokens: new Int32Array(sentences * width).fill(startToken),
  };
  let state = first;
  for (let length = 1; beams.some(({ live }) => live.length > 0); length++) {
    const next = await step(state, frontier);
    state = next.state;
    for (const beam of beams.filter(({ live }) => live.length > 0))
      advance(beam, next.logProbabilities, length, search);
    frontier = frontierOf(beams, width, frontier.tokens);
  }
  return beams.map(({ best }) => ({ tokens: best!.tokens, logProbability: best!.logProbability }));
}

/** Extends the hypotheses of a sentence by one token. */
function advance<State>(
  beam: Beam,
  logProbabilities: ArrayLike<number>,
  length: number,
  { sentences, width, endToken, maxLength, lengthPenalty = 0.6 }: BeamSearch<State>,
): void {
  const penalty = (of: number): number => ((5 + of) / 6) ** lengthPenalty;
  const finish = ({ tokens, logProbability }: Hypothesis): void => {
    const score = logProbability / penalty(length);
    if (!beam.best || score > beam.best.score) beam.best = { tokens, logProbability, score };
  };
  // At most `width` of twice as many candidates end, so enough of them continue.
  const candidates = bestCandidates(
    beam.live,
    logProbabilities,
    logProbabilities.length / (sentences * width),
    2 * width,
  );
  candidates
    .slice(0, width)
    .filter(({ token }) => token === endToken)
    .forEach(({ from, logProbability }) => finish({ tokens: from.tokens, logProbability }));
  const going = candidates
    .filter(({ token }) => token !== endToken)
    .slice(0, width)
    .map(({ from, token, logProbability }) => ({ tokens: [...from.tokens, token], logProbability, row: from.row }));
  if (length === maxLength) going.forEach(finish);
  // No token may follow any hypothesis.
  if (candidates.length === 0) beam.live.forEach(finish);
  const hopeful =
    length < maxLength &&
    going.length > 0 &&
    (!beam.best || going[0]!.logProbability / penalty(maxLength) > beam.best.score);
  beam.live = hopeful ? going : [];
}

/** The best extensions, in descending order; ties go to the first. */
function bestCandidates(
  live: readonly Live[],
  logProbabilities: ArrayLike<number>,
  vocabulary: number,
  count: number,
): Candidate[] {
  const best: Candidate[] = [];
  for (const from of live) {
    for (let token = 0; token < vocabulary; token++) {
      const logProbability = from.logProbability + logProbabilities[from.row * vocabulary + token]!;
      if (logProbability === -Infinity || (best.length === count && logProbability <= best.at(-1)!.logProbability))
        continue;
      let at = best.length;
      while (at > 0 && best[at - 1]!.logProbability < logProbability) at--;
      best.splice(at, 0, { from, token, logProbability });
      if (best.length > count) best.pop();
    }
  }
  return best;
}

/** Assigns rows to the hypotheses. Unused rows continue themselves. */
function frontierOf(beams: readonly Beam[], width: number, before: Int32Array): Frontier {
  const [origins, tokens] = [Int32Array.from(before, (_, row) => row), Int32Array.from(before)];
  beams.forEach((beam, sentence) => {
    beam.live = beam.live.map((live, k) => {
      const row = sentence * width + k;
      origins[row] = live.row;
      tokens[row] = live.tokens.at(-1)!;
      return { ...live, row };
    });
  });
  return { origins, tokens };
}
