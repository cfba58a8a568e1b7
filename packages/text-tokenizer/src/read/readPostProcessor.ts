import type { Field } from '../json.ts';
import { bertProcessing, type SpecialToken } from '../postProcessors/bertProcessing.ts';
import { byteLevelProcessing } from '../postProcessors/byteLevelProcessing.ts';
import { processorSequence } from '../postProcessors/processorSequence.ts';
import { robertaProcessing } from '../postProcessors/robertaProcessing.ts';
import { template, type TemplatePart } from '../postProcessors/template.ts';
import type { PostProcessor } from '../pipeline.ts';
import { nested } from './readPattern.ts';

type Read = (field: Field, depth: number) => PostProcessor;

function readSpecial(field: Field): SpecialToken {
  const [token, id, ...rest] = field.list();
  if (!token || !id || rest.length) return field.fail('a token and its id');
  return [token.string(), id.count()];
}

function readPart(field: Field): TemplatePart {
  const [text, token] = [field.at('Sequence'), field.at('SpecialToken')];
  if (text.isNone) return { token: token.at('id').string(), typeId: token.at('type_id').count(0) };
  return { text: text.at('id').oneOf({ A: 'A', B: 'B' } as const), typeId: text.at('type_id').count(0) };
}

function readTemplate(field: Field): PostProcessor {
  const specials = field.at('special_tokens');
  const names = specials.isNone ? [] : Object.keys(specials.object());
  const specialTokens = names.map((name) => {
    const token = specials.at(name);
    const ids = token
      .at('ids')
      .list()
      .map((id) => id.count());
    const tokens = token
      .at('tokens')
      .list()
      .map((text) => text.string());
    if (ids.length !== tokens.length) token.fail('as many `tokens` as `ids`');
    return [name, { ids, tokens }] as const;
  });
  return template({
    single: field.at('single').list().map(readPart),
    pair: field.at('pair').list().map(readPart),
    specialTokens: Object.fromEntries(specialTokens),
  });
}

const byType: Readonly<Record<string, Read>> = {
  TemplateProcessing: readTemplate,
  BertProcessing: (field) => bertProcessing(readSpecial(field.at('sep')), readSpecial(field.at('cls'))),
  RobertaProcessing: (field) =>
    robertaProcessing(readSpecial(field.at('sep')), readSpecial(field.at('cls')), {
      trimOffsets: field.at('trim_offsets').boolean(true),
      addPrefixSpace: field.at('add_prefix_space').boolean(true),
    }),
  ByteLevel: (field) => byteLevelProcessing({ trimOffsets: field.at('trim_offsets').boolean(true) }),
  Sequence: (field, depth) =>
    processorSequence(
      field
        .at('processors')
        .list()
        .map((step) => readPostProcessor(step, nested(step, depth))),
    ),
};

export function readPostProcessor(field: Field, depth = 0): PostProcessor {
  return field.at('type').oneOf(byType)(field, depth);
}
