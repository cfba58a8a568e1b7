import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasRealData, readRealData, realDataDir } from '../../../../scripts/testing/realData.ts';
import { give, startServer } from '../../testing/server.ts';
import { rtPolarity, smsSpam } from './texts.node.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'chainrule-texts-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const put = (file: string, content: string | Uint8Array): void => writeFileSync(join(folder, file), content);

describe('smsSpam', () => {
  test('reads lines of a class, a tab and a message', async () => {
    put('SMSSpamCollection', 'ham\tOk lar\tu?\r\nspam\tWIN £100\n');
    const { texts, labels, classes } = await smsSpam({ dataDir: folder });
    expect([texts, labels.toArray(), classes]).toEqual([
      ['Ok lar\tu?', 'WIN £100'],
      [0, 1],
      ['ham', 'spam'],
    ]);
  });

  test('reads spam.csv if the folder has only that', async () => {
    put('spam.csv', Buffer.from('v1,v2,,,\r\nspam,"WIN \u00a3100, now",,,\r\nham,ok, then,,\r\n', 'latin1'));
    const { texts, labels } = await smsSpam({ dataDir: folder });
    expect([texts, labels.toArray()]).toEqual([
      ['WIN £100, now', 'ok, then'],
      [1, 0],
    ]);
    put('SMSSpamCollection', 'ham\tthis one\n');
    expect((await smsSpam({ dataDir: folder })).texts).toEqual(['this one']);
  });

  test('errors name the folders, or the problem and its line', async () => {
    await expect(smsSpam({ dataDir: 'no/such' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[MissingDataError: smsSpam: expected SMSSpamCollection in \`dataDir\` "no/such" or its folder "text", got none; omit \`dataDir\` to download, or put spam.csv there]`,
    );
    put('SMSSpamCollection', 'ham\tok\nhello\n');
    await expect(smsSpam({ dataDir: folder })).rejects.toThrow(
      /^smsSpam: .*: expected ham or spam, a tab and a message in line 2, got "hello"$/,
    );
    rmSync(join(folder, 'SMSSpamCollection'));
    put('spam.csv', 'v1,v2\nspam,win\neggs,ok\n');
    await expect(smsSpam({ dataDir: folder })).rejects.toThrow(/expected one of \["ham","spam"\], got "eggs" in row 3/);
  });
});

describe('rtPolarity', () => {
  test('reads one sentence per line from two files, negative ones first', async () => {
    put('rt-polarity.neg', 'dull . \n');
    put('rt-polarity.pos', 'a joy . \n\nd\u00e9j\u00e0 vu , but fun \n');
    const { texts, labels, classes } = await rtPolarity({ dataDir: folder });
    expect([texts, labels.toArray(), classes]).toEqual([
      ['dull .', 'a joy .', 'déjà vu , but fun'],
      [0, 1, 1],
      ['negative', 'positive'],
    ]);
  });

  test('needs both files', async () => {
    put('rt-polarity.neg', 'dull .\n');
    await expect(rtPolarity({ dataDir: folder })).rejects.toThrow(
      /expected rt-polarity.neg and rt-polarity.pos in `dataDir`/,
    );
  });
});

describe.skipIf(!hasRealData('text/rt-polarity.pos', 2))('the real texts', () => {
  test('have the known numbers of texts and classes, in both formats', async () => {
    const [messages, sentences] = [await smsSpam({ dataDir: realDataDir }), await rtPolarity({ dataDir: realDataDir })];
    const ones = ({ labels }: typeof messages): number => [...labels.data].filter((label) => label === 1).length;
    expect([messages.texts.length, ones(messages), sentences.texts.length, ones(sentences)]).toEqual([
      5574, 747, 10_662, 5331,
    ]);
    put('spam.csv', readRealData('text/spam.csv'));
    const other = await smsSpam({ dataDir: folder });
    expect([other.texts.length, ones(other), other.texts[0]]).toEqual([5572, 747, messages.texts[0]]);
  });

  test('downloads have the known digests', async () => {
    const server = await startServer();
    const files = ['SMSSpamCollection', 'rt-polarity.neg', 'rt-polarity.pos'];
    server.answers = Object.fromEntries(files.map((file) => [`/${file}`, give(readRealData(`text/${file}`))]));
    const options = { cacheDir: folder, mirrors: [server.url], retries: 0 };
    expect([(await smsSpam(options)).texts.length, (await rtPolarity(options)).texts.length]).toEqual([5574, 10_662]);
    await server.close();
  });
});
