import { OptionError } from '@chainrule/errors';

/** Where a search goes on: one row for each hypothesis, those of a sentence next to each other. */
export interface Frontier {
  /** The row of the step before that each row continues. */
  readonly origins: Int32Array;
  /** The token that each row continues with. */
  readonly tokens: Int32Array;
}

/** What may follow, and what the next step has to know. */
export interface Step<State> {
  readonly state: State;
  /** `[rows, tokens]`; −Infinity for what may not follow. */
  readonly logProbabilities: ArrayLike<number>;
}

/** What is searched, and how. */
export interface BeamSearch<State> {
  readonly sentences: number;
  /** How many hypotheses of each sentence are kept. One is greedy search. */
  readonly width: number;
  readonly startToken: number;
  readonly endToken: number;
  /** The most tokens of a result. */
  readonly maxLength: number;
  /**
   * α of the length penalty: hypotheses are compared by log p / ((5 + length) / 6)^α, length with the end's token, since longer
   * ones are less probable whatever they say (Wu et al. 2016, equation 14). Default 0.6; 0 compares probabilities.
   */
  readonly lengthPenalty?: number;
  readonly first: State;
  /** Always of `sentences · width` rows, so that one compiled program does. */
  readonly step: (state: State, frontier: Frontier) => Step<State> | Promise<Step<State>>;
}

/** A result: its tokens without start and end, and the log-probability of them with the end. */
export interface Hypothesis {
  readonly tokens: readonly number[];
  readonly logProbability: number;
}

/** A beginning of a sentence. */
interface Live extends Hypothesis {
  readonly row: number;
}

interface Candidate {
  readonly from: Live;
  readonly token: number;
  readonly logProbability: number;
}

/** What is known of one sentence. */
interface Beam {
  live: readonly Live[];
  best: (Hypothesis & { readonly score: number }) | undefined;
}

/**
 * The most probable sequence for each sentence, among those whose beginnings were among the `width` best at every length.
 * All sentences take a step at once. A sentence ends when none of its beginnings could become better than its best result;
 * a beginning that reaches `maxLength` counts as it is.
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

/** Takes a sentence a token further. */
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
  // Of twice as many candidates at most `width` end, so that enough of them go on.
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
  // Nothing may follow anywhere.
  if (candidates.length === 0) beam.live.forEach(finish);
  const hopeful =
    length < maxLength &&
    going.length > 0 &&
    (!beam.best || going[0]!.logProbability / penalty(maxLength) > beam.best.score);
  beam.live = hopeful ? going : [];
}

/** The best ways on, in falling order; of equals the one that comes first. */
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

/** Gives the beginnings their rows; rows that nothing needs continue themselves. */
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
