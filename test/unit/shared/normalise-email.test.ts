import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanEmail, emailKey, splitEmails, toEmailPart } from '../../../shared/rules/normalise/email.ts';
import { labelToAscii } from '../../../shared/rules/normalise/punycode.ts';

describe('email addresses', () => {
  it.each([
    ['J.Doe@Example.COM', 'j.doe@example.com'],
    ['  ada@example.org ', 'ada@example.org'],
    ['ada@Bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    ['mailto:ada@example.org', 'ada@example.org'],
    ['Ada Lovelace <ada@example.org>', 'ada@example.org'],
    ['ada@example.org;', 'ada@example.org'],
    ['用户@例子.公司', '用户@xn--fsqu00a.xn--55qx5d'],
    ["o'brien+fair@example.co.uk", "o'brien+fair@example.co.uk"],
  ])('compares %s as %s', (raw, key) => {
    expect(emailKey(raw)).toBe(key);
  });

  it.each([
    '',
    'call me',
    'a@b',
    '@example.org',
    'a@',
    'a b@example.org',
    'a@example..org',
    'a@-example.org',
    'a@1.2.3.4',
    '.a@example.org',
  ])('never matches %j', (raw) => {
    expect(emailKey(raw)).toBeNull();
  });

  it('keeps an impossible address as it came and flags it', () => {
    expect(toEmailPart('no address yet')).toMatchObject({ address: 'no address yet', valid: false });
    expect(toEmailPart('   ')).toBeNull();
  });

  it('takes several addresses of one cell apart', () => {
    expect(splitEmails('petr@mail.example, petr2@mail.example')).toEqual(['petr@mail.example', 'petr2@mail.example']);
    expect(splitEmails('a@x.example ::: b@y.example')).toEqual(['a@x.example', 'b@y.example']);
    expect(splitEmails('Lovelace, Ada <ada@example.org>')).toEqual(['Lovelace, Ada <ada@example.org>']);
    expect(cleanEmail('Lovelace, Ada <ada@example.org>')).toBe('ada@example.org');
  });

  it.each(['bücher', 'münchen', 'правда', 'ドメイン名例', 'mañana-x', '例子'])(
    'encodes the label %s as the platform does',
    (label) => {
      expect(`${labelToAscii(label)}.example`).toBe(new URL(`http://${label}.example`).hostname);
    },
  );

  const shared = new URL('../../../../shared/data/edge/email/tests.xml', import.meta.url);
  it.skipIf(!existsSync(shared))('takes no address of the shared set that is an error there', () => {
    const wrong: string[] = [];
    for (const [, body = ''] of readFileSync(shared, 'utf8').matchAll(/<test id="\d+">([\s\S]*?)<\/test>/g)) {
      const address = (/<address>([\s\S]*?)<\/address>/.exec(body)?.[1] ?? '')
        .replace(/&#x([0-9A-F]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&');
      if (body.includes('ISEMAIL_ERR') && emailKey(address) !== null) wrong.push(address);
    }
    expect(wrong).toEqual([]);
  });
});
